"""Update files for programs that are installed: sealed with the publisher's key, which no repository holds.

run.py build update key FOLDER NAME   makes the key of NAME; its public half goes to resources/publisher.pem
run.py build update FOLDER/sochibo-publisher.key   seals build/windows/SoChiBo as an update file
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import build_sources
import build_windows
from environment import ROOT
from readiness import PUBLIC
from system import SetupFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from environment import Environment

OUT: Final = ROOT / "build" / "update"
KEY_NAME: Final = "sochibo-publisher.key"


def build(environment: Environment, words: Sequence[str]) -> list[Path]:
    """Do what the words say; returns what was made."""
    match list(words):
        case ["key", folder, name]:
            return [make_key(environment, Path(folder).resolve(), name), PUBLIC]
        case [key] if key != "key":
            return [seal(environment, Path(key).resolve())]
        case _:
            raise SetupFailed(
                "Name the publisher's key: `build update KEY`. To make one outside the checkout: "
                "`build update key FOLDER NAME`, NAME being what people read before they say yes."
            )


def notes() -> dict[str, str]:
    """Return what is new in this version, by language: the first part of the release notes, as plain text."""
    found: dict[str, str] = {}
    for file in sorted((ROOT / "packaging" / "release_notes").glob("*.md")):
        text = file.read_text("utf-8")
        part = re.search(r"^## [^\n]+\n(.*?)(?=^## )", text, re.MULTILINE | re.DOTALL)
        if part is None:
            raise SetupFailed(f"packaging/release_notes/{file.name} does not say what is new.")
        found[file.stem] = re.sub(r"\n +", " ", part[1]).strip()
    return found


def make_key(environment: Environment, folder: Path, name: str) -> Path:
    """Make the key: the secret half outside the checkout, the public one inside."""
    if folder.is_relative_to(ROOT):
        raise SetupFailed("A secret key never lies in the checkout: name a folder outside it.")
    if not re.fullmatch(r"\S.{1,100}", name):
        raise SetupFailed("NAME is what people read before they take an update: one line of words.")
    if PUBLIC.exists():
        raise SetupFailed(
            "resources/publisher.pem is there. Programs that carry it take updates by its key only:\n"
            "remove it only if that key is lost, and let everybody install the next version by its installer."
        )
    file = folder / KEY_NAME
    if file.exists():
        raise SetupFailed(f"There is a {KEY_NAME} in that folder already; it is not replaced.")
    folder.mkdir(parents=True, exist_ok=True)
    if environment.run("-c", _MAKE, file, PUBLIC, name) != 0:
        raise SetupFailed("The key was not made; the reason stands above.")
    print(f"Keep {file.name} where only you reach it, and a copy of it on another disk.")
    return file


def see_that_it_fits(environment: Environment, key: Path) -> None:
    """Raise SetupFailed where a key is not the secret half of what programs carry."""
    if key.is_relative_to(ROOT):
        raise SetupFailed("A secret key never lies in the checkout.")
    if not PUBLIC.is_file():
        raise SetupFailed(
            "There is no resources/publisher.pem, so no program would take the file. Make the key once:\n"
            '  python3 packaging/run.py build update key FOLDER "NAME"'
        )
    if not key.is_file():
        raise SetupFailed(f"There is no key {key}. `build update key` wrote it to {KEY_NAME} in your folder.")
    if environment.run("-c", _FITS, key, PUBLIC) != 0:
        raise SetupFailed(f"{key.name} is not the key whose public half is resources/publisher.pem.")


def seal(environment: Environment, key: Path) -> Path:
    """Seal the folder of the Windows program; its public key must be the one that programs carry."""
    version = build_sources.version()
    program = build_windows.OUT / "SoChiBo" / version
    see_that_it_fits(environment, key)
    if not program.is_dir():
        raise SetupFailed("There is no Windows program yet. First: python3 packaging/run.py build windows")
    carried = program / "site-packages" / "sochibo" / "resources" / PUBLIC.name
    if not carried.is_file() or carried.read_bytes() != PUBLIC.read_bytes():
        raise SetupFailed(
            "The Windows program was built without this resources/publisher.pem: whoever took the update\n"
            "could take no further one. Build it again: python3 packaging/run.py build windows"
        )
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    made = OUT / f"SoChiBo-{version}.sochibo-update"
    if (
        environment.run(
            "-c", _SEAL, made, program, version, build_sources.epoch(), key, PUBLIC, json.dumps(notes())
        )
        != 0
    ):
        raise SetupFailed("The update file was not made; the reason stands above.")
    return made


_MAKE: Final = """
import os, sys
from pathlib import Path
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
key = Ed25519PrivateKey.generate()
secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
with os.fdopen(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
    file.write(secret)
public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
Path(sys.argv[2]).write_bytes(f"Publisher: {sys.argv[3]}\\n".encode() + public)
"""
_FITS: Final = """
import sys
from pathlib import Path
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
try:
    key = load_pem_private_key(Path(sys.argv[1]).read_bytes(), None)
    sys.exit(key.public_key() != load_pem_public_key(Path(sys.argv[2]).read_bytes()))
except (TypeError, ValueError) as error:
    sys.exit(str(error))
"""
_SEAL: Final = """
import json, sys
from pathlib import Path
from sochibo.sealing.releases import read_release, write_release
made, program, version, when, key, public, notes = sys.argv[1:]
named = {"program": "sochibo", "version": version, "system": "windows-x64"}
write_release(Path(made), Path(program), named, Path(key).read_bytes(), int(when), notes=json.loads(notes))
read_release(Path(made), Path(public).read_bytes())
"""
"""Read again with the key that programs carry: a file sealed with another would be refused everywhere."""
