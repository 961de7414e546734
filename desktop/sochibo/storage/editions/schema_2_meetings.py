"""What the second edition adds about meetings: their plan, their record, the work that follows."""

from __future__ import annotations

from typing import Final

__all__ = ["JOURNALLED", "STATEMENTS"]

JOURNALLED: Final[tuple[str, ...]] = (
    "framework_choice",
    "correction",
    "unheld_month",
)

STATEMENTS: Final[tuple[str, ...]] = (
    """
    create table framework_choice (
        id text primary key, framework text not null check (framework <> ''), since text not null unique,
        check (date(since) = since)
    ) strict
    """,
    "alter table meeting add column rating_reason text not null default ''",
    "alter table meeting add column score_vote_id text references vote(id) on delete set null",
    "alter table meeting add column upper_tenths integer check (upper_tenths >= 0)",
    "alter table meeting add column upper_note text not null default ''",
    "create index meeting_score_vote on meeting (score_vote_id)",
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
    """
    create table unheld_month (
        id text primary key, month text not null unique check (month glob '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
        reason text not null check (reason <> '')
    ) strict
    """,
    """
    create table countersigned_file (
        id text primary key, document_id text not null references document(id), role text not null,
        sha256 text not null, sealed_at text not null, sealed_by text not null, content blob not null,
        unique (document_id, role)
    ) strict
    """,
)
