"""A year of the sample cell beyond its meetings: offices, plan, papers, and what is told a month later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sochibo.commands.samples.meetings import FIRST_MONTH, THEMED, meeting_of, thematic_of, told_after
from sochibo.commands.samples.people import CHAIR, DEPUTY, MINUTE_TAKER
from sochibo.rules.dates import Month
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.meetings.plans import ThemePlan
from sochibo.rules.meetings.proposals import ProposalState
from sochibo.rules.members.offices import OfficeKind, Way
from sochibo.rules.members.registers import RegisterKind, RegisterLine
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sochibo.book.book import Book

__all__ = ["PAPERS", "fill_registers", "issue_papers", "plan_year", "record_month"]

TERM_START: Final = date(2025, 6, 1)
NOTICE_DAYS: Final = 5
"""How long before a meeting its notice goes out."""

PAPERS: Final = (ReportKind.NOTICE, ReportKind.PROGRAMME, ReportKind.RESOLUTION)
"""What is issued of every regular meeting besides its minutes."""

_OFFICES: Final = (
    (CHAIR, OfficeKind.SECRETARY),
    (DEPUTY, OfficeKind.DEPUTY_SECRETARY),
    (MINUTE_TAKER, OfficeKind.COMMITTEE_MEMBER),
)
_GROUPS: Final = {
    "Tổ đảng xóm Đông": ("Đinh Văn Đậu", "Ngô Văn Khoai", "Mai Thị Vừng", "Cao Văn Mía", "Phạm Văn Tre"),
    "Tổ đảng xóm Đoài": ("Đỗ Văn Xoài", "Hồ Thị Mận", "Hoàng Thị Ổi", "Tạ Văn Trúc", "Lý Thị Ngô"),
}
_CANDIDATES: Final = (
    ("Hạ Thị Thìa Là", "2000-03-08", "female", "Chi hội phó phụ nữ", "trained"),
    ("Giang Văn Bầu", "2002-12-22", "male", "Dân quân thường trực", "listed"),
)
_THEMES: Final = (
    (1, "Nhiệm vụ trọng tâm năm 2026 của chi bộ", "Xây dựng Đảng", 2),
    (1, THEMED[Month(2026, 3)], "Phát triển địa phương", 3),
    (2, "Phát huy vai trò nêu gương của đảng viên", "Học tập và làm theo Bác", 6),
    (3, THEMED[Month(2026, 9)], "Phát triển địa phương", 9),
    (4, "Tự phê bình và phê bình trước kiểm điểm cuối năm", "Xây dựng Đảng", 11),
)


def fill_registers(book: Book) -> None:
    """Record who holds which office since the congress, the Party groups, and who is on the way in."""
    ids = {entry.member.name: entry.member.id for entry in book.members.on(TERM_START, everybody=True)}
    since = TERM_START.isoformat()
    way = Way.ELECTED.value
    for name, kind in _OFFICES:
        values = {"member_id": ids[name], "kind": kind.value, "since": since, "way": way}
        _write(book, RegisterKind.OFFICES, values)
    for group, names in _GROUPS.items():
        group_id = _write(book, RegisterKind.GROUPS, {"name": group, "since": since})
        values = {"kind": OfficeKind.GROUP_LEADER.value, "since": since, "way": Way.APPOINTED.value}
        _write(book, RegisterKind.OFFICES, values | {"member_id": ids[names[0]], "group_id": group_id})
        for name in names:
            values = {"member_id": ids[name], "group_id": group_id, "since": since}
            _write(book, RegisterKind.GROUP_MEMBERS, values)
    for name, birth, sex, job, state in _CANDIDATES:
        _write(
            book,
            RegisterKind.CANDIDATES,
            {"name": name, "birth": birth, "sex": sex, "job": job, "state": state},
        )


def plan_year(book: Book) -> str:
    """Plan the themes of the year, take its usual targets over, let everybody sign; returns the plan's id."""
    roll = book.members.on(date(2026, 1, 5))
    ids = {entry.member.name: entry.member.id for entry in roll}
    for quarter, theme, group, month in _THEMES:
        planned = Month(2026, month)
        book.plans.put(
            ThemePlan(
                id="",
                year=2026,
                quarter=quarter,
                theme=theme,
                theme_group=group,
                drafter_id=ids[DEPUTY],
                draft_due=planned.first(),
                planned_month=planned,
            )
        )
    book.targets.add_defaults(2026)
    own = [entry.member.id for entry in roll if entry.standing.belongs]
    book.commitments.sign_all(2026, own, date(2026, 1, 20))
    return book.plans.issue(2026, date(2026, 1, 5))


def record_month(book: Book, month: Month) -> str:
    """Record the meetings of a sample month and close their minutes; returns the id of the regular one's.

    First comes what is told of the month before, as far as it stands in the book.
    """
    meeting_id = book.meetings.record(meeting_of(month))
    if month != FIRST_MONTH:
        _hear_of_last_month(book, month.previous(), meeting_id)
    document_id = book.meetings.close(meeting_id)
    if month in THEMED:
        themed = book.meetings.record(thematic_of(month))
        _tie_to_plan(book, themed, THEMED[month])
        book.meetings.close(themed)
    return document_id


def issue_papers(book: Book, document_id: str) -> dict[ReportKind, str]:
    """Issue what goes with closed minutes: notice and programme before, the resolution after."""
    meeting_id = book.reports.get(document_id).meeting_id or ""
    file = book.meetings.file(meeting_id)
    day = file.meeting.on
    told = next((item.text for item in file.items if "tháng trước" in item.title), "")
    book.resolutions.change(replace(book.resolutions.of_meeting(meeting_id), results=told))
    before, after = day - timedelta(days=NOTICE_DAYS), day + timedelta(days=1)
    return {
        kind: book.papers.issue(kind, meeting_id, after if kind is ReportKind.RESOLUTION else before)
        for kind in PAPERS
    }


def _hear_of_last_month(book: Book, before: Month, meeting_id: str) -> None:
    """Record what became of last month's tasks and proposal, at the meeting that hears of it."""
    told, first = told_after(before), before.first()
    for line in book.tasks.open_before(before.next().first()):
        if line.given_on < first:
            heard = replace(line.task, done_percent=100, result="Đã làm xong phần còn lại")
        elif line.task.position == 0 and line.kind is not MeetingKind.THEMATIC:
            heard = replace(line.task, done_percent=told.percent, result=told.result)
        else:
            heard = replace(line.task, done_percent=100, result="Đã xong, đúng hạn")
        book.tasks.change(heard)
    for proposal in book.proposals.open_before(before.next().first()) if told.answer else ():
        answered = replace(
            proposal, state=ProposalState.ANSWERED, answer=told.answer, answered_by=told.answered_by
        )
        book.proposals.answer(answered, meeting_id)


def _tie_to_plan(book: Book, meeting_id: str, theme: str) -> None:
    """Let the planned theme know the meeting that dealt with it."""
    for plan in book.plans.themes(book.meetings.file(meeting_id).meeting.on.year):
        if plan.theme == theme:
            book.plans.put(replace(plan, meeting_id=meeting_id))


def _write(book: Book, kind: RegisterKind, values: Mapping[str, str]) -> str:
    return book.registers.record(kind, RegisterLine("", values))
