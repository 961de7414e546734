"""No file of our own is ever refused, whatever people write in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keys
import pytest
import random_reports

from sochibo.documents.papers import assemble
from sochibo.sealing.seals import judge, seal

if TYPE_CHECKING:
    from sochibo.sealing.trust import Trust


@pytest.mark.parametrize("seed", range(24))
def test_a_file_with_random_content_is_accepted(seed: int, trust: Trust) -> None:
    envelope = random_reports.random_summary(seed)
    sealed = seal(assemble(envelope), keys.cell_key(), "secretary", keys.NOW)
    judged = judge(sealed, trust, keys.DAY)
    assert (judged.verdict.code, judged.found) == ("V00", ())
    assert judged.envelope == envelope
