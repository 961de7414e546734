"""The passphrase of a book, and the paper for when it is forgotten."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from sochibo import faults, files
from sochibo.commands.spoken import (
    BOOK,
    FILE,
    Command,
    Group,
    ask_book_passphrase,
    ask_passphrase,
    say,
)
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.upkeep.protection import RecoveryKey
    from sochibo.messages import Messages

__all__ = ["command"]

_MOST_BYTES = 4096


class NotProtected(faults.Fault):
    """A book without a passphrase has no recovery key."""

    code = "C13"
    sentence = N_("“{name}” has no passphrase.")
    advice = N_("Give it one first: sochibo protect set.")


def command(words: Messages) -> click.Command:
    """Return `sochibo protect`."""
    made = Group(words, "protect", help=words.gettext("Protect a book by a passphrase."))
    for make in (_set_command, _sheet_command, _recover_command, _remove_command):
        made.add_command(make(words))
    return made


def _set_command(words: Messages) -> click.Command:
    return Command(
        words,
        "set",
        help=words.gettext(
            "Give a book a passphrase, or another one, and make the paper that opens it when the passphrase "
            "is forgotten. The file is written anew and proven before it takes the old one's place; backup "
            "copies made before keep what opened them. Received files beside a committee's book are locked "
            "too, after a new backup copy."
        ),
        params=[click.Argument(["book"], type=BOOK), _new_option(words), _sheet_option(words)],
        callback=lambda **given: _set(words, **given),
    )


def _sheet_command(words: Messages) -> click.Command:
    return Command(
        words,
        "sheet",
        help=words.gettext("Make the recovery paper of a book once more."),
        params=[click.Argument(["book"], type=BOOK), _sheet_option(words)],
        callback=lambda **given: _sheet(words, **given),
    )


def _recover_command(words: Messages) -> click.Command:
    return Command(
        words,
        "recover",
        help=words.gettext(
            "Open a book by its recovery key, when the passphrase is forgotten, and give it a new one."
        ),
        params=[
            click.Argument(["book"], type=FILE),
            click.Option(
                ["--recovery-file"],
                type=FILE,
                required=True,
                metavar="FILE",
                help=words.gettext("A text file with the five lines of the recovery paper."),
            ),
            _new_option(words),
            _sheet_option(words),
        ],
        callback=lambda **given: _recover(words, **given),
    )


def _remove_command(words: Messages) -> click.Command:
    return Command(
        words,
        "remove",
        help=words.gettext("Take the passphrase away: whoever has the file can then read it."),
        params=[click.Argument(["book"], type=BOOK)],
        callback=lambda **given: _remove(words, **given),
    )


def _new_option(words: Messages) -> click.Option:
    return click.Option(
        ["--new-passphrase-file"],
        type=FILE,
        metavar="FILE",
        help=words.gettext("A file whose first line is the new passphrase; otherwise it is asked for."),
    )


def _sheet_option(words: Messages) -> click.Option:
    return click.Option(
        ["--sheet"],
        type=FILE,
        metavar="SHEET.pdf",
        help=words.gettext("Write the recovery paper as PDF, to be printed; otherwise its lines are shown."),
    )


def _set(words: Messages, book: Path, new_passphrase_file: Path | None, sheet: Path | None) -> int:
    from sochibo.book.book import Book

    current = _current(words, book)
    with Book.open(book, passphrase=current) as opened:
        _choose(words, opened, current, new_passphrase_file, sheet)
        return _let_files_follow(words, opened)


def _sheet(words: Messages, book: Path, sheet: Path | None) -> int:
    from sochibo.book.book import Book

    current = _current(words, book)
    if not current:
        raise NotProtected(name=book.name)
    with Book.open(book, passphrase=current, read_only=True) as opened:
        _give(words, opened, opened.protection.recovery_key(current), sheet)
    return 0


def _recover(
    words: Messages, book: Path, recovery_file: Path, new_passphrase_file: Path | None, sheet: Path | None
) -> int:
    from sochibo.book.book import Book
    from sochibo.book.upkeep.protection import is_protected

    if not is_protected(book):
        raise NotProtected(name=book.name)
    try:
        recovery = files.read_whole(recovery_file, _MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise faults.NotReadable(name=recovery_file.name) from error
    # An empty file must be a wrong key, not no key.
    with Book.open(book, recovery=recovery or "-") as opened:
        _choose(words, opened, "", new_passphrase_file, sheet)
        return _let_files_follow(words, opened)


def _remove(words: Messages, book: Path) -> int:
    from sochibo.book.book import Book

    current = _current(words, book)
    if not current:
        raise NotProtected(name=book.name)
    with Book.open(book, passphrase=current) as opened:
        opened.protection.remove(current)
        say(words.sentence(N_("“{name}” has no passphrase any more."), {"name": book.name}))
        return _let_files_follow(words, opened)


def _current(words: Messages, book: Path) -> str:
    """Return the passphrase of a book till now, empty if it has none."""
    from sochibo.book.upkeep.protection import is_protected

    return ask_book_passphrase(words) if is_protected(book) else ""


def _choose(words: Messages, book: Book, current: str, file: Path | None, sheet: Path | None) -> None:
    passphrase = ask_passphrase(words, file, new=True, prompt=words.gettext("New passphrase of the book"))
    key = book.protection.choose(passphrase, current)
    say(words.sentence(N_("“{name}” is protected by the new passphrase."), {"name": book.path.name}))
    _give(words, book, key, sheet)


def _let_files_follow(words: Messages, book: Book) -> int:
    """Lock or open the received files beside the book as it is now; returns the exit code."""
    from sochibo.book.upkeep.backups import Reason

    if not book.protection.has_followers:
        return 0
    troubles = book.backups.make(Reason.ASKED).faults
    for fault in troubles:
        say(fault.say(words), err=True)
    return 1 if troubles else 0


def _give(words: Messages, book: Book, key: RecoveryKey, sheet: Path | None) -> None:
    """Write the paper, or show its lines where no file was named."""
    if sheet is None:
        say(words.gettext("The recovery key, to be written down and locked away:"))
        for number, line in enumerate(key.lines, 1):
            say(f"  {number}  {line}")
        return
    files.write_whole(sheet, book.protection.recovery_sheet(key, datetime.now().astimezone().date()))
    said = N_("The recovery paper is “{name}”. Print it, lock it away, and delete the file.")
    say(words.sentence(said, {"name": sheet.name}))
