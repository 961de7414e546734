"""Folders as sticks have them: films, photographs, leavings of a Mac, names that are no text, nothing."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell, World


@pytest.fixture
def folder(world: World, tmp_path: Path) -> Path:
    """Return a folder with one paper among what else lies on a stick."""
    path = tmp_path / "USB của tôi"
    path.mkdir()
    shutil.copy(world.sealed, path / unicodedata.normalize("NFD", "Báo cáo tháng.pdf"))
    for number in range(20):
        (path / f"IMG_{number}.jpg").write_bytes(b"\xff\xd8\xff")
        (path / f"Công văn {number}.docx").write_bytes(b"PK\x03\x04")
    (path / "._Báo cáo.pdf").write_bytes(b"\x00\x05\x16\x07")
    with (path / "phim.pdf").open("wb") as film:
        film.truncate(70_000_000)
    return path


def test_one_film_stops_nobody_from_judging_the_papers(shell: Shell, world: World, folder: Path) -> None:
    judged = shell("verify", folder, "--trust", world.trust, "--json")
    assert judged.code == 1
    assert {one["file"]: one["code"] for one in judged.json()} == {
        "Báo cáo tháng.pdf": "V00", "phim.pdf": "V23",
    }  # fmt: skip
    committee = shutil.copy(world.committee, folder.parent / "committee.sochibo")
    received = shell("receive", committee, folder, "--json")
    assert {one["file"]: one["code"] for one in received.json()} == {
        "Báo cáo tháng.pdf": "V00", "phim.pdf": "V23",
    }  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_name_that_is_no_text_breaks_no_command(shell: Shell, world: World, tmp_path: Path) -> None:
    folder = tmp_path / "names"
    folder.mkdir()
    for name in (b"b\xe1o c\xe1o.pdf", b"a\nV00 b.pdf"):
        shutil.copy(world.sealed, folder / os.fsdecode(name))
    said = shell("verify", folder, "--trust", world.trust)
    assert said.code == 0
    assert [line for line in said.out.splitlines() if line.endswith("(V00)")] == [
        "a V00 b.pdf: Accepted (V00)", "b�o c�o.pdf: Accepted (V00)",
    ]  # fmt: skip
    missing = shell("verify", os.fsdecode(b"kh\xf4ng.pdf"))
    assert (missing.code, "K03" in missing.err) == (1, True)


def test_an_empty_folder_and_none_at_all_are_told(shell: Shell, world: World, tmp_path: Path) -> None:
    committee = shutil.copy(world.committee, tmp_path / "committee.sochibo")
    (tmp_path / "empty").mkdir()
    for words, code in (
        (("verify", tmp_path / "empty"), "C07"),
        (("verify", tmp_path / "gone"), "K03"),
        (("receive", committee, tmp_path / "empty"), "C07"),
        (("receive", committee, tmp_path / "gone"), "K03"),
    ):
        said = shell(*words)
        assert (said.code, code in said.err) == (1, True), said
        assert str(tmp_path) not in said.err
