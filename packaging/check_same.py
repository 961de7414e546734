"""Build things twice and compare their sums: `packaging/run.py check same [wheel] [deb] [windows]`.

Without words all three, which takes a while: two builds of each.
"""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING, Final

import build_debian
import build_sources
import build_windows
from environment import ROOT, Environment
from system import SetupFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

BUILDS: Final[Mapping[str, Callable[[Environment], Sequence[Path]]]] = {
    "wheel": lambda environment: [build_sources.own_wheel(environment, ROOT / "build" / "wheel")],
    "deb": build_debian.build,
    "windows": build_windows.build,
}


def main(words: Sequence[str]) -> int:
    """Return 0 where every second build is the same bytes as the first."""
    if unknown := set(words) - set(BUILDS):
        raise SetupFailed(
            f"There is no build of {', '.join(sorted(unknown))}; there are: {', '.join(BUILDS)}."
        )
    same = True
    for name in words or BUILDS:
        first, second = (_sums(BUILDS[name](Environment())) for _ in range(2))
        for file, digest in first.items():
            held = second.get(file) == digest
            same &= held
            print(f"{'✓' if held else '✗'} {file} twice: {digest}", flush=True)
    return 0 if same else 1


def _sums(files: Sequence[Path]) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except SetupFailed as failure:
        sys.exit(str(failure))
