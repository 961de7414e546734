"""The command line: one file a sub-command; `sochibo` alone opens the window."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line with the words of the shell, and leave with its exit code."""
    from sochibo.commands.program import run

    sys.exit(run(sys.argv[1:]))
