"""A book's backup copies, the way back from them, and the self-check."""

from __future__ import annotations

import os
import shutil
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from books import CELL, make_cell_book, make_committee_book

from sochibo.book.book import Book
from sochibo.book.upkeep.backups import Reason
from sochibo.book.upkeep.restoring import AnotherBook, CountChange, preview_restore, restore
from sochibo.faults import DiskFull, Finding, NotReadable, Severity
from sochibo.messages import Messages
from sochibo.rules.members.members import Member
from sochibo.storage.copies.backup import backups_in
from sochibo.storage.engine import cipher
from sochibo.storage.engine.connection import BookLocked, Damaged, PassphraseNeeded, ReadOnlyBook, connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime.now().astimezone().replace(hour=8, minute=0) + timedelta(days=1)
PASSPHRASE = "lúa chín vàng đồng"  # noqa: S105 - of a book that lives for one test


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "Chi bộ.sochibo") as made:
        yield made


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def add_member(book: Book, name: str = "Mai Thị Lan") -> None:
    book.members.add(Member(id="", name=name), [])


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_copy_is_made_only_when_something_changed(book: Book) -> None:
    first = book.backups.daily(NOW).first
    assert first is not None
    assert first.reason is Reason.DAILY
    assert book.backups.is_up_to_date()
    assert book.backups.at_close(NOW + timedelta(hours=1)).first is None
    add_member(book)
    second = book.backups.at_close(NOW + timedelta(hours=1)).first
    assert second is not None
    book.history.undo()
    third = book.backups.at_close(NOW + timedelta(hours=2)).first
    assert third is not None
    # Of one day the newest stays.
    assert [backup.path for backup in book.backups.all()] == [third.path]


def test_a_copy_that_was_spoiled_does_not_count_as_the_last_one(book: Book) -> None:
    made = book.backups.make(Reason.ASKED, NOW).first
    assert made is not None
    made.path.write_bytes(made.path.read_bytes()[:5000])
    assert book.backups.newest() is None
    again = book.backups.daily(NOW + timedelta(hours=1)).first
    assert again is not None
    newest = book.backups.newest()
    assert newest is not None
    assert newest[0] == again
    # What cannot be read cannot be known to be ours, and stays.
    assert made.path.exists()


def test_an_import_has_a_copy_before_it(book: Book) -> None:
    from rosters import write_roster

    roster = write_roster(book.path.with_name("ds.xlsx"), [["Họ và tên"], ["Mai Thị Lan"]])
    book.members.import_roster(book.members.preview_roster(roster))
    (copy,) = book.backups.all()
    assert copy.reason is Reason.IMPORT
    shown = preview_restore(copy.path, book.path)
    assert CountChange("Members", 13, 12) in shown.changes


def test_the_second_place_is_remembered_and_may_be_away(book: Book, stick: Path) -> None:
    assert (book.backups.second_place, book.backups.second_at) == (None, None)
    with pytest.raises(NotReadable):
        book.backups.choose_second_place(stick / "none")
    acts = book.history.acts()
    book.backups.choose_second_place(stick)
    assert book.history.acts() == acts
    outcome = book.backups.make(Reason.ASKED, NOW)
    assert outcome.first is not None
    assert outcome.second is not None
    assert outcome.second.path.parent == stick / "Chi bộ.backups"
    assert outcome.second.path.read_bytes() == outcome.first.path.read_bytes()
    assert book.backups.second_at == NOW.replace(microsecond=0)
    stick.rename(stick.with_name("pulled out"))
    outcome = book.backups.make(Reason.ASKED, NOW)
    assert (outcome.second, outcome.faults) == (None, ())
    assert outcome.first is not None
    assert not stick.exists()
    path = book.path
    book.close()
    with Book.open(path) as again:
        assert str(again.backups.second_place) == str(stick)
        assert again.backups.second_at is not None
        again.backups.choose_second_place(None)
    with Book.open(path) as again:
        assert (again.backups.second_place, again.backups.second_at) == (None, None)


def test_trouble_with_the_stick_is_told_and_the_copy_beside_the_book_is_made(book: Book, stick: Path) -> None:
    book.backups.choose_second_place(stick)
    (stick / "Chi bộ.backups").write_text("a file in the way", "utf-8")
    outcome = book.backups.make(Reason.ASKED, NOW)
    assert outcome.first is not None
    assert outcome.second is None
    assert len(outcome.faults) == 1
    assert book.backups.second_at is None


def test_nobody_who_did_not_ask_for_a_copy_is_stopped_by_a_full_disk(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    outcome = book.backups.at_close(NOW)
    assert outcome.first is None
    assert [type(fault) for fault in outcome.faults] == [DiskFull]
    with pytest.raises(DiskFull):
        book.backups.make(Reason.ASKED, NOW)
    assert book.backups.all() == ()


def test_a_book_open_elsewhere_can_be_copied_but_remembers_nothing(book: Book, stick: Path) -> None:
    with Book.open(book.path) as second:
        assert second.read_only
        assert second.backups.make(Reason.ASKED, NOW).first is not None
        with pytest.raises(ReadOnlyBook):
            second.backups.choose_second_place(stick)


def test_a_restore_shows_what_it_changes_and_keeps_what_it_replaces(book: Book) -> None:
    copy = book.backups.make(Reason.ASKED, NOW).first
    assert copy is not None
    add_member(book)
    shown = preview_restore(copy.path, book.path)
    assert shown.now is not None
    assert shown.now.newest is not None
    assert shown.now.newest.say(Messages("en")) == "Added Mai Thị Lan"
    assert shown.then.organisation == CELL.name
    assert shown.days_back == 0
    assert not shown.is_same
    assert not shown.is_another_book
    assert [change for change in shown.changes if change.now != change.then] == [
        CountChange("Members", 13, 12), CountChange("Entries of the history", 14, 13),
    ]  # fmt: skip
    with pytest.raises(BookLocked):
        restore(shown, NOW)
    path = book.path
    book.close()
    kept = restore(shown, NOW)
    assert kept is not None
    assert kept.name == f"Chi bộ (replaced {NOW:%Y-%m-%d} 0800).sochibo"
    with Book.open(path) as restored, Book.open(kept) as replaced:
        assert len(restored.members.on(NOW.date())) == 10
        assert len(restored.history.acts()) == 13
        assert len(replaced.history.acts()) == 14
        add_member(restored)
    assert preview_restore(copy.path, copy.path).is_same


def test_a_missing_book_comes_back_and_a_damaged_one_is_replaced(book: Book) -> None:
    copy = book.backups.make(Reason.ASKED, NOW).first
    assert copy is not None
    path = book.path
    book.close()
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xa5" * 8192 + data[12288:])
    shown = preview_restore(copy.path, path)
    assert shown.now is None
    assert isinstance(shown.trouble, Damaged)
    kept = restore(shown, NOW)
    assert kept is not None
    assert kept.read_bytes()[4096:12288] == b"\xa5" * 8192
    path.unlink()
    shown = preview_restore(copy.path, path)
    assert (shown.now, shown.trouble, shown.days_back) == (None, None, None)
    assert restore(shown, NOW) is None
    with Book.open(path) as restored:
        assert restored.organisation().name == CELL.name


def test_the_log_of_a_book_that_was_killed_goes_with_it_and_not_into_the_restored_one(book: Book) -> None:
    copy = book.backups.make(Reason.ASKED, NOW).first
    assert copy is not None
    add_member(book)
    # The state a killed program leaves: a file, and beside it a log with the newest act.
    killed = book.path.with_name("Bị tắt.sochibo")
    for end in ("", "-wal"):
        shutil.copyfile(book.path.with_name(book.path.name + end), killed.with_name(killed.name + end))
    kept = restore(preview_restore(copy.path, killed), NOW)
    assert kept is not None
    with Book.open(killed) as restored, Book.open(kept) as replaced:
        assert len(restored.history.acts()) == 13
        assert len(replaced.history.acts()) == 14


def test_a_copy_of_another_book_is_refused_unless_asked_for(book: Book, tmp_path: Path) -> None:
    with make_committee_book(tmp_path / "Đảng ủy.sochibo") as committee:
        copy = committee.backups.make(Reason.ASKED, NOW).first
    assert copy is not None
    path = book.path
    book.close()
    before = path.read_bytes()
    shown = preview_restore(copy.path, path)
    with pytest.raises(AnotherBook) as caught:
        restore(shown, NOW)
    assert caught.value.fields == {"name": copy.path.name, "organisation": "Đảng ủy xã Đông Hòa"}
    assert path.read_bytes() == before
    assert restore(shown, NOW, any_book=True) is not None
    with Book.open(path) as restored:
        assert restored.organisation().name == "Đảng ủy xã Đông Hòa"


def test_a_copy_changed_by_somebody_else_is_not_restored(book: Book) -> None:
    from sochibo.storage.editions.schema import ForeignParts

    copy = book.backups.make(Reason.ASKED, NOW).first
    assert copy is not None
    sql = connect(copy.path)
    sql.execute("create trigger evil after insert on member begin delete from member; end")
    sql.close()
    with pytest.raises(ForeignParts):
        preview_restore(copy.path, book.path)


def test_a_protected_book_is_copied_and_restored_with_its_passphrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cipher, "ROUNDS", 1000)
    path = tmp_path / "Kín.sochibo"
    with Book.create(path, CELL, passphrase=PASSPHRASE) as book:
        copy = book.backups.make(Reason.ASKED, NOW).first
        assert copy is not None
        assert book.backups.is_up_to_date()
        assert codes(book.condition.findings(NOW)) == []
        add_member(book)
    with pytest.raises(PassphraseNeeded):
        preview_restore(copy.path, path)
    shown = preview_restore(copy.path, path, passphrase=PASSPHRASE)
    assert CountChange("Members", 1, 0) in shown.changes
    assert "Key" not in repr(shown)
    kept = restore(shown, NOW)
    assert kept is not None
    with Book.open(path, passphrase=PASSPHRASE) as restored:
        assert restored.members.on(NOW.date()) == ()


def test_open_copies_of_a_book_protected_later_are_named(book: Book) -> None:
    book.backups.make(Reason.ASKED, NOW)
    book.protection.choose(PASSPHRASE)
    book.backups.make(Reason.ASKED, NOW)
    (found,) = book.condition.findings(NOW)
    assert (found.code, found.severity, found.fields) == ("T12", Severity.YELLOW, {"n": 1})


def test_a_sound_book_with_a_copy_gives_no_findings(book: Book) -> None:
    assert codes(book.condition.findings(NOW)) == ["T03"]
    book.backups.make(Reason.ASKED, NOW)
    assert book.condition.findings(NOW, thorough=True) == ()


def test_an_old_copy_matters_only_if_something_changed_since(book: Book) -> None:
    book.backups.make(Reason.ASKED, NOW)
    later = NOW + timedelta(days=9)
    assert book.condition.findings(later) == ()
    add_member(book)
    assert book.condition.findings(NOW + timedelta(days=7)) == ()
    (found,) = book.condition.findings(later)
    assert (found.code, found.place) == ("T04", "backup")
    assert found.say(Messages("en")) == "The last backup copy is 9 days old. Make one now."


def test_the_second_place_is_asked_for_once_a_month(book: Book, stick: Path) -> None:
    book.backups.make(Reason.ASKED, NOW)
    book.backups.choose_second_place(stick)
    assert codes(book.condition.findings(NOW)) == ["T05"]
    book.backups.make(Reason.ASKED, NOW)
    assert book.condition.findings(NOW + timedelta(days=31)) == ()
    assert codes(book.condition.findings(NOW + timedelta(days=32))) == ["T06"]


def test_a_clock_that_was_set_back_is_noticed(book: Book) -> None:
    book.backups.make(Reason.ASKED, NOW)
    saved = book.saved_at
    assert saved is not None
    assert book.condition.findings(saved - timedelta(minutes=9)) == ()
    (found,) = book.condition.findings(saved - timedelta(days=400))
    assert (found.code, found.place) == ("T07", "clock")


def test_a_bad_place_and_little_room_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    with make_cell_book(folder / "Chi bộ.sochibo") as book:
        book.backups.make(Reason.ASKED, NOW)
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=5 << 20))
        found = book.condition.findings(NOW)
    assert [(finding.code, finding.fields) for finding in found] == [
        ("T08", {"name": "OneDrive"}), ("T11", {"n": 5}),
    ]  # fmt: skip


def test_lost_references_come_first_and_are_red(book: Book) -> None:
    sql = connect(book.path)
    sql.execute("pragma foreign_keys = off")
    sql.execute("insert into sealed_file values ('none', '', '', '', x'00')")
    sql.close()
    found = book.condition.findings(NOW)
    assert codes(found) == ["T02", "T03"]
    assert found[0].severity is Severity.RED
    # Such a book gets no copy that would push out a good one.
    assert book.backups.at_close(NOW).first is None
    assert backups_in(book.backups.folder) == ()
