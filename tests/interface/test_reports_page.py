"""A month's summary and a signing key through the pages, with real keys and real files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from recordings import meeting_data, quick_keys
from windows import frame_of, open_window, outside, settle, unnamed

from sochibo.book.book import Book
from sochibo.interface.papers.paper_page import PaperPage
from sochibo.interface.papers.reports_page import ReportsPage
from sochibo.interface.parts import choosers
from sochibo.interface.parts.compare_panel import fingerprint_lines
from sochibo.interface.trust.key_page import KeyPage
from sochibo.rules.periods import PeriodKind, parse_period
from sochibo.rules.reports import ReportKind, SummaryReport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PASSPHRASE = "lúa chín vàng đồng"  # noqa: S105 - of keys that live for one test


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_keys():
        yield


@pytest.fixture
def october(cell_path: Path) -> Path:
    with Book.open(cell_path) as book:
        book.meetings.record(meeting_data(on="2026-10-05", close=True))
    return cell_path


@pytest.mark.parametrize("goal", ["reports", "report:2026-10", "key"])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("percent", [100, 200])
def test_pages_name_their_controls_and_fit(
    qtbot: QtBot, october: Path, goal: str, language: str, percent: int
) -> None:
    del qtbot
    with open_window(october, language=language, percent=percent) as window:
        frame_of(window).go(goal)
        settle()
        assert frame_of(window).goal == goal
        assert unnamed(frame_of(window).page) == []
        assert outside(window) == []


def test_a_month_is_issued_sealed_and_sent(
    qtbot: QtBot, october: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "USB"
    stick.mkdir()
    monkeypatch.setattr(choosers, "choose_folder", lambda *_asked: stick)
    with open_window(october) as window:
        frame = frame_of(window)
        frame.go("key")
        key = frame.page
        assert isinstance(key, KeyPage)
        key.new.line.setText(PASSPHRASE)
        key.repeat.line.setText("khác")
        key.make_button.click()
        assert key.trouble.isVisible()
        key.repeat.line.setText(PASSPHRASE)
        key.make_button.click()
        qtbot.waitUntil(key.told.isVisible)
        info = key.session.book.reports.key()
        assert info is not None
        assert key.fingerprint.text() == fingerprint_lines(info.fingerprint)
        frame.go("report:2026-10")
        page = frame.page
        assert isinstance(page, ReportsPage)
        panel = page.panel
        qtbot.waitUntil(panel.preview.drawn)
        panel.issue_button.click()
        assert panel.document() is not None
        panel.paper.passphrase.line.setText(PASSPHRASE)
        panel.paper.seal_button.click()
        qtbot.waitUntil(panel.paper.send_button.isVisible)
        panel.paper.send_button.click()
        assert sorted(path.suffix for path in stick.iterdir()) == [".csv", ".pdf"]
        frame.go("reports")
        table = frame.page
        assert isinstance(table, ReportsPage)
        document = table.table_model.record(1).document
        assert document is not None
        assert document.sealed_by == "Nguyễn Văn Mẫu"


def test_a_replacement_is_a_new_revision_that_begins_with_the_remarks_of_before(
    qtbot: QtBot, october: Path
) -> None:
    del qtbot
    with open_window(october) as window:
        frame = frame_of(window)
        frame.go("report:2026-10")
        page = frame.page
        assert isinstance(page, ReportsPage)
        page.panel.remarks.setPlainText("Đề nghị Đảng ủy cấp tài liệu.")
        page.panel.remarks.flush()
        page.panel.issue_button.click()
        frame.go("reports")
        frame.go("report:2026-10")
        page = frame.page
        assert isinstance(page, ReportsPage)
        for drafting in (True, False, True):
            page.panel.again.click()
            assert page.panel.issue_button.isVisible() is drafting
        page.panel.issue_button.click()
        document = page.panel.document()
        assert document is not None
        assert document.revision == 2
        report = frame.session.book.reports.envelope(document.id).report
        assert isinstance(report, SummaryReport)
        assert report.remarks == "Đề nghị Đảng ủy cấp tài liệu."


def test_a_fingerprint_is_read_in_groups_of_four() -> None:
    assert fingerprint_lines("a1b2c3d4e5") == "A1B2   C3D4   E5"


def test_longer_periods_are_listed_and_summed_up(qtbot: QtBot, october: Path) -> None:
    with open_window(october) as window:
        frame = frame_of(window)
        frame.go("reports")
        page = frame.page
        assert isinstance(page, ReportsPage)
        page.shown.show_value(PeriodKind.QUARTER)
        page.shown.activated.emit(page.shown.currentIndex())
        assert [str(line.period) for line in page.table_model.records[:2]] == ["2026-Q4", "2026-Q3"]
        page.table.opened.emit(page.table_model.records[0])
        settle()
        quarter = frame.page
        assert isinstance(quarter, ReportsPage)
        assert str(quarter.period) == "2026-Q4"
        quarter.panel.issue()
        settle()
        document = frame.session.book.reports.of_period(ReportKind.SUMMARY, parse_period("2026-Q4"))
        assert document is not None
        assert document.number == "01-BC/CB"
        qtbot.waitUntil(quarter.panel.preview.drawn)


def test_every_issued_paper_can_be_opened_from_the_list(qtbot: QtBot, october: Path) -> None:
    with open_window(october) as window:
        frame = frame_of(window)
        frame.go("reports")
        page = frame.page
        assert isinstance(page, ReportsPage)
        page.shown.show_value(None)
        page.shown.activated.emit(page.shown.currentIndex())
        assert [line.kind for line in page.table_model.records] == [ReportKind.MINUTES]
        page.table.opened.emit(page.table_model.records[0])
        settle()
        paper = frame.page
        assert isinstance(paper, PaperPage)
        assert paper.paper.isVisible()
        assert unnamed(paper) == []
        qtbot.waitUntil(paper.preview.drawn)


@pytest.mark.parametrize("goal", ["paper:year-2026", "paper:book-2026"])
def test_the_papers_of_a_year_are_looked_at_and_printed(qtbot: QtBot, october: Path, goal: str) -> None:
    with open_window(october) as window:
        frame = frame_of(window)
        frame.go(goal)
        page = frame.page
        assert isinstance(page, PaperPage)
        settle()
        assert not page.paper.isVisible()
        assert page.print_button.isVisible()
        qtbot.waitUntil(page.preview.drawn)
