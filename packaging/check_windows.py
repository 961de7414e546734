"""Try the Windows program out under wine, which is not Windows: from the installation to taking it off again.

Run by `packaging/run.py check windows`, after `build windows`. Three things that every Windows 10 has and
Debian's wine lacks are put in as stand-ins (windows/wine_*.c); they are never shipped.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

import build_folder
import build_sources
import build_windows
import check_books
import check_screen
from environment import ROOT, Environment
from sochibo.sealing.releases import write_release
from system import SetupFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

TOOLS: Final = {"wine": "wine", "wineboot": "wine64", **build_windows.TOOLS}
WORK: Final = ROOT / "build" / "check-windows"
OLDER: Final = "0.0.9"
NEWER: Final = "99.0.0"
PLACE: Final = "Sổ của chi bộ"
UI_SETTINGS: Final = "Windows.UI.ViewManagement.UISettings"
CLASSES: Final = r"HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId" + "\\" + UI_SETTINGS
TOO_OLD: Final = 3
NEWER_IS_THERE: Final = 4
STAND_INS: Final = {
    "bcryptprimitives": ("wine_random.c", ("ProcessPrng",), ("-ladvapi32",)),
    "wine_ui_settings": ("wine_ui_settings.c", ("DllGetActivationFactory", "DllCanUnloadNow"), ()),
}


class Wine:
    """One Windows of its own in a folder."""

    def __init__(self, prefix: Path, display: str) -> None:
        self.disk: Final = prefix / "drive_c"
        self._wine: Final = shutil.which("wine") or "wine"
        self._variables: Final = {
            **os.environ,
            "WINEPREFIX": str(prefix),
            # Else the folders of this Windows' person would be those of whoever runs the check.
            "HOME": str(prefix.parent / "home"),
            "WINEDLLOVERRIDES": "mscoree,mshtml,winedbg.exe=",
            "WINEDEBUG": "-all",
            "DISPLAY": display,
            "LC_ALL": "C.UTF-8",
        }

    def run(self, *words: str, timeout: int = 900) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; a program that hangs is an error of its own."""
        command = (self._wine, *words)
        # A pipe: Python cannot start on wine's /dev/null.
        return subprocess.run(
            command, env=self._variables, input="", capture_output=True, text=True, encoding="utf-8",
            errors="replace", timeout=timeout, check=False,
        )  # fmt: skip

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a program and leave it running."""
        return subprocess.Popen(
            (self._wine, *words), env=self._variables, stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def set_up(self) -> None:
        """Make the Windows, as version 10, with the stand-ins."""
        (WORK / "home" / "Desktop").mkdir(parents=True)
        subprocess.run(
            (shutil.which("wineboot") or "wineboot", "-i"),
            env=self._variables,
            capture_output=True,
            timeout=300,
            check=False,
        )
        self.pretend("win10")
        for name, (source, exported, libraries) in STAND_INS.items():
            names = "".join(f" {each}\n" for each in exported)
            (WORK / f"{name}.def").write_text(f"LIBRARY {name}.dll\nEXPORTS\n{names}", "ascii")
            build_sources.run(
                build_windows.GCC, "-shared", "-o", self.disk / "windows" / "system32" / f"{name}.dll",
                build_windows.SOURCES / source, f"{name}.def", *libraries, folder=WORK,
            )  # fmt: skip
        self.register(CLASSES, "DllPath", r"C:\windows\system32\wine_ui_settings.dll")
        # A crash would start a debugger that waits for ever.
        self.register(r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\AeDebug", "Debugger", "false")

    def pretend(self, version: str) -> None:
        """Be another version of Windows from now on."""
        command = ("winecfg", "-v", version)
        subprocess.run(command, env=self._variables, capture_output=True, timeout=300, check=False)

    def register(self, key: str, name: str, value: str) -> None:
        """Write one value into the registry."""
        self.run("reg", "add", key, "/v", name, "/t", "REG_SZ", "/d", value, "/f")

    def end(self) -> None:
        """End this Windows and nothing else."""
        server = shutil.which("wineserver") or "wineserver"
        subprocess.run((server, "-k"), env=self._variables, capture_output=True, check=False)


class Check:
    """The steps, each told with its time; the first that fails ends the check."""

    def __init__(self, wine: Wine, screen: check_screen.Screen) -> None:
        self.wine = wine
        self.screen = screen
        self.version = build_sources.version()
        user = next(each for each in (wine.disk / "users").iterdir() if each.name != "Public")
        self.user = user
        self.program = user / "AppData" / "Local" / "Programs" / "SoChiBo"
        self.place = user / PLACE
        self.book = self.place / check_books.NAME

    @contextmanager
    def step(self, text: str) -> Iterator[None]:
        """Tell a step when it is done."""
        start = time.monotonic()
        yield
        print(f"✓ {text} ({time.monotonic() - start:.0f} s)", flush=True)

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

    def links(self) -> list[str]:
        """Return the names of our links in the start menu and on the desktop."""
        places = (self.user, WORK / "home" / "Desktop")
        return sorted(each.name for place in places for each in place.rglob("*.lnk") if "bộ" in each.name)

    def run(self, older: Path, newer: Path) -> None:
        """Take every step."""
        with self.step("refused a Windows that is too old"):
            self.wine.pretend("win7")
            self.install(older, expected=TOO_OLD)
            self.wine.pretend("win10")
            must(not self.program.exists(), "it was installed all the same")
        with self.step(f"installed {OLDER} silently, for this person alone"):
            self.install(older)
            must(self.installed() == OLDER, "another version is there")
            must(len(self.links()) == 3, f"the links are {self.links()}")  # noqa: PLR2004 - menu, self-test, desktop
        with self.step(f"{OLDER} tried itself"):
            must(
                f"Self-test of Sổ Chi bộ {OLDER}" in self.run_program("--self-test"), "another version spoke"
            )
        check_books.make(self.place)
        before = digest(self.book)
        with self.step(f"{self.version} installed over it; the book is as it was"):
            self.install(newer)
            must(self.installed() == self.version and digest(self.book) == before, "something was lost")
        with self.step(f"{OLDER} refuses to go back over {self.version}"):
            self.install(older, expected=NEWER_IS_THERE)
            must(self.installed() == self.version, "it was replaced")
        with self.step(f"{self.version} tried itself"):
            page = self.run_program("--self-test")
            (self.screen.folder / "self-test.txt").write_text(page, "utf-8")
        self._update()
        self._work_by_keys()
        self._seal_and_receive()
        after = digest(self.book)
        with self.step("taken off; the book is where it was"):
            done = self.wine.run(str(self.program / "uninstall.exe"), "/S")
            # The uninstaller goes on from a copy of itself, so that it can remove itself.
            for _ in range(60):
                if not self.program.exists():
                    break
                time.sleep(1)
            must(done.returncode == 0 and not self.program.exists(), "something is left of the program")
            must(self.links() == [] and digest(self.book) == after, "links are left, or the book was touched")

    def _update(self) -> None:
        """Take a version from a file, by a publisher who exists for this check alone, and go back."""
        private, public = throw_away_key()
        carried = "site-packages/sochibo/resources/publisher.pem"
        (self.program / self.version / carried).write_bytes(public)
        newer = WORK / "newer"
        shutil.copytree(self.program / self.version, newer)
        call_it(newer, NEWER)
        named = {"program": "sochibo", "version": NEWER, "system": "windows-x64"}
        file = self.place / "bản mới.sochibo-update"
        write_release(file, newer, named, private, int(build_sources.epoch()), quick=True)
        with self.step(f"took {NEWER} from a sealed file, which tried itself first; went back"):
            said = self.run_program("update", "install", str(file), "--book", str(self.book))
            must(f"Copied first: {self.book.name}" in said, f"no book was copied: {said}")
            must((self.program / "current").read_text("ascii") == NEWER, "it does not start")
            self.run_program("update", "back")
            must((self.program / "current").read_text("ascii") == self.version, "it does not go back")
        changed = bytearray(file.read_bytes())
        changed[len(changed) // 2] ^= 1
        file.write_bytes(bytes(changed))
        with self.step("refused a file of which one byte was changed"):
            done = self.wine.run(
                str(self.program / "sochibo-console.exe"), "--language", "en", "update", "install", str(file)
            )
            must(done.returncode == 1 and "(U0" in done.stderr, f"it was taken: {done.stdout}{done.stderr}")
            must((self.program / "current").read_text("ascii") == self.version, "something was replaced")

    def _work_by_keys(self) -> None:
        with self.step(f"opened “{PLACE}\\{self.book.name}”, marked one absent by keys, closed"):
            window = self.wine.start(str(self.program / "sochibo.exe"), str(self.book))
            self.screen.wait_for("Chi bộ")
            self.screen.keep("1-opened")
            for number, key in enumerate(check_screen.ATTENDANCE, 2):
                self.screen.press(key)
                self.screen.keep(f"{number}-{key.replace('+', '-')}")
            time.sleep(3)
            self.screen.press("alt+F4")
            window.wait(60)
            must(check_books.marked(self.book) == ["unexcused"], "the mark is not in the book")

    def _seal_and_receive(self) -> None:
        out = self.place / "nộp lên"
        with self.step("sealed the minutes; the Linux build accepts the file"):
            secret = ("--passphrase-file", str(self.place / "passphrase.txt"))
            self.run_program(
                "report", str(self.book), "--period", check_books.PERIOD, "--kind", "minutes", "--seal",
                *secret, "--out", str(out),
            )  # fmt: skip
            trust = ("--trust", str(self.place / "trust.json"))
            judged = Environment().run("-m", "sochibo", "verify", str(out), *trust)
            must(judged == 0, "the file is not accepted")
        with self.step("received a stick, judged in processes of their own"):
            self.run_program("receive", str(self.place / "Đảng ủy.sochibo"), str(self.place / "USB"))


def make_older(program: Path) -> Path:
    """Make an installer of an older version: the same program that says it is older."""
    older = WORK / "older" / "SoChiBo"
    shutil.rmtree(older.parent, ignore_errors=True)
    shutil.copytree(program, older)
    call_it((older / build_sources.version()).rename(older / OLDER), OLDER)
    (older / "current").write_text(OLDER, "ascii")
    return build_windows.make_setup(older, OLDER, WORK, quick=True, stub="amd64-unicode")


def call_it(inside: Path, version: str) -> None:
    """Let a folder of a version say that it is another version."""
    work = WORK / f"called {version}"
    work.mkdir()
    source = (ROOT / "desktop" / "sochibo" / "__init__.py").read_text("utf-8")
    (work / "__init__.py").write_text(source.replace(build_sources.version(), version), "utf-8")
    build_folder.compile_folder(work, build_sources.debian_python() / "usr" / "bin" / "python3.11")
    shutil.copyfile(work / "__init__.pyc", inside / "site-packages" / "sochibo" / "__init__.pyc")


def throw_away_key() -> tuple[bytes, bytes]:
    """Return a publisher's secret and public key that nobody keeps."""
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


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


def digest(file: Path) -> str:
    """Return the sum of a file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def must(holds: bool, otherwise: str) -> None:  # noqa: FBT001 - it reads as a sentence
    """End the check where something does not hold."""
    if not holds:
        raise SetupFailed(f"✗ {otherwise}")


def main() -> int:
    """Run the check in a Windows that is made for it and thrown away."""
    build_sources.require(TOOLS)
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    # The icon was drawn by the build and stands beside its launchers.
    shutil.copytree(build_windows.OUT / "work", WORK / "work", ignore=shutil.ignore_patterns("Lib"))
    program = build_windows.OUT / "SoChiBo"
    older, newer = make_older(program), newer_setup(program)
    with check_screen.screen("windows-wine") as screen:
        wine = Wine(WORK / "prefix", screen.display)
        try:
            wine.set_up()
            Check(wine, screen).run(older, newer)
        except SetupFailed:
            screen.keep("failed")
            raise
        finally:
            wine.end()
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
