"""What the third edition adds: what a committee decided of the members whom its cells named.

A committee's book has no members of its own: they are known by cell, name and year of birth, as the list
that the cell sent names them.
"""

from __future__ import annotations

from typing import Final

__all__ = ["JOURNALLED", "STATEMENTS"]

JOURNALLED: Final[tuple[str, ...]] = ("decided_member", "official_root")

STATEMENTS: Final[tuple[str, ...]] = (
    "alter table review_period add column held_on text check (date(held_on) = held_on)",
    "alter table review_period add column grounds text not null default ''",
    """
    create table decided_member (
        id text primary key, period_id text not null references review_period(id),
        unit_id text not null references unit(id), name text not null check (name <> ''),
        birth text not null default '',
        level text check (level in ('excellent', 'good', 'completed', 'not_completed')),
        reason text not null default '', unique (period_id, unit_id, name, birth)
    ) strict
    """,
    "create index decided_member_unit on decided_member (unit_id)",
    # Roots of other authorities were preferences, of which the journal keeps no before and after.
    """
    create table official_root (
        id text primary key, certificate text not null, revocation_list text not null default '',
        imported_at text, ended_at text
    ) strict
    """,
    """
    insert into official_root (id, certificate, revocation_list)
    select
        substr(root.name, 15), root.value,
        coalesce((select value from preference where name = 'official_list:' || substr(root.name, 15)), '')
    from preference as root where root.name like 'official@_root:%' escape '@' and root.value <> ''
    """,
    "delete from preference where substr(name, 1, 14) in ('official_root:', 'official_list:')",
    # Outside the journal, which would keep a picture that its owner took away.
    "create table signature_picture (key text primary key, png blob not null) strict",
)
