"""Papers about members as they would be printed: the register, a companion register, one member's sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import LabelledField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.preview import Preview
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.typed_fields import DateField, tell_beside
from sochibo.messages import N_
from sochibo.rules.members.registers import REGISTER_LABELS, RegisterKind

if TYPE_CHECKING:
    from datetime import date

    from sochibo.book.papers.issuing import Draft
    from sochibo.interface.session import Session

__all__ = ["MemberPapersPage"]


class MemberPapersPage(Page):
    """`member-papers:register`, `member-papers:companion:<register>` or `member-papers:held:<member>`."""

    concerns: ClassVar[Changes] = Changes.MEMBERS | Changes.ORGANISATION
    help_name = "member_papers"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        say, theme = session.words.gettext, session.theme
        _, self.what, self.key = (*goal.split(":", 2), "", "")[:3]
        if self.what == "held":
            session.book.members.get(self.key)
        self._day = session.today()
        self.day = DateField(say(N_("As of")), self._change_day, session.today)
        self.print_button = ActButton(theme, say(N_("Print …")), icon="printer", kind="primary")
        self.print_button.clicked.connect(self.print_pages)
        self.preview = Preview(session, self)
        dated = LabelledField(theme, say(N_("As of")), self.day)
        tell_beside(dated, say(N_("Please write a day such as 31/12/2026.")))
        dated.setMaximumWidth(theme.px(200))
        hint = label(say(N_("Identity and card numbers are masked on every paper.")), "soft", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        inside.addWidget(flow(dated, self.print_button, spacing=theme.px(12)))
        inside.addWidget(hint)
        inside.addWidget(self.preview, 1)
        bind_print(self, self.print_pages)

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        say = self.session.words.gettext
        names = {
            "register": say(N_("Register of members")),
            "held": say(N_("What is held on a member")),
        }
        if self.what == "companion":
            return say(N_("Members")), say(REGISTER_LABELS[RegisterKind(self.key)])
        return say(N_("Members")), names.get(self.what, "")

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the key that prints."""
        return (KeyHint("Ctrl P", self.session.words.gettext(N_("print"))),)

    def first_focus(self) -> QWidget | None:
        """Begin with printing: that is why one came."""
        return self.print_button

    def reload(self) -> None:
        """Draw the pages of the day."""
        self.day.show_day(self._day)
        reports = self.session.book.reports
        try:
            draft = self._draft()
        except KeyError:
            self.session.left.emit()
            return
        self.preview.show_made(lambda: reports.preview(draft))

    def print_pages(self) -> None:
        """Print what is seen."""
        self.preview.print_pages()

    def _draft(self) -> Draft:
        papers = self.session.book.member_papers
        if self.what == "held":
            return papers.held_draft(self.key, self._day)
        if self.what == "companion":
            return papers.companion_draft(RegisterKind(self.key), self._day)
        return papers.register_draft(self._day)

    def _change_day(self, day: date | None) -> None:
        self._day = day or self.session.today()
        self.reload()
