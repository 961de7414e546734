"""What the second edition adds about meetings: their plan, their record, the work that follows."""

from __future__ import annotations

from typing import Final

__all__ = ["JOURNALLED", "STATEMENTS"]

JOURNALLED: Final[tuple[str, ...]] = ("correction",)

STATEMENTS: Final[tuple[str, ...]] = (
    """
    create table correction (
        id text primary key, meeting_id text not null references meeting(id), position integer not null,
        "on" text not null, by text not null default '', reason text not null check (reason <> ''),
        document_id text not null references document(id), number text not null default '',
        check (date("on") = "on")
    ) strict
    """,
    "create index correction_meeting on correction (meeting_id, position)",
    "create index correction_document on correction (document_id)",
)
