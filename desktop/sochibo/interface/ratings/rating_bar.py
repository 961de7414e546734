"""The bar above the ratings: how many of which level, who is not rated yet, and the cap on excellent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from sochibo.interface.looks.icons import Glyph
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.flow import flow
from sochibo.interface.ratings.rating_words import level_word
from sochibo.messages import N_
from sochibo.rules.ratings.caps import CAP_BASE_LABELS
from sochibo.rules.ratings.ratings import LEVELS

if TYPE_CHECKING:
    from sochibo.interface.looks.theme import Theme
    from sochibo.messages import Messages
    from sochibo.rules.ratings.caps import CapReading
    from sochibo.rules.ratings.rating_figures import RatingFigures

__all__ = ["RatingBar"]

_BESIDE_UP_TO = 125


class _Figure(QWidget):
    """One number over its word."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._words = words
        self._number = label("0", "big")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, theme.px(26), 0)
        inside.setSpacing(0)
        inside.addWidget(self._number)
        inside.addWidget(label(words, "hint"))

    def show_number(self, number: int) -> None:
        """Show a count."""
        self._number.setText(str(number))
        self.setAccessibleName(f"{self._words}: {number}")


class RatingBar(Card):
    """Counts of the list as it stands; the cap is information, never a wall."""

    def __init__(self, theme: Theme, words: Messages) -> None:
        super().__init__(theme)
        self._messages = words
        self._figures = [_Figure(theme, level_word(level, words)) for level in LEVELS]
        self._unrated = _Figure(theme, words.gettext(N_("Not yet rated")))
        self._exempt = _Figure(theme, words.gettext(N_("Not subject")))
        self.cap = label("")
        self.verdict = label("", "good")
        self._sign = Glyph(theme, "check", Tone.GOOD, 16)
        self._share = QProgressBar()
        self._share.setTextVisible(False)
        self.note = label("", "hint")
        line = row(spacing=theme.px(8))
        line.addWidget(self.cap, 1)
        line.addWidget(self._sign)
        line.addWidget(self.verdict)
        self._capped = QWidget()
        inside = QVBoxLayout(self._capped)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(6))
        inside.addLayout(line)
        inside.addWidget(self._share)
        inside.addWidget(self.note)
        figures = (*self._figures, self._unrated, self._exempt)
        # Beside the figures where the type leaves room for it, else in a line of its own.
        if theme.percent <= _BESIDE_UP_TO:
            self.body.addWidget(flow(*figures, self._capped))
        else:
            self.body.addWidget(flow(*figures))
            self.body.addWidget(self._capped)

    def show_counts(self, counts: RatingFigures, cap: CapReading | None) -> None:
        """Show these counts and how far the cap is used."""
        for level, figure in zip(LEVELS, self._figures, strict=True):
            figure.show_number(counts.count(level))
        self._unrated.show_number(counts.unrated)
        self._exempt.show_number(counts.exempt)
        self._capped.setVisible(cap is not None)
        if cap is not None:
            self._show_cap(cap)

    def _show_cap(self, cap: CapReading) -> None:
        words = self._messages
        base = words.gettext(CAP_BASE_LABELS[cap.rule.base])
        said = words.sentence(
            N_("Excellent: {n} of at most {cap} ({percent}% of {base})"),
            {"n": cap.excellent, "cap": cap.cap, "percent": cap.rule.percent, "base": base},
        )
        self.cap.setText(said)
        self._share.setMaximum(max(1, cap.cap))
        self._share.setValue(min(cap.excellent, max(1, cap.cap)))
        self._share.setAccessibleName(said)
        if cap.over:
            verdict = words.sentence(N_("{n} above the cap"), {"n": cap.over})
        else:
            verdict = words.gettext(N_("within the cap"))
        self.verdict.setText(verdict)
        self.verdict.setProperty("kind", "advice" if cap.over else "good")
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)
        self._sign.show_icon(
            "triangle-alert" if cap.over else "check", Tone.ADVICE if cap.over else Tone.GOOD
        )
        both = words.sentence(
            N_("Over those rated HTT: {good}; over HTT and better: {better}."),
            {
                "good": words.percent(cap.of_good.numerator, cap.of_good.denominator),
                "better": words.percent(cap.of_better.numerator, cap.of_better.denominator),
            },
        )
        self.note.setText(both)
