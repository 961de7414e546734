"""What became of a sealed paper: where it was written, and what the committee answered, remark by remark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.agenda.answer_agenda import goal_of
from sochibo.book.rollups.committee_papers import DECISIONS
from sochibo.interface.looks.icons import ActButton, Glyph
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.blocks import label, row
from sochibo.messages import N_
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from sochibo.book.papers.answers import Answer
    from sochibo.book.papers.reports import Document
    from sochibo.interface.session import Session
    from sochibo.rules.units.exchange_papers import Remark

__all__ = ["AnswerCard"]


class AnswerCard(QWidget):
    """Empty while a paper has not left; every remark leads to its field."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.jumps: list[ActButton] = []
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(session.theme.px(6))
        self._held = QWidget()
        self._inside.addWidget(self._held)

    def show_document(self, document: Document | None) -> None:
        """Show what became of a paper."""
        self._inside.removeWidget(self._held)
        self._held.hide()
        self._held.deleteLater()
        self._held = QWidget()
        self.jumps = []
        lines = QVBoxLayout(self._held)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(self._session.theme.px(6))
        answers = self._session.book.answers
        sent = answers.sent(document.id) if document else ()
        told = answers.to(document.id) if document else ()
        words = self._session.words
        if sent and document:
            fields: dict[str, object] = {"place": sent[0].place, "at": sent[0].sent_at.astimezone()}
            said = words.sentence(N_("Written to “{place}”, {at}, read back and found whole."), fields)
            self._add(lines, "usb", Tone.ACCENT, said)
        if sent and not told:
            awaited = N_("The clerk will see this number. The slip that answers it comes back on the stick.")
            if document and document.kind in DECISIONS:
                awaited = N_("Each cell opens this decision in its own book, under Ratings.")
            self._add(lines, "info", Tone.PLAIN, words.gettext(awaited))
        if told and document:
            self._tell(lines, document, told[0])
        self._inside.addWidget(self._held)
        self.setVisible(bool(sent or told))

    def _tell(self, lines: QVBoxLayout, document: Document, answer: Answer) -> None:
        words = self._session.words
        fields: dict[str, object] = {
            "sender": answer.sender, "number": answer.number, "day": answer.issued_on,
        }  # fmt: skip
        if answer.kind is ReportKind.RECEIPT:
            said = words.sentence(N_("{sender} received it: receipt No. {number}, {day}."), fields)
            self._add(lines, "check", Tone.GOOD, said)
            return
        said = words.sentence(N_("{sender} returned it: slip No. {number}, {day}."), fields)
        self._add(lines, "undo-2", Tone.WRONG, f"{said} {answer.verdict}" if not answer.remarks else said)
        for remark in answer.remarks:
            self._remark(lines, document, remark)

    def _remark(self, lines: QVBoxLayout, document: Document, remark: Remark) -> None:
        session = self._session
        said = f"{remark.name}: {remark.text}" if remark.name else remark.text
        lines.addWidget(label(said, "strong", wrap=True))
        goal = goal_of(session.book, document, remark)
        if not goal.startswith("meeting:"):
            return
        jump = ActButton(
            session.theme, session.words.gettext(N_("Go there")), icon="chevron-right", kind="link"
        )
        jump.setAccessibleDescription(said)
        jump.clicked.connect(lambda: session.go(goal))
        self.jumps.append(jump)
        lines.addLayout(row(jump, None))

    def _add(self, lines: QVBoxLayout, icon: str, tone: Tone, said: str) -> None:
        line = row(Glyph(self._session.theme, icon, tone))
        line.addWidget(label(said, wrap=True), 1)
        lines.addLayout(line)
