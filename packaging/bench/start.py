"""How much longer than Python itself does it take to start? Ratios within one run, medians of five."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

CASES = {
    "command line": "import sochibo.commands.program",
    "a book": "import sochibo.book.book",
    "Qt alone": "import PySide6.QtWidgets",
    "the window": "import sochibo.interface.application",
    "seals": "import sochibo.sealing.seals, pyhanko.sign.signers, pikepdf, reportlab.platypus",
}


def seconds(code: str) -> float:
    """Return the median time of a fresh interpreter that runs a line."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print a ratio for each case."""
    bare = seconds("pass")
    for name, code in CASES.items():
        print(f"{name:14}{seconds(code) / bare:6.1f} × Python alone")


if __name__ == "__main__":
    main()
