"""The words of minutes (biên bản); no form is prescribed, the order is that of the field's templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import percent, points
from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Signer, Subsection, Text
from sochibo.documents.words.meeting_phrases import held_words, meeting_words
from sochibo.documents.words.phrases import (
    RATING_WORDS,
    base_words,
    clock,
    comrades,
    counted,
    draft_number,
    issuer,
    joined,
    pair,
    paragraphs,
    romans,
    sentence,
    share,
)
from sochibo.rules.dates import official_date, short_official_date
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.meetings.meetings import MeetingFormat, VoteClass, VoteMethod
from sochibo.rules.meetings.proposals import ProposalState
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.reports import Absentee, MinutesReport, ScoreReport, SuperiorGuest, VoteReport

__all__ = ["minutes_content", "minutes_elements"]

_METHODS: Final = {
    VoteMethod.CARD: "biểu quyết bằng thẻ đảng viên",
    VoteMethod.BALLOT: "bỏ phiếu kín",
}
_ANSWERS: Final = {
    ProposalState.OPEN: "Ý kiến bước đầu",
    ProposalState.ANSWERED: "Trả lời",
    ProposalState.FORWARDED: "Chuyển cấp có thẩm quyền",
    ProposalState.WITHDRAWN: "Rút kiến nghị",
}
_NEEDED: Final = {VoteClass.MAJORITY: "quá 1/2", VoteClass.TWO_THIRDS: "ít nhất 2/3"}

_FORMATS: Final = {
    MeetingFormat.ONLINE: "trực tuyến",
    MeetingFormat.HYBRID: "trực tiếp kết hợp trực tuyến",
    MeetingFormat.BY_GROUP: "theo tổ đảng",
    MeetingFormat.BY_CLUSTER: "theo cụm",
}
"""How a cell met, said only where it was not in one room."""

_REVIEW_COLUMNS: Final = (
    Column("TT", 11),
    Column("Nhiệm vụ", 62, Align.LEFT),
    Column("Người thực hiện", 34, Align.LEFT),
    Column("Thời hạn", 22),
    Column("Kết quả", 36, Align.LEFT),
)
_TASK_COLUMNS: Final = (
    Column("TT", 11),
    Column("Nhiệm vụ", 82, Align.LEFT),
    Column("Người thực hiện", 44, Align.LEFT),
    Column("Thời hạn", 28),
)
_SCORE_COLUMNS: Final = (
    Column("TT", 11),
    Column("Tiêu chí", 66, Align.LEFT),
    Column("Điểm tối đa", 24),
    Column("Điểm đạt", 20),
    Column("Lý do trừ điểm", 44, Align.LEFT),
)


def minutes_content(report: MinutesReport, *, place_and_date: bool) -> Content:
    """Return minutes as a paper; parts in which nothing was noted are left out."""
    heading = report.heading
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=heading.number or draft_number(ReportKind.MINUTES),
        place_and_date=(heading.place, official_date(heading.issued_on)) if place_and_date else None,
        kind="BIÊN BẢN",
        subject=meeting_words(report.meeting_kind, report.on),
        elements=tuple(minutes_elements(report)),
        signers=(
            Signer("minute_taker", "", "NGƯỜI GHI BIÊN BẢN", report.minute_taker),
            Signer("chair", "", "CHỦ TRÌ HỘI NGHỊ", report.chair),
        ),
    )


def minutes_elements(report: MinutesReport) -> Iterator[Element]:
    """Return what stands between title and signatures."""
    yield Text(_opening(report))
    yield from _corrections(report)
    if report.theme.strip():
        yield Text(sentence(report.theme), lead="Chuyên đề")
    number = romans()
    for title, part in (
        ("Thành phần", _composition(report)),
        ("Kết quả thực hiện nhiệm vụ kỳ trước", _reviewed(report)),
        ("Nội dung", _course(report)),
        ("Học tập, quán triệt nghị quyết", _studies(report)),
        ("Kiến nghị và trả lời", _proposals(report)),
        ("Biểu quyết", _votes(report.votes)),
        ("Phân công nhiệm vụ", _tasks(report)),
        ("Chấm điểm, xếp loại chất lượng sinh hoạt", _score(report)),
        ("Kết luận của người chủ trì", map(Text, paragraphs(report.conclusion))),
    ):
        elements = tuple(part)
        if elements:
            yield Section(f"{next(number)}- {title}")
            yield from elements
    if report.adopted:
        yield Text("Biên bản này đã được đọc lại cho toàn thể hội nghị nghe và được nhất trí thông qua.")
    yield Text(_ending(report))


def _opening(report: MinutesReport) -> str:
    start = f"Hồi {clock(report.start)}, " if report.start.strip() else ""
    place = f", tại {report.place.strip()}" if report.place.strip() else ""
    held = held_words(report.meeting_kind, report.on)
    if report.format in _FORMATS:
        held += f" (hình thức {_FORMATS[report.format]})"
    text = f"{start}{official_date(report.on)}{place}, {issuer(report.heading)} {held}"
    return sentence(text[0].upper() + text[1:])


def _corrections(report: MinutesReport) -> Iterator[Text]:
    """Say which minutes these replace and why, so that nobody reads them as the first."""
    for one in report.corrections:
        who = f"đồng chí {one.by.strip()}, " if one.by.strip() else ""
        yield Text(
            sentence(
                f"Biên bản này thay thế Biên bản số {one.number} "
                f"({who}{short_official_date(one.on)}). Lý do: {one.reason}"
            ),
            lead="Đính chính",
        )


def _ending(report: MinutesReport) -> str:
    at = f" hồi {clock(report.end)}" if report.end.strip() else ""
    return f"Hội nghị kết thúc{at} cùng ngày."


def _composition(report: MinutesReport) -> Iterator[Text]:
    parts = joined((f"chính thức {counted(report.official)}", f"dự bị {counted(report.probationary)}"))
    yield Text(f"Tổng số đảng viên: {comrades(report.members)} ({parts}).")
    if report.visiting:
        yield Text(f"Đảng viên sinh hoạt tạm thời tại Chi bộ: {comrades(report.visiting)}.")
    base = base_words(report.expected_lines)
    yield Text(f"Số đảng viên phải dự: {comrades(report.expected)}{f' ({base})' if base else ''}.")
    yield Text(_present(report))
    if report.late:
        yield Text(sentence(f"Đến muộn: {joined(report.late)}"))
    yield from _absent("Vắng có lý do", report.excused)
    yield from _absent("Vắng không lý do", report.unexcused)
    if report.extra_present:
        yield Text(sentence(f"Cùng dự, ngoài số đảng viên phải dự: {joined(report.extra_present)}"))
    yield from _guests("Đại biểu cấp trên dự", (guest for guest in report.guests if guest.superior))
    yield from _guests("Khách mời", (guest for guest in report.guests if not guest.superior))
    if report.chair.strip():
        yield Text(sentence(f"Chủ trì: đồng chí {joined((report.chair, report.chair_office))}"))
    if report.minute_taker.strip():
        yield Text(sentence(f"Thư ký: đồng chí {report.minute_taker}"))
    if report.observer.strip():
        yield Text(sentence(f"Người theo dõi, chấm điểm: đồng chí {report.observer}"))
    if report.fee_note.strip():
        yield Text(sentence(report.fee_note), lead="Đảng phí")


def _present(report: MinutesReport) -> str:
    came = Ratio(report.present, report.expected)
    kinds = (
        ("chính thức", report.present_official),
        ("dự bị", report.present_probationary),
        ("sinh hoạt tạm thời", report.present_visiting),
    )
    parts = joined(f"{words} {counted(n)}" for words, n in kinds if n)
    rate = f", đạt {percent(came)}" if came.denominator > 0 else ""
    numbers = f"{counted(came.numerator)}/{counted(came.denominator)}"
    return f"Có mặt: {numbers} đồng chí{rate}{f' ({parts})' if parts else ''}."


def _absent(label: str, people: tuple[Absentee, ...]) -> Iterator[Text]:
    if people:
        names = joined(f"{one.name.strip()}{_bracketed(_why(one))}" for one in people)
        yield Text(sentence(f"{label} {comrades(len(people))}: {names}"))
    else:
        yield Text(f"{label}: không.")


def _why(one: Absentee) -> str:
    accepted = f"{one.accepted_by.strip()} chấp nhận" if one.accepted_by.strip() else ""
    return joined((one.reason, accepted), "; ")


def _bracketed(text: str) -> str:
    return f" ({text.strip()})" if text.strip() else ""


def _guests(label: str, guests: Iterable[SuperiorGuest]) -> Iterator[Text]:
    named = joined((_guest(guest) for guest in guests), "; ")
    if named:
        yield Text(sentence(f"{label}: {named}"))


def _guest(guest: SuperiorGuest) -> str:
    sent = "được phân công theo dõi Chi bộ" if guest.assigned else ""
    return joined((guest.name, guest.post, guest.organisation, sent))


def _reviewed(report: MinutesReport) -> Iterator[Element]:
    if report.reviewed:
        yield Grid(
            _REVIEW_COLUMNS,
            tuple(
                (
                    str(n),
                    task.text,
                    task.assignees,
                    short_official_date(task.due) if task.due else "–",
                    joined(
                        (f"{task.done_percent}%" if task.done_percent is not None else "", task.result), "; "
                    )
                    or "chưa báo cáo",
                )
                for n, task in enumerate(report.reviewed, start=1)
            ),
        )


def _studies(report: MinutesReport) -> Iterator[Text]:
    for study in report.studies:
        by = f" ({study.organiser.strip()})" if study.organiser.strip() else ""
        rate = f", đạt {percent(study.turns)}" if study.turns.denominator > 0 else ""
        subject = study.subject.strip().rstrip(".;,")
        yield Text(f"{subject}{by}: có mặt {pair(study.turns)} lượt đảng viên{rate}.")


def _proposals(report: MinutesReport) -> Iterator[Text]:
    for n, one in enumerate(report.proposals, start=1):
        who = f"Đồng chí {one.who.strip()}" if one.who.strip() else "Chi bộ"
        since = f" (kỳ sinh hoạt {short_official_date(one.raised_on)})" if one.raised_on else ""
        yield Text(sentence(f"{n}. {who}{since}: {one.text}"))
        yield from _led(_ANSWERS[one.state], joined((one.forwarded_to, one.answered_by, one.answer), ": "))
        if one.state is ProposalState.OPEN and not one.answer.strip():
            yield Text("Chưa có trả lời; chuyển sang kỳ sinh hoạt sau.")


def _course(report: MinutesReport) -> Iterator[Element]:
    for n, item in enumerate(report.items, start=1):
        yield Subsection(f"{n}- {sentence(item.title).rstrip('.')}")
        if item.presenter.strip():
            yield Text(sentence(item.presenter), lead="Người trình bày")
        yield from map(Text, paragraphs(item.text))
        yield from _led("Kết luận", item.conclusion)
        if not item.finished:
            yield Text("Nội dung này chưa xong, chuyển sang kỳ sinh hoạt sau.")
    for guest in report.guests:
        yield from _led(f"Ý kiến của {joined((guest.name, guest.post))}", guest.remarks)
    if report.spoke.numerator:
        yield Text(f"Số đảng viên phát biểu ý kiến: {share(report.spoke)}.")


def _led(lead: str, text: str) -> Iterator[Text]:
    for n, paragraph in enumerate(paragraphs(text)):
        yield Text(paragraph, lead="" if n else lead)


def _votes(votes: tuple[VoteReport, ...]) -> Iterator[Element]:
    for n, vote in enumerate(votes, start=1):
        yield Subsection(f"{n}- {sentence(vote.question).rstrip('.')}")
        base = base_words(vote.base_lines)
        yield Text(
            f"Hình thức: {_METHODS[vote.method]}. Số đảng viên tính tỷ lệ biểu quyết: "
            f"{comrades(vote.base)}{f' ({base})' if base else ''}; "
            f"cần {_NEEDED[vote.vote_class]}, tức là từ {counted(vote.needed)} phiếu trở lên."
        )
        outcome = "được thông qua" if vote.passed else "không được thông qua"
        yield Text(
            f"Kết quả: tán thành {share(Ratio(vote.in_favour, vote.base))}; "
            f"không tán thành {counted(vote.against)}; ý kiến khác {counted(vote.other)}"
            f"{_bracketed(_apart(vote))}; {outcome}."
        )
        yield from _led("Người kiểm phiếu", vote.tellers)
        yield from _led("Ý kiến bảo lưu", vote.minority)


def _apart(vote: VoteReport) -> str:
    """Say how many of the other voices were blank or invalid, where they were told apart."""
    parts = (("phiếu trắng", vote.blank), ("không hợp lệ", vote.invalid))
    return joined(f"{words} {counted(n)}" for words, n in parts if n)


def _tasks(report: MinutesReport) -> Iterator[Element]:
    if report.tasks:
        yield Grid(
            _TASK_COLUMNS,
            tuple(
                (str(n), task.text, task.assignees, short_official_date(task.due) if task.due else "–")
                for n, task in enumerate(report.tasks, start=1)
            ),
        )


def _score(report: MinutesReport) -> Iterator[Element]:
    if report.score:
        yield _score_grid(report.score)
        yield Text(_score_sentence(report.score))
        yield from (Text(sentence(gate)) for gate in report.score.gates)
        yield from _led("Lý do xếp loại khác mức điểm", report.score.rating_reason)
    yield from _led("Không chấm điểm", report.not_scored_reason)
    yield from _led("Hạn chế cần khắc phục", report.rating_note)


def _score_sentence(score: ScoreReport) -> str:
    """Say the result: points and rating, or how many criteria were met where no points are given."""
    source = f" (theo {score.title.strip()})" if score.title.strip() else ""
    if score.rating is None:
        return sentence(f"Chi bộ tự đánh giá đạt {points(score.tenths)}/{score.total} tiêu chí{source}")
    rating = RATING_WORDS[score.rating]
    return sentence(f"Chi bộ tự chấm {points(score.tenths)}/{score.total} điểm, xếp loại {rating}{source}")


def _score_grid(score: ScoreReport) -> Grid:
    return Grid(
        _SCORE_COLUMNS,
        tuple(
            (str(n), line.label, str(line.max_points), points(line.tenths), line.reason)
            for n, line in enumerate(score.lines, start=1)
        ),
        total=("", "Tổng cộng", str(score.total), points(score.tenths), ""),
    )
