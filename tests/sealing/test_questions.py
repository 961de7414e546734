"""The questions that a file is asked: every verdict belongs to one, and after a refusal none is asked."""

from __future__ import annotations

import pytest

from sochibo.sealing.checks import OUTCOME_LABELS, QUESTIONS, Outcome, checks_of
from sochibo.sealing.verdicts import VERDICTS, verdict


def test_every_verdict_but_the_good_one_answers_exactly_one_question() -> None:
    codes = [code for _, of_question in QUESTIONS for code in of_question]
    assert sorted(codes) == sorted(set(VERDICTS) - {"V00"})


def test_a_good_file_gets_a_yes_to_every_question() -> None:
    checks = checks_of([])
    assert [check.outcome for check in checks] == [Outcome.FINE] * len(QUESTIONS)
    assert [check.question for check in checks] == [question for question, _ in QUESTIONS]


@pytest.mark.parametrize("code", [code for code in VERDICTS if code != "V00"])
def test_after_a_refusal_nothing_is_asked(code: str) -> None:
    found = verdict(code)
    outcomes = [check.outcome for check in checks_of([found])]
    place = next(number for number, (_, codes) in enumerate(QUESTIONS) if code in codes)
    after = Outcome.NOT_ASKED if found.level.value == "refuse" else Outcome.FINE
    assert outcomes[place].value == found.level.value
    assert outcomes[:place] == [Outcome.FINE] * place
    assert outcomes[place + 1 :] == [after] * (len(QUESTIONS) - place - 1)


def test_doubts_are_kept_while_the_questions_go_on() -> None:
    checks = checks_of([verdict("V12", signer="A", unit="B"), verdict("V11", finding="x")])
    outcomes = {check.outcome for check in checks}
    assert {Outcome.HOLD, Outcome.REFUSE, Outcome.NOT_ASKED, Outcome.FINE} == outcomes
    assert set(OUTCOME_LABELS) == set(Outcome)
