"""Trust that somebody tries to come by: packages by the wrong hand, requests in another's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import keys
import pytest
from recordings import CELL_PASSPHRASE, COMMITTEE_PASSPHRASE, VIETNAM, quick_keys

from sochibo.book.changes import Changes
from sochibo.book.trust.trust_papers import trust_paper
from sochibo.book.trust.trusting import UnknownAuthority
from sochibo.faults import Refused
from sochibo.sealing.keys import request_of
from sochibo.sealing.trust import RegisteredSigner, read_trust, root_of, write_trust

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.book.book import Book
    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.trust import Trust

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=VIETNAM)
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
