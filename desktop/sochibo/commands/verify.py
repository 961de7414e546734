"""Judge files by themselves: is the seal whole, whose is it, do pages and data agree?"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from sochibo import faults, files
from sochibo.commands.spoken import FILE, Command, say, say_json
from sochibo.messages import N_
from sochibo.rules.names import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from sochibo.messages import Messages
    from sochibo.sealing.seals import Judgement
    from sochibo.sealing.trust import Trust

__all__ = ["command", "pdfs_in"]

_MOST_BYTES = 20_000_000
_MOST_TRUST_BYTES = 16 * 1024 * 1024


class NoFiles(faults.Fault):
    """A folder without a single PDF."""

    code = "C07"
    sentence = N_("There is no PDF file in “{name}”.")
    advice = N_("See whether it is the right folder.")


def command(words: Messages) -> click.Command:
    """Return `sochibo verify`."""
    return Command(
        words,
        "verify",
        help=words.gettext(
            "Judge sealed PDF files (folders are searched). Without a trust file nobody can say whose seal "
            "it is, so such a file is kept to be looked at. The exit code is 0 only where every file is "
            "accepted.\n\n"
            "--json writes a list with, for each file: file, sha256, level (accept, note, hold, refuse), "
            "code, sentence, advice, and what could be read of it or null: kind, period, number, "
            "organisation, organisation_id, revision, signer, fingerprint, claimed_at, stamped_at, digest; "
            "and checks: every question in order with its outcome (fine, note, hold, refuse, not_asked) and "
            "code."
        ),
        params=[
            click.Argument(["paths"], type=FILE, nargs=-1, required=True, metavar="FILE…"),
            click.Option(
                ["--trust"], type=FILE, metavar="TRUST", help=words.gettext("The committee's trust file.")
            ),
            click.Option(
                ["--json", "as_json"], is_flag=True, help=words.gettext("Write JSON for other programs.")
            ),
        ],
        callback=lambda **given: _verify(words, **given),
    )


def _verify(words: Messages, paths: Sequence[Path], trust: Path | None, *, as_json: bool) -> int:
    from sochibo.book.trust.trust_papers import read_package
    from sochibo.sealing.signatures import VIETNAM
    from sochibo.sealing.verdicts import Level

    now = datetime.now(VIETNAM)
    trusted: Trust | None = None
    if trust is not None:
        trusted = read_package(files.read_whole(trust, _MOST_TRUST_BYTES), trust.name, None, now).trust
    accepted = True
    found: list[dict[str, Any]] = []
    for path in pdfs_in(paths):
        judgement = _judged(path, trusted, now.date())
        accepted &= judgement.verdict.level in {Level.ACCEPT, Level.NOTE}
        if as_json:
            found.append(_as_json(clean(path.name), judgement, words))
        else:
            _say(clean(path.name), judgement, words)
    if as_json:
        say_json(found)
    return 0 if accepted else 1


def pdfs_in(paths: Sequence[Path]) -> Iterator[Path]:
    """Go through files, and through the PDF files of folders in a steady order; raises NoFiles."""
    from sochibo.book.inbox.receiving import search

    for path in paths:
        found = search([path])
        if not found:
            raise NoFiles(name=path.name)
        yield from found


def _judged(path: Path, trust: Trust | None, today: date) -> Judgement:
    """Judge a file; one among many that cannot be read whole stops nobody from judging the others."""
    from sochibo.sealing.seals import Judgement, judge
    from sochibo.sealing.verdicts import verdict

    try:
        return judge(files.read_whole(path, _MOST_BYTES), trust, today)
    except files.TooLarge:
        unread = verdict("V23")
    except faults.NotReadable:
        if not path.parent.is_dir():
            raise
        unread = verdict("V01")
    return Judgement(unread, sha256="", found=(unread,))


def _say(name: str, judgement: Judgement, words: Messages) -> None:
    from sochibo.sealing.keys import fingerprint_groups
    from sochibo.sealing.verdicts import LEVEL_LABELS

    verdict = judgement.verdict
    say(f"{name}: {words.gettext(LEVEL_LABELS[verdict.level])} ({verdict.code})")
    say(f"  {verdict.sentence(words)} {verdict.advice(words)}")
    envelope, seal = judgement.envelope, judgement.seal
    if envelope is not None:
        parts = (envelope.organisation, envelope.number, envelope.period)
        say(f"  {', '.join(clean(part) for part in parts if part)}")
    if seal is not None:
        fields: dict[str, object] = {"person": seal.person, "organisation": seal.organisation}
        by = words.sentence(N_("Sealed by {person}, {organisation}"), fields)
        say(f"  {by}")
        say(f"  {fingerprint_groups(seal.fingerprint)}")


def _as_json(name: str, judgement: Judgement, words: Messages) -> dict[str, Any]:
    from sochibo.sealing.checks import checks_of

    verdict, envelope, seal = judgement.verdict, judgement.envelope, judgement.seal
    claimed, stamped = (seal.claimed_at, seal.stamped_at) if seal else (None, None)
    return {
        "file": name,
        "sha256": judgement.sha256,
        "level": verdict.level.value,
        "code": verdict.code,
        "sentence": verdict.sentence(words),
        "advice": verdict.advice(words),
        "kind": envelope.kind.value if envelope else None,
        "period": envelope.period if envelope else None,
        "number": envelope.number if envelope else None,
        "organisation": envelope.organisation if envelope else None,
        "organisation_id": envelope.organisation_id if envelope else None,
        "revision": envelope.revision if envelope else None,
        "signer": seal.person if seal else None,
        "fingerprint": seal.fingerprint if seal else None,
        "claimed_at": claimed.isoformat() if claimed else None,
        "stamped_at": stamped.isoformat() if stamped else None,
        "digest": judgement.digest,
        "checks": [
            {
                "question": words.gettext(check.question),
                "outcome": check.outcome.value,
                "code": check.verdict.code if check.verdict else None,
            }
            for check in checks_of(judgement.found)
        ],
    }
