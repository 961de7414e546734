"""Who signs for which unit, by command: listed, revoked, renewed, ended, and roots of other authorities."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from sochibo import files
from sochibo.commands.spoken import (
    BOOK,
    FILE,
    Command,
    ask_passphrase,
    day_type,
    open_book,
    passphrase_option,
    say,
    say_json,
    table,
)
from sochibo.faults import Refused, red
from sochibo.messages import N_
from sochibo.rules.units.signers import SIGNER_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.trust.official_roots import OfficialRoot
    from sochibo.messages import Messages
    from sochibo.rules.units.signers import SignerLine

__all__ = ["commands"]

_MOST_BYTES = 20 * 1024 * 1024


def commands(words: Messages) -> Iterator[click.Command]:
    """Yield the sub-commands of `sochibo committee` about its register."""
    book = click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK")
    signer = click.Argument(["fingerprint"], metavar="FINGERPRINT")
    yield from _readers(words, book)
    yield from _certificates(words, book, signer)
    yield Command(
        words,
        "end",
        help=words.gettext("Let nobody sign for the unit of a signer after a day, as when it is closed."),
        params=[
            book,
            signer,
            click.Option(
                ["--last-day"],
                type=day_type(),
                metavar="YYYY-MM-DD",
                help=words.gettext("The last day; otherwise today."),
            ),
        ],
        callback=lambda **given: _end(words, **given),
    )


def _readers(words: Messages, book: click.Argument) -> Iterator[click.Command]:
    """Yield what shows before anything changes: the register, and a file of roots."""
    yield Command(
        words,
        "signers",
        help=words.gettext("List who signs, or signed, for which unit on which days."),
        params=[
            book,
            click.Option(
                ["--json", "as_json"], is_flag=True, help=words.gettext("Write JSON for other programs.")
            ),
        ],
        callback=lambda **given: _list(words, **given),
    )
    yield Command(
        words,
        "roots",
        help=words.gettext(
            "Show the roots in a file (PEM, DER, P7B), and trust them with --compared once every fingerprint "
            "was compared with an official publication; a .crl file is taken as their revocation list. "
            "Without FILE the roots of the book are listed. --distrust ends the trust in one: whoever signs "
            "by it is unknown from then on, what was received keeps its verdict; --again takes that back."
        ),
        params=[
            book,
            click.Argument(["file"], type=FILE, required=False),
            click.Option(
                ["--distrust"],
                metavar="FINGERPRINT",
                help=words.gettext("No longer trust the root whose fingerprint begins so."),
            ),
            click.Option(
                ["--again"],
                metavar="FINGERPRINT",
                help=words.gettext("Trust it again; it was compared before."),
            ),
            click.Option(
                ["--json", "as_json"], is_flag=True, help=words.gettext("Write JSON for other programs.")
            ),
            click.Option(
                ["--compared"],
                is_flag=True,
                help=words.gettext("The fingerprints were compared: trust them."),
            ),
        ],
        callback=lambda **given: _roots(words, **given),
    )


def _certificates(words: Messages, book: click.Argument, signer: click.Argument) -> Iterator[click.Command]:
    """Yield what is done to one certificate."""
    day = click.Option(
        ["--since"],
        type=day_type(),
        metavar="YYYY-MM-DD",
        help=words.gettext("The first day for which it counts; otherwise today."),
    )
    yield Command(
        words,
        "revoke",
        help=words.gettext("Revoke a certificate; what was received before that day keeps its verdict."),
        params=[
            book,
            signer,
            click.Option(["--reason"], required=True, help=words.gettext("Why; it stands on the package.")),
            day,
            passphrase_option(words),
        ],
        callback=lambda **given: _revoke(words, **given),
    )
    yield Command(
        words,
        "reissue",
        help=words.gettext("Issue a new certificate for the same person and key before the old one ends."),
        params=[
            book,
            signer,
            click.Argument(["certificate"], type=FILE, metavar="CERTIFICATE.pem"),
            day,
            passphrase_option(words),
        ],
        callback=lambda **given: _reissue(words, **given),
    )


def _list(words: Messages, book: Path, *, as_json: bool) -> int:
    from sochibo.book.trust.trust_lines import register_lines

    today = datetime.now().astimezone().date()
    with open_book(words, book, read_only=True) as opened:
        lines = register_lines(opened)
    if as_json:
        say_json([_plain(line, today) for line in lines])
        return 0
    rows = [
        (
            line.unit,
            line.person,
            words.date(line.valid_from),
            words.date(line.valid_to) if line.valid_to else "",
            words.gettext(SIGNER_LABELS[line.state(today)]),
            line.fingerprint[:16],
        )
        for line in lines
    ]
    heads = (N_("Unit"), N_("Signer"), N_("Signs from"), N_("Until"), N_("State"), N_("Fingerprint"))
    say(table(tuple(words.gettext(head) for head in heads), rows))
    return 0


def _plain(line: SignerLine, today: date) -> dict[str, Any]:
    return {
        "unit_id": line.unit_id, "unit": line.unit, "person": line.person, "fingerprint": line.fingerprint,
        "valid_from": line.valid_from.isoformat(),
        "valid_to": line.valid_to.isoformat() if line.valid_to else None,
        "certificate_until": line.not_after.isoformat() if line.not_after else None,
        "revoked_since": line.revoked_since.isoformat() if line.revoked_since else None,
        "revoked_because": line.revoked_because, "state": line.state(today).value,
    }  # fmt: skip


def _revoke(
    words: Messages,
    book: Path,
    fingerprint: str,
    reason: str,
    since: str | None,
    passphrase_file: Path | None,
) -> int:
    now = datetime.now().astimezone()
    first = date.fromisoformat(since) if since else now.date()
    with open_book(words, book) as opened:
        line = _meant(opened, fingerprint)
        passphrase = ask_passphrase(words, passphrase_file)
        opened.authority.revoke(line.fingerprint, passphrase, now, since=first, reason=reason)
    fields = {"person": line.person, "unit": line.unit, "day": first}
    say(words.sentence(N_("{person}, {unit}: revoked since {day}. Hand out the trust file anew."), fields))
    return 0


def _reissue(
    words: Messages,
    book: Path,
    fingerprint: str,
    certificate: Path,
    since: str | None,
    passphrase_file: Path | None,
) -> int:
    now = datetime.now().astimezone()
    first = date.fromisoformat(since) if since else now.date()
    with open_book(words, book) as opened:
        line = _meant(opened, fingerprint)
        passphrase = ask_passphrase(words, passphrase_file)
        chain = opened.authority.reissue(line.fingerprint, passphrase, now, since=first)
        files.write_whole(certificate, chain)
    say(words.sentence(N_("Written: {name}. Carry it back to the cell."), {"name": certificate.name}))
    return 0


def _end(words: Messages, book: Path, fingerprint: str, last_day: str | None) -> int:
    now = datetime.now().astimezone()
    last = date.fromisoformat(last_day) if last_day else now.date()
    with open_book(words, book) as opened:
        line = _meant(opened, fingerprint)
        opened.authority.end_signers(line.unit_id, last, now)
    say(words.sentence(N_("Nobody signs for {unit} after {day}."), {"unit": line.unit, "day": last}))
    return 0


def _roots(
    words: Messages,
    book: Path,
    file: Path | None,
    distrust: str | None,
    again: str | None,
    *,
    compared: bool,
    as_json: bool,
) -> int:
    if sum(one is not None for one in (file, distrust, again)) > 1:
        raise click.UsageError(words.gettext("Give a file, --distrust or --again, one of them."))
    if file is not None:
        return _take_roots(words, book, file, compared=compared)
    now = datetime.now().astimezone()
    with open_book(words, book, read_only=distrust is None and again is None) as opened:
        if distrust is not None:
            opened.official_roots.distrust(_root_meant(opened, distrust), now)
        if again is not None:
            opened.official_roots.trust_again(_root_meant(opened, again), now)
        roots = opened.official_roots.ever()
    if as_json:
        say_json([_plain_root(one) for one in roots])
        return 0
    heads = (N_("Root"), N_("Until"), N_("List until"), N_("No longer trusted since"), N_("Fingerprint"))
    rows = [
        (one.name, str(one.not_after), str(one.listed_until or "–"), str(one.ended_on or ""),
         one.fingerprint[:16])
        for one in roots
    ]  # fmt: skip
    say(table(tuple(words.gettext(head) for head in heads), rows))
    return 0


def _plain_root(one: OfficialRoot) -> dict[str, Any]:
    return {
        "name": one.name, "fingerprint": one.fingerprint, "not_after": one.not_after.isoformat(),
        "listed_until": one.listed_until.isoformat() if one.listed_until else None,
        "ended_on": one.ended_on.isoformat() if one.ended_on else None,
    }  # fmt: skip


def _root_meant(book: Book, beginning: str) -> str:
    """Return the fingerprint of the one root that begins so; what names none is refused by the book."""
    wanted = beginning.replace(" ", "").lower()
    found = [one.fingerprint for one in book.official_roots.ever() if one.fingerprint.startswith(wanted)]
    return found[0] if len(found) == 1 else wanted


def _take_roots(words: Messages, book: Path, file: Path, *, compared: bool) -> int:
    from sochibo.sealing.keys import fingerprint_groups

    now, content = datetime.now().astimezone(), files.read_whole(file, _MOST_BYTES)
    is_list = file.suffix.lower() == ".crl"
    with open_book(words, book, read_only=not compared and not is_list) as opened:
        if is_list:
            opened.official_roots.take_list(content, file.name, now)
            return 0
        found = opened.official_roots.look(content, file.name)
        for one in found:
            say(f"{one.name}\n{fingerprint_groups(one.fingerprint)}")
        if compared:
            opened.official_roots.trust(found, now)
    if not compared:
        say(words.gettext("Nothing is trusted yet: compare, then run it with --compared."))
    return 0


def _meant(book: Book, beginning: str) -> SignerLine:
    """Return the signer whose fingerprint begins so; raises Refused for none or several."""
    from sochibo.book.trust.trust_lines import register_lines

    wanted = beginning.replace(" ", "").lower()
    found = [one for one in register_lines(book) if wanted and one.fingerprint.startswith(wanted)]
    if len(found) != 1:
        raise Refused([red("X10", N_("Nobody with this fingerprint is registered."), "fingerprint")])
    return found[0]
