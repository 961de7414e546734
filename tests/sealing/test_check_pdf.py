"""The judge of judges: `packaging/check_pdf.py`, here on a machine without the other judges."""

from __future__ import annotations

import os
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
    assert ended.stdout.splitlines()[-1].split() == ["good.pdf", "yes", "missing", "missing", "missing"]


def test_one_judge_that_says_no_is_enough(folder: Path) -> None:
    ended = check(folder, "good.pdf", "changed.pdf")
    assert ended.returncode == 1
    assert "V03" in ended.stdout
