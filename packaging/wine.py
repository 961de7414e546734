"""One Windows of its own in a folder, made by wine: for checks of what was built for Windows.

Three things that every Windows 10 has and Debian's wine lacks are put in as stand-ins (windows/wine_*.c);
they are never shipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import build_sources
import build_windows

if TYPE_CHECKING:
    from pathlib import Path

TOOLS: Final = {"wine": "wine", "wineboot": "wine64", **build_windows.TOOLS}
UI_SETTINGS: Final = "Windows.UI.ViewManagement.UISettings"
CLASSES: Final = r"HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId" + "\\" + UI_SETTINGS
STAND_INS: Final = {
    "bcryptprimitives": ("wine_random.c", ("ProcessPrng",), ("-ladvapi32",)),
    "wine_ui_settings": ("wine_ui_settings.c", ("DllGetActivationFactory", "DllCanUnloadNow"), ()),
}


class Wine:
    """One Windows of its own in a folder."""

    def __init__(self, prefix: Path, display: str) -> None:
        self.disk: Final = prefix / "drive_c"
        self._work: Final = prefix.parent
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
        (self._work / "home" / "Desktop").mkdir(parents=True)
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
            (self._work / f"{name}.def").write_text(f"LIBRARY {name}.dll\nEXPORTS\n{names}", "ascii")
            build_sources.run(
                build_windows.GCC, "-shared", "-o", self.disk / "windows" / "system32" / f"{name}.dll",
                build_windows.SOURCES / source, f"{name}.def", *libraries, folder=self._work,
            )  # fmt: skip
        build_sources.run(
            build_windows.GCC, "-o", self._work / "words.exe",
            build_windows.SOURCES / "wine_words.c", "-luser32",
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

    def registered(self, key: str, name: str) -> str:
        """Return one value from the registry; empty where there is none."""
        return self.run("reg", "query", key, "/v", name).stdout.rpartition("REG_SZ")[2].strip()

    def dialog(self) -> str:
        """Return what the dialogs on the screen say, and press OK in them; empty where there is none."""
        return self.run(str(self._work / "words.exe")).stdout.strip()

    @property
    def person(self) -> Path:
        """Return the folder of the one person of this Windows."""
        return next(each for each in (self.disk / "users").iterdir() if each.name != "Public")

    def double_click(self, file: Path) -> subprocess.Popen[bytes]:
        """Open a file as the desktop does: by what the registry says of its kind."""
        return self.start("start", "/wait", "/unix", str(file))

    def links(self) -> list[Path]:
        """Return our links in start menus and on the desktop."""
        places = (self.disk / "users", self.disk / "ProgramData", self._work / "home" / "Desktop")
        return sorted(each for place in places for each in place.rglob("*.lnk") if "bộ" in each.name)

    def end(self) -> None:
        """End this Windows and nothing else."""
        server = shutil.which("wineserver") or "wineserver"
        subprocess.run((server, "-k"), env=self._variables, capture_output=True, check=False)
