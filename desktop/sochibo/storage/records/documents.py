"""Issued papers and their sealed files, as rows of one book."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sochibo.messages import N_
from sochibo.rules.reports import ReportKind
from sochibo.storage.engine.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sochibo.documents.envelopes import Envelope
    from sochibo.storage.engine.database import Database

__all__ = [
    "DOCUMENT_STATE_LABELS", "Document", "DocumentState", "add", "all_of", "countersigned_by",
    "countersigned_roles", "envelope", "get", "is_taken", "keep_countersigned", "keep_sealed", "last_of",
    "minutes_of", "next_number", "of_digest", "of_meeting", "of_period", "sealed", "that_grew_into",
]  # fmt: skip


class DocumentState(StrEnum):
    """How far a paper has come: on its way up, and what came back."""

    ISSUED = "issued"
    SEALED = "sealed"
    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"


DOCUMENT_STATE_LABELS = {
    DocumentState.ISSUED: N_("Issued"),
    DocumentState.SEALED: N_("Sealed"),
    DocumentState.SENT: N_("Sent"),
    DocumentState.RECEIVED: N_("Received"),
    DocumentState.RETURNED: N_("Returned"),
}
_ANSWERED = {"receipt": DocumentState.RECEIVED, "return_slip": DocumentState.RETURNED}


@dataclass(frozen=True, slots=True)
class Document:
    """A paper with its number; `digest` is that of its data, which never change once issued."""

    id: str
    kind: ReportKind
    number: str
    period: str
    issued_on: date
    revision: int
    digest: str
    state: DocumentState
    meeting_id: str | None
    sealed_at: datetime | None
    sealed_by: str
    sent_at: datetime | None = None

    @property
    def is_sealed(self) -> bool:
        """Tell whether the paper bears its seal, wherever it went since."""
        return self.sealed_at is not None


# The number in words stands in the envelope alone: the symbol of an organisation may change later.
_SELECT = """
select document.id, document.kind, document.period, document.issued_on, document.revision, document.digest,
       document.meeting_id, json_extract(document.envelope, '$.number') as number,
       sealed_file.sealed_at, sealed_file.sealed_by,
       (select max(sent_at) from dispatch where dispatch.document_id = document.id) as sent_at,
       (select slip.kind from slip_line join slip on slip.id = slip_line.slip_id
        where slip_line.document_id = document.id and slip.kind in ('receipt', 'return_slip')
        order by slip.issued_on desc, slip.rowid desc limit 1)
       as answer
from document left join sealed_file on sealed_file.document_id = document.id
"""


def next_number(database: Database, term_id: str, symbol: str) -> int:
    """Return the next number of a symbol in a term, counted from 1."""
    found = database.rows(
        "select coalesce(max(number), 0) + 1 as next from document where term_id = ? and symbol = ?",
        (term_id, symbol),
    )
    return int(next(iter(found))["next"])


def is_taken(database: Database, term_id: str, symbol: str, number: int) -> bool:
    """Tell whether a paper of a term bears a number already."""
    found = database.rows(
        "select 1 from document where term_id = ? and symbol = ? and number = ?", (term_id, symbol, number)
    )
    return next(iter(found), None) is not None


def add(
    database: Database,
    envelope: Envelope,
    *,
    term_id: str,
    symbol: str,
    number: int,
    meeting_id: str | None = None,
    review_period_id: str | None = None,
) -> str:
    """Record an issued paper with its canonical data; returns its id."""
    from sochibo.documents import envelopes

    key = new_id()
    database.insert(
        "document",
        {
            "id": key, "kind": envelope.kind.value, "term_id": term_id, "symbol": symbol, "number": number,
            "period": envelope.period, "issued_on": envelope.issued_on.isoformat(),
            "revision": envelope.revision, "digest": envelopes.digest(envelope),
            "envelope": envelopes.encode(envelope).decode(), "meeting_id": meeting_id,
            "review_period_id": review_period_id, "replaces": envelope.replaces,
        },
    )  # fmt: skip
    return key


def all_of(database: Database, kind: ReportKind | None = None) -> tuple[Document, ...]:
    """Return the papers of one kind, or all, newest first."""
    found = database.rows(
        f"{_SELECT} where :kind is null or document.kind = :kind"
        " order by document.issued_on desc, document.rowid desc",
        {"kind": kind.value if kind else None},
    )
    return tuple(map(_document, found))


def get(database: Database, document_id: str) -> Document:
    """Return one paper; raises KeyError."""
    for row in database.rows(f"{_SELECT} where document.id = ?", (document_id,)):
        return _document(row)
    raise KeyError(document_id)


def last_of(database: Database, kind: ReportKind) -> Document | None:
    """Return the paper of a kind that was issued last, whatever its date."""
    found = database.rows(
        f"{_SELECT} where document.kind = ? order by document.rowid desc limit 1", (kind.value,)
    )
    return next(map(_document, found), None)


def of_period(database: Database, kind: ReportKind, period: str) -> Document | None:
    """Return the newest revision of the paper of a kind for a period."""
    found = database.rows(
        f"{_SELECT} where document.kind = ? and document.period = ? order by document.revision desc limit 1",
        (kind.value, period),
    )
    return next(map(_document, found), None)


def of_meeting(database: Database, kind: ReportKind, meeting_id: str) -> Document | None:
    """Return the newest revision of the paper of a kind that follows from a meeting."""
    found = database.rows(
        f"{_SELECT} where document.kind = ? and document.meeting_id = ?"
        " order by document.revision desc limit 1",
        (kind.value, meeting_id),
    )
    return next(map(_document, found), None)


def of_digest(database: Database, digest: str) -> Document | None:
    """Return the paper with these data."""
    found = database.rows(f"{_SELECT} where document.digest = ? limit 1", (digest,))
    return next(map(_document, found), None)


def minutes_of(database: Database, meeting_id: str) -> Document | None:
    """Return the minutes of a meeting, if they are closed."""
    return of_meeting(database, ReportKind.MINUTES, meeting_id)


def envelope(database: Database, document_id: str) -> Envelope:
    """Return the data of a paper; raises KeyError."""
    from sochibo.documents import envelopes

    for row in database.rows("select envelope from document where id = ?", (document_id,)):
        return envelopes.decode(str(row["envelope"]).encode())
    raise KeyError(document_id)


def sealed(database: Database, document_id: str) -> bytes | None:
    """Return the sealed file of a paper with all its signatures, if there is one."""
    found = database.rows(
        "select content, sealed_at, 1 as later from countersigned_file where document_id = :id"
        " union all select content, sealed_at, 0 from sealed_file where document_id = :id"
        " order by later desc, sealed_at desc limit 1",
        {"id": document_id},
    )
    return next((bytes(row["content"]) for row in found), None)


def that_grew_into(database: Database, content: bytes) -> Document | None:
    """Return the paper whose sealed file is the beginning of a longer one."""
    found = database.rows(
        "select document_id from ("
        " select document_id, content from sealed_file"
        " union all select document_id, content from countersigned_file)"
        " where length(content) < length(:whole) and content = substr(:whole, 1, length(content))"
        " order by length(content) desc limit 1",
        {"whole": content},
    )
    return next((get(database, row["document_id"]) for row in found), None)


def keep_sealed(database: Database, document_id: str, content: bytes, by: str, at: datetime) -> None:
    """Keep the sealed file of a paper, for good."""
    database.insert(
        "sealed_file",
        {
            "document_id": document_id, "sha256": hashlib.sha256(content).hexdigest(),
            "sealed_at": at.astimezone(UTC).isoformat(), "sealed_by": by, "content": content,
        },
    )  # fmt: skip


def keep_countersigned(
    database: Database, document_id: str, role: str, content: bytes, by: str, at: datetime
) -> None:
    """Keep a sealed file with one signature more beside the one before it: neither is ever overwritten."""
    database.insert(
        "countersigned_file",
        {
            "id": new_id(), "document_id": document_id, "role": role,
            "sha256": hashlib.sha256(content).hexdigest(), "sealed_at": at.astimezone(UTC).isoformat(),
            "sealed_by": by, "content": content,
        },
    )  # fmt: skip


def countersigned_by(database: Database, document_id: str) -> tuple[str, ...]:
    """Return who signed a sealed paper after the first, in order."""
    found = database.rows(
        "select sealed_by from countersigned_file where document_id = ? order by id", (document_id,)
    )
    return tuple(row["sealed_by"] for row in found)


def countersigned_roles(database: Database, document_id: str) -> tuple[str, ...]:
    """Return the fields of a sealed paper that were signed after the first, in order."""
    found = database.rows(
        "select role from countersigned_file where document_id = ? order by id", (document_id,)
    )
    return tuple(row["role"] for row in found)


def _document(row: Mapping[str, Any]) -> Document:
    return Document(
        id=row["id"],
        kind=ReportKind(row["kind"]),
        number=row["number"],
        period=row["period"],
        issued_on=date.fromisoformat(row["issued_on"]),
        revision=row["revision"],
        digest=row["digest"],
        state=_state(row),
        meeting_id=row["meeting_id"],
        sealed_at=_time(row["sealed_at"]),
        sealed_by=row["sealed_by"] or "",
        sent_at=_time(row["sent_at"]),
    )


def _state(row: Mapping[str, Any]) -> DocumentState:
    """Return how far a paper has come: the newest answer tells more than that it was sent."""
    if row["answer"]:
        return _ANSWERED[row["answer"]]
    if row["sent_at"]:
        return DocumentState.SENT
    return DocumentState.SEALED if row["sealed_at"] else DocumentState.ISSUED


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
