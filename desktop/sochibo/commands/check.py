"""Look a book over: is it whole, backed up, and in a safe place?"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from sochibo.commands.spoken import BOOK, Command, open_book, say, say_json
from sochibo.faults import Fault, Finding, Severity
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages

__all__ = ["command"]


def command(words: Messages) -> click.Command:
    """Return `sochibo check`."""
    return Command(
        words,
        "check",
        help=words.gettext(
            "Look a book over: every page of its file, its backup copies, the clock, and where it lies. The "
            "exit code is 1 where something must be done before going on.\n\n"
            "--json writes an object: file, whole, and findings, each with code, severity (red, yellow) and "
            "sentence."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Option(
                ["--json", "as_json"], is_flag=True, help=words.gettext("Write JSON for other programs.")
            ),
        ],
        callback=lambda **given: _check(words, **given),
    )


def _check(words: Messages, book: Path, *, as_json: bool) -> int:
    found = _findings(book, words)
    whole = not any(severity is Severity.RED for _, severity, _ in found)
    if as_json:
        listed = [{"code": code, "severity": how.value, "sentence": what} for code, how, what in found]
        say_json({"file": book.name, "whole": whole, "findings": listed})
    else:
        for code, severity, sentence in found:
            mark = "✗" if severity is Severity.RED else "!"
            say(f"{mark} {sentence} ({code})")
        if not found:
            say(words.sentence(N_("“{name}” is whole, backed up and in a safe place."), {"name": book.name}))
    return 0 if whole else 1


def _findings(book: Path, words: Messages) -> list[tuple[str, Severity, str]]:
    """Return code, severity and sentence of everything found; a book that cannot be opened is one finding."""
    try:
        with open_book(words, book, read_only=True) as opened:
            found: tuple[Finding, ...] = opened.condition.findings(datetime.now(UTC), thorough=True)
    except Fault as fault:
        told = (words.sentence(fault.sentence, fault.fields), words.sentence(fault.advice, fault.fields))
        return [(fault.code, Severity.RED, " ".join(part for part in told if part))]
    return [(finding.code, finding.severity, finding.say(words)) for finding in found]
