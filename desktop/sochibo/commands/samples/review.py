"""The sample cell's December: self-reviews, ballots, proposed levels, and what the committee decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sochibo.commands.samples.people import CHAIR, DEPUTY, MINUTE_TAKER
from sochibo.rules.dates import Month
from sochibo.rules.ratings.rating_figures import Source
from sochibo.rules.ratings.ratings import Level, Subject
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.book.book import Book
    from sochibo.book.ratings.ratings import RatingLine

__all__ = [
    "DECIDED_ON", "DECISION", "HELD_ON", "ISSUED_ON", "MONTH", "YEAR", "decide", "finish", "hold_review",
    "issue", "issue_papers",
]  # fmt: skip

YEAR: Final = 2025
MONTH: Final = Month(YEAR, 12)
"""The month after whose regular meeting the review is held."""

HELD_ON: Final = date(2025, 12, 13)
ISSUED_ON: Final = date(2025, 12, 15)
DECIDED_ON: Final = date(2026, 1, 9)
DECISION: Final = "06-QĐ/ĐU"

PAPERS: Final = (
    ReportKind.RATING_MINUTES,
    ReportKind.RATING_COUNT,
    ReportKind.RATING_LIST,
    ReportKind.UNRATED_LIST,
    ReportKind.RATING_SUMMARY,
    ReportKind.RATING_REPORT,
)
"""What leaves after the meeting; summary and yearly report come once more after the decision."""

_EXCELLENT: Final = (CHAIR, "Đỗ Văn Xoài", "Hồ Thị Mận", "Cao Văn Mía")
_NAMED_ONLY: Final = "Ngô Văn Khoai"
"""Who was named for HTXS and did not get the votes."""

_COMPLETED: Final = {"Hà Văn Bàng": "Vắng sinh hoạt nhiều buổi, một nhiệm vụ làm chậm."}
_NEW: Final = ("Lê Văn Chanh",)
"""Who is reviewed and, being new, not yet rated."""

_TELLERS: Final = "Lương Thị Phượng Vĩ, Dương Văn Sắn, Phan Thị Dừa"
_SUMMONED: Final = 25
_VALID: Final = 23


def hold_review(book: Book) -> str:
    """Hold the review of the year from the meeting to the closed list; returns the id of the review."""
    meeting_id = book.meetings.record(_meeting())
    book.meetings.close(meeting_id)
    period_id = book.ratings.make_period(YEAR)
    book.ratings.change_period(replace(book.ratings.period(period_id), meeting_id=meeting_id))
    book.ratings.open(period_id)
    rated = [line for line in book.ratings.lines(period_id) if line.rating.subject is Subject.RATED]
    book.ratings.record(
        period_id,
        {
            "members": [*(_member(line.name) for line in rated), *map(_reviewed, _NEW)],
            "ballots": {kind: _ballot() for kind in ("levels", "excellent", "organisation")},
            "organisation": {
                "points_common": 28, "points_task": 66, "all_done": True, "above_percent": 35,
                "late_percent": 0, "remedied_percent": 100, "own_level": "HTXS", "proposed_level": "HTXS",
                "votes_excellent": 19, "votes_good": _VALID - 19, "vote_base": _VALID,
            },
        },
    )  # fmt: skip
    book.ratings.close(period_id)
    return period_id


def issue_papers(book: Book, period_id: str) -> dict[ReportKind, str]:
    """Issue what leaves after the meeting, with the levels that the cell proposes."""
    return {kind: issue(book, period_id, kind, ISSUED_ON) for kind in PAPERS}


def decide(book: Book, period_id: str) -> dict[ReportKind, str]:
    """Enter the committee's decision by hand, one level being another than proposed, and finish."""
    levels = {
        line.entry.member.id: Level.GOOD if line.name == "Hồ Thị Mận" else line.rating.proposed_level
        for line in _proposed(book, period_id)
    }
    book.ratings.decide(period_id, levels, DECISION, DECIDED_ON)
    own = book.ratings.organisation(period_id)
    book.ratings.change_organisation(
        replace(own, decided_level=Level.GOOD, decision=DECISION, decided_on=DECIDED_ON)
    )
    return finish(book, period_id)


def finish(book: Book, period_id: str) -> dict[ReportKind, str]:
    """Issue summary and report with the decided levels."""
    kinds = (ReportKind.RATING_SUMMARY, ReportKind.RATING_REPORT)
    issued = {kind: issue(book, period_id, kind, DECIDED_ON) for kind in kinds}
    book.ratings.mark_sent(period_id)
    return issued


def _proposed(book: Book, period_id: str) -> Iterator[RatingLine]:
    for line in book.ratings.lines(period_id):
        if line.level(Source.PROPOSED) is not None:
            yield line


def issue(book: Book, period_id: str, kind: ReportKind, on: date) -> str:
    """Issue one paper of the review; returns its id."""
    from sochibo.book.ratings import rating_drafts, rating_minutes

    makers = {
        ReportKind.RATING_MINUTES: rating_minutes.minutes_draft,
        ReportKind.RATING_COUNT: rating_minutes.count_draft,
        ReportKind.RATING_LIST: rating_drafts.list_draft,
        ReportKind.UNRATED_LIST: rating_drafts.unrated_draft,
        ReportKind.RATING_SUMMARY: rating_drafts.summary_draft,
        ReportKind.RATING_REPORT: rating_drafts.report_draft,
    }
    template = rating_drafts.ISSUE_ACTS[kind]
    return book.reports.issue_draft(template, makers[kind](book, period_id, on), period=str(YEAR))


def _meeting() -> dict[str, Any]:
    """Return the review meeting, at which everybody reads out the own review and votes by ballot."""
    return {
        "kind": "review",
        "on": HELD_ON.isoformat(),
        "start": "14:00",
        "end": "17:10",
        "place": "Nhà văn hóa thôn 4",
        "chair": CHAIR,
        "minute_taker": MINUTE_TAKER,
        "fee": "Đảng viên đã đóng đảng phí đầy đủ đến hết tháng 12.",
        "absent": [
            {"name": "Phùng Thị Súng", "reason": "work", "note": "Trực ca"},
            {"name": "Hoàng Thị Ổi", "reason": "illness"},
        ],
        "guests": [
            {"name": "Đào Thị Mơ", "post": "Đảng ủy viên phụ trách chi bộ", "superior": True,
             "remarks": "Kiểm điểm nghiêm túc; cần ghi rõ thời hạn khắc phục."},
        ],
        "items": [
            {"title": "Kiểm điểm tập thể chi ủy, chi bộ năm 2025", "presenter": CHAIR,
             "text": "Đồng chí Bí thư trình bày báo cáo kiểm điểm tập thể; chi bộ góp ý.",
             "speeches": [
                 {"speaker": "Trương Văn Lạc", "text": "Chi bộ cần chủ động tạo nguồn kết nạp Đảng."},
                 {"speaker": "Lý Thị Ngô", "text": "Nên báo nội dung sinh hoạt sớm hơn."},
             ],
             "conclusion": "Tiếp thu, đưa vào kế hoạch khắc phục quý I năm 2026."},
            {"title": "Từng đảng viên tự kiểm điểm, chi bộ góp ý", "presenter": DEPUTY,
             "text": "Đảng viên lần lượt đọc bản tự kiểm điểm; chi bộ góp ý từng người.",
             "speeches": [
                 {"speaker": "Phạm Văn Tre", "text": "Đồng chí Bàng cần sắp xếp việc lái xe để dự họp đều."},
                 {"speaker": "Hà Văn Bàng", "text": "Tôi nhận khuyết điểm, hứa dự sinh hoạt đầy đủ."},
             ],
             "conclusion": "Nhất trí với bản tự kiểm điểm của các đồng chí."},
            {"title": "Bỏ phiếu đề xuất mức xếp loại", "presenter": CHAIR,
             "text": f"Tổ kiểm phiếu gồm 3 đồng chí: {_TELLERS}. Chi bộ bỏ phiếu kín.",
             "conclusion": "Công bố kết quả kiểm phiếu trước chi bộ, lập danh sách gửi Đảng ủy."},
        ],
        "tasks": [
            {"text": "Nộp hồ sơ xếp loại về Đảng ủy", "assignees": MINUTE_TAKER, "due": "2025-12-17"},
        ],
        "conclusion": "Mỗi đồng chí khắc phục hạn chế đã nêu, báo cáo chi bộ trong quý I năm 2026.",
        "adopted": True,
    }  # fmt: skip


def _ballot() -> dict[str, Any]:
    return {
        "method": "ballot", "held_on": HELD_ON.isoformat(), "summoned": _SUMMONED, "present": _VALID,
        "issued": _VALID, "collected": _VALID, "valid": _VALID, "invalid": 0, "tellers": _TELLERS,
    }  # fmt: skip


def _reviewed(name: str) -> dict[str, Any]:
    return {"name": name, "reviewed_on": HELD_ON.isoformat()}


def _member(name: str) -> dict[str, Any]:
    """Return what is entered of one member: points, what they and the cell propose, and the votes."""
    row: dict[str, Any] = {
        "name": name, "reviewed_on": HELD_ON.isoformat(), "late_percent": 0, "remedied_percent": 100,
        "all_done": True, "vote_base": _VALID,
    }  # fmt: skip
    if name in _EXCELLENT:
        return row | {
            "points_common": 29, "points_task": 66, "above_percent": 40, "own_level": "HTXS",
            "proposed_level": "HTXS", "nominated": True, "votes_excellent": 20, "votes_good": _VALID - 20,
            "excellent_for": 20, "excellent_against": _VALID - 20,
        }  # fmt: skip
    if name == _NAMED_ONLY:
        return row | {
            "points_common": 28, "points_task": 63, "above_percent": 32, "own_level": "HTXS",
            "proposed_level": "HTT", "nominated": True, "votes_excellent": 9, "votes_good": _VALID - 9,
            "excellent_for": 9, "excellent_against": _VALID - 9,
            "override_reason": "Không đủ số phiếu đề nghị hoàn thành xuất sắc.",
        }  # fmt: skip
    if name in _COMPLETED:
        return row | {
            "points_common": 24, "points_task": 38, "above_percent": 0, "late_percent": 15,
            "own_level": "HTT", "proposed_level": "HTNV", "votes_good": 4, "votes_completed": _VALID - 4,
            "remarks": _COMPLETED[name],
        }  # fmt: skip
    common, task = 27 + len(name) % 3 / 2, 54 + len(name) % 7
    return row | {
        "points_common": common, "points_task": task, "above_percent": 15, "own_level": "HTT",
        "proposed_level": "HTT", "votes_excellent": 1, "votes_good": _VALID - 1,
    }  # fmt: skip
