"""Tables of the papers issued here and sealed, and of what was received from others.

A paper with its number is journalled; files, receipts and what came in are facts of a day that nobody
undoes, so that they stand outside the journal.
"""

from __future__ import annotations

from typing import Final

__all__ = ["JOURNALLED", "TABLES"]

JOURNALLED: Final = ("document",)

_KINDS: Final = """(
        'minutes', 'summary', 'rollup', 'extract', 'resolution', 'notice', 'sign_in_sheet', 'score_sheet',
        'rating_minutes', 'rating_count', 'rating_list', 'rating_summary', 'unrated_list', 'rating_decision',
        'member_register', 'rating_rollup', 'movement', 'targets', 'receipt', 'return_slip', 'enrolment',
        'trust'
    )"""

TABLES: Final = f"""
create table document (
    id text primary key, kind text not null check (kind in {_KINDS}),
    term_id text not null references term(id), symbol text not null,
    number integer not null check (number > 0),
    period text not null, issued_on text not null, revision integer not null default 1, digest text not null,
    envelope text not null, meeting_id text references meeting(id), replaces text,
    review_period_id text references review_period(id),
    unique (term_id, symbol, number)
) strict;
create index document_period on document (kind, period);
create index document_meeting on document (meeting_id);
create table sealed_file (
    document_id text primary key references document(id), sha256 text not null, sealed_at text not null,
    sealed_by text not null, content blob not null
) strict;
create table receipt (
    id text primary key, document_id text not null references document(id),
    kind text not null check (kind in ('receipt', 'return_slip')), received_at text not null,
    sender text not null default '', code text not null default '',
    fields text not null default '{{}}' check (json_valid(fields)), field text not null default '',
    sha256 text not null unique, content blob not null
) strict;
create index receipt_document on receipt (document_id);
create table submission (
    id text primary key, sha256 text not null unique, file text not null, received_at text not null,
    level text not null check (level in ('accept', 'note', 'hold', 'refuse')), code text not null,
    fields text not null, unit_id text not null default '',
    unit text not null default '', kind text check (kind in {_KINDS}),
    period text not null default '', number text not null default '',
    revision integer not null default 0, signer text not null default '', digest text not null default '',
    envelope text, counts integer not null check (counts in (0, 1))
) strict;
create index submission_period on submission (kind, period, unit_id);
create table submission_file (
    submission_id text primary key references submission(id), content blob not null
) strict;
create table submission_answer (
    id text primary key, submission_id text not null references submission(id),
    kind text not null check (kind in ('receipt', 'return_slip')), issued_at text not null,
    text text not null default '', field text not null default '', document_id text references document(id),
    sha256 text not null default '', content blob
) strict;
create index submission_answer_submission on submission_answer (submission_id);
create table rollup_source (
    id text primary key, document_id text not null references document(id),
    submission_id text not null references submission(id), digest text not null,
    unique (document_id, submission_id)
) strict;
"""
