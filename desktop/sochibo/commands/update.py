"""Take a new version of the program from a file: checked, the books copied first, the version before kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sochibo.commands.spoken import BOOK, FILE, Command, Group, say
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["command"]


def command(words: Messages) -> click.Command:
    """Return `sochibo update`."""
    made = Group(words, "update", help=words.gettext("Take a new version of the program from a file."))
    made.add_command(
        Command(
            words,
            "check",
            help=words.gettext("Say whether this PC could take an update file; nothing is changed."),
            params=[click.Argument(["file"], type=FILE)],
            callback=lambda file: _check(words, file),
        )
    )
    made.add_command(
        Command(
            words,
            "install",
            help=words.gettext(
                "Take an update file: its seal is checked, the books are copied, the new version tries "
                "itself out, and only then it takes the place of the present one, which is kept."
            ),
            params=[
                click.Argument(["file"], type=FILE),
                click.Option(
                    ["--book"],
                    type=BOOK,
                    multiple=True,
                    metavar="BOOK",
                    help=words.gettext("A book to copy first, besides those opened lately; may be repeated."),
                ),
            ],
            callback=lambda file, book: _install(words, file, book),
        )
    )
    made.add_command(
        Command(
            words,
            "back",
            help=words.gettext(
                "Start with the version before again. A book that was opened with the newer one may need its "
                "backup copy."
            ),
            callback=lambda: _go_back(words),
        )
    )
    return made


def _check(words: Messages, file: Path) -> int:
    from sochibo.book.upkeep.updating import look_at

    offer = look_at(file)
    files = offer.release.manifest.files
    fields: dict[str, object] = {"version": offer.version, "name": offer.publisher.name, "n": len(files)}
    say(words.sentence(N_("Version {version}, sealed by the publisher {name}, {n} files."), fields))
    notes = offer.notes(words.language)
    if notes:
        say(notes)
    return 0


def _install(words: Messages, file: Path, books: Sequence[Path]) -> int:
    from sochibo.book.upkeep.updating import copy_book, install, look_at

    offer = look_at(file)
    for path in _known_books(books):
        copy_book(path)
        say(words.sentence(N_("Copied first: {name}"), {"name": path.name}))
    kept = install(offer)
    fields: dict[str, object] = {"version": offer.version, "kept": kept}
    say(
        words.sentence(
            N_("Version {version} starts from now on. Version {kept} is kept: sochibo update back"), fields
        )
    )
    return 0


def _go_back(words: Messages) -> int:
    from sochibo.book.upkeep.updating import go_back

    say(words.sentence(N_("Version {version} starts from now on."), {"version": go_back()}))
    return 0


def _known_books(named: Sequence[Path]) -> list[Path]:
    """Return the books named and those opened lately on this PC, each once."""
    from sochibo import paths
    from sochibo.interface.settings import SettingsFile

    lately = SettingsFile(paths.settings_folder()).load().recent_books()
    return list(dict.fromkeys(path.resolve() for path in (*named, *lately)))
