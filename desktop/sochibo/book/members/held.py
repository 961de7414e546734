"""Everything the book holds on one member, gathered for the sheet that a member may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.book.field_words import FIELD_LABELS
from sochibo.book.members.register_words import drawn
from sochibo.messages import N_
from sochibo.rules.members.member_papers import HeldReport, HeldSection
from sochibo.rules.members.members import EVENT_LABELS, Sex, masked, standing_on
from sochibo.rules.members.register_columns import REGISTERS
from sochibo.rules.members.registers import REGISTER_LABELS
from sochibo.rules.ratings.ratings import LEVEL_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.messages import Messages
    from sochibo.rules.members.members import Member, MemberEvent
    from sochibo.rules.reports import Heading

__all__ = ["held_report"]

_FIELDS: Final = (
    "register_no", "name", "birth_name", "birth", "sex", "ethnicity", "religion", "home_place",
    "residence", "education", "political_theory", "profession", "foreign_language", "job_before",
    "job_now", "office", "phone", "identity_no", "card_no", "card_on", "cv_no", "badge_no", "soldier",
    "police", "retired", "youth_union", "gap_months", "note",
)  # fmt: skip
_SECRET: Final = frozenset({"identity_no", "card_no"})


def held_report(book: Book, member_id: str, on: date, heading: Heading, words: Messages) -> HeldReport:
    """Return the sheet; sections with nothing in them are left out."""
    member = book.members.get(member_id)
    sections = tuple(part for part in _sections(book, member, on, words) if part.rows)
    return HeldReport(heading, on.isoformat(), member.name, sections)


def _sections(book: Book, member: Member, on: date, words: Messages) -> Iterator[HeldSection]:
    say = words.gettext
    events = book.members.events(member.id)
    standing = standing_on(events, on)
    life = book.lives.of(member.id, on)
    yield HeldSection(
        say(N_("Line of the register")),
        (say(N_("Field")), say(N_("What is recorded"))),
        tuple((say(FIELD_LABELS[name]), shown) for name in _FIELDS if (shown := _shown(member, name, words))),
    )
    yield HeldSection(
        say(N_("Events")),
        (say(N_("Day")), say(N_("What happened")), say(N_("Decision")), say(N_("More"))),
        tuple(_event(event, words) for event in events),
    )
    names = {**book.members.names(), **{group.id: group.name for group in book.registers.groups()}}
    for kind, register in REGISTERS.items():
        columns = [column for column in register.fields if column.name != "member_id"]
        if len(columns) == len(register.fields):
            continue
        rows = [
            tuple(drawn(column, line, names, words) for column in columns)
            for line in book.registers.of_member(kind, member.id)
        ]
        used = [n for n, _ in enumerate(columns) if any(row[n] for row in rows)]
        yield HeldSection(
            say(REGISTER_LABELS[kind]),
            tuple(say(columns[n].label) for n in used),
            tuple(tuple(row[n] for n in used) for row in rows),
        )
    yield HeldSection(
        say(N_("Meetings")),
        (say(N_("Year")), say(N_("Came")), say(N_("Expected"))),
        tuple(
            (str(year.year), str(year.whole.numerator), str(year.whole.denominator))
            for year in book.lives.meetings(member.id, on)
        ),
    )
    yield HeldSection(
        say(N_("Ratings")),
        (say(N_("Year")), say(N_("Decided level"))),
        tuple((str(year), say(LEVEL_LABELS[level]) if level else "–") for year, level in life.levels),
    )
    yield HeldSection(
        say(N_("Party age")),
        (say(N_("Counted from")), say(N_("Years reached"))),
        ((words.date(life.age.start), str(life.age.years_on(on))),) if life.age and standing.listed else (),
    )


def _shown(member: Member, name: str, words: Messages) -> str:
    value = getattr(member, name)
    if name in _SECRET:
        return masked(value) if value else ""
    if name == "birth":
        return value.vietnamese() if value else ""
    if name == "card_on":
        return words.date(value) if value else ""
    if isinstance(value, Sex):
        return words.gettext(N_("Male") if value is Sex.MALE else N_("Female"))
    if isinstance(value, bool):
        return words.gettext(N_("yes")) if value else ""
    return str(value or "")


def _event(event: MemberEvent, words: Messages) -> tuple[str, ...]:
    day = event.on.vietnamese() if event.on else ""
    if event.until:
        day = f"{day} – {event.until.vietnamese()}"
    decided = words.date(event.decided_on) if event.decided_on else ""
    decision = ", ".join(filter(None, (event.decision, decided, event.decided_by)))
    votes = (
        f"{event.in_favour}/{event.vote_base}"
        if event.in_favour is not None and event.vote_base is not None
        else ""
    )
    more = (
        event.other_organisation, event.reason, event.helpers, event.certificate, event.former_name, votes,
        event.note,
    )  # fmt: skip
    return (day, words.gettext(EVENT_LABELS[event.kind]), decision, "; ".join(filter(None, more)))
