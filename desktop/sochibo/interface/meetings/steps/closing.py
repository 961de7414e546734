"""Check and seal: what is to be mended, the minutes as they will be, and the three acts after that."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from sochibo.book.changes import Changes
from sochibo.faults import Fault, Severity
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.meetings.steps.correction import CorrectionPart
from sochibo.interface.meetings.steps.desk import Step
from sochibo.interface.meetings.steps.papers import papers_buttons
from sochibo.interface.page import KeyHint
from sochibo.interface.papers.paper_panel import PaperPanel
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import LabelledField, flush_fields
from sochibo.interface.parts.finding_list import FindingArea, FindingList, grouped
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.preview import Preview
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.typed_fields import NumberField
from sochibo.messages import N_
from sochibo.rules.meetings.practice import papers_due
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from sochibo.book.book import Book
    from sochibo.interface.meetings.steps.desk import Desk

__all__ = ["ClosingStep"]

_BESIDE = 600


class ClosingStep(Step):
    """The last step; the findings jump back into the others."""

    name: ClassVar[str] = N_("Check and seal")
    help_name: ClassVar[str] = "closing"
    places: ClassVar[frozenset[str]] = frozenset({"number", "reason"})
    jumped = Signal(str)

    def __init__(self, desk: Desk, where: Callable[[str], str]) -> None:
        super().__init__(desk)
        say = self.words.gettext
        self.head = label("", "title", wrap=True)
        self.findings = FindingList(self.session, where)
        self.findings.jumped.connect(self.jumped)
        self._area = FindingArea(self.theme, self.findings)
        self.close_button = ActButton(self.theme, say(N_("Close the minutes")), icon="lock", kind="primary")
        self.close_button.clicked.connect(self.close_minutes)
        self.print_button = ActButton(self.theme, say(N_("Print the draft")), icon="printer", kind="second")
        self.reason = label("", "hint", wrap=True)
        self.number = NumberField(say(N_("Number of the minutes")), self._choose_number)
        self.number.setMaximumWidth(self.theme.px(110))
        self._numbered = LabelledField(self.theme, self.number.accessibleName(), self.number)
        self.deadline = label("", "soft", wrap=True)
        self.correction = CorrectionPart(desk)
        self.paper = PaperPanel(self.session)
        self.preview = Preview(self.session)
        self.print_button.clicked.connect(self.preview.print_pages)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(self.theme.px(20))
        left = QVBoxLayout()
        left.setSpacing(self.theme.px(12))
        left.addWidget(self.head)
        # Only as high as it is, so that the acts below it stand in sight whatever is found.
        left.addWidget(self._area, 100)
        for part in (
            self.paper,
            flow(self.close_button, self.print_button, *papers_buttons(desk, ReportKind.RESOLUTION)),
            self.reason,
            self._numbered,
            self.deadline,
            self.correction,
        ):
            left.addWidget(part)
        left.addStretch(1)
        self._line.addLayout(left, 1)
        self._line.addWidget(self.preview, 1)
        self.column.addLayout(self._line, 1)
        bind_print(self, self.preview.print_pages)
        QShortcut(
            QKeySequence("F9"),
            self,
            self.close_minutes,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )
        self._chosen: int | None = None
        # A preview is drawn when typing and clicking have come to rest, not at every change.
        self._rest = QTimer(self, singleShot=True, interval=120)
        self._rest.timeout.connect(self._draw)

    def reload(self) -> None:
        """Show findings or the paper, and the pages."""
        findings = self.desk.findings
        red = sum(1 for finding in findings if finding.severity is Severity.RED)
        self.findings.show_findings(grouped(findings))
        self._area.setVisible(bool(findings))
        self.close_button.setVisible(not self.desk.closed)
        self.close_button.setEnabled(not red and not self.desk.locked)
        drafting = N_("Print the draft") if not self.desk.closed else N_("Print")
        self.print_button.say(self.words.gettext(drafting))
        self.head.setText(self._headline(red, len(findings) - red))
        self.reason.setText(self._reason(red))
        self.reason.setVisible(not self.desk.closed)
        self._numbered.setVisible(not self.desk.closed)
        self._show_number()
        self.deadline.setText(self._deadline_words())
        document = self.session.book.reports.minutes_of(self.desk.meeting_id) if self.desk.closed else None
        self.paper.show_document(document)
        self.correction.reload()
        if self.isVisible():
            self._rest.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the pages when they come into sight."""
        super().showEvent(event)
        self._rest.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the pages below where there is no room beside."""
        super().resizeEvent(event)
        beside = self.width() >= self.theme.px(_BESIDE)
        direction = QBoxLayout.Direction
        self._line.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        for part in (self._area, self.preview):
            part.show_whole(whole=not beside)

    def flush(self) -> None:
        """Keep the reason of a correction that was not begun yet."""
        self.correction.flush()

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the last step."""
        say = self.words.gettext
        prints = KeyHint("Ctrl P", say(N_("print")))
        if self.desk.closed:
            return (prints,)
        goes = (KeyHint("Enter", say(N_("go to the field"))),) if self.findings.buttons else ()
        closes = (KeyHint("F9", say(N_("Close the minutes"))),) if self.close_button.isEnabled() else ()
        return (*goes, *closes, prints)

    def focus_first(self) -> None:
        """Begin with the first finding, else with the next act."""
        if self.desk.closed:
            self.paper.focus_next()
        elif self.findings.buttons:
            self.findings.buttons[0].setFocus()
        else:
            self.close_button.setFocus()

    def close_minutes(self) -> None:
        """Close the minutes; they get their number."""
        if not self.close_button.isEnabled() or self.desk.closed:
            return
        flush_fields(self)
        meeting_id, chosen = self.desk.meeting_id, self._chosen

        def close(book: Book) -> Changes:
            book.meetings.close(meeting_id, chosen)
            return Changes.MEETINGS | Changes.REPORTS

        if self.session.run(close, self):
            self._chosen = None
            self.paper.focus_next()

    def focus_place(self, place: str) -> bool:
        """Go to the number or to the reason of a correction."""
        (self.number if place == "number" else self.correction.reason).setFocus()
        return True

    def _choose_number(self, number: int | None) -> None:
        """Keep the number until the minutes are closed; the next one is no choice."""
        self._chosen = None if number == self._next_number() else number

    def _next_number(self) -> int | None:
        """Return the next number; None where no term covers the day, which closing will say."""
        try:
            return self.session.book.meetings.next_number(self.desk.meeting_id)
        except Fault:
            return None

    def _show_number(self) -> None:
        if not self.desk.closed and not self.number.hasFocus():
            self.number.show_number(self._chosen or self._next_number())
        self.number.setEnabled(not self.desk.locked)

    def _deadline_words(self) -> str:
        """Say until when the finished papers go up: two days after the meeting, as a committee sets it."""
        due = papers_due(self.desk.file.meeting.on)
        left = (due - self.session.today()).days
        if left < 0:
            template = N_("The finished papers were due with the committee on {day}.")
        else:
            template = N_("The finished papers are due with the committee by {day}.")
        return self.words.sentence(template, {"day": due})

    def _headline(self, red: int, yellow: int) -> str:
        words = self.words
        if self.desk.closed:
            return words.gettext(N_("The minutes are closed"))
        if red:
            return words.ngettext(
                "{n} place to mend before closing", "{n} places to mend before closing", red
            ).format(n=red)
        if yellow:
            return words.ngettext(
                "Ready to close; {n} place worth a look", "Ready to close; {n} places worth a look", yellow
            ).format(n=yellow)
        return words.gettext(N_("Complete: the minutes can be closed"))

    def _reason(self, red: int) -> str:
        say = self.words.gettext
        if red:
            return say(N_("They can be closed when nothing marked “To be mended” is left."))
        return say(
            N_("Close, seal, send. Closed minutes can be opened again by Ctrl Z until they are sealed.")
        )

    def _draw(self) -> None:
        reports, meeting_id = self.session.book.reports, self.desk.meeting_id
        self.preview.show_made(lambda: reports.preview_minutes(meeting_id))
