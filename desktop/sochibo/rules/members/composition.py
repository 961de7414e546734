"""What the members of a cell are on a day: counts by sex, age, schooling and the like."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.members.badges import badge_due, party_age
from sochibo.rules.members.members import Activity, Membership, Sex
from sochibo.rules.names import clean, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from sochibo.rules.members.badges import Badge
    from sochibo.rules.members.members import Member, MemberEvent, RosterEntry

__all__ = [
    "GROUP_LABELS",
    "ROW_LABELS",
    "Composition",
    "CompositionGroup",
    "CompositionRow",
    "make_composition",
]

_AGES: Final = ((30, "age_30"), (40, "age_40"), (50, "age_50"), (60, "age_60"))
_PARTY_AGES: Final = (
    (10, "party_10"),
    (20, "party_20"),
    (30, "party_30"),
    (40, "party_40"),
    (50, "party_50"),
)

GROUP_LABELS: Final = {
    "standing": N_("Standing"),
    "sex": N_("Sex"),
    "age": N_("Age"),
    "ethnicity": N_("Ethnic group"),
    "religion": N_("Religion"),
    "education": N_("Education"),
    "profession": N_("Qualification"),
    "political_theory": N_("Political theory"),
    "job_now": N_("Occupation now"),
    "service": N_("Service and Youth Union"),
    "party_age": N_("Party age"),
    "badges": N_("Badges due within twelve months"),
}
ROW_LABELS: Final = {
    "official": N_("Official members"),
    "probationary": N_("Probationary members"),
    "exempt": N_("Exempt"),
    "temporarily_exempt": N_("Temporarily exempt"),
    "away": N_("Away temporarily"),
    "suspended": N_("Suspended"),
    "special_duty": N_("Special duty"),
    "visiting": N_("Here temporarily, not counted"),
    "male": N_("Men"),
    "female": N_("Women"),
    "age_30": N_("Up to 30"),
    "age_40": N_("31 to 40"),
    "age_50": N_("41 to 50"),
    "age_60": N_("51 to 60"),
    "age_more": N_("Over 60"),
    "party_10": N_("Under 10 years"),
    "party_20": N_("10 to 19 years"),
    "party_30": N_("20 to 29 years"),
    "party_40": N_("30 to 39 years"),
    "party_50": N_("40 to 49 years"),
    "party_more": N_("50 years and more"),
    "soldier": N_("Army"),
    "police": N_("Police"),
    "retired": N_("Retired"),
    "youth_union": N_("Members of the Youth Union"),
    "unknown": N_("Not recorded"),
}


@dataclass(frozen=True, slots=True)
class CompositionRow:
    """One line: a `code` that has words, or the `text` as the register has it; women among the total."""

    code: str
    text: str
    total: int
    women: int


@dataclass(frozen=True, slots=True)
class CompositionGroup:
    """One way to look at everybody; `whole` tells whether the rows add up to all members."""

    code: str
    rows: tuple[CompositionRow, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Composition:
    """All groups of one day; `members` is the number of members (đảng số)."""

    members: int
    women: int
    groups: tuple[CompositionGroup, ...]


def make_composition(
    people: Sequence[tuple[RosterEntry, Sequence[MemberEvent], Sequence[Badge]]], day: date
) -> Composition:
    """Count everybody who belongs on a day; guests only in the one line that says so."""
    members = [one for one in people if one[0].standing.belongs]
    persons = [entry.member for entry, _, _ in members]
    guests = [entry.member for entry, _, _ in people if entry.standing.activity is Activity.VISITING]
    groups = [
        _standing(members, guests),
        _group("sex", persons, lambda one: one.sex.value if one.sex else "unknown", (*Sex,)),
        _group("age", persons, lambda one: _age(one, day), (*(code for _, code in _AGES), "age_more")),
        *(_written(code, persons) for code in _WRITTEN),
        CompositionGroup("service", tuple(_flags(persons)), whole=False),
        _party_ages(members, day),
        CompositionGroup("badges", tuple(_badges(members, day)), whole=False),
    ]
    return Composition(len(persons), _women(persons), tuple(group for group in groups if group.rows))


_WRITTEN: Final = ("ethnicity", "religion", "education", "profession", "political_theory", "job_now")


def _group(
    code: str, persons: Sequence[Member], sort: Callable[[Member], str], order: Iterable[str]
) -> CompositionGroup:
    by_code: dict[str, list[Member]] = {}
    for person in persons:
        by_code.setdefault(sort(person), []).append(person)
    codes = [one for one in (*map(str, order), "unknown") if one in by_code]
    return CompositionGroup(code, tuple(_row(one, "", by_code[one]) for one in codes))


def _written(code: str, persons: Sequence[Member]) -> CompositionGroup:
    """Group by what the register says, spelling alike taken as one; most first, those without at the end."""
    by_fold: dict[str, list[Member]] = {}
    spelling: dict[str, Counter[str]] = {}
    for person in persons:
        text = clean(getattr(person, code))
        by_fold.setdefault(fold(text), []).append(person)
        spelling.setdefault(fold(text), Counter())[text] += 1
    keys = sorted(by_fold, key=lambda key: (not key, -len(by_fold[key]), key))
    return CompositionGroup(
        code,
        tuple(
            _row("" if key else "unknown", spelling[key].most_common(1)[0][0] if key else "", by_fold[key])
            for key in keys
        ),
    )


def _standing(
    members: Sequence[tuple[RosterEntry, Sequence[MemberEvent], Sequence[Badge]]], guests: Sequence[Member]
) -> CompositionGroup:
    rows = []
    for membership in (Membership.OFFICIAL, Membership.PROBATIONARY):
        some = [entry.member for entry, _, _ in members if entry.standing.membership is membership]
        rows.append(_row(membership.value, "", some))
    for activity in Activity:
        some = [entry.member for entry, _, _ in members if entry.standing.activity is activity]
        if some and activity.value in ROW_LABELS:
            rows.append(_row(activity.value, "", some))
    if guests:
        rows.append(_row("visiting", "", guests))
    return CompositionGroup("standing", tuple(rows), whole=False)


def _flags(persons: Sequence[Member]) -> Iterator[CompositionRow]:
    for flag in ("soldier", "police", "retired", "youth_union"):
        some = [one for one in persons if getattr(one, flag)]
        if some:
            yield _row(flag, "", some)


def _party_ages(
    members: Sequence[tuple[RosterEntry, Sequence[MemberEvent], Sequence[Badge]]], day: date
) -> CompositionGroup:
    years = {}
    for entry, events, _ in members:
        age = party_age(entry.member, events)
        years[entry.member.id] = age.years_on(day) if age else None

    def band(person: Member) -> str:
        reached = years[person.id]
        if reached is None:
            return "unknown"
        return next((code for most, code in _PARTY_AGES if reached < most), "party_more")

    order = (*(code for _, code in _PARTY_AGES), "party_more")
    return _group("party_age", [entry.member for entry, _, _ in members], band, order)


def _badges(
    members: Sequence[tuple[RosterEntry, Sequence[MemberEvent], Sequence[Badge]]], day: date
) -> Iterator[CompositionRow]:
    due: dict[int, list[Member]] = {}
    for entry, events, badges in members:
        one = badge_due(entry.member, events, badges, day)
        if one is not None and 0 <= (one.batch_on - day).days <= 366:  # noqa: PLR2004 - the longest year
            due.setdefault(one.years, []).append(entry.member)
    for years in sorted(due):
        yield _row("", str(years), due[years])


def _age(person: Member, day: date) -> str:
    """Return the band of the age that somebody reaches in the year, as statistics count it."""
    if person.birth is None:
        return "unknown"
    years = day.year - person.birth.earliest.year
    return next((code for most, code in _AGES if years <= most), "age_more")


def _row(code: str, text: str, some: Sequence[Member]) -> CompositionRow:
    return CompositionRow(code, text, len(some), _women(some))


def _women(some: Iterable[Member]) -> int:
    return sum(one.sex is Sex.FEMALE for one in some)
