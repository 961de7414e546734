"""The strip at the foot: saved when, what is under way, what went wrong, and the keys of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from sochibo.interface.looks.icons import TONE_ICONS, ActButton, Glyph
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.blocks import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from sochibo.interface.looks.theme import Theme
    from sochibo.interface.page import KeyHint
    from sochibo.interface.session import Session

__all__ = ["Strip"]

_ROOM_FOR_COPY: Final = 820


class Strip(QWidget):
    """A message stays until it is dismissed or the next one comes; nothing here ever blocks."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._theme = session.theme
        self.setObjectName("Strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._message = _Message(session)
        self._work = _Work(session)
        self._saved = label("", "good")
        self._copied = label("", "hint")
        self._tick = Glyph(self._theme, "check", Tone.GOOD, 15)
        self._keys = _Keys(self._theme)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._tick)
        self._foot.addWidget(self._saved)
        self._foot.addSpacing(self._theme.px(10))
        self._foot.addWidget(self._copied)
        self._foot.addWidget(self._work)
        self._foot.addWidget(self._keys, 1)
        self._all = QVBoxLayout(self)
        self._all.addWidget(self._message)
        self._all.addLayout(self._foot)
        session.fault.connect(lambda text: self._message.say(text, Tone.WRONG))
        session.told.connect(lambda text: self._message.say(text, Tone.GOOD))
        session.noted.connect(lambda text: self._message.say(text, Tone.ACCENT))
        session.working.connect(self._work.begin)
        session.checked.connect(self.show_copied)
        session.progressed.connect(self._work.show_progress)
        self._theme.changed.connect(self._dress)
        self._dress()

    def show_saved(self) -> None:
        """Say when the newest change went into the file."""
        words, at = self._session.words, self._session.book.saved_at
        at = at.astimezone() if at else None
        if self._session.book.read_only:
            self._saved.setText(words.gettext("Read only"))
            self._tick.show_icon("lock", Tone.GOOD)
        elif at is None:
            self._saved.setText(words.gettext("Everything is saved"))
        elif at.date() == self._session.today():
            self._saved.setText(words.gettext("Saved at {time}").format(time=f"{at:%H:%M}"))
        else:
            self._saved.setText(words.gettext("Saved on {day}").format(day=words.date(at.date())))
        self.show_copied()

    def show_copied(self) -> None:
        """Say when the newest backup copy was made."""
        words, at = self._session.words, self._session.book.backups.newest_at
        if at is None:
            self._copied.setText(words.gettext("No backup copy yet"))
        elif at.date() == self._session.today():
            self._copied.setText(words.gettext("Backup copy today {time}").format(time=f"{at:%H:%M}"))
        else:
            self._copied.setText(words.gettext("Backup copy on {day}").format(day=words.date(at.date())))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the backup copy out where the keys of the page need its room."""
        super().resizeEvent(event)
        self._copied.setVisible(self.width() >= self._theme.px(_ROOM_FOR_COPY))

    def show_keys(self, keys: Sequence[KeyHint]) -> None:
        """Show the keys of the page."""
        self._keys.show_keys(keys)

    def dismiss(self) -> bool:
        """Take the message away; False if there was none."""
        shown = self._message.isVisible()
        self._message.hide()
        return shown

    def _dress(self) -> None:
        px = self._theme.px
        self._all.setContentsMargins(px(24), px(4), px(24), px(4))
        self._all.setSpacing(px(4))
        self._foot.setSpacing(px(6))


class _Message(QFrame):
    """One sentence with icon and word, and a button that takes it away."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        theme = session.theme
        self._words = session.words
        self._glyph = Glyph(theme, "x", Tone.WRONG)
        self._text = label("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = ActButton(theme, session.words.gettext("Close this message"), icon="x", kind="tool")
        close.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px(12), theme.px(6), theme.px(6), theme.px(6))
        line.setSpacing(theme.px(10))
        line.addWidget(self._glyph)
        line.addWidget(self._text, 1)
        line.addWidget(close)
        self.hide()

    def say(self, text: str, tone: Tone) -> None:
        """Show a sentence, with a word before it where it is good or bad news."""
        word = {
            Tone.GOOD: self._words.gettext("Done"), Tone.WRONG: self._words.gettext("Please look")
        }.get(tone)  # fmt: skip
        self._glyph.show_icon("triangle-alert" if tone is Tone.WRONG else TONE_ICONS[tone], tone)
        self._text.setText(f"{word}: {text}" if word else text)
        self.setAccessibleName(self._text.text())
        self.setProperty("kind", "banner-wrong" if tone is Tone.WRONG else "card")
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()


class _Work(QWidget):
    """What a slow job is doing, how far it is, and a button that stops it."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._doing = label("", "hint")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(session.theme.px(120))
        self._stop = ActButton(session.theme, session.words.gettext("Stop"), kind="link")
        self._stop.clicked.connect(session.stop_work)
        line = QHBoxLayout(self)
        line.setContentsMargins(session.theme.px(12), 0, 0, 0)
        line.setSpacing(session.theme.px(8))
        for part in (self._doing, self._bar, self._stop):
            line.addWidget(part)
        self.hide()

    def begin(self, doing: str) -> None:
        """Show what begins; an empty text ends it."""
        self._doing.setText(doing)
        self._bar.setAccessibleName(doing)
        self._bar.setRange(0, 0)
        self._stop.hide()
        self.setVisible(bool(doing))

    def show_progress(self, done: int, of: int) -> None:
        """Show how far it is; only what counts its steps can be stopped between them."""
        self._bar.setRange(0, of)
        self._bar.setValue(done)
        self._stop.show()


class _Keys(QWidget):
    """The keys at the right; where room is short the last ones are left out, which every page has."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._hints: list[QWidget] = []
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_keys(self, keys: Sequence[KeyHint]) -> None:
        """Show these keys."""
        for old in self._hints:
            old.hide()
            self._line.removeWidget(old)
            old.deleteLater()
        self._hints = [self._hint(key) for key in keys]
        self._line.setSpacing(self._theme.px(16))
        for hint in self._hints:
            self._line.addWidget(hint)
            # Before its looks are known a hint is measured too narrow, and the last one sticks out.
            for part in (hint, *hint.findChildren(QLabel)):
                part.ensurePolished()
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Be one line high and take what width there is."""
        return QSize(self._theme.px(60), self._theme.px(26))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Give way entirely."""
        return QSize(0, self._theme.px(26))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Leave out what finds no room."""
        super().resizeEvent(event)
        self._fit()

    def _hint(self, key: KeyHint) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.px(5))
        cap = label(key.key, "key")
        cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # The pages name acts as their buttons or as plain words: here they all begin alike.
        does = QLabel(key.does[:1].upper() + key.does[1:])
        does.setProperty("kind", "hint")
        line.addWidget(cap)
        line.addWidget(does)
        return made

    def _fit(self) -> None:
        room = self.width()
        for hint in self._hints:
            room -= hint.sizeHint().width() + self._theme.px(16)
            hint.setVisible(room >= 0)
