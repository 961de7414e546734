"""Fields of a rating, made from a short list of what they hold; each saves itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Any

from sochibo.faults import Severity
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField, TextField, TickField
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.typed_fields import DateField, NumberField
from sochibo.interface.ratings.rating_words import level_word, points_text, read_points
from sochibo.messages import N_
from sochibo.rules.ratings.ratings import LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from sochibo.faults import Finding
    from sochibo.interface.session import Session

__all__ = ["FieldKind", "FieldSpec", "RatingFields"]

_PERCENT = 100


class FieldKind(Enum):
    """What a field holds."""

    LEVEL = auto()
    POINTS = auto()
    NUMBER = auto()
    PERCENT = auto()
    YES_NO = auto()
    TICK = auto()
    LINE = auto()
    TEXT = auto()
    DAY = auto()
    CHOICE = auto()


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: the name in the record, its label and what it holds; `choices` where it is a choice."""

    name: str
    label: str
    kind: FieldKind
    hint: str = ""
    choices: tuple[tuple[Any, str], ...] = ()
    wide: bool = False


class RatingFields(FormGrid):
    """Shows a record, hands back what was changed, and says beside a field what a rule says of it."""

    def __init__(
        self,
        session: Session,
        specs: Sequence[FieldSpec],
        save: Callable[[str, Any], object],
        *,
        least: int = 200,
        columns: int = 3,
    ) -> None:
        """`save` is called with the name of a field and its new value."""
        super().__init__(session.theme, columns=columns, least=least)
        self.session = session
        self._save = save
        self._kinds = {spec.name: spec.kind for spec in specs}
        self.fields: dict[str, QWidget] = {}
        self.labelled: dict[str, LabelledField] = {}
        for spec in specs:
            self._add(spec)

    def show_record(self, record: object) -> None:
        """Show what the book holds."""
        for name, field in self.fields.items():
            value = getattr(record, name)
            match field:
                case TickField():
                    field.show_value(value=bool(value))
                case ChoiceField():
                    field.show_value(value)
                case DateField():
                    field.show_day(value)
                case NumberField():
                    field.show_number(value)
                case LineField() if self._kinds[name] is FieldKind.POINTS:
                    field.show_text(points_text(value, self.session.words))
                case LineField() | TextField():
                    field.show_text(value)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say beside each field what is wrong or missing in it."""
        for name, labelled in self.labelled.items():
            mine = [one for one in findings if one.place == name]
            grave = any(one.severity is Severity.RED for one in mine)
            text = " ".join(one.say(self.session.words) for one in mine)
            labelled.show_trouble(text, "wrong" if grave else "advice")

    def lock(self, *, locked: bool) -> None:
        """Let nothing be changed."""
        for field in self.fields.values():
            field.setEnabled(not locked)

    def _add(self, spec: FieldSpec) -> None:
        say, save = self.session.words.gettext, partial(self._save, spec.name)
        text = say(spec.label)
        if spec.kind is FieldKind.TICK:
            tick = TickField(self.session.theme, text, save)
            self.fields[spec.name] = tick
            self.add(tick)
            return
        field = self._make(spec, text, save)
        labelled = LabelledField(self.session.theme, text, field, say(spec.hint) if spec.hint else "")
        self.fields[spec.name], self.labelled[spec.name] = field, labelled
        self.add(labelled, wide=spec.wide or spec.kind is FieldKind.TEXT)

    def _make(self, spec: FieldSpec, text: str, save: Callable[[Any], object]) -> QWidget:
        session = self.session
        match spec.kind:
            case FieldKind.LEVEL | FieldKind.YES_NO | FieldKind.CHOICE:
                return ChoiceField(session.theme, text, self._choices(spec), save)
            case FieldKind.NUMBER | FieldKind.PERCENT:
                most = _PERCENT if spec.kind is FieldKind.PERCENT else 9999
                return NumberField(text, save, most, partial(self._tell_number, spec.name, most))
            case FieldKind.POINTS:
                return LineField(text, partial(self._take_points, spec.name))
            case FieldKind.DAY:
                return DateField(text, save, session.today, partial(self._tell_day, spec.name))
            case FieldKind.TEXT:
                return TextField(session.theme, text, save, lines=2)
            case _:
                return LineField(text, save)

    def _choices(self, spec: FieldSpec) -> list[tuple[Any, str]]:
        words = self.session.words
        if spec.kind is FieldKind.LEVEL:
            return [(None, "–"), *((level, level_word(level, words)) for level in LEVELS)]
        if spec.kind is FieldKind.YES_NO:
            return [(None, "–"), (True, words.gettext(N_("Yes"))), (False, words.gettext(N_("No")))]
        return [(value, words.gettext(said)) for value, said in spec.choices]

    def _take_points(self, name: str, text: str) -> None:
        tenths = read_points(text) if text else None
        if text and tenths is None:
            said = self.session.words.gettext(N_("Please write points such as 29 or 64.5."))
            self.labelled[name].show_trouble(said)
            return
        self._save(name, tenths)

    def _tell_number(self, name: str, most: int, readable: bool) -> None:  # noqa: FBT001 - as the field calls it
        said = self.session.words.sentence(
            N_("Please write a whole number from 0 to {most}."), {"most": most}
        )
        self.labelled[name].show_trouble("" if readable else said)

    def _tell_day(self, name: str, readable: bool) -> None:  # noqa: FBT001 - as above
        said = self.session.words.gettext(N_("Please write a day such as 31/12/2026."))
        self.labelled[name].show_trouble("" if readable else said)
