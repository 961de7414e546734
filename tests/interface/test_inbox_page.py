"""The committee's pages: files dropped in, judged, shown, rolled up; cells enrolled."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from recordings import COMMITTEE_PASSPHRASE, Delivery, quick_keys
from windows import frame_of, open_window, outside, press, settle, unnamed

from sochibo.book.book import Book
from sochibo.interface import choosers
from sochibo.interface.enrol_panel import EnrolPanel
from sochibo.interface.inbox_page import InboxPage
from sochibo.interface.rollup_page import RollupPage
from sochibo.interface.submission_panel import SubmissionPanel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_keys():
        yield


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Delivery:
    return Delivery(tmp_path_factory.mktemp("delivery"))


@pytest.fixture
def folder(delivered: Delivery, tmp_path: Path) -> Path:
    return delivered.copy_to(tmp_path / "copy")


@pytest.mark.parametrize("goal", ["inbox", "rollup"])
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("percent", [100, 200])
def test_pages_name_their_controls_and_fit(
    qtbot: QtBot, folder: Path, goal: str, language: str, percent: int
) -> None:
    del qtbot
    with open_window(folder / "committee.sochibo", language=language, percent=percent) as window:
        frame_of(window).go(goal)
        settle()
        page = frame_of(window).page
        if isinstance(page, InboxPage):
            page.receive([folder / "stick"])
            settle()
        assert unnamed(page) == []
        assert outside(window) == []


def test_a_folder_is_judged_and_every_file_can_be_looked_at(qtbot: QtBot, folder: Path) -> None:
    (folder / "stick" / "rác.pdf").write_bytes(b"not a PDF")
    with open_window(folder / "committee.sochibo") as window:
        frame = frame_of(window)
        frame.go("inbox")
        page = frame.page
        assert isinstance(page, InboxPage)
        page.receive([folder / "stick"])
        files = page.table_model.records
        assert len(files) == 3
        assert not page.stop.isVisible()
        months = page.board_model.record(0).months
        assert [one is not None for one in months[8:11]] == [False, True, True]
        good = next(one for one in files if one.counts)
        page.table.choose(good.id)
        press(page.table, Qt.Key.Key_Return)
        panel = page._panel  # noqa: SLF001 - what stands in the place of the inbox
        assert isinstance(panel, SubmissionPanel)
        qtbot.waitUntil(panel.preview.drawn, timeout=10_000)
        assert unnamed(page) == []
        assert page.go_back()
        page.show_submission(next(one for one in files if one.verdict.code == "V01"))
        assert page.go_back()
        assert not page.go_back()


def test_stopping_keeps_what_was_judged(qtbot: QtBot, folder: Path) -> None:
    del qtbot
    with open_window(folder / "committee.sochibo") as window:
        frame_of(window).go("inbox")
        page = frame_of(window).page
        assert isinstance(page, InboxPage)
        page.bar.valueChanged.connect(page.stop.click)
        page.receive([folder / "stick"])
        assert len(page.table_model.records) == 1


def test_a_cell_is_enrolled_by_its_request(
    qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, target = tmp_path / "request.pem", tmp_path / "certificate.pem"
    with Book.open(folder / "cell.sochibo") as cell:
        cell.reports.make_key("Trần Thị Bích", COMMITTEE_PASSPHRASE, _now())
        request.write_bytes(cell.reports.key_request(COMMITTEE_PASSPHRASE))
    monkeypatch.setattr(choosers, "choose_file", lambda *_asked: request)
    monkeypatch.setattr(choosers, "choose_new_file", lambda *_asked: target)
    with open_window(folder / "committee.sochibo") as window:
        frame_of(window).go("inbox")
        page = frame_of(window).page
        assert isinstance(page, InboxPage)
        page.enrol.click()
        panel = page._panel  # noqa: SLF001 - as above
        assert isinstance(panel, EnrolPanel)
        assert unnamed(page) == []
        panel.passphrase.line.setText("không phải")
        panel.enrol_button.click()
        assert not panel.enrol_button.isEnabled()
        qtbot.waitUntil(panel.trouble.isVisible, timeout=10_000)
        assert not target.exists()
        panel.passphrase.line.setText(COMMITTEE_PASSPHRASE)
        panel.enrol_button.click()
        qtbot.waitUntil(lambda: "Trần Thị Bích" in panel.units.text(), timeout=10_000)
        assert b"BEGIN CERTIFICATE" in target.read_bytes()


def test_a_month_is_rolled_up_from_what_was_received(qtbot: QtBot, folder: Path) -> None:
    del qtbot
    with open_window(folder / "committee.sochibo") as window:
        frame = frame_of(window)
        frame.go("inbox")
        inbox = frame.page
        assert isinstance(inbox, InboxPage)
        inbox.receive([folder / "stick"])
        frame.go("rollup")
        page = frame.page
        assert isinstance(page, RollupPage)
        assert page.title()[-1] == "Tháng 10/2026"
        assert page.reported.text() == "1 trong 1 chi bộ đã gửi"
        before = page.table_model.records
        assert before[0].attendance == before[-1].attendance
        assert (before[-1].unit_id, before[-1].attendance.numerator) == ("", 4)
        page.panel.issue_button.click()
        assert page.table_model.records == before


def test_enter_opens_the_file_behind_a_figure_and_esc_comes_back(qtbot: QtBot, folder: Path) -> None:
    with Book.open(folder / "committee.sochibo") as book:
        book.inbox.receive([folder / "stick"], _now())
    with open_window(folder / "committee.sochibo") as window:
        frame = frame_of(window)
        frame.go("rollup")
        page = frame.page
        assert isinstance(page, RollupPage)
        page.table.setFocus()
        page.table.setCurrentIndex(page.table_model.index(0, 0))
        press(page.table, Qt.Key.Key_Return)
        panel = page.source
        assert panel is not None
        assert panel.leave.hasFocus()
        qtbot.waitUntil(panel.preview.drawn, timeout=10_000)
        frame.go_back()
        assert page.source is None
        assert page.table.hasFocus()
        page.table.setCurrentIndex(page.table_model.index(1, 0))
        press(page.table, Qt.Key.Key_Return)
        assert page.source is None


def test_a_unit_without_a_file_says_so(qtbot: QtBot, folder: Path) -> None:
    with open_window(folder / "committee.sochibo") as window:
        frame_of(window).go("rollup")
        page = frame_of(window).page
        assert isinstance(page, RollupPage)
        with qtbot.waitSignal(page.session.told) as told:
            page.show_source(page.table_model.record(0))
        assert "chưa gửi" in told.args[0]


def _now() -> datetime:
    return datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
