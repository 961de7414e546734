"""Program: all sub-commands in one language, and what becomes of refusals, wrong usage and bugs."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sochibo import faults
from sochibo.commands import (
    backup,
    check,
    committee,
    countersign,
    demo,
    dump,
    export,
    inbox,
    indicators,
    key,
    load,
    meeting,
    members,
    new,
    paper,
    protect,
    rating,
    receive,
    report,
    restore,
    rollup,
    roster,
    search,
    template,
    unit,
    update,
    verify,
    window,
)
from sochibo.commands.bugs import report_bug
from sochibo.commands.spoken import FILE, Group, say, say_json, usage_sentence
from sochibo.messages import LANGUAGES, Messages

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Program", "program", "run"]

MODULES = (
    new, roster, template, export, members, meeting, paper, rating, report, countersign, verify, receive,
    inbox, rollup, indicators, unit, key, committee, backup, restore, check, protect, dump, load, search,
    update, demo,
)  # fmt: skip


class Program(Group):
    """The whole command line; a word that names no command but a book opens the window on it."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or take the first word for a book."""
        if args[0] not in self.commands and (args[0].endswith(".sochibo") or Path(args[0]).exists()):
            return "open", window.command(self.words), args
        return super().resolve_command(ctx, args)


def program(words: Messages) -> Program:
    """Return the command line in one language."""
    made = Program(
        words,
        "sochibo",
        help=words.gettext(
            "The offline book of a Party cell: meetings and attendance, handed upward as signed PDF. "
            "Without a command the window opens, on BOOK if one is named.\n\n"
            "Exit codes: 0 fine, 1 refused, 2 wrong usage. What is refused is written with --json as an "
            "object error with code and sentence."
        ),
        invoke_without_command=True,
        params=[
            click.Option(
                ["--language"],
                type=click.Choice(LANGUAGES),
                help=words.gettext(
                    "The language of all words; otherwise that of SOCHIBO_LANGUAGE, else Vietnamese."
                ),
            ),
            click.Option(
                ["--temporary"],
                is_flag=True,
                help=words.gettext("Leave the settings of this PC alone; for a look at the window."),
            ),
            click.Option(
                ["--self-test"],
                is_flag=True,
                help=words.gettext(
                    "Try everything on invented data and write one page that can be sent to whoever helps."
                ),
            ),
            click.Option(
                ["--report"],
                type=FILE,
                metavar="FILE",
                help=words.gettext("With --self-test: write the page to a file too."),
            ),
        ],
        callback=lambda **given: _without_command(words, **given),
    )
    for module in MODULES:
        made.add_command(module.command(words))
    return made


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; nothing but an exit code ever leaves."""
    _speak_unicode()
    # Libraries tell their own logs about every damaged file that is judged; the verdict says it better.
    logging.getLogger().addHandler(logging.NullHandler())
    language, rest = _language(arguments)
    words = Messages(language or os.environ.get("SOCHIBO_LANGUAGE") or "vi")
    try:
        if language is not None and language not in LANGUAGES:
            raise click.BadParameter(language, param_hint="--language")  # noqa: TRY301 - one place speaks
        done = program(words).main(rest, "sochibo", standalone_mode=False, obj=language)
    except faults.Fault as fault:
        say(fault.say(words), err=True)
        if "--json" in rest:  # another program reads an object where it waits for one
            say_json({"error": {"code": fault.code, "sentence": fault.say(words)}})
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.ctx.get_help() if error.ctx else "", err=True)
        return 2
    except click.UsageError as error:
        say(usage_sentence(error, words), err=True)
        return 2
    except (click.Abort, KeyboardInterrupt):
        say(words.gettext("Stopped. Nothing is half done."), err=True)
    except BrokenPipeError:
        # Who read our output has had enough; Python would complain once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # noqa: BLE001 - the last net: a person gets a sentence, not a traceback
        say(report_bug(error, words), err=True)
    else:
        return done if isinstance(done, int) else 0
    return 1


def _without_command(
    words: Messages, *, temporary: bool, self_test: bool, report: Path | None, **_: object
) -> int:
    """Open the window where no command was named, or try the installation out."""
    context = click.get_current_context()
    if context.invoked_subcommand is not None:
        return 0
    if self_test:
        from sochibo.commands.self_test import self_test as run_self_test

        return run_self_test(words, report)
    return window.open_window(None, context.obj, temporary=temporary)


def _language(arguments: Sequence[str]) -> tuple[str | None, list[str]]:
    """Take `--language` out, wherever it stands: the words of everything else depend on it."""
    rest = list(arguments)
    for place, argument in enumerate(rest):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name != "--language":
            continue
        if equals:
            return value, rest[:place] + rest[place + 1 :]
        if place + 1 < len(rest):
            return rest[place + 1], rest[:place] + rest[place + 2 :]
    return None, rest


def _speak_unicode() -> None:
    """Write UTF-8 also into a pipe on Windows, which would take a code page without Vietnamese letters."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="replace")
