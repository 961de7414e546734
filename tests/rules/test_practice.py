"""Usual practice is data: lengths of HD 42-HD/BTCTW, 28/10/2025, day of HD 37-HD/BTGDVTW, 19/11/2025."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from sochibo import paths
from sochibo.rules.dates import Month
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.meetings.practice import (
    load_practice,
    papers_due,
    required_minutes,
    summary_due,
    usual_agenda,
)
from sochibo.rules.units.organisations import BOOK_KIND_LABELS, BookKind, suggest_symbol


@pytest.mark.parametrize(
    ("kind", "minutes"),
    [
        (MeetingKind.REGULAR, 90),
        (MeetingKind.THEMATIC, 90),
        (MeetingKind.COMBINED, 120),
        (MeetingKind.EXTRAORDINARY, 0),
        (MeetingKind.CELL_COMMITTEE, 0),
    ],
)
def test_required_length(kind: MeetingKind, minutes: int) -> None:
    assert required_minutes(kind) == minutes


def test_the_calendar() -> None:
    assert load_practice().regular_day == 3
    assert papers_due(date(2026, 12, 30)) == date(2027, 1, 1)
    assert summary_due(Month(2026, 12)) == date(2027, 1, 5)


@pytest.mark.parametrize("kind", MeetingKind)
def test_every_kind_has_an_agenda(kind: MeetingKind) -> None:
    titles = usual_agenda(kind)
    assert len(set(titles)) == len(titles) >= 3
    assert all(unicodedata.is_normalized("NFC", title) and title.strip() == title for title in titles)


def test_a_committee_may_set_other_figures() -> None:
    shipped = paths.shipped("resources") / "rules" / "meetings.toml"
    assert load_practice(shipped) == load_practice()
    assert MeetingKind.REGULAR in load_practice().scored


def test_symbols_of_numbers() -> None:
    assert [suggest_symbol(kind) for kind in BookKind] == ["CB", "ĐU"]
    assert set(BOOK_KIND_LABELS) == set(BookKind)
