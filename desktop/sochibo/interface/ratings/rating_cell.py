"""The rating of the cell itself: points, conditions, votes, the level proposed and the one decided."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from sochibo.interface.page import KeyHint
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import LabelledField, LineField
from sochibo.interface.ratings.rating_fields import FieldKind, FieldSpec, RatingFields
from sochibo.interface.ratings.rating_panel import RatingPanel
from sochibo.interface.ratings.rating_words import level_word
from sochibo.messages import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sochibo.interface.session import Session

__all__ = ["CONDITIONS", "DECIDED", "VOTES", "RatingCellPanel"]

CONDITIONS = (
    FieldSpec("all_done", N_("All tasks done"), FieldKind.YES_NO),
    FieldSpec("above_percent", N_("Tasks above what was asked, %"), FieldKind.PERCENT),
    FieldSpec("late_percent", N_("Tasks late, %"), FieldKind.PERCENT),
    FieldSpec("remedied_percent", N_("Earlier shortcomings remedied, %"), FieldKind.PERCENT),
)
"""The conditions of a level (QĐ 366-QĐ/TW, 30/8/2025, Article 11)."""

DECIDED = (
    FieldSpec("decided_level", N_("Level decided above"), FieldKind.LEVEL),
    FieldSpec("decision", N_("Decision, number"), FieldKind.LINE),
    FieldSpec("decided_on", N_("Decided on"), FieldKind.DAY),
)
_POINTS = (
    FieldSpec("common_tenths", N_("Common criteria, points"), FieldKind.POINTS),
    FieldSpec("task_tenths", N_("Results of tasks, points"), FieldKind.POINTS),
    FieldSpec("own_level", N_("The cell rates itself"), FieldKind.LEVEL),
)
VOTES = (
    FieldSpec("votes_excellent", N_("Votes for Excellent"), FieldKind.NUMBER),
    FieldSpec("votes_good", N_("Votes for Good"), FieldKind.NUMBER),
    FieldSpec("votes_completed", N_("Votes for Completed"), FieldKind.NUMBER),
    FieldSpec("votes_not_completed", N_("Votes for Not completed"), FieldKind.NUMBER),
)
"""How many voted for each level."""

_VOTES = (
    *VOTES,
    FieldSpec("vote_base", N_("Over how many votes"), FieldKind.NUMBER),
)
_LEVEL = (
    FieldSpec("proposed_level", N_("Level proposed"), FieldKind.LEVEL),
    FieldSpec("override_reason", N_("Why not the level that the rules give"), FieldKind.LINE),
    FieldSpec("failing_case", N_("A case of KHT, in words"), FieldKind.LINE),
    FieldSpec("exemplary", N_("Exemplary, among the excellent"), FieldKind.TICK),
    FieldSpec("remarks", N_("Remarks"), FieldKind.TEXT),
)


class RatingCellPanel(RatingPanel):
    """One organisation, rated as its members are; a correction after closing asks for its reason."""

    name: ClassVar[str] = N_("The cell itself")
    help_name: ClassVar[str] = "rating"

    def __init__(self, session: Session, period_id: str) -> None:
        super().__init__(session, period_id)
        say, theme = self.words.gettext, self.theme
        self.proposal = label("", "strong", wrap=True)
        self.why = label("", "advice", wrap=True)
        note = Card(theme, "note")
        note.body.addWidget(self.proposal)
        note.body.addWidget(self.why)
        self.column.addWidget(note)
        self.reason = LineField(say(N_("Reason of the correction")), bool)
        self._reason = LabelledField(
            theme,
            say(N_("Reason of the correction")),
            self.reason,
            say(N_("The review is closed: write the reason first, then correct.")),
        )
        self.column.addWidget(self._reason)
        self.parts = []
        for title, specs in (
            (N_("Points"), _POINTS),
            (N_("Conditions"), CONDITIONS),
            (N_("Votes"), _VOTES),
            (N_("Level"), _LEVEL),
            (N_("Decision from above"), DECIDED),
        ):
            card = Card(theme)
            card.body.addWidget(label(say(title), "title"))
            fields = RatingFields(session, specs, self._save)
            self.parts.append(fields)
            card.body.addWidget(fields)
            self.column.addWidget(card)
        self.column.addStretch(1)

    def reload(self) -> None:
        """Show the rating and what the rules make of it."""
        words, ratings = self.words, self.session.book.ratings
        own = ratings.organisations(self.period_id)[0]
        level = own.proposal.level
        said = N_("The rules give: {level}") if level else N_("Enter the points to see the level.")
        self.proposal.setText(words.sentence(said, {"level": level_word(level, words)}))
        told = [one.say(words) for one in (*own.proposal.failed, *own.proposal.unsaid)]
        self.why.setText(" ".join(told))
        self.why.setVisible(bool(told))
        self._reason.setVisible(ratings.period(self.period_id).locked)
        for part in self.parts:
            part.show_record(own.rating)
            part.show_findings(own.findings)
            part.lock(locked=self.session.book.read_only)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the form."""
        say = self.words.gettext
        return (KeyHint("Enter", say(N_("next field"))), KeyHint("Esc", say(N_("to the list"))))

    def first_focus(self) -> QWidget:
        """Begin with the points."""
        return self.parts[0].fields["common_tenths"]

    def _save(self, name: str, value: Any) -> None:  # noqa: ANN401 - of any field
        rating = replace(self.session.book.ratings.organisation(self.period_id), **{name: value})
        reason = self.reason.text()
        if not self.session.run(lambda book: book.ratings.change_organisation(rating, reason=reason), self):
            self.reload()
