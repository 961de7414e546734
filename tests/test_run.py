"""The one entry for whoever builds: what is typed after a benchmark's name reaches the benchmark."""

from __future__ import annotations

import subprocess
import sys
import venv
from typing import TYPE_CHECKING

import pytest

import environment
import run
from system import SetupFailed

if TYPE_CHECKING:
    from pathlib import Path


class Standing:
    """An environment that only remembers what it was to run."""

    def __init__(self) -> None:
        self.started: list[tuple[object, ...]] = []

    def run(self, *arguments: object, **variables: str) -> int:
        assert variables == {"QT_QPA_PLATFORM": "offscreen"}
        self.started.append(arguments)
        return 0


def test_options_after_the_names_are_the_benchmarks_own(monkeypatch: pytest.MonkeyPatch) -> None:
    standing = Standing()
    monkeypatch.setattr(run, "ready", lambda **_: standing)
    folder = run.PACKAGING / "bench"
    assert run.bench(["kill", "--rounds", "9"]) == 0
    assert run.bench(["start", "kill"]) == 0
    assert standing.started == [
        (folder / "kill.py", "--rounds", "9"),
        (folder / "start.py",),
        (folder / "kill.py",),
    ]


def test_a_benchmark_that_is_not_there_is_named() -> None:
    with pytest.raises(SetupFailed, match="no benchmark nothing"):
        run.bench(["nothing", "--rounds", "9"])


def test_an_environment_s_own_python_is_not_taken_for_another_one(tmp_path: Path) -> None:
    """Else whoever activated .venv would have it made anew, and first removed, by what runs in it."""
    venv.create(tmp_path / "own", symlinks=sys.platform != "win32")
    own = tmp_path / "own" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    told = "import sys; sys.path.insert(0, sys.argv[1]); import environment; print(environment.INTERPRETER)"
    asked = [
        subprocess.run(
            [python, "-c", told, str(run.PACKAGING)], check=True, capture_output=True, text=True
        ).stdout.strip()
        for python in (own, environment.INTERPRETER)
    ]
    assert asked == [str(environment.INTERPRETER)] * 2
    assert not environment.INTERPRETER.is_relative_to(environment.ROOT)
