"""A time stamp in the window: offered where an address is known, asked for by a tick, never dropped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import stamps
from loopback import serving
from recordings import meeting_data, quick_keys
from windows import frame_of, open_window

from sochibo.book.book import Book
from sochibo.interface.papers.reports_page import ReportsPage
from sochibo.interface.trust.key_page import KeyPage
from sochibo.rules.dates import Month
from sochibo.sealing.signatures import stamps_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.papers.paper_panel import PaperPanel
    from sochibo.interface.window import Window

PASSPHRASE = "lúa chín vàng đồng"  # noqa: S105 - of keys that live for one test


@pytest.fixture
def issued(cell_path: Path) -> Iterator[Path]:
    """Return a book whose October is issued and waits for its seal."""
    with quick_keys():
        with Book.open(cell_path) as book:
            book.meetings.record(meeting_data(on="2026-10-05", close=True))
            book.reports.make_key("Nguyễn Văn Mẫu", PASSPHRASE, datetime.now(UTC))
            book.reports.issue_summary(Month(2026, 10), on=datetime.now(UTC).date())
        yield cell_path


def paper_of(window: Window) -> PaperPanel:
    frame_of(window).go("report:2026-10")
    page = frame_of(window).page
    assert isinstance(page, ReportsPage)
    return page.panel.paper


def answering(path: str, body: bytes) -> tuple[int, bytes]:
    if path == "/busy":
        return 503, b""
    return 200, stamps.authority().answer(body, datetime.now(UTC))


def test_without_an_address_no_stamp_is_offered_and_without_a_tick_none_is_asked_for(
    qtbot: QtBot, issued: Path
) -> None:
    """No server is there: the audit hook would report the first socket."""
    with open_window(issued) as window:
        assert paper_of(window).stamp.isHidden()
        frame_of(window).go("key")
        key = frame_of(window).page
        assert isinstance(key, KeyPage)
        key.stamps.address.setText("tsa.example.com")
        key.stamps.address.flush()
        assert "tsa.example.com" in key.stamps.address.accessibleDescription()
        key.stamps.address.setText("http://tsa.example.com/tsr")
        key.stamps.address.flush()
        assert "S30" not in key.stamps.address.accessibleDescription()
        panel = paper_of(window)
        assert panel.stamp.isVisibleTo(panel)
        assert not panel.stamp.tick.isChecked()
        panel.passphrase.line.setText(PASSPHRASE)
        panel.seal_button.click()
        qtbot.waitUntil(panel.send_button.isVisible)
        assert panel.stamp.isHidden()
    assert stamps_in(issued) == 0


def test_a_stamp_that_does_not_come_is_told_and_a_seal_without_one_offered(
    qtbot: QtBot, issued: Path
) -> None:
    with serving(answering) as address, open_window(issued) as window:
        frame_of(window).session.book.stamping.set_address(f"{address}/busy")
        panel = paper_of(window)
        panel.stamp.tick.click()
        panel.passphrase.line.setText(PASSPHRASE)
        panel.seal_button.click()
        qtbot.waitUntil(panel.plain_button.isVisible)
        assert "127.0.0.1" in panel.trouble.text()
        assert panel.seal_button.isEnabled()
        panel.plain_button.click()
        qtbot.waitUntil(panel.send_button.isVisible)
        assert panel.plain_button.isHidden()
    assert stamps_in(issued) == 0


def test_a_ticked_stamp_is_in_the_seal_and_the_tick_is_gone_afterwards(qtbot: QtBot, issued: Path) -> None:
    with serving(answering) as address, open_window(issued) as window:
        frame_of(window).session.book.stamping.set_address(address)
        panel = paper_of(window)
        panel.stamp.tick.click()
        panel.passphrase.line.setText(PASSPHRASE)
        panel.seal_button.click()
        qtbot.waitUntil(panel.send_button.isVisible)
        assert not panel.stamp.tick.isChecked()
    assert stamps_in(issued) == 1


def stamps_in(path: Path) -> int:
    """Return how many stamps the one sealed paper of a book bears."""
    with Book.open(path) as book:
        (document,) = book.reports.documents()[:1]
        return len(stamps_of(book.reports.pages(document.id)))
