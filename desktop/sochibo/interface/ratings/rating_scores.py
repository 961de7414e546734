"""Points or grades criterion by criterion, as the rule set of the review has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.parts.blocks import label, row
from sochibo.interface.parts.fields import ChoiceField, LineField
from sochibo.interface.ratings.rating_words import points_text, read_points
from sochibo.messages import N_
from sochibo.rules.ratings.rating_rules import Scale
from sochibo.rules.ratings.ratings import GRADE_LABELS, Grade, RatingScore

if TYPE_CHECKING:
    from sochibo.book.ratings.ratings import RatingLine
    from sochibo.interface.session import Session
    from sochibo.rules.ratings.rating_rules import RatingCriterion, RatingRules

__all__ = ["RatingScores"]

_Save = Callable[[str, RatingScore | None], object]


class _Criterion(QWidget):
    """One criterion: its words, what was given, and why points were cut."""

    def __init__(self, session: Session, criterion: RatingCriterion, scale: Scale, save: _Save) -> None:
        super().__init__()
        self._session, self._criterion, self._save = session, criterion, save
        words, theme = session.words, session.theme
        text = criterion.label_vi if words.language == "vi" else criterion.label_en
        self._score: RatingScore | None = None
        self.points = LineField(
            words.sentence(
                N_("Points for {criterion}, at most {most}"),
                {"criterion": text, "most": criterion.max_points},
            ),
            self._take_points,
        )
        self.points.setFixedWidth(theme.px(84))
        grades = [(None, "–"), *((grade, words.gettext(said)) for grade, said in GRADE_LABELS.items())]
        self.grade: ChoiceField[Grade | None] = ChoiceField(theme, text, grades, self._take_grade)
        self.reason = LineField(
            words.sentence(N_("Reason for {criterion}"), {"criterion": text}), self._take_reason
        )
        self.reason.setPlaceholderText(words.gettext(N_("Why points were lost")))
        self.trouble = label("", "wrong", wrap=True)
        self.trouble.hide()
        line = row(spacing=theme.px(12))
        line.addWidget(label(text, wrap=True), 1)
        by_points = scale is Scale.POINTS
        line.addWidget(self.points if by_points else self.grade)
        if by_points:
            line.addWidget(label(f"/ {criterion.max_points}", "soft"))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(6))
        inside.addLayout(line)
        inside.addWidget(self.reason)
        inside.addWidget(self.trouble)
        # What the scale does not use is kept out of sight, with an owner so that nobody else shows it.
        (self.grade if by_points else self.points).setParent(self)
        (self.grade if by_points else self.points).hide()

    def show_score(self, score: RatingScore | None) -> None:
        """Show what was given."""
        self._score = score
        words = self._session.words
        self.points.show_text("" if score is None else points_text(score.tenths, words))
        self.grade.show_value(score.grade if score else None)
        self.reason.show_text(score.reason if score else "")
        cut = score is not None and score.grade is None and score.tenths < self._criterion.max_points * 10
        self.reason.setVisible(cut or bool(score and score.reason))
        self.trouble.hide()

    def _take_points(self, text: str) -> None:
        tenths = read_points(text) if text else None
        if text and tenths is None:
            said = self._session.words.sentence(
                N_("Please write points from 0 to {most}."), {"most": self._criterion.max_points}
            )
            self.trouble.setText(said)
            self.trouble.show()
            return
        code = self._criterion.code
        self._save(
            code,
            None
            if tenths is None
            else RatingScore(criterion=code, tenths=tenths, reason=self.reason.text().strip()),
        )

    def _take_grade(self, grade: Grade | None) -> None:
        code = self._criterion.code
        self._save(
            code,
            None
            if grade is None
            else RatingScore(criterion=code, reason=self.reason.text().strip(), grade=grade),
        )

    def _take_reason(self, text: str) -> None:
        if self._score is not None:
            self._save(self._criterion.code, replace(self._score, reason=text))


class RatingScores(QWidget):
    """The criteria of the form that the member writes, where they say more than the two sums."""

    def __init__(self, session: Session, save: _Save) -> None:
        super().__init__()
        self._session, self._save = session, save
        self._rows: dict[str, _Criterion] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(session.theme.px(10))

    def show_scores(self, rules: RatingRules, line: RatingLine) -> None:
        """Show the criteria of the member's form with what was given."""
        criteria = rules.criteria_of(line.rating.form) if self.wanted(rules, line) else ()
        if list(self._rows) != [one.code for one in criteria]:
            self._clear()
            for one in criteria:
                made = _Criterion(self._session, one, rules.scale, self._save)
                self._rows[one.code] = made
                self._column.addWidget(made)
        for code, made in self._rows.items():
            made.show_score(line.scores.get(code))

    def wanted(self, rules: RatingRules, line: RatingLine) -> bool:
        """Tell whether criteria say more than the two sums: grades, or several criteria in a block."""
        blocks = Counter(one.block for one in rules.criteria_of(line.rating.form))
        return rules.scale is Scale.GRADES or max(blocks.values(), default=0) > 1

    def _clear(self) -> None:
        for old in self._rows.values():
            old.hide()
            self._column.removeWidget(old)
            old.deleteLater()
        self._rows = {}
