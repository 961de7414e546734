"""Who is rated: everybody on the roll but the exempt, the suspended and the newly admitted."""

from __future__ import annotations

import pytest
from ratings import events, review, sentences

from sochibo.rules.members.members import EventKind
from sochibo.rules.ratings.rating_rules import SubjectRules
from sochibo.rules.ratings.rating_subjects import SubjectStatus, left_during, subject_on
from sochibo.rules.ratings.ratings import (
    NOT_SUBJECT_REASONS,
    PENDING_REASONS,
    NoLevelReason,
    Subject,
    subject_of,
)

ADMITTED, RECOGNISED = (EventKind.ADMISSION, "2010-05-19"), (EventKind.RECOGNITION, "2011-05-19")
RULES = SubjectRules()


def status(*told: tuple[EventKind, str | None], rules: SubjectRules = RULES) -> SubjectStatus:
    return subject_on("Lê Hoàng Đức", events(ADMITTED, RECOGNISED, *told), review(), rules)


def test_a_member_like_any_other_is_rated() -> None:
    assert status() == SubjectStatus(Subject.RATED)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (EventKind.EXEMPTION, NoLevelReason.EXEMPT_AGE),
        (EventKind.TEMPORARY_EXEMPTION, NoLevelReason.EXEMPT_OTHER),
        (EventKind.SUSPENSION, NoLevelReason.SUSPENDED),
    ],
)
def test_exempt_and_suspended_members_are_not_subject(kind: EventKind, reason: NoLevelReason) -> None:
    assert status((kind, "2024-03-01")) == SubjectStatus(Subject.NOT_SUBJECT, reason)


def test_exempt_for_the_second_half_of_the_year() -> None:
    found = status((EventKind.TEMPORARY_EXEMPTION, "2026-07-01"))
    assert (found.subject, found.reason) == (Subject.NOT_SUBJECT, NoLevelReason.EXEMPT_OTHER)
    assert sentences(found.notes) == [
        (
            "Lê Hoàng Đức has been exempt since 1 Jul 2026: not rated while it lasts; a short "
            "written review of the months before is enough."
        )
    ]


def test_exempt_for_the_first_half_of_the_year() -> None:
    found = status((EventKind.TEMPORARY_EXEMPTION, "2025-11-01"), (EventKind.RESUMPTION, "2026-07-01"))
    assert found.subject is Subject.RATED
    assert sentences(found.notes) == [
        "Lê Hoàng Đức was exempt from 1 Jan 2026 to 30 Jun 2026: rate only the rest of the time."
    ]


def test_admitted_in_august_is_not_rated_in_december() -> None:
    told = events((EventKind.ADMISSION, "2026-08-19"))
    found = subject_on("Đỗ Minh Ước", told, review(), RULES)
    assert (found.subject, found.reason) == (Subject.NOT_SUBJECT, NoLevelReason.NEW_MEMBER)
    assert sentences(found.notes) == [
        "Đỗ Minh Ước was admitted on 19 Aug 2026, less than 6 months before: reviewed, not rated."
    ]
    unreviewed = subject_on("Đỗ Minh Ước", told, review(), SubjectRules(new_member_reviewed=False))
    assert "not reviewed or rated" in sentences(unreviewed.notes)[0]


@pytest.mark.parametrize(
    ("day", "subject"), [("2026-06-30", Subject.RATED), ("2026-07-01", Subject.NOT_SUBJECT)]
)
def test_six_months_are_counted_by_the_calendar(day: str, subject: Subject) -> None:
    # 30/6 and six months are 30/12: a probationary member of half a year is rated (HD 21-HD/BTCTW).
    assert subject_on("A", events((EventKind.ADMISSION, day)), review(), RULES).subject is subject


def test_moved_here_in_october_is_rated_here_with_a_question() -> None:
    found = status((EventKind.TRANSFER_IN, "2026-10-12"))
    assert found.subject is Subject.RATED
    assert sentences(found.notes) == [
        (
            "Lê Hoàng Đức came from another cell only on 12 Oct 2026: ask there for its view, and agree "
            "which of the two cells rates."
        )
    ]
    early = status((EventKind.TRANSFER_IN, "2026-03-01"))
    assert sentences(early.notes) == [
        "Lê Hoàng Đức came from another cell on 1 Mar 2026: ask there for its view of the time before."
    ]


def test_moved_away_in_october_is_off_the_list_with_a_sentence() -> None:
    told = events(ADMITTED, RECOGNISED, (EventKind.TRANSFER_OUT, "2026-10-12"))
    gone = left_during("Lê Hoàng Đức", told, review())
    assert gone is not None
    assert sentences([gone]) == [
        (
            "Lê Hoàng Đức moved to another cell on 12 Oct 2026 and is rated there: "
            "hand over what you know of the year."
        )
    ]


def test_who_died_left_and_who_left_before_is_not_named() -> None:
    died = left_during("A", events(ADMITTED, (EventKind.DEATH, "2026-04-02")), review())
    assert died is not None
    assert sentences([died]) == ["A left on 2 Apr 2026 and is not on the list."]
    assert left_during("A", events(ADMITTED, (EventKind.DEATH, "2024-04-02")), review()) is None
    assert left_during("A", events(ADMITTED), review()) is None


def test_temporary_activity_elsewhere_is_rated_here() -> None:
    found = status((EventKind.TEMPORARY_OUT, "2026-08-01"))
    assert found.subject is Subject.RATED
    assert "ask that cell for its comment" in sentences(found.notes)[0]


def test_every_reason_has_its_side() -> None:
    assert subject_of(None) is Subject.RATED
    assert {subject_of(reason) for reason in NOT_SUBJECT_REASONS} == {Subject.NOT_SUBJECT}
    assert {subject_of(reason) for reason in PENDING_REASONS} == {Subject.PENDING}
    assert set(NoLevelReason) == NOT_SUBJECT_REASONS | PENDING_REASONS
