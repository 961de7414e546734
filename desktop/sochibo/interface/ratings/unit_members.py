"""The members whom a unit's list names: what the cell proposes and what the committee decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import LabelledField, LineField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.keyed_table import KeyedTable
from sochibo.interface.parts.table import RecordTable
from sochibo.interface.ratings.rating_words import DIGITS
from sochibo.interface.ratings.unit_rating_columns import member_columns
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.book.ratings.unit_ratings import MemberLine, UnitLine
    from sochibo.interface.session import Session
    from sochibo.rules.periods import Period

__all__ = ["UnitMembers"]


class UnitMembers(QWidget):
    """A digit decides on the member in hand; Enter opens the papers that the unit sent."""

    ended = Signal()
    wanted = Signal(object)
    """The papers of this unit are asked for."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._period: Period | None = None
        self._unit: UnitLine | None = None
        theme, say = session.theme, session.words.gettext
        self.leave = ActButton(theme, say(N_("Back to the units")), icon="chevron-left")
        self.leave.clicked.connect(self.ended)
        self.papers = ActButton(theme, say(N_("Papers that the unit sent")), icon="file-text", kind="second")
        self.papers.clicked.connect(self.ask_papers)
        self.heading = label("", "title", wrap=True)
        self.model: RecordTable[MemberLine] = RecordTable(
            session.words, member_columns(session.words), key=lambda line: (line.name, line.birth)
        )
        self.table = KeyedTable(theme, self.model, say(N_("Members")), lambda line: line.name, grows=True)
        self.table.digit.connect(self.choose)
        self.table.entered.connect(self.ask_papers)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_reason())
        self.reason = LineField(say(N_("Why another level than proposed")), self._set_reason)
        self._reason = LabelledField(theme, say(N_("Why another level than proposed")), self.reason)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        for part in (flow(self.leave, self.papers), self.heading, self._reason, self.table):
            inside.addWidget(part)
        inside.addStretch(1)

    def show_unit(self, period: Period, unit: UnitLine) -> None:
        """Show the members of a unit."""
        self._unit = unit
        self.heading.setText(unit.told.unit)
        self.show_members(period)

    def show_members(self, period: Period) -> None:
        """Show what stands now."""
        self._period = period
        if self._unit is not None:
            members = self._session.book.unit_ratings.members(period, self._unit.told.unit_id)
            self.model.show_records(members)
            self._show_reason()

    def choose(self, digit: int) -> None:
        """Decide on the member in hand, and go on to the next."""
        line: MemberLine | None = self.table.record()
        if line is None or digit not in DIGITS or self._session.book.read_only:
            return
        self._decide(line, digit=digit)
        place = self.table.currentIndex().row() + 1
        # Who asks why another level was given is asked at once: the reason is of this member.
        if place < self.model.rowCount() and not self._changed_now(line):
            self.table.setCurrentIndex(self.model.index(place, 0))

    def ask_papers(self) -> None:
        """Ask for the papers behind the list."""
        if self._unit is not None:
            self.wanted.emit(self._unit)

    def _changed_now(self, line: MemberLine) -> bool:
        row = self.model.row_of((line.name, line.birth))
        return row >= 0 and self.model.record(row).changed

    def _decide(self, line: MemberLine, *, digit: int) -> None:
        period, level = self._period, DIGITS[digit]
        if period is not None and self._session.run(
            lambda book: book.unit_ratings.decide_member(period, line, level), self
        ):
            self.show_members(period)

    def _set_reason(self, text: str) -> None:
        line: MemberLine | None = self.table.record()
        period = self._period
        if line is None or period is None or not line.changed:
            return
        if self._session.run(
            lambda book: book.unit_ratings.decide_member(period, line, line.level, reason=text), self
        ):
            self.show_members(period)

    def _show_reason(self) -> None:
        line: MemberLine | None = self.table.record()
        changed = line is not None and line.changed
        self.reason.show_text(line.decision.reason if line and line.decision else "")
        # Always in sight, so that the table does not jump; of use only where a level differs.
        self.reason.setEnabled(changed and not self._session.book.read_only)
