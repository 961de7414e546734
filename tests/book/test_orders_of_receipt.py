"""A delivery comes in any order, in several goes, and some files twice: the totals end the same."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import deliveries
import keys
import pytest

from sochibo.book.book import Book
from sochibo.documents.envelopes import decode, digest
from sochibo.documents.papers import assemble, payload_of
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import SummaryReport
from sochibo.sealing.seals import seal

if TYPE_CHECKING:
    from sochibo.rules.reports import RollupRow

YEAR = parse_period("2025")
LATER = date(2026, 1, 7)


@dataclass(frozen=True)
class World:
    """A committee that received nothing yet, four months of a cell, and the second of them corrected."""

    committee: Path
    months: tuple[Path, ...]
    corrected: Path


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = deliveries.make_delivery(tmp_path_factory.mktemp("orders") / "delivery", 4)
    months = tuple(sorted(made.stick.iterdir()))
    first = decode(payload_of(months[1].read_bytes()))
    assert isinstance(first.report, SummaryReport)
    report = replace(first.report, tasks=Ratio(3, 50))
    envelope = replace(first, report=report, revision=2, replaces=digest(first))
    key = keys.cell_key(first.organisation, first.organisation_id, issued=deliveries.ENROLLED)
    corrected = made.stick / "corrected.pdf"
    corrected.write_bytes(seal(assemble(envelope), key, "secretary", deliveries.RECEIVED - timedelta(days=1)))
    return World(made.committee, months, corrected)


def received(world: World, folder: Path, goes: list[list[Path]]) -> tuple[list[str], tuple[RollupRow, ...]]:
    """Let a fresh copy of the committee receive files in several goes; return the verdicts and the year."""
    path = folder / "committee.sochibo"
    shutil.copyfile(world.committee, path)
    codes = []
    with Book.open(path) as book:
        for n, files in enumerate(goes):
            done = book.inbox.receive(files, deliveries.RECEIVED + timedelta(hours=n))
            codes += [one.verdict.code for one in done]
        return codes, book.rollups.rows(YEAR, LATER)


def test_one_delivery_in_good_order_is_accepted_whole(world: World, tmp_path: Path) -> None:
    codes, (row,) = received(world, tmp_path, [[*world.months, world.corrected]])
    assert codes == ["V00"] * 5
    assert row.papers == Ratio(4, 12)
    assert row.tasks.denominator >= 50


@pytest.fixture(scope="module")
def usual(world: World, tmp_path_factory: pytest.TempPathFactory) -> tuple[RollupRow, ...]:
    """Return the year of a committee that received everything at once."""
    return received(world, tmp_path_factory.mktemp("usual"), [[*world.months, world.corrected]])[1]


@pytest.mark.parametrize("seed", range(5))
def test_no_order_changes_the_totals(
    world: World, usual: tuple[RollupRow, ...], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - orders, no secrets
    files = [*world.months, world.corrected]
    pile = chance.sample(files, 5) + chance.choices(files, k=3)
    cut = chance.randint(1, 7)
    codes, rows = received(world, tmp_path, [pile[:cut], pile[cut:]])
    assert rows == usual
    # Twice the same file, an older revision after the newer one, a gap that a later go fills.
    assert set(codes) <= {"V00", "V13", "V15", "V16"}


def test_a_gap_in_the_series_is_noted_and_counts(world: World, tmp_path: Path) -> None:
    codes, (row,) = received(world, tmp_path, [[world.months[0], world.months[2]]])
    assert codes == ["V00", "V15"]
    assert row.papers == Ratio(2, 12)


def test_a_revision_before_the_paper_that_it_replaces_counts_alone(world: World, tmp_path: Path) -> None:
    codes, (row,) = received(world, tmp_path, [[world.months[0], world.corrected], [world.months[1]]])
    assert codes == ["V00", "V15", "V16"]
    assert row.papers == Ratio(2, 12)
    assert row.tasks.denominator >= 50
