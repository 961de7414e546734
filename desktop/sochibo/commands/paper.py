"""Draw, issue and seal the papers around a meeting, and write them into a folder."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import click

from sochibo import faults, files
from sochibo.commands.report import write_paper
from sochibo.commands.spoken import (
    BOOK,
    Command,
    ask_passphrase,
    day_type,
    make_folder,
    open_book,
    out_option,
    passphrase_option,
    say,
    say_json,
    table,
    time_stamp_option,
)
from sochibo.messages import N_
from sochibo.rules.reports import REPORT_LABELS, ReportKind

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.messages import Messages

__all__ = ["command"]

KINDS: Final = {
    "notice": ReportKind.NOTICE,
    "programme": ReportKind.PROGRAMME,
    "sign-in-sheet": ReportKind.SIGN_IN_SHEET,
    "score-sheet": ReportKind.SCORE_SHEET,
    "resolution": ReportKind.RESOLUTION,
    "coexistence": ReportKind.COEXISTENCE,
    "attendance": ReportKind.ATTENDANCE_MATRIX,
    "minutes-book": ReportKind.MINUTES_BOOK,
}


class NoMeeting(faults.Fault):
    """No meeting was held or planned on that day."""

    code = "C16"
    sentence = N_("The book holds no meeting on {day}.")
    advice = N_("Give the day of a meeting with --meeting. Nothing was written.")


class OnlyPrinted(faults.Fault):
    """A sheet that has no number cannot be issued."""

    code = "C17"
    sentence = N_("“{paper}” is only printed: it gets no number.")
    advice = N_("Leave out --issue. Nothing was written.")


def command(words: Messages) -> click.Command:
    """Return `sochibo paper`."""
    return Command(
        words,
        "paper",
        help=words.gettext(
            "Write a paper around a meeting as PDF: notice, programme, sign-in sheet, score sheet, "
            "resolution or conclusion, the sheet for the e-handbook (coexistence); or the attendance or the "
            "minutes book of a year. Without --issue it is a draft. What was issued before is written again "
            "as it was; --revise issues a replacement."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Argument(["kind"], type=click.Choice(list(KINDS))),
            click.Option(
                ["--meeting"],
                type=day_type(),
                default="",
                metavar="YYYY-MM-DD",
                help=words.gettext("The day of the meeting."),
            ),
            click.Option(["--year"], type=int, help=words.gettext("The year, where it is about one.")),
            out_option(words),
            click.Option(["--issue"], is_flag=True, help=words.gettext("Give it a number and keep it.")),
            click.Option(
                ["--number"],
                type=click.IntRange(min=1),
                help=words.gettext("A number of your own instead of the next."),
            ),
            click.Option(
                ["--revise"], is_flag=True, help=words.gettext("Issue it anew, in place of the one before.")
            ),
            click.Option(["--seal"], is_flag=True, help=words.gettext("Seal with the key of the book.")),
            click.Option(
                ["--json", "as_json"],
                is_flag=True,
                help=words.gettext(
                    "Write JSON for other programs: what was written; of the sheet for the e-handbook its "
                    "boxes too, each with screen, value, label, text and state."
                ),
            ),
            passphrase_option(words),
            time_stamp_option(words),
        ],
        callback=lambda **given: _paper(words, **given),
    )


def _paper(  # noqa: PLR0913 - one for each option
    words: Messages,
    book: Path,
    *,
    kind: str,
    meeting: str,
    year: int | None,
    out: Path,
    issue: bool,
    number: int | None,
    revise: bool,
    seal: bool,
    as_json: bool,
    passphrase_file: Path | None,
    time_stamp: str | None,
) -> int:
    now = datetime.now().astimezone()
    wanted, issued = KINDS[kind], issue or revise or seal or number is not None
    with open_book(words, book) as opened:
        if issued and not opened.papers.is_issued(wanted):
            raise OnlyPrinted(paper=words.gettext(REPORT_LABELS[wanted]))
        if not issued:
            name = _draft(opened, wanted, meeting, year or now.year, out, now.date())
            if as_json:
                say_json({"kind": kind, "file": name, **_boxes(opened, wanted, meeting)})
            else:
                say(name)
            return 0
        stamps = opened.stamping.source(address=time_stamp) if seal and time_stamp is not None else None
        key = opened.reports.open_key(ask_passphrase(words, passphrase_file)) if seal else None
        document_id = _issued(opened, wanted, meeting, now.date(), number, revise=revise)
        row = write_paper(opened, document_id, make_folder(out), key, now, words, stamps=stamps)
    if as_json:
        say_json({"kind": kind, "number": row[1], "file": row[2]})
    else:
        say(table((words.gettext("Paper"), words.gettext("Number"), words.gettext("File")), [row]))
    return 0


def _boxes(book: Book, kind: ReportKind, meeting: str) -> dict[str, object]:
    """Return the boxes of the sheet for the e-handbook, and which version of the app has them so."""
    if kind is not ReportKind.COEXISTENCE:
        return {}
    meeting_id = _meeting(book, meeting)
    order = book.coexistence.order(meeting_id)
    return {
        "app": order.app,
        "edition": order.edition,
        "verified": order.verified,
        "fields": [
            {
                "screen": one.field.screen,
                "value": one.field.value,
                "label": one.field.label,
                "text": one.field.text,
                "state": one.state,
            }
            for one in book.coexistence.fields(meeting_id)
        ],
    }


def _draft(book: Book, kind: ReportKind, meeting: str, year: int, out: Path, today: date) -> str:
    """Write a paper without a number; returns the name of the file."""
    if kind is ReportKind.ATTENDANCE_MATRIX:
        period, pdf = f"{year:04d}", book.papers.preview_matrix(year, today)
    elif kind is ReportKind.MINUTES_BOOK:
        period, pdf = f"{year:04d}", book.papers.preview_minutes_book(year, today)
    else:
        meeting_id = _meeting(book, meeting)
        period, pdf = meeting, book.papers.preview(_resolved(book, kind, meeting_id), meeting_id, today)
    path = make_folder(out) / f"{period} {kind.value.replace('_', '-')}.pdf"
    files.write_whole(path, pdf)
    return path.name


def _issued(
    book: Book, kind: ReportKind, meeting: str, today: date, number: int | None, *, revise: bool
) -> str:
    """Return the id of the paper of a meeting, issued now where there is none or a new one is wanted."""
    meeting_id = _meeting(book, meeting)
    wanted = _resolved(book, kind, meeting_id)
    known = book.papers.document(wanted, meeting_id)
    if known is not None and not revise:
        return known.id
    return book.papers.issue(wanted, meeting_id, today, number)


def _resolved(book: Book, kind: ReportKind, meeting_id: str) -> ReportKind:
    """Return the conclusion for a meeting that ends with one."""
    return book.papers.resolution_kind(meeting_id) if kind is ReportKind.RESOLUTION else kind


def _meeting(book: Book, day: str) -> str:
    """Return the first meeting of a day; raises NoMeeting."""
    held = book.meetings.within(date.fromisoformat(day), date.fromisoformat(day)) if day else ()
    if not held:
        raise NoMeeting(day=date.fromisoformat(day) if day else "…")
    return held[0].id
