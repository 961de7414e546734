"""A second person's signature: in the book, on a file on a stick, and on its way to the committee."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import keys
import pictures
import pytest
import stamps
from books import make_cell_book
from recordings import CELL_PASSPHRASE, COMMITTEE_PASSPHRASE, ENROLLED, meeting_data, quick_keys

from sochibo import files
from sochibo.book.book import Book
from sochibo.book.countersigning import FileDoubtful
from sochibo.book.sending import LISTING
from sochibo.faults import NotWritable, Refused
from sochibo.rules.dates import Month
from sochibo.rules.reports import ReportKind
from sochibo.sealing.fetching import NotReached
from sochibo.sealing.signatures import stamps_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recordings import Delivery

    from sochibo.sealing.keys import SigningKey

BICH = "Trần Thị Bích"
"""Who takes the minutes of `meeting_data`."""
BICHS_PASSPHRASE = "bích 2026"  # noqa: S105 - of a key that lives for one test run


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


@pytest.fixture
def minutes(book: Book) -> str:
    """Return closed minutes."""
    document = book.reports.minutes_of(book.meetings.record(meeting_data(close=True)))
    assert document is not None
    return document.id


@pytest.fixture
def chair(book: Book) -> SigningKey:
    return keys.own_key("chair", book.organisation().id)


@pytest.fixture
def taker(book: Book) -> SigningKey:
    return keys.own_key("taker", book.organisation().id, BICH)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in refusal.value.findings]


class TestInTheBook:
    """The paper lies in the book and both sign at the same PC."""

    def test_the_minute_taker_signs_after_the_chair(
        self, book: Book, minutes: str, chair: SigningKey, taker: SigningKey
    ) -> None:
        assert book.countersigning.waiting(minutes) is None
        once = book.reports.seal(minutes, chair, keys.NOW)
        waiting = book.countersigning.waiting(minutes)
        assert waiting is not None
        assert (waiting.role, waiting.person, waiting.sealed_by) == ("minute_taker", BICH, "Nguyễn Văn Mẫu")
        both = book.countersigning.sign(minutes, taker, keys.NOW)
        assert both.startswith(once)
        assert book.reports.pages(minutes) == both
        assert book.reports.open_roles(minutes) == ()
        assert book.countersigning.waiting(minutes) is None
        assert book.reports.countersigned_by(minutes) == (BICH,)

    def test_a_key_opened_for_one_signature_is_kept_nowhere_and_may_bear_a_picture(
        self, book: Book, minutes: str, chair: SigningKey
    ) -> None:
        book.reports.seal(minutes, chair, keys.NOW)
        with quick_keys():
            pkcs12, _ = book.keys.make_file(BICH, BICHS_PASSPHRASE, keys.NOW)
        own = book.keys.open_file(pkcs12, BICHS_PASSPHRASE, keys.NOW)
        assert (own.subject.person, own.picture, book.reports.key()) == (BICH, b"", None)
        both = book.countersigning.sign(minutes, own, keys.NOW)
        assert book.reports.key() is None
        assert b"/Subtype /Image" not in both

    def test_each_signature_may_bear_a_time_stamp_or_is_not_made(
        self, book: Book, minutes: str, chair: SigningKey, taker: SigningKey
    ) -> None:
        with stamps.stamping() as source:
            book.reports.seal(minutes, chair, keys.NOW, source)
            gone = replace(source, address=f"{source.address[: source.address.rindex(':')]}:1")
            with pytest.raises(NotReached):
                book.countersigning.sign(minutes, taker, keys.NOW, gone)
            assert book.countersigning.waiting(minutes) is not None
            both = book.countersigning.sign(minutes, taker, keys.NOW, source)
        assert [at for at, _ in stamps_of(both)] == [keys.NOW, keys.NOW]

    def test_nobody_signs_before_the_first(self, book: Book, minutes: str, taker: SigningKey) -> None:
        with pytest.raises(Refused) as refusal:
            book.countersigning.sign(minutes, taker, keys.NOW)
        assert codes(refusal) == ["Q85"]

    def test_the_same_key_signs_only_once(self, book: Book, minutes: str, taker: SigningKey) -> None:
        book.reports.seal(minutes, taker, keys.NOW)
        with pytest.raises(Refused) as refusal:
            book.countersigning.sign(minutes, taker, keys.NOW)
        assert codes(refusal) == ["Q89"]

    def test_only_the_person_whose_name_stands_there_signs(
        self, book: Book, minutes: str, chair: SigningKey
    ) -> None:
        book.reports.seal(minutes, chair, keys.NOW)
        other = keys.own_key("other", book.organisation().id, "Lê Hoàng Đức")
        with pytest.raises(Refused) as refusal:
            book.countersigning.sign(minutes, other, keys.NOW)
        assert codes(refusal) == ["Q86"]
        official = keys.own_key("official", book.organisation().id, "TRAN THI BICH")
        assert book.countersigning.sign(minutes, official, keys.NOW)

    def test_a_key_of_another_organisation_does_not_sign(
        self, book: Book, minutes: str, chair: SigningKey
    ) -> None:
        book.reports.seal(minutes, chair, keys.NOW)
        with pytest.raises(Refused) as refusal:
            book.countersigning.sign(minutes, keys.own_key("elsewhere", person=BICH), keys.NOW)
        assert codes(refusal) == ["Q93"]

    def test_a_paper_with_both_signatures_takes_no_third(
        self, book: Book, minutes: str, chair: SigningKey, taker: SigningKey
    ) -> None:
        book.reports.seal(minutes, chair, keys.NOW)
        book.countersigning.sign(minutes, taker, keys.NOW)
        with pytest.raises(Refused) as refusal:
            book.countersigning.sign(minutes, keys.own_key("third", book.organisation().id), keys.NOW)
        assert codes(refusal) == ["Q88"]


class TestOnAStick:
    """The sealed file is carried to the minute-taker and comes back."""

    @pytest.fixture
    def file(self, book: Book, minutes: str, chair: SigningKey, tmp_path: Path) -> Path:
        """Return sealed minutes on a stick."""
        stick = tmp_path / "USB"
        stick.mkdir()
        book.reports.seal(minutes, chair, keys.NOW)
        return book.answers.send(minutes, stick, keys.NOW)

    def test_the_file_is_signed_where_it_lies_and_its_listing_mended(
        self, book: Book, minutes: str, taker: SigningKey, file: Path
    ) -> None:
        once = file.read_bytes()
        signed = book.countersigning.sign_file(file, taker, keys.NOW)
        both = file.read_bytes()
        assert (signed.person, signed.document_id) == (BICH, minutes)
        assert both.startswith(once)
        assert len(both) > len(once)
        assert book.reports.pages(minutes) == both
        (line,) = list(csv.reader(file.with_name(LISTING).read_text("utf-8-sig").splitlines()))[1:]
        assert line[1] == hashlib.sha256(both).hexdigest()
        assert sorted(path.name for path in file.parent.iterdir()) == sorted([file.name, LISTING])

    def test_a_file_signed_at_another_pc_is_taken_back(
        self, book: Book, minutes: str, taker: SigningKey, file: Path, tmp_path: Path
    ) -> None:
        book.rest()
        (tmp_path / "elsewhere.sochibo").write_bytes(book.path.read_bytes())
        with Book.open(tmp_path / "elsewhere.sochibo") as elsewhere:
            elsewhere.countersigning.sign_file(file, taker, keys.NOW)
        taken = book.answers.take_all([file.parent], keys.NOW + timedelta(days=1))
        assert (taken.countersigned, taken.troubles) == (1, ())
        assert book.reports.pages(minutes) == file.read_bytes()
        assert book.answers.take_all([file.parent], keys.NOW).countersigned == 0

    def test_what_is_not_fit_to_be_signed_stays_as_it_is(
        self, book: Book, taker: SigningKey, chair: SigningKey, file: Path
    ) -> None:
        whole = file.read_bytes()
        file.write_bytes(whole[:-40] + b" " * 40)
        with pytest.raises(FileDoubtful):
            book.countersigning.sign_file(file, taker, keys.NOW)
        file.write_bytes(whole)
        with pytest.raises(Refused) as same:
            book.countersigning.sign_file(file, chair, keys.NOW)
        assert codes(same) == ["Q89"]
        assert file.read_bytes() == whole
        book.countersigning.sign_file(file, taker, keys.NOW)
        both = file.read_bytes()
        with pytest.raises(Refused) as again:
            book.countersigning.sign_file(file, taker, keys.NOW)
        assert (codes(again), file.read_bytes()) == (["Q88"], both)

    def test_a_stick_that_cannot_be_written_leaves_file_and_book_as_they_were(
        self, book: Book, minutes: str, taker: SigningKey, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(path: Path, _content: bytes) -> None:
            raise NotWritable(name=path.name)

        monkeypatch.setattr(files, "write_whole", fail)
        once = file.read_bytes()
        with pytest.raises(NotWritable):
            book.countersigning.sign_file(file, taker, keys.NOW)
        assert (file.read_bytes(), book.reports.pages(minutes)) == (once, once)

    def test_a_paper_of_another_cell_or_with_one_field_is_not_signed(
        self, book: Book, chair: SigningKey, taker: SigningKey, file: Path, tmp_path: Path
    ) -> None:
        with make_cell_book(tmp_path / "other.sochibo") as other, pytest.raises(Refused) as foreign:
            other.countersigning.look(file.read_bytes(), file.name, keys.NOW)
        assert codes(foreign) == ["Q87"]
        summary = book.reports.issue_summary(Month(2026, 11), on=keys.NOW.date())
        book.reports.seal(summary, chair, keys.NOW)
        with pytest.raises(Refused) as single:
            book.countersigning.sign_file(book.answers.send(summary, file.parent, keys.NOW), taker, keys.NOW)
        assert codes(single) == ["Q88"]


def test_minutes_of_two_enrolled_people_are_accepted_by_the_committee(
    delivery: Delivery, tmp_path: Path
) -> None:
    """From the minute-taker's own key file, enrolled beside the secretary's, to the committee's inbox."""
    folder = delivery.copy_to(tmp_path / "all")
    now = keys.NOW
    with (
        quick_keys(),
        Book.open(folder / "cell.sochibo") as cell,
        Book.open(folder / "committee.sochibo") as committee,
    ):
        pkcs12, request = cell.keys.make_file(BICH, BICHS_PASSPHRASE, ENROLLED)
        committee.authority.enrol(request, COMMITTEE_PASSPHRASE, ENROLLED, since=ENROLLED.date(), beside=True)
        assert [one.valid_to for one in committee.authority.signers()] == [None, None]
        committee.reports.make_key("Trần Thị Thử", COMMITTEE_PASSPHRASE, ENROLLED)
        package = committee.authority.trust_paper(COMMITTEE_PASSPHRASE, now)
        cell.trust.take(package, "trust.pdf", now, compared=True)
        cell.keys.take_picture(pictures.scan(), "ky.png")
        document = cell.reports.documents(ReportKind.MINUTES)[0].id
        cell.reports.seal(document, cell.reports.open_key(CELL_PASSPHRASE), now)
        first, second = tmp_path / "first", tmp_path / "second"
        first.mkdir()
        second.mkdir()
        (alone,) = committee.inbox.receive([cell.answers.send(document, first, now)], now)
        assert (alone.verdict.code, alone.counts) == ("V00", True)
        taker = cell.keys.open_file(pkcs12, BICHS_PASSPHRASE, now)
        assert taker.issued
        cell.countersigning.sign(document, taker, now)
        (both,) = committee.inbox.receive([cell.answers.send(document, second, now)], now)
        assert (both.verdict.code, both.signer, both.counts) == ("V34", BICH, True)
        assert [one.counts for one in committee.inbox.submissions()] == [True, False]
