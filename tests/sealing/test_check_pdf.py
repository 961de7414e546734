"""The judge of judges: `packaging/check_pdf.py`, here on a machine without the other judges."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "packaging" / "check_pdf.py"


def check(folder: Path, *files: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PATH": str(folder), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, str(SCRIPT), *files],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path, sealed: bytes) -> Path:
    (tmp_path / "good.pdf").write_bytes(sealed)
    (tmp_path / "changed.pdf").write_bytes(sealed[:9000] + b"?" + sealed[9001:])
    return tmp_path


def test_judges_that_are_missing_do_not_count(folder: Path) -> None:
    ended = check(folder, "good.pdf")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "Java is not installed" in ended.stdout
    said = ended.stdout.splitlines()[-1].split()
    assert said == ["good.pdf", "yes", *["missing"] * 4]


def test_a_changed_file_among_good_ones_is_named(folder: Path) -> None:
    ended = check(folder, "good.pdf", "changed.pdf")
    assert ended.returncode == 0
    assert "V03" in ended.stdout


def test_a_good_file_that_our_own_judge_would_refuse_is_a_disagreement() -> None:
    check_pdf = runpy.run_path(str(SCRIPT))
    row = check_pdf["Row"]
    assert row("a", "yes", "yes", "missing", "yes").agreed
    assert not row("a", "yes", "yes", "yes", "6.1.2 fails").agreed
    assert not row("a", "V03", "yes", "yes", "yes").agreed
    assert not row("a", "yes", "yes", "yes", "yes", "HASH_FAILURE PAdES-BASELINE-B").agreed
    assert row("a", "yes", "yes", "yes", "yes", "yes").agreed
    assert row("a", "V03", "yes", "Digest Mismatch.", "yes").agreed


def test_without_one_sound_seal_the_check_fails(folder: Path) -> None:
    assert check(folder, "changed.pdf").returncode == 1
