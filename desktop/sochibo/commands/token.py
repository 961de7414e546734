"""Tokens and the trust package of a book, by command."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from sochibo import files
from sochibo.commands.spoken import (
    BOOK,
    FILE,
    Command,
    ask_passphrase,
    open_book,
    passphrase_option,
    say,
    say_json,
    table,
)
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages
    from sochibo.sealing.tokens import TokenCertificate

__all__ = ["tokens_command", "trust_command", "use_command"]

_MOST_BYTES = 20 * 1024 * 1024


def tokens_command(words: Messages) -> click.Command:
    """Return `sochibo key tokens`."""
    return Command(
        words,
        "tokens",
        help=words.gettext("List the certificates on all signing tokens that are plugged in; asks no PIN."),
        params=[
            click.Option(
                ["--json", "as_json"], is_flag=True, help=words.gettext("Write JSON for other programs.")
            )
        ],
        callback=lambda **given: _list(words, **given),
    )


def use_command(words: Messages) -> click.Command:
    """Return `sochibo key token`."""
    return Command(
        words,
        "token",
        help=words.gettext(
            "Seal with a token from now on. The PIN is tried once and kept nowhere; later commands that seal "
            "ask for it like for a passphrase."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Option(
                ["--fingerprint"],
                default="",
                help=words.gettext("How the fingerprint begins, where tokens hold several certificates."),
            ),
            passphrase_option(words),
        ],
        callback=lambda **given: _use(words, **given),
    )


def trust_command(words: Messages) -> click.Command:
    """Return `sochibo key trust`."""
    return Command(
        words,
        "trust",
        help=words.gettext(
            "Take in the committee's trust package (PDF or JSON). The first one, and one of an unknown "
            "authority, is only shown until --compared says that its fingerprint was compared."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Argument(["file"], type=FILE, metavar="TRUST.pdf"),
            click.Option(
                ["--compared"], is_flag=True, help=words.gettext("The fingerprint was compared: trust it.")
            ),
        ],
        callback=lambda **given: _trust(words, **given),
    )


def _list(words: Messages, *, as_json: bool) -> int:
    from sochibo.sealing.tokens import certificates

    found = certificates()
    if as_json:
        say_json([_plain(one) for one in found])
        return 0
    heads = (N_("Token"), N_("Signer"), N_("Organisation"), N_("Until"), N_("Fingerprint"))
    rows = [
        (one.reference.label, one.facts.person, one.facts.organisation, str(one.facts.not_after.date()),
         one.facts.fingerprint[:16])
        for one in found
    ]  # fmt: skip
    say(table(tuple(words.gettext(head) for head in heads), rows))
    return 0


def _plain(one: TokenCertificate) -> dict[str, str]:
    return {
        "token": one.reference.label, "serial": one.reference.serial, "person": one.facts.person,
        "organisation": one.facts.organisation, "until": one.facts.not_after.date().isoformat(),
        "fingerprint": one.facts.fingerprint, "pin": one.pin,
    }  # fmt: skip


def _use(words: Messages, book: Path, fingerprint: str, passphrase_file: Path | None) -> int:
    from sochibo.sealing.tokens import NoToken

    wanted = fingerprint.replace(" ", "").lower()
    with open_book(words, book) as opened:
        found = [one for one in opened.keys.tokens() if one.facts.fingerprint.startswith(wanted)]
        if len(found) > 1:
            raise click.UsageError(
                words.gettext("Tokens hold several certificates: choose one with --fingerprint.")
            )
        if not found:
            raise NoToken
        pin = ask_passphrase(words, passphrase_file, prompt=words.gettext("PIN of the token"))
        opened.keys.use_token(found[0], pin, datetime.now().astimezone())
        fields = {"person": found[0].facts.person, "token": opened.keys.token_label()}
    say(words.sentence(N_("{person} seals with the token “{token}” from now on."), fields))
    return 0


def _trust(words: Messages, book: Path, file: Path, *, compared: bool) -> int:
    from sochibo.book.trust.trust_papers import UNCONFIRMED
    from sochibo.sealing.keys import fingerprint_groups

    now, content = datetime.now().astimezone(), files.read_whole(file, _MOST_BYTES)
    with open_book(words, book) as opened:
        package = opened.trust.look(content, file.name, now)
        known = opened.trust.is_known(package) or package.trust.number <= opened.trust.number()
        if known or compared:
            opened.trust.take(content, file.name, now, compared=compared)
            fields = {"number": package.trust.number}
            say(words.sentence(N_("Trust package no. {number} is in force."), fields))
            return 0
    say(fingerprint_groups(package.to_compare))
    if not package.confirmed:
        say(words.gettext(UNCONFIRMED))
    say(words.gettext("Nothing is trusted yet: compare, then run it with --compared."))
    return 0
