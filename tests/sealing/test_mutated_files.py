"""Three hundred mutated files, seeded: none is ever accepted, whatever was changed and how."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import keys
import pytest
from mutations import mutated

from sochibo.sealing.seals import judge
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from sochibo.sealing.trust import Trust

EACH = {"bytes": 170, "objects": 100, "revisions": 30}


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize("batch", range(5))
def test_no_mutated_file_is_accepted(kind: str, batch: int, sealed: bytes, trust: Trust) -> None:
    found: Counter[str] = Counter()
    for seed in range(batch, EACH[kind], 5):
        judged = judge(mutated(kind, seed, sealed), trust, keys.DAY)
        assert judged.verdict.level not in {Level.ACCEPT, Level.NOTE}, (kind, seed)
        found[judged.verdict.code] += 1
    # A change behind the seal is always named so, and never called forged or of a stranger.
    if kind == "revisions":
        assert set(found) <= {"V02", "V03"}
