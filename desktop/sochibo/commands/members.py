"""Count, list and print what a book knows of its members."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from sochibo import files
from sochibo.commands.export import keep_what_is_there, replace_option
from sochibo.commands.spoken import (
    BOOK,
    FILE,
    Command,
    Group,
    any_period_option,
    day_type,
    open_book,
    say,
    say_json,
    table,
)
from sochibo.faults import Severity
from sochibo.messages import N_
from sochibo.rules.members.registers import REGISTER_LABELS, RegisterKind

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.messages import Messages
    from sochibo.rules.periods import Period

__all__ = ["command"]

_LIST = "list"
"""What is printed beside the companion registers: the list of members itself."""


def command(words: Messages) -> click.Command:
    """Return `sochibo members`."""
    made = Group(words, "members", help=words.gettext("Count the members and print their registers."))
    for make in (_movement_command, _register_command):
        made.add_command(make(words))
    return made


def _movement_command(words: Messages) -> click.Command:
    return Command(
        words,
        "movement",
        help=words.gettext(
            "Show how the number of members moved in a period: beginning, increase, decrease, end, each with "
            "women, minorities, religion, Youth Union and probation. The exit code is 1 where it does not "
            "add up."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            any_period_option(words),
            click.Option(["--json", "as_json"], is_flag=True, help=words.gettext("For other programs.")),
        ],
        callback=lambda **given: _movement(words, **given),
    )


def _register_command(words: Messages) -> click.Command:
    return Command(
        words,
        "register",
        help=words.gettext(
            "Write a register as PDF: the list of members in its 14 columns (list), or a companion register. "
            "Identity and card numbers are masked."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Argument(
                ["register"],
                type=click.Choice([_LIST, *(kind.value for kind in RegisterKind)]),
                metavar="REGISTER",
            ),
            click.Argument(["file"], type=FILE, metavar="FILE"),
            click.Option(
                ["--on"], type=day_type(), default="", help=words.gettext("As of this day; otherwise today.")
            ),
            replace_option(words),
        ],
        callback=lambda **given: _register(words, **given),
    )


def _movement(words: Messages, book: Path, period: Period, *, as_json: bool) -> int:
    from dataclasses import asdict

    from sochibo.rules.members.movement import LINE_LABELS, SPLIT_LABELS

    with open_book(words, book, read_only=True) as opened:
        movement = opened.movements.of(period)
        findings = opened.movements.check(movement)
    wrong = any(finding.severity is Severity.RED for finding in findings)
    if as_json:
        say_json({
            "period": period.text,
            "lines": {line.value: asdict(movement.line(line)) for line in LINE_LABELS},
            "increase": asdict(movement.increase),
            "decrease": asdict(movement.decrease),
            "findings": [finding.code for finding in findings],
        })  # fmt: skip
        return int(wrong)
    rows = [
        (words.gettext(label), *(str(getattr(movement.line(line), name)) for name in SPLIT_LABELS))
        for line, label in LINE_LABELS.items()
    ]
    say(table([words.gettext(N_("Line")), *map(words.gettext, SPLIT_LABELS.values())], rows))
    for finding in findings:
        say(finding.say(words), err=True)
    return int(wrong)


def _register(words: Messages, book: Path, register: str, file: Path, on: str, *, replace: bool) -> int:
    keep_what_is_there(file, replace=replace)
    day = date.fromisoformat(on) if on else datetime.now().astimezone().date()
    with open_book(words, book, read_only=True) as opened:
        papers = opened.member_papers
        draft = (
            papers.register_draft(day)
            if register == _LIST
            else papers.companion_draft(RegisterKind(register), day)
        )
        pdf = opened.reports.preview(draft)
    files.write_whole(file, pdf)
    title = N_("Register of members") if register == _LIST else REGISTER_LABELS[RegisterKind(register)]
    said = {"register": words.gettext(title), "file": file.name}
    say(words.sentence(N_("“{register}” was written to {file}."), said))
    return 0
