"""Roots of other authorities, as the state's own: trusted because a person imported them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from sochibo.book.changes import Changes
from sochibo.faults import Refused, red
from sochibo.messages import N_
from sochibo.storage import preferences, submissions

if TYPE_CHECKING:
    from datetime import datetime

    from sochibo.sealing.trust import Trust
    from sochibo.storage.database import Database

__all__ = ["OfficialRoot", "OfficialRoots"]

ROOT: Final = "official_root:"
LIST: Final = "official_list:"


@dataclass(frozen=True, slots=True)
class OfficialRoot:
    """A root of another authority: its name, fingerprint, last day, and how long its newest list holds."""

    name: str
    fingerprint: str
    not_after: date
    pem: str
    listed_until: date | None = None


class OfficialRoots:
    """What is imported here is believed in every verdict, so its fingerprint is compared first.

    A certificate of such a root counts only with a fresh revocation list, which is imported like the root:
    the program itself never asks a network.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[OfficialRoot, ...]:
        """Return the imported roots by name."""
        found = (self._told(pem) for pem in preferences.named(self._database, ROOT).values() if pem)
        return tuple(sorted(found, key=lambda one: one.name))

    def look(self, data: bytes, name: str) -> tuple[OfficialRoot, ...]:
        """Read a file of roots (PEM, DER or P7B) before anybody trusts it; raises TrustInvalid.

        A certificate that may not issue others is no root, and a file that holds one among them is refused.
        """
        from sochibo.sealing.foreign_roots import read_roots

        return tuple(self._told(pem) for pem in read_roots(data, name))

    def trust(self, roots: tuple[OfficialRoot, ...], now: datetime) -> Changes:
        """Believe roots whose fingerprints a person compared; those known already change nothing."""
        known = {one.fingerprint for one in self.all()}
        new = [one for one in roots if one.fingerprint not in known]
        if not new:
            return Changes.NONE
        fields = {"names": ", ".join(one.name for one in new)}
        with self._database.act(
            N_("Imported roots to trust: {names}"), fields, changes=int(Changes.INBOX.value), lasting=True
        ):
            self._count(now)
        for one in new:
            preferences.put(self._database, ROOT + one.fingerprint, one.pem)
        return Changes.INBOX

    def distrust(self, fingerprint: str, now: datetime) -> Changes:
        """Believe a root no longer; raises Refused where it is not known."""
        found = next((one for one in self.all() if one.fingerprint == fingerprint), None)
        if found is None:
            raise Refused([red("X13", N_("No root with this fingerprint was imported."), "fingerprint")])
        with self._database.act(
            N_("No longer trusts the root {name}"),
            {"name": found.name},
            changes=int(Changes.INBOX.value),
            lasting=True,
        ):
            self._count(now)
        preferences.put(self._database, ROOT + fingerprint, "")
        return Changes.INBOX

    def take_list(self, data: bytes, name: str, now: datetime) -> Changes:
        """Take a revocation list of an imported root (PEM or DER); raises TrustInvalid where none signed it.

        An older list than the one kept changes nothing.
        """
        from sochibo.sealing.foreign_roots import read_list

        kept = read_list(data, [one.pem for one in self.all()], name)
        before = preferences.get(self._database, LIST + kept.root)
        if before and read_list(before.encode(), [one.pem for one in self.all()], name).since >= kept.since:
            return Changes.NONE
        with self._database.act(
            N_("Took in a revocation list, good until {day}"),
            {"day": kept.until},
            changes=int(Changes.INBOX.value),
            lasting=True,
        ):
            self._count(now)
        preferences.put(self._database, LIST + kept.root, kept.pem)
        return Changes.INBOX

    def added_to(self, trust: Trust) -> Trust:
        """Return a trust that also believes the imported roots."""
        roots = tuple(one.pem for one in self.all() if one.pem not in trust.roots)
        if not roots:
            return trust
        names = {one.fingerprint for one in self.all()}
        kept = preferences.named(self._database, LIST)
        lists = tuple(text for root, text in kept.items() if text and root in names)
        return replace(
            trust, roots=(*trust.roots, *roots), revocation_lists=(*trust.revocation_lists, *lists)
        )

    def _told(self, pem: str) -> OfficialRoot:
        from sochibo.sealing.foreign_roots import read_list
        from sochibo.sealing.trust import read_certificate

        facts = read_certificate(pem.encode())
        kept = preferences.get(self._database, LIST + facts.fingerprint)
        until = read_list(kept.encode(), [pem], "").until if kept else None
        return OfficialRoot(
            facts.person or facts.organisation, facts.fingerprint, facts.not_after.date(), pem, until
        )

    def _count(self, now: datetime) -> None:
        """Let the number of a committee's trust grow, since it holds something else than before."""
        state = submissions.trust(self._database)
        if state is not None:
            submissions.put_trust(self._database, replace(state, number=state.number + 1, issued_at=now))
