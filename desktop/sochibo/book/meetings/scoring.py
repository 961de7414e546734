"""Scores of a book's meetings: by which framework, what is proposed, how they were settled, and the year."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.book.meetings.meeting_acts import FINISHED, MeetingActs, refusal
from sochibo.book.meetings.planning import REGULAR_KINDS
from sochibo.messages import N_, Messages
from sochibo.rules.meetings.meetings import MeetingKind, MeetingState, Score
from sochibo.rules.meetings.practice import load_practice
from sochibo.rules.reports import MinutesReport
from sochibo.rules.scoring.score_sheets import score_report, suggestions_of, upper_score
from sochibo.rules.scoring.scoring import Framework, framework_on
from sochibo.rules.scoring.scoring_files import framework_of_id, load_frameworks
from sochibo.rules.scoring.scoring_years import RatedYear, rate_year, year_rule_on
from sochibo.storage.records import documents as papers
from sochibo.storage.records import meetings as store
from sochibo.storage.records import scores

if TYPE_CHECKING:
    from sochibo.book.meetings.meetings import MeetingLine
    from sochibo.rules.meetings.meetings import Meeting
    from sochibo.rules.reports import ScoreReport
    from sochibo.rules.scoring.scoring import Rating
    from sochibo.rules.scoring.scoring_suggestions import Suggestion
    from sochibo.rules.scoring.scoring_years import YearRating
    from sochibo.rules.scoring.settlements import Settlement
    from sochibo.rules.scoring.surroundings import Surroundings

__all__ = ["FrameworkChoice", "Scoring"]

THEMATIC = frozenset({MeetingKind.THEMATIC, MeetingKind.COMBINED})
LAST_POINTS = 1000


@dataclass(frozen=True, slots=True)
class FrameworkChoice:
    """A framework that may be chosen; `valid` tells whether it is in force on the day asked for."""

    framework: Framework
    valid: bool


class Scoring(MeetingActs):
    """Scores; a closed meeting refuses every change but the upper committee's (code M90)."""

    def framework_of(self, meeting: Meeting) -> Framework | None:
        """Return the framework by which a meeting is scored; some kinds are not scored at all.

        The meeting's own, else the one that the cell chose, else the central one of the day. One whose
        validity ended is returned all the same: closing the minutes says so, and a person chooses.
        """
        if meeting.kind not in load_practice().scored:
            return None
        chosen = meeting.framework or scores.choice_on(self._database, meeting.on)
        return framework_of_id(chosen) or framework_on(meeting.on, load_frameworks())

    def surroundings(self, meeting: Meeting) -> Surroundings:
        """Return what a meeting's score needs from other meetings."""
        return scores.surroundings(self._database, meeting, REGULAR_KINDS, MeetingKind.CELL_COMMITTEE)

    def settlement(self, meeting_id: str) -> Settlement:
        """Return how the score of a meeting was settled; raises KeyError."""
        return scores.settlement(self._database, meeting_id)

    def choices(self, day: date) -> tuple[FrameworkChoice, ...]:
        """Return the frameworks that this program knows, those in force on a day first."""
        known = [FrameworkChoice(one, one.is_valid_on(day)) for one in load_frameworks()]
        return tuple(sorted(known, key=lambda one: (not one.valid, not one.framework.central)))

    def choose(self, framework_id: str, since: date) -> Changes:
        """Score by a framework from a day on; open meetings lose points given by another one.

        Raises Refused for a framework that this program does not know. Undo brings the points back.
        """
        if framework_of_id(framework_id) is None:
            raise refusal("M65", N_("This scoring framework is not known."), since, "framework")
        before = {key: self._framework_id(key) for key in scores.scored_ids(self._database, since)}
        with self._act(N_("Chose a scoring framework from {day}"), since):
            scores.choose(self._database, since, framework_id)
            for meeting_id, used in before.items():
                if self._framework_id(meeting_id) != used:
                    for code in store.scores(self._database, meeting_id):
                        store.put_score(self._database, meeting_id, code, None)
        return Changes.MEETINGS

    def suggestions(self, meeting_id: str) -> dict[str, Suggestion]:
        """Return what is proposed for every criterion, keyed by code."""
        return suggestions_of(self._book.meetings.file(meeting_id))

    def give(self, meeting_id: str, criterion: str, tenths: int | None, reason: str = "") -> Changes:
        """Give points for one criterion of the meeting's framework, or take them back with None."""
        meeting = self._unlocked(meeting_id)
        made = None
        if tenths is not None:
            framework = self.framework_of(meeting)
            if framework is None or framework.criterion(criterion) is None:
                template = N_("No such criterion is scored at the meeting of {day}.")
                raise refusal("M94", template, meeting.on, f"scores.{criterion}")
            if tenths < 0:
                template = N_("Points cannot be fewer than none.")
                raise refusal("M95", template, meeting.on, f"scores.{criterion}")
            made = _score(meeting_id, self.suggestions(meeting_id)[criterion], tenths, reason)
        key = f"score:{meeting_id}:{criterion}"
        with self._act(N_("Scored the meeting of {day}"), meeting.on, merge_key=key):
            store.put_score(self._database, meeting_id, criterion, made)
            if made is not None:
                self._begin_recording(meeting)
        return Changes.MEETINGS

    def accept(self, meeting_id: str) -> Changes:
        """Give every criterion that has no points the proposed ones; full points where nothing is computed.

        Where something is computed but nothing follows from it, a person must choose: those stay empty.
        Points that were taken over before follow the record if it has changed since.
        """
        meeting = self._unlocked(meeting_id)
        known = store.scores(self._database, meeting_id)
        with self._act(N_("Scored the meeting of {day}"), meeting.on):
            for code, one in self.suggestions(meeting_id).items():
                tenths = one.criterion.max_points * 10 if one.criterion.metric is None else one.tenths
                given = known.get(code)
                chosen = given is not None and given.tenths != given.proposed_tenths
                if chosen or not one.counted or tenths is None or (given and given.tenths == tenths):
                    continue
                store.put_score(self._database, meeting_id, code, _score(meeting_id, one, tenths))
            self._begin_recording(meeting)
        return Changes.MEETINGS

    def settle(
        self, meeting_id: str, *, rating: Rating | None, reason: str = "", vote_id: str | None = None
    ) -> Changes:
        """Record the cell's own rating (None: what the points give), why it differs, and the vote on it."""
        meeting = self._unlocked(meeting_id)
        known = self.settlement(meeting_id)
        made = replace(known, rating_reason=reason, vote_id=vote_id)
        key = f"settle:{meeting_id}"
        with self._act(N_("Settled the rating of the meeting of {day}"), meeting.on, merge_key=key):
            store.change(self._database, replace(meeting, own_rating=rating))
            scores.put_settlement(self._database, meeting_id, made)
        return Changes.MEETINGS

    def decide(self, meeting_id: str, decided: Settlement) -> Changes:
        """Record what the upper committee decided, also when the minutes are closed: it comes later.

        Only the upper committee's part of `decided` is taken. Raises Refused for points beyond the table.
        """
        meeting = store.get(self._database, meeting_id)
        framework = self.framework_of(meeting)
        most = framework.total * 10 if framework else LAST_POINTS
        if decided.upper_tenths is not None and not 0 <= decided.upper_tenths <= most:
            template = N_("The points of the upper committee are more than can be given.")
            raise refusal("M66", template, meeting.on, "upper_tenths")
        known = self.settlement(meeting_id)
        made = replace(decided, vote_id=known.vote_id, rating_reason=known.rating_reason)
        key = f"upper:{meeting_id}"
        with self._act(N_("Recorded the upper committee's rating of {day}"), meeting.on, merge_key=key):
            scores.put_settlement(self._database, meeting_id, made)
        return Changes.MEETINGS

    def report(self, meeting_id: str) -> ScoreReport | None:
        """Return the score as it stands, or as the closed minutes say, with the upper committee's part."""
        meeting = store.get(self._database, meeting_id)
        closed = None
        if meeting.state in FINISHED:
            document = papers.minutes_of(self._database, meeting_id)
            closed = papers.envelope(self._database, document.id).report if document else None
        if isinstance(closed, MinutesReport):
            made = closed.score
        else:
            made = score_report(self._book.meetings.file(meeting_id))
        return replace(made, upper=upper_score(self.settlement(meeting_id))) if made else None

    def year(self, year: int, *, until: int = 12) -> YearRating | None:
        """Rate a year of meetings by the shipped rule; `until` is the last month that ought to be rated.

        The upper committee's rating counts where it decided, else the cell's own. None without any rule.
        """
        lines = self._book.meetings.lines(year)
        decided = scores.settlements(self._database, year)
        regular = [
            (line.meeting.on.month, rating)
            for line in lines
            if line.meeting.kind in REGULAR_KINDS and (rating := _official(line, decided)) is not None
        ]
        rule = year_rule_on(max((line.meeting.on for line in lines), default=date(year, 1, 1)))
        if rule is None:
            return None
        held = [line.meeting for line in lines if line.meeting.state is not MeetingState.PLANNED]
        return rate_year(
            rule,
            RatedYear(
                ratings=[rating for _, rating in regular],
                months=len({month for month, _ in regular}),
                thematic=sum(meeting.kind in THEMATIC for meeting in held),
                due=until,
            ),
        )

    def _framework_id(self, meeting_id: str) -> str:
        framework = self.framework_of(store.get(self._database, meeting_id))
        return framework.id if framework else ""


def _score(meeting_id: str, suggestion: Suggestion, tenths: int, reason: str = "") -> Score:
    """Return points given; of proposed ones that are fewer than all, the figure itself is the reason.

    It is in Vietnamese, since it is printed.
    """
    criterion = suggestion.criterion
    if not reason and tenths == suggestion.tenths and tenths < criterion.max_points * 10:
        reason = suggestion.say(Messages("vi"))
    return Score(
        meeting_id=meeting_id,
        criterion=criterion.code,
        tenths=tenths,
        reason=reason,
        proposed_tenths=suggestion.tenths,
    )


def _official(line: MeetingLine, decided: dict[str, Settlement]) -> Rating | None:
    """Return the rating that counts: the upper committee's is the official one (HD 42)."""
    upper = decided[line.meeting.id].upper_rating
    return upper or line.rating
