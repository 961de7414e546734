"""Add the cells of a committee up, as a paper that goes up one level."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from sochibo.commands.report import write_paper
from sochibo.commands.spoken import (
    BOOK,
    Command,
    ask_passphrase,
    make_folder,
    open_book,
    out_option,
    passphrase_option,
    period_option,
    say,
    table,
)

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages
    from sochibo.rules.dates import Month

__all__ = ["command"]


def command(words: Messages) -> click.Command:
    """Return `sochibo rollup`."""
    return Command(
        words,
        "rollup",
        help=words.gettext(
            "Add the summaries of a month up over the units of a committee, and write the paper as PDF."
        ),
        params=[
            click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK"),
            period_option(words),
            out_option(words),
            click.Option(["--seal"], is_flag=True, help=words.gettext("Seal with the key of the book.")),
            passphrase_option(words),
        ],
        callback=lambda **given: _roll_up(words, **given),
    )


def _roll_up(
    words: Messages, book: Path, period: Month, out: Path, passphrase_file: Path | None, *, seal: bool
) -> int:
    now = datetime.now().astimezone()
    with open_book(words, book) as opened:
        key = opened.reports.open_key(ask_passphrase(words, passphrase_file)) if seal else None
        document_id = opened.reports.issue_rollup(period, on=now.date())
        row = write_paper(opened, document_id, make_folder(out), key, now, words)
    say(table((words.gettext("Paper"), words.gettext("Number"), words.gettext("File")), [row]))
    return 0
