"""Sample reports and envelopes, all invented, for the tests of documents and sealing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sochibo.documents.envelopes import Envelope
from sochibo.rules.forms import FORMS
from sochibo.rules.meetings.attendance import BaseLine, Ratio
from sochibo.rules.meetings.meetings import MeetingFormat, MeetingKind, VoteClass, VoteMethod
from sochibo.rules.meetings.proposals import ProposalState
from sochibo.rules.reports import (
    Absentee,
    CorrectionReport,
    Deduction,
    Heading,
    ItemReport,
    MeetingFigures,
    MeetingRatings,
    MinutesReport,
    ProposalReport,
    Report,
    ReviewedTask,
    RollupReport,
    RollupRow,
    ScoreLine,
    ScoreReport,
    StudyReport,
    SummaryReport,
    SuperiorGuest,
    TaskReport,
    VoteReport,
)
from sochibo.rules.scoring.scoring import Rating

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "corrected_minutes", "empty_minutes", "full_minutes", "heading", "long_minutes", "minutes", "rollup",
    "summary", "unusual_names_minutes", "wrap",
]  # fmt: skip

Record = TypeVar("Record", Heading, MinutesReport, SummaryReport, RollupReport, Envelope)
TEMPLATE = "HD05-2026/1"
PARAGRAPH = (
    "Chi bộ thảo luận về việc vận động nhân dân hiến đất mở rộng đường nội thôn, rà soát hộ nghèo và hộ cận "
    "nghèo, chuẩn bị kiểm điểm cuối năm; các ý kiến đều nhất trí với dự thảo do chi ủy trình bày."
)


def heading(number: str = "11-BB/CB", **changes: object) -> Heading:
    """Return the head and foot of a cell's paper."""
    made = Heading(
        superior="Đảng bộ xã Đông Hòa",
        body="Chi bộ Thôn 4",
        place="Đông Hòa",
        number=number,
        issued_on=date(2026, 11, 3),
        authority="T/M CHI BỘ",
        office="BÍ THƯ",
        signer="Nguyễn Văn Mẫu",
    )
    return _changed(made, changes)


def score() -> ScoreReport:
    """Return the score of a good meeting with one loss."""
    return ScoreReport(
        framework="HD42-2025",
        title="Khung chấm điểm chất lượng sinh hoạt chi bộ",
        lines=(
            ScoreLine("Công tác chuẩn bị sinh hoạt", 20, 200),
            ScoreLine("Tỷ lệ đảng viên dự sinh hoạt", 20, 180, "còn một đồng chí vắng không lý do"),
            ScoreLine("Nội dung, phương pháp và thời lượng sinh hoạt chi bộ", 30, 285, "ít ý kiến"),
            ScoreLine("Kết quả thực hiện nhiệm vụ tháng trước", 30, 255),
        ),
        total=100,
        tenths=920,
        rating=Rating.GOOD,
    )


def minutes(items: int = 3, **changes: object) -> MinutesReport:
    """Return the minutes of a regular meeting with `items` agenda items."""
    made = MinutesReport(
        heading=heading(),
        meeting_id="0197a0c0-0000-7000-8000-000000000001",
        meeting_kind=MeetingKind.REGULAR,
        on=date(2026, 11, 3),
        start="19:30",
        end="21:05",
        place="Nhà văn hóa Thôn 4",
        theme="",
        members=36,
        official=33,
        probationary=3,
        visiting=0,
        expected=35,
        expected_lines=(
            BaseLine("official", 33),
            BaseLine("probationary", 3),
            BaseLine("exempt", -1),
        ),
        present=32,
        present_official=29,
        present_probationary=3,
        present_visiting=0,
        extra_present=(),
        excused=(Absentee("Phạm Văn Bảo", "ốm"), Absentee("Bùi Xuân Đạt", "công tác")),
        unexcused=(Absentee("Trần Đình Cường"),),
        guests=(SuperiorGuest("Lê Thị Hậu", "Phó Bí thư Đảng ủy xã Đông Hòa", superior=True),),
        chair="Nguyễn Văn Mẫu",
        chair_office="Bí thư Chi bộ",
        minute_taker="Đặng Thị Đào",
        fee_note="Đảng viên đã đóng đảng phí đầy đủ đến hết tháng 10 năm 2026.",
        items=tuple(
            ItemReport(
                title=f"Nội dung thứ {n} về công tác xây dựng Đảng và phát triển kinh tế của thôn",
                presenter="Nguyễn Văn Mẫu",
                text=f"{PARAGRAPH}\nĐồng chí Đặng Thị Đào: đề nghị phân công cụ thể từng hộ.",
                conclusion="Nhất trí giao chi ủy tổ chức thực hiện.",
            )
            for n in range(1, items + 1)
        ),
        votes=(
            VoteReport(
                question="Thông qua nghị quyết lãnh đạo nhiệm vụ tháng 11 năm 2026",
                vote_class=VoteClass.MAJORITY,
                method=VoteMethod.CARD,
                base=32,
                base_lines=(BaseLine("official", 33), BaseLine("exempt", -1)),
                needed=17,
                in_favour=29,
                against=0,
                other=0,
                passed=True,
            ),
        ),
        tasks=(
            TaskReport("Rà soát hộ nghèo, hộ cận nghèo", "Đặng Thị Đào, Lý Văn Khoa", date(2026, 11, 25)),
            TaskReport("Vận động làm đường nội thôn", "toàn thể đảng viên", None),
        ),
        score=score(),
        rating_note="Cần tăng số ý kiến phát biểu.",
        conclusion="Hội nghị thống nhất các nội dung nêu trên.",
        adopted=True,
    )
    return _changed(made, changes)


def full_minutes() -> MinutesReport:
    """Return minutes in which everything that may be said is said."""
    plain = minutes()
    return replace(
        plain,
        excused=(Absentee("Phạm Văn Bảo", "ốm", "Nguyễn Văn Mẫu"), Absentee("Bùi Xuân Đạt", "công tác")),
        guests=(
            SuperiorGuest(
                "Lê Thị Hậu", "Phó Bí thư", superior=True, organisation="Đảng ủy xã Đông Hòa", assigned=True
            ),
        ),
        items=(plain.items[0], replace(plain.items[1], speakers=("Đặng Thị Đào",), finished=False)),
        votes=(
            replace(
                plain.votes[0], in_favour=27, other=2, blank=1, invalid=1, tellers="Lý Văn Khoa, Đặng Thị Đào"
            ),
        ),
        format=MeetingFormat.HYBRID,
        late=("Lý Văn Khoa",),
        spoke=Ratio(12, 32),
        reviewed=(
            ReviewedTask("Tu sửa nhà văn hóa", "Lý Văn Khoa", date(2026, 10, 28), 100, "đã xong"),
            ReviewedTask("Vận động làm đường nội thôn", "toàn thể đảng viên", None, None),
        ),
        proposals=(
            ProposalReport(
                "sửa mương thủy lợi đầu thôn", "Bùi Xuân Đạt", ProposalState.ANSWERED,
                "đã đưa vào kế hoạch quý IV", "Đảng ủy xã", raised_on=date(2026, 10, 3),
            ),
            ProposalReport(
                "thêm đèn đường", "Đặng Thị Đào", ProposalState.FORWARDED, forwarded_to="Ủy ban nhân dân xã"
            ),
            ProposalReport("đổi giờ sinh hoạt", "", ProposalState.OPEN),
        ),
        studies=(StudyReport("Nghị quyết Đại hội Đảng bộ xã", "Đảng ủy xã", Ratio(62, 66)),),
        observer="Lý Văn Khoa",
    )  # fmt: skip


def corrected_minutes() -> MinutesReport:
    """Return minutes that replace earlier ones."""
    return minutes(
        items=1,
        heading=heading(number="12-BB/CB", issued_on=date(2026, 11, 8)),
        corrections=(
            CorrectionReport(
                date(2026, 11, 8), "Nguyễn Văn Mẫu", "ghi sót một đồng chí vắng mặt", "11-BB/CB"
            ),
        ),
        score=None,
        not_scored_reason="sinh hoạt bổ sung, không chấm điểm",
    )


def long_minutes() -> MinutesReport:
    """Return minutes that fill several pages."""
    return minutes(items=14)


def empty_minutes() -> MinutesReport:
    """Return minutes in which everything that may be empty is empty."""
    return minutes(
        items=0, start="", end="", place="", excused=(), unexcused=(), guests=(), chair_office="",
        fee_note="", votes=(), tasks=(), score=None, rating_note="", conclusion="", adopted=False,
        expected_lines=(), heading=heading(number=""),
    )  # fmt: skip


def unusual_names_minutes() -> MinutesReport:
    """Return minutes with very long names and with the signs that markup would swallow."""
    long_name = "Công Tằng Tôn Nữ Hoàng Phương Thảo Nguyên Khánh Hòa Bình"
    return minutes(
        heading=heading(
            superior="Đảng bộ phường Trung tâm Thương mại và Dịch vụ cửa khẩu quốc tế",
            body="Chi bộ Trường Tiểu học và Trung học cơ sở số 1 bán trú <A & B>",
            place="Thành phố Hồ Chí Minh",
            issued_on=date(2026, 11, 29),
            signer=long_name,
        ),
        chair=long_name,
        minute_taker="Hồ Kpă H'Liên & <con>",
        excused=(Absentee(long_name, "đi điều trị dài ngày <viện 108> & chưa về"),),
    )


def meeting_figures(day: int = 3, kind: MeetingKind = MeetingKind.REGULAR) -> MeetingFigures:
    """Return one meeting of November 2026 in figures."""
    return MeetingFigures(
        meeting_id=f"0197a0c0-0000-7000-8000-0000000000{day:02d}",
        meeting_kind=kind,
        on=date(2026, 11, day),
        attendance=Ratio(32, 35),
        present_official=29,
        excused=2,
        unexcused=1,
        items=3,
        votes=Ratio(1, 1),
        tasks=2,
        superiors=1,
        minutes=f"{day + 8:02d}-BB/CB",
        theme="Học tập và làm theo tấm gương tiết kiệm" if kind is MeetingKind.THEMATIC else "",
        score_tenths=920 if kind is MeetingKind.REGULAR else None,
        rating=Rating.GOOD if kind is MeetingKind.REGULAR else None,
    )


def summary(meetings: int = 2, **changes: object) -> SummaryReport:
    """Return the summary of November 2026 with that many meetings."""
    kinds = (MeetingKind.REGULAR, MeetingKind.THEMATIC)
    figures = tuple(meeting_figures(3 + 7 * n, kinds[n % 2]) for n in range(meetings))
    made = SummaryReport(
        heading=heading("05-BC/CB", issued_on=date(2026, 11, 30)),
        period="2026-11",
        members=36,
        official=33,
        probationary=3,
        exempt=1,
        away=0,
        visiting=0,
        meetings=figures,
        attendance=sum((one.attendance for one in figures), Ratio(0, 0)),
        tasks=Ratio(5, 6) if meetings else Ratio(0, 0),
        remarks="Đề nghị Đảng ủy sớm cấp sổ biên bản mới." if meetings else "",
    )
    return _changed(made, changes)


def rollup(units: int = 5, **changes: object) -> RollupReport:
    """Return a committee's roll-up of November 2026; every seventh unit sent nothing."""
    rows = tuple(_row(n) for n in range(1, units + 1))
    sent = [row for row in rows if row.source]
    total = RollupRow(
        unit_id="",
        unit="Tổng cộng",
        members=sum(row.members for row in rows),
        official=sum(row.official for row in rows),
        probationary=sum(row.probationary for row in rows),
        meetings=sum(row.meetings for row in rows),
        regular=sum(row.regular for row in rows),
        thematic=sum(row.thematic for row in rows),
        attendance=sum((row.attendance for row in rows), Ratio(0, 0)),
        unexcused=sum(row.unexcused for row in rows),
        superiors=sum(row.superiors for row in rows),
        tasks=sum((row.tasks for row in rows), Ratio(0, 0)),
        ratings=sum((row.ratings for row in rows), MeetingRatings()),
        papers=sum((row.papers for row in rows), Ratio(0, 0)),
        units=sum((row.units for row in rows), Ratio(0, 0)),
    )
    made = RollupReport(
        heading=heading(
            "03-BC/ĐU",
            superior="Đảng bộ tỉnh Bình An",
            body="Đảng ủy xã Đông Hòa",
            authority="T/M ĐẢNG ỦY",
            signer="Hoàng Thị Lan",
            issued_on=date(2026, 12, 10),
        ),
        period="2026-11",
        rows=rows,
        total=total,
        reported=Ratio(len(sent), len(rows)),
    )
    return _changed(made, changes)


def _row(n: int) -> RollupRow:
    unit_id, unit = f"unit-{n:02d}", f"Chi bộ Thôn {n}"
    if n % 7 == 0:
        return RollupRow(unit_id=unit_id, unit=unit, papers=Ratio(0, 1), units=Ratio(0, 1))
    return RollupRow(
        unit_id=unit_id,
        unit=unit if n % 5 else f"Chi bộ Trường Trung học cơ sở Đông Hòa số {n}",
        source=f"{n:02x}" * 32,
        source_number=f"{n:02d}-BC/CB",
        members=20 + n,
        official=19 + n,
        probationary=1,
        meetings=2 if n % 3 == 0 else 1,
        regular=1,
        thematic=1 if n % 3 == 0 else 0,
        attendance=Ratio(18 + n, 20 + n),
        unexcused=n % 2,
        superiors=n % 2,
        tasks=Ratio(3, 4),
        score_tenths=(955, 880, 640, 455)[n % 4],
        rating=(Rating.GOOD, Rating.FAIR, Rating.AVERAGE, Rating.POOR)[n % 4],
        met_on=date(2026, 11, 3),
        ratings=MeetingRatings(*(int(n % 4 == place) for place in range(4))),
        deductions=(Deduction("Tỷ lệ đảng viên dự sinh hoạt", 20, "vắng 02 đồng chí"),) if n % 2 else (),
        papers=Ratio(1, 1),
        units=Ratio(1, 1),
    )


def wrap(report: Report, **changes: object) -> Envelope:
    """Put a report into an envelope that agrees with it."""
    kind = next(kind for kind, form in FORMS.items() if form.report is type(report))
    made = Envelope(
        kind=kind,
        book_id="0197a0c0-0000-7000-8000-00000000b00c",
        organisation_id="0197a0c0-0000-7000-8000-0000000000ce",
        organisation=report.heading.body,
        superior=report.heading.superior,
        period=report.period,
        number=report.heading.number,
        issued_on=report.heading.issued_on,
        rules=("HD42-2025", "attendance-2025"),
        template=TEMPLATE,
        program="0.1.0",
        report=report,
    )
    return _changed(made, changes)


def _changed(made: Record, changes: Mapping[str, object]) -> Record:
    return replace(made, **cast("dict[str, Any]", changes))
