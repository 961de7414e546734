"""What the second edition adds about papers that travel, keys and organisations."""

from __future__ import annotations

from typing import Final

__all__ = ["JOURNALLED", "STATEMENTS"]

JOURNALLED: Final[tuple[str, ...]] = ()

STATEMENTS: Final[tuple[str, ...]] = (
    "alter table organisation_version add column parent_id text references unit(id)",
    "alter table signer add column revoked_since text check (date(revoked_since) = revoked_since)",
    "alter table signer add column revoked_because text not null default ''",
    # A paper of a kind that only a newer program knows must be kept too, so no list of kinds checks it here.
    """
    create table document_2 (
        id text primary key, kind text not null check (kind <> ''),
        term_id text not null references term(id), symbol text not null,
        number integer not null check (number > 0),
        period text not null, issued_on text not null, revision integer not null default 1,
        digest text not null, envelope text not null, meeting_id text references meeting(id), replaces text,
        review_period_id text references review_period(id),
        unique (term_id, symbol, number)
    ) strict
    """,
    "insert into document_2 select * from document",
    "drop table document",
    "alter table document_2 rename to document",
    "create index document_period on document (kind, period)",
    "create index document_meeting on document (meeting_id)",
    # Received files lie beside the book, what was answered stands with the file, and a roll-up names its
    # sources by digest: none of these was ever used.
    "drop table submission_file",
    "drop table rollup_source",
    "drop table submission_answer",
    """
    create table submission_2 (
        id text primary key, sha256 text not null unique, file text not null, received_at text not null,
        level text not null check (level in ('accept', 'note', 'hold', 'refuse')), code text not null,
        fields text not null, unit_id text not null default '',
        unit text not null default '', kind text check (kind <> ''),
        period text not null default '', number text not null default '',
        revision integer not null default 0, signer text not null default '', digest text not null default '',
        envelope text, counts integer not null check (counts in (0, 1)),
        decision text check (decision in ('accepted', 'returned', 'set_aside')), decided_at text,
        decided_by text not null default '', remarks text not null default '[]' check (json_valid(remarks)),
        answer_id text references document(id),
        found text not null default '[]' check (json_valid(found))
    ) strict
    """,
    """
    insert into submission_2 (
        id, sha256, file, received_at, level, code, fields, unit_id, unit, kind, period, number, revision,
        signer, digest, envelope, counts
    )
    select
        id, sha256, file, received_at, level, code, fields, unit_id, unit, kind, period, number, revision,
        signer, digest, envelope, counts
    from submission
    """,
    "drop table submission",
    "alter table submission_2 rename to submission",
    "create index submission_period on submission (kind, period, unit_id)",
    "create index submission_answered on submission (answer_id)",
    """
    create table dispatch (
        id text primary key, document_id text not null references document(id), sent_at text not null,
        place text not null default '', file text not null check (file <> ''), sha256 text not null
    ) strict
    """,
    "create index dispatch_document on dispatch (document_id)",
    # One slip answers for many papers, which the table of the first edition could not say; it was never used.
    "drop table receipt",
    """
    create table slip (
        id text primary key, kind text not null check (kind in ('receipt', 'return_slip', 'rating_decision')),
        sha256 text not null unique, number text not null default '', issued_on text not null,
        received_at text not null, sender text not null default '', content blob not null,
        check (date(issued_on) = issued_on)
    ) strict
    """,
    """
    create table slip_line (
        id text primary key, slip_id text not null references slip(id),
        document_id text not null references document(id), code text not null default '',
        verdict text not null default '', remarks text not null default '[]' check (json_valid(remarks))
    ) strict
    """,
    "create index slip_line_slip on slip_line (slip_id)",
    "create index slip_line_document on slip_line (document_id)",
    """
    create table trust_package (
        id text primary key, number integer not null unique, issued_at text not null,
        received_at text not null, sha256 text not null, content blob not null
    ) strict
    """,
)
