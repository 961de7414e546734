"""A file is whole, or what was there before still is, whatever the disk does."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sochibo.faults import DiskFull, NotReadable, NotWritable
from sochibo.files import TooLarge, read_whole, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

OLD, NEW = b"old" * 100, b"new" * 100_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file that is already there, in a folder of its own."""
    path = tmp_path / "usb" / "Báo cáo tháng 11.pdf"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


@pytest.fixture(params=["full", "read-only"])
def stick(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Return a small file system with an old file in it, full or read-only; where we may not mount, skip."""
    folder = tmp_path / "stick"
    folder.mkdir()
    if not _mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)):
        pytest.skip("only root may mount here; the same is tested below without")
    try:
        (folder / "sổ.pdf").write_bytes(OLD)
        if request.param == "read-only":
            assert _mount("-o", "remount,ro", str(folder))
        yield folder
    finally:
        subprocess.run(["/usr/bin/umount", str(folder)], check=True)


def _mount(*arguments: str) -> bool:
    if not Path("/usr/bin/mount").exists():
        return False
    return subprocess.run(["/usr/bin/mount", *arguments], check=False, capture_output=True).returncode == 0


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_leaves_nothing_else(file: Path) -> None:
    write_whole(file, NEW)
    assert file.read_bytes() == NEW
    assert left(file.parent) == [file.name]
    write_whole(file.with_name("new"), b"")
    assert read_whole(file.with_name("new"), 0) == b""


def test_a_name_as_long_as_names_can_be(file: Path) -> None:
    longest = file.with_name("b" * 251 + ".pdf")
    write_whole(longest, NEW)
    assert longest.read_bytes() == NEW


def test_a_real_stick_that_is_full_or_read_only(stick: Path) -> None:
    with pytest.raises((DiskFull, NotWritable)) as caught:
        write_whole(stick / "sổ.pdf", NEW)
    assert caught.value.fields == {"name": "sổ.pdf"}
    assert type(caught.value) is (NotWritable if os.statvfs(stick).f_flag & os.ST_RDONLY else DiskFull)
    assert (stick / "sổ.pdf").read_bytes() == OLD
    assert left(stick) == ["sổ.pdf"]


@pytest.mark.parametrize("step", ["fsync", "rename"])
@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EROFS, NotWritable),
        (errno.EACCES, NotWritable),
        (errno.EIO, NotReadable),
    ],
)
def test_a_disk_that_fails_at_any_step_changes_nothing(
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    number: int,
    kind: type[Exception],
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        if step == "fsync":
            patch.setattr(os, "fsync", fail)
        else:
            patch.setattr(Path, "replace", fail)
        with pytest.raises(kind) as caught:
            write_whole(file, NEW)
    assert type(caught.value) is kind
    assert file.read_bytes() == OLD
    assert left(file.parent) == [file.name]


def test_a_clean_up_that_fails_does_not_hide_the_cause(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(number: int) -> OSError:
        return OSError(number, os.strerror(number))

    def full(*_: object) -> None:
        raise fail(errno.ENOSPC)

    def pulled_out(*_: object, **__: object) -> None:
        raise fail(errno.EIO)

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(Path, "unlink", pulled_out)
    with pytest.raises(DiskFull):
        write_whole(file, NEW)
    assert file.read_bytes() == OLD


def test_a_folder_that_cannot_be_synchronised_is_no_trouble(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def refuse_folders(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        sync(handle)

    monkeypatch.setattr(os, "fsync", refuse_folders)
    write_whole(file, NEW)
    assert file.read_bytes() == NEW


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no handle on a folder")
def test_the_folder_is_synchronised_after_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = []
    monkeypatch.setattr(os, "fsync", lambda handle: kinds.append(stat.S_ISDIR(os.fstat(handle).st_mode)))
    write_whole(file, NEW)
    assert kinds == [False, True]


def test_a_folder_that_vanished(tmp_path: Path) -> None:
    with pytest.raises(NotReadable) as caught:
        write_whole(tmp_path / "pulled out" / "a.pdf", NEW)
    assert caught.value.fields == {"name": "a.pdf"}
    assert left(tmp_path) == []


def test_a_folder_of_the_name_stays(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises((NotReadable, NotWritable)):
        write_whole(tmp_path / "a.pdf", NEW)
    assert left(tmp_path) == ["a.pdf"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_one_may_not_write_into(file: Path) -> None:
    file.parent.chmod(0o500)
    try:
        with pytest.raises(NotWritable):
            write_whole(file, NEW)
        assert file.read_bytes() == OLD
        assert left(file.parent) == [file.name]
    finally:
        file.parent.chmod(0o700)


def test_reading_stops_at_the_limit(file: Path) -> None:
    assert read_whole(file, len(OLD)) == OLD
    with pytest.raises(TooLarge) as caught:
        read_whole(file, len(OLD) - 1)
    assert caught.value.fields == {"name": file.name}


def test_reading_what_is_not_there(tmp_path: Path) -> None:
    for missing in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(NotReadable) as caught:
            read_whole(missing, 10)
        assert caught.value.fields == {"name": missing.name}
