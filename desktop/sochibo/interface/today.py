"""The page Hôm nay: what is due, the next meeting, and twelve months small."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from sochibo.book.agenda.agenda import DUE_LABELS, Due, DueLine, due_lines
from sochibo.book.changes import Changes
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.bars import Bar, Bars
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.finding_list import FindingList
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.dates import Month
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.meetings.meetings import KIND_LABELS, Meeting, MeetingKind
from sochibo.rules.units.organisations import BookKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from sochibo.book.meetings.meetings import MeetingLine
    from sochibo.interface.session import Session
    from sochibo.messages import Messages

__all__ = ["TodayPage"]

_BESIDE: Final = 336
_STACK_BELOW: Final = 900
_MOST_LINES: Final = 8
"""More lines than these are folded: whoever sees thirty things to do begins none."""

_TAGS: Final = {
    Due.OVERDUE: Tag(Tone.WRONG, "circle-alert"),
    Due.TODAY: Tag(Tone.ADVICE, "clock"),
    Due.SOON: Tag(Tone.ADVICE, "clock"),
    Due.LATER: Tag(Tone.PLAIN, "calendar"),
}
_REGULAR: Final = {MeetingKind.REGULAR, MeetingKind.COMBINED}


class TodayPage(Page):
    """What to do now; Enter goes there."""

    concerns: ClassVar[Changes] = Changes.ALL
    help_name = "today"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        del goal
        words, theme = session.words, session.theme
        self._model = RecordTable(words, self._columns(), key=lambda line: (line.goal, line.what))
        self._list = TableView(
            theme, self._model, words.gettext("To do"), grows=True, header=False, click_opens=True
        )
        self._list.opened.connect(lambda line: session.go(line.goal))
        self._after = label("", "hint", wrap=True)
        self._all = False
        self._fold = ActButton(theme, "", icon="chevron-down", kind="link")
        self._fold.clicked.connect(self._unfold)
        self._nothing = Card(theme)
        self._nothing.body.addWidget(
            label(words.gettext("Nothing is due. Everything is in order."), "strong")
        )
        self._next_day = label("", "soft", wrap=True)
        self._nothing.body.addWidget(self._next_day)
        left = QVBoxLayout()
        left.setSpacing(theme.px(10))
        self._findings = FindingList(session, self._where)
        self._findings.jumped.connect(lambda _place: session.go("backup"))
        self._findings.hide()
        session.checked.connect(self._show_findings)
        left.addWidget(self._findings)
        left.addWidget(label(words.gettext("To do"), "title"))
        left.addWidget(self._list)
        left.addLayout(row(self._fold, None))
        left.addWidget(self._nothing)
        left.addWidget(self._after)
        left.addStretch(1)
        self._build(left)

    def _build(self, left: QVBoxLayout) -> None:
        """Put what stands beside the list at its right, or below it."""
        session, theme = self.session, self.session.theme
        self._beside = QWidget()
        right = QVBoxLayout(self._beside)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.px(10))
        if session.book.organisation().kind is BookKind.CELL:
            self._next = _NextMeeting(session)
            self._year = _Year(session)
            parts: tuple[_Beside, ...] = (self._next, self._year)
        else:
            parts = (_Sent(session),)
        self._parts = parts
        for part in parts:
            right.addWidget(part)
        right.addStretch(1)
        self._columns_of_page = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns_of_page.setContentsMargins(0, 0, 0, 0)
        self._columns_of_page.setSpacing(theme.px(22))
        self._columns_of_page.addLayout(left, 1)
        self._columns_of_page.addWidget(self._beside)
        self._columns_of_page.addStretch(0)

    def title(self) -> tuple[str, ...]:
        """Return the room."""
        return (self.session.words.gettext("Today"),)

    def subtitle(self) -> str:
        """Return the day."""
        today, words = self.session.today(), self.session.words
        return f"{words.weekday(today)}, {words.date(today)}"

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the list."""
        words = self.session.words
        return (
            KeyHint("↑↓", words.gettext("choose")),
            KeyHint(words.pgettext("key", "Enter"), words.gettext("go there")),
        )

    def reload(self) -> None:
        """Ask the book what is due."""
        today, words = self.session.today(), self.session.words
        lines = due_lines(self.session.book, today)
        folded = len(lines) > _MOST_LINES + 1 and not self._all
        self._model.show_records(lines[:_MOST_LINES] if folded else lines)
        more = words.ngettext("Show {n} more", "Show {n} more", len(lines) - _MOST_LINES)
        self._fold.say(more.format(n=len(lines) - _MOST_LINES))
        self._fold.setVisible(folded)
        if lines and not self._list.currentIndex().isValid():
            self._list.setCurrentIndex(self._model.index(0, 0))
        self._list.setVisible(bool(lines))
        self._list.updateGeometry()
        self._nothing.setVisible(not lines)
        self._after.setText(words.gettext("After these, nothing else is due for now.") if lines else "")
        self._after.setVisible(bool(lines) and not folded)
        self._show_findings()
        for part in self._parts:
            part.reload()
        if self.session.book.organisation().kind is BookKind.CELL:
            day = self._next.day
            text = words.gettext("The next meeting is on {day}.").format(
                day=f"{words.weekday(day)}, {words.date(day)}"
            )
            self._next_day.setText(text)
        self._next_day.setVisible(bool(self._next_day.text()))

    def _unfold(self) -> None:
        """Show every line, and take the first of those hidden before in hand."""
        self._all = True
        self.reload()
        self._list.setCurrentIndex(self._model.index(_MOST_LINES, 0))
        self._list.setFocus()

    def first_focus(self) -> QWidget:
        """Return the list."""
        return self._list

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the cards below the list where there is no room beside it."""
        super().resizeEvent(event)
        px = self.session.theme.px
        stacked = self.width() < px(_STACK_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._columns_of_page.setDirection(direction)
        self._columns_of_page.setStretch(0, 0 if stacked else 1)
        self._columns_of_page.setStretch(2, 1 if stacked else 0)
        self._beside.setMaximumWidth(self.width() if stacked else px(_BESIDE))
        self._beside.setMinimumWidth(0 if stacked else px(_BESIDE))

    def _show_findings(self) -> None:
        """Show what the self-check has found; what it says to do stands in its sentence."""
        self._findings.show_findings(self.session.findings)

    def _where(self, place: str) -> str:
        """Name the page where copies are made and gone back to; the clock and the disk are Windows' own."""
        mended_there = place in {"file", "backup", "second_place"}
        return self.session.words.gettext("Backup copies") if mended_there else ""

    def _columns(self) -> tuple[Column[DueLine], ...]:
        words, today = self.session.words, self.session.today()

        def by(line: DueLine) -> str:
            if line.by is None:
                return ""
            return words.gettext("Today") if line.by == today else _short(line.by, today, words)

        return (
            Column(
                title=N_("Urgency"),
                text=lambda line: words.gettext(DUE_LABELS[line.due]),
                tag=lambda line: _TAGS[line.due],
            ),
            Column(
                title=N_("What"),
                text=lambda line: words.sentence(line.what, line.fields),
                second=lambda line: words.sentence(line.why, line.fields),
                tooltip=lambda line: words.sentence(line.why, line.fields),
                strong=True,
                stretch=True,
            ),
            Column(title=N_("By"), text=by, right=True, soft=True, drop=1),
        )


class _Beside(QWidget):
    """A titled part of the right column."""

    def __init__(self, session: Session, title: str) -> None:
        super().__init__()
        self.session = session
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, session.theme.px(10))
        self.column.setSpacing(session.theme.px(10))
        self.heading = label(title, "title")
        self.column.addWidget(self.heading)

    def reload(self) -> None:
        """Show what the book holds now."""


class _NextMeeting(_Beside):
    """The next meeting: prepared, or the day on which it would be."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.words.gettext("Next meeting"))
        self.day: date = session.today()
        self._goal = ""
        card = Card(session.theme)
        self._when = label("", "big", wrap=True)
        self._where = label("", "soft", wrap=True)
        self._act = ActButton(session.theme, "", kind="primary")
        self._act.clicked.connect(lambda: session.go(self._goal))
        for part in (self._when, self._where):
            card.body.addWidget(part)
        card.body.addLayout(row(self._act, None))
        self.column.addWidget(card)

    def reload(self) -> None:
        """Find the meeting."""
        words, today, book = self.session.words, self.session.today(), self.session.book
        coming = [
            line.meeting
            for year in (today.year, today.year + 1)
            for line in book.meetings.lines(year)
            if line.meeting.on >= today and line.meeting.kind in _REGULAR
        ]
        meeting = coming[0] if coming else None
        organisation = book.organisation()
        if meeting is not None:
            self.day, self._goal = meeting.on, f"meeting:{meeting.id}"
            place = _where(meeting, words.gettext(KIND_LABELS[meeting.kind]))
            self._act.say(words.gettext("Open the meeting"))
        else:
            self.day, self._goal = book.meetings.suggest_day(today), "new-meeting"
            place = " · ".join(filter(None, (organisation.regular_time, organisation.regular_place)))
            self._act.say(words.gettext("Prepare the meeting"))
            self._act.setEnabled(not book.read_only)
        self._when.setText(f"{words.weekday(self.day)}, {words.date(self.day)}")
        self._where.setText(place)
        self._where.setVisible(bool(place))


class _Year(_Beside):
    """Attendance and score over twelve months."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, session.words.gettext("The last 12 months"))
        self._attendance = self._card(session.words.gettext("Attendance"))
        self._score = self._card(session.words.gettext("Score of meetings"))

    def reload(self) -> None:
        """Gather the regular meetings of twelve months."""
        session = self.session
        words, today = session.words, session.today()
        months = _months(Month.of(today))
        lines = _by_month(session, months)
        bars, scores = [], []
        whole = Ratio(0, 0)
        newest = ""
        for month in months:
            name = words.month(month.year, month.month)
            line = lines.get(month)
            ratio = line.count.ratio if line else Ratio(0, 0)
            whole += ratio
            rate = ratio.numerator / ratio.denominator if ratio.denominator else None
            said = words.percent(ratio.numerator, ratio.denominator)
            bars.append(Bar(rate, f"{name}: {said}"))
            tenths = line.tenths if line else None
            points = "–" if tenths is None else words.number(tenths / 10)
            newest = newest if tenths is None else f"{points} · {name}"
            scores.append(Bar(None if tenths is None else tenths / 1000, f"{name}: {points}"))
        mean = words.gettext("{rate} on average").format(
            rate=words.percent(whole.numerator, whole.denominator)
        )
        self._attendance[1].show_bars(bars)
        self._attendance[0].setText(mean if whole.denominator else "–")
        self._score[1].show_bars(scores)
        self._score[0].setText(newest or "–")

    def _card(self, name: str) -> tuple[QLabel, Bars]:
        theme = self.session.theme
        card = Card(theme)
        figure = label("", "strong")
        bars = Bars(theme)
        card.body.addLayout(row(label(name, "hint"), None, figure))
        card.body.addWidget(bars)
        self.column.addWidget(card)
        return figure, bars


class _Sent(_Beside):
    """For a committee: how many units have sent last month's summary, and who has not."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, "")
        card = Card(session.theme)
        self._figure = label("", "big", wrap=True)
        self._missing = label("", "soft", wrap=True)
        open_inbox = ActButton(session.theme, session.words.gettext("Open the inbox"), kind="primary")
        open_inbox.clicked.connect(lambda: session.go("inbox"))
        for part in (self._figure, self._missing):
            card.body.addWidget(part)
        card.body.addLayout(row(open_inbox, None))
        self.column.addWidget(card)

    def reload(self) -> None:
        """Read the board of last month."""
        words, month = self.session.words, Month.of(self.session.today()).previous()
        rows = self.session.book.inbox.board(month.year)
        lacking = [board.unit.name for board in rows if board.months[month.month - 1] is None]
        self.heading.setText(words.month(month.year, month.month))
        self._figure.setText(
            words.gettext("{n} of {all} units have sent").format(
                n=words.number(len(rows) - len(lacking)), all=words.number(len(rows))
            )
            if rows
            else words.gettext("No units yet")
        )
        names = ", ".join(lacking)
        self._missing.setText(words.gettext("Not yet: {names}").format(names=names) if lacking else "")
        self._missing.setVisible(bool(lacking))


def _where(meeting: Meeting, kind: str) -> str:
    return " · ".join(filter(None, (meeting.start, meeting.place, kind)))


def _short(day: date, today: date, words: Messages) -> str:
    """Draw a day without its year where that is this one."""
    if words.language == "vi" and day.year == today.year:
        return f"{day.day:02d}/{day.month:02d}"
    return words.date(day)


def _months(last: Month) -> tuple[Month, ...]:
    months = [last]
    while len(months) < 12:  # noqa: PLR2004 - a year
        months.append(months[-1].previous())
    return tuple(reversed(months))


def _by_month(session: Session, months: Sequence[Month]) -> dict[Month, MeetingLine]:
    """Return the regular meeting held in each month."""
    today = session.today()
    lines = [line for year in {months[0].year, months[-1].year} for line in session.book.meetings.lines(year)]
    held = [
        line
        for line in sorted(lines, key=lambda line: line.meeting.on)
        if line.meeting.kind in _REGULAR and line.meeting.on <= today
    ]
    return {month: next(group) for month, group in groupby(held, key=lambda line: line.meeting.month)}
