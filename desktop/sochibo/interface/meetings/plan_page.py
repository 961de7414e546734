"""The plan of a year: its regular days, and its themes by quarter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.meetings.theme_form import ThemeForm
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import flush_fields
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.preview import Preview
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import STATE_LABELS, Meeting, MeetingKind, MeetingState
from sochibo.rules.meetings.plans import PLAN_STATE_LABELS, MonthDay, PlanState, ThemePlan, quarter_of_month

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from sochibo.interface.session import Session

__all__ = ["MonthPlan", "PlanPage"]

_BESIDE: Final = 860
_QUARTERS: Final = ("I", "II", "III", "IV")
_REGULAR: Final = frozenset({MeetingKind.REGULAR, MeetingKind.COMBINED})
_MEETING_TAGS: Final = {
    MeetingState.PLANNED: Tag(Tone.PLAIN, "calendar"),
    MeetingState.RECORDING: Tag(Tone.ADVICE, "pen-line"),
    MeetingState.CLOSED: Tag(Tone.ACCENT, "lock"),
    MeetingState.SEALED: Tag(Tone.GOOD, "badge-check"),
}
_THEME_TAGS: Final = {
    PlanState.PLANNED: Tag(Tone.PLAIN, "calendar"),
    PlanState.DRAFTED: Tag(Tone.ACCENT, "pen-line"),
    PlanState.APPROVED: Tag(Tone.ACCENT, "check"),
    PlanState.HELD: Tag(Tone.GOOD, "check"),
    PlanState.DROPPED: Tag(Tone.PLAIN, "minus"),
}


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """A month's regular day with the meeting of the month, if one is prepared."""

    day: MonthDay
    meeting: Meeting | None


class PlanPage(Page):
    """`plan:2026`; months at the left, themes at the right, one of them as a form."""

    concerns: ClassVar[Changes] = Changes.MEETINGS | Changes.TASKS | Changes.ORGANISATION | Changes.MEMBERS
    help_name = "plan"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        wanted = goal.partition(":")[2]
        self.year = int(wanted) if wanted.isdigit() else session.today().year
        theme, say = session.theme, session.words.gettext
        self.before = ActButton(theme, say(N_("Year before")), icon="chevron-left", kind="tool")
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after = ActButton(theme, say(N_("Year after")), icon="chevron-right", kind="tool")
        self.after.clicked.connect(lambda: self.turn(1))
        self.head = label("", "big")
        self.months_model: RecordTable[MonthPlan] = RecordTable(
            session.words, self._month_columns(), key=lambda one: str(one.day.month)
        )
        self.months = TableView(theme, self.months_model, say(N_("Regular meetings of the year")), grows=True)
        self.months.opened.connect(self.open_month)
        self.themes_model: RecordTable[ThemePlan] = RecordTable(
            session.words, self._theme_columns(), key=lambda plan: plan.id
        )
        self.themes = TableView(theme, self.themes_model, say(N_("Themes of the year")), grows=True)
        self.form = ThemeForm(session)
        self.themes.chosen.connect(self.form.show_theme)
        self.themes.opened.connect(lambda _plan: self.form.theme.setFocus())
        self.form.wrote.connect(self._after)
        self.nothing = label(
            say(N_("No theme is planned yet. There is at least one thematic meeting in every quarter.")),
            "soft",
            wrap=True,
        )
        self.add = ActButton(theme, say(N_("New theme")), icon="plus", kind="primary")
        self.add.clicked.connect(self.add_theme)
        self.paper = ActButton(theme, say(N_("Show as a paper")), icon="eye", kind="plain")
        self.paper.setCheckable(True)
        self.paper.toggled.connect(self._show_paper)
        self.issue = ActButton(theme, say(N_("Issue the plan …")), icon="file-check", kind="plain")
        self.issue.clicked.connect(self.issue_plan)
        self.preview = Preview(session)
        self.preview.hide()
        self._build()

    def _build(self) -> None:
        theme, say = self.session.theme, self.session.words.gettext
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(label(say(N_("Regular meetings of the year")), "title"))
        left.addWidget(self.months)
        left.addStretch(1)
        right.addWidget(label(say(N_("Themes of the year")), "title"))
        for part in (self.themes, self.nothing, flow(self.add, self.paper, self.issue), self.form):
            right.addWidget(part)
        right.addWidget(self.preview, 1)
        right.addStretch(1)
        for column in (left, right):
            column.setSpacing(theme.px(10))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(theme.px(22))
        self._columns.addLayout(left, 4)
        self._columns.addLayout(right, 5)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(12))
        whole.addWidget(flow(self.before, self.head, self.after))
        whole.addLayout(self._columns, 1)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (
            ("Ctrl+N", self.add_theme),
            ("PgUp", lambda: self.turn(-1)),
            ("PgDown", lambda: self.turn(1)),
        ):
            QShortcut(QKeySequence(keys), self, act, context=context)
        bind_print(self, self.print_plan)

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        say = self.session.words.gettext
        return say(N_("Meetings")), say(N_("Plan of the year"))

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the plan."""
        say = self.session.words.gettext
        return (
            KeyHint("Enter", say(N_("open or prepare"))),
            KeyHint("Ctrl N", say(N_("new theme"))),
            KeyHint("PgUp PgDn", say(N_("year"))),
        )

    def first_focus(self) -> QWidget | None:
        """Begin with the themes, or with the button that adds the first."""
        return self.themes if self.themes_model.rowCount() else self.add

    def reload(self) -> None:
        """Show the year."""
        book = self.session.book
        self.head.setText(str(self.year))
        days = book.plans.days(self.year)
        held = book.meetings.within(days[0].month.first(), days[-1].month.last())
        of_month = {one.month: one for one in reversed(held) if one.kind in _REGULAR}
        self.months_model.show_records([MonthPlan(day, of_month.get(day.month)) for day in days])
        themes = book.plans.themes(self.year)
        self.themes_model.show_records(themes)
        self.themes.setVisible(bool(themes))
        self.themes.updateGeometry()
        self.nothing.setVisible(not themes)
        self.form.show_theme(self.themes.record() if themes else None)
        self.add.setEnabled(not book.read_only)
        self.issue.setEnabled(bool(themes) and not book.read_only)
        self.paper.setEnabled(bool(themes))
        if self.paper.isChecked():
            self._show_paper(shown=True)

    def flush(self) -> None:
        """Write what is still in a field of the theme."""
        flush_fields(self)

    def turn(self, by: int) -> None:
        """Go to another year."""
        self.flush()
        self.year += by
        self.reload()

    def add_theme(self) -> None:
        """Add a theme to the first quarter that has none."""
        if self.session.book.read_only:
            return
        self.flush()
        taken = {plan.quarter for plan in self.session.book.plans.themes(self.year)}
        today = self.session.today()
        now = quarter_of_month(today.month) if self.year == today.year else 1
        free = [quarter for quarter in (1, 2, 3, 4) if quarter not in taken]
        quarter = next((one for one in free if one >= now), free[0] if free else now)
        name = self.session.words.gettext(N_("New theme"))
        plan = ThemePlan(id="", year=self.year, quarter=quarter, theme=name)
        try:
            made = self.session.book.plans.put(plan)
        except Fault as fault:
            self.session.complain(fault)
            return
        self._after()
        self.themes.choose(made)
        self.form.theme.setFocus()
        self.form.theme.selectAll()

    def open_month(self, one: MonthPlan) -> None:
        """Open the month's meeting, or prepare it on the day proposed."""
        if one.meeting is not None:
            self.session.go(f"meeting:{one.meeting.id}")
            return
        if self.session.book.read_only:
            return
        try:
            made = self.session.book.meetings.prepare(MeetingKind.REGULAR, one.day.proposed)
        except Fault as fault:
            self.session.complain(fault)
            return
        self.session.tell(Changes.MEETINGS, self)
        self.session.go(f"meeting:{made}")

    def issue_plan(self) -> None:
        """Issue the thematic plan and show the paper, which can be sealed and sent there."""
        self.flush()
        try:
            made = self.session.book.plans.issue(self.year, self.session.today())
        except Fault as fault:
            self.session.complain(fault)
            return
        self.session.tell(Changes.REPORTS, self)
        self.session.go(f"paper:{made}")

    def print_plan(self) -> None:
        """Show the pages, then print them."""
        self.paper.setChecked(True)
        self.preview.print_pages()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the themes below the months where there is little room."""
        super().resizeEvent(event)
        narrow = self.width() < self.session.theme.px(_BESIDE)
        ways = QBoxLayout.Direction
        self._columns.setDirection(ways.TopToBottom if narrow else ways.LeftToRight)

    def _show_paper(self, shown: bool) -> None:  # noqa: FBT001 - a signal's one argument
        self.preview.setVisible(shown)
        self.form.setVisible(not shown and self.form.plan is not None)
        if shown:
            self.flush()
            plans, year, today = self.session.book.plans, self.year, self.session.today()
            self.preview.show_made(lambda: plans.preview(year, today))

    def _after(self) -> None:
        self.session.tell(Changes.TASKS | Changes.MEETINGS, self)
        self.reload()

    def _month_columns(self) -> tuple[Column[MonthPlan], ...]:
        words = self.session.words

        def state(one: MonthPlan) -> str:
            return words.gettext(STATE_LABELS[one.meeting.state] if one.meeting else N_("Not prepared"))

        def proposed(one: MonthPlan) -> str:
            day = one.meeting.on if one.meeting else one.day.proposed
            said = f"{words.weekday(day)}, {words.date(day)}"
            if one.meeting or one.day.proposed == one.day.regular:
                return said
            template = N_("{day} is a Sunday or a holiday")
            return f"{said} ({words.sentence(template, {'day': words.date(one.day.regular)})})"

        return (
            Column(title=N_("Month"), text=lambda one: f"{one.day.month.month}", right=True, strong=True),
            Column(title=N_("Day"), text=proposed, stretch=True),
            Column(
                title=N_("State"),
                text=state,
                tag=lambda one: (
                    _MEETING_TAGS[one.meeting.state] if one.meeting else Tag(Tone.PLAIN, "circle")
                ),
            ),
        )

    def _theme_columns(self) -> tuple[Column[ThemePlan], ...]:
        words = self.session.words

        def drafter(plan: ThemePlan) -> str:
            name = self.session.book.members.get(plan.drafter_id).name if plan.drafter_id else ""
            due = words.sentence(N_("draft by {day}"), {"day": plan.draft_due}) if plan.draft_due else ""
            return " · ".join(filter(None, (plan.theme_group, name, due)))

        return (
            Column(
                title=N_("Quarter"), text=lambda plan: _QUARTERS[plan.quarter - 1], right=True, strong=True
            ),
            Column(
                title=N_("Theme"), text=lambda plan: plan.theme, second=drafter, stretch=True, strong=True
            ),
            Column(
                title=N_("Month"),
                text=lambda plan: f"{plan.planned_month.month}" if plan.planned_month else "–",
                right=True,
                drop=1,
            ),
            Column(
                title=N_("State"),
                text=lambda plan: words.gettext(PLAN_STATE_LABELS[plan.state]),
                tag=lambda plan: _THEME_TAGS[plan.state],
            ),
        )
