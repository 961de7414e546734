"""Fields that save themselves: within a second of the last key stroke, on leaving, and when asked to."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, Generic, TypeVar, cast

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from sochibo.interface.looks.icons import draw
from sochibo.interface.parts.autosave import Autosave, leaves_undo_to_book
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.focus_order import focus_next_field

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import (
        QFocusEvent,
        QInputMethodEvent,
        QKeyEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from sochibo.interface.looks.theme import Theme

__all__ = ["ChoiceField", "EntryLine", "LabelledField", "LineField", "TextField", "TickField", "flush_fields"]

T = TypeVar("T")
_HELD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def flush_fields(inside: QWidget) -> None:
    """Commit what an input method composes, then save every field of a widget."""
    QGuiApplication.inputMethod().commit()
    # The stub of findChildren forgets which type was asked for.
    for child in cast("list[QWidget]", inside.findChildren(QWidget)):
        # By its name alone: asking a thousand widgets for a protocol takes longer than saving.
        flush = getattr(child, "flush", None)
        if flush is not None:
            flush()


class LineField(QLineEdit):
    """One line of text. No maxLength: Qt cuts silently, also inside a composed letter."""

    def __init__(self, name: str, save: Callable[[str], object]) -> None:
        """`name` is for screen readers; `save` takes NFC text and is called only where it differs."""
        super().__init__()
        self.setAccessibleName(name)
        self._autosave = Autosave(self, self._clean, save)
        self.textChanged.connect(self._autosave.touch)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def unsaved(self) -> bool:
        """Tell whether something typed is not yet saved."""
        return self._autosave.unsaved

    def show_text(self, text: str) -> None:
        """Show what the book holds, but never over something typed that is not yet saved."""
        if self._autosave.may_show(text):
            with self._autosave.showing():
                self.setText(text)
            self._show_beginning()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show where a text begins that finds no room any more."""
        super().resizeEvent(event)
        self._show_beginning()

    def flush(self) -> None:
        """Commit what is being composed and save."""
        self._autosave.flush()

    def event(self, event: QEvent) -> bool:
        """Let undo through to the book where the field has nothing to undo."""
        if leaves_undo_to_book(event, can_undo=self.isUndoAvailable(), can_redo=self.isRedoAvailable()):
            event.ignore()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Remember what is being composed: it is saved as well, should the program end."""
        self._autosave.composed = event.preeditString()
        super().inputMethodEvent(event)
        self._autosave.touch()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go on to the next field by Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _HELD:
            self.flush()
            self.enter()
            return
        super().keyPressEvent(event)

    def enter(self) -> None:
        """Do what Enter does here, once the text is saved: go on to the next field."""
        focus_next_field(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Save on leaving."""
        self._autosave.commit()
        super().focusOutEvent(event)
        self._autosave.save()

    def _show_beginning(self) -> None:
        """Begin at the left where only the end would be seen; a short text keeps the cursor behind it."""
        letters = self.fontMetrics()
        inside = self.width() - 4 * letters.averageCharWidth()
        if not self.hasFocus() and letters.horizontalAdvance(self.text()) > inside:
            self.setCursorPosition(0)

    def _clean(self) -> str:
        text, at = self.text(), self.cursorPosition()
        text = f"{text[:at]}{self._autosave.composed}{text[at:]}" if self._autosave.composed else text
        return " ".join(unicodedata.normalize("NFC", text).split())


class EntryLine(LineField):
    """One line whose Enter acts instead of going on."""

    entered = Signal()

    def enter(self) -> None:
        """Tell whoever acts."""
        self.entered.emit()


class TextField(QPlainTextEdit):
    """Text of several lines that grows with what is written; Tab goes on to the next field."""

    def __init__(self, theme: Theme, name: str, save: Callable[[str], object], *, lines: int = 3) -> None:
        """`name` is for screen readers, `lines` the least height."""
        super().__init__()
        self._theme = theme
        self._lines = lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._autosave = Autosave(self, self._clean, save)
        self.textChanged.connect(self._autosave.touch)
        self.document().documentLayout().documentSizeChanged.connect(self.updateGeometry)

    @property
    def unsaved(self) -> bool:
        """Tell whether something typed is not yet saved."""
        return self._autosave.unsaved

    def show_text(self, text: str) -> None:
        """Show what the book holds, but never over something typed that is not yet saved."""
        if self._autosave.may_show(text):
            with self._autosave.showing():
                self.setPlainText(text)

    def flush(self) -> None:
        """Commit what is being composed and save."""
        self._autosave.flush()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for every line written, or the least."""
        line = self.fontMetrics().lineSpacing()
        # The size of a plain text document counts lines, not pixels.
        lines = max(self._lines, round(self.document().size().height()))
        return QSize(self._theme.px(200), lines * line + self._theme.px(22))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Never be lower than asked; be as narrow as need be."""
        return QSize(self._theme.px(80), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Let undo through to the book where the field has nothing to undo."""
        document = self.document()
        undo, redo = document.isUndoAvailable(), document.isRedoAvailable()
        if leaves_undo_to_book(event, can_undo=undo, can_redo=redo):
            event.ignore()
            return True
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """Remember what is being composed: it is saved as well, should the program end."""
        self._autosave.composed = event.preeditString()
        super().inputMethodEvent(event)
        self._autosave.touch()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Save on leaving."""
        self._autosave.commit()
        super().focusOutEvent(event)
        self._autosave.save()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page: nothing is hidden here to scroll to."""
        event.ignore()

    def _clean(self) -> str:
        text, at = self.toPlainText(), self.textCursor().position()
        text = f"{text[:at]}{self._autosave.composed}{text[at:]}" if self._autosave.composed else text
        return unicodedata.normalize("NFC", text).strip()


class ChoiceField(QComboBox, Generic[T]):
    """A choice among a few; saved at once."""

    def __init__(
        self, theme: Theme, name: str, choices: Sequence[tuple[T, str]], save: Callable[[T], object]
    ) -> None:
        """`choices` are values with their words."""
        super().__init__()
        self._theme = theme
        self._write = save
        self.setAccessibleName(name)
        self._values: list[T] = []
        self.change_choices(choices)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(self._take)

    def change_choices(self, choices: Sequence[tuple[T, str]]) -> None:
        """Offer other choices, keeping what is chosen if it is still among them."""
        before = self.value()
        self._values = [value for value, _ in choices]
        self.clear()
        self.addItems([words for _, words in choices])
        if before in self._values:
            self.setCurrentIndex(self._values.index(before))

    def value(self) -> T | None:
        """Return what is chosen."""
        place = self.currentIndex()
        return self._values[place] if 0 <= place < len(self._values) else None

    def show_value(self, value: T) -> None:
        """Show what the book holds, without saving."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go on to the next field by Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            focus_next_field(self)
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Leave the wheel to the page, so that scrolling by never changes a choice."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the arrow ourselves: a style sheet takes only a file, in one colour; end long words in `…`."""
        del event
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        )
        said = self.currentText()
        shown = self.fontMetrics().elidedText(
            said, Qt.TextElideMode.ElideRight, field.width() - self._theme.px(2)
        )
        self.setToolTip(said if shown != said else "")
        option.currentText = shown  # type: ignore[attr-defined]  # the stubs lack its fields
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        side = self._theme.px(16)
        _draw_icon(painter, self, "chevron-down", self.width() - side - self._theme.px(10), side, self._theme)
        painter.end()

    def _take(self, place: int) -> None:
        self._write(self._values[place])


class TickField(QCheckBox):
    """Yes or no; saved at once."""

    def __init__(self, theme: Theme, words: str, save: Callable[[bool], object]) -> None:
        super().__init__(words)
        self._theme = theme
        self._write = save
        self.setAccessibleName(words)
        self.clicked.connect(self._take)

    def show_value(self, *, value: bool) -> None:
        """Show what the book holds, without saving."""
        self.setChecked(value)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the tick ourselves, as with the arrow of a choice."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter = QPainter(self)
        colour = QColor(self._theme.palette.on_accent)
        draw(painter, "check", QRectF(box).adjusted(2, 2, -2, -2), colour)
        painter.end()

    def _take(self) -> None:
        self._write(self.isChecked())


def _draw_icon(painter: QPainter, on: QWidget, name: str, left: int, side: int, theme: Theme) -> None:
    colour = QColor(theme.palette.ink if on.isEnabled() else theme.palette.soft)
    draw(painter, name, QRectF(left, (on.height() - side) / 2, side, side), colour)


class LabelledField(QWidget):
    """A field under its label, with a hint, and under it what a rule has to say about it."""

    def __init__(self, theme: Theme, words: str, field: QWidget, hint: str = "") -> None:
        super().__init__()
        self.field = field
        self._hint = hint
        caption = label(words, "label", wrap=True)
        caption.setBuddy(field)
        self._below = label(hint, "hint", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(4))
        for part in (caption, field, self._below):
            inside.addWidget(part)
        # Not before it has a parent: setVisible would open it as a window of its own, for a moment.
        self._below.setVisible(bool(hint))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def show_trouble(self, text: str, kind: str = "wrong") -> None:
        """Say what is wrong (`wrong`) or advisable (`advice`) here; an empty text takes it back."""
        self._below.setText(text or self._hint)
        self._below.setProperty("kind", kind if text else "hint")
        self._below.setVisible(bool(text or self._hint))
        self.field.setProperty("trouble", bool(text) and kind == "wrong")
        self.field.setAccessibleDescription(text or self._hint)
        for part in (self._below, self.field):
            part.style().unpolish(part)
            part.style().polish(part)
