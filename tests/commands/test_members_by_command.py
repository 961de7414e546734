"""Members counted and their registers printed by command."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell, World


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_movement_adds_up(world: World, shell: Shell, language: str) -> None:
    said = shell("members", "movement", world.cell, "--period", "2026", language=language)
    assert said.code == 0
    assert ("Đảng viên cuối kỳ" if language == "vi" else "Members at the end") in said.out


def test_the_movement_speaks_json(world: World, shell: Shell) -> None:
    said = shell("members", "movement", world.cell, "--period", "2026-H1", "--json")
    table = json.loads(said.out)
    lines = table["lines"]
    start, end = lines["start"]["total"], lines["end"]["total"]
    assert start + table["increase"]["total"] - table["decrease"]["total"] == end > 0


def test_a_list_without_a_header_is_read_by_the_letters_of_its_columns(
    world: World, shell: Shell, tmp_path: Path
) -> None:
    names = tmp_path / "tên.csv"
    names.write_text("Vũ Thị Xoan,3/4/1970\nHà Văn Lúa,1980\n", "utf-8")
    refused = shell("import", world.cell, names, "--dry-run")
    assert (refused.code, "I02" in refused.err) == (1, True)
    look = shell("import", world.cell, names, "--no-header", "--dry-run", language="en")
    assert (look.code, "2 rows; new 2" in look.out) == (0, True)
    without = shell("import", world.cell, names, "--no-header", "--column", "a=", "--dry-run")
    assert (without.code, "I02" in without.err) == (1, True)
    own = tmp_path / "own.sochibo"
    shutil.copyfile(world.cell, own)
    assert shell("import", own, names, "--no-header", "--column", "b=", "--column", "A=name").code == 0
    again = shell("import", own, names, "--no-header", "--dry-run", language="en")
    assert "known 2" in again.out


def test_a_register_is_written_once(world: World, shell: Shell, tmp_path: Path) -> None:
    for register in ("list", "transfers"):
        target = tmp_path / f"{register}.pdf"
        words = ("members", "register", world.cell, register, target, "--on", "2026-11-05")
        assert shell(*words).code == 0
        assert target.read_bytes().startswith(b"%PDF")
        assert shell(*words).code == 1
        assert shell(*words, "--replace").code == 0
