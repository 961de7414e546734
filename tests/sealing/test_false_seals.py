"""Seals of the wrong person, at the wrong time, or made in the wrong way."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import keys
import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from tampering import attachment_overridden, code, note_added, text_drawn_over_a_page

from sochibo.documents.papers import Paper
from sochibo.sealing.seals import judge
from sochibo.sealing.signatures import sign
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.trust import Trust


# Whose seal it is.


def test_another_trusted_key_may_not_seal_for_this_unit(summary: Paper, trust: Trust) -> None:
    other = sign(summary.pdf, summary.spaces, "secretary", keys.cell_key("neighbour"), keys.NOW)
    judged = judge(other, trust, keys.DAY)
    assert judged.verdict.code == "V12"
    assert judged.verdict.fields["unit"] == "Chi bộ Thôn 4"


def test_a_key_registered_until_yesterday_may_not_seal_today(sealed: bytes) -> None:
    ended = keys.trust(keys.registered(keys.cell_key(), until=date(2026, 11, 30)))
    assert code(sealed, ended) == "V12"


def test_a_false_authority_of_the_same_name_is_not_trusted(summary: Paper) -> None:
    false = keys.cell_key(by="false")
    signed = sign(summary.pdf, summary.spaces, "secretary", false, keys.NOW)
    assert code(signed, keys.trust(keys.registered(false))) == "V05"


def test_a_key_that_no_committee_issued_is_not_trusted_even_if_registered(summary: Paper) -> None:
    signed = sign(summary.pdf, summary.spaces, "secretary", keys.own_key(), keys.NOW)
    assert code(signed, keys.trust(keys.registered(keys.own_key()))) == "V05"


@pytest.mark.parametrize(
    ("revoked", "listed", "expected"),
    [
        (keys.ISSUED, keys.ISSUED, "V06"),
        (keys.ISSUED, keys.NOW + timedelta(days=40), "V06"),
        (keys.NOW + timedelta(days=30), keys.NOW + timedelta(days=40), "V00"),
    ],
    ids=["by the list of the day", "by a later list", "only after it was received"],
)
def test_a_revoked_certificate_is_refused(
    revoked: datetime, listed: datetime, expected: str, sealed: bytes
) -> None:
    key = keys.cell_key()
    trust = keys.trust(keys.registered(key), revoked={keys.serial_of(key): revoked}, listed=listed)
    assert code(sealed, trust) == expected


def test_without_a_revocation_list_nobody_is_trusted(sealed: bytes) -> None:
    assert code(sealed, keys.trust(keys.registered(keys.cell_key()), listed=None)) == "V21"


def test_an_old_revocation_list_is_no_list(sealed: bytes) -> None:
    old = keys.trust(keys.registered(keys.cell_key()), listed=keys.NOW - timedelta(days=500))
    assert code(sealed, old) == "V21"


# When it was sealed: the time is only claimed, so it must at least be possible.


@pytest.mark.parametrize(
    ("claimed", "received", "expected"),
    [
        (datetime(2026, 11, 29, 23, 0, tzinfo=keys.VIETNAM), keys.DAY, "V00"),
        (datetime(2026, 11, 20, 9, 0, tzinfo=keys.VIETNAM), keys.DAY, "V10"),
        (datetime(2025, 1, 20, 9, 0, tzinfo=keys.VIETNAM), keys.DAY, "V10"),
        (datetime(2027, 6, 1, 9, 0, tzinfo=keys.VIETNAM), keys.DAY, "V10"),
        (keys.NOW, date(2026, 11, 30), "V00"),
        (keys.NOW, date(2026, 11, 29), "V10"),
    ],
)
def test_the_claimed_time_must_be_possible(
    claimed: datetime, received: date, expected: str, summary: Paper, trust: Trust
) -> None:
    signed = sign(summary.pdf, summary.spaces, "secretary", keys.cell_key(), claimed)
    assert code(signed, trust, received) == expected


def test_an_expired_certificate_is_named_so(summary: Paper) -> None:
    ended = keys.cell_key(issued=datetime(2024, 12, 5, 9, 0, tzinfo=keys.VIETNAM))
    trust = keys.trust(keys.registered(ended))
    signed = sign(summary.pdf, summary.spaces, "secretary", ended, keys.NOW)
    assert code(signed, trust, keys.DAY) == "V00"
    assert code(signed, trust, date(2026, 12, 20)) == "V20"
    late = sign(summary.pdf, summary.spaces, "secretary", ended, datetime(2026, 12, 19, tzinfo=keys.VIETNAM))
    assert code(late, trust, date(2026, 12, 20)) == "V20"


# How it was sealed.


def sign_otherwise(paper: Paper, key: SigningKey, field: str, **metadata: Any) -> bytes:  # noqa: ANN401 - pyHanko's
    """Sign with the library directly, in ways that our own `sign` never would."""
    from sochibo.sealing import signatures

    writer = IncrementalPdfFileWriter(io.BytesIO(paper.pdf))
    wanted: dict[str, Any] = {"md_algorithm": "sha256", "subfilter": SigSeedSubFilter.PADES} | metadata
    signer = PdfSigner(
        PdfSignatureMetadata(field_name=field, **wanted),
        signatures._signer(key),  # noqa: SLF001 - the key in the library's form, which no one else needs
        new_field_spec=SigFieldSpec(field),
    )
    session = signer.sign_pdf(writer)
    signed: bytes = session.getvalue()
    return signed


def test_an_unsealed_paper_carries_no_seal(summary: Paper, trust: Trust) -> None:
    assert code(summary.pdf, trust) == "V02"


def test_a_plain_signature_does_not_certify(summary: Paper, trust: Trust) -> None:
    assert code(sign_otherwise(summary, keys.cell_key(), "secretary"), trust) == "V02"


def test_a_seal_that_would_let_fields_be_filled_is_not_a_summarys(summary: Paper, trust: Trust) -> None:
    assert code(sign_otherwise(summary, keys.cell_key(), "secretary", certify=True), trust) == "V02"


def test_a_field_of_another_name_is_not_ours(summary: Paper, trust: Trust) -> None:
    assert code(sign_otherwise(summary, keys.cell_key(), "Signature1", certify=True), trust) == "V02"


def test_a_weak_digest_is_refused(summary: Paper, trust: Trust) -> None:
    signed = sign_otherwise(summary, keys.cell_key(), "secretary", md_algorithm="sha1", certify=True)
    assert code(signed, trust) == "V04"


def test_a_short_key_is_refused(summary: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    from sochibo.sealing import certificates

    monkeypatch.setattr(certificates, "LEAST_RSA_BITS", 1024)
    weak = keys.own_key("weak", bits=1024)
    signed = sign(summary.pdf, summary.spaces, "secretary", weak, keys.NOW)
    monkeypatch.undo()
    assert code(signed, keys.trust(keys.registered(weak))) == "V04"


def test_a_paper_of_another_program_cannot_be_judged(summary: Paper, trust: Trust) -> None:
    with pikepdf.open(io.BytesIO(summary.pdf)) as document:
        del document.attachments["sochibo.json"]
        written = io.BytesIO()
        document.save(written)
    foreign = Paper(written.getvalue(), ())
    judged = judge(sign_otherwise(foreign, keys.cell_key(), "Signature1"), trust, keys.DAY)
    assert (judged.verdict.code, judged.verdict.level) == ("V24", Level.HOLD)


# Two signatures on minutes.


def test_minutes_may_be_sealed_by_the_chair_alone_or_by_both(
    minutes: Paper, chaired: bytes, trust: Trust
) -> None:
    both = sign(chaired, minutes.spaces, "minute_taker", keys.cell_key(), keys.NOW)
    assert code(chaired, trust) == "V00"
    assert code(both, trust) == "V00"
    assert both.startswith(chaired)


def test_the_minute_taker_may_not_come_first(minutes: Paper, trust: Trust) -> None:
    alone = sign(minutes.pdf, minutes.spaces, "minute_taker", keys.cell_key(), keys.NOW)
    assert code(alone, trust) == "V02"


def test_the_second_field_filled_by_a_stranger_is_not_accepted(
    minutes: Paper, chaired: bytes, trust: Trust
) -> None:
    stranger = sign(chaired, minutes.spaces, "minute_taker", keys.own_key("stranger"), keys.NOW)
    assert code(stranger, trust) == "V05"


def test_a_third_signature_is_refused(chaired: bytes, trust: Trust) -> None:
    third = sign_otherwise(Paper(chaired, ()), keys.own_key("stranger"), "approval")
    assert code(third, trust) == "V02"


@pytest.mark.parametrize("attack", [text_drawn_over_a_page, note_added, attachment_overridden])
def test_minutes_may_not_change_before_the_second_signature(
    attack: Callable[[bytes], bytes], minutes: Paper, chaired: bytes, trust: Trust
) -> None:
    changed = sign(attack(chaired), minutes.spaces, "minute_taker", keys.cell_key(), keys.NOW)
    assert code(changed, trust) == "V03"
