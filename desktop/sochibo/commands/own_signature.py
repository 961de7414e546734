"""What belongs to a person who signs: the picture of the signature, and a key of one's own kept as a file."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from sochibo import files
from sochibo.commands.spoken import (
    BOOK,
    FILE,
    Command,
    ask_passphrase,
    open_book,
    passphrase_option,
    say,
)
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["beside_command", "picture_command"]

_MOST_BYTES = 20 * 1024 * 1024


def picture_command(words: Messages) -> click.Command:
    """Return `sochibo key picture`."""
    return Command(
        words,
        "picture",
        help=words.gettext(
            "Keep a picture of the signature (PNG, JPEG: dark ink on white paper), which is drawn in blue "
            "where the key of the book seals. It proves nothing, stands in no history and no dump, and "
            "--remove wipes it. Without FILE it says whether there is one."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Argument(["file"], type=FILE, required=False),
            click.Option(["--remove"], is_flag=True, help=words.gettext("Wipe the picture.")),
            click.Option(
                ["--out"],
                type=FILE,
                metavar="FILE.png",
                help=words.gettext("Write the picture as it will be drawn, to look at it."),
            ),
        ],
        callback=lambda **given: _picture(words, **given),
    )


def beside_command(words: Messages) -> click.Command:
    """Return `sochibo key beside`."""
    return Command(
        words,
        "beside",
        help=words.gettext(
            "Make a key for whoever signs beside the secretary, as the minute-taker, as a file for that "
            "person to keep, with the request that is carried to the committee (“committee enrol --beside”). "
            "The book keeps neither; “countersign --key” signs with it."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Argument(["key_file"], type=FILE, metavar="KEY.p12"),
            click.Argument(["request"], type=FILE, metavar="REQUEST.pdf"),
            click.Option(["--person"], required=True, help=words.gettext("Who signs with it.")),
            passphrase_option(words),
        ],
        callback=lambda **given: _beside(words, **given),
    )


def _picture(words: Messages, book: Path, file: Path | None, out: Path | None, *, remove: bool) -> int:
    if file is not None and remove:
        raise click.UsageError(words.gettext("Give a file or --remove, not both."))
    with open_book(words, book, read_only=file is None and not remove) as opened:
        if file is not None:
            opened.keys.take_picture(files.read_whole(file, _MOST_BYTES), file.name)
        elif remove:
            opened.keys.remove_picture()
        kept = opened.keys.picture()
    if out is not None and kept:
        files.write_whole(out, kept)
        say(words.sentence(N_("Written: {name}."), {"name": out.name}))
    there = N_("A picture of the signature is drawn where this book seals.")
    none = N_("This book draws no picture of a signature.")
    say(words.gettext(there if kept else none))
    return 0


def _beside(
    words: Messages,
    book: Path,
    key_file: Path,
    request: Path,
    person: str,
    passphrase_file: Path | None,
) -> int:
    with open_book(words, book, read_only=True) as opened:
        passphrase = ask_passphrase(words, passphrase_file, new=True)
        pkcs12, asked = opened.keys.make_file(person, passphrase, datetime.now().astimezone())
    files.write_whole(key_file, pkcs12)
    files.write_whole(request, asked)
    say(words.sentence(N_("Written: {name}. Carry it to the committee."), {"name": request.name}))
    say(
        words.sentence(
            N_("Written: {name}. Only {person} keeps it."), {"name": key_file.name, "person": person}
        )
    )
    return 0
