"""ReviewForm: another review than that of the year: of a quarter, of a term, or on an occasion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from sochibo.book.changes import Changes
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField, flush_fields
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.typed_fields import DateField, NumberField, tell_beside
from sochibo.messages import N_
from sochibo.rules.periods import parse_period
from sochibo.rules.ratings.ratings import PERIOD_KIND_LABELS, ReviewKind

if TYPE_CHECKING:
    from datetime import date

    from sochibo.book.book import Book
    from sochibo.interface.session import Session

__all__ = ["ReviewForm"]

_ORDER = (ReviewKind.QUARTER, ReviewKind.TERM, ReviewKind.OCCASION, ReviewKind.YEAR)
_QUARTER_MONTHS = 3
_DATED = frozenset({ReviewKind.TERM, ReviewKind.OCCASION})
"""Kinds that have a day of their own instead of a whole year or quarter."""


class ReviewForm(Card):
    """Folded until wanted; nothing is made before its button, and undo takes it back."""

    made = Signal(str)
    """The id of a review that was begun."""
    ended = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme)
        self.session = session
        self._year: int | None = None
        self._day: date | None = None
        say, theme = session.words.gettext, session.theme
        self.kind: ChoiceField[ReviewKind] = ChoiceField(
            theme,
            say(N_("Which review")),
            [(kind, say(PERIOD_KIND_LABELS[kind])) for kind in _ORDER],
            lambda _kind: self._show_fields(),
        )
        self.year = NumberField(say(N_("Year")), self._take_year)
        quarters = [(n, session.words.sentence(N_("Quarter {n}"), {"n": n})) for n in range(1, 5)]
        self.quarter: ChoiceField[int] = ChoiceField(
            theme, say(N_("Quarter")), quarters, lambda _quarter: self._propose_day()
        )
        self.day = DateField(say(N_("Closing day")), self._take_day, session.today)
        self.note = LineField(say(N_("On which occasion")), lambda _text: None)
        self.act = ActButton(theme, say(N_("Begin the review")), icon="plus", kind="primary")
        self.act.clicked.connect(self.begin)
        leave = ActButton(theme, say(N_("Not now")))
        leave.clicked.connect(self.ended)
        hint = say(
            N_("The members on the roll of the closing day are reviewed, by the rules in force on it.")
        )
        grid = FormGrid(theme, columns=3)
        self._fields = {
            "kind": LabelledField(theme, say(N_("Which review")), self.kind),
            "year": LabelledField(theme, say(N_("Year")), self.year),
            "quarter": LabelledField(theme, say(N_("Quarter")), self.quarter),
            "day": LabelledField(theme, say(N_("Closing day")), self.day, say(N_("day, such as 3/11/2026"))),
            "note": LabelledField(theme, say(N_("On which occasion")), self.note),
        }
        for name, trouble in (
            ("year", N_("Please write a year such as 2026.")),
            ("day", N_("Please write a day such as 31/12/2026.")),
        ):
            tell_beside(self._fields[name], say(trouble))
        for field in self._fields.values():
            grid.add(field)
        self.body.addWidget(label(say(N_("Another review")), "title"))
        self.body.addWidget(label(hint, "soft", wrap=True))
        self.body.addWidget(grid)
        self.body.addWidget(flow(self.act, leave))
        self.hide()

    def open(self) -> None:
        """Propose the quarter that ended last."""
        today = self.session.today()
        quarter = (today.month - 1) // _QUARTER_MONTHS
        self._year = today.year if quarter else today.year - 1
        self.quarter.show_value(quarter or 4)
        self.kind.show_value(ReviewKind.QUARTER)
        self.note.show_text("")
        self._show_fields()
        self.show()
        self.kind.setFocus()

    def begin(self) -> None:
        """Make the review; what stands against it is said, and nothing is made."""
        flush_fields(self)
        for field in (self.year, self.day):
            # What cannot be read is told beside it: the review of another day is not what was meant.
            if field.isVisibleTo(self) and not field.is_readable:
                field.setFocus()
                return
        kind, made = self.kind.value() or ReviewKind.QUARTER, []
        # A review with a day of its own counts to the year of that day.
        year = self._day.year if kind in _DATED and self._day else self._year or 0
        quarter = self.quarter.value() if kind is ReviewKind.QUARTER else None
        note = self.note.text() if kind in _DATED else ""
        lacks = kind is ReviewKind.OCCASION and not note.strip()
        said = self.session.words.gettext(N_("Please fill this in."))
        self._fields["note"].show_trouble(said if lacks else "")
        self._fields["day"].show_trouble("" if self._day else said)
        if lacks or self._day is None:
            (self.note if lacks else self.day).setFocus()
            return
        day = self._day

        def act(book: Book) -> Changes:
            made.append(book.ratings.make_period(year, kind=kind, quarter=quarter, closing_on=day, note=note))
            return Changes.RATINGS

        if self.session.run(act, self):
            self.hide()
            self.made.emit(made[0])

    def _show_fields(self) -> None:
        kind = self.kind.value() or ReviewKind.QUARTER
        self._fields["year"].setVisible(kind not in _DATED)
        self._fields["quarter"].setVisible(kind is ReviewKind.QUARTER)
        self._fields["note"].setVisible(kind in _DATED)
        self.year.show_number(self._year)
        if kind is ReviewKind.TERM and not self.note.text():
            term = next(iter(self.session.book.terms()), None)
            self.note.show_text(term.name if term else "")
        self._propose_day()

    def _propose_day(self) -> None:
        """Propose the last day of the year or quarter, else today."""
        kind, year = self.kind.value() or ReviewKind.QUARTER, self._year
        if kind in _DATED:
            self._day = self.session.today()
        elif year:
            quarter = self.quarter.value() if kind is ReviewKind.QUARTER else None
            self._day = parse_period(f"{year:04d}-Q{quarter}" if quarter else f"{year:04d}").last
        self.day.show_day(self._day)

    def _take_year(self, year: int | None) -> None:
        self._year = year
        self._propose_day()

    def _take_day(self, day: date | None) -> None:
        self._day = day
