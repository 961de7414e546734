"""The words of a cell's resolution (nghị quyết) or conclusion (kết luận) after a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.figures import points
from sochibo.documents.page.content import Align, Column, Content, Grid, Section, Signer, Text
from sochibo.documents.words.meeting_phrases import held_words
from sochibo.documents.words.phrases import (
    RATING_WORDS,
    committee_above,
    comrades,
    counted,
    draft_number,
    issuer,
    joined,
    paragraphs,
    romans,
    sentence,
    share,
)
from sochibo.rules.dates import official_date, short_official_date
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.meetings.meeting_papers import ResolutionReport
    from sochibo.rules.meetings.minutes_parts import ReviewedTask, ScoreReport

__all__ = ["conclusion_content", "resolution_content"]

_WHOLE: Final = 100
_EARLIER_COLUMNS: Final = (
    Column("TT", 10),
    Column("Nhiệm vụ đã đề ra", 62, Align.LEFT),
    Column("Người thực hiện", 36, Align.LEFT),
    Column("Thời hạn", 24),
    Column("Kết quả", 33, Align.LEFT),
)
_TASK_COLUMNS: Final = (
    Column("TT", 10),
    Column("Nhiệm vụ", 80, Align.LEFT),
    Column("Người thực hiện", 47, Align.LEFT),
    Column("Thời hạn", 28),
)


def resolution_content(report: ResolutionReport) -> Content:
    """Return a resolution as a paper."""
    return _content(report, ReportKind.RESOLUTION, "NGHỊ QUYẾT")


def conclusion_content(report: ResolutionReport) -> Content:
    """Return a conclusion as a paper."""
    return _content(report, ReportKind.CONCLUSION, "KẾT LUẬN")


def _content(report: ResolutionReport, kind: ReportKind, name: str) -> Content:
    heading = report.heading
    subject = report.title.strip().rstrip(".")
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=heading.number or draft_number(kind),
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind=name,
        subject=subject,
        elements=tuple(_elements(report, name.capitalize())),
        signers=(Signer("secretary", heading.authority, heading.office, heading.signer),),
        recipients=tuple(
            filter(None, (committee_above(heading.superior), "Đảng viên trong Chi bộ", "Lưu Chi bộ"))
        ),
    )


def _elements(report: ResolutionReport, name: str) -> Iterator[Element]:
    yield from _opening(report)
    number = romans()
    parts = (
        ("Kết quả thực hiện nhiệm vụ thời gian qua", tuple(_results(report))),
        ("Nhiệm vụ thời gian tới", tuple(map(Text, paragraphs(report.text)))),
        ("Phân công tổ chức thực hiện", tuple(_tasks(report))),
        ("Kết quả tự chấm điểm, xếp loại chất lượng sinh hoạt", tuple(_score(report))),
    )
    for title, elements in parts:
        if elements:
            yield Section(f"{next(number)}- {title}")
            yield from elements
    yield Text(_ending(report, name))


def _opening(report: ResolutionReport) -> Iterator[Text]:
    held = held_words(report.meeting_kind, report.on)
    day = official_date(report.on)
    came = Ratio(report.present, report.expected)
    yield Text(
        f"{day[0].upper()}{day[1:]}, {issuer(report.heading)} {held}. Tổng số đảng viên của Chi bộ: "
        f"{comrades(report.members)}; có mặt {share(came)} số đảng viên phải dự."
    )
    people = joined(
        (
            f"chủ trì: đồng chí {joined((report.chair, report.chair_office))}" if report.chair else "",
            f"thư ký: đồng chí {report.minute_taker}" if report.minute_taker else "",
        ),
        "; ",
    )
    if people:
        yield Text(sentence(people[0].upper() + people[1:]))
    if report.fee_note.strip():
        yield Text(sentence(report.fee_note), lead="Đảng phí")


def _results(report: ResolutionReport) -> Iterator[Element]:
    yield from map(Text, paragraphs(report.results))
    if not report.earlier:
        return
    done = Ratio(sum(task.done_percent == _WHOLE for task in report.earlier), len(report.earlier))
    yield Text(f"Nhiệm vụ đề ra tại kỳ sinh hoạt trước đã hoàn thành: {share(done)}.")
    yield Grid(
        _EARLIER_COLUMNS,
        tuple(
            (
                str(n),
                task.text,
                task.assignees,
                short_official_date(task.due) if task.due else "–",
                _outcome(task),
            )
            for n, task in enumerate(report.earlier, start=1)
        ),
    )


def _outcome(task: ReviewedTask) -> str:
    if task.done_percent is None:
        return task.result.strip() or "Chưa báo cáo"
    if task.done_percent == _WHOLE:
        state = "Đã hoàn thành"
    elif task.done_percent == 0:
        state = "Chưa thực hiện"
    else:
        state = f"Đạt {task.done_percent}%"
    return joined((state, task.result), "; ")


def _tasks(report: ResolutionReport) -> Iterator[Element]:
    if report.tasks:
        yield Grid(
            _TASK_COLUMNS,
            tuple(
                (str(n), task.text, task.assignees, short_official_date(task.due) if task.due else "–")
                for n, task in enumerate(report.tasks, start=1)
            ),
        )
        yield Text("Các đồng chí được phân công báo cáo kết quả thực hiện tại kỳ sinh hoạt chi bộ tiếp theo.")


def _score(report: ResolutionReport) -> Iterator[Element]:
    if report.score is None:
        return
    yield Text(_score_words(report.score))
    lost = tuple(
        (line.label, f"{points(line.tenths)}/{line.max_points}", line.reason)
        for line in report.score.lines
        if line.counted and line.tenths < line.max_points * 10
    )
    for label, given, reason in lost:
        yield Text(sentence(f"- {label.rstrip('.')}: {joined((given, reason), ', ')}"))
    for n, paragraph in enumerate(paragraphs(report.rating_note)):
        yield Text(paragraph, lead="" if n else "Hạn chế cần khắc phục")


def _score_words(score: ScoreReport) -> str:
    given = f"{points(score.tenths)}/{score.total}"
    if score.rating is None:
        return sentence(f"Chi bộ tự đánh giá đạt {given} tiêu chí")
    words = f"Chi bộ tự chấm {given} điểm, xếp loại {RATING_WORDS[score.rating]}"
    lost = any(line.counted and line.tenths < line.max_points * 10 for line in score.lines)
    return f"{words}; các tiêu chí chưa đạt điểm tối đa:" if lost else sentence(words)


def _ending(report: ResolutionReport, name: str) -> str:
    vote = report.vote
    body = issuer(report.heading)
    if vote is None:
        return f"{name} này được {body} thảo luận, thống nhất tại hội nghị {official_date(report.on)}."
    given = share(Ratio(vote.in_favour, vote.base))
    outcome = "thông qua" if vote.passed else "biểu quyết nhưng chưa đủ tỷ lệ để thông qua"
    return (
        f"{name} này được {body} {outcome} {official_date(report.on)} với {given} đảng viên chính thức tán "
        f"thành; không tán thành {counted(vote.against)}; ý kiến khác {counted(vote.other)}."
    )
