"""Mutated files, seeded: none is ever accepted, whatever was changed, how, and on what kind of paper."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import keys
import papers_sealed
import pytest
from mutations import mutated

from sochibo.sealing.seals import judge
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from datetime import date

    from sochibo.sealing.trust import Trust

EACH = {"bytes": 170, "objects": 100, "revisions": 30}
FEWER = {"bytes": 12, "objects": 8, "revisions": 6}
"""For every other kind of paper: what is asked of all of them was asked of the summary in full."""


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize("batch", range(5))
def test_no_mutated_file_is_accepted(kind: str, batch: int, sealed: bytes, trust: Trust) -> None:
    refuse_all(kind, range(batch, EACH[kind], 5), sealed, (trust, keys.DAY))


@pytest.mark.parametrize("paper", papers_sealed.SEALED)
def test_no_mutated_paper_of_another_kind_is_accepted(paper: str) -> None:
    """Countersigned minutes, roll-ups, receipts: each is good before it is changed."""
    whole, trust, day = papers_sealed.sealed(paper)
    assert judge(whole, trust, day).verdict.code == "V00"
    for kind, times in FEWER.items():
        refuse_all(kind, range(times), whole, (trust, day))


def refuse_all(kind: str, seeds: range, whole: bytes, by: tuple[Trust, date]) -> None:
    """Expect that no mutation counts, by a trust on a day, and that one behind the seal is named so."""
    found: Counter[str] = Counter()
    for seed in seeds:
        judged = judge(mutated(kind, seed, whole), *by)
        assert judged.verdict.level not in {Level.ACCEPT, Level.NOTE}, (kind, seed)
        found[judged.verdict.code] += 1
    # A change behind the seal is always named so, and never called forged or of a stranger.
    if kind == "revisions":
        assert set(found) <= {"V02", "V03"}
