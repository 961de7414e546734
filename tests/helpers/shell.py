"""The command line as tests call it: without Qt, always, so that no command can come to need it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sochibo.commands.program import run
from sochibo.sealing import keys

if TYPE_CHECKING:
    import pytest

__all__ = ["PASSPHRASE", "Shell", "Spoken", "World", "quick_keys"]

PASSPHRASE: Final = "lúa chín vàng đồng"  # noqa: S105 - of keys that live for one test run


def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lock keys with few rounds of derivation: a real key's 600,000 cost half a second at every opening."""
    monkeypatch.setattr(keys.pack, "__defaults__", (2_000,))


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    def json(self) -> Any:  # noqa: ANN401 - whatever was written
        """Read what was written with --json."""
        return json.loads(self.out)


class Shell:
    """Runs commands in English, with PySide6 as if it were not installed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str | Path, language: str = "en") -> Spoken:
        """Run one command line."""
        self._capsys.readouterr()
        with self._monkeypatch.context() as blocked:
            # What other tests have imported of the window would not ask for Qt again.
            for name in [name for name in sys.modules if name.startswith("sochibo.interface.")]:
                blocked.delitem(sys.modules, name)
            # A part that is loaded already (`PySide6.QtCore`) is found without asking for the whole.
            for name in ["PySide6", *(name for name in sys.modules if name.startswith("PySide6."))]:
                blocked.setitem(sys.modules, name, None)
            code = run(["--language", language, *map(str, arguments)])
        out, err = self._capsys.readouterr()
        return Spoken(code, out, err)


@dataclass(frozen=True, slots=True)
class World:
    """Where everything lies after a month's work: a month is recorded, closed, sealed and on the stick."""

    folder: Path
    roster: Path
    meeting: Path
    cell: Path
    committee: Path
    secret: Path
    trust: Path
    stick: Path

    @property
    def sealed(self) -> Path:
        """Return the sealed summary."""
        return next(self.stick.glob("* BC *.pdf"))
