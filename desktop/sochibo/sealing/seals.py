"""Put a seal on a paper, and judge the seal of a received one, with the same code on both sides."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sochibo.documents.envelopes import decode
from sochibo.documents.papers import payload_of
from sochibo.faults import Fault
from sochibo.messages import N_
from sochibo.sealing.judging import CLOCK_SLACK, Judgement, SealInfo, judge
from sochibo.sealing.keys import check_day
from sochibo.sealing.signatures import VIETNAM, sign, signers_of, stamps_of
from sochibo.sealing.trust import RegisteredSigner, Trust, read_certificate
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from datetime import datetime

    from sochibo.documents.papers import Paper
    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.timestamps import StampSource

__all__ = ["ClockWrong", "Judgement", "SealFailed", "SealInfo", "judge", "seal"]


class SealFailed(Fault):
    """The seal made here did not stand up to our own judgement, so the file did not leave."""

    code = "S04"
    sentence = N_("The seal could not be made ({code}).")
    advice = N_("Nothing was sent. Please try again; if it happens once more, ask for help.")


class ClockWrong(Fault):
    """The time stamp authority and this PC disagree by more than clocks do."""

    code = "S36"
    sentence = N_("The clock of this PC says {now}, but the time stamp says {stamped}.")
    advice = N_("Set the clock of the PC, then seal again. Nothing was sealed.")


def seal(paper: Paper, key: SigningKey, role: str, now: datetime, stamps: StampSource | None = None) -> bytes:
    """Seal a paper as `role` and judge the result with `judge` before it may leave; raises SealFailed.

    Summaries and roll-ups are certified with DocMDP P=1 (nothing may follow), minutes with P=2. A second
    signature is put on the sealed file: `Paper(sealed, paper.spaces)`. With `stamps` the seal gets a time
    stamp, or none is made: raises the faults of `fetching`, and ClockWrong.
    """
    if role not in {space.role for space in paper.spaces}:
        raise ValueError(f"the paper has no space for {role}")
    check_day(key, now)
    sealed = sign(paper.pdf, paper.spaces, role, key, now, stamps)
    if stamps is not None:
        stamped, _ = stamps_of(sealed)[-1]
        if abs(stamped - now) > CLOCK_SLACK:
            raise ClockWrong(now=now.astimezone(VIETNAM), stamped=stamped.astimezone(VIETNAM))
    judged = judge(sealed, _own_trust(sealed, paper, now), now.astimezone(VIETNAM).date())
    if (
        judged.verdict.level is not Level.ACCEPT
        or not judged.seal
        or judged.seal.fingerprint != key.fingerprint
    ):
        raise SealFailed(code=judged.verdict.code)
    return sealed


def _own_trust(sealed: bytes, paper: Paper, now: datetime) -> Trust:
    """Trust the very certificates in the file: whether others trust them is not ours to say.

    A certificate that is itself a root needs no revocation list, which a cell does not have; nor does that of
    a time stamp.
    """
    certificates = signers_of(sealed)
    authorities = tuple(pem for _, pem in stamps_of(sealed))
    unit = decode(payload_of(paper.pdf)).organisation_id
    signers = tuple(
        RegisteredSigner(read_certificate(pem.encode()).fingerprint, unit, "", "", date.min)
        for pem in certificates
    )
    return Trust(0, now, (*certificates, *authorities), (), signers)
