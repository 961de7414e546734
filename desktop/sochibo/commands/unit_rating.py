"""Ratings of a committee's units by command: seen side by side, decided from a file, and made into papers."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import click

from sochibo.commands.rating_rows import read_rows
from sochibo.commands.rollup import paper_options, write_issued
from sochibo.commands.spoken import (
    BOOK,
    FILE,
    Command,
    any_period_option,
    ask_passphrase,
    day_type,
    make_folder,
    open_book,
    passphrase_option,
    say,
    say_json,
    table,
)
from sochibo.messages import N_
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.ratings.unit_ratings import MemberLine, UnitLine
    from sochibo.messages import Messages
    from sochibo.rules.periods import Period
    from sochibo.rules.ratings.ratings import Level

__all__ = ["decide_command", "paper_command", "units_command"]

_PAPERS: Final = {
    "cap": ReportKind.CAP_TABLE,
    "members": ReportKind.RATING_DECISION,
    "cells": ReportKind.CELL_RATING_DECISION,
    "report": ReportKind.RATING_ROLLUP,
}


def units_command(words: Messages) -> click.Command:
    """Return `sochibo rating units`."""
    return Command(
        words,
        "units",
        help=words.gettext(
            "Show what the units of a committee propose for a year or a quarter, what the committee decides, "
            "and the cap over all."
        ),
        params=[
            click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK"),
            any_period_option(words),
            click.Option(["--members"], is_flag=True, help=words.gettext("Name the members too.")),
            click.Option(["--json", "wants_json"], is_flag=True, help=words.gettext("For other programs.")),
        ],
        callback=lambda **given: _units(words, **given),
    )


def decide_command(words: Messages) -> click.Command:
    """Return `sochibo rating decide`."""
    return Command(
        words,
        "decide",
        help=words.gettext(
            "Enter what the committee decides, from a file with the columns unit, name, birth, level, "
            "reason, as one act: CSV, or JSON with the same names. A line without a name is about the unit "
            "itself, and may say exemplary. Whoever is not named keeps the level that the unit proposes."
        ),
        params=[
            click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK"),
            click.Argument(["file"], type=FILE, metavar="FILE"),
            any_period_option(words),
            click.Option(
                ["--held-on"], type=day_type(), metavar="YYYY-MM-DD",
                help=words.gettext("The day on which the committee met."),
            ),
            click.Option(
                ["--cap-note"], default=None, metavar="TEXT",
                help=words.gettext("Why the list stays above the cap."),
            ),
        ],
        callback=lambda **given: _decide(words, **given),
    )  # fmt: skip


def paper_command(words: Messages) -> click.Command:
    """Return `sochibo rating paper`."""
    return Command(
        words,
        "paper",
        help=words.gettext(
            "Make a committee's paper on ratings: the check of the cap (cap), the decision on members "
            "(members) or on cells (cells), the report to the body above (report). Without --out nothing is "
            "issued."
        ),
        params=[
            click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK"),
            click.Argument(["paper"], type=click.Choice(list(_PAPERS)), metavar="PAPER"),
            any_period_option(words),
            *paper_options(words),
            passphrase_option(words),
        ],
        callback=lambda **given: _paper(words, **given),
    )


def _units(words: Messages, book: Path, period: Period, *, members: bool, wants_json: bool) -> int:
    with open_book(words, book, read_only=True) as opened:
        ratings = opened.unit_ratings
        lines = ratings.lines(period)
        people = ratings.members(period) if members else ()
        if wants_json:
            say_json(
                {
                    "period": str(period),
                    "cap": ratings.body_cap(period, lines),
                    "percent": ratings.cap_rule(period).percent,
                    "units": [_unit_json(line) for line in lines],
                    **({"members": [_member_json(line) for line in people]} if members else {}),
                }
            )
            return 0
        _say_units(words, lines)
        if people:
            _say_members(words, people)
        for finding in ratings.check(period):
            say(finding.say(words))
    return 0


def _say_units(words: Messages, lines: tuple[UnitLine, ...]) -> None:
    from sochibo.rules.ratings.ratings import LEVEL_SIGNS, LEVELS
    from sochibo.rules.ratings.unit_ratings import add_figures

    def row(name: str, line: UnitLine | None) -> tuple[str, ...]:
        figures = line.figures if line else add_figures(lines)
        if figures is None:
            return (name, *[""] * (len(LEVELS) + 4))
        counts = (figures.subject, *map(figures.count, LEVELS), figures.unrated)
        told = (_sign(line.told.cell_level), _sign(line.level)) if line else ("", "")
        return (name, *map(words.number, counts), *told)

    headings = (
        N_("Unit"), N_("To be rated"), *(LEVEL_SIGNS[level] for level in LEVELS), N_("No level yet"),
        N_("Unit proposes"), N_("Committee decides"),
    )  # fmt: skip
    rows = [*(row(line.told.unit, line) for line in lines), row(words.gettext(N_("Sum")), None)]
    say(table([words.gettext(heading) for heading in headings], rows))


def _say_members(words: Messages, people: tuple[MemberLine, ...]) -> None:
    headings = (N_("Unit"), N_("Name"), N_("Born"), N_("Cell proposes"), N_("Committee decides"))
    rows = [(one.unit, one.name, one.birth, _sign(one.proposed), _sign(one.level)) for one in people]
    say(table([words.gettext(heading) for heading in headings], rows))


def _unit_json(line: UnitLine) -> dict[str, Any]:
    import dataclasses

    return {
        "unit_id": line.told.unit_id,
        "unit": line.told.unit,
        "figures": dataclasses.asdict(line.figures) if line.figures else None,
        "proposed": line.told.cell_level,
        "decided": line.level,
        "exemplary": line.exemplary,
        "cap": line.cap,
        "papers": list(line.papers),
    }


def _member_json(line: MemberLine) -> dict[str, Any]:
    return {
        "unit": line.unit,
        "name": line.name,
        "birth": line.birth,
        "proposed": line.proposed,
        "decided": line.level,
        "reason": line.decision.reason if line.decision else "",
    }


def _decide(
    words: Messages, book: Path, file: Path, period: Period, held_on: str | None, cap_note: str | None
) -> int:
    from dataclasses import replace

    rows = read_rows(file).get("members", [])
    with open_book(words, book) as opened:
        written = opened.unit_ratings.record(period, rows)
        if held_on:
            review = opened.unit_ratings.review(period)
            grounds = review.grounds if review else ""
            opened.unit_ratings.set_session(period, date.fromisoformat(held_on), grounds)
        if cap_note is not None:
            rule = replace(opened.unit_ratings.cap_rule(period), note=cap_note)
            opened.unit_ratings.set_cap(period, rule)
        said = N_("Levels of {period} decided: {n}.")
        say(words.sentence(said, {"period": str(period), "n": written}))
        for finding in opened.unit_ratings.check(period):
            say(finding.say(words))
    return 0


def _paper(
    words: Messages,
    book: Path,
    paper: str,
    period: Period,
    out: Path | None,
    passphrase_file: Path | None,
    *,
    seal: bool,
    wants_json: bool,
) -> int:
    from sochibo.book.rollups.committee_papers import issue_paper
    from sochibo.rules.forms import FORMS

    kind, today = _PAPERS[paper], datetime.now().astimezone().date()
    with open_book(words, book, read_only=out is None or not FORMS[kind].symbol) as opened:
        if wants_json or out is None:
            _say_paper(opened, kind, period, today)
        if out is None:
            return 0
        if not FORMS[kind].symbol:
            return _print(words, opened, kind, period, out)
        passphrase = ask_passphrase(words, passphrase_file) if seal else None
        write_issued(words, opened, issue_paper(opened, kind, period, today), out, passphrase)
    return 0


def _print(words: Messages, opened: Book, kind: ReportKind, period: Period, out: Path) -> int:
    """Write what is only printed: it has no number, and is never sealed."""
    from sochibo import files
    from sochibo.book.rollups.committee_papers import committee_draft
    from sochibo.rules.reports import REPORT_LABELS

    draft = committee_draft(opened, kind, period, datetime.now().astimezone().date())
    name = f"{period} {words.gettext(REPORT_LABELS[kind])}.pdf"
    files.write_whole(make_folder(out) / name, opened.reports.preview(draft))
    say(table((words.gettext("File"),), [(name,)]))
    return 0


def _say_paper(opened: Book, kind: ReportKind, period: Period, today: date) -> None:
    import msgspec

    from sochibo.book.rollups.committee_papers import committee_draft

    say_json(msgspec.to_builtins(opened.reports.report_of(committee_draft(opened, kind, period, today))))


def _sign(level: Level | None) -> str:
    from sochibo.rules.ratings.ratings import LEVEL_SIGNS

    return LEVEL_SIGNS[level] if level else ""
