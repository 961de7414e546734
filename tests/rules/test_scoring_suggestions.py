"""What frameworks propose at every bound, what does not count, and which gates hold a rating back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
import rolls

from sochibo.messages import Messages
from sochibo.rules.meetings.meetings import (
    AbsenceReason,
    AssignedTask,
    Attendance,
    Meeting,
    MeetingKind,
    MeetingState,
    Score,
)
from sochibo.rules.meetings.speeches import Speech
from sochibo.rules.scoring.scoring import (
    AttendanceBase,
    Condition,
    Framework,
    Gate,
    Metric,
    NotCounted,
    Rating,
)
from sochibo.rules.scoring.scoring_files import framework_of_id
from sochibo.rules.scoring.scoring_metrics import Figure, facts_of, runs_of_excuses
from sochibo.rules.scoring.scoring_suggestions import Judgement, judge_scores, suggest
from sochibo.rules.scoring.surroundings import Surroundings

VI = Messages("vi")


def framework(name: str) -> Framework:
    found = framework_of_id(name)
    assert found is not None
    return found


AN_PHU = framework("AN-PHU-2025")
CENTRAL = framework("HD42-2025")
GATED = framework("HD42-2025-full-marks")
HD12 = framework("HD12-2018")


def facts(**values: Fraction | int | None) -> dict[Metric, Figure]:
    """Return figures in which everything is unknown but what is named."""
    made = dict.fromkeys(Metric, Figure(None, "unknown"))
    for name, value in values.items():
        made[Metric(name)] = Figure(None if value is None else Fraction(value), name)
    return made


def proposed(table: Framework, code: str, **values: Fraction | int | None) -> int | None:
    criterion = table.criterion(code)
    assert criterion is not None
    return suggest(criterion, facts(**values)).tenths


@pytest.mark.parametrize(
    ("required", "lasted", "points"),
    [
        (90, 100, 5), (90, 90, 5), (90, 89, 4), (90, 75, 4), (90, 74, 3), (90, 60, 3), (90, 59, None),
        (90, 46, None), (90, 45, 2), (90, 44, 1), (90, 1, 1),
        (120, 120, 5), (120, 105, 4), (120, 104, 3), (120, 90, 3), (120, 89, None), (120, 60, 2),
        (120, 59, 1),
    ],
)  # fmt: skip
def test_the_ward_gives_points_for_length_and_is_silent_between_30_minutes_and_half(
    required: int, lasted: int, points: int | None
) -> None:
    tenths = proposed(
        AN_PHU,
        "1",
        minutes_short=max(0, required - lasted),
        duration_rate=Fraction(lasted * 100, required),
    )
    assert tenths == (None if points is None else points * 10)


@pytest.mark.parametrize(
    ("present", "expected", "unexcused", "points"),
    [
        (35, 35, 0, 4), (9, 10, 0, 4), (899, 1000, 0, 3), (3, 4, 0, 3), (749, 1000, 0, 2), (13, 20, 0, 2),
        (649, 1000, 0, 1), (0, 5, 0, 1), (34, 35, 1, 1), (13, 20, 2, 1),
    ],
)  # fmt: skip
def test_the_ward_gives_points_for_attendance(
    present: int, expected: int, unexcused: int, points: int
) -> None:
    rate = Fraction(present * 100, expected)
    assert proposed(AN_PHU, "2.1", attendance_rate=rate, unexcused=unexcused) == points * 10


@pytest.mark.parametrize(
    ("spoke", "points"), [(100, 5), (51, 5), (50, None), (49, 4), (40, 4), (39, 3), (30, 3), (29, 2), (0, 2)]
)
def test_the_ward_gives_points_for_speaking_and_is_silent_at_half(spoke: int, points: int | None) -> None:
    assert proposed(AN_PHU, "4.5", speaker_rate=spoke) == (None if points is None else points * 10)


@pytest.mark.parametrize(
    ("done", "points"),
    [
        (110, 30), (100, 30), (90, 30), (89, 27), (80, 27), (79, 24), (70, 24), (69, 20), (60, 20), (59, 15),
        (50, 15), (49, 10), (0, 10),
    ],
)  # fmt: skip
def test_the_ward_gives_points_for_tasks_done(done: int, points: int) -> None:
    assert proposed(AN_PHU, "7", task_rate=done) == points * 10


@pytest.mark.parametrize(
    ("code", "metric", "value", "points"),
    [
        ("2.2", "excused_streak", 3, 1), ("2.2", "excused_streak", 4, 0), ("3.4", "notice_days", 0, 1),
        ("3.4", "notice_days", -1, 0), ("3.5", "papers_days", 1, 2), ("3.5", "papers_days", 0, 0),
        ("8.3", "uploaded_days", 2, 1), ("8.3", "uploaded_days", 3, 0),
    ],
)  # fmt: skip
def test_yes_or_no_follows_from_the_record(code: str, metric: str, value: int, points: int) -> None:
    assert proposed(AN_PHU, code, **{metric: value}) == points * 10
    assert proposed(AN_PHU, code) is None


def test_points_of_levels_are_the_choices_of_a_person() -> None:
    choices = {one.code: one.choices() for one in (*AN_PHU.criteria, *CENTRAL.criteria)}
    assert choices["2.1"] == (4, 3, 2, 1)
    assert choices["4.5"] == (5, 4, 3, 2)
    assert choices["4.8"] == (1, 0)
    assert choices["4.3"] == ()


@pytest.mark.parametrize(
    ("present", "expected", "unexcused", "tenths"), [(9, 10, 0, 50), (89, 100, 0, None), (34, 35, 1, None)]
)
def test_the_central_table_gives_all_or_leaves_it_to_the_cell(
    present: int, expected: int, unexcused: int, tenths: int | None
) -> None:
    rate = Fraction(present * 100, expected)
    assert proposed(CENTRAL, "2", attendance_rate=rate, unexcused=unexcused) == tenths


def full(table: Framework, **points: float) -> dict[str, Score]:
    """Return full points for every criterion but those named, as `c4_2=24`."""
    changed = {name[1:].replace("_", "."): value for name, value in points.items()}
    return {
        one.code: Score(
            meeting_id="m", criterion=one.code, tenths=round(changed.get(one.code, one.max_points) * 10)
        )
        for one in table.criteria
    }


def judged(table: Framework, scores: dict[str, Score], **values: int) -> Judgement:
    return judge_scores(table, scores, facts(**values))


@pytest.mark.parametrize(
    ("lost", "rating"),
    [
        (0, Rating.GOOD), (10, Rating.GOOD), (10.1, Rating.FAIR), (30, Rating.FAIR), (30.1, Rating.AVERAGE),
        (50, Rating.AVERAGE), (50.1, Rating.POOR),
    ],
)  # fmt: skip
def test_bands_of_the_central_table(lost: float, rating: Rating) -> None:
    """HD 42-HD/BTCTW, 28/10/2025: 90, 70 and 50 points, each included."""
    six, rest = 30 - min(lost, 30), 25 - max(0.0, lost - 30)
    assert judged(CENTRAL, full(CENTRAL, c6=six, c4_2=rest)).rating is rating


def test_while_a_criterion_has_no_points_there_is_no_rating() -> None:
    scores = full(CENTRAL)
    del scores["6"]
    found = judged(CENTRAL, scores)
    assert (found.tenths, found.missing, found.rating) == (700, ("6",), None)


@pytest.mark.parametrize(("code", "points"), [("c1", 4.9), ("c2", 0), ("c4_2", 24.9), ("c7", 4.9)])
def test_a_gate_asks_for_full_points_whatever_the_sum(code: str, points: float) -> None:
    found = judged(GATED, full(GATED, **{code: points}))
    assert (found.points_rating, found.rating) == (Rating.GOOD, Rating.FAIR)
    (barrier,) = found.barriers
    assert barrier.lacking == (code[1:].replace("_", "."),)
    assert barrier.say(VI, "Khá").endswith(f"{barrier.lacking[0]} chưa đạt điểm tối đa")


def test_a_gate_bars_nothing_that_points_do_not_reach() -> None:
    assert judged(GATED, full(GATED)).barriers == ()
    assert judged(GATED, full(GATED, c3_1=0)).rating is Rating.GOOD
    low = judged(GATED, full(GATED, c6=5, c7=4))
    assert (low.rating, low.barriers) == (Rating.FAIR, ())


def test_a_gate_may_ask_for_a_figure() -> None:
    gate = Gate(Rating.POOR, when=(Metric.UNEXCUSED, Condition(above=0)))
    table = replace(CENTRAL, gates=(gate,))
    found = judged(table, full(table), unexcused=1)
    assert (found.rating, found.barriers[0].say(VI, "Kém")) == (
        Rating.POOR,
        "Chỉ xếp đến loại Kém: unexcused",
    )
    assert judged(table, full(table), unexcused=0).rating is Rating.GOOD
    assert judged(table, full(table)).rating is Rating.GOOD


def without(table: Framework, policy: NotCounted, *codes: str) -> tuple[Framework, dict[str, Score]]:
    criteria = tuple(replace(one, not_counted=policy) if one.code == "4.3" else one for one in table.criteria)
    scores = full(table)
    for code in codes:
        del scores[code]
    return replace(table, criteria=criteria), scores


def test_a_month_without_a_thematic_meeting_has_95_points_to_be_had() -> None:
    """The ward's table counts 4.3 only in months with one, and does not say that the rest is scaled up."""
    table, scores = without(AN_PHU, NotCounted.NO_POINTS, "4.3")
    found = judged(table, scores, thematic_meetings=0)
    assert (found.tenths, found.available, found.missing, found.rating) == (950, 950, (), Rating.GOOD)
    assert AN_PHU.criterion("4.3") == table.criterion("4.3")
    missing = judged(table, scores, thematic_meetings=1)
    assert missing.missing == ("4.3",)


def test_other_tables_may_scale_the_rest_or_give_the_points() -> None:
    table, scores = without(AN_PHU, NotCounted.RESCALE, "4.3")
    scores["7"] = replace(scores["7"], tenths=240)
    found = judged(table, scores, thematic_meetings=0)
    # 89 of 95 points are 93.68 of 100.
    assert (found.tenths, found.available) == (937, 1000)
    table, scores = without(AN_PHU, NotCounted.FULL_POINTS, "4.3")
    assert judged(table, scores, thematic_meetings=0).tenths == 1000


def test_points_given_to_what_would_not_count_do_count() -> None:
    found = judged(AN_PHU, full(AN_PHU), thematic_meetings=0)
    assert (found.tenths, found.available) == (1000, 1000)


def test_a_cell_with_a_secretary_only_has_full_points_for_its_committee() -> None:
    scores = full(AN_PHU)
    del scores["3.3"]
    assert judged(AN_PHU, scores, leaders=1, thematic_meetings=1).tenths == 1000
    assert judged(AN_PHU, scores, leaders=3, thematic_meetings=1).missing == ("3.3",)
    assert judged(AN_PHU, scores, thematic_meetings=1).missing == ("3.3",)


def test_hd12_knows_only_met_or_not() -> None:
    """HD 12-HD/BTCTW, 06/7/2018: more than 85 %, which 85 % is not; no points, no rating."""
    assert proposed(HD12, "1.1", attendance_rate=85) == 0
    assert proposed(HD12, "1.1", attendance_rate=Fraction(851, 10)) == 10
    assert proposed(HD12, "1.2", unexcused=0) == 10
    found = judged(HD12, full(HD12, c1_1=0))
    assert (found.tenths, HD12.total, found.rating, found.missing) == (140, 15, None, ())


class TestFacts:
    """What is computed from a meeting's own record."""

    def test_the_sentence_says_figure_and_bound(self) -> None:
        file = rolls.meeting_file(marks=rolls.marks(Attendance.EXCUSED, 3, 4))
        criterion = CENTRAL.criterion("2")
        assert criterion is not None
        found = suggest(criterion, facts_of(file, CENTRAL))
        assert (found.tenths, found.say(Messages("en"))) == (50, "20/22 present = 90.9% ≥ 90%")

    def test_members_with_reason_or_on_duty_may_be_left_out(self) -> None:
        """Three ways of counting are in use: see `AttendanceBase`."""
        marks = rolls.mark(3, Attendance.EXCUSED, AbsenceReason.ILLNESS)
        marks |= rolls.mark(4, Attendance.EXCUSED, AbsenceReason.WORK) | rolls.mark(5, Attendance.UNEXCUSED)
        file = rolls.meeting_file(marks=marks)
        rates = {
            base: facts_of(file, replace(CENTRAL, attendance_base=base))[Metric.ATTENDANCE_RATE].value
            for base in AttendanceBase
        }
        assert rates == {
            AttendanceBase.EXPECTED: Fraction(1900, 22),
            AttendanceBase.WITHOUT_EXCUSED: Fraction(1900, 20),
            AttendanceBase.WITHOUT_ON_DUTY: Fraction(1900, 21),
        }
        assert facts_of(file, CENTRAL)[Metric.UNEXCUSED].value == 1

    @pytest.mark.parametrize(("members", "short"), [(29, 0), (30, 25)])
    def test_the_ward_wants_120_minutes_from_30_members_on(self, members: int, short: int) -> None:
        file = rolls.meeting_file(roll=rolls.roll(members))
        assert facts_of(file, AN_PHU)[Metric.MINUTES_SHORT].value == short
        assert facts_of(file, CENTRAL)[Metric.MINUTES_SHORT].value == 0

    def test_hours_that_nobody_wrote_down_are_unknown(self) -> None:
        meeting = replace(rolls.meeting_file().meeting, end="")
        found = facts_of(rolls.meeting_file(meeting=meeting), CENTRAL)
        assert found[Metric.MINUTES_SHORT].value is None

    def test_excuses_run_on_from_the_meetings_before(self) -> None:
        before = runs_of_excuses([{"m3", "m4"}, {"m3"}, {"m3", "m4"}])
        assert before == {"m3": 3, "m4": 1}
        file = rolls.meeting_file(
            marks=rolls.marks(Attendance.EXCUSED, 3, 4), surroundings=Surroundings(excused_before=before)
        )
        figure = facts_of(file, AN_PHU)[Metric.EXCUSED_STREAK]
        assert figure.value == 4
        assert file.name_of("m3") in figure.say(VI)
        assert facts_of(rolls.meeting_file(), AN_PHU)[Metric.EXCUSED_STREAK].value == 0

    def test_speakers_are_counted_among_those_who_came(self) -> None:
        def speech(number: int) -> Speech:
            return Speech(id="", meeting_id="meeting", position=0, member_id=f"m{number}")

        spoken = (speech(0), speech(0), speech(1), speech(3))
        file = rolls.meeting_file(speeches=spoken, marks=rolls.mark(3, Attendance.EXCUSED))
        assert facts_of(file, AN_PHU)[Metric.SPEAKER_RATE].value == Fraction(200, 21)
        assert facts_of(rolls.meeting_file(), AN_PHU)[Metric.SPEAKER_RATE].value is None

    def test_tasks_count_as_done_at_100_per_cent(self) -> None:
        tasks = [
            AssignedTask(id=str(n), meeting_id="o", position=n, text="x", done_percent=n) for n in (99, 100)
        ]
        file = rolls.meeting_file(earlier_tasks=tuple(tasks))
        assert facts_of(file, AN_PHU)[Metric.TASK_RATE].value == 50
        assert facts_of(rolls.meeting_file(), AN_PHU)[Metric.TASK_RATE].value is None

    def test_days_are_counted_from_the_meeting(self) -> None:
        day = date(2026, 11, 2)
        meeting = replace(
            rolls.meeting_file().meeting, notice_on=day, papers_on=day, uploaded_on=date(2026, 11, 5)
        )
        found = facts_of(rolls.meeting_file(meeting=meeting), AN_PHU)
        days = (Metric.NOTICE_DAYS, Metric.PAPERS_DAYS, Metric.UPLOADED_DAYS)
        assert [found[metric].value for metric in days] == [1, 1, 2]

    def test_a_thematic_meeting_of_the_month_counts_once_it_is_held(self) -> None:
        def other(state: MeetingState, day: date) -> Meeting:
            return Meeting(id="o", kind=MeetingKind.THEMATIC, on=day, state=state)

        for neighbour, count in (
            (other(MeetingState.CLOSED, date(2026, 11, 20)), 1),
            (other(MeetingState.PLANNED, date(2026, 11, 20)), 0),
            (other(MeetingState.CLOSED, date(2026, 10, 20)), 0),
        ):
            file = rolls.meeting_file(neighbours=(neighbour,))
            assert facts_of(file, AN_PHU)[Metric.THEMATIC_MEETINGS].value == count
        combined = replace(rolls.meeting_file().meeting, kind=MeetingKind.COMBINED)
        assert facts_of(rolls.meeting_file(meeting=combined), AN_PHU)[Metric.THEMATIC_MEETINGS].value == 1

    def test_leaders_are_known_by_their_offices(self) -> None:
        def leaders(*offices: str) -> Fraction | None:
            roll = tuple(rolls.entry(number, office=office) for number, office in enumerate(offices))
            return facts_of(rolls.meeting_file(roll=roll), AN_PHU)[Metric.LEADERS].value

        assert leaders("Bí thư", "", "") == 1
        assert leaders("Bí thư", "Phó Bí thư", "Chi ủy viên") == 3
        assert leaders("", "") is None

    def test_the_committee_met_if_it_is_written_down(self) -> None:
        known = Surroundings(committee_met_on=date(2026, 11, 1))
        assert facts_of(rolls.meeting_file(surroundings=known), AN_PHU)[Metric.COMMITTEE_MEETINGS].value == 1
        assert facts_of(rolls.meeting_file(), AN_PHU)[Metric.COMMITTEE_MEETINGS].value is None
