"""`sochibo update` copies the books first, and says what it did."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from releases import key_pair, make_installation, make_update

from sochibo import paths
from sochibo.book.upkeep import updating

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell, World

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the launcher of these tests is a shell script"
)


@pytest.fixture
def update(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    private, public = key_pair()
    root = make_installation(tmp_path / "program", "0.0.1")
    monkeypatch.setattr(updating, "publisher_key", lambda: public)
    monkeypatch.setattr(paths, "installation", lambda: root)
    monkeypatch.setattr(paths, "settings_folder", lambda: tmp_path / "settings")
    return make_update(tmp_path / "bản mới.sochibo-update", "99.0.0", private)


def test_the_books_are_copied_before_anything_is_replaced(
    shell: Shell, world: World, update: Path, tmp_path: Path
) -> None:
    book = tmp_path / "Chi bộ Thôn 4.sochibo"
    shutil.copyfile(world.cell, book)
    assert shell("update", "check", update).out.splitlines() == [
        "Version 99.0.0, sealed by the publisher Nhóm Sổ Chi bộ, 3 files.",
        "A table of the quarter is new.",
    ]
    done = shell("update", "install", update, "--book", book)
    assert done.code == 0, done.err
    assert "Copied first: Chi bộ Thôn 4.sochibo" in done.out
    assert "Version 99.0.0 starts from now on. Version 0.0.1 is kept" in done.out
    assert list((tmp_path / "Chi bộ Thôn 4.backups").glob("*asked*.sochibo"))
    back = shell("update", "back")
    assert (back.code, back.out.strip()) == (0, "Version 0.0.1 starts from now on.")


def test_a_book_that_cannot_be_copied_stops_the_update(shell: Shell, update: Path, tmp_path: Path) -> None:
    broken = tmp_path / "hỏng.sochibo"
    broken.write_bytes(b"nothing of ours")
    done = shell("update", "install", update, "--book", broken)
    assert done.code == 1
    assert (tmp_path / "program" / "current").read_text() == "0.0.1"


def test_without_a_publisher_no_file_is_taken(shell: Shell, tmp_path: Path) -> None:
    private, _ = key_pair()
    made = make_update(tmp_path / "a.sochibo-update", "99.0.0", private)
    done = shell("update", "check", made)
    assert done.code == 1
    assert "carries no publisher's key" in done.err
