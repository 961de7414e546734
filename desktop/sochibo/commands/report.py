"""Issue the papers of a month, seal them, and write them into a folder."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from sochibo import faults, files
from sochibo.book.papers.period_words import say_period
from sochibo.commands.spoken import (
    BOOK,
    Command,
    any_period_option,
    ask_passphrase,
    make_folder,
    open_book,
    out_option,
    passphrase_option,
    say,
    table,
    time_stamp_option,
)
from sochibo.messages import N_
from sochibo.rules.reports import REPORT_LABELS, ReportKind, SummaryReport

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.messages import Messages
    from sochibo.rules.periods import Period
    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.timestamps import StampSource

__all__ = ["NoMinutes", "command", "minutes_of", "summary_of", "write_paper"]


class NoMinutes(faults.Fault):
    """The period has no closed minutes to write."""

    code = "C06"
    sentence = N_("No minutes are closed for {period}.")
    advice = N_("Close the minutes of the meeting first. Nothing was written.")


def command(words: Messages) -> click.Command:
    """Return `sochibo report`."""
    return Command(
        words,
        "report",
        help=words.gettext(
            "Issue the summary (and the minutes) of a month, a quarter, a half-year or a year and write them "
            "as PDF. What was issued before is written again as it was; --revise issues a new revision of "
            "the summary."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            any_period_option(words),
            out_option(words),
            click.Option(
                ["--kind", "kinds"],
                type=click.Choice([ReportKind.SUMMARY.value, ReportKind.MINUTES.value]),
                multiple=True,
                default=[ReportKind.SUMMARY.value],
                help=words.gettext("What to write; may be given twice. The summary, if not given."),
            ),
            click.Option(
                ["--remarks"],
                default="",
                help=words.gettext(
                    "Remarks and requests that stand in the summary; --revise keeps those of the one before "
                    "unless others are given."
                ),
            ),
            click.Option(
                ["--revise"],
                is_flag=True,
                help=words.gettext("Issue the summary anew, in place of the one before."),
            ),
            click.Option(["--seal"], is_flag=True, help=words.gettext("Seal with the key of the book.")),
            passphrase_option(words),
            time_stamp_option(words),
        ],
        callback=lambda **given: _report(words, **given),
    )


def _report(  # noqa: PLR0913 - one for each option
    words: Messages,
    book: Path,
    *,
    period: Period,
    out: Path,
    kinds: Sequence[str],
    remarks: str,
    passphrase_file: Path | None,
    revise: bool,
    seal: bool,
    time_stamp: str | None,
) -> int:
    now = datetime.now().astimezone()
    with open_book(words, book) as opened:
        stamps = opened.stamping.source(address=time_stamp) if seal and time_stamp is not None else None
        key = opened.reports.open_key(ask_passphrase(words, passphrase_file)) if seal else None
        wanted: list[str] = []
        if ReportKind.MINUTES in kinds:
            wanted += minutes_of(opened, period, words)
        if ReportKind.SUMMARY in kinds:
            wanted.append(summary_of(opened, period, now, remarks, revise=revise))
        folder = make_folder(out)
        rows = [write_paper(opened, each, folder, key, now, words, stamps=stamps) for each in wanted]
    say(table((words.gettext("Paper"), words.gettext("Number"), words.gettext("File")), rows))
    return 0


def minutes_of(book: Book, period: Period, words: Messages) -> list[str]:
    """Return the ids of the minutes closed in a period; raises NoMinutes where there are none."""
    held = book.meetings.within(period.first, period.last)
    found = [paper.id for one in held if (paper := book.reports.minutes_of(one.id)) is not None]
    if not found:
        raise NoMinutes(period=say_period(words, period))
    return found


def summary_of(book: Book, period: Period, now: datetime, remarks: str = "", *, revise: bool = False) -> str:
    """Return the id of the newest summary of a period, issued now where there is none.

    One that is revised keeps its remarks unless others are given.
    """
    newest = book.reports.of_period(ReportKind.SUMMARY, period)
    if newest is not None and not revise:
        return newest.id
    before = book.reports.envelope(newest.id).report if newest else None
    if not remarks and isinstance(before, SummaryReport):
        remarks = before.remarks
    return book.reports.issue_summary(period, on=now.date(), remarks=remarks)


def write_paper(
    book: Book,
    document_id: str,
    folder: Path,
    key: SigningKey | None,
    now: datetime,
    words: Messages,
    *,
    stamps: StampSource | None = None,
) -> tuple[str, str, str]:
    """Write one paper into a folder, sealed where there is a key; returns kind, number and file name."""
    document = book.reports.get(document_id)
    if key is not None and not document.is_sealed:
        book.reports.seal(document_id, key, now, stamps)
        document = book.reports.get(document_id)
    if document.is_sealed:
        path = book.reports.send(document_id, folder, now)
    else:
        path = folder / book.reports.file_name(document_id)
        files.write_whole(path, book.reports.pages(document_id))
    return words.gettext(REPORT_LABELS[document.kind]), document.number, path.name
