"""The main window: the start screen or the frame of one open book, and the keys that work everywhere."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QVBoxLayout, QWidget

from sochibo.book.book import Book
from sochibo.book.upkeep.protection import is_protected
from sochibo.book.upkeep.restoring import copies_of, is_spoilt, restore
from sochibo.faults import Fault
from sochibo.interface.frame.frame import Frame
from sochibo.interface.frame.idle import IdleWatch
from sochibo.interface.frame.start import StartScreen
from sochibo.interface.frame.unlock_page import UnlockPage
from sochibo.interface.parts.focus_order import focus_beside
from sochibo.interface.rooms import PAGES, ROOMS
from sochibo.interface.session import Session
from sochibo.interface.upkeep.protection_page import ProtectionPage
from sochibo.messages import N_, Messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from sochibo.book.book import BookDraft
    from sochibo.book.upkeep.restoring import RestorePreview
    from sochibo.interface.frame.rescue_screen import RescueScreen
    from sochibo.interface.looks.theme import Theme
    from sochibo.interface.settings import Settings, SettingsFile
    from sochibo.interface.upkeep.update_screen import UpdateScreen

__all__ = ["PAGES", "ROOMS", "Window"]

_SUFFIX: Final = ".sochibo"
_LEAST: Final = (640, 420)
_MINUTE_MS: Final = 60_000
_CHECK_MS: Final = 1500


class Window(QWidget):
    """One window with one book at a time; its settings are written when it closes."""

    def __init__(
        self,
        words: Messages,
        settings: Settings,
        file: SettingsFile,
        theme: Theme,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.setObjectName("Window")
        self._words = words
        self._settings = settings
        self._file = file
        self._theme = theme
        self._today = today
        self._inside: Frame | StartScreen | UnlockPage | UpdateScreen | RescueScreen | None = None
        self._idle = IdleWatch(self)
        self._idle.passed.connect(self.lock)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setMinimumSize(*_LEAST)
        room = QGuiApplication.primaryScreen().availableSize()
        self.resize(min(settings.size[0], room.width()), min(settings.size[1], room.height()))
        theme.changed.connect(self._restyle)
        self._bind_keys()
        self.show_start()

    @property
    def frame(self) -> Frame | None:
        """Return the frame of the open book, None on the start screen."""
        return self._inside if isinstance(self._inside, Frame) else None

    @property
    def start(self) -> StartScreen | None:
        """Return the start screen, None while a book is open."""
        return self._inside if isinstance(self._inside, StartScreen) else None

    def show_start(self, trouble: str = "") -> None:
        """Close the book, if one is open, and show the two doors."""
        self._close_book()
        screen = StartScreen(self._words, self._theme, self._settings.recent_books(), self._today)
        screen.asked_open.connect(self._ask_open)
        screen.asked_book.connect(self.open_book)
        screen.asked_new.connect(self._ask_new)
        screen.asked_language.connect(self._speak)
        screen.asked_rescue.connect(self.show_rescue)
        self._put(screen)
        self.setWindowTitle("Sổ Chi bộ")
        if trouble:
            screen.show_trouble(trouble)

    def open_book(self, path: Path) -> bool:
        """Open a book in place of what is shown; a trouble is said on the start screen.

        Before a protected one its passphrase is asked for.
        """
        try:
            if is_protected(path):
                self.show_unlock(path)
                return False
            book = Book.open(path, by=self._person())
        except Fault as fault:
            self._say_trouble(fault, path)
            return False
        self._show_book(book)
        return True

    def show_rescue(self, book: Path | None) -> None:
        """Show the copies of a book that does not open, in place of a book."""
        from sochibo.interface.frame.rescue_screen import RescueScreen

        self._close_book()
        screen = RescueScreen(self._words, self._theme, book)
        screen.asked_start.connect(lambda: QTimer.singleShot(0, self, self.show_start))
        screen.asked_restore.connect(
            lambda preview: QTimer.singleShot(0, self, partial(self.restore, preview))
        )
        self._put(screen)
        screen.first_focus().setFocus()

    def show_unlock(self, path: Path, *, locked: bool = False) -> None:
        """Close the book, if one is open, and ask for the passphrase of one."""
        self._close_book()
        page = UnlockPage(self._words, self._theme, path, partial(self._unlock, path), locked=locked)
        page.asked_start.connect(lambda: QTimer.singleShot(0, self, self.show_start))
        page.asked_rescue.connect(lambda: QTimer.singleShot(0, self, partial(self.show_rescue, path)))
        self._put(page)
        self.setWindowTitle(f"{path.stem} – Sổ Chi bộ")
        page.first_focus()

    def show_update(self, path: Path) -> None:
        """Show what an update file offers, in place of a book."""
        from sochibo.interface.upkeep.update_screen import UpdateScreen

        self._close_book()
        screen = UpdateScreen(self._words, self._theme, self._settings.recent_books(), path)
        screen.asked_start.connect(lambda: QTimer.singleShot(0, self, self.show_start))
        self._put(screen)
        self.setWindowTitle("Sổ Chi bộ")

    def lock(self) -> None:
        """Save everything, close a protected book and ask for its passphrase; not while a slow job runs."""
        frame = self.frame
        if frame is None or frame.session.busy or not frame.session.book.protection.is_set:
            return
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            # It belongs to the book; who waits for its answer goes on before anything is closed.
            dialog.reject()
            QTimer.singleShot(0, self, self.lock)
            return
        self.show_unlock(frame.session.book.path, locked=True)

    def restore(self, preview: RestorePreview) -> None:
        """Close the book, put a copy in its place, and open it where one was; or say why not."""
        # No copy at closing: making one may thin out the very copy that was chosen, and the book is kept.
        self._close_book(copies=False)
        trouble, kept = "", None
        try:
            kept = restore(preview, datetime.now(UTC))
        except Fault as fault:
            trouble = fault.say(self._words)
        self.open_book(preview.book)
        if self.frame is None:
            if trouble and isinstance(self._inside, UnlockPage):
                self._inside.trouble.say(trouble)
            elif trouble:
                self.show_start(trouble)
            return
        if trouble:
            self.frame.session.fault.emit(trouble)
            return
        said = N_("The copy is in place. The book as it was is kept as “{name}”.")
        if kept is None:
            said = N_("“{name}” is restored.")
        self.frame.session.told.emit(self._words.sentence(said, {"name": (kept or preview.book).name}))

    def create_book(self, path: Path, draft: BookDraft, passphrase: str = "") -> bool:
        """Make a book and open it; a trouble is said on the start screen, and the form stays filled.

        With a passphrase the recovery paper is offered at once: later nobody thinks of it.
        """
        try:
            book = Book.create(path, draft, by=self._person(), passphrase=passphrase)
        except Fault as fault:
            self._say_trouble(fault)
            return False
        self._show_book(book)
        if self.frame is not None and passphrase:
            self.frame.go("protection")
            if isinstance(self.frame.page, ProtectionPage):
                self.frame.page.offer_paper(passphrase)
        elif self.frame is not None:
            self.frame.session.told.emit(
                self._words.gettext("The book is made. Under Settings you can protect it by a passphrase.")
            )
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001, N802 - Qt's name and argument
        """Go by Tab in the order in which the window is read."""
        return focus_beside(self, forward=forward)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Save what is in a field, close the book, remember where one was."""
        self._settings.size = (self.width(), self.height())
        self._close_book()
        self._file.save(self._settings)
        super().closeEvent(event)

    def _show_book(self, book: Book) -> None:
        self._close_book()
        self._settings.remember_book(book.path)
        session = Session(book, self._words, self._settings, self._theme, self._today)
        frame = Frame(session)
        session.setParent(frame)
        session.changed.connect(lambda *_: self._name_window())
        session.asked_start.connect(lambda: QTimer.singleShot(0, self, self.show_start))
        session.asked_restore.connect(
            lambda preview: QTimer.singleShot(0, self, partial(self.restore, preview))
        )
        session.asked_lock.connect(lambda: QTimer.singleShot(0, self, self.lock))
        session.touched_settings.connect(self._watch_idle)
        self._put(frame)
        self._watch_idle()
        frame.focus_page()
        self._name_window()
        self._file.save(self._settings)
        # The page is seen first: reading a large book through takes seconds on an old PC.
        QTimer.singleShot(_CHECK_MS, session, session.begin)

    def _close_book(self, *, copies: bool = True) -> None:
        frame = self.frame
        if frame is None:
            return
        frame.close_book()
        if copies:
            # What stood in the way of a copy is said by the self-check, next time.
            frame.session.book.backups.at_close()
        frame.session.book.close()
        self._inside = None
        self._watch_idle()
        self._column.removeWidget(frame)
        frame.hide()
        frame.deleteLater()

    def _unlock(self, path: Path, passphrase: str, recovery: str) -> Fault | None:
        """Open a protected book; return what went wrong."""
        try:
            book = Book.open(path, by=self._person(), passphrase=passphrase, recovery=recovery)
        except Fault as fault:
            return fault
        self._show_book(book)
        if book.protection.recovered and self.frame is not None:
            self.frame.go("protection")
        return None

    def _watch_idle(self) -> None:
        protects = self.frame is not None and self.frame.session.book.protection.is_set
        self._idle.watch(self._settings.lock_minutes * _MINUTE_MS if protects else 0)

    def _put(self, inside: Frame | StartScreen | UnlockPage | UpdateScreen | RescueScreen) -> None:
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = inside
        self._column.addWidget(inside)

    def _name_window(self) -> None:
        if self.frame is not None:
            self.setWindowTitle(f"{self.frame.session.book.organisation().name} – Sổ Chi bộ")

    def _say_trouble(self, fault: Fault, path: Path | None = None) -> None:
        if self.start is None:
            self.show_start()
        spoilt = path if path is not None and is_spoilt(fault) and copies_of(path) else None
        if self.start is not None:
            self.start.show_trouble(fault.say(self._words), spoilt)

    def _person(self) -> str:
        if self._settings.person:
            return self._settings.person
        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return ""

    def _speak(self, language: str) -> None:
        """Change the language on the start screen, where no page is open yet."""
        self._settings.language = language
        self._words = Messages(language)
        self.show_start()

    def _ask_open(self) -> None:
        kind = self._words.gettext("Books (*.sochibo)")
        name, _ = QFileDialog.getOpenFileName(
            self, self._words.gettext("Open a book"), str(self._folder()), kind
        )
        if name:
            self.open_book(Path(name))

    def _ask_new(self, draft: BookDraft, passphrase: str = "") -> None:
        safe = "".join(" " if letter in '\\/:*?"<>|' else letter for letter in draft.name).strip()
        name, _ = QFileDialog.getSaveFileName(
            self,
            self._words.gettext("Where shall the book lie?"),
            str(self._folder() / f"{safe}{_SUFFIX}"),
            self._words.gettext("Books (*.sochibo)"),
        )
        if name:
            path = Path(name)
            self.create_book(path if path.suffix else path.with_suffix(_SUFFIX), draft, passphrase)

    def _folder(self) -> Path:
        recent = self._settings.recent_books()
        if recent:
            return recent[0].parent
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        return Path(QStandardPaths.writableLocation(documents))

    def _restyle(self) -> None:
        self._settings.percent = self._theme.percent
        self._settings.palette = self._theme.name
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._theme.apply(application)
        if self.frame is not None:
            self.frame.rebuild()
        elif self.start is not None:
            self.show_start()
        elif isinstance(self._inside, UnlockPage):
            self.show_unlock(self._inside.path)

    def _bind_keys(self) -> None:
        def bind(keys: str | QKeySequence.StandardKey, act: Callable[[Frame], None]) -> None:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda: act(self.frame) if self.frame else None)

        bind("Ctrl+Z", Frame.undo)
        bind("Ctrl+Y", Frame.redo)
        bind("Ctrl+Shift+Z", Frame.redo)
        bind("F1", Frame.show_help)
        bind("Ctrl+L", lambda _: self.lock())
        for place in range(8):
            bind(f"Alt+{place + 1}", partial(_enter, place=place))
        for keys, steps in (("Ctrl++", 1), ("Ctrl+=", 1), ("Ctrl+-", -1), ("Ctrl+0", 0)):
            QShortcut(QKeySequence(keys), self).activated.connect(
                lambda steps=steps: self._theme.change(percent=self._theme.larger(steps) if steps else 100)
            )
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._go_back)

    def _go_back(self) -> None:
        if self._inside is not None:
            self._inside.go_back()


def _enter(frame: Frame, place: int) -> None:
    if place < len(frame.goals):
        frame.go(frame.goals[place])
