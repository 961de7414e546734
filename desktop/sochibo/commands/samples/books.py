"""Sample books, made step by step with the same acts that people use."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Final

from sochibo.commands.samples.meetings import talk_of
from sochibo.commands.samples.people import CHAIR, SampleEvent, later_events, people
from sochibo.commands.samples.roster import ROSTER_DAY
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.practice import summary_due
from sochibo.rules.members.members import EventKind, Member, MemberEvent, Sex
from sochibo.rules.units.organisations import BookKind

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.rules.dates import Month
    from sochibo.sealing.keys import SigningKey

__all__ = [
    "CELL_PASSPHRASE", "COMMITTEE_PASSPHRASE", "NEIGHBOURS", "NOW", "VIETNAM", "enrol", "make_book",
    "make_cell", "make_committee", "make_empty_cell", "make_neighbour", "record_later_events",
    "record_short_month", "send_summary", "sent_at",
]  # fmt: skip

VIETNAM: Final = timezone(timedelta(hours=7))
NOW: Final = datetime(2026, 11, 5, 8, 30, tzinfo=VIETNAM)
"""The morning on which the demo takes place: October is over, its papers are due."""
NEIGHBOURS: Final = ("Chi bộ Thôn 5", "Chi bộ Trường Tiểu học")
_NEIGHBOURS: Final = {
    NEIGHBOURS[0]: ("Hứa Văn Gừng", "Nông Thị Riềng", "Tô Văn Nghệ", "Lục Thị Sả", "Khúc Văn Hẹ"),
    NEIGHBOURS[1]: ("Chử Thị Cúc", "Giáp Thị Huệ", "Mạc Văn Thông", "Ninh Thị Lan Rừng"),
    "Chi bộ Thôn 6": ("Đàm Văn Tỏi", "Ma Thị Hành", "Lò Văn Kiệu", "Bế Thị Mùi"),
}
"""Small cells with their people, the secretary first and the minute-taker next."""

CELL_PASSPHRASE: Final = "mùa lúa chín vàng"  # noqa: S105 - it locks invented data only
COMMITTEE_PASSPHRASE: Final = "cây đa bến nước"  # noqa: S105 - as above


def make_cell(path: Path, roster: Path) -> Book:
    """Make the cell's book from its roster, and record what happened to its people since."""
    book = make_empty_cell(path)
    book.members.import_roster(book.members.preview_roster(roster))
    record_later_events(book)
    return book


def make_empty_cell(path: Path) -> Book:
    """Make the cell's book with nobody in it."""
    return make_book(path, BookKind.CELL, "Chi bộ Thôn 4", "Đảng bộ xã Đông Hòa", CHAIR)


def record_later_events(book: Book) -> None:
    """Record who came after the roster was written, and what happened to those who stand in it."""
    listed = {entry.member.name: entry.member.id for entry in book.members.on(ROSTER_DAY, everybody=True)}
    guests = {event.name: event for event in later_events() if event.kind is EventKind.TEMPORARY_IN}
    for person in people():
        if person.name in listed:
            continue
        member = Member(
            id="",
            name=person.name,
            birth=PartialDate(person.birth),
            sex=Sex.MALE if person.sex == "Nam" else Sex.FEMALE,
            ethnicity=person.ethnicity,
            education=person.education,
            profession=person.profession,
            job_now=person.job,
        )
        guest = guests.get(person.name)
        if guest is None:
            events = [_event(EventKind.ADMISSION, person.admission)]
        else:
            # Her admission is in her own cell's book; here she is a guest from the day she came.
            events = [_event(guest.kind, guest.on, until=guest.until, note=guest.note)]
        book.members.add(member, events)
    for event in sorted(later_events(), key=lambda each: each.on):
        if event.name in listed:
            _record(book, listed[event.name], event)


def make_neighbour(path: Path, recorded: tuple[Month, ...]) -> Book:
    """Make a small cell beside the first one, named as its file, with its meetings."""
    secretary, *others = _NEIGHBOURS[path.stem]
    book = make_book(path, BookKind.CELL, path.stem, "Đảng bộ xã Đông Hòa", secretary)
    for place, person in enumerate((secretary, *others)):
        year = 1970 + 4 * place
        events = [
            _event(EventKind.ADMISSION, f"{year + 26}-05-19"),
            _event(EventKind.RECOGNITION, f"{year + 27}-05-19"),
        ]
        book.members.add(Member(id="", name=person, birth=PartialDate(str(year))), events)
    for month in recorded:
        record_short_month(book, month)
    return book


def record_short_month(book: Book, month: Month) -> str:
    """Record and close the meeting of a neighbour's month; returns the meeting's id."""
    secretary, *others = _NEIGHBOURS[book.organisation().name]
    talk = talk_of(month)
    return book.meetings.record({
        "kind": "regular", "on": f"{month}-04", "start": "19:30", "end": "21:00", "place": "Nhà văn hóa",
        "chair": secretary, "minute_taker": others[0], "fee": "Đã đóng đủ.", "adopted": True,
        "close": True,
        "absent": [{"name": others[-1], "reason": "illness"}] if month.month % 3 else [],
        "items": [
            {"title": "Kết quả nhiệm vụ tháng trước", "presenter": secretary,
             "text": "Các việc đã giao đều làm xong, không có vụ việc mất trật tự."},
            {"title": talk["matter"], "presenter": others[1], "text": talk["discussion"],
             "speeches": [{"speaker": others[2], "text": "Nhất trí, đề nghị phân công rõ từng xóm."}],
             "conclusion": f"Giao đồng chí {others[1]} chủ trì thực hiện."},
        ],
        "tasks": [{"text": talk["task"], "assignees": others[1], "due": month.last().isoformat()}],
        "scores": {"1": 5, "2": 5, "3.1": 5, "3.2": 5, "4.1": 5, "4.2": 20,
                   "4.3": 9, "5": 5, "6": 25, "7": 5},
        "conclusion": "Thực hiện tốt nhiệm vụ đã giao.",
    })  # fmt: skip


def make_committee(path: Path) -> Book:
    """Make the committee's book, with its authority and its own key."""
    book = make_book(path, BookKind.COMMITTEE, "Đảng ủy xã Đông Hòa", "Đảng bộ tỉnh An Bình", "Đào Thị Mơ")
    book.authority.make(COMMITTEE_PASSPHRASE, _ago(days=400))
    book.reports.make_key("Đào Thị Mơ", COMMITTEE_PASSPHRASE, _ago(days=400))
    return book


def enrol(cell: Book, committee: Book, since: date | None = None) -> None:
    """Make the cell's key, carry its request to the committee and the certificate back.

    `since` is the first day for which the unit owes its reports; the key is older.
    """
    made = _ago(days=390)
    cell.reports.make_key(cell.organisation().secretary, CELL_PASSPHRASE, made)
    request = cell.reports.key_request(CELL_PASSPHRASE)
    chain = committee.authority.enrol(request, COMMITTEE_PASSPHRASE, made, since=since or made.date())
    cell.reports.accept_certificate(chain, CELL_PASSPHRASE)
    committee.authority.renew(COMMITTEE_PASSPHRASE, NOW)


def send_summary(book: Book, month: Month, stick: Path, key: SigningKey | None = None) -> Path:
    """Issue the summary of a month, seal it and write it to the stick, all on the day it is due."""
    now = sent_at(month)
    document_id = book.reports.issue_summary(month, on=now.date())
    book.reports.seal(document_id, key or book.reports.open_key(CELL_PASSPHRASE), now)
    return book.reports.send(document_id, stick)


def sent_at(month: Month) -> datetime:
    """Return the moment at which a month's summary leaves: the morning of its last day."""
    return datetime.combine(summary_due(month), time(8, 30), VIETNAM)


def make_book(path: Path, kind: BookKind, name: str, superior: str, secretary: str) -> Book:
    """Make an empty book with its term; a cell also says where it meets."""
    from sochibo.book.book import Book, BookDraft

    draft = BookDraft(
        kind=kind,
        name=name,
        superior=superior,
        place="Đông Hòa",
        term_name="2025-2030",
        term_start=date(2025, 6, 1),
        secretary=secretary,
    )
    book = Book.create(path, draft, by=secretary)
    if kind is BookKind.CELL:
        book.change_organisation(replace(book.organisation(), regular_place="Nhà văn hóa thôn 4"))
    return book


def _record(book: Book, member_id: str, event: SampleEvent) -> None:
    book.members.record_event(
        member_id,
        event.kind,
        PartialDate(event.on),
        until=PartialDate(event.until) if event.until else None,
        decision=event.decision,
        note=event.note,
    )


def _event(kind: EventKind, on: str, *, until: str = "", note: str = "") -> MemberEvent:
    planned = PartialDate(until) if until else None
    return MemberEvent(id="", member_id="", kind=kind, on=PartialDate(on), until=planned, note=note)


def _ago(*, days: int) -> datetime:
    return NOW - timedelta(days=days)
