"""A paper that a committee makes of those it received: its period, its pages, and the way to the stick."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.papers.period_words import say_period
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.papers.issue_panel import IssuePanel
from sochibo.interface.parts.period_bar import PeriodBar
from sochibo.interface.parts.printing import bind_print
from sochibo.messages import N_
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import REPORT_LABELS, ReportKind

if TYPE_CHECKING:
    from sochibo.interface.session import Session

__all__ = ["CommitteePaperPage"]


class CommitteePaperPage(Page):
    """`committee-paper:rating_rollup:2026` names kind and period."""

    concerns: ClassVar[Changes] = Changes.INBOX | Changes.RATINGS | Changes.REPORTS | Changes.ORGANISATION
    help_name = "rollup"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        _, kind, period = (*goal.split(":"), "", "")[:3]
        self.kind = ReportKind(kind) if kind else ReportKind.RATING_ROLLUP
        self.bar = PeriodBar(session, parse_period(period or f"{session.today().year:04d}"))
        self.bar.turned.connect(self._turned)
        self.panel = IssuePanel(session, self.kind, lambda _place: "")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(session.theme.px(12))
        inside.addWidget(self.bar)
        inside.addWidget(self.panel, 1)
        bind_print(self, self.panel.preview.print_pages)

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words = self.session.words
        return (
            words.gettext(N_("Roll-up")),
            words.gettext(REPORT_LABELS[self.kind]),
            say_period(words, self.bar.period),
        )

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the key that prints."""
        return (KeyHint("Ctrl P", self.session.words.gettext(N_("print"))),)

    def first_focus(self) -> QWidget | None:
        """Begin with the period."""
        return self.bar.kind

    def reload(self) -> None:
        """Show the paper of the period."""
        self.panel.show_month(self.bar.period)

    def _turned(self) -> None:
        self.reload()
        self.session.changed.emit(Changes.NONE, self)
