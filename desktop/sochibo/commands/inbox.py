"""What a clerk does with received files, without a window: list, decide, judge again, answer by slips."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from sochibo import faults
from sochibo.commands.receive import as_json, verdict_table
from sochibo.commands.spoken import (
    BOOK,
    Command,
    Group,
    ask_passphrase,
    make_folder,
    open_book,
    out_option,
    passphrase_option,
    say,
    say_json,
    table,
)
from sochibo.messages import N_, Messages
from sochibo.rules.units.exchange_papers import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes

__all__ = ["command"]

_PAPERS = "vi"
"""A remark stands on a slip, and slips are Vietnamese like every paper."""


class UnknownFile(faults.Fault):
    """No received file, or more than one, is meant by what was typed."""

    code = "C09"
    sentence = N_("“{name}” names no received file, or more than one.")
    advice = N_("See “sochibo inbox list --json”: the id or the first letters of the SHA-256 name a file.")


class UnknownField(faults.Fault):
    """A remark that points at a field which the paper does not have."""

    code = "C23"
    sentence = N_("“{file}” has no field “{field}”. It has: {fields}.")
    advice = N_("“sochibo inbox fields” lists them with their names. Nothing was returned.")


def command(words: Messages) -> click.Command:
    """Return `sochibo inbox`."""
    made = Group(words, "inbox", help=words.gettext("List received files, decide about them, and answer."))
    for make in (_list_command, _accept_command, _fields_command, _return_command, _aside_command):
        made.add_command(make(words))
    made.add_command(_judge_command(words))
    made.add_command(_slips_command(words))
    return made


def _book() -> click.Argument:
    return click.Argument(["book"], type=BOOK, metavar="COMMITTEE_BOOK")


def _files() -> click.Argument:
    return click.Argument(["files"], nargs=-1, required=True, metavar="FILE…")


def _json(words: Messages) -> click.Option:
    text = words.gettext("Write JSON for other programs.")
    return click.Option(["--json", "as_json_"], is_flag=True, help=text)


def _list_command(words: Messages) -> click.Command:
    return Command(
        words,
        "list",
        help=words.gettext("List received files, the newest first; the same fields as “receive --json”."),
        params=[_book(), _json(words)],
        callback=lambda **given: _list(words, **given),
    )


def _accept_command(words: Messages) -> click.Command:
    return Command(
        words,
        "accept",
        help=words.gettext("Let files count whose doubt a person may settle, named by id or SHA-256."),
        params=[_book(), _files()],
        callback=lambda **given: _decide(
            words, lambda book, ids, now: book.decisions.accept(ids, now), **given
        ),
    )


def _fields_command(words: Messages) -> click.Command:
    return Command(
        words,
        "fields",
        help=words.gettext("List the fields of a received file at which a remark may point."),
        params=[_book(), click.Argument(["file"]), _json(words)],
        callback=lambda **given: _fields(words, **given),
    )


def _return_command(words: Messages) -> click.Command:
    remark = words.gettext("What is to be mended; may be given more than once.")
    field = words.gettext(
        "The field of the paper that the next remark is about, as “inbox fields” lists it: the first --field "
        "belongs to the first --remark. Remarks beyond the last --field are about the whole paper."
    )
    return Command(
        words,
        "return",
        help=words.gettext("Return files with remarks; none of them counts from now on."),
        params=[
            _book(),
            _files(),
            click.Option(["--field", "fields"], multiple=True, metavar="FIELD", help=field),
            click.Option(["--remark", "remarks"], multiple=True, metavar="TEXT", help=remark),
            _json(words),
        ],
        callback=lambda **given: _return(words, **given),
    )


def _aside_command(words: Messages) -> click.Command:
    return Command(
        words,
        "aside",
        help=words.gettext("Leave files out of every total and every slip."),
        params=[_book(), _files()],
        callback=lambda **given: _decide(
            words, lambda book, ids, now: book.decisions.set_aside(ids, now), **given
        ),
    )


def _judge_command(words: Messages) -> click.Command:
    return Command(
        words,
        "judge",
        help=words.gettext("Judge files in doubt again, after somebody was enrolled, and list what changed."),
        params=[_book(), _json(words)],
        callback=lambda **given: _judge(words, **given),
    )


def _slips_command(words: Messages) -> click.Command:
    return Command(
        words,
        "slips",
        help=words.gettext(
            "Issue, seal and write the receipts and return slips of all units that wait for a word, with one "
            "passphrase; slips that did not leave before are written too."
        ),
        params=[_book(), out_option(words), passphrase_option(words)],
        callback=lambda **given: _slips(words, **given),
    )


def _list(words: Messages, book: Path, *, as_json_: bool) -> int:
    with open_book(words, book, read_only=True) as opened:
        received = opened.inbox.submissions()
    if as_json_:
        say_json([as_json(one, words) for one in received])
    else:
        say(verdict_table(received, words))
    return 0


def _decide(
    words: Messages,
    act: Callable[[Book, Sequence[str], datetime], Changes],
    book: Path,
    files: Sequence[str],
) -> int:
    with open_book(words, book) as opened:
        ids = _meant(opened, files)
        act(opened, ids, datetime.now().astimezone())
    say(words.sentence(N_("Decided about files: {n}"), {"n": len(ids)}))
    return 0


def _fields(words: Messages, book: Path, file: str, *, as_json_: bool) -> int:
    with open_book(words, book, read_only=True) as opened:
        places = opened.inbox.places(_meant(opened, [file])[0])
    if as_json_:
        say_json([{"field": one.place, "name": one.say(words)} for one in places if one.place])
        return 0
    rows = [(one.place, one.say(words)) for one in places if one.place]
    say(table((words.gettext("Field"), words.gettext("What it is")), rows))
    return 0


def _return(
    words: Messages,
    book: Path,
    files: Sequence[str],
    fields: Sequence[str],
    remarks: Sequence[str],
    *,
    as_json_: bool,
) -> int:
    if len(fields) > len(remarks):
        raise click.UsageError(words.gettext("Every --field needs its --remark."))
    if fields and len(files) > 1:
        raise click.UsageError(words.gettext("With --field return one file at a time."))
    with open_book(words, book) as opened:
        ids = _meant(opened, files)
        about = [_named(opened, ids[0], files[0], one) for one in fields]
        about += [("", "")] * (len(remarks) - len(fields))
        said = [Remark(place, name, text) for (place, name), text in zip(about, remarks, strict=True)]
        opened.decisions.send_back(ids, said, datetime.now().astimezone())
        returned = [one for one in opened.inbox.submissions() if one.id in ids]
    if as_json_:
        say_json([as_json(one, words) for one in returned])
    else:
        say(words.sentence(N_("Decided about files: {n}"), {"n": len(ids)}))
    return 0


def _named(book: Book, submission_id: str, file: str, field: str) -> tuple[str, str]:
    """Return a field of a received file with its name, as slips say it; raises UnknownField."""
    places = {one.place: one for one in book.inbox.places(submission_id)}
    if field not in places:
        raise UnknownField(file=file, field=field, fields=", ".join(filter(None, places)) or "–")
    return (field, places[field].say(Messages(_PAPERS))) if field else ("", "")


def _judge(words: Messages, book: Path, *, as_json_: bool) -> int:
    with open_book(words, book) as opened:
        changed = opened.inbox.judge_again(datetime.now().astimezone())
    if as_json_:
        say_json([as_json(one, words) for one in changed])
    else:
        say(verdict_table(changed, words))
    return 0


def _slips(words: Messages, book: Path, out: Path, passphrase_file: Path | None) -> int:
    now = datetime.now().astimezone()
    with open_book(words, book) as opened:
        key = opened.reports.open_key(ask_passphrase(words, passphrase_file))
        folder = make_folder(out)
        opened.decisions.issue_slips(now.date())
        written = opened.decisions.seal_and_send(opened.decisions.unsent_slips(), key, folder, now)
    for path in written:
        say(path.name)
    say(words.sentence(N_("Slips written: {n}"), {"n": len(written)}))
    return 0


def _meant(book: Book, names: Sequence[str]) -> list[str]:
    """Return the ids of the files that are named by id or by the first digits of their SHA-256."""
    received = book.inbox.submissions()
    ids = []
    for name in names:
        wanted = name.lower()
        found = {one.id for one in received if one.id == wanted or one.sha256.startswith(wanted)}
        if len(found) != 1:
            raise UnknownFile(name=name)
        ids.append(found.pop())
    return ids
