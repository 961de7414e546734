"""One meeting from preparation to the sealed file on a stick, through the real pages."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtWidgets import QApplication
from recordings import meeting_data, quick_keys
from windows import a_second_later, compose, frame_of, open_window, outside, settle, unnamed

from sochibo.book.book import Book
from sochibo.book.papers.reports import DocumentState
from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.meetings.steps.closing import ClosingStep
from sochibo.interface.meetings.steps.items import ItemsStep
from sochibo.interface.meetings.steps.preparation import PreparationStep
from sochibo.interface.meetings.steps.scores import ScoresStep, read_points
from sochibo.interface.meetings.steps.tasks import TasksStep, read_task
from sochibo.interface.meetings.steps.votes import VotesStep
from sochibo.interface.parts import choosers
from sochibo.interface.parts.finding_list import grouped
from sochibo.rules.meetings.meetings import MeetingKind, MeetingState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.window import Window

PASSPHRASE = "lúa chín vàng đồng"  # noqa: S105 - of keys that live for one test


@contextmanager
def opened(path: Path, place: int, *, language: str = "vi", percent: int = 100) -> Iterator[MeetingPage]:
    with Book.open(path) as book:
        lines = book.meetings.lines(2026)
        meeting_id = (
            lines[0].meeting.id if lines else book.meetings.prepare(MeetingKind.REGULAR, date(2026, 11, 3))
        )
    with open_window(path, language=language, percent=percent) as window:
        frame_of(window).go(f"meeting:{meeting_id}")
        page = frame_of(window).page
        assert isinstance(page, MeetingPage)
        page.open_step(place)
        settle()
        yield page


def record(path: Path, **changes: object) -> None:
    with Book.open(path) as book:
        book.meetings.record(meeting_data(**changes))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("percent", [100, 200])
def test_every_step_opens_names_its_controls_and_fits(
    qtbot: QtBot, cell_path: Path, language: str, percent: int
) -> None:
    del qtbot
    record(cell_path)
    with opened(cell_path, 0, language=language, percent=percent) as page:
        for place in range(7):
            page.open_step(place)
            settle()
            assert unnamed(page) == []
            assert outside(page.window()) == []


def test_a_change_of_the_place_is_in_the_book_after_a_flush(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with opened(cell_path, 0) as page:
        page.jump("place")
        field = QApplication.focusWidget()
        assert field is not None
        compose(field, commit=" Hội trường thôn")
        page.flush()
        assert page.desk.file.meeting.place.endswith("Hội trường thôn")


def test_text_typed_is_in_the_book_within_a_second(qtbot: QtBot, cell_path: Path) -> None:
    with opened(cell_path, 2) as page:
        step = page.step
        assert isinstance(step, ItemsStep)
        step.cards[0].text.setFocus()
        compose(step.cards[0].text, commit="Đồng chí Đức phát biểu")
        found = a_second_later(page, lambda: page.desk.file.items[0].text)
        qtbot.waitUntil(lambda: bool(found))
        assert found == ["Đồng chí Đức phát biểu"]


def test_text_in_two_items_is_kept_apart(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with opened(cell_path, 2) as page:
        step = page.step
        assert isinstance(step, ItemsStep)
        compose(step.cards[0].text, commit="một")
        compose(step.cards[1].conclusion, commit="hai")
        page.flush()
        assert (page.desk.file.items[0].text, page.desk.file.items[1].conclusion) == ("một", "hai")


def test_going_on_from_the_last_item_adds_one(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with opened(cell_path, 2) as page:
        step = page.step
        assert isinstance(step, ItemsStep)
        before = len(step.cards)
        step.cards[-1].text.setFocus()
        step.next_item()
        assert len(step.cards) == before + 1
        assert step.cards[-1].title.hasFocus()
        step.remove(step.cards[-1])
        assert len(step.cards) == before


def test_items_move_with_their_text(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with opened(cell_path, 2) as page:
        step = page.step
        assert isinstance(step, ItemsStep)
        title = step.cards[0].item.title
        step.cards[0].down.click()
        assert [item.title for item in page.desk.file.items].index(title) == 1
        assert step.cards[1].title.text() == title


def test_a_vote_is_judged_as_it_is_typed(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with opened(cell_path, 3) as page:
        step = page.step
        assert isinstance(step, VotesStep)
        step.votes.add.click()
        row = step.votes.rows[0]
        compose(row.field("question"), commit="Thông qua nghị quyết")
        compose(row.field("in_favour"), commit="1")
        page.flush()
        vote = page.desk.file.votes[0]
        assert (vote.question, vote.in_favour) == ("Thông qua nghị quyết", 1)
        result = row.result.text()  # type: ignore[attr-defined]  # a row of votes has a result
        assert result.startswith("Không thông qua: 1/")


def test_a_task_in_one_line_becomes_a_task(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with opened(cell_path, 4) as page:
        step = page.step
        assert isinstance(step, TasksStep)
        compose(step.line, commit="Đức – rà soát hộ nghèo – 20/11")
        step.take_line()
        task = page.desk.file.tasks[0]
        assert (task.assignees, task.text, task.due) == ("Đức", "rà soát hộ nghèo", date(2026, 11, 20))


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Đức – rà soát – 20/11", ("Đức", "rà soát", date(2026, 11, 20))),
        ("Đức - rà soát - 5/1", ("Đức", "rà soát", date(2027, 1, 5))),
        ("rà soát hộ nghèo", ("", "rà soát hộ nghèo", None)),
        ("Đức; rà soát", ("Đức", "rà soát", None)),
        ("Đức – rà soát – 20/11/2025", ("Đức", "rà soát", date(2025, 11, 20))),
        ("Đức – rà soát – 20.10.2025", ("Đức", "rà soát", date(2025, 10, 20))),
        ("Đức – rà soát – trước ngày 20/11", ("Đức", "rà soát", date(2026, 11, 20))),
        ("Đức – thăm 3 hộ ở tổ 5", ("Đức", "thăm 3 hộ ở tổ 5", None)),
        ("Đức – báo cáo tờ trình 5/2026 – 2/1", ("Đức", "báo cáo tờ trình 5/2026", date(2027, 1, 2))),
        ("Đức – tổng kết – 29/2", ("Đức", "tổng kết – 29/2", None)),
    ],
)
def test_a_line_is_read_as_who_what_when(line: str, read: tuple[str, str, date | None]) -> None:
    assert read_task(line, date(2026, 11, 3)) == read


def test_a_leap_day_that_is_over_is_kept_as_it_was_typed() -> None:
    assert read_task("Đức – tổng kết – 29/2", date(2028, 3, 5)) == ("Đức", "tổng kết", date(2028, 2, 29))


@pytest.mark.parametrize(
    ("text", "tenths"), [("9", 90), ("9,5", 95), ("9.5", 95), ("0", 0), ("chín", None), ("9,55", None)]
)
def test_points_are_read_as_people_write_them(text: str, tenths: int | None) -> None:
    assert read_points(text) == tenths


def test_points_add_up_at_once_and_too_many_are_told(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with opened(cell_path, 5) as page:
        step = page.step
        assert isinstance(step, ScoresStep)
        step.full.click()
        lines = step._lines.values()  # noqa: SLF001 - the rows of the criteria
        for line in lines:
            # What the record does not tell is left to the person.
            if not line.points.text():
                line.points.setText(str(line.criterion.max_points))
        page.flush()
        assert step.total.text() == "100/100 điểm: Tốt"
        line = step._lines["1"]  # noqa: SLF001 - the row of a criterion
        line.points.setText("4,5")
        page.flush()
        assert step.total.text() == "99,5/100 điểm: Tốt"
        line.points.setText("77")
        page.flush()
        assert line.trouble.isVisible()
        assert page.desk.file.scores["1"].tenths == 45


def test_a_finding_jumps_to_its_field(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with opened(cell_path, 6) as page:
        step = page.step
        assert isinstance(step, ClosingStep)
        places = [finding.place for finding in grouped(page.desk.findings)]
        step.findings.buttons[places.index("items.0.text")].click()
        assert page.place == 2
        items = page.step
        assert isinstance(items, ItemsStep)
        assert items.cards[0].text.hasFocus()


def test_a_field_jumped_to_is_in_sight(qtbot: QtBot, cell_path: Path) -> None:
    with opened(cell_path, 6) as page:
        page.jump("conclusion")
        step = page.step
        assert isinstance(step, ItemsStep)
        field = step.conclusion
        assert field.hasFocus()
        qtbot.waitUntil(lambda: not field.visibleRegion().isEmpty())


def test_red_findings_keep_the_minutes_open_and_say_why(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    record(cell_path, chair="Lê Hoàng Đức", minute_taker="Lê Hoàng Đức")
    with opened(cell_path, 6) as page:
        step = page.step
        assert isinstance(step, ClosingStep)
        assert not step.close_button.isEnabled()
        assert "phải sửa" in step.head.text()
        step.close_minutes()
        assert page.desk.file.meeting.state is MeetingState.RECORDING


def test_close_seal_and_send_the_whole_way(
    qtbot: QtBot, cell_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(cell_path)
    with quick_keys(), Book.open(cell_path) as book:
        book.reports.make_key("Nguyễn Văn Mẫu", PASSPHRASE, datetime(2026, 11, 1, tzinfo=UTC))
    stick = tmp_path / "USB"
    stick.mkdir()
    monkeypatch.setattr(choosers, "choose_folder", lambda *_asked: stick)
    with opened(cell_path, 6) as page:
        step = page.step
        assert isinstance(step, ClosingStep)
        qtbot.waitUntil(step.preview.drawn)
        step.close_button.click()
        assert page.desk.closed
        step.paper.passphrase.line.setText("không phải")
        step.paper.seal_button.click()
        qtbot.waitUntil(step.paper.trouble.isVisible)
        assert "S01" in step.paper.trouble.text()
        step.paper.passphrase.line.setText(PASSPHRASE)
        step.paper.seal_button.click()
        qtbot.waitUntil(step.paper.send_button.isVisible)
        document = page.session.book.reports.minutes_of(page.desk.meeting_id)
        assert document is not None
        assert document.state is DocumentState.SEALED
        step.paper.send_button.click()
        written = list(stick.glob("*.pdf"))
        assert [path.read_bytes()[:5] for path in written] == [b"%PDF-"]
        assert written[0].name in step.paper.lies.text()


def test_a_closed_meeting_is_read_not_changed(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    record(cell_path)
    with Book.open(cell_path) as book:
        book.meetings.close(book.meetings.lines(2026)[0].meeting.id)
    with opened(cell_path, 2) as page:
        step = page.step
        assert isinstance(step, ItemsStep)
        assert step.cards[0].text.isReadOnly()
        assert not step.add.isVisible()
        page.session.run(lambda book: book.history.undo())
        assert not step.cards[0].text.isReadOnly()


@pytest.mark.parametrize("beside", ["", "papers", "coexistence"])
def test_a_meeting_that_undo_takes_back_is_left_calmly(qtbot: QtBot, cell_path: Path, beside: str) -> None:
    with opened(cell_path, 0) as page:
        frame, session = frame_of(cast("Window", page.window())), page.session
        if beside:
            frame.go(f"{beside}:{page.desk.meeting_id}")
        session.fault.emit("Rút USB ra rồi. (K03)")
        frame.undo()
        qtbot.waitUntil(lambda: frame.goal == "today", timeout=20_000)


def test_a_meeting_prepared_by_mistake_is_removed_and_comes_back_by_undo(
    qtbot: QtBot, cell_path: Path
) -> None:
    with opened(cell_path, 0) as page:
        step = page.step
        assert isinstance(step, PreparationStep)
        frame, session, meeting_id = (
            frame_of(cast("Window", page.window())),
            page.session,
            page.desk.meeting_id,
        )
        with qtbot.waitSignal(session.told) as told:
            step.remove.click()
        assert told.args is not None
        assert "Ctrl Z" in told.args[0]
        qtbot.waitUntil(lambda: frame.goal == "today", timeout=20_000)
        assert not session.book.meetings.lines(2026)
        frame.undo()
        assert [line.meeting.id for line in session.book.meetings.lines(2026)] == [meeting_id]


def test_a_meeting_whose_minutes_were_closed_is_never_removed(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        meeting_id = book.meetings.record(meeting_data(close=True))
    with opened(cell_path, 0) as page:
        step = page.step
        assert isinstance(step, PreparationStep)
        assert step.remove.isHidden()
        page.session.run(lambda book: book.meetings.correct(meeting_id, "Nhầm tên"))
        assert step.remove.isHidden()
