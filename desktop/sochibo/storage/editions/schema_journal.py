"""Tables of the acts and their journal, of who has the book open, and of the list of what can be searched."""

from __future__ import annotations

from typing import Final

__all__ = ["TABLES"]

TABLES: Final = """
create table action (
    seq integer primary key, id text not null unique, template text not null, fields text not null,
    changes integer not null default 0, by text not null, at text not null, merge_key text,
    state text not null default 'done' check (state in ('done', 'undone', 'dropped')),
    lasting integer not null default 0
) strict;
create table journal (
    seq integer primary key, action_seq integer not null references action(seq), kind text not null,
    record_id text not null, operation text not null check (operation in ('insert', 'update', 'delete')),
    before text, after text, at text not null
) strict;
create index action_state on action (seq) where state = 'undone';
create index journal_action on journal (action_seq);
create index journal_record on journal (kind, record_id);
create table journal_state (
    id integer primary key check (id = 1), action_seq integer, replaying integer not null default 0
) strict;
create table holder (
    id integer primary key check (id = 1), who text not null, pc text not null, since text not null
) strict;
create table preference (name text primary key, value text not null) strict;
create table search_entry (
    id integer primary key, kind text not null, record_id text not null, unique (kind, record_id)
) strict;
create virtual table search using fts5 (
    title, short, body, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
);
"""
