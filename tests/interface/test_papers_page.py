"""The papers of a meeting in the window: chosen, written, issued, replaced."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from recordings import meeting_data
from windows import compose, frame_of, open_window, outside, settle, unnamed, widgets

from sochibo.book.book import Book
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.meetings.papers_page import PapersPage, papers_goal
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.meetings.resolutions import ResolutionKind
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@contextmanager
def papers_of(
    path: Path, kind: ReportKind, *, closed: bool = True, percent: int = 100
) -> Iterator[PapersPage]:
    with Book.open(path) as book:
        if closed:
            meeting_id = book.meetings.record(meeting_data(on="2026-11-03", close=True))
        else:
            meeting_id = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 11, 12))
    with open_window(path, percent=percent) as window:
        frame_of(window).go(papers_goal(meeting_id, kind))
        page = frame_of(window).page
        assert isinstance(page, PapersPage)
        settle()
        yield page


def states(page: PapersPage) -> list[tuple[str, str, str]]:
    """Return what the list says: paper, state, number."""
    model = page.table_model
    return [
        tuple(str(model.index(row, place).data()) for place in range(3))  # type: ignore[misc]  # three columns
        for row in range(model.rowCount())
    ]


def test_every_paper_of_a_meeting_stands_in_the_list_with_its_state(qtbot: QtBot, cell_path: Path) -> None:
    with papers_of(cell_path, ReportKind.NOTICE) as page:
        assert [line.kind for line in page.table_model.records] == [
            ReportKind.NOTICE,
            ReportKind.PROGRAMME,
            ReportKind.SIGN_IN_SHEET,
            ReportKind.SCORE_SHEET,
            ReportKind.RESOLUTION,
            ReportKind.COEXISTENCE,
        ]
        assert {number for _, _, number in states(page)} == {""}
        qtbot.waitUntil(page.preview.drawn)
        assert not page.form.isVisible()


def test_a_resolution_is_written_issued_and_replaced(qtbot: QtBot, cell_path: Path) -> None:
    with papers_of(cell_path, ReportKind.RESOLUTION) as page:
        book, meeting_id = page.session.book, page.meeting_id
        assert page.form.isVisible()
        page.form.text.selectAll()
        compose(page.form.text, preedit="Làm đườ")
        compose(page.form.text, commit="Làm đường nội thôn")
        page.flush()
        assert book.resolutions.of_meeting(meeting_id).text == "Làm đường nội thôn"
        page.issue()
        settle()
        document = book.papers.document(ReportKind.RESOLUTION, meeting_id)
        assert document is not None
        assert document.number == "01-NQ/CB"
        assert not page.issue_button.isVisible()
        assert page.paper.isVisible()
        page.again.click()
        page.number.setText("7")
        page.issue()
        settle()
        newest = book.papers.document(ReportKind.RESOLUTION, meeting_id)
        assert newest is not None
        assert (newest.number, newest.revision) == ("07-NQ/CB", 2)
        qtbot.waitUntil(page.preview.drawn)


def test_what_is_typed_last_is_issued_too(cell_path: Path) -> None:
    with papers_of(cell_path, ReportKind.RESOLUTION) as page:
        page.form.text.setPlainText("Vừa gõ xong")
        page.issue()
        document = page.session.book.papers.document(ReportKind.RESOLUTION, page.meeting_id)
        assert document is not None
        report = page.session.book.reports.envelope(document.id).report
        assert getattr(report, "text", "") == "Vừa gõ xong"


def test_a_number_given_before_is_refused_in_words_and_nothing_is_issued(cell_path: Path) -> None:
    with papers_of(cell_path, ReportKind.RESOLUTION) as page:
        page.issue()
        page.again.click()
        page.number.setText("1")
        page.issue()
        settle()
        document = page.session.book.papers.document(ReportKind.RESOLUTION, page.meeting_id)
        assert document is not None
        assert document.revision == 1
        page.number.setText("không")
        page.flush()
        assert page.number.property("trouble") is True


def test_the_kind_of_the_resolution_changes_its_line_in_the_list(cell_path: Path) -> None:
    with papers_of(cell_path, ReportKind.RESOLUTION) as page:
        page.form.kind.show_value(ResolutionKind.CONCLUSION)
        page.form.kind.activated.emit(page.form.kind.currentIndex())
        settle()
        assert page.kind is ReportKind.CONCLUSION
        assert page.form.name.text().startswith("hội nghị chi bộ")


def test_a_sheet_is_only_printed(qtbot: QtBot, cell_path: Path) -> None:
    with papers_of(cell_path, ReportKind.SIGN_IN_SHEET, closed=False) as page:
        assert not page.issue_button.isVisible()
        assert page.print_button.isVisible()
        assert page.hint.text()
        qtbot.waitUntil(page.preview.drawn)


def test_arrows_choose_a_paper(qtbot: QtBot, cell_path: Path) -> None:
    with papers_of(cell_path, ReportKind.NOTICE, closed=False) as page:
        qtbot.waitUntil(page.table.hasFocus)
        QTest.keyClick(page.table, Qt.Key.Key_Down)
        assert page.kind is ReportKind.PROGRAMME
        assert page.issue_button.isVisible()


def test_the_steps_of_a_meeting_lead_to_its_papers(cell_path: Path) -> None:
    with Book.open(cell_path) as book:
        meeting_id = book.meetings.prepare(MeetingKind.REGULAR, date(2026, 11, 12))
    with open_window(cell_path) as window:
        for place, kind in ((0, ReportKind.NOTICE), (-1, ReportKind.RESOLUTION)):
            frame_of(window).go(f"meeting:{meeting_id}")
            page = frame_of(window).page
            assert isinstance(page, MeetingPage)
            page.open_step(range(len(page.steps))[place])
            settle()
            acts = [one for one in widgets(page.step) if isinstance(one, ActButton)]
            button = next(
                one
                for one in acts
                if "…" in one.text() and ("ghị quyết" in one.text() or "resolution" in one.text())
            )
            button.click()
            settle()
            papers = frame_of(window).page
            assert isinstance(papers, PapersPage)
            assert papers.kind is kind


def test_everything_has_a_name_and_nothing_sticks_out(cell_path: Path) -> None:
    with papers_of(cell_path, ReportKind.RESOLUTION, percent=200) as page:
        assert unnamed(page) == []
        assert outside(page.window()) == []
