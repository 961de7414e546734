"""The demo's circle: three cells, their committee and the province above, over the year that they share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from sochibo import files
from sochibo.commands.samples import books, year
from sochibo.commands.samples.meetings import later_months
from sochibo.rules.dates import Month, PartialDate
from sochibo.rules.meetings.meetings import AbsenceReason, Attendance
from sochibo.rules.members.members import EventKind, Member, MemberEvent
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.exchange_papers import ReceiptReport, Remark, ReturnReport
from sochibo.rules.units.organisations import BookKind

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.inbox.inbox import Submission
    from sochibo.sealing.keys import SigningKey

__all__ = [
    "MERGED",
    "MERGED_ON",
    "OCTOBER",
    "REMARK",
    "SPOILT",
    "STAYS",
    "SUMMARY",
    "UPWARD",
    "YEAR",
    "YEAR_SENT",
    "Party",
    "answer",
    "at",
    "correct_october",
    "end_year",
    "enrol",
    "make_province",
    "merge",
    "move_members",
    "remark",
    "send",
    "send_last_movement",
    "send_quarters",
    "spoil",
]  # fmt: skip

YEAR: Final = 2026
OCTOBER: Final = Month(YEAR, 10)
STAYS: Final = "Chi bộ Thôn 5"
MERGED: Final = "Chi bộ Thôn 6"
MERGED_ON: Final = date(YEAR, 7, 1)
DECISION: Final = "21-QĐ/ĐU"
YEAR_SENT: Final = date(YEAR + 1, 1, 5)
REMARK: Final = "Danh sách vắng thiếu một đồng chí so với sổ trực ban, đề nghị kiểm tra, gửi lại."
SUMMARY: Final = ReportKind.SUMMARY
UPWARD: Final = (ReportKind.INDICATORS, ReportKind.MOVEMENT, ReportKind.BRIDGE)
"""What goes upward beside the roll-up of a year."""

_REASON: Final = "Ghi sót một đồng chí vắng mặt, theo phiếu trả lại của Đảng ủy."
_HEAD: Final = "Lương Văn Bạch Đàn"
SPOILT: Final = "(đã bị sửa)"


class Party:
    """A book with its key opened: opening one takes half a second, so nobody does it twice."""

    def __init__(self, book: Book, key: SigningKey) -> None:
        self.book = book
        self.key = key

    @property
    def name(self) -> str:
        """Return whose book it is."""
        return self.book.organisation().name


def at(day: date) -> datetime:
    """Return the morning of a day."""
    return datetime.combine(day, time(8, 30), books.VIETNAM)


def enrol(
    book: Book, committee: Book, passphrase: str, folder: Path, since: date, *, renew: bool = False
) -> Path:
    """Make a key, carry the request as a sealed paper to the committee; returns that paper.

    A key that is there already is only given the certificate (`renew`).
    """
    made = at(date(YEAR - 1, 10, 12))
    if not renew:
        book.reports.make_key(book.organisation().secretary, passphrase, made)
    request = folder / f"Đề nghị đăng ký {book.organisation().name}.pdf"
    files.write_whole(request, book.keys.request_paper(passphrase, made))
    chain = committee.authority.enrol(
        request.read_bytes(), books.COMMITTEE_PASSPHRASE, made, since=since, name=request.name
    )
    book.keys.accept(chain, passphrase)
    return request


def send(party: Party, period: str, folder: Path, on: date) -> Path:
    """Issue the summary of a period, seal it and write it to a stick on a day."""
    return seal_and_send(party, party.book.reports.issue_summary(parse_period(period), on=on), folder, on)


def seal_and_send(party: Party, document_id: str, folder: Path, on: date) -> Path:
    """Seal an issued paper and write it to a stick on a day."""
    party.book.reports.seal(document_id, party.key, at(on))
    return party.book.reports.send(document_id, folder, at(on))


def send_year(party: Party, folder: Path) -> list[Path]:
    """Send what is due when a year is over: summary of meetings, movement of members, indicators."""
    book, whole = party.book, parse_period(str(YEAR))
    ids = (
        book.reports.issue_summary(whole, on=YEAR_SENT),
        book.member_papers.issue_movement(whole, YEAR_SENT),
        book.indicators.issue(whole, YEAR_SENT),
    )
    return [seal_and_send(party, one, folder, YEAR_SENT) for one in ids]


def issue_year(committee: Book, on: date) -> tuple[str, ...]:
    """Issue what a committee sends upward of a year: roll-up, indicators, movement, bridge of its units."""
    from sochibo.book.rollups.committee_papers import issue_paper

    whole = parse_period(str(YEAR))
    rollup = committee.reports.issue_rollup(whole, on=on)
    return rollup, *(issue_paper(committee, kind, whole, on) for kind in UPWARD)


def send_quarters(party: Party, committee: Book, folder: Path) -> list[Submission]:
    """Let the cell that ends send its two quarters, the last on its last day."""
    arrived: list[Submission] = []
    for period, on in ((f"{YEAR}-Q1", date(YEAR, 4, 5)), (f"{YEAR}-Q2", date(YEAR, 6, 30))):
        arrived += committee.inbox.receive([send(party, period, folder, on)], at(on))
    return arrived


def move_members(ends: Book, stays: Book) -> None:
    """Let the members of a cell that is to be merged go over to the other from the day of the merger."""
    on = PartialDate(MERGED_ON.isoformat())
    came = MemberEvent(
        id="", member_id="", kind=EventKind.TRANSFER_IN, on=on, decision=DECISION,
        other_organisation=ends.organisation().name,
    )  # fmt: skip
    went = replace(came, kind=EventKind.TRANSFER_OUT, other_organisation=stays.organisation().name)
    for entry in ends.members.on(MERGED_ON):
        events = [replace(one, id="", member_id="") for one in ends.members.events(entry.member.id)]
        ends.members.record(replace(went, member_id=entry.member.id))
        stays.members.add(Member(id="", name=entry.member.name, birth=entry.member.birth), [*events, came])


def send_last_movement(party: Party, folder: Path) -> Path:
    """Let the cell say on its last day where its members go, so that nobody is counted twice or lost."""
    on = MERGED_ON - timedelta(days=1)
    return seal_and_send(
        party, party.book.member_papers.issue_movement(parse_period(str(YEAR)), on), folder, on
    )


def merge(committee: Book, ends: Book, stays: Book) -> None:
    """Merge one cell into another in July."""
    committee.units.merge(
        [ends.organisation().id], MERGED_ON, into=stays.organisation().id, decision=DECISION
    )
    committee.authority.renew(books.COMMITTEE_PASSPHRASE, books.NOW)


def spoil(sealed: Path) -> Path:
    """Put beside a sealed file a copy in which one byte is another; returns the copy."""
    data = bytearray(sealed.read_bytes())
    data[len(data) // 3] ^= 1
    copy = sealed.with_name(f"{sealed.stem} {SPOILT}.pdf")
    files.write_whole(copy, bytes(data))
    return copy


def answer(committee: Party, folder: Path, on: date, parties: tuple[Party, ...]) -> tuple[Path, ...]:
    """Seal receipts and return slips for all units at once, and let the cells take in what is theirs."""
    known = {party.book.organisation().id: party.book for party in parties}
    ids = committee.book.decisions.issue_slips(on)
    slips = committee.book.decisions.seal_and_send(ids, committee.key, folder, at(on))
    for document_id, slip in zip(ids, slips, strict=True):
        report = committee.book.reports.envelope(document_id).report
        if isinstance(report, ReceiptReport | ReturnReport) and report.unit_id in known:
            known[report.unit_id].answers.take(slip.read_bytes(), slip.name, at(on))
    return slips


def remark(committee: Book, submission: Submission, on: date) -> None:
    """Return a file with a remark on one field."""
    told = Remark("meetings.0.attendance", "Đảng viên dự sinh hoạt", REMARK)
    committee.decisions.send_back([submission.id], [told], at(on))


def correct_october(party: Party, folder: Path, on: date) -> Path:
    """Correct the minutes of October after the remark, and send the summary as a new revision."""
    book = party.book
    meeting = next(line.meeting for line in book.meetings.lines(YEAR) if line.meeting.month == OCTOBER)
    book.meetings.correct(meeting.id, _REASON, on=on)
    forgotten = next(
        entry.member.id
        for entry in book.meetings.file(meeting.id).roll
        if entry.member.id not in {meeting.chair_id, meeting.minute_taker_id}
        and entry.member.id not in book.meetings.marks(meeting.id)
    )
    book.meetings.mark(meeting.id, forgotten, Attendance.EXCUSED, AbsenceReason.FAMILY)
    book.meetings.close(meeting.id)
    return send(party, str(OCTOBER), folder, on)


def end_year(cell: Book, neighbour: Book) -> None:
    """Record the last months of the year in both cells."""
    for month in later_months():
        year.record_month(cell, month)
        books.record_short_month(neighbour, month)


def make_province(path: Path) -> Book:
    """Make the province's book with its authority, which the committee will send its roll-ups to."""
    book = books.make_book(path, BookKind.COMMITTEE, "Tỉnh ủy An Bình", "Trung ương Đảng", _HEAD)
    book.authority.make(books.COMMITTEE_PASSPHRASE, at(date(YEAR - 1, 9, 1)))
    book.reports.make_key(_HEAD, books.COMMITTEE_PASSPHRASE, at(date(YEAR - 1, 9, 1)))
    return book
