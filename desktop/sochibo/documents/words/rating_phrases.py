"""Turns of phrase of the papers on ratings: levels, reasons, periods and rates with their base named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import percent, points
from sochibo.documents.page.content import Content, Signer
from sochibo.documents.words.period_phrases import period_words
from sochibo.documents.words.phrases import committee_above, draft_number, joined, share
from sochibo.rules.dates import official_date
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.ratings.rating_figures import FiguresGroup, Source
from sochibo.rules.ratings.ratings import LEVEL_SIGNS, LEVELS, Level, NoLevelReason

if TYPE_CHECKING:
    from sochibo.documents.page.content import Element
    from sochibo.rules.ratings.rating_figures import RatingFigures
    from sochibo.rules.ratings.rating_papers import CellRatingLine
    from sochibo.rules.reports import Heading, ReportKind

__all__ = [
    "BASIS_WORDS", "GROUP_WORDS", "LEVEL_WORDS", "SIGNS_WORDS", "cell_words", "counts_words",
    "excellent_shares", "level_sign", "paper", "period_words", "points_words", "printed", "rate",
    "reason_words",
]  # fmt: skip

LEVEL_WORDS: Final = {
    Level.EXCELLENT: "hoàn thành xuất sắc nhiệm vụ",
    Level.GOOD: "hoàn thành tốt nhiệm vụ",
    Level.COMPLETED: "hoàn thành nhiệm vụ",
    Level.NOT_COMPLETED: "không hoàn thành nhiệm vụ",
}
SIGNS_WORDS: Final = f"{'; '.join(f'{LEVEL_SIGNS[level]}: {words}' for level, words in LEVEL_WORDS.items())}."
"""What the signs in the headings of narrow columns mean."""

BASIS_WORDS: Final = {
    Source.PROPOSED: "theo mức chi bộ đề nghị",
    Source.DECIDED: "theo mức cấp ủy có thẩm quyền quyết định",
}
GROUP_WORDS: Final = {
    FiguresGroup.CELLS: "Chi bộ",
    FiguresGroup.MEMBERS: "Đảng viên",
    FiguresGroup.OFFICIAL: "Đảng viên chính thức",
    FiguresGroup.PROBATIONARY: "Đảng viên dự bị",
    FiguresGroup.COMMITTEE: "Cấp ủy viên chi bộ",
}
_REASON_WORDS: Final = {
    NoLevelReason.EXEMPT_AGE: "miễn công tác và sinh hoạt đảng do tuổi cao, sức khỏe yếu",
    NoLevelReason.EXEMPT_OTHER: "miễn công tác và sinh hoạt đảng",
    NoLevelReason.SUSPENDED: "bị đình chỉ sinh hoạt đảng",
    NoLevelReason.NEW_MEMBER: "mới kết nạp",
    NoLevelReason.ABSENT: "vắng mặt, chưa kiểm điểm",
    NoLevelReason.LONG_ILLNESS: "nghỉ ốm dài ngày",
    NoLevelReason.MATERNITY: "nghỉ thai sản",
    NoLevelReason.UNDER_INSPECTION: "đang được kiểm tra, chưa có kết luận",
    NoLevelReason.MOVING: "đang chuyển sinh hoạt đảng",
    NoLevelReason.OTHER: "lý do khác",
}


def level_sign(level: Level | None) -> str:
    """Return `HTXS` and the like; nothing for nobody's level."""
    return LEVEL_SIGNS[level] if level else ""


def points_words(tenths: int | None) -> str:
    """Return points as a table shows them."""
    return "" if tenths is None else points(tenths)


def reason_words(reason: NoLevelReason | None, note: str = "") -> str:
    """Say why somebody has no level; a note stands in the place of “another reason”, else behind it."""
    if reason is None or (reason is NoLevelReason.OTHER and note.strip()):
        return note.strip()
    return joined((_REASON_WORDS[reason], note), "; ")


def rate(part: int, base: int) -> str:
    """Return a rate alone, `20,8%`, for a column that names its base; `–` of nothing."""
    return percent(Ratio(part, base))


def counts_words(counts: RatingFigures) -> str:
    """Say how many have which level, each over those rated."""
    return "; ".join(f"{LEVEL_WORDS[level]} {share(counts.rate(level))}" for level in LEVELS)


def excellent_shares(counts: RatingFigures) -> str:
    """Say the share of the excellent over both bases in use, each named.

    Which of them the cap means is not told alike (QĐ 124-QĐ/TW says the good; the forms, good or better).
    """
    good, better = share(counts.excellent_of_good), share(counts.excellent_of_better)
    return (
        f"số hoàn thành xuất sắc nhiệm vụ so với số hoàn thành tốt nhiệm vụ là {good}; so với số hoàn "
        f"thành tốt nhiệm vụ trở lên là {better}"
    )


def cell_words(line: CellRatingLine) -> tuple[str, ...]:
    """Say how the cell itself is rated, part by part."""
    parts = []
    if line.common_tenths is not None and line.task_tenths is not None:
        total = points(line.common_tenths + line.task_tenths)
        parts.append(
            f"tự chấm {total} điểm (nhóm tiêu chí chung {points(line.common_tenths)}, "
            f"kết quả thực hiện nhiệm vụ {points(line.task_tenths)})"
        )
    for words, level in (
        ("tự xếp loại", line.own_level),
        ("đề nghị xếp loại", line.proposed),
        ("cấp ủy cấp trên xếp loại", line.decided),
    ):
        if level:
            parts.append(f"{words}: {LEVEL_WORDS[level]}")
    if line.exemplary:
        parts.append("đề nghị công nhận tiêu biểu" if line.decided is None else "được công nhận tiêu biểu")
    return tuple(parts)


def printed(*, value: bool) -> str:
    """Return the cross of a column that asks yes or no."""
    return "x" if value else ""


def paper(
    report_kind: ReportKind,
    heading: Heading,
    kind: str,
    subject: str,
    elements: tuple[Element, ...],
    *,
    signers: tuple[Signer, ...] | None = None,
    landscape: bool = False,
) -> Content:
    """Return a paper that the secretary signs and sends to the committee.

    What others sign or nobody does (minutes, ballots) bears no date in its head and goes to nobody.
    """
    sent = signers is None
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=heading.number or draft_number(report_kind) or None,
        place_and_date=(heading.place, official_date(heading.issued_on)) if sent else None,
        kind=kind,
        subject=subject,
        elements=elements,
        signers=(Signer("secretary", heading.authority, heading.office, heading.signer),)
        if signers is None
        else signers,
        recipients=tuple(filter(None, (committee_above(heading.superior), "Lưu Chi bộ"))) if sent else (),
        landscape=landscape,
    )
