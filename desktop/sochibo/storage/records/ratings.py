"""Reviews, ratings and counts of ballots, as rows of one book."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from sochibo.rules.ratings.ratings import (
    Ballot,
    BallotKind,
    Grade,
    Level,
    MemberRating,
    NoLevelReason,
    OrganisationRating,
    RatingRevision,
    RatingScore,
    ReviewForm,
    ReviewKind,
    ReviewPeriod,
    ReviewState,
    Subject,
    VotingMethod,
)
from sochibo.storage.engine.identity import new_id
from sochibo.storage.engine.mapping import fields_of, row_of, stored

if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum

    from _typeshed import DataclassInstance

    from sochibo.storage.engine.database import Database

__all__ = [
    "add_period", "add_revision", "ballots", "change_period", "decided_levels", "organisation_ratings",
    "period", "periods", "put_ballot", "put_organisation_rating", "put_rating", "put_score", "ratings",
    "remove_period", "revisions", "scores",
]  # fmt: skip

T = TypeVar("T", bound="DataclassInstance")

_LEVELS = ("own_level", "employer_level", "body_level", "committee_level", "computed_level",
           "proposed_level", "decided_level")  # fmt: skip
_KINDS: dict[str, type[StrEnum]] = dict.fromkeys(_LEVELS, Level) | {
    "subject": Subject, "subject_reason": NoLevelReason, "form": ReviewForm, "grade": Grade,
}  # fmt: skip
_DAYS = frozenset({"closing_on", "decided_on", "reviewed_on", "residence_on", "held_on", "made_on"})
_FLAGS = frozenset({"disciplined", "all_done", "exemplary", "subject_manual", "nominated"})


def periods(database: Database) -> tuple[ReviewPeriod, ...]:
    """Return all reviews, the newest closing day first."""
    found = database.rows("select * from review_period order by closing_on desc, id desc")
    return tuple(map(_period, found))


def period(database: Database, period_id: str) -> ReviewPeriod:
    """Return one review; raises KeyError."""
    for row in database.rows("select * from review_period where id = ?", (period_id,)):
        return _period(row)
    raise KeyError(period_id)


def add_period(database: Database, made: ReviewPeriod) -> None:
    """Write a new review, inside an act."""
    database.insert("review_period", row_of(made))


def change_period(database: Database, changed: ReviewPeriod) -> None:
    """Write a review, its state included, inside an act; raises KeyError."""
    database.update("review_period", changed.id, row_of(changed))


def remove_period(database: Database, period_id: str) -> None:
    """Delete a review with everything entered in it, inside an act."""
    for table in ("rating", "organisation_rating", "rating_ballot", "decided_member"):
        for key in _keys(database, table, period_id):
            if table == "rating":
                for score in list(database.rows("select id from rating_score where rating_id = ?", (key,))):
                    database.delete("rating_score", score["id"])
            if table not in {"rating_ballot", "decided_member"}:
                _delete_revisions(database, key)
            database.delete(table, key)
    database.delete("review_period", period_id)


def ratings(database: Database, period_id: str, member_id: str | None = None) -> dict[str, MemberRating]:
    """Return what was entered of all members, or of one, by member id."""
    found = database.rows(
        "select * from rating where period_id = :period and (:member is null or member_id = :member)",
        {"period": period_id, "member": member_id},
    )
    return {row["member_id"]: _read(MemberRating, row) for row in found}


def put_rating(database: Database, rating: MemberRating) -> MemberRating:
    """Write a rating, anew where it has no id yet, inside an act; returns it with its id."""
    made = rating if rating.id else dataclasses.replace(rating, id=new_id())
    row = row_of(made) | {"subject_reason": stored(made.subject_reason) or ""}
    if rating.id:
        database.update("rating", rating.id, row)
    else:
        database.insert("rating", row)
    return made


def scores(
    database: Database, period_id: str, member_id: str | None = None
) -> dict[str, dict[str, RatingScore]]:
    """Return points or grades, of all members or of one, by rating id and criterion."""
    found: dict[str, dict[str, RatingScore]] = {}
    for row in database.rows(
        "select s.* from rating_score as s join rating as r on r.id = s.rating_id"
        " where r.period_id = :period and (:member is null or r.member_id = :member)",
        {"period": period_id, "member": member_id},
    ):
        found.setdefault(row["rating_id"], {})[row["criterion"]] = _read(RatingScore, row)
    return found


def put_score(database: Database, rating_id: str, criterion: str, score: RatingScore | None) -> None:
    """Write what one criterion got, or take it away, inside an act."""
    found = next(
        database.rows(
            "select id from rating_score where rating_id = ? and criterion = ?", (rating_id, criterion)
        ),
        None,
    )
    if score is None:
        if found:
            database.delete("rating_score", found["id"])
        return
    row = row_of(score) | {"rating_id": rating_id, "criterion": criterion}
    if found:
        database.update("rating_score", found["id"], row)
    else:
        database.insert("rating_score", row | {"id": new_id()})


def ballots(database: Database, period_id: str) -> dict[BallotKind, Ballot]:
    """Return the counts of ballots of a review, by kind."""
    found = database.rows("select * from rating_ballot where period_id = ?", (period_id,))
    return {
        BallotKind(row["kind"]): _read(
            Ballot, row | {"kind": BallotKind(row["kind"]), "method": VotingMethod(row["method"])}
        )
        for row in found
    }


def put_ballot(database: Database, ballot: Ballot) -> None:
    """Write the count of a ballot over the one of its kind, inside an act."""
    known = ballots(database, ballot.period_id).get(ballot.kind)
    if known is None:
        database.insert("rating_ballot", row_of(dataclasses.replace(ballot, id=new_id())))
    else:
        database.update("rating_ballot", known.id, row_of(dataclasses.replace(ballot, id=known.id)))


def organisation_ratings(database: Database, period_id: str) -> tuple[OrganisationRating, ...]:
    """Return the ratings of the organisation itself and of its units, in the order recorded."""
    found = database.rows("select * from organisation_rating where period_id = ? order by id", (period_id,))
    return tuple(_read(OrganisationRating, row) for row in found)


def put_organisation_rating(database: Database, rating: OrganisationRating) -> OrganisationRating:
    """Write a rating, anew where it has no id yet, inside an act; returns it with its id."""
    made = rating if rating.id else dataclasses.replace(rating, id=new_id())
    if rating.id:
        database.update("organisation_rating", rating.id, row_of(made))
    else:
        database.insert("organisation_rating", row_of(made))
    return made


def add_revision(
    database: Database,
    before: MemberRating | OrganisationRating,
    reason: str,
    made_on: date,
    scores: Mapping[str, RatingScore] | None = None,
) -> None:
    """Keep what a rating was before a correction, its points by criterion too, inside an act."""
    row = row_of(before) | {"scores": [row_of(score) for score in (scores or {}).values()]}
    record = json.dumps(row, ensure_ascii=False, sort_keys=True)
    of_member = isinstance(before, MemberRating)
    made = RatingRevision(
        id=new_id(),
        revision=before.revision,
        reason=reason,
        made_on=made_on,
        record=record,
        rating_id=before.id if of_member else None,
        organisation_rating_id=None if of_member else before.id,
    )
    database.insert("rating_revision", row_of(made))


def revisions(database: Database, rating_id: str) -> tuple[RatingRevision, ...]:
    """Return what a rating was before each correction, the oldest first."""
    found = database.rows(
        "select * from rating_revision where :id in (rating_id, organisation_rating_id)"
        " order by revision, id",
        {"id": rating_id},
    )
    return tuple(_read(RatingRevision, row) for row in found)


def decided_levels(database: Database, member_id: str | None = None) -> dict[str, dict[int, Level | None]]:
    """Return what the committee decided of all or of one member, by year; None for a year without a level."""
    found: dict[str, dict[int, Level | None]] = {}
    for row in database.rows(
        "select r.member_id, p.year, r.decided_level from rating as r"
        " join review_period as p on p.id = r.period_id"
        " where p.kind = 'year' and (:member is null or r.member_id = :member) order by p.year",
        {"member": member_id},
    ):
        level = Level(row["decided_level"]) if row["decided_level"] else None
        found.setdefault(row["member_id"], {})[row["year"]] = level
    return found


def _period(row: Mapping[str, Any]) -> ReviewPeriod:
    kinds = {"kind": ReviewKind(row["kind"]), "state": ReviewState(row["state"])}
    return _read(ReviewPeriod, {**row, **kinds})


def _read(kind: type[T], row: Mapping[str, Any]) -> T:
    """Make a record of a row: enumerations, days and flags are SQLite's texts and numbers there."""
    values = fields_of(kind, row)
    for name, value in values.items():
        if name in _KINDS:
            values[name] = _KINDS[name](value) if value else None
        elif name in _DAYS:
            values[name] = date.fromisoformat(value) if value else None
        elif name in _FLAGS:
            values[name] = None if value is None else bool(value)
    return kind(**values)


def _keys(database: Database, table: str, period_id: str) -> list[str]:
    found = database.rows(f"select id from {table} where period_id = ?", (period_id,))  # noqa: S608 - our own names
    return [row["id"] for row in found]


def _delete_revisions(database: Database, rating_id: str) -> None:
    for row in list(
        database.rows(
            "select id from rating_revision where ? in (rating_id, organisation_rating_id)", (rating_id,)
        )
    ):
        database.delete("rating_revision", row["id"])
