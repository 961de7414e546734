"""Summaries with random content, seeded: what any cell may write, to show that no file of ours is refused."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from reports import heading, wrap

from sochibo.faults import Severity
from sochibo.rules.counts import Ratio
from sochibo.rules.dates import Month
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.meetings.summaries import check_summary
from sochibo.rules.reports import MeetingFigures, SummaryReport

if TYPE_CHECKING:
    from sochibo.documents.envelopes import Envelope

__all__ = ["random_summary"]

OCTOBER: Final = Month(2026, 10)
_SYLLABLES: Final = (
    *("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Ẩm"),
    *("Ước", "Yến", "Quỳnh", "Thoại", "Khuyên", "Nghiêm", "Đắk", "đường", "thôn", "nước", "sạch", "nghèo"),
    *("hộ", "chuyển", "đổi", "số", "tuyển", "quân", "mùa", "vụ", "rà", "soát", "kiểm", "điểm", "ổn", "định"),
)
_SIGNS: Final = (
    ", ", "; ", ": ", " – ", " “", "” ", " (", ") ", " % ", " & ", " < ", " > ", " / ", "\n", " ½ ",
    " 1.234,5 ", "  ", " … ", " @ ", " # ", "'", '"', "\\", " {n} ", " ° ",
)  # fmt: skip


def random_summary(seed: int, month: Month = OCTOBER) -> Envelope:
    """Return a summary of a month whose figures agree and whose texts hold whatever people type."""
    chance = random.Random(seed)  # noqa: S311 - content, not a secret
    members, away = chance.randint(1, 120), chance.randint(0, 2)
    probationary = chance.randint(0, min(5, members - 1))
    meetings = tuple(
        _meeting(chance, number, month, max(1, members - probationary))
        for number in range(chance.randint(1, 5))
    )
    due = chance.randint(0, 40)
    issued = month.next().first() + timedelta(days=chance.randint(0, 4))
    number = f"{chance.randint(1, 999):02d}-BC/{chance.choice(('CB', 'CBTHÔN4', 'CB-ĐS'))}"
    report = SummaryReport(
        heading=heading(number, signer=_words(chance, 2, 6), issued_on=issued),
        period=str(month), members=members, official=members - probationary, probationary=probationary,
        exempt=min(away, members), away=0, visiting=chance.randint(0, 3), meetings=meetings,
        attendance=Ratio(
            sum(one.attendance.numerator for one in meetings),
            sum(one.attendance.denominator for one in meetings),
        ),
        tasks=Ratio(chance.randint(0, due), due), remarks=_text(chance),
    )  # fmt: skip
    wrong = [finding for finding in check_summary(report) if finding.severity is Severity.RED]
    if wrong:
        raise ValueError(wrong)
    return wrap(report)


def _meeting(chance: random.Random, number: int, month: Month, official: int) -> MeetingFigures:
    present = chance.randint(1, official)
    excused = chance.randint(0, official - present)
    votes = chance.randint(0, 9)
    kind = MeetingKind.REGULAR if number == 0 else MeetingKind.THEMATIC
    return MeetingFigures(
        meeting_id=f"0197a0c0-0000-7000-8000-{number:012d}", meeting_kind=kind,
        on=date(month.year, month.month, chance.randint(1, 28)),
        attendance=Ratio(present, official), present_official=present, excused=excused,
        unexcused=official - present - excused, items=chance.randint(1, 12),
        votes=Ratio(chance.randint(0, votes), votes), tasks=chance.randint(0, 30),
        superiors=chance.randint(0, 3), minutes=f"{number + 1:02d}-BB/CB",
        theme=_text(chance)[:120].strip() if kind is MeetingKind.THEMATIC else "",
    )  # fmt: skip


def _words(chance: random.Random, least: int, most: int) -> str:
    return " ".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(least, most)))


def _text(chance: random.Random) -> str:
    parts = (_words(chance, 1, 9) + chance.choice(_SIGNS) for _ in range(chance.choice((0, 1, 3, 10, 60))))
    return "".join(parts).strip()
