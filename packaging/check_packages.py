"""Try the package for administrators and the portable zip under wine: part of `check windows`."""

from __future__ import annotations

import time
import zipfile
from typing import TYPE_CHECKING, Final

import build_msi
import build_sources
import build_windows
import check_books
import check_screen
import pretended
from steps import digest, must, step
from system import SetupFailed

if TYPE_CHECKING:
    from pathlib import Path

    import wine

STICK: Final = "USB của chi bộ"
STOPPED: Final = 1603 % 256
"""What Windows Installer says where a package stops itself: of its 1603 Linux sees the lowest byte."""


NEWER: Final = ("98.0.0", "99.0.0")


def run(windows: wine.Wine, screen: check_screen.Screen, work: Path, older_version: str) -> None:
    """Take every step; in `work` lies the folder of an older version."""
    older = work / "older" / "SoChiBo"
    version = build_sources.version()
    packages = [build_windows.OUT / f"SoChiBo-{version}{end}" for end in (".msi", "-portable.zip")]
    if not all(each.is_file() for each in packages):
        raise SetupFailed("Package and zip are made by `build windows` without --quick.")
    nobody = pretended.Publisher(work)
    _try_package(windows, packages[0], build_msi.build(older, older_version, older.parent), version, nobody)
    _try_portable(windows, screen, packages[1], nobody)


def _try_package(
    windows: wine.Wine, package: Path, before: Path, version: str, nobody: pretended.Publisher
) -> None:
    program = windows.disk / "Program Files" / "SoChiBo"

    def installer(does: str, file: Path, expected: int = 0) -> None:
        done = windows.run("msiexec", does, f"Z:{file}".replace("/", "\\"), "/qn")
        must(done.returncode == expected, f"msiexec {does} {file.name} ended with {done.returncode}")

    with step(f"{package.name} refused a Windows that is too old"):
        windows.pretend("win7")
        installer("/i", package, STOPPED)
        windows.pretend("win10")
        must(not program.exists(), "it was installed all the same")
    with step(f"{before.name} installed silently for all people"):
        installer("/i", before)
        must((program / "current").is_file(), "nothing was installed")
    with step(f"{package.name} took its place"):
        installer("/i", package)
        folders = [each.name for each in program.iterdir() if each.is_dir()]
        must(folders == [version], f"there are {folders}")
    with step("the older package does not go over the newer one"):
        installer("/i", before, STOPPED)
        must((program / "current").read_text("ascii") == version, "it was replaced")
    with step(f"{version} in Program Files tried itself; its links are in the menu of all people"):
        done = windows.run(str(program / "sochibo-console.exe"), "--language", "en", "--self-test")
        must(done.returncode == 0, f"the self-test ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        must(len(windows.links()) == 2, f"the links are {windows.links()}")  # noqa: PLR2004 - program, self-test
    with step("refused an update file, which its administrator's package would know nothing of"):
        public = nobody.known_to(program / version)
        file = nobody.publish(program / version, NEWER[0], windows.person / f"{NEWER[0]}.sochibo-update")
        done = windows.run(
            str(program / "sochibo-console.exe"), "--language", "en", "update", "check", str(file)
        )
        must(done.returncode == 1 and "(U07)" in done.stderr, f"it said: {done.stdout}{done.stderr}")
        public.unlink()
    with step("taken off by msiexec"):
        installer("/x", package)
        must(not program.exists() and windows.links() == [], "something is left of the program")


def _try_portable(
    windows: wine.Wine, screen: check_screen.Screen, packed: Path, nobody: pretended.Publisher
) -> None:
    stick = windows.person / STICK
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(stick)
    program = stick / "SoChiBo"
    personal = windows.person / "AppData" / "Roaming" / "SoChiBo" / "settings.json"
    before = digest(personal) if personal.is_file() else ""
    with step(f"{packed.name} unpacked into “{STICK}” tried itself"):
        done = windows.run(str(program / "sochibo-console.exe"), "--language", "en", "--self-test")
        must(done.returncode == 0, f"the self-test ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    check_books.make(stick / "Sổ")
    with step("opened a book from there; its settings stay in its own folder"):
        window = windows.start(str(program / "sochibo.exe"), str(stick / "Sổ" / check_books.NAME))
        screen.wait_for(check_screen.TITLE)
        screen.keep("9-portable")
        screen.press("alt+F4")
        window.wait(120)
        kept = program / "settings" / "settings.json"
        must(kept.is_file() and check_books.NAME in kept.read_text("utf-8"), "they are not there")
        after = digest(personal) if personal.is_file() else ""
        must(before == after, "settings of the PC were written")
        # Windows lets go of the files of an ended program a little later.
        time.sleep(1)
    _update_portable(windows, program, nobody)


def _update_portable(windows: wine.Wine, program: Path, nobody: pretended.Publisher) -> None:
    """Take two newer versions one after the other: one is kept, and what is the person's own stays."""
    version = build_sources.version()
    own = program / "2026" / "Sổ cũ.sochibo"
    own.parent.mkdir()
    own.write_bytes(b"a book")
    settings = digest(program / "settings" / "settings.json")
    nobody.known_to(program / version)
    for newer, before in zip(NEWER, (version, NEWER[0]), strict=True):
        with step(f"the portable program took {newer} and kept {before}"):
            file = nobody.publish(program / before, newer, program.parent / f"{newer}.sochibo-update")
            done = windows.run(
                str(program / "sochibo-console.exe"), "--language", "en", "update", "install", str(file)
            )
            must(done.returncode == 0, f"it was not taken: {done.stdout}{done.stderr}")
            found = {each.name for each in program.iterdir() if each.is_dir()}
            must(found == {newer, before, own.parent.name, "settings"}, f"there are {sorted(found)}")
    with step(f"went back to {NEWER[0]}; settings and folders of its person are as they were"):
        done = windows.run(str(program / "sochibo-console.exe"), "--language", "en", "update", "back")
        must((program / "current").read_text("ascii") == NEWER[0], f"it said: {done.stdout}{done.stderr}")
        must(settings == digest(program / "settings" / "settings.json"), "the settings were changed")
        must(own.read_bytes() == b"a book", "a person's file was changed")
