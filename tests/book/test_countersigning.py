"""A second person's signature: in the book, on a file on a stick, and on its way to the committee."""

from __future__ import annotations

import csv
import hashlib
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import keys
import pytest
import stamps
from books import make_cell_book
from recordings import meeting_data, quick_keys

from sochibo import files
from sochibo.book.book import Book
from sochibo.book.papers.countersigning import FileChanged, FileDoubtful
from sochibo.book.papers.sending import LISTING
from sochibo.faults import NotWritable, Refused
from sochibo.rules.dates import Month
from sochibo.rules.reports import ReportKind
from sochibo.sealing.fetching import NotReached
from sochibo.sealing.signatures import stamps_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.sealing.keys import SigningKey

BICH = "Trần Thị Bích"
"""Who takes the minutes of `meeting_data`."""
BICHS_PASSPHRASE = "bích 2026"  # noqa: S105 - of a key that lives for one test run


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a book whose minutes are closed, and one in which the chair has sealed them."""
    folder = tmp_path_factory.mktemp("templates")
    with make_cell_book(folder / "closed.sochibo") as made:
        document = made.reports.minutes_of(made.meetings.record(meeting_data(close=True)))
        assert document is not None
        made.rest()
        (folder / "sealed.sochibo").write_bytes(made.path.read_bytes())
    with Book.open(folder / "sealed.sochibo") as made:
        made.reports.seal(document.id, keys.own_key("chair", made.organisation().id), keys.NOW)
    return folder


@pytest.fixture
def closed(templates: Path, tmp_path: Path) -> Iterator[Book]:
    """Return a book whose minutes nobody has sealed."""
    with Book.open(Path(shutil.copy(templates / "closed.sochibo", tmp_path / "cell.sochibo"))) as opened:
        yield opened


@pytest.fixture
def book(templates: Path, tmp_path: Path) -> Iterator[Book]:
    """Return a book whose minutes the chair has sealed."""
    with Book.open(Path(shutil.copy(templates / "sealed.sochibo", tmp_path / "cell.sochibo"))) as opened:
        yield opened


@pytest.fixture
def minutes(book: Book) -> str:
    return book.reports.documents(ReportKind.MINUTES)[0].id


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
        self, book: Book, minutes: str, taker: SigningKey
    ) -> None:
        once = book.reports.pages(minutes)
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
        self, book: Book, minutes: str
    ) -> None:
        with quick_keys():
            pkcs12, _ = book.keys.make_file(BICH, BICHS_PASSPHRASE, keys.NOW)
        own = book.keys.open_file(pkcs12, BICHS_PASSPHRASE, keys.NOW)
        assert (own.subject.person, own.picture, book.reports.key()) == (BICH, b"", None)
        both = book.countersigning.sign(minutes, own, keys.NOW)
        assert book.reports.key() is None
        assert b"/Subtype /Image" not in both

    def test_each_signature_may_bear_a_time_stamp_or_is_not_made(self, closed: Book) -> None:
        taker = keys.own_key("taker", closed.organisation().id, BICH)
        (minutes,) = (one.id for one in closed.reports.documents(ReportKind.MINUTES))
        with stamps.stamping() as source:
            closed.reports.seal(minutes, keys.own_key("chair", closed.organisation().id), keys.NOW, source)
            gone = replace(source, address=f"{source.address[: source.address.rindex(':')]}:1")
            with pytest.raises(NotReached):
                closed.countersigning.sign(minutes, taker, keys.NOW, gone)
            assert closed.countersigning.waiting(minutes) is not None
            both = closed.countersigning.sign(minutes, taker, keys.NOW, source)
        assert [at for at, _ in stamps_of(both)] == [keys.NOW, keys.NOW]

    def test_nobody_signs_before_the_first(self, closed: Book) -> None:
        (minutes,) = (one.id for one in closed.reports.documents(ReportKind.MINUTES))
        assert closed.countersigning.waiting(minutes) is None
        with pytest.raises(Refused) as refusal:
            closed.countersigning.sign(minutes, keys.own_key("taker", closed.organisation().id), keys.NOW)
        assert codes(refusal) == ["Q85"]

    def test_the_same_key_signs_only_once(self, book: Book, minutes: str, chair: SigningKey) -> None:
        with pytest.raises(Refused) as refusal:
            book.countersigning.sign(minutes, chair, keys.NOW)
        assert codes(refusal) == ["Q89"]

    def test_only_the_person_whose_name_stands_there_signs(self, book: Book, minutes: str) -> None:
        other = keys.own_key("other", book.organisation().id, "Lê Hoàng Đức")
        with pytest.raises(Refused) as refusal:
            book.countersigning.sign(minutes, other, keys.NOW)
        assert codes(refusal) == ["Q86"]
        official = keys.own_key("official", book.organisation().id, "TRAN THI BICH")
        assert book.countersigning.sign(minutes, official, keys.NOW)

    def test_a_key_of_another_organisation_does_not_sign(self, book: Book, minutes: str) -> None:
        with pytest.raises(Refused) as refusal:
            book.countersigning.sign(minutes, keys.own_key("elsewhere", person=BICH), keys.NOW)
        assert codes(refusal) == ["Q93"]

    def test_a_paper_with_both_signatures_takes_no_third(
        self, book: Book, minutes: str, taker: SigningKey
    ) -> None:
        book.countersigning.sign(minutes, taker, keys.NOW)
        with pytest.raises(Refused) as refusal:
            book.countersigning.sign(minutes, keys.own_key("third", book.organisation().id), keys.NOW)
        assert codes(refusal) == ["Q88"]


class TestOnAStick:
    """The sealed file is carried to the minute-taker and comes back."""

    @pytest.fixture
    def file(self, book: Book, minutes: str, tmp_path: Path) -> Path:
        """Return sealed minutes on a stick."""
        stick = tmp_path / "USB"
        stick.mkdir()
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

    def test_nobody_signs_another_file_than_the_one_he_read(
        self, book: Book, taker: SigningKey, file: Path
    ) -> None:
        seen = file.read_bytes() + b"%"
        with pytest.raises(FileChanged):
            book.countersigning.sign_file(file, taker, keys.NOW, seen=seen)
        assert file.read_bytes() == seen[:-1]
        assert book.countersigning.sign_file(file, taker, keys.NOW, seen=seen[:-1]).person == BICH

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
        another = make_cell_book(tmp_path / "other.sochibo", anew=True)
        with another as other, pytest.raises(Refused) as foreign:
            other.countersigning.look(file.read_bytes(), file.name, keys.NOW)
        assert codes(foreign) == ["Q87"]
        summary = book.reports.issue_summary(Month(2026, 11), on=keys.NOW.date())
        book.reports.seal(summary, chair, keys.NOW)
        with pytest.raises(Refused) as single:
            book.countersigning.sign_file(book.answers.send(summary, file.parent, keys.NOW), taker, keys.NOW)
        assert codes(single) == ["Q88"]
