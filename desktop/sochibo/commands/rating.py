"""List, enter and count the ratings of a book."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sochibo import faults, files
from sochibo.commands.rating_rows import read_rows
from sochibo.commands.spoken import BOOK, FILE, Command, Group, open_book, say, say_json, table
from sochibo.commands.unit_rating import decide_command, paper_command, units_command
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.messages import Messages
    from sochibo.rules.ratings.ratings import Level

__all__ = ["command"]


class NoReview(faults.Fault):
    """No yearly review was begun for a year."""

    code = "C21"
    sentence = N_("No review of {year} was begun in this book.")
    advice = N_("Begin it with “sochibo rating set”, or in the window under Ratings.")


def command(words: Messages) -> click.Command:
    """Return `sochibo rating`."""
    made = Group(words, "rating", help=words.gettext("Rate the members of a year."))
    ours = (_list_command, _set_command, _decision_command, _figures_command)
    for make in (*ours, units_command, decide_command, paper_command):
        made.add_command(make(words))
    return made


def _year_argument() -> click.Argument:
    return click.Argument(["year"], type=click.IntRange(1930, 9999), metavar="YEAR")


def _decided_option(words: Messages) -> click.Option:
    return click.Option(
        ["--decided"], is_flag=True, help=words.gettext("What the committee decided; else what is proposed.")
    )


def _list_command(words: Messages) -> click.Command:
    return Command(
        words,
        "list",
        help=words.gettext("Show the list of a year: points, levels, who is not rated and why."),
        params=[click.Argument(["book"], type=BOOK), _year_argument()],
        callback=lambda **given: _list(words, **given),
    )


def _set_command(words: Messages) -> click.Command:
    return Command(
        words,
        "set",
        help=words.gettext(
            "Enter ratings of a year from a file, JSON or CSV. Its keys are described in "
            "resources/schemas/rating.json; a CSV has them as the names of its columns."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            _year_argument(),
            click.Argument(["file"], type=FILE, metavar="FILE"),
            click.Option(["--close"], is_flag=True, help=words.gettext("Close the review at once.")),
        ],
        callback=lambda **given: _set(words, **given),
    )


def _decision_command(words: Messages) -> click.Command:
    return Command(
        words,
        "decision",
        help=words.gettext(
            "Read the committee's sealed decision on ratings: show what it would change, and whom it could "
            "not be matched to. Nothing is written without --take."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Argument(["file"], type=FILE, metavar="FILE"),
            click.Option(
                ["--take"], is_flag=True, help=words.gettext("Write the decided levels, as one act.")
            ),
            click.Option(
                ["--reason"],
                default="",
                metavar="TEXT",
                help=words.gettext("Why levels decided before change."),
            ),
        ],
        callback=lambda **given: _decision(words, **given),
    )


def _figures_command(words: Messages) -> click.Command:
    return Command(
        words,
        "figures",
        help=words.gettext("Count the levels of a year by group, with rates and the cap."),
        params=[
            click.Argument(["book"], type=BOOK),
            _year_argument(),
            _decided_option(words),
            click.Option(["--json", "as_json"], is_flag=True, help=words.gettext("For other programs.")),
        ],
        callback=lambda **given: _figures(words, **given),
    )


def _review_of(book: Book, year: int) -> str:
    found = book.ratings.of_year(year)
    if found is None:
        raise NoReview(year=str(year))
    return found.id


def _sign(level: Level | None) -> str:
    from sochibo.rules.ratings.ratings import LEVEL_SIGNS

    return LEVEL_SIGNS[level] if level else ""


def _list(words: Messages, book: Path, year: int) -> int:
    from sochibo.rules.ratings.ratings import REASON_LABELS

    with open_book(words, book, read_only=True) as opened:
        lines = opened.ratings.lines(_review_of(opened, year))
    headings = (N_("Name"), N_("Points"), N_("Own"), N_("Proposed"), N_("Decided"), N_("Why no level"))
    rows = []
    for line in lines:
        rating = line.rating
        total, why = rating.total_tenths, rating.subject_reason
        rows.append(
            (
                line.name,
                words.number(total / 10) if total is not None else "",
                _sign(rating.own_level),
                _sign(rating.proposed_level),
                _sign(rating.decided_level),
                words.gettext(REASON_LABELS[why]) if why else "",
            )
        )
    say(table([words.gettext(heading) for heading in headings], rows))
    return 0


def _set(words: Messages, book: Path, year: int, file: Path, *, close: bool) -> int:
    data = read_rows(file)
    with open_book(words, book, cell=True) as opened:
        known = opened.ratings.of_year(year)
        period_id = known.id if known else opened.ratings.make_period(year)
        written = opened.ratings.record(period_id, data)
        say(words.sentence(N_("Ratings read for {year}: {n} members."), {"year": str(year), "n": written}))
        if close:
            opened.ratings.close(period_id)
            say(words.sentence(N_("The review of {year} is closed."), {"year": str(year)}))
        for finding in opened.ratings.check_cap(period_id):
            say(finding.say(words))
    return 0


def _decision(words: Messages, book: Path, file: Path, reason: str, *, take: bool) -> int:
    from datetime import datetime

    from sochibo.book.inbox.received_files import SIZE_LIMIT
    from sochibo.book.ratings.decided_ratings import UNMATCHED_LABELS

    now = datetime.now().astimezone()
    with open_book(words, book, read_only=not take) as opened:
        reading = opened.decided_ratings.read(files.read_whole(file, SIZE_LIMIT), file.name, now)
        headings = (N_("Name"), N_("Decided before"), N_("Decided"))
        rows = [(one.name, _sign(one.before), _sign(one.level)) for one in reading.matched if one.changes]
        fields = {"number": reading.number, "day": reading.decided_on, "n": reading.changes}
        say(words.sentence(N_("Decision {number} of {day}: {n} levels change."), fields))
        if rows:
            say(table([words.gettext(heading) for heading in headings], rows))
        if reading.cell is not None:
            before, after = _sign(reading.cell.before) or "–", _sign(reading.cell.level)
            template = N_("The cell itself: {before} → {after}")
            say(words.sentence(template, {"before": before, "after": after}))
        for one in reading.unmatched:
            why = words.gettext(UNMATCHED_LABELS[one.why])
            said = {"name": one.name, "birth": one.birth or "–", "why": why}
            say(words.sentence(N_("Not taken in: {name} ({birth}), {why}."), said))
        if reading.silent:
            template = N_("The decision says nothing of: {names}")
            say(words.sentence(template, {"names": ", ".join(reading.silent)}))
        if take and opened.decided_ratings.take(reading, now, reason=reason):
            say(words.gettext("The decided levels are in the book."))
    return 1 if reading.unmatched else 0


def _figures(words: Messages, book: Path, year: int, *, decided: bool, as_json: bool) -> int:
    from sochibo.rules.ratings.rating_figures import GROUP_LABELS, Source
    from sochibo.rules.ratings.ratings import LEVEL_SIGNS, LEVELS

    source = Source.DECIDED if decided else Source.PROPOSED
    with open_book(words, book, read_only=True) as opened:
        period_id = _review_of(opened, year)
        figures = opened.ratings.figures(period_id, source)
        caps = opened.ratings.caps(period_id, source)
    if as_json:
        import dataclasses

        say_json({group.value: dataclasses.asdict(counts) for group, counts in figures.items()})
        return 0
    headings = [
        words.gettext(N_("Group")),
        words.gettext(N_("Total")),
        words.gettext(N_("Rated")),
        *(LEVEL_SIGNS[level] for level in LEVELS),
        words.gettext(N_("Not yet")),
        words.gettext(N_("HTT and better")),
        words.gettext(N_("HTXS of HTT")),
        words.gettext(N_("HTXS of HTT and better")),
    ]
    rows = [
        (
            words.gettext(GROUP_LABELS[group]),
            str(counts.total),
            str(counts.rated),
            *(str(counts.count(level)) for level in LEVELS),
            str(counts.unrated),
            *(
                words.percent(ratio.numerator, ratio.denominator)
                for ratio in (counts.good_or_better, counts.excellent_of_good, counts.excellent_of_better)
            ),
        )
        for group, counts in figures.items()
    ]
    say(table(headings, rows))
    for reading in caps:
        fields = {"n": reading.excellent, "cap": reading.cap, "percent": reading.rule.percent}
        say(words.sentence(N_("HTXS {n}, cap {cap} ({percent}%)."), fields))
    return 0
