"""Add the units of a committee up, as a paper that goes up one level, or as data for other programs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from sochibo.commands.report import write_paper
from sochibo.commands.spoken import (
    BOOK,
    FOLDER,
    Command,
    any_period_option,
    ask_passphrase,
    make_folder,
    open_book,
    passphrase_option,
    say,
    say_json,
    table,
    time_stamp_option,
)

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.messages import Messages
    from sochibo.rules.periods import Period

__all__ = ["command", "paper_options", "write_issued"]


def command(words: Messages) -> click.Command:
    """Return `sochibo rollup`."""
    return Command(
        words,
        "rollup",
        help=words.gettext(
            "Add the summaries of a month or longer up over the units of a committee, and write the paper "
            "as PDF. --json, --csv and --parquet write the figures for other programs; without --out "
            "nothing is issued."
        ),
        params=[
            click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK"),
            any_period_option(words),
            *paper_options(words),
            click.Option(
                ["--prepared-by"],
                default=None,
                metavar="NAME",
                help=words.gettext("Who drew up the table; otherwise who did so last."),
            ),
            click.Option(
                ["--csv"], type=FOLDER, metavar="DIR", help=words.gettext("Write the figures as CSV tables.")
            ),
            click.Option(
                ["--parquet"],
                type=FOLDER,
                metavar="DIR",
                help=words.gettext("Write the figures as Parquet tables; needs the extra “parquet”."),
            ),
            passphrase_option(words),
            time_stamp_option(words),
        ],
        callback=lambda **given: _roll_up(words, **given),
    )


def paper_options(words: Messages) -> tuple[click.Option, ...]:
    """Return `--json`, `--out` and `--seal`: figures alone, or a paper into a folder."""
    return (
        click.Option(
            ["--json", "wants_json"], is_flag=True, help=words.gettext("Write JSON for other programs.")
        ),
        click.Option(["--out"], type=FOLDER, metavar="DIR", help=words.gettext("The folder to write into.")),
        click.Option(["--seal"], is_flag=True, help=words.gettext("Seal with the key of the book.")),
    )


def _roll_up(  # noqa: PLR0913 - one an option
    words: Messages,
    *,
    book: Path,
    period: Period,
    out: Path | None,
    prepared_by: str | None,
    csv: Path | None,
    parquet: Path | None,
    passphrase_file: Path | None,
    time_stamp: str | None,
    seal: bool,
    wants_json: bool,
) -> int:
    if out is None and not (wants_json or csv or parquet):
        raise click.MissingParameter(param_hint="--out", param_type="option")
    now = datetime.now().astimezone()
    with open_book(words, book, read_only=out is None) as opened:
        if wants_json:
            _say_json(opened, period)
        _write_tables(words, opened, period, csv, parquet)
        if out is not None:
            stamps = opened.stamping.source(address=time_stamp) if seal and time_stamp is not None else None
            key = opened.reports.open_key(ask_passphrase(words, passphrase_file)) if seal else None
            advice = [one.say(words) for one in opened.rollups.check(period)]
            document_id = opened.reports.issue_rollup(period, on=now.date(), prepared_by=prepared_by)
            row = write_paper(opened, document_id, make_folder(out), key, now, words, stamps=stamps)
            say(table((words.gettext("Paper"), words.gettext("Number"), words.gettext("File")), [row]))
            for text in advice:
                say(text)
    return 0


def _say_json(opened: Book, period: Period) -> None:
    import msgspec

    report = opened.reports.rollup(period)
    say_json(
        {
            "period": report.period,
            "reported": msgspec.to_builtins(report.reported),
            "rows": msgspec.to_builtins(report.rows),
            "total": msgspec.to_builtins(report.total),
        }
    )


def _write_tables(
    words: Messages, opened: Book, period: Period, csv: Path | None, parquet: Path | None
) -> None:
    from sochibo.book.rollups import open_data

    if csv is None and parquet is None:
        return
    made = open_data.tables(opened, period, datetime.now().astimezone().date())
    written = []
    if parquet is not None:
        written += open_data.write_parquet(made, make_folder(parquet), period, words)
    if csv is not None:
        written += open_data.write_csv(made, make_folder(csv), period, words)
    say(table((words.gettext("File"),), [(path.name,) for path in written]))


def write_issued(words: Messages, opened: Book, document_id: str, out: Path, passphrase: str | None) -> None:
    """Seal a paper that was issued, if a passphrase is given, write it, and say where it lies."""
    now = datetime.now().astimezone()
    key = opened.reports.open_key(passphrase) if passphrase is not None else None
    row = write_paper(opened, document_id, make_folder(out), key, now, words)
    say(table((words.gettext("Paper"), words.gettext("Number"), words.gettext("File")), [row]))
