"""Rows of the score sheet: a criterion with its points, what is proposed and why, and the heads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.looks.icons import Glyph
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.blocks import label, row
from sochibo.interface.parts.fields import EntryLine
from sochibo.messages import N_
from sochibo.rules.scoring.scoring import Input

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.interface.meetings.steps.desk import Desk
    from sochibo.messages import Messages
    from sochibo.rules.meetings.meetings import Score
    from sochibo.rules.scoring.scoring import Criterion, Group
    from sochibo.rules.scoring.scoring_suggestions import Suggestion

__all__ = ["CriterionRow", "GroupHead", "PointsField", "points_text", "read_points"]

_POINTS = re.compile(r"(\d{1,3})(?:[.,](\d))?")


def read_points(text: str) -> int | None:
    """Read `9`, `9,5` or `9.5` as tenths; None where it is no number of points."""
    found = _POINTS.fullmatch(text.strip())
    return int(found[1]) * 10 + int(found[2] or 0) if found else None


def points_text(tenths: int, words: Messages) -> str:
    """Draw tenths as points, without a zero behind the comma."""
    return words.number(tenths // 10 if tenths % 10 == 0 else tenths / 10)


class PointsField(EntryLine):
    """Points of one criterion; the arrows up and down go through the levels of the table."""

    def __init__(self, name: str, save: Callable[[str], object], step: Callable[[int], object]) -> None:
        """`step` hears 1 for a better level and -1 for a lower one."""
        super().__init__(name, save)
        self._step = step

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go to another level by the arrows."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        by = steps.get(Qt.Key(event.key()))
        if by is None or event.modifiers() or self.isReadOnly():
            super().keyPressEvent(event)
            return
        self.flush()
        self._step(by)


class GroupHead(QWidget):
    """The head of a part of the table, with the sum of what stands under it."""

    def __init__(self, desk: Desk, group: Group) -> None:
        super().__init__()
        words = desk.words
        self.group = group
        self._words = words
        self.sum = label("", "strong")
        line = row(
            label(group.code, "strong"),
            label(group.label_vi if words.language == "vi" else group.label_en, "strong", wrap=True),
            spacing=desk.theme.px(12),
        )
        line.setStretch(1, 1)
        line.addWidget(self.sum)
        self.setLayout(line)

    def show_sum(self, tenths: int) -> None:
        """Show what the part came to."""
        fields = {"points": points_text(tenths, self._words), "most": self.group.max_points}
        self.sum.setText(self._words.sentence(N_("{points} / {most}"), fields))


class CriterionRow(QWidget):
    """One criterion: its words, the points, what the record proposes, and why points differ or were lost."""

    finished = Signal()
    """Enter was pressed where nothing more is asked of this criterion."""

    def __init__(self, desk: Desk, criterion: Criterion) -> None:
        super().__init__()
        self.desk = desk
        self.criterion = criterion
        self._words = words = desk.words
        theme = desk.theme
        self.text = criterion.label_vi if words.language == "vi" else criterion.label_en
        self.points = PointsField(
            words.sentence(
                N_("Points for {criterion}, at most {most}"),
                {"criterion": self.text, "most": criterion.max_points},
            ),
            self._take_points,
            self._step,
        )
        self.points.setFixedWidth(theme.px(76))
        self.reason = EntryLine(
            words.sentence(N_("Reason for {criterion}"), {"criterion": self.text}), self._take_reason
        )
        self.points.entered.connect(self._enter)
        self.reason.entered.connect(self.finished)
        self.sign = Glyph(theme, "circle", side=16)
        self.basis = label("", "hint", wrap=True)
        self.trouble = label("", "wrong", wrap=True)
        self.trouble.hide()
        code = label(criterion.code, "soft")
        code.setMinimumWidth(theme.px(30))
        most = label(f"/ {criterion.max_points}", "soft")
        most.setMinimumWidth(theme.px(40))
        line = row(code, spacing=theme.px(12))
        line.addWidget(label(self.text, wrap=True), 1)
        line.addWidget(self.points)
        line.addWidget(most)
        self._told = QWidget()
        told = row(self.sign, self.basis)
        told.setStretch(1, 1)
        told.setContentsMargins(theme.px(42), 0, 0, 0)
        self._told.setLayout(told)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(4))
        below = row(self.reason)
        below.setContentsMargins(theme.px(42), 0, 0, 0)
        whole.addLayout(line)
        whole.addWidget(self._told)
        whole.addLayout(below)
        whole.addWidget(self.trouble)
        self._tenths: int | None = None
        self._suggestion: Suggestion | None = None

    def show_score(self, score: Score | None, suggestion: Suggestion) -> None:
        """Show the points given beside those proposed; where they differ or are lost, ask for a reason."""
        self._tenths = score.tenths if score else None
        self._suggestion = suggestion
        self.points.show_text("" if score is None else points_text(score.tenths, self._words))
        self.reason.show_text(score.reason if score else "")
        lost = score is not None and score.tenths < self.criterion.max_points * 10
        differs = score is not None and suggestion.tenths not in {None, score.tenths}
        say = self._words.gettext
        hint = N_("Why other points than proposed") if differs else N_("Why points were lost")
        self.reason.setPlaceholderText(say(hint))
        self.reason.setVisible(lost or differs or bool(score and score.reason))
        self._tell(suggestion, differs=differs)
        for field in (self.points, self.reason):
            field.setReadOnly(self.desk.locked)

    def _enter(self) -> None:
        """Go on by Enter: to the reason where one is asked for, else to what comes next."""
        if not self.trouble.isHidden():
            self.points.selectAll()
        elif not self.reason.isHidden() and not self.reason.text():
            self.reason.setFocus()
        else:
            self.finished.emit()

    def _tell(self, suggestion: Suggestion, *, differs: bool) -> None:
        """Say what is proposed and why, in one line."""
        why = suggestion.say(self._words)
        self._told.setVisible(bool(why))
        if not suggestion.counted or suggestion.tenths is None:
            self.basis.setText(why)
            self.sign.show_icon("info", Tone.PLAIN)
            return
        fields = {"points": points_text(suggestion.tenths, self._words), "why": why}
        # The figure taken over as the reason stands right below: once is enough.
        template = N_("{points} proposed") if self.reason.text() == why else N_("{points} proposed: {why}")
        self.basis.setText(self._words.sentence(template, fields))
        self.sign.show_icon("circle-alert" if differs else "check", Tone.ADVICE if differs else Tone.GOOD)
        self.points.setAccessibleDescription(self.basis.text())

    def _step(self, by: int) -> None:
        """Go to the next better or lower level; where the table has none, by one point."""
        choices = sorted(each * 10 for each in self.criterion.choices())
        if self.criterion.input is Input.NUMBER or not choices:
            choices = [each * 10 for each in range(self.criterion.floor, self.criterion.max_points + 1)]
        if self._tenths is None:
            proposed = self._suggestion.tenths if self._suggestion else None
            self._write(proposed if proposed is not None else choices[-1], "")
            return
        further = [each for each in choices if (each > self._tenths if by > 0 else each < self._tenths)]
        if further:
            self._write(further[0] if by > 0 else further[-1], self.reason.text().strip())

    def _take_points(self, text: str) -> None:
        tenths = read_points(text) if text else None
        least, most = self.criterion.floor, self.criterion.max_points
        readable = not text or (tenths is not None and least * 10 <= tenths <= most * 10)
        self.trouble.setVisible(not readable)
        if not readable:
            template = N_("Please write points from {least} to {most}.")
            self.trouble.setText(self._words.sentence(template, {"least": least, "most": most}))
            return
        self._write(tenths, self.reason.text().strip())

    def _take_reason(self, text: str) -> None:
        if self._tenths is not None:
            self._write(self._tenths, text)

    def _write(self, tenths: int | None, reason: str) -> None:
        meeting_id, code = self.desk.meeting_id, self.criterion.code

        def act(book: Book) -> Changes:
            return book.scoring.give(meeting_id, code, tenths, reason)

        self.desk.run(act, self)
