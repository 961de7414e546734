"""Roots of other authorities, as the state's own: trusted because a person imported them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.faults import Refused, red
from sochibo.messages import N_
from sochibo.storage.records import official_roots as rows
from sochibo.storage.records import submissions
from sochibo.storage.records.official_roots import KeptRoot

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sochibo.sealing.trust import Trust
    from sochibo.storage.engine.database import Database

__all__ = ["OfficialRoot", "OfficialRoots"]


@dataclass(frozen=True, slots=True)
class OfficialRoot:
    """A root of another authority: its name, fingerprint, last day, and how long its newest list holds.

    `ended_on` is the day since which it is believed no longer.
    """

    name: str
    fingerprint: str
    not_after: date
    pem: str
    listed_until: date | None = None
    ended_on: date | None = None


class OfficialRoots:
    """What is imported here is believed in every verdict, so its fingerprint is compared first.

    A certificate of such a root counts only with a fresh revocation list, which is imported like the root, or
    fetched when a person asks for it (`RevocationLists`). Where certificates come from an authority below the
    root, that one is imported beside it: only what is imported can sign a list that is taken. All of this is
    the book's and no PC's: it is journalled, and goes with the book wherever that goes.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[OfficialRoot, ...]:
        """Return the roots that are believed, by name."""
        return tuple(one for one in self.ever() if one.ended_on is None)

    def ever(self) -> tuple[OfficialRoot, ...]:
        """Return also the roots that are believed no longer, by name."""
        return tuple(sorted(map(_told, rows.all_of(self._database)), key=lambda one: one.name))

    def look(self, data: bytes, name: str) -> tuple[OfficialRoot, ...]:
        """Read a file of roots (PEM, DER or P7B) before anybody trusts it; raises TrustInvalid.

        A certificate that may not issue others is no root, and a file that holds one among them is refused.
        """
        from sochibo.sealing.foreign_roots import read_roots
        from sochibo.sealing.trust import read_certificate

        return tuple(
            _told(KeptRoot(fingerprint=read_certificate(pem.encode()).fingerprint, certificate=pem))
            for pem in read_roots(data, name)
        )

    def trust(self, roots: tuple[OfficialRoot, ...], now: datetime) -> Changes:
        """Believe roots whose fingerprints a person compared; those believed already change nothing.

        Raises Refused for an authority below a root that is not believed (X17): no list of it could be used.
        """
        from sochibo.sealing.foreign_roots import without_root

        pems = [one.pem for one in (*self.all(), *roots)]
        if missing := without_root(pems):
            text = N_("“{name}” stands below another authority. Import its root too, in the same file.")
            raise Refused([red("X17", text, "", name=", ".join(missing))])
        kept = {one.fingerprint: one for one in rows.all_of(self._database)}
        new = [one for one in roots if not _believed(kept.get(one.fingerprint))]
        if not new:
            return Changes.NONE
        with self._act(N_("Imported roots to trust: {names}"), names=", ".join(one.name for one in new)):
            for one in new:
                if one.fingerprint in kept:
                    rows.change(self._database, replace(kept[one.fingerprint], ended_at=None))
                else:
                    rows.add(
                        self._database,
                        KeptRoot(fingerprint=one.fingerprint, certificate=one.pem, imported_at=now),
                    )
            self._count(now)
        return Changes.INBOX

    def distrust(self, fingerprint: str, now: datetime) -> Changes:
        """Believe a root no longer; raises Refused where none is believed by this fingerprint.

        What was received keeps its verdict; whoever signs with a certificate of that root is unknown from
        now on. The root stays in the book, so that it can be believed again.
        """
        found = self._kept(fingerprint)
        if found is None or not _believed(found):
            raise Refused([red("X13", N_("No root with this fingerprint was imported."), "fingerprint")])
        return self._change(found, N_("No longer trusts the root {name}"), ended_at=now, now=now)

    def trust_again(self, fingerprint: str, now: datetime) -> Changes:
        """Believe a root again that was compared once and then distrusted; raises Refused for another."""
        found = self._kept(fingerprint)
        if found is None:
            raise Refused([red("X13", N_("No root with this fingerprint was imported."), "fingerprint")])
        if _believed(found):
            return Changes.NONE
        return self._change(found, N_("Trusts the root {name} again"), ended_at=None, now=now)

    def take_list(self, data: bytes, name: str, now: datetime) -> Changes:
        """Take a revocation list of an imported root (PEM or DER); raises TrustInvalid where none signed it.

        An older list than the one kept changes nothing.
        """
        from sochibo.sealing.foreign_roots import read_list

        believed = [one for one in rows.all_of(self._database) if _believed(one)]
        pems = [one.certificate for one in believed]
        taken = read_list(data, pems, name)
        root = next(one for one in believed if one.fingerprint == taken.root)
        before = root.revocation_list
        if before and read_list(before.encode(), pems, name).since >= taken.since:
            return Changes.NONE
        with self._act(N_("Took in a revocation list, good until {day}"), day=taken.until):
            rows.change(self._database, replace(root, revocation_list=taken.pem))
            self._count(now)
        return Changes.INBOX

    def added_to(self, trust: Trust) -> Trust:
        """Return a trust that also believes the imported roots."""
        believed = [one for one in rows.all_of(self._database) if _believed(one)]
        roots = tuple(one.certificate for one in believed if one.certificate not in trust.roots)
        if not roots:
            return trust
        lists = tuple(one.revocation_list for one in believed if one.revocation_list)
        return replace(
            trust, roots=(*trust.roots, *roots), revocation_lists=(*trust.revocation_lists, *lists)
        )

    def _kept(self, fingerprint: str) -> KeptRoot | None:
        found = (one for one in rows.all_of(self._database) if one.fingerprint == fingerprint)
        return next(found, None)

    def _change(self, root: KeptRoot, template: str, *, ended_at: datetime | None, now: datetime) -> Changes:
        with self._act(template, name=_told(root).name):
            rows.change(self._database, replace(root, ended_at=ended_at))
            self._count(now)
        return Changes.INBOX

    def _act(self, template: str, **fields: object) -> AbstractContextManager[None]:
        """Open an act outside undo, which would give an older number to a trust that was handed out."""
        return self._database.act(template, fields, changes=int(Changes.INBOX.value), lasting=True)

    def _count(self, now: datetime) -> None:
        """Let the number of a committee's trust grow, since it holds something else than before."""
        state = submissions.trust(self._database)
        if state is not None:
            submissions.put_trust(self._database, replace(state, number=state.number + 1, issued_at=now))


def _believed(root: KeptRoot | None) -> bool:
    return root is not None and root.ended_at is None


def _told(root: KeptRoot) -> OfficialRoot:
    from sochibo.sealing.foreign_roots import read_list
    from sochibo.sealing.trust import read_certificate

    facts = read_certificate(root.certificate.encode())
    until = None
    if root.revocation_list:
        until = read_list(root.revocation_list.encode(), [root.certificate], "").until
    ended = root.ended_at.astimezone().date() if root.ended_at else None
    name = facts.person or facts.organisation
    return OfficialRoot(name, facts.fingerprint, facts.not_after.date(), root.certificate, until, ended)
