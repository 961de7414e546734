"""The words of the bridge report: how the number of organisations came from one count to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import signed
from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Signer, Text
from sochibo.documents.words.period_phrases import period_words
from sochibo.documents.words.phrases import committee_above, counted, draft_number, filed_by, joined
from sochibo.rules.dates import official_date, short_official_date
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.units import UnitEventKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.units.organisation_papers import BridgeEvent, BridgeReport

__all__ = ["EVENT_WORDS", "bridge_content"]

EVENT_WORDS: Final = {
    UnitEventKind.FOUNDING: "Thành lập",
    UnitEventKind.RENAME: "Đổi tên",
    UnitEventKind.MERGE: "Hợp nhất, sáp nhập",
    UnitEventKind.SPLIT: "Chia, tách",
    UnitEventKind.MOVE: "Chuyển giao",
    UnitEventKind.CHANGE_OF_TYPE: "Đổi loại hình",
    UnitEventKind.CLOSE: "Giải thể",
}
_EVENTS: Final = (
    Column("TT", 9),
    Column("Ngày", 25),
    Column("Nội dung", 24, Align.LEFT),
    Column("Trước", 37, Align.LEFT),
    Column("Sau", 34, Align.LEFT),
    Column("Quyết định", 26),
    Column("Tăng, giảm", 14),
)
_SUMS: Final = (
    Column("Nội dung", 80, Align.LEFT),
    Column("Số lần", 40),
    Column("Tăng, giảm số tổ chức", 50),
)


def bridge_content(report: BridgeReport) -> Content:
    """Return the bridge report as a paper."""
    heading = report.heading
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=heading.number or draft_number(ReportKind.BRIDGE),
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind="BÁO CÁO",
        subject=f"biến động tổ chức đảng trực thuộc {period_words(report.period)}",
        elements=tuple(_elements(report)),
        signers=(Signer("secretary", heading.authority, heading.office, heading.signer),),
        recipients=tuple(filter(None, (committee_above(heading.superior), filed_by(heading)))),
    )


def _elements(report: BridgeReport) -> Iterator[Element]:
    period = parse_period(report.period)
    # Drawn before its period is over, it knows nothing of the days to come.
    last = min(period.last, report.heading.issued_on)
    yield Text(
        f"Trước ngày {short_official_date(period.first)} có {counted(report.at_start)} tổ chức đảng "
        f"trực thuộc; đến hết {official_date(last)} có {counted(report.at_end)}."
    )
    yield Section("I- Tổng hợp biến động")
    if report.events:
        yield Grid(_SUMS, tuple(_sums(report)), total=_total(report))
    else:
        yield Text("Trong kỳ không có biến động.")
    if report.unexplained:
        yield Text(
            f"Có {counted(abs(report.unexplained))} tổ chức chưa ghi quyết định thành lập hoặc giải thể.",
            lead="Lưu ý",
        )
    if report.events:
        yield Section("II- Chi tiết")
        yield Grid(_EVENTS, tuple(_row(n, one) for n, one in enumerate(report.events, start=1)))


def _sums(report: BridgeReport) -> Iterator[tuple[str, ...]]:
    for kind, words in EVENT_WORDS.items():
        found = [event.change for event in report.events if event.kind is kind]
        if found:
            yield (words, str(len(found)), signed(sum(found)))


def _total(report: BridgeReport) -> tuple[str, ...]:
    return ("Cộng", str(len(report.events)), signed(sum(event.change for event in report.events)))


def _row(n: int, one: BridgeEvent) -> tuple[str, ...]:
    return (
        str(n),
        short_official_date(one.on),
        EVENT_WORDS[one.kind],
        joined(one.before, "; "),
        joined(one.after, "; "),
        one.decision,
        signed(one.change),
    )
