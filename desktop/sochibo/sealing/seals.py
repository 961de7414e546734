"""Put a seal on a paper, and judge the seal of a received one, with the same code on both sides."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sochibo.documents.envelopes import decode
from sochibo.documents.papers import payload_of
from sochibo.faults import Fault
from sochibo.messages import N_
from sochibo.sealing.judging import Judgement, SealInfo, judge
from sochibo.sealing.keys import check_day
from sochibo.sealing.signatures import VIETNAM, sign, signers_of
from sochibo.sealing.trust import RegisteredSigner, Trust, read_certificate

if TYPE_CHECKING:
    from datetime import datetime

    from sochibo.documents.papers import Paper
    from sochibo.sealing.keys import SigningKey

__all__ = ["Judgement", "SealFailed", "SealInfo", "judge", "seal"]


class SealFailed(Fault):
    """The seal made here did not stand up to our own judgement, so the file did not leave."""

    code = "S04"
    sentence = N_("The seal could not be made ({code}).")
    advice = N_("Nothing was sent. Please try again; if it happens once more, ask for help.")


def seal(paper: Paper, key: SigningKey, role: str, now: datetime) -> bytes:
    """Seal a paper as `role` and judge the result with `judge` before it may leave; raises SealFailed.

    Summaries and roll-ups are certified with DocMDP P=1 (nothing may follow), minutes with P=2. A second
    signature is put on the sealed file: `Paper(sealed, paper.spaces)`.
    """
    if role not in {space.role for space in paper.spaces}:
        raise ValueError(f"the paper has no space for {role}")
    check_day(key, now)
    sealed = sign(paper.pdf, paper.spaces, role, key, now)
    judged = judge(sealed, _own_trust(sealed, paper, now), now.astimezone(VIETNAM).date())
    if judged.verdict.code != "V00" or not judged.seal or judged.seal.fingerprint != key.fingerprint:
        raise SealFailed(code=judged.verdict.code)
    return sealed


def _own_trust(sealed: bytes, paper: Paper, now: datetime) -> Trust:
    """Trust the very certificates in the file: whether others trust them is not ours to say.

    A certificate that is itself a root needs no revocation list, which a cell does not have.
    """
    certificates = signers_of(sealed)
    unit = decode(payload_of(paper.pdf)).organisation_id
    signers = tuple(
        RegisteredSigner(read_certificate(pem.encode()).fingerprint, unit, "", "", date.min)
        for pem in certificates
    )
    return Trust(0, now, certificates, (), signers)
