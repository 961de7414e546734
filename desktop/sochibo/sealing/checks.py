"""The questions that every received file is asked, in their order, and what became of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.sealing.verdicts import Level, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["OUTCOME_LABELS", "QUESTIONS", "Check", "Outcome", "checks_of"]

QUESTIONS: Final = (
    (N_("A whole PDF of ordinary size, with nothing hidden in it"), ("V01", "V22", "V23")),
    (N_("Sealed by this program, with exactly the seals it should carry"), ("V02", "V24")),
    (N_("Unchanged since it was sealed, to the last byte"), ("V03", "V29")),
    (N_("Sealed by a method that is strong enough"), ("V04",)),
    (N_("The certificate comes from a trusted root and was not revoked"), (
        "V05", "V06", "V17", "V21", "V35",
    )),
    (N_("The signer is registered for this unit on that day"), ("V12",)),
    (N_("The time of the seal can be right"), ("V10", "V20", "V27", "V28", "V30", "V31", "V32")),
    (N_("The data inside can be read"), ("V08", "V09")),
    (N_("The pages say what the data say"), ("V07", "V25", "V33")),
    (N_("The figures agree with each other"), ("V11",)),
    (N_("The right unit, the right committee, and its place in the series"), (
        "V13", "V14", "V15", "V16", "V18", "V19", "V26", "V34", "V36",
    )),
)  # fmt: skip
"""Each question with the codes that answer it with anything but yes."""


class Outcome(StrEnum):
    """What became of one question."""

    FINE = "fine"
    NOTE = "note"
    HOLD = "hold"
    REFUSE = "refuse"
    NOT_ASKED = "not_asked"


OUTCOME_LABELS: Final = {
    Outcome.FINE: N_("Yes"),
    Outcome.NOTE: N_("Yes, with a note"),
    Outcome.HOLD: N_("In doubt"),
    Outcome.REFUSE: N_("No"),
    Outcome.NOT_ASKED: N_("Not asked any more"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One question with its outcome, and the verdict that it led to if it was not a plain yes."""

    question: str
    outcome: Outcome
    verdict: Verdict | None = None


def checks_of(found: Sequence[Verdict]) -> tuple[Check, ...]:
    """Return all questions in their order; after a refusal no further one was asked."""
    checks = []
    refused = False
    for question, codes in QUESTIONS:
        answers = [one for one in found if one.code in codes]
        answer = max(answers, key=lambda one: _WEIGHTS.index(one.level), default=None)
        if refused:
            checks.append(Check(question, Outcome.NOT_ASKED))
        elif answer is None:
            checks.append(Check(question, Outcome.FINE))
        else:
            checks.append(Check(question, Outcome(_OUTCOMES[answer.level]), answer))
            refused = answer.level is Level.REFUSE
    return tuple(checks)


_WEIGHTS: Final = tuple(Level)
_OUTCOMES: Final = {
    Level.ACCEPT: Outcome.FINE,
    Level.NOTE: Outcome.NOTE,
    Level.HOLD: Outcome.HOLD,
    Level.REFUSE: Outcome.REFUSE,
}
