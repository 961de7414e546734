"""Is what was typed in the window there after it is killed? Real fields, real keys, killed at any moment.

A program opens the real window on a book (offscreen) and types into fields of a meeting, every other word
through an input method that composes it. After each key it says what stands in which field. It is killed at a
random moment, and the book is opened again: every field must hold what stood in it a second before the kill,
or later. How late the program's own clock was (a busy machine) is measured and granted on top.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Final

from sochibo.book.book import Book, BookDraft
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.units.organisations import BookKind

__all__ = ["Lost", "make_book", "words_after_a_kill"]

PROMISED: Final = 1.0
STROKE_MS: Final = 35
DAY: Final = date(2026, 11, 5)

TYPE: Final = """
import json, pathlib, sys, time
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication
from sochibo.interface.looks.palette import PaletteName
from sochibo.interface.settings import Settings, SettingsFile
from sochibo.interface.looks.theme import Theme
from sochibo.interface.window import Window
from sochibo.messages import Messages
path, meeting, stroke, words = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4].split()
application = QApplication([])
theme = Theme(PaletteName.LIGHT, 100)
theme.apply(application)
window = Window(Messages("vi"), Settings(language="vi"), SettingsFile(None), theme)
window.open_book(path)
window.show()
window.activateWindow()
window.frame.go(f"meeting:{meeting}")
page = window.frame.page
page.open_step(2)
step = page.step
fields = [step.cards[0].title, step.cards[0].text, step.cards[1].conclusion, step.conclusion]
texts = ["" for _ in fields]
for field in fields:
    field.clear()
page.flush()

def keys():
    for turn, word in enumerate(words * 1000):
        place = turn // 5 % len(fields)
        field = fields[place]
        field.setFocus()
        start = texts[place]
        for end in range(1, len(word) + 1):
            texts[place] = start + word[:end]
            if turn % 2:
                QApplication.sendEvent(field, QInputMethodEvent(word[:end], []))
            else:
                press(field, word[end - 1])
            yield place
        if turn % 2:
            event = QInputMethodEvent()
            event.setCommitString(word)
            QApplication.sendEvent(field, event)
        press(field, " ")
        texts[place] = start + word + " "
        yield place

def press(field, letter):
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

def turn():
    global due
    late = time.monotonic() - due
    place = next(typing)
    at = time.monotonic()
    print(json.dumps([at, max(0, late), place, texts[place].split()]), flush=True)
    due = time.monotonic() + stroke / 1000
    timer.start(stroke)

typing = keys()
timer = QTimer(singleShot=True)
timer.timeout.connect(turn)
due = time.monotonic()
timer.start(0)
application.exec()
"""

WORDS: Final = (
    "Chi bộ thảo luận việc thủy lợi nội đồng, đường làng ngõ xóm; đồng chí Ước đề nghị rà soát từng hộ nghèo"
)


class Lost(Exception):
    """Something typed longer ago than promised is not in the book."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """What stood in a field after a key, and how late the program's clock was."""

    at: float
    late: float
    field: int
    words: list[str]


def make_book(path: Path) -> str:
    """Make a cell's book with one meeting to type into; return the meeting's id."""
    draft = BookDraft(
        kind=BookKind.CELL, name="Chi bộ Thử", superior="Đảng bộ Thử", place="Thử",
        term_name="2025–2030", term_start=date(2025, 3, 1),
    )  # fmt: skip
    with Book.create(path, draft) as book:
        return book.meetings.prepare(MeetingKind.REGULAR, DAY)


def words_after_a_kill(path: Path, meeting_id: str, chance: random.Random) -> int:
    """Let a program type until it is killed; return how many words are in the book then; raises Lost."""
    command = [sys.executable, "-c", TYPE, str(path), meeting_id, str(STROKE_MS), WORDS]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    ) as typist:
        if typist.stdout is None:
            raise Lost("the program cannot be heard")
        strokes = _typed_for(typist.stdout, PROMISED * chance.uniform(1.2, 1.8))
        time.sleep(chance.uniform(0, STROKE_MS / 1000))
        killed = time.monotonic()
        typist.kill()
        # A line without its end was cut off by the kill.
        strokes += map(_read_stroke, typist.stdout.read().split("\n")[:-1])
    found = _fields(path, meeting_id)
    granted = PROMISED + max(stroke.late for stroke in strokes)
    for place, words in enumerate(found):
        mine = [stroke for stroke in strokes if stroke.field == place]
        known = [stroke for stroke in mine if stroke.at <= killed - granted]
        newest = known[-1].words if known else []
        later = [stroke.words for stroke in mine if stroke.at > killed - granted]
        if words != newest and words not in later:
            raise Lost(f"field {place} held {newest} {granted:.2f} s before the kill; the book has {words}")
    return sum(map(len, found))


def _typed_for(said: IO[str], seconds: float) -> list[Stroke]:
    """Listen until that much was typed, by a clock that stands still while the program is late."""
    strokes = [_read_stroke(said.readline())]
    while strokes[-1].at - strokes[0].at - max(stroke.late for stroke in strokes) < seconds:
        strokes.append(_read_stroke(said.readline()))
    return strokes


def _read_stroke(line: str) -> Stroke:
    return Stroke(*json.loads(line))


def _fields(path: Path, meeting_id: str) -> list[list[str]]:
    with Book.open(path) as book:
        file = book.meetings.file(meeting_id)
    first, second = file.items[:2]
    texts = (first.title, first.text, second.conclusion, file.meeting.conclusion)
    return [text.split() for text in texts]


def main() -> None:
    """Run the rounds and print what was found; a loss ends it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=20, help="how many windows to kill (20)")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6, help="to try the same again")
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 - moments to be killed at, no secret
    print(f"seed {given.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Sổ.sochibo"
        meeting = make_book(path)
        words = sum(words_after_a_kill(path, meeting, chance) for _ in range(given.rounds))
    print(f"{given.rounds} windows killed, {words} words found, none older than a second lost")


if __name__ == "__main__":
    main()
