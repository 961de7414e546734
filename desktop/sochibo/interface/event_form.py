"""The small form that records an event of a Party life."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from sochibo.interface.blocks import row
from sochibo.interface.fields import ChoiceField, LabelledField
from sochibo.interface.form import FormGrid
from sochibo.interface.icons import ActButton
from sochibo.messages import N_
from sochibo.rules.dates import parse_partial
from sochibo.rules.members import EVENT_LABELS, EventKind

if TYPE_CHECKING:
    from sochibo.interface.session import Session

__all__ = ["EventForm"]

_WITH_END = {
    EventKind.TEMPORARY_IN,
    EventKind.TEMPORARY_OUT,
    EventKind.TEMPORARY_EXEMPTION,
    EventKind.EXEMPTION,
    EventKind.SUSPENSION,
    EventKind.SPECIAL_DUTY,
}


class EventForm(QWidget):
    """Folded until wanted; what is typed is recorded whole by its button, since half an event is none."""

    def __init__(self, session: Session, member_id: str) -> None:
        super().__init__()
        self.session = session
        self.member_id = member_id
        theme, say = session.theme, session.words.gettext
        self.unfold = ActButton(theme, say(N_("Add event")), icon="plus", kind="second")
        self.unfold.clicked.connect(self._open)
        self.kind: ChoiceField[EventKind] = ChoiceField(
            theme,
            say(N_("What happened")),
            [(kind, say(text)) for kind, text in EVENT_LABELS.items()],
            lambda _kind: self._show_end(),
        )
        self.on, self.until, self.decision = QLineEdit(), QLineEdit(), QLineEdit()
        self._when = LabelledField(theme, say(N_("On")), self.on, say(N_("day, month or year")))
        self._until = LabelledField(theme, say(N_("Until, if known")), self.until)
        self.on.setAccessibleName(say(N_("On")))
        self.until.setAccessibleName(say(N_("Until, if known")))
        self.decision.setAccessibleName(say(N_("Decision, number")))
        self._form = FormGrid(theme, least=170)
        self._form.add(LabelledField(theme, say(N_("What happened")), self.kind), wide=True)
        for field in (self._when, self._until):
            self._form.add(field)
        self._form.add(LabelledField(theme, say(N_("Decision, number")), self.decision), wide=True)
        self.record_button = ActButton(theme, say(N_("Record")), icon="check", kind="primary")
        self.record_button.clicked.connect(self.record)
        leave = ActButton(theme, say(N_("Not now")))
        leave.clicked.connect(self.fold)
        self._acts = QWidget()
        self._acts.setLayout(row(self.record_button, leave, None))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(row(self.unfold, None))
        inside.addWidget(self._form)
        inside.addWidget(self._acts)
        self.fold()

    def fold(self) -> None:
        """Put the form away."""
        self._form.hide()
        self._acts.hide()
        self.unfold.show()

    def record(self) -> None:
        """Record the event; a date that cannot be read is told beside it."""
        dates = []
        for field, wrapped in ((self.on, self._when), (self.until, self._until)):
            text = field.text().strip()
            read = parse_partial(text) if text else None
            if text and read is None:
                said = N_("Please write a date such as 3/11/1961, 11/1961 or 1961.")
                wrapped.show_trouble(self.session.words.gettext(said))
                field.setFocus()
                return
            wrapped.show_trouble("")
            dates.append(read)
        kind = self.kind.value() or EventKind.ADMISSION
        decision, (on, until) = self.decision.text().strip(), dates
        if self.session.run(
            lambda book: book.members.record_event(self.member_id, kind, on, until=until, decision=decision),
            self,
        ):
            for line in (self.on, self.until, self.decision):
                line.clear()
            self.fold()
            self.unfold.setFocus()

    def _open(self) -> None:
        self._form.show()
        self._acts.show()
        self.unfold.hide()
        self._show_end()
        self.kind.setFocus()

    def _show_end(self) -> None:
        self._until.setVisible(self.kind.value() in _WITH_END)
