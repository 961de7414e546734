"""Correction of closed minutes: why, and what was corrected before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.draft_keeper import keep_draft
from sochibo.interface.parts.fields import EntryLine, LabelledField
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.interface.meetings.steps.desk import Desk

__all__ = ["CorrectionPart"]


class CorrectionPart(QWidget):
    """A button that asks for the reason, and one line for every correction made."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        say = desk.words.gettext
        self.made = label("", "soft", wrap=True)
        self.open = ActButton(desk.theme, say(N_("Correct the minutes")), icon="pen-line", kind="second")
        self.open.setCheckable(True)
        self.open.toggled.connect(self._show_form)
        self.reason = EntryLine(say(N_("Why are they corrected?")), self._keep_reason)
        self.reason.entered.connect(self.begin)
        hint = say(N_("The closed minutes stay; closing again makes new ones that print this reason."))
        self.begin_button = ActButton(desk.theme, say(N_("Open for correction")), kind="primary")
        self.begin_button.clicked.connect(self.begin)
        self.form = Card(desk.theme, "note")
        self.form.body.addWidget(LabelledField(desk.theme, self.reason.accessibleName(), self.reason, hint))
        self.form.body.addLayout(row(self.begin_button, None))
        self.form.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.px(8))
        column.addWidget(self.made)
        column.addLayout(row(self.open, None))
        column.addWidget(self.form)

    def reload(self) -> None:
        """Show what was corrected, and the button where the minutes are closed."""
        desk, words = self._desk, self._desk.words
        lines = [
            words.sentence(
                N_("{day}, {who} corrected No. {number}: {reason}"),
                {"day": one.on, "who": one.by or "–", "number": one.number, "reason": one.reason},
            )
            for one in desk.file.corrections
        ]
        self.made.setText("\n".join(lines))
        self.made.setVisible(bool(lines))
        may = desk.closed and not desk.gone and not desk.session.book.read_only
        self.open.setVisible(may)
        if not may:
            self.open.setChecked(False)

    def begin(self) -> None:
        """Open the minutes; the book says so where the reason is missing."""
        desk, reason = self._desk, self.reason.text()
        meeting_id, today = desk.meeting_id, desk.session.today()

        def correct(book: Book) -> Changes:
            return book.meetings.correct(meeting_id, reason, on=today)

        if desk.session.run(correct, self):
            self.reason.clear()
            self.reason.flush()

    def flush(self) -> None:
        """Keep a reason that is typed while nothing is opened for it yet."""
        self.reason.flush()

    def _keep_reason(self, text: str) -> None:
        keep_draft(self._desk.session, f"correction:{self._desk.meeting_id}", {"reason": text})

    def _show_form(self, shown: bool) -> None:  # noqa: FBT001 - a signal's one argument
        draft = self._desk.session.book.drafts.of(f"correction:{self._desk.meeting_id}")
        if shown and draft is not None:
            self.reason.show_text(draft.values.get("reason", ""))
        self.form.setVisible(shown)
        if shown:
            self.reason.setFocus()
