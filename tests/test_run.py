"""The one entry for whoever builds: what is typed after a benchmark's name reaches the benchmark."""

from __future__ import annotations

import pytest

import run
from system import SetupFailed


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
