"""What a committee received, its units with their signers, and the number of its trust: rows of one book."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sochibo.rules.units.exchange_papers import Remark
from sochibo.storage.engine.identity import new_id
from sochibo.storage.engine.journal import decoded, encoded

if TYPE_CHECKING:
    from sochibo.storage.engine.database import Database

__all__ = [
    "Decision", "Found", "KeptSigner", "KeptSubmission", "KeptUnit", "TrustState", "add", "add_signer",
    "all_of", "by_sha256", "change", "digests", "end_signer", "get", "of_period", "of_series", "of_year",
    "put_trust", "put_unit", "revoke_signer", "signers", "trust", "unanswered", "units",
]  # fmt: skip

TRUST_KEY: Final = "1"
"""The one row of `trust_state`."""


class Found(NamedTuple):
    """One thing that judging found: level, code, and what fills its sentence."""

    level: str
    code: str
    fields: Mapping[str, object]


class Decision(StrEnum):
    """What a clerk made of a received file, where the verdict alone does not say it."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptUnit:
    """A unit below the committee, from a day on, until one."""

    id: str
    name: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSigner:
    """A certificate (PEM) that signs for a unit from a day on, until one."""

    id: str = ""
    unit_id: str
    person: str
    fingerprint: str
    serial: str
    valid_from: date
    valid_to: date | None = None
    certificate: str
    revoked_since: date | None = None
    revoked_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustState:
    """The committee's revocation list (PEM) and the number under which its trust stands."""

    number: int
    revocation_list: str
    issued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSubmission:
    """A received file: its verdict as level, code and fields, and what could be read of it.

    `decision` is what the clerk made of it, with remarks for the unit, and `answer_id` the slip that told it;
    `found` is all that judging found.
    """

    id: str = ""
    sha256: str
    file: str
    received_at: datetime
    level: str
    code: str
    fields: Mapping[str, object] = field(default_factory=dict)
    unit_id: str = ""
    unit: str = ""
    kind: str | None = None
    period: str = ""
    number: str = ""
    revision: int = 0
    signer: str = ""
    digest: str = ""
    envelope: str | None = None
    counts: bool = False
    decision: Decision | None = None
    decided_at: datetime | None = None
    decided_by: str = ""
    remarks: tuple[Remark, ...] = ()
    answer_id: str | None = None
    found: tuple[Found, ...] = ()


def units(database: Database) -> tuple[KeptUnit, ...]:
    """Return all units, also those that have ended."""
    return tuple(
        KeptUnit(id=row["id"], name=row["name"], since=_day(row["since"]), until=_day_or_none(row["until"]))
        for row in database.rows("select * from unit order by id")
    )


def put_unit(database: Database, unit_id: str, name: str, since: date) -> None:
    """Record a unit, or that a known one stands since the earliest day told.

    A known one keeps its name, which has a history of its own.
    """
    for row in database.rows("select since from unit where id = ?", (unit_id,)):
        earliest = min(since.isoformat(), row["since"])
        database.update("unit", unit_id, {"since": earliest})
        return
    database.insert("unit", {"id": unit_id, "name": name, "since": since.isoformat(), "until": None})


def signers(database: Database) -> tuple[KeptSigner, ...]:
    """Return all registered certificates, oldest first."""
    return tuple(
        KeptSigner(**{
            **row,
            "valid_from": _day(row["valid_from"]),
            "valid_to": _day_or_none(row["valid_to"]),
            "revoked_since": _day_or_none(row["revoked_since"]),
        })
        for row in database.rows("select * from signer order by rowid")
    )  # fmt: skip


def add_signer(database: Database, signer: KeptSigner) -> None:
    """Register a certificate."""
    database.insert(
        "signer",
        {
            "id": new_id(), "unit_id": signer.unit_id, "person": signer.person,
            "fingerprint": signer.fingerprint, "serial": signer.serial,
            "valid_from": signer.valid_from.isoformat(),
            "valid_to": signer.valid_to.isoformat() if signer.valid_to else None,
            "certificate": signer.certificate,
        },
    )  # fmt: skip


def end_signer(database: Database, signer_id: str, last_day: date | None) -> None:
    """Let a certificate sign for its unit until a day, or on and on."""
    database.update("signer", signer_id, {"valid_to": last_day.isoformat() if last_day else None})


def revoke_signer(database: Database, signer: KeptSigner) -> None:
    """Record since when and why a certificate is revoked, and the last day on which it signs."""
    if signer.valid_to is None or signer.revoked_since is None:
        raise ValueError(signer.fingerprint)
    row = {
        "valid_to": signer.valid_to.isoformat(), "revoked_since": signer.revoked_since.isoformat(),
        "revoked_because": signer.revoked_because,
    }  # fmt: skip
    database.update("signer", signer.id, row)


def trust(database: Database) -> TrustState | None:
    """Return the state of the committee's trust; None without an authority."""
    for row in database.rows("select * from trust_state"):
        return TrustState(
            number=row["number"],
            revocation_list=row["revocation_list"],
            issued_at=datetime.fromisoformat(row["issued_at"]),
        )
    return None


def put_trust(database: Database, state: TrustState) -> None:
    """Write the state of the committee's trust."""
    row = {
        "number": state.number, "revocation_list": state.revocation_list,
        "issued_at": state.issued_at.astimezone(UTC).isoformat(),
    }  # fmt: skip
    if trust(database) is None:
        database.insert("trust_state", {"id": int(TRUST_KEY), **row})
    else:
        database.update("trust_state", TRUST_KEY, row)


def add(database: Database, submission: KeptSubmission) -> str:
    """Record a received file; returns its id."""
    key = new_id()
    database.insert("submission", {"id": key, **_row(submission)})
    return key


def change(database: Database, submission: KeptSubmission) -> None:
    """Write a received file anew: judged again, or no longer counting."""
    database.update("submission", submission.id, _row(submission))


def get(database: Database, submission_id: str) -> KeptSubmission:
    """Return one received file; raises KeyError."""
    for row in database.rows("select * from submission where id = ?", (submission_id,)):
        return _submission(row)
    raise KeyError(submission_id)


def by_sha256(database: Database, sha256: str) -> KeptSubmission | None:
    """Return the received file with these very bytes."""
    found = database.rows("select * from submission where sha256 = ?", (sha256,))
    return next(map(_submission, found), None)


def digests(database: Database, levels: Collection[str]) -> set[tuple[str, str]]:
    """Return unit and digest of every paper that came with one of these verdicts."""
    marks = ", ".join("?" * len(levels))
    found = database.rows(
        f"select unit_id, digest from submission where digest <> '' and level in ({marks})",  # noqa: S608 - marks only
        tuple(levels),
    )
    return {(row["unit_id"], row["digest"]) for row in found}


def of_series(database: Database, unit_id: str, kind: str, period: str) -> tuple[KeptSubmission, ...]:
    """Return what came of one unit for one kind and period, newest revision first."""
    found = database.rows(
        "select * from submission where unit_id = ? and kind = ? and period = ?"
        " order by revision desc, received_at desc",
        (unit_id, kind, period),
    )
    return tuple(map(_submission, found))


def of_period(database: Database, period: str = "") -> tuple[KeptSubmission, ...]:
    """Return what came for a period (a month takes in its days) or at all, newest first."""
    found = database.rows(
        "select * from submission where substr(period, 1, length(:period)) = :period"
        " order by received_at desc, rowid desc",
        {"period": period},
    )
    return tuple(map(_submission, found))


def all_of(database: Database, ids: Sequence[str]) -> tuple[KeptSubmission, ...]:
    """Return received files by their ids, in the order given; raises KeyError."""
    return tuple(get(database, submission_id) for submission_id in ids)


def unanswered(database: Database) -> tuple[KeptSubmission, ...]:
    """Return what counts, or was returned, and was not yet told to its unit; by unit, oldest first."""
    found = database.rows(
        "select * from submission where answer_id is null and unit_id <> ''"
        " and (counts = 1 or decision = 'returned') order by unit, unit_id, received_at, rowid"
    )
    return tuple(map(_submission, found))


def of_year(database: Database, kind: str, year: int) -> tuple[KeptSubmission, ...]:
    """Return what came of one kind for the months of a year, oldest first."""
    found = database.rows(
        "select * from submission where kind = ? and substr(period, 1, 4) = ? order by received_at, rowid",
        (kind, f"{year:04d}"),
    )
    return tuple(map(_submission, found))


def _row(submission: KeptSubmission) -> dict[str, Any]:
    return {
        "sha256": submission.sha256, "file": submission.file,
        "received_at": submission.received_at.astimezone(UTC).isoformat(), "level": submission.level,
        "code": submission.code, "fields": encoded(submission.fields),
        "unit_id": submission.unit_id, "unit": submission.unit, "kind": submission.kind,
        "period": submission.period, "number": submission.number, "revision": submission.revision,
        "signer": submission.signer, "digest": submission.digest, "envelope": submission.envelope,
        "counts": int(submission.counts), "decision": submission.decision,
        "decided_at": submission.decided_at.astimezone(UTC).isoformat() if submission.decided_at else None,
        "decided_by": submission.decided_by, "answer_id": submission.answer_id,
        "remarks": json.dumps([[one.place, one.name, one.text] for one in submission.remarks]),
        "found": json.dumps([[one.level, one.code, encoded(one.fields)] for one in submission.found]),
    }  # fmt: skip


def _submission(row: Mapping[str, Any]) -> KeptSubmission:
    return KeptSubmission(**{
        **row,
        "received_at": datetime.fromisoformat(row["received_at"]),
        "fields": decoded(row["fields"]),
        "counts": bool(row["counts"]),
        "decision": Decision(row["decision"]) if row["decision"] else None,
        "decided_at": datetime.fromisoformat(row["decided_at"]) if row["decided_at"] else None,
        "remarks": tuple(Remark(*remark) for remark in json.loads(row["remarks"])),
        "found": tuple(
            Found(level, code, decoded(fields)) for level, code, fields in json.loads(row["found"])
        ),
    })  # fmt: skip


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
