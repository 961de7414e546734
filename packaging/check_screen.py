"""A screen that nobody sees, keys pressed on it, pictures of it: for checks of built programs."""

from __future__ import annotations

import os
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import build_sources
from environment import ROOT
from system import SetupFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOOLS: Final = {"Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick"}
PICTURES: Final = ROOT / "build" / "screens"
ATTENDANCE: Final = ("alt+2", "Return", "F6", "3")
"""To the meetings, into the newest, to its roll call, and the first member marked absent without reason."""
TITLE: Final = "Thôn 4 – Sổ Chi bộ"
"""Of the window with the book of check_books.py; without a book it is called by the program alone."""
_LONGEST_WAIT: Final = 120
_PAUSE: Final = 1.5


class Screen:
    """One virtual screen of the size that offices have."""

    def __init__(self, number: str, folder: Path) -> None:
        self.display: Final = f":{number}"
        self.folder: Final = folder
        folder.mkdir(parents=True, exist_ok=True)

    def wait_for(self, title: str) -> str:
        """Wait for a window and give it the keyboard; raises SetupFailed when none comes."""
        for _ in range(_LONGEST_WAIT):
            found = self._do("search", "--onlyvisible", "--name", title).split()
            if found:
                time.sleep(_PAUSE)
                self._do("windowfocus", found[-1])
                return found[-1]
            time.sleep(1)
        self.keep("no-window")
        raise SetupFailed(f"No window called “{title}” came; see {self.folder.name}/no-window.png.")

    def press(self, *keys: str) -> None:
        """Press keys, waiting after each as a person does."""
        for key in keys:
            self._do("key", key)
            time.sleep(_PAUSE)

    def keep(self, name: str) -> None:
        """Take a picture of the whole screen."""
        environment = {**os.environ, "DISPLAY": self.display}
        command = ("import", "-window", "root", str(self.folder / f"{name}.png"))
        subprocess.run(command, env=environment, capture_output=True, check=False)

    def _do(self, *words: str) -> str:
        environment = {**os.environ, "DISPLAY": self.display}
        command = ("xdotool", *words)
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False).stdout


@contextmanager
def screen(name: str) -> Iterator[Screen]:
    """Provide a screen whose pictures go to build/screens/<name>."""
    build_sources.require(TOOLS)
    read, write = os.pipe()
    command = ("Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp")
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        if not number:
            raise SetupFailed("Xvfb did not start.")
        yield Screen(number, PICTURES / name)
    finally:
        server.terminate()
        server.wait(_LONGEST_WAIT)
