"""Put a seal on a paper, and judge the seal of a received one, with the same code on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sochibo.documents.envelopes import Envelope
from sochibo.faults import Fault
from sochibo.messages import N_
from sochibo.sealing.verdicts import Verdict

if TYPE_CHECKING:
    from sochibo.documents.papers import Paper
    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.trust import Trust

__all__ = ["Judgement", "SealFailed", "SealInfo", "judge", "seal"]


class SealFailed(Fault):
    """The seal made here did not stand up to our own judgement, so the file did not leave."""

    code = "S04"
    sentence = N_("The seal could not be made ({code}).")
    advice = N_("Nothing was sent. Please try again; if it happens once more, ask for help.")


@dataclass(frozen=True, slots=True)
class SealInfo:
    """Who sealed, as the certificate says, and when, as the signer's PC claimed."""

    person: str
    organisation: str
    organisation_id: str
    fingerprint: str
    claimed_at: datetime | None
    role: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judged file: the verdict, and what could be read of it (never used for totals unless accepted)."""

    verdict: Verdict
    sha256: str
    digest: str | None = None
    envelope: Envelope | None = None
    seal: SealInfo | None = None


def seal(paper: Paper, key: SigningKey, role: str, now: datetime) -> bytes:
    """Seal a paper as `role` and judge the result with `judge` before it may leave; raises SealFailed.

    Summaries and roll-ups are certified with DocMDP P=1 (nothing may follow), minutes with P=2.
    """
    raise NotImplementedError


def judge(pdf: bytes, trust: Trust | None, received_on: date) -> Judgement:
    """Judge one file by itself, whatever it is; never raises for a bad file.

    In order: limits and structure; exactly the expected signatures and fields; the last signature covers
    the whole file; difference analysis; algorithm; chain to a trusted root with revocation required;
    signer registered for this organisation on this day; claimed time plausible; payload schema; page text
    equals what the payload renders; arithmetic. Whether it is a duplicate or in its right place in a
    series is for the book to say.
    """
    raise NotImplementedError
