"""The level that points or grades and conditions give (QĐ 366, Article 11; QĐ 124, Article 12; HD 21)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from ratings import rating, sentences

from sochibo.rules.ratings.rating_proposals import propose_level
from sochibo.rules.ratings.rating_rules import RatingRules, rules_on
from sochibo.rules.ratings.ratings import Grade, Level, OrganisationRating, RatingScore, ReviewForm

ALL_MET: dict[str, Any] = {"all_done": True, "above_percent": 30, "late_percent": 0, "remedied_percent": 100}


def rules(year: int = 2026) -> RatingRules:
    found = rules_on(date(year, 12, 31))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("common", "task", "level"),
    [
        (200, 700, Level.EXCELLENT),
        (199, 700, Level.GOOD),
        (300, 400, Level.GOOD),
        (299, 400, Level.COMPLETED),
        (100, 400, Level.COMPLETED),
        (99, 400, Level.NOT_COMPLETED),
        (0, 0, Level.NOT_COMPLETED),
    ],
)
def test_points_choose_the_level_where_all_conditions_hold(common: int, task: int, level: Level) -> None:
    proposal = propose_level(rules(), rating(common_tenths=common, task_tenths=task, **ALL_MET))
    assert (proposal.level, proposal.reached, proposal.failed) == (level, level, ())


@pytest.mark.parametrize(
    ("changed", "level", "says"),
    [
        (
            {"above_percent": 29},
            Level.GOOD,
            ["HTXS needs 30% of the tasks above what was asked; here it is 29%."],
        ),
        (
            {"remedied_percent": 80},
            Level.GOOD,
            ["HTXS needs 100% of earlier shortcomings remedied; here it is 80%."],
        ),
        (
            {"late_percent": 20},
            Level.COMPLETED,
            [
                "HTXS allows 0% of the tasks to be late; here it is 20%.",
                "HTT allows 0% of the tasks to be late; here it is 20%.",
            ],
        ),
        (
            {"late_percent": 21},
            Level.NOT_COMPLETED,
            [
                "HTXS allows 0% of the tasks to be late; here it is 21%.",
                "HTT allows 0% of the tasks to be late; here it is 21%.",
                "HTNV allows 20% of the tasks to be late; here it is 21%.",
            ],
        ),
        (
            {"all_done": False},
            Level.NOT_COMPLETED,
            [f"{sign} needs all tasks done, and not all are." for sign in ("HTXS", "HTT", "HTNV")],
        ),
    ],
)
def test_enough_points_without_a_condition_name_what_failed(
    changed: dict[str, Any], level: Level, says: list[str]
) -> None:
    proposal = propose_level(rules(), rating(common_tenths=300, task_tenths=650, **{**ALL_MET, **changed}))
    assert (proposal.level, proposal.reached) == (level, Level.EXCELLENT)
    assert sentences(proposal.failed) == says


def test_a_case_of_kht_is_set_by_hand_and_goes_before_all_points() -> None:
    entered = rating(common_tenths=300, task_tenths=700, failing_case="kỷ luật cảnh cáo", **ALL_MET)
    proposal = propose_level(rules(), entered)
    assert proposal.level is Level.NOT_COMPLETED
    assert sentences(proposal.failed) == ["A case of KHT was noted: kỷ luật cảnh cáo"]


def test_conditions_nobody_entered_are_named_not_assumed() -> None:
    proposal = propose_level(rules(), rating(common_tenths=300, task_tenths=650))
    assert (proposal.level, proposal.failed) == (Level.EXCELLENT, ())
    assert [finding.place for finding in proposal.unsaid] == [
        "all_done", "above_percent", "late_percent", "remedied_percent",
    ]  # fmt: skip


def test_a_level_alone_gives_no_proposal() -> None:
    assert propose_level(rules(), rating(proposed_level=Level.GOOD)).level is None
    assert propose_level(rules(), rating(common_tenths=300)).level is None


def test_the_cell_itself_is_judged_by_the_same_points() -> None:
    cell = OrganisationRating(
        id="", period_id="review", organisation_id="cell", common_tenths=280, task_tenths=640
    )
    assert propose_level(rules(), cell).level is Level.EXCELLENT


def grades(*given: Grade) -> dict[str, RatingScore]:
    return {str(n): RatingScore(criterion=str(n), grade=grade) for n, grade in enumerate(given, 1)}


X, T, TB, K = Grade


@pytest.mark.parametrize(
    ("given", "level"),
    [
        (grades(T, X), Level.EXCELLENT),
        (grades(X, T), Level.GOOD),
        (grades(TB, X), Level.GOOD),
        (grades(TB, TB), Level.COMPLETED),
        (grades(X, K), Level.NOT_COMPLETED),
        (grades(K, X), Level.NOT_COMPLETED),
        (grades(T), None),
    ],
)
def test_grades_of_2023_and_2024(given: dict[str, RatingScore], level: Level | None) -> None:
    entered = rating(all_done=True, above_percent=50)
    assert propose_level(rules(2024), entered, given).level is level


def test_half_of_the_tasks_above_what_was_asked_in_2023_and_2024() -> None:
    proposal = propose_level(rules(2024), rating(all_done=True, above_percent=49), grades(X, X))
    assert proposal.level is Level.GOOD
    assert sentences(proposal.failed) == ["HTXS needs 50% of the tasks above what was asked; here it is 49%."]


def test_leaders_had_a_criterion_more() -> None:
    leader = rating(form=ReviewForm.LEADER, all_done=True, above_percent=60)
    assert propose_level(rules(2024), leader, grades(X, X)).level is None
    assert propose_level(rules(2024), leader, grades(X, X, TB)).level is Level.GOOD


def test_a_civil_servant_needed_excellence_in_both_ratings_until_2022() -> None:
    entered = rating(all_done=True, employer_level=Level.GOOD)
    proposal = propose_level(rules(2022), entered, grades(X, X, X, X, X, X))
    assert proposal.level is Level.GOOD
    assert sentences(proposal.failed) == ["HTXS needs HTXS as a civil servant too; that rating is HTT."]
    assert (
        propose_level(rules(2022), rating(all_done=True), grades(X, X, X, X, X, X)).level is Level.EXCELLENT
    )
