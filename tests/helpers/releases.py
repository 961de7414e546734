"""Update files for tests, sealed with keys that are thrown away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from sochibo.book.upkeep.updating import LAUNCHER, SYSTEM
from sochibo.sealing.releases import write_release

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["NOTES", "RUNTIME", "key_pair", "make_installation", "make_update"]

WHEN = 1_790_000_000
RUNTIME = "python311._pth"
"""By this file every version of the program is known for one."""
NOTES = {"vi": "Thêm bảng tổng hợp quý.", "en": "A table of the quarter is new."}


def key_pair() -> tuple[bytes, bytes]:
    """Return a private and a public key, as PEM, the publisher's name above the public one."""
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return private, "Publisher: Nhóm Sổ Chi bộ\n".encode() + public


def make_installation(folder: Path, version: str) -> Path:
    """Lay a program whose launcher starts what its version holds, as the real one does."""
    inside = folder / version
    inside.mkdir(parents=True)
    (inside / "start").write_text("exit 0\n", "utf-8")
    (inside / RUNTIME).touch()
    (folder / "current").write_text(version, "ascii")
    (folder / "uninstall.exe").touch()
    launcher = folder / LAUNCHER
    launcher.write_text(
        '#!/bin/sh\nhere="$(dirname "$0")"\n. "$here/$(cat "$here/current")/start"\n', "utf-8"
    )
    launcher.chmod(0o755)
    return folder


def make_update(
    path: Path, version: str, private: bytes, *, start: str = "exit 0\n", system: str = SYSTEM
) -> Path:
    """Seal a small version as an update file."""
    program = path.parent / f"{path.stem} program"
    (program / "Lib").mkdir(parents=True)
    (program / "start").write_text(start, "utf-8")
    (program / RUNTIME).touch()
    (program / "Lib" / "chữ.txt").write_text("nội dung\n" * 500, "utf-8")
    named = {"program": "sochibo", "version": version, "system": system}
    write_release(path, program, named, private, WHEN, notes=NOTES)
    return path
