"""Lists of revoked certificates of official roots: fetched when a person asks, and judged by offline."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import keys
import pytest
import stamps
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from loopback import serving
from recordings import CELL_PASSPHRASE

from sochibo.book.changes import Changes
from sochibo.faults import Refused
from sochibo.rules.dates import Month
from sochibo.sealing.fetching import AnswerRefused, AnswerUnusable
from sochibo.sealing.foreign_roots import list_addresses
from sochibo.sealing.keys import SigningKey, open_key, pack
from sochibo.sealing.trust import revoke, root_of
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sochibo.book.book import Book

NOW = datetime(2026, 12, 1, 9, 30, tzinfo=keys.VIETNAM)
STATE = keys.authority("state")


def official_key(address: str) -> SigningKey:
    """Return a key whose certificate an authority of the state issued, which names where its list lies."""
    plain = keys.cell_key("official", "CCCD:001000000000", by="state", issued=NOW - timedelta(days=9))
    private, certificate, above = plain.unlocked
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(address)], None, None, None)
    builder = (
        x509.CertificateBuilder()
        .subject_name(certificate.subject)
        .issuer_name(certificate.issuer)
        .public_key(certificate.public_key())
        .serial_number(certificate.serial_number)
        .not_valid_before(certificate.not_valid_before_utc)
        .not_valid_after(certificate.not_valid_after_utc)
    )
    for extension in certificate.extensions:
        builder = builder.add_extension(extension.value, extension.critical)
    builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
    made = builder.sign(STATE.unlocked[0], hashes.SHA256())
    return open_key(pack(private, made, above, keys.PASSPHRASE, 2000), keys.PASSPHRASE)


@pytest.fixture
def official(cell: Book, committee: Book) -> Callable[[str], None]:
    """Return what lets the cell seal with an official certificate that names an address."""

    def begin(address: str) -> None:
        cell.reports.take_key(official_key(address).pkcs12, keys.PASSPHRASE)
        roots = committee.official_roots.look(root_of(STATE).encode(), "g")
        committee.official_roots.trust(roots, NOW)
        committee.authority.register(cell.keys.request_paper(keys.PASSPHRASE, NOW), NOW, since=NOW.date())

    return begin


def sealed_paper(cell: Book, folder: Path) -> Path:
    document = cell.reports.issue_summary(Month(2026, 11), on=NOW.date())
    cell.reports.seal(document, cell.reports.open_key(keys.PASSPHRASE), NOW)
    return cell.reports.send(document, folder, NOW)


def listed(now: datetime, *serials: int) -> bytes:
    """Return a list of the state's authority as it is handed out, in DER."""
    pem = revoke(STATE, serials, 1, now)
    return x509.load_pem_x509_crl(pem).public_bytes(Encoding.DER)


def test_without_a_list_a_known_root_leaves_a_doubt_which_the_fetched_list_ends(
    cell: Book, committee: Book, official: Callable[[str], None], tmp_path: Path
) -> None:
    with serving(lambda _path, _body: (200, listed(NOW))) as address:
        official(f"{address}/ca.crl")
        (held,) = committee.inbox.receive([sealed_paper(cell, tmp_path)], NOW)
        assert (held.verdict.code, held.verdict.level) == ("V21", Level.HOLD)
        assert committee.revocation_lists.addresses() == (f"{address}/ca.crl",)
        (told,) = committee.revocation_lists.fetch(NOW)
    assert (told.new, told.stale, told.trouble) == (True, False, None)
    assert told.until == (NOW + timedelta(days=400)).date()
    assert committee.official_roots.all()[0].listed_until == told.until
    (judged,) = committee.inbox.judge_again(NOW)
    assert judged.counts


def test_a_certificate_that_the_fetched_list_names_is_refused(
    cell: Book, committee: Book, official: Callable[[str], None], tmp_path: Path
) -> None:
    with serving(
        lambda _path, _body: (200, listed(NOW, keys.serial_of(official_key("http://x/"))))
    ) as address:
        official(f"{address}/ca.crl")
        committee.revocation_lists.fetch(NOW)
    (refused,) = committee.inbox.receive([sealed_paper(cell, tmp_path)], NOW + timedelta(days=1))
    assert refused.verdict.code == "V06"


def test_the_same_list_again_is_nothing_new_and_an_old_one_is_told(
    committee: Book, official: Callable[[str], None]
) -> None:
    lists = [listed(NOW - timedelta(days=500)), listed(NOW), listed(NOW)]
    with serving(lambda _path, _body: (200, lists.pop(0))) as address:
        official(f"{address}/ca.crl")
        (old,), (new,), (again,) = (committee.revocation_lists.fetch(NOW) for _ in range(3))
    assert (old.new, old.stale, old.until) == (True, True, (NOW - timedelta(days=100)).date())
    assert (new.new, new.stale) == (True, False)
    assert (again.new, again.stale) == (False, False)


def test_what_is_no_list_of_an_imported_root_changes_nothing(
    committee: Book, official: Callable[[str], None]
) -> None:
    answers = [(404, b""), (200, b"<html>"), (200, stamps.authority().list_(NOW))]
    with serving(lambda _path, _body: answers.pop(0)) as address:
        official(f"{address}/ca.crl")
        before = committee.trust.current()
        told = [committee.revocation_lists.fetch(NOW)[0] for _ in range(3)]
    assert [type(one.trouble) for one in told] == [AnswerRefused, AnswerUnusable, AnswerUnusable]
    assert {one.until for one in told} == {None}
    after = committee.trust.current()
    assert before is not None
    assert after is not None
    assert after.revocation_lists == before.revocation_lists


def test_nothing_is_asked_where_no_official_root_is_known(committee: Book) -> None:
    assert committee.revocation_lists.addresses() == ()
    assert committee.revocation_lists.fetch(NOW) == ()


@pytest.mark.parametrize(
    "address", ["ldap://ca.example.com/cn=crl", "https://ca.example.com/a.crl", "file:///a"]
)
def test_only_plain_http_is_asked(address: str) -> None:
    assert list_addresses(root_of(official_key(address))) == ()
    assert list_addresses(root_of(official_key("http://ca.example.com/a"))) == ("http://ca.example.com/a",)


def test_a_list_taken_in_by_hand_is_as_good(committee: Book) -> None:
    committee.official_roots.trust(committee.official_roots.look(root_of(STATE).encode(), "g"), NOW)
    assert committee.official_roots.take_list(listed(NOW), "by-hand.crl", NOW) is Changes.INBOX
    assert committee.official_roots.all()[0].listed_until == date(2028, 1, 5)


def test_the_authority_of_a_stamp_in_a_received_file_tells_where_its_list_lies(
    cell: Book, committee: Book, tmp_path: Path
) -> None:
    answers: list[bytes] = []
    with serving(lambda _path, _body: (200, answers[0])) as lists:
        one = stamps.authority("listing", lists=f"{lists}/tsa.crl")
        answers.append(one.list_(NOW))
        root = one.root.public_bytes(Encoding.PEM)
        committee.official_roots.trust(committee.official_roots.look(root, "tsa.pem"), NOW)
        document = cell.reports.issue_summary(Month(2026, 11), on=NOW.date())
        with stamps.stamping(one, NOW) as source:
            cell.reports.seal(document, cell.reports.open_key(CELL_PASSPHRASE), NOW, source)
        path = cell.reports.send(document, tmp_path, NOW)
        (received,) = committee.inbox.receive([path], NOW)
        assert received.counts
        assert committee.revocation_lists.addresses() == (f"{lists}/tsa.crl",)
        (told,) = committee.revocation_lists.fetch(NOW)
    assert told.new


def test_an_authority_below_a_root_is_imported_with_that_root_alone(committee: Book) -> None:
    one = stamps.authority()
    below, root = stamps.below(one, "http://ca.example.com/a"), one.root.public_bytes(Encoding.PEM)
    roots = committee.official_roots
    with pytest.raises(Refused) as refused:
        roots.trust(roots.look(below, "below.pem"), NOW)
    assert [finding.code for finding in refused.value.findings] == ["X17"]
    assert roots.all() == ()
    roots.trust(roots.look(root, "root.pem"), NOW)
    roots.trust(roots.look(below, "below.pem"), NOW)
    assert len(roots.all()) == 2
