"""Where a file lies: in a folder that is carried to the internet, on a share, on a stick, on a full disk."""

from __future__ import annotations

import os
import shutil
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo.storage.engine.connection import is_on_network

if TYPE_CHECKING:
    from sochibo.storage.copies.backup_rules import BackupRules

__all__ = ["BLOCK_DEVICES", "Place", "free_bytes", "is_removable", "place_of"]

BLOCK_DEVICES: Final = Path("/sys/dev/block")
"""Where Linux tells about drives, by their numbers."""

_DRIVE_REMOVABLE: Final = 2


class Place(StrEnum):
    """What kind of place a file lies in; the first that fits, in this order."""

    SYNC = "sync"
    NETWORK = "network"
    REMOVABLE = "removable"
    DISK = "disk"


def place_of(path: Path, rules: BackupRules) -> tuple[Place, str]:
    """Return where a file lies, and the name of the folder or drive that tells it (empty if none does)."""
    folder = path.resolve().parent
    for above in (folder, *folder.parents):
        if _is_synchronised(above, rules):
            return Place.SYNC, above.name
    if is_on_network(path):
        return Place.NETWORK, ""
    if is_removable(folder):
        return Place.REMOVABLE, ""
    return Place.DISK, ""


def free_bytes(folder: Path) -> int | None:
    """Return how much room is left on the disk of a folder; None where that cannot be asked."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _is_synchronised(folder: Path, rules: BackupRules) -> bool:
    name = folder.name.casefold()
    if name.startswith(rules.sync_folders):
        return True
    # Windows keeps OneDrive's folder, which may have any name, in variables.
    named = (os.environ.get(variable) for variable in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer"))
    if any(place and folder == Path(place) for place in named):
        return True
    return any(os.path.lexists(folder / marker) for marker in rules.sync_markers)


def is_removable(folder: Path) -> bool:
    """Tell whether a folder lies on a stick or card."""
    if os.name == "nt":
        import ctypes

        kind: int = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)  # type: ignore[attr-defined,unused-ignore] # Windows only
        return kind == _DRIVE_REMOVABLE
    try:
        device = folder.stat().st_dev
        block = (BLOCK_DEVICES / f"{os.major(device)}:{os.minor(device)}").resolve()
        # A partition says nothing itself; the drive above it does.
        flags = [drive / "removable" for drive in (block, block.parent)]
        return any(flag.read_text("ascii").strip() == "1" for flag in flags if flag.is_file())
    except OSError:
        return False
