"""A backup copy beside the book as it is: what restoring would change, looked at before anything is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.upkeep.protection import is_protected
from sochibo.book.upkeep.restoring import AnotherBook, CountChange, RestorePreview, preview_restore
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.looks.palette import Tone
from sochibo.interface.looks.theme import Theme
from sochibo.interface.parts.blocks import Banner, Card, label
from sochibo.interface.parts.fields import LabelledField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.passphrase import PassphraseField
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_, Messages

if TYPE_CHECKING:
    from sochibo.book.upkeep.restoring import BookState
    from sochibo.interface.session import Session

__all__ = ["Ground", "RestorePanel", "ground_of"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the panel stands on: an open book, or one that cannot be opened.

    `work` runs a job off the GUI thread as a session does; `protected` tells that the book is known to
    ask for a passphrase, `free` that it may be replaced.
    """

    words: Messages
    theme: Theme
    book: Path
    work: Callable[[Callable[[], Any], Callable[[Any], None], str, Callable[[Fault], None]], None]
    protected: bool = False
    free: bool = True


def ground_of(session: Session) -> Ground:
    """Return the ground of an open book."""
    book = session.book
    return Ground(
        session.words, session.theme, book.path, session.work, book.protection.is_set, not book.read_only
    )


class RestorePanel(QWidget):
    """First the look, then the act; the passphrase is asked for where a copy or the book has one."""

    ended = Signal()
    asked = Signal(object)
    """A RestorePreview that was looked at: the window closes the book first."""

    def __init__(self, ground: Ground, path: Path, name: str) -> None:
        """`name` is what the copy is called here: its moment, or the name of its file."""
        super().__init__()
        self.ground = ground
        self.words, self.theme = ground.words, ground.theme
        self.path = path
        self.preview: RestorePreview | None = None
        theme, words = ground.theme, ground.words
        self.trouble = Banner(theme, tone=Tone.WRONG, icon="triangle-alert")
        self.trouble.hide()
        self.head = self._make_head(name)
        self.restore_button = ActButton(
            theme, words.gettext(N_("Go back to this copy")), icon="history", kind="primary"
        )
        self.restore_button.clicked.connect(self.restore)
        self.leave = ActButton(theme, words.gettext(N_("Keep the book as it is")))
        self.leave.clicked.connect(self.ended)
        self.table_model: RecordTable[CountChange] = RecordTable(
            words, self._columns(), key=lambda change: change.kind
        )
        name_of_table = words.gettext(N_("What would change"))
        self.table = TableView(theme, self.table_model, name_of_table, grows=True)
        self.asking = self._make_asking()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(12))
        for widget in (
            self.trouble,
            self.head,
            self.asking,
            flow(self.restore_button, self.leave),
            self.table,
        ):
            whole.addWidget(widget)
        whole.addStretch(1)
        self.table.hide()
        self.restore_button.setEnabled(False)
        protected = ground.protected or _is_protected(path)
        self.asking.setVisible(protected)
        if not protected:
            self.look()

    def first_focus(self) -> QWidget:
        """Begin with the passphrase, else with the way out: an Enter too many must change nothing."""
        return self.leave if self.asking.isHidden() else self.passphrase.line

    def look(self) -> None:
        """Read both files in a worker thread and compare."""
        self.trouble.say("")
        path, book, secret = self.path, self.ground.book, self.passphrase.text()
        self.ground.work(
            lambda: preview_restore(path, book, passphrase=secret),
            self._show,
            self.words.gettext(N_("Reading the copy …")),
            self._say_trouble,
        )

    def restore(self) -> None:
        """Hand it to the window."""
        if self.preview is not None:
            self.asked.emit(self.preview)

    def _make_head(self, name: str) -> Card:
        words, head = self.words, Card(self.theme, "note")
        said = words.sentence(N_("Go back to the copy of {name}?"), {"name": name})
        head.body.addWidget(label(said, "title", wrap=True))
        self.copy_line, self.book_line = label("", "soft", wrap=True), label("", "soft", wrap=True)
        self.between = label("", "strong", wrap=True)
        for part in (self.copy_line, self.book_line, self.between):
            head.body.addWidget(part)
        kept = N_(
            "Nothing is changed yet. The book as it is now is kept beside it, so that you can come back."
        )
        head.body.addWidget(label(words.gettext(kept), "hint", wrap=True))
        return head

    def _make_asking(self) -> QWidget:
        words, theme = self.words, self.theme
        card = Card(theme)
        card.body.setSpacing(theme.px(12))
        name = words.gettext(N_("Passphrase of the book"))
        self.passphrase = PassphraseField(self, name)
        self.passphrase.returned.connect(self.look)
        hint = words.gettext(N_("The one that the book had on the day of the copy."))
        card.body.addWidget(LabelledField(theme, name, self.passphrase, hint))
        look = ActButton(theme, words.gettext(N_("See what would change")), icon="eye", kind="second")
        look.clicked.connect(self.look)
        card.body.addWidget(flow(look))
        return card

    def _show(self, preview: RestorePreview) -> None:
        words = self.words
        self.preview = preview
        self.passphrase.forget()
        self.asking.hide()
        self.copy_line.setText(
            words.sentence(N_("Newest entry of the copy: {entry}"), self._entry(preview.then))
        )
        if preview.now is not None:
            said = words.sentence(N_("Newest entry of the book now: {entry}"), self._entry(preview.now))
        else:
            said = preview.trouble.say(words) if preview.trouble else ""
        self.book_line.setText(said)
        self.between.setText(self._say_between(preview))
        self.between.setVisible(bool(self.between.text()))
        if preview.is_another_book:
            fields = {"name": preview.backup.name, "organisation": preview.then.organisation}
            self.trouble.say(words.sentence(AnotherBook.sentence, fields))
        changes = [change for change in preview.changes if change.now != change.then]
        self.table_model.show_records(changes)
        self.table.setVisible(bool(changes))
        free = not (preview.is_another_book or preview.is_same or not self.ground.free)
        self.restore_button.setEnabled(free)
        self.leave.setFocus()

    def _say_between(self, preview: RestorePreview) -> str:
        words, days = self.words, preview.days_back
        if preview.is_same:
            return words.gettext(N_("Both hold the same: there is nothing to go back to."))
        if not days or days < 0:
            return ""
        said = words.ngettext(
            "What was recorded in the last {n} day would be gone.",
            "What was recorded in the last {n} days would be gone.",
            days,
        )
        return said.format(n=words.number(days))

    def _entry(self, state: BookState) -> dict[str, object]:
        words, act = self.words, state.newest
        if act is None:
            return {"entry": "–"}
        fields = {"moment": act.at.astimezone(), "act": act.say(words)}
        return {"entry": words.sentence(N_("{moment}, {act}"), fields)}

    def _say_trouble(self, fault: Fault) -> None:
        self.passphrase.forget()
        self.trouble.say(fault.say(self.words))

    def _columns(self) -> tuple[Column[CountChange], ...]:
        words = self.words
        return (
            Column(title=N_("Records"), text=lambda one: words.gettext(one.kind), stretch=True),
            Column(title=N_("Now"), text=lambda one: words.number(one.now), right=True, soft=True),
            Column(
                title=N_("After restoring"), text=lambda one: words.number(one.then), right=True, strong=True
            ),
        )


def _is_protected(path: Path) -> bool:
    """Tell whether a copy asks for a passphrase; one that cannot be read says why when it is looked at."""
    from sochibo.faults import Fault

    try:
        return is_protected(path)
    except Fault:
        return False
