"""DrillDown: from a figure to the papers behind it, and to the pages of one, each one step of Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.inbox.submission_panel import SubmissionPanel, paper_words
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.sight import begin_at_top
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.inbox.inbox import Submission
    from sochibo.interface.parts.preview import Preview
    from sochibo.interface.session import Session

__all__ = ["DrillDown"]


class _Papers(QWidget):
    """The papers behind one figure, as a table."""

    ended = Signal()

    def __init__(self, session: Session, title: str, papers: Sequence[Submission], back: str) -> None:
        super().__init__()
        words = session.words
        self.leave = ActButton(session.theme, back, icon="chevron-left")
        self.leave.clicked.connect(self.ended)
        columns: tuple[Column[Submission], ...] = (
            Column(title=N_("Paper"), text=lambda one: paper_words(one, words), stretch=True, strong=True),
            Column(title=N_("Number"), text=lambda one: one.number),
            Column(title=N_("Received"), text=lambda one: words.date(one.received_at.astimezone().date())),
            Column(title=N_("File"), text=lambda one: one.file, soft=True, drop=1),
        )
        self.model: RecordTable[Submission] = RecordTable(words, columns, key=lambda one: one.id)
        self.model.show_records(papers)
        self.table = TableView(session.theme, self.model, title, grows=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(session.theme.px(12))
        for part in (flow(self.leave), label(title, "title", wrap=True), self.table):
            inside.addWidget(part)
        inside.addStretch(1)


class DrillDown(QWidget):
    """A page's own widget, and in its place whatever was opened from it; `moved` tells each step."""

    moved = Signal()

    def __init__(self, session: Session, main: QWidget, back: str) -> None:
        """`back` says where the first step leads back to."""
        super().__init__()
        self._session = session
        self._main = main
        self._back = back
        self._steps: list[QWidget] = []
        self._line = QVBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addWidget(main)

    @property
    def panel(self) -> SubmissionPanel | None:
        """Return the file that is open."""
        top = self._steps[-1] if self._steps else None
        return top if isinstance(top, SubmissionPanel) else None

    @property
    def preview(self) -> Preview | None:
        """Return the pages that are seen, if a file is open."""
        return self.panel.preview if self.panel else None

    @property
    def papers(self) -> RecordTable[Submission] | None:
        """Return the papers that are listed, if they are."""
        top = self._steps[-1] if self._steps else None
        return top.model if isinstance(top, _Papers) else None

    def show_papers(self, title: str, ids: Sequence[str]) -> bool:
        """Open the papers behind a figure: the one at once, several as a list; False if there is none."""
        known = {one.id: one for one in self._session.book.inbox.submissions() if one.id in ids}
        papers = [known[one] for one in ids if one in known]
        if not papers:
            return False
        if len(papers) == 1:
            self._open(papers[0], self._back)
            return True
        listed = _Papers(self._session, title, papers, self._back)
        listed.table.opened.connect(
            lambda one: self._open(one, self._session.words.gettext(N_("Back to the papers")))
        )
        listed.ended.connect(self.go_back)
        self._push(listed, listed.table)
        return True

    def go_back(self) -> bool:
        """Take one step back; False where nothing was opened."""
        if not self._steps:
            return False
        top = self._steps.pop()
        top.hide()
        self._line.removeWidget(top)
        top.deleteLater()
        below = self._steps[-1] if self._steps else self._main
        below.show()
        if isinstance(below, _Papers):
            below.table.setFocus()
        self.moved.emit()
        return True

    def _open(self, one: Submission, back: str) -> None:
        panel = SubmissionPanel(self._session, one, back)
        panel.ended.connect(self.go_back)
        self._push(panel, panel.leave)

    def _push(self, step: QWidget, focus: QWidget) -> None:
        (self._steps[-1] if self._steps else self._main).hide()
        self._steps.append(step)
        self._line.addWidget(step)
        # A layout shows what is added to it only later, and what is hidden takes no keyboard.
        step.show()
        focus.setFocus()
        begin_at_top(self)
        self.moved.emit()
