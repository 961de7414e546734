"""Make a book."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from sochibo.commands.spoken import FILE, Command, day_type, say
from sochibo.messages import N_
from sochibo.rules.units.organisations import BookKind

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["command"]

_TERM_YEARS = 5


def command(words: Messages) -> click.Command:
    """Return `sochibo new`."""
    return Command(
        words,
        "new",
        help=words.gettext("Make a book for a cell or a committee."),
        params=[
            click.Argument(["book"], type=FILE),
            click.Option(
                ["--kind"],
                type=click.Choice([kind.value for kind in BookKind]),
                default=BookKind.CELL.value,
                help=words.gettext("Whose book: a cell's (as if not given) or a committee's."),
            ),
            click.Option(
                ["--name"], required=True, help=words.gettext("The organisation, as its papers name it.")
            ),
            click.Option(["--superior"], required=True, help=words.gettext("The body above it.")),
            click.Option(
                ["--place"],
                required=True,
                help=words.gettext("The place that stands before the date on papers."),
            ),
            click.Option(["--term-name"], default="", help=words.gettext("The term, such as 2025-2030.")),
            click.Option(
                ["--term-start"],
                default="",
                type=day_type(),
                metavar="YYYY-MM-DD",
                help=words.gettext("The first day of the term; otherwise that of the present five years."),
            ),
            click.Option(
                ["--symbol"],
                default="",
                help=words.gettext("What ends its document numbers; otherwise CB or ĐU."),
            ),
            click.Option(["--secretary"], default="", help=words.gettext("Who signs its papers.")),
        ],
        callback=lambda **given: _make(words, **given),
    )


def _make(words: Messages, book: Path, kind: str, **texts: str) -> int:
    from sochibo.book.book import Book, BookDraft

    start = date.fromisoformat(texts.pop("term_start") or _usual_start().isoformat())
    term_name = texts.pop("term_name") or f"{start.year}-{start.year + _TERM_YEARS}"
    draft = BookDraft(kind=BookKind(kind), term_name=term_name, term_start=start, **texts)
    with Book.create(book, draft) as made:
        fields = {"name": made.path.name, "organisation": made.organisation().name}
    say(words.sentence(N_("“{name}” is the new book of {organisation}."), fields))
    return 0


def _usual_start() -> date:
    """Return the first day of the present term: congresses lie in the years that end in 0 and 5."""
    year = datetime.now().astimezone().year
    return date(year - year % _TERM_YEARS, 1, 1)
