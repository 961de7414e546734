"""Tables of the yearly and quarterly review: what was proposed here, and what was decided above.

QĐ 366-QĐ/TW, 30/8/2025, and HD 43-HD/BTCTW, 31/10/2025; points are kept in tenths.
"""

from __future__ import annotations

from typing import Final

__all__ = ["JOURNALLED", "TABLES"]

JOURNALLED: Final = ("review_period", "rating", "rating_score", "organisation_rating")

_LEVELS: Final = "('excellent', 'good', 'completed', 'not_completed')"

TABLES: Final = f"""
create table review_period (
    id text primary key, kind text not null check (kind in ('year', 'quarter', 'term', 'occasion')),
    year integer not null check (year between 1930 and 9999),
    quarter integer check (quarter between 1 and 4), closing_on text not null,
    rule_set text not null default '', rules text not null default '{{}}' check (json_valid(rules)),
    meeting_id text references meeting(id) on delete set null,
    state text not null default 'draft' check (state in ('draft', 'open', 'closed', 'sent')),
    note text not null default '', check ((kind = 'quarter') = (quarter is not null)),
    check (date(closing_on) = closing_on)
) strict;
create unique index review_period_once on review_period (kind, year, coalesce(quarter, 0))
    where kind in ('year', 'quarter');
create index review_period_meeting on review_period (meeting_id);
create table rating (
    id text primary key, period_id text not null references review_period(id),
    member_id text not null references member(id),
    subject text not null default 'rated' check (subject in ('rated', 'not_subject', 'pending')),
    subject_reason text not null default '', common_tenths integer check (common_tenths between 0 and 1000),
    task_tenths integer check (task_tenths between 0 and 1000),
    bonus_tenths integer check (bonus_tenths between 0 and 1000),
    own_level text check (own_level in {_LEVELS}),
    employer_level text check (employer_level in {_LEVELS}),
    body_level text check (body_level in {_LEVELS}),
    committee_level text check (committee_level in {_LEVELS}),
    computed_level text check (computed_level in {_LEVELS}),
    proposed_level text check (proposed_level in {_LEVELS}),
    decided_level text check (decided_level in {_LEVELS}),
    override_reason text not null default '', decision text not null default '', decided_on text,
    votes_excellent integer check (votes_excellent >= 0), votes_good integer check (votes_good >= 0),
    votes_completed integer check (votes_completed >= 0),
    votes_not_completed integer check (votes_not_completed >= 0),
    votes_unrated integer check (votes_unrated >= 0), votes_invalid integer check (votes_invalid >= 0),
    excellent_for integer check (excellent_for >= 0),
    excellent_against integer check (excellent_against >= 0),
    vote_base integer check (vote_base >= 0),
    all_done integer check (all_done in (0, 1)),
    above_percent integer check (above_percent between 0 and 100),
    late_percent integer check (late_percent between 0 and 100),
    remedied_percent integer check (remedied_percent between 0 and 100),
    failing_case text not null default '',
    disciplined integer not null default 0 check (disciplined in (0, 1)),
    remarks text not null default '', revision integer not null default 1 check (revision > 0),
    unique (period_id, member_id), check (date(decided_on) = decided_on),
    check (subject = 'rated' or coalesce(proposed_level, decided_level) is null)
) strict;
create index rating_member on rating (member_id);
create table rating_score (
    id text primary key, rating_id text not null references rating(id) on delete cascade,
    criterion text not null, tenths integer not null check (tenths >= 0),
    reason text not null default '', unique (rating_id, criterion)
) strict;
create table organisation_rating (
    id text primary key, period_id text not null references review_period(id),
    organisation_id text references organisation(id), unit_id text references unit(id),
    common_tenths integer check (common_tenths between 0 and 1000),
    task_tenths integer check (task_tenths between 0 and 1000),
    own_level text check (own_level in {_LEVELS}),
    proposed_level text check (proposed_level in {_LEVELS}),
    decided_level text check (decided_level in {_LEVELS}),
    exemplary integer not null default 0 check (exemplary in (0, 1)),
    override_reason text not null default '', decision text not null default '', decided_on text,
    votes_excellent integer check (votes_excellent >= 0), votes_good integer check (votes_good >= 0),
    votes_completed integer check (votes_completed >= 0),
    votes_not_completed integer check (votes_not_completed >= 0),
    vote_base integer check (vote_base >= 0), remarks text not null default '',
    revision integer not null default 1 check (revision > 0),
    check ((organisation_id is null) <> (unit_id is null)), check (date(decided_on) = decided_on),
    check (exemplary = 0 or coalesce(decided_level, proposed_level, 'excellent') = 'excellent'),
    unique (period_id, organisation_id), unique (period_id, unit_id)
) strict;
"""
