"""Register lines that may mean one person, side by side, and merged by one act that undo takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.faults import Severity
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.fields import ChoiceField, LabelledField
from sochibo.interface.parts.finding_list import FindingList
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_
from sochibo.rules.members.duplicates import LIKENESS_LABELS, Pair
from sochibo.rules.members.members import masked

if TYPE_CHECKING:
    from sochibo.interface.session import Session
    from sochibo.rules.members.members import Member

__all__ = ["DuplicatesPage"]


class DuplicatesPage(Page):
    """The pairs that are alike, and any two lines one chooses; nothing is merged without having been seen."""

    concerns: ClassVar[Changes] = Changes.MEMBERS
    help_name = "duplicates"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        del goal
        say, theme = session.words.gettext, session.theme
        self.table_model: RecordTable[Pair] = RecordTable(
            session.words, self._columns(), key=lambda pair: (pair.first.id, pair.second.id)
        )
        self.table = TableView(theme, self.table_model, say(N_("Lines that may mean one person")), grows=True)
        self.table.opened.connect(self.take)
        self.none = label(say(N_("No two lines look like one person.")), "soft", wrap=True)
        self.keep: ChoiceField[str] = ChoiceField(theme, say(N_("Keep")), [], lambda _id: self._compare())
        self.other: ChoiceField[str] = ChoiceField(
            theme, say(N_("Merge into it")), [], lambda _id: self._compare()
        )
        self.shown = {side: label("", "plain", wrap=True) for side in ("keep", "other")}
        grid = FormGrid(theme)
        for choice, words in ((self.keep, N_("Keep")), (self.other, N_("Merge into it"))):
            grid.add(LabelledField(theme, say(words), choice))
        for text in self.shown.values():
            grid.add(text)
        self.findings = FindingList(session, lambda _place: "")
        self.merge_button = ActButton(theme, say(N_("Merge")), icon="check", kind="primary")
        self.merge_button.clicked.connect(self.merge)
        card = Card(theme)
        card.body.addWidget(grid)
        card.body.addWidget(self.findings)
        card.body.addWidget(
            label(
                say(
                    N_(
                        "Events, attendance, tasks, ratings and registers of both stand under the line that "
                        "is kept; its empty fields are filled from the other. One undo parts them again."
                    )
                ),
                "soft",
                wrap=True,
            )
        )
        card.body.addLayout(row(self.merge_button, None))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        for part in (self.none, self.table, card):
            inside.addWidget(part)
        inside.addStretch(1)

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        say = self.session.words.gettext
        return say(N_("Members")), say(N_("Duplicates"))

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the key that takes a pair in hand."""
        pairs = self.table_model.rowCount()
        return (KeyHint("Enter", self.session.words.gettext(N_("compare"))),) if pairs else ()

    def first_focus(self) -> QWidget | None:
        """Begin with the pairs, or with the first choice."""
        return self.table if self.table_model.rowCount() else self.keep

    def reload(self) -> None:
        """Look for pairs anew."""
        book, today = self.session.book, self.session.today()
        pairs = book.duplicates.pairs()
        self.table_model.show_records(pairs)
        self.table.setVisible(bool(pairs))
        self.table.updateGeometry()
        self.none.setVisible(not pairs)
        people = [(entry.member.id, _named(entry.member)) for entry in book.members.on(today, everybody=True)]
        self.keep.change_choices([("", "–"), *people])
        self.other.change_choices([("", "–"), *people])
        self._compare()

    def take(self, pair: Pair) -> None:
        """Take a pair in hand."""
        self.keep.show_value(pair.first.id)
        self.other.show_value(pair.second.id)
        self._compare()
        self.merge_button.setFocus()

    def merge(self) -> None:
        """Make one line of the two in hand."""
        keep, other = self.keep.value() or "", self.other.value() or ""
        if keep and other and self.session.run(lambda book: book.duplicates.merge(keep, other)):
            self.session.told.emit(self.session.words.gettext(N_("Merged. Ctrl Z parts them again.")))

    def _compare(self) -> None:
        book = self.session.book
        chosen = {"keep": self.keep.value() or "", "other": self.other.value() or ""}
        for side, key in chosen.items():
            self.shown[side].setText(self._say(book.members.get(key)) if key else "")
            self.shown[side].setVisible(bool(key))
        both = all(chosen.values())
        findings = book.duplicates.check(chosen["keep"], chosen["other"]) if both else ()
        self.findings.show_findings(findings)
        red = any(one.severity is Severity.RED for one in findings)
        self.merge_button.setEnabled(both and not red and not book.read_only)

    def _say(self, member: Member) -> str:
        """Say what tells one person from another, numbers masked."""
        words = self.session.words
        events = self.session.book.members.events(member.id)
        told = (
            (N_("Born"), member.birth.vietnamese() if member.birth else ""),
            (N_("Home place"), member.home_place),
            (N_("Identity number"), masked(member.identity_no) if member.identity_no else ""),
            (N_("Party card number"), masked(member.card_no) if member.card_no else ""),
            (N_("Events"), str(len(events))),
        )
        return "\n".join(f"{words.gettext(title)}: {text or '–'}" for title, text in told)

    def _columns(self) -> tuple[Column[Pair], ...]:
        words = self.session.words
        return (
            Column(title=N_("First line"), text=lambda pair: _named(pair.first), stretch=True, strong=True),
            Column(title=N_("Second line"), text=lambda pair: _named(pair.second), stretch=True),
            Column(
                title=N_("Why"),
                text=lambda pair: words.gettext(LIKENESS_LABELS[pair.likeness]),
                soft=True,
                drop=1,
            ),
        )


def _named(member: Member) -> str:
    """Return name and birth, since two may bear one name."""
    return f"{member.name} ({member.birth.vietnamese()})" if member.birth else member.name
