"""The form that records an event of a Party life, with the fields and papers of its kind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.faults import Refused, Severity
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import label, row
from sochibo.interface.parts.draft_keeper import DraftKeeper, say_draft
from sochibo.interface.parts.entry_form import EntryForm
from sochibo.interface.parts.fields import ChoiceField, LabelledField
from sochibo.messages import N_
from sochibo.rules.dates import Month, PartialDate
from sochibo.rules.meetings.meetings import KIND_LABELS
from sochibo.rules.members.member_rules import form_of
from sochibo.rules.members.members import EVENT_LABELS, EventKind, MemberEvent
from sochibo.rules.members.registers import Field, FieldKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QLineEdit

    from sochibo.interface.session import Session

__all__ = ["EventForm", "event_values"]

_ON: Final = Field("on", N_("On"), FieldKind.PARTIAL)
_FIELDS: Final = {
    "until": (Field("until", N_("Until, if known"), FieldKind.PARTIAL),),
    "decided_on": (Field("decided_on", N_("Decision of (day)"), FieldKind.DAY),),
    "decided_by": (Field("decided_by", N_("Decided by")),),
    "resolved_on": (Field("resolved_on", N_("Resolution of the cell (day)"), FieldKind.DAY),),
    "votes": (
        Field("vote_base", N_("Official members who could vote"), FieldKind.NUMBER),
        Field("in_favour", N_("In favour"), FieldKind.NUMBER),
        Field("against", N_("Against"), FieldKind.NUMBER),
    ),
    "helpers": (Field("helpers", N_("Introduced or helped by"), wide=True),),
    "certificate": (Field("certificate", N_("Number of the certificate")),),
    "reason": (Field("reason", N_("Reason"), wide=True),),
    "other_organisation": (Field("other_organisation", N_("From or to which organisation"), wide=True),),
    "fees_paid_until": (Field("fees_paid_until", N_("Fees paid until"), FieldKind.MONTH),),
    "former_name": (Field("former_name", N_("Former name")),),
    "notified_on": (Field("notified_on", N_("Slip to the committee (day)"), FieldKind.DAY),),
}
_DAYS: Final = frozenset({"decided_on", "resolved_on", "notified_on"})
_NUMBERS: Final = frozenset({"vote_base", "in_favour", "against"})
_DATES: Final = frozenset({"on", "until"})
_BEHIND: Final = timedelta(days=366)


class EventForm(QWidget):
    """Folded until wanted; opens empty for a new event, or filled for one that is changed."""

    def __init__(self, session: Session, member_id: str) -> None:
        super().__init__()
        self.session = session
        self.member_id = member_id
        self._changed: MemberEvent | None = None
        self._told: tuple[str, ...] = ()
        theme, say = session.theme, session.words.gettext
        self.unfold = ActButton(theme, say(N_("Add event")), icon="plus", kind="second")
        self.unfold.clicked.connect(self._open)
        self.kind: ChoiceField[EventKind] = ChoiceField(
            theme,
            say(N_("What happened")),
            [(kind, say(text)) for kind, text in EVENT_LABELS.items()],
            lambda _kind: self._change_kind(),
        )
        self.entry = EntryForm(session)
        self.keeper = DraftKeeper(session, self._typed_now, self._show_typed)
        self.entry.touched.connect(self.keeper.touch)
        self.papers = label("", "soft", wrap=True)
        self.advice = label("", "advice", wrap=True)
        self.record_button = ActButton(theme, say(N_("Record")), icon="check", kind="primary")
        self.record_button.clicked.connect(self.record)
        leave = ActButton(theme, say(N_("Not now")))
        leave.clicked.connect(self.fold)
        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(LabelledField(theme, say(N_("What happened")), self.kind))
        for part in (self.keeper, self.entry, self.papers, self.advice):
            body.addWidget(part)
        body.addLayout(row(self.record_button, leave, None))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(row(self.unfold, None))
        inside.addWidget(self._body)
        self._show_fields()
        self.fold()

    @property
    def on(self) -> QLineEdit:
        """Return the line of the day."""
        return self.entry.lines["on"]

    def fold(self) -> None:
        """Put the form away; what is typed and not recorded is offered when it is opened again."""
        self.keeper.leave()
        self._changed = None
        self._body.hide()
        draft = self.session.book.drafts.of(self._place())
        self.unfold.say(self.session.words.gettext(N_("Go on with the event") if draft else N_("Add event")))
        self.unfold.setToolTip(say_draft(self.session, draft) if draft else "")
        self.unfold.show()

    def change(self, event: MemberEvent) -> None:
        """Open an event that was recorded, to change it."""
        self._open()
        self.keeper.leave()
        self._changed = event
        self.kind.show_value(event.kind)
        self._show_fields()
        self.entry.show_values(event_values(event))
        self.keeper.begin(self._place())

    def record(self) -> None:
        """Record the event; what is odd is said first, and recorded when the button is pressed again."""
        values = self.entry.values()
        if values is None:
            return
        event = self._event(values)
        members = self.session.book.members
        odd = members.check_event(event)
        red = [one for one in odd if one.severity is Severity.RED]
        said = tuple(one.say(self.session.words) for one in odd)
        self.entry.tell(red or odd)
        self.advice.setText("" if red else "\n".join(said))
        self.advice.setVisible(bool(self.advice.text()))
        if red:
            return
        if said and said != self._told:
            self._told = said
            self.record_button.say(self.session.words.gettext(N_("Record all the same")))
            return
        try:
            changes = members.change_event(event) if event.id else members.record(event)
        except Refused as refused:
            self.entry.tell(refused.findings)
            self.session.complain(refused)
            return
        self.keeper.end()
        self.entry.clear()
        self.fold()
        self.unfold.setFocus()
        self.session.tell(changes, self)

    def _event(self, values: dict[str, str]) -> MemberEvent:
        """Make the event of what was typed; what its form does not ask for stays as it was."""
        made: dict[str, Any] = {name: _typed(name, value) for name, value in values.items()}
        kept: dict[str, Any] = {}
        if self._changed is not None:
            kept = {
                name: getattr(self._changed, name)
                for name in MemberEvent.__dataclass_fields__
                if name not in {"id", "member_id", "kind"}
            }
        kind = self.kind.value() or EventKind.ADMISSION
        event_id = self._changed.id if self._changed else ""
        return MemberEvent(id=event_id, member_id=self.member_id, kind=kind, **{**kept, **made})

    def _open(self) -> None:
        self._changed = None
        self.entry.clear()
        self._body.show()
        self.unfold.hide()
        self._show_fields()
        self.keeper.begin(self._place())
        self.kind.setFocus()

    def _place(self) -> str:
        """Return where the draft of this form is kept: that of a new event, or of the one that is changed."""
        return f"event:{self._changed.id if self._changed else self.member_id}"

    def _typed_now(self) -> dict[str, str]:
        return {"kind": (self.kind.value() or EventKind.ADMISSION).value, **self.entry.typed()}

    def _show_typed(self, typed: Mapping[str, str]) -> None:
        kind = typed.get("kind", "")
        if kind in {one.value for one in EventKind}:
            self.kind.show_value(EventKind(kind))
        self._show_fields()
        self.entry.show_typed(typed)

    def _change_kind(self) -> None:
        self._show_fields()
        self.keeper.touch()

    def _show_fields(self) -> None:
        say = self.session.words.gettext
        kind = self.kind.value() or EventKind.ADMISSION
        form = form_of(kind)
        asked = [field for name in form.fields for field in _FIELDS[name]]
        if "resolved_on" in form.fields:
            text = N_("Meeting that resolved it")
            asked.append(Field("meeting_id", text, FieldKind.CHOICE, choices=self._meetings()))
        self.entry.show_fields(
            [_ON, Field("decision", N_("Decision, number")), *asked, Field("note", N_("Note"), wide=True)], {}
        )
        papers = self.session.words.sentence(N_("Papers: {papers}."), {"papers": "; ".join(form.papers)})
        self.papers.setText(papers)
        self.advice.hide()
        self._told = ()
        self.record_button.say(say(N_("Record")))

    def _meetings(self) -> dict[str, str]:
        """Return the meetings of the last year, and the one that the event names already."""
        session, today = self.session, self.session.today()
        known = {one.id: one for one in session.book.meetings.within(today - _BEHIND, today)}
        named = self._changed.meeting_id if self._changed else None
        if named is not None and named not in known:
            known[named] = session.book.meetings.file(named).meeting
        newest = sorted(known.values(), key=lambda one: one.on, reverse=True)
        words = session.words
        return {one.id: f"{words.gettext(KIND_LABELS[one.kind])} {words.date(one.on)}" for one in newest}


def event_values(event: MemberEvent) -> dict[str, str]:
    """Return an event as the form keeps its values: ISO text, empty for what is not known."""
    values = {}
    for name in MemberEvent.__dataclass_fields__:
        value = getattr(event, name)
        iso = getattr(value, "iso", None)
        values[name] = "" if value is None else str(iso if iso is not None else value)
    return values


def _typed(name: str, value: str) -> PartialDate | date | Month | int | str | None:
    """Return a value as the event keeps it."""
    if name in _DATES:
        return PartialDate(value) if value else None
    if name in _DAYS:
        return date.fromisoformat(value) if value else None
    if name == "meeting_id":
        return value or None
    if name in _NUMBERS:
        return int(value) if value else None
    if name == "fees_paid_until":
        return Month.parse(value) if value else None
    return value
