"""What became of sealed papers: when they left, what the committee answered, and what it decided."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sochibo.rules.reports import ReportKind
from sochibo.rules.units.exchange_papers import Remark
from sochibo.storage.engine.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.storage.engine.database import Database

__all__ = [
    "Answer", "Dispatch", "add", "add_decision", "add_dispatch", "answers_to", "dispatches_of", "is_known",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """One time that a sealed file was written somewhere and read back; `place` names the stick or folder."""

    document_id: str
    sent_at: datetime
    place: str
    file: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one slip says of one paper of ours."""

    document_id: str
    kind: ReportKind
    number: str
    issued_on: date
    received_at: datetime
    sender: str
    code: str
    verdict: str
    remarks: tuple[Remark, ...] = ()


def add_dispatch(database: Database, dispatch: Dispatch) -> None:
    """Record that a file left."""
    database.insert(
        "dispatch",
        {
            "id": new_id(), "document_id": dispatch.document_id,
            "sent_at": dispatch.sent_at.astimezone(UTC).isoformat(), "place": dispatch.place,
            "file": dispatch.file, "sha256": dispatch.sha256,
        },
    )  # fmt: skip


def dispatches_of(database: Database, document_id: str) -> tuple[Dispatch, ...]:
    """Return when a paper left, the newest time first."""
    found = database.rows(
        "select * from dispatch where document_id = ? order by sent_at desc, rowid desc", (document_id,)
    )
    return tuple(
        Dispatch(
            document_id=row["document_id"],
            sent_at=datetime.fromisoformat(row["sent_at"]),
            place=row["place"],
            file=row["file"],
            sha256=row["sha256"],
        )
        for row in found
    )


def is_known(database: Database, content: bytes) -> bool:
    """Tell whether this very slip came before."""
    sha256 = hashlib.sha256(content).hexdigest()
    return next(iter(database.rows("select 1 from slip where sha256 = ?", (sha256,))), None) is not None


def add(database: Database, content: bytes, answers: Sequence[Answer]) -> None:
    """Keep a slip, with what it says of each of our papers; it says something of one at least."""
    first = answers[0]
    slip_id = _keep(
        database, content, first.kind, first.number, first.issued_on, first.received_at, first.sender
    )
    for answer in answers:
        remarks = [[one.place, one.name, one.text] for one in answer.remarks]
        database.insert(
            "slip_line",
            {
                "id": new_id(), "slip_id": slip_id, "document_id": answer.document_id, "code": answer.code,
                "verdict": answer.verdict, "remarks": json.dumps(remarks, ensure_ascii=False),
            },
        )  # fmt: skip


def add_decision(
    database: Database, content: bytes, number: str, issued_on: date, received_at: datetime, sender: str
) -> None:
    """Keep a decision on ratings as it came; the same file again is kept once."""
    if not is_known(database, content):
        _keep(database, content, ReportKind.RATING_DECISION, number, issued_on, received_at, sender)


def answers_to(database: Database, document_id: str) -> tuple[Answer, ...]:
    """Return what was answered to a paper, the newest slip first."""
    found = database.rows(
        "select slip.kind, slip.number, slip.issued_on, slip.received_at, slip.sender,"
        " slip_line.document_id, slip_line.code, slip_line.verdict, slip_line.remarks"
        " from slip_line join slip on slip.id = slip_line.slip_id where slip_line.document_id = ?"
        " order by slip.issued_on desc, slip.rowid desc",
        (document_id,),
    )
    return tuple(map(_answer, found))


def _keep(  # noqa: PLR0917 - the columns of one row
    database: Database,
    content: bytes,
    kind: ReportKind,
    number: str,
    issued_on: date,
    received_at: datetime,
    sender: str,
) -> str:
    slip_id = new_id()
    database.insert(
        "slip",
        {
            "id": slip_id, "kind": kind.value, "sha256": hashlib.sha256(content).hexdigest(),
            "number": number, "issued_on": issued_on.isoformat(),
            "received_at": received_at.astimezone(UTC).isoformat(), "sender": sender, "content": content,
        },
    )  # fmt: skip
    return slip_id


def _answer(row: dict[str, Any]) -> Answer:
    return Answer(**{
        **row,
        "kind": ReportKind(row["kind"]),
        "issued_on": date.fromisoformat(row["issued_on"]),
        "received_at": datetime.fromisoformat(row["received_at"]),
        "remarks": tuple(Remark(*remark) for remark in json.loads(row["remarks"])),
    })  # fmt: skip
