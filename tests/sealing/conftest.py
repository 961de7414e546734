"""Papers sealed once a run, on which every attack is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keys
import pytest
import reports

from sochibo.documents.papers import Paper, assemble
from sochibo.sealing.seals import seal

if TYPE_CHECKING:
    from sochibo.sealing.trust import Trust


@pytest.fixture(scope="session")
def summary() -> Paper:
    return assemble(reports.wrap(reports.summary()))


@pytest.fixture(scope="session")
def minutes() -> Paper:
    return assemble(reports.wrap(reports.minutes()))


@pytest.fixture(scope="session")
def sealed(summary: Paper) -> bytes:
    """A summary as a cell sends it: sealed by the registered secretary."""
    return seal(summary, keys.cell_key(), "secretary", keys.NOW)


@pytest.fixture(scope="session")
def chaired(minutes: Paper) -> bytes:
    """Minutes sealed by the chair only."""
    return seal(minutes, keys.cell_key(), "chair", keys.NOW)


@pytest.fixture(scope="session")
def trust() -> Trust:
    """What the committee knows: the secretary, and a colleague of another unit."""
    stranger = keys.registered(keys.cell_key("neighbour"), unit="0197a0c0-0000-7000-8000-0000000000ff")
    return keys.trust(keys.registered(keys.cell_key()), stranger)
