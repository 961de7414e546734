"""Receive the files of the cells into a committee's book."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from sochibo.commands.spoken import BOOK, FILE, Command, open_book, say, say_json, table
from sochibo.commands.verify import pdfs_in
from sochibo.messages import N_
from sochibo.rules.units.organisations import BookKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.inbox.inbox import Submission
    from sochibo.book.papers.answers import Answer, Taken, ToCompare
    from sochibo.messages import Messages

__all__ = ["as_json", "command", "verdict_table"]


def command(words: Messages) -> click.Command:
    """Return `sochibo receive`."""
    return Command(
        words,
        "receive",
        help=words.gettext(
            "Judge and keep the PDF files of a folder in a committee's book; a file received before is known "
            "again. The exit code is 0 only where every file is accepted. In a cell's book it takes in the "
            "receipts, return slips and trust files that came back.\n\n"
            "--json writes a list with, for each file: id, file, sha256, level (accept, note, hold, refuse), "
            "code, sentence, advice, unit, unit_id, kind, period, number, revision, signer, counts, "
            "decision, answered, remarks (field, name, text); in a cell's book, for each paper that was "
            "answered: kind (receipt, return_slip), number, period, slip, sender, issued_on, code, verdict, "
            "remarks."
        ),
        params=[
            click.Argument(["book"], type=BOOK, metavar="BOOK"),
            click.Argument(["folders"], type=FILE, nargs=-1, required=True, metavar="FOLDER…"),
            click.Option(
                ["--json", "wants_json"], is_flag=True, help=words.gettext("Write JSON for other programs.")
            ),
        ],
        callback=lambda **given: _receive(words, **given),
    )


def _receive(words: Messages, book: Path, folders: Sequence[Path], *, wants_json: bool) -> int:
    from sochibo.book.inbox.inbox import Level

    now = datetime.now().astimezone()
    with open_book(words, book) as opened:
        if opened.organisation().kind is BookKind.CELL:
            return _take_slips(words, opened, folders, now, wants_json=wants_json)
        packed = opened.inbox.packed(folders)
        if packed:
            text = N_("Packed files were not looked into: {packed}. Unpack them, then receive the papers.")
            click.echo(words.sentence(text, {"packed": ", ".join(packed)}), err=True)
        received = opened.inbox.receive(list(pdfs_in(folders)), now)
    if wants_json:
        say_json([as_json(each, words) for each in received])
    else:
        say(verdict_table(received, words))
    return 0 if all(each.verdict.level in {Level.ACCEPT, Level.NOTE} for each in received) else 1


def _take_slips(
    words: Messages, book: Book, folders: Sequence[Path], now: datetime, *, wants_json: bool
) -> int:
    from sochibo.book.papers.answers import Taken

    taken = book.answers.take_all(folders, now)
    if taken == Taken():
        list(pdfs_in(folders))  # says of a folder without papers that there is none
    if wants_json:
        say_json([_answer_as_json(book, each) for each in taken.answers])
    else:
        _say_taken(book, taken, words)
    for one in taken.to_compare:
        _tell_to_compare(one, words)
    for fault in taken.troubles:
        click.echo(fault.say(words), err=True)
    return 1 if taken.troubles or taken.to_compare else 0


def _say_taken(book: Book, taken: Taken, words: Messages) -> None:
    """Say what came of the files of a stick, except what was in the way."""
    if taken.is_nothing:
        say(words.gettext("Nothing there is meant for this unit."))
        if taken.passed_over:
            click.echo(taken.say_passed_over(words), err=True)
    if taken.answers:
        headings = (words.gettext("Paper"), words.gettext("Answer"), words.gettext("Remarks"))
        say(table(headings, [_answer_line(book, each, words) for each in taken.answers]))
    if taken.trusts:
        say(words.gettext("The trust file of the committee was taken in."))
    if taken.countersigned:
        fields = {"n": taken.countersigned}
        say(words.sentence(N_("Papers that came back with a second signature: {n}"), fields))


def _tell_to_compare(found: ToCompare, words: Messages) -> None:
    """Say how a trust package is taken in that nobody vouches for whom the book trusts."""
    from sochibo.book.trust.trust_papers import UNCONFIRMED
    from sochibo.sealing.keys import fingerprint_groups

    said = N_(
        "“{name}” is a trust package (no. {number}) that was not taken in. Compare this fingerprint with the "
        "committee, face to face; then run “sochibo key trust BOOK FILE --compared”, and this command again:"
    )
    fields = {"name": found.path.name, "number": found.number}
    click.echo(words.sentence(said, fields), err=True)
    click.echo(fingerprint_groups(found.fingerprint), err=True)
    if not found.confirmed:
        click.echo(words.gettext(UNCONFIRMED), err=True)


def _answer_line(book: Book, answer: Answer, words: Messages) -> tuple[str, str, str]:
    from sochibo.rules.reports import REPORT_LABELS

    said = [f"{one.name}: {one.text}" if one.name else one.text for one in answer.remarks]
    return (
        book.reports.get(answer.document_id).number,
        words.gettext(REPORT_LABELS[answer.kind]),
        "; ".join(said) or "–",
    )


def _answer_as_json(book: Book, answer: Answer) -> dict[str, Any]:
    document = book.reports.get(answer.document_id)
    return {
        "kind": answer.kind.value,
        "number": document.number,
        "period": document.period,
        "slip": answer.number,
        "sender": answer.sender,
        "issued_on": answer.issued_on.isoformat(),
        "code": answer.code,
        "verdict": answer.verdict,
        "remarks": [{"place": one.place, "name": one.name, "text": one.text} for one in answer.remarks],
    }


def verdict_table(received: Sequence[Submission], words: Messages) -> str:
    """Draw one line for each file, and under it what to do about those that were not accepted."""
    from sochibo.book.inbox.inbox import LEVEL_LABELS, Level

    headings = (
        words.gettext("File"),
        words.gettext("Unit"),
        words.gettext("Period"),
        words.gettext("Verdict"),
    )
    rows = [
        (
            each.file,
            each.unit or "–",
            each.period or "–",
            f"{words.gettext(LEVEL_LABELS[each.verdict.level])} ({each.verdict.code})",
        )
        for each in received
    ]
    lines = [table(headings, rows)]
    lines += [
        f"{each.file}: {each.verdict.sentence(words)} {each.verdict.advice(words)}"
        for each in received
        if each.verdict.level is not Level.ACCEPT
    ]
    return "\n".join(lines)


def as_json(each: Submission, words: Messages) -> dict[str, Any]:
    """Return a received file as other programs read it."""
    return {
        "id": each.id,
        "file": each.file,
        "sha256": each.sha256,
        "level": each.verdict.level.value,
        "code": each.verdict.code,
        "sentence": each.verdict.sentence(words),
        "advice": each.verdict.advice(words),
        "unit": each.unit,
        "unit_id": each.unit_id,
        "kind": each.kind.value if each.kind else None,
        "period": each.period,
        "number": each.number,
        "revision": each.revision,
        "signer": each.signer,
        "counts": each.counts,
        "decision": each.decision.value if each.decision else None,
        "answered": each.answered,
        "remarks": [{"field": one.place, "name": one.name, "text": one.text} for one in each.remarks],
    }
