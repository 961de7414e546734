"""A committee as certificate authority: who signs for which unit, since when, and who no longer may."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from sochibo.book.changes import Changes
from sochibo.book.trust import keyring
from sochibo.book.trust.confirmations import confirm, confirmation_of
from sochibo.faults import Refused, red
from sochibo.messages import N_
from sochibo.rules.units.organisations import BookKind
from sochibo.storage.engine import preferences
from sochibo.storage.records import keys as kept_keys
from sochibo.storage.records import submissions as rows
from sochibo.storage.records.keys import Purpose
from sochibo.storage.records.submissions import KeptSigner, TrustState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from sochibo.book.book import Book
    from sochibo.book.trust.trust_papers import Request
    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.trust import Trust
    from sochibo.storage.engine.database import Database

__all__ = ["Authority", "KeptSigner"]

ROOT_CERTIFICATE: Final = "authority_certificate"
"""The preference that holds the authority's own certificate (PEM), readable without its passphrase."""


class Authority:
    """The register of signers and its revocation list; in a cell's book every act raises Refused."""

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def exists(self) -> bool:
        """Tell whether the committee can enrol cells."""
        return kept_keys.newest(self._database, Purpose.AUTHORITY) is not None

    def make(self, passphrase: str, now: datetime) -> Changes:
        """Make the committee's certificate authority and keep it in the book, locked by the passphrase.

        There is one for good: with a second one every certificate issued before would lose its root.
        """
        from sochibo.sealing import keys, trust

        self._refuse_cell()
        keyring.check_passphrase(passphrase)
        if self.exists():
            raise Refused([red("O91", N_("This committee can enrol cells already."), "")])
        organisation = self._book.organisation()
        pkcs12 = trust.make_authority(organisation.name, organisation.id, passphrase, now)
        authority = keys.open_key(pkcs12, passphrase)
        root = keys.request_of(authority).decode()
        state = self._next_state(authority, now)
        with self._act(N_("Set up the enrolment of cells")):
            keyring.keep(self._database, authority, Purpose.AUTHORITY, now)
            preferences.put_first(self._database, ROOT_CERTIFICATE, root)
            rows.put_trust(self._database, state)
        confirm(self._database, authority, now)
        return Changes.INBOX

    def enrol(
        self,
        request: bytes,
        passphrase: str,
        now: datetime,
        *,
        since: date,
        name: str = "",
        beside: bool = False,
    ) -> bytes:
        """Enrol a cell by its request: make or update the unit, issue; returns the certificate chain (PEM).

        The request is a sealed paper or PEM. `since` is the first day for which this person signs for the
        unit; whoever signed for it before does so until the day before, unless this one signs `beside` them,
        as a minute-taker does. The trust number grows. `name` is the request's file name, for the fault.
        """
        from sochibo.sealing import trust

        self._refuse_cell()
        authority = self._opened(passphrase, now)
        chain = trust.issue(authority, self.look(request, name, now).pem, now, name)
        return self._register(chain, authority, now, since, lambda _known: not beside)

    def look(self, request: bytes, name: str, now: datetime) -> Request:
        """Read a request, so that its fingerprint can be compared face to face.

        Raises TrustInvalid, or Refused (X16) for one that asks to sign for the committee itself: whoever does
        could write its receipts, its decisions and its trust packages.
        """
        from sochibo.book.trust.trust_papers import read_request

        asked = read_request(request, name, now)
        if asked.organisation_id in {"", self._book.organisation().id}:
            text = N_("This request names no unit below the committee, so nobody is enrolled by it.")
            raise Refused([red("X16", text, "")])
        known = (unit.name for unit in rows.units(self._database) if unit.id == asked.organisation_id)
        return replace(asked, known_as=next(known, ""))

    def reissue(self, fingerprint: str, passphrase: str, now: datetime, *, since: date) -> bytes:
        """Issue a new certificate for the same person and key before the old one runs out (PEM chain).

        Raises Refused for a fingerprint that is not registered (X10) or was revoked (X14): who lost a key
        asks with a new one.
        """
        from sochibo.sealing import trust

        self._refuse_cell()
        known = self._known(fingerprint)
        if known.revoked_since is not None:
            text = N_("This certificate was revoked. Enrol {person} with a new key.")
            raise Refused([red("X14", text, "fingerprint", person=known.person)])
        authority = self._opened(passphrase, now)
        chain = trust.reissue(authority, known.certificate.encode(), now)
        return self._register(chain, authority, now, since, lambda other: other.id == known.id)

    def _register(
        self,
        chain: bytes,
        authority: SigningKey,
        now: datetime,
        since: date,
        replaces: Callable[[KeptSigner], bool],
    ) -> bytes:
        signer, organisation = _signer_of(chain, since)
        self._enter(signer, organisation, self._next_state(authority, now), replaces)
        return chain

    def _enter(
        self,
        signer: KeptSigner,
        organisation: str,
        state: TrustState,
        replaces: Callable[[KeptSigner], bool],
    ) -> None:
        """Enter a signer from a day on; those of the unit whom it replaces sign until the day before."""
        since, fields = signer.valid_from, {"person": signer.person, "unit": organisation}
        with self._act(N_("Enrolled {person} to sign for {unit}"), fields):
            self._book.units.adopt(signer.unit_id, organisation, since)
            rows.put_unit(self._database, signer.unit_id, organisation, since)
            for known in rows.signers(self._database):
                signs = known.valid_to is None or known.valid_to >= since
                if known.unit_id == signer.unit_id and signs and replaces(known):
                    last_day = max(known.valid_from, since - timedelta(days=1))
                    rows.end_signer(self._database, known.id, last_day)
            rows.add_signer(self._database, signer)
            rows.put_trust(self._database, state)

    def register(
        self, request: bytes, now: datetime, *, since: date, name: str = "", beside: bool = False
    ) -> Changes:
        """Register the official certificate that sealed a request, instead of issuing one of our own.

        `beside` is as for `enrol`. Raises Refused unless an imported root issued it (X15): otherwise nobody
        could tell whether it was revoked.
        """
        from sochibo.sealing.foreign_roots import issued_by
        from sochibo.sealing.signatures import signers_of
        from sochibo.sealing.trust import read_certificate

        self._refuse_cell()
        state = rows.trust(self._database)
        if state is None:
            raise keyring.NoAuthority
        asked = self.look(request, name, now)
        roots = [root.pem for root in self._book.official_roots.all()]
        pem = signers_of(request)[-1] if asked.sealed else ""
        if not pem or not issued_by(pem, roots):
            text = N_("No imported root issued the certificate of this request.")
            raise Refused([red("X15", text, "")])
        facts = read_certificate(pem.encode())
        signer = KeptSigner(
            unit_id=asked.organisation_id,
            person=facts.person,
            fingerprint=facts.fingerprint,
            serial=str(facts.serial),
            valid_from=since,
            certificate=pem,
        )
        grown = replace(state, number=state.number + 1, issued_at=now)
        self._enter(signer, asked.organisation, grown, lambda _known: not beside)
        return Changes.INBOX

    def renew(self, passphrase: str, now: datetime) -> Changes:
        """Make the revocation list anew: it lasts 400 days, and no seal is accepted by one that is older."""
        self._refuse_cell()
        state = self._next_state(self._opened(passphrase, now), now)
        with self._act(N_("Made the list of revoked certificates anew")):
            rows.put_trust(self._database, state)
        return Changes.INBOX

    def signers(self) -> tuple[KeptSigner, ...]:
        """Return everybody who ever signed for a unit, oldest first."""
        return rows.signers(self._database)

    def revoke(
        self, fingerprint: str, passphrase: str, now: datetime, *, since: date, reason: str
    ) -> Changes:
        """Revoke a certificate from a day on; what was received before that day keeps its verdict.

        Whoever holds its key could seal with an earlier certificate of the same key and claim an earlier day,
        so all of them are revoked. Raises Refused for a fingerprint that is not registered (X10), without a
        reason (X11), or for a day that has not come (X12).
        """
        from sochibo.sealing.certificates import same_key

        self._refuse_cell()
        known = self._known(fingerprint)
        if not reason.strip():
            raise Refused([red("X11", N_("Say why the certificate is revoked."), "reason")])
        if since > now.date():
            raise Refused(
                [red("X12", N_("A certificate is revoked from today on, or from an earlier day."), "since")]
            )
        authority = self._opened(passphrase, now)
        own = known.certificate.encode()
        with self._act(N_("Revoked the certificate of {person}"), {"person": known.person}):
            for one in self.signers():
                open_ = one.revoked_since is None and same_key(one.certificate.encode(), own)
                if one.id != known.id and not open_:
                    continue
                last_day = min(one.valid_to or date.max, max(one.valid_from, since - timedelta(days=1)))
                revoked = replace(one, valid_to=last_day, revoked_since=since, revoked_because=reason.strip())
                rows.revoke_signer(self._database, revoked)
            rows.put_trust(self._database, self._next_state(authority, now))
        return Changes.INBOX

    def end_signers(self, unit_id: str, last_day: date, now: datetime) -> Changes:
        """Let nobody sign for a unit after a day, as when it is closed; past papers keep their signers."""
        self._refuse_cell()
        state = rows.trust(self._database)
        with self._act(N_("Ended the register of signers of a unit"), {}):
            for known in self.signers():
                if known.unit_id == unit_id and (known.valid_to is None or known.valid_to > last_day):
                    rows.end_signer(self._database, known.id, max(known.valid_from, last_day))
            if state is not None:
                rows.put_trust(self._database, replace(state, number=state.number + 1, issued_at=now))
        return Changes.INBOX

    def reopen_signers(self, unit_id: str, last_day: date, now: datetime) -> Changes:
        """Let those sign on whose register was ended with their unit on a day, unless they were revoked."""
        self._refuse_cell()
        state = rows.trust(self._database)
        with self._act(N_("Reopened the register of signers of a unit"), {}):
            for known in self.signers():
                if known.unit_id == unit_id and known.valid_to == last_day and known.revoked_since is None:
                    rows.end_signer(self._database, known.id, None)
            if state is not None:
                rows.put_trust(self._database, replace(state, number=state.number + 1, issued_at=now))
        return Changes.INBOX

    def trust_file(self) -> bytes:
        """Return the trust file of the committee (roots, revocation list, register); raises NoAuthority.

        It vouches for the committee's own signers too, so that whoever gets a roll-up can judge it.
        """
        from sochibo.sealing.trust import write_trust

        known = self.trust()
        if known is None:
            raise keyring.NoAuthority
        return write_trust(known)

    def trust(self) -> Trust | None:
        """Return whom the committee trusts, built from its own tables; None without an authority."""
        from sochibo.sealing.trust import RegisteredSigner, Trust, read_certificate

        state = rows.trust(self._database)
        if state is None:
            return None
        unit_names = {unit.id: unit.name for unit in rows.units(self._database)}
        own = keyring.own_signers(self._database)
        own_facts = [(read_certificate(pem.encode()), last_day) for pem, last_day in own.items()]
        organisation = self._book.organisation()
        own_trust = Trust(
            number=state.number,
            issued_at=state.issued_at,
            # A certificate that is itself a root needs no authority above it, which a committee's may lack.
            roots=(preferences.get(self._database, ROOT_CERTIFICATE), *own),
            revocation_lists=(state.revocation_list,),
            signers=tuple(
                RegisteredSigner(
                    fingerprint=signer.fingerprint,
                    organisation_id=signer.unit_id,
                    organisation=unit_names[signer.unit_id],
                    person=signer.person,
                    valid_from=signer.valid_from,
                    valid_to=signer.valid_to,
                )
                for signer in rows.signers(self._database)
            )
            + tuple(
                RegisteredSigner(
                    fingerprint=facts.fingerprint,
                    organisation_id=organisation.id,
                    organisation=organisation.name,
                    person=facts.person,
                    valid_from=facts.not_before.date(),
                    valid_to=last_day,
                )
                for facts, last_day in own_facts
            ),
        )
        return self._book.official_roots.added_to(own_trust)

    def listed_until(self) -> date | None:
        """Return the last day of the list of revoked certificates, None without an authority."""
        from sochibo.sealing.validity import last_day_of_list

        state = rows.trust(self._database)
        return last_day_of_list(state.revocation_list) if state else None

    def fingerprint(self) -> str:
        """Return the fingerprint of the authority itself, which units compare once; empty without one."""
        from sochibo.sealing.trust import read_certificate

        root = preferences.get(self._database, ROOT_CERTIFICATE)
        return read_certificate(root.encode()).fingerprint if root else ""

    def trust_paper(self, passphrase: str, now: datetime) -> bytes:
        """Return the trust package as a paper sealed with the committee's signing key.

        Raises NoAuthority, NoKey where the committee has an authority but nobody who signs, or Unconfirmed.
        """
        from sochibo.book.trust.trust_papers import trust_paper

        known = self.trust()
        if known is None:
            raise keyring.NoAuthority
        key = keyring.open_kept(self._database, Purpose.SIGNER, passphrase)
        confirmation = confirmation_of(self._database, passphrase, now)
        return trust_paper(self._database, self._book, known, key, now, confirmation)

    def _opened(self, passphrase: str, now: datetime) -> SigningKey:
        """Open the authority, which confirms on this occasion who seals for the committee."""
        authority = keyring.open_kept(self._database, Purpose.AUTHORITY, passphrase)
        confirm(self._database, authority, now)
        return authority

    def _known(self, fingerprint: str) -> KeptSigner:
        known = next((one for one in self.signers() if one.fingerprint == fingerprint), None)
        if known is None:
            raise Refused([red("X10", N_("Nobody with this fingerprint is registered."), "fingerprint")])
        return known

    def _next_state(self, authority: SigningKey, now: datetime) -> TrustState:
        """Return the next number and a list of all revoked so far: who is left out would be trusted again."""
        from sochibo.sealing import trust
        from sochibo.sealing.signatures import VIETNAM

        since = {
            int(one.serial): datetime.combine(one.revoked_since, time(), VIETNAM)
            for one in self.signers()
            if one.revoked_since is not None
        }
        state = rows.trust(self._database)
        number = state.number + 1 if state else 1
        revoked = trust.revoke(authority, tuple(since), number, now, since).decode()
        return TrustState(number=number, revocation_list=revoked, issued_at=now)

    def _refuse_cell(self) -> None:
        if self._book.organisation().kind is not BookKind.COMMITTEE:
            raise Refused([red("O92", N_("Only a committee's book receives papers."), "")])

    def _act(self, template: str, fields: Mapping[str, object] | None = None) -> AbstractContextManager[None]:
        return self._database.act(template, fields, changes=int(Changes.INBOX.value), lasting=True)


def _signer_of(chain: bytes, since: date) -> tuple[KeptSigner, str]:
    """Return the signer that a freshly issued certificate names, and the name of the organisation."""
    from sochibo.sealing.trust import read_certificate

    facts = read_certificate(chain)
    signer = KeptSigner(
        unit_id=facts.organisation_id,
        person=facts.person,
        fingerprint=facts.fingerprint,
        serial=str(facts.serial),
        valid_from=since,
        certificate=chain.decode(),
    )
    return signer, facts.organisation
