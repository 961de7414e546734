"""A cell's yearly review in its book: entered, closed, decided, corrected; nothing overwritten."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest
from books import CELL, make_cell_book, make_committee_book
from ratings import member_id, rate, sentences

from sochibo.book.book import Book
from sochibo.book.field_words import HIDDEN, label_of
from sochibo.book.ratings.rating_drafts import list_draft
from sochibo.documents.papers import page_texts
from sochibo.faults import Refused, Severity
from sochibo.messages import Messages
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.meetings import AbsenceReason, Attendance, MeetingKind
from sochibo.rules.members.commendations import HintKind
from sochibo.rules.members.members import EventKind, Member, MemberEvent
from sochibo.rules.ratings.caps import CapBase, CapGroup, CapRule
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures, Source
from sochibo.rules.ratings.rating_papers import RatingListReport
from sochibo.rules.ratings.ratings import (
    Ballot,
    BallotKind,
    Grade,
    Level,
    NoLevelReason,
    RatingScore,
    ReviewForm,
    ReviewKind,
    ReviewState,
    Subject,
)
from sochibo.storage.engine.database import Database
from sochibo.storage.engine.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


MET: Final[dict[str, Any]] = {
    "all_done": True,
    "above_percent": 40,
    "late_percent": 0,
    "remedied_percent": 100,
}
RATED = ("Bùi Quang Án", "Phạm Thị Ân", "Trần Thị Bích", "Lê Hoàng Đức", "Nguyễn Văn Mẫu", "Đỗ Minh Ước")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


@pytest.fixture
def period(book: Book) -> str:
    return book.ratings.make_period(2026)


def rate_all(book: Book, period: str, excellent: int = 1) -> None:
    for place, name in enumerate(RATED):
        level = Level.EXCELLENT if place < excellent else Level.GOOD
        rate(book, period, name, proposed_level=level)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in refused.value.findings]


def test_the_list_is_the_roll_of_the_closing_day(book: Book, period: str) -> None:
    lines = book.ratings.lines(period)
    assert [line.name for line in lines if line.rating.subject is Subject.RATED] == list(RATED)
    reasons = {line.name: line.rating.subject_reason for line in lines if line.rating.subject_reason}
    assert reasons == {
        "Hoàng Văn Ấm": NoLevelReason.EXEMPT_AGE,
        "Đặng Văn Tuấn": NoLevelReason.SUSPENDED,
        "Vũ Thị Yến": NoLevelReason.EXEMPT_OTHER,
    }
    assert [line.name for line in lines if line.in_committee] == ["Trần Thị Bích", "Nguyễn Văn Mẫu"]
    assert [line.name for line in lines if line.is_head] == ["Nguyễn Văn Mẫu"]


def test_no_rules_for_the_year(book: Book) -> None:
    with pytest.raises(Refused) as refused:
        book.ratings.make_period(2017)
    assert sentences(refused.value.findings) == [
        "No rules for rating are kept here for 2017: ask for them before you begin."
    ]
    assert book.ratings.periods() == ()


def test_one_review_a_year_and_one_a_quarter(book: Book, period: str) -> None:
    with pytest.raises(Refused) as refused:
        book.ratings.make_period(2026)
    assert sentences(refused.value.findings) == ["There is a review of 2026 already."]
    first = book.ratings.make_period(2026, kind=ReviewKind.QUARTER, quarter=1)
    assert book.ratings.period(first).closing_on == date(2026, 3, 31)
    assert [line.name for line in book.ratings.lines(first)] == ["Trần Thị Bích", "Nguyễn Văn Mẫu"]
    assert [one.id for one in book.ratings.periods()] == [period, first]


def test_the_closing_day_belongs_to_its_year(book: Book) -> None:
    with pytest.raises(Refused) as refused:
        book.ratings.make_period(2026, closing_on=date(2025, 12, 15))
    assert codes(refused) == ["R04"]
    assert book.ratings.make_period(2026, closing_on=date(2026, 12, 5))


def test_the_rules_of_an_earlier_year_are_its_own(book: Book) -> None:
    old = book.ratings.make_period(2024)
    assert book.ratings.rules(old).id == "QD124-2023"
    mau = member_id(book, "Nguyễn Văn Mẫu")
    for code, grade in (("1", Grade.GOOD), ("2", Grade.EXCELLENT)):
        book.ratings.set_score(old, mau, code, RatingScore(criterion=code, grade=grade))
    rating = rate(book, old, "Nguyễn Văn Mẫu", all_done=True, above_percent=50)
    assert (rating.computed_level, rating.total_tenths) == (Level.EXCELLENT, None)


def test_a_quarter_closes_within_a_month_of_its_end(book: Book) -> None:
    with pytest.raises(Refused) as refused:
        book.ratings.make_period(2026, kind=ReviewKind.QUARTER, quarter=1, closing_on=date(2026, 9, 30))
    assert codes(refused) == ["R04"]
    assert book.ratings.make_period(2026, kind=ReviewKind.QUARTER, quarter=1, closing_on=date(2026, 4, 15))


def test_the_rules_follow_the_closing_day_after_somebody_was_rated_too(book: Book) -> None:
    """QĐ 366-QĐ/TW took the place of QĐ 124-QĐ/TW on 30/8/2025, within the year."""
    made = book.ratings.make_period(2025)
    rate(book, made, "Nguyễn Văn Mẫu", common_tenths=300, task_tenths=650, **MET)
    assert book.ratings.line(made, member_id(book, "Nguyễn Văn Mẫu")).rating.computed_level
    before = book.ratings.period(made)
    book.ratings.change_period(dataclasses.replace(before, closing_on=date(2025, 8, 29)))
    assert book.ratings.rules(made).id == "QD124-2023"
    rating = book.ratings.line(made, member_id(book, "Nguyễn Văn Mẫu")).rating
    assert (rating.common_tenths, rating.computed_level) == (300, None)
    book.history.undo()
    assert book.ratings.period(made) == before
    rating = book.ratings.line(made, member_id(book, "Nguyễn Văn Mẫu")).rating
    assert rating.computed_level is Level.EXCELLENT


def test_rules_of_its_own_stay_with_a_review_whatever_its_day(book: Book) -> None:
    made = book.ratings.make_period(2025)
    own = dataclasses.replace(book.ratings.rules(made), id="tinh-2025", step_tenths=5)
    book.ratings.set_rules(made, own)
    moved = dataclasses.replace(book.ratings.period(made), closing_on=date(2025, 8, 1))
    book.ratings.change_period(moved)
    assert book.ratings.rules(made).id == "tinh-2025"


def test_points_below_nothing_are_refused_not_reckoned_with(book: Book, period: str) -> None:
    mau = book.ratings.line(period, member_id(book, "Nguyễn Văn Mẫu")).rating
    with pytest.raises(Refused) as refused:
        book.ratings.change(dataclasses.replace(mau, common_tenths=-50, task_tenths=10))
    assert codes(refused) == ["R05"]
    with pytest.raises(Refused) as refused:
        book.ratings.record(
            period, {"members": [{"name": "Nguyễn Văn Mẫu", "points_common": "-0,5", "points_task": "10"}]}
        )
    assert codes(refused) == ["R05"]


def test_two_of_one_name_are_told_apart_wherever_the_year_of_birth_does_not_stand(
    book: Book, period: str
) -> None:
    admitted = MemberEvent(id="", member_id="", kind=EventKind.ADMISSION, on=PartialDate("2001-03-03"))
    for birth in ("1961-02-03", "1961-09-02", "1970"):
        book.members.add(
            Member(id="", name="Trần Văn An", birth=PartialDate(birth)),
            [admitted, dataclasses.replace(admitted, kind=EventKind.RECOGNITION)],
        )
    lines = [line for line in book.ratings.lines(period) if line.entry.member.name == "Trần Văn An"]
    assert sorted(line.name for line in lines) == [
        "Trần Văn An (02/1961)", "Trần Văn An (09/1961)", "Trần Văn An (1970)",
    ]  # fmt: skip
    assert [book.ratings.line(period, line.entry.member.id).name for line in lines] == [
        line.name for line in lines
    ]
    listed = book.reports.report_of(list_draft(book, period, date(2026, 12, 20)))
    assert isinstance(listed, RatingListReport)
    assert sorted(line.name for line in listed.lines if "An" in line.name.split()[2]) == [
        "Trần Văn An", "Trần Văn An (02/1961)", "Trần Văn An (09/1961)",
    ]  # fmt: skip


def test_marks_and_the_year_of_birth_tell_people_of_a_file_apart(book: Book, period: str) -> None:
    admitted = MemberEvent(id="", member_id="", kind=EventKind.ADMISSION, on=PartialDate("2001-03-03"))
    for name, birth in (("Trần Văn An", "1961"), ("Trần Văn Ân", "1970")):
        book.members.add(
            Member(id="", name=name, birth=PartialDate(birth)),
            [admitted, dataclasses.replace(admitted, kind=EventKind.RECOGNITION)],
        )
    book.ratings.record(
        period,
        {
            "members": [
                {"name": "Trần Văn An", "own_level": "HTT"},
                {"name": "", "own_level": ""},
                {"name": "tran van an (1970)", "own_level": "HTNV"},
            ]
        },
    )
    told = {line.name: line.rating.own_level for line in book.ratings.lines(period)}
    assert (told["Trần Văn An"], told["Trần Văn Ân"]) == (Level.GOOD, Level.COMPLETED)
    with pytest.raises(Refused) as refused:
        book.ratings.record(period, {"members": [{"name": "tran van an", "own_level": "HTT"}]})
    assert sentences(refused.value.findings) == [
        "Line 1: more than one member is called tran van an; add the year of birth in brackets."
    ]


def test_moving_the_closing_day_of_a_draft_may_change_its_rules(book: Book) -> None:
    made = book.ratings.make_period(2025)
    assert book.ratings.period(made).rule_set == "QD366-2025"
    early = dataclasses.replace(book.ratings.period(made), closing_on=date(2025, 8, 1))
    book.ratings.change_period(early)
    assert (book.ratings.period(made).rule_set, book.ratings.rules(made).id) == ("QD124-2023", "QD124-2023")


def test_the_first_entry_opens_the_review(book: Book, period: str) -> None:
    assert book.ratings.period(period).state is ReviewState.DRAFT
    rate(book, period, "Lê Hoàng Đức", common_tenths=280)
    assert book.ratings.period(period).state is ReviewState.OPEN


def test_points_above_the_most_are_refused(book: Book, period: str) -> None:
    with pytest.raises(Refused) as refused:
        rate(book, period, "Lê Hoàng Đức", common_tenths=310)
    assert sentences(refused.value.findings) == [
        "Lê Hoàng Đức: 31 points are more than the 30 of the common criteria."
    ]
    with pytest.raises(Refused) as refused:
        book.ratings.set_score(
            period, member_id(book, "Lê Hoàng Đức"), "B", RatingScore(criterion="B", tenths=701)
        )
    assert set(codes(refused)) == {"R05", "R07"}
    assert book.ratings.line(period, member_id(book, "Lê Hoàng Đức")).rating.id == ""


def test_points_by_criterion_add_up(book: Book, period: str) -> None:
    rate(book, period, "Nguyễn Văn Mẫu", form=ReviewForm.LEADER, **MET)
    mau = member_id(book, "Nguyễn Văn Mẫu")
    for code, tenths in (("A1", 175), ("A2", 40), ("A3", 80), ("B", 640)):
        book.ratings.set_score(period, mau, code, RatingScore(criterion=code, tenths=tenths))
    line = book.ratings.line(period, mau)
    assert (line.rating.common_tenths, line.rating.task_tenths) == (295, 640)
    assert (line.rating.computed_level, line.proposal.level) == (Level.EXCELLENT, Level.EXCELLENT)
    assert [finding.code for finding in line.findings] == ["R08"]
    with pytest.raises(Refused) as refused:
        book.ratings.set_score(period, mau, "A", RatingScore(criterion="A", tenths=1))
    assert codes(refused) == ["R18"]
    book.ratings.set_score(period, mau, "A1", None)
    assert "A1" not in book.ratings.line(period, mau).scores


def test_the_failed_condition_is_named_and_people_override_with_a_reason(book: Book, period: str) -> None:
    rate(
        book, period, "Lê Hoàng Đức",
        common_tenths=300, task_tenths=640, proposed_level=Level.EXCELLENT, **(MET | {"above_percent": 25}),
    )  # fmt: skip
    line = book.ratings.line(period, member_id(book, "Lê Hoàng Đức"))
    assert line.rating.computed_level is Level.GOOD
    assert sentences(line.proposal.failed) == [
        "HTXS needs 30% of the tasks above what was asked; here it is 25%."
    ]
    assert [finding.code for finding in line.findings] == ["R14"]
    written = rate(book, period, "Lê Hoàng Đức", override_reason="nhận thêm việc khó")
    assert book.ratings.line(period, written.member_id).findings == ()
    assert (written.computed_level, written.proposed_level) == (Level.GOOD, Level.EXCELLENT)


def test_closing_says_what_is_missing(book: Book, period: str) -> None:
    rate(book, period, "Lê Hoàng Đức", proposed_level=Level.GOOD)
    with pytest.raises(Refused) as refused:
        book.ratings.close(period)
    assert sentences(refused.value.findings) == [
        f"{name} has neither a level nor a reason for having none."
        for name in RATED
        if name != "Lê Hoàng Đức"
    ]


def test_counts_that_exceed_the_voters_keep_it_open(book: Book, period: str) -> None:
    rate_all(book, period, 0)
    book.ratings.set_ballot(
        Ballot(
            id="",
            period_id=period,
            kind=BallotKind.LEVELS,
            present=5,
            issued=6,
            collected=6,
            valid=5,
            invalid=1,
        )
    )
    rate(book, period, "Lê Hoàng Đức", votes_good=6)
    with pytest.raises(Refused) as refused:
        book.ratings.close(period)
    assert sentences(refused.value.findings) == [
        "Lê Hoàng Đức: 6 votes are entered, but there were only 5 valid papers.",
        "6 papers were issued to 5 voters present.",
    ]
    with pytest.raises(Refused):
        book.ratings.set_ballot(Ballot(id="", period_id=period, kind=BallotKind.LEVELS, issued=-1))


def test_a_reason_by_hand_goes_before_the_events(book: Book, period: str) -> None:
    line = book.ratings.line(period, member_id(book, "Phạm Thị Ân"))
    ill = dataclasses.replace(
        line.rating, subject_reason=NoLevelReason.LONG_ILLNESS, subject_note="nằm viện 4 tháng"
    )
    book.ratings.set_subject(period, line.rating.member_id, ill)
    now = book.ratings.line(period, line.rating.member_id).rating
    assert (now.subject, now.subject_manual) == (Subject.PENDING, True)
    with pytest.raises(Refused) as refused:
        rate(book, period, "Phạm Thị Ân", proposed_level=Level.GOOD)
    assert codes(refused) == ["R10"]
    unrated = {
        line.line.name: (line.subject, line.reason, line.reviewed) for line in book.ratings.unrated(period)
    }
    assert unrated["Phạm Thị Ân"] == (Subject.PENDING, NoLevelReason.LONG_ILLNESS, False)
    assert unrated["Hoàng Văn Ấm"] == (Subject.NOT_SUBJECT, NoLevelReason.EXEMPT_AGE, False)
    book.ratings.set_subject(period, line.rating.member_id, None)
    assert book.ratings.line(period, line.rating.member_id).rating.subject is Subject.RATED


def test_rated_in_two_cells(book: Book, period: str) -> None:
    rate_all(book, period, 0)
    rate(book, period, "Lê Hoàng Đức", rated_elsewhere="Chi bộ Trường Mầm non")
    again = Member(id="", name="Lê Hoàng Đức", birth=PartialDate("1988-01-30"))
    book.members.add(
        again, [MemberEvent(id="", member_id="", kind=EventKind.TRANSFER_IN, on=PartialDate("2026-10-01"))]
    )
    said = sentences(finding for finding in book.ratings.check(period) if finding.severity is Severity.RED)
    assert (
        "Lê Hoàng Đức (1) is also rated in Chi bộ Trường Mầm non: one of the two must leave the person out."
        in said
    )
    assert "Lê Hoàng Đức stands twice on the list of Chi bộ Thôn 4." in said


def test_who_moves_in_october_is_told_of(book: Book, period: str) -> None:
    book.members.record_event(
        member_id(book, "Lê Hoàng Đức"), EventKind.TRANSFER_OUT, PartialDate("2026-10-12")
    )
    assert "Lê Hoàng Đức" not in {line.name for line in book.ratings.lines(period)}
    assert any(finding.code == "R52" for finding in book.ratings.check(period))


def test_closed_and_reopened(book: Book, period: str) -> None:
    rate_all(book, period, 0)
    book.ratings.close(period)
    assert all(line.rating.id for line in book.ratings.lines(period))
    with pytest.raises(Refused) as refused:
        rate(book, period, "Lê Hoàng Đức", proposed_level=Level.COMPLETED)
    assert sentences(refused.value.findings) == [
        "Write down why this is corrected: the review of 2026 is closed or decided."
    ]
    with pytest.raises(Refused) as refused:
        book.ratings.set_ballot(Ballot(id="", period_id=period, kind=BallotKind.LEVELS))
    assert sentences(refused.value.findings) == [
        "The review of 2026 is closed: open it again first, with the reason."
    ]
    with pytest.raises(Refused) as refused:
        book.ratings.reopen(period, " ")
    assert codes(refused) == ["R95"]
    book.ratings.mark_sent(period)
    book.ratings.reopen(period, "đếm lại phiếu")
    assert book.ratings.period(period).state is ReviewState.OPEN
    assert "đếm lại phiếu" in book.ratings.period(period).note
    with pytest.raises(Refused) as refused:
        book.ratings.reopen(period, "lần nữa")
    assert codes(refused) == ["R94"]
    with pytest.raises(Refused) as refused:
        book.ratings.mark_sent(period)
    assert codes(refused) == ["R93"]


def test_a_closed_list_stays_whatever_is_learnt_later(book: Book, period: str) -> None:
    rate_all(book, period, 0)
    book.ratings.close(period)
    book.members.record_event(
        member_id(book, "Lê Hoàng Đức"), EventKind.TRANSFER_OUT, PartialDate("2026-10-12")
    )
    assert "Lê Hoàng Đức" in {line.name for line in book.ratings.lines(period)}
    assert book.ratings.figures(period)[FiguresGroup.MEMBERS].good == 6


def test_a_correction_keeps_what_was_with_its_reason(book: Book, period: str) -> None:
    mau = member_id(book, "Nguyễn Văn Mẫu")
    rate_all(book, period, 0)
    book.ratings.set_score(period, mau, "B", RatingScore(criterion="B", tenths=600))
    book.ratings.close(period)
    written = rate(book, period, "Nguyễn Văn Mẫu", proposed_level=Level.COMPLETED, reason="ghi nhầm dòng")
    assert (written.revision, written.proposed_level) == (2, Level.COMPLETED)
    (kept,) = book.ratings.revisions(written.id)
    record = json.loads(kept.record)
    assert (kept.revision, kept.reason) == (1, "ghi nhầm dòng")
    assert (record["proposed_level"], record["scores"][0]["tenths"]) == ("good", 600)


def test_proposed_and_decided_stay_apart(book: Book, period: str) -> None:
    rate_all(book, period, 2)
    book.ratings.close(period)
    people = {
        line.rating.member_id: Level.GOOD for line in book.ratings.lines(period) if line.rating.proposed_level
    }
    with pytest.raises(Refused) as refused:
        book.ratings.decide(period, people, "", None)
    assert "R43" in codes(refused)
    book.ratings.decide(period, people, "12-QĐ/ĐU", date(2027, 1, 8))
    members = {source: book.ratings.figures(period, source)[FiguresGroup.MEMBERS] for source in Source}
    assert members[Source.PROPOSED] == RatingFigures(exempt=3, excellent=2, good=4)
    assert members[Source.DECIDED] == RatingFigures(exempt=3, good=6)
    mau = book.ratings.line(period, member_id(book, "Nguyễn Văn Mẫu")).rating
    assert (mau.revision, mau.decision, mau.decided_on) == (1, "12-QĐ/ĐU", date(2027, 1, 8))
    with pytest.raises(Refused) as refused:
        book.ratings.decide(period, {mau.member_id: Level.COMPLETED}, "15-QĐ/ĐU", date(2027, 2, 1))
    assert codes(refused) == ["R91"]
    book.ratings.decide(
        period, {mau.member_id: Level.COMPLETED}, "15-QĐ/ĐU", date(2027, 2, 1), reason="hủy, xếp loại lại"
    )
    assert [one.reason for one in book.ratings.revisions(mau.id)] == ["hủy, xếp loại lại"]
    with pytest.raises(Refused) as refused:
        book.ratings.decide(period, {member_id(book, "Hoàng Văn Ấm"): Level.GOOD}, "1", date(2027, 1, 8))
    assert codes(refused) == ["R10"]


def test_the_cap_warns_for_the_list_as_it_stands_and_blocks_nothing(book: Book, period: str) -> None:
    rate_all(book, period, 2)
    (reading,) = book.ratings.caps(period)
    assert (reading.excellent, reading.good, reading.cap, reading.over) == (2, 4, 1, 1)
    assert [(finding.code, finding.severity) for finding in book.ratings.check_cap(period)] == [
        ("R60", Severity.YELLOW),
        ("R61", Severity.YELLOW),
    ]
    book.ratings.close(period)
    assert book.ratings.period(period).state is ReviewState.CLOSED


def test_the_cap_has_its_own_parameters_in_each_review(book: Book, period: str) -> None:
    rate_all(book, period, 2)
    book.ratings.set_cap(
        period, CapRule(base=CapBase.GOOD_OR_BETTER, exclude_heads=True, note="đã xin ý kiến")
    )
    (reading,) = book.ratings.caps(period)
    assert (reading.base, reading.cap, reading.heads_left_out) == (5, 1, 1)
    assert [finding.code for finding in book.ratings.check_cap(period)] == ["R60"]
    with pytest.raises(Refused) as refused:
        book.ratings.set_cap(period, CapRule(percent=25))
    assert sentences(refused.value.findings) == ["A cap of 25% needs the document that grants it."]
    book.ratings.set_cap(period, CapRule(percent=25, note="15-CV/ĐU, 1/12/2026", group=CapGroup.CELL))
    assert book.ratings.rules(period).cap.percent == 25
    with pytest.raises(Refused):
        book.ratings.set_cap(period, CapRule(percent=0))


def test_figures_of_groups_add_up(book: Book, period: str) -> None:
    rate_all(book, period, 1)
    figures = book.ratings.figures(period)
    assert (
        figures[FiguresGroup.OFFICIAL] + figures[FiguresGroup.PROBATIONARY] == figures[FiguresGroup.MEMBERS]
    )
    assert figures[FiguresGroup.PROBATIONARY] == RatingFigures(good=1)
    assert figures[FiguresGroup.COMMITTEE] == RatingFigures(good=2)
    assert figures[FiguresGroup.CELLS] == RatingFigures(unrated=1)


def test_the_cell_rates_itself(book: Book, period: str) -> None:
    own = dataclasses.replace(
        book.ratings.organisation(period),
        common_tenths=290, task_tenths=650, own_level=Level.EXCELLENT, votes_excellent=20, votes_good=5,
        vote_base=25, proposed_level=Level.EXCELLENT, exemplary=True, **MET,
    )  # fmt: skip
    book.ratings.change_organisation(own)
    written = book.ratings.organisation(period)
    assert (written.computed_level, written.exemplary, written.total_tenths) == (Level.EXCELLENT, True, 940)
    with pytest.raises(Refused) as refused:
        book.ratings.change_organisation(dataclasses.replace(written, proposed_level=Level.GOOD))
    assert sentences(refused.value.findings) == ["Only an organisation at HTXS can be exemplary."]
    book.ratings.change_organisation(dataclasses.replace(written, votes_good=6))
    assert [finding.code for finding in book.ratings.organisations(period)[0].findings] == ["R25"]
    book.ratings.change_organisation(
        dataclasses.replace(written, proposed_level=Level.COMPLETED, exemplary=False, override_reason="x")
    )
    rate(book, period, "Nguyễn Văn Mẫu", proposed_level=Level.GOOD)
    assert any(finding.code == "R42" for finding in book.ratings.check(period))
    assert book.ratings.figures(period)[FiguresGroup.CELLS] == RatingFigures(completed=1)


def test_nominees_stand_on_the_second_ballot(book: Book, period: str) -> None:
    rate(book, period, "Lê Hoàng Đức", nominated=True)
    assert [line.name for line in book.ratings.nominees(period)] == ["Lê Hoàng Đức"]


def test_runs_of_years_come_from_decided_levels(book: Book) -> None:
    duc = member_id(book, "Lê Hoàng Đức")
    for year in range(2022, 2027):
        period = book.ratings.make_period(year)
        rate(book, period, "Lê Hoàng Đức", proposed_level=Level.EXCELLENT)
        rate(book, period, "Phạm Thị Ân", proposed_level=Level.EXCELLENT)
        ann = Level.NOT_COMPLETED if year >= 2025 else Level.GOOD
        levels = {duc: Level.EXCELLENT, member_id(book, "Phạm Thị Ân"): ann}
        book.ratings.decide(period, levels, f"{year}-QĐ/ĐU", date(year + 1, 1, 8))
        own = book.ratings.organisation(period)
        book.ratings.change_organisation(
            dataclasses.replace(own, decided_level=Level.EXCELLENT, exemplary=year > 2025)
        )
    assert book.ratings.runs(2026) == {duc: 5}
    assert book.ratings.runs(2026, Level.NOT_COMPLETED) == {member_id(book, "Phạm Thị Ân"): 2}
    assert {(hint.kind, hint.name, hint.years) for hint in book.ratings.hints(2026)} == {
        (HintKind.YEAR, "Lê Hoàng Đức", 1),
        (HintKind.FIVE_YEARS, "Lê Hoàng Đức", 5),
        (HintKind.LOOK_INTO, "Phạm Thị Ân", 2),
        (HintKind.CELL_YEAR, "Chi bộ Thôn 4", 1),
    }
    assert book.ratings.hints(2020) == ()


def test_undo_takes_an_entry_back_and_a_removed_review_returns(book: Book, period: str) -> None:
    rate(book, period, "Lê Hoàng Đức", common_tenths=280, task_tenths=600)
    book.ratings.set_score(
        period, member_id(book, "Lê Hoàng Đức"), "B", RatingScore(criterion="B", tenths=650)
    )
    book.ratings.remove_period(period)
    assert book.ratings.periods() == ()
    book.history.undo()
    line = book.ratings.line(period, member_id(book, "Lê Hoàng Đức"))
    assert (line.rating.total_tenths, line.scores["B"].tenths) == (930, 650)
    with pytest.raises(KeyError):
        book.ratings.line(period, member_id(book, "Dương Văn Xa"))


def test_a_percentage_runs_to_a_hundred(book: Book, period: str) -> None:
    with pytest.raises(Refused) as refused:
        rate(book, period, "Lê Hoàng Đức", late_percent=101)
    assert codes(refused) == ["R19"]
    with pytest.raises(Refused) as refused:
        rate(book, period, "Lê Hoàng Đức", votes_good=-1)
    assert codes(refused) == ["R26"]


def test_nobody_on_the_roll(tmp_path: Path) -> None:
    with Book.create(tmp_path / "empty.sochibo", CELL) as empty:
        period = empty.ratings.make_period(2026)
        assert sentences(empty.ratings.check(period)) == ["Nobody is on the roll of the closing day."]


@pytest.fixture
def committee_with_cell(tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "committee.sochibo"
    make_committee_book(path).close()
    with Database.open(path) as database, database.act("Test"):
        unit = {"id": new_id(), "name": "Chi bộ Thôn 4", "since": "2025-07-01", "has_committee": 1}
        database.insert("unit", unit)
    with Book.open(path) as opened:
        yield opened


def test_a_committee_rates_its_cells(committee_with_cell: Book) -> None:
    committee = committee_with_cell
    period = committee.ratings.make_period(2026)
    own, *cells = committee.ratings.organisations(period)
    assert (own.name, len(cells)) == ("Đảng ủy xã Đông Hòa", 1)
    decided = dataclasses.replace(
        cells[0].rating, decided_level=Level.GOOD, decision="12-QĐ/ĐU", decided_on=date(2027, 1, 8)
    )
    committee.ratings.change_organisation(decided)
    assert committee.ratings.figures(period, Source.DECIDED)[FiguresGroup.CELLS] == RatingFigures(good=1)
    assert [reading.base for reading in committee.ratings.cell_caps(period)] == [1]
    committee.ratings.close(period)
    written = committee.ratings.organisations(period)[1].rating
    with pytest.raises(Refused) as refused:
        committee.ratings.change_organisation(dataclasses.replace(written, decided_level=Level.EXCELLENT))
    assert codes(refused) == ["R91"]


def test_the_history_of_a_rating_is_told_in_words(book: Book, period: str) -> None:
    rate(book, period, "Lê Hoàng Đức", common_tenths=285, own_level=Level.GOOD, disciplined=True, vote_base=6)
    words = Messages("en")
    written = book.ratings.line(period, member_id(book, "Lê Hoàng Đức")).rating
    (made,) = book.history.of("rating", written.id)
    told = {label: after for label, _, after in (one.say(words) for one in made.fields)}
    assert told["Member"] == "Lê Hoàng Đức"
    assert told["Review"] == "2026"
    assert told["Points, common criteria"] == "28.5"
    assert told["Own level"] == "Tasks completed well"
    assert (told["Disciplined in the year"], told["Votes counted over"]) == ("yes", "6")
    changes = book.history.of("review_period", period)
    assert changes[0].fields[0].say(words) == ("State", "In preparation", "Being entered")
    assert "Rules" in {one.say(words)[0] for one in changes[-1].fields}
    assert made.act.say(words) == "Rated Lê Hoàng Đức"


@pytest.mark.parametrize(
    "table",
    ["review_period", "rating", "rating_score", "rating_ballot", "organisation_rating", "target"],
)
def test_every_column_has_its_word(book: Book, table: str) -> None:
    with Database.open(book.path, read_only=True) as database:
        columns = [row["name"] for row in database.rows("select name from pragma_table_info(?)", (table,))]
    nameless = {name for name in columns if label_of(table, name) == name.replace("_", " ")}
    assert nameless <= HIDDEN | {"id"}


def test_remarks_are_found(book: Book, period: str) -> None:
    rate(book, period, "Lê Hoàng Đức", remarks="Xung phong làm thủy lợi", override_reason="việc khó")
    hits = [(hit.kind, hit.title.text, hit.goal) for hit in book.search.find("thuy loi")]
    assert hits == [("rating", "Xung phong làm thủy lợi", "ratings")]


def test_a_quarter_of_kht_speaks_against_excellence_of_the_year(book: Book, period: str) -> None:
    quarter = book.ratings.make_period(2026, kind=ReviewKind.QUARTER, quarter=2)
    rate(book, quarter, "Nguyễn Văn Mẫu", proposed_level=Level.NOT_COMPLETED)
    rate(book, period, "Nguyễn Văn Mẫu", proposed_level=Level.EXCELLENT)
    said = sentences(finding for finding in book.ratings.check(period) if finding.code == "R44")
    assert said == ["Nguyễn Văn Mẫu had a quarter of KHT this year and is proposed for HTXS."]
    assert not [finding for finding in book.ratings.check(quarter) if finding.code == "R44"]


def test_offices_of_the_closing_day_count(book: Book, period: str) -> None:
    path = book.path
    offices = {"Lê Hoàng Đức": ("2026-03-01", "2026-09-30"), "Phạm Thị Ân": ("2026-10-01", None)}
    ids = {name: member_id(book, name) for name in offices}
    book.close()
    with Database.open(path) as database, database.act("Test"):
        for name, (since, until) in offices.items():
            database.insert(
                "office",
                {
                    "id": new_id(),
                    "member_id": ids[name],
                    "kind": "deputy_secretary",
                    "since": since,
                    "until": until,
                },
            )
    with Book.open(path) as opened:
        leading = {line.name for line in opened.ratings.lines(period) if line.in_committee}
        assert leading == {"Nguyễn Văn Mẫu", "Trần Thị Bích", "Phạm Thị Ân"}
        quarter = opened.ratings.make_period(2026, kind=ReviewKind.QUARTER, quarter=3)
        assert "Lê Hoàng Đức" in {line.name for line in opened.ratings.lines(quarter)}


def test_a_review_may_have_rules_of_its_own(book: Book, period: str) -> None:
    rate(book, period, "Lê Hoàng Đức", common_tenths=280, task_tenths=600, **MET)
    shipped = book.ratings.rules(period)
    stricter = tuple(
        dataclasses.replace(one, above_min=50 if one.above_min else None) for one in shipped.levels
    )
    raised = (dataclasses.replace(stricter[0], from_points=85), *stricter[1:])
    book.ratings.set_rules(period, dataclasses.replace(shipped, id="HD01-2026", levels=raised))
    line = book.ratings.line(period, member_id(book, "Lê Hoàng Đức"))
    assert (book.ratings.period(period).rule_set, line.rating.computed_level) == ("HD01-2026", Level.GOOD)
    assert sentences(line.proposal.failed) == [
        "HTXS needs 50% of the tasks above what was asked; here it is 40%."
    ]
    with pytest.raises(Refused) as refused:
        book.ratings.set_rules(period, dataclasses.replace(shipped, task_max=60))
    assert codes(refused) == ["R64"]


@pytest.mark.parametrize("kind", [ReviewKind.YEAR, ReviewKind.QUARTER])
def test_one_line_says_what_the_whole_list_says_of_the_member(book: Book, kind: ReviewKind) -> None:
    period = book.ratings.make_period(2026, kind=kind, quarter=3 if kind is ReviewKind.QUARTER else None)
    if kind is ReviewKind.YEAR:
        rate_all(book, period)
        book.ratings.set_score(period, member_id(book, RATED[1]), "B", RatingScore(criterion="B", tenths=5))
    lines = book.ratings.lines(period)
    assert lines
    assert [book.ratings.line(period, line.entry.member.id) for line in lines] == list(lines)


def test_somebody_who_is_not_on_the_list_has_no_line(book: Book, period: str) -> None:
    with pytest.raises(KeyError):
        book.ratings.line(period, new_id())


def test_long_leave_and_a_new_cell_are_asked_about_before_closing(book: Book) -> None:
    """HD 21-HD/BTCTW, 18/10/2019: sick leave of three months, an organisation founded within six."""
    period = book.ratings.make_period(2026)
    someone = next(line for line in book.ratings.lines(period) if line.rating.subject is Subject.RATED)
    for month in (4, 5, 6):
        meeting = book.meetings.prepare(MeetingKind.REGULAR, date(2026, month, 3))
        book.meetings.mark(meeting, someone.rating.member_id, Attendance.EXCUSED, AbsenceReason.ILLNESS)
    (told,) = [one for one in book.ratings.check(period) if one.code == "R58"]
    assert told.fields["name"] == someone.name
    assert (told.fields["n"], told.fields["first"], told.fields["last"]) == (3, "4", "6")
    book.ratings.change(dataclasses.replace(someone.rating, proposed_level=Level.COMPLETED))
    assert not [one for one in book.ratings.check(period) if one.code == "R58"]
    assert not [one for one in book.ratings.check(period) if one.code == "R59"]
    (term,) = book.terms()
    book.change_term(dataclasses.replace(term, start=date(2026, 4, 1)))
    assert not [one for one in book.ratings.check(period) if one.code == "R59"], "it stood eight months"
    book.change_term(dataclasses.replace(term, start=date(2026, 8, 1)))
    assert not [one for one in book.ratings.check(period) if one.code == "R59"], "it met before that term"


def test_a_cell_or_unit_that_has_not_stood_half_a_year_is_asked_about(tmp_path: Path) -> None:
    """HD 21-HD/BTCTW, 18/10/2019."""
    with Book.create(tmp_path / "new.sochibo", dataclasses.replace(CELL, term_start=date(2026, 9, 1))) as new:
        new.members.add(Member(id="", name="Đỗ Thị Lúa"), [
            MemberEvent(id="", member_id="", kind=EventKind.ADMISSION, on=PartialDate("2010")),
            MemberEvent(id="", member_id="", kind=EventKind.RECOGNITION, on=PartialDate("2011")),
        ])  # fmt: skip
        told = [one for one in new.ratings.check(new.ratings.make_period(2026)) if one.code == "R59"]
        assert [one.fields["name"] for one in told] == ["Chi bộ Thôn 4"]
    with make_committee_book(tmp_path / "committee.sochibo") as committee:
        committee.units.found("Chi bộ Khu công nghiệp", date(2026, 9, 1))
        committee.units.found("Chi bộ Chợ", date(2026, 2, 1))
        told = [
            one for one in committee.ratings.check(committee.ratings.make_period(2026)) if one.code == "R59"
        ]
        assert [one.fields["name"] for one in told] == ["Chi bộ Khu công nghiệp"]


def test_papers_of_a_term_or_an_occasion_never_replace_those_of_the_year(book: Book) -> None:
    day = date(2026, 10, 10)
    reviews = {
        book.ratings.make_period(2026): "2026",
        book.ratings.make_period(2026, kind=ReviewKind.QUARTER, quarter=3): "2026-Q3",
        book.ratings.make_period(2026, kind=ReviewKind.OCCASION, closing_on=day, note="bầu cử"): "2026-10-10",
        book.ratings.make_period(2026, kind=ReviewKind.TERM, closing_on=day, note="2020–2025"): "2020-2025",
        book.ratings.make_period(2026, kind=ReviewKind.TERM, closing_on=day): "2026-10-10",
    }
    for review, period in reviews.items():
        assert list_draft(book, review, day).period == period
    occasion = next(review for review, period in reviews.items() if period == "2026-10-10")
    text = " ".join(page_texts(book.reports.preview(list_draft(book, occasion, day))))
    assert "ngày 10 tháng 10 năm 2026" in text
