"""A new version takes the place of the present one only when it is whole, sealed, newer, and works."""

from __future__ import annotations

import shutil
import sys
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from releases import NOTES, key_pair, make_installation, make_update

from sochibo import paths
from sochibo.book.book import Book, BookDraft
from sochibo.book.upkeep import updating
from sochibo.book.upkeep.updating import (
    BookInUse,
    NothingBefore,
    NotNewer,
    NotUpdatable,
    OtherSystem,
    Standing,
    TrialNotPassed,
    copy_book,
    go_back,
    install,
    look_at,
    standing,
    start_again,
)
from sochibo.faults import Fault
from sochibo.rules.units.organisations import BookKind
from sochibo.sealing.releases import NoPublisherKey, NotAnUpdate

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE, PUBLIC = key_pair()
PASSPHRASE = "hoa gạo đỏ bến sông"  # noqa: S105 - it locks an invented book
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the launcher of these tests is a shell script"
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(updating, "publisher_key", lambda: PUBLIC)
    return make_installation(tmp_path / "chương trình", "1.0.0")


def versions(root: Path) -> list[str]:
    return sorted(each.name for each in root.iterdir() if each.is_dir())


def current(root: Path) -> str:
    return (root / "current").read_text("ascii")


def make_book(path: Path, passphrase: str) -> None:
    draft = BookDraft(
        kind=BookKind.CELL,
        name="Chi bộ Thôn 4",
        superior="Đảng bộ xã Đông Hòa",
        place="Đông Hòa",
        term_name="2025-2030",
        term_start=date(2025, 6, 1),
    )
    Book.create(path, draft, passphrase=passphrase).close()


def test_the_new_version_starts_and_the_one_before_is_kept(root: Path, tmp_path: Path) -> None:
    update = make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE)
    assert install(look_at(update, root), root) == "1.0.0"
    assert (current(root), versions(root)) == ("1.1.0", ["1.0.0", "1.1.0"])
    assert go_back(root) == current(root) == "1.0.0"


def test_only_one_version_before_is_kept(root: Path, tmp_path: Path) -> None:
    for version in ("1.1.0", "1.2.0"):
        update = make_update(tmp_path / f"{version}.sochibo-update", version, PRIVATE)
        install(look_at(update, root), root)
    (root / "something of a person").mkdir()
    update = make_update(tmp_path / "1.10.0.sochibo-update", "1.10.0", PRIVATE)
    install(look_at(update, root), root)
    assert versions(root) == ["1.10.0", "1.2.0", "something of a person"]


def test_a_version_that_does_not_work_here_changes_nothing(root: Path, tmp_path: Path) -> None:
    update = make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE, start="exit 1\n")
    release = look_at(update, root)
    with pytest.raises(TrialNotPassed):
        install(release, root)
    assert (current(root), versions(root)) == ("1.0.0", ["1.0.0"])


def test_a_file_spoilt_on_the_stick_changes_nothing(root: Path, tmp_path: Path) -> None:
    update = make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE)
    data = bytearray(update.read_bytes())
    # Inside the packed bytes of a file: the manifest and its seal are still whole.
    place = data.index(b"program/start") + len("program/start") + 12
    data[place] ^= 0xFF
    update.write_bytes(bytes(data))
    release = look_at(update, root)
    with pytest.raises(NotAnUpdate):
        install(release, root)
    assert (current(root), versions(root)) == ("1.0.0", ["1.0.0"])


@pytest.mark.parametrize("version", ["1.0.0", "0.9.9"])
def test_what_is_not_newer_is_refused(root: Path, tmp_path: Path, version: str) -> None:
    update = make_update(tmp_path / "a.sochibo-update", version, PRIVATE)
    with pytest.raises(NotNewer):
        look_at(update, root)


def test_what_is_for_another_system_is_refused(root: Path, tmp_path: Path) -> None:
    update = make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE, system="solaris")
    with pytest.raises(OtherSystem):
        look_at(update, root)


def test_a_program_from_a_package_takes_no_update_file(root: Path, tmp_path: Path) -> None:
    release = look_at(make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE), root)
    with pytest.raises(NotUpdatable):
        install(release)


def test_a_program_for_all_people_takes_no_update_file(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An administrator could write there, and the package would leave behind what it does not know."""
    monkeypatch.setattr(paths, "installation", lambda: root)
    update = make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE)
    assert look_at(update).version == "1.1.0"
    (root / "uninstall.exe").unlink()
    assert isinstance(standing().trouble, NotUpdatable)
    with pytest.raises(NotUpdatable):
        look_at(update)


def test_a_version_that_was_taken_is_what_the_next_one_is_compared_with(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program that runs is still the older one: it must neither go down nor take the same once more."""
    monkeypatch.setattr(paths, "installation", lambda: root)
    made = {
        version: make_update(tmp_path / f"{version}.sochibo-update", version, PRIVATE)
        for version in ("1.1.0", "1.2.0")
    }
    install(look_at(made["1.2.0"]))
    for update in made.values():
        with pytest.raises(NotNewer, match=r"U06"):
            look_at(update)
    assert (current(root), versions(root)) == ("1.2.0", ["1.0.0", "1.2.0"])
    go_back()
    assert install(look_at(made["1.2.0"])) == "1.0.0"
    assert (current(root), versions(root)) == ("1.2.0", ["1.0.0", "1.2.0"])


def test_folders_of_a_person_are_never_taken_for_versions(root: Path, tmp_path: Path) -> None:
    for name in ("2026", "2026.11", "1.0"):
        (root / name).mkdir()
        (root / name / "Chi bộ Thôn 4.sochibo").write_bytes(b"a book")
    install(look_at(make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE), root), root)
    install(look_at(make_update(tmp_path / "b.sochibo-update", "1.2.0", PRIVATE), root), root)
    assert versions(root) == ["1.0", "1.1.0", "1.2.0", "2026", "2026.11"]
    assert go_back(root) == "1.1.0"


def test_a_portable_program_keeps_its_settings_and_one_version_before(root: Path, tmp_path: Path) -> None:
    (root / "uninstall.exe").unlink()
    (root / "SoChiBo.portable").touch()
    (root / "settings").mkdir()
    (root / "settings" / "settings.json").write_text("{}", "utf-8")
    for version in ("1.1.0", "1.2.0"):
        update = make_update(tmp_path / f"{version}.sochibo-update", version, PRIVATE)
        install(look_at(update, root), root)
    assert versions(root) == ["1.1.0", "1.2.0", "settings"]
    assert (root / "settings" / "settings.json").read_text("utf-8") == "{}"


def test_what_an_interrupted_update_left_is_no_hindrance(root: Path, tmp_path: Path) -> None:
    for half in (root / updating.DRAFT / "1.1.0", root / "1.1.0"):
        half.mkdir(parents=True)
        (half / "start").write_text("exit 1\n", "utf-8")
    with pytest.raises(NothingBefore):
        go_back(root)
    install(look_at(make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE), root), root)
    assert (current(root), versions(root)) == ("1.1.0", ["1.0.0", "1.1.0"])


def test_an_update_stopped_by_its_person_leaves_the_present_version(root: Path, tmp_path: Path) -> None:
    offer = look_at(make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE), root)

    def stop(stage: str, *_: int) -> None:
        if stage == "switch":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install(offer, root, stop)
    assert (current(root), versions(root)) == ("1.0.0", ["1.0.0"])


def test_a_folder_that_is_watched_for_a_moment_is_moved_all_the_same(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What looks for viruses reads what has just run; Windows moves the folder only afterwards."""
    tries = 0

    def rename(folder: Path, to: Path) -> Path:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise PermissionError(13, "in use")
        return moved(folder, to)

    moved = type(root).rename
    monkeypatch.setattr(type(root), "rename", rename)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    install(look_at(make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE), root), root)
    assert (current(root), tries) == ("1.1.0", 3)


@pytest.mark.parametrize("text", ["", "abc", "../1.0.0"])
def test_where_no_version_is_named_no_file_is_taken(root: Path, tmp_path: Path, text: str) -> None:
    (root / "current").write_text(text, "ascii")
    with pytest.raises(NotUpdatable):
        look_at(make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE), root)


def test_there_is_not_always_a_version_before(root: Path) -> None:
    with pytest.raises(NothingBefore):
        go_back(root)


def test_a_disk_that_fails_leaves_the_present_version(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = look_at(make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE), root)

    def fail(*_: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(shutil, "copy2", fail)
    with pytest.raises(Fault, match="K01"):
        install(release, root)
    assert (current(root), versions(root)) == ("1.0.0", ["1.0.0"])


def test_an_offer_says_who_published_it_and_what_is_new(root: Path, tmp_path: Path) -> None:
    offer = look_at(make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE), root)
    assert (offer.version, offer.present, offer.publisher.name) == ("1.1.0", "1.0.0", "Nhóm Sổ Chi bộ")
    assert len(offer.publisher.fingerprint) == 64
    assert (offer.notes("vi"), offer.notes("en")) == (NOTES["vi"], NOTES["en"])
    assert offer.notes("fr") == NOTES["vi"]


def test_every_stage_is_told_in_its_order(root: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    offer = look_at(make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE), root)
    install(offer, root, lambda *each: told.append(each))
    assert told == [*(("unpack", done, 3) for done in (1, 2, 3)), ("try", 0, 1), ("switch", 0, 1)]


def test_the_program_says_how_it_stands_to_updates(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trouble = standing().trouble
    assert isinstance(trouble, NotUpdatable)
    monkeypatch.setattr(paths, "installation", lambda: root)
    assert standing() == Standing("1.0.0", "", None)
    install(look_at(make_update(tmp_path / "a.sochibo-update", "1.1.0", PRIVATE), root), root)
    assert standing() == Standing("1.1.0", "1.0.0", None)


def test_a_program_without_a_publisher_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "installation", lambda: root)
    monkeypatch.setattr(updating, "publisher_key", lambda: b"no key")
    assert isinstance(standing().trouble, NoPublisherKey)


def test_what_starts_again_is_the_version_chosen(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "installation", lambda: root)
    mark = root / "started"
    (root / "1.0.0" / "start").write_text(f'echo yes > "{mark}"\n', "utf-8")
    started = start_again()
    assert started.wait(30) == 0
    assert mark.is_file()


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE])
def test_a_book_is_copied_without_its_passphrase(tmp_path: Path, passphrase: str) -> None:
    path = tmp_path / "Chi bộ Thôn 4.sochibo"
    make_book(path, passphrase)
    copy_book(path)
    (copy,) = (tmp_path / "Chi bộ Thôn 4.backups").glob("*asked*.sochibo")
    Book.open(copy, read_only=True, passphrase=passphrase).close()


def test_a_protected_book_in_use_is_not_copied_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / "Chi bộ Thôn 4.sochibo"
    make_book(path, PASSPHRASE)
    book = Book.open(path, passphrase=PASSPHRASE)
    try:
        with pytest.raises(BookInUse):
            copy_book(path)
    finally:
        book.close()
    copy_book(path)
    path.with_name(f"{path.name}-wal").write_bytes(b"what a power cut left")
    with pytest.raises(BookInUse):
        copy_book(path)
