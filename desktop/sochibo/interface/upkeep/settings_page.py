"""Settings: how the window looks on this PC, and whose book it is; every field saves itself."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import LABELS
from sochibo.interface.looks.theme import PERCENTS
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField
from sochibo.interface.parts.typed_fields import DateField, NumberField, TimeField
from sochibo.interface.rooms import stands
from sochibo.messages import N_

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from sochibo.book.book import Book
    from sochibo.interface.looks.palette import PaletteName
    from sochibo.interface.session import Session

__all__ = ["SettingsPage"]

_STACK_BELOW: Final = 760
_LAST_DAY: Final = 31
_LANGUAGES: Final = (("vi", "Tiếng Việt"), ("en", "English"))
_TEXTS: Final = (
    ("name", N_("Name of the organisation"), N_("As it stands on its papers")),
    ("superior", N_("Superior organisation"), N_("As it stands on its papers")),
    ("place", N_("Place named on papers"), N_("Stands before the date on papers")),
    ("symbol", N_("Symbol of its papers"), N_("Ends the number of a paper, behind the stroke")),
    ("secretary", N_("Secretary"), N_("Full name of the one who signs")),
    ("regular_place", N_("Usual place of meetings"), ""),
)


class SettingsPage(Page):
    """Two columns: this PC at the left, the book at the right; one below the other where it is narrow."""

    concerns: ClassVar[Changes] = Changes.ORGANISATION
    help_name = "settings"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        del goal
        theme = session.theme
        self._lines: dict[str, LineField] = {}
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(theme.px(10))
        words = session.words
        left.addWidget(label(words.gettext("This computer"), "title"))
        left.addWidget(self._computer())
        left.addWidget(label(words.gettext("The book"), "title"))
        left.addWidget(self._doors())
        left.addStretch(1)
        right.addWidget(label(words.gettext("Organisation"), "title"))
        right.addWidget(self._organisation())
        right.addWidget(label(words.gettext("Term"), "title"))
        right.addWidget(self._term())
        right.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(theme.px(22))
        self._columns.addLayout(left, 2)
        self._columns.addLayout(right, 3)
        self._columns.addStretch(0)

    def title(self) -> tuple[str, ...]:
        """Return the room."""
        return (self.session.words.gettext("Settings"),)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the fields."""
        words = self.session.words
        return (
            KeyHint("Ctrl + / Ctrl −", words.gettext("type size")),
            KeyHint(words.pgettext("key", "Enter"), words.gettext("next field")),
        )

    def reload(self) -> None:
        """Show what the book holds."""
        book, settings = self.session.book, self.session.settings
        organisation = book.organisation()
        for name, _, _ in _TEXTS:
            self._lines[name].show_text(getattr(organisation, name))
        self._day.show_number(organisation.regular_day)
        self._time.show_text(organisation.regular_time)
        self._person.show_text(settings.person)
        term = next(iter(book.terms()), None)
        self._term_name.show_text(term.name if term else "")
        self._term_start.show_day(term.start if term else None)
        earlier = [f"{old.name} ({self.session.words.date(old.start)})" for old in book.terms()[1:]]
        self._earlier.setText(
            self.session.words.gettext("Earlier terms: {terms}").format(terms=", ".join(earlier))
            if earlier
            else ""
        )
        self._earlier.setVisible(bool(earlier))
        for field in (*self._lines.values(), self._day, self._time, self._term_name, self._term_start):
            field.setReadOnly(book.read_only)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the columns one below the other where it is narrow."""
        super().resizeEvent(event)
        stacked = self.width() < self.session.theme.px(_STACK_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        for place, stretch in enumerate((0, 0, 1) if stacked else (2, 3, 0)):
            self._columns.setStretch(place, stretch)

    def _computer(self) -> Card:
        session, words, theme = self.session, self.session.words, self.session.theme
        card = Card(theme)
        language = ChoiceField(theme, words.gettext("Language"), _LANGUAGES, self._set_language)
        language.show_value(session.settings.language)
        hint = words.gettext("Takes effect when the program is started next.")
        self._add(card, words.gettext("Language"), language, hint)
        sizes = [(percent, f"{percent} %") for percent in PERCENTS]
        size = ChoiceField(theme, words.gettext("Type size"), sizes, self._set_size)
        size.show_value(theme.percent)
        self._add(card, words.gettext("Type size"), size, words.gettext("Also by Ctrl + and Ctrl −"))
        palettes = [(name, words.gettext(text)) for name, text in LABELS.items()]
        palette = ChoiceField(theme, words.gettext("Colours"), palettes, self._set_palette)
        palette.show_value(theme.name)
        self._add(card, words.gettext("Colours"), palette)
        self._person = LineField(words.gettext("Your name"), partial(setattr, session.settings, "person"))
        hint = words.gettext("Stands in the history beside what you did; from the next start on.")
        self._add(card, words.gettext("Your name"), self._person, hint)
        return card

    def _doors(self) -> Card:
        session, words, theme = self.session, self.session.words, self.session.theme
        card = Card(theme)
        doors = [("history", words.gettext("History: who did what"), "history")]
        doors.insert(0, ("protection", words.gettext("Passphrase and recovery paper"), "lock"))
        doors.insert(1, ("backup", words.gettext("Backup copies and restoring"), "shield-check"))
        if stands("key"):
            doors.insert(0, ("key", words.gettext("Signing key"), "key-round"))
            doors.insert(1, ("trust", words.gettext("Keys that are trusted"), "badge-check"))
        doors.append(("update", words.gettext("Update of the program"), "download"))
        for goal, text, icon in doors:
            door = ActButton(theme, text, icon=icon, kind="link")
            door.clicked.connect(partial(session.go, goal))
            card.body.addLayout(row(door, None))
        other = ActButton(theme, words.gettext("Open another book"), icon="folder-open", kind="link")
        other.clicked.connect(session.asked_start)
        card.body.addLayout(row(other, None))
        return card

    def _organisation(self) -> Card:
        words, theme = self.session.words, self.session.theme
        card = Card(theme)
        for name, title, hint in _TEXTS:
            self._lines[name] = LineField(words.gettext(title), partial(self._set_organisation, name))
            self._add(card, words.gettext(title), self._lines[name], words.gettext(hint))
        self._day = NumberField(
            words.gettext("Usual day of meetings"),
            self._set_day,
            _LAST_DAY,
            lambda good: self._tell("day", good),
        )
        self._time = TimeField(
            words.gettext("Usual time of meetings"),
            partial(self._set_organisation, "regular_time"),
            lambda good: self._tell("time", good),
        )
        self._told = {
            "day": self._add(
                card,
                words.gettext("Usual day of meetings"),
                self._day,
                words.gettext("Day of the month, the 3rd unless the committee registered another"),
            ),
            "time": self._add(
                card, words.gettext("Usual time of meetings"), self._time, words.gettext("19:30")
            ),
        }
        return card

    def _term(self) -> Card:
        session, words = self.session, self.session.words
        card = Card(session.theme)
        self._term_name = LineField(words.gettext("Term"), self._set_term_name)
        self._add(card, words.gettext("Term"), self._term_name, words.gettext("For instance 2025–2027"))
        self._term_start = DateField(
            words.gettext("The term began on"),
            self._set_term_start,
            session.today,
            lambda good: self._tell("start", good),
        )
        self._told["start"] = self._add(card, words.gettext("The term began on"), self._term_start)
        self._earlier = label("", "hint", wrap=True)
        card.body.addWidget(self._earlier)
        begin = ActButton(session.theme, words.gettext("Begin a new term today"), kind="second")
        begin.setEnabled(not session.book.read_only)
        begin.clicked.connect(self._begin_term)
        card.body.addLayout(row(begin, None))
        card.body.addWidget(
            label(
                words.gettext("In a new term the numbers of papers start again from 01."), "hint", wrap=True
            )
        )
        return card

    def _add(self, card: Card, name: str, field: QWidget, hint: str = "") -> LabelledField:
        made = LabelledField(self.session.theme, name, field, hint)
        card.body.setSpacing(self.session.theme.px(14))
        card.body.addWidget(made)
        return made

    def _tell(self, which: str, good: bool) -> None:  # noqa: FBT001 - a field tells yes or no
        words = self.session.words
        says = {
            "day": words.gettext("Please give a day from 1 to 31."),
            "time": words.gettext("Please give a time, for instance 19:30."),
            "start": words.gettext("Please give a day, for instance 15/03/2025."),
        }
        self._told[which].show_trouble("" if good else says[which])

    def _set_language(self, language: str) -> None:
        self.session.settings.language = language

    def _set_size(self, percent: int) -> None:
        # Later: the change makes this page anew, and the field must first come back from its own signal.
        QTimer.singleShot(0, self.session.theme, lambda: self.session.theme.change(percent=percent))

    def _set_palette(self, name: PaletteName) -> None:
        QTimer.singleShot(0, self.session.theme, lambda: self.session.theme.change(name=name))

    def _set_organisation(self, name: str, text: str) -> None:
        change: dict[str, Any] = {name: text}

        def act(book: Book) -> Changes:
            return book.change_organisation(replace(book.organisation(), **change))

        self.session.run(act, self)

    def _set_day(self, day: int | None) -> None:
        self._tell("day", bool(day))
        if day:
            self.session.run(
                lambda book: book.change_organisation(replace(book.organisation(), regular_day=day)), self
            )

    def _set_term_name(self, name: str) -> None:
        terms = self.session.book.terms()
        if terms:
            self.session.run(lambda book: book.change_term(replace(terms[0], name=name)), self)

    def _set_term_start(self, day: date | None) -> None:
        self._tell("start", day is not None)
        terms = self.session.book.terms()
        if day and terms:
            self.session.run(lambda book: book.change_term(replace(terms[0], start=day)), self)

    def _begin_term(self) -> None:
        today = self.session.today()
        self.session.run(lambda book: book.add_term(f"{today.year}–{today.year + 5}", today), self)
        self._term_name.setFocus()
        self._term_name.selectAll()
