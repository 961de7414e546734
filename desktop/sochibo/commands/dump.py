"""Write a whole book out as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sochibo.commands.spoken import BOOK, FILE, Command, open_book, say
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["command"]


def command(words: Messages) -> click.Command:
    """Return `sochibo dump`."""
    return Command(
        words,
        "dump",
        help=words.gettext(
            "Write everything in a book to a new JSON file: records, history, papers and sealed files, to "
            "keep or to read with other programs. “sochibo load” makes a book of it again.\n\n"
            "Beware: identity numbers stand in the file in full, and no passphrase protects it.\n\n"
            "The file is described by resources/schemas/book-1.json."
        ),
        params=[click.Argument(["book"], type=BOOK), click.Argument(["out"], type=FILE)],
        callback=lambda **given: _dump(words, **given),
    )


def _dump(words: Messages, book: Path, out: Path) -> int:
    with open_book(words, book, read_only=True) as opened:
        told = opened.dumps.write(out)
    fields = {"count": told.records, "name": out.name}
    say(words.sentence(N_("{count} records written to “{name}”."), fields))
    say(words.gettext("Identity numbers stand in it in full: keep it as you keep the register."), err=True)
    return 0
