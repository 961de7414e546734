"""Score: points for each criterion of the framework in force, total and rating at once."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from sochibo.interface.blocks import Card, label, row
from sochibo.interface.fields import LabelledField, LineField, TextField, flush_fields
from sochibo.interface.icons import ActButton
from sochibo.interface.meeting_steps.desk import Step
from sochibo.interface.page import KeyHint
from sochibo.messages import N_
from sochibo.rules.scoring import RATING_LABELS, rate, total_tenths

if TYPE_CHECKING:
    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.interface.meeting_steps.desk import Desk
    from sochibo.messages import Messages
    from sochibo.rules.meetings import Score
    from sochibo.rules.scoring import Criterion

__all__ = ["ScoresStep", "points_text", "read_points"]

_POINTS = re.compile(r"(\d{1,3})(?:[.,](\d))?")


def read_points(text: str) -> int | None:
    """Read `9`, `9,5` or `9.5` as tenths; None where it is no number of points."""
    found = _POINTS.fullmatch(text.strip())
    return int(found[1]) * 10 + int(found[2] or 0) if found else None


def points_text(tenths: int, words: Messages) -> str:
    """Draw tenths as points, without a zero behind the comma."""
    return words.number(tenths // 10 if tenths % 10 == 0 else tenths / 10)


class CriterionRow(QWidget):
    """One criterion: its words, the points, and why points were lost."""

    def __init__(self, step: ScoresStep, criterion: Criterion) -> None:
        super().__init__()
        self.step = step
        self.criterion = criterion
        words, theme = step.words, step.theme
        text = criterion.label_vi if words.language == "vi" else criterion.label_en
        self.points = LineField(
            words.sentence(
                N_("Points for {criterion}, at most {most}"),
                {"criterion": text, "most": criterion.max_points},
            ),
            self._take_points,
        )
        self.points.setFixedWidth(theme.px(76))
        self.reason = LineField(
            words.sentence(N_("Reason for {criterion}"), {"criterion": text}), self._take_reason
        )
        self.reason.setPlaceholderText(words.gettext(N_("Why points were lost")))
        self.trouble = label("", "wrong", wrap=True)
        self.trouble.hide()
        code = label(criterion.code, "soft")
        code.setMinimumWidth(theme.px(30))
        line = row(code, spacing=theme.px(12))
        line.addWidget(label(text, wrap=True), 1)
        line.addWidget(self.points)
        most = label(f"/ {criterion.max_points}", "soft")
        most.setMinimumWidth(theme.px(40))
        line.addWidget(most)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(6))
        whole.addLayout(line)
        whole.addWidget(self.reason)
        whole.addWidget(self.trouble)
        self._tenths: int | None = None

    def show_score(self, score: Score | None) -> None:
        """Show the points given; the reason is asked for where points are lost."""
        self._tenths = score.tenths if score else None
        self.points.show_text("" if score is None else points_text(score.tenths, self.step.words))
        self.reason.show_text(score.reason if score else "")
        lost = score is not None and score.tenths < self.criterion.max_points * 10
        self.reason.setVisible(lost or bool(score and score.reason))
        for field in (self.points, self.reason):
            field.setReadOnly(self.step.desk.locked)

    def _take_points(self, text: str) -> None:
        tenths = read_points(text) if text else None
        readable = not text or (tenths is not None and tenths <= self.criterion.max_points * 10)
        self.trouble.setVisible(not readable)
        if not readable:
            self.trouble.setText(
                self.step.words.sentence(
                    N_("Please write points from 0 to {most}."), {"most": self.criterion.max_points}
                )
            )
            return
        self._write(tenths, self.reason.text().strip())

    def _take_reason(self, text: str) -> None:
        if self._tenths is not None:
            self._write(self._tenths, text)

    def _write(self, tenths: int | None, reason: str) -> None:
        meeting_id, code = self.step.desk.meeting_id, self.criterion.code
        self.step.desk.run(lambda book: book.meetings.set_score(meeting_id, code, tenths, reason), self.step)


class ScoresStep(Step):
    """The score sheet of the meeting."""

    name: ClassVar[str] = N_("Scoring")
    places: ClassVar[frozenset[str]] = frozenset({"scores", "rating_note"})
    help_name: ClassVar[str] = "minutes"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        say = self.words.gettext
        self.framework = label("", "soft", wrap=True)
        self.total = label("", "big", wrap=True)
        self.full = ActButton(self.theme, say(N_("Full points where empty")), icon="check", kind="second")
        self.full.clicked.connect(self._fill)
        self.note = TextField(self.theme, say(N_("Shortcomings and remedies")), self._change_note, lines=2)
        self._card = Card(self.theme)
        self._lines: dict[str, CriterionRow] = {}
        self._rules: list[QFrame] = []
        self._of = ""
        self.column.addWidget(label(say(ScoresStep.name), "title"))
        self.column.addWidget(self.framework)
        self.column.addWidget(self._card)
        summary = Card(self.theme, "note")
        summary.body.addWidget(self.total)
        summary.body.addLayout(row(self.full, None))
        self._summary = summary
        self.column.addWidget(summary)
        self.column.addWidget(LabelledField(self.theme, self.note.accessibleName(), self.note))
        self.column.addStretch(1)

    def reload(self) -> None:
        """Show the sheet of the framework in force on the meeting's day."""
        file, words = self.desk.file, self.words
        framework = file.framework
        self._card.setVisible(framework is not None)
        self._summary.setVisible(framework is not None)
        self.note.show_text(file.meeting.rating_note)
        self.note.setReadOnly(self.desk.locked)
        if framework is None:
            self.framework.setText(words.gettext(N_("Meetings of this kind are not scored.")))
            return
        self.framework.setText(framework.title_vi if words.language == "vi" else framework.title_en)
        if framework.id != self._of:
            self._of = framework.id
            self._build(framework.criteria)
        for code, line in self._lines.items():
            line.show_score(file.scores.get(code))
        missing = sum(1 for code in self._lines if code not in file.scores)
        self.full.setVisible(bool(missing) and not self.desk.locked)
        tenths = total_tenths(file.scores)
        fields = {
            "points": points_text(tenths, words),
            "total": framework.total,
            "rating": words.gettext(RATING_LABELS[rate(tenths, framework)]),
            "missing": missing,
        }
        if missing:
            said = words.sentence(N_("{points}/{total} points so far; {missing} criteria to go"), fields)
        else:
            said = words.sentence(N_("{points}/{total} points: {rating}"), fields)
        self.total.setText(said)

    def flush(self) -> None:
        """Write every field."""
        flush_fields(self)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the sheet."""
        return (KeyHint("Enter", self.words.gettext(N_("Next criterion"))),)

    def focus_first(self) -> None:
        """Begin with the first criterion without points."""
        lines = list(self._lines.values())
        empty = [line for line in lines if not line.points.text()]
        (empty[0].points if empty else lines[0].points if lines else self.note).setFocus()

    def focus_place(self, place: str) -> bool:
        """Go to `scores.3.1` or `rating_note`."""
        line = self._lines.get(place.partition(".")[2])
        if place == "rating_note":
            self.note.setFocus()
        elif line is not None:
            line.points.setFocus()
        else:
            self.focus_first()
        return True

    def _build(self, criteria: tuple[Criterion, ...]) -> None:
        for old in [*self._rules, *self._lines.values()]:
            old.hide()
            self._card.body.removeWidget(old)
            old.deleteLater()
        self._lines, self._rules = {}, []
        for criterion in criteria:
            if self._lines:
                rule = QFrame()
                self._rules.append(rule)
                rule.setProperty("kind", "rule")
                self._card.body.addWidget(rule)
            self._lines[criterion.code] = CriterionRow(self, criterion)
            self._card.body.addWidget(self._lines[criterion.code])

    def _fill(self) -> None:
        """Give full points to every criterion without any; people then lower what was lost."""
        self.flush()
        meeting_id = self.desk.meeting_id
        for code, line in list(self._lines.items()):
            if code not in self.desk.file.scores:
                most = line.criterion.max_points * 10
                self.desk.run(partial(_give, meeting_id, code, most), self)
        self.focus_first()

    def _change_note(self, text: str) -> None:
        meeting = replace(self.desk.file.meeting, rating_note=text)
        self.desk.run(lambda book: book.meetings.change(meeting), self)


def _give(meeting_id: str, code: str, tenths: int, book: Book) -> Changes:
    return book.meetings.set_score(meeting_id, code, tenths)
