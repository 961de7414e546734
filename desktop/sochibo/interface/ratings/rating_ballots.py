"""Ballots and votes: the count of each ballot, and the votes on every name in one short line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QLineEdit

from sochibo.interface.page import KeyHint
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import ChoiceField
from sochibo.interface.parts.finding_list import FindingList, grouped
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.keyed_table import KeyedTable
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.ratings.rating_fields import FieldKind, FieldSpec, RatingFields
from sochibo.interface.ratings.rating_panel import RatingPanel, share_height
from sochibo.interface.ratings.rating_table import key_of
from sochibo.interface.ratings.rating_words import level_tag, level_word
from sochibo.messages import N_
from sochibo.rules.ratings.rating_checks import check_ballot
from sochibo.rules.ratings.ratings import LEVEL_SIGNS, LEVELS, Ballot, BallotKind, Subject, VotingMethod

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sochibo.book.ratings.ratings import RatingLine
    from sochibo.interface.session import Session

__all__ = ["RatingBallotsPanel"]

_KINDS = {
    BallotKind.LEVELS: N_("Ballot on levels"),
    BallotKind.EXCELLENT: N_("Second ballot, on HTXS"),
    BallotKind.ORGANISATION: N_("Ballot on the cell"),
}
_METHODS = ((VotingMethod.BALLOT, N_("Secret ballot")), (VotingMethod.CARD, N_("Raised cards")))
_COUNT = (
    FieldSpec("method", N_("How the cell votes"), FieldKind.CHOICE, choices=_METHODS),
    FieldSpec("held_on", N_("Counted on"), FieldKind.DAY),
    FieldSpec("summoned", N_("Members called"), FieldKind.NUMBER),
    FieldSpec("present", N_("Voters present"), FieldKind.NUMBER),
    FieldSpec("issued", N_("Ballot papers issued"), FieldKind.NUMBER),
    FieldSpec("collected", N_("Ballot papers collected"), FieldKind.NUMBER),
    FieldSpec("valid", N_("Valid ballot papers"), FieldKind.NUMBER),
    FieldSpec("invalid", N_("Invalid ballot papers"), FieldKind.NUMBER),
    FieldSpec(
        "tellers", N_("Tellers, the leader first, names between semicolons"), FieldKind.LINE, wide=True
    ),
)
_LEVEL_VOTES = ("votes_excellent", "votes_good", "votes_completed", "votes_not_completed", "votes_unrated")
_EXCELLENT_VOTES = ("excellent_for", "excellent_against")
_FOUR_LEVELS = 4


class RatingBallotsPanel(RatingPanel):
    """Only counts are kept: nobody's vote."""

    name: ClassVar[str] = N_("Ballots and votes")
    help_name: ClassVar[str] = "rating_ballots"

    def __init__(self, session: Session, period_id: str) -> None:
        super().__init__(session, period_id)
        say, theme = self.words.gettext, self.theme
        self.kind: ChoiceField[BallotKind] = ChoiceField(
            theme,
            say(N_("Which ballot")),
            [(kind, say(text)) for kind, text in _KINDS.items()],
            lambda _kind: self.reload(),
        )
        self.kind.show_value(BallotKind.LEVELS)
        self.kind.setMinimumWidth(theme.px(280))
        self.count = RatingFields(session, _COUNT, self._save_count, least=150, columns=5)
        self.findings = FindingList(session, lambda _place: "")
        self.model: RecordTable[RatingLine] = RecordTable(self.words, (), key=key_of)
        self.table = KeyedTable(theme, self.model, say(N_("Votes on every name")), lambda line: line.name)
        self.votes = QLineEdit()
        self.votes.setAccessibleName(say(N_("Votes on the name in hand")))
        self.votes.setPlaceholderText(say(N_("Votes on the name in hand")))
        self.votes.setMinimumWidth(theme.px(300))
        self.votes.returnPressed.connect(self.take_votes)
        self.table.entered.connect(self.votes.setFocus)
        share_height(self.table)
        self.trouble = label("", "wrong", wrap=True)
        self.order = label("", "soft", wrap=True)
        card = Card(theme)
        card.body.addWidget(flow(self.kind))
        card.body.addWidget(self.count)
        self.column.addWidget(card)
        self.column.addWidget(self.findings)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(flow(self.votes))
        self.column.addWidget(self.order)
        self.column.addWidget(self.trouble)

    def reload(self) -> None:
        """Show the ballot in hand and the votes on every name."""
        words, ratings = self.words, self.session.book.ratings
        kind = self.kind.value() or BallotKind.LEVELS
        ballot = self._ballot(kind)
        self.count.show_record(ballot)
        self.count.lock(locked=ratings.period(self.period_id).locked or self.session.book.read_only)
        self.findings.show_findings(grouped(check_ballot(ballot)))
        named = kind is not BallotKind.ORGANISATION
        for part in (self.table, self.votes, self.order):
            part.setVisible(named)
        self.trouble.hide()
        if not named:
            return
        columns = self._columns(kind)
        if [column.title for column in columns] != [column.title for column in self.model.columns]:
            self.model.change_columns(columns)
        lines = (
            ratings.lines(self.period_id) if kind is BallotKind.LEVELS else ratings.nominees(self.period_id)
        )
        self.model.show_records([line for line in lines if line.rating.subject is Subject.RATED])
        signs = " ".join(LEVEL_SIGNS[level] for level in LEVELS)
        if kind is BallotKind.LEVELS:
            said = words.sentence(
                N_("Type the votes in this order: {signs}, then those for no level; Enter goes on."),
                {"signs": signs},
            )
        else:
            said = words.gettext(N_("Type the votes for and against; Enter goes on."))
        self.order.setText(said)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the votes."""
        say = self.words.gettext
        return (
            KeyHint("Enter", say(N_("type the votes"))),
            KeyHint("a–z", say(N_("find"))),
            KeyHint("Esc", say(N_("to the list"))),
        )

    def first_focus(self) -> QWidget:
        """Begin with the kind of ballot."""
        return self.kind

    def take_votes(self) -> None:
        """Write the votes typed for the name in hand, and go on to the next."""
        line: RatingLine | None = self.table.record()
        names = _LEVEL_VOTES if self.kind.value() is BallotKind.LEVELS else _EXCELLENT_VOTES
        parts = [part for part in re.split(r"[\s,;/]+", self.votes.text()) if part]
        numbers = [int(part) for part in parts if part.isdecimal()]
        least = _FOUR_LEVELS if names is _LEVEL_VOTES else len(names)
        if line is None or len(numbers) < len(parts) or not least <= len(numbers) <= len(names):
            said = N_("Please type {least} numbers with a space between them.")
            self.trouble.setText(self.words.sentence(said, {"least": least}))
            self.trouble.show()
            return
        changes: dict[str, Any] = dict(zip(names, numbers, strict=False))
        rating = replace(line.rating, **changes)
        if self.session.run(lambda book: book.ratings.change(rating), self):
            self.votes.clear()
            self._go_on()

    def _go_on(self) -> None:
        place = self.table.currentIndex().row() + 1
        if place < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(place, 0))
        else:
            self.table.setFocus()

    def _ballot(self, kind: BallotKind) -> Ballot:
        kept = self.session.book.ratings.ballots(self.period_id).get(kind)
        return kept or Ballot(id="", period_id=self.period_id, kind=kind)

    def _save_count(self, name: str, value: Any) -> None:  # noqa: ANN401 - of any field
        ballot = replace(self._ballot(self.kind.value() or BallotKind.LEVELS), **{name: value})
        if not self.session.run(lambda book: book.ratings.set_ballot(ballot), self):
            self.reload()

    def _columns(self, kind: BallotKind) -> tuple[Column[RatingLine], ...]:
        words = self.words

        def votes(title: str, name: str) -> Column[RatingLine]:
            def drawn(line: RatingLine) -> str:
                count = getattr(line.rating, name)
                return "" if count is None else str(count)

            return Column(title=title, text=drawn, right=True)

        if kind is BallotKind.LEVELS:
            titles = (*(LEVEL_SIGNS[level] for level in LEVELS), N_("No level"))
            counted = [votes(title, name) for title, name in zip(titles, _LEVEL_VOTES, strict=True)]
        else:
            counted = [votes(N_("For"), "excellent_for"), votes(N_("Against"), "excellent_against")]
        return (
            Column(title=N_("Name"), text=lambda line: line.name, stretch=True, strong=True),
            *counted,
            Column(
                title=N_("Cell proposes"),
                text=lambda line: level_word(line.rating.proposed_level, words),
                tag=lambda line: level_tag(line.rating.proposed_level),
                drop=1,
            ),
        )
