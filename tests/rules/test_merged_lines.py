"""Two register lines of one person made one: what is filled, what is kept, what is not written down."""

from __future__ import annotations

import pytest

from sochibo.rules.dates import PartialDate
from sochibo.rules.members.duplicates import merged
from sochibo.rules.members.members import Member, Sex


@pytest.mark.parametrize(
    ("mine", "theirs", "kept"),
    [
        ("1961", "1961-02-03", "1961-02-03"),
        ("1961-02-03", "1961", "1961-02-03"),
        ("1961-02", "1961-03-03", "1961-02"),
        ("1962", "1961-02-03", "1962"),
    ],
)
def test_the_more_exact_of_two_fitting_dates_of_birth_is_kept(mine: str, theirs: str, kept: str) -> None:
    first = Member(id="a", name="Trần Văn An", birth=PartialDate(mine))
    second = Member(id="b", name="Trần Văn An", birth=PartialDate(theirs))
    assert merged(first, second).birth == PartialDate(kept)


def test_what_differs_stands_in_the_note_in_words_that_people_wrote_and_no_number() -> None:
    first = Member(id="a", name="Trần Văn An", sex=Sex.MALE, phone="0911", identity_no="001061006789")
    second = Member(
        id="b",
        name="Trần Văn An",
        sex=Sex.FEMALE,
        phone="0922",
        identity_no="001061000000",
        job_now="Giáo viên",
    )
    one = merged(first, second)
    assert (one.id, one.sex, one.phone, one.job_now) == ("a", Sex.MALE, "0911", "Giáo viên")
    assert one.note == "0922"
