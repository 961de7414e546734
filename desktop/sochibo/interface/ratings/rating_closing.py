"""Checking, closing and reopening a review, and the meeting at which it was held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from sochibo.faults import Severity
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField
from sochibo.interface.parts.finding_list import FindingList, grouped
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.typed_fields import DateField, NumberField, tell_beside
from sochibo.interface.ratings.rating_panel import RatingPanel
from sochibo.interface.ratings.rating_table import key_of
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import KIND_LABELS
from sochibo.rules.ratings.caps import CAP_BASE_LABELS, CapBase
from sochibo.rules.ratings.ratings import PERIOD_STATE_LABELS, ReviewState

if TYPE_CHECKING:
    from typing import Any

    from PySide6.QtWidgets import QWidget

    from sochibo.faults import Finding
    from sochibo.interface.session import Session

__all__ = ["RatingClosingPanel"]

_WHOLE = 100


class RatingClosingPanel(RatingPanel):
    """What must be mended before closing, what is fixed for the whole review, and the way back."""

    name: ClassVar[str] = N_("Check and close")
    help_name: ClassVar[str] = "rating_closing"

    def __init__(self, session: Session, period_id: str) -> None:
        super().__init__(session, period_id)
        self._people: dict[str, str] = {}
        say, theme = self.words.gettext, self.theme
        self.headline = label("", "strong", wrap=True)
        self.findings = FindingList(session, self._where)
        self.findings.jumped.connect(self._jump)
        self.close_button = ActButton(theme, say(N_("Close the review")), icon="lock", kind="primary")
        self.close_button.clicked.connect(self.close_review)
        self.sent_button = ActButton(theme, say(N_("The papers were sent up")), icon="check", kind="second")
        self.sent_button.clicked.connect(self.mark_sent)
        self.reason = LineField(say(N_("Why it is opened again")), bool)
        self._reason = LabelledField(theme, say(N_("Why it is opened again")), self.reason)
        self.reopen_button = ActButton(theme, say(N_("Open again")), icon="undo-2", kind="second")
        self.reopen_button.clicked.connect(self.reopen)
        self.column.addWidget(self.headline)
        self.column.addWidget(self._reason)
        self.column.addWidget(flow(self.close_button, self.sent_button, self.reopen_button))
        self.column.addWidget(self._make_settings())
        self.column.addWidget(self.findings)
        self.column.addStretch(1)

    def _make_settings(self) -> Card:
        say, theme = self.words.gettext, self.theme
        self.meeting: ChoiceField[str | None] = ChoiceField(
            theme, say(N_("Review meeting")), [], lambda chosen: self._change(meeting_id=chosen)
        )
        self.closing_on = DateField(say(N_("Closing day")), self._change_day, self.session.today)
        self.percent = NumberField(say(N_("Cap on excellent, %")), self._change_percent, _WHOLE)
        self.base: ChoiceField[CapBase] = ChoiceField(
            theme,
            say(N_("The cap is a share of")),
            [(base, say(text)) for base, text in CAP_BASE_LABELS.items()],
            lambda base: self._change_cap(base=base),
        )
        self.cap_note = LineField(say(N_("Ground for going above")), lambda text: self._change_cap(note=text))
        troubles: dict[QWidget, str] = {
            self.closing_on: say(N_("Please write a day such as 31/12/2026.")),
            self.percent: self.words.sentence(
                N_("Please write a whole number from 0 to {most}."), {"most": _WHOLE}
            ),
        }
        form = FormGrid(theme, columns=3, least=220)
        for text, field, hint in (
            (N_("Review meeting"), self.meeting, N_("its minutes tell who came")),
            (N_("Closing day"), self.closing_on, N_("the members of this day are rated")),
            (N_("Cap on excellent, %"), self.percent, N_("25 needs the document that grants it")),
            (N_("The cap is a share of"), self.base, ""),
            (N_("Ground for going above"), self.cap_note, N_("document or reason; it is printed")),
        ):
            labelled = LabelledField(theme, say(text), field, say(hint) if hint else "")
            form.add(tell_beside(labelled, troubles.get(field, "")))
        card = Card(theme)
        card.body.addLayout(row(label(say(N_("The whole review")), "title"), None))
        card.body.addWidget(form)
        return card

    def reload(self) -> None:
        """Show what is wrong, and what can be done now."""
        words, ratings = self.words, self.session.book.ratings
        period = ratings.period(self.period_id)
        self._people = {line.name: key_of(line) for line in ratings.lines(self.period_id)}
        findings = () if period.locked else grouped(tuple(map(self._placed, ratings.check(self.period_id))))
        red = sum(finding.severity is Severity.RED for finding in findings)
        self.findings.show_findings(findings)
        self.headline.setText(self._headline(period.state, red))
        free = not self.session.book.read_only
        self.close_button.setVisible(not period.locked)
        self.close_button.setEnabled(free and not red)
        self.sent_button.setVisible(period.state is ReviewState.CLOSED and free)
        for part in (self._reason, self.reopen_button):
            part.setVisible(period.locked and free)
        self._show_settings(locked=period.locked or not free)
        self.closing_on.show_day(period.closing_on)
        cap = ratings.rules(self.period_id).cap
        self.percent.show_number(cap.percent)
        self.base.show_value(cap.base)
        self.cap_note.show_text(cap.note)
        choices: list[tuple[str | None, str]] = [(None, words.gettext(N_("none named yet")))]
        for meeting in self.session.book.meetings.within(
            date(period.year, 10, 1), date(period.year + 1, 3, 31)
        ):
            said = f"{words.gettext(KIND_LABELS[meeting.kind])} {words.date(meeting.on)}"
            choices.append((meeting.id, said))
        self.meeting.change_choices(choices)
        self.meeting.show_value(period.meeting_id)

    def _placed(self, finding: Finding) -> Finding:
        """Put the member that a finding names before its field: both together are a place to go to."""
        member_id = self._people.get(str(finding.fields.get("name", "")))
        return replace(finding, place=f"{member_id}.{finding.place}") if member_id else finding

    def _where(self, place: str) -> str:
        """Name where a finding is mended: with the member, or at the ballots."""
        who = place.partition(".")[0]
        if place.startswith("ballot"):
            return self.words.gettext(N_("Ballots and votes"))
        return next((name for name, member_id in self._people.items() if member_id == who), "")

    def _jump(self, place: str) -> None:
        if place.startswith("ballot"):
            self.wanted.emit("ballots")
        else:
            self.session.go(f"rating:{self.period_id}.{place.partition('.')[0]}")

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the panel."""
        return (KeyHint("Esc", self.words.gettext(N_("to the list"))),)

    def first_focus(self) -> QWidget:
        """Begin with what is next."""
        if self.reason.isVisibleTo(self):
            return self.reason
        return self.close_button if self.close_button.isEnabled() else self.meeting

    def close_review(self) -> None:
        """Close the review: everybody on the list is written down."""
        if self.session.run(lambda book: book.ratings.close(self.period_id), self):
            self.sent_button.setFocus()

    def mark_sent(self) -> None:
        """Note that the papers went up."""
        self.session.run(lambda book: book.ratings.mark_sent(self.period_id), self)

    def reopen(self) -> None:
        """Open a closed review again, with the reason."""
        reason = self.reason.text()
        if self.session.run(lambda book: book.ratings.reopen(self.period_id, reason), self):
            self.reason.clear()
            self.close_button.setFocus()

    def _headline(self, state: ReviewState, red: int) -> str:
        words = self.words
        if state in {ReviewState.CLOSED, ReviewState.SENT}:
            said = N_("{state}. Levels decided above can still be entered; everything else is a correction.")
            return words.sentence(said, {"state": words.gettext(PERIOD_STATE_LABELS[state])})
        if red:
            return words.ngettext(
                "{n} thing to mend before closing", "{n} things to mend before closing", red
            ).format(n=red)
        return words.gettext(N_("Everything is entered: the review can be closed."))

    def _show_settings(self, *, locked: bool) -> None:
        for field in (self.meeting, self.closing_on, self.percent, self.base, self.cap_note):
            field.setEnabled(not locked)

    def _change(self, **changes: Any) -> None:  # noqa: ANN401 - of any field
        period = replace(self.session.book.ratings.period(self.period_id), **changes)
        if not self.session.run(lambda book: book.ratings.change_period(period), self):
            self.reload()

    def _change_day(self, day: date | None) -> None:
        if day is not None:
            self._change(closing_on=day)

    def _change_percent(self, percent: int | None) -> None:
        if percent is not None:
            self._change_cap(percent=percent)

    def _change_cap(self, **changes: Any) -> None:  # noqa: ANN401 - of any field
        cap = replace(self.session.book.ratings.rules(self.period_id).cap, **changes)
        if not self.session.run(lambda book: book.ratings.set_cap(self.period_id, cap), self):
            self.reload()
