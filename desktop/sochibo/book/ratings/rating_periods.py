"""The reviews of a book from draft to sent: their days, their rules, the cap, closing and opening again."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.book.ratings.rating_lines import computed
from sochibo.book.ratings.rating_readings import RatingReadings
from sochibo.faults import Refused, Severity, red
from sochibo.messages import N_
from sochibo.rules.dates import months_after
from sochibo.rules.names import clean
from sochibo.rules.periods import parse_period
from sochibo.rules.ratings.caps import RAISED_PERCENT
from sochibo.rules.ratings.rating_rules import (
    RatingRulesError,
    load_rule_sets,
    read_snapshot,
    rules_on,
    snapshot_of,
)
from sochibo.rules.ratings.ratings import ReviewKind, ReviewPeriod, ReviewState
from sochibo.storage.engine.identity import new_id
from sochibo.storage.records import ratings as store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from sochibo.faults import Finding
    from sochibo.rules.ratings.caps import CapRule
    from sochibo.rules.ratings.rating_rules import RatingRules

__all__ = ["RatingPeriods", "refuse", "today"]

_FIRST_YEAR, _LAST_YEAR = 1930, 9999


class RatingPeriods(RatingReadings):
    """The reviews themselves; `Ratings` adds what is entered in them."""

    def make_period(
        self,
        year: int,
        *,
        kind: ReviewKind = ReviewKind.YEAR,
        quarter: int | None = None,
        closing_on: date | None = None,
        note: str = "",
    ) -> str:
        """Begin a review with the rules of its closing day (the last of the year or quarter); returns its id.

        Raises Refused where no rules are kept for that day, or such a review is there already.
        """
        if not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise Refused([red("R02", N_("A review needs its year."), "year")])
        text = f"{year:04d}-Q{quarter}" if quarter else f"{year:04d}"
        day = closing_on or parse_period(text).last
        rules = _rules_of(day)
        made = ReviewPeriod(
            id=new_id(),
            kind=kind,
            year=year,
            closing_on=day,
            quarter=quarter,
            rule_set=rules.id,
            rules=snapshot_of(rules),
            note=note.strip(),
        )
        self._refuse_period(made)
        with self._act(N_("Began the review of {period}"), made):
            store.add_period(self._database, made)
        return made.id

    def change_period(self, period: ReviewPeriod) -> Changes:
        """Change the closing day, the meeting or the note; raises Refused.

        A review is judged by the rules in force on its closing day: where the day moves to others, so do the
        rules, and levels are reckoned anew. Rules that somebody gave this one review stay.
        """
        known = self._open(period.id)
        changed = dataclasses.replace(
            known, closing_on=period.closing_on, meeting_id=period.meeting_id, note=period.note.strip()
        )
        if changed.closing_on != known.closing_on and known.rule_set in {one.id for one in load_rule_sets()}:
            rules = _rules_of(changed.closing_on)
            if rules.id != known.rule_set:
                changed = dataclasses.replace(changed, rule_set=rules.id, rules=snapshot_of(rules))
        self._refuse_period(changed)
        with self._act(N_("Changed the review of {period}"), changed, f"review:{changed.id}"):
            store.change_period(self._database, changed)
            if changed.rule_set != known.rule_set:
                self._reckon(changed.id)
        return Changes.RATINGS

    def set_cap(self, period_id: str, cap: CapRule) -> Changes:
        """Change the cap of one review; a raised share needs the document that grants it."""
        known = self.period(period_id)
        if not 0 < cap.percent <= 100:  # noqa: PLR2004 - percent
            raise Refused([red("R62", N_("The cap is a percentage from 1 to 100."), "cap.percent")])
        if cap.percent >= RAISED_PERCENT and not cap.note.strip():
            template = N_("A cap of {percent}% needs the document that grants it.")
            raise Refused([red("R63", template, "cap.note", percent=cap.percent)])
        rules = dataclasses.replace(read_snapshot(known.rules), cap=cap)
        with self._act(N_("Changed the cap of {period}"), known, f"cap:{period_id}"):
            store.change_period(self._database, dataclasses.replace(known, rules=snapshot_of(rules)))
        return Changes.RATINGS

    def set_rules(self, period_id: str, rules: RatingRules) -> Changes:
        """Give one review rules of its own (a province's, say), before it is closed; raises Refused."""
        known, text = self._open(period_id), snapshot_of(rules)
        try:
            read_snapshot(text)
        except RatingRulesError as error:
            template = N_("These rules contradict themselves: {trouble}")
            raise Refused([red("R64", template, "rules", trouble=str(error))]) from error
        with self._act(N_("Changed the rules of {period}"), known):
            changed = dataclasses.replace(known, rule_set=rules.id, rules=text)
            store.change_period(self._database, changed)
            self._reckon(period_id)
        return Changes.RATINGS

    def remove_period(self, period_id: str) -> Changes:
        """Remove a review that is not closed, with all that was entered; undo brings all of it back."""
        known = self._open(period_id)
        with self._act(N_("Removed the review of {period}"), known):
            store.remove_period(self._database, period_id)
        return Changes.RATINGS

    def open(self, period_id: str) -> Changes:
        """Let the list be filled in; the first entry does it too."""
        known = self._open(period_id)
        with self._act(N_("Opened the review of {period}"), known):
            self._put_state(known, ReviewState.OPEN)
        return Changes.RATINGS

    def close(self, period_id: str) -> Changes:
        """Close a review: everybody on the list is written down; raises Refused at a red finding."""
        known = self._open(period_id)
        wrong = [finding for finding in self.check(period_id) if finding.severity is Severity.RED]
        if wrong:
            raise Refused(wrong)
        rules, lines = self.rules(period_id), self.lines(period_id)
        with self._act(N_("Closed the review of {period}"), known):
            for line in lines:
                store.put_rating(self._database, computed(rules, line.rating, line.scores))
            self._put_state(known, ReviewState.CLOSED)
        return Changes.RATINGS

    def mark_sent(self, period_id: str) -> Changes:
        """Note that the papers of a closed review went upward."""
        known = self.period(period_id)
        if not known.locked:
            template = N_("The review of {period} is not closed yet.")
            raise Refused([red("R93", template, "state", period=known.text)])
        with self._act(N_("Sent the review of {period}"), known):
            self._put_state(known, ReviewState.SENT)
        return Changes.RATINGS

    def reopen(self, period_id: str, reason: str) -> Changes:
        """Open a closed review again; the reason stays in its note and in the history. Raises Refused."""
        known, why = self.period(period_id), clean(reason)
        if not known.locked:
            template = N_("The review of {period} is open already.")
            raise Refused([red("R94", template, "state", period=known.text)])
        if not why:
            template = N_("Write down why the closed review of {period} is opened again.")
            raise Refused([red("R95", template, "reason", period=known.text)])
        noted = f"{known.note}\n{today():%d/%m/%Y}: {why}".strip()
        with self._database.act(
            N_("Reopened the review of {period}: {reason}"),
            {"period": known.text, "reason": why},
            changes=Changes.RATINGS.value,
        ):
            store.change_period(
                self._database, dataclasses.replace(known, state=ReviewState.OPEN, note=noted)
            )
        return Changes.RATINGS

    def _reckon(self, period_id: str) -> None:
        """Write the level that follows for everybody from the rules the review has now."""
        rules = self.rules(period_id)
        for line in self.lines(period_id):
            if line.rating.id:
                store.put_rating(self._database, computed(rules, line.rating, line.scores))

    def _begin(self, period: ReviewPeriod) -> None:
        if period.state is ReviewState.DRAFT:
            self._put_state(period, ReviewState.OPEN)

    def _put_state(self, period: ReviewPeriod, state: ReviewState) -> None:
        store.change_period(self._database, dataclasses.replace(period, state=state))

    def _open(self, period_id: str) -> ReviewPeriod:
        known = self.period(period_id)
        if known.locked:
            template = N_("The review of {period} is closed: open it again first, with the reason.")
            raise Refused([red("R92", template, "state", period=known.text)])
        return known

    def _refuse_period(self, made: ReviewPeriod) -> None:
        wrong = []
        for other in self.periods():
            same = (other.kind, other.year, other.quarter) == (made.kind, made.year, made.quarter)
            if same and other.id != made.id and made.kind in {ReviewKind.YEAR, ReviewKind.QUARTER}:
                template = N_("There is a review of {period} already.")
                wrong.append(red("R03", template, "year", period=made.text))
        span = parse_period(made.text)
        # A review may close in January, when the committee asks for it so; that of a quarter, a month later.
        last = months_after(span.last, 1) if made.kind is ReviewKind.QUARTER else date(made.year + 1, 3, 31)
        if not span.first <= made.closing_on <= last:
            template = N_("The closing day {day} does not belong to {period}.")
            wrong.append(red("R04", template, "closing_on", day=made.closing_on, period=made.text))
        refuse(wrong)

    def _act(
        self, template: str, period: ReviewPeriod, merge_key: str | None = None, name: str = ""
    ) -> AbstractContextManager[None]:
        fields = {"period": period.text, "name": name} if name else {"period": period.text}
        return self._database.act(template, fields, changes=Changes.RATINGS.value, merge_key=merge_key)


def _rules_of(day: date) -> RatingRules:
    """Return the rules in force on a closing day; raises Refused where none are kept here."""
    rules = rules_on(day)
    if rules is None:
        template = N_("No rules for rating are kept here for {year}: ask for them before you begin.")
        raise Refused([red("R01", template, "year", year=str(day.year))])
    return rules


def today() -> date:
    """Return the day on which a correction is made."""
    return datetime.now(UTC).astimezone().date()


def refuse(findings: Iterable[Finding]) -> None:
    """Raise Refused if a finding blocks."""
    wrong = [finding for finding in findings if finding.severity is Severity.RED]
    if wrong:
        raise Refused(wrong)
