"""The words of a score sheet (phiếu chấm điểm): filled from the record, or blank for the hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import points
from sochibo.documents.page.content import Align, Blank, Column, Content, Grid, Signer, Text
from sochibo.documents.words.meeting_phrases import meeting_words
from sochibo.documents.words.phrases import RATING_WORDS, joined, paragraphs, sentence, share
from sochibo.rules.dates import official_date, short_official_date
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.scoring.scoring import Rating

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.meetings.meeting_papers import ScoreSheet
    from sochibo.rules.meetings.minutes_parts import ScoreLine, ScoreReport

__all__ = ["score_sheet_content"]

_COLUMNS: Final = (
    Column("TT", 12),
    Column("Tiêu chí", 70, Align.LEFT),
    Column("Điểm tối đa", 15),
    Column("Chi bộ tự chấm", 17),
    Column("Cấp trên chấm", 17),
    Column("Lý do trừ điểm", 34, Align.LEFT),
)


def score_sheet_content(report: ScoreSheet) -> Content:
    """Return the sheet; it is signed by hand, so the file has no field for a signature."""
    heading = report.heading
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=None,
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind="PHIẾU CHẤM ĐIỂM",
        subject=f"chất lượng {meeting_words(report.meeting_kind, report.on)}",
        elements=tuple(_elements(report)),
        signers=(
            Signer("", "", "NGƯỜI THEO DÕI, CHẤM ĐIỂM", "" if report.blank else report.observer),
            Signer("", "", "CHỦ TRÌ", "" if report.blank else report.chair),
        ),
    )


def _elements(report: ScoreSheet) -> Iterator[Element]:
    score = report.score
    source = joined((score.title, score.document))
    if source:
        yield Text(sentence(source), lead="Căn cứ")
    yield _grid(score, blank=report.blank)
    if report.blank:
        # Spaces that never break keep the boxes apart: usual ones are levelled.
        boxes = "\u00a0\u00a0\u00a0\u00a0 ".join(f"☐ {RATING_WORDS[rating]}" for rating in Rating)
        if score.measure == "points":
            yield Text(f"Chi bộ tự xếp loại:\u00a0\u00a0 {boxes}")
        yield Blank(2, lead="Hạn chế cần khắc phục:")
        return
    yield Text(_own(score))
    for gate in score.gates:
        yield Text(sentence(gate))
    if score.vote:
        given = share(Ratio(score.vote.in_favour, score.vote.base))
        outcome = "thông qua" if score.vote.passed else "không thông qua"
        yield Text(f"Chi bộ biểu quyết {outcome} kết quả tự chấm: tán thành {given}.")
    if score.upper and (score.upper.rating or score.upper.tenths is not None):
        yield Text(_upper(score))
    for n, paragraph in enumerate(paragraphs(report.rating_note)):
        yield Text(paragraph, lead="" if n else "Hạn chế cần khắc phục")


def _own(score: ScoreReport) -> str:
    given = f"{points(score.tenths)}/{score.total}"
    if score.rating is None:
        return sentence(f"Chi bộ tự đánh giá đạt {given} tiêu chí")
    words = f"Chi bộ tự chấm {given} điểm, xếp loại {RATING_WORDS[score.rating]}"
    return joined((sentence(words), sentence(score.rating_reason)), " ")


def _upper(score: ScoreReport) -> str:
    upper = score.upper
    if upper is None:
        return ""
    given = f"{points(upper.tenths)} điểm" if upper.tenths is not None else ""
    rating = f"xếp loại {RATING_WORDS[upper.rating]}" if upper.rating else ""
    day = short_official_date(upper.decided_on) if upper.decided_on else ""
    who = joined((upper.decided_by, day))
    return sentence(f"Cấp trên xác nhận: {joined((given, rating))}{f' ({who})' if who else ''}")


def _grid(score: ScoreReport, *, blank: bool) -> Grid:
    """Return criteria under their heads; a head shows the sum of its criteria."""
    rows: list[tuple[str, ...]] = []
    bold: set[int] = set()
    heads = {group.code: group for group in score.groups}
    begun = ""
    for n, line in enumerate(score.lines, start=1):
        group = heads.get(line.group)
        if group and line.group != begun:
            bold.add(len(rows))
            given = "" if blank else points(group.tenths)
            rows.append((group.code, group.label, str(group.max_points), given, "", ""))
        begun = line.group
        if group and group.code == line.code:
            continue
        rows.append(_row(line, line.code or str(n), blank=blank))
    upper = "" if blank or score.upper is None or score.upper.tenths is None else points(score.upper.tenths)
    own = "" if blank else points(score.tenths)
    return Grid(
        _COLUMNS,
        tuple(rows),
        total=("", "Tổng cộng", str(score.total), own, upper, ""),
        bold=frozenset(bold),
        row_height=8.0 if blank else 0.0,
    )


def _row(line: ScoreLine, number: str, *, blank: bool) -> tuple[str, ...]:
    if blank:
        return (number, line.label, str(line.max_points), "", "", "")
    reason = line.reason
    if not line.counted:
        reason = joined(("không tính kỳ này", reason), "; ")
    return (number, line.label, str(line.max_points), points(line.tenths), "", reason)
