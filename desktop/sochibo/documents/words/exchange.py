"""The words of receipts (phiếu nhận) and return slips (phiếu trả lại)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.envelopes import PRINTED_DIGITS
from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Signer, Text
from sochibo.documents.words.period_phrases import period_words
from sochibo.documents.words.phrases import counted, draft_number, filed_by, joined, romans, sentence
from sochibo.rules.dates import official_date, short_official_date
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.units.exchange_papers import AnsweredPaper, ReceiptReport, ReturnReport

__all__ = ["PAPER_WORDS", "receipt_content", "return_slip_content"]

PAPER_WORDS: Final = {
    ReportKind.MINUTES: "Biên bản sinh hoạt",
    ReportKind.SUMMARY: "Báo cáo sinh hoạt chi bộ",
    ReportKind.ROLLUP: "Báo cáo tổng hợp sinh hoạt chi bộ",
    ReportKind.RESOLUTION: "Nghị quyết",
    ReportKind.CONCLUSION: "Kết luận",
    ReportKind.NOTICE: "Thông báo",
    ReportKind.PROGRAMME: "Chương trình",
    ReportKind.THEMATIC_PLAN: "Kế hoạch sinh hoạt chuyên đề",
    ReportKind.SIGN_IN_SHEET: "Danh sách ký dự họp",
    ReportKind.SCORE_SHEET: "Phiếu chấm điểm sinh hoạt",
    ReportKind.COEXISTENCE: "Phiếu đối chiếu Sổ tay đảng viên điện tử",
    ReportKind.ATTENDANCE_MATRIX: "Bảng theo dõi dự sinh hoạt",
    ReportKind.MINUTES_BOOK: "Sổ biên bản sinh hoạt",
    ReportKind.TASK_LIST: "Danh mục nhiệm vụ",
    ReportKind.MEMBER_REGISTER: "Danh sách đảng viên",
    ReportKind.COMPANION_REGISTER: "Sổ theo dõi",
    ReportKind.MEMBER_PAPER: "Thông tin lưu giữ về một đảng viên",
    ReportKind.MOVEMENT: "Báo cáo biến động đảng viên",
    ReportKind.COMPOSITION: "Báo cáo cơ cấu đảng viên",
    ReportKind.BALLOT: "Phiếu xếp loại đảng viên",
    ReportKind.EXCELLENCE_BALLOT: "Phiếu bình chọn hoàn thành xuất sắc",
    ReportKind.OPINIONS: "Tổng hợp đề xuất xếp loại",
    ReportKind.RATING_MINUTES: "Biên bản hội nghị kiểm điểm",
    ReportKind.RATING_COUNT: "Biên bản kiểm phiếu",
    ReportKind.RATING_LIST: "Danh sách đề nghị xếp loại",
    ReportKind.RATING_SUMMARY: "Tổng hợp kết quả xếp loại",
    ReportKind.UNRATED_LIST: "Danh sách đảng viên chưa xếp loại",
    ReportKind.RATING_REPORT: "Báo cáo kiểm điểm, xếp loại",
    ReportKind.RATING_DECISION: "Quyết định xếp loại đảng viên",
    ReportKind.CELL_RATING_DECISION: "Quyết định xếp loại chi bộ",
    ReportKind.RATING_ROLLUP: "Báo cáo tổng hợp xếp loại",
    ReportKind.CAP_TABLE: "Bảng kiểm soát tỷ lệ xuất sắc",
    ReportKind.TARGETS: "Kết quả thực hiện chỉ tiêu",
    ReportKind.INDICATORS: "Báo cáo chỉ số",
    ReportKind.BRIDGE: "Bảng đối chiếu tổ chức đảng",
    ReportKind.RECEIPT: "Phiếu nhận",
    ReportKind.RETURN_SLIP: "Phiếu trả lại",
    ReportKind.ENROLMENT: "Đề nghị đăng ký khóa",
    ReportKind.TRUST: "Danh sách khóa tin cậy",
}
"""How papers name each other."""

_RECEIVED: Final = (
    Column("TT", 9),
    Column("Văn bản", 42, Align.LEFT),
    Column("Số", 26),
    Column("Ngày nhận", 26),
    Column("Kết quả kiểm tra", 34, Align.LEFT),
    Column("Mã đối chiếu", 31),
)
_REMARKS: Final = (
    Column("TT", 9),
    Column("Mục cần xem lại", 52, Align.LEFT),
    Column("Ý kiến của cấp ủy", 104, Align.LEFT),
)


def receipt_content(report: ReceiptReport) -> Content:
    """Return a receipt as a paper."""
    return _slip(report, ReportKind.RECEIPT, "PHIẾU NHẬN", tuple(_receipt(report)))


def return_slip_content(report: ReturnReport) -> Content:
    """Return a return slip as a paper."""
    return _slip(report, ReportKind.RETURN_SLIP, "PHIẾU TRẢ LẠI", tuple(_return_slip(report)))


def _slip(
    report: ReceiptReport | ReturnReport, kind: ReportKind, title: str, elements: tuple[Element, ...]
) -> Content:
    heading = report.heading
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=heading.number or draft_number(kind),
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind=title,
        subject=f"văn bản của {report.unit}",
        elements=elements,
        signers=(Signer("secretary", heading.authority, heading.office, heading.signer),),
        recipients=(report.unit, filed_by(heading)),
    )


def _receipt(report: ReceiptReport) -> Iterator[Element]:
    yield Text(
        f"{report.heading.body} đã nhận, kiểm tra và ghi sổ {counted(len(report.papers))} văn bản "
        f"của {report.unit}:"
    )
    yield Grid(_RECEIVED, tuple(_row(n, one) for n, one in enumerate(report.papers, start=1)))
    yield Text(
        "Mã đối chiếu trên phiếu này trùng với mã in ở trang đầu của văn bản thì văn bản đó đã được nhận."
    )


def _row(n: int, one: AnsweredPaper) -> tuple[str, ...]:
    return (
        str(n),
        _named(one),
        one.number,
        short_official_date(one.received_on),
        one.verdict,
        one.digest[:PRINTED_DIGITS],
    )


def _return_slip(report: ReturnReport) -> Iterator[Element]:
    yield Text(
        f"{report.heading.body} trả lại {counted(len(report.papers))} văn bản của {report.unit} "
        "để xem lại. Số liệu của các văn bản này chưa được tổng hợp."
    )
    for number, one in zip(romans(), report.papers, strict=False):
        yield Section(f"{number}- {_named(one)}")
        parts = (
            f"số {one.number}" if one.number else "",
            f"nhận {official_date(one.received_on)}",
            f"mã đối chiếu {one.digest[:PRINTED_DIGITS]}" if one.digest else "",
        )
        said = joined(filter(None, parts))
        yield Text(sentence(said[0].upper() + said[1:]))
        yield Text(sentence(one.verdict), lead="Kết quả kiểm tra")
        if one.remarks:
            rows = ((str(n), each.name or "Cả văn bản", each.text) for n, each in enumerate(one.remarks, 1))
            yield Grid(_REMARKS, tuple(rows))
    yield Text(
        f"Đề nghị {report.unit} xem lại, sửa trong sổ, lập bản thay thế, ký và gửi lại. "
        "Văn bản đã gửi trước vẫn được giữ nguyên để đối chiếu."
    )


def _named(one: AnsweredPaper) -> str:
    revision = f" (bản thay thế lần {one.revision - 1})" if one.revision > 1 else ""
    return f"{PAPER_WORDS[one.kind]} {period_words(one.period)}{revision}"
