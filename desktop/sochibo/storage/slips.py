"""What became of sealed papers: when they left on which stick, and what the committee answered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sochibo.rules.exchange_papers import Remark
from sochibo.rules.reports import ReportKind
from sochibo.storage.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.storage.database import Database

__all__ = ["Answer", "Dispatch", "add", "add_dispatch", "answers_to", "dispatches_of", "is_known"]


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
    slip_id = new_id()
    database.insert(
        "slip",
        {
            "id": slip_id, "kind": first.kind.value, "sha256": hashlib.sha256(content).hexdigest(),
            "number": first.number, "issued_on": first.issued_on.isoformat(),
            "received_at": first.received_at.astimezone(UTC).isoformat(), "sender": first.sender,
            "content": content,
        },
    )  # fmt: skip
    for answer in answers:
        remarks = [[one.place, one.name, one.text] for one in answer.remarks]
        database.insert(
            "slip_line",
            {
                "id": new_id(), "slip_id": slip_id, "document_id": answer.document_id, "code": answer.code,
                "verdict": answer.verdict, "remarks": json.dumps(remarks, ensure_ascii=False),
            },
        )  # fmt: skip


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


def _answer(row: dict[str, Any]) -> Answer:
    return Answer(**{
        **row,
        "kind": ReportKind(row["kind"]),
        "issued_on": date.fromisoformat(row["issued_on"]),
        "received_at": datetime.fromisoformat(row["received_at"]),
        "remarks": tuple(Remark(*remark) for remark in json.loads(row["remarks"])),
    })  # fmt: skip
