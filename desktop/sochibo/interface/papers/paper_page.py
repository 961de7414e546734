"""One paper that was issued, whatever its kind: its pages, its seal, the way to the stick."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.papers.paper_panel import PaperPanel
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.flow import flow, stand_beside
from sochibo.interface.parts.preview import Preview
from sochibo.interface.parts.printing import bind_print
from sochibo.messages import N_
from sochibo.rules.reports import REPORT_LABELS, ReportKind

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from sochibo.book.papers.reports import Document
    from sochibo.interface.session import Session

__all__ = ["PaperPage"]

_BESIDE: Final = 780
_YEARLY: Final = {"year": ReportKind.ATTENDANCE_MATRIX, "book": ReportKind.MINUTES_BOOK}


class PaperPage(Page):
    """`paper:<document id>`; `paper:year-2026` and `paper:book-2026` are attendance and minutes of a year."""

    concerns: ClassVar[Changes] = Changes.REPORTS | Changes.MEETINGS | Changes.MEMBERS
    help_name = "reports"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        wanted = goal.partition(":")[2]
        first, _, rest = wanted.partition("-")
        self.yearly = _YEARLY.get(first)
        self.year = int(rest) if self.yearly else None
        self.document: Document | None = None if self.year else session.book.reports.get(wanted)
        theme, say = session.theme, session.words.gettext
        self.print_button = ActButton(theme, say(N_("Print")), icon="printer", kind="second")
        self.hint = label("", "hint", wrap=True)
        self.paper = PaperPanel(session)
        self.preview = Preview(session)
        self.print_button.clicked.connect(self.preview.print_pages)
        left = QVBoxLayout()
        left.setSpacing(theme.px(12))
        for part in (self.paper, flow(self.print_button), self.hint):
            left.addWidget(part)
        left.addStretch(1)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(theme.px(20))
        self._left = left
        self._line.addLayout(left, 1)
        self._line.addWidget(self.preview, 1)
        bind_print(self, self.preview.print_pages)

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words = self.session.words
        kind = self.document.kind if self.document else self.yearly or ReportKind.ATTENDANCE_MATRIX
        number = self.document.number if self.document else str(self.year)
        return words.gettext(N_("Reports")), f"{words.gettext(REPORT_LABELS[kind])} {number}"

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the one key."""
        return (KeyHint("Ctrl P", self.session.words.gettext(N_("print"))),)

    def first_focus(self) -> QWidget | None:
        """Begin with the next act."""
        self.paper.focus_next()
        return None if self.paper.isVisibleTo(self) else self.print_button

    def reload(self) -> None:
        """Show what is next for the paper, and its pages."""
        book, say = self.session.book, self.session.words.gettext
        if self.document is None:
            year, day = self.year or 0, self.session.today()
            self.hint.setText(say(N_("This sheet is only printed: it gets no number and is not sent.")))
            self.paper.show_document(None)
            draw = book.papers.preview_matrix
            if self.yearly is ReportKind.MINUTES_BOOK:
                draw = book.papers.preview_minutes_book
            self.preview.show_made(lambda: draw(year, day))
            return
        self.document = book.reports.get(self.document.id)
        shown = self.document.id
        self.paper.show_document(self.document)
        self.hint.hide()
        self.preview.show_made(lambda: book.reports.pages(shown))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the pages below where there is no room beside, or nothing to stand there but one button."""
        super().resizeEvent(event)
        roomy = self.width() >= self.session.theme.px(_BESIDE)
        beside = stand_beside(self._line, int(roomy and self.document is not None), 1)
        self._line.setStretchFactor(self._left, int(beside))
        self.preview.show_whole(whole=not roomy)
