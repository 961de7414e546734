"""Taking a new version of the program from an update file, where versions lie side by side in one folder.

The books are copied, then the new version is unpacked beside the present one and tries itself there. Only
then the one line is changed that says which version starts; the version before stays, for going back.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo import __version__, faults, files, paths
from sochibo.messages import N_
from sochibo.sealing.keys import fingerprint_groups
from sochibo.sealing.releases import (
    Publisher,
    Release,
    publisher,
    publisher_key,
    read_release,
    version_parts,
)
from sochibo.storage.copies.backup import Backup, Reason, backups_folder, copy_to_second_place
from sochibo.storage.engine.lock import WriterLock

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "LAUNCHER", "PROGRAM", "SUFFIX", "SYSTEM", "BookInUse", "NotNewer", "NotUpdatable", "NothingBefore",
    "Offer", "OtherSystem", "Stage", "Standing", "TrialNotPassed", "copy_book", "go_back", "install",
    "look_at", "standing", "start_again",
]  # fmt: skip

SYSTEM: Final = "windows-x64" if sys.platform == "win32" else "linux-x64"
LAUNCHER: Final = "sochibo-console.exe" if sys.platform == "win32" else "sochibo"
PROGRAM: Final = "sochibo.exe" if sys.platform == "win32" else "sochibo"
SUFFIX: Final = ".sochibo-update"
CURRENT: Final = "current"
DRAFT: Final = ".update"
"""Where a version lies while it is tried, and while it is taken away; the installer knows the name too."""
_OWN: Final = ("uninstall.exe", "SoChiBo.portable")
"""What the installer for one person or the portable zip lays there; a program for all people has neither."""
_NAMED: Final = re.compile(r"\d+(\.\d+){1,3}")
_RUNTIME: Final = "python3*._pth"
_LISTED: Final = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\SoChiBo"
_MOST_SECONDS: Final = 600
_PAUSES: Final = (0.2, 0.5, 1.0, 2.0, 4.0)


class OtherSystem(faults.Fault):
    """The update is for another kind of PC."""

    code = "U05"
    sentence = N_("“{name}” is an update for another kind of PC.")
    advice = N_("Ask for the one that fits this PC. Nothing was changed.")


class NotNewer(faults.Fault):
    """The update is not newer than what is installed; going back is another act."""

    code = "U06"
    sentence = N_("“{name}” holds version {version}; this PC has {current} already.")
    advice = N_("There is nothing to do. Nothing was changed.")


class NotUpdatable(faults.Fault):
    """The program was installed in another way: for all people, by a package, or from source."""

    code = "U07"
    sentence = N_("This program was installed in a way that takes no update files.")
    advice = N_("Whoever looks after this PC installs the new version. Nothing was changed.")


class TrialNotPassed(faults.Fault):
    """The new version was unpacked and tried itself, and something did not work on this PC."""

    code = "U08"
    sentence = N_("Version {version} does not work on this PC, so the present one stays.")
    advice = N_("Please pass this on to whoever gave you the file. Nothing was changed.")


class NothingBefore(faults.Fault):
    """No earlier version is kept."""

    code = "U09"
    sentence = N_("No earlier version is kept on this PC.")
    advice = N_("Nothing was changed.")


class BookInUse(faults.Fault):
    """A protected book is copied byte by byte, which is sound only while nobody writes it."""

    code = "U10"
    sentence = N_("“{name}” is open in another window, or was not closed the last time.")
    advice = N_("Open it once, close it, then update. Nothing was changed.")


class Stage(StrEnum):
    """What an update is doing, in this order."""

    UNPACK = "unpack"
    TRY = "try"
    SWITCH = "switch"


@dataclass(frozen=True, slots=True)
class Offer:
    """An update that this PC could take, and what a person wants to know before saying yes."""

    release: Release
    publisher: Publisher
    present: str

    @property
    def version(self) -> str:
        """Return the version it brings."""
        return self.release.manifest.version

    @property
    def fingerprint(self) -> str:
        """Return the publisher's key as people compare it: groups of four."""
        return fingerprint_groups(self.publisher.fingerprint)

    def notes(self, language: str) -> str:
        """Return what is new, in a language or in the one there is."""
        notes = self.release.manifest.notes
        return notes.get(language) or next(iter(notes.values()), "")


@dataclass(frozen=True, slots=True)
class Standing:
    """Which version runs here, which is kept for going back, and why no update file is taken, if so."""

    present: str
    earlier: str
    trouble: faults.Fault | None


def standing() -> Standing:
    """Return how this program stands to updates."""
    try:
        place = _installation()
        _see_that_it_can_be_written(place)
        present = _current(place)
        publisher(publisher_key())
    except faults.Fault as fault:
        return Standing(__version__, "", fault)
    return Standing(present, _earlier(place), None)


def look_at(path: Path, root: Path | None = None) -> Offer:
    """Return an update file that this PC could take; raises the reason why not, without writing anything."""
    key = publisher_key()
    # What starts next counts, not what runs: a version just taken or left would else be judged by the other.
    current = _current(root or _installation())
    release = read_release(path, key)
    if release.manifest.system != SYSTEM:
        raise OtherSystem(name=path.name)
    version = release.manifest.version
    if version_parts(version) <= version_parts(current):
        raise NotNewer(name=path.name, version=version, current=current)
    return Offer(release, publisher(key), current)


def copy_book(path: Path) -> None:
    """Copy a book to its backups, before another version of the program may open it.

    A protected one is copied byte by byte, and read back so: its passphrase is nobody's to ask here.
    """
    from sochibo.book.book import Book
    from sochibo.book.upkeep.protection import is_protected

    if not is_protected(path):
        with Book.open(path, read_only=True) as book:
            book.backups.make(Reason.ASKED)
        return
    try:
        lock = WriterLock.take(path)
    except OSError as error:
        raise faults.from_os(error, path.name) from error
    log = path.with_name(f"{path.name}-wal")
    if lock is None or (log.is_file() and log.stat().st_size):
        if lock is not None:
            lock.give_up()
        raise BookInUse(name=path.name)
    try:
        now = datetime.now().astimezone()
        copy_to_second_place(Backup(path, now, Reason.ASKED), backups_folder(path))
    finally:
        lock.give_up()


def install(
    offer: Offer,
    root: Path | None = None,
    told: Callable[[Stage, int, int], object] = lambda *_: None,
) -> str:
    """Unpack, try and then start with the new version; returns the version that is kept for going back.

    Whatever goes wrong, the present version is untouched and the half new one is cleared away. `told` hears
    what is being done, and how much of it is done.
    """
    place = root or _installation()
    present, version = _current(place), offer.version
    draft = place / DRAFT
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        offer.release.unpack(draft / version, lambda done, of: told(Stage.UNPACK, done, of))
        shutil.copy2(place / LAUNCHER, draft / LAUNCHER)
        files.write_whole(draft / CURRENT, version.encode())
        told(Stage.TRY, 0, 1)
        if not _works(draft / LAUNCHER):
            raise TrialNotPassed(version=version)
        told(Stage.SWITCH, 0, 1)
        if (place / version).exists():
            _take_away(place / version)
        _put_in_place(draft / version, place / version)
        _start_with(place, version)
        for other in set(_versions(place)) - {present, version}:
            # A version that still runs stays whole, until the next update.
            with suppress(OSError):
                _take_away(place / other)
    except OSError as error:
        raise faults.from_os(error, place.name) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return present


def go_back(root: Path | None = None) -> str:
    """Start with the version before from now on; returns it. Raises NothingBefore."""
    place = root or _installation()
    version = _earlier(place)
    if not version:
        raise NothingBefore
    _start_with(place, version)
    return version


def start_again() -> subprocess.Popen[bytes]:
    """Start the window of the version that is to start now, as a program of its own; this one should end."""
    place = _installation()
    try:
        return subprocess.Popen((str(place / PROGRAM),), close_fds=True)  # noqa: S603 - our own launcher, by its whole path
    except OSError as error:
        raise faults.from_os(error, PROGRAM) from error


def _installation() -> Path:
    place = paths.installation()
    # An administrator could write into the folder of all people, whose package would then know nothing of it.
    if place is None or not any((place / name).is_file() for name in _OWN):
        raise NotUpdatable
    return place


def _start_with(place: Path, version: str) -> None:
    """Let the launcher start a version from now on, and Windows' list of programs name it."""
    files.write_whole(place / CURRENT, version.encode())
    if sys.platform == "win32":
        import winreg

        rights = winreg.KEY_READ | winreg.KEY_WRITE | winreg.KEY_WOW64_64KEY
        # A portable program stands in no list.
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, _LISTED, 0, rights) as key:
            if Path(winreg.QueryValueEx(key, "InstallLocation")[0]) == place:
                winreg.SetValueEx(key, "DisplayVersion", 0, winreg.REG_SZ, version)


def _put_in_place(draft: Path, to: Path) -> None:
    """Move a folder, in several tries: what looks for viruses may still read what has just run there."""
    for pause in _PAUSES:
        try:
            draft.rename(to)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    draft.rename(to)


def _take_away(version: Path) -> None:
    """Put a version where it is cleared away: whole or not at all, since a running one cannot be moved."""
    version.rename(version.parent / DRAFT / f"{version.name} before")


def _see_that_it_can_be_written(place: Path) -> None:
    """Raise NotUpdatable where the folder belongs to an administrator, as when installed for all people."""
    try:
        # Asked by doing: what Windows says of a folder's rights holds for its attributes only.
        tempfile.TemporaryFile(dir=place).close()
    except OSError as error:
        raise NotUpdatable from error


def _current(root: Path) -> str:
    """Return the version that the launcher starts; raises NotUpdatable where the file names none."""
    found = _NAMED.match(files.read_whole(root / CURRENT, 64).decode("ascii", "replace"))
    if found is None:
        raise NotUpdatable
    return found[0]


def _earlier(root: Path) -> str:
    """Return the newest version that is older than the present one; empty where none is kept."""
    present = version_parts(_current(root))
    earlier = [version for version in _versions(root) if version_parts(version) < present]
    return max(earlier, key=version_parts, default="")


def _versions(root: Path) -> list[str]:
    """Return the versions that lie in the folder: named as one, with the runtime of one inside.

    A person may keep a folder “2026” there, above all on a stick.
    """
    return [
        each.name
        for each in root.iterdir()
        if each.is_dir() and _NAMED.fullmatch(each.name) and any(each.glob(_RUNTIME))
    ]


def _works(launcher: Path) -> bool:
    """Let the new version try itself out, window included, by a launcher of its own."""
    no_window = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(  # noqa: S603 - unpacked from a file whose seal holds
            (str(launcher), "--self-test"), stdin=subprocess.PIPE, capture_output=True, check=False,
            timeout=_MOST_SECONDS, creationflags=no_window,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
