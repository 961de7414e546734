"""A year of meetings: twelve months, each meeting inside its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.meetings.meetings import MeetingLine
from sochibo.book.upkeep.exports import ExportedList
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.meetings.steps.scores import points_text
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.folding_acts import FoldingActs
from sochibo.interface.parts.lists import list_button, save_list
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.dates import Month
from sochibo.rules.meetings.meetings import KIND_LABELS, STATE_LABELS, MeetingKind, MeetingState
from sochibo.rules.reports import ReportKind
from sochibo.rules.scoring.scoring import RATING_LABELS

if TYPE_CHECKING:
    from datetime import date

    from sochibo.interface.session import Session
    from sochibo.messages import Messages
    from sochibo.rules.meetings.attendance import AttendanceCount

__all__ = ["MeetingsPage", "MonthLine"]

_TAGS = {
    MeetingState.PLANNED: Tag(Tone.PLAIN, "calendar"),
    MeetingState.RECORDING: Tag(Tone.ADVICE, "pen-line"),
    MeetingState.CLOSED: Tag(Tone.ACCENT, "lock"),
    MeetingState.SEALED: Tag(Tone.GOOD, "badge-check"),
}


class Way(StrEnum):
    """How far the minutes have come on their way to the committee."""

    HERE = "here"
    SENT = "sent"
    RECEIVED = "received"
    RETURNED = "returned"


_WAYS = {
    Way.SENT: (N_("Sent"), Tag(Tone.GOOD, "upload")),
    Way.RECEIVED: (N_("Received"), Tag(Tone.GOOD, "check")),
    Way.RETURNED: (N_("Returned"), Tag(Tone.WRONG, "undo-2")),
}


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One meeting in its month, or a month without any; only the first of a month names it."""

    month: Month
    first: bool
    line: MeetingLine | None
    way: Way = Way.HERE
    unheld: str = ""


class MeetingsPage(Page):
    """The year as a table; Ctrl N prepares the next meeting from the last."""

    concerns: ClassVar[Changes] = Changes.MEETINGS | Changes.MEMBERS | Changes.REPORTS
    help_name = "meetings"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        self._asked_for_new = goal.startswith("new-meeting")
        self._asked_month = _month(goal.partition(":")[2])
        self._reason_of: Month | None = None
        self.year = self._asked_month.year if self._asked_month else session.today().year
        say, theme = session.words.gettext, session.theme
        self.before = ActButton(theme, say(N_("Year before")), icon="chevron-left", kind="tool")
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after = ActButton(theme, say(N_("Year after")), icon="chevron-right", kind="tool")
        self.after.clicked.connect(lambda: self.turn(1))
        self.head = label("", "big")
        self.kind: ChoiceField[MeetingKind] = ChoiceField(
            theme,
            say(N_("Kind of meeting")),
            [(kind, say(text)) for kind, text in KIND_LABELS.items()],
            lambda _kind: None,
        )
        self.kind.setMinimumWidth(theme.px(230))
        self.kind.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.prepare_button = ActButton(
            theme, say(N_("Prepare the next meeting")), icon="calendar-plus", kind="primary"
        )
        self.prepare_button.clicked.connect(self.prepare)
        self.table_model: RecordTable[MonthLine] = RecordTable(
            session.words,
            self._columns(),
            key=lambda one: one.line.meeting.id if one.line else str(one.month),
        )
        self.table = TableView(theme, self.table_model, say(N_("Meetings of the year")))
        self.table.opened.connect(self._open)
        self.table.chosen.connect(lambda _line: self._show_reason())
        self._build()

    def _build(self) -> None:
        """Put what is done with the year above its table."""
        session, say, theme = self.session, self.session.words.gettext, self.session.theme
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(12))
        self.write = list_button(session, self.write_list)
        self.write_matrix = list_button(session, self.write_attendance, say(N_("Attendance to Excel …")))
        self.both = ActButton(
            theme, say(N_("With the meeting of the cell committee")), icon="users", kind="second"
        )
        self.both.clicked.connect(self.prepare_both)
        self.plan = ActButton(theme, say(N_("Plan of the year …")), icon="calendar", kind="plain")
        self.plan.clicked.connect(lambda: session.go(f"plan:{self.year}"))
        turn = (self.before, self.head, self.after)
        lesser = FoldingActs(session, (self.plan, self.write, self.write_matrix))
        whole.addWidget(flow(*turn, self.kind, self.prepare_button, self.both, lesser.more))
        whole.addWidget(lesser)
        whole.addWidget(self.table, 1)
        asked = say(N_("Why this month had no regular meeting"))
        self.reason = LineField(asked, self._say_unheld)
        self._reason = LabelledField(theme, asked, self.reason, say(N_("then nobody is reminded of it")))
        whole.addWidget(self._reason)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (
            ("Ctrl+N", self.prepare),
            ("PgUp", lambda: self.turn(-1)),
            ("PgDown", lambda: self.turn(1)),
        ):
            QShortcut(QKeySequence(keys), self, act, context=context)

    def title(self) -> tuple[str, ...]:
        """Return the name of the room."""
        return (self.session.words.gettext(N_("Meetings")),)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the year."""
        say = self.session.words.gettext
        return (
            KeyHint("Enter", say(N_("open or prepare"))),
            KeyHint("Ctrl N", say(N_("prepare the next"))),
            KeyHint("PgUp PgDn", say(N_("year"))),
        )

    def first_focus(self) -> QWidget | None:
        """Begin with the table, or with the button for whoever came to prepare."""
        return self.prepare_button if self._asked_for_new else self.table

    def reload(self) -> None:
        """Show the year."""
        lines = self.session.book.meetings.lines(self.year)
        reasons = self.session.book.plans.unheld()
        shown = []
        for number in range(1, 13):
            month = Month(self.year, number)
            held = [line for line in lines if line.meeting.month == month]
            shown += [MonthLine(month, place == 0, line, self._way(line)) for place, line in enumerate(held)]
            if not held:
                shown.append(MonthLine(month, first=True, line=None, unheld=reasons.get(month, "")))
        self.table_model.show_records(shown)
        self.head.setText(str(self.year))
        for button in (self.prepare_button, self.both):
            button.setEnabled(not self.session.book.read_only)
        if not self.table.currentIndex().isValid() or self.table.record() is shown[0]:
            self._take_today()
        self._show_reason()

    def flush(self) -> None:
        """Write the reason that is being typed."""
        self.reason.flush()

    def turn(self, by: int) -> None:
        """Go to another year."""
        self.year += by
        self.reload()

    def write_list(self) -> None:
        """Write the meetings of the year in sight to Excel."""
        exports, words, year = self.session.book.exports, self.session.words, self.year
        save_list(
            self,
            self.session,
            ExportedList.MEETINGS,
            lambda path: exports.meetings(path, words, year=year),
            str(year),
        )

    def write_attendance(self) -> None:
        """Write who came to which meeting of the year in sight to Excel."""
        exports, words, year = self.session.book.exports, self.session.words, self.year
        save_list(
            self,
            self.session,
            ExportedList.ATTENDANCE,
            lambda path: exports.attendance(path, words, year=year),
            str(year),
        )

    def prepare(self) -> None:
        """Make the next meeting from the last of its kind and open it."""
        if self.session.book.read_only:
            return
        meetings = self.session.book.meetings
        kind = self.kind.value() or MeetingKind.REGULAR
        today = self.session.today()
        day = self._regular_day() if kind is MeetingKind.REGULAR else today
        try:
            made = meetings.prepare(kind, day)
        except Fault as fault:
            self.session.complain(fault)
            return
        self._asked_for_new = False
        self.session.tell(Changes.MEETINGS, self)
        self.session.go(f"meeting:{made}")

    def prepare_both(self) -> None:
        """Prepare the next regular meeting and the one of the cell committee before it, and open that one."""
        if self.session.book.read_only:
            return
        try:
            _regular, committee = self.session.book.plans.prepare_both(self._regular_day())
        except Fault as fault:
            self.session.complain(fault)
            return
        self._asked_for_new = False
        self.session.tell(Changes.MEETINGS, self)
        self.session.go(f"meeting:{committee}")

    def _regular_day(self) -> date:
        """Return the day of the next regular meeting, or of the month that was asked for."""
        book, asked = self.session.book, self._asked_month
        first = asked.first() if asked else Month.of(self.session.today()).first()
        return book.plans.regular_day(book.meetings.suggest_day(first))

    def _way(self, line: MeetingLine) -> Way:
        """Return what became of sealed minutes."""
        if line.meeting.state is not MeetingState.SEALED:
            return Way.HERE
        book = self.session.book
        document = book.reports.minutes_of(line.meeting.id)
        if document is None:
            return Way.HERE
        answers = book.answers.to(document.id)
        if answers:
            return Way.RETURNED if answers[0].kind is ReportKind.RETURN_SLIP else Way.RECEIVED
        return Way.SENT if book.answers.sent(document.id) else Way.HERE

    def _show_reason(self) -> None:
        """Ask why a month that is over had no meeting."""
        # What was typed belongs to the month in hand before.
        self.reason.flush()
        one: MonthLine | None = self.table.record()
        missed = one is not None and one.line is None and one.month.last() < self.session.today()
        self._reason.setVisible(missed)
        self.reason.setReadOnly(self.session.book.read_only)
        self._reason_of = one.month if one is not None and missed else None
        self.reason.show_text(one.unheld if one is not None and missed else "")

    def _say_unheld(self, text: str) -> None:
        month = self._reason_of
        if month is not None:
            self.session.run(lambda book: book.plans.say_unheld(month, text), self)

    def _take_today(self) -> None:
        """Take the newest meeting in hand, or the month of today."""
        records = self.table_model.records
        held = [place for place, one in enumerate(records) if one.line]
        here = [place for place, one in enumerate(records) if one.month == Month.of(self.session.today())]
        place = (here or held or [0])[-1]
        self.table.setCurrentIndex(self.table_model.index(place, 0))

    def _open(self, one: MonthLine) -> None:
        """Open a meeting, or prepare that of a month without one."""
        if one.line is not None:
            self.session.go(f"meeting:{one.line.meeting.id}")
        elif not self.session.book.read_only:
            self._asked_month = one.month
            self.kind.show_value(MeetingKind.REGULAR)
            self.prepare()

    def _columns(self) -> tuple[Column[MonthLine], ...]:
        words = self.session.words
        return (
            Column(
                title=N_("Month"),
                text=lambda one: words.month(one.month.year, one.month.month) if one.first else "",
                spoken=lambda one: words.month(one.month.year, one.month.month),
                strong=True,
            ),
            Column(
                title=N_("Day"), text=lambda one: words.date(one.line.meeting.on) if one.line else "", drop=1
            ),
            Column(title=N_("Meeting"), text=partial(_kind, words), stretch=True),
            Column(title=N_("State"), text=partial(_state, words), tag=_tag),
            Column(title=N_("Present"), text=_present, right=True),
            Column(title=N_("Rate"), text=partial(_rate, words), right=True, drop=2),
            Column(title=N_("Score"), text=partial(_score, words), drop=3),
        )


def _month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        return None


def _kind(words: Messages, one: MonthLine) -> str:
    if one.line is None:
        return one.unheld
    meeting = one.line.meeting
    said = words.gettext(KIND_LABELS[meeting.kind])
    return f"{said}: {meeting.theme}" if meeting.theme else said


def _state(words: Messages, one: MonthLine) -> str:
    if one.line is None:
        return words.gettext(N_("Not held") if one.unheld else N_("Not prepared"))
    if one.way in _WAYS:
        return words.gettext(_WAYS[one.way][0])
    return words.gettext(STATE_LABELS[one.line.meeting.state])


def _tag(one: MonthLine) -> Tag:
    if one.way in _WAYS:
        return _WAYS[one.way][1]
    return _TAGS[one.line.meeting.state] if one.line else Tag(Tone.PLAIN, "circle")


def _counted(one: MonthLine) -> AttendanceCount | None:
    """Return the count of a meeting that took place: a plan has everybody present, which says nothing."""
    if one.line is None or one.line.meeting.state is MeetingState.PLANNED:
        return None
    return one.line.count


def _present(one: MonthLine) -> str:
    count = _counted(one)
    return f"{count.present}/{count.expected}" if count else ""


def _rate(words: Messages, one: MonthLine) -> str:
    count = _counted(one)
    return words.percent(count.present, count.expected) if count else ""


def _score(words: Messages, one: MonthLine) -> str:
    if one.line is None or one.line.tenths is None:
        return ""
    points = points_text(one.line.tenths, words)
    return f"{points} · {words.gettext(RATING_LABELS[one.line.rating])}" if one.line.rating else points
