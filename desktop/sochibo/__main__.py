"""Run the command line by `python -m sochibo`."""

from __future__ import annotations

from sochibo.commands import main

if __name__ == "__main__":
    main()
