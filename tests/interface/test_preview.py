"""The pages of a paper, drawn in a thread: what is seen when results come late or overtake each other."""

from __future__ import annotations

from io import BytesIO
from threading import Event
from typing import TYPE_CHECKING

import pytest
from windows import frame_of, open_window

from sochibo.interface.parts.preview import Preview

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

WAIT_MS = 10_000


def pdf(word: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    target = BytesIO()
    canvas = Canvas(target, pagesize=(420, 595))
    canvas.drawString(72, 500, word)
    canvas.save()
    return target.getvalue()


@pytest.fixture
def preview(qtbot: QtBot, cell_path: Path) -> Iterator[Preview]:
    del qtbot
    with open_window(cell_path) as window:
        made = Preview(frame_of(window).session)
        made.resize(600, 500)
        made.show()
        yield made
        made.close()


def picture_width(preview: Preview) -> int:
    return preview._sheets[0].pixmap().width()  # noqa: SLF001 - what is seen has no other name


def test_pages_are_drawn_in_the_new_width_even_if_a_change_overtakes_the_drawing(
    qtbot: QtBot, preview: Preview
) -> None:
    page = pdf("one")
    preview.show_pdf(page)
    qtbot.waitUntil(preview.drawn)
    narrow = picture_width(preview)
    preview.resize(1000, 500)
    # Two changes at once that leave the paper as it is: the first would draw it wider and is overtaken.
    preview.show_pdf(page)
    preview.show_pdf(page)
    qtbot.waitUntil(preview.drawn)
    assert picture_width(preview) > narrow + 300


def test_overtaken_pages_are_seen_where_there_are_none_yet(qtbot: QtBot, preview: Preview) -> None:
    released = Event()

    def slow() -> bytes:
        released.wait(WAIT_MS / 1000)
        return pdf("two")

    preview.show_made(lambda: pdf("one"))
    preview.show_made(slow)
    try:
        qtbot.waitUntil(lambda: preview.page_total() == 1)
        assert not preview.drawn(), "the newer pages are still on their way"
    finally:
        released.set()
    qtbot.waitUntil(preview.drawn)


def test_a_sentence_is_not_covered_by_pages_that_come_late(qtbot: QtBot, preview: Preview) -> None:
    released = Event()

    def slow() -> bytes:
        released.wait(WAIT_MS / 1000)
        return pdf("late")

    preview.show_made(slow)
    preview.show_text("Nothing to show")
    released.set()
    preview._session.work(lambda: None, lambda _: None, "")  # noqa: SLF001 - wait for what was begun before
    qtbot.waitUntil(lambda: not preview._session.busy)  # noqa: SLF001 - as above
    assert preview.page_total() == 0
