"""The members: found as one types, narrowed by standing, opened by Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.members.members import NoNames
from sochibo.book.upkeep.exports import ExportedList, write_template
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.members.member_filters import FILTER_LABELS, Filter, select
from sochibo.interface.members.register_columns import register_columns
from sochibo.interface.members.roster_page import RosterPanel, RosterStartPanel
from sochibo.interface.members.standing_words import MEMBERSHIP_LABELS, activity_words, standing_tag
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import label, row
from sochibo.interface.parts.fields import ChoiceField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.folding_acts import FoldingActs
from sochibo.interface.parts.lists import list_button, save_list, save_sheet
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_
from sochibo.rules import names
from sochibo.rules.members.member_papers import MemberRow, member_row
from sochibo.rules.members.members import Member

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sochibo.interface.session import Session
    from sochibo.rules.members.members import RosterEntry

__all__ = ["MembersPage"]

_PAUSE_MS = 200


class MembersPage(Page):
    """The register as a table; an Excel list is looked at in its place before it is recorded."""

    concerns: ClassVar[Changes] = Changes.MEMBERS
    help_name = "members"

    def __init__(self, session: Session, goal: str) -> None:
        del goal
        super().__init__(session)
        self._entries: tuple[RosterEntry, ...] = ()
        self._rows: dict[str, MemberRow] = {}
        self._panel: RosterPanel | RosterStartPanel | None = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._show)
        say = session.words.gettext
        self.search = QLineEdit()
        self.search.setAccessibleName(say(N_("Find a member")))
        self.search.setPlaceholderText(say(N_("Find: name without diacritics, or initials")))
        self.search.setClearButtonEnabled(False)
        self.search.setMinimumWidth(session.theme.px(330))
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self._enter_table)
        self.filter: ChoiceField[Filter] = ChoiceField(
            session.theme,
            say(N_("Show")),
            [(value, say(text)) for value, text in FILTER_LABELS.items()],
            self._narrow,
        )
        last = session.settings.filters.get("members", "")
        self.filter.show_value(Filter(last) if last in set(Filter) else Filter.LISTED)
        self.filter.setMinimumWidth(session.theme.px(210))
        self.filter.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.table_model: RecordTable[RosterEntry] = RecordTable(
            session.words, self._columns(), key=lambda entry: entry.member.id
        )
        self.table = TableView(session.theme, self.table_model, say(N_("Members")))
        self.table.opened.connect(lambda entry: session.go(f"member:{entry.member.id}"))
        self.new = ActButton(session.theme, say(N_("New member")), icon="user-plus", kind="second")
        self.new.clicked.connect(self.add)
        self.read = ActButton(session.theme, say(N_("From Excel …")), icon="upload", kind="second")
        self.read.clicked.connect(self.choose_roster)
        self.write = list_button(session, self.write_list)
        self._list = self._make_list()
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self._list)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, act in (
            ("Ctrl+N", self.add),
            ("Ctrl+I", self.choose_roster),
            ("Ctrl+F", self.search.setFocus),
        ):
            QShortcut(QKeySequence(keys), self, act, context=context)

    def _make_list(self) -> QWidget:
        """Put the table between what is done with it and what is said of it."""
        session = self.session
        self.count = label("", "soft", wrap=True)
        said = session.words.gettext(N_("Empty list to fill in …"))
        template = ActButton(session.theme, said, icon="download", kind="link")
        template.clicked.connect(self.write_template)
        foot = row(self.count, template)
        foot.setStretch(0, 1)
        made = QWidget()
        inside = QVBoxLayout(made)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(session.theme.px(12))
        lesser = FoldingActs(session, self._papers())
        inside.addWidget(flow(self.search, self.filter, self.new, self.read, self.write, lesser.more))
        inside.addWidget(lesser)
        inside.addWidget(self.table, 1)
        inside.addLayout(foot)
        # Where nobody is entered yet, what to do first stands at the top, not under an empty table.
        self._rest = QWidget()
        inside.addWidget(self._rest, 1)
        return made

    def _papers(self) -> list[ActButton]:
        """Return what is done with the whole register: seen as its form, printed, counted, kept beside."""
        session, say = self.session, self.session.words.gettext
        self.as_form = ActButton(session.theme, say(N_("14 columns")), icon="file-text", kind="plain")
        self.as_form.setCheckable(True)
        self.as_form.toggled.connect(self._change_view)
        made: list[ActButton] = [self.as_form]
        for text, icon, goal in (
            (N_("Print the register …"), "printer", "member-papers:register"),
            (N_("Movement and composition …"), "chart-column", "movement"),
            (N_("Registers …"), "folder-open", "registers"),
            (N_("Duplicates …"), "users", "duplicates"),
        ):
            button = ActButton(session.theme, say(text), icon=icon, kind="plain")
            button.clicked.connect(lambda _checked=False, goal=goal: session.go(goal))
            made.append(button)
        return made

    def _change_view(self, form: bool) -> None:  # noqa: FBT001 - a signal's one argument
        """Show the register's own columns, or the 14 of its form; the form is wider than a small window."""
        self.table_model.change_columns(
            register_columns(self._row_of, self.session.words) if form else self._columns()
        )
        self.table.show_all_columns(every=form)

    def _row_of(self, entry: RosterEntry) -> MemberRow:
        """Return the row of a person, read once for all its fields."""
        key = entry.member.id
        if key not in self._rows:
            self._rows[key] = member_row(entry.member, self.session.book.members.events(key))
        return self._rows[key]

    def title(self) -> tuple[str, ...]:
        """Return the name of the room, and what is looked at in its place."""
        say = self.session.words.gettext
        room = say(N_("Members"))
        return (room, say(N_("Reading an Excel list"))) if self._panel is not None else (room,)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the register."""
        say = self.session.words.gettext
        if self._panel is not None:
            return ()
        return (
            KeyHint("Enter", say(N_("open"))),
            KeyHint("Ctrl F", say(N_("find"))),
            KeyHint("Ctrl N", say(N_("new"))),
            KeyHint("Ctrl I", say(N_("from Excel"))),
        )

    def first_focus(self) -> QWidget | None:
        """Begin with the search field: most come to look somebody up."""
        return self.search

    def reload(self) -> None:
        """Read the register of today."""
        self._rows.clear()
        self._entries = self.session.book.members.on(self.session.today(), everybody=True)
        free = not self.session.book.read_only
        self.new.setEnabled(free)
        self.read.setEnabled(free)
        self._show()

    def go_back(self) -> bool:
        """Leave the preview of a list, then the search."""
        if self._panel is not None:
            self._end_roster()
            return True
        if self.search.text():
            self.search.clear()
            self._show()
            return True
        return False

    def add(self) -> None:
        """Record a new member and open the page to fill it in."""
        before = {entry.member.id for entry in self._entries}
        name = self.session.words.gettext(N_("New member"))
        if self.session.run(lambda book: book.members.add(Member(id="", name=name)), self):
            known = self.session.book.members.on(self.session.today(), everybody=True)
            for entry in known:
                if entry.member.id not in before:
                    self.session.go(f"member:{entry.member.id}")

    def choose_roster(self) -> None:
        """Ask for an Excel file and show what is in it."""
        if self.session.book.read_only:
            return
        path = choosers.choose_file(
            self,
            self.session.words.gettext(N_("Choose the list of members")),
            "Excel, LibreOffice, CSV (*.xlsx *.xls *.ods *.csv *.txt)",
        )
        if path is not None:
            self.show_roster(path)

    def show_roster(
        self, path: Path, mapping: Mapping[str, str] | None = None, *, bare: bool = False
    ) -> None:
        """Show a list, its columns as `mapping` says, in the register's place; nothing is recorded yet.

        A `bare` list has no header, and its first row is a person.
        """
        members = self.session.book.members
        try:
            preview = members.preview_roster(path, mapping=mapping, bare=bare)
        except NoNames as fault:
            if self._panel is None and (start := members.roster_start(path)).letters:
                asking = RosterStartPanel(self.session, path.name, start)
                self._put_panel(asking, path)
                next(iter(asking.columns.fields.values())).setFocus()
                return
            self._refuse_roster(fault)
            return
        except Fault as fault:
            self._refuse_roster(fault)
            return
        shown = RosterPanel(self.session, preview, columns_shown=mapping is not None)
        self._put_panel(shown, path)
        (shown.record_button if mapping is None else shown.columns_button).setFocus()

    def _refuse_roster(self, fault: Fault) -> None:
        self.session.complain(fault)
        if self._panel is not None:
            self._panel.columns.take_back()

    def _put_panel(self, panel: RosterPanel | RosterStartPanel, path: Path) -> None:
        """Put a panel about a list in the place of the members."""
        self._end_roster()
        self._panel = panel
        panel.ended.connect(self._end_roster)
        panel.remapped.connect(lambda chosen: self.show_roster(path, chosen, bare=panel.is_bare()))
        self._list.hide()
        self._whole.addWidget(panel)
        panel.show()
        self.help_name = "roster"
        self.session.changed.emit(Changes.NONE, self)

    def write_list(self) -> None:
        """Write who is listed today to Excel, numbers masked; with those who left where they are shown.

        Where the 14 columns are in sight, these are what is written.
        """
        session = self.session
        if self.as_form.isChecked():
            save_list(
                self,
                session,
                ExportedList.REGISTER,
                lambda path: session.book.exports.register(path, session.words, on=session.today()),
            )
            return
        today, left = session.today(), self.filter.value() is Filter.LEFT
        save_list(
            self,
            session,
            ExportedList.MEMBERS,
            lambda path: session.book.exports.members(path, session.words, on=today, everybody=left),
        )

    def write_template(self) -> None:
        """Write the empty list that is filled in and read by import."""
        words = self.session.words
        title = words.gettext(N_("List to fill in"))
        save_sheet(self, self.session, title, lambda path: write_template(path, words))

    def _end_roster(self) -> None:
        if self._panel is None:
            return
        self._panel.hide()
        self._whole.removeWidget(self._panel)
        self._panel.deleteLater()
        self._panel = None
        self.help_name = "members"
        self._list.show()
        self.table.setFocus()
        self.session.changed.emit(Changes.NONE, self)

    def _columns(self) -> tuple[Column[RosterEntry], ...]:
        words = self.session.words
        numbers = self._numbers

        def since(entry: RosterEntry) -> str:
            last = entry.standing.through or entry.standing.because
            return last.on.vietnamese() if last and last.on else ""

        return (
            Column(
                title=N_("No."),
                text=lambda entry: str(numbers().get(entry.member.id, "")),
                right=True,
                soft=True,
            ),
            Column(title=N_("Name"), text=lambda entry: entry.member.name, stretch=True, strong=True),
            Column(
                title=N_("Born"),
                text=lambda entry: entry.member.birth.vietnamese() if entry.member.birth else "",
                drop=2,
            ),
            Column(
                title=N_("Membership"),
                text=lambda entry: words.gettext(MEMBERSHIP_LABELS[entry.standing.membership]),
            ),
            Column(
                title=N_("Activity"),
                text=lambda entry: words.gettext(activity_words(entry.standing)),
                tag=lambda entry: standing_tag(entry.standing),
            ),
            Column(title=N_("Since"), text=since, soft=True, drop=3),
            Column(title=N_("Office"), text=lambda entry: entry.member.office, soft=True, drop=1),
        )

    def _numbers(self) -> dict[str, int]:
        return {entry.member.id: number for number, entry in enumerate(self.table_model.records, 1)}

    def _show(self) -> None:
        self._pause.stop()
        wanted = self.filter.value() or Filter.LISTED
        typed = self.search.text().strip()
        found = select(self._entries, wanted, self.session.book, self.session.today())
        shown = [entry for entry in found if not typed or names.matches(entry.member.name, typed)]
        self.table_model.show_records(shown)
        words = self.session.words
        self.table.setVisible(bool(self._entries))
        self._rest.setVisible(not self._entries)
        if self._entries:
            said = words.ngettext("{n} person", "{n} people", len(shown)).format(n=len(shown))
        else:
            said = words.gettext(N_("No members yet. Read them from an Excel list, or add the first one."))
        self.count.setText(said)

    def _narrow(self, value: Filter) -> None:
        """Show others, also the next time that the register is opened."""
        self.session.settings.filters["members"] = value.value
        self._show()

    def _enter_table(self) -> None:
        """Open the only one found, else go on into the table."""
        self._show()
        if self.table_model.rowCount() == 1 and self.search.text().strip():
            self.session.go(f"member:{self.table_model.record(0).member.id}")
            return
        self.table.setFocus()
        if self.table_model.rowCount():
            self.table.selectRow(0)
