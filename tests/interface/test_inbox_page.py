"""The committee's pages: files dropped in, judged, shown, rolled up; cells enrolled."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from received import lay, summary_of
from recordings import COMMITTEE_PASSPHRASE, Delivery, quick_keys
from windows import frame_of, open_window, outside, press, settle, unnamed

from sochibo.book.book import Book
from sochibo.book.inbox.decisions import Decision, Remark
from sochibo.interface.inbox.inbox_page import InboxPage
from sochibo.interface.inbox.slips_panel import SlipsPanel
from sochibo.interface.inbox.submission_lines import Shown
from sochibo.interface.inbox.submission_panel import SubmissionPanel
from sochibo.interface.papers.reports_page import ReportsPage
from sochibo.interface.parts import choosers
from sochibo.interface.rollups.rollup_page import RollupPage
from sochibo.interface.trust.enrol_panel import EnrolPanel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with quick_keys():
        yield


@pytest.fixture
def folder(delivery: Delivery, tmp_path: Path) -> Path:
    return delivery.copy_to(tmp_path / "copy")


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
        qtbot.waitUntil(panel.preview.drawn)
        assert unnamed(page) == []
        assert page.go_back()
        page.show_submission(next(one for one in files if one.verdict.code == "V01"))
        assert page.go_back()
        assert not page.go_back()


def test_letters_decide_about_many_files_at_once(qtbot: QtBot, folder: Path) -> None:
    del qtbot
    with open_window(folder / "committee.sochibo") as window:
        frame = frame_of(window)
        frame.go("inbox")
        page = frame.page
        assert isinstance(page, InboxPage)
        frame.page.receive([folder / "stick"])
        page.table.selectAll()
        page.table.setFocus()
        assert len(page.chosen()) == 2
        press(page.table, Qt.Key.Key_R)
        assert page.decisions.open
        assert not page.decisions.place.isVisible()
        page.decisions.text.setPlainText("Ghi lại số người có mặt.")
        page.decisions.send_back.click()
        files = page.table_model.records
        assert [(one.decision, one.counts) for one in files] == [(Decision.RETURNED, False)] * 2
        assert files[0].remarks == (Remark("", "", "Ghi lại số người có mặt."),)
        page.shown.show_value(Shown.COUNTED)
        page.shown.activated.emit(page.shown.currentIndex())
        assert page.table_model.records == ()
        page.shown.show_value(Shown.RETURNED)
        page.shown.activated.emit(page.shown.currentIndex())
        page.table.selectAll()
        press(page.table, Qt.Key.Key_A)
        assert all(one.counts for one in page.session.book.inbox.submissions())


def test_a_remark_names_a_field_of_the_paper(qtbot: QtBot, folder: Path) -> None:
    del qtbot
    with open_window(folder / "committee.sochibo") as window:
        frame = frame_of(window)
        frame.go("inbox")
        page = frame.page
        assert isinstance(page, InboxPage)
        page.receive([folder / "stick"])
        page.show_submission(page.table_model.records[0])
        panel = page._panel  # noqa: SLF001 - what stands in the place of the inbox
        assert isinstance(panel, SubmissionPanel)
        bar = panel.decisions
        bar.begin_return()
        names = [bar.place.itemText(place) for place in range(bar.place.count())]
        assert "Điểm danh ngày 05/11/2026" in names
        bar.place.setCurrentIndex(names.index("Điểm danh ngày 05/11/2026"))
        bar.text.setPlainText("Xem lại.")
        bar.end_return()
        assert page._panel is None  # noqa: SLF001 - as above
        (remark,) = page.session.book.inbox.submissions()[0].remarks
        assert remark == Remark("meetings.0.attendance", "Điểm danh ngày 05/11/2026", "Xem lại.")


def test_a_remark_not_sent_yet_is_there_again_for_its_file_alone(qtbot: QtBot, folder: Path) -> None:
    del qtbot
    with open_window(folder / "committee.sochibo") as window:
        frame = frame_of(window)
        frame.go("inbox")
        page = frame.page
        assert isinstance(page, InboxPage)
        page.receive([folder / "stick"])
        one, other = page.table_model.records
        bar = page.decisions
        bar.show_files([one])
        bar.begin_return()
        bar.text.setPlainText("Thiếu chữ ký.")
        bar.add_remark()
        bar.text.setPlainText("Ghi lại số")
        bar.show_files([other])
        assert not bar.open
        bar.begin_return()
        assert (bar.text.toPlainText(), bar.remarks) == ("", [])
        bar.show_files([one])
    with open_window(folder / "committee.sochibo") as window:
        frame_of(window).go("inbox")
        page = frame_of(window).page
        assert isinstance(page, InboxPage)
        bar = page.decisions
        bar.show_files([one])
        bar.begin_return()
        assert bar.text.toPlainText() == "Ghi lại số"
        assert [remark.text for remark in bar.remarks] == ["Thiếu chữ ký."]
        bar.end_return()
        bar.show_files([one])
        bar.begin_return()
        assert bar.text.toPlainText() == ""


def test_slips_for_all_units_are_written_with_one_passphrase(
    qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = tmp_path / "back"
    back.mkdir()
    monkeypatch.setattr(choosers, "choose_folder", lambda *_asked: back)
    with Book.open(folder / "committee.sochibo") as book:
        book.reports.make_key("Đào Thị Mơ", COMMITTEE_PASSPHRASE, _now())
        book.inbox.receive([folder / "stick"], _now())
        trust = book.authority.trust_file()
    with open_window(folder / "committee.sochibo") as window:
        frame_of(window).go("inbox")
        page = frame_of(window).page
        assert isinstance(page, InboxPage)
        page.slips.click()
        panel = page._panel  # noqa: SLF001 - as above
        assert isinstance(panel, SlipsPanel)
        assert unnamed(page) == []
        panel.passphrase.line.setText("không phải")
        panel.write_button.click()
        qtbot.waitUntil(panel.trouble.isVisible)
        assert list(back.iterdir()) == []
        panel.passphrase.line.setText(COMMITTEE_PASSPHRASE)
        panel.write_button.click()
        qtbot.waitUntil(panel.lies.isVisible)
        assert len(list(back.glob("*.pdf"))) == 1
        assert outside(window) == []
    (back / "trust.json").write_bytes(trust)
    with open_window(folder / "cell.sochibo") as window:
        frame = frame_of(window)
        frame.go("reports")
        page = frame.page
        assert isinstance(page, ReportsPage)
        # A package of an unknown authority is compared first; the slips beside it wait.
        page.receive([back])
        assert frame.goal == "trust"
        page.session.book.trust.take(trust, "trust.json", _now(), compared=True)
        with qtbot.waitSignal(page.session.told) as told:
            page.receive([back])
        assert "1 văn bản được nhận" in told.args[0]
        frame.go("report:2026-10")
        opened = frame.page
        assert isinstance(opened, ReportsPage)
        assert opened.panel.stages.done == 5
        assert opened.panel.paper.answer.isVisible()


def test_a_folder_dropped_on_any_page_is_received(qtbot: QtBot, folder: Path) -> None:
    del qtbot
    with open_window(folder / "committee.sochibo") as window:
        frame = frame_of(window)
        frame.go("today")
        files = QMimeData()
        files.setUrls([QUrl.fromLocalFile(str(folder / "stick"))])
        none, left, copy = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
        frame.dropEvent(QDropEvent(QPointF(9, 9), copy, files, left, none))
        page = frame.page
        assert isinstance(page, InboxPage)
        assert len(page.table_model.records) == 2


def test_what_no_table_shows_is_told(qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    """A folder without papers, and a film that is no paper."""
    films, empty = tmp_path / "phim", tmp_path / "trống"
    for made in (films, empty):
        made.mkdir()
    with (films / "họp lớp.pdf").open("wb") as film:
        film.truncate(21_000_000)
    with open_window(folder / "committee.sochibo") as window:
        frame_of(window).go("inbox")
        page = frame_of(window).page
        assert isinstance(page, InboxPage)
        for dropped, said in ((films, "họp lớp.pdf"), (empty, "PDF")):
            with qtbot.waitSignal(page.session.told) as told:
                page.receive([dropped])
            assert said in told.args[0]
        with qtbot.waitSignal(page.session.fault) as fault:
            page.receive([tmp_path / "không có"])
        assert "K03" in fault.args[0]


def test_stopping_keeps_what_was_judged_and_says_what_is_left(qtbot: QtBot, folder: Path) -> None:
    with open_window(folder / "committee.sochibo", language="en") as window:
        frame_of(window).go("inbox")
        page = frame_of(window).page
        assert isinstance(page, InboxPage)
        page.bar.valueChanged.connect(page.stop.click)
        with qtbot.waitSignal(page.session.told) as told:
            page.receive([folder / "stick"])
        assert len(page.table_model.records) == 1
        assert "Stopped after 1 of 2 files" in told.args[0]
        page.bar.valueChanged.disconnect(page.stop.click)
        with qtbot.waitSignal(page.session.told) as told:
            page.receive([folder / "stick"])
        assert told.args[0].startswith("2 files: ")
        assert "1 of them had come before." in told.args[0]


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
        assert panel.compare.isVisible()
        assert "Trần Thị Bích" in panel.compare.title.text()
        panel.compare.same.click()
        assert not panel.enrol_button.isEnabled()
        qtbot.waitUntil(panel.trouble.isVisible)
        assert not target.exists()
        panel.passphrase.line.setText(COMMITTEE_PASSPHRASE)
        panel.enrol_button.click()
        panel.compare.same.click()
        qtbot.waitUntil(lambda: "Trần Thị Bích" in panel.units.text())
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
        assert page.reported.text() == "1 trong 1 chi bộ đã gửi"
        (unit,) = page.session.book.inbox.units()
        lay(page.session.book, unit.id, summary_of("2026-10", 31), revision=2)
        page.reload()
        assert page.table_model.records == before
        assert page.reported.text().startswith("1 trong 1 chi bộ đã gửi · 1 ")


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
        qtbot.waitUntil(panel.preview.drawn)
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
        with qtbot.waitSignal(page.session.noted) as told:
            page.show_source(page.table_model.record(0))
        assert "chưa gửi" in told.args[0]


def _now() -> datetime:
    return datetime(2026, 11, 5, 9, 0, tzinfo=UTC)
