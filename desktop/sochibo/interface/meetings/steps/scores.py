"""Score: points for each criterion, proposed from the record; total, gates and rating at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QFrame, QWidget

from sochibo.interface.looks.icons import ActButton, Glyph
from sochibo.interface.looks.palette import Tone
from sochibo.interface.meetings.steps.desk import Step
from sochibo.interface.meetings.steps.score_rows import CriterionRow, GroupHead, points_text, read_points
from sochibo.interface.meetings.steps.score_settling import SettlingCard, UpperCard
from sochibo.interface.page import KeyHint
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField, flush_fields
from sochibo.interface.parts.focus_order import focus_next_field
from sochibo.messages import N_
from sochibo.rules.scoring.score_sheets import judgement_of, suggestions_of
from sochibo.rules.scoring.scoring import RATING_LABELS

if TYPE_CHECKING:
    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.interface.meetings.steps.desk import Desk
    from sochibo.rules.scoring.scoring import Framework
    from sochibo.rules.scoring.scoring_suggestions import Judgement

__all__ = ["ScoresStep", "points_text", "read_points"]


class ScoresStep(Step):
    """The score sheet of the meeting, how it was settled, and the upper committee's part."""

    name: ClassVar[str] = N_("Scoring")
    places: ClassVar[frozenset[str]] = frozenset(
        {"scores", "rating_note", "own_rating", "rating_reason", "score_vote", "observer", "upper_tenths"}
    )
    help_name: ClassVar[str] = "scoring"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        say = self.words.gettext
        self.unscored = label(say(N_("Meetings of this kind are not scored.")), "soft", wrap=True)
        self.framework: ChoiceField[str] = ChoiceField(
            self.theme, say(N_("Scored by")), [], self._choose_framework
        )
        self.framework_field = LabelledField(
            self.theme, self.framework.accessibleName(), self.framework, say(N_("from this meeting on"))
        )
        self.total = label("", "big", wrap=True)
        self.gates = label("", "advice", wrap=True)
        self.gate_sign = Glyph(self.theme, "triangle-alert", Tone.ADVICE, side=18)
        self.year = label("", "hint", wrap=True)
        self.full = ActButton(self.theme, say(N_("Take the proposed points")), icon="check", kind="second")
        self.full.clicked.connect(self._accept)
        self.not_scored = LineField(say(N_("Why the meeting is not scored")), self._change_not_scored)
        self.not_scored_field = LabelledField(self.theme, self.not_scored.accessibleName(), self.not_scored)
        self.settling = SettlingCard(desk)
        self.upper = UpperCard(desk)
        self._card = Card(self.theme)
        self._lines: dict[str, CriterionRow] = {}
        self._heads: dict[str, GroupHead] = {}
        self._rules: list[QFrame] = []
        self._of: Framework | None = None
        self._summary = Card(self.theme, "note")
        self._fill_page()

    def _fill_page(self) -> None:
        self.column.addWidget(label(self.words.gettext(ScoresStep.name), "title"))
        self.column.addWidget(self.unscored)
        self.column.addWidget(self.framework_field)
        line = row(self.total, self.full)
        line.setStretch(0, 1)
        self._gate_line = QWidget()
        told = row(self.gate_sign, self.gates)
        told.setStretch(1, 1)
        self._gate_line.setLayout(told)
        self._summary.body.addLayout(line)
        self._summary.body.addWidget(self._gate_line)
        self._summary.body.addWidget(self.year)
        # The total first: it changes with every digit and must not lie below the last of thirty lines.
        self.column.addWidget(self._summary)
        self.column.addWidget(self._card)
        self.column.addWidget(self.not_scored_field)
        self.column.addWidget(self.settling)
        self.column.addWidget(self.upper)
        self.column.addStretch(1)

    def reload(self) -> None:
        """Show points, proposals and what they come to."""
        file = self.desk.file
        framework, judgement = file.framework, judgement_of(file)
        self.unscored.setVisible(framework is None)
        for part in (self._card, self._summary, self.settling, self.upper, self.framework_field):
            part.setVisible(framework is not None)
        self.not_scored.show_text(file.meeting.not_scored_reason)
        self.not_scored.setReadOnly(self.desk.locked)
        self.not_scored_field.setVisible(framework is not None and not file.scores)
        if framework is None or judgement is None:
            return
        if framework != self._of:
            self._of = framework
            self._build(framework)
        self._show_frameworks(framework)
        suggested = suggestions_of(file)
        for code, line in self._lines.items():
            line.show_score(file.scores.get(code), suggested[code])
        for code, head in self._heads.items():
            known = (file.scores.get(one.code) for one in framework.criteria if one.group == code)
            kept = sum(
                one.tenths or 0
                for one in suggested.values()
                if not one.counted and one.criterion.group == code and one.criterion.code not in file.scores
            )
            head.show_sum(kept + sum(score.tenths for score in known if score))
        ready = (
            one
            for code, one in suggested.items()
            if one.counted
            and code not in file.scores
            and (one.criterion.metric is None or one.tenths is not None)
        )
        self.full.setVisible(any(ready) and not self.desk.locked)
        self._show_total(framework, judgement)
        self.settling.reload()
        self.upper.reload()

    def _show_total(self, framework: Framework, judgement: Judgement) -> None:
        """Say the sum, the rating, and which gate holds it back."""
        words = self.words
        rating = judgement.settled(self.desk.file.meeting.own_rating)
        fields = {
            "points": points_text(judgement.tenths, words),
            "total": framework.total,
            "rating": words.gettext(RATING_LABELS[rating]) if rating else "",
            "missing": len(judgement.missing),
        }
        if judgement.missing:
            said = N_("{points}/{total} points so far; {missing} criteria to go")
        elif rating is None:
            said = N_("{points} of {total} criteria met")
        else:
            said = N_("{points}/{total} points: {rating}")
        self.total.setText(words.sentence(said, fields))
        told = [
            barrier.say(words, words.gettext(RATING_LABELS[barrier.gate.at_most]))
            for barrier in judgement.barriers
        ]
        if judgement.available < framework.total * 10:
            template = N_("At most {points} points can be had this time: a criterion is not counted.")
            told.append(words.sentence(template, {"points": points_text(judgement.available, words)}))
        self.gates.setText("\n".join(told))
        self._gate_line.setVisible(bool(told))
        self._show_year()

    def _show_year(self) -> None:
        """Say in one line what the year has come to so far."""
        day = self.desk.file.meeting.on
        found = self.session.book.scoring.year(day.year, until=day.month)
        counted = sum(found.counts.values()) if found else 0
        self.year.setVisible(bool(counted))
        if found is None or not counted:
            return
        parts = [
            self.words.sentence(
                N_("{count} × {rating}"),
                {"count": found.counts[rating], "rating": self.words.gettext(text)},
            )
            for rating, text in RATING_LABELS.items()
            if found.counts.get(rating)
        ]
        fields = {
            "year": str(day.year),
            "counts": ", ".join(parts),
            "rating": self.words.gettext(RATING_LABELS[found.rating]) if found.rating else "–",
            "rule": found.rule.title_vi if self.words.language == "vi" else found.rule.title_en,
        }
        self.year.setText(self.words.sentence(N_("Year {year} so far: {counts}; {rating} ({rule})"), fields))

    def flush(self) -> None:
        """Write every field."""
        flush_fields(self)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the sheet."""
        say = self.words.gettext
        return (KeyHint("Enter", say(N_("Next criterion"))), KeyHint("↑ ↓", say(N_("Other level"))))

    def focus_first(self) -> None:
        """Begin with the button that takes all proposals, else with the first criterion without points."""
        lines = list(self._lines.values())
        empty = [line for line in lines if not line.points.text()]
        if self.full.isVisibleTo(self) and len(empty) == len(lines):
            self.full.setFocus()
        else:
            (empty[0].points if empty else lines[0].points if lines else self.settling.note).setFocus()

    def focus_place(self, place: str) -> bool:
        """Go to `scores.3.1`, `rating_note`, or a field below the sheet."""
        head, _, code = place.partition(".")
        line = self._lines.get(code)
        if head == "upper_tenths":
            self.upper.points.setFocus()
        elif head in self.settling.fields:
            self.settling.fields[head].field.setFocus()
        elif line is not None:
            line.points.setFocus()
        else:
            self.focus_first()
        return True

    def _build(self, framework: Framework) -> None:
        for old in [*self._rules, *self._lines.values(), *self._heads.values()]:
            old.hide()
            self._card.body.removeWidget(old)
            old.deleteLater()
        self._lines, self._heads, self._rules = {}, {}, []
        groups = {group.code: group for group in framework.groups}
        for criterion in framework.criteria:
            if self._lines:
                rule = QFrame()
                self._rules.append(rule)
                rule.setProperty("kind", "rule")
                self._card.body.addWidget(rule)
            group = groups.pop(criterion.group, None)
            if group is not None:
                self._heads[group.code] = GroupHead(self.desk, group)
                self._card.body.addWidget(self._heads[group.code])
            line = self._lines[criterion.code] = CriterionRow(self.desk, criterion)
            line.finished.connect(partial(self._go_on, line))
            self._card.body.addWidget(self._lines[criterion.code])

    def _go_on(self, done: CriterionRow) -> None:
        """Go to the next criterion without points, past those that have theirs; else to what comes next."""
        lines = list(self._lines.values())
        place = lines.index(done)
        empty = (line for line in (*lines[place:], *lines[:place]) if not line.points.text())
        wanted = next(empty, None)
        if wanted is None:
            focus_next_field(done.reason if done.reason.hasFocus() else done.points)
        else:
            wanted.points.setFocus()

    def _show_frameworks(self, framework: Framework) -> None:
        words, on = self.words, self.desk.file.meeting.on
        choices: list[tuple[str, str]] = []
        for choice in self.session.book.scoring.choices(on):
            one = choice.framework
            title = one.title_vi if words.language == "vi" else one.title_en
            if choice.valid or one.id == framework.id:
                over = "" if choice.valid else f" ({words.gettext(N_('no longer in force'))})"
                choices.append((one.id, title + over))
        self.framework.change_choices(choices)
        self.framework.show_value(framework.id)
        self.framework.setEnabled(not self.desk.locked)

    def _choose_framework(self, framework_id: str) -> None:
        since = self.desk.file.meeting.on
        self.desk.run(lambda book: book.scoring.choose(framework_id, since), self)

    def _accept(self) -> None:
        """Take what is proposed; people then change what they know better."""
        self.flush()
        meeting_id = self.desk.meeting_id

        def act(book: Book) -> Changes:
            return book.scoring.accept(meeting_id)

        self.desk.run(act, self)
        self.focus_first()

    def _change_not_scored(self, text: str) -> None:
        meeting = replace(self.desk.file.meeting, not_scored_reason=text)
        self.desk.run(lambda book: book.meetings.change(meeting), self)
