"""Try the Windows program out under wine, which is not Windows: from the installation to taking it off again.

Run by `packaging/run.py check windows`, after `build windows`: first the installer, then the package for
administrators and the portable zip (see check_packages.py).
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import build_sources
import build_windows
import check_books
import check_packages
import check_screen
import pretended
import wine
from environment import ROOT, Environment
from steps import digest, must, step
from system import SetupFailed

if TYPE_CHECKING:
    import subprocess

WORK: Final = ROOT / "build" / "check-windows"
OLDER: Final = "0.0.9"
NEWER: Final = "99.0.0"
PLACE: Final = "Sổ của chi bộ"
CLASSES: Final = (".sochibo", "SoChiBo.Book", ".sochibo-update", "SoChiBo.Update")
TOO_OLD: Final = 3
NEWER_IS_THERE: Final = 4
LOOK: Final = 5
MOST_LOOKS: Final = 200
LISTED: Final = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\SoChiBo"
"""Where Windows' own list of programs finds this one."""


class Check:
    """The steps, each told with its time; the first that fails ends the check."""

    def __init__(self, windows: wine.Wine, screen: check_screen.Screen) -> None:
        self.wine = windows
        self.screen = screen
        self.version = build_sources.version()
        self.program = windows.person / "AppData" / "Local" / "Programs" / "SoChiBo"
        self.place = windows.person / PLACE
        self.book = self.place / check_books.NAME

    def run_program(self, *words: str) -> str:
        """Run the installed program of the console; it must end well."""
        done = self.wine.run(str(self.program / "sochibo-console.exe"), "--language", "en", *words)
        must(
            done.returncode == 0,
            f"sochibo {words[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}",
        )
        return done.stdout

    def install(self, setup: Path, *, expected: int = 0) -> None:
        """Run an installer silently."""
        done = self.wine.run(str(setup), "/S", "/LANG=vi")
        must(done.returncode == expected, f"{setup.name} ended with {done.returncode}, not {expected}")

    def installed(self) -> str:
        """Return the version that the launcher starts, alone on the disk."""
        folders = [each.name for each in self.program.iterdir() if each.is_dir()]
        current = (self.program / "current").read_text("ascii")
        must(folders == [current], f"there are {folders}, and {current} is started")
        return current

    def run(self, older: Path, newer: Path) -> None:
        """Take every step."""
        with step("refused a Windows that is too old, and said so in both languages"):
            self.wine.pretend("win7")
            self.install(older, expected=TOO_OLD)
            said = self._said_by(older, TOO_OLD)
            must("cần Windows 10 bản 1809 trở lên" in said and "needs 64-bit Windows 10" in said, said)
            self.wine.pretend("win10")
            must(not self.program.exists(), "it was installed all the same")
        with step(f"installed {OLDER} silently, for this person alone"):
            self.install(older)
            must(self.installed() == OLDER, "another version is there")
            links = self.wine.links()
            must(len(links) == 3, f"the links are {links}")  # noqa: PLR2004 - menu, self-test, desktop
        with step(f"{OLDER} tried itself"):
            must(
                f"Self-test of Sổ Chi bộ {OLDER}" in self.run_program("--self-test"), "another version spoke"
            )
        check_books.make(self.place)
        before = digest(self.book)
        with step(f"{self.version} installed over it; the book is as it was"):
            self.install(newer)
            must(self.installed() == self.version and digest(self.book) == before, "something was lost")
        with step(f"{OLDER} refuses to go back over {self.version}"):
            self.install(older, expected=NEWER_IS_THERE)
            must(self.installed() == self.version, "it was replaced")
        with step(f"{self.version} tried itself"):
            page = self.run_program("--self-test")
            (self.screen.folder / "self-test.txt").write_text(page, "utf-8")
        self._update(newer)
        self._work_by_keys()
        self._seal_and_receive()
        after = digest(self.book)
        with step("taken off; the book is where it was"):
            done = self.wine.run(str(self.program / "uninstall.exe"), "/S")
            # The uninstaller goes on from a copy of itself, so that it can remove itself.
            for _ in range(60):
                if not self.program.exists():
                    break
                time.sleep(1)
            must(done.returncode == 0 and not self.program.exists(), "something is left of the program")
            must(
                self.wine.links() == [] and digest(self.book) == after,
                "links are left, or the book was touched",
            )

    def _said_by(self, setup: Path, expected: int) -> str:
        """Start an installer as a person does; press OK in its dialogs to its end; return their words."""
        program, said = self.wine.start(str(setup)), ""
        for _ in range(MOST_LOOKS):
            if program.poll() is not None:
                break
            # The first counts how far it has looked through itself; the last picture is of what it then says.
            self.screen.keep("0-refused")
            said += self.wine.dialog()
            time.sleep(1)
        must(program.poll() == expected, f"{setup.name} said “{said}” and ended with {program.poll()}")
        return said

    def _update(self, setup: Path) -> None:
        """Take a version from a file, by a publisher who exists for this check alone, and go back."""
        nobody = pretended.Publisher(WORK)
        nobody.known_to(self.program / self.version)
        file = nobody.publish(self.program / self.version, NEWER, self.place / "bản mới.sochibo-update")
        with step(f"took {NEWER} from a sealed file, which tried itself first"):
            said = self.run_program("update", "install", str(file), "--book", str(self.book))
            must(f"Copied first: {self.book.name}" in said, f"no book was copied: {said}")
            must((self.program / "current").read_text("ascii") == NEWER, "it does not start")
            listed = self.wine.registered(LISTED, "DisplayVersion")
            must(listed == NEWER, f"Windows' list of programs says {listed}")
        with step(f"{self.version} does not go over it; went back to {self.version}"):
            self.install(setup, expected=NEWER_IS_THERE)
            must((self.program / "current").read_text("ascii") == NEWER, "it was replaced")
            self.run_program("update", "back")
            must((self.program / "current").read_text("ascii") == self.version, "it does not go back")
            must(self.wine.registered(LISTED, "DisplayVersion") == self.version, "the list does not say so")
        self._show_update(file)
        changed = bytearray(file.read_bytes())
        changed[len(changed) // 2] ^= 1
        file.write_bytes(bytes(changed))
        with step("refused a file of which one byte was changed"):
            done = self.wine.run(
                str(self.program / "sochibo-console.exe"), "--language", "en", "update", "install", str(file)
            )
            must(done.returncode == 1 and "(U0" in done.stderr, f"it was taken: {done.stdout}{done.stderr}")
            must((self.program / "current").read_text("ascii") == self.version, "something was replaced")

    def _double_click(self, file: Path) -> subprocess.Popen[bytes]:
        for name in CLASSES:
            # Windows shows what one person registered beside what all have; this wine shows the latter alone.
            places = (f"HKCU\\Software\\Classes\\{name}", f"HKLM\\Software\\Classes\\{name}")
            self.wine.run("reg", "copy", *places, "/s", "/f")
        return self.wine.double_click(file)

    def _show_update(self, file: Path) -> None:
        with step("a double click on the update file shows who published it"):
            window = self._double_click(file)
            self.screen.wait_for("^Sổ Chi bộ$")
            time.sleep(LOOK)
            self.screen.keep("8-update")
            self.screen.press("alt+F4")
            window.wait(120)

    def _work_by_keys(self) -> None:
        with step(f"a double click opened “{PLACE}\\{self.book.name}”; marked one absent by keys, closed"):
            window = self._double_click(self.book)
            self.screen.wait_for(check_screen.TITLE)
            self.screen.keep("1-opened")
            for number, key in enumerate(check_screen.ATTENDANCE, 2):
                self.screen.press(key)
                self.screen.keep(f"{number}-{key.replace('+', '-')}")
            time.sleep(3)
            self.screen.press("alt+F4")
            window.wait(120)
            must(check_books.marked(self.book) == ["unexcused"], "the mark is not in the book")

    def _seal_and_receive(self) -> None:
        out = self.place / "nộp lên"
        with step("sealed the minutes; the Linux build accepts the file"):
            secret = ("--passphrase-file", str(self.place / "passphrase.txt"))
            self.run_program(
                "report", str(self.book), "--period", check_books.PERIOD, "--kind", "minutes", "--seal",
                *secret, "--out", str(out),
            )  # fmt: skip
            trust = ("--trust", str(self.place / "trust.json"))
            judged = Environment().run("-m", "sochibo", "verify", str(out), *trust)
            must(judged == 0, "the file is not accepted")
        with step("received a stick, judged in processes of their own"):
            self.run_program("receive", str(self.place / "Đảng ủy.sochibo"), str(self.place / "USB"))


def make_older(program: Path) -> Path:
    """Make an installer of an older version: the same program that says it is older."""
    older = WORK / "older" / "SoChiBo"
    shutil.rmtree(older.parent, ignore_errors=True)
    shutil.copytree(program, older)
    pretended.call_it((older / build_sources.version()).rename(older / OLDER), OLDER, WORK)
    (older / "current").write_text(OLDER, "ascii")
    return build_windows.make_setup(older, OLDER, WORK, quick=True, stub="amd64-unicode")


def newer_setup(program: Path) -> Path:
    """Return the installer to try: the one that is handed out, if wine can start its 32-bit machine code."""
    version = build_sources.version()
    handed_out = build_windows.OUT / f"SoChiBo-{version}-setup.exe"
    if not handed_out.is_file():
        raise SetupFailed("There is no Windows program yet. First: python3 packaging/run.py build windows")
    if any(Path("/usr/lib").glob("i386-linux-gnu/wine/*")):
        return handed_out
    print("! This wine starts no 32-bit programs: the installer is made once more with 64-bit machine code.")
    return build_windows.make_setup(program, version, WORK, quick=True, stub="amd64-unicode")


def main() -> int:
    """Run the check in a Windows that is made for it and thrown away."""
    build_sources.require(wine.TOOLS)
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    # The icon was drawn by the build and stands beside its launchers.
    shutil.copytree(build_windows.OUT / "work", WORK / "work", ignore=shutil.ignore_patterns("Lib"))
    program = build_windows.OUT / "SoChiBo"
    older, newer = make_older(program), newer_setup(program)
    with check_screen.screen("windows-wine") as screen:
        windows = wine.Wine(WORK / "prefix", screen.display)
        try:
            windows.set_up()
            Check(windows, screen).run(older, newer)
            check_packages.run(windows, screen, WORK, OLDER)
        except SetupFailed:
            screen.keep("failed")
            raise
        finally:
            windows.end()
            shutil.rmtree(WORK / "prefix", ignore_errors=True)
    print(
        "The Windows program works under wine. wine is not Windows: see README for what is still to be seen."
    )
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except SetupFailed as failure:
        sys.exit(str(failure))
