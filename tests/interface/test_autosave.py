"""The window killed at any moment loses at most a second of typing."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from bench import autosave
from sochibo.book.book import Book

if TYPE_CHECKING:
    from pathlib import Path


def test_a_window_killed_while_somebody_types_loses_at_most_a_second(tmp_path: Path) -> None:
    path = tmp_path / "Sổ.sochibo"
    meeting = autosave.make_book(path)
    chance = random.Random(7)  # noqa: S311 - moments to be killed at, no secret
    for _ in range(2):
        assert autosave.words_after_a_kill(path, meeting, chance)


def test_a_loss_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Sổ.sochibo"
    meeting = autosave.make_book(path)
    never = autosave.TYPE.replace("page.flush()", "page.desk.run = lambda *_: True")
    assert never != autosave.TYPE
    monkeypatch.setattr(autosave, "TYPE", never)
    chance = random.Random(7)  # noqa: S311 - as above
    # A machine that stops for long just before the kill is granted that, and so has lost nothing yet.
    kills = (autosave.words_after_a_kill(path, meeting, chance) for _ in range(3))
    with pytest.raises(autosave.Lost):
        list(kills)
    with Book.open(path) as book:
        assert not any(item.text for item in book.meetings.file(meeting).items)
