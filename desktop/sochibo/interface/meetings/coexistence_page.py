"""The boxes of the national app, each ready to be copied, ticked off as one goes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from sochibo.book.changes import Changes
from sochibo.book.meetings.coexistence import CopyField, CopyState
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.meetings.papers_page import papers_goal
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts import printing
from sochibo.interface.parts.blocks import Banner, label
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import KIND_LABELS
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from sochibo.interface.session import Session

__all__ = ["CoexistencePage", "coexistence_goal"]

_ACT: Final = 3
_DONE: Final = frozenset({CopyState.COPIED, CopyState.EMPTY})
_STATES: Final = {
    CopyState.EMPTY: N_("Nothing to copy"),
    CopyState.OPEN: N_("Not yet copied"),
    CopyState.COPIED: N_("Copied"),
    CopyState.CHANGED: N_("Changed since"),
}
_TAGS: Final = {
    CopyState.EMPTY: Tag(Tone.PLAIN, "minus"),
    CopyState.OPEN: Tag(Tone.PLAIN),
    CopyState.COPIED: Tag(Tone.GOOD),
    CopyState.CHANGED: Tag(Tone.ADVICE),
}


def coexistence_goal(meeting_id: str) -> str:
    """Return the goal that opens the boxes of a meeting."""
    return f"coexistence:{meeting_id}"


class CoexistencePage(Page):
    """One row a box, in the order of the app: Enter copies it and goes on to the next that is open."""

    concerns: ClassVar[Changes] = Changes.MEETINGS | Changes.REPORTS | Changes.MEMBERS | Changes.ORGANISATION
    help_name = "coexistence"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        self.meeting_id = goal.partition(":")[2]
        self.meeting = session.book.meetings.file(self.meeting_id).meeting
        theme, say = session.theme, session.words.gettext
        self.table_model: RecordTable[CopyField] = RecordTable(
            session.words, self._columns(), key=lambda one: one.field.value
        )
        self.table = TableView(theme, self.table_model, say(N_("Boxes of the app")), grows=True)
        self.table.opened.connect(self.copy_and_go_on)
        self.table.clicked.connect(self._click)
        for keys, act in (
            (QKeySequence("Ctrl+C"), lambda: self.copy(self.table.record())),
            (QKeySequence(Qt.Key.Key_Space), lambda: self.tick(self.table.record())),
        ):
            # Before the view's own Ctrl+C, which would copy the one cell in hand.
            QShortcut(keys, self.table, act, context=Qt.ShortcutContext.WidgetShortcut)
        self.banner = Banner(theme)
        self.version = label("", "soft", wrap=True)
        self.progress = label("", "soft", wrap=True)
        self.copy_button = ActButton(theme, say(N_("Copy, go on")), icon="copy", kind="primary")
        self.copy_button.clicked.connect(lambda: self.copy_and_go_on(self.table.record()))
        self.all_button = ActButton(theme, say(N_("Copy all")), icon="copy", kind="second")
        self.all_button.clicked.connect(self.copy_all)
        self.print_button = ActButton(theme, say(N_("Print")), icon="printer", kind="second")
        self.print_button.clicked.connect(self.print_sheet)
        self.look_button = ActButton(theme, say(N_("See the sheet")), icon="file-text", kind="link")
        self.look_button.clicked.connect(
            lambda: session.go(papers_goal(self.meeting_id, ReportKind.COEXISTENCE))
        )
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        inside.addWidget(self.banner)
        inside.addWidget(flow(self.copy_button, self.all_button, self.print_button, self.look_button))
        inside.addWidget(self.progress)
        inside.addWidget(self.version)
        inside.addWidget(self.table)
        inside.addStretch(1)
        printing.bind_print(self, self.print_sheet)

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words, meeting = self.session.words, self.meeting
        name = f"{words.gettext(KIND_LABELS[meeting.kind])} {words.date(meeting.on)}"
        return words.gettext(N_("Meetings")), name, words.gettext(N_("E-handbook"))

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the page."""
        say = self.session.words.gettext
        return (
            KeyHint("Enter", say(N_("copy, go on"))),
            KeyHint("Ctrl C", say(N_("copy"))),
            KeyHint(say(N_("Space")), say(N_("tick or untick"))),
            KeyHint("Ctrl P", say(N_("print"))),
        )

    def first_focus(self) -> QWidget | None:
        """Begin with the boxes."""
        return self.table

    def reload(self) -> None:
        """Show the boxes as they are filled now, and what was copied of them."""
        service, words = self.session.book.coexistence, self.session.words
        try:
            self.meeting = self.session.book.meetings.file(self.meeting_id).meeting
            fields, order = service.fields(self.meeting_id), service.order(self.meeting_id)
        except KeyError:
            # Undo took the meeting away.
            QTimer.singleShot(0, self, self.session.left.emit)
            return
        except Fault as fault:
            self.banner.say(fault.say(words))
            self.version.setText("")
            self._show(())
            return
        told = words.sentence(N_("Order of {app}, {edition}."), {"app": order.app, "edition": order.edition})
        doubt = words.gettext(
            N_("Nobody has compared it with the app yet: where it differs, follow the app.")
        )
        self.banner.say("" if order.verified else f"{told} {doubt}")
        self.version.setText(told if order.verified else "")
        self.version.setVisible(order.verified)
        self._show(fields)

    def copy(self, one: CopyField | None) -> bool:
        """Put the text of a box on the clipboard and tick the box; False where there is nothing to copy."""
        if one is None or not one.field.text:
            return False
        QGuiApplication.clipboard().setText(one.field.text)
        self._mark(one, copied=True)
        words = self.session.words
        self.session.told.emit(words.sentence(N_("Copied: {box}."), {"box": one.field.label}))
        return True

    def copy_and_go_on(self, one: CopyField | None) -> None:
        """Copy a box and take the next open one in hand; what is empty is passed over."""
        self.copy(one)
        row = self.table.currentIndex().row()
        lines = self.table_model.records
        ahead = [*lines[row + 1 :], *lines[: row + 1]]
        following = next((other for other in ahead if other.state not in _DONE), None)
        if following is None:
            self.session.told.emit(self.session.words.gettext(N_("Every box is copied.")))
        else:
            self.table.choose(following.field.value)
        self.table.setFocus()

    def tick(self, one: CopyField | None) -> None:
        """Tick a box that was filled by hand, or take its tick away."""
        if one is not None and one.state is not CopyState.EMPTY:
            self._mark(one, copied=one.state is not CopyState.COPIED)

    def copy_all(self) -> None:
        """Put the whole sheet on the clipboard as one text, for one's own telephone; ticks none."""
        lines, screen = [], ""
        for one in self.table_model.records:
            if one.field.text:
                if one.field.screen != screen:
                    screen = one.field.screen
                    lines.append(f"{screen.upper()}")
                lines.append(f"{one.field.label}: {one.field.text}")
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.session.told.emit(self.session.words.gettext(N_("The whole sheet is copied as one text.")))

    def print_sheet(self) -> None:
        """Print the sheet."""
        session, meeting_id, day = self.session, self.meeting_id, self.session.today()

        def done(pdf: bytes) -> None:
            if isValid(self):
                printing.print_pages(session, pdf, self.window())

        session.work(
            lambda: session.book.papers.preview(ReportKind.COEXISTENCE, meeting_id, day),
            done,
            session.words.gettext(N_("Drawing the pages …")),
        )

    def _mark(self, one: CopyField, *, copied: bool) -> None:
        book = self.session.book
        if book.read_only:
            return
        try:
            book.coexistence.mark(self.meeting_id, one.field, copied=copied)
        except Fault as fault:
            self.session.complain(fault)
            return
        self.session.tell(Changes.NONE)
        ticked = replace(one, state=CopyState.COPIED if copied else CopyState.OPEN)
        self._show(
            tuple(
                ticked if other.field.value is one.field.value else other
                for other in self.table_model.records
            )
        )

    def _click(self, index: QModelIndex) -> None:
        if index.column() == _ACT:
            self.copy(self.table_model.record(index.row()))

    def _show(self, fields: tuple[CopyField, ...]) -> None:
        words = self.session.words
        self.table_model.show_records(fields)
        self.table.setVisible(bool(fields))
        self.table.updateGeometry()
        filled = [one for one in fields if one.state is not CopyState.EMPTY]
        done = sum(one.state is CopyState.COPIED for one in filled)
        told = words.sentence(N_("{done} of {all} boxes are copied."), {"done": done, "all": len(filled)})
        self.progress.setText(told if fields else "")
        for button in (self.copy_button, self.all_button, self.print_button, self.look_button):
            button.setEnabled(bool(filled))

    def _columns(self) -> tuple[Column[CopyField], ...]:
        words = self.session.words

        def act(one: CopyField) -> str:
            if one.state is CopyState.EMPTY:
                return ""
            return words.gettext(N_("Copy again") if one.state is CopyState.COPIED else N_("Copy"))

        return (
            Column(
                title=N_("Box of the app"),
                text=lambda one: one.field.label,
                second=lambda one: one.field.screen,
                strong=True,
            ),
            Column(title=N_("What to write"), text=lambda one: one.field.text, stretch=True),
            Column(
                title=N_("State"),
                text=lambda one: words.gettext(_STATES[one.state]),
                tag=lambda one: _TAGS[one.state],
                drop=1,
            ),
            Column(title=N_("Copy"), text=act, tag=lambda _one: Tag(Tone.ACCENT, "copy")),
        )
