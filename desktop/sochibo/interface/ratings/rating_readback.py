"""The second reading: one name at a time in very large type, and a list of the slips at the end."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint
from sochibo.interface.parts.blocks import label, row
from sochibo.interface.parts.fields import ChoiceField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.keyed_table import KeyedTable
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.ratings.rating_panel import RatingPanel
from sochibo.interface.ratings.rating_table import key_of
from sochibo.interface.ratings.rating_words import DIGITS, level_tag, level_word, say_reason
from sochibo.messages import N_
from sochibo.rules.ratings.rating_figures import Source
from sochibo.rules.ratings.ratings import LEVEL_LABELS, Subject

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from sochibo.book.ratings.ratings import RatingLine
    from sochibo.interface.session import Session

__all__ = ["ReadBackPanel"]

_RIGHT = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_WRONG = {Qt.Key.Key_Backspace}
_BACK = {Qt.Key.Key_Left, Qt.Key.Key_Up}


class _Card(QFrame):
    """The field that has the keyboard while names are read; it hears three keys and no others."""

    answered = Signal(bool)
    stepped_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter is right, Backspace wrong, an arrow goes back one name; a held key answers nothing."""
        if event.isAutoRepeat():
            return
        if event.key() in _RIGHT:
            self.answered.emit(True)
        elif event.key() in _WRONG:
            self.answered.emit(False)
        elif event.key() in _BACK:
            self.stepped_back.emit()
        else:
            super().keyPressEvent(event)


class ReadBackPanel(RatingPanel):
    """Reads the list as it was entered; who is not rated is read too, with the reason.

    Nobody types twice: a person holds the paper and hears or sees each name (double-entry verification).
    """

    name: ClassVar[str] = N_("Read back name by name")
    help_name: ClassVar[str] = "readback"

    def __init__(self, session: Session, period_id: str) -> None:
        super().__init__(session, period_id)
        say, theme = self.words.gettext, self.theme
        self.lines: tuple[RatingLine, ...] = ()
        self.place = 0
        self._slips: dict[str, None] = {}
        self.source: ChoiceField[Source] = ChoiceField(
            theme,
            say(N_("Which levels to read")),
            [
                (Source.PROPOSED, say(N_("What the cell proposes"))),
                (Source.DECIDED, say(N_("What was decided above"))),
            ],
            lambda _source: self.begin(),
        )
        self.source.show_value(Source.PROPOSED)
        self.source.setMinimumWidth(theme.px(260))
        self.card = _Card()
        self.card.answered.connect(self.answer)
        self.card.stepped_back.connect(self.step_back)
        self.count, self.told = label("", "soft"), label("", "huge", wrap=True)
        self.level, self.why = label("", "large", wrap=True), label("", "soft", wrap=True)
        for part in (self.count, self.told, self.level, self.why):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        for part in (self.told, self.level, self.why):
            # Else each claims the height it would have with one word a line, and the answers leave the page.
            part.setMinimumHeight(1)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(*[theme.px(14)] * 4)
        inside.addWidget(self.count)
        inside.addStretch(1)
        for part in (self.told, self.level, self.why):
            inside.addWidget(part)
        inside.addStretch(2)
        self.right = ActButton(theme, say(N_("Right (Enter)")), icon="check", kind="primary")
        self.right.clicked.connect(partial(self._press, right=True))
        self.wrong = ActButton(theme, say(N_("Wrong (Backspace)")), icon="x", kind="second")
        self.wrong.clicked.connect(partial(self._press, right=False))
        self._acts = flow(self.right, self.wrong, self.source)
        self.column.addWidget(self.card, 1)
        self.column.addWidget(self._acts)
        self._build_end()

    def _build_end(self) -> None:
        words, say = self.words, self.words.gettext
        self.verdict = label("", "big", wrap=True)
        self.slip_model: RecordTable[RatingLine] = RecordTable(
            words,
            (
                Column(title=N_("Name"), text=lambda line: line.name, stretch=True, strong=True),
                Column(
                    title=N_("As entered"),
                    text=lambda line: level_word(line.level(self._read()), words),
                    tag=lambda line: level_tag(line.level(self._read())),
                ),
            ),
            key=key_of,
        )
        self.slips = KeyedTable(self.theme, self.slip_model, say(N_("Slips")), lambda line: line.name)
        self.slips.digit.connect(self._mend)
        self.slips.entered.connect(self._open_slip)
        self.again = ActButton(
            self.theme, say(N_("Read again from the beginning")), icon="undo-2", kind="second"
        )
        self.again.clicked.connect(self.begin)
        self.end = QWidget()
        inside = QVBoxLayout(self.end)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(self.theme.px(12))
        inside.addWidget(self.verdict)
        inside.addWidget(self.slips, 1)
        inside.addLayout(row(self.again, None))
        self.column.addWidget(self.end, 1)

    def begin(self) -> None:
        """Read from the first name on."""
        self._slips = {}
        self.place = 0
        self._show()
        self.card.setFocus()

    def reload(self) -> None:
        """Read the list as it is now, from where one is."""
        before = self.lines
        self.lines = self.session.book.ratings.lines(self.period_id)
        if not before and any(line.rating.decided_level for line in self.lines):
            self.source.show_value(Source.DECIDED)
        self._show()

    def answer(self, right: bool) -> None:  # noqa: FBT001 - a signal's one argument
        """Note what was heard of the name in hand and go on."""
        if self.place >= len(self.lines):
            return
        member = key_of(self.lines[self.place])
        self._slips.pop(member, None)
        if not right:
            self._slips[member] = None
        self.place += 1
        self._show()

    def step_back(self) -> None:
        """Read the name before once more."""
        self.place = max(0, self.place - 1)
        self._show()

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the reading, or of the list of slips."""
        say = self.words.gettext
        if self.place >= len(self.lines):
            return (
                KeyHint("1–4", say(N_("mend the level"))),
                KeyHint("0", say(N_("no level"))),
                KeyHint("Enter", say(N_("open"))),
                KeyHint("Esc", say(N_("to the list"))),
            )
        return (
            KeyHint("Enter", say(N_("right"))),
            KeyHint("Backspace", say(N_("wrong"))),
            KeyHint("←", say(N_("one back"))),
            KeyHint("Esc", say(N_("to the list"))),
        )

    def first_focus(self) -> QWidget:
        """Begin with the first name."""
        return self.card

    def _press(self, *, right: bool) -> None:
        self.answer(right)
        if self.place < len(self.lines):
            self.card.setFocus()

    def _holds_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _read(self) -> Source:
        return self.source.value() or Source.PROPOSED

    def _show(self) -> None:
        reading = self.place < len(self.lines)
        held = self._holds_focus()
        for part in (self.card, self._acts):
            part.setVisible(reading)
        self.end.setVisible(not reading)
        if reading:
            self._show_name(self.lines[self.place])
        else:
            self._show_end()
            if held:
                (self.slips if self._slips else self.again).setFocus()
        self.told_keys.emit()

    def _show_name(self, line: RatingLine) -> None:
        words, level = self.words, line.level(self._read())
        self.count.setText(
            words.sentence(N_("{n} of {total}"), {"n": self.place + 1, "total": len(self.lines)})
        )
        self.told.setText(line.name)
        if line.rating.subject is Subject.RATED:
            said = words.gettext(LEVEL_LABELS[level]) if level else words.gettext(N_("no level yet"))
            why = ""
        else:
            said = words.gettext(N_("not rated"))
            why = say_reason(line.rating.subject_reason, line.rating.subject_note, words)
        self.level.setText(said)
        self.why.setText(why)
        self.card.setAccessibleName(f"{line.name}: {said}. {why}".strip())

    def _show_end(self) -> None:
        words = self.words
        wrong = [line for line in self.lines if key_of(line) in self._slips]
        if wrong:
            said = words.ngettext("{n} slip to mend", "{n} slips to mend", len(wrong)).format(n=len(wrong))
        else:
            said = words.gettext(N_("All names were read, and every level is right."))
        self.verdict.setText(said)
        self.slip_model.show_records(wrong)
        self.slips.setVisible(bool(wrong))

    def _mend(self, digit: int) -> None:
        """Give a slip its right level at once; it stays on the list, to be seen right."""
        line: RatingLine | None = self.slips.record()
        if line is None or digit not in DIGITS or self._read() is Source.DECIDED:
            return
        rating = replace(line.rating, proposed_level=DIGITS[digit])
        if self.session.run(lambda book: book.ratings.change(rating), self):
            self.reload()

    def _open_slip(self) -> None:
        line: RatingLine | None = self.slips.record()
        if line is not None:
            self.session.go(f"rating:{self.period_id}.{key_of(line)}")
