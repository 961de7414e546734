"""Where shipped and personal files lie."""

from __future__ import annotations

import importlib.resources
import sys
from pathlib import Path
from typing import Literal

__all__ = ["cache_folder", "installation", "settings_folder", "shipped"]


def shipped(folder: Literal["resources", "i18n"]) -> Path:
    """Return a shipped folder, the same in a wheel, a frozen program, an editable install and a checkout.

    Fonts need a real path on disk, so an installation inside a zip file is not supported.
    """
    inside = importlib.resources.files("sochibo") / folder
    if isinstance(inside, Path) and inside.is_dir():
        return inside
    return Path(__file__).parents[2] / folder


def installation() -> Path | None:
    """Return the folder of a finished program whose versions lie side by side; None for every other kind."""
    folder = Path(sys.prefix).parent
    return folder if (folder / "current").is_file() else None


def settings_folder() -> Path:
    """Return the person's folder for settings of this PC; it may not exist yet.

    A portable program, known by a mark that its zip file brings, keeps them in its own folder.
    """
    import platformdirs

    own = installation()
    if own is not None and (own / "SoChiBo.portable").is_file():
        return own / "settings"
    return Path(platformdirs.user_config_dir("SoChiBo", appauthor=False, roaming=True))


def cache_folder() -> Path:
    """Return the person's folder for what can be made anew; it may not exist yet."""
    import platformdirs

    own = installation()
    if own is not None and (own / "SoChiBo.portable").is_file():
        return own / "settings" / "cache"
    return Path(platformdirs.user_cache_dir("SoChiBo", appauthor=False))
