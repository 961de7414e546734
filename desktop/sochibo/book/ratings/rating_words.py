"""What the columns of reviews, ratings and targets are called in the history."""

from __future__ import annotations

from typing import Final

from sochibo.messages import N_
from sochibo.rules.ratings.ratings import (
    FORM_LABELS,
    GRADE_LABELS,
    LEVEL_LABELS,
    PERIOD_KIND_LABELS,
    PERIOD_STATE_LABELS,
    REASON_LABELS,
    SUBJECT_LABELS,
    BallotKind,
)
from sochibo.rules.work.targets import COMPARISON_LABELS, INDICATORS, MEASURE_LABELS, TargetPeriod

__all__ = ["FLAGS", "HIDDEN", "LABELS", "LABELS_OF", "POINTERS", "TENTHS", "WORDS", "WORDS_OF"]

HIDDEN: Final = frozenset({"rules", "record", "rating_id", "organisation_rating_id", "organisation_id"})
"""Copies of rules and of old rows, and what a row belongs to: nothing that a person reads."""

LABELS: Final = {
    "period_id": N_("Review"),
    "quarter": N_("Quarter"),
    "closing_on": N_("Closing day"),
    "rule_set": N_("Rules"),
    "subject": N_("Is rated or not"),
    "subject_reason": N_("Why not rated"),
    "subject_note": N_("More about the reason"),
    "subject_manual": N_("Chosen by hand"),
    "common_tenths": N_("Points, common criteria"),
    "task_tenths": N_("Points, tasks"),
    "bonus_tenths": N_("Bonus points"),
    "own_level": N_("Own level"),
    "employer_level": N_("Level as civil servant"),
    "body_level": N_("Level of the mass organisation"),
    "committee_level": N_("Level of the cell committee"),
    "computed_level": N_("Level by the rules"),
    "proposed_level": N_("Proposed level"),
    "decided_level": N_("Decided level"),
    "level": N_("Decided level"),
    "grounds": N_("What the decision rests on"),
    "override_reason": N_("Why another level than the rules give"),
    "votes_excellent": N_("Votes for HTXS"),
    "votes_good": N_("Votes for HTT"),
    "votes_completed": N_("Votes for HTNV"),
    "votes_not_completed": N_("Votes for KHT"),
    "votes_unrated": N_("Votes for not rating yet"),
    "votes_invalid": N_("Votes not valid"),
    "excellent_for": N_("Agree to HTXS"),
    "excellent_against": N_("Do not agree to HTXS"),
    "all_done": N_("All tasks done"),
    "above_percent": N_("Tasks above what was asked, %"),
    "late_percent": N_("Late tasks, %"),
    "remedied_percent": N_("Shortcomings remedied, %"),
    "failing_case": N_("Case of KHT"),
    "disciplined": N_("Disciplined in the year"),
    "form": N_("Form of the self-review"),
    "reviewed_on": N_("Reviewed on"),
    "nominated": N_("Nominated for HTXS"),
    "cap_group": N_("Group of similar posts"),
    "rated_elsewhere": N_("Also rated in"),
    "residence_on": N_("Comment of the residence, day"),
    "residence_by": N_("Comment of the residence, by"),
    "residence_comment": N_("Comment of the residence"),
    "grade": N_("Grade"),
    "exemplary": N_("Exemplary"),
    "unrated_reason": N_("Why not rated"),
    "held_on": N_("Day of the vote"),
    "summoned": N_("Voters called"),
    "present": N_("Present"),
    "issued": N_("Ballot papers issued"),
    "collected": N_("Papers collected"),
    "valid": N_("Valid papers"),
    "invalid": N_("Papers not valid"),
    "tellers": N_("Tellers"),
    "made_on": N_("Corrected on"),
    "indicator": N_("Indicator"),
    "period_kind": N_("Set for"),
    "comparison": N_("Compared"),
    "value": N_("Target"),
    "decimals": N_("Decimals"),
    "measure": N_("Measured in"),
    "numerator": N_("Reached, entered by hand"),
    "denominator": N_("Of, entered by hand"),
    "counted_as": N_("What is counted"),
    "source": N_("Source"),
}
"""Names for columns that no other kind of record has named already."""

LABELS_OF: Final = {
    ("rating", "vote_base"): N_("Votes counted over"),
    ("organisation_rating", "vote_base"): N_("Votes counted over"),
    ("review_period", "held_on"): N_("Meeting of the committee on"),
}
"""Columns that elsewhere have another name."""

FLAGS: Final = frozenset({"disciplined", "all_done", "exemplary", "subject_manual", "nominated"})
TENTHS: Final = frozenset({"common_tenths", "task_tenths", "bonus_tenths"})

_LEVELS: Final = {level.value: text for level, text in LEVEL_LABELS.items()}
WORDS: Final = {
    **dict.fromkeys((name for name in LABELS if name.endswith("level")), _LEVELS),
    "subject": {one.value: text for one, text in SUBJECT_LABELS.items()},
    "subject_reason": {one.value: text for one, text in REASON_LABELS.items()},
    "form": {one.value: text for one, text in FORM_LABELS.items()},
    "grade": {one.value: text for one, text in GRADE_LABELS.items()},
    "comparison": {one.value: text for one, text in COMPARISON_LABELS.items()},
    "measure": {one.value: text for one, text in MEASURE_LABELS.items()},
    "indicator": {one.id: one.label for one in INDICATORS.values()},
    "period_kind": {TargetPeriod.YEAR.value: N_("Year"), TargetPeriod.TERM.value: N_("Term")},
}
WORDS_OF: Final = {
    ("review_period", "kind"): {one.value: text for one, text in PERIOD_KIND_LABELS.items()},
    ("review_period", "state"): {one.value: text for one, text in PERIOD_STATE_LABELS.items()},
    ("rating_ballot", "kind"): {
        BallotKind.LEVELS.value: N_("Ballot of levels"),
        BallotKind.EXCELLENT.value: N_("Ballot on HTXS"),
        BallotKind.ORGANISATION.value: N_("Ballot on the cell"),
    },
}
POINTERS: Final = {"period_id": ("review_period", "year")}
"""Columns that point to a record, with the table and the column that names it."""
