"""Record a meeting from a file."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from sochibo import faults, files
from sochibo.commands.spoken import BOOK, FILE, Command, Group, open_book, say
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import KIND_LABELS, MeetingState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.messages import Messages

__all__ = ["command"]

_MOST_BYTES = 4 * 1024 * 1024


class NotJson(faults.Fault):
    """The file of a meeting is not JSON."""

    code = "C05"
    sentence = N_("“{name}” is not a JSON file: line {line} cannot be read.")
    advice = N_("Mend that line and try again. Nothing was recorded.")


class AddedBefore(faults.Fault):
    """A meeting of that kind and day stands in the book: recorded twice, everybody would count twice."""

    code = "C14"
    sentence = N_("The book already holds such a meeting on {day}.")
    advice = N_("If there really were two, add --again. Nothing was recorded.")


def command(words: Messages) -> click.Command:
    """Return `sochibo meeting`."""
    made = Group(words, "meeting", help=words.gettext("Record meetings."))
    made.add_command(
        Command(
            words,
            "add",
            help=words.gettext(
                "Record a whole meeting from a JSON file. Its keys are described in "
                "resources/schemas/meeting.json; names must be on the roll of the day."
            ),
            params=[
                click.Argument(["book"], type=BOOK),
                click.Argument(["file"], type=FILE, metavar="FILE.json"),
                click.Option(
                    ["--close"], is_flag=True, help=words.gettext("Close the minutes at once, with a number.")
                ),
                click.Option(
                    ["--again"],
                    is_flag=True,
                    help=words.gettext(
                        "Record it even if a meeting of that kind and day was recorded before."
                    ),
                ),
            ],
            callback=lambda **given: _add(words, **given),
        )
    )
    return made


def _add(words: Messages, book: Path, file: Path, *, close: bool, again: bool) -> int:
    try:
        data = json.loads(files.read_whole(file, _MOST_BYTES).decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise NotJson(name=file.name, line=error.lineno) from error
    except UnicodeDecodeError as error:
        raise faults.NotReadable(name=file.name) from error
    if not isinstance(data, dict):
        raise NotJson(name=file.name, line=1)
    with open_book(words, book, cell=True) as opened:
        if not again:
            _refuse_second(opened, data)
        meeting_id = opened.meetings.record(data)
        whole = opened.meetings.file(meeting_id)
        count = whole.attendance()
        fields: dict[str, object] = {
            "kind": words.gettext(KIND_LABELS[whole.meeting.kind]),
            "on": whole.meeting.on,
            "present": count.present,
            "expected": count.expected,
            "percent": words.percent(count.present, count.expected),
        }
        say(words.sentence(N_("{kind} of {on}: {present} of {expected} present ({percent})."), fields))
        if close:
            number = opened.reports.get(opened.meetings.close(meeting_id)).number
            say(words.sentence(N_("The minutes are closed as number {number}."), {"number": number}))
    return 0


def _refuse_second(book: Book, data: Mapping[str, Any]) -> None:
    """Refuse what was recorded before; what cannot be read is left to the book, which says where it is."""
    try:
        day = date.fromisoformat(data["on"])
    except (KeyError, TypeError, ValueError):
        return
    for meeting in book.meetings.within(day, day):
        if meeting.kind.value == data.get("kind") and meeting.state is not MeetingState.PLANNED:
            raise AddedBefore(day=day)
