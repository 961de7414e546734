"""Versions and a publisher for checks alone: the same program, saying that it is another version."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

import build_folder
import build_sources
import build_update
from environment import ROOT
from sochibo.sealing.releases import write_release

if TYPE_CHECKING:
    from pathlib import Path

CARRIED: Final = "site-packages/sochibo/resources/publisher.pem"
"""Where a version carries the public key of its publisher."""


class Publisher:
    """One whose secret key nobody keeps."""

    def __init__(self, work: Path) -> None:
        """`work` is a folder for what is made on the way."""
        self._work: Final = work
        self._key: Final = Ed25519PrivateKey.generate()

    def known_to(self, version: Path) -> Path:
        """Let a version carry the public key; returns the file."""
        public = self._key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (version / CARRIED).write_bytes("Publisher: Nhóm Sổ Chi bộ (thử nghiệm)\n".encode() + public)
        return version / CARRIED

    def publish(self, version: Path, called: str, to: Path) -> Path:
        """Seal a copy of a version, saying that it is another, as an update file."""
        copy = self._work / f"update {called}"
        shutil.copytree(version, copy)
        call_it(copy, called, self._work)
        named = {"program": "sochibo", "version": called, "system": "windows-x64"}
        secret = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        when = int(build_sources.epoch())
        write_release(to, copy, named, secret, when, notes=build_update.notes(), quick=True)
        shutil.rmtree(copy)
        return to


def call_it(inside: Path, version: str, work: Path) -> None:
    """Let a folder of a version say that it is another version."""
    sources = work / f"called {version}"
    sources.mkdir(exist_ok=True)
    source = (ROOT / "desktop" / "sochibo" / "__init__.py").read_text("utf-8")
    (sources / "__init__.py").write_text(source.replace(build_sources.version(), version), "utf-8")
    build_folder.compile_folder(sources, build_sources.debian_python() / "usr" / "bin" / "python3.11")
    shutil.copyfile(sources / "__init__.pyc", inside / "site-packages" / "sochibo" / "__init__.pyc")
