"""Which word after `build` and `check` does what; the work itself stands in build_*.py and check_*.py."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import build_sources
import readiness
from environment import ROOT
from system import SetupFailed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from environment import Environment

WHAT = ("wheel", "wheelhouse", "sbom", "deb", "windows", "update", "release")
OUTWARD = ("sbom", "deb", "windows")
"""What people may take for a release."""


def build(environment: Environment, extra: Sequence[str]) -> int:
    """Build one thing, say what came of it, and whether it may go to people."""
    made = _made(environment, extra)
    for file in made:
        place = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name
        print(f"{place}  {file.stat().st_size / 1e6:.1f} MB" if file.is_file() else place)
    if extra[0] in OUTWARD and (lacking := readiness.missing()):
        print("For trying out, not for handing out:\n" + "\n".join(f"- {each}" for each in lacking))
    return 0


def _made(environment: Environment, extra: Sequence[str]) -> list[Path]:
    match list(extra):
        case ["wheel"]:
            made = [build_sources.own_wheel(environment, ROOT / "build" / "wheel")]
        case ["wheelhouse"]:
            made = wheelhouse(environment)
        case ["sbom"]:
            import build_bill

            made = build_bill.build(environment)
        case ["deb"]:
            import build_debian

            made = build_debian.build(environment)
        case ["windows", *options]:
            import build_windows

            made = build_windows.build(environment, quick="--quick" in options)
        case ["update", *words]:
            import build_update

            made = build_update.build(environment, words)
        case ["release", *words]:
            import build_release

            made = build_release.build(environment, words)
        case _:
            raise SetupFailed(f"Say what to build: {', '.join(WHAT)}.")
    return made


def wheelhouse(environment: Environment) -> list[Path]:
    """Lay all wheels for each system into a folder, for installing where there is no internet."""
    made: list[Path] = []
    own = build_sources.own_wheel(environment, ROOT / "build" / "wheel")
    for target in build_sources.PLATFORMS:
        folder = ROOT / "build" / "wheelhouse" / target
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        found = [*build_sources.wheels(environment, target), own]
        for wheel in found:
            shutil.copyfile(wheel, folder / wheel.name)
        lines = "".join(build_sources.requirements().values())
        (folder / "requirements.lock").write_text(lines, "utf-8")
        (folder / "SHA256SUMS").write_text(build_sources.sums(found), "utf-8")
        made.append(folder)
    return made


def check(environment: Environment, what: str, extra: Sequence[str]) -> int:
    """Try out one built thing."""
    script = {"deb": "debian"}.get(what, what)
    variables = {} if what == "windows" else {"QT_QPA_PLATFORM": "offscreen"}
    return environment.run(ROOT / "packaging" / f"check_{script}.py", *extra, **variables)
