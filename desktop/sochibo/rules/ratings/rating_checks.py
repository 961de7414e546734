"""What can be wrong with a rating as entered: points, counts of votes, levels, somebody rated twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sochibo.faults import Finding, red, yellow
from sochibo.messages import N_
from sochibo.rules.names import fold
from sochibo.rules.ratings.rating_rules import Block, Scale
from sochibo.rules.ratings.ratings import (
    LEVEL_SIGNS,
    LEVELS,
    BallotKind,
    Level,
    MemberRating,
    NoLevelReason,
    OrganisationRating,
    Subject,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sochibo.rules.ratings.rating_rules import RatingRules
    from sochibo.rules.ratings.ratings import Ballot, RatingScore

__all__ = [
    "RatedPerson", "check_ballot", "check_levels", "check_points", "check_subject", "check_votes",
    "find_rated_twice",
]  # fmt: skip

_FORCES: Final = {
    "common_tenths": (
        "common_max", N_("{name}: {points} points are more than the {most} of the common criteria."),
    ),
    "task_tenths": ("task_max", N_("{name}: {points} points are more than the {most} for tasks.")),
    "bonus_tenths": ("bonus_max", N_("{name}: a bonus of {points} points is more than the {most} allowed.")),
}  # fmt: skip
_NO_POINTS: Final = N_("{name}: points cannot be fewer than none.")


def check_points(
    name: str,
    rules: RatingRules,
    rating: MemberRating | OrganisationRating,
    scores: Mapping[str, RatingScore] | None = None,
) -> tuple[Finding, ...]:
    """Check points against their maxima; cut points of a criterion need a reason (advice only)."""
    if rules.scale is not Scale.POINTS:
        return ()
    return tuple(_points(name, rules, rating)) + tuple(_criteria(name, rules, rating, scores or {}))


def _points(name: str, rules: RatingRules, rating: MemberRating | OrganisationRating) -> Iterator[Finding]:
    for place, (limit, template) in _FORCES.items():
        tenths = getattr(rating, place, None)
        if tenths is None:
            continue
        most: int = getattr(rules, limit)
        if tenths < 0:
            yield red("R05", _NO_POINTS, place, name=name)
        elif tenths > most * 10:
            yield red("R05", template, place, name=name, points=tenths / 10, most=most)
        elif tenths % rules.step_tenths:
            steps = N_("{name}: points are given in steps of {step}.")
            yield yellow("R06", steps, place, name=name, step=rules.step_tenths / 10)


def _criteria(
    name: str,
    rules: RatingRules,
    rating: MemberRating | OrganisationRating,
    scores: Mapping[str, RatingScore],
) -> Iterator[Finding]:
    criteria = rules.criteria_of(rating.form) if isinstance(rating, MemberRating) else ()
    for one in criteria:
        score = scores.get(one.code)
        if score is None:
            continue
        fields = {"name": name, "code": one.code, "points": score.tenths / 10, "most": one.max_points}
        place = f"scores.{one.code}"
        if score.tenths < 0:
            yield red("R07", _NO_POINTS, place, name=name)
        elif score.tenths > one.max_points * 10:
            template = N_("{name}: {points} points for criterion {code} are more than its {most}.")
            yield red("R07", template, place, **fields)
        elif score.tenths < one.max_points * 10 and not score.reason.strip() and one.block is Block.COMMON:
            template = N_("{name}: say why criterion {code} got {points} of {most} points.")
            yield yellow("R08", template, place, **fields)
    for block, place in ((Block.COMMON, "common_tenths"), (Block.TASK, "task_tenths")):
        codes = [one.code for one in criteria if one.block is block]
        given = getattr(rating, place)
        total = sum(scores[code].tenths for code in codes if code in scores)
        if codes and given is not None and all(code in scores for code in codes) and given != total:
            template = N_("{name}: the criteria add up to {total} points, but {points} are entered.")
            yield yellow("R09", template, place, name=name, total=total / 10, points=given / 10)


def check_ballot(ballot: Ballot) -> tuple[Finding, ...]:
    """Check the count of a ballot: summoned ≥ present ≥ issued ≥ collected = valid + invalid.

    Each number is held against the nearest one before it that was entered.
    """
    return tuple(_ballot(ballot))


_PARTS: Final = ("summoned", "present", "issued", "collected", "valid")
_PART_CODES: Final = {"present": "R20", "issued": "R21", "collected": "R22", "valid": "R23", "invalid": "R23"}
_COULD_VOTE: Final = {
    "collected": N_("{more} papers were collected, but only {less} voters could vote."),
    "valid": N_("{more} papers are valid, but only {less} voters could vote."),
}
_TOO_MANY: Final = {
    ("present", "summoned"): N_("{more} voters present, but only {less} were called."),
    ("issued", "present"): N_("{more} papers were issued to {less} voters present."),
    ("issued", "summoned"): N_("{more} papers were issued, but only {less} voters were called."),
    ("collected", "issued"): N_("{more} papers were collected, but only {less} issued."),
    ("valid", "collected"): N_("{more} papers are valid, but only {less} were collected."),
    ("valid", "issued"): N_("{more} papers are valid, but only {less} were issued."),
    ("invalid", "collected"): N_("{more} papers are not valid, but only {less} were collected."),
}


def _ballot(ballot: Ballot) -> Iterator[Finding]:
    place = f"ballot.{ballot.kind.value}"
    whole, least = "", 0
    wrong = set()
    for part in _PARTS:
        count = getattr(ballot, part)
        if count is None:
            continue
        if whole and count > least:
            wrong.add(part)
            template = _TOO_MANY.get((part, whole)) or _COULD_VOTE[part]
            yield red(_PART_CODES[part], template, f"{place}.{part}", more=count, less=least)
        whole, least = part, count
    valid, invalid, collected = ballot.valid, ballot.invalid, ballot.collected
    if invalid is None or collected is None or "valid" in wrong:
        return
    if valid is not None and valid + invalid != collected:
        template = N_("{valid} valid and {invalid} invalid papers are not the {collected} collected.")
        yield red("R24", template, f"{place}.invalid", valid=valid, invalid=invalid, collected=collected)
    elif valid is None and invalid > collected:
        template = _TOO_MANY["invalid", "collected"]
        yield red("R23", template, f"{place}.invalid", more=invalid, less=collected)


def check_votes(
    name: str, rating: MemberRating | OrganisationRating, ballots: Mapping[BallotKind, Ballot]
) -> tuple[Finding, ...]:
    """Check the votes for one person or organisation: no more of them than valid papers."""
    return tuple(_votes(name, rating, ballots))


def _votes(
    name: str, rating: MemberRating | OrganisationRating, ballots: Mapping[BallotKind, Ballot]
) -> Iterator[Finding]:
    of_member = isinstance(rating, MemberRating)
    kind = BallotKind.LEVELS if of_member else BallotKind.ORGANISATION
    told = [rating.votes(level) for level in LEVELS] + [rating.votes_unrated, rating.votes_invalid]
    yield from _too_many(name, told, ballots.get(kind), rating.vote_base, "votes_excellent")
    if isinstance(rating, MemberRating):
        told = [rating.excellent_for, rating.excellent_against]
        yield from _too_many(name, told, ballots.get(BallotKind.EXCELLENT), None, "excellent_for")


def _too_many(
    name: str, told: list[int | None], ballot: Ballot | None, base: int | None, place: str
) -> Iterator[Finding]:
    """Say that there are more votes than valid papers, or than the base kept where none were counted."""
    if all(votes is None for votes in told):
        return
    cast = sum(votes or 0 for votes in told)
    valid = ballot.valid_papers if ballot is not None else None
    voters = base if valid is None else valid
    if any(votes is not None and votes < 0 for votes in told):
        yield red("R26", N_("{name}: votes cannot be fewer than none."), place, name=name)
    elif voters is not None and cast > voters:
        template = N_("{name}: {votes} votes are entered, but there were only {voters} valid papers.")
        yield red("R25", template, place, name=name, votes=cast, voters=voters)
    elif ballot is not None and ballot.present is not None and cast > ballot.present:
        template = N_("{name}: {votes} votes are entered, but only {voters} voters were present.")
        yield red("R25", template, place, name=name, votes=cast, voters=ballot.present)


def check_subject(name: str, rating: MemberRating) -> tuple[Finding, ...]:
    """Check that nobody has a level who is not rated, and that whoever has none has a reason."""
    return tuple(_subject(name, rating))


def _subject(name: str, rating: MemberRating) -> Iterator[Finding]:
    if rating.subject is not Subject.RATED and (rating.proposed_level or rating.decided_level):
        template = N_("{name} is not rated this time, so there can be no level.")
        yield red("R10", template, "proposed_level", name=name)
    if rating.subject is not Subject.RATED and rating.subject_reason is None:
        yield red("R11", N_("Say why {name} is not rated."), "subject_reason", name=name)
    if rating.subject_reason is NoLevelReason.OTHER and not rating.subject_note.strip():
        yield red(
            "R12", N_("Write down the other reason why {name} is not rated."), "subject_note", name=name
        )
    if rating.rated_elsewhere.strip() and rating.subject is Subject.RATED:
        template = N_("{name} is also rated in {cell}: one of the two must leave the person out.")
        yield red("R13", template, "rated_elsewhere", name=name, cell=rating.rated_elsewhere.strip())


def check_levels(
    name: str, rating: MemberRating | OrganisationRating, computed: Level | None
) -> tuple[Finding, ...]:
    """Check the proposed level against the one computed: another may be chosen, with a reason."""
    return tuple(_levels(name, rating, computed))


def _levels(
    name: str, rating: MemberRating | OrganisationRating, computed: Level | None
) -> Iterator[Finding]:
    proposed = rating.proposed_level
    if proposed is None:
        return
    if computed is not None and proposed is not computed and not rating.override_reason.strip():
        template = N_("{name}: {proposed} is proposed where the rules give {computed}; write down why.")
        signs = {"proposed": LEVEL_SIGNS[proposed], "computed": LEVEL_SIGNS[computed]}
        yield red("R14", template, "override_reason", name=name, **signs)
    if (
        isinstance(rating, MemberRating)
        and rating.disciplined
        and proposed is not Level.NOT_COMPLETED
        and not rating.override_reason.strip()
    ):
        template = N_("{name} was disciplined this year, which usually means KHT: say why not.")
        yield yellow("R15", template, "disciplined", name=name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedPerson:
    """Somebody rated somewhere, with what tells people of one name apart."""

    cell: str
    name: str
    birth: str = ""
    number: str = ""


def find_rated_twice(people: Iterable[RatedPerson]) -> tuple[Finding, ...]:
    """Name everybody who was rated in two cells, or twice in one.

    The same card or identity number is the same person; so are equal names with equal dates of birth, unless
    their numbers differ.
    """
    known: dict[tuple[str, str], list[RatedPerson]] = {}
    found: list[Finding] = []
    for person in people:
        keys = [("number", person.number)] if person.number else []
        keys += [("name", f"{fold(person.name)} {person.birth}")] if person.birth else []
        other = next(
            (
                earlier
                for key in keys
                for earlier in known.get(key, ())
                if key[0] == "number" or not (earlier.number and person.number)
            ),
            None,
        )
        if other is not None:
            template = (
                N_("{name} stands twice on the list of {cell}.")
                if other.cell == person.cell
                else N_("{name} was rated both in {first} and in {cell}.")
            )
            found.append(red("R16", template, "member", name=person.name, first=other.cell, cell=person.cell))
        for key in keys:
            known.setdefault(key, []).append(person)
    return tuple(found)
