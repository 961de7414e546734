"""Find people, minutes, tasks and papers in a book."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import click

from sochibo.commands.spoken import BOOK, Command, open_book, say, say_json
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["command"]


def command(words: Messages) -> click.Command:
    """Return `sochibo search`."""
    return Command(
        words,
        "search",
        help=words.gettext(
            "Find people, meetings, minutes, tasks, guests and papers by some words of them. Marks may be "
            "left out (“hoa” finds Hòa), the last word may be unfinished, and initials find people (“nva”). "
            "The exit code is 1 where nothing is found.\n\n"
            "--json writes a list of objects: kind, record_id, title, snippet, on and goal; title and "
            "snippet hold text and spans, the places found."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Argument(["text"], nargs=-1, required=True, metavar="WORDS"),
            click.Option(
                ["--limit"],
                type=click.IntRange(1, 1000),
                default=20,
                show_default=True,
                help=words.gettext("How many to show at most."),
            ),
            click.Option(
                ["--json", "as_json"], is_flag=True, help=words.gettext("Write JSON for other programs.")
            ),
        ],
        callback=lambda **given: _search(words, **given),
    )


def _search(words: Messages, book: Path, text: tuple[str, ...], limit: int, *, as_json: bool) -> int:
    from sochibo.book.search import HIT_LABELS

    with open_book(words, book, read_only=True) as opened:
        hits = opened.search.find(" ".join(text), limit)
    if as_json:
        say_json([
            {**dataclasses.asdict(hit), "on": hit.on.isoformat() if hit.on else None} for hit in hits
        ])  # fmt: skip
        return 0 if hits else 1
    for hit in hits:
        parts = (
            words.gettext(HIT_LABELS[hit.kind]),
            words.date(hit.on) if hit.on else "",
            hit.name(words),
            hit.snippet.text if hit.snippet.spans else "",
        )
        say(" · ".join(part for part in parts if part))
    if not hits:
        say(words.sentence(N_("Nothing found for “{text}”."), {"text": " ".join(text)}), err=True)
    return 0 if hits else 1
