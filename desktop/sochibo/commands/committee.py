"""What a committee does so that it can tell whose seal it sees: authority, enrolment, trust file."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from sochibo import files
from sochibo.commands import register, revocations
from sochibo.commands.spoken import (
    BOOK,
    FILE,
    Command,
    Group,
    ask_passphrase,
    day_type,
    open_book,
    passphrase_option,
    say,
    table,
)
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["command"]

_MOST_BYTES = 20 * 1024 * 1024


def command(words: Messages) -> click.Command:
    """Return `sochibo committee`."""
    made = Group(words, "committee", help=words.gettext("Enrol the cells of a committee."))
    for make in (_authority_command, _enrol_command, _trust_command):
        made.add_command(make(words))
    for command in register.commands(words):
        made.add_command(command)
    made.add_command(revocations.command(words))
    return made


def _authority_command(words: Messages) -> click.Command:
    return Command(
        words,
        "authority",
        help=words.gettext("Make the committee's own authority, which issues certificates to the cells."),
        params=[click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK"), passphrase_option(words)],
        callback=lambda **given: _authority(words, **given),
    )


def _enrol_command(words: Messages) -> click.Command:
    return Command(
        words,
        "enrol",
        help=words.gettext(
            "Enrol a cell by its request and write the certificate to carry back. First compare the "
            "fingerprint with the person, face to face: --dry-run shows it and enrols nobody."
        ),
        params=[
            click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK"),
            click.Argument(["request"], type=FILE, metavar="REQUEST.pdf"),
            click.Argument(["certificate"], type=FILE, metavar="CERTIFICATE.pem"),
            click.Option(
                ["--since"],
                type=day_type(),
                metavar="YYYY-MM-DD",
                help=words.gettext("The first day on which this person signs for the cell; otherwise today."),
            ),
            click.Option(
                ["--dry-run"],
                is_flag=True,
                help=words.gettext("Show whose request it is and its fingerprint, and enrol nobody."),
            ),
            click.Option(
                ["--beside"],
                is_flag=True,
                help=words.gettext(
                    "Let this person sign beside whoever signs for the cell already, as a minute-taker does; "
                    "otherwise in their place."
                ),
            ),
            click.Option(
                ["--official"],
                is_flag=True,
                help=words.gettext(
                    "Register the official certificate that sealed the request, of an imported root, instead "
                    "of issuing one; nothing is written then."
                ),
            ),
            passphrase_option(words),
        ],
        callback=lambda **given: _enrol(words, **given),
    )


def _trust_command(words: Messages) -> click.Command:
    return Command(
        words,
        "trust",
        help=words.gettext(
            "Write the trust file, by which anybody can judge the seals of this committee and its cells. "
            "Once a year it is to be made with --renew, since an old one is not believed. As a .pdf it is a "
            "sealed paper, and the passphrase is that of the committee's signing key."
        ),
        params=[
            click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK"),
            click.Argument(["file"], type=FILE, metavar="TRUST.pdf"),
            click.Option(
                ["--renew"],
                is_flag=True,
                help=words.gettext(
                    "Make the list of revoked certificates anew first; asks for the authority's passphrase, "
                    "which must be the signing key's too where a file names one for both."
                ),
            ),
            passphrase_option(words),
        ],
        callback=lambda **given: _trust(words, **given),
    )


def _authority(words: Messages, book: Path, passphrase_file: Path | None) -> int:
    with open_book(words, book) as opened:
        passphrase = ask_passphrase(words, passphrase_file, new=True)
        opened.authority.make(passphrase, datetime.now().astimezone())
    say(
        words.gettext(
            "The committee's authority is made. Keep its passphrase safe: nobody can bring it back."
        )
    )
    return 0


def _enrol(  # noqa: PLR0913 - one for each option
    words: Messages,
    book: Path,
    request: Path,
    certificate: Path,
    since: str | None,
    passphrase_file: Path | None,
    *,
    dry_run: bool,
    official: bool,
    beside: bool,
) -> int:
    from sochibo.sealing.keys import fingerprint_groups

    now = datetime.now().astimezone()
    asked = files.read_whole(request, _MOST_BYTES)
    if dry_run:
        with open_book(words, book, read_only=True) as opened:
            facts = opened.authority.look(asked, request.name, now)
        say(f"{facts.organisation}: {facts.person}")
        if facts.known_as:
            say(words.sentence(N_("In this register the unit is “{unit}”."), {"unit": facts.known_as}))
        say(fingerprint_groups(facts.fingerprint))
        return 0
    with open_book(words, book) as opened:
        first = date.fromisoformat(since) if since else now.date()
        if official:
            opened.authority.register(asked, now, since=first, name=request.name, beside=beside)
            return 0
        passphrase = ask_passphrase(words, passphrase_file)
        chain = opened.authority.enrol(asked, passphrase, now, since=first, name=request.name, beside=beside)
        files.write_whole(certificate, chain)
        rows = [
            (unit.name, unit.signer, fingerprint_groups(unit.fingerprint)) for unit in opened.inbox.units()
        ]
    say(words.sentence(N_("Written: {name}. Carry it back to the cell."), {"name": certificate.name}))
    say(table((words.gettext("Unit"), words.gettext("Signer"), words.gettext("Fingerprint")), rows))
    return 0


def _trust(words: Messages, book: Path, file: Path, passphrase_file: Path | None, *, renew: bool) -> int:
    from sochibo.sealing.keys import fingerprint_groups

    with open_book(words, book, read_only=not renew) as opened:
        if renew:
            opened.authority.renew(ask_passphrase(words, passphrase_file), datetime.now().astimezone())
        if file.suffix.lower() == ".pdf":
            passphrase = ask_passphrase(words, passphrase_file)
            content = opened.authority.trust_paper(passphrase, datetime.now().astimezone())
        else:
            content = opened.authority.trust_file()
        files.write_whole(file, content)
    say(words.sentence(N_("Written: {name}."), {"name": file.name}))
    if file.suffix.lower() != ".pdf":
        say(words.gettext("Fingerprint of this file, to compare where it is taken in:"))
        say(fingerprint_groups(hashlib.sha256(content).hexdigest()))
    return 0
