"""Make a backup copy of a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sochibo.commands.spoken import BOOK, FOLDER, Command, open_book, say
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["command"]


def command(words: Messages) -> click.Command:
    """Return `sochibo backup`."""
    return Command(
        words,
        "backup",
        help=words.gettext(
            "Make a backup copy of a book, also while it is open elsewhere. The copy is read again before it "
            "counts; older copies are thinned out: of 7 days, 4 weeks, 12 months and every year one stays."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Option(
                ["--to"],
                type=FOLDER,
                metavar="FOLDER",
                help=words.gettext(
                    "Carry the copy to this folder or stick too; the book remembers it as the second place."
                ),
            ),
        ],
        callback=lambda **given: _back_up(words, **given),
    )


def _back_up(words: Messages, book: Path, to: Path | None) -> int:
    from sochibo.book.upkeep.backups import Reason

    with open_book(words, book) as opened:
        if to is not None:
            opened.backups.choose_second_place(to)
        outcome = opened.backups.make(Reason.ASKED)
    for made in (outcome.first, outcome.second):
        if made is not None:
            fields = {"name": made.path.name, "folder": made.path.parent.name}
            say(words.sentence(N_("Backup copy made and read again: “{name}” in “{folder}”."), fields))
    for fault in outcome.faults:
        say(fault.say(words), err=True)
    return 1 if outcome.faults else 0
