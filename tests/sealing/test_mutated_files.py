"""Mutated files, seeded: none is ever accepted, whatever was changed, how, and on what kind of paper."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import keys
import mutations
import papers_sealed
import pytest

from sochibo.sealing.seals import judge
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from datetime import date

    from sochibo.documents.papers import Paper
    from sochibo.sealing.trust import Trust

ELSEWHERE = """
import hashlib, pathlib, sys
sys.path.insert(0, sys.argv[1])
from mutations import mutated
pdf = pathlib.Path(sys.argv[2]).read_bytes()
for seed in range(60):
    print(hashlib.sha256(mutated("objects", seed, pdf)).hexdigest())
"""

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


def test_a_seed_means_the_same_damage_in_every_process(summary: Paper, tmp_path: Path) -> None:
    """Else a damage that fails is gone with the run that found it."""
    paper = tmp_path / "summary.pdf"
    paper.write_bytes(summary.pdf)
    program = [sys.executable, "-c", ELSEWHERE, str(Path(mutations.__file__).parent), str(paper)]
    both = [
        subprocess.Popen(
            program, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONHASHSEED": order}
        )
        for order in ("1", "2")
    ]
    found = [each.communicate()[0] for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert found[0] == found[1]
    assert found[0].count("\n") == 60


def refuse_all(kind: str, seeds: range, whole: bytes, by: tuple[Trust, date]) -> None:
    """Expect that no mutation counts, by a trust on a day, and that one behind the seal is named so."""
    found: Counter[str] = Counter()
    for seed in seeds:
        judged = judge(mutations.mutated(kind, seed, whole), *by)
        assert judged.verdict.level not in {Level.ACCEPT, Level.NOTE}, (kind, seed)
        found[judged.verdict.code] += 1
    # A change behind the seal is always named so, and never called forged or of a stranger.
    if kind == "revisions":
        assert set(found) <= {"V02", "V03"}
