"""The ratings of a year: one row a member, a digit for each level, and what is done with the whole list."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.papers.period_words import say_review
from sochibo.book.ratings.rating_lines import cap_entries, figures_of
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import ChoiceField, flush_fields
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.sight import begin_at_top
from sochibo.interface.ratings.rating_ballots import RatingBallotsPanel
from sochibo.interface.ratings.rating_bar import RatingBar
from sochibo.interface.ratings.rating_cell import RatingCellPanel
from sochibo.interface.ratings.rating_closing import RatingClosingPanel
from sochibo.interface.ratings.rating_decision import RatingDecisionPanel
from sochibo.interface.ratings.rating_panel import share_height
from sochibo.interface.ratings.rating_papers import RatingPapersPanel
from sochibo.interface.ratings.rating_readback import ReadBackPanel
from sochibo.interface.ratings.rating_table import RatingTable, key_of
from sochibo.interface.ratings.rating_words import DIGITS, level_word, read_numbers
from sochibo.interface.ratings.review_form import ReviewForm
from sochibo.messages import N_
from sochibo.rules.ratings.caps import read_caps
from sochibo.rules.ratings.rating_figures import FiguresGroup, Source
from sochibo.rules.ratings.ratings import PERIOD_STATE_LABELS, Subject

if TYPE_CHECKING:
    from sochibo.book.ratings.ratings import RatingLine
    from sochibo.interface.ratings.rating_panel import RatingPanel
    from sochibo.interface.session import Session
    from sochibo.rules.ratings.ratings import ReviewPeriod

__all__ = ["RatingsPage"]

_NOVEMBER = 11
_PANELS: dict[str, type[RatingPanel]] = {
    "readback": ReadBackPanel,
    "ballots": RatingBallotsPanel,
    "cell": RatingCellPanel,
    "decision": RatingDecisionPanel,
    "papers": RatingPapersPanel,
    "closing": RatingClosingPanel,
}


class RatingsPage(Page):
    """`ratings` is the newest review, `ratings:<id>` a chosen one."""

    concerns: ClassVar[Changes] = Changes.RATINGS | Changes.MEMBERS | Changes.REPORTS | Changes.MEETINGS
    help_name = "ratings"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        self._asked = goal.partition(":")[2]
        self.period: ReviewPeriod | None = None
        self.panel: RatingPanel | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(session.theme.px(12))
        self._begin = self._make_beginning()
        self._list = self._make_list()
        self.review_form = ReviewForm(session)
        self.review_form.made.connect(lambda review: session.go(f"ratings:{review}"))
        self.review_form.ended.connect(self._end_form)
        whole.addWidget(self.review_form, 0, Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self._begin, 0, Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self._list, 1)
        self._whole = whole
        QShortcut(
            QKeySequence("F2"),
            self,
            self._enter_points,
            context=Qt.ShortcutContext.WidgetWithChildrenShortcut,
        )

    def _make_beginning(self) -> Card:
        """Make what stands here while there is no review."""
        say, theme = self.session.words.gettext, self.session.theme
        card = Card(theme)
        card.body.addWidget(label(say(N_("No review yet")), "title"))
        text = N_("A review lists the members of its closing day, with the rules in force on it.")
        card.body.addWidget(label(say(text), "soft", wrap=True))
        self.begin_button = ActButton(theme, "", icon="plus", kind="primary")
        self.begin_button.clicked.connect(self.begin_review)
        targets = ActButton(theme, say(N_("Targets")), icon="target", kind="second")
        targets.clicked.connect(lambda: self.session.go("targets"))
        card.body.addWidget(flow(self.begin_button, self._other_button(), targets))
        return card

    def _other_button(self) -> ActButton:
        """Return what asks for another review than the next year's."""
        made = ActButton(self.session.theme, self.session.words.gettext(N_("Another review …")), kind="link")
        made.clicked.connect(self._open_form)
        made.setEnabled(not self.session.book.read_only)
        return made

    def _open_form(self) -> None:
        self.review_form.open()

    def _end_form(self) -> None:
        self.review_form.hide()
        (self.first_focus() or self).setFocus()

    def _make_list(self) -> QWidget:
        session, say, theme = self.session, self.session.words.gettext, self.session.theme
        self.periods: ChoiceField[str] = ChoiceField(
            theme, say(N_("Review")), [], lambda period: session.go(f"ratings:{period}")
        )
        self.state = label("", "soft")
        self.new = ActButton(theme, "", icon="plus")
        self.new.clicked.connect(self.begin_review)
        targets = ActButton(theme, say(N_("Targets")), icon="target")
        targets.clicked.connect(lambda: session.go("targets"))
        self.bar = RatingBar(theme, session.words)
        self.table = RatingTable(theme, session.words)
        self.table.digit.connect(self.rate)
        share_height(self.table)
        self.table.entered.connect(self._open)
        self.table.opened.connect(lambda _line: self._open())
        self.table.searched.connect(self._show_search)
        self.points = QLineEdit()
        self.points.setAccessibleName(say(N_("Points of the member in hand")))
        self.points.setPlaceholderText(say(N_("Points, common and tasks: 29 64.5")))
        self.points.setMinimumWidth(theme.px(260))
        self.points.returnPressed.connect(self._take_points)
        self.searching, self.rules = label("", "soft"), label("", "hint", wrap=True)
        self._buttons = {
            name: ActButton(theme, say(text), icon=icon, kind=kind)
            for name, text, icon, kind in (
                ("readback", N_("Read back name by name"), "eye", "primary"),
                ("ballots", N_("Ballots and votes"), "inbox", "second"),
                ("cell", N_("The cell itself"), "house", "second"),
                ("papers", N_("Papers"), "file-text", "second"),
                ("decision", N_("Decision from above"), "stamp", "second"),
                ("closing", N_("Check and close"), "lock", "second"),
            )
        }
        for name, button in self._buttons.items():
            button.clicked.connect(partial(self.show_panel, name))
        made = QWidget()
        inside = QVBoxLayout(made)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        chosen = (self.periods, self.state, self.new, self._other_button(), targets)
        inside.addWidget(flow(*chosen, self.points, self.searching))
        inside.addWidget(self.bar)
        inside.addWidget(self.table, 1)
        inside.addWidget(flow(*self._buttons.values()))
        inside.addWidget(self.rules)
        return made

    def title(self) -> tuple[str, ...]:
        """Return the room and the period."""
        words = self.session.words
        room = words.gettext(N_("Ratings"))
        if self.period is None:
            return (room,)
        whole = (room, say_review(words, self.period))
        return (*whole, words.gettext(self.panel.name)) if self.panel else whole

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the list or of the open panel."""
        words = self.session.words
        if self.panel is not None:
            return self.panel.keys()
        if self.period is None:
            return ()
        digits = (KeyHint(str(digit), level_word(level, words)) for digit, level in DIGITS.items() if level)
        return (
            *digits,
            KeyHint("0", words.gettext(N_("no level"))),
            KeyHint("Enter", words.gettext(N_("open"))),
            KeyHint("F2", words.gettext(N_("points"))),
            KeyHint("a–z", words.gettext(N_("find"))),
        )

    def first_focus(self) -> QWidget | None:
        """Begin with the list, or with the first review."""
        if self.panel is not None:
            return self.panel.first_focus()
        return self.table if self.period else self.begin_button

    def reload(self) -> None:
        """Read the review anew; KeyError where a chosen one is gone."""
        ratings, words = self.session.book.ratings, self.session.words
        known = ratings.periods()
        if self._asked and self.period is not None and self._asked not in {one.id for one in known}:
            # Undo took away the review that is in sight.
            self.period = None
            self.session.left.emit()
            return
        if self._asked:
            self.period = ratings.period(self._asked)
        else:
            self.period = known[0] if known else None
        year = self._next_year({one.year for one in known})
        text = words.sentence(N_("Begin the review of {year}"), {"year": str(year)})
        free = not self.session.book.read_only
        for button in (self.begin_button, self.new):
            button.say(text)
            button.setEnabled(free)
        self.new.setVisible(not any(one.year == year for one in known))
        self._begin.setVisible(self.period is None)
        self._list.setVisible(self.period is not None and self.panel is None)
        if self.period is not None:
            self._show_period(self.period, known)

    def flush(self) -> None:
        """Write what is still in a field of the open panel."""
        flush_fields(self)

    def go_back(self) -> bool:
        """Leave the points, then the panel, then the search."""
        if not self.review_form.isHidden():
            self._end_form()
            return True
        if self.panel is not None:
            self.end_panel()
            return True
        if self.points.hasFocus():
            self.points.clear()
            self.table.setFocus()
            return True
        if self.table.typed:
            self.table.forget_search()
            return True
        return False

    def rate(self, digit: int) -> None:
        """Give the member in hand the level of a digit, and go on to the next."""
        line: RatingLine | None = self.table.record()
        if line is None or digit not in DIGITS or self.session.book.read_only:
            return
        rating = replace(line.rating, proposed_level=DIGITS[digit])
        self.table.forget_search()
        if self.session.run(lambda book: book.ratings.change(rating), self):
            self._go_on()

    def begin_review(self) -> None:
        """Begin the review that comes next, with the rules of its closing day."""
        known = {one.year for one in self.session.book.ratings.periods()}
        year = self._next_year(known)
        made: list[str] = []

        def act(book: object) -> Changes:
            del book
            made.append(self.session.book.ratings.make_period(year))
            return Changes.RATINGS

        if self.session.run(act, self):
            self.session.go(f"ratings:{made[0]}")

    def show_panel(self, name: str) -> None:
        """Put a panel in the place of the list."""
        if self.period is None:
            return
        self.flush()
        self._drop_panel()
        self.panel = _PANELS[name](self.session, self.period.id)
        self.panel.ended.connect(self.end_panel)
        self.panel.wanted.connect(self.show_panel)
        self.panel.told_keys.connect(self._tell_keys)
        self.help_name = self.panel.help_name
        self._list.hide()
        self._whole.addWidget(self.panel, 1)
        self.panel.reload()
        self.panel.show()
        self.panel.first_focus().setFocus()
        begin_at_top(self)
        self._tell_keys()

    def end_panel(self) -> None:
        """Give the list back."""
        self.flush()
        self._drop_panel()
        self.help_name = "ratings"
        self.reload()
        self.table.setFocus()
        self._tell_keys()

    def _drop_panel(self) -> None:
        if self.panel is not None:
            self.panel.hide()
            self._whole.removeWidget(self.panel)
            self.panel.deleteLater()
            self.panel = None

    def _tell_keys(self) -> None:
        self.session.changed.emit(Changes.NONE, self)

    def _show_period(self, period: ReviewPeriod, known: tuple[ReviewPeriod, ...]) -> None:
        words, ratings = self.session.words, self.session.book.ratings
        self.periods.change_choices([(one.id, say_review(words, one)) for one in known])
        self.periods.show_value(period.id)
        self.state.setText(words.gettext(PERIOD_STATE_LABELS[period.state]))
        # Read once: every digit comes by here, and the list is judged anew each time it is read.
        lines, rules = ratings.lines(period.id), ratings.rules(period.id)
        self.table.show_lines(lines)
        caps = read_caps(rules.cap, cap_entries(lines, Source.PROPOSED))
        counts = figures_of(lines, Source.PROPOSED)[FiguresGroup.MEMBERS]
        self.bar.show_counts(counts, caps[0] if caps else None)
        title = rules.title_vi if words.language == "vi" else rules.title_en
        said = N_("{title}. Closing day {day}.")
        self.rules.setText(words.sentence(said, {"title": title, "day": period.closing_on}))
        if self.panel is not None:
            self.panel.reload()

    def _next_year(self, known: set[int]) -> int:
        """Return the year whose review is next: this one from November on, else the one before."""
        today = self.session.today()
        year = today.year if today.month >= _NOVEMBER else today.year - 1
        return year + 1 if year in known and year < today.year else year

    def _open(self) -> None:
        line: RatingLine | None = self.table.record()
        if line is not None and self.period is not None:
            self.session.go(f"rating:{self.period.id}.{key_of(line)}")

    def _go_on(self) -> None:
        place = self.table.currentIndex().row() + 1
        if place < self.table.lines.rowCount():
            self.table.setCurrentIndex(self.table.lines.index(place, 0))

    def _enter_points(self) -> None:
        if self.panel is None and self.period is not None:
            self.points.setFocus()

    def _take_points(self) -> None:
        """Write the two numbers typed for the member in hand, and go on to the next."""
        line: RatingLine | None = self.table.record()
        numbers = read_numbers(self.points.text())
        if not self.points.text().strip():
            self.table.setFocus()
            return
        if line is None or len(numbers) not in {2, 3} or line.rating.subject is not Subject.RATED:
            said = N_("Please write the common points and the points for tasks: 29 64.5")
            self.session.told.emit(self.session.words.gettext(said))
            return
        bonus = numbers[2] if len(numbers) == 3 else line.rating.bonus_tenths  # noqa: PLR2004 - a bonus is third
        rating = replace(line.rating, common_tenths=numbers[0], task_tenths=numbers[1], bonus_tenths=bonus)
        if self.session.run(lambda book: book.ratings.change(rating), self):
            self.points.clear()
            self._go_on()

    def _show_search(self, text: str) -> None:
        words = self.session.words
        self.searching.setText(words.sentence(N_("searching: {typed}"), {"typed": text}) if text else "")
