"""A release: all that is handed out, built in one go, where nothing of the maintainer's is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import build_bill
import build_debian
import build_sources
import build_update
import build_windows
import readiness
from environment import ROOT
from system import SetupFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from environment import Environment


def build(environment: Environment, words: Sequence[str]) -> list[Path]:
    """Build everything and seal the update file; what is missing is said before the long work begins."""
    if lacking := readiness.missing():
        raise SetupFailed("This is no release yet.\n" + "\n".join(f"- {each}" for each in lacking))
    if len(words) != 1:
        raise SetupFailed("Name the publisher's key, which lies outside the checkout: `build release KEY`.")
    key = Path(words[0]).resolve()
    build_update.see_that_it_fits(environment, key)
    build_windows.build(environment)
    build_debian.build(environment)
    build_update.seal(environment, key)
    build_sources.own_wheel(environment, ROOT / "build" / "wheel")
    return [*build_bill.products(build_sources.version()), *build_bill.build(environment)]
