"""Tables of members, of what happened to them, and of people on their way to membership.

A day may be known only by its month or year; such a column takes `2026`, `2026-11` and `2026-11-05`.
"""

from __future__ import annotations

from typing import Final

__all__ = ["JOURNALLED", "TABLES"]

JOURNALLED: Final = (
    "member", "member_event", "office", "group_member", "candidate", "training", "badge", "commitment",
    "file_supplement",
)  # fmt: skip

TABLES: Final = """
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
    register_no text not null default '', note text not null default '',
    soldier integer not null default 0 check (soldier in (0, 1)),
    police integer not null default 0 check (police in (0, 1)),
    retired integer not null default 0 check (retired in (0, 1)),
    card_on text, gap_months integer not null default 0 check (gap_months >= 0), missing_since text,
    check (length(birth) in (4, 7, 10)),
    check (date(substr(birth || '-01-01', 1, 10)) = substr(birth || '-01-01', 1, 10)),
    check (date(card_on) = card_on), check (date(missing_since) = missing_since)
) strict;
create table member_event (
    id text primary key, member_id text not null references member(id),
    kind text not null check (kind in (
        'admission', 'readmission', 'recognition', 'transfer_in', 'transfer_out', 'temporary_in',
        'temporary_out', 'exemption', 'temporary_exemption', 'suspension', 'special_duty', 'resumption',
        'restoration', 'withdrawal', 'strike_off', 'expulsion', 'cancellation', 'death', 'name_change'
    )),
    "on" text, until text,
    decision text not null default '', note text not null default '',
    decided_on text, decided_by text not null default '', resolved_on text,
    meeting_id text references meeting(id) on delete set null, vote_base integer check (vote_base >= 0),
    in_favour integer check (in_favour >= 0), against integer check (against >= 0),
    helpers text not null default '', reason text not null default '',
    other_organisation text not null default '', fees_paid_until text,
    certificate text not null default '', former_name text not null default '',
    notified_on text,
    check (length("on") in (4, 7, 10)),
    check (date(substr("on" || '-01-01', 1, 10)) = substr("on" || '-01-01', 1, 10)),
    check (length(until) in (4, 7, 10)),
    check (date(substr(until || '-01-01', 1, 10)) = substr(until || '-01-01', 1, 10)),
    check (date(decided_on) = decided_on), check (date(resolved_on) = resolved_on),
    check (date(fees_paid_until || '-01') = fees_paid_until || '-01'),
    check (date(notified_on) = notified_on), check (in_favour + against <= vote_base)
) strict;
create index member_event_member on member_event (member_id, "on");
create index member_event_meeting on member_event (meeting_id);
create table office (
    id text primary key, member_id text not null references member(id) on delete cascade,
    kind text not null check (kind in (
        'secretary', 'deputy_secretary', 'committee_member', 'group_leader', 'deputy_group_leader', 'other'
    )),
    title text not null default '', group_id text references party_group(id),
    term_id text references term(id), since text not null, until text,
    way text not null default 'elected' check (way in ('elected', 'appointed')),
    decision text not null default '', note text not null default '',
    check (date(since) = since), check (date(until) = until and until >= since),
    check (kind not in ('group_leader', 'deputy_group_leader') or group_id is not null)
) strict;
create index office_member on office (member_id, since);
create table group_member (
    id text primary key, group_id text not null references party_group(id),
    member_id text not null references member(id) on delete cascade, since text not null, until text,
    check (date(since) = since), check (date(until) = until and until >= since),
    unique (member_id, since)
) strict;
create index group_member_group on group_member (group_id);
create table candidate (
    id text primary key, name text not null check (name <> ''), birth text,
    sex text check (sex in ('male', 'female')), residence text not null default '',
    job text not null default '', resolved_on text, meeting_id text references meeting(id) on delete set null,
    helpers text not null default '', certificate text not null default '', certificate_on text,
    certificate_until text,
    state text not null default 'listed'
        check (state in ('listed', 'trained', 'proposed', 'admitted', 'dropped')),
    member_id text unique references member(id) on delete set null, note text not null default '',
    check (length(birth) in (4, 7, 10)),
    check (date(substr(birth || '-01-01', 1, 10)) = substr(birth || '-01-01', 1, 10)),
    check (date(resolved_on) = resolved_on), check (date(certificate_on) = certificate_on),
    check (date(certificate_until) = certificate_until)
) strict;
create table training (
    id text primary key, member_id text not null references member(id) on delete cascade,
    kind text not null check (kind in (
        'awareness', 'new_member', 'theory_elementary', 'theory_intermediate', 'theory_advanced',
        'committee_skills', 'resolution_study', 'other'
    )),
    title text not null default '', finished_on text, certificate text not null default '',
    result text not null default '', valid_until text, note text not null default '',
    check (length(finished_on) in (4, 7, 10)),
    check (date(substr(finished_on || '-01-01', 1, 10)) = substr(finished_on || '-01-01', 1, 10)),
    check (date(valid_until) = valid_until)
) strict;
create index training_member on training (member_id);
create table badge (
    id text primary key, member_id text not null references member(id) on delete cascade,
    years integer not null check (years in (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)),
    state text not null default 'due'
        check (state in ('due', 'proposed', 'awarded', 'declined', 'posthumous')),
    batch_on text, awarded_on text, badge_no text not null default '', decision text not null default '',
    early_reason text not null default '', note text not null default '', unique (member_id, years),
    check (date(batch_on) = batch_on), check (length(awarded_on) in (4, 7, 10)),
    check (date(substr(awarded_on || '-01-01', 1, 10)) = substr(awarded_on || '-01-01', 1, 10))
) strict;
create table commitment (
    id text primary key, member_id text not null references member(id) on delete cascade,
    year integer not null check (year between 1930 and 9999), signed_on text,
    content text not null default '', result text not null default '',
    note text not null default '', unique (member_id, year),
    check (date(signed_on) = signed_on)
) strict;
create table file_supplement (
    id text primary key, member_id text not null references member(id) on delete cascade,
    year integer not null check (year between 1930 and 9999), confirmed_on text,
    note text not null default '', unique (member_id, year), check (date(confirmed_on) = confirmed_on)
) strict;
"""
