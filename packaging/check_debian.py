"""Try the Debian package out in a bare Debian 12: installed, tried, worked with, taken off again.

Run by `packaging/run.py check deb`, as root, after `build deb`. The bare system is made once by debootstrap
and kept in build/cache; every check works in a fresh copy of it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import build_debian
import build_sources
import check_books
import check_screen
from environment import ROOT, Environment
from steps import step
from system import SetupFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

TOOLS: Final = {"debootstrap": "debootstrap", "chroot": "coreutils", "mount": "mount"}
WORK: Final = ROOT / "build" / "check-debian"
BARE: Final = build_sources.CACHE / "debian-chroot"
PROGRAM: Final = f"/{build_debian.PROGRAM}/bin/python3.11"
SUITE: Final = "bookworm"
SETTINGS: Final = ("etc/resolv.conf", "etc/apt/sources.list", "etc/apt/sources.list.d", "etc/apt/apt.conf.d",
                   "etc/apt/auth.conf.d", "usr/local/share/ca-certificates", "etc/ssl/certs")  # fmt: skip
"""What the machine knows about reaching Debian's packages, which the bare system must know too."""


class Root:
    """One bare system in a folder."""

    def __init__(self, folder: Path, display: str) -> None:
        self.folder: Final = folder
        self._chroot: Final = shutil.which("chroot") or "chroot"
        self._variables: Final = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": "/root",
            "LANG": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
            "DISPLAY": display,
            **{name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")},
        }

    def run(self, *words: str) -> str:
        """Run a command inside and return what it said; raises SetupFailed where it does not work."""
        done = subprocess.run(
            (self._chroot, str(self.folder), *words), env=self._variables, capture_output=True, text=True,
            encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise SetupFailed(
                f"✗ {' '.join(words)} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}"
            )
        return done.stdout

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a program inside and leave it running."""
        return subprocess.Popen(
            (self._chroot, str(self.folder), *words), env=self._variables, stdout=subprocess.DEVNULL
        )

    def stop(self, program: str) -> None:
        """End a program that something else inside has started; without it, nothing holds the folder."""
        for each in Path("/proc").glob("[0-9]*"):
            # Others come and go while one looks.
            with suppress(OSError):
                inside = (each / "root").readlink() == self.folder
                if inside and (each / "cmdline").read_text("utf-8").startswith(f"{program}\0"):
                    os.kill(int(each.name), signal.SIGTERM)


@contextmanager
def bare_system(display: str) -> Iterator[Root]:
    """Provide a copy of the bare system, with what programs expect to be mounted."""
    if not (BARE / "bin" / "sh").exists():
        print("Making a bare Debian 12; this happens once …", flush=True)
        build_sources.run("debootstrap", "--variant=minbase", SUITE, BARE)
    folder = WORK / "root"
    build_sources.run("cp", "-a", "--reflink=auto", BARE, folder)
    for name in SETTINGS:
        source, to = Path("/") / name, folder / name
        if source.is_dir():
            shutil.copytree(source, to, dirs_exist_ok=True, symlinks=True)
        elif source.exists():
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, to)
    mounts = ("proc", "dev", "tmp/.X11-unix")
    try:
        for name in mounts:
            (folder / name).mkdir(parents=True, exist_ok=True)
            build_sources.run("mount", "--bind", f"/{name}", folder / name)
        yield Root(folder, display)
    finally:
        for name in reversed(mounts):
            with suppress(SetupFailed):
                build_sources.run("umount", "--lazy", folder / name)
        # Never remove what is still mounted: it is the machine's own.
        if not any(os.path.ismount(folder / name) for name in mounts):
            shutil.rmtree(WORK, ignore_errors=True)


def run(root: Root, screen: check_screen.Screen, package: Path) -> None:
    """Take every step."""
    home = root.folder / "root" / "Sổ của chi bộ"
    shutil.copyfile(package, root.folder / "opt" / package.name)
    with step("installed, with all it depends on"):
        root.run("apt-get", "update", "--quiet")
        root.run("apt-get", "install", "--yes", "--no-install-recommends", f"/opt/{package.name}")
    with step("tried itself"):
        page = root.run("sochibo", "--language", "en", "--self-test")
        (screen.folder / "self-test.txt").write_text(page, "utf-8")
    check_books.make(home)
    with step("opened a book from its file, marked one absent by keys, stopped it without warning"):
        window = root.start("sochibo", f"/root/{home.name}/{check_books.NAME}")
        screen.wait_for(check_screen.TITLE)
        screen.keep("1-opened")
        for number, key in enumerate(check_screen.ATTENDANCE, 2):
            screen.press(key)
            screen.keep(f"{number}-{key.replace('+', '-')}")
        time.sleep(3)
        # Stopped as by a power cut: what was recorded must be in the file all the same.
        window.terminate()
        window.wait(60)
        if check_books.marked(home / check_books.NAME) != ["unexcused"]:
            raise SetupFailed("✗ the mark is not in the book")
    with step("sealed the minutes; the checkout accepts the file"):
        root.run(
            "sochibo", "report", f"/root/{home.name}/{check_books.NAME}", "--period", check_books.PERIOD,
            "--kind", "minutes", "--seal", "--passphrase-file", f"/root/{home.name}/passphrase.txt",
            "--out", f"/root/{home.name}/out",
        )  # fmt: skip
        judged = Environment().run("-m", "sochibo", "verify", home / "out", "--trust", home / "trust.json")
        if judged != 0:
            raise SetupFailed("✗ the file is not accepted")
    with step("known to the desktop: type of file, menu entry, icon, manual page"):
        _check_desktop(root)
    with step("a double click on the book, as desktops do it, opens it"):
        # Started, not waited for: what it opens keeps its output open.
        desktop = root.start("gio", "open", f"/root/{home.name}/{check_books.NAME}")
        screen.wait_for(check_screen.TITLE)
        desktop.wait(60)
        screen.keep("6-double-click")
        root.stop(PROGRAM)
    with step("removed; nothing is left but the book"):
        root.run("apt-get", "remove", "--yes", "so-chi-bo")
        left = [each for each in (build_debian.PROGRAM, "usr/bin/sochibo") if (root.folder / each).exists()]
        if left or not (home / check_books.NAME).is_file():
            raise SetupFailed(f"✗ left: {left}")


def _check_desktop(root: Root) -> None:
    """See that a double click on a book finds the program."""
    desktop = ("shared-mime-info", "desktop-file-utils", "libglib2.0-bin")
    root.run("apt-get", "install", "--yes", "--no-install-recommends", *desktop)
    known = (root.folder / "usr/share/mime/globs2").read_text("utf-8")
    root.run("desktop-file-validate", "/usr/share/applications/so-chi-bo.desktop")
    cached = (root.folder / "usr/share/applications/mimeinfo.cache").read_text("utf-8")
    expected = "application/x-sochibo"
    if f"60:{expected}:*.sochibo" not in known or f"{expected}=so-chi-bo.desktop" not in cached:
        raise SetupFailed("✗ the type of file is not known")
    for name in ("usr/share/icons/hicolor/48x48/apps/sochibo.png", "usr/share/man/man1/sochibo.1.gz"):
        # A bare system may be told to leave manual pages out.
        if not (root.folder / name).is_file() and "/man/" not in name:
            raise SetupFailed(f"✗ {name} is not there")


def main() -> int:
    """Run the check."""
    if os.geteuid() != 0:
        raise SetupFailed(
            "A bare system can be entered by root only: sudo python3 packaging/run.py check deb"
        )
    build_sources.require(TOOLS)
    package = build_debian.OUT / f"so-chi-bo_{build_sources.version()}_amd64.deb"
    if not package.is_file():
        raise SetupFailed("There is no Debian package yet. First: python3 packaging/run.py build deb")
    WORK.mkdir(parents=True, exist_ok=True)
    with check_screen.screen("debian") as screen, bare_system(screen.display) as root:
        try:
            run(root, screen, package)
        except SetupFailed:
            screen.keep("failed")
            raise
    print("The Debian package works in a bare Debian 12.")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SetupFailed as failure:
        sys.exit(str(failure))
