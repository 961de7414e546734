"""One received file: what was found, who sealed it, and its pages beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from sochibo.book.inbox.inbox import LEVEL_LABELS, OUTCOME_LABELS, Level, Outcome
from sochibo.book.papers.period_words import say_period
from sochibo.interface.inbox.decision_bar import DecisionBar
from sochibo.interface.looks.icons import ActButton, Glyph
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.preview import Preview
from sochibo.messages import N_
from sochibo.rules.periods import PeriodKind, parse_period
from sochibo.rules.reports import REPORT_LABELS

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from sochibo.book.inbox.inbox import Submission
    from sochibo.interface.session import Session
    from sochibo.messages import Messages

__all__ = ["LEVEL_SIGNS", "SubmissionPanel", "paper_words"]

_BESIDE = 780
LEVEL_SIGNS = {
    Level.ACCEPT: (Tone.GOOD, "check"),
    Level.NOTE: (Tone.GOOD, "info"),
    Level.HOLD: (Tone.ADVICE, "triangle-alert"),
    Level.REFUSE: (Tone.WRONG, "x"),
}
OUTCOME_SIGNS = {
    Outcome.FINE: (Tone.GOOD, "check"),
    Outcome.NOTE: (Tone.GOOD, "info"),
    Outcome.HOLD: (Tone.ADVICE, "triangle-alert"),
    Outcome.REFUSE: (Tone.WRONG, "x"),
    Outcome.NOT_ASKED: (Tone.PLAIN, "minus"),
}


def paper_words(one: Submission, words: Messages) -> str:
    """Return kind and period of a file: `Monthly summary, 10/2026`, `Roll-up, Quarter 3, 2026`."""
    if one.kind is None:
        return "–"
    return f"{words.gettext(REPORT_LABELS[one.kind])}, {_period_words(one.period, words)}"


def _period_words(text: str, words: Messages) -> str:
    try:
        period = parse_period(text)
    except ValueError:  # whatever a sender wrote there, he is shown it
        return text
    if period.kind in {PeriodKind.DAY, PeriodKind.MONTH}:
        return "/".join(reversed(text.split("-")))
    return say_period(words, period)


class SubmissionPanel(QWidget):
    """All that is known about one file."""

    ended = Signal()

    def __init__(self, session: Session, one: Submission, back: str = "") -> None:
        """`back` says where leaving leads to, the inbox unless told otherwise."""
        super().__init__()
        self._session = session
        theme, words = session.theme, session.words
        leave = ActButton(theme, back or words.gettext(N_("Back to the inbox")), icon="chevron-left")
        leave.clicked.connect(self.ended)
        self.leave = leave
        tone, icon = LEVEL_SIGNS[one.verdict.level]
        card = Card(theme)
        head = row(Glyph(theme, icon, tone))
        word = f"{words.gettext(LEVEL_LABELS[one.verdict.level])} · {one.verdict.code}"
        head.addWidget(label(word, "title", wrap=True), 1)
        card.body.addLayout(head)
        card.body.addWidget(label(one.verdict.sentence(words), wrap=True))
        card.body.addWidget(label(one.verdict.advice(words), "strong", wrap=True))
        told = Card(theme)
        told.body.addLayout(self._details(one))
        self.decisions = DecisionBar(session)
        self.decisions.show_files([one])
        self._name = one.unit or one.file
        left = QVBoxLayout()
        left.setSpacing(theme.px(12))
        for part in (flow(leave), card, self.decisions, told, self._checks(one)):
            left.addWidget(part)
        left.addStretch(1)
        self.preview = Preview(session)
        bar, within = self.decisions, Qt.ShortcutContext.WidgetWithChildrenShortcut
        for letter, act in (("A", bar.accept), ("R", bar.begin_return), ("X", bar.set_aside)):
            QShortcut(QKeySequence(letter), self, act, context=within)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(20))
        self._line.addLayout(left, 1)
        self._line.addWidget(self.preview, 1)
        inbox = session.book.inbox
        self.preview.show_made(lambda: inbox.file(one.id))

    def title(self) -> str:
        """Return whose file it is."""
        return self._name

    def first_focus(self) -> QWidget:
        """Return where the keyboard begins."""
        return self.leave

    def _checks(self, one: Submission) -> Card:
        """Return every question that the file was asked, in order, with its outcome."""
        theme, words = self._session.theme, self._session.words
        card = Card(theme)
        card.body.addWidget(label(words.gettext(N_("What was checked, in this order")), "title", wrap=True))
        for check in self._session.book.inbox.checks(one.id) if one.id else ():
            tone, icon = OUTCOME_SIGNS[check.outcome]
            glyph = Glyph(theme, icon, tone)
            outcome = words.gettext(OUTCOME_LABELS[check.outcome])
            glyph.setAccessibleName(outcome)
            line = row(glyph)
            line.setAlignment(glyph, Qt.AlignmentFlag.AlignTop)
            said = f"{words.gettext(check.question)}: {outcome}"
            if check.verdict is not None:
                said += f". {check.verdict.sentence(words)}"
            kind = "soft" if check.outcome is Outcome.NOT_ASKED else "plain"
            line.addWidget(label(said, kind, wrap=True), 1)
            card.body.addLayout(line)
        return card

    def _details(self, one: Submission) -> QGridLayout:
        """Return what is known of a file: names at the left, values at the right."""
        words = self._session.words
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(self._session.theme.px(16))
        grid.setVerticalSpacing(self._session.theme.px(4))
        for line, (name, value) in enumerate(
            (
                (N_("Unit"), one.unit or "–"),
                (N_("Paper"), paper_words(one, words)),
                (N_("Number"), one.number or "–"),
                (N_("Signer"), one.signer or words.gettext(N_("unknown"))),
                (N_("Received"), words.sentence("{at}", {"at": one.received_at.astimezone()})),
                (N_("File"), one.file),
                (N_("Fingerprint of the file"), one.sha256[:16].upper()),
                *(self._session.book.inbox.figures(one.id) if one.id else ()),
                *((remark.name or N_("Remark"), remark.text) for remark in one.remarks),
            )
        ):
            # A grid takes the height of a line for that of its smaller type.
            grid.setRowMinimumHeight(line, self._session.theme.px(24))
            for column, part in enumerate((label(words.gettext(name), "hint"), label(value, wrap=True))):
                part.setMinimumHeight(self._session.theme.px(24))
                grid.addWidget(part, line, column)
        return grid

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the pages below where there is no room beside."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        beside = self.width() >= self._session.theme.px(_BESIDE)
        self._line.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self.preview.show_whole(whole=not beside)
