"""What the second edition adds about ratings: counts of ballots, older grades, what corrections replaced."""

from __future__ import annotations

from typing import Final

__all__ = ["JOURNALLED", "STATEMENTS"]

JOURNALLED: Final[tuple[str, ...]] = ("rating_ballot", "rating_revision")

_LEVELS: Final = "('excellent', 'good', 'completed', 'not_completed')"

STATEMENTS: Final[tuple[str, ...]] = (
    "alter table rating add column form text check (form in ('member', 'leader', 'outside'))",
    (
        "alter table rating add column subject_manual integer not null default 0"
        " check (subject_manual in (0, 1))"
    ),
    "alter table rating add column subject_note text not null default ''",
    "alter table rating add column reviewed_on text check (date(reviewed_on) = reviewed_on)",
    "alter table rating add column nominated integer not null default 0 check (nominated in (0, 1))",
    "alter table rating add column cap_group text not null default ''",
    "alter table rating add column rated_elsewhere text not null default ''",
    "alter table rating add column residence_on text check (date(residence_on) = residence_on)",
    "alter table rating add column residence_by text not null default ''",
    "alter table rating add column residence_comment text not null default ''",
    (
        "alter table rating_score add column grade text"
        " check (grade in ('excellent', 'good', 'average', 'poor'))"
    ),
    f"alter table organisation_rating add column computed_level text check (computed_level in {_LEVELS})",
    "alter table organisation_rating add column votes_unrated integer check (votes_unrated >= 0)",
    "alter table organisation_rating add column votes_invalid integer check (votes_invalid >= 0)",
    "alter table organisation_rating add column all_done integer check (all_done in (0, 1))",
    (
        "alter table organisation_rating add column above_percent integer"
        " check (above_percent between 0 and 100)"
    ),
    "alter table organisation_rating add column late_percent integer check (late_percent between 0 and 100)",
    (
        "alter table organisation_rating add column remedied_percent integer"
        " check (remedied_percent between 0 and 100)"
    ),
    "alter table organisation_rating add column failing_case text not null default ''",
    "alter table organisation_rating add column unrated_reason text not null default ''",
    """create table rating_ballot (
        id text primary key, period_id text not null references review_period(id),
        kind text not null check (kind in ('levels', 'excellent', 'organisation')),
        method text not null default 'ballot' check (method in ('ballot', 'card')),
        held_on text check (date(held_on) = held_on),
        summoned integer check (summoned >= 0), present integer check (present >= 0),
        issued integer check (issued >= 0), collected integer check (collected >= 0),
        valid integer check (valid >= 0), invalid integer check (invalid >= 0),
        tellers text not null default '', note text not null default '', unique (period_id, kind)
    ) strict""",
    """create table rating_revision (
        id text primary key, rating_id text references rating(id) on delete cascade,
        organisation_rating_id text references organisation_rating(id) on delete cascade,
        revision integer not null check (revision > 0), reason text not null check (reason <> ''),
        made_on text not null check (date(made_on) = made_on),
        record text not null check (json_valid(record)),
        check ((rating_id is null) <> (organisation_rating_id is null))
    ) strict""",
    "create index rating_revision_rating on rating_revision (rating_id, revision)",
    "create index rating_revision_organisation on rating_revision (organisation_rating_id, revision)",
)
