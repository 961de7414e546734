"""Tables of organisations, their terms and bodies, and of whoever signs for them."""

from __future__ import annotations

from typing import Final

__all__ = ["JOURNALLED", "TABLES"]

JOURNALLED: Final = (
    "organisation", "term", "party_group", "unit", "organisation_event", "organisation_party",
    "organisation_version", "target", "signer",
)  # fmt: skip

TABLES: Final = """
create table book (
    id text primary key, kind text not null check (kind in ('cell', 'committee')), made_at text not null,
    organisation_id text not null references organisation(id) deferrable initially deferred
) strict;
create table organisation (
    id text primary key, kind text not null check (kind in ('cell', 'committee')),
    name text not null check (name <> ''), superior text not null, place text not null, symbol text not null,
    code text not null default '',
    regular_day integer not null default 3 check (regular_day between 1 and 31),
    regular_time text not null default '19:30', regular_place text not null default '',
    secretary text not null default '', secretary_office text not null default 'BÍ THƯ',
    type text not null default '', valid_from text, valid_to text,
    check (date(valid_from) = valid_from), check (date(valid_to) = valid_to and valid_to >= valid_from)
) strict;
create table term (
    id text primary key, name text not null check (name <> ''), start text not null, end text,
    congress text not null default '',
    check (date(start) = start), check (date(end) = end and end >= start)
) strict;
create table party_group (
    id text primary key, name text not null check (name <> ''), since text not null, until text,
    check (date(since) = since), check (date(until) = until and until >= since)
) strict;
create table unit (
    id text primary key, name text not null check (name <> ''), since text not null, until text,
    parent_id text references unit(id), type text not null default '', code text not null default '',
    symbol text not null default '', place text not null default '', secretary text not null default '',
    has_committee integer check (has_committee in (0, 1)), note text not null default '',
    check (parent_id <> id), check (date(since) = since), check (date(until) = until)
) strict;
create index unit_parent on unit (parent_id);
create table organisation_event (
    id text primary key,
    kind text not null check (kind in (
        'founding', 'rename', 'merge', 'split', 'move', 'change_of_type', 'close'
    )),
    "on" text not null, decision text not null default '', note text not null default '',
    check (date("on") = "on")
) strict;
create index organisation_event_on on organisation_event ("on");
create table organisation_party (
    id text primary key, event_id text not null references organisation_event(id) on delete cascade,
    organisation_id text references organisation(id), unit_id text references unit(id),
    side text not null check (side in ('before', 'after', 'both')),
    check ((organisation_id is null) <> (unit_id is null)),
    unique (event_id, organisation_id), unique (event_id, unit_id)
) strict;
create table organisation_version (
    id text primary key, organisation_id text references organisation(id), unit_id text references unit(id),
    name text not null check (name <> ''), superior text not null default '', type text not null default '',
    code text not null default '', valid_from text not null, valid_to text,
    event_id text references organisation_event(id) on delete set null,
    check ((organisation_id is null) <> (unit_id is null)),
    check (date(valid_from) = valid_from), check (date(valid_to) = valid_to and valid_to >= valid_from),
    unique (organisation_id, valid_from), unique (unit_id, valid_from)
) strict;
create table target (
    id text primary key, organisation_id text references organisation(id), unit_id text references unit(id),
    indicator text not null check (indicator <> ''),
    period_kind text not null check (period_kind in ('year', 'term')), year integer,
    term_id text references term(id), comparison text not null check (comparison in ('>=', '<=', '=')),
    value integer not null, decimals integer not null default 0 check (decimals between 0 and 3),
    measure text not null check (measure in ('percent', 'count')), numerator integer, denominator integer,
    counted_as text not null default '', source text not null default '', note text not null default '',
    check ((organisation_id is null) <> (unit_id is null)),
    check ((period_kind = 'year') = (year is not null)),
    check ((period_kind = 'term') = (term_id is not null)),
    check (denominator >= 0)
) strict;
create index target_year on target (year, indicator);
create table signing_key (
    id text primary key, purpose text not null check (purpose in ('signer', 'authority')),
    person text not null,
    fingerprint text not null, not_after text not null, issued integer not null, made_at text not null,
    pkcs12 blob not null
) strict;
create table signer (
    id text primary key, unit_id text not null references unit(id), person text not null,
    fingerprint text not null unique, serial text not null, valid_from text not null, valid_to text,
    certificate text not null
) strict;
create table trust_state (
    id integer primary key check (id = 1), number integer not null, revocation_list text not null,
    issued_at text not null
) strict;
"""
