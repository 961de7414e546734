"""Write the empty list of members, to be filled in and read by import."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sochibo.commands.export import keep_what_is_there, replace_option
from sochibo.commands.spoken import FILE, Command, say
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["command"]


def command(words: Messages) -> click.Command:
    """Return `sochibo template`."""

    def run(out: Path, replace: bool) -> int:  # noqa: FBT001 - click gives options by name
        from sochibo.book.upkeep.exports import write_template

        keep_what_is_there(out, replace=replace)
        write_template(out, words)
        say(words.sentence(N_("Written: {file}"), {"file": out.name}))
        return 0

    return Command(
        words,
        "template",
        help=words.gettext(
            "Write an empty list of members to an Excel file, to be filled in and read by import."
        ),
        params=[click.Argument(["out"], type=FILE, metavar="OUT.xlsx"), replace_option(words)],
        callback=run,
    )
