"""The first screen, without a book: open one, make one, or take a recent one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.book import BookDraft
from sochibo.book.upkeep.protection import check_book_passphrase
from sochibo.faults import Refused
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.blocks import Banner, Card, label, row, stand_in_the_middle
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField, flush_fields
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.passphrase import PassphraseField
from sochibo.interface.parts.typed_fields import DateField
from sochibo.messages import N_
from sochibo.rules.units.organisations import BookKind, suggest_symbol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sochibo.interface.looks.theme import Theme
    from sochibo.messages import Messages

__all__ = ["StartScreen"]

_WIDTH: Final = 620
_KINDS: Final = (
    (BookKind.CELL, N_("A cell: meetings, members, reports")),
    (BookKind.COMMITTEE, N_("A committee: receives and adds up")),
)


class StartScreen(QWidget):
    """Two doors and the recent books; troubles are said in place."""

    asked_open = Signal()
    asked_book = Signal(object)
    """A recent book, by its path."""
    asked_new = Signal(object, str)
    """A BookDraft and its passphrase, empty for none; where the file shall lie is asked next."""
    asked_rescue = Signal(object)
    """A book that cannot be opened and is to be brought back from a copy; None where it must be found."""
    asked_language = Signal(str)

    def __init__(
        self, words: Messages, theme: Theme, recent: Sequence[Path], today: Callable[[], date]
    ) -> None:
        super().__init__()
        self._words = words
        self._theme = theme
        self._trouble = Banner(theme, tone=Tone.WRONG, icon="triangle-alert")
        self._trouble.hide()
        self._first: ActButton | None = None
        self._doors = self._make_doors(recent)
        self._form = _Form(words, theme, today)
        self._form.made.connect(self.asked_new)
        self._form.left.connect(self.show_doors)
        column = QVBoxLayout()
        column.setSpacing(theme.px(12))
        column.addWidget(self._trouble)
        self._rescue = ActButton(theme, "", icon="history", kind="second")
        self._rescue.clicked.connect(lambda: self.asked_rescue.emit(self._spoilt))
        self._spoilt: Path | None = None
        self._rescue_row = QWidget()
        self._rescue_row.setLayout(row(self._rescue, None))
        self._rescue_row.hide()
        column.addWidget(self._rescue_row)
        # No QStackedWidget: it would be as high as its higher page and scroll for nothing.
        column.addWidget(self._doors)
        column.addWidget(self._form)
        self._form.hide()
        column.addStretch(1)
        stand_in_the_middle(self, column, theme, _WIDTH)

    def show_trouble(self, text: str, spoilt: Path | None = None) -> None:
        """Say what did not work, above the doors; a `spoilt` book of which there are copies offers them."""
        self._trouble.say(text)
        self._spoilt = spoilt
        if spoilt is not None:
            said = N_("Bring “{name}” back from a backup copy …")
            self._rescue.say(self._words.sentence(said, {"name": spoilt.stem}))
        self._rescue_row.setVisible(spoilt is not None)

    def show_doors(self) -> None:
        """Go back to the two doors."""
        self._form.hide()
        self._doors.show()
        (self._first or self._new).setFocus()

    def show_form(self) -> None:
        """Show the form of a new book."""
        self.show_trouble("")
        self._doors.hide()
        self._form.show()
        self._form.begin()

    def go_back(self) -> None:
        """Take one step back."""
        if self._form.isVisible():
            self.show_doors()

    def _make_recent(self, recent: Sequence[Path]) -> QWidget:
        """Make the list of recent books, the newest with the keyboard."""
        card = Card(self._theme)
        card.body.addWidget(label(self._words.gettext("Recent books"), "title"))
        for path in recent:
            door = ActButton(self._theme, path.stem, icon="file-text", kind="link")
            door.clicked.connect(lambda _checked=False, path=path: self.asked_book.emit(path))
            card.body.addWidget(door)
            self._first = self._first or door
        return card

    def _make_doors(self, recent: Sequence[Path]) -> QWidget:
        words, theme = self._words, self._theme
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(label("Sổ Chi bộ", "big"))
        column.addWidget(
            label(
                words.gettext(
                    "The book of a cell's meetings. Everything stays on this computer, "
                    "and everything you write is saved at once."
                ),
                "soft",
                wrap=True,
            )
        )
        column.addSpacing(theme.px(12))
        # Made in the order in which they stand: Tab goes by it.
        if recent:
            column.addWidget(self._make_recent(recent))
            column.addSpacing(theme.px(12))
        self._open = ActButton(theme, words.gettext("Open a book"), icon="folder-open", kind="second")
        # Whoever has a book came to open it: making another one is not the act of this screen then.
        kind = "second" if recent else "primary"
        self._new = ActButton(theme, words.gettext("Make a new book"), icon="file-plus", kind=kind)
        self._open.clicked.connect(self.asked_open)
        self._new.clicked.connect(self.show_form)
        column.addLayout(row(self._new, self._open, None, spacing=theme.px(10)))
        column.addSpacing(theme.px(16))
        other, name = ("en", "English") if words.language == "vi" else ("vi", "Tiếng Việt")
        language = ActButton(theme, name, kind="link")
        language.clicked.connect(lambda: self.asked_language.emit(other))
        copies = ActButton(
            theme, words.gettext(N_("Bring a book back from a backup copy …")), icon="history", kind="link"
        )
        copies.clicked.connect(lambda: self.asked_rescue.emit(None))
        column.addWidget(flow(copies, language))
        column.addStretch(1)
        return made


@dataclass(slots=True)
class _Typed:
    """What has been typed into the form so far."""

    kind: BookKind = BookKind.CELL
    name: str = ""
    superior: str = ""
    place: str = ""
    secretary: str = ""
    term_name: str = ""
    term_start: date | None = None


class _Form(QWidget):
    """The short form of a new book; nothing is written before the act at its foot."""

    made = Signal(object, str)
    left = Signal()

    def __init__(self, words: Messages, theme: Theme, today: Callable[[], date]) -> None:
        super().__init__()
        # The field for a passphrase takes its words and its looks from its page: there is no session yet.
        self.words, self.theme = words, theme
        self._words = words
        self._typed = _Typed()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        column.addWidget(label(words.gettext("A new book"), "big"))
        choices = [(kind, words.gettext(name)) for kind, name in _KINDS]
        self._kind = ChoiceField(theme, words.gettext("Whose book"), choices, self._set_kind)
        self._kind.show_value(BookKind.CELL)
        self._fields: dict[str, LabelledField] = {}
        # Two beside each other, so that the act at the foot is in sight on a small screen.
        grid = FormGrid(theme)
        column.addWidget(grid)
        self._add(theme, grid, "kind", words.gettext("Whose book"), self._kind)
        for key, name, hint in (
            ("name", N_("Name of the organisation"), N_("As it stands on its papers: Chi bộ Thôn 4")),
            ("superior", N_("Superior organisation"), N_("As it stands on its papers: Đảng bộ xã Đông Hòa")),
            ("place", N_("Place named on papers"), N_("Stands before the date on papers: Đông Hòa")),
            ("secretary", N_("Secretary"), N_("Full name of the one who signs")),
            ("term_name", N_("Term"), N_("For instance 2025–2027")),
        ):
            line = LineField(words.gettext(name), partial(setattr, self._typed, key))
            self._add(theme, grid, key, words.gettext(name), line, words.gettext(hint))
        start = DateField(words.gettext("The term began on"), self._set_start, today, self._tell_start)
        hint = words.gettext("Day, month and year: 15/03/2025")
        self._add(theme, grid, "term_start", words.gettext("The term began on"), start, hint)
        self._add_passphrase(theme, grid)
        make = ActButton(theme, words.gettext("Make the book…"), kind="primary")
        back = ActButton(theme, words.gettext("Back"), kind="plain")
        make.clicked.connect(self._make)
        back.clicked.connect(self.left)
        column.addLayout(row(make, back, None, spacing=theme.px(10)))
        column.addStretch(1)

    def begin(self) -> None:
        """Put the keyboard into the first field."""
        self._kind.setFocus()

    def _add(self, theme: Theme, grid: FormGrid, key: str, name: str, field: QWidget, hint: str = "") -> None:
        self._fields[key] = LabelledField(theme, name, field, hint)
        grid.add(self._fields[key], wide=key in {"kind", "name", "superior"})

    def _add_passphrase(self, theme: Theme, grid: FormGrid) -> None:
        """Recommend a passphrase, twice the same; a book without one can be read by whoever gets the file."""
        say = self._words.gettext
        name, once_more = say(N_("Passphrase of the book")), say(N_("The passphrase once more"))
        hint = say(
            N_(
                "Recommended where others use this PC; empty for none, until you choose one under Settings. "
                "At least 8 signs: three or four words. The recovery paper follows at once."
            )
        )
        self._passphrase = PassphraseField(self, name)
        self._repeat = PassphraseField(self, once_more)
        self._add(theme, grid, "passphrase", name, self._passphrase)
        self._add(theme, grid, "repeat", once_more, self._repeat)
        self._passphrase.line.setAccessibleDescription(hint)
        grid.add(label(hint, "hint", wrap=True), wide=True)

    def _judge_passphrase(self) -> dict[str, str]:
        """Return what is wrong with the passphrase, by field; an empty one is none."""
        typed, repeated = self._passphrase.text(), self._repeat.text()
        if not typed and not repeated:
            return {}
        try:
            check_book_passphrase(typed)
        except Refused as refused:
            return {"passphrase": refused.findings[0].say(self._words)}
        if typed != repeated:
            return {
                "repeat": self._words.gettext(N_("The two passphrases differ. Please type them once more."))
            }
        return {}

    def _set_kind(self, kind: BookKind) -> None:
        self._typed.kind = kind

    def _set_start(self, day: date | None) -> None:
        self._typed.term_start = day

    def _tell_start(self, readable: bool) -> None:  # noqa: FBT001 - a field tells yes or no
        if not readable:
            self._typed.term_start = None
        self._fields["term_start"].show_trouble("" if readable else self._words.gettext("This is no day."))

    def _make(self) -> None:
        flush_fields(self)
        typed = self._typed
        lacking = [
            key for key in ("name", "superior", "place", "term_name", "term_start") if not getattr(typed, key)
        ]
        wrong = dict.fromkeys(lacking, self._words.gettext("Please fill this in.")) | self._judge_passphrase()
        for key, field in self._fields.items():
            field.show_trouble(wrong.get(key, ""))
        if wrong or typed.term_start is None:
            self._fields[next(iter(wrong))].field.setFocus()
            return
        self.made.emit(
            BookDraft(
                kind=typed.kind,
                name=typed.name,
                superior=typed.superior,
                place=typed.place,
                term_name=typed.term_name,
                term_start=typed.term_start,
                symbol=suggest_symbol(typed.kind),
                secretary=typed.secretary,
            ),
            self._passphrase.text(),
        )
