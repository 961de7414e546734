"""Sign a sealed paper a second time, as the minute-taker does: in the book, or where its file lies."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sochibo import faults, files
from sochibo.commands.spoken import (
    BOOK,
    FILE,
    FOLDER,
    Command,
    ask_passphrase,
    make_folder,
    open_book,
    passphrase_option,
    say,
    time_stamp_option,
)
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.book.book import Book
    from sochibo.book.papers.countersigning import Unsigned
    from sochibo.messages import Messages
    from sochibo.sealing.keys import SigningKey

__all__ = ["command"]

_MOST_BYTES = 20 * 1024 * 1024


class UnknownPaper(faults.Fault):
    """No paper of the book has this number, and no file has this name."""

    code = "C22"
    sentence = N_("“{name}” is neither a file nor the number of a sealed paper that waits for a signature.")
    advice = N_("Give a number as it stands on the paper, or the file on the stick. Nothing was signed.")


def command(words: Messages) -> click.Command:
    """Return `sochibo countersign`."""
    return Command(
        words,
        "countersign",
        help=words.gettext(
            "Sign a sealed paper a second time, as the minute-taker does after the chair. PAPER is the "
            "number of a paper of the book, or a sealed file on a stick, which is then written back with "
            "both signatures and read back. Without --key or --token the key kept in the book signs."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Argument(["paper"], metavar="PAPER"),
            click.Option(
                ["--key", "key_file"],
                type=FILE,
                metavar="KEY.p12",
                help=words.gettext("The key file of whoever signs now; nothing of it is kept."),
            ),
            click.Option(
                ["--token"],
                metavar="FINGERPRINT",
                help=words.gettext(
                    "Sign with the token whose certificate has a fingerprint that begins so; its PIN is "
                    "tried once."
                ),
            ),
            click.Option(
                ["--picture"],
                type=FILE,
                metavar="FILE",
                help=words.gettext("A picture of the signature (PNG, JPEG), for this one time."),
            ),
            click.Option(
                ["--out"],
                type=FOLDER,
                metavar="DIR",
                help=words.gettext(
                    "A folder into which a paper of the book is written with both signatures."
                ),
            ),
            passphrase_option(words),
            time_stamp_option(words),
        ],
        callback=lambda **given: _countersign(words, **given),
    )


def _countersign(  # noqa: PLR0913 - one for each option
    words: Messages,
    book: Path,
    paper: str,
    *,
    key_file: Path | None,
    token: str | None,
    picture: Path | None,
    out: Path | None,
    passphrase_file: Path | None,
    time_stamp: str | None,
) -> int:
    now, file = datetime.now().astimezone(), Path(paper)
    with open_book(words, book) as opened:
        # Whatever speaks against it is told before anybody types a PIN.
        waiting = _waiting(opened, paper, file, now)
        stamps = None if time_stamp is None else opened.stamping.source(address=time_stamp)
        key = _opened(opened, words, key_file, token, passphrase_file, now)
        if picture is not None:
            key = opened.keys.draw_with(key, files.read_whole(picture, _MOST_BYTES), picture.name)
        if file.is_file():
            opened.countersigning.sign_file(file, key, now, stamps)
            written: Path | None = file
        else:
            opened.countersigning.sign(waiting.document_id, key, now, stamps)
            written = opened.answers.send(waiting.document_id, make_folder(out), now) if out else None
    fields = {"person": key.subject.person, "number": waiting.number}
    say(words.sentence(N_("{person} signed no. {number}."), fields))
    if written is not None:
        say(words.sentence(N_("Written: {name}."), {"name": written.name}))
    return 0


def _waiting(book: Book, paper: str, file: Path, now: datetime) -> Unsigned:
    """Return the paper that is meant; raises UnknownPaper."""
    if file.is_file():
        return book.countersigning.look(files.read_whole(file, _MOST_BYTES), file.name, now)
    numbered = (one.id for one in book.reports.documents() if one.number == paper)
    found = (book.countersigning.waiting(one) for one in numbered)
    for one in found:
        if one is not None:
            return one
    raise UnknownPaper(name=paper)


def _opened(
    book: Book,
    words: Messages,
    key_file: Path | None,
    token: str | None,
    passphrase_file: Path | None,
    now: datetime,
) -> SigningKey:
    if key_file is not None:
        pkcs12 = files.read_whole(key_file, _MOST_BYTES)
        return book.keys.open_file(pkcs12, ask_passphrase(words, passphrase_file), now)
    if token is None:
        return book.reports.open_key(ask_passphrase(words, passphrase_file))
    from sochibo.sealing.tokens import NoToken

    wanted = token.replace(" ", "").lower()
    found = [one for one in book.keys.tokens() if one.facts.fingerprint.startswith(wanted)]
    if len(found) != 1:
        raise NoToken
    pin = ask_passphrase(words, passphrase_file, prompt=words.gettext("PIN of the token"))
    return book.keys.open_token(found[0], pin, now)
