"""Put a backup copy in the place of a book, after a look at what that changes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from sochibo import faults
from sochibo.commands.spoken import BOOK, FILE, Command, ask_book_passphrase, say, table
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.upkeep.restoring import BookState, RestorePreview
    from sochibo.messages import Messages

__all__ = ["command"]


class WhichBook(faults.Fault):
    """A copy lies in no folder of copies, so nothing says what it is to replace."""

    code = "C11"
    sentence = N_("Nothing tells which book “{name}” is to replace.")
    advice = N_("Name the book after the copy: sochibo restore COPY BOOK.")


def command(words: Messages) -> click.Command:
    """Return `sochibo restore`."""
    return Command(
        words,
        "restore",
        help=words.gettext(
            "Put a backup copy in the place of a book. BOOK need not be named if the copy lies in the folder "
            "of its copies. The book that was there is kept under another name; close it everywhere first."
        ),
        params=[
            click.Argument(["backup"], type=FILE, metavar="COPY"),
            click.Argument(["book"], type=BOOK, required=False),
            click.Option(
                ["--dry-run"], is_flag=True, help=words.gettext("Show what would change, and change nothing.")
            ),
            click.Option(
                ["--any-book"],
                is_flag=True,
                help=words.gettext("Replace the book even if the copy is of another one."),
            ),
        ],
        callback=lambda **given: _restore(words, **given),
    )


def _restore(
    words: Messages,
    backup: Path,
    book: Path | None,
    *,
    dry_run: bool,
    any_book: bool,
) -> int:
    from sochibo.book.upkeep import restoring
    from sochibo.storage.engine.connection import PassphraseNeeded

    place = book or _book_of(backup)
    try:
        preview = restoring.preview_restore(backup, place)
    except PassphraseNeeded:
        secret = ask_book_passphrase(words)
        preview = restoring.preview_restore(backup, place, passphrase=secret)
    say(_describe(preview, words))
    if dry_run:
        say(words.gettext("Nothing was changed: this was a look only."))
        return 0
    replaced = restoring.restore(preview, datetime.now(UTC), any_book=any_book)
    say(words.sentence(N_("“{name}” is restored."), {"name": preview.book.name}))
    if replaced is not None:
        say(words.sentence(N_("The book as it was is kept as “{name}”."), {"name": replaced.name}))
    return 0


def _book_of(backup: Path) -> Path:
    """Return the book beside whose folder of copies a copy lies; raises WhichBook."""
    from sochibo.book.upkeep.restoring import book_of

    book = book_of(backup)
    if book is None:
        raise WhichBook(name=backup.name)
    return book


def _describe(preview: RestorePreview, words: Messages) -> str:
    """Return what a restore would change: whose books, their newest entries, and counts by kind."""
    lines = [_state(N_("The copy: {organisation}; newest entry: {entry}"), preview.then, words)]
    if preview.now is not None:
        lines.append(_state(N_("The book now: {organisation}; newest entry: {entry}"), preview.now, words))
    elif preview.trouble is not None:
        lines.append(words.sentence(N_("The book now: {trouble}"), {"trouble": preview.trouble.say(words)}))
    else:
        lines.append(words.gettext("The book is not there now."))
    if preview.is_same:
        lines.append(words.gettext("Both hold the same."))
    elif preview.days_back is not None:
        days = preview.days_back
        lines.append(words.ngettext("{n} day lies between.", "{n} days lie between.", days).format(n=days))
    rows = [
        (words.gettext(change.kind), words.number(change.now), words.number(change.then))
        for change in preview.changes
        if change.now != change.then
    ]
    if rows:
        lines.append(
            table((words.gettext("Records"), words.gettext("Now"), words.gettext("After restoring")), rows)
        )
    return "\n".join(lines)


def _state(template: str, state: BookState, words: Messages) -> str:
    act = state.newest
    entry = "–"
    if act is not None:
        fields = {"moment": act.at.astimezone(), "act": act.say(words)}
        entry = words.sentence(N_("{moment}, {act}"), fields)
    return words.sentence(template, {"organisation": state.organisation, "entry": entry})
