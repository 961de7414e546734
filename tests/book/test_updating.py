"""A new version takes the place of the present one only when it is whole, sealed, newer, and works."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from releases import key_pair, make_installation, make_update

from sochibo.book import updating
from sochibo.book.updating import (
    NothingBefore,
    NotNewer,
    NotUpdatable,
    OtherSystem,
    TrialNotPassed,
    go_back,
    install,
    look_at,
)
from sochibo.faults import Fault
from sochibo.sealing.releases import NotAnUpdate

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE, PUBLIC = key_pair()
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
