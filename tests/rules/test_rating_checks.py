"""What is wrong with an entry: points above the most, more votes than voters, somebody rated twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from ratings import rating, sentences

from sochibo.faults import Severity
from sochibo.rules.ratings.rating_checks import (
    RatedPerson,
    check_ballot,
    check_levels,
    check_points,
    check_subject,
    check_votes,
    find_rated_twice,
)
from sochibo.rules.ratings.rating_rules import RatingRules, rules_on
from sochibo.rules.ratings.ratings import (
    Ballot,
    BallotKind,
    Level,
    NoLevelReason,
    OrganisationRating,
    RatingScore,
    ReviewForm,
    Subject,
)


def rules() -> RatingRules:
    found = rules_on(date(2026, 12, 31))
    assert found is not None
    return found


def ballot(kind: BallotKind = BallotKind.LEVELS, **counts: Any) -> Ballot:  # noqa: ANN401 - counts of papers
    return Ballot(id="", period_id="review", kind=kind, **counts)


@pytest.mark.parametrize(
    ("entered", "says"),
    [
        ({"common_tenths": 301}, "An: 30.1 points are more than the 30 of the common criteria."),
        ({"task_tenths": 705}, "An: 70.5 points are more than the 70 for tasks."),
        ({"bonus_tenths": 10}, "An: a bonus of 1 points is more than the 0 allowed."),
        ({"common_tenths": -5}, "An: points cannot be fewer than none."),
    ],
)
def test_points_above_the_most_or_below_nothing(entered: dict[str, Any], says: str) -> None:
    found = check_points("An", rules(), rating(**entered))
    assert [(finding.code, finding.severity) for finding in found] == [("R05", Severity.RED)]
    assert sentences(found) == [says]


def test_the_most_and_nothing_are_fine() -> None:
    assert check_points("An", rules(), rating(common_tenths=300, task_tenths=0)) == ()
    cell = OrganisationRating(id="", period_id="review", organisation_id="cell", task_tenths=701)
    assert [finding.code for finding in check_points("Chi bộ", rules(), cell)] == ["R05"]


def test_points_of_a_criterion() -> None:
    scores = {
        "A1": RatingScore(criterion="A1", tenths=181),
        "A2": RatingScore(criterion="A2", tenths=30),
        "A3": RatingScore(criterion="A3", tenths=70, reason="một việc chưa khắc phục"),
        "B": RatingScore(criterion="B", tenths=600),
    }
    found = check_points("An", rules(), rating(form=ReviewForm.LEADER, common_tenths=280), scores)
    assert sentences(found) == [
        "An: 18.1 points for criterion A1 are more than its 18.",
        "An: say why criterion A2 got 3 of 4 points.",
        "An: the criteria add up to 28.1 points, but 28 are entered.",
    ]


@pytest.mark.parametrize(
    ("counts", "codes"),
    [
        ({"summoned": 30, "present": 28, "issued": 28, "collected": 27, "valid": 26, "invalid": 1}, []),
        ({"summoned": 30, "present": 31}, ["R20"]),
        ({"present": 28, "issued": 29}, ["R21"]),
        ({"issued": 28, "collected": 29}, ["R22"]),
        ({"collected": 27, "valid": 28}, ["R23"]),
        ({"collected": 27, "valid": 26, "invalid": 0}, ["R24"]),
        ({"collected": 27, "valid": 28, "invalid": 1}, ["R23"]),
        ({"collected": 27, "invalid": 28}, ["R23"]),
        ({"summoned": 30, "issued": 31}, ["R21"]),
        ({"summoned": 30, "collected": 31}, ["R22"]),
        ({"issued": 28, "valid": 29}, ["R23"]),
        ({"present": 28, "valid": 29}, ["R23"]),
        ({"valid": 28}, []),
        ({}, []),
    ],
)
def test_the_count_of_a_ballot(counts: dict[str, Any], codes: list[str]) -> None:
    assert [finding.code for finding in check_ballot(ballot(**counts))] == codes


def test_more_papers_than_voters_has_its_sentence() -> None:
    assert sentences(check_ballot(ballot(present=28, issued=29))) == [
        "29 papers were issued to 28 voters present."
    ]


def test_votes_on_one_ballot_exceed_the_valid_papers() -> None:
    ballots = {BallotKind.LEVELS: ballot(valid=26)}
    fine = rating(votes_excellent=5, votes_good=20, votes_completed=0, votes_not_completed=1)
    assert check_votes("An", fine, ballots) == ()
    over = rating(votes_excellent=5, votes_good=20, votes_completed=1, votes_unrated=1)
    assert sentences(check_votes("An", over, ballots)) == [
        "An: 27 votes are entered, but there were only 26 valid papers."
    ]


def test_votes_on_two_ballots_are_counted_apart() -> None:
    ballots = {
        BallotKind.LEVELS: ballot(valid=26),
        BallotKind.EXCELLENT: ballot(BallotKind.EXCELLENT, valid=25),
    }
    fine = rating(votes_good=26, excellent_for=20, excellent_against=5)
    assert check_votes("An", fine, ballots) == ()
    over = rating(votes_good=26, excellent_for=21, excellent_against=5)
    assert [finding.place for finding in check_votes("An", over, ballots)] == ["excellent_for"]


def test_papers_that_count_are_those_collected_without_the_invalid_ones() -> None:
    counted = ballot(collected=26, invalid=2)
    assert (counted.valid_papers, ballot(valid=5, collected=9).valid_papers) == (24, 5)
    assert (ballot().valid_papers, ballot(collected=1, invalid=2).valid_papers) == (None, 0)
    assert sentences(check_votes("An", rating(votes_good=25), {BallotKind.LEVELS: counted})) == [
        "An: 25 votes are entered, but there were only 24 valid papers."
    ]


def test_votes_by_raised_card_are_held_against_those_present() -> None:
    ballots = {BallotKind.LEVELS: ballot(present=20)}
    assert sentences(check_votes("An", rating(votes_good=21), ballots)) == [
        "An: 21 votes are entered, but only 20 voters were present."
    ]


def test_votes_without_a_count_are_held_against_the_base_kept() -> None:
    assert check_votes("An", rating(votes_good=21), {}) == ()
    assert [finding.code for finding in check_votes("An", rating(votes_good=21, vote_base=20), {})] == ["R25"]
    assert [finding.code for finding in check_votes("An", rating(votes_good=-1), {})] == ["R26"]


def test_a_level_of_somebody_who_is_not_rated() -> None:
    entered = rating(
        subject=Subject.PENDING, subject_reason=NoLevelReason.LONG_ILLNESS, proposed_level=Level.GOOD
    )
    assert sentences(check_subject("An", entered)) == ["An is not rated this time, so there can be no level."]
    assert sentences(check_subject("An", rating(subject=Subject.PENDING))) == ["Say why An is not rated."]
    other = rating(subject=Subject.PENDING, subject_reason=NoLevelReason.OTHER)
    assert sentences(check_subject("An", other)) == ["Write down the other reason why An is not rated."]


def test_rated_here_and_elsewhere() -> None:
    entered = rating(rated_elsewhere="Chi bộ Thôn 5", proposed_level=Level.GOOD)
    assert sentences(check_subject("An", entered)) == [
        "An is also rated in Chi bộ Thôn 5: one of the two must leave the person out."
    ]


def test_another_level_than_computed_needs_a_reason() -> None:
    entered = rating(proposed_level=Level.EXCELLENT)
    assert sentences(check_levels("An", entered, Level.GOOD)) == [
        "An: HTXS is proposed where the rules give HTT; write down why."
    ]
    assert (
        check_levels("An", rating(proposed_level=Level.GOOD, override_reason="lý do"), Level.COMPLETED) == ()
    )
    assert check_levels("An", entered, None) == ()


def test_discipline_is_pointed_out_and_left_to_people() -> None:
    entered = rating(proposed_level=Level.GOOD, disciplined=True)
    found = check_levels("An", entered, Level.GOOD)
    assert [(finding.code, finding.severity) for finding in found] == [("R15", Severity.YELLOW)]


def test_the_same_card_in_two_cells_is_one_person() -> None:
    found = find_rated_twice(
        [
            RatedPerson(cell="Chi bộ Thôn 4", name="Trần Văn An", number="75.000001"),
            RatedPerson(cell="Chi bộ Thôn 5", name="Trần văn An", number="75.000001"),
            RatedPerson(cell="Chi bộ Thôn 5", name="Trần Văn An", number="75.000002"),
        ]
    )
    assert sentences(found) == ["Trần văn An was rated both in Chi bộ Thôn 4 and in Chi bộ Thôn 5."]


def test_equal_names_need_an_equal_birth_and_no_different_number() -> None:
    one = RatedPerson(cell="A", name="Trần Văn An", birth="1961-02-03")
    assert len(find_rated_twice([one, RatedPerson(cell="B", name="TRẦN VĂN AN", birth="1961-02-03")])) == 1
    assert find_rated_twice([one, RatedPerson(cell="B", name="Trần Văn An", birth="1962-02-03")]) == ()
    assert find_rated_twice([one, RatedPerson(cell="B", name="Trần Văn An")]) == ()
    numbered = [
        RatedPerson(cell=cell, name="Trần Văn An", birth="1961-02-03", number=cell) for cell in ("1", "2")
    ]
    assert find_rated_twice(numbered) == ()


def test_twice_on_one_list() -> None:
    person = RatedPerson(cell="Chi bộ Thôn 4", name="Trần Văn An", birth="1961")
    assert sentences(find_rated_twice([person, person])) == [
        "Trần Văn An stands twice on the list of Chi bộ Thôn 4."
    ]
