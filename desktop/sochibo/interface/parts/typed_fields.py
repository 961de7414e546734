"""Fields of one line that hold a date, a time or a number, read as people write them."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from sochibo.interface.parts.fields import LabelledField, LineField
from sochibo.rules.dates import PartialDate, parse_partial

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent

__all__ = [
    "DateField", "NumberField", "PartialDateField", "TimeField", "read_day", "read_time", "tell_beside",
]  # fmt: skip

_AROUND_DAY: Final = re.compile(r"thứ\s+\w+|chủ nhật|ngày|mùng|mồng|tháng|năm", re.IGNORECASE)
_DIGITS: Final = re.compile(r"[\d\s/.,–-]+", re.ASCII)
_TWO_DIGIT_YEAR: Final = 100
_LAST_HOUR: Final = 23
_LAST_MINUTE: Final = 59


def read_day(text: str, today: date) -> date | None:
    """Read `3/11/2026`, `3.11.26`, `03112026`, or `3/11` of this year; None where it is no day.

    Nor is a sentence that merely holds two numbers.
    """
    bare = _AROUND_DAY.sub(" ", text)
    digits = re.findall(r"\d+", bare) if _DIGITS.fullmatch(bare) else []
    if len(digits) == 1 and len(digits[0]) in {4, 6, 8}:
        whole = digits[0]
        digits = [part for part in (whole[:2], whole[2:4], whole[4:]) if part]
    if len(digits) not in {2, 3}:
        return None
    if len(digits[0]) == 4:  # noqa: PLR2004 - a year of four digits leads: 2026-11-03
        digits.reverse()
    day, month, *years = map(int, digits)
    year = years[0] if years else today.year
    try:
        return date(year + 2000 if year < _TWO_DIGIT_YEAR else year, month, day)
    except ValueError:
        return None


def tell_beside(labelled: LabelledField, trouble: str) -> LabelledField:
    """Return a labelled field that says beside it when what was typed could not be read."""
    field = labelled.field
    if isinstance(field, _ReadField):
        field.heard.connect(lambda readable: labelled.show_trouble("" if readable else trouble))
    return labelled


def read_time(text: str) -> str | None:
    """Read `19:30`, `19h30`, `19 giờ 30`, `1930`, `19` as `19:30`; None where it is no time."""
    digits = re.findall(r"\d+", text)
    if len(digits) == 1 and len(digits[0]) in {3, 4}:
        digits = [digits[0][:-2], digits[0][-2:]]
    if len(digits) not in {1, 2}:
        return None
    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    if hour > _LAST_HOUR or minute > _LAST_MINUTE:
        return None
    return f"{hour:02d}:{minute:02d}"


class _ReadField(LineField):
    """A line that is read; what cannot be read stays as typed, and is told instead of saved."""

    heard = Signal(bool)
    """Whether what was typed could be read."""

    def __init__(self, name: str, tell: Callable[[bool], object]) -> None:
        super().__init__(name, self._take)
        self.is_readable = True
        self._tell = tell
        self._drawn: str | None = None
        self._takes = False
        self._autosave.patient = True

    def show_text(self, text: str) -> None:
        """Show what the book holds; what was typed stays as typed while somebody may be going on with it."""
        if self.hasFocus() and (self._takes or text == self._drawn) and not self.unsaved:
            return
        self._drawn = text
        super().show_text(text)
        self.is_readable = self.is_readable or self.text() == text

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Save on leaving, and draw it as it was read."""
        super().focusOutEvent(event)
        self._draw()

    def _take(self, text: str) -> None:
        # What is written here comes back from the book at once, drawn anew.
        self._takes = True
        try:
            self._drawn = self._accept(text)
        finally:
            self._takes = False
        self.is_readable = self._drawn is not None
        self._tell(self.is_readable)
        self.heard.emit(self.is_readable)
        if not self.hasFocus():
            self._draw()

    def _draw(self) -> None:
        if self._drawn is not None and self._drawn != self.text() and not self.unsaved:
            self._autosave.saved = self._drawn
            with self._autosave.showing():
                self.setText(self._drawn)

    def _accept(self, text: str) -> str | None:
        """Save what the text means and return how it is drawn; None if it means nothing."""
        raise NotImplementedError


class DateField(_ReadField):
    """A day, drawn `03/11/2026`; `tell` hears whether what was typed could be read."""

    def __init__(
        self,
        name: str,
        save: Callable[[date | None], object],
        today: Callable[[], date],
        tell: Callable[[bool], object] = bool,
    ) -> None:
        super().__init__(name, tell)
        self._give = save
        self._today = today

    def show_day(self, day: date | None) -> None:
        """Show what the book holds."""
        self.show_text(_day(day))

    def _accept(self, text: str) -> str | None:
        day = read_day(text, self._today())
        if text and day is None:
            return None
        self._give(day)
        return _day(day)


class PartialDateField(_ReadField):
    """A date of which perhaps only month or year is known, drawn `11/2026`."""

    def __init__(
        self, name: str, save: Callable[[PartialDate | None], object], tell: Callable[[bool], object] = bool
    ) -> None:
        super().__init__(name, tell)
        self._give = save

    def show_date(self, when: PartialDate | None) -> None:
        """Show what the book holds."""
        self.show_text(when.vietnamese() if when else "")

    def _accept(self, text: str) -> str | None:
        when = parse_partial(text) if text else None
        if text and when is None:
            return None
        self._give(when)
        return when.vietnamese() if when else ""


class TimeField(_ReadField):
    """A time of day, kept and drawn `19:30`."""

    def __init__(
        self, name: str, save: Callable[[str], object], tell: Callable[[bool], object] = bool
    ) -> None:
        super().__init__(name, tell)
        self._give = save

    def _accept(self, text: str) -> str | None:
        time = read_time(text) if text else ""
        if time is not None:
            self._give(time)
        return time


class NumberField(_ReadField):
    """A whole number from 0 to a limit; empty is None."""

    def __init__(
        self,
        name: str,
        save: Callable[[int | None], object],
        most: int = 9999,
        tell: Callable[[bool], object] = bool,
    ) -> None:
        super().__init__(name, tell)
        self._give = save
        self._most = most

    def show_number(self, number: int | None) -> None:
        """Show what the book holds."""
        self.show_text("" if number is None else str(number))

    def _accept(self, text: str) -> str | None:
        if not text:
            self._give(None)
            return ""
        if not (text.isascii() and text.isdigit()) or int(text) > self._most:
            return None
        self._give(int(text))
        return str(int(text))


def _day(day: date | None) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}" if day else ""
