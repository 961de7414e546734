"""Read a roster into a book, after a look at what would be recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sochibo.commands.spoken import BOOK, FILE, Command, open_book, say
from sochibo.faults import Severity
from sochibo.messages import N_

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.members.members import RosterPreview
    from sochibo.messages import Messages

__all__ = ["command", "describe"]


def command(words: Messages) -> click.Command:
    """Return `sochibo import`."""
    return Command(
        words,
        "import",
        help=words.gettext(
            "Read a roster (.xlsx, .xls, .ods or .csv) into a book. Members already known are completed, "
            "nobody is removed; rows that cannot be right are shown and left out."
        ),
        params=[
            click.Argument(["book"], type=BOOK),
            click.Argument(["roster"], type=FILE, metavar="ROSTER"),
            click.Option(
                ["--column"],
                multiple=True,
                metavar="HEADER=FIELD",
                help=words.gettext(
                    "What a column is, such as “Tên gọi=name”; nothing behind the = leaves it out. "
                    "It is remembered for lists with the same header row."
                ),
            ),
            click.Option(
                ["--no-header"],
                is_flag=True,
                help=words.gettext(
                    "The list has no header: its first row is a person. Columns go by their letters, such as "
                    "“B=name”; those that are not named are guessed."
                ),
            ),
            click.Option(
                ["--dry-run"],
                is_flag=True,
                help=words.gettext("Show what would be recorded, and record nothing."),
            ),
        ],
        callback=lambda **given: _import(words, **given),
    )


def _import(
    words: Messages, book: Path, roster: Path, column: tuple[str, ...], *, no_header: bool, dry_run: bool
) -> int:
    mapping = {header: known for header, _, known in (text.rpartition("=") for text in column)}
    with open_book(words, book, read_only=dry_run, cell=True) as opened:
        members = opened.members
        if no_header:
            said = {letter.upper(): known for letter, known in mapping.items()}
            guessed = members.roster_start(roster).fields
            mapping = {
                letter: known for letter, known in guessed.items() if known not in said.values()
            } | said
        preview = members.preview_roster(roster, mapping=mapping or None, bare=no_header)
        say(describe(preview, words))
        usable = [row for row in preview.rows if row.usable]
        if dry_run:
            say(words.gettext("Nothing was recorded: this was a look only."))
            return 0
        if not usable:
            say(words.gettext("No row can be recorded. (C04)"), err=True)
            return 1
        members.import_roster(preview)
    say(words.sentence(N_("Recorded: {n} rows."), {"n": len(usable)}))
    return 0


def describe(preview: RosterPreview, words: Messages) -> str:
    """Return how many rows of a roster are of each sort, which are left out, and remarks on others."""
    fields: dict[str, object] = {
        "file": preview.file,
        "rows": len(preview.rows),
        "new": sum(row.usable and row.matches is None for row in preview.rows),
        "known": sum(row.usable and row.matches is not None for row in preview.rows),
        "left_out": sum(not row.usable for row in preview.rows),
    }
    lines = [
        words.sentence(N_("{file}: {rows} rows; new {new}, known {known}, left out {left_out}."), fields)
    ]
    if preview.remembered:
        lines.append(words.gettext("The columns are those chosen before for such a list."))
    if preview.unknown_columns:
        unknown = {"columns": ", ".join(preview.unknown_columns)}
        lines.append(words.sentence(N_("Columns that were not understood: {columns}."), unknown))
    alike: dict[str, list[str]] = {}
    for row in preview.rows:
        for finding in row.findings:
            sentence = f"{finding.say(words)} ({finding.code})"
            if finding.severity is Severity.RED:
                left_out = {"row": row.number, "name": row.member.name, "why": sentence}
                lines.append(words.sentence(N_("Left out: row {row}, {name}. {why}"), left_out))
            else:
                alike.setdefault(sentence, []).append(words.number(row.number))
    for sentence, rows in alike.items():
        where = words.sentence(N_("Rows {rows}:"), {"rows": ", ".join(rows)})
        lines.append(f"{where} {sentence}")
    return "\n".join(lines)
