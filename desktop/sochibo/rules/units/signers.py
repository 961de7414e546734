"""Who signs for a unit, as a register shows it: until when, and whether something must be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from sochibo.messages import N_

__all__ = ["SIGNER_LABELS", "WARNING", "SignerLine", "SignerState"]

WARNING: Final = timedelta(days=45)
"""So long before a certificate or list runs out it is told: a renewal travels by hand, there and back."""


class SignerState(StrEnum):
    """What a certificate is worth on a day."""

    SIGNS = "signs"
    ENDS_SOON = "ends_soon"
    EXPIRED = "expired"
    ENDED = "ended"
    REVOKED = "revoked"


SIGNER_LABELS: Final = {
    SignerState.SIGNS: N_("Signs"),
    SignerState.ENDS_SOON: N_("Runs out soon"),
    SignerState.EXPIRED: N_("Has run out"),
    SignerState.ENDED: N_("Signed until then"),
    SignerState.REVOKED: N_("Revoked"),
}


@dataclass(frozen=True, slots=True)
class SignerLine:
    """One person who signs, or signed, for a unit; `not_after` is the last day of the certificate itself."""

    unit_id: str
    unit: str
    person: str
    fingerprint: str
    valid_from: date
    valid_to: date | None = None
    not_after: date | None = None
    revoked_since: date | None = None
    revoked_because: str = ""

    def state(self, today: date) -> SignerState:
        """Return what the certificate is worth today; the gravest counts."""
        if self.revoked_since is not None:
            return SignerState.REVOKED
        if self.valid_to is not None and self.valid_to < today:
            return SignerState.ENDED
        if self.not_after is None or self.not_after >= today + WARNING:
            return SignerState.SIGNS
        return SignerState.EXPIRED if self.not_after < today else SignerState.ENDS_SOON
