"""What is said, proposed, voted and corrected, noted in the real window."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from recordings import meeting_data
from windows import compose, frame_of, open_window, press, settle

from sochibo.book.book import Book
from sochibo.interface.meetings.meeting_page import MeetingPage
from sochibo.interface.meetings.steps.attendance import AttendanceStep
from sochibo.interface.meetings.steps.closing import ClosingStep
from sochibo.interface.meetings.steps.items import ItemsStep
from sochibo.interface.meetings.steps.votes import VotesStep
from sochibo.rules.meetings.meetings import MeetingState, VoteMethod
from sochibo.rules.meetings.proposals import ProposalState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.meetings.steps.proposals import ProposalRows

OCTOBER = meeting_data(
    on="2026-10-05",
    close=True,
    proposals=[{"text": "Sửa mương", "member": "Phạm Thị Ân"}],
    items=[{"title": "Nhiệm vụ tháng tới", "text": "Bí thư trình bày dự thảo."}],
)


@contextmanager
def meeting(path: Path, **changes: object) -> Iterator[MeetingPage]:
    """Open the window on the meeting of November, with that of October before it."""
    with Book.open(path) as book:
        book.meetings.record(OCTOBER)
        meeting_id = book.meetings.record(meeting_data(**changes))
    with open_window(path) as window:
        frame = frame_of(window)
        frame.go(f"meeting:{meeting_id}")
        page = frame.page
        assert isinstance(page, MeetingPage)
        yield page


def items_of(page: MeetingPage) -> ItemsStep:
    page.open_step(2)
    step = page.step
    assert isinstance(step, ItemsStep)
    settle()
    return step


def closing_of(page: MeetingPage) -> ClosingStep:
    page.open_step(6)
    step = page.step
    assert isinstance(step, ClosingStep)
    settle()
    return step


def test_at_names_a_speaker_and_who_has_not_spoken_is_told(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with meeting(cell_path) as page:
        step = items_of(page)
        card = step.cards[0]
        card.text.setFocus()
        for sign in "@bich":
            press(card.text, Qt.Key.Key_unknown, sign)
        assert card.text.offered_texts() == ("Trần Thị Bích",)
        press(card.text, Qt.Key.Key_Return, "\r")
        compose(card.text, commit="đề nghị làm sớm")
        step.flush()
        assert page.desk.file.items[0].text == "Trần Thị Bích: đề nghị làm sớm"
        assert [speech.speaker for speech in page.desk.file.speeches] == ["Trần Thị Bích"]
        assert card.spoke.text() == "Phát biểu: Trần Thị Bích."
        assert step.speaking.text() == "1/5 đồng chí có mặt đã phát biểu (20%)."
        assert "Nguyễn Văn Mẫu" in step.silent.text()


def test_phrases_of_earlier_meetings_are_offered_under_the_same_title(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with meeting(cell_path) as page:
        card = items_of(page).cards[1]
        card.text.setFocus()
        press(card.text, Qt.Key.Key_F4)
        assert card.text.offered_texts() == ("Bí thư trình bày dự thảo.",)


def test_an_unfinished_item_says_so(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with meeting(cell_path) as page:
        items_of(page).cards[1].unfinished.click()
        assert [item.finished for item in page.desk.file.items] == [True, False]


def test_an_item_is_given_to_whose_turn_it_is_and_a_name_typed_over_it_counts(
    qtbot: QtBot, cell_path: Path
) -> None:
    del qtbot
    with meeting(cell_path) as page:
        card = items_of(page).cards[1]
        card.turn.click()
        who = page.desk.file.items[1].presenter_id
        assert who
        assert card.presenter.text() == page.desk.file.name_of(who)
        card.presenter.setText("Lê Thị Hậu")
        card.presenter.flush()
        item = page.desk.file.items[1]
        assert (item.presenter, item.presenter_id) == ("Lê Thị Hậu", None)


def answer_row(rows: ProposalRows) -> None:
    (row,) = rows.rows
    row.state.setCurrentIndex(1)  # type: ignore[attr-defined] # a row of this list
    row.state.activated.emit(1)  # type: ignore[attr-defined] # as above
    row.answer.setText("đã đưa vào kế hoạch")  # type: ignore[attr-defined] # as above
    rows.flush()


def test_an_earlier_proposal_is_answered_and_a_new_one_is_raised(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with meeting(cell_path) as page:
        step = items_of(page)
        assert step.focus_place("earlier_proposals.0")
        answer_row(step.proposals.earlier)
        (earlier,) = page.desk.file.earlier_proposals
        assert (earlier.state, earlier.answer) == (ProposalState.ANSWERED, "đã đưa vào kế hoạch")
        assert earlier.answer_meeting_id == page.desk.meeting_id
        step.proposals.rows.begin()
        step.proposals.rows.rows[0].text.setText("Thêm đèn đường")  # type: ignore[attr-defined] # as above
        step.flush()
        assert [one.text for one in page.desk.file.proposals] == ["Thêm đèn đường"]


def test_a_study_session_begins_with_who_was_convened_and_came(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with meeting(cell_path) as page:
        step = items_of(page)
        step.studies.rows.begin()
        step.studies.rows.rows[0].subject.setText("Nghị quyết Đại hội")  # type: ignore[attr-defined] # as above
        step.flush()
        (session,) = page.desk.file.studies
        assert (session.subject, session.convened, session.present) == ("Nghị quyết Đại hội", 6, 4)
        step.studies.sign.click()
        assert len(page.session.book.commitments.of_year(2026)) == 4


def test_ballots_have_tellers_and_blank_ones_are_told_apart(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with meeting(cell_path) as page:
        page.open_step(3)
        step = page.step
        assert isinstance(step, VotesStep)
        settle()
        row = step.votes.rows[0]
        assert not row.ballots.isVisible()  # type: ignore[attr-defined] # a row of this list
        row.set_values(method=VoteMethod.BALLOT)
        settle()
        assert row.ballots.isVisible()  # type: ignore[attr-defined] # as above
        row.blank.setText("1")  # type: ignore[attr-defined] # as above
        row.tellers.setText("Bích")  # type: ignore[attr-defined] # as above
        step.flush()
        vote = page.desk.file.votes[0]
        assert (vote.blank, vote.other, vote.tellers) == (1, 1, "Bích")
        row.other.setText("0")  # type: ignore[attr-defined] # as above
        step.flush()
        assert (page.desk.file.votes[0].blank, page.desk.file.votes[0].other) == (None, 0)


def test_a_digit_marks_who_came_late_and_again_takes_it_back(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with meeting(cell_path) as page:
        page.open_step(1)
        step = page.step
        assert isinstance(step, AttendanceStep)
        step.table.search("bich")
        member = step.table.record().entry.member.id
        press(step.table, Qt.Key.Key_4, "4")
        assert page.desk.file.marks[member].late
        assert "Đến muộn: Trần Thị Bích." in step.sentence.text()
        press(step.table, Qt.Key.Key_4, "4")
        assert member not in page.desk.file.marks


def test_who_accepted_an_absence_is_noted_beside_the_reason(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with meeting(cell_path) as page:
        page.open_step(1)
        step = page.step
        assert isinstance(step, AttendanceStep)
        step.table.search("duc")
        step.accepted.setText("Bí thư")
        step.flush()
        (mark,) = [mark for mark in page.desk.file.marks.values() if mark.accepted_by]
        assert (mark.note, mark.accepted_by) == ("tập huấn ở tỉnh", "Bí thư")
        assert "Bí thư chấp nhận" in step.sentence.text()


def test_the_number_can_be_chosen_and_the_deadline_is_seen(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with meeting(cell_path) as page:
        step = closing_of(page)
        assert step.number.text() == "2"
        assert "07/11/2026" in step.deadline.text()
        step.number.setText("9")
        step.close_minutes()
        document = page.session.book.reports.minutes_of(page.desk.meeting_id)
        assert document is not None
        assert document.number == "09-BB/CB"


def test_closed_minutes_are_opened_by_a_reason_and_closed_again(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with meeting(cell_path, close=True) as page:
        step = closing_of(page)
        step.correction.open.click()
        assert step.correction.reason.hasFocus()
        step.correction.begin()
        assert page.desk.closed, "without a reason nothing is opened"
        step.correction.reason.setText("ghi sót một đồng chí")
        press(step.correction.reason, Qt.Key.Key_Return, "\r")
        settle()
        assert page.desk.file.meeting.state is MeetingState.RECORDING
        assert "ghi sót một đồng chí" in step.correction.made.text()
        assert not step.correction.open.isVisible()
        step.close_minutes()
        document = page.session.book.reports.minutes_of(page.desk.meeting_id)
        assert document is not None
        assert document.revision == 2


PLACES = [
    "kind",
    "on",
    "start",
    "end",
    "place",
    "theme",
    "chair",
    "minute_taker",
    "observer",
    "fee_note",
    "format",
    "notice_on",
    "attendance",
    "guests",
    "items",
    "conclusion",
    "adopted",
    "proposals",
    "earlier_proposals",
    "studies",
    "votes",
    "tasks",
    "earlier_tasks",
    "scores",
    "number",
]


def test_every_finding_leads_into_a_step(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with meeting(cell_path) as page:
        known = {place for step in page.steps for place in step.places}
        assert [place for place in PLACES if place not in known] == []
        for place, step in (
            ("observer", 0),
            ("guests.0.name", 1),
            ("earlier_proposals.0", 2),
            ("votes.0.tellers", 3),
        ):
            page.jump(place)
            assert page.place == step
