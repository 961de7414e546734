"""Papers and sheets about members, made from what the book holds on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.book.members.register_words import drawn
from sochibo.book.papers.issuing import Draft
from sochibo.book.upkeep.export_tables import titled
from sochibo.messages import N_, Messages
from sochibo.rules.members.member_papers import (
    CompanionRegisterReport,
    MemberRegisterReport,
    RegisterColumn,
    composition_report,
    member_row,
    movement_report,
)
from sochibo.rules.members.member_rules import member_rules_on
from sochibo.rules.members.members import Activity
from sochibo.rules.members.register_columns import columns_of
from sochibo.rules.members.registers import REGISTER_LABELS
from sochibo.rules.reports import ReportKind
from sochibo.storage.sheets.sheet_export import Column, Table, write_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.rules.members.registers import RegisterKind
    from sochibo.rules.periods import Period
    from sochibo.rules.reports import Heading, Report

__all__ = ["MemberPapers"]

_NO_NUMBER: Final = 1_000_000
_PAPER: Final = "vi"
"""Papers are Vietnamese, whatever the screen speaks."""


class MemberPapers:
    """Drafts to be previewed, printed or issued by `book.reports`; identity numbers are masked in all."""

    def __init__(self, book: Book) -> None:
        self._book: Final = book

    def register_draft(self, on: date) -> Draft:
        """Return the list of members (form 7-HSĐV) of a day, those who left among them; guests not."""
        rows = tuple(
            sorted(
                (
                    member_row(entry.member, self._book.members.events(entry.member.id))
                    for entry in self._book.members.on(on, everybody=True)
                    if entry.standing.activity is not Activity.VISITING
                ),
                # Whoever has no number yet stands at the end, by name as they come.
                key=lambda row: int(row.register_no) if row.register_no.isdecimal() else _NO_NUMBER,
            )
        )
        return _draft(
            ReportKind.MEMBER_REGISTER, on, lambda head: MemberRegisterReport(head, on.isoformat(), rows)
        )

    def companion_draft(self, kind: RegisterKind, on: date) -> Draft:
        """Return a companion register of a day."""
        words = Messages(_PAPER)
        columns = tuple(
            RegisterColumn(words.gettext(column.label), column.wide) for column in columns_of(kind)
        )
        rows = self.rows(kind, on, words)
        title = words.gettext(REGISTER_LABELS[kind])
        return _draft(
            ReportKind.COMPANION_REGISTER,
            on,
            lambda head: CompanionRegisterReport(head, on.isoformat(), title, columns, rows),
        )

    def held_draft(self, member_id: str, on: date) -> Draft:
        """Return everything the book holds on one member; raises KeyError."""
        from sochibo.book.members.held import held_report

        self._book.members.get(member_id)
        return _draft(
            ReportKind.MEMBER_PAPER,
            on,
            lambda head: held_report(self._book, member_id, on, head, Messages(_PAPER)),
        )

    def movement_draft(self, period: Period, on: date) -> Draft:
        """Return the movement table of a period."""
        movement = self._book.movements.of(period)
        return Draft(
            kind=ReportKind.MOVEMENT,
            period=period.text,
            issued_on=on,
            rules=(member_rules_on(period.last).id,),
            write=lambda head: movement_report(head, period.text, movement),
        )

    def composition_draft(self, day: date, on: date) -> Draft:
        """Return the composition of a day."""
        composition = self._book.movements.composition(day)
        return Draft(
            kind=ReportKind.COMPOSITION,
            period=day.isoformat(),
            issued_on=on,
            rules=(member_rules_on(day).id,),
            write=lambda head: composition_report(head, day, composition),
        )

    def issue_movement(self, period: Period, on: date) -> str:
        """Number the movement table of a period and keep it; returns the document's id."""
        draft = self.movement_draft(period, on)
        return self._book.reports.issue_draft(
            N_("Issued the movement of members of {period}"), draft, period=period.text
        )

    def issue_composition(self, day: date, on: date) -> str:
        """Number the composition of a day and keep it; returns the document's id."""
        draft = self.composition_draft(day, on)
        return self._book.reports.issue_draft(
            N_("Issued the composition of members of {day}"), draft, day=day
        )

    def rows(self, kind: RegisterKind, on: date, words: Messages) -> tuple[tuple[str, ...], ...]:
        """Return the lines of a register in words, column by column; card numbers masked."""
        names = self.names()
        return tuple(
            tuple(drawn(column, line, names, words) for column in columns_of(kind))
            for line in self._book.registers.lines(kind, on)
        )

    def names(self) -> dict[str, str]:
        """Return the names of members and Party groups by their ids; two of one name are told apart."""
        return {
            **self._book.members.told_apart(),
            **{group.id: group.name for group in self._book.registers.groups()},
        }

    def write_register(self, path: Path, words: Messages, kind: RegisterKind, on: date) -> None:
        """Write a companion register to Excel; raises DiskFull, NotWritable or NotReadable."""
        columns = [
            Column(words.gettext(column.label), 36 if column.wide else 18, text=True)
            for column in columns_of(kind)
        ]
        table = Table(name="", columns=columns, rows=list(self.rows(kind, on, words)))
        title = words.gettext(REGISTER_LABELS[kind])
        write_table(path, titled(table, title, self._book.organisation().name))


def _draft(kind: ReportKind, on: date, write: Callable[[Heading], Report]) -> Draft:
    """Return a draft of what is printed and never numbered."""
    rules = (member_rules_on(on).id,)
    return Draft(kind=kind, period=on.isoformat(), issued_on=on, rules=rules, write=write)
