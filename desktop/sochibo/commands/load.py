"""Make a book of one that was written out as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sochibo.commands.spoken import FILE, Command, say
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["command"]


def command(words: Messages) -> click.Command:
    """Return `sochibo load`."""
    return Command(
        words,
        "load",
        help=words.gettext(
            "Make a new book of a file that “sochibo dump” wrote, its history included. The book is written "
            "out again in memory and must be the same to the byte before it counts; a file that lies there "
            "already is never overwritten. The new book has no passphrase: give it one with “sochibo "
            "protect”."
        ),
        params=[click.Argument(["file"], type=FILE), click.Argument(["book"], type=FILE)],
        callback=lambda **given: _load(words, **given),
    )


def _load(words: Messages, file: Path, book: Path) -> int:
    from sochibo.book.book import Book

    with Book.load(file, book) as made:
        fields = {"name": made.path.name, "organisation": made.organisation().name}
    say(words.sentence(N_("The book of {organisation} is made: “{name}”."), fields))
    return 0
