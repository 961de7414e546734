"""Summaries of a cell's meetings in a period, and what is to be said against one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from sochibo.faults import Finding, Severity, red, yellow
from sochibo.messages import N_
from sochibo.rules.dates import Month
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.members.members import Activity, Membership
from sochibo.rules.periods import PeriodKind, parse_period, quarter_of
from sochibo.rules.reports import NOTHING, SummaryReport
from sochibo.rules.scoring import scoring
from sochibo.rules.scoring.scoring_files import framework_of_id, load_frameworks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sochibo.rules.meetings.meetings import AssignedTask
    from sochibo.rules.members.members import RosterEntry
    from sochibo.rules.periods import Period
    from sochibo.rules.reports import Heading, MeetingFigures

__all__ = ["REGULAR", "THEMATIC", "check_summary", "make_summary"]

REGULAR: Final = frozenset({MeetingKind.REGULAR, MeetingKind.COMBINED})
THEMATIC: Final = frozenset({MeetingKind.THEMATIC, MeetingKind.COMBINED})
WHOLE: Final = 100


def make_summary(
    heading: Heading,
    period: Month | Period,
    roll: Sequence[RosterEntry],
    meetings: Sequence[MeetingFigures],
    tasks: Sequence[AssignedTask],
    remarks: str = "",
) -> SummaryReport:
    """Sum a period up: `roll` is of its last day, `meetings` and `tasks` (those due) are of all of it."""
    standings = [entry.standing for entry in roll]
    belonging = [standing for standing in standings if standing.belongs]
    memberships = [standing.membership for standing in belonging]
    activities = [standing.activity for standing in belonging]
    held = tuple(sorted(meetings, key=lambda meeting: meeting.on))
    return SummaryReport(
        heading=heading,
        period=str(period),
        members=len(belonging),
        official=memberships.count(Membership.OFFICIAL),
        probationary=memberships.count(Membership.PROBATIONARY),
        exempt=activities.count(Activity.EXEMPT) + activities.count(Activity.TEMPORARILY_EXEMPT),
        away=activities.count(Activity.AWAY),
        visiting=sum(standing.activity is Activity.VISITING for standing in standings),
        meetings=held,
        attendance=sum((meeting.attendance for meeting in held), NOTHING),
        tasks=Ratio(sum(task.done_percent == WHOLE for task in tasks), len(tasks)),
        remarks=remarks,
    )


def check_summary(report: SummaryReport) -> tuple[Finding, ...]:
    """Check the arithmetic and plausibility of a summary, on either side of the stick.

    Red: sums that do not add up, more present than expected, a meeting outside the period, counts below
    zero. Yellow: no regular meeting, two of them, a meeting without closed minutes.
    """
    found = [*_check_counts(report), *_check_period(report)]
    for index, meeting in enumerate(report.meetings):
        found += _check_figures(meeting, f"meetings.{index}")
        found += _check_rating(meeting, f"meetings.{index}")
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.RED))


def _check_counts(report: SummaryReport) -> Iterator[Finding]:
    """Check the counts of members, and the two sums of the whole period."""
    counts = {
        name: getattr(report, name)
        for name in ("members", "official", "probationary", "exempt", "away", "visiting")
    }
    for name in (name for name, count in counts.items() if count < 0):
        yield red("Q01", N_("A count is below zero."), name)
    if report.official + report.probationary != report.members:
        text = N_("Official and probationary members do not add up to {members}.")
        yield red("Q02", text, "members", members=report.members)
    if report.exempt + report.away > report.members:
        yield red("Q03", N_("More members are exempt or away than there are."), "exempt")
    if sum((meeting.attendance for meeting in report.meetings), NOTHING) != report.attendance:
        yield red("Q04", N_("The attendance of the meetings does not add up to the sum."), "attendance")
    if not 0 <= report.tasks.numerator <= report.tasks.denominator:
        yield red("Q05", N_("More tasks are done than were due."), "tasks")


def _check_period(report: SummaryReport) -> Iterator[Finding]:
    """Check that the meetings lie in the period, each once."""
    try:
        period = parse_period(report.period)
    except ValueError:
        yield red(
            "Q06", N_("“{period}” is no month, quarter, half-year or year."), "period", period=report.period
        )
        return
    known: set[str] = set()
    for index, meeting in enumerate(report.meetings):
        if not period.holds(meeting.on):
            text = N_("The meeting of {day} does not lie in the period of the summary.")
            yield red("Q07", text, f"meetings.{index}.on", day=meeting.on)
        if meeting.meeting_id in known:
            text = N_("The meeting of {day} stands in the summary twice.")
            yield red("Q08", text, f"meetings.{index}", day=meeting.on)
        known.add(meeting.meeting_id)
        if not meeting.minutes:
            text = N_("The minutes of the meeting of {day} are not closed.")
            yield yellow("Q09", text, f"meetings.{index}.minutes", day=meeting.on)
    yield from _check_regular(report, period)
    yield from _check_thematic(report, period)


def _check_regular(report: SummaryReport, period: Period) -> Iterator[Finding]:
    """Check that every month has one regular meeting (Charter art. 22.6)."""
    held = Counter(Month.of(one.on) for one in report.meetings if one.meeting_kind in REGULAR)
    if period.kind is PeriodKind.MONTH:
        count = held.total()
        if count == 0:
            yield yellow("Q10", N_("The month has no regular meeting."), "meetings")
        if count > 1:
            yield yellow("Q11", N_("The month has {n} regular meetings."), "meetings", n=count)
        return
    without = [month for month in period.months() if not held[month]]
    if without:
        yield yellow(
            "Q10", N_("No regular meeting was held in {months}."), "meetings", months=_named(without)
        )
    several = [month for month in period.months() if held[month] > 1]
    if several:
        text = N_("More than one regular meeting was held in {months}.")
        yield yellow("Q11", text, "meetings", months=_named(several))


def _check_thematic(report: SummaryReport, period: Period) -> Iterator[Finding]:
    """Check that every quarter has a thematic meeting (Chỉ thị 50-CT/TW, 23/7/2025, item 2)."""
    if period.kind is PeriodKind.MONTH:
        return
    held = {quarter_of(one.on) for one in report.meetings if one.meeting_kind in THEMATIC}
    due = dict.fromkeys(quarter_of(month.first()) for month in period.months())
    without = [one for one in due if one not in held]
    if without:
        text = N_("No thematic meeting was held in quarter {quarters}.")
        said = ", ".join(f"{one.text[-1]}/{one.first.year}" for one in without)
        yield yellow("Q19", text, "meetings", quarters=said)


def _named(months: Sequence[Month]) -> str:
    return ", ".join(f"{month.month}/{month.year}" for month in months)


def _check_figures(meeting: MeetingFigures, place: str) -> Iterator[Finding]:
    """Check the counts of one meeting against each other."""
    present, expected = meeting.attendance.numerator, meeting.attendance.denominator
    counts = (
        present, expected, meeting.present_official, meeting.excused, meeting.unexcused, meeting.items,
        meeting.votes.numerator, meeting.votes.denominator, meeting.tasks, meeting.superiors,
    )  # fmt: skip
    if min(counts) < 0:
        yield red("Q01", N_("A count is below zero."), place)
    if present > expected:
        text = N_("On {day} more members were present than expected.")
        yield red("Q12", text, f"{place}.attendance", day=meeting.on)
    elif not present + meeting.unexcused <= expected <= present + meeting.unexcused + meeting.excused:
        # Some rule sets leave members absent with reason out of the base: then they are not in the sum.
        text = N_("On {day} those present and those absent do not add up to those expected.")
        yield red("Q13", text, f"{place}.attendance", day=meeting.on)
    if meeting.present_official > present:
        text = N_("On {day} more official members were present than members in all.")
        yield red("Q14", text, f"{place}.present_official", day=meeting.on)
    if meeting.votes.numerator > meeting.votes.denominator:
        text = N_("On {day} more votes passed than were held.")
        yield red("Q15", text, f"{place}.votes", day=meeting.on)


def _check_rating(meeting: MeetingFigures, place: str) -> Iterator[Finding]:
    """Check the rating against the points; only advice, since the sender may know a newer framework."""
    if (meeting.score_tenths is None) != (meeting.rating is None):
        text = N_("The meeting of {day} has points without a rating, or a rating without points.")
        yield red("Q16", text, f"{place}.rating", day=meeting.on)
    framework = framework_of_id(meeting.framework) or scoring.framework_on(meeting.on, load_frameworks())
    if framework is None or meeting.score_tenths is None or meeting.rating is None:
        return
    of_points = scoring.rate(meeting.score_tenths, framework)
    if of_points is None:
        # A framework without points: whoever sent points used a table of their own.
        return
    if not 0 <= meeting.score_tenths <= framework.total * 10:
        text = N_("The points of the meeting of {day} are more than can be given.")
        yield red("Q17", text, f"{place}.score_tenths", day=meeting.on)
    elif meeting.rating is not of_points and not (
        framework.gates and meeting.rating.at_most(of_points) is meeting.rating
    ):
        text = N_("The rating of the meeting of {day} does not follow from its points.")
        yield yellow("Q18", text, f"{place}.rating", day=meeting.on)
