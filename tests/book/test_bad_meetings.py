"""What goes wrong with meetings in real life, each handled without losing or inventing anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from books import make_cell_book
from recordings import meeting_data

from sochibo.faults import Refused
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.meetings import Attendance, Guest, MeetingKind, Vote
from sochibo.rules.meetings.proposals import Proposal, ProposalState
from sochibo.rules.meetings.study import Commitment, StudySession
from sochibo.rules.members.members import EventKind, Member, MemberEvent
from sochibo.rules.reports import MinutesReport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book

NOVEMBER = date(2026, 11, 5)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


def id_of(book: Book, name: str, *, everybody: bool = False) -> str:
    return next(
        one.member.id for one in book.members.on(NOVEMBER, everybody=everybody) if one.member.name == name
    )


def join(book: Book, name: str, born: str, admitted: str) -> str:
    event = MemberEvent(id="", member_id="", kind=EventKind.ADMISSION, on=PartialDate(admitted))
    book.members.add(Member(id="", name=name, birth=PartialDate(born)), [event])
    return next(
        one.member.id
        for one in book.members.on(date(2027, 1, 1))
        if one.member.name == name and one.member.birth == PartialDate(born)
    )


def codes(book: Book, meeting_id: str) -> set[str]:
    return {finding.code for finding in book.meetings.findings(meeting_id)}


def closed(book: Book, meeting_id: str, number: int | None = None) -> MinutesReport:
    report = book.reports.envelope(book.meetings.close(meeting_id, number)).report
    assert isinstance(report, MinutesReport)
    return report


def data(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any value of the file
    return meeting_data(**changes)


def test_two_members_of_one_name_are_told_apart_in_marks_minutes_and_speeches(book: Book) -> None:
    young = join(book, "Lê Hoàng Đức", "1999-09-09", "2026-02-03")
    ambiguous = data(absent=[{"name": "Lê Hoàng Đức", "reason": "work"}])
    with pytest.raises(Refused) as refusal:
        book.meetings.record(ambiguous)
    assert [(one.code, one.place) for one in refusal.value.findings] == [("M83", "absent.0.name")]
    told = data(
        absent=[{"name": "Lê Hoàng Đức (1999)", "reason": "work"}],
        items=[{"title": "Nhiệm vụ", "text": "Lê Hoàng Đức (1988): nhất trí"}],
    )
    meeting_id = book.meetings.record(told)
    file = book.meetings.file(meeting_id)
    assert set(file.marks) & {young} == {young}
    assert file.speeches[0].member_id not in {None, young}
    assert "M47" not in codes(book, meeting_id)
    assert [one.name for one in closed(book, meeting_id).excused] == ["Lê Hoàng Đức (1999)"]


def test_who_was_admitted_between_two_meetings_is_on_the_second_roll_only(book: Book) -> None:
    october = book.meetings.record(data(on="2026-10-05"))
    newcomer = join(book, "Cao Thị Mới", "2001-01-01", "2026-10-20")
    november = book.meetings.record(data())
    rolls = [{one.member.id for one in book.meetings.file(key).roll} for key in (october, november)]
    assert [newcomer in roll for roll in rolls] == [False, True]
    with pytest.raises(Refused) as refusal:
        book.meetings.mark(october, newcomer, Attendance.EXCUSED)
    assert [one.code for one in refusal.value.findings] == ["M91"]
    base = book.meetings.file(november).vote_base().size
    assert base == book.meetings.file(october).vote_base().size, "a probationary member has no vote"


def test_a_meeting_moved_to_another_month_counts_the_roll_of_its_new_day(book: Book) -> None:
    newcomer = join(book, "Cao Thị Mới", "2001-01-01", "2026-10-20")
    items = [{"title": "Nhiệm vụ", "text": "Cao Thị Mới: xin hứa"}]
    meeting_id = book.meetings.record(data(items=items, absent=[{"name": "Cao Thị Mới", "excused": False}]))
    assert book.meetings.file(meeting_id).speeches[0].member_id == newcomer
    meeting = book.meetings.file(meeting_id).meeting
    book.meetings.change(replace(meeting, on=date(2026, 10, 5)))
    moved = book.meetings.file(meeting_id)
    assert moved.speeches == ()
    assert newcomer not in {one.member.id for one in moved.roll}
    (finding,) = [one for one in book.meetings.findings(meeting_id) if one.code == "M12"]
    assert finding.fields["name"] == "Cao Thị Mới"
    assert closed(book, meeting_id).unexcused == ()
    assert [line.meeting.on.month for line in book.meetings.lines(2026)] == [10]


def test_who_left_later_keeps_name_mark_and_speech_and_cannot_be_removed(book: Book) -> None:
    items = [{"title": "Nhiệm vụ", "text": "Lê Hoàng Đức: nhất trí"}]
    proposals = [{"text": "Sửa mương", "member": "Lê Hoàng Đức"}]
    meeting_id = book.meetings.record(data(items=items, absent=[], proposals=proposals))
    leaver = id_of(book, "Lê Hoàng Đức")
    report = closed(book, meeting_id)
    book.members.record_event(leaver, EventKind.TRANSFER_OUT, PartialDate("2026-11-20"))
    with pytest.raises(Refused) as refusal:
        book.members.remove(leaver)
    assert [one.code for one in refusal.value.findings] == ["P31"]
    assert book.meetings.file(meeting_id).name_of(leaver) == "Lê Hoàng Đức"
    assert report.items[0].speakers == ("Lê Hoàng Đức",)
    december = book.meetings.record(data(on="2026-12-03", absent=[]))
    later = book.meetings.file(december)
    assert leaver not in {one.member.id for one in later.roll}
    assert later.name_of(later.earlier_proposals[0].member_id) == "Lê Hoàng Đức"


def test_an_exempt_member_who_comes_is_named_counts_in_no_attendance_and_may_vote(book: Book) -> None:
    without = book.meetings.file(book.meetings.record(data(also_present=[])))
    came = book.meetings.file(book.meetings.record(data(on="2026-11-06")))
    assert came.attendance().ratio == without.attendance().ratio
    assert came.attendance().extra_present == 1
    assert came.vote_base().size == without.vote_base().size + 1
    assert closed(book, came.meeting.id).extra_present == ("Hoàng Văn Ấm",)


def test_more_voices_than_voters_cannot_be_closed(book: Book) -> None:
    meeting_id = book.meetings.record(data())
    voters = book.meetings.file(meeting_id).vote_base().voters_present
    vote = book.meetings.file(meeting_id).votes[0]
    book.meetings.set_votes(meeting_id, [replace(vote, in_favour=voters, against=1)])
    with pytest.raises(Refused) as refusal:
        book.meetings.close(meeting_id)
    assert [one.code for one in refusal.value.findings] == ["M23"]


def test_blank_and_invalid_voices_are_part_of_the_others(book: Book) -> None:
    meeting_id = book.meetings.record(data())
    vote = Vote(id="", meeting_id="", position=0, question="Nhất trí?", in_favour=2, other=1, blank=2)
    with pytest.raises(Refused) as refusal:
        book.meetings.set_votes(meeting_id, [vote])
    assert [one.code for one in refusal.value.findings] == ["M96"]


def test_a_day_on_which_no_framework_applies_needs_no_score(book: Book) -> None:
    meeting_id = book.meetings.prepare(MeetingKind.REGULAR, date(2016, 5, 3))
    assert book.meetings.file(meeting_id).framework is None
    (finding,) = [one for one in book.meetings.findings(meeting_id) if one.code == "M31"]
    assert finding.severity.value == "yellow"


def test_an_open_proposal_comes_up_again_until_it_is_answered(book: Book) -> None:
    october = book.meetings.record(data(on="2026-10-05", proposals=[{"text": "Sửa mương"}], close=True))
    november = book.meetings.record(data())
    (proposal,) = book.meetings.file(november).earlier_proposals
    assert book.meetings.file(november).raised_on == {october: date(2026, 10, 5)}
    assert "M50" in codes(book, november)
    told = replace(proposal, state=ProposalState.ANSWERED, answer="đã sửa", text="khác")
    book.proposals.answer(told, november)
    assert "M50" not in codes(book, november)
    (answered,) = book.meetings.file(november).earlier_proposals
    assert (answered.text, answered.answered_on) == ("Sửa mương", NOVEMBER)
    report = closed(book, november)
    assert [(one.text, one.answer, one.raised_on) for one in report.proposals] == [
        ("Sửa mương", "đã sửa", date(2026, 10, 5))
    ]
    december = book.meetings.record(data(on="2026-12-03"))
    assert book.meetings.file(december).earlier_proposals == ()
    assert book.proposals.open_before(date(2026, 12, 3)) == ()
    with pytest.raises(Refused) as refusal:
        book.proposals.answer(replace(told, state=ProposalState.OPEN), november)
    assert [one.code for one in refusal.value.findings] == ["M90"]


def test_a_proposal_is_not_answered_before_it_was_raised(book: Book) -> None:
    october = book.meetings.record(data(on="2026-10-05"))
    november = book.meetings.record(data(proposals=[{"text": "Sửa mương"}]))
    (proposal,) = book.proposals.of_meeting(november)
    with pytest.raises(Refused) as refusal:
        book.proposals.answer(replace(proposal, state=ProposalState.ANSWERED), october)
    assert [one.code for one in refusal.value.findings] == ["M78"]


def test_study_sessions_count_turns_with_and_without_a_meeting(book: Book) -> None:
    meeting_id = book.meetings.record(data())
    session = StudySession(id="", on=NOVEMBER, subject="Nghị quyết", convened=6, present=5)
    book.studies.set_for(meeting_id, [session])
    own = book.studies.put(replace(session, on=date(2026, 11, 20), convened=10, present=10))
    year = (date(2026, 1, 1), date(2026, 12, 31))
    assert book.studies.turns(*year).denominator == 16
    book.studies.put(replace(session, id=own, on=date(2026, 11, 21), convened=4, present=4))
    book.studies.set_for(meeting_id, [])
    assert [(one.id, one.convened) for one in book.studies.within(*year)] == [(own, 4)]
    book.studies.remove(own)
    assert book.studies.within(*year) == ()
    for wrong, code in ((replace(session, present=7), "M76"), (replace(session, subject=" "), "M79")):
        with pytest.raises(Refused) as refusal:
            book.studies.put(wrong)
        assert [one.code for one in refusal.value.findings] == [code]


def test_a_study_session_of_closed_minutes_stays(book: Book) -> None:
    studies = [{"subject": "Nghị quyết", "convened": 6, "present": 5}]
    meeting_id = book.meetings.record(data(studies=studies, close=True))
    (session,) = book.meetings.file(meeting_id).studies
    for act in (lambda: book.studies.remove(session.id), lambda: book.studies.put(session)):
        with pytest.raises(Refused) as refusal:
            act()
        assert [one.code for one in refusal.value.findings] == ["M90"]


def test_a_commitment_is_one_a_year_and_signing_together_keeps_earlier_days(book: Book) -> None:
    first, second = id_of(book, "Nguyễn Văn Mẫu"), id_of(book, "Trần Thị Bích")
    book.commitments.put(
        Commitment(id="", member_id=first, year=2026, signed_on=date(2026, 1, 15), content="Gương mẫu")
    )
    book.commitments.sign_all(2026, [first, second], NOVEMBER)
    known = book.commitments.of_year(2026)
    assert {key: one.signed_on for key, one in known.items()} == {
        first: date(2026, 1, 15), second: NOVEMBER,
    }  # fmt: skip
    book.commitments.put(replace(known[first], id="", result="tốt"))
    assert len(book.commitments.of_year(2026)) == 2
    assert book.commitments.of_year(2026)[first].result == "tốt"
    signed = book.commitments.signed(2026, book.members.on(NOVEMBER))
    assert (signed.numerator, signed.denominator) == (2, 9)


def test_speeches_follow_the_text_the_guests_and_the_items(book: Book) -> None:
    meeting_id = book.meetings.record(data())
    item = book.meetings.file(meeting_id).items[1]
    text = "Đỗ Văn Khách: chào\nPhạm Thị Ân: nhất trí"
    book.meetings.change_item(replace(item, text=text))
    assert [one.speaker for one in book.meetings.file(meeting_id).speeches] == ["Phạm Thị Ân"]
    guest = Guest(id="", meeting_id="", position=0, name="Đỗ Văn Khách")
    book.meetings.set_guests(meeting_id, [guest])
    first, second = book.meetings.file(meeting_id).speeches
    assert (first.speaker, first.guest_id is None, second.speaker) == ("Đỗ Văn Khách", False, "Phạm Thị Ân")
    book.meetings.remove_item(item.id)
    assert book.meetings.file(meeting_id).speeches == ()
    book.history.undo()
    assert book.meetings.file(meeting_id).speeches == (first, second)


def test_an_unfinished_item_stays_unfinished_in_the_minutes(book: Book) -> None:
    meeting_id = book.meetings.record(
        data(items=[{"title": "Đường thôn", "text": "Bàn.", "finished": False}])
    )
    assert [item.finished for item in closed(book, meeting_id).items] == [False]


def test_a_proposal_of_this_meeting_takes_its_answer_here(book: Book) -> None:
    meeting_id = book.meetings.record(data())
    made = Proposal(
        id="", meeting_id="", position=0, text="Sửa mương", state=ProposalState.ANSWERED, answer="có"
    )
    book.proposals.set_for(meeting_id, [made])
    (kept,) = book.proposals.of_meeting(meeting_id)
    assert (kept.answer_meeting_id, kept.answered_on) == (meeting_id, NOVEMBER)
    book.proposals.set_for(meeting_id, [replace(kept, state=ProposalState.OPEN)])
    assert book.proposals.of_meeting(meeting_id)[0].answered_on is None
