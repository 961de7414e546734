"""What the second edition adds about members, and the companion registers that had no table.

A unit keeps these registers beside the list of members (HD 38-HD/BTCTW, 29/9/2025, §V.1).
"""

from __future__ import annotations

from typing import Final

__all__ = ["JOURNALLED", "STATEMENTS"]

JOURNALLED: Final[tuple[str, ...]] = ("register_entry",)

STATEMENTS: Final[tuple[str, ...]] = (
    """
    alter table member add column youth_union integer not null default 0 check (youth_union in (0, 1))
    """,
    """
    create table register_entry (
        id text primary key, member_id text not null references member(id) on delete cascade,
        kind text not null check (kind in ('reward', 'dossier', 'residence')),
        "on" text, back_on text, title text not null default '', organisation text not null default '',
        decision text not null default '', note text not null default '',
        check (date("on") = "on"), check (date(back_on) = back_on and back_on >= "on")
    ) strict
    """,
    """
    create index register_entry_member on register_entry (member_id)
    """,
)
