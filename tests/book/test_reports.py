"""Papers: issued, sealed once, sent to a stick without losing or overwriting anything."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book, make_committee_book
from keys import PASSPHRASE, own_key
from recordings import ENROLLED, NOVEMBER, OCTOBER, meeting_data, noon

from sochibo import faults, files
from sochibo.book.book import Book
from sochibo.book.papers import sending
from sochibo.book.papers.reports import DocumentState
from sochibo.faults import Refused, Severity
from sochibo.rules.dates import Month
from sochibo.rules.meetings.meetings import MeetingKind, MeetingState
from sochibo.rules.reports import MinutesReport, ReportKind, SummaryReport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.sealing.keys import SigningKey

FIRST_OF_DECEMBER = date(2026, 12, 1)
NOW = noon(FIRST_OF_DECEMBER)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def key_of(book: Book) -> SigningKey:
    return own_key("secretary", book.organisation().id)


@pytest.fixture(scope="module")
def sealed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a book with a sealed summary: a seal takes a second, so that tests work on copies of it."""
    path = tmp_path_factory.mktemp("sealed") / "cell.sochibo"
    with make_cell_book(path) as made:
        made.meetings.record(meeting_data(close=True))
        document_id = made.reports.issue_summary(NOVEMBER, on=FIRST_OF_DECEMBER)
        made.reports.seal(document_id, key_of(made), NOW)
    return path


@pytest.fixture
def sealed(tmp_path: Path, sealed_once: Path) -> Iterator[Book]:
    path = tmp_path / "sealed.sochibo"
    shutil.copy(sealed_once, path)
    with Book.open(path) as opened:
        yield opened


def summary_in(book: Book) -> str:
    return book.reports.documents(ReportKind.SUMMARY)[0].id


def codes(book: Book, period: Month = NOVEMBER, on: date = FIRST_OF_DECEMBER) -> list[str]:
    return [finding.code for finding in book.reports.check_summary(period, on=on)]


class TestSummaries:
    """The summary of a month: figures, revisions, what speaks against it."""

    def test_its_figures_are_those_of_the_meetings_the_tasks_and_the_last_day(self, book: Book) -> None:
        first = book.meetings.record(meeting_data(close=True))
        book.meetings.record(meeting_data(kind="thematic", on="2026-11-20", theme="Tiết kiệm", tasks=[]))
        (task,) = book.meetings.file(first).tasks
        book.meetings.report_task(replace(task, done_percent=100))
        document = book.reports.get(book.reports.issue_summary(NOVEMBER, on=FIRST_OF_DECEMBER))
        envelope = book.reports.envelope(document.id)
        report = envelope.report
        assert isinstance(report, SummaryReport)
        assert (document.number, document.period, document.revision) == ("01-BC/CB", "2026-11", 1)
        assert [meeting.minutes for meeting in report.meetings] == ["01-BB/CB", ""]
        assert (report.attendance.numerator, report.attendance.denominator) == (8, 12)
        assert (report.tasks.numerator, report.tasks.denominator) == (1, 1)
        assert (report.members, report.official, report.visiting) == (9, 8, 1)
        assert (report.heading.authority, report.heading.office) == ("T/M CHI BỘ", "BÍ THƯ")
        assert report.heading.signer == "Nguyễn Văn Mẫu"
        assert envelope.organisation_id == book.organisation().id

    def test_a_second_one_for_the_month_replaces_the_first_under_a_new_number(self, book: Book) -> None:
        book.meetings.record(meeting_data(close=True))
        first = book.reports.get(book.reports.issue_summary(NOVEMBER, on=FIRST_OF_DECEMBER))
        again = book.reports.issue_summary(NOVEMBER, on=date(2026, 12, 4), remarks="Sửa số liệu.")
        second, envelope = book.reports.get(again), book.reports.envelope(again)
        assert (second.number, second.revision) == ("02-BC/CB", 2)
        assert (envelope.replaces, envelope.previous) == (first.digest, first.digest)
        assert book.reports.of_period(ReportKind.SUMMARY, NOVEMBER) == second
        assert book.reports.documents(ReportKind.SUMMARY) == (second, first)

    def test_the_next_month_names_the_paper_before_it(self, book: Book) -> None:
        book.meetings.record(meeting_data(on="2026-10-05", close=True))
        book.meetings.record(meeting_data(close=True))
        october = book.reports.get(book.reports.issue_summary(OCTOBER, on=date(2026, 11, 1)))
        november = book.reports.issue_summary(NOVEMBER, on=FIRST_OF_DECEMBER)
        envelope = book.reports.envelope(november)
        assert (envelope.previous, envelope.replaces) == (october.digest, None)

    def test_a_planned_meeting_says_nothing_about_who_came_and_is_left_out(self, book: Book) -> None:
        book.meetings.record(meeting_data(close=True))
        book.meetings.prepare(MeetingKind.THEMATIC, date(2026, 11, 25))
        assert codes(book) == ["Q99"]
        report = book.reports.envelope(book.reports.issue_summary(NOVEMBER, on=FIRST_OF_DECEMBER)).report
        assert isinstance(report, SummaryReport)
        assert len(report.meetings) == 1

    def test_a_meeting_of_the_cell_committee_is_no_meeting_of_the_cell(self, book: Book) -> None:
        book.meetings.record(meeting_data(close=True))
        book.meetings.record(meeting_data(kind="cell_committee", on="2026-11-02", scores={}))
        report = book.reports.envelope(book.reports.issue_summary(NOVEMBER, on=FIRST_OF_DECEMBER)).report
        assert isinstance(report, SummaryReport)
        assert [meeting.on for meeting in report.meetings] == [date(2026, 11, 5)]

    def test_a_month_that_has_not_ended_is_advised_against_but_not_refused(self, book: Book) -> None:
        book.meetings.record(meeting_data(close=True))
        assert codes(book, on=date(2026, 11, 30)) == ["Q98"]
        assert codes(book, on=FIRST_OF_DECEMBER) == []
        assert book.reports.issue_summary(NOVEMBER, on=date(2026, 11, 30))

    def test_an_empty_month_is_advised_against(self, book: Book) -> None:
        severities = {one.severity for one in book.reports.check_summary(NOVEMBER, on=FIRST_OF_DECEMBER)}
        assert severities == {Severity.YELLOW}

    def test_today_counts_where_no_day_is_given(self, book: Book) -> None:
        assert "Q98" in [one.code for one in book.reports.check_summary(Month(2999, 1))]

    def test_a_committee_issues_none(self, tmp_path: Path) -> None:
        with make_committee_book(tmp_path / "committee.sochibo") as committee:
            with pytest.raises(Refused) as refusal:
                committee.reports.issue_summary(NOVEMBER, on=FIRST_OF_DECEMBER)
            assert [finding.code for finding in refusal.value.findings] == ["Q97"]
            assert committee.reports.documents() == ()

    def test_undo_takes_an_issued_one_back(self, book: Book) -> None:
        book.reports.issue_summary(NOVEMBER, on=FIRST_OF_DECEMBER)
        book.history.undo()
        assert book.reports.documents() == ()

    def test_a_cell_has_no_roll_up(self, book: Book) -> None:
        with pytest.raises(Refused) as refusal:
            book.reports.issue_rollup(NOVEMBER, on=FIRST_OF_DECEMBER)
        assert [finding.code for finding in refusal.value.findings] == ["Q91"]


class TestPages:
    """What is seen before, and kept after, the seal."""

    def test_the_preview_is_drawn_without_issuing_anything(self, book: Book) -> None:
        meeting_id = book.meetings.record(meeting_data())
        for pdf in (book.reports.preview_minutes(meeting_id), book.reports.preview_summary(NOVEMBER)):
            assert pdf.startswith(b"%PDF")
            assert book.reports.page_count(pdf) >= 1
        assert book.reports.documents() == ()

    def test_closed_minutes_show_the_very_pages_of_the_paper(self, book: Book) -> None:
        meeting_id = book.meetings.record(meeting_data())
        paper = book.meetings.close(meeting_id)
        pages = book.reports.pages(paper)
        assert book.reports.preview_minutes(meeting_id) == pages
        assert book.reports.seal(paper, key_of(book), NOW).startswith(pages)

    def test_a_page_becomes_a_picture(self, book: Book) -> None:
        pdf = book.reports.preview_summary(NOVEMBER)
        width, height, pixels = book.reports.page_picture(pdf, 0, 0.25)
        assert len(pixels) == width * height * 4

    def test_the_data_of_minutes_are_those_of_the_day_whatever_is_learnt_later(self, book: Book) -> None:
        paper = book.meetings.close(book.meetings.record(meeting_data()))
        member = next(entry.member for entry in book.members.on(date(2026, 11, 5)))
        book.members.change(replace(member, name="Tên Mới"))
        report = book.reports.envelope(paper).report
        assert isinstance(report, MinutesReport)
        assert "Tên Mới" not in str(report)


class TestSealing:
    """A paper is sealed once, for good."""

    def test_the_sealed_file_is_kept_and_is_what_is_shown(self, sealed: Book) -> None:
        document_id = summary_in(sealed)
        document = sealed.reports.get(document_id)
        assert (document.state, document.sealed_by) == (DocumentState.SEALED, "Nguyễn Văn Mẫu")
        assert document.sealed_at == NOW
        assert b"/ByteRange" in sealed.reports.pages(document_id)

    def test_sealing_twice_returns_the_kept_file(self, sealed: Book) -> None:
        document_id = summary_in(sealed)
        kept = sealed.reports.pages(document_id)
        acts = len(sealed.history.acts())
        assert sealed.reports.seal(document_id, key_of(sealed), NOW + timedelta(days=1)) == kept
        assert len(sealed.history.acts()) == acts

    def test_sealed_minutes_seal_their_meeting_and_undo_does_not_reach_them(self, book: Book) -> None:
        meeting_id = book.meetings.record(meeting_data())
        paper = book.meetings.close(meeting_id)
        book.reports.seal(paper, key_of(book), NOW)
        assert book.meetings.file(meeting_id).meeting.state is MeetingState.SEALED
        while book.history.undoable():
            book.history.undo()
        assert book.meetings.file(meeting_id).meeting.state is MeetingState.SEALED
        assert book.reports.get(paper).state is DocumentState.SEALED
        with pytest.raises(Refused) as refusal:
            book.meetings.remove(meeting_id)
        assert refusal.value.findings[0].code == "M90"

    def test_a_paper_may_be_sealed_in_a_worker_thread(self, book: Book) -> None:
        document_id = book.reports.issue_summary(NOVEMBER, on=FIRST_OF_DECEMBER)
        key = key_of(book)
        with ThreadPoolExecutor(1) as worker:
            sealed = worker.submit(book.reports.seal, document_id, key, NOW).result()
        assert book.reports.pages(document_id) == sealed

    def test_the_key_of_another_organisation_is_refused(self, book: Book) -> None:
        document_id = book.reports.issue_summary(NOVEMBER, on=FIRST_OF_DECEMBER)
        with pytest.raises(Refused) as refusal:
            book.reports.seal(document_id, own_key("secretary", "another"), NOW)
        assert refusal.value.findings[0].code == "Q93"
        assert book.reports.get(document_id).state is DocumentState.ISSUED


class TestSending:
    """From the book to a stick."""

    def test_the_name_is_plain_sorts_in_time_and_tells_what_it_is(self, book: Book) -> None:
        minutes = book.meetings.close(book.meetings.record(meeting_data()))
        summary = book.reports.issue_summary(NOVEMBER, on=FIRST_OF_DECEMBER)
        assert book.reports.file_name(summary) == "2026-11 BC Chi bo Thon 4 01-BC-CB.pdf"
        assert book.reports.file_name(minutes) == "2026-11-05 BB Chi bo Thon 4 01-BB-CB.pdf"

    def test_a_name_with_every_kind_of_sign_stays_short_and_plain(self, book: Book) -> None:
        long_name = "Chi bộ “Đường sắt” <A/B>: " + "Trường Tiểu học " * 10
        book.change_organisation(replace(book.organisation(), name=long_name, symbol="CB/Đ"))
        name = book.reports.file_name(book.reports.issue_summary(NOVEMBER, on=FIRST_OF_DECEMBER))
        assert name.isascii()
        assert set('<>:"/\\|?*').isdisjoint(name)
        assert name.startswith("2026-11 BC Chi bo Duong sat A B Truong")
        assert name.endswith(" 01-BC-CB-D.pdf")
        assert len(name) < 100

    def test_what_lies_on_the_stick_is_the_sealed_file(self, sealed: Book, stick: Path) -> None:
        document_id = summary_in(sealed)
        path = sealed.reports.send(document_id, stick)
        assert path.read_bytes() == sealed.reports.pages(document_id)
        assert {file.name for file in stick.iterdir()} == {
            sealed.reports.file_name(document_id), sending.LISTING,
        }  # fmt: skip
        document = sealed.reports.get(document_id)
        assert (document.state, document.is_sealed) == (DocumentState.SENT, True)

    def test_the_listing_names_every_file_with_its_digest(self, sealed: Book, stick: Path) -> None:
        minutes = sealed.meetings.close(sealed.meetings.record(meeting_data()))
        sealed.reports.seal(minutes, key_of(sealed), NOW)
        paths = [sealed.reports.send(each, stick) for each in (summary_in(sealed), minutes, minutes)]
        with (stick / sending.LISTING).open(encoding="utf-8-sig", newline="") as file:
            head, *lines = csv.reader(file)
        assert head[:2] == ["Tệp", "SHA-256"]
        assert {line[0]: line[1] for line in lines} == {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths
        }
        assert sorted(line[2] for line in lines) == ["Biên bản sinh hoạt", "Báo cáo sinh hoạt chi bộ"]

    def test_a_file_of_that_name_by_another_hand_stays(self, sealed: Book, stick: Path) -> None:
        (stick / sending.LISTING).write_text("của người khác", "utf-8")
        assert sealed.reports.send(summary_in(sealed), stick).is_file()
        assert (stick / sending.LISTING).read_text("utf-8") == "của người khác"

    def test_sending_again_is_fine_and_a_different_file_is_never_overwritten(
        self, sealed: Book, stick: Path
    ) -> None:
        document_id = summary_in(sealed)
        first = sealed.reports.send(document_id, stick)
        assert sealed.reports.send(document_id, stick) == first
        first.write_bytes(b"something else")
        second = sealed.reports.send(document_id, stick)
        assert second.name == "2026-11 BC Chi bo Thon 4 01-BC-CB (2).pdf"
        assert sealed.reports.send(document_id, stick) == second
        assert first.read_bytes() == b"something else"

    def test_an_unsealed_paper_does_not_leave(self, book: Book, stick: Path) -> None:
        document_id = book.reports.issue_summary(NOVEMBER, on=FIRST_OF_DECEMBER)
        with pytest.raises(Refused) as refusal:
            book.reports.send(document_id, stick)
        assert refusal.value.findings[0].code == "Q94"
        assert list(stick.iterdir()) == []

    def test_a_stick_that_was_pulled_out_is_a_known_fault(self, sealed: Book, stick: Path) -> None:
        document_id = summary_in(sealed)
        stick.rmdir()
        with pytest.raises(faults.Fault) as fault:
            sealed.reports.send(document_id, stick)
        assert fault.value.code.startswith("K")
        assert sealed.reports.get(document_id).state is DocumentState.SEALED

    @pytest.mark.parametrize(("number", "fault"), [(28, faults.DiskFull), (30, faults.NotWritable)])
    def test_a_full_or_read_only_stick_is_a_known_fault_and_leaves_nothing_half(
        self,
        sealed: Book,
        stick: Path,
        monkeypatch: pytest.MonkeyPatch,
        number: int,
        fault: type[faults.Fault],
    ) -> None:
        document_id = summary_in(sealed)

        def refuse(_handle: int) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", refuse)
        with pytest.raises(fault):
            sealed.reports.send(document_id, stick)
        monkeypatch.undo()
        assert list(stick.iterdir()) == []
        assert sealed.reports.send(document_id, stick).is_file()

    def test_a_stick_that_gives_back_something_else_is_noticed(
        self, sealed: Book, stick: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        document_id = summary_in(sealed)

        def write_badly(path: Path, data: bytes) -> None:
            path.write_bytes(data[:-1] + b"?")

        monkeypatch.setattr(files, "write_whole", write_badly)
        with pytest.raises(sending.CopyDiffers):
            sealed.reports.send(document_id, stick)


class TestKeys:
    """The key kept in the book."""

    def test_without_one_nothing_can_be_opened(self, book: Book) -> None:
        assert book.reports.key() is None
        with pytest.raises(faults.Fault) as fault:
            book.reports.open_key(PASSPHRASE)
        assert fault.value.code == "S20"

    def test_a_key_from_a_file_is_kept_and_opens_with_its_passphrase_alone(self, book: Book) -> None:
        key = key_of(book)
        book.reports.take_key(key.pkcs12, PASSPHRASE)
        info = book.reports.key()
        assert info is not None
        assert (info.person, info.fingerprint, info.issued) == ("Nguyễn Văn Mẫu", key.fingerprint, False)
        assert info.not_after == key.not_after.date()
        assert book.reports.open_key(PASSPHRASE).fingerprint == key.fingerprint
        with pytest.raises(faults.Fault) as fault:
            book.reports.open_key("sai mật khẩu")
        assert fault.value.code == "S01"

    def test_a_wrong_passphrase_keeps_nothing(self, book: Book) -> None:
        with pytest.raises(faults.Fault):
            book.reports.take_key(key_of(book).pkcs12, "sai mật khẩu")
        assert book.reports.key() is None

    def test_the_newest_key_is_the_one_in_use(self, book: Book) -> None:
        other = own_key("successor", book.organisation().id, "Trần Thị Bích")
        for key in (key_of(book), other):
            book.reports.take_key(key.pkcs12, PASSPHRASE)
        info = book.reports.key()
        assert info is not None
        assert info.fingerprint == other.fingerprint

    @pytest.mark.parametrize(
        ("person", "passphrase", "code"), [("Nguyễn Văn Mẫu", " 123 ", "Q96"), (" ", "đủ dài rồi", "Q95")]
    )
    def test_a_key_without_a_name_or_a_real_passphrase_is_not_made(
        self, book: Book, person: str, passphrase: str, code: str
    ) -> None:
        with pytest.raises(Refused) as refusal:
            book.reports.make_key(person, passphrase, ENROLLED)
        assert refusal.value.findings[0].code == code
        assert book.reports.key() is None

    def test_the_passphrase_is_written_nowhere(self, book: Book) -> None:
        key = key_of(book)
        book.reports.take_key(key.pkcs12, PASSPHRASE)
        book.close()
        assert PASSPHRASE.encode() not in book.path.read_bytes()
