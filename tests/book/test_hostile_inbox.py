"""Files under strange names or at the wrong time, and decisions that must count nothing twice."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
import zipfile
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from recordings import CELL_PASSPHRASE, NOVEMBER, meeting_data, noon, quick_keys

from sochibo.book.inbox.decisions import Remark
from sochibo.book.inbox.received_files import place_of
from sochibo.faults import NotReadable, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book

RECEIVED = noon(date(2026, 12, 3))
LATER = RECEIVED + timedelta(days=1)


@pytest.fixture(autouse=True)
def _quick_keys() -> Iterator[None]:
    with quick_keys():
        yield


def correct_november(cell: Book, folder: Path, day: date, sealed_on: date | None = None) -> Path:
    """Issue, seal and send a correction of the summary of November."""
    folder.mkdir(exist_ok=True)
    document_id = cell.reports.issue_summary(NOVEMBER, on=day, remarks=f"Sửa ngày {day}.")
    cell.reports.seal(document_id, cell.reports.open_key(CELL_PASSPHRASE), noon(sealed_on or day))
    return cell.reports.send(document_id, folder)


def counting(committee: Book) -> list[int]:
    return [one.revision for one in committee.inbox.submissions(NOVEMBER) if one.counts]


def accept_refused(committee: Book, *ids: str) -> list[str]:
    with pytest.raises(Refused) as refused:
        committee.decisions.accept(ids, LATER)
    return [one.code for one in refused.value.findings]


class TestDecisions:
    """A paper counts once, whatever the clerk presses."""

    def test_what_a_correction_replaced_does_not_count_again(
        self, committee: Book, cell: Book, stick: Path, tmp_path: Path
    ) -> None:
        """As when a clerk marks all lines and accepts them."""
        first = next(one for one in committee.inbox.receive([stick], RECEIVED) if one.period == "2026-11")
        second = correct_november(cell, tmp_path / "2", date(2026, 12, 2))
        committee.inbox.receive([second], RECEIVED)
        assert counting(committee) == [2]
        assert accept_refused(committee, first.id) == ["X04"]
        assert counting(committee) == [2]

    def test_a_returned_paper_does_not_come_back_beside_its_correction(
        self, committee: Book, cell: Book, stick: Path, tmp_path: Path
    ) -> None:
        first = next(one for one in committee.inbox.receive([stick], RECEIVED) if one.period == "2026-11")
        committee.decisions.send_back([first.id], [Remark("", "", "Xem lại.")], RECEIVED)
        second = correct_november(cell, tmp_path / "2", date(2026, 12, 2))
        committee.inbox.receive([second], RECEIVED)
        assert accept_refused(committee, first.id) == ["X04"]
        (newer,) = [one for one in committee.inbox.submissions(NOVEMBER) if one.counts]
        committee.decisions.set_aside([newer.id], LATER)
        committee.decisions.accept([first.id], LATER)
        assert counting(committee) == [1]

    def test_an_older_revision_with_a_wrong_clock_does_not_count_beside_the_newer(
        self, committee: Book, cell: Book, tmp_path: Path
    ) -> None:
        second = correct_november(cell, tmp_path / "2", date(2026, 12, 2), sealed_on=date(2026, 12, 9))
        third = correct_november(cell, tmp_path / "3", date(2026, 12, 2))
        committee.inbox.receive([third], RECEIVED)
        (doubtful,) = committee.inbox.receive([second], RECEIVED)
        assert doubtful.verdict.code == "V10"
        assert accept_refused(committee, doubtful.id) == ["X04"]
        assert counting(committee) == [3]

    def test_minutes_of_one_meeting_leave_those_of_another_on_the_same_day_alone(
        self, committee: Book, cell: Book, tmp_path: Path
    ) -> None:
        key = cell.reports.open_key(CELL_PASSPHRASE)
        folder = tmp_path / "minutes"
        folder.mkdir()
        for kind in ("thematic", "extraordinary"):
            data = meeting_data(
                kind=kind, on="2026-11-20", theme="Tiết kiệm", scores={}, not_scored="Họp ngắn.", close=True
            )
            minutes = cell.reports.minutes_of(cell.meetings.record(data))
            assert minutes is not None
            cell.reports.seal(minutes.id, key, noon(date(2026, 12, 1)))
            cell.reports.send(minutes.id, folder)
        one, other = committee.inbox.receive([folder], RECEIVED)
        committee.decisions.send_back([one.id], [Remark("", "", "Xem lại.")], RECEIVED)
        committee.decisions.accept([one.id], LATER)
        assert {kept.id for kept in committee.inbox.submissions() if kept.counts} == {one.id, other.id}


class TestFiles:
    """Names and places as sticks and careless hands have them."""

    def test_a_kept_file_that_was_spoilt_is_made_whole_when_it_comes_again(
        self, committee: Book, stick: Path
    ) -> None:
        """The advice of LostFile is to ask the sender for the file once more."""
        received, *_ = committee.inbox.receive([stick], RECEIVED)
        kept = place_of(committee.path.with_name("committee.received"), received.sha256)
        kept.write_bytes(b"spoilt")
        committee.inbox.receive([stick], LATER)
        assert committee.inbox.file(received.id) == (stick / received.file).read_bytes()

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
    def test_names_that_are_no_text_or_play_tricks_are_shown_plain(
        self, committee: Book, stick: Path, tmp_path: Path
    ) -> None:
        paper = min(stick.glob("*.pdf"))
        folder = tmp_path / "names"
        folder.mkdir()
        names = [
            b"b\xe1o c\xe1o.pdf",
            b"a\nb.pdf",
            "a\u202efdp.exe.pdf".encode(),
            unicodedata.normalize("NFD", "Báo cáo.pdf").encode(),
            b"=1+1.pdf",
        ]
        for name in names:
            shutil.copy(paper, folder / os.fsdecode(name))
        (folder / "link.pdf").symlink_to(paper)
        shown = {one.file for one in committee.inbox.receive([folder], RECEIVED)}
        assert "Báo cáo.pdf" in shown
        assert not [one for one in shown if not one.isprintable() or "\u202e" in one]
        assert len(committee.inbox.submissions()) == 1

    def test_a_link_into_nothing_and_a_folder_called_pdf_are_passed_over(
        self, committee: Book, stick: Path
    ) -> None:
        (stick / "x.pdf").mkdir()
        (stick / "y.pdf").symlink_to(stick / "nothing")
        (stick / "._mac.pdf").write_bytes(b"\x00\x05\x16\x07")
        assert len(committee.inbox.receive([stick], RECEIVED)) == 2

    def test_packed_papers_are_named_and_no_packed_one_is_called_changed(
        self, committee: Book, stick: Path
    ) -> None:
        paper = next(stick.glob("*.pdf"))
        below = stick / "Thôn 4"
        below.mkdir()
        with zipfile.ZipFile(below / "báo cáo.ZIP", "w", zipfile.ZIP_STORED) as packed:
            packed.write(paper, "paper.pdf")
        assert committee.inbox.packed([stick, paper]) == ("báo cáo.ZIP",)
        (one,) = committee.inbox.receive([below / "báo cáo.ZIP"], RECEIVED)
        assert one.verdict.code == "V01"

    def test_a_stick_pulled_out_while_it_is_searched_is_told(
        self, committee: Book, stick: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone(*_: object) -> object:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(os, "scandir", gone)
        assert committee.inbox.packed([stick]) == ()
        with pytest.raises(NotReadable):
            committee.inbox.receive([stick], RECEIVED)
