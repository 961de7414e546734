"""The last step: one thing to scroll, the next act in sight, no frozen window, and paper."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from recordings import full_scores, meeting_data, quick_keys
from windows import compose, frame_of, open_window, settle

from sochibo.book.book import Book
from sochibo.documents.papers import page_count, page_picture
from sochibo.faults import Severity, yellow
from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.meetings.steps.attendance import AttendanceStep
from sochibo.interface.meetings.steps.closing import ClosingStep
from sochibo.interface.meetings.steps.items import ItemsStep
from sochibo.interface.parts import fields, printing
from sochibo.interface.parts.finding_list import grouped
from sochibo.rules.meetings.meetings import MeetingKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

PASSPHRASE = "lúa chín vàng đồng"  # noqa: S105 - of a key that lives for one test
A4_AT_300 = (2480, 3508)


@contextmanager
def at_step(path: Path, place: int, size: tuple[int, int] = (1366, 768)) -> Iterator[MeetingPage]:
    with Book.open(path) as book:
        if not book.meetings.lines(2026):
            book.meetings.prepare(MeetingKind.REGULAR, date(2026, 11, 3))
        meeting_id = book.meetings.lines(2026)[0].meeting.id
    with open_window(path, size=size) as window:
        frame_of(window).go(f"meeting:{meeting_id}")
        page = frame_of(window).page
        assert isinstance(page, MeetingPage)
        page.open_step(place)
        settle()
        yield page


def scrolls(page: QWidget) -> bool:
    """Tell whether the page as a whole must be scrolled."""
    area = page.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    assert isinstance(area, QScrollArea)
    return area.verticalScrollBar().maximum() > 0


def test_on_the_usual_screen_the_page_stands_still_and_the_acts_are_in_sight(
    qtbot: QtBot, cell_path: Path
) -> None:
    with at_step(cell_path, 6) as page:
        step = page.step
        assert isinstance(step, ClosingStep)
        assert len(page.desk.findings) > 5
        qtbot.waitUntil(lambda: not scrolls(page))
        for act in (step.close_button, step.print_button):
            assert act.visibleRegion().boundingRect().height() == act.height()


def test_without_findings_the_next_act_stands_under_the_headline(qtbot: QtBot, cell_path: Path) -> None:
    item = {"title": "Nhiệm vụ tháng tới", "text": "Chi bộ thảo luận."}
    scores = full_scores() | {"2": 5, "4.2": 25}
    with Book.open(cell_path) as book:
        book.meetings.record(meeting_data(items=[item], votes=[], scores=scores))
    with at_step(cell_path, 6) as page:
        step = page.step
        assert isinstance(step, ClosingStep)
        assert page.desk.findings == ()
        qtbot.waitUntil(lambda: not scrolls(page))
        assert step.close_button.isEnabled()
        assert step.close_button.hasFocus()
        assert step.close_button.mapTo(step, QPoint(0, 0)).y() < 100


def test_agenda_items_without_a_word_are_one_finding_that_leads_to_the_first() -> None:
    red = yellow("M18", "x", "items")
    many = [yellow("M20", "{title}", f"items.{n}.text", title=str(n)) for n in (2, 4, 5)]
    shown = grouped([many[0], red, *many[1:]])
    assert [(one.code, one.place) for one in shown] == [("M20", "items.2.text"), ("M18", "items")]
    assert shown[0].fields == {"n": 3}
    assert grouped(many[:1]) == (many[0],)


def test_what_must_be_mended_comes_first(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        book.meetings.record(meeting_data(chair="Lê Hoàng Đức", minute_taker="Lê Hoàng Đức", items=[]))
    with at_step(cell_path, 6) as page:
        shown = [one.severity for one in grouped(page.desk.findings)]
        assert shown[0] is Severity.RED
        assert shown == sorted(shown, key=lambda one: one is not Severity.RED)


def test_the_window_lives_while_minutes_are_sealed(qtbot: QtBot, cell_path: Path) -> None:
    with Book.open(cell_path) as book:
        # With a key as it is in life, which takes its time to open.
        book.reports.make_key("Nguyễn Văn Mẫu", PASSPHRASE, datetime(2026, 11, 1, tzinfo=UTC))
        book.meetings.record(meeting_data())
    with at_step(cell_path, 6) as page:
        step = page.step
        assert isinstance(step, ClosingStep)
        step.close_button.click()
        qtbot.waitUntil(step.preview.drawn)
        turns = []
        pulse = QTimer(interval=5)
        pulse.timeout.connect(lambda: turns.append(page.session.busy))
        step.paper.passphrase.line.setText(PASSPHRASE)
        pulse.start()
        step.paper.seal_button.click()
        assert not step.paper.seal_button.isEnabled()
        assert step.paper.seal_button.text() == "Đang ký…"
        qtbot.waitUntil(step.paper.send_button.isVisible)
        pulse.stop()
        assert turns.count(True) >= 5


def test_leaving_the_page_while_it_seals_loses_nothing(qtbot: QtBot, cell_path: Path) -> None:
    with quick_keys(), Book.open(cell_path) as book:
        book.reports.make_key("Nguyễn Văn Mẫu", PASSPHRASE, datetime(2026, 11, 1, tzinfo=UTC))
        book.meetings.record(meeting_data(close=True))
    with at_step(cell_path, 6) as page:
        step, session = page.step, page.session
        assert isinstance(step, ClosingStep)
        step.paper.passphrase.line.setText(PASSPHRASE)
        with qtbot.waitSignal(session.told) as told:
            step.paper.seal_button.click()
            session.theme.change(percent=125)
        assert "Đã ký" in told.args[0]
        document = session.book.reports.minutes_of(page.desk.meeting_id)
        assert document is not None
        assert document.sealed_by == "Nguyễn Văn Mẫu"


def test_closing_the_window_while_it_seals_leaves_the_minutes_sealed(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with quick_keys(), Book.open(cell_path) as book:
        book.reports.make_key("Nguyễn Văn Mẫu", PASSPHRASE, datetime(2026, 11, 1, tzinfo=UTC))
        meeting_id = book.meetings.record(meeting_data(close=True))
    with at_step(cell_path, 6) as page:
        step = page.step
        assert isinstance(step, ClosingStep)
        step.paper.passphrase.line.setText(PASSPHRASE)
        step.paper.seal_button.click()
    # What the worker has to tell comes when the book is closed; an error there would fail this test.
    settle()
    with Book.open(cell_path) as book:
        document = book.reports.minutes_of(meeting_id)
        assert document is not None
        assert document.sealed_by == "Nguyễn Văn Mẫu"


@pytest.mark.parametrize("way", ["button", "Ctrl P"])
def test_the_draft_is_printed_as_it_is_seen(
    qtbot: QtBot, cell_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    target = tmp_path / "print.pdf"

    def ask(_parent: QWidget) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(target))
        return printer

    monkeypatch.setattr(printing, "ask_printer", ask)
    with at_step(cell_path, 6) as page:
        step = page.step
        assert isinstance(step, ClosingStep)
        qtbot.waitUntil(step.preview.drawn)
        with qtbot.waitSignal(page.session.told):
            if way == "button":
                assert step.print_button.text() == "In bản nháp"
                step.print_button.click()
            else:
                QTest.keyClick(page.window(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
        printed = target.read_bytes()
        assert page_count(printed) == step.preview.page_total()
        width, height, picture = page_picture(printed, 0, 300 / 72)
        assert (abs(width - A4_AT_300[0]) < 20, abs(height - A4_AT_300[1]) < 20) == (True, True)
        # Something stands on it: not every dot is white.
        assert len(set(picture)) > 2


def test_ten_people_of_the_roll_are_seen_and_the_sentence_below_them(qtbot: QtBot, cell_path: Path) -> None:
    with at_step(cell_path, 1) as page:
        step = page.step
        assert isinstance(step, AttendanceStep)
        qtbot.waitUntil(lambda: not scrolls(page))
        assert step.table.viewport().height() >= 9 * page.session.theme.row_height
        assert step.sentence.visibleRegion().boundingRect().height() == step.sentence.height()
        assert not step.guests.isVisible()
        step.guests_button.click()
        assert step.guests.isVisible()


def test_a_finding_about_a_guest_opens_the_guests(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with Book.open(cell_path) as book:
        book.meetings.record(meeting_data())
    with at_step(cell_path, 6) as page:
        page.jump("guests.0.name")
        step = page.step
        assert isinstance(step, AttendanceStep)
        assert step.guests.rows[0].field("name").hasFocus()


@pytest.mark.parametrize("name", ["title", "text"])
def test_a_flush_amid_a_composed_word_loses_no_key(qtbot: QtBot, cell_path: Path, name: str) -> None:
    del qtbot
    with at_step(cell_path, 2) as page:
        step = page.step
        assert isinstance(step, ItemsStep)
        field = getattr(step.cards[0], name)
        field.clear()
        field.setFocus()
        compose(field, commit="Đồng chí ")
        compose(field, preedit="Đu")
        page.flush()
        compose(field, preedit="Đư")
        page.reload()
        compose(field, commit="Đức")
        page.flush()
        assert getattr(page.desk.file.items[0], name) == "Đồng chí Đức"


def test_what_is_being_composed_is_in_the_book_after_a_flush(
    qtbot: QtBot, cell_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    with at_step(cell_path, 2) as page:
        step = page.step
        assert isinstance(step, ItemsStep)
        field = step.cards[0].text
        field.setFocus()
        compose(field, commit="Đồng chí ")
        compose(field, preedit="Đức")

        class Method:
            """An input method that hands over its word when asked to, as those of people do."""

            def commit(self) -> None:
                compose(field, commit="Đức")
                monkeypatch.setattr(fields, "QGuiApplication", QGuiApplication)

        class Application:
            @staticmethod
            def inputMethod() -> Method:  # noqa: N802 - Qt's name
                return Method()

        monkeypatch.setattr(fields, "QGuiApplication", Application)
        page.flush()
        assert page.desk.file.items[0].text == "Đồng chí Đức"


def test_a_narrow_window_keeps_the_keys_of_the_page(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with at_step(cell_path, 1, size=(800, 614)) as page:
        keys = frame_of(page.window())._strip._keys._hints  # type: ignore[arg-type]  # noqa: SLF001 - what is drawn
        shown = [hint.isVisible() for hint in keys]
        assert shown[:3] == [True, True, True]
        assert shown == sorted(shown, reverse=True)
