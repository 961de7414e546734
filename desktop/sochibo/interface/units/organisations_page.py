"""Organisations: the tree of units as of any day, what happened to it, and every change with its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.rollups.units import EVENT_LABELS, UnitEvent
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.papers.issue_panel import IssuePanel
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import LabelledField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.interface.parts.typed_fields import DateField
from sochibo.interface.units.unit_form import UnitAct, UnitForm
from sochibo.messages import N_
from sochibo.rules.periods import year_of
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.organisation_types import type_label
from sochibo.rules.units.units import name_on

if TYPE_CHECKING:
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.book.rollups.units import Branch
    from sochibo.interface.session import Session

__all__ = ["OrganisationsPage"]

_ICONS = {
    UnitAct.FOUND: "plus",
    UnitAct.CHANGE: "pen-line",
    UnitAct.MOVE: "chevron-right",
    UnitAct.MERGE: "merge",
    UnitAct.SPLIT: "split",
    UnitAct.CLOSE: "x",
}


class OrganisationsPage(Page):
    """The tree of a day; several rows in hand can be merged."""

    concerns: ClassVar[Changes] = Changes.INBOX | Changes.ORGANISATION | Changes.REPORTS
    help_name = "organisations"

    def __init__(self, session: Session, goal: str) -> None:  # noqa: ARG002 - every page is made so
        super().__init__(session)
        theme, say = session.theme, session.words.gettext
        self._day: date = session.today()
        self.day = DateField(say(N_("As of")), self._look_at, session.today)
        self.day.show_day(self._day)
        self.count = label("", "strong")
        self.model: RecordTable[Branch] = RecordTable(
            session.words, self._columns(), key=lambda branch: branch.unit.id
        )
        self.table = TableView(theme, self.model, say(N_("Units")), grows=True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self.table.opened.connect(lambda _branch: self.begin(UnitAct.CHANGE))
        self.acts = {
            kind: ActButton(
                theme,
                say(kind.title),
                icon=_ICONS[kind],
                kind="primary" if kind is UnitAct.FOUND else "second",
            )
            for kind in UnitAct
        }
        for kind, button in self.acts.items():
            button.clicked.connect(lambda _=False, kind=kind: self.begin(kind))
        self.form = UnitForm(session)
        self.form.ended.connect(self._end)
        self.trust = ActButton(theme, say(N_("Who signs for them")), icon="lock", kind="link")
        self.trust.clicked.connect(lambda: session.go("trust"))
        self.events_model: RecordTable[UnitEvent] = RecordTable(
            session.words, self._event_columns(), key=lambda event: event.id
        )
        self.events = TableView(theme, self.events_model, say(N_("What happened")), grows=True)
        self.take_back = ActButton(theme, say(N_("Take this back")), icon="undo-2", kind="link")
        self.take_back.clicked.connect(self._take_back)
        self.panel = IssuePanel(session, ReportKind.BRIDGE, lambda _place: "", whole=True)
        self._lay_out()
        bind_print(self, self.panel.preview.print_pages)

    def _lay_out(self) -> None:
        theme, say = self.session.theme, self.session.words.gettext
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        self.history = label(say(N_("What happened")), "title", wrap=True)
        self.day.setMaximumWidth(theme.px(170))
        for part in (
            flow(LabelledField(theme, say(N_("As of")), self.day), self.count, self.trust),
            self.table,
            flow(*self.acts.values()),
            self.form,
            self.history,
            self.events,
            flow(self.take_back),
        ):
            inside.addWidget(part)
        inside.addWidget(self.panel, 1)

    def title(self) -> tuple[str, ...]:
        """Return the name of the room."""
        return (self.session.words.gettext(N_("Organisations")),)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the tree."""
        say = self.session.words.gettext
        return (KeyHint("Enter", say(N_("rename"))), KeyHint("Ctrl P", say(N_("print"))))

    def first_focus(self) -> QWidget | None:
        """Begin with the tree, or with the first act where it is empty."""
        return self.table if self.model.rowCount() else self.acts[UnitAct.FOUND]

    def go_back(self) -> bool:
        """Put the form away first."""
        if not self.form.isVisible():
            return False
        self._end()
        return True

    def reload(self) -> None:
        """Show the tree of the day and what led to it."""
        words, units = self.session.words, self.session.book.units
        branches = units.on(self._day)
        self.model.show_records(branches)
        self.count.setText(words.sentence(N_("{n} units on {day}"), {"n": len(branches), "day": self._day}))
        events = tuple(reversed(units.events()))
        self.events_model.show_records(events)
        for part in (self.history, self.events, self.take_back):
            part.setVisible(bool(events))
        self._enable()
        self.panel.show_month(year_of(self._day))

    def chosen(self) -> tuple[Branch, ...]:
        """Return the units in hand, from top to bottom."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return tuple(self.model.record(row) for row in rows)

    def begin(self, kind: UnitAct) -> None:
        """Ask for one change of the units in hand."""
        if self.acts[kind].isEnabled():
            units = () if kind is UnitAct.FOUND else self.chosen()
            self.form.begin(kind, units, self.model.records, self._day)

    def _end(self) -> None:
        self.form.hide()
        self.table.setFocus()

    def _enable(self) -> None:
        """Let only be done what can be done with as many units as are in hand."""
        free, many = not self.session.book.read_only, len(self.chosen())
        for kind, button in self.acts.items():
            fits = kind is UnitAct.FOUND or (many > 1 if kind is UnitAct.MERGE else many == 1)
            button.setEnabled(free and fits)
        self.take_back.setEnabled(free)

    def _look_at(self, day: date | None) -> None:
        if day is not None:
            self._day = day
            self.reload()

    def _take_back(self) -> None:
        event: UnitEvent | None = self.events.record() or next(iter(self.events_model.records), None)
        if event is None:
            return

        def act(book: Book) -> Changes:
            return book.units.take_back(event.id)

        self.session.run(act, self)

    def _columns(self) -> tuple[Column[Branch], ...]:
        words = self.session.words
        return (
            Column(
                title=N_("Unit"),
                text=lambda branch: f"{'      ' * branch.depth}{branch.version.name}",
                spoken=lambda branch: branch.version.name,
                strong=True,
                stretch=True,
            ),
            Column(
                title=N_("Type"), text=lambda branch: type_label(branch.version.type, words.language), drop=2
            ),
            Column(title=N_("Stands since"), text=lambda branch: words.date(branch.unit.since), drop=1),
            Column(
                title=N_("Until"),
                text=lambda one: words.date(one.unit.until) if one.unit.until else "",
                drop=3,
            ),
        )

    def _event_columns(self) -> tuple[Column[UnitEvent], ...]:
        words = self.session.words

        def called(ids: tuple[str, ...], day: date) -> str:
            units = self.session.book.units.all()
            return ", ".join(filter(None, (name_on(units, one, day) for one in ids)))

        def before(event: UnitEvent) -> str:
            return called(event.before, _day_before(event.on))

        return (
            Column(title=N_("Day"), text=lambda event: words.date(event.on)),
            Column(
                title=N_("Change"), text=lambda event: words.gettext(EVENT_LABELS[event.kind]), strong=True
            ),
            Column(title=N_("Before"), text=before, stretch=True),
            Column(title=N_("After"), text=lambda event: called(event.after, event.on), stretch=True),
            Column(title=N_("Decision"), text=lambda event: event.decision, soft=True, drop=1),
        )


def _day_before(day: date) -> date:
    """Return the day before."""
    return day.fromordinal(day.toordinal() - 1)
