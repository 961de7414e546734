"""Taking a new version of the program from an update file, where versions lie side by side in one folder.

The new version is unpacked beside the present one and tries itself there. Only then the one line is changed
that says which version starts; the version before stays, for going back.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from sochibo import __version__, faults, files, paths
from sochibo.messages import N_
from sochibo.sealing.releases import Release, publisher_key, read_release, version_parts

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "LAUNCHER", "SYSTEM", "NotNewer", "NotUpdatable", "NothingBefore", "OtherSystem", "TrialNotPassed",
    "go_back", "install", "look_at",
]  # fmt: skip

SYSTEM: Final = "windows-x64" if sys.platform == "win32" else "linux-x64"
LAUNCHER: Final = "sochibo-console.exe" if sys.platform == "win32" else "sochibo"
CURRENT: Final = "current"
_DRAFT: Final = "update"
_MOST_SECONDS: Final = 600


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


def look_at(path: Path, root: Path | None = None) -> Release:
    """Return an update file that this PC could take; raises the reason why not, without writing anything."""
    release = read_release(path, publisher_key())
    if release.manifest.system != SYSTEM:
        raise OtherSystem(name=path.name)
    version, current = release.manifest.version, _current(root) if root else __version__
    if version_parts(version) <= version_parts(current):
        raise NotNewer(name=path.name, version=version, current=current)
    return release


def install(release: Release, root: Path | None = None) -> str:
    """Unpack, try and then start with the new version; returns the version that is kept for going back.

    Whatever goes wrong, the present version is untouched and the half new one is cleared away.
    """
    place = root or _installation()
    present, version = _current(place), release.manifest.version
    draft = place / _DRAFT
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        release.unpack(draft / version)
        shutil.copy2(place / LAUNCHER, draft / LAUNCHER)
        files.write_whole(draft / CURRENT, version.encode())
        if not _works(draft / LAUNCHER):
            raise TrialNotPassed(version=version)
        shutil.rmtree(place / version, ignore_errors=True)
        (draft / version).rename(place / version)
        files.write_whole(place / CURRENT, version.encode())
    except OSError as error:
        raise faults.from_os(error, place.name) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for other in _versions(place):
        if other not in {present, version}:
            shutil.rmtree(place / other, ignore_errors=True)
    return present


def go_back(root: Path | None = None) -> str:
    """Start with the version before from now on; returns it. Raises NothingBefore."""
    place = root or _installation()
    present = version_parts(_current(place))
    earlier = [version for version in _versions(place) if version_parts(version) < present]
    if not earlier:
        raise NothingBefore
    version = max(earlier, key=version_parts)
    files.write_whole(place / CURRENT, version.encode())
    return version


def _installation() -> Path:
    place = paths.installation()
    if place is None:
        raise NotUpdatable
    return place


def _current(root: Path) -> str:
    return files.read_whole(root / CURRENT, 64).decode("ascii", "replace").strip()


def _versions(root: Path) -> list[str]:
    """Return the versions that lie in the folder; no other folder is ever taken for one."""
    return [
        each.name
        for each in root.iterdir()
        if each.is_dir() and each.name.replace(".", "").isdecimal() and each.name[0] != "."
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
