"""The key with which a book seals its papers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from sochibo import files
from sochibo.commands.own_signature import beside_command, picture_command
from sochibo.commands.spoken import (
    BOOK,
    FILE,
    Command,
    Group,
    ask_passphrase,
    open_book,
    passphrase_option,
    say,
)
from sochibo.commands.token import tokens_command, trust_command, use_command
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.messages import Messages

__all__ = ["command"]

_MOST_BYTES = 20 * 1024 * 1024


def command(words: Messages) -> click.Command:
    """Return `sochibo key`."""
    made = Group(words, "key", help=words.gettext("The key that seals the papers of a book."))
    commands = (
        _make_command, _take_command, tokens_command, use_command, _request_command, _accept_command,
        trust_command, picture_command, beside_command,
    )  # fmt: skip
    for make in commands:
        made.add_command(make(words))
    return made


def _make_command(words: Messages) -> click.Command:
    return Command(
        words,
        "make",
        help=words.gettext(
            "Make a key and keep it in the book, locked by a passphrase that nobody can bring back."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Option(["--person"], required=True, help=words.gettext("Who seals with it.")),
            passphrase_option(words),
        ],
        callback=lambda **given: _make(words, **given),
    )


def _take_command(words: Messages) -> click.Command:
    return Command(
        words,
        "take",
        help=words.gettext("Keep a key from a PKCS#12 file (.p12, .pfx) in the book."),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Argument(["file"], type=FILE, metavar="FILE.p12"),
            passphrase_option(words),
        ],
        callback=lambda **given: _take(words, **given),
    )


def _request_command(words: Messages) -> click.Command:
    return Command(
        words,
        "request",
        help=words.gettext(
            "Write the enrolment request that is carried to the committee; it holds no secret. As a .pdf it "
            "is a sealed paper that people can read, otherwise a plain file as earlier versions read it."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Argument(["file"], type=FILE, metavar="REQUEST.pdf"),
            passphrase_option(words),
        ],
        callback=lambda **given: _request(words, **given),
    )


def _accept_command(words: Messages) -> click.Command:
    return Command(
        words,
        "accept",
        help=words.gettext(
            "Put the certificate that the committee issued beside the key: alone, or in the trust package."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Argument(["file"], type=FILE, metavar="CERTIFICATE.pem"),
            passphrase_option(words),
        ],
        callback=lambda **given: _accept(words, **given),
    )


def _make(words: Messages, book: Path, person: str, passphrase_file: Path | None) -> int:
    with open_book(words, book) as opened:
        passphrase = ask_passphrase(words, passphrase_file, new=True)
        opened.reports.make_key(person, passphrase, datetime.now().astimezone())
        _tell(opened, words)
    return 0


def _take(words: Messages, book: Path, file: Path, passphrase_file: Path | None) -> int:
    pkcs12 = files.read_whole(file, _MOST_BYTES)
    with open_book(words, book) as opened:
        opened.reports.take_key(pkcs12, ask_passphrase(words, passphrase_file))
        _tell(opened, words)
    return 0


def _request(words: Messages, book: Path, file: Path, passphrase_file: Path | None) -> int:
    with open_book(words, book) as opened:
        passphrase = ask_passphrase(words, passphrase_file)
        if file.suffix.lower() == ".pdf":
            request = opened.keys.request_paper(passphrase, datetime.now().astimezone())
        else:
            request = opened.keys.request(passphrase)
        _tell(opened, words)
    files.write_whole(file, request)
    say(words.sentence(N_("Written: {name}. Carry it to the committee."), {"name": file.name}))
    return 0


def _accept(words: Messages, book: Path, file: Path, passphrase_file: Path | None) -> int:
    chain = files.read_whole(file, _MOST_BYTES)
    with open_book(words, book) as opened:
        opened.keys.accept(chain, ask_passphrase(words, passphrase_file), file.name)
        _tell(opened, words)
    return 0


def _tell(book: Book, words: Messages) -> None:
    from sochibo.sealing.keys import fingerprint_groups

    key = book.reports.key()
    if key is None:
        return
    fields: dict[str, object] = {"person": key.person, "until": key.not_after}
    issued = N_("The key of {person}, issued by the committee, seals until {until}.")
    own = N_(
        "The key of {person} seals until {until}; the committee has not issued a certificate for it yet."
    )
    say(words.sentence(issued if key.issued else own, fields))
    say(
        words.sentence(N_("Fingerprint: {fingerprint}"), {"fingerprint": fingerprint_groups(key.fingerprint)})
    )
