"""One member's rating: who is rated, what was said, points, conditions, votes, the levels."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.changes import Changes
from sochibo.book.papers.period_words import say_review
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint, Page
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField, flush_fields
from sochibo.interface.parts.record_history import RecordHistory
from sochibo.interface.ratings.rating_cell import CONDITIONS, DECIDED, VOTES
from sochibo.interface.ratings.rating_fields import FieldKind, FieldSpec, RatingFields
from sochibo.interface.ratings.rating_scores import RatingScores
from sochibo.interface.ratings.rating_words import level_word, points_text, say_reason
from sochibo.messages import N_
from sochibo.rules.ratings.ratings import FORM_LABELS, REASON_LABELS, NoLevelReason, Subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.ratings.ratings import RatingLine
    from sochibo.interface.session import Session

__all__ = ["RatingPage"]

_SUBJECT = (
    FieldSpec(
        "form",
        N_("Self-review"),
        FieldKind.CHOICE,
        choices=((None, N_("not chosen")), *FORM_LABELS.items()),
    ),
    FieldSpec("reviewed_on", N_("Reviewed on"), FieldKind.DAY),
    FieldSpec("subject_note", N_("Why there is no level, in words"), FieldKind.LINE),
    FieldSpec("rated_elsewhere", N_("Also rated in another cell"), FieldKind.LINE),
)
_OPINIONS = (
    FieldSpec("own_level", N_("The member says"), FieldKind.LEVEL),
    FieldSpec("employer_level", N_("As a civil servant or public employee"), FieldKind.LEVEL),
    FieldSpec("committee_level", N_("Cell committee"), FieldKind.LEVEL),
    FieldSpec("body_level", N_("Leaders of mass organisations"), FieldKind.LEVEL),
    FieldSpec("residence_on", N_("Comment from the residence, day"), FieldKind.DAY),
    FieldSpec("residence_by", N_("Comment from the residence, by"), FieldKind.LINE),
    FieldSpec("residence_comment", N_("What the residence says"), FieldKind.TEXT),
)
_POINTS = (
    FieldSpec("common_tenths", N_("Common criteria, points"), FieldKind.POINTS),
    FieldSpec("task_tenths", N_("Results of tasks, points"), FieldKind.POINTS),
    FieldSpec("bonus_tenths", N_("Bonus, points"), FieldKind.POINTS),
)
_FAILING = (
    FieldSpec("disciplined", N_("Disciplined in the year"), FieldKind.TICK),
    FieldSpec("failing_case", N_("A case of KHT, in words"), FieldKind.LINE),
)
_VOTES = (
    *VOTES,
    FieldSpec("votes_unrated", N_("Votes for no level"), FieldKind.NUMBER),
    FieldSpec("vote_base", N_("Over how many votes"), FieldKind.NUMBER),
    FieldSpec("excellent_for", N_("Second ballot: for"), FieldKind.NUMBER),
    FieldSpec("excellent_against", N_("Second ballot: against"), FieldKind.NUMBER),
    FieldSpec("nominated", N_("Named for HTXS (second ballot)"), FieldKind.TICK),
)
_LEVEL = (
    FieldSpec("proposed_level", N_("The cell proposes"), FieldKind.LEVEL),
    FieldSpec("override_reason", N_("Why not the level that the rules give"), FieldKind.LINE),
    FieldSpec("cap_group", N_("Group of similar posts"), FieldKind.LINE),
    FieldSpec("remarks", N_("Remarks"), FieldKind.TEXT),
)


class RatingPage(Page):
    """`rating:<review>.<member>`."""

    concerns: ClassVar[Changes] = Changes.RATINGS | Changes.MEMBERS
    help_name = "rating"

    def __init__(self, session: Session, goal: str) -> None:
        super().__init__(session)
        self.period_id, _, self.member_id = goal.partition(":")[2].partition(".")
        self.line: RatingLine = session.book.ratings.line(self.period_id, self.member_id)
        theme = session.theme
        self.parts: list[RatingFields] = []
        self.whole = QVBoxLayout(self)
        self.whole.setContentsMargins(0, 0, 0, 0)
        self.whole.setSpacing(theme.px(12))
        self.whole.addWidget(self._make_head())
        self.level = self._card(N_("Level"), _LEVEL)
        self.scores = RatingScores(session, self._save_score)
        self.points = self._card(N_("Points"), _POINTS, self.scores)
        self._card(N_("Conditions"), CONDITIONS)
        self._card(N_("Against the level"), _FAILING)
        self._card(N_("Who is rated"), _SUBJECT, self._make_subject())
        self._card(N_("Opinions"), _OPINIONS)
        self._card(N_("Votes"), _VOTES)
        self._card(N_("Decision from above"), DECIDED)
        self.revisions = label("", "soft", wrap=True)
        self.whole.addWidget(self.revisions)
        self.changes = RecordHistory(session, "rating", self.line.rating.id)
        self.whole.addWidget(self.changes)
        self.whole.addStretch(1)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, step in (("F6", 1), ("Shift+F6", -1)):
            QShortcut(QKeySequence(key), self, lambda by=step: self.turn(by), context=context)

    def _make_head(self) -> Card:
        say, theme = self.session.words.gettext, self.session.theme
        card = Card(theme, "note")
        self.told = label("", "title", wrap=True)
        self.proposal = label("", "strong", wrap=True)
        self.why = label("", "advice", wrap=True)
        self.before = ActButton(theme, say(N_("Previous member")), icon="chevron-left", kind="link")
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after = ActButton(theme, say(N_("Next member")), icon="chevron-right", kind="link")
        self.after.clicked.connect(lambda: self.turn(1))
        self.reason = LineField(say(N_("Reason of the correction")), bool)
        self._reason = LabelledField(
            theme,
            say(N_("Reason of the correction")),
            self.reason,
            say(N_("The review is closed: write the reason first, then correct.")),
        )
        for part in (self.told, self.proposal, self.why):
            card.body.addWidget(part)
        card.body.addLayout(row(self.before, self.after, None))
        card.body.addWidget(self._reason)
        return card

    def _make_subject(self) -> QWidget:
        words = self.session.words
        choices: list[tuple[str, str]] = [
            ("", words.gettext(N_("as the events say"))),
            ("rated", words.gettext(N_("is rated"))),
            *((reason.value, words.gettext(text)) for reason, text in REASON_LABELS.items()),
        ]
        self.subject: ChoiceField[str] = ChoiceField(
            self.session.theme, words.gettext(N_("Rated or not, and why")), choices, self._choose_subject
        )
        self.follows = label("", "hint", wrap=True)
        made = QWidget()
        inside = QVBoxLayout(made)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(
            LabelledField(self.session.theme, words.gettext(N_("Rated or not, and why")), self.subject)
        )
        inside.addWidget(self.follows)
        return made

    def _card(self, title: str, specs: Sequence[FieldSpec], above: QWidget | None = None) -> RatingFields:
        card = Card(self.session.theme)
        card.body.addWidget(label(self.session.words.gettext(title), "title"))
        if above is not None:
            card.body.addWidget(above)
        fields = RatingFields(self.session, specs, self._save)
        self.parts.append(fields)
        card.body.addWidget(fields)
        self.whole.addWidget(card)
        return fields

    def title(self) -> tuple[str, ...]:
        """Return the way here."""
        words = self.session.words
        period = self.session.book.ratings.period(self.period_id)
        said = say_review(words, period)
        return (words.gettext(N_("Ratings")), said, self.line.name)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the form."""
        say = self.session.words.gettext
        return (
            KeyHint("Enter", say(N_("next field"))),
            KeyHint("F6", say(N_("next member"))),
            KeyHint("Shift F6", say(N_("previous member"))),
        )

    def first_focus(self) -> QWidget | None:
        """Begin with the level."""
        return self.level.fields["proposed_level"]

    def reload(self) -> None:
        """Read the line anew; KeyError where the person is no longer on the list."""
        ratings = self.session.book.ratings
        self.line = ratings.line(self.period_id, self.member_id)
        rating = self.line.rating
        locked = ratings.period(self.period_id).locked
        self._show_head(locked=locked)
        for part in self.parts:
            part.show_record(rating)
            part.show_findings((*self.line.findings, *self.line.proposal.failed))
            part.lock(locked=self.session.book.read_only)
        rules = ratings.rules(self.period_id)
        self.scores.show_scores(rules, self.line)
        summed = self.scores.wanted(rules, self.line)
        for name, shown in (
            ("common_tenths", not summed),
            ("task_tenths", not summed),
            ("bonus_tenths", rules.bonus_max > 0),
        ):
            self.points.labelled[name].setVisible(shown)
        chosen = "" if not rating.subject_manual else (rating.subject_reason or Subject.RATED).value
        self.subject.show_value(chosen)
        self._show_follows()
        self._show_revisions()
        self.changes.reload()

    def flush(self) -> None:
        """Write what is still in a field."""
        flush_fields(self)

    def turn(self, by: int) -> None:
        """Go to the next or the previous member of the list."""
        self.flush()
        lines = [line.entry.member.id for line in self.session.book.ratings.lines(self.period_id)]
        place = lines.index(self.member_id) + by
        if 0 <= place < len(lines):
            self.session.go(f"rating:{self.period_id}.{lines[place]}")

    def _show_head(self, *, locked: bool) -> None:
        words, line = self.session.words, self.line
        office = line.entry.member.office
        self.told.setText(f"{line.name} – {office}" if office else line.name)
        proposal = line.proposal
        if line.rating.subject is not Subject.RATED:
            said = say_reason(line.rating.subject_reason, line.rating.subject_note, words)
        elif proposal.level:
            said = words.sentence(
                N_("{points} points; the rules give: {level}"),
                {
                    "points": points_text(line.rating.total_tenths, words) or "–",
                    "level": level_word(proposal.level, words),
                },
            )
        else:
            said = words.gettext(N_("Enter the points to see the level."))
        self.proposal.setText(said)
        told = [one.say(words) for one in (*proposal.failed, *proposal.unsaid, *line.notes)]
        self.why.setText(" ".join(told))
        self.why.setVisible(bool(told))
        self._reason.setVisible(locked or line.rating.decided_level is not None)

    def _show_follows(self) -> None:
        words, status = self.session.words, self.line.status
        said = say_reason(status.reason, "", words) if status.reason else words.gettext(N_("is rated"))
        self.follows.setText(words.sentence(N_("The events say: {what}"), {"what": said}))

    def _show_revisions(self) -> None:
        words = self.session.words
        kept = self.session.book.ratings.revisions(self.line.rating.id) if self.line.rating.id else ()
        said = [
            words.sentence(N_("Corrected on {day}: {reason}"), {"day": one.made_on, "reason": one.reason})
            for one in kept
        ]
        self.revisions.setText("\n".join(said))
        self.revisions.setVisible(bool(said))

    def _save(self, name: str, value: Any) -> None:  # noqa: ANN401 - of any field
        rating = replace(self.line.rating, **{name: value})
        reason = self.reason.text()
        if not self.session.run(lambda book: book.ratings.change(rating, reason=reason), self):
            self.reload()

    def _save_score(self, code: str, score: Any) -> None:  # noqa: ANN401 - a score, or None
        reason = self.reason.text()
        if not self.session.run(
            lambda book: book.ratings.set_score(self.period_id, self.member_id, code, score, reason=reason),
            self,
        ):
            self.reload()

    def _choose_subject(self, chosen: str) -> None:
        """Let the events say, or choose by hand that somebody is rated, or why not."""
        status = None
        if chosen == Subject.RATED.value:
            status = replace(self.line.rating, subject=Subject.RATED, subject_reason=None)
        elif chosen:
            status = replace(
                self.line.rating,
                subject_reason=NoLevelReason(chosen),
                proposed_level=None,
                decided_level=None,
            )
        reason = self.reason.text()
        if not self.session.run(
            lambda book: book.ratings.set_subject(self.period_id, self.member_id, status, reason=reason),
            self,
        ):
            self.reload()
