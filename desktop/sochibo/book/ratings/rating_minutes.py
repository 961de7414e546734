"""The minutes of a review meeting and of the count of its ballots, from the meeting and the ratings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sochibo.book.papers.issuing import Draft
from sochibo.book.ratings.rating_drafts import cell_line, form_of, votes_base
from sochibo.faults import Refused, red
from sochibo.messages import N_
from sochibo.rules.meetings.minutes import make_minutes
from sochibo.rules.ratings.rating_figures import FiguresGroup
from sochibo.rules.ratings.rating_papers import (
    BallotCount,
    CountLine,
    ExcellenceLine,
    RatingCountReport,
    RatingMinutesReport,
    Tally,
)
from sochibo.rules.ratings.ratings import BallotKind, Level, VotingMethod
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.book.ratings.ratings import RatingLine
    from sochibo.rules.ratings.rating_rules import RatingRules
    from sochibo.rules.ratings.ratings import Ballot, ReviewPeriod
    from sochibo.rules.reports import Heading, MinutesReport

__all__ = ["count_draft", "minutes_draft"]

_MINUTES_COPIES: Final = 2
_COUNT_COPIES: Final = 3
_KINDS: Final = {"QĐ": "Quy định", "HD": "Hướng dẫn"}
_DOCUMENT: Final = re.compile(r"(?P<kind>\w+) (?P<number>\S+), (?P<day>[\d/]+)")


def minutes_draft(book: Book, period_id: str, on: date) -> Draft:
    """Return the minutes of the review meeting; raises Refused while no meeting is named."""
    period = _with_meeting(book, period_id)
    file = book.meetings.file(period.meeting_id or "")
    counts = book.ratings.figures(period_id)[FiguresGroup.MEMBERS]
    ballot = book.ratings.ballots(period_id).get(BallotKind.LEVELS)
    grounds = grounds_of(book.ratings.rules(period_id))

    def write(heading: Heading) -> RatingMinutesReport:
        told = make_minutes(file, heading)
        return RatingMinutesReport(
            heading=heading,
            period=period.paper_period,
            on=told.on,
            start=told.start,
            end=told.end,
            place=told.place,
            grounds=grounds,
            summoned=told.expected,
            present=told.present,
            present_official=told.present_official,
            present_probationary=told.present_probationary,
            absent=(*told.excused, *told.unexcused),
            guests=told.guests,
            chair=told.chair,
            chair_office=told.chair_office,
            minute_taker=told.minute_taker,
            reported="\n".join(item.title for item in told.items),
            course=_course(told),
            method=ballot.method if ballot else VotingMethod.BALLOT,
            ballot=form_of(book, period_id),
            counts=counts,
            cell=cell_line(book, period_id),
            conclusion=told.conclusion,
            copies=_MINUTES_COPIES,
        )

    return Draft(
        kind=ReportKind.RATING_MINUTES,
        period=period.paper_period,
        issued_on=on,
        rules=(period.rule_set,),
        write=write,
        review_period_id=period_id,
    )


def count_draft(book: Book, period_id: str, on: date) -> Draft:
    """Return the minutes of the count; raises Refused while no meeting is named or no ballot counted."""
    period = _with_meeting(book, period_id)
    ballots = book.ratings.ballots(period_id)
    if not ballots:
        text = N_("No ballot of the review of {period} has been counted yet.")
        raise Refused([red("R81", text, "ballot", period=period.text)])
    file = book.meetings.file(period.meeting_id or "")
    lines = book.ratings.lines(period_id)
    first = ballots.get(BallotKind.LEVELS) or next(iter(ballots.values()))
    tellers = tuple(filter(None, (name.strip() for name in re.split("[,;\n]", first.tellers))))

    def write(heading: Heading) -> RatingCountReport:
        told = make_minutes(file, heading)
        return RatingCountReport(
            heading=heading,
            period=period.paper_period,
            on=first.held_on or told.on,
            place=told.place,
            tellers=tellers,
            chair=told.chair,
            summoned=told.expected if first.summoned is None else first.summoned,
            present=told.present,
            voters=first.present or file.vote_base().voters_present,
            absent=(*told.excused, *told.unexcused),
            ballots=tuple(_ballot(ballots[kind]) for kind in BallotKind if kind in ballots),
            lines=tuple(_count_lines(lines, ballots.get(BallotKind.LEVELS))),
            excellence=tuple(_excellence_lines(lines, ballots.get(BallotKind.EXCELLENT))),
            cell=cell_line(book, period_id),
            copies=_COUNT_COPIES,
        )

    return Draft(
        kind=ReportKind.RATING_COUNT,
        period=period.paper_period,
        issued_on=on,
        rules=(period.rule_set,),
        write=write,
        review_period_id=period_id,
    )


def _with_meeting(book: Book, period_id: str) -> ReviewPeriod:
    period = book.ratings.period(period_id)
    if period.meeting_id is None:
        text = N_("Name the review meeting first: its minutes tell who came and what was said.")
        raise Refused([red("R80", text, "meeting_id")])
    return period


def grounds_of(rules: RatingRules) -> tuple[str, ...]:
    """Name the documents of a set of rules in full."""
    return tuple(map(_ground, rules.document.split(";")))


def _ground(text: str) -> str:
    """Name a document in full, as the grounds of a paper do."""
    found = _DOCUMENT.fullmatch(text.strip())
    if found is None:
        return text.strip()
    kind = _KINDS.get(found["kind"], found["kind"])
    return f"{kind} số {found['number']}, ngày {found['day']}"


def _course(told: MinutesReport) -> str:
    """Return what was said on the agenda, item by item, and what guests said."""
    parts = [part for item in told.items for part in (item.text, item.conclusion)]
    parts += [f"{guest.name}: {guest.remarks}" for guest in told.guests if guest.remarks.strip()]
    return "\n".join(part for part in parts if part.strip())


def _ballot(ballot: Ballot) -> BallotCount:
    return BallotCount(
        ballot.kind,
        ballot.issued or 0,
        ballot.collected or 0,
        ballot.valid_papers or 0,
        ballot.invalid or 0,
    )


def _count_lines(lines: Iterable[RatingLine], ballot: Ballot | None) -> Iterable[CountLine]:
    for line in lines:
        rating = line.rating
        votes = [rating.votes(level) for level in Level]
        if all(count is None for count in (*votes, rating.votes_unrated)):
            continue
        excellent, good, completed, failed = (count or 0 for count in votes)
        yield CountLine(
            name=line.name,
            post=line.entry.member.office,
            tally=Tally(excellent, good, completed, failed, rating.votes_unrated or 0),
            base=votes_base(ballot, rating.vote_base),
            proposed=rating.proposed_level,
        )


def _excellence_lines(lines: Iterable[RatingLine], ballot: Ballot | None) -> Iterable[ExcellenceLine]:
    for line in lines:
        rating = line.rating
        if rating.excellent_for is not None or rating.excellent_against is not None:
            yield ExcellenceLine(
                name=line.name,
                post=line.entry.member.office,
                in_favour=rating.excellent_for or 0,
                against=rating.excellent_against or 0,
                base=votes_base(ballot, rating.vote_base),
            )
