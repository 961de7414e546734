"""The command line: one file a sub-command; `sochibo` alone opens the window."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    raise NotImplementedError
