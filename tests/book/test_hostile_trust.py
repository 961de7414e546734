"""Trust that somebody tries to come by: packages by the wrong hand, requests in another's name."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import keys
import pytest
from recordings import CELL_PASSPHRASE, COMMITTEE_PASSPHRASE, VIETNAM, quick_keys

from sochibo.book.changes import Changes
from sochibo.book.trust import keyring
from sochibo.book.trust.confirmations import Unconfirmed, confirmation_of
from sochibo.book.trust.trust_papers import trust_paper
from sochibo.book.trust.trusting import UnknownAuthority
from sochibo.faults import Refused
from sochibo.sealing.confirming import confirm
from sochibo.sealing.keys import request_of
from sochibo.sealing.trust import RegisteredSigner, read_trust, root_of, write_trust
from sochibo.storage.records.keys import Purpose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.trust.trust_papers import Package
    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.trust import Trust

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=VIETNAM)
LATER = NOW + timedelta(days=30)
SIGNING = keys.PASSPHRASE


@pytest.fixture(autouse=True)
def _quick_keys() -> Iterator[None]:
    with quick_keys():
        yield


@pytest.fixture
def genuine(committee: Book, cell: Book) -> Trust:
    """Let the cell trust its committee, whose package has been compared; returns what it says."""
    key = keys.own_key("committee secretary", committee.organisation().id, "Đào Thị Mơ")
    committee.reports.take_key(key.pkcs12, SIGNING)
    committee.authority.renew(COMMITTEE_PASSPHRASE, NOW)
    cell.trust.take(committee.authority.trust_paper(SIGNING, NOW), "1.pdf", NOW, compared=True)
    trust = cell.trust.current()
    assert trust is not None
    return trust


def raised(trust: Trust, committee: Book, thief: SigningKey) -> Trust:
    """Return a later package in which the holder of a cell's key signs for the committee too."""
    own = RegisteredSigner(
        thief.fingerprint, committee.organisation().id, "", thief.subject.person, NOW.date()
    )
    return replace(
        trust, number=trust.number + 1, issued_at=NOW.astimezone(UTC), signers=(*trust.signers, own)
    )


def test_the_first_package_is_compared_by_whatever_door_it_comes(committee: Book, cell: Book) -> None:
    with pytest.raises(UnknownAuthority):
        cell.trust.take(committee.authority.trust_file(), "trust.json", NOW)
    assert cell.trust.current() is None


class TestFirstPackage:
    """A stranger's list beside a copy of the authority's certificate, which travels in every sealed paper."""

    @pytest.fixture
    def signing(self, committee: Book) -> Book:
        key = keys.own_key("committee secretary", committee.organisation().id, "Đào Thị Mơ")
        committee.reports.take_key(key.pkcs12, SIGNING)
        committee.authority.renew(COMMITTEE_PASSPHRASE, NOW)
        return committee

    def looked(
        self, cell: Book, committee: Book, sealer: SigningKey, confirmation: str
    ) -> tuple[Package, bytes]:
        """Let somebody seal a package that names him for the committee, and look at it."""
        known = committee.authority.trust()
        assert known is not None
        false = raised(known, committee, sealer)
        paper = trust_paper(cell._database, committee, false, sealer, NOW, confirmation)  # noqa: SLF001 - an attack goes through no door
        return cell.trust.look(paper, "1.pdf", NOW), paper

    def test_the_authority_s_fingerprint_stands_only_for_what_it_confirmed(
        self, signing: Book, cell: Book
    ) -> None:
        genuine = cell.trust.look(signing.authority.trust_paper(SIGNING, NOW), "1.pdf", NOW)
        assert (genuine.confirmed, genuine.to_compare) == (True, signing.authority.fingerprint())
        thief = keys.own_key("thief of trust", signing.organisation().id, "Đào Thị Mơ")
        false, paper = self.looked(cell, signing, thief, "")
        assert false.fingerprint == genuine.fingerprint
        assert (false.confirmed, false.to_compare) == (False, hashlib.sha256(paper).hexdigest())

    @pytest.mark.parametrize("copied", ["the genuine one", "its own by a false root", "text", "the root"])
    def test_no_other_confirmation_will_do(self, copied: str, signing: Book, cell: Book) -> None:
        thief = keys.own_key("thief of trust", signing.organisation().id, "Đào Thị Mơ")
        made: dict[str, Callable[[], str]] = {
            "the genuine one": lambda: confirmation_of(signing._database, SIGNING, NOW),  # noqa: SLF001 - as above
            "its own by a false root": lambda: confirm(keys.authority("false"), root_of(thief), NOW),
            "text": lambda: "-----BEGIN CERTIFICATE-----",
            "the root": lambda: signing.authority.trust().roots[0],  # type: ignore[union-attr] # it has an authority
        }
        looked, _ = self.looked(cell, signing, thief, made[copied]())
        assert not looked.confirmed

    def test_no_cell_confirms_itself_by_the_certificate_that_it_was_issued(
        self, signing: Book, cell: Book
    ) -> None:
        own = cell.reports.open_key(CELL_PASSPHRASE)
        assert own.issued
        looked, _ = self.looked(cell, signing, own, root_of(own))
        assert not looked.confirmed

    @pytest.mark.parametrize(("days", "holds"), [(0, True), (729, True), (731, False), (-2, False)])
    def test_a_confirmation_begins_and_ends(
        self, days: int, signing: Book, cell: Book, *, holds: bool
    ) -> None:
        authority = keyring.open_kept(signing._database, Purpose.AUTHORITY, COMMITTEE_PASSPHRASE)  # noqa: SLF001 - as above
        deputy = keys.own_key("deputy of trust", signing.organisation().id, "Đào Thị Mơ")
        said = confirm(authority, root_of(deputy), NOW - timedelta(days=days))
        looked, _ = self.looked(cell, signing, deputy, said)
        assert looked.confirmed is holds

    def test_a_plain_file_is_compared_as_a_whole(self, signing: Book, cell: Book, tmp_path: Path) -> None:
        plain = signing.authority.trust_file()
        (tmp_path / "trust.json").write_bytes(plain)
        (shown,) = cell.answers.take_all([tmp_path], NOW).to_compare
        assert (shown.confirmed, shown.fingerprint) == (False, hashlib.sha256(plain).hexdigest())


def test_the_authority_is_asked_whether_a_new_key_seals_for_the_committee(committee: Book) -> None:
    """By its own passphrase, whatever it is opened for; nobody else can say it."""
    key = keys.own_key("committee secretary", committee.organisation().id, "Đào Thị Mơ")
    committee.reports.take_key(key.pkcs12, SIGNING)
    with pytest.raises(Unconfirmed):
        committee.authority.trust_paper(SIGNING, NOW)
    committee.authority.renew(COMMITTEE_PASSPHRASE, NOW)
    assert committee.authority.trust_paper(SIGNING, NOW)
    committee.reports.make_key("Người sau", SIGNING, NOW)
    with pytest.raises(Unconfirmed):
        committee.authority.trust_paper(SIGNING, NOW)


def test_one_passphrase_for_both_keys_is_typed_once(committee: Book, cell: Book) -> None:
    committee.reports.make_key("Đào Thị Mơ", COMMITTEE_PASSPHRASE, NOW)
    paper = committee.authority.trust_paper(COMMITTEE_PASSPHRASE, NOW)
    assert cell.trust.look(paper, "1.pdf", NOW).confirmed


def test_no_cell_vouches_for_a_package_although_it_is_registered(
    genuine: Trust, committee: Book, cell: Book
) -> None:
    """Otherwise the secretary of any cell could name whom all the others trust."""
    thief = cell.reports.open_key(CELL_PASSPHRASE)
    false = raised(genuine, committee, thief)
    paper = trust_paper(cell._database, committee, false, thief, NOW)  # noqa: SLF001 - an attack goes through no door
    with pytest.raises(UnknownAuthority):
        cell.trust.take(paper, "2.pdf", NOW)
    also_a_root = replace(false, roots=(*false.roots, root_of(thief)))
    paper = trust_paper(cell._database, committee, also_a_root, thief, NOW)  # noqa: SLF001 - as above
    with pytest.raises(UnknownAuthority):
        cell.trust.take(paper, "3.pdf", NOW)
    assert cell.trust.current() == genuine


def test_a_file_without_a_seal_is_compared_although_its_roots_are_known(
    genuine: Trust, committee: Book, cell: Book
) -> None:
    """Roots and lists are no secret: anybody can write them into a file with signers of his own."""
    false = write_trust(raised(genuine, committee, cell.reports.open_key(CELL_PASSPHRASE)))
    with pytest.raises(UnknownAuthority):
        cell.trust.take(false, "2.json", NOW)
    assert cell.trust.current() == genuine
    assert cell.trust.take(write_trust(genuine), "1.json", NOW) is Changes.NONE


@pytest.mark.parametrize("unit", ["", "the committee"])
def test_nobody_is_enrolled_for_the_committee_itself_or_for_no_unit(unit: str, committee: Book) -> None:
    """Whoever signs for the committee could write its receipts, its decisions and its trust packages."""
    asked = request_of(keys.own_key("climber", committee.organisation().id if unit else ""))
    before = committee.authority.trust_file()
    for act in (
        lambda: committee.authority.look(asked, "request.pem", NOW),
        lambda: committee.authority.enrol(asked, COMMITTEE_PASSPHRASE, NOW, since=NOW.date()),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert [one.code for one in refused.value.findings] == ["X16"]
    assert committee.authority.trust_file() == before


def test_a_request_in_the_name_of_another_unit_says_whose_place_it_would_take(
    committee: Book, cell: Book
) -> None:
    asked = request_of(keys.own_key("neighbour of all", cell.organisation().id))
    looked = committee.authority.look(asked, "request.pem", NOW)
    assert looked.known_as == cell.organisation().name
    other = request_of(keys.own_key("new cell", "0197a0c0-0000-7000-8000-0000000000aa"))
    assert committee.authority.look(other, "request.pem", NOW).known_as == ""
    assert read_trust(committee.authority.trust_file(), "").number == 2


def test_names_in_a_request_are_one_line_of_letters(committee: Book) -> None:
    """A certificate may hold any characters: line breaks, letters that turn the line around."""
    asked = request_of(keys.own_key("trickster", "0197a0c0-0000-7000-8000-0000000000ab", "An\nđã so\u202e"))
    assert committee.authority.look(asked, "request.pem", NOW).person == "An đã so"


class TestFormerSecretary:
    """Whoever sealed for the committee once, and still has the token."""

    @pytest.fixture
    def changed(self, genuine: Trust, committee: Book, cell: Book) -> Book:
        """Return the committee after somebody else seals for it, whose package the cell has compared."""
        del genuine
        committee.reports.make_key("Người sau", SIGNING, LATER)
        committee.authority.renew(COMMITTEE_PASSPHRASE, LATER)
        cell.trust.take(committee.authority.trust_paper(SIGNING, LATER), "2.pdf", LATER, compared=True)
        return committee

    def test_the_register_says_until_when_each_sealed_for_the_committee(
        self, genuine: Trust, changed: Book, cell: Book
    ) -> None:
        own = changed.organisation().id

        def until(trust: Trust | None) -> dict[str, date | None]:
            assert trust is not None
            return {one.person: one.valid_to for one in trust.signers if one.organisation_id == own}

        assert until(genuine) == {"Đào Thị Mơ": None}
        assert until(cell.trust.current()) == {"Đào Thị Mơ": LATER.date(), "Người sau": None}
        assert until(cell.trust.current()) == until(changed.authority.trust())

    def test_a_package_by_a_former_one_is_compared_whatever_day_it_claims(
        self, genuine: Trust, changed: Book, cell: Book
    ) -> None:
        former = keys.own_key("committee secretary", changed.organisation().id, "Đào Thị Mơ")
        false = replace(genuine, number=genuine.number + 9)
        paper = trust_paper(cell._database, changed, false, former, NOW)  # noqa: SLF001 - an attack goes through no door
        assert not cell.trust.look(paper, "3.pdf", LATER + timedelta(days=1)).vouched
        with pytest.raises(UnknownAuthority):
            cell.trust.take(paper, "3.pdf", LATER + timedelta(days=1))

    def test_what_a_former_one_sealed_in_time_stays_good(self, changed: Book, cell: Book) -> None:
        trust, own = cell.trust.current(), changed.organisation().id
        former = keys.own_key("committee secretary", own, "Đào Thị Mơ").fingerprint
        assert trust is not None
        assert trust.registered(former, own, LATER.date())
        assert not trust.registered(former, own, LATER.date() + timedelta(days=1))
