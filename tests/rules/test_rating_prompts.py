"""What to think of before a review is closed: long leave, and organisations founded lately."""

from __future__ import annotations

from datetime import date

import pytest

from sochibo.rules.dates import Month
from sochibo.rules.meetings.meetings import AbsenceReason, Attendance, Mark
from sochibo.rules.ratings.rating_prompts import ill_months, prompt_for_illness, prompt_for_new_organisation
from sochibo.rules.ratings.rating_rules import load_rule_sets

ILL, MATERNITY, WORK = AbsenceReason.ILLNESS, AbsenceReason.MATERNITY, AbsenceReason.WORK


def year(*reasons: AbsenceReason | None) -> list[tuple[date, Mark | None]]:
    """Return one meeting a month: absent for a reason, or there (None)."""
    return [
        (
            date(2026, month, 3),
            Mark(meeting_id="m", member_id="p", attendance=Attendance.EXCUSED, reason=reason)
            if reason
            else None,
        )
        for month, reason in enumerate(reasons, start=1)
    ]


@pytest.mark.parametrize(
    ("reasons", "months"),
    [
        ((None, None), ()),
        ((ILL, ILL, None, ILL), (1, 2)),
        ((ILL, None, ILL, MATERNITY, ILL), (3, 4, 5)),
        ((WORK, WORK, WORK), ()),
        ((ILL, WORK, ILL), (1,)),
    ],
)
def test_only_months_in_a_row_missed_through_leave_count(
    reasons: tuple[AbsenceReason | None, ...], months: tuple[int, ...]
) -> None:
    assert ill_months(year(*reasons)) == tuple(Month(2026, month) for month in months)


def test_two_meetings_of_one_month_are_one_month_and_who_came_ill_was_there() -> None:
    ill = Mark(meeting_id="m", member_id="p", attendance=Attendance.EXCUSED, reason=ILL)
    came = Mark(meeting_id="m", member_id="p", attendance=Attendance.PRESENT, reason=ILL)
    assert ill_months([(date(2026, 3, 3), ill), (date(2026, 3, 20), ill)]) == (Month(2026, 3),)
    assert ill_months([(date(2026, 3, 3), came)]) == ()


def test_the_limit_is_that_of_the_rules_and_none_asks_nothing() -> None:
    """HD 21-HD/BTCTW, 18/10/2019: three months of sick leave in the year."""
    three = ill_months(year(ILL, ILL, ILL))
    assert prompt_for_illness("Đào", three, 0, quarter=False) is None
    assert prompt_for_illness("Đào", three[:2], 3, quarter=False) is None
    told = prompt_for_illness("Đào", three, 3, quarter=False)
    quarter = prompt_for_illness("Đào", three[:2], 2, quarter=True)
    assert told is not None
    assert quarter is not None
    assert (told.code, quarter.code) == ("R58", "R58")
    assert told.template != quarter.template
    limits = {
        rules.id: (rules.subject.sick_months, rules.subject.sick_months_quarter) for rules in load_rule_sets()
    }
    assert limits["BTCTW21-2019"] == (3, 0)
    assert limits["QD366-2025"] == (3, 2)
    assert limits["QD124-2023"] == (0, 0)


@pytest.mark.parametrize("certain", [True, False])
def test_an_organisation_that_has_not_stood_half_a_year_is_asked_about(*, certain: bool) -> None:
    """HD 21-HD/BTCTW, 18/10/2019: newly founded for less than six months, not rated."""
    closing = date(2026, 12, 31)
    days = (date(2026, 6, 30), date(2026, 7, 1), closing, date(2027, 1, 1), None)
    told = [prompt_for_new_organisation("Chi bộ", day, closing, 6, certain=certain) for day in days]
    assert [one is not None for one in told] == [False, True, True, False, False]
