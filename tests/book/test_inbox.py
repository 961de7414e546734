"""A committee receives: files judged, kept, put in their place, and rolled up."""

from __future__ import annotations

import errno
import os
import shutil
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book, make_committee_book
from recordings import (
    CELL_PASSPHRASE,
    ENROLLED,
    NOVEMBER,
    meeting_data,
    noon,
    quick_keys,
)

from sochibo import faults, files
from sochibo.book.book import Book
from sochibo.book.inbox.inbox import Level, Submission
from sochibo.book.inbox.receiving import LostFile
from sochibo.faults import Refused
from sochibo.messages import Messages
from sochibo.rules.reports import ReportKind
from sochibo.storage.engine.database import Database
from sochibo.storage.records import submissions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECEIVED = noon(date(2026, 12, 3))


@pytest.fixture(autouse=True)
def _quick_keys() -> Iterator[None]:
    with quick_keys():
        yield


def codes(received: tuple[Submission, ...]) -> list[str]:
    return [one.verdict.code for one in received]


def correct_november(cell: Book, stick: Path, times: int = 1) -> list[Path]:
    """Issue, seal and send so many corrections of the summary of November."""
    key = cell.reports.open_key(CELL_PASSPHRASE)
    sent = []
    for turn in range(times):
        day = date(2026, 12, 2) + timedelta(days=turn)
        document_id = cell.reports.issue_summary(NOVEMBER, on=day, remarks=f"Sửa lần {turn + 1}.")
        cell.reports.seal(document_id, key, noon(day))
        sent.append(cell.reports.send(document_id, stick))
    return sent


class TestReceiving:
    """One verdict for every file, and every file kept."""

    def test_a_folder_is_received_in_order_and_counted(self, committee: Book, stick: Path) -> None:
        told: list[tuple[int, int]] = []

        def progress(done: int, of: int) -> bool:
            told.append((done, of))
            return True

        received = committee.inbox.receive([stick], RECEIVED, progress)
        assert codes(received) == ["V00", "V00"]
        assert told == [(1, 2), (2, 2)]
        first, second = received
        assert (first.period, second.period) == ("2026-10", "2026-11")
        assert (second.unit, second.number, second.signer) == (
            "Chi bộ Thôn 4", "02-BC/CB", "Nguyễn Văn Mẫu",
        )  # fmt: skip
        assert (second.kind, second.revision, second.counts) == (ReportKind.SUMMARY, 1, True)
        assert second.received_at == RECEIVED
        assert committee.inbox.submissions() == (second, first)
        assert committee.inbox.submissions(NOVEMBER) == (second,)

    def test_files_lie_as_they_came_beside_the_book(self, committee: Book, stick: Path) -> None:
        (first, _) = committee.inbox.receive([stick], RECEIVED)
        kept = committee.path.parent / "committee.received" / first.sha256[:2] / f"{first.sha256}.pdf"
        original = (stick / first.file).read_bytes()
        assert kept.read_bytes() == original
        shutil.rmtree(stick)
        assert committee.inbox.file(first.id) == original

    def test_a_kept_file_that_was_changed_or_lost_is_told(self, committee: Book, stick: Path) -> None:
        (first, _) = committee.inbox.receive([stick], RECEIVED)
        kept = committee.path.parent / "committee.received" / first.sha256[:2] / f"{first.sha256}.pdf"
        kept.write_bytes(b"%PDF-")
        with pytest.raises(LostFile):
            committee.inbox.file(first.id)
        kept.unlink()
        with pytest.raises(LostFile):
            committee.inbox.file(first.id)

    def test_the_same_file_again_is_counted_once(self, committee: Book, stick: Path) -> None:
        first = committee.inbox.receive([stick], RECEIVED)
        again = committee.inbox.receive([stick], RECEIVED + timedelta(days=2))
        assert codes(again) == ["V13", "V13"]
        assert [one.id for one in again] == [one.id for one in first]
        assert committee.inbox.submissions() == first[::-1]
        sentence = again[0].verdict.sentence(Messages("en"))
        assert "3 Dec 2026" in sentence

    def test_two_copies_in_one_delivery_are_one_paper(self, committee: Book, stick: Path) -> None:
        (october, november) = sorted(stick.glob("*.pdf"))
        shutil.copy(november, stick / "bản sao.pdf")
        received = committee.inbox.receive([stick], RECEIVED)
        assert sorted(codes(received)) == ["V00", "V00", "V13"]
        assert len(committee.inbox.submissions()) == 2
        assert october.is_file()

    def test_folders_are_searched_to_any_depth_for_pdf_alone(self, committee: Book, stick: Path) -> None:
        deep = stick / "Tháng 11" / "Thôn 4"
        deep.mkdir(parents=True)
        for paper in sorted(stick.glob("*.pdf")):
            paper.rename(deep / f"{paper.stem}.PDF")
        (stick / "ghi chú.txt").write_text("x")
        (stick / "._2026-11.pdf").write_bytes(b"what a Mac leaves")
        assert codes(committee.inbox.receive([stick], RECEIVED)) == ["V00", "V00"]

    def test_a_spoilt_file_is_refused_and_kept_and_stays_refused(self, committee: Book, stick: Path) -> None:
        paper = min(stick.glob("*.pdf"))
        paper.write_bytes(paper.read_bytes()[:-200])
        received = committee.inbox.receive([paper], RECEIVED)
        assert received[0].verdict.level is Level.REFUSE
        assert not received[0].counts
        assert committee.inbox.file(received[0].id) == paper.read_bytes()
        assert committee.inbox.receive([paper], RECEIVED) == received

    def test_a_file_too_large_to_be_a_paper_is_refused_and_not_kept(
        self, committee: Book, stick: Path
    ) -> None:
        film = stick / "phim.pdf"
        with film.open("wb") as file:
            file.truncate(21_000_000)
        (received,) = committee.inbox.receive([film], RECEIVED)
        assert (received.verdict.code, received.id) == ("V23", "")
        assert committee.inbox.submissions() == ()

    def test_what_is_not_there_is_a_known_fault(self, committee: Book, stick: Path) -> None:
        with pytest.raises(faults.NotReadable):
            committee.inbox.receive([stick / "không có.pdf"], RECEIVED)

    def test_stopping_keeps_what_was_judged(self, committee: Book, stick: Path) -> None:
        received = committee.inbox.receive([stick], RECEIVED, lambda done, _all: done < 1)
        assert codes(received) == ["V00"]
        assert committee.inbox.submissions() == received

    def test_a_full_disk_is_told_and_what_was_judged_before_is_kept(
        self, committee: Book, stick: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        written: list[Path] = []
        write = files.write_whole

        def write_one(path: Path, data: bytes) -> None:
            if written:
                raise faults.from_os(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), path.name)
            written.append(path)
            write(path, data)

        monkeypatch.setattr(files, "write_whole", write_one)
        with pytest.raises(faults.DiskFull):
            committee.inbox.receive([stick], RECEIVED)
        monkeypatch.undo()
        assert codes(committee.inbox.submissions()) == ["V00"]
        assert codes(committee.inbox.receive([stick], RECEIVED)) == ["V13", "V00"]

    def test_a_receipt_is_outside_undo(self, committee: Book, stick: Path) -> None:
        committee.inbox.receive([stick], RECEIVED)
        assert committee.history.undoable() is None
        assert committee.history.acts()[0].say(Messages("en")) == "Received files: 2"

    def test_a_cell_receives_nothing(self, cell: Book, stick: Path) -> None:
        with pytest.raises(Refused) as refusal:
            cell.inbox.receive([stick], RECEIVED)
        assert refusal.value.findings[0].code == "O92"
        assert (cell.inbox.units(), cell.inbox.submissions(), cell.inbox.board(2026)) == ((), (), ())


class TestPlaces:
    """Whether a good file is in its right place among the others."""

    def test_a_correction_counts_and_the_one_before_no_longer(
        self, committee: Book, cell: Book, stick: Path
    ) -> None:
        correct_november(cell, stick)
        received = committee.inbox.receive([stick], RECEIVED)
        assert codes(received) == ["V00", "V00", "V00"]
        board = committee.inbox.board(2026)[0].months
        assert board[10] is not None
        assert (board[10].revision, board[10].counts) == (2, True)
        assert [one.revision for one in committee.inbox.submissions(NOVEMBER) if one.counts] == [2]

    def test_an_older_revision_that_comes_late_waits(self, committee: Book, cell: Book, stick: Path) -> None:
        (newer,) = correct_november(cell, stick)
        older = stick / "2026-11 BC Chi bo Thon 4 02-BC-CB.pdf"
        committee.inbox.receive([newer], RECEIVED)
        (late,) = committee.inbox.receive([older], RECEIVED)
        assert (late.verdict.code, late.verdict.level, late.counts) == ("V16", Level.HOLD, False)

    def test_a_second_paper_that_replaces_nothing_waits(
        self, committee: Book, stick: Path, folder: Path
    ) -> None:
        # The cell lost its book, took an old copy, and issued November once more from there.
        committee.inbox.receive([stick], RECEIVED)
        with Book.open(folder / "old.sochibo") as restored:
            restored.meetings.record(meeting_data(close=True, absent=[]))
            again = restored.reports.issue_summary(NOVEMBER, on=date(2026, 12, 2))
            restored.reports.seal(again, restored.reports.open_key(CELL_PASSPHRASE), noon(date(2026, 12, 2)))
            path = restored.reports.send(again, stick)
        (received,) = committee.inbox.receive([path], RECEIVED)
        assert (received.verdict.code, received.counts) == ("V18", False)
        counting = [one.number for one in committee.inbox.submissions(NOVEMBER) if one.counts]
        assert counting == ["02-BC/CB"]

    def test_a_missing_month_is_noted_but_the_paper_counts(self, committee: Book, stick: Path) -> None:
        min(stick.glob("*.pdf")).unlink()
        (november,) = committee.inbox.receive([stick], RECEIVED)
        assert (november.verdict.code, november.counts) == ("V15", True)

    def test_a_skipped_correction_is_noted_and_the_newest_counts(
        self, committee: Book, cell: Book, stick: Path
    ) -> None:
        committee.inbox.receive([stick], RECEIVED)
        _, newest = correct_november(cell, stick, times=2)
        (received,) = committee.inbox.receive([newest], RECEIVED)
        assert (received.verdict.code, received.revision, received.counts) == ("V15", 3, True)
        assert sum(one.counts for one in committee.inbox.submissions(NOVEMBER)) == 1

    def test_the_order_in_the_folder_does_not_matter(self, committee: Book, cell: Book, stick: Path) -> None:
        correct_november(cell, stick, times=2)
        for place, paper in enumerate(sorted(stick.glob("*.pdf"), reverse=True)):
            paper.rename(stick / f"{place}.pdf")
        received = committee.inbox.receive([stick], RECEIVED)
        assert codes(received) == ["V00"] * 4
        assert [one.revision for one in received] == [3, 2, 1, 1]

    def test_minutes_are_received_too_and_two_of_one_day_are_two_papers(
        self, committee: Book, cell: Book, stick: Path
    ) -> None:
        key = cell.reports.open_key(CELL_PASSPHRASE)
        for kind in ("thematic", "extraordinary"):
            data = meeting_data(
                kind=kind, on="2026-11-20", theme="Tiết kiệm", scores={}, not_scored="Họp ngắn.", close=True
            )
            minutes = cell.reports.minutes_of(cell.meetings.record(data))
            assert minutes is not None
            cell.reports.seal(minutes.id, key, noon(date(2026, 12, 1)))
            cell.reports.send(minutes.id, stick)
        received = committee.inbox.receive([stick], RECEIVED)
        assert codes(received) == ["V00"] * 4
        assert len(committee.inbox.submissions(NOVEMBER)) == 3
        (summary,) = [one for one in received if one.period == str(NOVEMBER)]
        assert committee.inbox.board(2026)[0].months[10] == summary

    def test_a_held_file_is_judged_again_once_its_signer_is_registered(
        self, committee: Book, stick: Path
    ) -> None:
        committee.close()
        _register_from(committee.path, date(2027, 1, 1))
        with Book.open(committee.path) as early:
            held = early.inbox.receive([stick], RECEIVED)
            assert {one.verdict.level for one in held} == {Level.HOLD}
            assert [one.verdict for one in early.inbox.receive([stick], RECEIVED)] == [
                one.verdict for one in held
            ]
        _register_from(committee.path, ENROLLED.date())
        with Book.open(committee.path) as later:
            again = later.inbox.receive([stick], RECEIVED + timedelta(days=1))
            assert codes(again) == ["V00", "V00"]
            assert all(one.counts for one in again)
            assert [(one.id, one.received_at) for one in again] == [(one.id, one.received_at) for one in held]
            assert len(later.inbox.submissions()) == 2

    def test_without_an_authority_nothing_is_accepted(self, tmp_path: Path, stick: Path) -> None:
        with make_committee_book(tmp_path / "new.sochibo") as committee:
            received = committee.inbox.receive([stick], RECEIVED)
        assert codes(received) == ["V17", "V17"]
        assert not any(one.counts for one in received)


def test_units_stand_in_vietnamese_order_with_numbers_by_their_value(tmp_path: Path) -> None:
    path = tmp_path / "committee.sochibo"
    make_committee_book(path).close()
    names = ["Chi bộ Thôn 10", "Chi bộ Đài", "Chi bộ Thôn 2", "Chi bộ Ẩm Thực", "Chi bộ Dũng Cảm"]
    database = Database.open(path)
    with database.act("Enrolled"):
        for number, name in enumerate(names):
            submissions.put_unit(database, f"unit-{number}", name, date(2026, 1, 1))
    database.close()
    with Book.open(path) as committee:
        order = [unit.name.removeprefix("Chi bộ ") for unit in committee.inbox.units()]
    assert order == ["Ẩm Thực", "Dũng Cảm", "Đài", "Thôn 2", "Thôn 10"]


def test_a_cell_of_another_committee_waits(tmp_path: Path, stick: Path, committee: Book) -> None:
    with make_cell_book(tmp_path / "foreign.sochibo", anew=True) as foreign:
        foreign.meetings.record(meeting_data(close=True))
        foreign.reports.make_key("Nguyễn Văn Mẫu", CELL_PASSPHRASE, ENROLLED)
        document_id = foreign.reports.issue_summary(NOVEMBER, on=date(2026, 12, 1))
        foreign.reports.seal(document_id, foreign.reports.open_key(CELL_PASSPHRASE), noon(date(2026, 12, 1)))
        path = foreign.reports.send(document_id, tmp_path)
    (received,) = committee.inbox.receive([path], RECEIVED)
    assert (received.verdict.level, received.counts) == (Level.HOLD, False)
    assert stick.is_dir()


def test_a_paper_for_another_committee_says_so(tmp_path: Path, committee: Book) -> None:
    with make_cell_book(tmp_path / "foreign.sochibo", anew=True) as foreign:
        foreign.change_organisation(replace(foreign.organisation(), superior="Đảng bộ xã Tây Hòa"))
        foreign.meetings.record(meeting_data(close=True))
        foreign.reports.make_key("Nguyễn Văn Mẫu", CELL_PASSPHRASE, ENROLLED)
        document_id = foreign.reports.issue_summary(NOVEMBER, on=date(2026, 12, 1))
        foreign.reports.seal(document_id, foreign.reports.open_key(CELL_PASSPHRASE), noon(date(2026, 12, 1)))
        path = foreign.reports.send(document_id, tmp_path)
    (received,) = committee.inbox.receive([path], RECEIVED)
    assert (received.verdict.code, received.counts) == ("V19", False)


def _register_from(path: Path, day: date) -> None:
    """Let the one signer of a committee's book sign from another day on."""
    database = Database.open(path)
    with database.act("Registered"):
        for signer in submissions.signers(database):
            database.update("signer", signer.id, {"valid_from": day.isoformat()})
    database.close()
