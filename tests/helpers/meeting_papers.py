"""Sample papers around the meetings of an invented cell, for the tests of documents and of sealing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import reports

from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.meetings.attendance_matrix import AttendanceMatrix, MatrixMeeting, MatrixRow, Sign
from sochibo.rules.meetings.meeting_papers import (
    AgendaLine,
    Call,
    Convened,
    MinutesBook,
    Notice,
    PlannedTheme,
    Programme,
    ResolutionReport,
    ScoreSheet,
    SignInSheet,
    ThematicPlan,
)
from sochibo.rules.meetings.meetings import MeetingFormat, MeetingKind
from sochibo.rules.meetings.minutes_parts import ReviewedTask, ScoreGroup, ScoreLine, ScoreReport, UpperScore
from sochibo.rules.members.members import Activity, Membership
from sochibo.rules.reports import ReportKind, SummaryReport
from sochibo.rules.scoring.scoring import Rating

if TYPE_CHECKING:
    from sochibo.rules.reports import Report

__all__ = [
    "LONG_NAME", "SAMPLES", "convened", "longer_summary", "matrix", "notice", "programme", "resolution",
    "score_sheet", "sign_in_sheet", "thematic_plan",
]  # fmt: skip

LONG_NAME: Final = "Công Tằng Tôn Nữ Hoàng Phương Thảo Nguyên Khánh Hòa Bình"
PEOPLE: Final = (
    LONG_NAME, "Nguyễn Văn Mẫu", "Lê Thị Ân", "Nguyễn Thị Ánh", "Phạm Văn Bảo", "Trần Đình Cường",
    "Hoàng Ngọc Diệp", "Vũ Đức Dũng", "Đặng Thị Đào", "Bùi Xuân Đạt", "Đỗ Thị Én", "Phan Văn Giang",
    "Ngô Thị Hà", "Hồ Kpă H'Liên & <con>", "Lý Văn Khoa", "Mai Thị Lan", "Tạ Quang Minh", "Châu Thị Nga",
    "Đinh Văn Oanh", "La Thị Phượng", "Quách Văn Quý", "Trịnh Thị Sen", "Võ Văn Tám", "Hà Thị Uyên",
    "Cao Văn Vinh", "Thái Thị Xuân", "Ông Văn Ý", "Âu Thị Yến", "Tô Văn Bình", "Kiều Thị Cúc",
)  # fmt: skip
MEETING: Final = "0197a0c0-0000-7000-8000-000000000001"
DAY: Final = date(2026, 11, 3)

Made = TypeVar("Made")


def resolution(**changes: object) -> ResolutionReport:
    """Return the resolution of a regular meeting."""
    minutes = reports.minutes()
    made = ResolutionReport(
        heading=reports.heading("11-NQ/CB"),
        meeting_id=MEETING,
        meeting_kind=MeetingKind.REGULAR,
        on=DAY,
        title="lãnh đạo thực hiện nhiệm vụ tháng 11 năm 2026",
        members=36,
        expected=35,
        present=32,
        chair="Nguyễn Văn Mẫu",
        chair_office="Bí thư Chi bộ",
        minute_taker="Đặng Thị Đào",
        fee_note="Đảng viên đã đóng đảng phí đầy đủ đến hết tháng 10 năm 2026",
        results=(
            "1. Về tư tưởng: cán bộ, đảng viên và nhân dân yên tâm, phấn khởi thi đua lao động sản xuất\n"
            "2. Về nhiệm vụ chính trị: đã thu hoạch xong lúa mùa; hoàn thành 650 mét đường nội thôn, vượt kế "
            "hoạch\n3. Biểu dương đồng chí Lý Văn Khoa đã vận động 12 hộ hiến đất làm đường"
        ),
        earlier=(
            ReviewedTask(
                "Vận động nhân dân đóng góp làm đường nội thôn", "Lý Văn Khoa", date(2026, 10, 25), 100,
                "vượt 8% kế hoạch",
            ),
            ReviewedTask("Rà soát hộ nghèo", "Đặng Thị Đào, Mai Thị Lan", date(2026, 10, 30), 60),
            ReviewedTask("Củng cố tổ hòa giải", "Tạ Quang Minh", None, 0, "chờ hướng dẫn của xã"),
            ReviewedTask("Thăm gia đình chính sách", "Chi ủy", date(2026, 10, 20), None),
        ),
        text=(
            "1. Tiếp tục tuyên truyền, vận động nhân dân thực hiện tốt chủ trương của Đảng, pháp luật của "
            "Nhà nước; chuẩn bị đại hội các đoàn thể của thôn\n2. Hoàn thành rà soát hộ nghèo trước "
            "ngày 25 tháng 11\n3. Tổ chức kiểm điểm, đánh giá, xếp loại đảng viên cuối năm đúng tiến độ"
        ),
        tasks=minutes.tasks,
        score=minutes.score,
        rating_note=minutes.rating_note,
        vote=minutes.votes[0],
    )  # fmt: skip
    return _changed(made, changes)


def _call(kind: type[Call], number: str, **changes: object) -> Call:
    made = kind(
        heading=reports.heading(number, issued_on=date(2026, 10, 28)),
        meeting_id=MEETING,
        meeting_kind=MeetingKind.REGULAR,
        format=MeetingFormat.IN_PERSON,
        on=DAY,
        start="19:30",
        place="Nhà văn hóa Thôn 4",
        theme="",
        chair="Nguyễn Văn Mẫu",
        chair_office="Bí thư Chi bộ",
        minute_taker="Đặng Thị Đào",
        items=(
            AgendaLine("Chào cờ, tuyên bố lý do, giới thiệu đại biểu", "Nguyễn Văn Mẫu", 5),
            AgendaLine("Thông tin thời sự, phổ biến văn bản mới của Đảng ủy", "Đặng Thị Đào", 15),
            AgendaLine(
                "Báo cáo kết quả thực hiện nhiệm vụ tháng 10, dự kiến nhiệm vụ trọng tâm tháng 11 năm 2026",
                "Nguyễn Văn Mẫu", 15,
            ),
            AgendaLine("Thảo luận, tự phê bình và phê bình", "Toàn thể đảng viên", 40),
            AgendaLine("Biểu quyết nghị quyết; chấm điểm buổi sinh hoạt; thông qua biên bản", "", None),
        ),
        guests=("Lê Thị Hậu, Phó Bí thư Đảng ủy xã Đông Hòa",),
        convened=35,
    )  # fmt: skip
    return _changed(made, changes)


def notice(**changes: object) -> Call:
    """Return the notice of a regular meeting."""
    return _call(Notice, "07-TB/CB", **changes)


def programme(**changes: object) -> Call:
    """Return the programme of a regular meeting."""
    return _call(Programme, "11-CTr/CB", **changes)


def thematic_plan(**changes: object) -> ThematicPlan:
    """Return the plan of a year with four themes."""
    made = ThematicPlan(
        heading=reports.heading("02-KH/CB", issued_on=date(2026, 1, 8)),
        year=2026,
        themes=(
            PlannedTheme(1, 3, "Học tập và làm theo Bác về thực hành tiết kiệm, chống lãng phí trong việc "
                "cưới, việc tang", "Học tập và làm theo Bác", "Đặng Thị Đào", date(2026, 2, 25), ""),
            PlannedTheme(2, 5, "Phát triển kinh tế hộ gắn với xây dựng thôn thông minh", "", LONG_NAME,
                date(2026, 4, 20), "mời hội nông dân"),
            PlannedTheme(3, 8, "Nâng cao chất lượng công tác phát triển đảng viên ở nông thôn",
                "Xây dựng Đảng", "Lý Văn Khoa", None, ""),
            PlannedTheme(4, 0, "Truyền thống cách mạng của quê hương", "", "", None, "chưa phân công"),
        ),
    )  # fmt: skip
    return _changed(made, changes)


def convened(count: int) -> tuple[Convened, ...]:
    """Return that many people called, every ninth of them on probation."""
    return tuple(
        Convened(
            PEOPLE[n % len(PEOPLE)],
            Membership.PROBATIONARY if n % 9 == 8 else Membership.OFFICIAL,
            Activity.VISITING if n == count - 1 else Activity.ACTIVE,
            {1: "Bí thư", 8: "Chi ủy viên", 5: "Trưởng ban công tác Mặt trận"}.get(n, ""),
        )
        for n in range(count)
    )


def sign_in_sheet(people: int = 30, **changes: object) -> SignInSheet:
    """Return the sheet of a regular meeting."""
    made = SignInSheet(
        heading=reports.heading(""),
        meeting_id=MEETING,
        meeting_kind=MeetingKind.REGULAR,
        on=DAY,
        start="19:30",
        place="Nhà văn hóa Thôn 4",
        expected=convened(people),
        others=(Convened("Hồ Văn Sáu", Membership.OFFICIAL, Activity.EXEMPT, ""),),
        guests=("Lê Thị Hậu, Phó Bí thư Đảng ủy xã Đông Hòa",),
    )
    return _changed(made, changes)


def grouped_score() -> ScoreReport:
    """Return a score by a table with heads, a criterion that is not counted, and the upper decision."""
    return ScoreReport(
        framework="An-Phu-2025",
        title="Bảng chấm điểm chất lượng sinh hoạt chi bộ (mẫu phường)",
        document="HD 42-HD/BTCTW, 28/10/2025",
        lines=(
            ScoreLine("Chấp hành thời lượng sinh hoạt", 5, 50, code="1"),
            ScoreLine("Tỷ lệ đảng viên dự sinh hoạt", 4, 30, "dự 85,7%", code="2.1", group="2"),
            ScoreLine("Không có đảng viên vắng quá 3 lần liên tiếp", 1, 10, code="2.2", group="2"),
            ScoreLine("Nội dung thường kỳ đầy đủ", 10, 100, code="4.2", group="4"),
            ScoreLine("Nội dung chuyên đề", 5, 50, code="4.3", group="4", counted=False),
            ScoreLine("Kết quả thực hiện nghị quyết tháng trước", 75, 675, "đạt 90%", code="7"),
        ),
        total=100,
        tenths=915,
        rating=Rating.GOOD,
        groups=(
            ScoreGroup("2", "Tỷ lệ đảng viên dự sinh hoạt", 5, 40),
            ScoreGroup("4", "Tổ chức sinh hoạt", 15, 150),
        ),
        available=1000,
        observer="Mai Thị Lan",
        vote=reports.minutes().votes[0],
        upper=UpperScore(900, Rating.GOOD, "Ban Thường vụ Đảng ủy", date(2026, 11, 12)),
    )


def score_sheet(**changes: object) -> ScoreSheet:
    """Return a filled sheet."""
    made = ScoreSheet(
        heading=reports.heading(""),
        meeting_id=MEETING,
        meeting_kind=MeetingKind.REGULAR,
        on=DAY,
        score=grouped_score(),
        rating_note="Cần tăng số ý kiến phát biểu.",
        observer="Mai Thị Lan",
        chair="Nguyễn Văn Mẫu",
        blank=False,
    )
    return _changed(made, changes)


def matrix(meetings: int = 12, people: int = 30, **changes: object) -> AttendanceMatrix:
    """Return the attendance of a year with that many meetings."""
    kinds = (MeetingKind.REGULAR, MeetingKind.REGULAR, MeetingKind.COMBINED)
    first = date(2026, 1, 5)
    days = [first + timedelta(days=330 * n // max(meetings - 1, 1)) for n in range(meetings)]
    rows = tuple(_matrix_row(n, meetings) for n in range(people))
    held = tuple(
        MatrixMeeting(f"meeting-{n}", kinds[n % 3], day, _came([row.signs[n] for row in rows]))
        for n, day in enumerate(days)
    )
    made = AttendanceMatrix(
        heading=reports.heading("", issued_on=date(2026, 12, 31)),
        year=2026,
        meetings=held,
        rows=rows,
        attendance=sum((one.attendance for one in held), Ratio(0, 0)),
    )
    return _changed(made, changes)


def _matrix_row(n: int, meetings: int) -> MatrixRow:
    some = (Sign.EXCUSED, Sign.UNEXCUSED, Sign.LATE)
    signs = tuple(some[(n + m) % 3] if (n * 7 + m * 5) % 23 == 0 else Sign.PRESENT for m in range(meetings))
    if n == 3:
        signs = tuple(Sign.CAME_ANYWAY if m == 1 else Sign.NOT_EXPECTED for m in range(meetings))
    if n == 5:
        signs = tuple(Sign.NOT_LISTED if m < meetings // 2 else sign for m, sign in enumerate(signs))
    came = _came(list(signs))
    membership = Membership.PROBATIONARY if n % 9 == 8 else Membership.OFFICIAL
    return MatrixRow(
        PEOPLE[n % len(PEOPLE)],
        membership,
        signs,
        came,
        signs.count(Sign.EXCUSED),
        signs.count(Sign.UNEXCUSED),
    )


def _came(signs: list[str]) -> Ratio:
    came = signs.count(Sign.PRESENT) + signs.count(Sign.LATE)
    return Ratio(came, came + signs.count(Sign.EXCUSED) + signs.count(Sign.UNEXCUSED))


def _changed(made: Made, changes: dict[str, object]) -> Made:
    return cast("Made", replace(cast("Any", made), **cast("dict[str, Any]", changes)))


def longer_summary(period: str, months: range) -> SummaryReport:
    """Return the summary of some months of 2026, in the fourth of which nothing was held."""
    first = reports.summary().meetings
    meetings = tuple(
        replace(
            one, on=date(2026, month, one.on.day), meeting_id=f"{month}-{n}", minutes=f"{month + n:02d}-BB/CB"
        )
        for month in months
        for n, one in enumerate(first)
        if month % 4 and (n == 0 or month % 3 == 0)
    )
    attendance = sum((one.attendance for one in meetings), Ratio(0, 0))
    heading = reports.heading("06-BC/CB", issued_on=date(2026, 12, 31))
    made = reports.summary(period=period, attendance=attendance, heading=heading)
    return replace(made, meetings=meetings)


SAMPLES: Final[dict[str, tuple[ReportKind, Report]]] = {
    "resolution": (ReportKind.RESOLUTION, resolution()),
    "resolution-short": (
        ReportKind.RESOLUTION,
        resolution(
            heading=reports.heading(""), results="", earlier=(), tasks=(), score=None, rating_note="",
            vote=None, fee_note="", text="Nhất trí với dự thảo",
        ),
    ),
    "conclusion": (
        ReportKind.CONCLUSION,
        resolution(heading=reports.heading("03-KL/CB"), title="hội nghị chi bộ ngày 03 tháng 11 năm 2026"),
    ),
    "notice": (ReportKind.NOTICE, notice()),
    "notice-committee": (
        ReportKind.NOTICE,
        notice(
            meeting_kind=MeetingKind.CELL_COMMITTEE, guests=(), place="", items=(),
            format=MeetingFormat.ONLINE,
        ),
    ),
    "programme": (ReportKind.PROGRAMME, programme()),
    "programme-committee": (
        ReportKind.PROGRAMME,
        programme(meeting_kind=MeetingKind.CELL_COMMITTEE, guests=(), heading=reports.heading("")),
    ),
    "thematic-plan": (ReportKind.THEMATIC_PLAN, thematic_plan()),
    "sign-in-sheet": (ReportKind.SIGN_IN_SHEET, sign_in_sheet()),
    "score-sheet": (ReportKind.SCORE_SHEET, score_sheet()),
    "score-sheet-blank": (ReportKind.SCORE_SHEET, score_sheet(blank=True)),
    "summary-quarter": (ReportKind.SUMMARY, longer_summary("2026-Q4", range(10, 13))),
    "summary-half": (ReportKind.SUMMARY, longer_summary("2026-H1", range(1, 7))),
    "summary-year": (ReportKind.SUMMARY, longer_summary("2026", range(1, 13))),
    "minutes-book": (
        ReportKind.MINUTES_BOOK,
        MinutesBook(
            reports.heading("", issued_on=date(2026, 12, 31)), 2026, (reports.minutes(2), reports.minutes(1))
        ),
    ),
    "attendance-matrix": (ReportKind.ATTENDANCE_MATRIX, matrix()),
    "attendance-matrix-wide": (ReportKind.ATTENDANCE_MATRIX, matrix(22, 12)),
}  # fmt: skip
