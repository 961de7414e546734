"""Tables of meetings and everything recorded in one, and of the work that follows from them."""

from __future__ import annotations

from typing import Final

__all__ = ["JOURNALLED", "TABLES"]

JOURNALLED: Final = (
    "meeting", "agenda_item", "guest", "mark", "speech", "vote", "task", "task_person", "task_figure",
    "proposal", "score", "resolution", "thematic_plan", "study_session",
)  # fmt: skip

TABLES: Final = """
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
    state text not null default 'planned' check (state in ('planned', 'recording', 'closed', 'sealed')),
    format text not null default 'in_person'
        check (format in ('in_person', 'online', 'hybrid', 'by_group', 'by_cluster')),
    group_id text references party_group(id), theme_group text not null default '',
    notice_on text, papers_on text, uploaded_on text,
    observer_id text references member(id), not_scored_reason text not null default '',
    framework text not null default '',
    own_rating text check (own_rating in ('good', 'fair', 'average', 'poor')),
    upper_rating text check (upper_rating in ('good', 'fair', 'average', 'poor')),
    upper_decided_by text not null default '', upper_decided_on text, note text not null default '',
    check (date("on") = "on"), check (date(notice_on) = notice_on), check (date(papers_on) = papers_on),
    check (date(uploaded_on) = uploaded_on), check (date(upper_decided_on) = upper_decided_on)
) strict;
create index meeting_on on meeting ("on");
create table agenda_item (
    id text primary key, meeting_id text not null references meeting(id), position integer not null,
    title text not null default '', presenter text not null default '', text text not null default '',
    conclusion text not null default '', presenter_id text references member(id),
    minutes integer check (minutes >= 0), carried_from text references agenda_item(id) on delete set null,
    finished integer not null default 1 check (finished in (0, 1))
) strict;
create index agenda_item_meeting on agenda_item (meeting_id, position);
create index agenda_item_carried on agenda_item (carried_from);
create table guest (
    id text primary key, meeting_id text not null references meeting(id), position integer not null,
    name text not null default '', post text not null default '',
    superior integer not null default 0 check (superior in (0, 1)), remarks text not null default '',
    organisation text not null default '', assigned integer not null default 0 check (assigned in (0, 1)),
    score_tenths integer check (score_tenths >= 0)
) strict;
create index guest_meeting on guest (meeting_id, position);
create table mark (
    id text primary key, meeting_id text not null references meeting(id),
    member_id text not null references member(id),
    attendance text not null check (attendance in ('present', 'excused', 'unexcused')),
    reason text check (reason in ('work', 'illness', 'maternity', 'family', 'study', 'weather', 'other')),
    note text not null default '', late integer not null default 0 check (late in (0, 1)),
    accepted_by text not null default '', unique (meeting_id, member_id)
) strict;
create index mark_member on mark (member_id);
create table speech (
    id text primary key, meeting_id text not null references meeting(id) on delete cascade,
    position integer not null, agenda_item_id text references agenda_item(id) on delete set null,
    member_id text references member(id), guest_id text references guest(id) on delete set null,
    speaker text not null default '', text text not null default '',
    answer text not null default '', check (member_id is null or guest_id is null)
) strict;
create index speech_meeting on speech (meeting_id, position);
create index speech_item on speech (agenda_item_id);
create index speech_member on speech (member_id);
create index speech_guest on speech (guest_id);
create table vote (
    id text primary key, meeting_id text not null references meeting(id), position integer not null,
    question text not null default '',
    vote_class text not null check (vote_class in ('majority', 'two_thirds')),
    method text not null check (method in ('card', 'ballot')), in_favour integer not null default 0,
    against integer not null default 0, other integer not null default 0, minority text not null default '',
    agenda_item_id text references agenda_item(id) on delete set null, base integer check (base >= 0),
    base_lines text not null default '[]' check (json_valid(base_lines)),
    blank integer check (blank >= 0), invalid integer check (invalid >= 0), tellers text not null default '',
    passed integer check (passed in (0, 1)),
    check (in_favour >= 0 and against >= 0 and other >= 0),
    check (in_favour + against + other <= base), check (coalesce(blank, 0) + coalesce(invalid, 0) <= other)
) strict;
create index vote_meeting on vote (meeting_id, position);
create index vote_item on vote (agenda_item_id);
create table task (
    id text primary key, meeting_id text not null references meeting(id), position integer not null,
    text text not null default '', assignees text not null default '', due text,
    done_percent integer check (done_percent between 0 and 100), result text not null default '',
    source text not null default 'meeting' check (source in ('meeting', 'resolution', 'yearly')),
    product text not null default '', state text check (state in (
        'not_started', 'under_way', 'regular', 'done', 'done_early', 'overdue', 'stopped'
    )),
    done_on text, report_meeting_id text references meeting(id) on delete set null,
    carried_from text references task(id) on delete set null,
    resolution_id text references resolution(id) on delete set null, evidence text not null default '',
    review text not null default '', check (date(due) = due), check (date(done_on) = done_on)
) strict;
create index task_meeting on task (meeting_id, position);
create index task_due on task (due);
create index task_report on task (report_meeting_id);
create index task_carried on task (carried_from);
create index task_resolution on task (resolution_id);
create table task_person (
    id text primary key, task_id text not null references task(id) on delete cascade,
    member_id text not null references member(id),
    role text not null default 'assignee' check (role in ('assignee', 'support', 'follower')),
    unique (task_id, member_id)
) strict;
create index task_person_member on task_person (member_id);
create table task_figure (
    id text primary key, task_id text not null references task(id) on delete cascade,
    position integer not null,
    name text not null check (name <> ''), measure text not null default '',
    planned integer not null, done integer,
    decimals integer not null default 0 check (decimals between 0 and 3)
) strict;
create index task_figure_task on task_figure (task_id, position);
create table proposal (
    id text primary key, meeting_id text not null references meeting(id) on delete cascade,
    position integer not null,
    member_id text references member(id), text text not null default '',
    state text not null default 'open' check (state in ('open', 'answered', 'forwarded', 'withdrawn')),
    answer text not null default '', answered_by text not null default '', answered_on text,
    answer_meeting_id text references meeting(id) on delete set null, forwarded_to text not null default '',
    check (date(answered_on) = answered_on)
) strict;
create index proposal_meeting on proposal (meeting_id, position);
create index proposal_member on proposal (member_id);
create index proposal_answer on proposal (answer_meeting_id);
create table score (
    id text primary key, meeting_id text not null references meeting(id), criterion text not null,
    tenths integer not null check (tenths >= 0), reason text not null default '',
    proposed_tenths integer check (proposed_tenths >= 0), upper_tenths integer check (upper_tenths >= 0),
    upper_reason text not null default '', unique (meeting_id, criterion)
) strict;
create table resolution (
    id text primary key, meeting_id text not null references meeting(id) on delete cascade,
    position integer not null,
    kind text not null check (kind in ('resolution', 'conclusion')), title text not null default '',
    results text not null default '', text text not null default '',
    vote_id text references vote(id) on delete set null
) strict;
create index resolution_meeting on resolution (meeting_id, position);
create index resolution_vote on resolution (vote_id);
create table thematic_plan (
    id text primary key, year integer not null check (year between 1930 and 9999),
    quarter integer not null check (quarter between 1 and 4), theme text not null check (theme <> ''),
    theme_group text not null default '', drafter_id text references member(id), draft_due text,
    planned_month text, meeting_id text unique references meeting(id) on delete set null,
    state text not null default 'planned'
        check (state in ('planned', 'drafted', 'approved', 'held', 'dropped')),
    note text not null default '', check (date(draft_due) = draft_due),
    check (date(planned_month || '-01') = planned_month || '-01')
) strict;
create index thematic_plan_year on thematic_plan (year, quarter);
create table study_session (
    id text primary key, "on" text not null, subject text not null check (subject <> ''),
    organiser text not null default '', meeting_id text references meeting(id) on delete set null,
    convened integer not null default 0 check (convened >= 0), present integer not null default 0,
    note text not null default '', check (date("on") = "on"), check (present between 0 and convened)
) strict;
create index study_session_on on study_session ("on");
create index study_session_meeting on study_session (meeting_id);
"""
