"""Receive the files of the cells into a committee's book."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from sochibo.commands.spoken import BOOK, FILE, Command, open_book, say, say_json, table
from sochibo.commands.verify import pdfs_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sochibo.book.inbox import Submission
    from sochibo.messages import Messages

__all__ = ["command", "verdict_table"]


def command(words: Messages) -> click.Command:
    """Return `sochibo receive`."""
    return Command(
        words,
        "receive",
        help=words.gettext(
            "Judge and keep the PDF files of a folder in a committee's book; a file received before is known "
            "again. The exit code is 0 only where every file is accepted.\n\n"
            "--json writes a list with, for each file: file, sha256, level (accept, note, hold, refuse), "
            "code, sentence, advice, unit, unit_id, kind, period, number, revision, signer, counts."
        ),
        params=[
            click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK"),
            click.Argument(["folders"], type=FILE, nargs=-1, required=True, metavar="FOLDER…"),
            click.Option(
                ["--json", "as_json"], is_flag=True, help=words.gettext("Write JSON for other programs.")
            ),
        ],
        callback=lambda **given: _receive(words, **given),
    )


def _receive(words: Messages, book: Path, folders: Sequence[Path], *, as_json: bool) -> int:
    from sochibo.book.inbox import Level

    now = datetime.now().astimezone()
    with open_book(words, book) as opened:
        received = opened.inbox.receive(list(pdfs_in(folders)), now)
    if as_json:
        say_json([_as_json(each, words) for each in received])
    else:
        say(verdict_table(received, words))
    return 0 if all(each.verdict.level in {Level.ACCEPT, Level.NOTE} for each in received) else 1


def verdict_table(received: Sequence[Submission], words: Messages) -> str:
    """Draw one line for each file, and under it what to do about those that were not accepted."""
    from sochibo.book.inbox import LEVEL_LABELS, Level

    headings = (
        words.gettext("File"),
        words.gettext("Unit"),
        words.gettext("Period"),
        words.gettext("Verdict"),
    )
    rows = [
        (
            each.file,
            each.unit or "–",
            each.period or "–",
            f"{words.gettext(LEVEL_LABELS[each.verdict.level])} ({each.verdict.code})",
        )
        for each in received
    ]
    lines = [table(headings, rows)]
    lines += [
        f"{each.file}: {each.verdict.sentence(words)} {each.verdict.advice(words)}"
        for each in received
        if each.verdict.level is not Level.ACCEPT
    ]
    return "\n".join(lines)


def _as_json(each: Submission, words: Messages) -> dict[str, Any]:
    return {
        "file": each.file,
        "sha256": each.sha256,
        "level": each.verdict.level.value,
        "code": each.verdict.code,
        "sentence": each.verdict.sentence(words),
        "advice": each.verdict.advice(words),
        "unit": each.unit,
        "unit_id": each.unit_id,
        "kind": each.kind.value if each.kind else None,
        "period": each.period,
        "number": each.number,
        "revision": each.revision,
        "signer": each.signer,
        "counts": each.counts,
    }
