"""A whole list of ratings read from plain data, JSON or CSV, and recorded as one act."""

from __future__ import annotations

import csv
import dataclasses
import io
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sochibo.faults import Finding, Refused, red
from sochibo.messages import N_
from sochibo.rules.members.rolls import told_apart
from sochibo.rules.names import clean, fold
from sochibo.rules.ratings.ratings import (
    LEVEL_SIGNS,
    Ballot,
    BallotKind,
    Grade,
    Level,
    NoLevelReason,
    OrganisationRating,
    RatingScore,
    ReviewForm,
    VotingMethod,
    subject_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sochibo.book.ratings.ratings import Ratings
    from sochibo.rules.members.members import Member
    from sochibo.rules.ratings.ratings import MemberRating

__all__ = ["COLUMNS", "read_csv", "record", "says_something"]

Row = dict[str, Any]

_LEVELS: Final = {
    **{level.value: level for level in Level},
    **{fold(sign): level for level, sign in LEVEL_SIGNS.items()},
    "xs": Level.EXCELLENT,
    "tot": Level.GOOD,
    "ht": Level.COMPLETED,
}
_GRADES: Final = {
    **{grade.value: grade for grade in Grade},
    "x": Grade.EXCELLENT, "t": Grade.GOOD, "tb": Grade.AVERAGE, "k": Grade.POOR,
    "xuat sac": Grade.EXCELLENT, "tot": Grade.GOOD, "trung binh": Grade.AVERAGE, "kem": Grade.POOR,
}  # fmt: skip
_POINTS: Final = re.compile(r"(?P<minus>-?)(?P<whole>[0-9]{1,4})(?:[.,](?P<tenth>[0-9])0*)?")
_YES: Final = frozenset({"x", "1", "yes", "true", "co", "dung"})
_NO: Final = frozenset({"0", "no", "false", "khong", "sai"})


def read_csv(text: str) -> list[Row]:
    """Read rows under the names of their columns; the separator is `,`, `;` or a tab, as the file has it."""
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=separator)
    return [
        {clean(str(name)).lower(): clean(value) for name, value in row.items() if isinstance(value, str)}
        for row in rows
    ]


def record(ratings: Ratings, period_id: str, data: Mapping[str, Any]) -> int:
    """Write a whole review from plain data inside one act; returns how many members it named.

    Its keys are described in `resources/schemas/rating.json`. Raises Refused with every row that cannot be
    read, by its line; nothing is written then.
    """
    rows = _list_of(data, "members")
    lines = {line.entry.member.id: line for line in ratings.lines(period_id)}
    shown = told_apart([line.entry.member for line in lines.values()])
    ids = _ids_by_name([lines[key].entry.member for key in shown], shown)
    found: list[Finding] = []
    read: list[tuple[MemberRating, dict[str, RatingScore]]] = []
    named: set[str] = set()
    for number, row in enumerate(rows, 1):
        if not says_something(row):
            continue
        member_id = _member_of(row, number, ids, found)
        if member_id is None:
            continue
        if member_id in named:
            template = N_("Line {line}: {name} stands in this file twice.")
            found.append(red("R84", template, f"members.{number}", line=number, name=shown[member_id]))
        named.add(member_id)
        read.append(_read_member(row, number, lines[member_id].rating, found))
    ballots = _ballots(period_id, data.get("ballots"), found)
    organisation = _organisation(ratings.organisation(period_id), data.get("organisation"), found)
    if found:
        raise Refused(found)
    for ballot in ballots:
        ratings.set_ballot(ballot)
    if organisation is not None:
        ratings.change_organisation(organisation)
    for rating, scores in read:
        ratings.change(rating)
        for code, score in scores.items():
            ratings.set_score(period_id, rating.member_id, code, score)
    return len(read)


def says_something(row: Mapping[str, Any]) -> bool:
    """Tell whether a row has a value at all: spreadsheets leave rows of nothing but separators behind."""
    return any(value is not None and str(value).strip() for value in row.values())


def _ids_by_name(people: Iterable[Member], shown: Mapping[str, str]) -> Mapping[str, set[str]]:
    """Return members by card, by name and by name with the year of birth, each with and without its marks."""
    ids: dict[str, set[str]] = {}
    for member in people:
        named = {member.name, shown[member.id]}
        if member.birth is not None:
            named.add(f"{member.name} ({member.birth.iso[:4]})")
        for text in named:
            for key in (f"={_marked(text)}", fold(text), f"#{member.card_no}"):
                ids.setdefault(key, set()).add(member.id)
    return ids


def _marked(text: str) -> str:
    return clean(text).casefold()


def _member_of(row: Row, number: int, ids: Mapping[str, set[str]], found: list[Finding]) -> str | None:
    card, name = clean(str(row.get("card_no") or "")), clean(str(row.get("name") or ""))
    # Ân and An are two people: marks decide where both are there.
    matches = ids.get(f"#{card}") if card else ids.get(f"={_marked(name)}") or ids.get(fold(name))
    if matches is not None and len(matches) == 1:
        return next(iter(matches))
    template = (
        N_("Line {line}: more than one member is called {name}; add the year of birth in brackets.")
        if matches
        else N_("Line {line}: {name} is not on the list of this review.")
    )
    found.append(red("R80", template, f"members.{number}", line=number, name=name or card or "–"))
    return None


def _read_member(
    row: Row, number: int, known: MemberRating, found: list[Finding]
) -> tuple[MemberRating, dict[str, RatingScore]]:
    values: Row = {}
    scores: dict[str, RatingScore] = {}
    for name, value in row.items():
        if name in {"name", "card_no"} or value is None or value == "":
            continue
        try:
            if name == "scores":
                scores.update(_scores(value))
            elif name.startswith("score_"):
                code = name.removeprefix("score_").upper()
                scores[code] = _score(code, value)
            else:
                field, read = COLUMNS[name]
                values[field] = read(value)
        except KeyError:
            template = N_("Line {line}: there is no column called {column}.")
            found.append(red("R82", template, f"members.{number}.{name}", line=number, column=name))
        except (ValueError, TypeError):
            template = N_("Line {line}: “{value}” does not fit the column {column}.")
            found.append(
                red("R81", template, f"members.{number}.{name}", line=number, column=name, value=str(value))
            )
    if "subject_reason" in values:
        values |= {"subject_manual": True, "subject": subject_of(values["subject_reason"])}
    return dataclasses.replace(known, **values), scores


def _ballots(period_id: str, given: object, found: list[Finding]) -> list[Ballot]:
    made = []
    for kind, row in (given if isinstance(given, dict) else {}).items():
        try:
            values = {name: _BALLOT[name](value) for name, value in row.items()}
            made.append(Ballot(id="", period_id=period_id, kind=BallotKind(kind), **values))
        except (KeyError, ValueError, TypeError, AttributeError):
            template = N_("The count of the ballot “{kind}” cannot be read.")
            found.append(red("R83", template, f"ballots.{kind}", kind=str(kind)))
    return made


def _organisation(
    known: OrganisationRating, given: object, found: list[Finding]
) -> OrganisationRating | None:
    if given is None:
        return None
    try:
        if not isinstance(given, dict):
            raise TypeError(given)  # noqa: TRY301 - told below like everything else
        values = {COLUMNS[name][0]: COLUMNS[name][1](value) for name, value in given.items()}
        return dataclasses.replace(known, **values)
    except (KeyError, ValueError, TypeError):
        template = N_("The rating of the cell itself cannot be read.")
        found.append(red("R85", template, "organisation"))
        return None


def _list_of(data: Mapping[str, Any], name: str) -> list[Row]:
    rows = data.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Refused([red("R86", N_("The members must be a list of rows."), name)])
    return rows


def _scores(value: object) -> dict[str, RatingScore]:
    if not isinstance(value, dict):
        raise TypeError(value)
    return {str(code): _score(str(code), given) for code, given in value.items()}


def _score(code: str, value: object) -> RatingScore:
    reason = ""
    if isinstance(value, dict):
        reason, value = _text(value.get("reason", "")), value["points"]
    grade = _GRADES.get(fold(str(value)))
    if grade is not None:
        return RatingScore(criterion=code, grade=grade, reason=reason)
    return RatingScore(criterion=code, tenths=_tenths(value), reason=reason)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return clean(value)


def _whole(value: object) -> int:
    if isinstance(value, bool):
        raise TypeError(value)
    return int(str(value).removesuffix("%"))


def _tenths(value: object) -> int:
    """Read points with at most one decimal, a comma or a point before it."""
    if isinstance(value, bool):
        raise TypeError(value)
    found = _POINTS.fullmatch(str(value).strip())
    if found is None:
        raise ValueError(value)
    tenths = int(found["whole"]) * 10 + int(found["tenth"] or 0)
    return -tenths if found["minus"] else tenths


def _level(value: object) -> Level:
    return _LEVELS[fold(str(value))] if fold(str(value)) in _LEVELS else Level(str(value))


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    folded = fold(str(value))
    if folded in _YES or folded in _NO:
        return folded in _YES
    raise ValueError(value)


def _day(value: object) -> date:
    return date.fromisoformat(str(value))


def _reason(value: object) -> NoLevelReason:
    return NoLevelReason(str(value))


COLUMNS: Final[dict[str, tuple[str, Callable[[Any], Any]]]] = {
    "points_common": ("common_tenths", _tenths),
    "points_task": ("task_tenths", _tenths),
    "points_bonus": ("bonus_tenths", _tenths),
    **{name: (name, _level) for name in (
        "own_level", "employer_level", "body_level", "committee_level", "proposed_level", "decided_level"
    )},
    **{name: (name, _whole) for name in (
        "votes_excellent", "votes_good", "votes_completed", "votes_not_completed", "votes_unrated",
        "votes_invalid", "excellent_for", "excellent_against", "vote_base", "above_percent", "late_percent",
        "remedied_percent",
    )},
    **{name: (name, _flag) for name in ("all_done", "disciplined", "nominated", "exemplary")},
    **{name: (name, _text) for name in (
        "override_reason", "decision", "failing_case", "remarks", "subject_note", "cap_group",
        "rated_elsewhere", "residence_by", "residence_comment", "unrated_reason",
    )},
    **{name: (name, _day) for name in ("decided_on", "reviewed_on", "residence_on")},
    "form": ("form", ReviewForm),
    "no_level": ("subject_reason", _reason),
}  # fmt: skip
"""Columns of a file, the fields they fill, and how their values are read."""

_BALLOT: Final[dict[str, Callable[[Any], Any]]] = {
    **dict.fromkeys(("summoned", "present", "issued", "collected", "valid", "invalid"), _whole),
    "method": VotingMethod, "held_on": _day, "tellers": _text, "note": _text,
}  # fmt: skip
