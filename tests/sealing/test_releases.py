"""An update file is believed only as its publisher sealed it, byte for byte."""

from __future__ import annotations

import json
import stat
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from releases import RUNTIME, key_pair, make_update

from sochibo.sealing.releases import (
    NewerFormat,
    NoPublisherKey,
    NotAnUpdate,
    OtherPublisher,
    read_release,
    version_parts,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PRIVATE, PUBLIC = key_pair()


@pytest.fixture
def update(tmp_path: Path) -> Path:
    return make_update(tmp_path / "bản mới.sochibo-update", "1.2.0", PRIVATE)


def entries(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewrite(path: Path, changed: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in changed.items():
            archive.writestr(name, data)


def reseal(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Let the publisher himself seal another manifest over the same files."""
    found = entries(path)
    manifest = json.loads(found["manifest.json"])
    change(manifest)
    key = load_pem_private_key(PRIVATE, None)
    assert isinstance(key, Ed25519PrivateKey)
    found["manifest.json"] = json.dumps(manifest).encode()
    found["manifest.sig"] = key.sign(found["manifest.json"])
    rewrite(path, found)


def test_what_was_sealed_comes_out(update: Path, tmp_path: Path) -> None:
    release = read_release(update, PUBLIC)
    assert release.manifest.version == "1.2.0"
    release.unpack(tmp_path / "out")
    assert (tmp_path / "out" / "Lib" / "chữ.txt").read_text("utf-8") == "nội dung\n" * 500
    assert sorted(release.manifest.files) == ["Lib/chữ.txt", RUNTIME, "start"]


def test_the_same_folder_becomes_the_same_bytes(update: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    assert make_update(other / update.name, "1.2.0", PRIVATE).read_bytes() == update.read_bytes()


def test_another_publisher_is_refused(update: Path) -> None:
    with pytest.raises(OtherPublisher):
        read_release(update, key_pair()[1])


def test_a_changed_manifest_is_refused(update: Path) -> None:
    found = entries(update)
    found["manifest.json"] = found["manifest.json"].replace(b"1.2.0", b"9.2.0")
    rewrite(update, found)
    with pytest.raises(OtherPublisher):
        read_release(update, PUBLIC)


@pytest.mark.parametrize("change", [b"exit 1\n", b"exit 0\n\n", b""])
def test_a_changed_file_is_refused_before_it_counts(update: Path, tmp_path: Path, change: bytes) -> None:
    rewrite(update, entries(update) | {"program/start": change})
    release = read_release(update, PUBLIC)
    with pytest.raises(NotAnUpdate):
        release.unpack(tmp_path / "out")


def test_a_file_that_is_not_there_is_missed(update: Path, tmp_path: Path) -> None:
    found = entries(update)
    del found["program/start"]
    rewrite(update, found)
    with pytest.raises(NotAnUpdate):
        read_release(update, PUBLIC).unpack(tmp_path / "out")


def test_what_the_manifest_does_not_name_stays_inside(update: Path, tmp_path: Path) -> None:
    rewrite(update, entries(update) | {"program/more.exe": b"MZ", "../evil": b"no"})
    read_release(update, PUBLIC).unpack(tmp_path / "out")
    assert sorted(each.name for each in (tmp_path / "out").rglob("*")) == ["Lib", "chữ.txt", RUNTIME, "start"]
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize(
    "name",
    ["../evil", "/evil", "a/../../evil", "C:/evil", "a\\evil", "a//b", "./a", "a./b", "nul ", "a\x00b", ""],
)
def test_a_name_that_leads_outside_is_refused_even_when_sealed(update: Path, name: str) -> None:
    reseal(update, lambda manifest: manifest["files"].update({name: manifest["files"]["start"]}))
    with pytest.raises(NotAnUpdate):
        read_release(update, PUBLIC)


@pytest.mark.parametrize(
    "change",
    [
        {"program": "other"}, {"version": "../1"}, {"version": "1"}, {"files": {}}, {"files": 3}, {"more": 1},
        {"files": {"a": {"sha256": "", "size": -1}}}, {"files": {"a": {"sha256": "", "size": 3_000_000_000}}},
    ],
)  # fmt: skip
def test_a_manifest_without_sense_is_refused(update: Path, change: dict[str, Any]) -> None:
    reseal(update, lambda manifest: manifest.update(change))
    with pytest.raises(NotAnUpdate):
        read_release(update, PUBLIC)


def test_a_later_kind_of_update_is_told_as_such(update: Path) -> None:
    reseal(update, lambda manifest: manifest.update({"format": 2, "something": "new"}))
    with pytest.raises(NewerFormat):
        read_release(update, PUBLIC)


@pytest.mark.parametrize("part", [0.01, 0.3, 0.7, 0.99])
def test_a_file_of_which_a_part_was_copied_is_told_as_such(update: Path, part: float) -> None:
    whole = update.read_bytes()
    update.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(NotAnUpdate):
        read_release(update, PUBLIC)


def test_a_link_in_the_archive_is_written_as_the_file_it_was_sealed_as(update: Path, tmp_path: Path) -> None:
    """Whoever packs the sealed bytes again may call an entry a link: it leads nowhere all the same."""
    found = entries(update)
    with zipfile.ZipFile(update, "w") as archive:
        for name, data in found.items():
            entry = zipfile.ZipInfo(name)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(entry, data)
    read_release(update, PUBLIC).unpack(tmp_path / "out")
    written = [each for each in (tmp_path / "out").rglob("*") if not each.is_dir()]
    assert len(written) == 3
    assert not any(each.is_symlink() for each in written)


def test_the_same_name_twice_is_refused(update: Path) -> None:
    """Readers of zip files differ in which of two they take."""
    with warnings.catch_warnings(), zipfile.ZipFile(update, "a") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("program/start", b"exit 1\n")
    with pytest.raises(NotAnUpdate):
        read_release(update, PUBLIC)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", b"MZ" * 500])
def test_another_file_is_told_as_such(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.sochibo-update"
    path.write_bytes(data)
    with pytest.raises(NotAnUpdate):
        read_release(path, PUBLIC)


@pytest.mark.parametrize("key", [b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
def test_without_a_publisher_nothing_is_believed(update: Path, key: bytes) -> None:
    with pytest.raises(NoPublisherKey):
        read_release(update, key)


def test_versions_are_ordered_as_numbers() -> None:
    assert version_parts("1.10.0") > version_parts("1.9.9") > version_parts("1.9")
