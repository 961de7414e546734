"""What is copied into each box of the national app: plain Vietnamese text, one thing a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import percent, points
from sochibo.documents.words.meeting_phrases import meeting_words
from sochibo.documents.words.phrases import (
    KIND_WORDS,
    RATING_WORDS,
    base_words,
    comrades,
    counted,
    joined,
    share,
)
from sochibo.rules.dates import short_official_date
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.meetings.coexistence import AppStage, AppValue, FilledField
from sochibo.rules.meetings.meetings import MeetingFormat, MeetingKind
from sochibo.rules.meetings.proposals import ProposalState
from sochibo.rules.members.members import EventKind
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sochibo.rules.meetings.coexistence import AppOrder, KnownPaper, MeetingFacts
    from sochibo.rules.meetings.minutes_parts import Absentee, VoteReport
    from sochibo.rules.reports import MinutesReport

__all__ = ["filled_fields", "value_text"]

FORMATS: Final = {
    MeetingFormat.IN_PERSON: "Trực tiếp",
    MeetingFormat.ONLINE: "Trực tuyến",
    MeetingFormat.HYBRID: "Trực tiếp kết hợp trực tuyến",
    MeetingFormat.BY_GROUP: "Theo tổ đảng",
    MeetingFormat.BY_CLUSTER: "Theo cụm",
}
PAPER_WORDS: Final = {
    ReportKind.NOTICE: "Thông báo",
    ReportKind.PROGRAMME: "Chương trình",
    ReportKind.RESOLUTION: "Nghị quyết",
    ReportKind.CONCLUSION: "Kết luận",
    ReportKind.MINUTES: "Biên bản",
}
_BEFORE: Final = (ReportKind.NOTICE, ReportKind.PROGRAMME)
_CALLED: Final = {MeetingKind.CELL_COMMITTEE: "Chi ủy viên", MeetingKind.GROUP: "Đảng viên trong tổ đảng"}
_SITTINGS: Final = frozenset({
    MeetingKind.REGULAR, MeetingKind.THEMATIC, MeetingKind.COMBINED, MeetingKind.EXTRAORDINARY,
    MeetingKind.GROUP,
})  # fmt: skip
"""Kinds that are said with “sinh hoạt” before them: the others name what they are."""
_ANSWERS: Final = {
    ProposalState.OPEN: "chưa trả lời",
    ProposalState.ANSWERED: "đã trả lời",
    ProposalState.FORWARDED: "chuyển cấp có thẩm quyền",
    ProposalState.WITHDRAWN: "rút kiến nghị",
}
_EVENTS: Final = {
    EventKind.ADMISSION: "kết nạp",
    EventKind.READMISSION: "kết nạp lại",
    EventKind.RECOGNITION: "công nhận chính thức",
    EventKind.TRANSFER_IN: "chuyển đến",
    EventKind.TRANSFER_OUT: "chuyển đi",
    EventKind.TEMPORARY_IN: "sinh hoạt tạm thời đến",
    EventKind.TEMPORARY_OUT: "sinh hoạt tạm thời đi",
    EventKind.EXEMPTION: "miễn công tác và sinh hoạt đảng",
    EventKind.TEMPORARY_EXEMPTION: "tạm miễn công tác và sinh hoạt đảng",
    EventKind.SUSPENSION: "đình chỉ sinh hoạt",
    EventKind.SPECIAL_DUTY: "làm nhiệm vụ đặc biệt",
    EventKind.RESUMPTION: "trở lại sinh hoạt",
    EventKind.RESTORATION: "khôi phục quyền đảng viên",
    EventKind.WITHDRAWAL: "xin ra khỏi Đảng",
    EventKind.STRIKE_OFF: "xóa tên",
    EventKind.EXPULSION: "khai trừ",
    EventKind.CANCELLATION: "hủy quyết định kết nạp",
    EventKind.DEATH: "từ trần",
    EventKind.NAME_CHANGE: "đổi tên",
}


def filled_fields(order: AppOrder, facts: MeetingFacts) -> tuple[FilledField, ...]:
    """Return the boxes in their order; before the meeting those stay empty that only the meeting fills."""
    return tuple(
        FilledField(
            field.screen.label,
            field.value,
            field.label,
            "" if field.screen.stage is AppStage.AFTER and not facts.held else value_text(field.value, facts),
        )
        for field in order.fields
    )


def value_text(value: AppValue, facts: MeetingFacts) -> str:
    """Return what goes into a box; empty where the book has nothing."""
    return _TEXTS[value](facts).strip()


def _title(facts: MeetingFacts) -> str:
    return _capital(meeting_words(facts.minutes.meeting_kind, facts.minutes.on))


def _kind(facts: MeetingFacts) -> str:
    kind = facts.minutes.meeting_kind
    return _capital(f"sinh hoạt {KIND_WORDS[kind]}" if kind in _SITTINGS else KIND_WORDS[kind])


def _called(facts: MeetingFacts) -> str:
    minutes = facts.minutes
    who = _CALLED.get(minutes.meeting_kind, "Toàn thể đảng viên trong Chi bộ")
    base = base_words(minutes.expected_lines)
    return f"{who}: {comrades(minutes.expected)}{f' ({base})' if base else ''}"


def _guests(facts: MeetingFacts) -> str:
    return _lines(joined((one.name, one.post, one.organisation)) for one in facts.minutes.guests)


def _agenda(facts: MeetingFacts) -> str:
    return _numbered(joined((one.title, one.presenter), " – ") for one in facts.minutes.items)


def _papers_before(facts: MeetingFacts) -> str:
    return _lines(_paper(one) for one in facts.papers if one.kind in _BEFORE)


def _resolution(facts: MeetingFacts) -> str:
    resolved = (ReportKind.RESOLUTION, ReportKind.CONCLUSION)
    return _lines(_paper(one) for one in facts.papers if one.kind in resolved)


def _minutes(facts: MeetingFacts) -> str:
    return _lines(_paper(one) for one in facts.papers if one.kind is ReportKind.MINUTES)


def _paper(paper: KnownPaper) -> str:
    return joined((f"{PAPER_WORDS[paper.kind]} số {paper.number}", paper.title))


def _present(facts: MeetingFacts) -> str:
    minutes = facts.minutes
    came = Ratio(minutes.present, minutes.expected)
    kinds = (
        ("chính thức", minutes.present_official),
        ("dự bị", minutes.present_probationary),
        ("sinh hoạt tạm thời", minutes.present_visiting),
    )
    parts = joined(f"{words} {counted(n)}" for words, n in kinds if n)
    rate = f", đạt {percent(came)}" if came.denominator > 0 else ""
    numbers = f"{counted(came.numerator)}/{counted(came.denominator)}"
    return f"{numbers} đồng chí{rate}{f' ({parts})' if parts else ''}"


def _absent(people: tuple[Absentee, ...]) -> str:
    """Say who did not come; nobody is said too, for the box there asks for a number."""
    if not people:
        return "0 đồng chí"
    named = (
        f"{one.name.strip()} ({one.reason.strip()})" if one.reason.strip() else one.name for one in people
    )
    return f"{comrades(len(people))}: {joined(named, '; ')}"


def _discussion(facts: MeetingFacts) -> str:
    told = []
    for n, item in enumerate(facts.minutes.items, start=1):
        text = "\n".join(line.strip() for line in item.text.splitlines() if line.strip())
        concluded = f"Kết luận: {' '.join(item.conclusion.split())}" if item.conclusion.strip() else ""
        parts = joined((text, concluded), "\n")
        if parts:
            told.append(f"{n}. {item.title.strip()}\n{parts}")
    remarks = (
        f"Ý kiến của {joined((one.name, one.post))}: {' '.join(one.remarks.split())}"
        for one in facts.minutes.guests
        if one.remarks.strip()
    )
    spoke = facts.minutes.spoke
    voices = f"Số đảng viên phát biểu: {share(spoke)}" if spoke.numerator else ""
    return _lines((*told, *remarks, voices))


def _votes(facts: MeetingFacts) -> str:
    return _numbered(_vote(one) for one in facts.minutes.votes)


def _vote(vote: VoteReport) -> str:
    outcome = "được thông qua" if vote.passed else "không được thông qua"
    return (
        f"{vote.question.strip().rstrip('.:;')}: tán thành {share(Ratio(vote.in_favour, vote.base))}; "
        f"không tán thành {counted(vote.against)}; ý kiến khác {counted(vote.other)}; {outcome}"
    )


def _tasks(facts: MeetingFacts) -> str:
    return _numbered(
        joined(
            (one.text, one.assignees, f"hạn {short_official_date(one.due)}" if one.due else ""), " – "
        )
        for one in facts.minutes.tasks
    )  # fmt: skip


def _proposals(facts: MeetingFacts) -> str:
    return _numbered(
        joined((joined((one.who, one.text), ": "), _ANSWERS[one.state], one.answer), " – ")
        for one in facts.minutes.proposals
    )


def _studies(facts: MeetingFacts) -> str:
    return _numbered(f"{one.subject.strip()}: {share(one.turns)} lượt" for one in facts.minutes.studies)


def _score(facts: MeetingFacts) -> str:
    minutes = facts.minutes
    if minutes.score is None:
        return (
            f"Không chấm điểm: {minutes.not_scored_reason.strip()}"
            if minutes.not_scored_reason.strip()
            else ""
        )
    given = f"{points(minutes.score.tenths)}/{minutes.score.total}"
    if minutes.score.rating is None:
        return f"Đạt {given} tiêu chí"
    return _lines((f"{given} điểm, xếp loại {RATING_WORDS[minutes.score.rating]}", minutes.rating_note))


def _member_changes(facts: MeetingFacts) -> str:
    return _numbered(
        joined((joined((one.name, _EVENTS[one.kind], one.organisation), " – "), one.on.vietnamese()))
        for one in facts.changes
    )


def _of(read: Callable[[MinutesReport], str]) -> Callable[[MeetingFacts], str]:
    return lambda facts: read(facts.minutes)


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part.strip() for part in parts if part.strip())


def _numbered(parts: Iterable[str]) -> str:
    """Number what is not empty; one alone needs no number."""
    kept = [part.strip() for part in parts if part.strip()]
    return kept[0] if len(kept) == 1 else _lines(f"{n}. {part}" for n, part in enumerate(kept, start=1))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_TEXTS: Final[Mapping[AppValue, Callable[[MeetingFacts], str]]] = {
    AppValue.TITLE: _title,
    AppValue.KIND: _kind,
    AppValue.THEME: _of(lambda one: one.theme),
    AppValue.FORMAT: _of(lambda one: FORMATS[one.format]),
    # Days there are typed into a calendar: figures with their zeros, as the app's own lists show them.
    AppValue.DAY: _of(lambda one: one.on.strftime("%d/%m/%Y")),
    AppValue.START: _of(lambda one: one.start),
    AppValue.END: _of(lambda one: one.end),
    AppValue.PLACE: _of(lambda one: one.place),
    AppValue.CHAIR: _of(lambda one: joined((one.chair, one.chair_office))),
    AppValue.MINUTE_TAKER: _of(lambda one: one.minute_taker),
    AppValue.CALLED: _called,
    AppValue.GUESTS: _guests,
    AppValue.AGENDA: _agenda,
    AppValue.PAPERS_BEFORE: _papers_before,
    AppValue.PRESENT: _present,
    AppValue.EXCUSED: _of(lambda one: _absent(one.excused)),
    AppValue.UNEXCUSED: _of(lambda one: _absent(one.unexcused)),
    AppValue.LATE: _of(lambda one: joined(one.late)),
    AppValue.FEES: _of(lambda one: one.fee_note),
    AppValue.DISCUSSION: _discussion,
    AppValue.VOTES: _votes,
    AppValue.CONCLUSION: _of(lambda one: one.conclusion),
    AppValue.TASKS: _tasks,
    AppValue.PROPOSALS: _proposals,
    AppValue.STUDIES: _studies,
    AppValue.SCORE: _score,
    AppValue.RESOLUTION: _resolution,
    AppValue.MINUTES: _minutes,
    AppValue.MEMBER_CHANGES: _member_changes,
}
