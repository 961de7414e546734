"""Wrong input to every command: one clear sentence with a code, an exit code, and nothing changed."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sochibo.commands.program import run

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell, World

CODE = re.compile(r"\([A-Z]\d\d(-\w+)?\)")


def contents(book: Path) -> list[str]:
    """Return all that stands in a book; the bytes of its file differ once it was open."""
    with closing(sqlite3.connect(book)) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "BOOK", "nothing.xlsx"],
        ["import", "BOOK", "text.txt"],
        ["import", "text.txt", "nothing.xlsx"],
        ["meeting", "add", "BOOK", "nothing.json"],
        ["meeting", "add", "BOOK", "text.txt"],
        ["meeting", "add", "BOOK", "list.json"],
        ["meeting", "add", "BOOK", "bytes.bin"],
        ["report", "BOOK", "--period", "2026-01", "--kind", "minutes", "--out", "out"],
        ["report", "BOOK", "--period", "2025-11", "--seal", "--passphrase-file", "text.txt", "--out", "out"],
        ["report", "nothing.sochibo", "--period", "2025-11", "--out", "out"],
        ["verify", "nothing.pdf"],
        ["verify", "bytes.bin", "--trust", "text.txt"],
        ["receive", "BOOK", "FOLDER"],
        ["receive", "nothing.sochibo", "STICK"],
        ["rollup", "BOOK", "--period", "2025-11", "--out", "out"],
        ["key", "take", "BOOK", "bytes.bin", "--passphrase-file", "text.txt"],
        ["key", "request", "BOOK", "out.pem", "--passphrase-file", "text.txt"],
        ["key", "accept", "BOOK", "text.txt", "--passphrase-file", "SECRET"],
        ["committee", "authority", "BOOK", "--passphrase-file", "SECRET"],
        ["committee", "enrol", "COMMITTEE", "text.txt", "out.pem", "--passphrase-file", "SECRET"],
        ["committee", "trust", "BOOK", "out.json"],
        ["new", "BOOK", "--name", "Chi bộ A", "--superior", "B", "--place", "C"],
        ["demo", "--out", "FOLDER"],
    ],
    ids=" ".join,
)
def test_a_mistake_is_one_sentence_and_changes_nothing(
    world: World, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.txt").write_text("Đây chỉ là một dòng chữ", "utf-8")
    (tmp_path / "list.json").write_text("[1, 2]", "utf-8")
    (tmp_path / "bytes.bin").write_bytes(bytes(range(256)))
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "kept.txt").write_text("mine", "utf-8")
    places = {
        "BOOK": world.cell, "COMMITTEE": world.committee, "SECRET": world.secret, "STICK": world.stick,
        "FOLDER": folder,
    }  # fmt: skip
    before = contents(world.cell), contents(world.committee)
    done = shell(*(places.get(word, word) for word in arguments))
    assert done.code == 1
    assert CODE.search(done.err), done.err
    assert "C99" not in done.err
    assert "Traceback" not in done.err
    assert str(tmp_path) not in done.err
    assert (contents(world.cell), contents(world.committee)) == before
    assert (folder / "kept.txt").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "There is no such command or book."),
        (["new", "a.sochibo"], "--name is missing."),
        (["import", "a.sochibo"], "ROSTER is missing."),
        (
            ["report", "a.sochibo", "--period", "soon", "--out", "x"],
            "What was given for --period does not fit.",
        ),
        (["verify", "--loud", "a.pdf"], "There is no option --loud here."),
        (["rollup", "a", "b", "--period", "2025-11", "--out", "x"], "too many words"),
        (["key", "break"], "There is no such command"),
        (["new", "a.sochibo", "--kind", "party"], "What was given for --kind does not fit."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_told_with_its_help(shell: Shell, arguments: list[str], said: str) -> None:
    done = shell(*arguments)
    assert done.code == 2
    assert said in done.err
    assert "--help" in done.err


def test_an_unknown_language_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--language", "fr", "verify"]) == 2
    assert "--language" in capsys.readouterr().err


def test_the_language_is_vietnamese_unless_told_otherwise(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["verify", "--help"]) == 0
    assert "Cách dùng" in capsys.readouterr().out
    monkeypatch.setenv("SOCHIBO_LANGUAGE", "en")
    assert run(["verify", "--help"]) == 0
    assert "Usage" in capsys.readouterr().out
    assert run(["verify", "--help", "--language=vi"]) == 0
    assert "Cách dùng" in capsys.readouterr().out


def test_a_passphrase_that_nobody_can_type_is_asked_for_in_words(world: World, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sochibo", "key", "request", str(world.cell), str(tmp_path / "x.pem")]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "(C01)" in done.stderr


def test_a_group_without_a_command_shows_its_help(shell: Shell) -> None:
    done = shell("key")
    assert done.code == 2
    assert "Usage: sochibo key" in done.err
    assert "  take " in done.err


def test_a_bug_leaves_a_code_and_a_file_without_anybodys_data(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from sochibo import paths
    from sochibo.sealing import seals

    def fail(*_given: object) -> None:
        raise RuntimeError("Nguyễn Văn Mẫu 001061000001")

    monkeypatch.setattr(seals, "judge", fail)
    monkeypatch.setattr(paths, "cache_folder", lambda: tmp_path / "cache")
    (tmp_path / "Nguyễn Văn Mẫu.pdf").write_bytes(b"%PDF")
    done = shell("verify", tmp_path / "Nguyễn Văn Mẫu.pdf")
    assert done.code == 1
    code = re.search(r"C99-(\w{6})", done.err)
    assert code is not None
    told = (tmp_path / "cache" / f"sochibo-{code[1]}.txt").read_text("utf-8")
    assert "RuntimeError" in told
    assert "verify.py" in told
    assert "Mẫu" not in told
    assert str(tmp_path) not in told


def test_the_window_says_what_is_missing(shell: Shell, world: World) -> None:
    done = shell(world.cell)
    assert done.code == 1
    assert "(C03)" in done.err


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no pipe that breaks")
def test_whoever_stops_listening_hears_no_complaint(world: World) -> None:
    command = f'"{sys.executable}" -m sochibo verify --json "{world.sealed}" | true'
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
