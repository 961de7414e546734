"""Requests and trust packages on paper: written, sealed, carried, compared, taken in, refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import keys
import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509 import load_pem_x509_certificate
from recordings import CELL_PASSPHRASE, COMMITTEE_PASSPHRASE, VIETNAM, noon, quick_keys
from softhsm import LABEL, PIN, WRONG_PIN, Token

from sochibo.book.book import Book
from sochibo.book.changes import Changes
from sochibo.book.trust.keyring import NoKey
from sochibo.book.trust.trusting import OlderTrust, UnknownAuthority
from sochibo.documents.papers import page_texts
from sochibo.faults import Refused
from sochibo.rules.dates import Month
from sochibo.sealing.keys import KeyExpired, WrongCertificate
from sochibo.sealing.tokens import WrongPin
from sochibo.sealing.trust import TrustInvalid, read_trust, revoke, root_of, write_trust
from sochibo.storage.engine.connection import connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=VIETNAM)
SIGNING = keys.PASSPHRASE
DECEMBER = Month(2026, 12)


@pytest.fixture(autouse=True)
def _quick_keys() -> Iterator[None]:
    with quick_keys():
        yield


@pytest.fixture
def signing(committee: Book) -> Book:
    """Return the committee with a key of its own secretary, who seals the trust package."""
    key = keys.own_key("committee secretary", committee.organisation().id, "Đào Thị Mơ")
    committee.reports.take_key(key.pkcs12, SIGNING)
    committee.authority.renew(COMMITTEE_PASSPHRASE, NOW)
    return committee


def refused_by(code: str) -> AbstractContextManager[object]:
    """Expect a refusal with one finding of a code."""
    return pytest.raises(Refused, check=lambda refusal: [one.code for one in refusal.findings] == [code])


class TestRequest:
    """From the cell to the committee."""

    def test_one_dropped_among_papers_is_known_and_never_counted(
        self, cell: Book, committee: Book, tmp_path: Path
    ) -> None:
        key = keys.own_key("stranger to be", cell.organisation().id, "Trần Văn Mẫu")
        cell.reports.take_key(key.pkcs12, keys.PASSPHRASE)
        request = tmp_path / "request.pdf"
        request.write_bytes(cell.keys.request_paper(keys.PASSPHRASE, NOW))
        (received,) = committee.inbox.receive([request], NOW)
        assert (received.verdict.code, received.counts) == ("V35", False)
        assert received.verdict.fields["unit"] == cell.organisation().name
        with pytest.raises(Refused):
            committee.decisions.accept([received.id], NOW)

    def test_a_sealed_request_shows_its_fingerprint_large_and_is_enrolled(
        self, cell: Book, committee: Book
    ) -> None:
        paper = cell.keys.request_paper(CELL_PASSPHRASE, NOW)
        seen = committee.authority.look(paper, "đề nghị.pdf", NOW)
        assert seen.sealed
        assert (seen.person, seen.organisation_id) == ("Nguyễn Văn Mẫu", cell.organisation().id)
        text = " ".join(page_texts(paper))
        assert " ".join(seen.fingerprint.upper()[at : at + 4] for at in range(0, 32, 4)) in text
        before = committee.authority.signers()
        chain = committee.authority.enrol(paper, COMMITTEE_PASSPHRASE, NOW, since=date(2026, 11, 15))
        assert cell.keys.accept(chain, CELL_PASSPHRASE) is Changes.REPORTS
        old, new = committee.authority.signers()
        assert (old.valid_to, new.valid_from) == (date(2026, 11, 14), date(2026, 11, 15))
        assert before[0].valid_to is None

    def test_a_request_sealed_by_another_key_is_no_request(self, cell: Book, committee: Book) -> None:
        from sochibo.book.trust.trust_papers import request_paper

        own = cell.reports.open_key(CELL_PASSPHRASE)
        other = keys.own_key("thief", cell.organisation().id)
        mixed = replace(other, unlocked=(other.unlocked[0], *own.unlocked[1:]))
        with pytest.raises(Exception, match="S04"):
            request_paper(cell._database, cell, mixed, NOW)  # noqa: SLF001 - an attack goes through no door
        changed = bytearray(cell.keys.request_paper(CELL_PASSPHRASE, NOW))
        changed[changed.index(b"/Length")] ^= 1
        with pytest.raises(TrustInvalid):
            committee.authority.look(bytes(changed), "x.pdf", NOW)

    def test_another_sealed_paper_is_no_request(self, committee: Book, stick: Path) -> None:
        summary = next(stick.glob("*.pdf")).read_bytes()
        with pytest.raises(TrustInvalid):
            committee.authority.look(summary, "x.pdf", NOW)
        with pytest.raises(TrustInvalid):
            committee.trust.look(summary, "x.pdf", NOW)


class TestPackage:
    """From the committee to the cell."""

    def test_the_package_is_a_paper_that_says_whom_to_trust(self, cell: Book, signing: Book) -> None:
        paper = signing.authority.trust_paper(SIGNING, NOW)
        looked = cell.trust.look(paper, "tin cậy.pdf", NOW)
        assert looked.fingerprint == signing.authority.fingerprint()
        assert not cell.trust.is_known(looked)
        assert cell.trust.take(paper, "tin cậy.pdf", NOW, compared=True) is Changes.REPORTS
        assert cell.trust.current() == signing.authority.trust()
        text = " ".join(page_texts(paper))
        for words in ("khóa tin cậy số", "Nguyễn Văn Mẫu", "Chi bộ Thôn 4", "Không có."):
            assert words in text

    def test_a_later_package_by_the_same_hand_needs_no_comparing(self, cell: Book, signing: Book) -> None:
        cell.trust.take(signing.authority.trust_paper(SIGNING, NOW), "1.pdf", NOW, compared=True)
        signing.authority.renew(COMMITTEE_PASSPHRASE, NOW)
        later = signing.authority.trust_paper(SIGNING, NOW)
        looked = cell.trust.look(later, "2.pdf", NOW)
        assert looked.vouched
        assert cell.trust.is_known(looked)
        assert cell.trust.take(later, "2.pdf", NOW) is Changes.REPORTS

    def test_an_older_package_is_refused(self, cell: Book, signing: Book) -> None:
        older = signing.authority.trust_paper(SIGNING, NOW)
        signing.authority.renew(COMMITTEE_PASSPHRASE, NOW)
        cell.trust.take(signing.authority.trust_paper(SIGNING, NOW), "2.pdf", NOW, compared=True)
        with pytest.raises(OlderTrust):
            cell.trust.take(older, "1.pdf", NOW)

    def test_a_foreign_root_slipped_in_is_refused_until_it_is_compared(
        self, cell: Book, signing: Book
    ) -> None:
        own = read_trust(signing.authority.trust_file(), "")
        cell.trust.take(write_trust(own), "1.json", NOW, compared=True)
        false = replace(own, number=own.number + 1, roots=(*own.roots, root_of(keys.authority("false"))))
        with pytest.raises(UnknownAuthority):
            cell.trust.take(write_trust(false), "2.json", NOW)
        assert cell.trust.current() == own
        assert cell.trust.take(write_trust(false), "2.json", NOW, compared=True) is Changes.REPORTS

    def test_a_committee_without_a_signer_cannot_seal_one(self, committee: Book) -> None:
        with pytest.raises(NoKey):
            committee.authority.trust_paper(SIGNING, NOW)

    def test_the_cell_finds_its_own_certificate_in_the_package(self, cell: Book, signing: Book) -> None:
        (known,) = signing.authority.signers()
        signing.authority.reissue(known.fingerprint, COMMITTEE_PASSPHRASE, NOW, since=NOW.date())
        old, new = signing.authority.signers()
        assert old.valid_to == NOW.date() - timedelta(days=1)
        paper = signing.authority.trust_paper(SIGNING, NOW)
        assert cell.keys.accept(paper, CELL_PASSPHRASE, "tin cậy.pdf", NOW) is Changes.REPORTS
        info = cell.reports.key()
        assert info is not None
        assert (info.fingerprint, info.issued) == (new.fingerprint, True)

    def test_a_package_without_one_s_certificate_changes_nothing(self, cell: Book, signing: Book) -> None:
        cell.reports.make_key("Người khác", CELL_PASSPHRASE, NOW)
        paper = signing.authority.trust_paper(SIGNING, NOW)
        with pytest.raises(WrongCertificate):
            cell.keys.accept(paper, CELL_PASSPHRASE, "tin cậy.pdf", NOW)

    def test_who_was_revoked_stands_on_it_and_gets_no_new_certificate(self, signing: Book) -> None:
        (known,) = signing.authority.signers()
        signing.authority.revoke(
            known.fingerprint, COMMITTEE_PASSPHRASE, NOW, since=date(2026, 11, 20), reason="mất máy tính"
        )
        text = " ".join(page_texts(signing.authority.trust_paper(SIGNING, NOW)))
        assert "mất máy tính" in text
        with refused_by("X14"):
            signing.authority.reissue(known.fingerprint, COMMITTEE_PASSPHRASE, NOW, since=NOW.date())


def test_a_change_of_secretary_in_mid_month_lets_each_sign_for_his_days(
    cell: Book, committee: Book, stick: Path
) -> None:
    """What the first sealed on 1 November stays good; after the 15th only the second counts."""
    first = cell.reports.open_key(CELL_PASSPHRASE)
    changed = datetime(2026, 11, 15, 8, 0, tzinfo=VIETNAM)
    cell.reports.make_key("Trần Thị Bích", CELL_PASSPHRASE, changed)
    chain = committee.authority.enrol(
        cell.keys.request_paper(CELL_PASSPHRASE, changed), COMMITTEE_PASSPHRASE, changed, since=changed.date()
    )
    cell.keys.accept(chain, CELL_PASSPHRASE)
    # October's summary was sealed on the first of November, November's on the first of December.
    assert [one.verdict.code for one in committee.inbox.receive([stick], NOW)] == ["V00", "V12"]
    paper = cell.reports.issue_summary(Month(2026, 11), on=date(2026, 12, 1))
    cell.reports.seal(paper, cell.reports.open_key(CELL_PASSPHRASE), noon(date(2026, 12, 1)))
    sent = stick.parent / "second"
    sent.mkdir()
    cell.reports.send(paper, sent)
    (again,) = committee.inbox.receive([sent], NOW + timedelta(days=1))
    # It replaces a paper that counts for nothing: a note, no doubt of the seal.
    assert (again.verdict.code, again.counts) == ("V15", True)
    assert first.subject.person != again.signer


class TestToken:
    """A key on a token, as the book knows it."""

    @pytest.fixture
    def token(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Token:
        return Token(tmp_path, monkeypatch)

    def test_a_book_seals_by_token_and_is_enrolled_with_it(
        self, cell: Book, committee: Book, token: Token, tmp_path: Path
    ) -> None:
        token.put(
            keys.private_key("token", keys.BITS), unit="CCCD:001000000000", issued=NOW - timedelta(days=9)
        )
        (seen,) = cell.keys.tokens()
        cell.keys.use_token(seen, PIN, NOW)
        assert cell.keys.token_label() == LABEL
        paper = cell.keys.request_paper(PIN, NOW)
        asked = committee.authority.look(paper, "đề nghị.pdf", NOW)
        assert (asked.on_token, asked.organisation_id) == (True, cell.organisation().id)
        chain = committee.authority.enrol(paper, COMMITTEE_PASSPHRASE, NOW, since=NOW.date())
        cell.keys.accept(chain, PIN)
        key = cell.reports.open_key(PIN)
        assert key.issued
        document = cell.reports.issue_summary(Month(2026, 11), on=NOW.date())
        cell.reports.seal(document, key, NOW)
        cell.reports.send(document, tmp_path)
        (received,) = committee.inbox.receive([next(tmp_path.glob("2026-11*.pdf"))], NOW)
        # It replaces a paper that never came: a note, no doubt of the seal.
        assert received.verdict.code == "V15"
        assert received.signer == "Nguyễn Văn Mẫu"
        # Where the key lies belongs to the book: without it nobody could seal with a book that was loaded
        # from what was written out. Only the driver may lie elsewhere, and is looked for there.
        cell.dumps.write(tmp_path / "book.json")
        with Book.load(tmp_path / "book.json", tmp_path / "loaded.sochibo") as loaded:
            assert loaded.keys.token_label() == LABEL
            assert loaded.reports.open_key(PIN).fingerprint == key.fingerprint

    def test_a_wrong_pin_leaves_the_book_as_it_was(self, cell: Book, token: Token) -> None:
        seen = token.put(keys.private_key("token", keys.BITS), unit=cell.organisation().id)
        before = cell.reports.key()
        with pytest.raises(WrongPin):
            cell.keys.use_token(seen, WRONG_PIN, NOW)
        assert cell.reports.key() == before
        assert cell.keys.token_label() == ""

    def test_a_token_of_another_cell_or_of_last_year_is_refused(self, cell: Book, token: Token) -> None:
        other = token.put(keys.private_key("token", keys.BITS), unit=keys.UNIT)
        with refused_by("Q93"):
            cell.keys.use_token(other, PIN, NOW)
        old = token.put(
            keys.private_key("old token", keys.BITS), unit=cell.organisation().id, key_id="b2",
            person="Đã hết hạn", issued=NOW - timedelta(days=900),
        )  # fmt: skip
        with pytest.raises(KeyExpired):
            cell.keys.use_token(old, WRONG_PIN, NOW)


class TestOfficialRoots:
    """Roots that a person imports."""

    def test_an_official_certificate_is_registered_as_it_is_and_its_seal_accepted(
        self, cell: Book, committee: Book, tmp_path: Path
    ) -> None:
        state = keys.authority("state")
        official = keys.cell_key("official", "CCCD:001000000000", by="state", issued=NOW - timedelta(days=9))
        cell.reports.take_key(official.pkcs12, keys.PASSPHRASE)
        paper = cell.keys.request_paper(keys.PASSPHRASE, NOW)
        with refused_by("X15"):
            committee.authority.register(paper, NOW, since=NOW.date())
        committee.official_roots.trust(committee.official_roots.look(root_of(state).encode(), "g"), NOW)
        committee.official_roots.take_list(revoke(state, (), 1, NOW), "list.crl", NOW)
        committee.authority.register(paper, NOW, since=NOW.date())
        document = cell.reports.issue_summary(Month(2026, 11), on=NOW.date())
        cell.reports.seal(document, cell.reports.open_key(keys.PASSPHRASE), NOW)
        cell.reports.send(document, tmp_path)
        (received,) = committee.inbox.receive([next(tmp_path.glob("2026-11*.pdf"))], NOW)
        assert (received.verdict.code, received.counts) == ("V15", True)
        with refused_by("X15"):
            committee.authority.register(cell.keys.request(keys.PASSPHRASE), NOW, since=NOW.date())

    @pytest.mark.parametrize("form", ["PEM", "DER", "P7B", "P7B in text"])
    def test_a_root_is_read_in_every_usual_form(self, committee: Book, form: str) -> None:
        pem = root_of(keys.authority("state"))
        certificate = load_pem_x509_certificate(pem.encode())
        data = {
            "PEM": pem.encode(),
            "DER": certificate.public_bytes(Encoding.DER),
            "P7B": pkcs7.serialize_certificates([certificate], Encoding.DER),
            "P7B in text": pkcs7.serialize_certificates([certificate], Encoding.PEM),
        }[form]
        (root,) = committee.official_roots.look(data, "goc.p7b")
        assert root.pem == pem
        assert root.fingerprint == keys.authority("state").fingerprint

    def test_an_imported_root_is_trusted_until_it_is_taken_away(self, committee: Book) -> None:
        number = committee.authority.trust().number  # type: ignore[union-attr] # the committee has an authority
        roots = committee.official_roots.look(root_of(keys.authority("state")).encode(), "goc.pem")
        assert committee.official_roots.trust(roots, NOW) is Changes.INBOX
        assert committee.official_roots.trust(roots, NOW) is Changes.NONE
        trust = committee.trust.current()
        assert trust is not None
        assert roots[0].pem in trust.roots
        assert trust.number == number + 1
        committee.official_roots.distrust(roots[0].fingerprint, NOW)
        after = committee.trust.current()
        assert after is not None
        assert roots[0].pem not in after.roots
        with refused_by("X13"):
            committee.official_roots.distrust(roots[0].fingerprint, NOW)

    def test_a_list_of_an_imported_root_is_taken_and_an_older_one_passed_over(self, committee: Book) -> None:
        state = keys.authority("state")
        committee.official_roots.trust(committee.official_roots.look(root_of(state).encode(), "g"), NOW)
        newer = revoke(state, (7,), 2, NOW)
        assert committee.official_roots.take_list(newer, "list.crl", NOW) is Changes.INBOX
        older = revoke(state, (), 1, NOW - timedelta(days=5))
        assert committee.official_roots.take_list(older, "list.crl", NOW) is Changes.NONE
        trust = committee.trust.current()
        assert trust is not None
        assert newer.decode() in trust.revocation_lists
        with pytest.raises(TrustInvalid):
            committee.official_roots.take_list(revoke(keys.authority("false"), (), 1, NOW), "x.crl", NOW)

    def test_what_an_earlier_edition_kept_as_preferences_becomes_a_record(self, tmp_path: Path) -> None:
        state = keys.authority("state")
        path = tmp_path / "book-2.sochibo"
        path.write_bytes((Path(__file__).parents[1] / "data" / path.name).read_bytes())
        sql = connect(path)
        kept = (
            (f"official_root:{state.fingerprint}", root_of(state)),
            (f"official_list:{state.fingerprint}", revoke(state, (), 1, NOW).decode()),
            ("official_root:distrusted", ""),
        )
        for name, value in kept:
            sql.execute("insert into preference (name, value) values (?, ?)", (name, value))
        sql.close()
        with Book.open(path) as book:
            (root,) = book.official_roots.ever()
            assert (root.fingerprint, root.pem) == (state.fingerprint, root_of(state))
            assert root.listed_until is not None
            assert root.ended_on is None

    @pytest.mark.parametrize("data", [b"", b"no certificate", root_of(keys.own_key()).encode()])
    def test_what_is_no_root_is_refused(self, committee: Book, data: bytes) -> None:
        with pytest.raises(TrustInvalid):
            committee.official_roots.look(data, "goc.pem")


def test_the_papers_are_pdf_a_with_one_attachment(cell: Book, signing: Book, tmp_path: Path) -> None:
    for name, paper in (
        ("request.pdf", cell.keys.request_paper(CELL_PASSPHRASE, NOW)),
        ("trust.pdf", signing.authority.trust_paper(SIGNING, NOW)),
    ):
        path = tmp_path / name
        path.write_bytes(paper)
        with pikepdf.open(path) as pdf:
            assert list(pdf.attachments) == ["sochibo.json"]
