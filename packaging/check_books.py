"""Make the books with which a built program is tried: a cell's, its meeting unfinished, and a committee's."""

from __future__ import annotations

import contextlib
import sqlite3
import sys
from datetime import date, timedelta
from pathlib import Path

from sochibo import files
from sochibo.commands.samples import books
from sochibo.commands.samples.meetings import months
from sochibo.commands.samples.roster import write_roster
from sochibo.commands.samples.year import record_month
from sochibo.rules.meetings.meetings import MeetingKind

NAME = "Chi bộ thôn 4.sochibo"
PERIOD = str(months()[-1])
"""The month whose minutes are closed."""


def make(folder: Path) -> None:
    """Write both books, the trust file, a passphrase and a stick with one sealed summary into a folder."""
    month = months()[-1]
    stick = folder / "USB"
    stick.mkdir(parents=True)
    roster = folder / "danh sách.xlsx"
    write_roster(roster)
    with (
        books.make_committee(folder / "Đảng ủy.sochibo") as committee,
        books.make_cell(folder / NAME, roster) as cell,
    ):
        record_month(cell, month)
        books.enrol(cell, committee, since=date(2026, 1, 1))
        books.send_summary(cell, month, stick)
        trust = committee.authority.trust_file()
        cell.meetings.prepare(MeetingKind.REGULAR, date.today() - timedelta(days=1))  # noqa: DTZ011 - a PC's day
    files.write_whole(folder / "trust.json", trust)
    (folder / "passphrase.txt").write_text(books.CELL_PASSPHRASE + "\n", "utf-8")


def marked(path: Path) -> list[str]:
    """Return the marks in the newest meeting of a book, as its file holds them."""
    with contextlib.closing(sqlite3.connect(path)) as file:
        newest = 'select id from meeting order by "on" desc limit 1'
        return [row[0] for row in file.execute(f"select attendance from mark where meeting_id = ({newest})")]  # noqa: S608 - words of our own


if __name__ == "__main__":
    make(Path(sys.argv[1]))
