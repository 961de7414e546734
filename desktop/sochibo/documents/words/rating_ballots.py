"""The words of ballots on ratings (F4, F4', F5) and of the opinions put side by side (F6): printed only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.page.content import Align, Column, Content, Grid, Signer, Text
from sochibo.documents.words.rating_phrases import (
    LEVEL_WORDS,
    SIGNS_WORDS,
    level_sign,
    paper,
    period_words,
    points_words,
)
from sochibo.rules.ratings.rating_papers import BallotForm
from sochibo.rules.ratings.ratings import LEVELS, Level
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sochibo.rules.ratings.rating_papers import (
        BallotReport,
        Candidate,
        ExcellenceBallotReport,
        OpinionsReport,
    )

__all__ = ["ballot_content", "excellence_ballot_content", "opinions_content"]

_BOX: Final = "☐"
_ROW_HEIGHT: Final = 6.4
"""Millimetres: room for a cross by hand, and thirty names on both sides of one sheet."""
_SIZE: Final = 11
_SUBJECT: Final = "xếp loại chất lượng đảng viên"
_HEADS: Final = {level: words[0].upper() + words[1:] for level, words in LEVEL_WORDS.items()}
_WHO: Final = (Column("TT", 9), Column("Họ và tên", 52, Align.LEFT), Column("Năm sinh", 14))

_ONE_COLUMNS: Final = (
    *_WHO,
    Column("Chức vụ, đơn vị", 36, Align.LEFT),
    Column("Điểm chung", 15, group="Cá nhân tự đánh giá"),
    Column("Điểm nhiệm vụ", 16, group="Cá nhân tự đánh giá"),
    Column("Mức", 15, group="Cá nhân tự đánh giá"),
    Column("Chi ủy đề xuất", 17),
    *(Column(_HEADS[level], 23, group="Ý kiến xếp loại") for level in LEVELS),
    Column("Chưa xếp loại", 16, group="Ý kiến xếp loại"),
)
_LEVEL_COLUMNS: Final = (
    *_WHO,
    *(Column(_HEADS[level], 28) for level in LEVELS if level is not Level.EXCELLENT),
)
_EXCELLENCE_COLUMNS: Final = (
    *_WHO,
    Column("Chi bộ", 40, Align.LEFT),
    Column("Đồng ý", 25),
    Column("Không đồng ý", 25),
)
_OPINION_COLUMNS: Final = (
    *_WHO,
    Column("Chức vụ đảng, chính quyền, đoàn thể", 42, Align.LEFT),
    Column("Cá nhân tự đánh giá", 20),
    Column("Xếp loại công chức, viên chức", 24),
    Column("Chi ủy", 18),
    Column("Lãnh đạo đoàn thể", 20),
    Column("Chi bộ", 18),
    Column("Ghi chú", 40, Align.LEFT),
)


def ballot_content(report: BallotReport) -> Content:
    """Return the ballot on levels: every level on one, or the excellent left to a second."""
    one = report.form is BallotForm.ONE
    rows = (_one_row if one else _level_row)(report.candidates)
    rule = Text(
        "Cách ghi phiếu: mỗi đồng chí đánh một dấu X vào một ô trên một dòng. Dòng để trống hoặc có từ hai "
        "dấu X trở lên là không hợp lệ.",
        italic=True,
    )
    columns = _ONE_COLUMNS if one else _LEVEL_COLUMNS
    parts: list[Text | Grid] = [rule, Grid(columns, rows, row_height=_ROW_HEIGHT, size=_SIZE)]
    if not one:
        parts.append(
            Text(
                "Các đồng chí được giới thiệu mức hoàn thành xuất sắc nhiệm vụ biểu quyết bằng phiếu riêng.",
                italic=True,
            )
        )
    return paper(
        ReportKind.BALLOT,
        report.heading,
        "PHIẾU BIỂU QUYẾT",
        f"{_SUBJECT} {period_words(report.period)}",
        tuple(parts),
        signers=(),
        landscape=one,
    )


def _one_row(candidates: Iterable[Candidate]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(n),
            one.name,
            one.birth,
            one.post,
            points_words(one.common_tenths),
            points_words(one.task_tenths),
            level_sign(one.own_level),
            level_sign(one.body_level),
            *(_BOX for _ in range(len(LEVELS) + 1)),
        )
        for n, one in enumerate(candidates, start=1)
    )


def _level_row(candidates: Iterable[Candidate]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (str(n), one.name, one.birth, *(_BOX for _ in range(len(LEVELS) - 1)))
        for n, one in enumerate(candidates, start=1)
    )


def excellence_ballot_content(report: ExcellenceBallotReport) -> Content:
    """Return the second ballot: agreed or not, name by name."""
    rows = tuple(
        (str(n), one.name, one.birth, report.heading.body, _BOX, _BOX)
        for n, one in enumerate(report.candidates, start=1)
    )
    return paper(
        ReportKind.EXCELLENCE_BALLOT,
        report.heading,
        "PHIẾU BIỂU QUYẾT",
        f"đảng viên hoàn thành xuất sắc nhiệm vụ {period_words(report.period)}",
        (
            Text(
                "Cách ghi phiếu: đánh dấu X vào ô “Đồng ý” hoặc ô “Không đồng ý” trên từng dòng.", italic=True
            ),
            Grid(_EXCELLENCE_COLUMNS, rows, row_height=_ROW_HEIGHT, size=_SIZE),
        ),
        signers=(),
    )


def opinions_content(report: OpinionsReport) -> Content:
    """Return the levels that each side proposes, side by side."""
    rows = tuple(
        (
            str(n),
            line.name,
            line.birth,
            line.post,
            *(
                level_sign(level)
                for level in (
                    line.own_level,
                    line.employer_level,
                    line.committee_level,
                    line.mass_level,
                    line.cell_level,
                )
            ),
            line.note,
        )
        for n, line in enumerate(report.lines, start=1)
    )
    heading = report.heading
    return paper(
        ReportKind.OPINIONS,
        heading,
        "BẢNG TỔNG HỢP",
        f"đề xuất mức {_SUBJECT} của các chủ thể {period_words(report.period)}",
        (
            Grid(_OPINION_COLUMNS, rows, numbered=True),
            Text(SIGNS_WORDS, italic=True),
        ),
        signers=(Signer("", "", "NGƯỜI TỔNG HỢP", ""),),
        landscape=True,
    )
