"""The questions that a file is asked: every verdict belongs to one, and after a refusal none is asked."""

from __future__ import annotations

import pytest

from sochibo.sealing.checks import OUTCOME_LABELS, QUESTIONS, Outcome, checks_of
from sochibo.sealing.verdicts import VERDICTS, Level, verdict


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
    expected = Outcome.FINE if found.level is Level.ACCEPT else Outcome(found.level.value)
    assert outcomes[place] is expected
    assert outcomes[:place] == [Outcome.FINE] * place
    assert outcomes[place + 1 :] == [after] * (len(QUESTIONS) - place - 1)


def test_doubts_are_kept_while_the_questions_go_on() -> None:
    checks = checks_of([verdict("V12", signer="A", unit="B"), verdict("V11", finding="x")])
    outcomes = {check.outcome for check in checks}
    assert {Outcome.HOLD, Outcome.REFUSE, Outcome.NOT_ASKED, Outcome.FINE} == outcomes
    assert set(OUTCOME_LABELS) == set(Outcome)


def test_the_gravest_answer_to_a_question_is_shown() -> None:
    checks = checks_of([verdict("V27", stamped="2026-12-01T09:30"), verdict("V10", claimed="–")])
    outcomes = [check.outcome for check in checks if check.verdict]
    assert outcomes == [Outcome.HOLD]
