"""Which copies stay: 7 days, 4 weeks, 12 months, every year, and those before a risky step."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sochibo.storage.copies.backup import Backup, Reason
from sochibo.storage.copies.backup_rules import kept, load_backup_rules

RULES = load_backup_rules()
NOON = datetime(2026, 11, 22, 12, 0).astimezone()


def copy(at: datetime, reason: Reason = Reason.CLOSE, count: int = 1) -> Backup:
    return Backup(Path(f"{at:%Y-%m-%d %H%M} {reason} {count}"), at, reason, count)


def days_of(backups: frozenset[Backup]) -> list[str]:
    return sorted(f"{backup.at:%Y-%m-%d}" for backup in backups)


def test_four_years_of_daily_copies_come_down_to_a_few() -> None:
    there: frozenset[Backup] = frozenset()
    for day in range(4 * 365, -1, -1):
        at = NOON - timedelta(days=day)
        there = kept({*there, copy(at), copy(at - timedelta(hours=3), Reason.DAILY)}, RULES, at)
    assert days_of(there) == [
        "2022-12-31", "2023-12-31", "2024-12-31",
        # The last of twelve months, this one among them; December's is also its year's.
        "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30",
        "2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31",
        # The last of four weeks (Sundays), then seven days.
        "2026-11-01", "2026-11-08", "2026-11-15",
        "2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22",
    ]  # fmt: skip
    assert {backup.at.hour for backup in there} == {12}


def test_who_opens_the_book_once_a_month_keeps_seven_days_too() -> None:
    monthly = [copy(NOON - timedelta(days=30 * month)) for month in range(6)]
    assert kept(monthly, RULES, NOON) == frozenset(monthly)


def test_copies_before_a_risky_step_stay_thirty_days() -> None:
    at = NOON - timedelta(days=20)
    risky = [copy(at, reason) for reason in (Reason.IMPORT, Reason.MIGRATION, Reason.ASKED)]
    usual = [copy(at + timedelta(hours=1)), copy(NOON), copy(at, Reason.CLOSE)]
    assert kept([*risky, *usual], RULES, NOON) == frozenset([*risky, *usual[:2]])
    assert kept([*risky, *usual], RULES, NOON + timedelta(days=11)) == frozenset(usual[:2])


def test_of_one_minute_the_last_made_is_the_newest() -> None:
    copies = [copy(NOON, count=count) for count in (1, 2, 10)]
    assert kept(copies, RULES, NOON) == {copies[2]}


@given(st.lists(st.integers(0, 40_000), max_size=60), st.sampled_from(Reason))
def test_the_newest_stays_and_a_second_look_removes_nothing_more(hours: list[int], reason: Reason) -> None:
    copies = [copy(NOON - timedelta(hours=hour), reason) for hour in set(hours)]
    once = kept(copies, RULES, NOON)
    assert once <= set(copies)
    assert kept(once, RULES, NOON) == once
    assert not copies or max(copies, key=lambda each: each.at) in once
    assert {each.at.year for each in once} == {each.at.year for each in copies}
