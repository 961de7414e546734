"""Ratings of all units: what they propose, the cap over all, the committee's own levels, and the papers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.papers.period_words import say_period
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField, TextField
from sochibo.interface.parts.finding_list import FindingList, grouped
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.keyed_table import KeyedTable
from sochibo.interface.parts.period_bar import PeriodBar
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.table import RecordTable
from sochibo.interface.parts.typed_fields import DateField, tell_beside
from sochibo.interface.ratings.rating_words import DIGITS, level_word
from sochibo.interface.ratings.unit_members import UnitMembers
from sochibo.interface.ratings.unit_rating_columns import Line, unit_columns
from sochibo.interface.rollups.drill import DrillDown
from sochibo.messages import N_
from sochibo.rules.periods import PeriodKind, parse_period, year_of
from sochibo.rules.ratings.ratings import Level
from sochibo.rules.ratings.unit_ratings import add_figures
from sochibo.rules.reports import REPORT_LABELS, ReportKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sochibo.book.ratings.unit_ratings import UnitLine, UnitRatings
    from sochibo.interface.session import Session
    from sochibo.rules.periods import Period

__all__ = ["UnitRatingsPage"]

_PAPERS: Final = (
    ReportKind.CAP_TABLE, ReportKind.RATING_DECISION, ReportKind.CELL_RATING_DECISION,
    ReportKind.RATING_ROLLUP,
)  # fmt: skip
_EXEMPLARY: Final = 5
"""The digit that recognises a unit at HTXS as exemplary, or takes it back."""


class UnitRatingsPage(Page):
    """`unit-ratings:2025` names the year; a figure leads to the members, the file and the page."""

    concerns: ClassVar[Changes] = Changes.INBOX | Changes.RATINGS | Changes.REPORTS | Changes.ORGANISATION
    help_name = "unit_ratings"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        text = goal.partition(":")[2] or f"{session.today().year - 1:04d}"
        theme, say = session.theme, session.words.gettext
        self.bar = PeriodBar(session, parse_period(text))
        self.bar.turned.connect(self._turned)
        self.told = label("", "strong", wrap=True)
        reason = say(N_("Reason for staying above the cap"))
        self.findings = FindingList(session, lambda place: reason if place.startswith("cap") else "")
        self.findings.jumped.connect(lambda _place: self.cap_note.setFocus())
        self.model: RecordTable[Line] = RecordTable(
            session.words, unit_columns(session.words), key=lambda line: line.key
        )
        self.table = KeyedTable(
            theme, self.model, say(N_("Ratings of the units")), lambda line: line.name, grows=True
        )
        self.table.digit.connect(self.choose)
        self.table.entered.connect(self.show_unit)
        self.members = UnitMembers(session)
        self.members.ended.connect(self._hide_members)
        self.members.wanted.connect(self._show_papers)
        self.papers = {kind: ActButton(theme, say(REPORT_LABELS[kind]), kind="second") for kind in _PAPERS}
        for kind, button in self.papers.items():
            button.clicked.connect(lambda _=False, kind=kind: self._open_paper(kind))
        self._overview = self._make_overview()
        main = QWidget()
        inside = QVBoxLayout(main)
        inside.setContentsMargins(0, 0, 0, 0)
        for part in (self._overview, self.members):
            inside.addWidget(part)
        self.members.hide()
        self.drill = DrillDown(session, main, say(N_("Back to the ratings")))
        self.drill.moved.connect(lambda: self.session.changed.emit(Changes.NONE, self))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.drill)
        bind_print(self, self._print)

    def _make_overview(self) -> QWidget:
        overview = QWidget()
        inside = QVBoxLayout(overview)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(self.session.theme.px(12))
        for part in (self.bar, self.told, self.findings, self.table, flow(*self.papers.values())):
            inside.addWidget(part)
        inside.addWidget(self._make_own())
        inside.addStretch(1)
        return overview

    def _make_own(self) -> Card:
        """Make the fields of the committee itself: its meeting, its grounds, its own level, its reason."""
        theme, say = self.session.theme, self.session.words.gettext
        words = self.session.words
        self.own: ChoiceField[Level | None] = ChoiceField(
            theme,
            say(N_("Level that the committee proposes for itself")),
            [(None, say(N_("none yet"))), *((level, level_word(level, words)) for level in Level)],
            lambda level: self._write(lambda ratings: ratings.set_own(self.period, level)),
        )
        self.held_on = DateField(say(N_("Meeting of the committee on")), self._set_day, self.session.today)
        self.cap_note = LineField(say(N_("Reason for staying above the cap")), self._set_note)
        self.grounds = TextField(theme, say(N_("What the decisions rest on")), self._set_grounds)
        form = FormGrid(theme, columns=3, least=220)
        for text, field, hint in (
            (N_("Meeting of the committee on"), self.held_on, ""),
            (N_("Level that the committee proposes for itself"), self.own, N_("goes up with the report")),
            (N_("Reason for staying above the cap"), self.cap_note, N_("document or reason; it is printed")),
        ):
            labelled = LabelledField(theme, say(text), field, say(hint) if hint else "")
            form.add(tell_beside(labelled, say(N_("Please write a day such as 31/12/2026."))))
        form.add(
            LabelledField(
                theme,
                say(N_("What the decisions rest on")),
                self.grounds,
                say(N_("one document a line; left empty, the rules of the year are named")),
            ),
            wide=True,
        )
        card = Card(theme)
        card.body.addWidget(label(say(N_("The committee itself")), "title"))
        card.body.addWidget(form)
        return card

    @property
    def period(self) -> Period:
        """Return the period that is shown."""
        return self.bar.period

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words = self.session.words
        return (
            words.gettext(N_("Roll-up")),
            words.gettext(N_("Ratings of the units")),
            say_period(words, self.period),
        )

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the digits that decide, and what Enter opens here."""
        words = self.session.words
        if self.drill.panel is not None or self.drill.papers is not None:
            return (KeyHint("Ctrl P", words.gettext(N_("print"))),)
        digits = tuple(
            KeyHint(str(digit), level_word(level, words)) for digit, level in DIGITS.items() if level
        )
        if self.members.isVisible():
            opens = N_("the list that the cell sent")
            return (
                *digits,
                KeyHint("0", words.gettext(N_("no level"))),
                KeyHint("Enter", words.gettext(opens)),
            )
        return (
            *digits,
            KeyHint("5", words.gettext(N_("exemplary"))),
            KeyHint("0", words.gettext(N_("as the unit proposes"))),
            KeyHint("Enter", words.gettext(N_("the members"))),
        )

    def first_focus(self) -> QWidget | None:
        """Begin with the units."""
        return self.table

    def go_back(self) -> bool:
        """Take one step back: from the page to the members, from the members to the units."""
        if self.drill.go_back():
            if self.members.isVisible():
                self.members.table.setFocus()
            elif self.table.isVisible():
                self.table.setFocus()
            return True
        if self.members.isVisible():
            self._hide_members()
            return True
        return False

    def reload(self) -> None:
        """Show the figures as they stand."""
        ratings, words = self.session.book.unit_ratings, self.session.words
        lines = ratings.lines(self.period)
        total, caps = add_figures(lines), ratings.body_cap(self.period, lines)
        shown = [Line(line.told.unit, line, line.figures, line.cap) for line in lines]
        self.model.show_records([*shown, Line(words.gettext(N_("Sum")), None, total, caps)])
        fields = {
            "sent": sum(line.figures is not None for line in lines), "all": len(lines),
            "excellent": total.excellent, "cap": caps, "percent": ratings.cap_rule(self.period).percent,
        }  # fmt: skip
        said = N_(
            "{sent} of {all} units have sent their ratings. HTXS in all: {excellent}; the cap of {percent}% "
            "is {cap}."
        )
        self.told.setText(words.sentence(said, fields))
        findings = grouped(ratings.check(self.period))
        self.findings.show_findings(findings)
        self.findings.setVisible(bool(findings))
        self._show_own()
        if self.members.isVisible():
            self.members.show_members(self.period)

    def _show_own(self) -> None:
        ratings, free = self.session.book.unit_ratings, not self.session.book.read_only
        review, own = ratings.review(self.period), ratings.own(self.period)
        self.own.show_value(own.proposed_level if own else None)
        self.held_on.show_day(review.held_on if review else None)
        self.grounds.show_text(review.grounds if review else "")
        self.cap_note.show_text(ratings.cap_rule(self.period).note)
        for field in (self.own, self.held_on, self.cap_note, self.grounds):
            field.setEnabled(free)

    def choose(self, digit: int) -> None:
        """Decide on the unit in hand, and go on to the next."""
        line: Line | None = self.table.record()
        if line is None or line.of is None or self.session.book.read_only:
            return
        if digit in DIGITS:
            self._decide(line.of, DIGITS[digit], exemplary=False)
            place = self.table.currentIndex().row() + 1
            if place < self.model.rowCount() - 1:
                self.table.setCurrentIndex(self.model.index(place, 0))
        elif digit == _EXEMPLARY:
            self._decide(line.of, Level.EXCELLENT, exemplary=not line.of.exemplary)

    def _decide(self, line: UnitLine, level: Level | None, *, exemplary: bool) -> None:
        unit_id = line.told.unit_id
        self._write(lambda ratings: ratings.decide_unit(self.period, unit_id, level, exemplary=exemplary))

    def show_unit(self) -> None:
        """Show the members of the unit in hand; a unit that named nobody leads to its papers."""
        line: Line | None = self.table.record()
        words = self.session.words
        if line is None or line.of is None:
            return
        if not line.of.listed:
            if not self._show_papers(line.of):
                fields = {"unit": line.name}
                self.session.noted.emit(words.sentence(N_("{unit} has sent no ratings yet."), fields))
            return
        self._overview.hide()
        self.members.show_unit(self.period, line.of)
        self.members.show()
        self.members.table.setFocus()
        self.session.changed.emit(Changes.NONE, self)

    def _show_papers(self, line: UnitLine) -> bool:
        return self.drill.show_papers(line.told.unit, self.session.book.unit_ratings.sources(line))

    def _hide_members(self) -> None:
        self.members.hide()
        self._overview.show()
        self.reload()
        self.table.setFocus()
        self.session.changed.emit(Changes.NONE, self)

    def _open_paper(self, kind: ReportKind) -> None:
        self.session.go(f"committee-paper:{kind}:{self.period}")

    def _set_day(self, day: date | None) -> None:
        self._write(lambda ratings: ratings.set_session(self.period, day, self.grounds.toPlainText()))

    def _set_grounds(self, text: str) -> None:
        review = self.session.book.unit_ratings.review(self.period)
        day = review.held_on if review else None
        self._write(lambda ratings: ratings.set_session(self.period, day, text))

    def _set_note(self, text: str) -> None:
        rule = self.session.book.unit_ratings.cap_rule(self.period)
        if text != rule.note:
            self._write(lambda ratings: ratings.set_cap(self.period, replace(rule, note=text)))

    def _write(self, act: Callable[[UnitRatings], Changes]) -> None:
        if self.session.run(lambda book: act(book.unit_ratings), self):
            self.reload()

    def _turned(self) -> None:
        if self.period.kind not in {PeriodKind.YEAR, PeriodKind.QUARTER}:
            # Ratings are of years and quarters; the year around a month is what is meant.
            self.bar.turn(year_of(self.period.first))
            return
        self.reload()
        self.session.changed.emit(Changes.NONE, self)

    def _print(self) -> None:
        if self.drill.preview is not None:
            self.drill.preview.print_pages()
