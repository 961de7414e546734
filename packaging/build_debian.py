"""The Debian package: everything under /usr/lib/so-chi-bo, a command, a menu entry, a type of file."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import textwrap
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final

import build_bill
import build_folder
import build_sources
import notices
import readiness
from build_windows import put_libraries
from environment import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from environment import Environment

SOURCES: Final = ROOT / "packaging" / "linux"
OUT: Final = ROOT / "build" / "debian"
PROGRAM: Final = "usr/lib/so-chi-bo"
ICONS: Final = (32, 48, 64, 128, 256)
DEPENDS: Final = (
    "libc6 (>= 2.36)", "zlib1g", "libexpat1", "libffi8", "libbz2-1.0", "liblzma5", "libsqlite3-0", "libuuid1",
    "libssl3 | libssl3t64", "libgl1", "libegl1", "libglib2.0-0 | libglib2.0-0t64", "libfontconfig1",
    "libdbus-1-3", "libxkbcommon0", "libx11-xcb1", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0",
    "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0", "libxcb-shape0", "libxcb-sync1",
    "libxcb-xfixes0", "libxcb-xkb1", "libxkbcommon-x11-0",
)  # fmt: skip
"""What Qt and Python load from the system; the two with two names were renamed for 64-bit times."""
DYNAMIC: Final = (
    "_asyncio", "_bz2", "_contextvars", "_ctypes", "_decimal", "_hashlib", "_json", "_lzma",
    "_multibytecodec", "_multiprocessing", "_posixshmem", "_queue", "_sqlite3", "_ssl", "_typing",
    "_uuid", "_zoneinfo", "mmap", "resource", "termios",
)  # fmt: skip

_COMMANDS: Final = """
from sochibo.commands.program import program
from sochibo.messages import Messages
for name, command in sorted(program(Messages("en")).commands.items()):
    said = command.help.partition("\\n")[0].replace("\\\\", "\\\\e").replace("-", "\\\\-")
    print(f".TP\\n.B {name}\\n{said}")
"""
"""Writes the commands and what each does for the manual page, in its own language."""


def build(environment: Environment) -> list[Path]:
    """Make the package; the same commit makes the same bytes."""
    build_sources.require({"dpkg-deb": "dpkg"})
    version = build_sources.version()
    shutil.rmtree(OUT, ignore_errors=True)
    tree = OUT / "tree"
    make_program(environment, tree / PROGRAM)
    make_system_files(environment, tree, version)
    make_control(tree, version)
    build_folder.level_times(tree)
    made = OUT / f"so-chi-bo_{version}_amd64.deb"
    # Always two threads: one alone cuts the archive into other pieces.
    options = ("--root-owner-group", "-Zxz", "-z6", "--threads-max=2")
    build_sources.run("dpkg-deb", *options, "--build", tree, made)
    print(f"{made.name}: {made.stat().st_size / 1e6:.1f} MB, installed "
          f"{build_folder.size_of(tree) / 1e6:.1f} MB", flush=True)  # fmt: skip
    return [made]


def make_program(environment: Environment, program: Path) -> None:
    """Lay Python and the libraries so that the interpreter finds them by its own place alone."""
    debian = build_sources.debian_python()
    python = debian / "usr" / "bin" / "python3.11"
    source = debian / "usr" / "lib" / "python3.11"
    inside = program / "lib" / "python3.11"
    (program / "bin").mkdir(parents=True)
    inside.mkdir(parents=True)
    shutil.copyfile(python, program / "bin" / "python3.11")
    (program / "bin" / "python3.11").chmod(0o755)
    build_folder.standard_library(source, OUT / "work" / "Lib", program / "lib" / "python311.zip", python)
    put_libraries(environment, inside, python, "linux")
    # By this one file Python knows its folder; it is loaded from the zip file like all others.
    shutil.copyfile(OUT / "work" / "Lib" / "os.pyc", inside / "os.pyc")
    (inside / "lib-dynload").mkdir()
    for name in DYNAMIC:
        file = next((source / "lib-dynload").glob(f"{name}.cpython-311-*.so"))
        shutil.copyfile(file, inside / "lib-dynload" / file.name)


def make_system_files(environment: Environment, tree: Path, version: str) -> None:
    """Make the command, the menu entry, the type of file, icons, the manual page and the licences."""
    share = tree / "usr" / "share"
    for source, to in (
        ("sochibo.sh", tree / "usr" / "bin" / "sochibo"),
        ("so-chi-bo.desktop", share / "applications" / "so-chi-bo.desktop"),
        ("sochibo.xml", share / "mime" / "packages" / "sochibo.xml"),
    ):
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SOURCES / source, to)
        to.chmod(0o755 if source.endswith(".sh") else 0o644)
    icons = share / "icons" / "hicolor"
    for size in ICONS:
        folder = icons / f"{size}x{size}" / "apps"
        folder.mkdir(parents=True)
        program = ROOT / "packaging" / "draw_icon.py"
        environment.run(program, folder / "sochibo.png", str(size), QT_QPA_PLATFORM="offscreen")
    (icons / "scalable" / "apps").mkdir(parents=True)
    shutil.copyfile(ROOT / "resources" / "icons" / "sochibo.svg", icons / "scalable" / "apps" / "sochibo.svg")
    day = datetime.fromtimestamp(int(build_sources.epoch()), UTC).date().isoformat()
    commands = build_sources.run(environment.python, "-c", _COMMANDS).strip()
    page = (SOURCES / "sochibo.1.in").read_text("utf-8").replace("@COMMANDS@", commands)
    page = page.replace("@VERSION@", version).replace("@DAY@", day)
    manual = share / "man" / "man1" / "sochibo.1.gz"
    manual.parent.mkdir(parents=True)
    manual.write_bytes(gzip.compress(page.encode(), mtime=0))
    when = format_datetime(datetime.fromtimestamp(int(build_sources.epoch()), UTC))
    told = f"so-chi-bo ({version}) stable; urgency=medium\n\n  * See the release notes.\n\n"
    told += f" -- {readiness.maintainer() or readiness.TRIAL}  {when}\n"
    changes = share / "doc" / "so-chi-bo" / "changelog.gz"
    changes.parent.mkdir(parents=True)
    changes.write_bytes(gzip.compress(told.encode(), mtime=0))
    excused = share / "lintian" / "overrides" / "so-chi-bo"
    excused.parent.mkdir(parents=True)
    shutil.copyfile(SOURCES / "lintian-overrides", excused)
    licences = share / "doc" / "so-chi-bo" / "copyright"
    licences.write_text(notices.compose(build_bill.parts(environment, "linux")), "utf-8")


def make_control(tree: Path, version: str) -> None:
    """Describe the package to dpkg."""
    size = build_folder.size_of(tree) // 1024
    sums = "".join(
        f"{hashlib.md5(each.read_bytes(), usedforsecurity=False).hexdigest()}  "
        f"{each.relative_to(tree).as_posix()}\n"
        for each in build_folder.files_of(tree)
    )
    control = tree / "DEBIAN"
    control.mkdir()
    # By these `debsums` finds a damaged disk; they are no seal.
    (control / "md5sums").write_text(sums, "utf-8")
    (control / "control").write_text(
        textwrap.dedent(f"""\
        Package: so-chi-bo
        Version: {version}
        Architecture: amd64
        Maintainer: {readiness.maintainer() or readiness.TRIAL}
        Section: misc
        Priority: optional
        Installed-Size: {size}
        Depends: {", ".join(DEPENDS)}
        Description: offline book of a Party cell
         Records meetings, attendance and ratings in one file and hands signed PDF
         upward on a USB stick. It works without a network and never opens a connection.
        """),
        "utf-8",
    )
