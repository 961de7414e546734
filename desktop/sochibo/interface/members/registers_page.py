"""The companion registers on one page: chosen, read, written in, printed and exported."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.members.register_words import drawn
from sochibo.faults import Fault, Refused
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.draft_keeper import DraftKeeper
from sochibo.interface.parts.entry_form import EntryForm
from sochibo.interface.parts.fields import ChoiceField
from sochibo.interface.parts.finding_list import FindingList
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.lists import list_button, save_sheet
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.members.register_columns import REGISTERS, columns_of
from sochibo.rules.members.registers import REGISTER_LABELS, RegisterKind, RegisterLine

if TYPE_CHECKING:
    from sochibo.interface.session import Session
    from sochibo.rules.members.registers import Field

__all__ = ["RegistersPage"]

_MOST_COLUMNS = 3
"""Columns beyond these give way where room is short."""


class RegistersPage(Page):
    """`registers` or `registers:<register>`; a line is opened by Enter and recorded whole."""

    concerns: ClassVar[Changes] = Changes.MEMBERS | Changes.REPORTS
    help_name = "registers"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        say, theme = session.words.gettext, session.theme
        asked = goal.partition(":")[2]
        self.kind = RegisterKind(asked) if asked else RegisterKind.CANDIDATES
        self._line_id = ""
        self._names: dict[str, str] = {}
        self.choice: ChoiceField[RegisterKind] = ChoiceField(
            theme,
            say(N_("Register")),
            [(kind, say(text)) for kind, text in REGISTER_LABELS.items()],
            self.show_register,
        )
        self.choice.setMinimumWidth(theme.px(330))
        self.choice.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.new = ActButton(theme, say(N_("New line")), icon="plus", kind="primary")
        self.new.clicked.connect(self.add)
        self.print_button = ActButton(theme, say(N_("Print …")), icon="printer", kind="plain")
        self.print_button.clicked.connect(lambda: session.go(f"member-papers:companion:{self.kind}"))
        self.write = list_button(session, self.write_list)
        self.findings = FindingList(session, lambda _place: "")
        self.table_model: RecordTable[RegisterLine] = RecordTable(
            session.words, self._columns(), key=lambda line: line.id
        )
        self.table = TableView(theme, self.table_model, say(N_("Lines of the register")))
        self.table.opened.connect(self.open_line)
        self.count = label("", "soft", wrap=True)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(theme.px(12))
        self._whole.addWidget(flow(self.choice, self.new, self.print_button, self.write))
        self._whole.addWidget(self.findings)
        self._whole.addWidget(self._make_form())
        self._whole.addWidget(self.table, 1)
        self._whole.addWidget(self.count)
        QShortcut(
            QKeySequence("Ctrl+N"), self, self.add, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )

    def _make_form(self) -> QWidget:
        session, say = self.session, self.session.words.gettext
        self.form = EntryForm(session, least=230)
        self.keeper = DraftKeeper(session, self.form.typed, self.form.show_typed)
        self.form.touched.connect(self.keeper.touch)
        self.record_button = ActButton(session.theme, say(N_("Record")), icon="check", kind="primary")
        self.record_button.clicked.connect(self.record)
        leave = ActButton(session.theme, say(N_("Not now")))
        leave.clicked.connect(self.fold)
        self.remove_button = ActButton(session.theme, say(N_("Take this line out")), icon="trash-2")
        self.remove_button.clicked.connect(self.remove)
        self.card = Card(session.theme)
        self.card.body.addWidget(self.keeper)
        self.card.body.addWidget(self.form)
        self.card.body.addLayout(row(self.record_button, leave, None, self.remove_button))
        self.card.hide()
        return self.card

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        say = self.session.words.gettext
        return say(N_("Members")), say(N_("Registers"))

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of a list that is written in."""
        say = self.session.words.gettext
        opens = KeyHint("Enter", say(N_("open")))
        return (opens, KeyHint("Ctrl N", say(N_("new")))) if self.kind in REGISTERS else (opens,)

    def first_focus(self) -> QWidget | None:
        """Begin with which register it is."""
        return self.choice

    def show_register(self, kind: RegisterKind) -> None:
        """Show another register."""
        self.kind = kind
        self.fold()
        self.table_model.change_columns(self._columns())
        self.reload()

    def reload(self) -> None:
        """Read the register of today."""
        book, today = self.session.book, self.session.today()
        self.choice.show_value(self.kind)
        self._names = book.member_papers.names()
        written = self.kind in REGISTERS
        self.new.setVisible(written and self.card.isHidden())
        draft = book.drafts.of(f"register:{self.kind}:")
        self.new.say(self.session.words.gettext(N_("Go on with the new line") if draft else N_("New line")))
        self.new.setEnabled(not book.read_only)
        lines = book.registers.lines(self.kind, today)
        self.table_model.show_records(lines)
        self.findings.show_findings(
            book.registers.check_offices(today) if self.kind is RegisterKind.OFFICES else ()
        )
        words = self.session.words
        said = words.ngettext("{n} line", "{n} lines", len(lines)).format(n=len(lines))
        if not written:
            follows = words.gettext(N_("This register follows from what is recorded elsewhere."))
            said = f"{said}. {follows}"
        elif not lines:
            said = words.gettext(N_("Nothing is recorded here yet."))
        self.count.setText(said)

    def go_back(self) -> bool:
        """Leave the form first."""
        if self.card.isVisibleTo(self):
            self.fold()
            return True
        return False

    def fold(self) -> None:
        """Put the form away; what is typed and not recorded is offered when it is opened again."""
        self.keeper.leave()
        self._line_id = ""
        self.card.hide()
        self.new.setVisible(self.kind in REGISTERS)

    def add(self) -> None:
        """Open an empty form."""
        if self.kind in REGISTERS and not self.session.book.read_only:
            self._open_form(RegisterLine("", {}))

    def open_line(self, line: RegisterLine) -> None:
        """Open a line to be changed; one that follows from a member's events leads there."""
        if self.kind in REGISTERS:
            if not self.session.book.read_only:
                self._open_form(line)
        elif line.values.get("member_id"):
            self.session.go(f"member:{line.values['member_id']}")
        elif self.kind is RegisterKind.RESOLUTIONS:
            self.session.go("reports")

    def record(self) -> None:
        """Record the line; what is wrong is said at its field."""
        values = self.form.values()
        if values is None:
            return
        line = RegisterLine(self._line_id, values)
        try:
            self.session.book.registers.record(self.kind, line)
        except Refused as refused:
            self.form.tell(refused.findings)
            self.session.complain(refused)
            return
        except Fault as fault:
            self.session.complain(fault)
            return
        self.keeper.end()
        self.fold()
        self.session.tell(Changes.MEMBERS)
        self.table.setFocus()

    def remove(self) -> None:
        """Take the open line out; undo brings it back."""
        line_id, kind = self._line_id, self.kind
        if line_id and self.session.run(lambda book: book.registers.remove(kind, line_id)):
            self.keeper.end()
            self.fold()

    def write_list(self) -> None:
        """Write the register to Excel."""
        session, kind = self.session, self.kind
        title = session.words.gettext(REGISTER_LABELS[kind])
        papers = session.book.member_papers
        save_sheet(
            self,
            session,
            title,
            lambda path: papers.write_register(path, session.words, kind, session.today()),
        )

    def _open_form(self, line: RegisterLine) -> None:
        book, today = self.session.book, self.session.today()
        shown = book.members.told_apart()
        people = {one.member.id: shown[one.member.id] for one in book.members.on(today, everybody=True)}
        groups = {group.id: group.name for group in book.registers.groups()}
        self.form.show_fields(REGISTERS[self.kind].fields, people, groups)
        self.keeper.leave()
        self.form.show_values(line.values)
        self._line_id = line.id
        self.keeper.begin(f"register:{self.kind}:{line.id}")
        self.remove_button.setVisible(bool(line.id))
        self.card.show()
        self.new.hide()
        self.form.focus_first()

    def _columns(self) -> tuple[Column[RegisterLine], ...]:
        fields = columns_of(self.kind)
        # The name is given up last: it stretches only where no wide column beside it does.
        wide = any(field.wide for field in fields[:_MOST_COLUMNS])
        return tuple(
            Column(
                title=field.label,
                text=partial(self._draw, field),
                order=partial(_order, field),
                strong=number == 0,
                soft=number >= _MOST_COLUMNS,
                stretch=field.wide or (number == 0 and not wide),
                drop=max(0, number + 1 - _MOST_COLUMNS),
            )
            for number, field in enumerate(fields)
        )

    def _draw(self, field: Field, line: RegisterLine) -> str:
        return drawn(field, line, self._names, self.session.words)


def _order(field: Field, line: RegisterLine) -> str:
    """Sort by what the table keeps: ISO dates sort in time."""
    return line.values.get(field.name, "")
