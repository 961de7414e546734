"""The score sheet in the window: proposals, digits and arrows, gates, the vote, the committee's part."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from recordings import full_scores, meeting_data
from windows import frame_of, open_window, outside, settle, unnamed

from sochibo.book.book import Book
from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.meetings.steps.scores import ScoresStep
from sochibo.rules.scoring.scoring import Rating

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("qtbot")


@contextmanager
def sheet(path: Path, framework: str = "", percent: int = 100, **changes: object) -> Iterator[ScoresStep]:
    """Open the sheet of one meeting of 5 November 2026."""
    data = meeting_data(**{"scores": {}, "absent": [], **changes})
    with Book.open(path) as book:
        if framework:
            book.scoring.choose(framework, book.terms()[0].start)
        meeting_id = book.meetings.record(data)
    with open_window(path, percent=percent) as window:
        frame_of(window).go(f"meeting:{meeting_id}")
        page = frame_of(window).page
        assert isinstance(page, MeetingPage)
        page.jump("scores")
        settle()
        assert isinstance(page.step, ScoresStep)
        yield page.step


def points(step: ScoresStep, code: str) -> str:
    return step._lines[code].points.text()  # noqa: SLF001 - the row of a criterion


def type_into(step: ScoresStep, code: str, text: str) -> None:
    field = step._lines[code].points  # noqa: SLF001 - the row of a criterion
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    field.flush()


def test_one_key_takes_the_proposals_and_leads_to_what_is_left(cell_path: Path) -> None:
    with sheet(cell_path) as step:
        assert step.full.hasFocus()
        QTest.keyClick(step.full, Qt.Key.Key_Return)
        assert (points(step, "1"), points(step, "3.2"), points(step, "6")) == ("5", "", "")
        assert step._lines["3.2"].points.hasFocus()  # noqa: SLF001 - as above
        assert "đề nghị 5" in step._lines["1"].basis.text().casefold()  # noqa: SLF001 - as above
        assert not step.full.isVisible()
        type_into(step, "3.2", "5")
        type_into(step, "6", "30")
        assert step.total.text() == "100/100 điểm: Tốt"


def test_arrows_go_through_the_levels_of_the_table(cell_path: Path) -> None:
    with sheet(cell_path, "AN-PHU-2025") as step:
        line = step._lines["7"]  # noqa: SLF001 - the row of a criterion
        for key, expected in (
            (Qt.Key.Key_Up, "30"), (Qt.Key.Key_Down, "27"), (Qt.Key.Key_Down, "24"), (Qt.Key.Key_Up, "27"),
            (Qt.Key.Key_Up, "30"), (Qt.Key.Key_Up, "30"),
        ):  # fmt: skip
            QTest.keyClick(line.points, key)
            assert line.points.text() == expected
        assert not line.reason.isVisible()
        type_into(step, "7", "9")
        assert line.trouble.isVisible()
        assert step.desk.file.scores["7"].tenths == 300


def test_points_other_than_proposed_ask_for_a_reason(cell_path: Path) -> None:
    with sheet(cell_path, "AN-PHU-2025") as step:
        line = step._lines["1"]  # noqa: SLF001 - the row of a criterion
        type_into(step, "1", "4")
        assert line.reason.isVisible()
        line.reason.setText("bắt đầu muộn")
        line.reason.flush()
        score = step.desk.file.scores["1"]
        assert (score.tenths, score.reason, score.proposed_tenths) == (40, "bắt đầu muộn", 50)


def test_what_does_not_count_is_said_with_the_most_that_can_be_had(cell_path: Path) -> None:
    with sheet(cell_path, "AN-PHU-2025") as step:
        step.full.click()
        assert points(step, "4.3") == ""
        assert "95" in step.gates.text()
        assert step._heads["4"].sum.text() == "20 / 30"  # noqa: SLF001 - the head of a group


def test_a_gate_is_named_beside_the_rating(cell_path: Path) -> None:
    scores = full_scores() | {"1": 5, "2": 5, "4.2": 25}
    with sheet(cell_path, "HD42-2025-full-marks", scores=scores) as step:
        assert step.total.text() == "100/100 điểm: Tốt"
        assert not step.gates.isVisible()
        type_into(step, "7", "4")
        assert step.total.text() == "99/100 điểm: Khá"
        assert step.gates.text() == "Chỉ xếp đến loại Khá: tiêu chí 7 chưa đạt điểm tối đa"


def test_another_framework_is_chosen_from_this_meeting_on_and_taken_back(cell_path: Path) -> None:
    with sheet(cell_path, scores=full_scores()) as step:
        place = step.framework.findText("An Phú", Qt.MatchFlag.MatchContains)
        step.framework.setCurrentIndex(place)
        step.framework.activated.emit(place)
        assert set(step._lines) > {"2.1", "8.3"}  # noqa: SLF001 - the rows of the criteria
        assert step.desk.file.scores == {}
        step.session.book.history.undo()
        step.desk.refresh()
        assert len(step.desk.file.scores) == len(full_scores())


def test_rating_vote_and_observer_are_settled_below(cell_path: Path) -> None:
    with sheet(cell_path, scores=full_scores()) as step:
        settling = step.settling
        vote, member = step.desk.file.votes[0], step.desk.file.roll[0].member
        settling.vote.show_value(vote.id)
        settling.vote.activated.emit(settling.vote.currentIndex())
        settling.observer.show_value(member.id)
        settling.observer.activated.emit(settling.observer.currentIndex())
        settling.rating.show_value(Rating.FAIR)
        settling.rating.activated.emit(settling.rating.currentIndex())
        settling.reason.setText("còn vắng không lý do")
        settling.reason.flush()
        file = step.desk.file
        assert (file.settlement.vote_id, file.settlement.rating_reason) == (vote.id, "còn vắng không lý do")
        assert (file.meeting.observer_id, file.meeting.own_rating) == (member.id, Rating.FAIR)
        assert step.total.text().endswith("Khá")
        assert settling.outcome.isVisible()


def test_the_upper_committee_is_recorded_when_the_minutes_are_closed(cell_path: Path) -> None:
    scores = full_scores() | {"2": 5}
    with sheet(cell_path, scores=scores, close=True) as step:
        assert step._lines["1"].points.isReadOnly()  # noqa: SLF001 - the row of a criterion
        upper = step.upper
        upper.points.setText("88,5")
        upper.points.flush()
        upper.rating.show_value(Rating.FAIR)
        upper.rating.activated.emit(upper.rating.currentIndex())
        upper.by.setText("Đảng ủy xã Đông Hòa")
        upper.by.flush()
        settled = step.session.book.scoring.settlement(step.desk.meeting_id)
        assert (settled.upper_tenths, settled.upper_rating, settled.upper_decided_by) == (
            885, Rating.FAIR, "Đảng ủy xã Đông Hòa",
        )  # fmt: skip
        upper.points.setText("120")
        upper.points.flush()
        assert step.session.book.scoring.settlement(step.desk.meeting_id).upper_tenths == 885


@pytest.mark.parametrize("percent", [100, 200])
def test_thirty_criteria_fit_and_have_names(cell_path: Path, percent: int) -> None:
    with sheet(cell_path, "AN-PHU-2025", percent) as step:
        assert unnamed(step) == []
        assert outside(step.window()) == []


def test_findings_lead_to_their_fields(cell_path: Path) -> None:
    with sheet(cell_path, scores=full_scores()) as step:
        for place, field in (
            ("scores.4.2", step._lines["4.2"].points),  # noqa: SLF001 - the row of a criterion
            ("rating_note", step.settling.note),
            ("score_vote", step.settling.vote),
            ("upper_tenths", step.upper.points),
        ):
            assert step.focus_place(place)
            assert field.hasFocus()
