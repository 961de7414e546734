"""What an attacker, a careless copy or an honest editor does to a sealed file, and what we say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keys
import pytest
import reports
import tampering
from tampering import code

from sochibo.sealing.seals import judge
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.sealing.trust import Trust


def test_an_untouched_file_is_accepted(sealed: bytes, trust: Trust) -> None:
    judged = judge(sealed, trust, keys.DAY)
    assert (judged.verdict.code, judged.verdict.level) == ("V00", Level.ACCEPT)
    assert judged.envelope == reports.wrap(reports.summary())
    assert judged.seal is not None
    assert judged.seal.fingerprint == keys.cell_key().fingerprint
    assert judged.seal.claimed_at == keys.NOW


@pytest.mark.parametrize(
    ("attack", "codes"),
    [
        (tampering.bit_flipped_in_a_page, {"V03"}),
        (tampering.saved_by_an_editor, {"V03"}),
        (tampering.text_drawn_over_a_page, {"V03"}),
        (tampering.attachment_overridden, {"V03"}),
        (tampering.attachment_taken_away, {"V03"}),
        (tampering.note_added, {"V03"}),
        (tampering.cut_short, {"V01"}),
        (tampering.seal_cut_off, {"V02"}),
        (tampering.junk_after_the_end, {"V03"}),
        (tampering.second_ending_added, {"V03"}),
        (tampering.range_shortened, {"V03"}),
        (tampering.range_without_numbers, {"V03"}),
        (tampering.seal_zeroed, {"V03"}),
        (tampering.padding_used, {"V03"}),
        (tampering.small_letters_in_the_seal, {"V03"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_changed_file_is_refused(
    attack: Callable[[bytes], bytes], codes: set[str], sealed: bytes, trust: Trust
) -> None:
    changed = attack(sealed)
    assert changed != sealed
    judged = judge(changed, trust, keys.DAY)
    assert judged.verdict.level is Level.REFUSE
    assert judged.verdict.code in codes


def test_a_changed_file_is_refused_also_by_one_who_trusts_nobody_yet(sealed: bytes) -> None:
    assert code(tampering.note_added(sealed), None) == "V03"
    assert code(sealed, None) == "V17"


@pytest.mark.parametrize("share", range(20))
def test_a_byte_changed_anywhere_is_refused(share: int, sealed: bytes, trust: Trust) -> None:
    position = min(len(sealed) - 1, len(sealed) * share // 19)
    assert judge(tampering.flip(sealed, position, share % 8), trust, keys.DAY).verdict.level is Level.REFUSE


def test_a_byte_changed_anywhere_in_the_seal_itself_is_refused(sealed: bytes, trust: Trust) -> None:
    start = sealed.index(b"<3082")
    for position in range(start, start + 9_000, 260):
        digit = sealed[position : position + 1]
        changed = sealed[:position] + (b"5" if digit != b"5" else b"6") + sealed[position + 1 :]
        assert judge(changed, trust, keys.DAY).verdict.level is Level.REFUSE, position
