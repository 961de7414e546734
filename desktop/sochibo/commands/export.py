"""Write any list of a book to Excel."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from sochibo import faults
from sochibo.commands.spoken import BOOK, FILE, Command, day_type, open_book, say
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["command", "keep_what_is_there", "replace_option"]

LISTS = ("members", "register", "meetings", "attendance", "documents", "tasks", "history")
"""As the book's exports name them; written here because naming commands must not load them."""


class AlreadyHere(faults.Fault):
    """A list would be written over a file."""

    code = "C12"
    sentence = N_("There is already a file called “{name}” here.")
    advice = N_("Choose another name, or write --replace. Nothing was changed.")


def command(words: Messages) -> click.Command:
    """Return `sochibo export`."""
    return Command(
        words,
        "export",
        help=words.gettext(
            "Write a list of a book to an Excel file: members, register (its 14 columns), meetings, "
            "attendance, documents, tasks or history. Identity numbers are masked if nothing else is said."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Argument(["which"], type=click.Choice(LISTS), metavar="LIST"),
            click.Argument(["out"], type=FILE, metavar="OUT.xlsx"),
            click.Option(
                ["--year"],
                type=click.IntRange(1930, 2100),
                metavar="YYYY",
                help=words.gettext("The year of meetings and attendance; otherwise this year."),
            ),
            click.Option(
                ["--on"],
                default="",
                type=day_type(),
                metavar="YYYY-MM-DD",
                help=words.gettext("The day on which people are members; otherwise today."),
            ),
            click.Option(
                ["--everybody"], is_flag=True, help=words.gettext("Also members who have left, or died.")
            ),
            click.Option(
                ["--full-numbers"],
                is_flag=True,
                help=words.gettext("Write identity and card numbers in full. Such a file must be kept safe."),
            ),
            replace_option(words),
        ],
        callback=lambda **given: _export(words, **given),
    )


def replace_option(words: Messages) -> click.Option:
    """Return `--replace`."""
    return click.Option(
        ["--replace"], is_flag=True, help=words.gettext("Write over a file of that name, if there is one.")
    )


def keep_what_is_there(out: Path, *, replace: bool) -> None:
    """Raise AlreadyHere where a file would be written over that nobody gave up."""
    if out.exists() and not replace:
        raise AlreadyHere(name=out.name)


def _export(
    words: Messages, book: Path, which: str, out: Path, year: int | None, on: str, **flags: bool
) -> int:

    keep_what_is_there(out, replace=flags["replace"])
    today = datetime.now().astimezone().date()
    with open_book(words, book, read_only=True) as opened:
        exports = opened.exports
        match which:
            case "members":
                exports.members(
                    out,
                    words,
                    on=date.fromisoformat(on) if on else today,
                    everybody=flags["everybody"],
                    full_numbers=flags["full_numbers"],
                )
            case "register":
                exports.register(
                    out,
                    words,
                    on=date.fromisoformat(on) if on else today,
                    full_numbers=flags["full_numbers"],
                )
            case "meetings":
                exports.meetings(out, words, year=year or today.year)
            case "attendance":
                exports.attendance(out, words, year=year or today.year)
            case "documents":
                exports.documents(out, words)
            case "tasks":
                exports.tasks(out, words, on=date.fromisoformat(on) if on else today)
            case _:
                exports.history(out, words)
    say(words.sentence(N_("Written: {file}"), {"file": out.name}))
    return 0
