"""Turns of phrase that papers share; always Vietnamese, whatever the screen speaks."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import grouped, percent
from sochibo.rules import names
from sochibo.rules.forms import FORMS
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.reports import ReportKind
from sochibo.rules.scoring.scoring import Rating

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sochibo.rules.dates import Month
    from sochibo.rules.meetings.attendance import BaseLine, Ratio
    from sochibo.rules.reports import Heading

__all__ = [
    "KIND_WORDS", "RATING_WORDS", "base_words", "clock", "committee_above", "comrades", "counted",
    "draft_number", "filed_by", "issuer", "joined", "month_words", "pair", "paragraphs", "romans",
    "sentence", "share",
]  # fmt: skip

KIND_WORDS: Final = {
    MeetingKind.REGULAR: "thường kỳ",
    MeetingKind.THEMATIC: "chuyên đề",
    MeetingKind.COMBINED: "thường kỳ kết hợp chuyên đề",
    MeetingKind.EXTRAORDINARY: "bất thường",
    MeetingKind.CELL_COMMITTEE: "họp chi ủy",
    MeetingKind.GROUP: "tổ đảng",
    MeetingKind.CONGRESS: "đại hội",
    MeetingKind.EXTRAORDINARY_CONGRESS: "đại hội bất thường",
    MeetingKind.REVIEW: "kiểm điểm cuối năm",
    MeetingKind.ADMISSION: "lễ kết nạp",
    MeetingKind.OTHER: "cuộc họp khác",
}

RATING_WORDS: Final = {
    Rating.GOOD: "Tốt",
    Rating.FAIR: "Khá",
    Rating.AVERAGE: "Trung bình",
    Rating.POOR: "Kém",
}

_OF_COMMITTEES: Final = frozenset({
    ReportKind.ROLLUP, ReportKind.RATING_DECISION, ReportKind.CELL_RATING_DECISION, ReportKind.RATING_ROLLUP,
    ReportKind.CAP_TABLE, ReportKind.BRIDGE, ReportKind.RECEIPT, ReportKind.RETURN_SLIP, ReportKind.TRUST,
})  # fmt: skip
"""Papers that only a committee issues."""

_BASE_WORDS: Final = {
    "official": "chính thức",
    "probationary": "dự bị",
    "visiting": "sinh hoạt tạm thời",
    "exempt": "miễn công tác và sinh hoạt đảng",
    "away": "sinh hoạt tạm thời nơi khác",
    "suspended": "đình chỉ sinh hoạt",
    "special_duty": "làm nhiệm vụ đặc biệt",
    "excused": "vắng có lý do",
}

_ROOM: Final = "\u00a0" * 6
# The longest beginning comes first: a province's and a city's committee have names of their own.
_COMMITTEES: Final = (
    ("Đảng bộ tỉnh ", "Tỉnh ủy "),
    ("Đảng bộ thành phố ", "Thành ủy "),
    ("Đảng bộ ", "Đảng ủy "),
)


def counted(n: int) -> str:
    """Return a count as the field writes it in prose: `02`, `32`; nothing is `0`."""
    return f"{n:02d}" if 0 < n < 10 else grouped(n)  # noqa: PLR2004 - two digits begin at ten


def comrades(n: int) -> str:
    """Return `02 đồng chí`."""
    return f"{counted(n)} đồng chí"


def pair(ratio: Ratio) -> str:
    """Return both counts in prose: `05/06`."""
    return f"{counted(ratio.numerator)}/{counted(ratio.denominator)}"


def share(ratio: Ratio) -> str:
    """Return counts and rate: `32/35 (91,4%)`; only the counts where there is no rate."""
    return f"{pair(ratio)} ({percent(ratio)})" if ratio.denominator > 0 else pair(ratio)


def clock(time: str) -> str:
    """Return `19:30` as `19 giờ 30 phút`; another wording stays as it is."""
    if not re.fullmatch(r"[0-9]{1,2}:[0-9]{2}", time):
        return time
    hours, minutes = time.split(":")
    return f"{int(hours):02d} giờ {minutes} phút"


def month_words(month: Month) -> str:
    """Return `tháng 02 năm 2026`, `tháng 11 năm 2026`: zero only before months 1 and 2."""
    number = f"{month.month:02d}" if month.month in {1, 2} else str(month.month)
    return f"tháng {number} năm {month.year}"


def sentence(text: str) -> str:
    """Return text with a full stop, unless it ends with a sign of its own; nothing stays nothing."""
    text = text.strip().rstrip(",;:").rstrip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def joined(parts: Iterable[str], between: str = ", ") -> str:
    """Join what is not empty, so that no comma is left dangling."""
    return between.join(part.strip() for part in parts if part.strip())


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text that was typed with line breaks, each ended as a sentence."""
    return tuple(sentence(line) for line in text.splitlines() if line.strip())


def base_words(lines: Iterable[BaseLine]) -> str:
    """Say how a base was counted: `chính thức 33, dự bị 03; trừ miễn công tác và sinh hoạt đảng 01`."""
    known = [(_BASE_WORDS.get(line.code, line.code), line.count) for line in lines]
    added = joined(f"{words} {counted(n)}" for words, n in known if n > 0)
    left_out = joined(f"{words} {counted(-n)}" for words, n in known if n < 0)
    return joined((added, f"trừ {left_out}" if left_out else ""), "; ")


def committee_above(superior: str) -> str:
    """Return to whom a paper goes: the committee (`Đảng ủy xã …`) of the body above (`Đảng bộ xã …`)."""
    for beginning, committee in _COMMITTEES:
        if superior.startswith(beginning):
            return committee + superior.removeprefix(beginning)
    return superior


def filed_by(heading: Heading) -> str:
    """Return the last line of the recipients: the issuing body keeps the paper itself."""
    return "Lưu Chi bộ" if names.fold(issuer(heading)).startswith("chi bo") else "Lưu Đảng ủy"


def issuer(heading: Heading) -> str:
    """Return the body as prose names it; never without a name, even before one is entered."""
    return heading.body.strip() or "Chi bộ"


def draft_number(kind: ReportKind, *, committee: bool = False) -> str:
    """Return the number of a draft, with room to write it in by hand; empty where none is given.

    `committee` is said of kinds that cells issue as well.
    """
    symbol = FORMS[kind].symbol
    body = "ĐU" if committee or kind in _OF_COMMITTEES else "CB"
    return f"{_ROOM}-{symbol}/{body}" if symbol else ""


def romans() -> Iterator[str]:
    """Count the sections of a paper: I, II, III, IV …; those left out leave no gap."""
    for n in count(1):
        tens, ones = divmod(n, 10)
        yield "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
