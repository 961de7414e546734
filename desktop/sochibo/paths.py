"""Where shipped and personal files lie."""

from __future__ import annotations

import importlib.resources
from pathlib import Path
from typing import Literal

__all__ = ["cache_folder", "settings_folder", "shipped"]


def shipped(folder: Literal["resources", "i18n"]) -> Path:
    """Return a shipped folder, the same in a wheel, a frozen program, an editable install and a checkout.

    Fonts need a real path on disk, so an installation inside a zip file is not supported.
    """
    inside = importlib.resources.files("sochibo") / folder
    if isinstance(inside, Path) and inside.is_dir():
        return inside
    return Path(__file__).parents[2] / folder


def settings_folder() -> Path:
    """Return the person's folder for settings of this PC; it may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_config_dir("SoChiBo", appauthor=False, roaming=True))


def cache_folder() -> Path:
    """Return the person's folder for what can be made anew; it may not exist yet."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("SoChiBo", appauthor=False))
