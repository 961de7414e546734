"""Summaries add up, lies in them are found, and roll-ups add counts in any order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
import rolls
from hypothesis import given
from hypothesis import strategies as st

from sochibo.messages import LANGUAGES, Messages
from sochibo.rules.dates import Month
from sochibo.rules.forms import FORMS
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.meetings.meetings import AssignedTask, MeetingKind
from sochibo.rules.meetings.minutes import figures_of
from sochibo.rules.meetings.summaries import check_summary, make_summary
from sochibo.rules.members.members import Activity, Membership
from sochibo.rules.reports import (
    REPORT_LABELS,
    Heading,
    MeetingFigures,
    MeetingRatings,
    ReportKind,
    RollupRow,
)
from sochibo.rules.scoring.scoring import Rating
from sochibo.rules.units.rollups import add_rows, make_rollup, row_of

HEADING = Heading(
    "Đảng bộ xã Đông Hòa",
    "Chi bộ Thôn 4",
    "Đông Hòa",
    "05-BC/CB",
    date(2026, 11, 30),
    "T/M CHI BỘ",
    "BÍ THƯ",
    "A",
)
NOVEMBER = Month(2026, 11)
REGULAR = figures_of(rolls.meeting_file(), "03-BB/CB")
THEMATIC = replace(
    REGULAR,
    meeting_id="second",
    meeting_kind=MeetingKind.THEMATIC,
    on=date(2026, 11, 17),
    attendance=Ratio(20, 22),
    excused=1,
    unexcused=1,
    present_official=18,
    superiors=0,
    score_tenths=None,
    rating=None,
)
ROLL = rolls.roll(
    20,
    2,
    [
        rolls.entry(30, activity=Activity.EXEMPT),
        rolls.entry(31, activity=Activity.TEMPORARILY_EXEMPT),
        rolls.entry(32, Membership.PROBATIONARY, Activity.AWAY),
        rolls.entry(33, activity=Activity.VISITING),
    ],
)
TASKS = tuple(
    AssignedTask(id=f"t{n}", meeting_id="meeting", position=n, text="Việc", done_percent=done)
    for n, done in enumerate((100, 99, None, 100))
)
SUMMARY = make_summary(HEADING, NOVEMBER, ROLL, [THEMATIC, REGULAR], TASKS, "Không")


def with_meeting(**changes: object) -> list[tuple[str, str, str]]:
    """Check the summary after one figure of its first meeting was changed, sums following."""
    meetings = (replace(REGULAR, **cast("dict[str, Any]", changes)), THEMATIC)
    attendance = meetings[0].attendance + THEMATIC.attendance
    return told(meetings=meetings, attendance=attendance)


def told(**changes: object) -> list[tuple[str, str, str]]:
    report = replace(SUMMARY, **cast("dict[str, Any]", changes))
    return [(finding.code, finding.severity.value, finding.place) for finding in check_summary(report)]


def test_a_summary_counts_members_meetings_and_tasks() -> None:
    assert (SUMMARY.heading, SUMMARY.period, SUMMARY.remarks) == (HEADING, "2026-11", "Không")
    assert (SUMMARY.members, SUMMARY.official, SUMMARY.probationary) == (25, 22, 3)
    assert (SUMMARY.exempt, SUMMARY.away, SUMMARY.visiting) == (2, 1, 1)
    assert SUMMARY.meetings == (REGULAR, THEMATIC)
    assert SUMMARY.attendance == Ratio(42, 44)
    assert SUMMARY.tasks == Ratio(2, 4)
    assert check_summary(SUMMARY) == ()


def test_a_month_without_anything_is_summed_up_too() -> None:
    empty = make_summary(HEADING, NOVEMBER, (), (), ())
    assert (empty.members, empty.attendance, empty.tasks) == (0, Ratio(0, 0), Ratio(0, 0))
    assert [finding.code for finding in check_summary(empty)] == ["Q10"]


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"visiting": -1}, ("Q01", "red", "visiting")),
        ({"official": 21}, ("Q02", "red", "members")),
        ({"away": 24}, ("Q03", "red", "exempt")),
        ({"attendance": Ratio(43, 44)}, ("Q04", "red", "attendance")),
        ({"tasks": Ratio(5, 4)}, ("Q05", "red", "tasks")),
        ({"tasks": Ratio(-1, 4)}, ("Q05", "red", "tasks")),
        ({"period": "2026-13"}, ("Q06", "red", "period")),
        ({"period": "Tháng 11"}, ("Q06", "red", "period")),
    ],
)
def test_lies_of_a_whole_summary_are_found(changes: dict[str, object], finding: tuple[str, str, str]) -> None:
    assert told(**changes) == [finding]


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        ({"items": -1}, ("Q01", "red", "meetings.0")),
        ({"on": date(2026, 12, 1)}, ("Q07", "red", "meetings.0.on")),
        ({"meeting_id": "second"}, ("Q08", "red", "meetings.1")),
        ({"minutes": ""}, ("Q09", "yellow", "meetings.0.minutes")),
        ({"meeting_kind": MeetingKind.THEMATIC}, ("Q10", "yellow", "meetings")),
        ({"attendance": Ratio(23, 22)}, ("Q12", "red", "meetings.0.attendance")),
        ({"attendance": Ratio(21, 22)}, ("Q13", "red", "meetings.0.attendance")),
        ({"unexcused": 1}, ("Q13", "red", "meetings.0.attendance")),
        ({"present_official": 23}, ("Q14", "red", "meetings.0.present_official")),
        ({"votes": Ratio(2, 1)}, ("Q15", "red", "meetings.0.votes")),
        ({"rating": None}, ("Q16", "red", "meetings.0.rating")),
        ({"score_tenths": None}, ("Q16", "red", "meetings.0.rating")),
        ({"score_tenths": 1001}, ("Q17", "red", "meetings.0.score_tenths")),
        ({"score_tenths": 899}, ("Q18", "yellow", "meetings.0.rating")),
        ({"rating": Rating.POOR}, ("Q18", "yellow", "meetings.0.rating")),
    ],
)
def test_lies_of_one_meeting_are_found(changes: dict[str, object], finding: tuple[str, str, str]) -> None:
    assert with_meeting(**changes) == [finding]


def in_period(period: str, *meetings: MeetingFigures) -> list[tuple[str, str]]:
    """Return codes and sentences about the meetings of a longer period."""
    attendance = sum((one.attendance for one in meetings), Ratio(0, 0))
    report = replace(SUMMARY, period=period, meetings=meetings, attendance=attendance)
    return [(one.code, one.say(Messages("en"))) for one in check_summary(report)]


def regular_of(month: int, **changes: object) -> MeetingFigures:
    """Return the regular meeting of a month of 2026."""
    made = replace(REGULAR, meeting_id=f"month-{month}", on=date(2026, month, 3))
    return replace(made, **cast("dict[str, Any]", changes))


def test_a_quarter_with_all_its_meetings_has_nothing_to_say() -> None:
    meetings = (regular_of(10), regular_of(11), THEMATIC, regular_of(12))
    assert in_period("2026-Q4", *meetings) == []


def test_months_without_a_regular_meeting_are_named() -> None:
    found = in_period("2026-Q4", regular_of(11, meeting_kind=MeetingKind.COMBINED))
    assert found == [("Q10", "No regular meeting was held in 10/2026, 12/2026.")]


def test_months_with_two_regular_meetings_are_named() -> None:
    twice = regular_of(11, meeting_id="again", on=date(2026, 11, 20))
    meetings = (regular_of(10), regular_of(11), twice, THEMATIC, regular_of(12))
    found = in_period("2026-Q4", *meetings)
    assert found == [("Q11", "More than one regular meeting was held in 11/2026.")]


def test_quarters_without_a_thematic_meeting_are_named() -> None:
    meetings = [regular_of(month) for month in range(1, 13)]
    found = in_period("2026", *meetings, THEMATIC)
    assert found == [("Q19", "No thematic meeting was held in quarter 1/2026, 2/2026, 3/2026.")]
    assert in_period("2026-H1", *meetings[:6])[0][0] == "Q19"


def test_a_meeting_outside_a_quarter_is_found() -> None:
    found = [code for code, _ in in_period("2026-Q4", regular_of(9))]
    assert found[0] == "Q07"


def test_two_regular_meetings_are_doubtful() -> None:
    combined = replace(THEMATIC, meeting_kind=MeetingKind.COMBINED)
    assert told(meetings=(REGULAR, combined)) == [("Q11", "yellow", "meetings")]


def test_members_absent_with_reason_may_be_left_out_of_the_base() -> None:
    assert with_meeting(attendance=Ratio(18, 19), unexcused=1, excused=3, present_official=16) == []
    assert with_meeting(attendance=Ratio(18, 22), unexcused=1, excused=3, present_official=16) == []


def test_ratings_of_a_day_without_framework_are_not_judged() -> None:
    for year in (2015, 2020):
        # In 2020 a framework without points was in force: who sent points had a table of their own.
        old = replace(REGULAR, on=date(year, 5, 3), rating=Rating.POOR, framework="")
        report = replace(SUMMARY, period=f"{year}-05", meetings=(old,), attendance=old.attendance)
        assert check_summary(report) == ()


def test_a_rating_below_its_points_is_in_order_where_the_framework_has_gates() -> None:
    gated = {"framework": "HD42-2025-full-marks", "score_tenths": 950, "rating": Rating.FAIR}
    assert with_meeting(**gated) == []
    place = "meetings.0.rating"
    assert with_meeting(**gated | {"score_tenths": 890, "rating": Rating.GOOD}) == [("Q18", "yellow", place)]
    assert with_meeting(**gated | {"framework": "HD42-2025"}) == [("Q18", "yellow", place)]


def test_red_comes_first() -> None:
    found = told(meetings=(replace(REGULAR, minutes="", votes=Ratio(2, 1)),), attendance=REGULAR.attendance)
    assert [severity for _, severity, _ in found] == ["red", "yellow"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_findings_are_sentences(language: str) -> None:
    words = Messages(language)
    report = replace(SUMMARY, official=0, period="2026-12", meetings=(REGULAR, REGULAR, THEMATIC))
    said = [finding.say(words) for finding in check_summary(report)]
    assert len(said) == 7
    assert all(one.endswith(".") and "{" not in one for one in said)


def test_a_summary_becomes_a_row() -> None:
    row = row_of("unit-1", "Chi bộ Thôn 4", SUMMARY, "ab" * 32)
    assert row == RollupRow(
        unit_id="unit-1",
        unit="Chi bộ Thôn 4",
        source="ab" * 32,
        source_number="05-BC/CB",
        members=25,
        official=22,
        probationary=3,
        meetings=2,
        regular=1,
        thematic=1,
        attendance=Ratio(42, 44),
        unexcused=1,
        superiors=1,
        tasks=Ratio(2, 4),
        score_tenths=1000,
        rating=Rating.GOOD,
        met_on=rolls.DAY,
        spoke=row.spoke,
        regular_months=1,
        ratings=MeetingRatings(good=1),
        papers=Ratio(1, 1),
        units=Ratio(1, 1),
    )


def test_the_row_shows_the_first_regular_meeting_if_there_is_one() -> None:
    combined = replace(REGULAR, meeting_kind=MeetingKind.COMBINED, on=date(2026, 11, 1), score_tenths=950)
    row = row_of("u", "U", replace(SUMMARY, meetings=(REGULAR, combined)), "x")
    assert (row.regular, row.thematic, row.met_on, row.score_tenths) == (2, 1, date(2026, 11, 1), 950)
    row = row_of("u", "U", replace(SUMMARY, meetings=(THEMATIC,)), "x")
    assert (row.regular, row.met_on, row.score_tenths, row.rating) == (0, None, None, None)


def test_a_rollup_says_who_reported() -> None:
    sent = row_of("unit-1", "Chi bộ Thôn 4", SUMMARY, "ab" * 32)
    due = RollupRow(unit_id="unit-2", unit="Chi bộ Thôn 5", papers=Ratio(0, 1), units=Ratio(0, 1))
    silent = replace(due, members=30)
    report = make_rollup(HEADING, NOVEMBER, [silent, sent])
    assert report.reported == Ratio(1, 2)
    assert report.rows == (due, sent)
    assert (report.total.unit, report.total.members, report.total.attendance) == (
        "Tổng cộng",
        25,
        Ratio(42, 44),
    )
    assert (report.total.score_tenths, report.total.rating, report.total.met_on) == (None, None, None)
    assert make_rollup(HEADING, NOVEMBER, []).reported == Ratio(0, 0)


COUNT = st.integers(0, 500)
RATIO = st.builds(Ratio, COUNT, COUNT)
ROWS = st.lists(
    st.builds(
        RollupRow,
        unit_id=st.just("u"),
        unit=st.just("U"),
        source=st.sampled_from([None, "digest"]),
        members=COUNT,
        official=COUNT,
        probationary=COUNT,
        meetings=COUNT,
        regular=COUNT,
        thematic=COUNT,
        attendance=RATIO,
        unexcused=COUNT,
        superiors=COUNT,
        tasks=RATIO,
        score_tenths=st.sampled_from([None, 900]),
        rating=st.sampled_from([None, Rating.GOOD]),
        met_on=st.sampled_from([None, rolls.DAY]),
    ),
    max_size=6,
)


@given(ROWS, st.data())
def test_rows_may_be_added_in_any_order(rows: list[RollupRow], data: st.DataObject) -> None:
    assert add_rows("sum", data.draw(st.permutations(rows))) == add_rows("sum", rows)


@given(ROWS, ROWS)
def test_the_sum_of_sums_is_the_sum_of_all(one: list[RollupRow], other: list[RollupRow]) -> None:
    parts = [add_rows("part", one), add_rows("part", other)]
    assert add_rows("sum", parts) == add_rows("sum", [*one, *other])


@given(ROWS)
def test_nothing_added_changes_nothing(rows: list[RollupRow]) -> None:
    nothing = add_rows("nothing", [])
    assert add_rows("sum", [*rows, nothing]) == add_rows("sum", rows)
    assert (nothing.source, nothing.score_tenths, nothing.rating, nothing.met_on) == (None, None, None, None)


@given(ROWS)
def test_the_total_of_a_rollup_is_that_of_its_rows(rows: list[RollupRow]) -> None:
    report = make_rollup(HEADING, NOVEMBER, rows)
    assert add_rows(report.total.unit, report.rows) == report.total


FIGURES = st.integers(0, 40).flatmap(
    lambda present: st.builds(
        lambda excused, unexcused, day: replace(
            REGULAR,
            meeting_id=f"{day}",
            on=date(2026, 11, day),
            attendance=Ratio(present, present + excused + unexcused),
            present_official=present,
            excused=excused,
            unexcused=unexcused,
        ),
        st.integers(0, 5),
        st.integers(0, 5),
        st.integers(1, 30),
    )
)


@given(st.lists(FIGURES, max_size=4, unique_by=lambda figures: figures.on))
def test_what_is_made_here_passes_the_check(meetings: list[MeetingFigures]) -> None:
    report = make_summary(HEADING, NOVEMBER, ROLL, meetings, TASKS)
    assert all(finding.severity.value == "yellow" for finding in check_summary(report))
    assert [meeting.on for meeting in report.meetings] == sorted(meeting.on for meeting in meetings)
    assert report.attendance.numerator == sum(meeting.attendance.numerator for meeting in meetings)


def test_every_kind_of_report_has_its_word_and_its_form() -> None:
    assert set(REPORT_LABELS) == set(ReportKind)
    assert set(FORMS) <= set(ReportKind)
    assert all(form.roles for form in FORMS.values() if form.symbol)
