"""Below the score sheet: how the cell settled its rating, and what the upper committee decided later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sochibo.interface.looks.icons import Glyph
from sochibo.interface.looks.palette import Tone
from sochibo.interface.meetings.steps.score_rows import points_text, read_points
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField, TextField
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.typed_fields import DateField
from sochibo.messages import N_
from sochibo.rules.meetings.votes import judge_vote
from sochibo.rules.members.rolls import told_apart
from sochibo.rules.scoring.scoring import RATING_LABELS, Rating

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.interface.meetings.steps.desk import Desk

__all__ = ["SettlingCard", "UpperCard"]


class SettlingCard(Card):
    """Who followed the meeting, the cell's own rating, the vote on it, and what was to be done better."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self.desk = desk
        words, theme, say = desk.words, desk.theme, desk.words.gettext
        nobody: list[tuple[str | None, str]] = [(None, "–")]
        self.observer: ChoiceField[str | None] = ChoiceField(
            theme, say(N_("Who followed and scored the meeting")), nobody, self._change_observer
        )
        ratings: list[tuple[Rating | None, str]] = [(None, say(N_("as the points give")))]
        ratings += [(rating, say(text)) for rating, text in RATING_LABELS.items()]
        self.rating: ChoiceField[Rating | None] = ChoiceField(
            theme, say(N_("The cell's own rating")), ratings, lambda value: self._settle(rating=value)
        )
        self.reason = LineField(
            say(N_("Why another rating than the points give")), lambda text: self._settle(reason=text)
        )
        self.vote: ChoiceField[str | None] = ChoiceField(
            theme, say(N_("The cell's vote on it")), nobody, lambda key: self._settle(vote_id=key)
        )
        self.note = TextField(theme, say(N_("Shortcomings and remedies")), self._change_note, lines=2)
        self.sign = Glyph(theme, "circle", side=16)
        self.outcome = label("", "hint", wrap=True)
        grid = FormGrid(theme, least=240)
        self.fields = {
            "observer": LabelledField(theme, self.observer.accessibleName(), self.observer),
            "own_rating": LabelledField(theme, self.rating.accessibleName(), self.rating),
            "rating_reason": LabelledField(theme, self.reason.accessibleName(), self.reason),
            "score_vote": LabelledField(theme, self.vote.accessibleName(), self.vote),
            "rating_note": LabelledField(
                theme,
                self.note.accessibleName(),
                self.note,
                words.gettext(N_("as the chair named them; they stand in the minutes")),
            ),
        }
        for name, field in self.fields.items():
            grid.add(field, wide=name in {"rating_reason", "rating_note"})
        told = row(self.sign, self.outcome)
        told.setStretch(1, 1)
        self.body.addWidget(grid)
        self.body.addLayout(told)

    def reload(self) -> None:
        """Show what the book holds, and how the vote ended."""
        file, words = self.desk.file, self.desk.words
        settled = file.settlement
        people: list[tuple[str | None, str]] = [(None, "–")]
        people += told_apart([entry.member for entry in file.roll]).items()
        votes: list[tuple[str | None, str]] = [(None, "–")]
        votes += [
            (vote.id, vote.question or words.sentence(N_("Vote {n}"), {"n": place}))
            for place, vote in enumerate(file.votes, start=1)
        ]
        self.observer.change_choices(people)
        self.observer.show_value(file.meeting.observer_id)
        self.vote.change_choices(votes)
        self.vote.show_value(settled.vote_id)
        self.rating.show_value(file.meeting.own_rating)
        self.reason.show_text(settled.rating_reason)
        self.fields["rating_reason"].setVisible(
            file.meeting.own_rating is not None or bool(settled.rating_reason)
        )
        self.note.show_text(file.meeting.rating_note)
        self._show_outcome()
        for text in (self.reason, self.note):
            text.setReadOnly(self.desk.locked)
        for choice in (self.observer, self.rating, self.vote):
            choice.setEnabled(not self.desk.locked)

    def _show_outcome(self) -> None:
        file, words = self.desk.file, self.desk.words
        vote = next((vote for vote in file.votes if vote.id == file.settlement.vote_id), None)
        for part in (self.sign, self.outcome):
            part.setVisible(vote is not None)
        if vote is None:
            return
        outcome = judge_vote(vote, file.vote_base())
        fields = {
            "in_favour": outcome.in_favour,
            "base": outcome.base,
            "rate": words.percent(outcome.in_favour, outcome.base),
            "needed": outcome.needed,
        }
        said = (
            N_("Passed: {in_favour}/{base} ({rate}); {needed} were needed.")
            if outcome.passed
            else N_("Not passed: {in_favour}/{base} ({rate}); {needed} were needed.")
        )
        self.outcome.setText(words.sentence(said, fields))
        self.sign.show_icon("check" if outcome.passed else "x", Tone.GOOD if outcome.passed else Tone.WRONG)

    def _change_observer(self, who: str | None) -> None:
        meeting = replace(self.desk.file.meeting, observer_id=who)
        self.desk.run(lambda book: book.meetings.change(meeting), self)

    def _change_note(self, text: str) -> None:
        meeting = replace(self.desk.file.meeting, rating_note=text)
        self.desk.run(lambda book: book.meetings.change(meeting), self)

    def _settle(self, **values: Any) -> None:  # noqa: ANN401 - any argument of settle
        file, meeting_id = self.desk.file, self.desk.meeting_id
        known = {
            "rating": file.meeting.own_rating,
            "reason": file.settlement.rating_reason,
            "vote_id": file.settlement.vote_id,
        }

        def act(book: Book) -> Changes:
            return book.scoring.settle(meeting_id, **{**known, **values})

        self.desk.run(act, self)


class UpperCard(Card):
    """The upper committee's part; it is written long after the minutes are closed, so it never locks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.theme)
        self.desk = desk
        theme, say = desk.theme, desk.words.gettext
        ratings: list[tuple[Rating | None, str]] = [(None, say(N_("not decided yet")))]
        ratings += [(rating, say(text)) for rating, text in RATING_LABELS.items()]
        self.rating: ChoiceField[Rating | None] = ChoiceField(
            theme, say(N_("Rating")), ratings, lambda value: self._decide(upper_rating=value)
        )
        self.points = LineField(say(N_("Points of the upper committee")), self._take_points)
        self.by = LineField(say(N_("Decided by")), lambda text: self._decide(upper_decided_by=text))
        self.note = LineField(say(N_("Remark")), lambda text: self._decide(upper_note=text))
        self._on = LabelledField(
            theme,
            say(N_("Decided on")),
            DateField(say(N_("Decided on")), self._take_day, desk.session.today, self._tell_day),
        )
        self._points = LabelledField(theme, say(N_("Points")), self.points)
        title = label(say(N_("Score and rating by the upper committee")), "strong", wrap=True)
        self.body.addWidget(title)
        hint = say(N_("It decides the official rating, and is kept apart from the cell's own."))
        self.body.addWidget(label(hint, "hint", wrap=True))
        grid = FormGrid(theme, columns=2, least=240)
        grid.add(LabelledField(theme, self.rating.accessibleName(), self.rating))
        grid.add(self._points)
        grid.add(LabelledField(theme, self.by.accessibleName(), self.by))
        grid.add(self._on)
        grid.add(LabelledField(theme, self.note.accessibleName(), self.note), wide=True)
        self.body.addWidget(grid)

    @property
    def on(self) -> QWidget:
        """Return the field of the day."""
        return self._on.field

    def reload(self) -> None:
        """Show what the book holds."""
        settled = self.desk.file.settlement
        self.rating.show_value(settled.upper_rating)
        tenths = settled.upper_tenths
        self.points.show_text("" if tenths is None else points_text(tenths, self.desk.words))
        self.by.show_text(settled.upper_decided_by)
        self.note.show_text(settled.upper_note)
        if isinstance(self._on.field, DateField):
            self._on.field.show_day(settled.upper_decided_on)
        writable = not self._locked
        self.rating.setEnabled(writable)
        for field in (self.points, self.by, self.note, self._on.field):
            if isinstance(field, LineField):
                field.setReadOnly(not writable)

    @property
    def _locked(self) -> bool:
        return self.desk.gone or self.desk.session.book.read_only

    def _take_points(self, text: str) -> None:
        tenths = read_points(text) if text else None
        framework = self.desk.file.framework
        most = framework.total if framework else 100
        readable = not text or (tenths is not None and tenths <= most * 10)
        template = N_("Please write points from {least} to {most}.")
        said = self.desk.words.sentence(template, {"least": 0, "most": most})
        self._points.show_trouble("" if readable else said)
        if readable:
            self._decide(upper_tenths=tenths)

    def _take_day(self, day: date | None) -> None:
        self._decide(upper_decided_on=day)

    def _tell_day(self, readable: bool) -> None:  # noqa: FBT001 - the field calls it with its one answer
        said = "" if readable else self.desk.words.gettext(N_("Please write a day such as 3/11/2026."))
        self._on.show_trouble(said)

    def _decide(self, **values: Any) -> None:  # noqa: ANN401 - any field of a settlement
        if self._locked:
            return
        decided, meeting_id = replace(self.desk.file.settlement, **values), self.desk.meeting_id
        # Not through the desk: a closed meeting takes no act there, and this one comes after closing.
        self.desk.session.run(lambda book: book.scoring.decide(meeting_id, decided), self)
