"""The folder of received files beside a committee's book: named by content, locked with the book, carried.

A file lies there as it came, under its SHA-256. Beside a protected book it lies locked: AES-256-GCM under a
key that only the encrypted book knows, whose name stands in the file's own, so that what two keys locked lies
side by side. Locking and opening again write the other form, read it back, and only then remove the first: a
file is whole under one of its names at every moment.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import secrets
import time
from typing import TYPE_CHECKING, Final, NamedTuple

from sochibo import faults, files
from sochibo.book.inbox.received_keys import Keys, keys_of
from sochibo.messages import N_
from sochibo.storage.engine.rekeying import wipe_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sochibo.storage.engine.database import Database

__all__ = [
    "SIZE_LIMIT", "Doubtful", "LockedAway", "LostFile", "carry", "clear_drafts", "folder_of", "follow",
    "keep", "look_over", "place_of", "read",
]  # fmt: skip

SIZE_LIMIT: Final = 20_000_000
"""No paper comes near it; a film on the stick is not even read to its end."""

_NAME: Final = re.compile(r"(?P<sha256>[0-9a-f]{64})(?:\.(?P<key>[0-9a-f]{8})\.locked|\.pdf)")
_DRAFTS: Final = "*/.*.tmp"
_DAY: Final = 24 * 60 * 60

_HEAD: Final = b"sochibo locked 1"
_SUM_BYTES: Final = 32
"""A digest of what follows tells without any key whether a locked file is whole."""
_NONCE_BYTES: Final = 12
_LOCKED_LIMIT: Final = SIZE_LIMIT + 1000


class LostFile(faults.Fault):
    """A received file no longer lies beside the book, or is no longer what came."""

    code = "K21"
    sentence = N_("The received file “{name}” is no longer beside the book, or it was changed.")
    advice = N_("Look for the folder in a backup copy, or ask the sender for the file once more.")


class LockedAway(LostFile):
    """A received file is there, locked by a key that this state of the book does not know."""

    code = "K23"
    sentence = N_(
        "The received file “{name}” was locked by a newer state of this book, under its passphrase."
    )
    advice = N_("Restore a newer backup copy of the book, or ask the sender for the file once more.")


class Doubtful(NamedTuple):
    """Received files that cannot be read, or that anybody can read: how many of each."""

    lost: int
    locked_away: int
    unlocked: int


class _Form(NamedTuple):
    """One of the names under which a received file may lie, with what opens it."""

    path: Path
    key: bytes | None

    def content(self, sha256: str) -> bytes | None:
        """Return the file as it came, None where it is not there or not whole."""
        try:
            data = files.read_whole(self.path, _LOCKED_LIMIT)
        except faults.Fault:
            return None
        content = data if self.key is None else _unlocked(data, sha256, self.key)
        return content if content is not None and hashlib.sha256(content).hexdigest() == sha256 else None


def folder_of(book: Path) -> Path:
    """Return the folder of received files beside a committee's book; it may not exist yet."""
    return book.with_name(f"{book.stem}.received")


def place_of(folder: Path, sha256: str, key: str = "") -> Path:
    """Return where a received file is kept: named by its content, so that nothing is kept twice.

    `key` names what locks it, empty for a file kept as it came.
    """
    return folder / sha256[:2] / (f"{sha256}.{key}.locked" if key else f"{sha256}.pdf")


def keep(folder: Path, content: bytes, keys: Keys) -> None:
    """Keep a file where its digest says; one that lies there but was spoilt is made whole again.

    Raises a fault of the folder.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    form = next(_forms(folder, sha256, keys)) if keys.current else _Form(place_of(folder, sha256), None)
    try:
        form.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise faults.from_os(error, folder.name) from error
    if form.content(sha256) is None:
        files.write_whole(form.path, content if form.key is None else _locked(content, sha256, form.key))


def read(folder: Path, sha256: str, keys: Keys, name: str) -> bytes:
    """Return a received file as it came; raises LostFile, or LockedAway, under the `name` it came with."""
    # One that another program is locking this very moment has its other name the second time.
    for form in (*_forms(folder, sha256, keys), *_forms(folder, sha256, keys)):
        content = form.content(sha256)
        if content is not None:
            return content
    raise LockedAway(name=name) if _is_locked_away(folder, sha256, keys) else LostFile(name=name)


def follow(database: Database, progress: Callable[[int, int], bool] = lambda _done, _all: True) -> int:
    """Lock what lies open beside a protected book, or open what lies locked beside one that no longer is.

    Returns how many files were changed; `progress` returns False to stop, and the next time goes on. What is
    spoilt, or locked by a key that nobody here knows, stays as it is. Raises a fault of the folder.
    """
    folder, keys = folder_of(database.path), keys_of(database)
    if database.read_only or (database.key is not None and not keys.current):
        return 0
    found = [
        (path, name)
        for path, name in _files_in(folder)
        if (keys.current and not name["key"]) or (not keys.current and name["key"] in keys.known)
    ]
    changed = 0
    for done, (path, name) in enumerate(found, start=1):
        sha256 = name["sha256"]
        content = _Form(path, keys.known.get(name["key"])).content(sha256)
        other = _Form(place_of(folder, sha256, keys.current), keys.known.get(keys.current))
        if content is not None:
            keep(folder, content, keys)
        if other.content(sha256) is not None:
            wipe_file(path)
            changed += 1
        if not progress(done, len(found)):
            break
    return changed


def look_over(database: Database, *, thorough: bool = False) -> Doubtful:
    """Count the received files that are not beside the book as they should; `thorough` reads each one."""
    folder, keys = folder_of(database.path), keys_of(database)
    lost = locked_away = unlocked = 0
    for row in database.rows("select sha256 from submission where sha256 <> ''"):
        sha256 = str(row["sha256"])
        forms = _forms(folder, sha256, keys)
        if any(form.content(sha256) is not None if thorough else form.path.is_file() for form in forms):
            unlocked += database.key is not None and place_of(folder, sha256).is_file()
        elif _is_locked_away(folder, sha256, keys):
            locked_away += 1
        else:
            lost += 1
    return Doubtful(lost, locked_away, unlocked)


def carry(source: Path, target: Path, *, to_second_place: bool = False) -> int:
    """Copy what lies whole in one folder of received files and not in another; returns how many.

    They travel as they lie, locked or not. A file that was spoilt is not carried, so that it never takes the
    place of a good one. At the second place what came there before the book was protected is removed once the
    locked file lies there. Raises a fault of the folder that is written to.
    """
    carried = 0
    for path, name in _files_in(source):
        place = target / path.parent.name / path.name
        if _size(place) != _size(path):
            data = _whole_data(path, name)
            if data is None:
                continue
            _make_folders(place)
            files.write_whole(place, data)
            carried += 1
        if to_second_place and name["key"]:
            before = place_of(target, name["sha256"])
            if before.is_file() and _whole_data(place, name) is not None:
                wipe_file(before)
    return carried


def clear_drafts(folder: Path) -> None:
    """Remove what a program left that fell while it wrote, once it is a day old."""
    for draft in folder.glob(_DRAFTS):
        with contextlib.suppress(OSError):
            if time.time() - draft.stat().st_mtime > _DAY:
                draft.unlink()


def _forms(folder: Path, sha256: str, keys: Keys) -> Iterator[_Form]:
    """Yield the names under which a file may lie: what the book locks with now first, as it came last."""
    for key in sorted(keys.known, key=lambda one: one != keys.current):
        yield _Form(place_of(folder, sha256, key), keys.known[key])
    yield _Form(place_of(folder, sha256), None)


def _is_locked_away(folder: Path, sha256: str, keys: Keys) -> bool:
    """Tell whether a file lies there under a key that the book does not know."""
    there = (_NAME.fullmatch(path.name) for path in folder.glob(f"{sha256[:2]}/{sha256}.*"))
    return any(name and name["key"] and name["key"] not in keys.known for name in there)


def _locked(content: bytes, sha256: str, key: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, content, sha256.encode())
    return _HEAD + hashlib.sha256(sealed).digest() + sealed


def _unlocked(data: bytes, sha256: str, key: bytes) -> bytes | None:
    """Return what was locked, None where any of it was changed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, sealed = _sealed(data)[:_NONCE_BYTES], _sealed(data)[_NONCE_BYTES:]
    if not data.startswith(_HEAD) or len(nonce) < _NONCE_BYTES:
        return None
    try:
        return AESGCM(key).decrypt(nonce, sealed, sha256.encode())
    except InvalidTag:
        return None


def _sealed(data: bytes) -> bytes:
    return data[len(_HEAD) + _SUM_BYTES :]


def _whole_data(path: Path, name: re.Match[str]) -> bytes | None:
    """Return the bytes of a file in the folder if they are whole, which a locked one says itself."""
    try:
        data = files.read_whole(path, _LOCKED_LIMIT)
    except faults.Fault:
        return None
    if name["key"]:
        whole = data[: len(_HEAD) + _SUM_BYTES] == _HEAD + hashlib.sha256(_sealed(data)).digest()
    else:
        whole = hashlib.sha256(data).hexdigest() == name["sha256"]
    return data if whole else None


def _files_in(folder: Path) -> Iterator[tuple[Path, re.Match[str]]]:
    """Yield what lies in a folder of received files, in a steady order, with the parts of its name."""
    try:
        paths = sorted(folder.glob("*/*"))
    except OSError as error:
        raise faults.NotReadable(name=folder.name) from error
    for path in paths:
        if name := _NAME.fullmatch(path.name):
            yield path, name


def _size(path: Path) -> int:
    """Return how long a file is, -1 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _make_folders(place: Path) -> None:
    try:
        place.parent.parent.mkdir(exist_ok=True)  # not those above: a stick pulled out would come back
        place.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise faults.from_os(error, place.parents[1].name) from error
