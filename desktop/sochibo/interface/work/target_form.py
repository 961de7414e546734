"""The form of one target: what it is about, how much is asked, and an actual value entered by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.typed_fields import NumberField, tell_beside
from sochibo.messages import N_
from sochibo.rules.work.targets import COMPARISON_LABELS, INDICATORS, MEASURE_LABELS, Comparison, Measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.book.work.targets import TargetLine
    from sochibo.interface.session import Session
    from sochibo.rules.work.targets import Target

__all__ = ["TargetForm"]

_MOST = 999_999
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?:\D|$))")
_VALUE = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?%?")


class TargetForm(Card):
    """Every field saves itself; a value by hand counts before what the book counts."""

    def __init__(self, session: Session, save: Callable[[Target], bool]) -> None:
        super().__init__(session.theme)
        self.session = session
        self._save = save
        self._target: Target | None = None
        say, theme = session.words.gettext, session.theme
        self.indicator: ChoiceField[str] = ChoiceField(
            theme,
            say(N_("What is counted")),
            [
                ("", say(N_("something of one's own"))),
                *((one.id, say(one.label)) for one in INDICATORS.values()),
            ],
            self._take_indicator,
        )
        self.own = LineField(say(N_("In words")), lambda text: self._change(indicator=text))
        self.comparison: ChoiceField[Comparison] = ChoiceField(
            theme,
            say(N_("How much")),
            [(value, say(text)) for value, text in COMPARISON_LABELS.items()],
            lambda value: self._change(comparison=value),
        )
        self.value = LineField(say(N_("Value asked")), self._take_value)
        self.measure: ChoiceField[Measure] = ChoiceField(
            theme,
            say(N_("Measured in")),
            [(value, say(text)) for value, text in MEASURE_LABELS.items()],
            lambda value: self._change(measure=value),
        )
        self._make_result()
        self._lay_out()

    def _make_result(self) -> None:
        """Make the fields of what was reached, and where the target comes from."""
        say, theme = self.session.words.gettext, self.session.theme
        self.numerator = NumberField(say(N_("Reached, by hand")), self._take_by_hand, _MOST)
        self.denominator = NumberField(say(N_("Of how many")), self._take_by_hand, _MOST)
        self.source = LineField(say(N_("Source")), lambda text: self._change(source=text))
        self.note = LineField(say(N_("Note")), lambda text: self._change(note=text))
        self._value = LabelledField(theme, say(N_("Value asked")), self.value)

    def _lay_out(self) -> None:
        say, theme = self.session.words.gettext, self.session.theme
        form = FormGrid(theme, columns=4, least=180)
        fields: tuple[tuple[str, QWidget], ...] = (
            (N_("What is counted"), self.indicator),
            (N_("In words"), self.own),
            (N_("How much"), self.comparison),
            (N_("Value asked"), self._value),
            (N_("Measured in"), self.measure),
            (N_("Reached, by hand"), self.numerator),
            (N_("Of how many"), self.denominator),
            (N_("Source"), self.source),
            (N_("Note"), self.note),
        )
        most = self.session.words.sentence(
            N_("Please write a whole number from 0 to {most}."), {"most": _MOST}
        )
        for text, field in fields:
            labelled = field if field is self._value else LabelledField(theme, say(text), field)
            form.add(tell_beside(labelled, most) if isinstance(labelled, LabelledField) else labelled)
        self.told = label("", "hint", wrap=True)
        inside = QVBoxLayout()
        inside.addWidget(form)
        inside.addWidget(self.told)
        self.body.addLayout(inside)
        self.first = self.indicator

    def show_target(self, line: TargetLine) -> None:
        """Show one target."""
        target = line.target
        if self._target is not None and self._target.id != target.id:
            self._flush()
        self._target = target
        known = target.indicator in INDICATORS
        self.indicator.show_value(target.indicator if known else "")
        self.own.show_text("" if known else target.indicator)
        self.own.setEnabled(not known)
        self.comparison.show_value(target.comparison)
        value = target.value / 10**target.decimals if target.decimals else target.value
        self.value.show_text(self.session.words.number(value))
        self._value.show_trouble("")
        self.measure.show_value(target.measure)
        self.measure.setEnabled(not known)
        self.numerator.show_number(target.numerator)
        self.denominator.show_number(target.denominator)
        self.denominator.setEnabled(target.measure is Measure.PERCENT)
        self.source.show_text(target.source)
        self.note.show_text(target.note)
        said = N_("Counted by the book itself.") if line.computed else N_("Counted by hand, or not yet.")
        self.told.setText(self.session.words.gettext(said))

    def _flush(self) -> None:
        """Write what was typed of the target before another takes its place."""
        for field in (self.own, self.value, self.numerator, self.denominator, self.source, self.note):
            field.flush()

    def _take_indicator(self, chosen: str) -> None:
        if chosen:
            self._change(indicator=chosen, measure=INDICATORS[chosen].measure)
        elif self._target is not None and self._target.indicator in INDICATORS:
            self.own.setEnabled(True)
            self.own.setFocus()

    def _take_value(self, text: str) -> None:
        found = _VALUE.fullmatch(_THOUSANDS.sub("", text.replace(" ", "")))
        if found is None:
            said = N_("Please write a number such as 95 or 98.5.")
            self._value.show_trouble(self.session.words.gettext(said))
            return
        part = found[2] or ""
        self._change(value=int(found[1] + part), decimals=len(part))

    def _take_by_hand(self, _number: int | None) -> None:
        """Write what was reached; a rate only when both of its numbers are there."""
        reached, whole = (int(field.text() or 0) for field in (self.numerator, self.denominator))
        by_hand = bool(self.numerator.text())
        if self._target is None or (by_hand and self._target.measure is Measure.PERCENT and not whole):
            return
        self._change(numerator=reached if by_hand else None, denominator=whole if by_hand and whole else None)

    def _change(self, **changes: Any) -> None:  # noqa: ANN401 - of any field
        if self._target is not None:
            self._save(replace(self._target, **changes))
