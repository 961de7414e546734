"""A whole meeting as plain data, and a committee with one enrolled cell, for the tests of the book."""

from __future__ import annotations

import contextlib
import shutil
from datetime import date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final
from unittest import mock

from books import make_cell_book, make_committee_book

from sochibo.rules.dates import Month
from sochibo.sealing import keys

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


__all__ = [
    "CELL_PASSPHRASE", "COMMITTEE_PASSPHRASE", "ENROLLED", "NOVEMBER", "OCTOBER", "Delivery", "full_scores",
    "meeting_data", "noon", "quick_keys",
]  # fmt: skip

VIETNAM: Final = timezone(timedelta(hours=7))
OCTOBER: Final = Month(2026, 10)
NOVEMBER: Final = Month(2026, 11)
ENROLLED: Final = datetime(2026, 9, 1, 8, 0, tzinfo=VIETNAM)
CELL_PASSPHRASE: Final = "thôn bốn 2026"  # noqa: S105 - of test keys
FEW_ROUNDS: Final = 2_000
COMMITTEE_PASSPHRASE: Final = "đảng ủy 2026"  # noqa: S105 - of test keys


def full_scores() -> dict[str, Any]:
    """Return points for every criterion of HD 42-HD/BTCTW, 28/10/2025: 98.5 of 100."""
    return {
        "1": 5, "2": 4.5, "3.1": 5, "3.2": 5, "4.1": 5, "4.2": {"points": 24, "reason": "ít ý kiến"},
        "4.3": 10, "5": 5, "6": 30, "7": 5,
    }  # fmt: skip


def meeting_data(**changes: object) -> dict[str, Any]:
    """Return the regular meeting of 5 November 2026 in the cell of `books`, fit to be closed."""
    made: dict[str, Any] = {
        "kind": "regular", "on": "2026-11-05", "start": "19:30", "end": "21:05",
        "place": "Nhà văn hóa Thôn 4", "chair": "Nguyễn Văn Mẫu", "minute_taker": "Trần Thị Bích",
        "fee": "Đã đóng đảng phí đầy đủ.",
        "absent": [
            {"name": "Lê Hoàng Đức", "reason": "work", "note": "tập huấn ở tỉnh"},
            {"name": "Đỗ Minh Ước", "excused": False},
        ],
        "also_present": ["Hoàng Văn Ấm"],
        "guests": [{"name": "Lê Thị Hậu", "post": "Phó Bí thư Đảng ủy", "superior": True}],
        "items": [
            {"title": "Khai mạc", "presenter": "Nguyễn Văn Mẫu"},
            {"title": "Nhiệm vụ tháng tới", "text": "Chi bộ thảo luận.", "conclusion": "Nhất trí."},
        ],
        "votes": [{"question": "Thông qua nghị quyết", "in_favour": 3}],
        "tasks": [{"text": "Rà soát hộ nghèo", "assignees": "Bích", "due": "2026-11-25"}],
        "scores": full_scores(), "conclusion": "Thống nhất các nội dung.", "adopted": True,
    }  # fmt: skip
    return made | changes


@contextlib.contextmanager
def quick_keys() -> Iterator[None]:
    """Make key files with few rounds of key derivation: the many of a real one are tested with the keys."""
    with mock.patch.object(keys.pack, "__defaults__", (FEW_ROUNDS,)):
        yield


class Delivery:
    """An enrolled cell and its committee, with sealed summaries of October and November on a stick.

    It is made once, and every test works on a copy of its folder. `old.sochibo` is a copy of the cell's book
    from before November.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with (
            quick_keys(),
            make_cell_book(folder / "cell.sochibo") as cell,
            make_committee_book(folder / "committee.sochibo") as committee,
        ):
            committee.authority.make(COMMITTEE_PASSPHRASE, ENROLLED)
            cell.reports.make_key("Nguyễn Văn Mẫu", CELL_PASSPHRASE, ENROLLED)
            request = cell.reports.key_request(CELL_PASSPHRASE)
            chain = committee.authority.enrol(request, COMMITTEE_PASSPHRASE, ENROLLED, since=ENROLLED.date())
            cell.reports.accept_certificate(chain, CELL_PASSPHRASE)
            key = cell.reports.open_key(CELL_PASSPHRASE)
            stick = folder / "stick"
            stick.mkdir()
            for month in (OCTOBER, NOVEMBER):
                cell.meetings.record(meeting_data(on=f"{month}-05", close=True))
                issued = month.next().first()
                document_id = cell.reports.issue_summary(month, on=issued)
                cell.reports.seal(document_id, key, noon(issued))
                cell.reports.send(document_id, stick, noon(issued))
                if month == OCTOBER:
                    cell.rest()
                    shutil.copy(cell.path, folder / "old.sochibo")

    def copy_to(self, folder: Path) -> Path:
        """Copy everything to a folder of one test."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return folder


def noon(day: date) -> datetime:
    """Return noon of a day in Vietnam."""
    return datetime(day.year, day.month, day.day, 12, 0, tzinfo=VIETNAM)
