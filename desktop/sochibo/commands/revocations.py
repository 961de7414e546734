"""Lists of revoked certificates of official roots, by command: shown, and fetched when that is asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from sochibo.commands.spoken import BOOK, Command, open_book, say, table
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["command"]


def command(words: Messages) -> click.Command:
    """Return `sochibo committee revocations`."""
    return Command(
        words,
        "revocations",
        help=words.gettext(
            "Show until when the lists of revoked certificates of the imported roots hold, and where newer "
            "ones are to be had. Nothing is asked of the internet without --fetch; a list that was fetched "
            "otherwise is taken in with `committee roots`."
        ),
        params=[
            click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK"),
            click.Option(
                ["--fetch"],
                is_flag=True,
                help=words.gettext(
                    "Fetch the lists from those addresses now, and keep those that are newer."
                ),
            ),
        ],
        callback=lambda **given: _revocations(words, **given),
    )


def _revocations(words: Messages, book: Path, *, fetch: bool) -> int:
    now = datetime.now().astimezone()
    with open_book(words, book, read_only=not fetch) as opened:
        told = opened.revocation_lists.fetch(now) if fetch else ()
        rows = []
        for root in opened.official_roots.all():
            until = words.date(root.listed_until) if root.listed_until else words.gettext(N_("no list yet"))
            rows.append((root.name, until))
        say(table((words.gettext("Root"), words.gettext("Its list holds until")), rows))
        if not fetch:
            for address in opened.revocation_lists.addresses():
                say(address)
    for one in told:
        say(f"{one.address}: {one.say(words)}")
    return 1 if any(one.trouble or one.stale for one in told) else 0
