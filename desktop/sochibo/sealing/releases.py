"""Update files: a new version of the program, sealed by its publisher, carried on a stick.

An update file is a zip file: `manifest.json` names program, version, system and every file with its SHA-256,
`manifest.sig` is the publisher's Ed25519 signature over those very bytes, and below `program/` lie the files.
Nothing is unpacked before the signature holds, and nothing is kept that the manifest does not name.
"""

from __future__ import annotations

import hashlib
import lzma
import os
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import msgspec

from sochibo import faults, paths
from sochibo.documents.decoding import decode
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

__all__ = [
    "Listed", "Manifest", "NewerFormat", "NoPublisherKey", "NotAnUpdate", "OtherPublisher", "Publisher",
    "Release", "publisher", "publisher_key", "read_release", "version_parts", "write_release",
]  # fmt: skip

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
INSIDE: Final = "program/"
_MOST_MANIFEST: Final = 8_000_000
_MOST_FILES: Final = 20_000
_MOST_NOTES: Final = 100_000
_MOST_BYTES: Final = 2_000_000_000
_SIGNATURE_BYTES: Final = 64
_BLOCK: Final = 1 << 20
# What zipfile raises at a file that is none, or not whole; each way of packing has an error of its own.
_BROKEN: Final = (
    zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError, RuntimeError, lzma.LZMAError,
    zlib.error,
)  # fmt: skip
_VERSION: Final = re.compile(r"\d{1,5}(\.\d{1,5}){1,3}")
_RESERVED: Final = re.compile(r'[<>:"\\|?*\x00-\x1f]')


class NotAnUpdate(faults.Fault):
    """The file is no update file, or not a whole one."""

    code = "U01"
    sentence = N_("“{name}” is not an update of this program, or it is damaged.")
    advice = N_("Copy it once more, or ask for it again. Nothing was changed.")


class NewerFormat(NotAnUpdate):
    """A later program writes update files that this one cannot read."""

    code = "U02"
    sentence = N_("“{name}” is an update that this version cannot take by itself.")
    advice = N_("Install the new version with its own installer. Nothing was changed.")


class OtherPublisher(faults.Fault):
    """The signature is not that of the publisher whose key this program carries."""

    code = "U03"
    sentence = N_("“{name}” was not sealed by the publisher of this program.")
    advice = N_("Do not use this file, and tell whoever gave it to you. Nothing was changed.")


class NoPublisherKey(faults.Fault):
    """This program was built without a publisher's key, so it can trust no update file."""

    code = "U04"
    sentence = N_("This program carries no publisher's key, so it takes no update files.")
    advice = N_("Install the new version with its own installer. Nothing was changed.")


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the manifest says of one file."""

    sha256: str
    size: int


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the publisher sealed."""

    format: int
    program: str
    version: str
    system: str
    files: dict[str, Listed]
    notes: dict[str, str] = {}
    """What is new, by language, as plain text; sealed with the rest, so nobody else can put words there."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Whose update files this program takes: the name that stands above the key it was shipped with."""

    name: str
    fingerprint: str
    """The SHA-256 of the public key, in hex."""


@dataclass(frozen=True, slots=True)
class Release:
    """An update file whose signature holds."""

    path: Path
    manifest: Manifest

    def unpack(self, folder: Path, told: Callable[[int, int], object] = lambda *_: None) -> None:
        """Write its files below a new folder, each compared with the manifest; raises NotAnUpdate.

        `told` hears how many of how many are written. What is written of a file that turns out another stays
        for whoever called to clear away.
        """
        try:
            with zipfile.ZipFile(self.path) as archive:
                for done, (name, listed) in enumerate(self.manifest.files.items(), 1):
                    self._unpack_one(archive, name, listed, folder / name)
                    told(done, len(self.manifest.files))
        except _BROKEN as error:
            raise NotAnUpdate(name=self.path.name) from error
        except OSError as error:
            raise faults.from_os(error, self.path.name) from error

    def _unpack_one(self, archive: zipfile.ZipFile, name: str, listed: Listed, to: Path) -> None:
        to.parent.mkdir(parents=True, exist_ok=True)
        digest, left = hashlib.sha256(), listed.size
        with archive.open(INSIDE + name) as packed, to.open("xb") as written:
            while block := packed.read(min(_BLOCK, left + 1)):
                left -= len(block)
                if left < 0:
                    break
                digest.update(block)
                written.write(block)
            # On the disk before the version may start: a power cut would else leave empty files behind.
            written.flush()
            os.fsync(written.fileno())
        if left or digest.hexdigest() != listed.sha256:
            raise NotAnUpdate(name=self.path.name)


def publisher_key() -> bytes:
    """Return the publisher's public key that was shipped with this program; raises NoPublisherKey."""
    file = paths.shipped("resources") / "publisher.pem"
    try:
        return file.read_bytes()
    except OSError as error:
        raise NoPublisherKey from error


def publisher(public_key: bytes) -> Publisher:
    """Return who is behind a publisher's key; raises NoPublisherKey where it is none."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = _loaded(public_key)
    named = re.search(rb"^Publisher: (.{1,200})$", public_key, re.MULTILINE)
    encoded = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    name = named[1].decode("utf-8", "replace").strip() if named else ""
    return Publisher(name, hashlib.sha256(encoded).hexdigest())


def read_release(path: Path, public_key: bytes) -> Release:
    """Read an update file as far as its signature; raises NotAnUpdate, NewerFormat or OtherPublisher."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if len(names) > _MOST_FILES or len(names) != len(set(names)):
                raise NotAnUpdate(name=path.name)
            manifest = _read(archive, MANIFEST, _MOST_MANIFEST)
            signature = _read(archive, SIGNATURE, _SIGNATURE_BYTES)
    except _BROKEN as error:
        raise NotAnUpdate(name=path.name) from error
    except OSError as error:
        raise faults.from_os(error, path.name) from error
    _check_signature(path, manifest, signature, public_key)
    return Release(path, _decoded(path, manifest))


def write_release(
    path: Path,
    program: Path,
    manifest: Mapping[str, str],
    private_key: bytes,
    when: int,
    *,
    notes: Mapping[str, str] | None = None,
    quick: bool = False,
) -> None:
    """Seal a folder as an update file: for whoever publishes, with a key that no program carries.

    `manifest` holds program, version and system, `notes` what is new, by language; `when` is the time that
    every entry bears, so that the same folder becomes the same bytes. `quick` packs less tightly.
    """
    import time

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(private_key, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("an Ed25519 key is wanted")
    found = sorted((each for each in program.rglob("*") if each.is_file()), key=lambda each: each.as_posix())
    listed = {
        each.relative_to(program).as_posix(): Listed(
            hashlib.sha256(each.read_bytes()).hexdigest(), each.stat().st_size
        )
        for each in found
    }
    sealed = msgspec.json.encode(Manifest(format=FORMAT, files=listed, notes=dict(notes or {}), **manifest))
    moment = time.gmtime(when)[:6]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in ((MANIFEST, sealed), (SIGNATURE, key.sign(sealed))):
            archive.writestr(zipfile.ZipInfo(name, moment), data)
        for name in listed:
            entry = zipfile.ZipInfo(INSIDE + name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED if quick else zipfile.ZIP_LZMA
            archive.writestr(entry, (program / name).read_bytes())


def version_parts(version: str) -> tuple[int, ...]:
    """Return a version as numbers, by which versions are put in order."""
    return tuple(map(int, version.split(".")))


def _read(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with archive.open(name) as packed:
        data = packed.read(limit + 1)
    if len(data) > limit:
        raise ValueError(name)
    return data


def _check_signature(path: Path, manifest: bytes, signature: bytes, public_key: bytes) -> None:
    from cryptography.exceptions import InvalidSignature

    try:
        _loaded(public_key).verify(signature, manifest)
    except InvalidSignature as error:
        raise OtherPublisher(name=path.name) from error


def _loaded(public_key: bytes) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(public_key)
    except ValueError as error:
        raise NoPublisherKey from error
    if not isinstance(key, Ed25519PublicKey):
        raise NoPublisherKey
    return key


def _decoded(path: Path, manifest: bytes) -> Manifest:
    try:
        version = decode(manifest, dict[str, msgspec.Raw])["format"]
        if int(bytes(version)) > FORMAT:
            raise NewerFormat(name=path.name)
        decoded: Manifest = decode(manifest, Manifest)
    except (msgspec.MsgspecError, KeyError, ValueError) as error:
        raise NotAnUpdate(name=path.name) from error
    sound = (
        decoded.program == "sochibo"
        and _VERSION.fullmatch(decoded.version)
        and 0 < len(decoded.files) <= _MOST_FILES
        and sum(each.size for each in decoded.files.values()) <= _MOST_BYTES
        and all(each.size >= 0 for each in decoded.files.values())
        and all(_stays_inside(name) for name in decoded.files)
        and sum(map(len, decoded.notes.values())) <= _MOST_NOTES
    )
    if not sound:
        raise NotAnUpdate(name=path.name)
    return decoded


def _stays_inside(name: str) -> bool:
    """Tell whether a name can only mean a file below the new folder, on Windows too."""
    parts = PurePosixPath(name).parts
    return (
        bool(parts)
        and not name.startswith("/")
        and ".." not in parts
        and PurePosixPath(name).as_posix() == name
        and _RESERVED.search(name) is None
        and all(part == part.rstrip(". ") for part in parts)
    )
