"""Votes: the question, the voices, and at once whether they suffice."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sochibo.interface.looks.icons import ActButton, Glyph
from sochibo.interface.looks.palette import Tone
from sochibo.interface.meetings.steps.desk import Step
from sochibo.interface.meetings.steps.reading import vote_base_words
from sochibo.interface.meetings.steps.record_rows import RecordRow, RecordRows
from sochibo.interface.parts.blocks import label, row
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.typed_fields import NumberField
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import Vote, VoteClass, VoteMethod
from sochibo.rules.meetings.votes import judge_vote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.interface.meetings.steps.desk import Desk

__all__ = ["VotesStep"]

_CLASSES = {
    VoteClass.MAJORITY: N_("more than half"),
    VoteClass.TWO_THIRDS: N_("at least two thirds"),
}
_METHODS = {VoteMethod.CARD: N_("by raised card"), VoteMethod.BALLOT: N_("by secret ballot")}


class VoteRow(RecordRow[Vote]):
    """One vote with its result drawn under it."""

    def __init__(self, rows: VoteRows) -> None:
        super().__init__(rows)
        theme, say = rows.desk.theme, rows.desk.words.gettext
        self.question = LineField(say(N_("Question")), lambda text: self.set_values(question=text))
        self.vote_class: ChoiceField[VoteClass] = ChoiceField(
            theme,
            say(N_("Needs")),
            [(value, say(text)) for value, text in _CLASSES.items()],
            lambda value: self.set_values(vote_class=value),
        )
        self.method: ChoiceField[VoteMethod] = ChoiceField(
            theme,
            say(N_("Voted")),
            [(value, say(text)) for value, text in _METHODS.items()],
            lambda value: self.set_values(method=value),
        )
        self.in_favour = NumberField(say(N_("In favour")), lambda n: self.set_values(in_favour=n or 0))
        self.against = NumberField(say(N_("Against")), lambda n: self.set_values(against=n or 0))
        self.other = NumberField(say(N_("Blank, invalid, other")), self._set_other)
        self.blank = NumberField(say(N_("of these blank")), lambda n: self._set_part(blank=n))
        self.invalid = NumberField(say(N_("of these invalid")), lambda n: self._set_part(invalid=n))
        self.tellers = LineField(
            say(N_("Who counted the ballots")), lambda text: self.set_values(tellers=text)
        )
        self.minority = LineField(
            say(N_("Opinion of the minority, if it is to be kept")),
            lambda text: self.set_values(minority=text),
        )
        self.first = self.question
        self.sign = Glyph(theme, "circle")
        self.result = label("", "strong", wrap=True)
        remove = ActButton(theme, say(N_("Remove vote")), icon="trash-2", kind="tool")
        remove.clicked.connect(lambda: rows.remove_row(self))
        self.body.addLayout(row(label(self.question.accessibleName(), "label"), None, remove))
        self.body.addWidget(self.question)
        kinds, voices = FormGrid(theme, least=200), FormGrid(theme, 3, 140)
        self.ballots = FormGrid(theme, 3, 140)
        for field in (self.vote_class, self.method):
            kinds.add(LabelledField(theme, field.accessibleName(), field))
        for number in (self.in_favour, self.against, self.other):
            voices.add(LabelledField(theme, number.accessibleName(), number))
        for part in (self.blank, self.invalid, self.tellers):
            self.ballots.add(LabelledField(theme, part.accessibleName(), part))
        self.body.addWidget(kinds)
        self.body.addWidget(voices)
        self.body.addWidget(self.ballots)
        self.body.addWidget(LabelledField(theme, self.minority.accessibleName(), self.minority))
        line = row(self.sign)
        line.addWidget(self.result, 1)
        self.body.addLayout(line)

    def show_record(self, record: Vote) -> None:
        """Show a vote and judge it."""
        super().show_record(record)
        self.question.show_text(record.question)
        self.vote_class.show_value(record.vote_class)
        self.method.show_value(record.method)
        for field, number in (
            (self.in_favour, record.in_favour),
            (self.against, record.against),
            (self.other, record.other),
        ):
            field.show_number(number)
        self.minority.show_text(record.minority)
        self.blank.show_number(record.blank)
        self.invalid.show_number(record.invalid)
        self.tellers.show_text(record.tellers)
        self.ballots.setVisible(record.method is VoteMethod.BALLOT)
        self._judge(record)

    def _set_other(self, number: int | None) -> None:
        """Write the other voices; fewer than were blank or invalid forget how many were."""
        other = number or 0
        told = (self.record.blank or 0) + (self.record.invalid or 0)
        parts: dict[str, int | None] = {} if told <= other else {"blank": None, "invalid": None}
        self.set_values(other=other, **parts)

    def _set_part(self, **values: int | None) -> None:
        """Write how many were blank or invalid: the other voices are at least as many."""
        parts = {"blank": self.record.blank, "invalid": self.record.invalid} | values
        told = sum(number or 0 for number in parts.values())
        self.set_values(other=max(self.record.other, told), **values)

    def _judge(self, record: Vote) -> None:
        words = self.rows.desk.words
        outcome = judge_vote(record, self.rows.desk.file.vote_base())
        fields = {
            "in_favour": outcome.in_favour,
            "base": outcome.base,
            "rate": words.percent(outcome.in_favour, outcome.base),
            "needed": outcome.needed,
        }
        if not record.in_favour + record.against + record.other:
            said, icon, tone = N_("Base {base}; {needed} voices are needed."), "circle", Tone.PLAIN
        elif outcome.passed:
            said = N_("Passed: {in_favour}/{base} ({rate}); {needed} were needed.")
            icon, tone = "check", Tone.GOOD
        else:
            said = N_("Not passed: {in_favour}/{base} ({rate}); {needed} were needed.")
            icon, tone = "x", Tone.WRONG
        self.result.setText(words.sentence(said, fields))
        self.sign.show_icon(icon, tone)


class VoteRows(RecordRows[Vote]):
    """The votes of the meeting in hand."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.words.gettext(N_("Add vote")))

    def records(self) -> Sequence[Vote]:
        """Return the votes."""
        return self.desk.file.votes

    def blank(self) -> Vote:
        """Return a vote without a question."""
        return Vote(id="", meeting_id=self.desk.meeting_id, position=len(self.desk.file.votes), question="")

    def write(self, book: Book, records: Sequence[Vote]) -> Changes:
        """Replace the votes."""
        return book.meetings.set_votes(self.desk.meeting_id, records)

    def make_row(self) -> RecordRow[Vote]:
        """Make the fields of a vote."""
        return VoteRow(self)


class VotesStep(Step):
    """All votes, and the base on which they are counted."""

    name: ClassVar[str] = N_("Votes")
    places: ClassVar[frozenset[str]] = frozenset({"votes"})
    help_name: ClassVar[str] = "minutes"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.base = label("", "soft", wrap=True)
        self.votes = VoteRows(desk)
        self.column.addWidget(label(self.words.gettext(VotesStep.name), "title"))
        self.column.addWidget(self.base)
        self.column.addWidget(self.votes)
        self.column.addStretch(1)

    def reload(self) -> None:
        """Show the votes."""
        self.base.setText(vote_base_words(self.desk.file, self.words))
        self.votes.reload()

    def flush(self) -> None:
        """Write every field."""
        self.votes.flush()

    def focus_first(self) -> None:
        """Begin with the first vote, or with the button that adds one."""
        self.votes.focus_place("0")

    def focus_place(self, place: str) -> bool:
        """Go to `votes.0.in_favour`."""
        return self.votes.focus_place(place.partition(".")[2])
