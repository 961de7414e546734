"""EntryForm: the fields of one record that is written whole by its button, since half of it is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from sochibo.interface.parts.fields import ChoiceField, LabelledField
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.typed_fields import read_day
from sochibo.messages import N_
from sochibo.rules.dates import PartialDate, Precision, parse_partial
from sochibo.rules.members.registers import FieldKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sochibo.faults import Finding
    from sochibo.interface.session import Session
    from sochibo.rules.members.registers import Field

__all__ = ["EntryForm"]

_HINTS: Final = {
    FieldKind.PARTIAL: N_("day, month or year"),
    FieldKind.DAY: N_("day, such as 3/11/2026"),
    FieldKind.MONTH: N_("month, such as 10/2026"),
    FieldKind.YEAR: N_("year, such as 2026"),
}
_TROUBLES: Final = {
    FieldKind.PARTIAL: N_("Please write a date such as 3/11/1961, 11/1961 or 1961."),
    FieldKind.DAY: N_("Please write a day such as 3/11/2026."),
    FieldKind.MONTH: N_("Please write a month such as 10/2026."),
    FieldKind.YEAR: N_("Please write a year such as 2026."),
    FieldKind.NUMBER: N_("Please write a whole number."),
}
_CHOSEN: Final = frozenset({FieldKind.CHOICE, FieldKind.MEMBER, FieldKind.GROUP})


class EntryForm(QWidget):
    """Declared fields in two columns; values go in and out as the book keeps them (`2026-11-03`)."""

    touched = Signal()
    """Something was typed or chosen."""

    def __init__(self, session: Session, least: int = 190) -> None:
        super().__init__()
        self.session = session
        self._least = least
        self._fields: tuple[Field, ...] = ()
        self.lines: dict[str, QLineEdit] = {}
        self.choices: dict[str, ChoiceField[str]] = {}
        self._wrapped: dict[str, LabelledField] = {}
        self._grid: FormGrid | None = None
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)

    def show_fields(
        self, fields: Sequence[Field], people: Mapping[str, str], groups: Mapping[str, str] | None = None
    ) -> None:
        """Offer these fields, keeping what was typed in those that stay; `people` and `groups` by id."""
        kept = {**{name: line.text() for name, line in self.lines.items()}}
        chosen = {name: choice.value() for name, choice in self.choices.items()}
        if self._grid is not None:
            self._grid.hide()
            self._inside.removeWidget(self._grid)
            self._grid.deleteLater()
        self._fields = tuple(fields)
        self.lines, self.choices, self._wrapped = {}, {}, {}
        self._grid = FormGrid(self.session.theme, least=self._least)
        self._inside.addWidget(self._grid)
        for field in fields:
            made = self._make(field, people, groups or {})
            label = self.session.words.gettext(field.label)
            hint = self.session.words.gettext(_HINTS.get(field.kind, ""))
            self._wrapped[field.name] = LabelledField(self.session.theme, label, made, hint)
            self._grid.add(self._wrapped[field.name], wide=field.wide)
            if field.name in kept and field.name in self.lines:
                self.lines[field.name].setText(kept[field.name])
            value = chosen.get(field.name)
            if value is not None and field.name in self.choices:
                self.choices[field.name].show_value(value)
        self._grid.show()

    def show_values(self, values: Mapping[str, str]) -> None:
        """Show what the book holds, empty where it holds nothing."""
        for field in self._fields:
            value = values.get(field.name, "")
            if field.name in self.choices:
                self.choices[field.name].show_value(value)
            else:
                dated = field.kind in {FieldKind.DAY, FieldKind.PARTIAL, FieldKind.MONTH}
                shown = PartialDate(value).vietnamese() if dated and value else value
                self.lines[field.name].setText(shown)
        self.tell(())

    def typed(self) -> dict[str, str]:
        """Return every field as it was typed, readable or not: what a draft keeps."""
        chosen = {name: choice.value() or "" for name, choice in self.choices.items()}
        return {**{name: line.text() for name, line in self.lines.items()}, **chosen}

    def show_typed(self, typed: Mapping[str, str]) -> None:
        """Show fields as they were typed; those that a draft does not name stay."""
        for name, text in typed.items():
            if name in self.lines:
                self.lines[name].setText(text)
            elif name in self.choices:
                self.choices[name].show_value(text)
        self.tell(())

    def values(self) -> dict[str, str] | None:
        """Return what was typed; None where something cannot be read, which is then told beside it."""
        found: dict[str, str] = {}
        wrong = None
        for field in self._fields:
            if field.name in self.choices:
                found[field.name] = self.choices[field.name].value() or ""
                continue
            text = self.lines[field.name].text().strip()
            value = self._read(field.kind, text) if text else ""
            readable = value is not None
            said = "" if readable else self.session.words.gettext(_TROUBLES[field.kind])
            self._wrapped[field.name].show_trouble(said)
            found[field.name] = value or ""
            if not readable and wrong is None:
                wrong = self.lines[field.name]
        if wrong is not None:
            wrong.setFocus()
            return None
        return found

    def tell(self, findings: Sequence[Finding]) -> None:
        """Say what a rule has to say at its field; the first one gets the keyboard."""
        by_place = {finding.place: finding for finding in reversed(findings)}
        for name, wrapped in self._wrapped.items():
            finding = by_place.get(name)
            wrapped.show_trouble(finding.say(self.session.words) if finding else "")
        for finding in findings:
            if finding.place in self._wrapped:
                self._wrapped[finding.place].field.setFocus()
                return

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        for field in self._fields:
            self._wrapped[field.name].field.setFocus()
            return

    def clear(self) -> None:
        """Empty every field."""
        self.show_values({})

    def _make(self, field: Field, people: Mapping[str, str], groups: Mapping[str, str]) -> QWidget:
        say = self.session.words.gettext
        if field.kind not in _CHOSEN:
            line = QLineEdit()
            line.setAccessibleName(say(field.label))
            line.textChanged.connect(self.touched)
            self.lines[field.name] = line
            return line
        if field.kind is FieldKind.CHOICE:
            offered = [
                (value, _words(say(text), value, text)) for value, text in (field.choices or {}).items()
            ]
        else:
            offered = list((people if field.kind is FieldKind.MEMBER else groups).items())
        if not field.needed:
            offered.insert(0, ("", "–"))
        choice: ChoiceField[str] = ChoiceField(
            self.session.theme, say(field.label), offered, lambda _value: self.touched.emit()
        )
        self.choices[field.name] = choice
        return choice

    def _read(self, kind: FieldKind, text: str) -> str | None:
        """Read a text as its kind of field is kept; None where it means nothing."""
        if kind is FieldKind.TEXT:
            return text
        if kind is FieldKind.NUMBER:
            return str(int(text)) if text.isascii() and text.isdigit() else None
        if kind is FieldKind.DAY:
            day: date | None = read_day(text, self.session.today())
            return day.isoformat() if day else None
        when = parse_partial(text)
        wanted = {FieldKind.MONTH: Precision.MONTH, FieldKind.YEAR: Precision.YEAR}.get(kind)
        return when.iso if when is not None and wanted in {None, when.precision} else None


def _words(translated: str, value: str, text: str) -> str:
    """Return the words of a choice; a bare number (the years of a badge) stands for itself."""
    return value if value == text else translated
