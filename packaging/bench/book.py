"""What does an act cost beside bare SQLite, and what a book of twenty years? Ratios within one run.

Method. A book is made with 300 members, 240 regular meetings with eight items each, 72,000 attendance
rows, and the journal of all that, in the system's temporary folder (TMPDIR chooses the disk). One attendance
mark through `Book` (checks, act, journal, commit) is taken by turns with an update of the same row in a copy
of the file without triggers, by the standard library's sqlite3 in WAL with synchronous=FULL, and with the
same lines of history written by hand, which no program can save: the median of 200 turns, each with its
fsync, by the clock and by seconds of processor. Opening is the median of five, beside a bare connection that
reads one row, by the clock. A search is the median over words typed letter by letter, beside reading one row
by its key, by seconds of processor, for other programs may be at work. The journal is counted in bytes of its
lines. Absolute times depend on the machine and are not printed.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo.book.book import Book, BookDraft
from sochibo.rules.meetings.meetings import Attendance
from sochibo.rules.units.organisations import BookKind
from sochibo.storage.engine.database import Database
from sochibo.storage.engine.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MEMBERS, YEARS, ITEMS, TURNS = 300, 20, 8, 200
FAMILIES: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Đỗ", "Hoàng", "Vũ", "Bùi", "Ngô", "Đặng")
MIDDLES: Final = ("Văn", "Thị", "Minh", "Quang", "Hoàng", "Ngọc")
GIVEN: Final = ("Hòa", "Đức", "Ước", "Bích", "Ân", "Yến", "Tuấn", "Mẫu", "Xuân", "Lợi", "Thủy")
TALK: Final = (
    "Đồng chí nêu việc thủy lợi nội đồng, đường làng ngõ xóm và chuyển đổi số; chi bộ thảo luận, thống nhất "
    "giao tổ công tác rà soát từng hộ, báo cáo kết quả vào kỳ sinh hoạt sau, công khai tại nhà văn hóa thôn. "
)
TYPED: Final = ("nguyen van hoa", "thuy loi", "nvh", "duong lang ngo", "Đặng Minh Ước", "bao cao", "t")


def person(number: int) -> str:
    """Return an invented name."""
    return " ".join(
        part[number // step % len(part)] for part, step in ((FAMILIES, 1), (MIDDLES, 7), (GIVEN, 3))
    )


def fill(database: Database) -> None:
    """Write twenty years, a meeting an act."""
    members = [new_id() for _ in range(MEMBERS)]
    with database.act("Added everybody"):
        for number, key in enumerate(members):
            database.insert("member", {"id": key, "name": f"{person(number)}"})
            event = {"id": new_id(), "member_id": key, "kind": "admission", "on": "2001-02-03"}
            database.insert("member_event", event)
            database.insert(
                "member_event", event | {"id": new_id(), "kind": "recognition", "on": "2002-02-03"}
            )
    for month in range(YEARS * 12):
        meeting = {"id": new_id(), "kind": "regular", "on": f"{2006 + month // 12}-{month % 12 + 1:02}-03"}
        with database.act("Recorded a meeting"):
            database.insert("meeting", meeting | {"state": "recording"})
            for position in range(ITEMS):
                said = f"Đồng chí {person(month * ITEMS + position)} phát biểu. " + TALK * 3
                item = {"id": new_id(), "meeting_id": meeting["id"], "position": position, "text": said}
                database.insert(
                    "agenda_item", item | {"title": f"Việc thứ {position + 1}", "conclusion": TALK}
                )
            for place, key in enumerate(members):
                absent = (place + month) % 11 == 0
                mark = {"id": new_id(), "meeting_id": meeting["id"], "member_id": key}
                database.insert("mark", mark | {"attendance": "excused" if absent else "present"})


def seconds(
    job: Callable[[], object], times: int = 5, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Return the median time of a job."""
    taken = []
    for _ in range(times):
        start = clock()
        job()
        taken.append(clock() - start)
    return statistics.median(taken)


def bare_copy(path: Path, name: str) -> sqlite3.Connection:
    """Open a copy of a book by the standard library, as safe against a power cut as the book is."""
    copy = path.with_name(name)
    shutil.copyfile(path, copy)
    bare = sqlite3.connect(copy, isolation_level=None)
    bare.execute("pragma journal_mode = wal").fetchone()
    bare.execute("pragma synchronous = full")
    return bare


MARK: Final = "update mark set attendance = ? where meeting_id = ? and member_id = ?"


def mark_by_hand(sql: sqlite3.Connection, row: Sequence[str]) -> None:
    """Write what an act of one mark leaves in the file, and nothing else."""
    sql.execute("begin immediate")
    made = sql.execute(
        "insert into action (id, template, fields, by, at) values (?, 'Marked', '{}', '', '2026')",
        (new_id(),),
    )
    sql.execute("update journal_state set action_seq = ?", (made.lastrowid,))
    sql.execute(MARK, row)
    sql.execute("update journal_state set action_seq = null")
    sql.execute("commit")


def measure_acts(path: Path, clock: Callable[[], float]) -> tuple[float, float]:
    """Return the cost of a mark through `Book` in updates by bare sqlite3, and in acts written by hand."""
    ours: list[float] = []
    bare: list[float] = []
    hand: list[float] = []
    with (
        Book.open(path) as book,
        contextlib.closing(bare_copy(path, "bare.db")) as plain,
        contextlib.closing(bare_copy(path, "hand.db")) as journalled,
    ):
        for (name,) in plain.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
            plain.execute(f'drop trigger "{name}"')
        meeting = book.meetings.within(date(2025, 1, 1), date(2025, 12, 31))[-1].id
        marks = book.meetings.file(meeting).marks
        for member in sorted(marks)[:TURNS]:
            # Another one than there is, or nothing would be written.
            absent = marks[member].attendance is not Attendance.PRESENT
            wanted = Attendance.PRESENT if absent else Attendance.UNEXCUSED
            row = (wanted.value, meeting, member)
            ours.append(seconds(lambda: book.meetings.mark(meeting, member, wanted), 1, clock))  # noqa: B023 - called at once
            bare.append(seconds(lambda: plain.execute(MARK, row), 1, clock))  # noqa: B023 - called at once
            hand.append(seconds(lambda: mark_by_hand(journalled, row), 1, clock))  # noqa: B023 - called at once
    mark = statistics.median(ours)
    return mark / statistics.median(bare), mark / statistics.median(hand)


def measure_opening(path: Path) -> float:
    """Return the cost of opening the book in bare connections that read one row."""

    def bare() -> None:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute("select name from member").fetchone()

    return seconds(lambda: Book.open(path).close()) / seconds(bare)


def measure_search(path: Path) -> tuple[float, float]:
    """Return the median and the greatest cost of a search in reads of one row by its key."""
    with Book.open(path) as book:
        key = book.members.on(date(2025, 12, 3))[0].member.id
        one = seconds(lambda: book.members.get(key), 50, time.process_time)
        prefixes = [text[:end] for text in TYPED for end in range(1, len(text) + 1)]
        taken = [_searching(book, typed) for typed in prefixes]
        if not book.search.find("thuỷ lợi"):
            raise RuntimeError("the search finds nothing")
    return statistics.median(taken) / one, max(taken) / one


def _searching(book: Book, typed: str) -> float:
    return seconds(lambda: book.search.find(typed), 1, time.process_time)


def journal_bytes(path: Path) -> float:
    """Return the mean bytes of the journal's lines of one attendance mark that is changed."""
    with contextlib.closing(sqlite3.connect(path)) as bare:
        (mean,) = bare.execute(
            "select avg(length(before) + length(after) + length(record_id) + length(at)) from journal"
            " where kind = 'mark' and operation = 'update'"
        ).fetchone()
    return float(mean)


def main() -> None:
    """Print what each thing costs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "Hai mươi năm.sochibo"
        draft = BookDraft(
            kind=BookKind.CELL, name="Chi bộ Thử", superior="Đảng bộ Thử", place="Thử",
            term_name="2025–2030", term_start=date(2025, 3, 1),
        )  # fmt: skip
        Book.create(path, draft).close()
        with Database.open(path) as database:
            fill(database)
        for how, clock in (("by the clock", time.perf_counter), ("by processor", time.process_time)):
            bare, hand = measure_acts(path, clock)
            said = f"× bare sqlite3 (goal ≤ 2), {hand:.2f} × the same history by hand"
            print(f"{'one mark ' + how:24}{bare:8.2f} {said}")
        print(f"{'opening 20 years':24}{measure_opening(path):8.1f} × a bare connection")
        usual, worst = measure_search(path)
        print(f"{'a search':24}{usual:8.1f} × reading one row; the slowest {worst:.0f} ×")
        print(f"{'journal of one mark':24}{journal_bytes(path):8.0f} bytes")
        print(f"{'the file':24}{path.stat().st_size / 2**20:8.0f} MB")


if __name__ == "__main__":
    main()
