"""The targets of a year: what was asked, what the book counts, and whether the pace holds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.ratings import rating_drafts
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.papers.paper_panel import PaperPanel
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import ChoiceField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.preview import Preview
from sochibo.interface.parts.printing import bind_print
from sochibo.interface.parts.table import Column, RecordTable, Tag
from sochibo.interface.parts.table_view import TableView
from sochibo.interface.ratings.rating_panel import share_height
from sochibo.interface.work.target_form import TargetForm
from sochibo.messages import N_
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import ReportKind
from sochibo.rules.work.targets import (
    COMPARISON_LABELS,
    PROGRESS_LABELS,
    Measure,
    ProgressState,
    Target,
    TargetPeriod,
)

if TYPE_CHECKING:
    from sochibo.book.book import Book
    from sochibo.book.work.targets import TargetLine
    from sochibo.interface.session import Session
    from sochibo.messages import Messages

__all__ = ["TargetsPage"]

_TAGS = {
    ProgressState.UNKNOWN: Tag(Tone.PLAIN, "circle"),
    ProgressState.REACHED: Tag(Tone.GOOD, "check"),
    ProgressState.ON_PACE: Tag(Tone.ACCENT, "clock"),
    ProgressState.BEHIND: Tag(Tone.ADVICE, "triangle-alert"),
    ProgressState.MISSED: Tag(Tone.WRONG, "x"),
}


class TargetsPage(Page):
    """`targets` is this year's, `targets:2025` another's."""

    concerns: ClassVar[Changes] = Changes.ALL
    help_name = "targets"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        asked = goal.partition(":")[2]
        self.year = int(asked) if asked.isdecimal() else session.today().year
        say, theme = session.words.gettext, session.theme
        self.years: ChoiceField[int] = ChoiceField(
            theme, say(N_("Year")), [], lambda year: session.go(f"targets:{year}")
        )
        self.usual = ActButton(theme, say(N_("Set the usual targets")), icon="plus", kind="second")
        self.usual.clicked.connect(self.add_defaults)
        self.new = ActButton(theme, say(N_("New target")), icon="plus")
        self.new.clicked.connect(self.add)
        self.report = ActButton(theme, say(N_("Report …")), icon="file-text")
        self.report.setCheckable(True)
        self.report.toggled.connect(self._show_report)
        self.remove_button = ActButton(theme, say(N_("Remove the target")), icon="trash-2", kind="link")
        self.remove_button.clicked.connect(self.remove)
        self.model: RecordTable[TargetLine] = RecordTable(
            session.words, self._columns(), key=lambda line: line.target.id
        )
        self.table = TableView(theme, self.model, say(N_("Targets")))
        share_height(self.table)
        self.table.chosen.connect(lambda _line: self._show_form())
        self.hint = label("", "soft", wrap=True)
        self.form = TargetForm(session, self._save)
        self.table.opened.connect(lambda _line: self.form.first.setFocus())
        self.preview, self.paper = Preview(session), PaperPanel(session)
        self.issue_button = ActButton(theme, say(N_("Issue")), icon="file-check", kind="primary")
        self.issue_button.clicked.connect(self.issue)
        self._papers = QWidget()
        papers = QVBoxLayout(self._papers)
        papers.setContentsMargins(0, 0, 0, 0)
        papers.addWidget(flow(self.issue_button))
        papers.addWidget(self.paper)
        papers.addWidget(self.preview, 1)
        self._papers.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(12))
        whole.addWidget(flow(self.years, self.usual, self.new, self.report, self._indicators()))
        whole.addWidget(self.hint)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.form)
        whole.addWidget(flow(self.remove_button))
        whole.addWidget(self._papers, 2)
        bind_print(self, self.preview.print_pages)
        QShortcut(
            QKeySequence("Ctrl+N"), self, self.add, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )

    def _indicators(self) -> ActButton:
        """Return the way to all that the book counts."""
        words = self.session.words.gettext(N_("All indicators"))
        button = ActButton(self.session.theme, words, icon="chart-column", kind="second")
        button.clicked.connect(lambda: self.session.go(f"indicators:{self.year}"))
        return button

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words = self.session.words
        return (words.gettext(N_("Ratings")), words.gettext(N_("Targets")), str(self.year))

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the table."""
        say = self.session.words.gettext
        new = KeyHint("Ctrl N", say(N_("new")))
        return (KeyHint("Enter", say(N_("change"))), new) if self.model.rowCount() else (new,)

    def first_focus(self) -> QWidget | None:
        """Begin with the table, or with the first act where it is empty."""
        return self.table if self.model.rowCount() else self.usual

    def reload(self) -> None:
        """Hold the targets against what the book counts today."""
        targets, words = self.session.book.targets, self.session.words
        lines = [
            line for line in targets.lines(self.year, self.session.today()) if line.target.unit_id is None
        ]
        this = self.session.today().year
        years = sorted({*targets.years(), this, this - 1, self.year}, reverse=True)
        self.years.change_choices([(year, str(year)) for year in years])
        self.years.show_value(self.year)
        self.model.show_records(lines)
        self.table.setVisible(bool(lines))
        free = not self.session.book.read_only
        for button in (self.usual, self.new, self.remove_button):
            button.setEnabled(free)
        self.remove_button.setVisible(bool(lines))
        if lines:
            reached = sum(line.progress.state is ProgressState.REACHED for line in lines)
            said = words.sentence(
                N_("{n} of {total} reached, by what the book holds today."),
                {"n": reached, "total": len(lines)},
            )
        else:
            said = words.gettext(
                N_("No targets for this year yet. The usual ones can be changed afterwards.")
            )
        self.hint.setText(said)
        self._show_form()
        if self._papers.isVisible():
            self._draw()

    def go_back(self) -> bool:
        """Put the report away first."""
        if self._papers.isVisible():
            self.report.setChecked(False)
            return True
        return False

    def add_defaults(self) -> None:
        """Set the targets that are usually set, as one act."""

        def act(book: Book) -> Changes:
            book.targets.add_defaults(self.year)
            return Changes.TARGETS

        if self.session.run(act, self):
            self.table.setFocus()

    def add(self) -> None:
        """Set a target of one's own, to be filled in below; one that still has no name is taken up again."""
        made: list[str] = []
        name = self.session.words.gettext(N_("Unnamed target"))
        known = next((line.target.id for line in self.model.records if line.target.indicator == name), None)
        if known is not None:
            self.table.choose(known)
            self.form.first.setFocus()
            return

        def act(book: Book) -> Changes:
            target = Target(
                id="",
                indicator=name,
                period_kind=TargetPeriod.YEAR,
                comparison=next(iter(COMPARISON_LABELS)),
                value=1,
                measure=Measure.COUNT,
                year=self.year,
            )
            made.append(book.targets.add(target))
            return Changes.TARGETS

        if self.session.run(act, self):
            self.table.choose(made[0])
            self.form.first.setFocus()

    def remove(self) -> None:
        """Take the target in hand away; undo brings it back."""
        line: TargetLine | None = self.table.record()
        if line is not None:
            self.session.run(lambda book: book.targets.remove(line.target.id), self)

    def issue(self) -> None:
        """Give the report of the targets its number."""
        year, today = self.year, self.session.today()

        def act(book: Book) -> Changes:
            draft = rating_drafts.targets_draft(book, year, today)
            book.reports.issue_draft(rating_drafts.ISSUE_ACTS[ReportKind.TARGETS], draft, period=str(year))
            return Changes.REPORTS

        if self.session.run(act, self):
            self._draw()
            self.paper.focus_next()

    def _save(self, target: Target) -> bool:
        saved = self.session.run(lambda book: book.targets.change(target), self)
        if not saved:
            self._show_form()
        return saved

    def _show_form(self) -> None:
        line: TargetLine | None = self.table.record()
        self.form.setVisible(line is not None)
        if line is not None:
            self.form.show_target(line)
            self.form.setEnabled(not self.session.book.read_only)

    def _show_report(self, shown: bool) -> None:  # noqa: FBT001 - a signal's one argument
        for part in (self.table, self.form, self.hint, self.remove_button):
            part.setVisible(not shown)
        self._papers.setVisible(shown)
        if shown:
            self._draw()
        else:
            self.reload()

    def _draw(self) -> None:
        reports, today = self.session.book.reports, self.session.today()
        document = reports.of_period(ReportKind.TARGETS, parse_period(str(self.year)))
        self.paper.show_document(document)
        self.issue_button.setVisible(document is None)
        self.issue_button.setEnabled(not self.session.book.read_only)
        if document is not None:
            self.preview.show_made(partial(reports.pages, document.id))
            return
        draft = rating_drafts.targets_draft(self.session.book, self.year, today)
        self.preview.show_made(partial(reports.preview, draft))

    def _columns(self) -> tuple[Column[TargetLine], ...]:
        words = self.session.words
        return (
            Column(
                title=N_("Target"),
                text=lambda line: words.gettext(line.label),
                tooltip=lambda line: words.gettext(line.label),
                stretch=True,
                strong=True,
            ),
            Column(title=N_("Asked"), text=lambda line: asked_text(line.target, words), drop=2),
            Column(
                title=N_("Reached so far"), text=lambda line: actual_text(line, words), right=True, drop=1
            ),
            Column(title=N_("Share of it"), text=lambda line: _done(line, words), right=True, drop=3),
            Column(
                title=N_("State"),
                text=lambda line: words.gettext(PROGRESS_LABELS[line.progress.state]),
                tag=lambda line: _TAGS[line.progress.state],
            ),
        )


def asked_text(target: Target, words: Messages) -> str:
    """Say what a target asks: `at least 95%`."""
    value = words.number(target.value / 10**target.decimals if target.decimals else target.value)
    sign = "%" if target.measure is Measure.PERCENT else ""
    return f"{words.gettext(COMPARISON_LABELS[target.comparison])} {value}{sign}"


def actual_text(line: TargetLine, words: Messages) -> str:
    """Say what was reached: a rate with its counts, or a count."""
    actual = line.progress.actual
    if actual is None or actual.denominator <= 0:
        return "–"
    if line.target.measure is Measure.COUNT:
        return words.number(actual.numerator)
    rate = words.percent(actual.numerator, actual.denominator)
    return f"{actual.numerator}/{actual.denominator} ({rate})"


def _done(line: TargetLine, words: Messages) -> str:
    done = line.progress.done
    return words.percent(done.numerator, done.denominator) if done else "–"
