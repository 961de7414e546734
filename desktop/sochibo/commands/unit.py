"""Change the tree of units below a committee: every change has its day and its decision."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from sochibo.commands.rollup import paper_options, write_issued
from sochibo.commands.spoken import (
    BOOK,
    Command,
    Group,
    any_period_option,
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
from sochibo.rules import names

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.messages import Messages
    from sochibo.rules.periods import Period

__all__ = ["command"]


def command(words: Messages) -> click.Command:
    """Return `sochibo unit`."""
    made = Group(
        words, "unit", help=words.gettext("The units below a committee: found, merge, split, close.")
    )
    type_option = click.Option(
        ["--type"], default=None, metavar="ID", help=words.gettext("The type, such as cell.")
    )
    below = click.Option(["--below"], default="", metavar="UNIT", help=words.gettext("The unit above it."))
    name = click.Argument(["name"], metavar="NAME")
    unit = click.Argument(["unit"], metavar="UNIT")
    made.add_command(_list(words))
    made.add_command(_bridge(words))
    for title, help_, params, act in (
        ("add", words.gettext("Found a unit."), [name, type_option, below], _add),
        ("rename", words.gettext("Give a unit another name or type."), [unit, name, type_option], _rename),
        ("move", words.gettext("Let a unit stand below another, or directly below the committee."),
         [unit, below], _move),
        ("merge", words.gettext("Merge units into one of them, or into a new one."),
         [click.Argument(["units"], nargs=-1, required=True, metavar="UNIT…"),
          click.Option(["--into"], required=True, metavar="NAME",
                       help=words.gettext("The unit that stands on, or the name of a new one."))], _merge),
        ("split", words.gettext("Split a unit into new ones."),
         [unit, click.Argument(["new"], nargs=-1, required=True, metavar="NAME…"),
          click.Option(["--keeps"], is_flag=True,
                       help=words.gettext("The unit itself stands on beside them."))],
         _split),
        ("close", words.gettext("Close a unit."), [unit], _close),
    ):  # fmt: skip
        made.add_command(_act(words, title, help_, params, act))
    return made


def _act(
    words: Messages,
    title: str,
    help_: str,
    params: Sequence[click.Parameter],
    act: Callable[[Book, date, dict[str, Any]], object],
) -> click.Command:
    """Return one command that changes the tree and lists it afterwards."""

    def run(book: Path, on: str | None, **given: Any) -> int:  # noqa: ANN401 - the options of each act
        day = date.fromisoformat(on) if on else _today()
        with open_book(words, book) as opened:
            act(opened, day, given)
            _say_tree(words, opened, day)
        return 0

    return Command(
        words,
        title,
        help=help_,
        params=[
            click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK"),
            *params,
            click.Option(
                ["--on"],
                type=day_type(),
                metavar="YYYY-MM-DD",
                help=words.gettext("The day from which it holds; otherwise today."),
            ),
            click.Option(
                ["--decision"], default="", metavar="TEXT", help=words.gettext("The decision behind it.")
            ),
        ],
        callback=run,
    )


def _list(words: Messages) -> click.Command:
    def run(book: Path, on: str | None, *, wants_json: bool) -> int:
        day = date.fromisoformat(on) if on else _today()
        with open_book(words, book, read_only=True) as opened:
            if wants_json:
                say_json([
                    {
                        "id": one.unit.id, "name": one.version.name, "type": one.version.type,
                        "parent_id": one.version.parent_id, "since": one.unit.since.isoformat(),
                        "until": one.unit.until.isoformat() if one.unit.until else None,
                    }
                    for one in opened.units.on(day)
                ])  # fmt: skip
            else:
                _say_tree(words, opened, day)
        return 0

    return Command(
        words,
        "list",
        help=words.gettext("List the units as they stood on a day."),
        params=[
            click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK"),
            click.Option(
                ["--on"],
                type=day_type(),
                metavar="YYYY-MM-DD",
                help=words.gettext("The day; otherwise today."),
            ),
            click.Option(
                ["--json", "wants_json"], is_flag=True, help=words.gettext("Write JSON for other programs.")
            ),
        ],
        callback=run,
    )


def _bridge(words: Messages) -> click.Command:
    def run(
        book: Path, period: Period, out: Path | None, passphrase_file: Path | None, *, seal: bool,
        wants_json: bool,
    ) -> int:  # fmt: skip
        import msgspec

        from sochibo.book.rollups.bridges import bridge_of
        from sochibo.book.rollups.committee_papers import issue_paper
        from sochibo.rules.reports import ReportKind

        with open_book(words, book, read_only=out is None) as opened:
            if wants_json or out is None:
                say_json(msgspec.to_builtins(bridge_of(opened, period, _today())))
            if out is not None:
                passphrase = ask_passphrase(words, passphrase_file) if seal else None
                write_issued(
                    words, opened, issue_paper(opened, ReportKind.BRIDGE, period, _today()), out, passphrase
                )
        return 0

    return Command(
        words,
        "bridge",
        help=words.gettext(
            "Tell how the number of units came from one count to the next; a paper with --out."
        ),
        params=[
            click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK"),
            any_period_option(words),
            *paper_options(words),
            passphrase_option(words),
        ],
        callback=run,
    )


def _add(book: Book, day: date, given: dict[str, Any]) -> None:
    parent_id = _id(book, given["below"], day) if given["below"] else None
    book.units.found(
        given["name"], day, type=given["type"] or "", parent_id=parent_id, decision=given["decision"]
    )


def _rename(book: Book, day: date, given: dict[str, Any]) -> None:
    unit_id = _id(book, given["unit"], day)
    book.units.change(unit_id, day, name=given["name"], type=given["type"], decision=given["decision"])


def _move(book: Book, day: date, given: dict[str, Any]) -> None:
    parent_id = _id(book, given["below"], day) if given["below"] else None
    book.units.move(_id(book, given["unit"], day), parent_id, day, decision=given["decision"])


def _merge(book: Book, day: date, given: dict[str, Any]) -> None:
    ids = [_id(book, one, day) for one in given["units"]]
    known = {names.fold(one.version.name): one.unit.id for one in book.units.on(day)}
    into = known.get(names.fold(given["into"]))
    if into is not None and into not in ids:
        ids.append(into)
    book.units.merge(ids, day, into=into, name="" if into else given["into"], decision=given["decision"])


def _split(book: Book, day: date, given: dict[str, Any]) -> None:
    unit_id = _id(book, given["unit"], day)
    book.units.split(unit_id, given["new"], day, keeps=given["keeps"], decision=given["decision"])


def _close(book: Book, day: date, given: dict[str, Any]) -> None:
    book.units.close(_id(book, given["unit"], day), day, decision=given["decision"])


def _id(book: Book, said: str, day: date) -> str:
    """Return the unit that is meant by its name of the day or its id; raises Refused (X36)."""
    for one in book.units.on(day):
        if said == one.unit.id or names.fold(one.version.name) == names.fold(said):
            return one.unit.id
    raise Refused([red("X36", N_("No unit of {day} is called “{name}”."), "unit", day=day, name=said)])


def _say_tree(words: Messages, opened: Book, day: date) -> None:
    rows = [
        (f"{'  ' * one.depth}{one.version.name}", one.version.type, one.unit.since.isoformat())
        for one in opened.units.on(day)
    ]
    headings = (words.gettext("Unit"), words.gettext("Type"), words.gettext("Stands since"))
    say(table(headings, rows))


def _today() -> date:
    return datetime.now().astimezone().date()
