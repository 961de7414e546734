"""The acts of the yearly and quarterly reviews: entries, ballots, levels proposed and decided."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sochibo.book.changes import Changes
from sochibo.book.ratings import rating_files
from sochibo.book.ratings.rating_lines import RatingLine, computed
from sochibo.book.ratings.rating_periods import RatingPeriods, refuse, today
from sochibo.book.ratings.rating_readings import NO_LEVEL, OrganisationLine, UnratedLine
from sochibo.faults import Finding, Refused, red
from sochibo.messages import N_
from sochibo.rules.names import clean
from sochibo.rules.ratings.rating_checks import check_points
from sochibo.rules.ratings.rating_proposals import propose_level
from sochibo.rules.ratings.rating_rules import Block, Scale
from sochibo.rules.ratings.ratings import (
    Level,
    MemberRating,
    OrganisationRating,
    ReviewPeriod,
    Subject,
    subject_of,
)
from sochibo.storage.records import ratings as store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sochibo.rules.ratings.rating_rules import RatingRules
    from sochibo.rules.ratings.ratings import Ballot, RatingScore

__all__ = ["OrganisationLine", "RatingLine", "Ratings", "UnratedLine"]

T = TypeVar("T", MemberRating, OrganisationRating)

_DECIDED: Final = ("decided_level", "decision", "decided_on")
_TEXTS: Final = (
    "override_reason", "decision", "failing_case", "remarks", "subject_note", "cap_group", "rated_elsewhere",
    "residence_by", "residence_comment", "unrated_reason",
)  # fmt: skip


class Ratings(RatingPeriods):
    """Reviews; once one is closed every change is a correction, which needs a reason and keeps what was."""

    def change(self, rating: MemberRating, *, reason: str = "") -> Changes:
        """Write what was entered of a member; raises Refused.

        Choosing a status other than the one that follows from the events sets `subject_manual`; `subject`
        is then made to fit its reason. A decided level may be filled in after closing; everything else is a
        correction then.
        """
        period = self.period(rating.period_id)
        line = self.line(period.id, rating.member_id)
        asked = _cleaned(dataclasses.replace(rating, id=line.rating.id, revision=line.rating.revision))
        if asked.subject_manual:
            asked = dataclasses.replace(asked, subject=subject_of(asked.subject_reason))
        asked = computed(self.rules(period.id), asked, line.scores)
        wrong = [*check_points(line.name, self.rules(period.id), asked), *_impossible(line.name, asked)]
        refuse(wrong)
        with self._act(N_("Rated {name}"), period, f"rating:{period.id}:{rating.member_id}", line.name):
            self._correct(period, line.rating, asked, reason)
        return Changes.RATINGS

    def set_subject(
        self, period_id: str, member_id: str, status: MemberRating | None, *, reason: str = ""
    ) -> Changes:
        """Choose by hand whether somebody is rated, or (None) let it follow from the events again."""
        line = self.line(period_id, member_id)
        if status is None:
            follows = dataclasses.replace(
                line.rating,
                subject_manual=False,
                subject=line.status.subject,
                subject_reason=line.status.reason,
                subject_note="",
            )
            return self.change(follows, reason=reason)
        return self.change(dataclasses.replace(status, subject_manual=True), reason=reason)

    def set_score(
        self,
        period_id: str,
        member_id: str,
        criterion: str,
        score: RatingScore | None,
        *,
        reason: str = "",
    ) -> Changes:
        """Write the points or the grade of one criterion; its block is added up once all are there."""
        period, line = self.period(period_id), self.line(period_id, member_id)
        rules = self.rules(period_id)
        scores = {code: kept for code, kept in line.scores.items() if code != criterion}
        if score is not None:
            if criterion not in {one.code for one in rules.criteria_of(line.rating.form)}:
                template = N_("These rules have no criterion {code}.")
                raise Refused([red("R18", template, f"scores.{criterion}", code=criterion)])
            scores[criterion] = dataclasses.replace(score, criterion=criterion, reason=clean(score.reason))
        asked = computed(rules, _summed(rules, line.rating, scores), scores)
        refuse(check_points(line.name, rules, asked, scores))
        with self._act(N_("Rated {name}"), period, f"rating:{period_id}:{member_id}", line.name):
            written = self._correct(period, line.rating, asked, reason)
            store.put_score(self._database, written.id, criterion, scores.get(criterion))
        return Changes.RATINGS

    def set_ballot(self, ballot: Ballot) -> Changes:
        """Write the count of one ballot over the one of its kind; never who voted what."""
        period = self._open(ballot.period_id)
        cleaned = dataclasses.replace(ballot, tellers=clean(ballot.tellers), note=clean(ballot.note))
        counts = (
            ballot.summoned,
            ballot.present,
            ballot.issued,
            ballot.collected,
            ballot.valid,
            ballot.invalid,
        )
        if any(count is not None and count < 0 for count in counts):
            raise Refused([red("R27", N_("Papers cannot be fewer than none."), "ballot")])
        with self._act(
            N_("Counted the ballot of {period}"), period, f"ballot:{period.id}:{ballot.kind.value}"
        ):
            self._begin(period)
            store.put_ballot(self._database, cleaned)
        return Changes.RATINGS

    def change_organisation(self, rating: OrganisationRating, *, reason: str = "") -> Changes:
        """Write the rating of the cell itself or of a unit; raises Refused."""
        period = self.period(rating.period_id)
        known = next(
            one
            for one in self.organisations(period.id)
            if (one.rating.organisation_id, one.rating.unit_id) == (rating.organisation_id, rating.unit_id)
        )
        rules = self.rules(period.id)
        asked = _cleaned(dataclasses.replace(rating, id=known.rating.id, revision=known.rating.revision))
        asked = dataclasses.replace(asked, computed_level=propose_level(rules, asked).level)
        if asked.exemplary and (asked.decided_level or asked.proposed_level or Level.EXCELLENT) is not (
            Level.EXCELLENT
        ):
            template = N_("Only an organisation at HTXS can be exemplary.")
            raise Refused([red("R17", template, "exemplary")])
        refuse([*check_points(known.name, rules, asked), *_impossible(known.name, asked)])
        with self._act(N_("Rated {name}"), period, f"rating:{period.id}:{rating.unit_id or ''}", known.name):
            self._correct_organisation(period, known.rating, asked, reason)
        return Changes.RATINGS

    def record(self, period_id: str, data: Mapping[str, Any]) -> int:
        """Write a whole list from plain data as one act (`resources/schemas/rating.json`); raises Refused.

        Points, counts and levels that contradict each other refuse the file: nobody stands by to mend them.
        Returns how many members were named.
        """
        period = self._open(period_id)
        with self._act(N_("Read ratings of {period}"), period):
            written = rating_files.record(self, period_id, data)
            named = {line.name for line in self.lines(period_id) if line.rating.id}
            refuse(
                finding
                for finding in self.check(period_id)
                if finding.place.startswith("ballot")
                or (finding.fields.get("name") in named and finding.code != NO_LEVEL)
            )
        return written

    def decide(
        self,
        period_id: str,
        levels: Mapping[str, Level | None],
        decision: str,
        decided_on: date | None,
        *,
        reason: str = "",
    ) -> Changes:
        """Write the committee's levels of members, by id, with its decision; one act. Raises Refused.

        Changing what was decided before needs a reason. The proposed levels stay as they were.
        """
        period = self.period(period_id)
        lines = {line.entry.member.id: line for line in self.lines(period_id)}
        changed = [
            (
                lines[member_id],
                dataclasses.replace(
                    lines[member_id].rating,
                    decided_level=level,
                    decision=clean(decision),
                    decided_on=decided_on,
                ),
            )
            for member_id, level in levels.items()
        ]
        wrong = [finding for line, after in changed for finding in _impossible(line.name, after)]
        if not clean(decision) or decided_on is None:
            wrong.append(red("R43", N_("A decided level needs number and day of the decision."), "decision"))
        refuse(wrong)
        with self._act(N_("Entered the decided levels of {period}"), period):
            for line, after in changed:
                self._correct(period, line.rating, after, reason)
        return Changes.RATINGS

    def _correct(
        self, period: ReviewPeriod, before: MemberRating, after: MemberRating, reason: str
    ) -> MemberRating:
        """Write a rating; what stood before is kept where the review is closed or a decision changes."""
        if self._is_correction(period, before, after):
            why = _reason_for(period, reason)
            scores = store.scores(self._database, period.id).get(before.id, {})
            store.add_revision(self._database, before, why, today(), scores)
            after = dataclasses.replace(after, revision=before.revision + 1)
        self._begin(period)
        return store.put_rating(self._database, after)

    def _correct_organisation(
        self, period: ReviewPeriod, before: OrganisationRating, after: OrganisationRating, reason: str
    ) -> None:
        if self._is_correction(period, before, after):
            store.add_revision(self._database, before, _reason_for(period, reason), today())
            after = dataclasses.replace(after, revision=before.revision + 1)
        self._begin(period)
        store.put_organisation_rating(self._database, after)

    @staticmethod
    def _is_correction(
        period: ReviewPeriod,
        before: MemberRating | OrganisationRating,
        after: MemberRating | OrganisationRating,
    ) -> bool:
        """Tell whether something that stood is replaced: filling in the first decision is no correction."""
        if not before.id:
            return False
        if before.decided_level is not None and any(
            getattr(before, name) != getattr(after, name) for name in _DECIDED
        ):
            return True
        empty: dict[str, Any] = {name: getattr(before, name) for name in _DECIDED}
        return period.locked and dataclasses.replace(after, **empty) != before


def _impossible(name: str, rating: MemberRating | OrganisationRating) -> list[Finding]:
    """Return what the book cannot hold; everything else is told by `check` and mended before closing."""
    found = []
    if isinstance(rating, MemberRating) and rating.subject is not Subject.RATED:
        if rating.proposed_level or rating.decided_level:
            template = N_("{name} is not rated this time, so there can be no level.")
            found.append(red("R10", template, "proposed_level", name=name))
        if rating.subject_manual and rating.subject_reason is None:
            found.append(red("R11", N_("Say why {name} is not rated."), "subject_reason", name=name))
    for place in ("above_percent", "late_percent", "remedied_percent"):
        percent = getattr(rating, place)
        if percent is not None and not 0 <= percent <= 100:  # noqa: PLR2004 - percent
            found.append(red("R19", N_("{name}: a percentage runs from 0 to 100."), place, name=name))
    votes = [getattr(rating, part.name) for part in dataclasses.fields(rating) if part.name in _VOTES]
    if any(count is not None and count < 0 for count in votes):
        found.append(red("R26", N_("{name}: votes cannot be fewer than none."), "votes_excellent", name=name))
    return found


_VOTES: Final = frozenset(
    {"votes_excellent", "votes_good", "votes_completed", "votes_not_completed", "votes_unrated",
     "votes_invalid", "excellent_for", "excellent_against", "vote_base"}
)  # fmt: skip


def _reason_for(period: ReviewPeriod, reason: str) -> str:
    if why := clean(reason):
        return why
    template = N_("Write down why this is corrected: the review of {period} is closed or decided.")
    raise Refused([red("R91", template, "reason", period=period.text)])


def _summed(rules: RatingRules, rating: MemberRating, scores: Mapping[str, RatingScore]) -> MemberRating:
    """Return a rating whose blocks are the sums of their criteria, where all of a block have points."""
    if rules.scale is not Scale.POINTS:
        return rating
    totals: dict[str, Any] = {}
    for block, place in ((Block.COMMON, "common_tenths"), (Block.TASK, "task_tenths")):
        codes = [one.code for one in rules.criteria_of(rating.form) if one.block is block]
        if codes and all(code in scores for code in codes):
            totals[place] = sum(scores[code].tenths for code in codes)
    return dataclasses.replace(rating, **totals)


def _cleaned(rating: T) -> T:
    """Return a rating with every text NFC and trimmed."""
    texts: dict[str, Any] = {name: clean(getattr(rating, name)) for name in _TEXTS if hasattr(rating, name)}
    return dataclasses.replace(rating, **texts)
