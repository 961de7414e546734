"""Sample papers of a review of an invented cell of thirty, for the tests of documents and of sealing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import reports

from sochibo.documents.envelopes import Envelope
from sochibo.rules.forms import FORMS
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.meetings.minutes_parts import Absentee, SuperiorGuest
from sochibo.rules.ratings.caps import CapBase
from sochibo.rules.ratings.rating_decisions import (
    CapRow,
    CapTableReport,
    CellRatingDecisionReport,
    DecidedCell,
    DecidedMember,
    RatingDecisionReport,
    RatingRollupReport,
    UnitRow,
)
from sochibo.rules.ratings.rating_figures import FiguresGroup, RatingFigures, Source, count_levels
from sochibo.rules.ratings.rating_papers import (
    BallotCount,
    BallotForm,
    BallotReport,
    Candidate,
    CellRatingLine,
    CountLine,
    ExcellenceBallotReport,
    ExcellenceLine,
    GroupRow,
    ListLine,
    OpinionLine,
    OpinionsReport,
    RatingCountReport,
    RatingListReport,
    RatingMinutesReport,
    RatingSummaryReport,
    RatingYearReport,
    ReasonCount,
    StreakCount,
    Tally,
    TargetRow,
    TargetsReport,
    UnratedLine,
    UnratedListReport,
)
from sochibo.rules.ratings.ratings import BallotKind, Level, NoLevelReason, Subject, VotingMethod
from sochibo.rules.work.targets import Comparison, Measure, ProgressState

if TYPE_CHECKING:
    from sochibo.rules.reports import Heading, Report

__all__ = ["SAMPLES", "wrap"]

YEAR: Final = "2026"
LONG_NAME: Final = "Công Tằng Tôn Nữ Hoàng Phương Thảo Nguyên Khánh Hòa Bình"
NAMES: Final = (
    LONG_NAME, "Nguyễn Văn Mẫu", "Lê Thị Ân", "Nguyễn Thị Ánh", "Phạm Văn Bảo", "Trần Đình Cường",
    "Hoàng Ngọc Diệp", "Vũ Đức Dũng", "Đặng Thị Đào", "Bùi Xuân Đạt", "Đỗ Thị Én", "Phan Văn Giang",
    "Ngô Thị Hà", "Hồ Kpă H'Liên & <con>", "Lý Văn Khoa", "Mai Thị Lan", "Tạ Quang Minh", "Châu Thị Nga",
    "Đinh Văn Oanh", "La Thị Phượng", "Quách Văn Quý", "Trịnh Thị Sen", "Võ Văn Tám", "Hà Thị Uyên",
    "Cao Văn Vinh", "Thái Thị Xuân", "Ông Văn Ý", "Âu Thị Yến", "Tô Văn Bình", "Kiều Thị Cúc",
)  # fmt: skip
POSTS: Final = {1: "Bí thư Chi bộ", 2: "Phó Bí thư Chi bộ", 0: "Chi ủy viên, Chủ tịch Hội Phụ nữ thôn"}
LEVELS: Final = (
    *[Level.EXCELLENT] * 4, *[Level.GOOD] * 21, *[Level.COMPLETED] * 3, *[Level.NOT_COMPLETED] * 1, None,
)  # fmt: skip


def heading(number: str = "", **changes: object) -> Heading:
    """Return the head and foot of a cell's paper of December."""
    return reports.heading(number, **({"issued_on": date(2026, 12, 10)} | changes))


def candidates(count: int = 30) -> tuple[Candidate, ...]:
    """Return the names on a ballot; the last few gave no points."""
    return tuple(
        Candidate(
            name=name,
            birth=str(1950 + n),
            post=POSTS.get(n, "đảng viên"),
            common_tenths=290 - n if n < 25 else None,
            task_tenths=640 - 5 * n if n < 25 else None,
            own_level=LEVELS[n],
            body_level=LEVELS[n] if n % 2 else None,
        )
        for n, name in enumerate(NAMES[:count])
    )


def cell() -> CellRatingLine:
    """Return the rating of the cell itself."""
    return CellRatingLine(
        name="Chi bộ Thôn 4",
        common_tenths=285,
        task_tenths=630,
        own_level=Level.EXCELLENT,
        proposed=Level.EXCELLENT,
        decided=None,
        exemplary=True,
        tally=Tally(24, 4, 0, 0),
        base=28,
    )


def ballot(form: BallotForm = BallotForm.ONE) -> BallotReport:
    """Return the ballot on levels."""
    return BallotReport(heading(), YEAR, form, candidates())


def excellence_ballot() -> ExcellenceBallotReport:
    """Return the ballot on those named for excellent."""
    return ExcellenceBallotReport(heading(), YEAR, candidates(4))


def opinions() -> OpinionsReport:
    """Return the opinions on thirty members."""
    lines = tuple(
        OpinionLine(
            name=one.name,
            birth=one.birth,
            post=one.post,
            own_level=one.own_level,
            employer_level=Level.GOOD if n % 7 == 0 else None,
            committee_level=one.own_level,
            mass_level=Level.GOOD if n % 3 == 0 else None,
            cell_level=one.own_level,
            note="nơi công tác chưa gửi kết quả" if n % 7 == 1 else "",
        )
        for n, one in enumerate(candidates())
    )
    return OpinionsReport(heading(), YEAR, lines)


def counts() -> RatingFigures:
    """Count the levels of the thirty."""
    rated = count_levels((Subject.RATED, level) for level in LEVELS)
    return rated + RatingFigures(exempt=2)


def minutes() -> RatingMinutesReport:
    """Return the minutes of the review meeting."""
    return RatingMinutesReport(
        heading=heading("14-BB/CB"),
        period=YEAR,
        on=date(2026, 12, 6),
        start="07:30",
        end="11:15",
        place="Nhà văn hóa Thôn 4",
        grounds=(
            "Quy định 366-QĐ/TW, ngày 30/8/2025 của Bộ Chính trị",
            "Hướng dẫn 43-HD/BTCTW, ngày 31/10/2025 của Ban Tổ chức Trung ương",
        ),
        summoned=30,
        present=29,
        present_official=27,
        present_probationary=2,
        absent=(Absentee("Kiều Thị Cúc", "điều trị tại bệnh viện"),),
        guests=(SuperiorGuest("Lê Thị Hậu", "Phó Bí thư Đảng ủy xã Đông Hòa", superior=True),),
        chair="Nguyễn Văn Mẫu",
        chair_office="Bí thư Chi bộ",
        minute_taker="Đặng Thị Đào",
        reported="Đồng chí Bí thư trình bày báo cáo kiểm điểm tập thể Chi bộ năm 2026.",
        course="Từng đồng chí đọc bản kiểm điểm.\nHội nghị góp ý, phê bình trên tinh thần xây dựng.",
        method=VotingMethod.BALLOT,
        ballot=BallotForm.TWO,
        counts=counts(),
        cell=cell(),
        conclusion="Chi bộ thống nhất kết quả đề nghị nêu trên và báo cáo Đảng ủy.",
        copies=3,
    )


def count() -> RatingCountReport:
    """Return the minutes of the count of thirty."""
    return RatingCountReport(
        heading=heading("15-BB/CB"),
        period=YEAR,
        on=date(2026, 12, 6),
        place="Nhà văn hóa Thôn 4",
        tellers=("Phạm Văn Bảo", "Ngô Thị Hà", "Lý Văn Khoa"),
        chair="Nguyễn Văn Mẫu",
        summoned=30,
        present=29,
        voters=28,
        absent=(Absentee("Kiều Thị Cúc", "điều trị tại bệnh viện"),),
        ballots=(
            BallotCount(BallotKind.LEVELS, 28, 28, 27, 1),
            BallotCount(BallotKind.EXCELLENT, 28, 28, 27, 1),
            BallotCount(BallotKind.ORGANISATION, 28, 28, 28, 0),
        ),
        lines=tuple(
            CountLine(one.name, one.post, Tally(0, 26 - n % 4, n % 4, 0, 1), 27, LEVELS[n])
            for n, one in enumerate(candidates())
        ),
        excellence=tuple(
            ExcellenceLine(one.name, one.post, 25 - n, 2 + n, 27) for n, one in enumerate(candidates(4))
        ),
        cell=cell(),
        copies=3,
    )


def rating_list(cap_note: str = "") -> RatingListReport:
    """Return the list of proposed levels."""
    lines = tuple(
        ListLine(
            name=one.name,
            birth=one.birth,
            admitted=f"{3 + n % 20:02d}/02/{1975 + n}",
            post=one.post,
            tenths=None if one.common_tenths is None else one.common_tenths + (one.task_tenths or 0),
            own_level=one.own_level,
            tally=Tally(3, 22, 2, 0) if LEVELS[n] else None,
            proposed=LEVELS[n],
            reason=None if LEVELS[n] else NoLevelReason.LONG_ILLNESS,
        )
        for n, one in enumerate(candidates())
    )
    return RatingListReport(heading("03-DS/CB"), YEAR, lines, counts(), cap_note)


def rows() -> tuple[GroupRow, ...]:
    """Return the rows of the summary."""
    return (
        GroupRow(
            FiguresGroup.OFFICIAL,
            RatingFigures(excellent=4, good=19, completed=3, not_completed=1, unrated=1),
        ),
        GroupRow(
            FiguresGroup.PROBATIONARY,
            RatingFigures(excellent=0, good=2, completed=0, not_completed=0, unrated=0),
        ),
        GroupRow(
            FiguresGroup.COMMITTEE,
            RatingFigures(excellent=2, good=1, completed=0, not_completed=0, unrated=0),
        ),
        GroupRow(
            FiguresGroup.CELLS,
            RatingFigures(excellent=1, good=0, completed=0, not_completed=0, unrated=0),
            "tự xếp loại",
        ),
    )


def summary() -> RatingSummaryReport:
    """Return the summary of ratings."""
    return RatingSummaryReport(heading("21-BC/CB"), YEAR, Source.PROPOSED, rows(), counts())


def unrated() -> UnratedListReport:
    """Return those without a level."""
    return UnratedListReport(
        heading("04-DS/CB"),
        YEAR,
        pending=(
            UnratedLine("Kiều Thị Cúc", "1979", "07/11/2004", False, NoLevelReason.LONG_ILLNESS, "từ 8/2026"),
        ),
        not_subject=(
            UnratedLine(LONG_NAME, "1938", "02/1961", False, NoLevelReason.EXEMPT_AGE),
            UnratedLine("Đỗ Minh Ước", "1999", "19/9/2026", True, NoLevelReason.NEW_MEMBER),
        ),
    )


def nobody_unrated() -> UnratedListReport:
    """Return the list of a cell in which everybody has a level."""
    return UnratedListReport(heading("04-DS/CB"), YEAR, (), ())


def targets() -> tuple[TargetRow, ...]:
    """Return targets reached, missed, without a figure, on pace, and one of the cell's own."""
    at_least, rate, number = Comparison.AT_LEAST, Measure.PERCENT, Measure.COUNT
    good, met, state = Ratio(25, 29), Ratio(418, 457), ProgressState
    return (
        TargetRow(
            "members_good", at_least, rate, 90, 0, good, Ratio(2500, 2610), state.MISSED, "NQ 01-NQ/CB"
        ),
        TargetRow("meeting_attendance", at_least, rate, 805, 1, met, Ratio(418, 368), state.REACHED),
        TargetRow("admissions", at_least, number, 1, 0, None, None, state.UNKNOWN),
        TargetRow("weak_cells", Comparison.AT_MOST, number, 0, 0, Ratio(0, 1), None, state.ON_PACE),
        TargetRow("Trồng cây xanh", at_least, number, 300, 0, Ratio(120, 1), Ratio(120, 300), state.BEHIND),
    )


def year(**changes: object) -> RatingYearReport:
    """Return the yearly report."""
    fields: dict[str, Any] = {
        "heading": heading("22-BC/CB"),
        "period": YEAR,
        "basis": Source.DECIDED,
        "roll": 32,
        "official": 29,
        "probationary": 3,
        "held_on": date(2026, 12, 6),
        "method": VotingMethod.BALLOT,
        "rows": rows(),
        "total": counts(),
        "reasons": (
            ReasonCount(NoLevelReason.LONG_ILLNESS, 1),
            ReasonCount(NoLevelReason.EXEMPT_AGE, 1),
            ReasonCount(NoLevelReason.NEW_MEMBER, 1),
        ),
        "last_year": RatingFigures(excellent=5, good=18, completed=4, not_completed=0, unrated=1),
        "targets": targets(),
        "streaks": (StreakCount(3, 2), StreakCount(5, 1)),
        "failing_twice": 1,
        "cell": cell(),
        "remarks": "Đề nghị Đảng ủy khen thưởng đồng chí hoàn thành xuất sắc nhiệm vụ 5 năm liền.",
        "cap_note": "",
    }
    return RatingYearReport(**(fields | changes))


def first_year() -> RatingYearReport:
    """Return the report of a book's first year, in which hardly anything is known."""
    nobody = RatingFigures(unrated=30)
    return year(
        heading=heading(), basis=Source.PROPOSED, held_on=None, method=None, reasons=(), last_year=None,
        targets=(), streaks=(), failing_twice=0, cell=None, remarks="", total=nobody,
        rows=(GroupRow(FiguresGroup.OFFICIAL, nobody),),
    )  # fmt: skip


def targets_report() -> TargetsReport:
    """Return the table of targets."""
    return TargetsReport(
        heading("23-BC/CB", issued_on=date(2026, 12, 31)), YEAR, date(2026, 12, 31), targets()
    )


def committee(number: str = "") -> Heading:
    """Return the head and foot of the committee's paper."""
    return reports.heading(
        number,
        superior="Đảng bộ tỉnh Bình An",
        body="Đảng ủy xã Đông Hòa",
        authority="T/M ĐẢNG ỦY",
        signer="Hoàng Thị Lan",
        issued_on=date(2026, 12, 28),
    )


def unit_rows() -> tuple[UnitRow, ...]:
    """Return four units; the last has sent nothing."""
    sent = tuple(
        UnitRow(
            f"unit-{n}",
            f"Chi bộ Thôn {n}" if n < 3 else "Chi bộ Trường Tiểu học và Trung học cơ sở Đông Hòa số 3",
            counts(),
            Level.EXCELLENT if n == 1 else Level.GOOD,
            n == 1,
            f"{n:02x}" * 32,
            f"2{n}-BC/CB",
        )
        for n in (1, 2, 3)
    )
    return (*sent, UnitRow("unit-4", "Chi bộ Thôn 4", None))


def rollup() -> RatingRollupReport:
    """Return the committee's report."""
    return RatingRollupReport(
        committee("31-BC/ĐU"), YEAR, Source.DECIDED, date(2026, 12, 26), unit_rows(),
        counts() + counts() + counts(), RatingFigures(excellent=1, good=2, unrated=1), "Đề nghị khen thưởng.",
        summary().rows, Source.PROPOSED, counts() + counts(), Level.GOOD,
    )  # fmt: skip


def decision() -> RatingDecisionReport:
    """Return the decision on thirty members less the one without a level."""
    members = tuple(
        DecidedMember(one.name, one.birth, "Chi bộ Thôn 4", level)
        for one, level in zip(candidates(), LEVELS, strict=True)
        if level
    )
    return RatingDecisionReport(committee("12-QĐ/ĐU"), YEAR, minutes().grounds, members, counts())


def cell_decision() -> CellRatingDecisionReport:
    """Return the decision on three cells."""
    cells = tuple(
        DecidedCell(row.unit, row.cell_level, row.exemplary) for row in unit_rows() if row.cell_level
    )
    return CellRatingDecisionReport(
        committee("13-QĐ/ĐU"), YEAR, minutes().grounds, cells, RatingFigures(excellent=1, good=2)
    )


def cap_table() -> CapTableReport:
    """Return the check of the cap over three units."""
    rows = tuple(CapRow(row.unit, row.figures, 4) for row in unit_rows() if row.figures)
    total = CapRow("", counts() + counts() + counts(), 11)
    return CapTableReport(
        committee(), YEAR, 20, CapBase.GOOD, rows, total, "cấp ủy nhất trí, đã xin ý kiến cấp trên"
    )


SAMPLES: Final[dict[str, Report]] = {
    "rating-ballot": ballot(),
    "rating-ballot-levels": ballot(BallotForm.TWO),
    "rating-ballot-excellence": excellence_ballot(),
    "rating-opinions": opinions(),
    "rating-minutes": minutes(),
    "rating-count": count(),
    "rating-list": rating_list("có văn bản của Đảng ủy cho phép đến 25%"),
    "rating-summary": summary(),
    "rating-unrated": unrated(),
    "rating-unrated-nobody": nobody_unrated(),
    "rating-report": year(),
    "rating-report-first": first_year(),
    "targets": targets_report(),
    "rating-rollup": rollup(),
    "rating-decision": decision(),
    "rating-decision-cells": cell_decision(),
    "rating-cap": cap_table(),
}


def wrap(report: Report) -> Envelope:
    """Put a report into an envelope that agrees with it."""
    kind = next(kind for kind, form in FORMS.items() if form.report is type(report))
    return Envelope(
        kind=kind,
        book_id="0197a0c0-0000-7000-8000-00000000b00c",
        organisation_id="0197a0c0-0000-7000-8000-0000000000ce",
        organisation=report.heading.body,
        superior=report.heading.superior,
        period=report.period,
        number=report.heading.number,
        issued_on=report.heading.issued_on,
        rules=("QD366-2025",),
        template=reports.TEMPLATE,
        program="0.1.0",
        report=report,
    )
