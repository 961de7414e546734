"""The yearly review through the window: thirty members by digits, read back, voted, decided, closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from decisions import LEVELS, UNIT, WHOLE, lay_decision
from PySide6.QtCore import Qt
from recordings import VIETNAM, Delivery, quick_keys
from reviews import add_thirty
from windows import frame_of, open_window, outside, press, settle, unnamed

from sochibo.book.book import Book
from sochibo.interface.parts import choosers
from sochibo.interface.parts.fields import ChoiceField, LineField
from sochibo.interface.parts.typed_fields import NumberField
from sochibo.interface.ratings.rating_ballots import RatingBallotsPanel
from sochibo.interface.ratings.rating_closing import RatingClosingPanel
from sochibo.interface.ratings.rating_decision import RatingDecisionPanel
from sochibo.interface.ratings.rating_page import RatingPage
from sochibo.interface.ratings.rating_papers import PAPERS, RatingPapersPanel
from sochibo.interface.ratings.rating_readback import ReadBackPanel
from sochibo.interface.ratings.ratings_page import RatingsPage
from sochibo.rules.ratings.rating_decisions import DecidedMember
from sochibo.rules.ratings.rating_figures import FiguresGroup
from sochibo.rules.ratings.ratings import BallotKind, Level, ReviewState
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from sochibo.interface.frame.frame import Frame

DECEMBER = date(2026, 12, 6)


@pytest.fixture
def review_path(cell_path: Path) -> Path:
    """Return a cell's book in which the review of 2026 was begun."""
    with Book.open(cell_path) as book:
        book.ratings.make_period(2026)
    return cell_path


def ratings_page(frame: Frame) -> RatingsPage:
    """Go to the ratings."""
    frame.go("ratings")
    page = frame.page
    assert isinstance(page, RatingsPage)
    return page


def proposed(page: RatingsPage) -> dict[str, Level | None]:
    """Return what the cell proposes, by name."""
    assert page.period is not None
    lines = page.session.book.ratings.lines(page.period.id)
    return {line.name: line.rating.proposed_level for line in lines}


def field_of(page: RatingPage, name: str) -> QWidget:
    """Return the field of one member's page that holds something."""
    return next(part.fields[name] for part in page.parts if name in part.fields)


def enter(page: RatingPage, name: str, text: str) -> None:
    """Type into a field and leave it."""
    field = field_of(page, name)
    assert isinstance(field, LineField)
    field.setText(text)
    field.flush()


def choose(page: RatingPage, name: str, level: Level) -> None:
    """Choose a level as a click on it does."""
    field = field_of(page, name)
    assert isinstance(field, ChoiceField)
    field.activated.emit(list(Level).index(level) + 1)


def level_of(page: RatingPage) -> Level | None:
    """Return the level that the cell proposes for the member on a page."""
    return page.line.rating.proposed_level


def chosen_by_hand(page: RatingPage) -> bool:
    """Tell whether a person said that the member is rated or not."""
    return page.line.rating.subject_manual


@pytest.mark.parametrize(("language", "percent"), [("vi", 100), ("en", 200)])
def test_everything_is_named_and_fits(qtbot: QtBot, review_path: Path, language: str, percent: int) -> None:
    del qtbot
    with open_window(review_path, language=language, percent=percent, today=DECEMBER) as window:
        page = ratings_page(frame_of(window))
        for panel in ("", "readback", "ballots", "cell", "decision", "papers", "closing"):
            if panel:
                page.show_panel(panel)
                settle()
            assert unnamed(page) == [], panel
            assert outside(window) == [], panel
        page.end_panel()
        page.table.entered.emit()
        settle()
        assert isinstance(frame_of(window).page, RatingPage)
        assert unnamed(frame_of(window).page) == []
        assert outside(window) == []


def test_the_first_review_is_begun_from_the_empty_page(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with open_window(cell_path, today=DECEMBER) as window:
        page = ratings_page(frame_of(window))
        assert page.begin_button.hasFocus()
        page.begin_button.click()
        settle()
        made = frame_of(window).page
        assert isinstance(made, RatingsPage)
        assert made.period is not None
        assert made.period.year == 2026
        assert made.table.hasFocus()
        assert len(made.table.lines.records) == 9


def test_thirty_members_are_rated_by_digits_alone(qtbot: QtBot, review_path: Path) -> None:
    del qtbot
    add_thirty(review_path)
    with open_window(review_path, today=DECEMBER) as window:
        page = ratings_page(frame_of(window))
        page.table.setCurrentIndex(page.table.lines.index(0, 0))
        lines = page.table.lines.records
        subject = [line.name for line in lines if line.rating.subject.value == "rated"]
        for number, line in enumerate(lines):
            if line.name not in subject:
                press(page.table, Qt.Key.Key_Down)
                continue
            digit = 1 if number < 4 else 2 if number < 30 else 3
            press(page.table, Qt.Key(Qt.Key.Key_0 + digit), str(digit))
        levels = proposed(page)
        assert {name: level for name, level in levels.items() if level}.keys() == set(subject)
        assert len(subject) == 36
        counts = (
            page.session.book.ratings.figures(page.period.id)[FiguresGroup.MEMBERS] if page.period else None
        )
        assert counts is not None
        assert counts.rated == 36
        assert counts.unrated == 0
        assert "/" not in page.bar.cap.text()
        assert page.bar.verdict.text()


def test_a_digit_rates_and_goes_on_and_zero_takes_back(qtbot: QtBot, review_path: Path) -> None:
    del qtbot
    with open_window(review_path, today=DECEMBER) as window:
        page = ratings_page(frame_of(window))
        page.table.search("mẫu")
        before = page.table.currentIndex().row()
        press(page.table, Qt.Key.Key_1, "1")
        assert proposed(page)["Nguyễn Văn Mẫu"] is Level.EXCELLENT
        assert page.table.typed == ""
        page.table.setCurrentIndex(page.table.lines.index(before, 0))
        press(page.table, Qt.Key.Key_0, "0")
        assert proposed(page)["Nguyễn Văn Mẫu"] is None


def test_points_are_typed_without_leaving_the_list(qtbot: QtBot, review_path: Path) -> None:
    del qtbot
    with open_window(review_path, today=DECEMBER) as window:
        page = ratings_page(frame_of(window))
        page.table.search("mẫu")
        press(page.table, Qt.Key.Key_F2)
        assert page.points.hasFocus()
        page.points.setText("29 64,5")
        page.points.returnPressed.emit()
        line = next(one for one in page.table.lines.records if one.name == "Nguyễn Văn Mẫu")
        assert line.rating.total_tenths == 935
        assert page.points.text() == ""
        # What cannot be read is not read in part: 64,55 are not 64,5 points and a bonus of 5.
        before = proposed(page), page.table.lines.records
        for typed in ("chín mươi", "29 64,55", "29 1000", "29 -5", "29"):
            page.points.setText(typed)
            page.points.returnPressed.emit()
            assert page.points.text() == typed
        assert (proposed(page), page.table.lines.records) == before


def test_the_failed_condition_is_named_in_the_row(qtbot: QtBot, review_path: Path) -> None:
    del qtbot
    with Book.open(review_path) as book:
        period = book.ratings.periods()[0]
        line = next(one for one in book.ratings.lines(period.id) if one.name == "Lê Hoàng Đức")
        rating = replace(
            line.rating, common_tenths=290, task_tenths=640, all_done=True, above_percent=20, late_percent=0,
            remedied_percent=100, proposed_level=Level.GOOD,
        )  # fmt: skip
        book.ratings.change(rating)
    with open_window(review_path, today=DECEMBER) as window:
        page = ratings_page(frame_of(window))
        row = page.table.lines.row_of(line.entry.member.id)
        cells = [page.table.lines.index(row, column).data() for column in range(6)]
        assert "93" in cells
        assert any("30" in str(cell) and "20" in str(cell) for cell in cells)


def read_all(panel: ReadBackPanel, wrong: Callable[[str], bool]) -> None:
    """Answer every name by keys: Backspace where it is wrong."""
    while panel.place < len(panel.lines):
        name = panel.lines[panel.place].name
        assert panel.told.text() == name
        press(panel.card, Qt.Key.Key_Backspace if wrong(name) else Qt.Key.Key_Return)


def test_reading_back_catches_a_slip_of_a_line(qtbot: QtBot, review_path: Path) -> None:
    """The list on paper has Mẫu at HTXS and Bích at HTT; both were entered one line too low."""
    del qtbot
    with Book.open(review_path) as book:
        period = book.ratings.periods()[0]
        for line in book.ratings.lines(period.id):
            if line.rating.subject.value == "rated":
                slipped = line.name in {"Nguyễn Văn Mẫu", "Trần Thị Bích"}
                book.ratings.change(
                    replace(line.rating, proposed_level=Level.COMPLETED if slipped else Level.GOOD)
                )
    with open_window(review_path, today=DECEMBER) as window:
        page = ratings_page(frame_of(window))
        page.show_panel("readback")
        panel = page.panel
        assert isinstance(panel, ReadBackPanel)
        assert panel.card.hasFocus()
        read_all(panel, lambda name: name in {"Nguyễn Văn Mẫu", "Trần Thị Bích"})
        assert [line.name for line in panel.slip_model.records] == ["Trần Thị Bích", "Nguyễn Văn Mẫu"]
        assert panel.slips.hasFocus()
        press(panel.slips, Qt.Key.Key_2, "2")
        assert proposed(page)["Trần Thị Bích"] is Level.GOOD
        panel.again.click()
        assert panel.place == 0
        read_all(panel, lambda _name: False)
        assert panel.slip_model.records == ()
        assert page.go_back()
        assert page.table.isVisible()


def test_a_name_can_be_heard_again(qtbot: QtBot, review_path: Path) -> None:
    del qtbot
    with open_window(review_path, today=DECEMBER) as window:
        page = ratings_page(frame_of(window))
        page.show_panel("readback")
        panel = page.panel
        assert isinstance(panel, ReadBackPanel)
        press(panel.card, Qt.Key.Key_Backspace)
        press(panel.card, Qt.Key.Key_Left)
        assert panel.place == 0
        read_all(panel, lambda _name: False)
        assert panel.slip_model.records == ()


def test_votes_are_typed_in_one_line_a_name(qtbot: QtBot, review_path: Path) -> None:
    del qtbot
    with open_window(review_path, today=DECEMBER) as window:
        page = ratings_page(frame_of(window))
        page.show_panel("ballots")
        panel = page.panel
        assert isinstance(panel, RatingBallotsPanel)
        fields = panel.count.fields
        for name, value in (
            ("present", "7"),
            ("issued", "7"),
            ("collected", "7"),
            ("valid", "6"),
            ("invalid", "1"),
        ):
            field = fields[name]
            assert isinstance(field, NumberField)
            field.setText(value)
            field.flush()
        panel.table.setCurrentIndex(panel.model.index(0, 0))
        first = panel.table.record().entry.member.id
        panel.votes.setText("1 4 1 0")
        panel.votes.returnPressed.emit()
        assert page.period is not None
        line = page.session.book.ratings.line(page.period.id, first)
        assert (line.rating.votes_excellent, line.rating.votes_good, line.rating.votes_completed) == (1, 4, 1)
        assert page.session.book.ratings.ballots(page.period.id)[BallotKind.LEVELS].valid == 6
        assert panel.table.currentIndex().row() == 1
        for typed in ("1 2", "1 4 -1 0", "1 4 một 0 0"):
            panel.votes.setText(typed)
            panel.votes.returnPressed.emit()
            assert panel.trouble.isVisible()
            assert panel.votes.text() == typed


def test_a_decision_is_recorded_for_all_at_once(qtbot: QtBot, review_path: Path) -> None:
    del qtbot
    with Book.open(review_path) as book:
        period = book.ratings.periods()[0]
        for line in book.ratings.lines(period.id):
            if line.rating.subject.value == "rated":
                book.ratings.change(replace(line.rating, proposed_level=Level.GOOD))
    with open_window(review_path, today=date(2026, 12, 28)) as window:
        page = ratings_page(frame_of(window))
        page.show_panel("decision")
        panel = page.panel
        assert isinstance(panel, RatingDecisionPanel)
        panel.same.click()
        panel.table.search("mẫu")
        press(panel.table, Qt.Key.Key_1, "1")
        assert not any(line.rating.decided_level for line in page.session.book.ratings.lines(period.id))
        panel.number.setText("12-QĐ/ĐU")
        panel.day.setText("28/12")
        panel.record_button.click()
        lines = {line.name: line.rating for line in page.session.book.ratings.lines(period.id)}
        assert lines["Nguyễn Văn Mẫu"].decided_level is Level.EXCELLENT
        assert lines["Nguyễn Văn Mẫu"].proposed_level is Level.GOOD
        assert lines["Lê Hoàng Đức"].decision == "12-QĐ/ĐU"
        assert lines["Lê Hoàng Đức"].decided_on == date(2026, 12, 28)


def test_a_review_is_closed_corrected_with_a_reason_and_opened_again(qtbot: QtBot, review_path: Path) -> None:
    del qtbot
    with Book.open(review_path) as book:
        period = book.ratings.periods()[0]
        for line in book.ratings.lines(period.id):
            if line.rating.subject.value == "rated":
                book.ratings.change(replace(line.rating, proposed_level=Level.GOOD))
    with open_window(review_path, today=DECEMBER) as window:
        frame = frame_of(window)
        page = ratings_page(frame)
        page.show_panel("closing")
        panel = page.panel
        assert isinstance(panel, RatingClosingPanel)
        panel.close_button.click()
        assert page.session.book.ratings.period(period.id).state is ReviewState.CLOSED
        member = next(
            line for line in page.table.lines.records if line.name == "Lê Hoàng Đức"
        ).entry.member.id
        frame.go(f"rating:{period.id}.{member}")
        one = frame.page
        assert isinstance(one, RatingPage)
        choose(one, "proposed_level", Level.COMPLETED)
        assert level_of(one) is Level.GOOD
        one.reason.setText("Kiểm phiếu lại")
        choose(one, "proposed_level", Level.COMPLETED)
        assert level_of(one) is Level.COMPLETED
        assert "Kiểm phiếu lại" in one.revisions.text()
        frame.go("ratings")
        panel.reason.setText("Đảng ủy yêu cầu bổ sung")
        panel.reopen_button.click()
        assert page.session.book.ratings.period(period.id).state is ReviewState.OPEN


def test_one_members_rating_is_filled_in_and_the_next_one_reached(qtbot: QtBot, review_path: Path) -> None:
    del qtbot
    with open_window(review_path, today=DECEMBER) as window:
        frame = frame_of(window)
        page = ratings_page(frame)
        page.table.search("mẫu")
        page.table.entered.emit()
        one = frame.page
        assert isinstance(one, RatingPage)
        assert one.line.name == "Nguyễn Văn Mẫu"
        enter(one, "common_tenths", "28")
        enter(one, "task_tenths", "65")
        enter(one, "above_percent", "20")
        assert one.line.rating.total_tenths == 930
        assert one.why.isVisible()
        one.subject.activated.emit(3)
        assert chosen_by_hand(one)
        one.subject.activated.emit(0)
        assert not chosen_by_hand(one)
        one.turn(-1)
        other = frame.page
        assert isinstance(other, RatingPage)
        assert other.line.name != "Nguyễn Văn Mẫu"


def test_papers_are_seen_and_issued(qtbot: QtBot, review_path: Path) -> None:
    with open_window(review_path, today=DECEMBER) as window:
        page = ratings_page(frame_of(window))
        page.show_panel("papers")
        panel = page.panel
        assert isinstance(panel, RatingPapersPanel)
        assert [line.kind for line in panel.model.records] == list(PAPERS)
        panel.choose(ReportKind.RATING_MINUTES)
        qtbot.waitUntil(panel.trouble.isVisible)
        assert not panel.issue_button.isEnabled()
        panel.choose(ReportKind.RATING_LIST)
        qtbot.waitUntil(panel.preview.drawn)
        panel.issue_button.click()
        issued = page.session.book.reports.documents(ReportKind.RATING_LIST)
        assert [one.number for one in issued] == ["01-DS/CB"]
        assert panel.paper.isVisible()
        panel.again.click()
        panel.issue_button.click()
        assert [one.revision for one in page.session.book.reports.documents(ReportKind.RATING_LIST)] == [2, 1]


def test_another_review_is_chosen(qtbot: QtBot, review_path: Path) -> None:
    del qtbot
    with Book.open(review_path) as book:
        before = book.ratings.make_period(2025)
    with open_window(review_path, today=DECEMBER) as window:
        frame = frame_of(window)
        page = ratings_page(frame)
        assert page.period is not None
        assert page.period.year == 2026
        frame.go(f"ratings:{before}")
        older = frame.page
        assert isinstance(older, RatingsPage)
        assert older.period is not None
        assert older.period.year == 2025


def test_a_decision_is_read_from_the_committees_file(
    qtbot: QtBot, delivery: Delivery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    with quick_keys():
        stranger = DecidedMember("Lý Văn Khoa", "1990", UNIT, Level.GOOD)
        paper = lay_decision(delivery.copy_to(tmp_path), (*WHOLE, stranger))
    monkeypatch.setattr(choosers, "choose_file", lambda *_asked: paper)
    with open_window(tmp_path / "cell.sochibo", today=date(2026, 12, 30)) as window:
        page = ratings_page(frame_of(window))
        page.show_panel("decision")
        panel = page.panel
        assert isinstance(panel, RatingDecisionPanel)
        came = datetime(2026, 12, 30, 9, 0, tzinfo=VIETNAM)
        monkeypatch.setattr(page.session, "now", lambda: came)
        panel.open_button.click()
        settle()
        assert "Lý Văn Khoa (1990)" in panel.doubts.text()
        assert panel.number.text().endswith("QĐ/ĐU")
        assert (unnamed(window), outside(window)) == ([], [])
        assert not any(line.rating.decided_level for line in panel.model.records)
        panel.record_button.click()
        decided = {line.name: line.rating.decided_level for line in panel.model.records}
        assert decided == {name: level for name, (_, level) in LEVELS.items()}
        assert not panel.doubts.isVisibleTo(panel)


def test_a_finding_of_the_check_leads_to_the_member(qtbot: QtBot, review_path: Path) -> None:
    del qtbot
    with open_window(review_path, today=DECEMBER) as window:
        frame = frame_of(window)
        page = ratings_page(frame)
        page.show_panel("closing")
        panel = page.panel
        assert isinstance(panel, RatingClosingPanel)
        jump = next(one for one in panel.findings.buttons if "Lê Hoàng Đức" in one.text())
        jump.click()
        assert isinstance(frame.page, RatingPage)
        assert frame.page.line.name == "Lê Hoàng Đức"
