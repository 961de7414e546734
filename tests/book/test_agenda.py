"""The list of what is due: every line, its urgency, and where it leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import CELL, make_cell_book, make_committee_book
from keys import PASSPHRASE, own_key
from recordings import NOVEMBER, meeting_data, noon, quick_keys

from sochibo.book.agenda.agenda import DUE_LABELS, Due, DueLine, due_lines
from sochibo.book.book import Book
from sochibo.messages import Messages, fields_of
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.members.members import EventKind, Member, MemberEvent
from sochibo.storage.engine.database import Database
from sochibo.storage.records import submissions
from sochibo.storage.records.submissions import KeptSubmission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2026, 11, 5)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        made.reports.take_key(own_key("secretary", made.organisation().id).pkcs12, PASSPHRASE)
        yield made


@pytest.fixture
def committee(tmp_path: Path) -> Iterator[Book]:
    with make_committee_book(tmp_path / "committee.sochibo") as made:
        yield made


def lines(book: Book, today: date) -> dict[str, DueLine]:
    """Return the lines by what they say, and see that each can be said."""
    found = due_lines(book, today)
    order = list(Due)
    assert [order.index(line.due) for line in found] == sorted(order.index(line.due) for line in found)
    for line in found:
        assert fields_of(line.what) | fields_of(line.why) <= set(line.fields)
    words = Messages("en")
    return {words.sentence(line.what, line.fields): line for line in found}


def test_a_book_without_members_asks_for_them_alone(tmp_path: Path) -> None:
    with Book.create(tmp_path / "new.sochibo", CELL) as empty:
        (line,) = due_lines(empty, DAY)
    assert (line.what, line.goal, line.due) == ("Enter the members of the cell", "members", Due.TODAY)


def test_a_book_without_a_key_asks_for_one_and_not_for_seals(tmp_path: Path) -> None:
    with make_cell_book(tmp_path / "cell.sochibo") as book:
        book.meetings.record(meeting_data(close=True))
        found = lines(book, date(2026, 11, 6))
    assert found["Make the key that seals"].goal == "key"
    assert not any(said.startswith("Seal") for said in found)


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2026, 12, 1), Due.SOON),
        (date(2026, 12, 3), Due.TODAY),
        (date(2026, 12, 4), Due.OVERDUE),
    ],
)
def test_the_regular_meeting_of_the_month_is_to_be_prepared(book: Book, today: date, due: Due) -> None:
    line = lines(book, today)["Prepare the regular meeting of 3 Dec 2026"]
    assert (line.due, line.by, line.goal) == (due, date(2026, 12, 3), "new-meeting")


def test_a_regular_day_far_off_comes_later(book: Book) -> None:
    book.change_organisation(replace(book.organisation(), regular_day=28))
    assert lines(book, date(2026, 12, 1))["Prepare the regular meeting of 28 Dec 2026"].due is Due.LATER


def test_a_prepared_meeting_is_to_be_held_then_recorded(book: Book) -> None:
    meeting_id = book.meetings.prepare(MeetingKind.REGULAR, DAY)
    before = lines(book, date(2026, 11, 1))
    assert not any("Prepare" in said for said in before)
    line = before["Hold the meeting of 5 Nov 2026"]
    assert (line.due, line.goal) == (Due.SOON, f"meeting:{meeting_id}")
    assert lines(book, DAY)["Record the meeting of 5 Nov 2026"].due is Due.TODAY
    assert lines(book, date(2026, 11, 6))["Record the meeting of 5 Nov 2026"].due is Due.OVERDUE


def test_a_recorded_meeting_is_to_be_closed_within_two_days(book: Book) -> None:
    """HD 42-HD/BTCTW, 28/10/2025: the papers go to the committee within 2 days."""
    meeting_id = book.meetings.record(meeting_data())
    line = lines(book, DAY)["Close the minutes of 5 Nov 2026"]
    assert (line.due, line.by, line.goal) == (Due.SOON, date(2026, 11, 7), f"meeting:{meeting_id}")
    assert lines(book, date(2026, 11, 7))["Close the minutes of 5 Nov 2026"].due is Due.TODAY
    assert lines(book, date(2026, 11, 8))["Close the minutes of 5 Nov 2026"].due is Due.OVERDUE


def test_closed_minutes_are_to_be_sealed_and_sealed_ones_are_done(book: Book) -> None:
    meeting_id = book.meetings.record(meeting_data(close=True))
    assert lines(book, date(2026, 11, 8))["Seal the minutes of 5 Nov 2026"].due is Due.OVERDUE
    paper = book.reports.minutes_of(meeting_id)
    assert paper is not None
    book.reports.seal(paper.id, book.reports.open_key(PASSPHRASE), noon(date(2026, 11, 8)))
    assert not any("5 Nov" in said for said in lines(book, date(2026, 11, 8)))


def test_last_months_summary_is_to_be_issued_then_sealed(book: Book) -> None:
    book.meetings.record(meeting_data(close=True))
    today = date(2026, 12, 2)
    line = lines(book, today)["Issue the summary of 11/2026"]
    assert (line.due, line.by, line.goal) == (Due.SOON, date(2026, 12, 5), "report:2026-11")
    assert lines(book, date(2026, 12, 6))["Issue the summary of 11/2026"].due is Due.OVERDUE
    document_id = book.reports.issue_summary(NOVEMBER, on=date(2026, 12, 1))
    found = lines(book, today)
    assert "Issue the summary of 11/2026" not in found
    assert found["Seal the summary of 11/2026"].goal == "report:2026-11"
    book.reports.seal(document_id, book.reports.open_key(PASSPHRASE), noon(date(2026, 12, 1)))
    assert lines(book, today)["Send the summary of 11/2026"].goal == "report:2026-11"
    book.reports.send(document_id, book.path.parent)
    assert not any("summary" in said for said in lines(book, today))


def test_a_new_book_owes_no_summary_of_the_month_before_it(book: Book) -> None:
    book.meetings.record(meeting_data())
    assert not any("summary" in said for said in lines(book, date(2026, 11, 10)))


def test_probation_ends_twelve_months_after_admission(book: Book) -> None:
    """Charter art. 5: probation lasts 12 months; Đỗ Minh Ước was admitted on 19/5/2026."""
    said = "Consider the recognition of Đỗ Minh Ước"
    assert said not in lines(book, date(2027, 4, 1))
    line = lines(book, date(2027, 5, 1))[said]
    assert (line.due, line.by) == (Due.LATER, date(2027, 5, 19))
    assert line.goal.startswith("member:")
    # QĐ 294-QĐ/TW, 26/5/2025, §4.2.1: the cell acts within 30 working days after that.
    line = lines(book, date(2027, 5, 20))[said]
    assert (line.due, line.by) == (Due.LATER, date(2027, 6, 30))
    assert lines(book, date(2027, 7, 1))[said].due is Due.OVERDUE


def test_a_29_february_has_its_anniversary_on_the_28th(book: Book) -> None:
    admitted = MemberEvent(id="", member_id="", kind=EventKind.ADMISSION, on=PartialDate("2024-02-29"))
    book.members.add(Member(id="", name="Lê Văn Nhuận"), [admitted])
    line = lines(book, date(2025, 2, 20))["Consider the recognition of Lê Văn Nhuận"]
    assert line.by == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (EventKind.TEMPORARY_EXEMPTION, "The exemption of Lê Văn Hạn ends"),
        (EventKind.TEMPORARY_OUT, "The temporary activity of Lê Văn Hạn elsewhere ends"),
    ],
)
def test_a_planned_end_is_told_before_and_after_it(book: Book, kind: EventKind, said: str) -> None:
    events = [
        MemberEvent(id="", member_id="", kind=EventKind.RECOGNITION, on=PartialDate("2010-01-01")),
        MemberEvent(
            id="", member_id="", kind=kind, on=PartialDate("2026-06-01"), until=PartialDate("2026-12-15")
        ),
    ]
    book.members.add(Member(id="", name="Lê Văn Hạn"), events)
    assert said not in lines(book, date(2026, 11, 1))
    assert lines(book, date(2026, 12, 1))[said].due is Due.LATER
    assert lines(book, date(2026, 12, 16))[said].due is Due.OVERDUE


def test_a_guest_whose_stay_has_an_end_is_told_too(book: Book) -> None:
    stay = MemberEvent(
        id="", member_id="", kind=EventKind.TEMPORARY_IN, on=PartialDate("2026-06-01"),
        until=PartialDate("2026-12"),
    )  # fmt: skip
    book.members.add(Member(id="", name="Lê Văn Khách"), [stay])
    line = lines(book, date(2026, 12, 30))["The temporary activity of Lê Văn Khách here ends"]
    assert line.by == date(2026, 12, 31)


def test_a_committee_first_sets_up_enrolment_then_enrols(committee: Book) -> None:
    (line,) = due_lines(committee, DAY)
    assert (line.what, line.goal) == ("Set up the enrolment of cells", "key")
    with quick_keys():
        committee.authority.make(PASSPHRASE, noon(DAY))
    (line,) = due_lines(committee, DAY)
    assert (line.what, line.goal) == ("Enrol the first cell", "inbox")


def test_a_committee_is_told_who_has_not_sent_and_what_waits(tmp_path: Path, committee: Book) -> None:
    with quick_keys():
        committee.authority.make(PASSPHRASE, noon(DAY))
    committee.close()
    database = Database.open(committee.path)
    with database.act("Enrolled"):
        for number in (1, 2):
            submissions.put_unit(database, f"unit-{number}", f"Chi bộ Thôn {number}", date(2026, 1, 1))
        for level, code, counts in (("accept", "V00", True), ("hold", "V12", False), ("hold", "V16", False)):
            submissions.add(
                database,
                KeptSubmission(
                    sha256=code, file="x.pdf", received_at=noon(date(2026, 12, 2)), level=level, code=code,
                    unit_id="unit-1", kind="summary", period="2026-11", counts=counts,
                ),
            )  # fmt: skip
    database.close()
    with Book.open(tmp_path / "committee.sochibo") as reopened:
        found = lines(reopened, date(2026, 12, 6))
    assert found["Received files to be looked at: 1"].due is Due.TODAY
    line = found["Cells whose summary of 11/2026 has not come: 1"]
    assert (line.due, line.goal, line.fields["units"]) == (Due.OVERDUE, "inbox", "Chi bộ Thôn 2")


def test_every_urgency_has_a_word() -> None:
    assert set(DUE_LABELS) == set(Due)
