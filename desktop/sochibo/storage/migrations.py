"""The schema, step by step; a step that has landed is never edited, a new one follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.storage.connection import Migrations

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["APPLICATION_ID", "JOURNALLED", "SCHEMA_NUMBER", "migrations"]

APPLICATION_ID: Final = 0x53434231
"""`SCB1` in the file's header."""

SCHEMA_NUMBER: Final = 1
"""PRAGMA user_version; a file with a greater one is refused."""

migrations = Migrations("sochibo")

JOURNALLED: Final = (
    "organisation", "term", "member", "member_event", "meeting", "agenda_item", "guest", "mark", "vote",
    "task", "score", "document", "unit", "signer",
)  # fmt: skip
"""Tables whose every change is journalled and can be undone."""

FIRST: Final = """
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
    secretary text not null default '', secretary_office text not null default 'BÍ THƯ'
) strict;
create table term (
    id text primary key, name text not null check (name <> ''), start text not null, end text,
    check (end is null or end >= start)
) strict;
create table member (
    id text primary key, name text not null check (name <> ''), birth_name text not null default '',
    birth text,
    sex text check (sex in ('male', 'female')), ethnicity text not null default '',
    religion text not null default '',
    home_place text not null default '', residence text not null default '',
    education text not null default '',
    political_theory text not null default '', profession text not null default '',
    foreign_language text not null default '', job_before text not null default '',
    job_now text not null default '',
    office text not null default '', phone text not null default '', identity_no text not null default '',
    card_no text not null default '', cv_no text not null default '', badge_no text not null default '',
    register_no text not null default '', note text not null default ''
) strict;
create table member_event (
    id text primary key, member_id text not null references member(id),
    kind text not null check (kind in (
        'admission', 'readmission', 'recognition', 'transfer_in', 'transfer_out', 'temporary_in',
        'temporary_out', 'exemption', 'temporary_exemption', 'suspension', 'special_duty', 'resumption',
        'restoration', 'withdrawal', 'strike_off', 'expulsion', 'cancellation', 'death'
    )),
    "on" text, until text,
    decision text not null default '', note text not null default ''
) strict;
create index member_event_member on member_event (member_id, "on");
create table meeting (
    id text primary key,
    kind text not null check (kind in (
        'regular', 'thematic', 'combined', 'extraordinary', 'cell_committee', 'group', 'congress',
        'extraordinary_congress', 'review', 'admission', 'other'
    )),
    "on" text not null, start text not null default '',
    end text not null default '', place text not null default '', theme text not null default '',
    chair_id text references member(id), minute_taker_id text references member(id),
    fee_note text not null default '', conclusion text not null default '',
    rating_note text not null default '',
    adopted integer not null default 0 check (adopted in (0, 1)),
    state text not null default 'planned' check (state in ('planned', 'recording', 'closed', 'sealed'))
) strict;
create index meeting_on on meeting ("on");
create table agenda_item (
    id text primary key, meeting_id text not null references meeting(id), position integer not null,
    title text not null default '', presenter text not null default '', text text not null default '',
    conclusion text not null default ''
) strict;
create index agenda_item_meeting on agenda_item (meeting_id, position);
create table guest (
    id text primary key, meeting_id text not null references meeting(id), position integer not null,
    name text not null default '', post text not null default '',
    superior integer not null default 0 check (superior in (0, 1)), remarks text not null default ''
) strict;
create index guest_meeting on guest (meeting_id, position);
create table mark (
    id text primary key, meeting_id text not null references meeting(id),
    member_id text not null references member(id),
    attendance text not null check (attendance in ('present', 'excused', 'unexcused')),
    reason text check (reason in ('work', 'illness', 'maternity', 'family', 'study', 'weather', 'other')),
    note text not null default '', unique (meeting_id, member_id)
) strict;
create index mark_member on mark (member_id);
create table vote (
    id text primary key, meeting_id text not null references meeting(id), position integer not null,
    question text not null default '',
    vote_class text not null check (vote_class in ('majority', 'two_thirds')),
    method text not null check (method in ('card', 'ballot')), in_favour integer not null default 0,
    against integer not null default 0, other integer not null default 0, minority text not null default '',
    check (in_favour >= 0 and against >= 0 and other >= 0)
) strict;
create index vote_meeting on vote (meeting_id, position);
create table task (
    id text primary key, meeting_id text not null references meeting(id), position integer not null,
    text text not null default '', assignees text not null default '', due text,
    done_percent integer check (done_percent between 0 and 100), result text not null default ''
) strict;
create index task_meeting on task (meeting_id, position);
create index task_due on task (due);
create table score (
    id text primary key, meeting_id text not null references meeting(id), criterion text not null,
    tenths integer not null check (tenths >= 0), reason text not null default '',
    unique (meeting_id, criterion)
) strict;
create table document (
    id text primary key, kind text not null check (kind in ('minutes', 'summary', 'rollup')),
    term_id text not null references term(id), symbol text not null,
    number integer not null check (number > 0),
    period text not null, issued_on text not null, revision integer not null default 1, digest text not null,
    envelope text not null, meeting_id text references meeting(id), replaces text,
    unique (term_id, symbol, number)
) strict;
create index document_period on document (kind, period);
create table sealed_file (
    document_id text primary key references document(id), sha256 text not null, sealed_at text not null,
    sealed_by text not null, content blob not null
) strict;
create table signing_key (
    id text primary key, purpose text not null check (purpose in ('signer', 'authority')),
    person text not null,
    fingerprint text not null, not_after text not null, issued integer not null, made_at text not null,
    pkcs12 blob not null
) strict;
create table unit (
    id text primary key, name text not null check (name <> ''), since text not null, until text
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
create table submission (
    id text primary key, sha256 text not null unique, file text not null, received_at text not null,
    level text not null check (level in ('accept', 'note', 'hold', 'refuse')), code text not null,
    fields text not null, unit_id text not null default '',
    unit text not null default '', kind text check (kind in ('minutes', 'summary', 'rollup')),
    period text not null default '', number text not null default '',
    revision integer not null default 0, signer text not null default '', digest text not null default '',
    envelope text, counts integer not null check (counts in (0, 1))
) strict;
create index submission_period on submission (kind, period, unit_id);
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
create index action_state on action (state);
create index journal_action on journal (action_seq);
create index journal_record on journal (kind, record_id);
create table journal_state (
    id integer primary key check (id = 1), action_seq integer, replaying integer not null default 0
) strict;
create table holder (
    id integer primary key check (id = 1), who text not null, pc text not null, since text not null
) strict;
create table preference (name text primary key, value text not null) strict;
"""


@migrations()
def make_first_schema(database: Database) -> None:
    """Make the tables of the first edition; `upgrade.make` adds the journal's triggers."""
    for statement in FIRST.split(";"):
        if statement.strip():
            database.execute(statement)
    database.execute("insert into journal_state (id) values (1)")
