"""Speaking on the command line: help and usage in the person's language, plain tables, passphrases."""

from __future__ import annotations

import json
import sys
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sochibo import faults, files
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sochibo.book.book import Book
    from sochibo.messages import Messages

__all__ = [
    "BOOK", "FILE", "FOLDER", "Command", "Group", "any_period_option", "ask_book_passphrase",
    "ask_passphrase", "day_type", "make_folder", "open_book", "out_option", "passphrase_option",
    "say", "say_json", "table", "time_stamp_option", "usage_sentence",
]  # fmt: skip

FILE = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path)
BOOK = click.Path(path_type=Path)
"""An existing book, to be opened; a book that is to be made is a FILE."""

_MOST_PASSPHRASE_BYTES = 4096
_WHOLE_SENTENCE = 200
_MEMO = "sochibo.file_for_the_book"


class PassphraseMissing(faults.Fault):
    """There is nobody to ask and no file to read a passphrase from."""

    code = "C01"
    sentence = N_("A passphrase is needed here.")
    advice = N_(
        "Give it in a file with --passphrase-file, that of a book with --book-passphrase-file, or run the "
        "command where it can be typed."
    )


class CellBookNeeded(faults.Fault):
    """A committee's book was named where members, meetings or ratings of a cell are meant."""

    code = "C24"
    sentence = N_("“{name}” is the book of a committee, which holds no members and meetings.")
    advice = N_("Choose the book of a cell. Nothing was changed.")


class _Spoken(click.Command):
    """A command whose help has its headings in the language of its words; click speaks English alone."""

    def __init__(self, words: Messages, name: str, **settings: Any) -> None:  # noqa: ANN401 - click's own settings
        self.words = words
        settings.setdefault("options_metavar", words.gettext("[OPTIONS]"))
        super().__init__(name, **settings)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        usage = self.words.gettext("Usage")
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{usage}: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        required = self.words.gettext("[required]")
        records = [
            (name, text.replace("[required]", required))
            for name, text in filter(None, (each.get_help_record(ctx) for each in options))
        ]
        with formatter.section(self.words.gettext("Options")):
            formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, with our words."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = self.words.gettext("Show this help.")
        return option


class Command(_Spoken):
    """One sub-command; one that opens a book also takes the passphrase of a protected one from a file."""

    def __init__(self, words: Messages, name: str, **settings: Any) -> None:  # noqa: ANN401 - click's own settings
        params = list(settings.pop("params", ()))
        if any(each.type is BOOK for each in params):
            params.append(_book_passphrase_option(words))
        super().__init__(words, name, params=params, **settings)


class Group(_Spoken, click.Group):
    """A command with sub-commands."""

    def __init__(self, words: Messages, name: str, **settings: Any) -> None:  # noqa: ANN401 - click's own settings
        settings.setdefault("subcommand_metavar", words.gettext("COMMAND …"))
        super().__init__(words, name, **settings)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sub-commands with the first sentence of each."""
        records = [
            (name, self.commands[name].get_short_help_str(_WHOLE_SENTENCE))
            for name in self.list_commands(ctx)
        ]
        with formatter.section(self.words.gettext("Commands")):
            formatter.write_dl(records)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of the work, not of the alphabet."""
        return list(self.commands)


def usage_sentence(error: click.UsageError, words: Messages) -> str:
    """Say what is wrong with a command line, and where its help is."""
    path = error.ctx.command_path if error.ctx else "sochibo"
    fields: dict[str, object] = {"help": f"{path} --help"}
    match error:
        case click.NoSuchOption():
            fields["option"] = error.option_name
            template = N_("There is no option {option} here.")
        case click.MissingParameter():
            fields["what"] = _name_of(error)
            template = N_("{what} is missing.")
        case click.BadParameter():
            fields["what"] = _name_of(error)
            template = N_("What was given for {what} does not fit.")
        case _ if error.ctx and isinstance(error.ctx.command, click.Group):
            template = N_("There is no such command or book.")
        case _:
            template = N_("There are too many words on this command line, or one too few.")
    where = words.sentence(N_("See: {help}"), fields)
    return f"{words.sentence(template, fields)} {where} (C02)"


def _name_of(error: click.BadParameter) -> str:
    if isinstance(error.param_hint, str):
        return error.param_hint
    if isinstance(error.param, click.Option):
        return error.param.opts[0]
    param = error.param
    return param.metavar or (param.name or "").upper() if param else ""


def say(text: str, *, err: bool = False) -> None:
    """Write one line."""
    click.echo(text, err=err)


def say_json(value: object) -> None:
    """Write a value for other programs: UTF-8, keys in a steady order."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Draw a plain table, its columns as wide as their widest cell; figures alone stand at the right."""
    widths = [max(_width(row[column]) for row in (headings, *rows)) for column in range(len(headings))]
    figures = [bool(rows) and all(_is_figure(row[column]) for row in rows) for column in range(len(headings))]
    lines = [
        "  ".join(
            _fitted(cell, width, right=right) for cell, width, right in zip(row, widths, figures, strict=True)
        )
        for row in (headings, tuple("─" * width for width in widths), *rows)
    ]
    return "\n".join(line.rstrip() for line in lines)


def _fitted(cell: str, width: int, *, right: bool) -> str:
    blank = " " * (width - _width(cell))
    return blank + cell if right else cell + blank


def _width(text: str) -> int:
    """Return how many columns a text takes: marks that stand above a letter take none."""
    composed = unicodedata.normalize("NFC", text)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in composed
    )


def _is_figure(cell: str) -> bool:
    return bool(cell) and not cell.strip("0123456789.,/%–-")


def any_period_option(words: Messages) -> click.Option:
    """Return `--period`, a month or longer."""
    from sochibo.rules.periods import parse_period

    return click.Option(
        ["--period"],
        required=True,
        type=_read_as(parse_period),
        metavar="PERIOD",
        help=words.gettext("A month (2026-10), a quarter (2026-Q4), a half-year (2026-H2) or a year (2026)."),
    )


def out_option(words: Messages) -> click.Option:
    """Return `--out`, a folder."""
    return click.Option(
        ["--out"], required=True, type=FOLDER, metavar="DIR", help=words.gettext("The folder to write into.")
    )


def passphrase_option(words: Messages) -> click.Option:
    """Return `--passphrase-file`."""
    return click.Option(
        ["--passphrase-file"],
        type=FILE,
        metavar="FILE",
        help=words.gettext("A file whose first line is the passphrase; otherwise it is asked for."),
    )


def time_stamp_option(words: Messages) -> click.Option:
    """Return the option by which a seal gets a time stamp, for which the internet is asked."""
    return click.Option(
        ["--time-stamp"],
        is_flag=False,
        flag_value="",
        metavar="URL",
        help=words.gettext(
            "Ask a time stamp authority for a stamp on each seal, over the internet: the book's own, or that "
            "at this address. If none comes, nothing is sealed."
        ),
    )


def _book_passphrase_option(words: Messages) -> click.Option:
    def keep(context: click.Context, _: click.Parameter, file: Path | None) -> None:
        context.meta[_MEMO] = file

    return click.Option(
        ["--book-passphrase-file"],
        type=FILE,
        metavar="FILE",
        expose_value=False,
        callback=keep,
        help=words.gettext(
            "A file whose first line is the passphrase of the book, if it has one; otherwise it is asked for."
        ),
    )


def ask_book_passphrase(words: Messages) -> str:
    """Return the passphrase of a protected book, from the file or asked for; raises PassphraseMissing."""
    file = click.get_current_context().meta.get(_MEMO)
    return ask_passphrase(words, file, prompt=words.gettext("Passphrase of the book"))


def open_book(words: Messages, path: Path, *, read_only: bool = False, cell: bool = False) -> Book:
    """Open a book, asking for its passphrase where it has one; raises as `Book.open`.

    With `cell` the book of a committee raises CellBookNeeded.
    """
    from sochibo.book.book import Book
    from sochibo.book.upkeep.protection import is_protected
    from sochibo.rules.units.organisations import BookKind

    passphrase = ask_book_passphrase(words) if is_protected(path) else ""
    opened = Book.open(path, read_only=read_only, passphrase=passphrase)
    if cell and opened.organisation().kind is not BookKind.CELL:
        opened.close()
        raise CellBookNeeded(name=path.name)
    return opened


def ask_passphrase(words: Messages, file: Path | None, *, new: bool = False, prompt: str = "") -> str:
    """Return the passphrase from the file, or ask for it (twice for a new one); raises PassphraseMissing."""
    if file is not None:
        try:
            text = files.read_whole(file, _MOST_PASSPHRASE_BYTES).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise faults.NotReadable(name=file.name) from error
        passphrase = text.splitlines()[0] if text else ""
    elif not sys.stdin.isatty():
        raise PassphraseMissing
    else:
        again = words.gettext("The same once more") if new else False
        try:
            passphrase = click.prompt(
                prompt or words.gettext("Passphrase"), hide_input=True, confirmation_prompt=again, err=True
            )
        except click.Abort as error:
            raise PassphraseMissing from error
    if not passphrase:
        raise PassphraseMissing
    return unicodedata.normalize("NFC", passphrase)


def make_folder(path: Path) -> Path:
    """Make a folder with those above it; raises a fault of the operating system."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise faults.from_os(error, path.name) from error
    return path


def day_type() -> click.ParamType[Any]:
    """Return the type of an option that is a day; the value stays the text that was checked."""

    def read(text: str) -> str:
        return date.fromisoformat(text).isoformat() if text else ""

    return _read_as(read)


def _read_as(read: Callable[[str], object]) -> click.ParamType[Any]:
    return click.types.FuncParamType(read)
