"""What programs of others say of our files; each is asked only where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


def ask(program: str, *arguments: str) -> str:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    ended = subprocess.run([path, *arguments], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture
def files(sealed: bytes, chaired: bytes, tmp_path: Path) -> dict[str, Path]:
    found = {"summary": tmp_path / "summary.pdf", "minutes": tmp_path / "minutes.pdf"}
    found["summary"].write_bytes(sealed)
    found["minutes"].write_bytes(chaired)
    return found


@pytest.mark.parametrize("kind", ["summary", "minutes"])
def test_qpdf_finds_the_file_sound(kind: str, files: dict[str, Path]) -> None:
    assert "No syntax or stream encoding errors found" in ask("qpdf", "--check", str(files[kind]))


@pytest.mark.parametrize("kind", ["summary", "minutes"])
def test_poppler_finds_the_signature_valid(kind: str, files: dict[str, Path]) -> None:
    said = ask("pdfsig", "-nocert", str(files[kind]))
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "Nguyễn Văn Mẫu" in said
    assert "ETSI.CAdES.detached" in said
    assert "SHA-256" in said
