"""The project's own `.venv`: made once from the lock, known by a stamp, mended when interrupted."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import system
from system import SetupFailed

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "packaging" / "requirements.lock"
INTERPRETER = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
"""The Python that environments are made from: the same when it is an environment's own that runs this.

Whoever types `python packaging/run.py` with .venv activated runs .venv's Python. Taken for another one, it
had .venv made anew, beginning with its removal, below the feet of the program that ran.
"""
HELD_BACK = ("pyside6-essentials", "shiboken6")
"""What the lock holds at a version proven in the Windows build, and `check qt` tries at its newest."""


class Environment:
    """One virtual environment in the checkout."""

    def __init__(self, name: str = ".venv", *, newest_qt: bool = False) -> None:
        self.folder = ROOT / name
        self.newest_qt = newest_qt
        self.stamp = self.folder / "sochibo-stamp.json"

    @property
    def python(self) -> Path:
        """Return its interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    def program(self, name: str) -> Path:
        """Return a program installed in it."""
        return self.python.with_name(f"{name}.exe" if os.name == "nt" else name)

    def provide(self) -> None:
        """Make it what the lock says; does nothing, and quickly, where the stamp says that it is.

        The stamp is written last and taken away first, so an interrupted set-up has none: then everything
        is made anew, since nobody can know what is half there.
        """
        wanted = self._wanted()
        found = self._found()
        if found == wanted:
            return
        if found.get("base") != wanted["base"]:
            self._make()
        else:
            # Only pyproject.toml differs: the libraries stand, the package is put in again.
            self.stamp.unlink()
        self._pip("--no-build-isolation", "--no-deps", "--editable", str(ROOT))
        self.stamp.write_text(json.dumps(wanted), "utf-8")

    def run(self, *arguments: str | Path, **variables: str) -> int:
        """Run its Python in the checkout and return the exit code."""
        return self.call(self.python, *arguments, **variables)

    def call(self, *command: str | Path, **variables: str) -> int:
        """Run a program in the checkout, with messages of Python in UTF-8 on every system."""
        environment = {**os.environ, "PYTHONUTF8": "1", **variables}
        return subprocess.run(
            [str(part) for part in command], cwd=ROOT, env=environment, check=False
        ).returncode

    def _wanted(self) -> dict[str, str]:
        base = hashlib.sha256(LOCK.read_bytes())
        base.update(f"{sys.version} {INTERPRETER} {ROOT} {self.newest_qt}".encode())
        return {
            "base": base.hexdigest(),
            "package": hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest(),
        }

    def _found(self) -> dict[str, str]:
        try:
            found = json.loads(self.stamp.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) and self.python.exists() else {}

    def _make(self) -> None:
        system.provide_venv()
        print(f"Making {self.folder.name} from packaging/requirements.lock; this happens once …", flush=True)
        made = subprocess.run(
            [str(INTERPRETER), "-m", "venv", "--clear", str(self.folder)],
            check=False,
            capture_output=True,
            text=True,
        )
        if made.returncode != 0:
            raise SetupFailed(
                f"{self.folder.name} could not be made: {made.stdout.strip()} {made.stderr.strip()}"
            )
        with tempfile.TemporaryDirectory() as folder:
            lock = LOCK
            if self.newest_qt:
                lock = Path(folder) / "requirements.lock"
                lock.write_text(_without(LOCK.read_text("utf-8"), HELD_BACK), "utf-8")
            self._pip("--require-hashes", "--no-deps", "--requirement", str(lock))
        if self.newest_qt:
            self._pip("--upgrade", HELD_BACK[0])

    def _pip(self, *arguments: str) -> None:
        # Which index or wheelhouse pip asks is the machine's setting, never ours.
        command = ("-m", "pip", "install", "--quiet", "--no-warn-script-location", *arguments)
        if self.run(*command, PIP_DISABLE_PIP_VERSION_CHECK="1") != 0:
            raise SetupFailed(
                "pip could not install what packaging/requirements.lock names; its message stands above.\n"
                "See that this PC reaches the package index, or that PIP_FIND_LINKS names a folder with the\n"
                "wheels, and that the disk has 1 GB free. Then run the same command again: it begins anew."
            )


def _without(lock: str, names: tuple[str, ...]) -> str:
    """Take packages with their hashes out of a lock."""
    kept: list[str] = []
    skipping = False
    for line in lock.splitlines():
        if line and not line[0].isspace() and line[0] != "#":
            skipping = line.startswith(tuple(f"{name}==" for name in names))
        if not skipping:
            kept.append(line)
    return "\n".join(kept) + "\n"
