"""The words of the minutes of the review meeting (F7) and of the count of its ballots (F8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Signer, Text
from sochibo.documents.words.phrases import (
    clock,
    comrades,
    counted,
    issuer,
    joined,
    paragraphs,
    romans,
    sentence,
    share,
)
from sochibo.documents.words.rating_phrases import (
    LEVEL_WORDS,
    SIGNS_WORDS,
    cell_words,
    counts_words,
    excellent_shares,
    level_sign,
    paper,
    period_words,
    rate,
)
from sochibo.rules.dates import official_date
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.ratings.rating_papers import BallotForm
from sochibo.rules.ratings.ratings import LEVEL_SIGNS, LEVELS, BallotKind, Level, VotingMethod
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.meetings.minutes_parts import Absentee
    from sochibo.rules.ratings.rating_papers import (
        CellRatingLine,
        CountLine,
        ExcellenceLine,
        RatingCountReport,
        RatingMinutesReport,
        Tally,
    )

__all__ = ["rating_count_content", "rating_minutes_content"]

_METHODS: Final = {
    VotingMethod.BALLOT: "bỏ phiếu kín",
    VotingMethod.CARD: "biểu quyết bằng thẻ đảng viên",
}
_BALLOTS: Final = {
    BallotKind.LEVELS: "Phiếu xếp loại đảng viên",
    BallotKind.EXCELLENT: "Phiếu riêng về mức hoàn thành xuất sắc nhiệm vụ",
    BallotKind.ORGANISATION: "Phiếu xếp loại tổ chức",
}
_VOTES: Final = "Số phiếu"
_COUNT_COLUMNS: Final = (
    Column("TT", 9),
    Column("Họ và tên", 54, Align.LEFT),
    Column("Chức vụ, đơn vị", 48, Align.LEFT),
    *(Column(LEVEL_SIGNS[level], 17, group=_VOTES) for level in LEVELS),
    Column("Chưa xếp loại", 18, group=_VOTES),
    Column("Tỷ lệ phiếu cao nhất", 24),
    Column("Chi bộ đề nghị", 24),
)
_EXCELLENCE_COLUMNS: Final = (
    Column("TT", 9),
    Column("Họ và tên", 56, Align.LEFT),
    Column("Chức vụ, đơn vị", 36, Align.LEFT),
    Column("Đồng ý", 18, group=_VOTES),
    Column("Không đồng ý", 20, group=_VOTES),
    Column("Tỷ lệ đồng ý", 22),
)
_CELL_COLUMNS: Final = (
    Column("Tổ chức", 60, Align.LEFT),
    *(Column(LEVEL_SIGNS[level], 18, group=_VOTES) for level in LEVELS),
    Column("Tỷ lệ phiếu cao nhất", 28),
)


def rating_minutes_content(report: RatingMinutesReport) -> Content:
    """Return the minutes of the review meeting as a paper."""
    return paper(
        ReportKind.RATING_MINUTES,
        report.heading,
        "BIÊN BẢN",
        f"hội nghị kiểm điểm, đánh giá, xếp loại chất lượng {period_words(report.period)}",
        tuple(_minutes(report)),
        signers=(
            Signer("minute_taker", "", "THƯ KÝ HỘI NGHỊ", report.minute_taker),
            Signer("chair", "", "CHỦ TRÌ HỘI NGHỊ", report.chair),
        ),
    )


def _minutes(report: RatingMinutesReport) -> Iterator[Element]:
    for n, ground in enumerate(report.grounds, start=1):
        said = sentence(f"- Căn cứ {ground}")
        yield Text(said if n == len(report.grounds) else f"{said.rstrip('.')};")
    at = f"Hồi {clock(report.start)}, " if report.start.strip() else ""
    place = f", tại {report.place.strip()}" if report.place.strip() else ""
    opening = (
        f"{at}{official_date(report.on)}{place}, {issuer(report.heading)} tổ chức hội nghị kiểm điểm, đánh "
        "giá, "
        f"xếp loại chất lượng {period_words(report.period)}"
    )
    yield Text(sentence(opening[0].upper() + opening[1:]))
    number = romans()
    for title, part in (
        ("Thành phần", _composition(report)),
        ("Nội dung báo cáo", map(Text, paragraphs(report.reported))),
        ("Diễn biến hội nghị", map(Text, paragraphs(report.course))),
        ("Bỏ phiếu, đề nghị xếp loại", _vote(report)),
        ("Kết luận của người chủ trì", map(Text, paragraphs(report.conclusion))),
    ):
        elements = tuple(part)
        if elements:
            yield Section(f"{next(number)}- {title}")
            yield from elements
    until = f" hồi {clock(report.end)}" if report.end.strip() else ""
    yield Text(f"Hội nghị kết thúc{until} cùng ngày. {_copies(report.copies)}")


def _copies(copies: int) -> str:
    where = "lưu Chi bộ 01 bản" if copies == 1 else "gửi cấp ủy cấp trên và lưu Chi bộ"
    return f"Biên bản này được lập thành {counted(copies)} bản, {where}."


def _composition(report: RatingMinutesReport) -> Iterator[Text]:
    kinds = joined(
        f"{words} {counted(n)}"
        for words, n in (("chính thức", report.present_official), ("dự bị", report.present_probationary))
        if n
    )
    yield Text(f"Số đảng viên được triệu tập: {comrades(report.summoned)}.")
    yield Text(
        f"Có mặt: {share(Ratio(report.present, report.summoned))}{f', trong đó {kinds}' if kinds else ''}."
    )
    yield from _absent(report.absent)
    guests = joined((joined((guest.name, guest.post)) for guest in report.guests), "; ")
    if guests:
        yield Text(sentence(f"Đại biểu được cử dự: {guests}"))
    if report.chair.strip():
        yield Text(sentence(f"Chủ trì: đồng chí {joined((report.chair, report.chair_office))}"))
    if report.minute_taker.strip():
        yield Text(sentence(f"Thư ký: đồng chí {report.minute_taker}"))


def _absent(people: tuple[Absentee, ...]) -> Iterator[Text]:
    if not people:
        yield Text("Vắng: không.")
        return
    names = joined(
        f"{one.name.strip()}{f' ({one.reason.strip()})' if one.reason.strip() else ''}" for one in people
    )
    yield Text(sentence(f"Vắng {comrades(len(people))}: {names}"))


def _vote(report: RatingMinutesReport) -> Iterator[Text]:
    forms = {
        BallotForm.ONE: "một phiếu gồm đủ các mức xếp loại",
        BallotForm.TWO: "một phiếu về các mức xếp loại và một phiếu riêng về hoàn thành xuất sắc nhiệm vụ",
    }
    how = _METHODS[report.method]
    by = f", {forms[report.ballot]}" if report.method is VotingMethod.BALLOT else ""
    yield Text(f"Hội nghị {how} để đề nghị mức xếp loại chất lượng đảng viên{by}.")
    counts = report.counts
    if counts.rated:
        yield Text(
            f"Kết quả Chi bộ đề nghị đối với {comrades(counts.rated)} được xếp loại: {counts_words(counts)}. "
            f"Trong đó {excellent_shares(counts)}."
        )
    left = joined(
        f"{words} {comrades(n)}"
        for words, n in (
            ("thuộc diện xếp loại nhưng chưa xếp loại", counts.unrated),
            ("không thuộc diện xếp loại", counts.exempt),
        )
        if n
    )
    if left:
        yield Text(sentence(left[0].upper() + left[1:]))
    if report.cell and (said := joined(cell_words(report.cell), "; ")):
        yield Text(sentence(f"{report.cell.name}: {said}"))


def rating_count_content(report: RatingCountReport) -> Content:
    """Return the minutes of the count as a paper; the lines stand over the ballots that are valid."""
    leader = report.tellers[0] if report.tellers else ""
    return paper(
        ReportKind.RATING_COUNT,
        report.heading,
        "BIÊN BẢN",
        f"kiểm phiếu đề nghị xếp loại chất lượng {period_words(report.period)}",
        tuple(_count(report)),
        signers=(
            Signer("teller", "T/M TỔ KIỂM PHIẾU", "TỔ TRƯỞNG", leader),
            Signer("chair", "", "CHỦ TRÌ HỘI NGHỊ", report.chair),
        ),
        landscape=True,
    )


def _count(report: RatingCountReport) -> Iterator[Element]:
    place = f", tại {report.place.strip()}" if report.place.strip() else ""
    yield Text(
        f"{official_date(report.on).capitalize()}{place}, tổ kiểm phiếu của {issuer(report.heading)} tiến "
        "hành kiểm "
        f"phiếu đề nghị xếp loại chất lượng {period_words(report.period)}."
    )
    if report.tellers:
        leader, *others = report.tellers
        members = f"; thành viên: {joined(others)}" if others else ""
        yield Text(sentence(f"Tổ kiểm phiếu gồm: tổ trưởng {leader}{members}"))
    yield Text(
        f"Số đảng viên được triệu tập: {comrades(report.summoned)}; có mặt "
        f"{share(Ratio(report.present, report.summoned))}; có quyền biểu quyết {comrades(report.voters)}."
    )
    yield from _absent(report.absent)
    for count in report.ballots:
        yield Text(
            f"{_BALLOTS[count.kind]}: phát ra {counted(count.issued)}; thu về {counted(count.collected)}; "
            f"hợp lệ {counted(count.valid)}; không hợp lệ {counted(count.invalid)}."
        )
    number = romans()
    if report.lines:
        yield Section(f"{next(number)}- Kết quả phiếu xếp loại đảng viên")
        yield Grid(_COUNT_COLUMNS, tuple(_count_row(n, line) for n, line in enumerate(report.lines, start=1)))
        yield Text(f"Tỷ lệ tính trên số phiếu hợp lệ. {SIGNS_WORDS}", italic=True)
    if report.excellence:
        yield Section(f"{next(number)}- Kết quả phiếu riêng về mức {LEVEL_WORDS[Level.EXCELLENT]}")
        yield Grid(
            _EXCELLENCE_COLUMNS,
            tuple(_excellence_row(n, line) for n, line in enumerate(report.excellence, start=1)),
        )
    if report.cell and report.cell.tally:
        yield Section(f"{next(number)}- Kết quả phiếu xếp loại tổ chức")
        yield Grid(_CELL_COLUMNS, (_cell_row(report.cell, report.cell.tally),))
    yield Text(_copies(report.copies))


def _votes(tally: Tally) -> tuple[int, ...]:
    return (tally.excellent, tally.good, tally.completed, tally.not_completed)


def _count_row(n: int, line: CountLine) -> tuple[str, ...]:
    votes = (*_votes(line.tally), line.tally.unrated)
    return (
        str(n),
        line.name,
        line.post,
        *map(str, votes),
        rate(max(votes), line.base),
        level_sign(line.proposed),
    )


def _excellence_row(n: int, line: ExcellenceLine) -> tuple[str, ...]:
    votes = (str(line.in_favour), str(line.against), rate(line.in_favour, line.base))
    return (str(n), line.name, line.post, *votes)


def _cell_row(line: CellRatingLine, tally: Tally) -> tuple[str, ...]:
    votes = _votes(tally)
    return (line.name, *map(str, votes), rate(max(votes), line.base))
