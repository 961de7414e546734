"""Build the wheel twice, from the checkout and a copy; install it where nothing of ours is; let it try.

The libraries are those of the environment, but only what a finished program carries of them: where the
self-test needs what build_folder.py leaves out, it is missed here, long before anything is packed.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Final

import build_folder
import build_sources
from environment import ROOT, Environment
from system import SetupFailed

SOURCES: Final = ("desktop", "resources", "i18n", "packaging", "pyproject.toml", "README.md", "LICENSE")


def main() -> int:
    """Return 0 where both wheels are the same and the installed one works."""
    environment = Environment()
    with tempfile.TemporaryDirectory(prefix="sochibo-wheel-") as folder:
        work = Path(folder)
        wheel = build_sources.own_wheel(environment, ROOT / "build" / "wheel")
        other = build_elsewhere(work / "một bản khác")
        if wheel.read_bytes() != other.read_bytes():
            print(f"Two builds differ:\n{build_sources.sums([wheel, other])}")
            return 1
        print(f"{wheel.name}: twice {hashlib.sha256(wheel.read_bytes()).hexdigest()}")
        return try_installed(wheel, work / "môi trường trống")


def build_elsewhere(tree: Path) -> Path:
    """Build from a copy with other times of change, as a fresh checkout has them."""
    tree.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, tree / name, ignore=ignored, copy_function=shutil.copyfile)
        else:
            shutil.copyfile(ROOT / name, tree / name)
    out = tree / "out"
    build_sources.run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out, folder=tree)
    return next(out.glob("*.whl"))


def try_installed(wheel: Path, folder: Path) -> int:
    """Install into an empty environment, without the checkout in sight, and run the self-test there."""
    build_sources.run(sys.executable, "-m", "venv", "--without-pip", folder)
    python = Environment().python.relative_to(Environment().folder)
    own = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    build_sources.run(
        sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", own, wheel,
        PIP_DISABLE_PIP_VERSION_CHECK="1",
    )  # fmt: skip
    put_libraries(own)
    command = [folder / python, "-c", _RUN, "--self-test", "--language", "en"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "HOME": str(folder.parent)}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    print(done.stdout + done.stderr)
    return done.returncode


def put_libraries(to: Path) -> None:
    """Lay there what the lock names for a finished program, trimmed as that is, and nothing else."""
    names = build_sources.requirements()
    for library in importlib.metadata.distributions(path=[sysconfig.get_path("purelib")]):
        if re.sub(r"[-_.]+", "-", library.metadata["Name"]).lower() not in names:
            continue
        for file in library.files or ():
            if ".." in file.parts or not build_folder.wanted(file.as_posix()):
                continue
            place = to / file
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                place.hardlink_to(Path(str(library.locate_file(file))))
            except OSError:
                # The folder for passing things lies on another disk than the checkout.
                shutil.copyfile(Path(str(library.locate_file(file))), place)


_RUN: Final = (
    "import sys, sochibo; from pathlib import Path; "
    "assert Path(sochibo.__file__).is_relative_to(sys.prefix), 'not the installed one'; "
    "from sochibo.commands import main; main()"
)

if __name__ == "__main__":
    try:
        sys.exit(main())
    except SetupFailed as failure:
        sys.exit(str(failure))
