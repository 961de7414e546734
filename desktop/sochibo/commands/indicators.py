"""Count the indicators of a book, and print them or carry them up."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from sochibo.commands.rollup import paper_options, write_issued
from sochibo.commands.spoken import (
    BOOK,
    Command,
    any_period_option,
    ask_passphrase,
    open_book,
    passphrase_option,
    say,
    say_json,
    table,
)
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages
    from sochibo.rules.periods import Period

__all__ = ["command"]


def command(words: Messages) -> click.Command:
    """Return `sochibo indicators`."""
    return Command(
        words,
        "indicators",
        help=words.gettext(
            "Count the indicators of a cell, or add those of a committee's units up. Without --out nothing "
            "is issued and the figures are listed."
        ),
        params=[
            click.Argument(["book"], type=BOOK, metavar="BOOK"),
            any_period_option(words),
            *paper_options(words),
            passphrase_option(words),
        ],
        callback=lambda **given: _count(words, **given),
    )


def _count(
    words: Messages,
    book: Path,
    period: Period,
    out: Path | None,
    passphrase_file: Path | None,
    *,
    seal: bool,
    wants_json: bool,
) -> int:
    from sochibo.rules.units.indicators import load_indicators

    today = datetime.now().astimezone().date()
    with open_book(words, book, read_only=out is None) as opened:
        if out is not None:
            passphrase = ask_passphrase(words, passphrase_file) if seal else None
            write_issued(words, opened, opened.indicators.issue(period, today), out, passphrase)
            return 0
        known = {one.id: one for one in load_indicators()}
        counts = opened.indicators.of(period, today)
        if wants_json:
            say_json([{"indicator": one.indicator, "number": one.number, "of": one.of} for one in counts])
            return 0
        rows = [
            (
                known[one.indicator].label_vi if words.language == "vi" else known[one.indicator].label_en,
                str(one.number),
                str(one.of) if known[one.indicator].is_share else "",
                words.percent(one.number, one.of) if known[one.indicator].is_share and one.of else "",
            )
            for one in counts
        ]
        headings = (N_("What is measured"), N_("Quantity"), N_("Of how many"), N_("Rate"))
        say(table(tuple(map(words.gettext, headings)), rows))
    return 0
