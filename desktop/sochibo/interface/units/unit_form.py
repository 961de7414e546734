"""UnitForm: one change of the tree of units, with the day from which it holds and the decision behind it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from sochibo.book.changes import Changes
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.draft_keeper import DraftKeeper
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.typed_fields import DateField
from sochibo.messages import N_
from sochibo.rules.units.organisation_types import load_types, type_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.book.rollups.units import Branch
    from sochibo.interface.session import Session

__all__ = ["UnitAct", "UnitForm"]


class UnitAct(Enum):
    """What can be done: its title, the button that does it, and the fields it asks for."""

    FOUND = (N_("New unit"), N_("Found the unit"), ("name", "type", "parent"))
    CHANGE = (N_("Rename, change the type"), N_("Change the unit"), ("name", "type"))
    MOVE = (N_("Move below another"), N_("Move the unit"), ("parent",))
    MERGE = (N_("Merge units"), N_("Merge the units"), ("into", "name"))
    SPLIT = (N_("Split"), N_("Split the unit"), ("name",))
    CLOSE = (N_("Dissolve"), N_("Close the unit"), ())

    def __init__(self, title: str, act: str, fields: tuple[str, ...]) -> None:
        self.title = title
        self.act = act
        self.fields = fields


class UnitForm(Card):
    """Shown below the tree while something is to be changed; every change can be undone."""

    ended = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self.session = session
        self._kind = UnitAct.FOUND
        self._units: tuple[Branch, ...] = ()
        self._day: date | None = None
        say, theme = session.words.gettext, session.theme
        self.head = label("", "title", wrap=True)
        self.hint = label("", "hint", wrap=True)
        self.day = DateField(say(N_("From which day")), self._take_day, session.today)
        self.keeper = DraftKeeper(session, self._typed, self._show_typed)
        self.decision = LineField(say(N_("Decision")), lambda _text: self.keeper.touch())
        self.name = LineField(say(N_("Name of the unit")), lambda _text: self.keeper.touch())
        language = session.words.language
        types = [("", say(N_("not said"))), *((one.id, type_label(one.id, language)) for one in load_types())]
        self.type: ChoiceField[str] = ChoiceField(theme, say(N_("Type")), types, lambda _value: None)
        self.parent_unit: ChoiceField[str] = ChoiceField(theme, say(N_("Below")), [], lambda _value: None)
        self.into: ChoiceField[str] = ChoiceField(
            theme, say(N_("Into")), [], lambda _value: self._told_into()
        )
        self.act = ActButton(theme, "", icon="check", kind="primary")
        self.act.clicked.connect(self.do)
        self.leave = ActButton(theme, say(N_("Leave it")), kind="link")
        self.leave.clicked.connect(self._leave)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        say, theme = self.session.words.gettext, self.session.theme
        form = FormGrid(theme, columns=3)
        self._fields = {
            "day": LabelledField(theme, say(N_("From which day")), self.day),
            "decision": LabelledField(theme, say(N_("Decision")), self.decision),
            "into": LabelledField(theme, say(N_("Into")), self.into),
            "name": LabelledField(theme, say(N_("Name of the unit")), self.name),
            "type": LabelledField(theme, say(N_("Type")), self.type),
            "parent": LabelledField(theme, say(N_("Below")), self.parent_unit),
        }
        for field in self._fields.values():
            form.add(field)
        self.body.addWidget(self.head)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.keeper)
        self.body.addWidget(form)
        self.body.addWidget(flow(self.act, self.leave))

    def begin(self, kind: UnitAct, units: Sequence[Branch], standing: Sequence[Branch], day: date) -> None:
        """Ask for one change of the units in hand, among those that stand on a day."""
        self.keeper.leave()
        say = self.session.words.gettext
        self._kind, self._units, self._day = kind, tuple(units), day
        self.head.setText(" · ".join((say(kind.title), *(branch.version.name for branch in units))))
        for name in ("into", "name", "type", "parent"):
            self._fields[name].setVisible(name in kind.fields)
        hints = {
            UnitAct.SPLIT: N_("Write the names of the new units with a semicolon between them."),
            UnitAct.MERGE: N_(
                "The units that end keep their papers; from this day on nobody signs for them."
            ),
            UnitAct.CLOSE: N_("The unit stands for the last time the day before."),
        }
        self.hint.setText(say(hints[kind]) if kind in hints else "")
        self.hint.setVisible(kind in hints)
        above = [("", say(N_("directly below the committee")))]
        taken = {branch.unit.id for branch in units}
        above += [(one.unit.id, one.version.name) for one in standing if one.unit.id not in taken]
        self.parent_unit.change_choices(above)
        self.into.change_choices(
            [*((one.unit.id, one.version.name) for one in units), ("", say(N_("a new unit")))]
        )
        first = units[0] if units else None
        self.parent_unit.show_value((first.version.parent_id or "") if first else "")
        self.into.show_value(first.unit.id if first else "")
        self.type.show_value(first.version.type if first and kind is not UnitAct.FOUND else "cell")
        self.name.show_text(first.version.name if first and kind is UnitAct.CHANGE else "")
        self.decision.show_text("")
        self.day.show_day(day)
        self.act.say(say(kind.act))
        self._told_into()
        self.keeper.begin(":".join(("unit", kind.name, *sorted(branch.unit.id for branch in units))))
        self.show()
        (self.name if "name" in kind.fields and self.name.isEnabled() else self.day).setFocus()

    def do(self) -> None:
        """Do it as one act; what is wrong is told and nothing is changed."""
        for field in (self.day, self.decision, self.name):
            field.flush()
        if self._day is not None and self.session.run(self._act, self):
            self.keeper.end()
            self.hide()
            self.ended.emit()

    def _act(self, book: Book) -> Changes:
        day, decision, name = self._day or self.session.today(), self.decision.text(), self.name.text()
        ids = [branch.unit.id for branch in self._units]
        parent_id = self.parent_unit.value() or None
        match self._kind:
            case UnitAct.FOUND:
                book.units.found(
                    name, day, type=self.type.value() or "", parent_id=parent_id, decision=decision
                )
            case UnitAct.CHANGE:
                book.units.change(ids[0], day, name=name, type=self.type.value() or "", decision=decision)
            case UnitAct.MOVE:
                book.units.move(ids[0], parent_id, day, decision=decision)
            case UnitAct.MERGE:
                into = self.into.value() or None
                book.units.merge(ids, day, into=into, name=name, decision=decision)
            case UnitAct.SPLIT:
                book.units.split(ids[0], name.split(";"), day, decision=decision)
            case _:
                book.units.close(ids[0], day, decision=decision)
        return Changes.INBOX | Changes.ORGANISATION

    def _leave(self) -> None:
        self.keeper.leave()
        self.ended.emit()

    def _typed(self) -> dict[str, str]:
        return {"name": self.name.text(), "decision": self.decision.text()}

    def _show_typed(self, typed: Mapping[str, str]) -> None:
        for field in (self.name, self.decision):
            # What waits to be kept would else stay in its field.
            field.flush()
        self.name.show_text(typed.get("name", ""))
        self.decision.show_text(typed.get("decision", ""))

    def _take_day(self, day: date | None) -> None:
        self._day = day

    def _told_into(self) -> None:
        """Show in which field the new name stands: a unit that stands on may keep its own."""
        new = self._kind is not UnitAct.MERGE or not self.into.value()
        say = self.session.words.gettext
        self.name.setPlaceholderText("" if new else say(N_("as it is called now")))
