"""Open the window: the only command that needs Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sochibo import faults
from sochibo.commands.spoken import FILE, Command
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["command", "open_window"]


class NoWindow(faults.Fault):
    """The library that draws windows is not here; every command works without it."""

    code = "C03"
    sentence = N_("The window cannot be opened: a part of the program, PySide6, is not installed.")
    advice = N_("Every command works without it; see: sochibo --help")


def command(words: Messages) -> click.Command:
    """Return the command behind `sochibo BOOK`; it has no name of its own in the help."""

    def run(book: Path) -> int:
        context = click.get_current_context()
        temporary = bool(context.parent and context.parent.params.get("temporary"))
        return open_window(book, context.obj, temporary=temporary)

    return Command(words, "open", hidden=True, params=[click.Argument(["book"], type=FILE)], callback=run)


def open_window(book: Path | None, language: str | None, *, temporary: bool) -> int:
    """Open the window on a book or on the one that was open last, in the language of its settings or this."""
    try:
        from sochibo.interface.application import run
    except ImportError as error:
        if (error.name or "").split(".")[0] not in {"PySide6", "shiboken6"}:
            raise
        raise NoWindow from error
    return run(book, language, temporary)
