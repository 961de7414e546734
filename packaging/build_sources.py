"""What a finished program is made of, each file taken by its hash: wheels, Python itself, our own wheel."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import system
from environment import LOCK, ROOT, Environment
from system import SetupFailed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PINS: Final[dict[str, Any]] = tomllib.loads((ROOT / "packaging" / "sources.toml").read_text("utf-8"))
CACHE: Final = ROOT / "build" / "cache"
PLATFORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "windows": ("win_amd64",),
    # pip takes these one by one: the newest does not stand for the older.
    "linux": (
        *(f"manylinux_2_{minor}_x86_64" for minor in (34, 31, 28, 27, 26, 24, 17, 12, 5)),
        "manylinux2014_x86_64",
    ),
}
LEFT_OUT: Final = frozenset({"pip"})
"""sqlite-utils names pip for its own plug-in command; a finished program installs nothing."""


def version() -> str:
    """Return the version of the program, as its package says."""
    source = (ROOT / "desktop" / "sochibo" / "__init__.py").read_text("utf-8")
    found = re.search(r'__version__ = "([^"]+)"', source)
    if found is None:
        raise SetupFailed("desktop/sochibo/__init__.py names no version.")
    return found[1]


def epoch() -> str:
    """Return the time that every built file bears: that of the commit, so that two builds are the same."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return given
    command = ("git", "log", "-1", "--format=%ct")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "1760000000"


def requirements() -> dict[str, str]:
    """Return the part of the lock that a finished program needs, by name: line with version and hashes.

    The lock says of every package what wants it; from those that pyproject.toml names all others follow.
    """
    entries: dict[str, str] = {}
    wanted_by: dict[str, set[str]] = {}
    name = ""
    for line in LOCK.read_text("utf-8").splitlines():
        if found := re.match(r"([A-Za-z0-9_.-]+)==", line):
            name = found[1].lower()
            entries[name], wanted_by[name] = line + "\n", set()
        elif name and (found := re.match(r"\s+#(?: via)?\s+(\S+)", line)):
            wanted_by[name].add(found[1].lower())
        elif name and line.strip().startswith("--hash"):
            entries[name] += line + "\n"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    kept = {re.split(r"[\[<>=!~ ;]", each, maxsplit=1)[0].lower() for each in project}
    while more := {each for each, by in wanted_by.items() if by & kept} - kept:
        kept |= more
    return {each: entries[each].rstrip("\\ \n") + "\n" for each in sorted(kept - LEFT_OUT)}


def wheels(environment: Environment, target: str) -> list[Path]:
    """Return the wheels for `windows` or `linux`, fetched once into build/cache and checked by the lock."""
    lines = requirements()
    text = "".join(lines.values())
    mark = hashlib.sha256(text.encode()).hexdigest()[:16]
    folder = CACHE / f"wheels-{target}-{mark}"
    whole = folder / "whole"
    if not whole.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        listed = folder / "requirements.txt"
        listed.write_text(text, "utf-8")
        download(environment, folder, target, "--require-hashes", "--requirement", str(listed))
        whole.touch()
    found = sorted(folder.glob("*.whl"))
    if len(found) != len(lines):
        raise SetupFailed(f"{folder.name} holds {len(found)} wheels, the lock names {len(lines)}.")
    return found


def download(environment: Environment, folder: Path, target: str, *arguments: str) -> None:
    """Let pip fetch wheels for another system; which index it asks is the machine's setting."""
    tags = [word for tag in PLATFORMS[target] for word in ("--platform", tag)]
    kinds = [word for abi in ("cp311", "abi3", "none") for word in ("--abi", abi)]
    command = (
        "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--python-version", "3.11",
        "--implementation", "cp", *kinds, *tags, "--dest", str(folder), *arguments,
    )  # fmt: skip
    if environment.run(*command, PIP_DISABLE_PIP_VERSION_CHECK="1") != 0:
        raise SetupFailed(f"The wheels for {target} could not be fetched; pip's message stands above.")


def windows_python(environment: Environment) -> Path:
    """Return the folder with the signed Windows runtime of Python, unpacked once."""
    import zipfile

    pins = PINS["windows-python"]
    folder = CACHE / f"windows-python-{pins['sha256'][:16]}"
    if not (folder / "whole").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        line = folder / "requirements.txt"
        line.write_text(f"{pins['requirement']} --hash=sha256:{pins['sha256']}\n", "utf-8")
        download(environment, folder, "windows", "--require-hashes", "--requirement", str(line))
        wheel = next(folder.glob("*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.startswith("deploy_libs/") and name.endswith((".dll", ".pyd")):
                    (folder / Path(name).name).write_bytes(archive.read(name))
        wheel.unlink()
        check(folder / "python311.dll", pins["dll_sha256"])
        (folder / "whole").touch()
    return folder


def debian_python() -> Path:
    """Return the folder with Debian's Python 3.11, its three packages unpacked once."""
    pins = PINS["debian"]
    folder = CACHE / f"debian-python-{pins['version'].replace('+', '-')}"
    if not (folder / "whole").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "packages").mkdir(parents=True)
        require({"dpkg-deb": "dpkg", "apt-get": "apt"})
        for package, digest in pins["sha256"].items():
            _from_debian(f"{package}={pins['version']}", folder / "packages")
            file = next((folder / "packages").glob(f"{package}_*.deb"))
            check(file, digest)
            run("dpkg-deb", "-x", file, folder)
        (folder / "whole").touch()
    return folder


def _from_debian(wanted: str, folder: Path) -> None:
    command = ("apt-get", "-o", "APT::Sandbox::User=root", "download", wanted)
    if subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0:
        return
    # A fresh machine has no lists of packages yet, an old one old lists.
    subprocess.run(["apt-get", "update"], capture_output=True, check=False)  # noqa: S607 - root's own PATH
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SetupFailed(
            f"{done.stderr.strip()}\n"
            f"Where Debian is reached but has {wanted} no more: `apt-cache policy` names what it has.\n"
            "Put that and the sums of its packages into packaging/sources.toml; run both checks again."
        )


def check(file: Path, digest: str) -> None:
    """Refuse and remove a file whose SHA-256 is another than expected."""
    found = hashlib.sha256(file.read_bytes()).hexdigest()
    if found != digest:
        file.unlink()
        raise SetupFailed(f"{file.name} is not the file expected: its SHA-256 is {found}, not {digest}.")


def require(tools: Mapping[str, str]) -> None:
    """See that programs are here, installing their Debian packages where we may; raises SetupFailed."""
    lacking = sorted({package for program, package in tools.items() if shutil.which(program) is None})
    if lacking:
        system.install(lacking, "This build needs a few tools.")
    gone = [program for program in tools if shutil.which(program) is None]
    if gone:
        raise SetupFailed(f"These programs are missing: {', '.join(gone)}.")


def run(*command: str | Path, folder: Path | None = None, **variables: str) -> str:
    """Run a tool with the time of the commit and return what it said; raises SetupFailed with that."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": epoch(), "TZ": "UTC", "LC_ALL": "C.UTF-8", **variables}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        said = (done.stdout + done.stderr).strip()[-3000:]
        raise SetupFailed(f"{Path(str(command[0])).name} did not work:\n{said}")
    return done.stdout


def own_wheel(environment: Environment, folder: Path) -> Path:
    """Build our own wheel; the same commit makes the same bytes."""
    shutil.rmtree(folder, ignore_errors=True)
    run(environment.python, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, folder=ROOT)
    return next(folder.glob("*.whl"))


def sums(files: Sequence[Path]) -> str:
    """Return a list in the manner of sha256sum."""
    return "".join(f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in files)


if __name__ == "__main__":
    sys.stdout.write("".join(requirements().values()))
