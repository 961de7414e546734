"""The few system libraries and tools of Debian and Ubuntu that wheels cannot bring."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys

LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What Qt loads even without a screen."""

TOOLS = {"pdfsig": "poppler-utils", "qpdf": "qpdf", "softhsm2-util": "softhsm2"}
"""What some tests ask for a second opinion on our files."""


class SetupFailed(Exception):
    """The set-up cannot go on; the text says what to do."""


def missing(*, tools: bool) -> list[str]:
    """Return the Debian packages that are not here; other systems bring these libraries themselves."""
    if sys.platform != "linux":
        return []
    lacking = [package for library, package in LIBRARIES.items() if not _loads(library)]
    if tools:
        lacking += [package for tool, package in TOOLS.items() if shutil.which(tool) is None]
    return lacking


def provide(*, tools: bool) -> None:
    """Install what is missing when we may, else raise SetupFailed with the line to type."""
    lacking = missing(tools=tools)
    if lacking:
        install(lacking, "Qt and the tests need a few system libraries.")


def provide_venv() -> None:
    """See that Python can make virtual environments: Debian keeps that in a package of its own."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        install(["python3-venv"], "This Python cannot make virtual environments.")


def install(packages: list[str], why: str) -> None:
    """Install Debian packages as root; raises SetupFailed with the exact line where we are not root."""
    line = f"apt-get install --yes --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        raise SetupFailed(
            f"{why} Install, with this system's own tool, what Debian calls: {' '.join(packages)}"
        )
    if os.geteuid() != 0:
        raise SetupFailed(f"{why} Please run this line, then this command again:\n  sudo {line}")
    print(f"{why} Installing {' '.join(packages)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(line.split(), env=environment, check=False, stdout=subprocess.DEVNULL).returncode == 0:
        return
    # A fresh machine has no lists of packages yet.
    subprocess.run(["apt-get", "update"], env=environment, check=False, stdout=subprocess.DEVNULL)  # noqa: S607 - root's own PATH
    if subprocess.run(line.split(), env=environment, check=False, stdout=subprocess.DEVNULL).returncode != 0:
        raise SetupFailed(
            f"{why} They could not be installed; please run this line and see what it says:\n  {line}"
        )


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
