"""What a book counts for its targets, and how they stand."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book, make_committee_book
from ratings import member_id, rate

from sochibo.book.book import Book
from sochibo.faults import Refused
from sochibo.rules.counts import Ratio
from sochibo.rules.dates import PartialDate
from sochibo.rules.members.members import EventKind, Member
from sochibo.rules.ratings.ratings import Level
from sochibo.rules.work.targets import Comparison, Measure, ProgressState, Target, TargetPeriod
from sochibo.storage.engine.database import Database
from sochibo.storage.engine.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "cell.sochibo") as made:
        yield made


def actual(book: Book, indicator: str, last: date = LAST) -> Ratio | None:
    return book.targets.actual(indicator, FIRST, last)


def insert(path: Path, table: str, *rows: Mapping[str, object]) -> None:
    with Database.open(path) as database, database.act("Test"):
        for row in rows:
            database.insert(table, {"id": new_id(), **row})


def test_the_usual_targets_are_set_once(book: Book) -> None:
    assert book.targets.add_defaults(2026) == 8
    assert book.targets.add_defaults(2026) == 0
    assert book.targets.years() == (2026,)
    lines = {line.target.indicator: line for line in book.targets.lines(2026, date(2026, 12, 1))}
    assert lines["admissions"].progress.state is ProgressState.REACHED
    assert lines["admissions"].computed
    assert lines["fees_collected"].progress.state is ProgressState.UNKNOWN
    book.history.undo()
    assert book.targets.lines(2026) == ()


def test_an_admission_elsewhere_is_the_other_cells_to_count(book: Book) -> None:
    book.members.add(Member(id="", name="Trịnh Văn Đến"))
    came = member_id(book, "Trịnh Văn Đến")
    book.members.record_event(came, EventKind.ADMISSION, PartialDate("2026-02-03"))
    assert actual(book, "admissions") == Ratio(2, 1)
    book.members.record_event(came, EventKind.TRANSFER_IN, PartialDate("2026-06-01"))
    assert actual(book, "admissions") == Ratio(1, 1)


def test_admissions_are_counted_by_their_day(book: Book) -> None:
    assert actual(book, "admissions") == Ratio(1, 1)
    assert actual(book, "admissions", date(2026, 5, 18)) == Ratio(0, 1)
    assert actual(book, "admissions_rate") == Ratio(1, 8)


def test_struck_off_and_withdrawn(book: Book) -> None:
    book.members.record_event(
        member_id(book, "Lê Hoàng Đức"), EventKind.STRIKE_OFF, PartialDate("2026-10-01")
    )
    assert actual(book, "screened_out") == Ratio(1, 1)


def test_rates_of_rating_come_from_decided_levels_alone(book: Book) -> None:
    assert actual(book, "members_good") is None
    period = book.ratings.make_period(2026)
    for name, level in (
        ("Lê Hoàng Đức", Level.EXCELLENT),
        ("Phạm Thị Ân", Level.GOOD),
        ("Trần Thị Bích", Level.COMPLETED),
    ):
        rate(book, period, name, proposed_level=level)
    assert actual(book, "members_good") is None
    decided = {
        line.rating.member_id: line.rating.proposed_level
        for line in book.ratings.lines(period)
        if line.rating.id
    }
    book.ratings.decide(period, decided, "1-QĐ/ĐU", date(2027, 1, 8))
    assert actual(book, "members_good") == Ratio(2, 3)
    assert actual(book, "excellent_of_better") == Ratio(1, 2)
    own = book.ratings.organisation(period)
    book.ratings.change_organisation(dataclasses.replace(own, decided_level=Level.NOT_COMPLETED))
    assert (actual(book, "cells_good"), actual(book, "weak_cells")) == (Ratio(0, 1), Ratio(1, 1))


def test_turns_of_study_are_added(book: Book) -> None:
    path = book.path
    book.close()
    sessions = [{"on": "2026-03-01", "subject": "NQ 1", "convened": 10, "present": 9},
                {"on": "2026-06-01", "subject": "NQ 2", "convened": 10, "present": 10},
                {"on": "2025-06-01", "subject": "NQ 3", "convened": 10, "present": 0}]  # fmt: skip
    insert(path, "study_session", *sessions)
    with Book.open(path) as opened:
        assert actual(opened, "study_attendance") == Ratio(19, 20)


def test_commitments_and_tasks_leave_exempt_members_out(book: Book) -> None:
    path, duc = book.path, member_id(book, "Lê Hoàng Đức")
    exempt = member_id(book, "Hoàng Văn Ấm")
    book.close()
    rows = [{"member_id": person, "year": 2026, "signed_on": "2026-01-20"} for person in (duc, exempt)]
    insert(path, "commitment", *rows, {"member_id": duc, "year": 2025, "signed_on": "2025-01-20"})
    meeting, task = {"id": new_id(), "kind": "regular", "on": "2026-02-03"}, new_id()
    with Database.open(path) as database, database.act("Test"):
        database.insert("meeting", meeting | {"state": "planned"})
        database.insert("task", {"id": task, "meeting_id": meeting["id"], "position": 0})
        database.insert("task_person", {"id": new_id(), "task_id": task, "member_id": duc})
    with Book.open(path) as opened:
        assert actual(opened, "commitments_signed") == Ratio(1, 6)
        assert actual(opened, "members_with_task") == Ratio(1, 6)


def test_probation_must_end_within_thirty_working_days(book: Book) -> None:
    # Admitted 19/5/2026: a year and thirty working days end in July 2027.
    assert actual(book, "probation_on_time") is None
    until = date(2027, 12, 31)
    assert book.targets.actual("probation_on_time", date(2027, 1, 1), until) == Ratio(0, 1)
    book.members.record_event(
        member_id(book, "Lê Hoàng Đức"), EventKind.TRANSFER_OUT, PartialDate("2026-10-12")
    )
    path, young = book.path, member_id(book, "Đỗ Minh Ước")
    book.close()
    # Recorded by the table: a service would rightly refuse a day to come.
    insert(path, "member_event", {"member_id": young, "kind": "recognition", "on": "2027-05-19"})
    with Book.open(path) as opened:
        assert opened.targets.actual("probation_on_time", date(2027, 1, 1), until) == Ratio(1, 1)
    # The official day is that of the end of probation however late the cell acts (QĐ 294, §4.2.2).
    with Database.open(path) as database, database.act("Test"):
        (found,) = database.rows(
            "select id from member_event where kind = 'recognition' and member_id = ?", (young,)
        )
        database.update("member_event", found["id"], {"resolved_on": "2027-11-04"})
    with Book.open(path) as opened:
        assert opened.targets.actual("probation_on_time", date(2027, 1, 1), until) == Ratio(0, 1)


def test_meetings_of_the_months(book: Book) -> None:
    assert actual(book, "regular_meetings", date(2026, 3, 15)) == Ratio(0, 3)
    assert actual(book, "meeting_attendance") is None


def test_cells_with_a_committee(tmp_path: Path) -> None:
    path = tmp_path / "committee.sochibo"
    make_committee_book(path).close()
    rows = [
        {"name": f"Chi bộ {n}", "since": "2025-07-01", "has_committee": has}
        for n, has in enumerate((1, 1, 0, None))
    ]
    insert(
        path,
        "unit",
        *rows,
        {"name": "Chi bộ cũ", "since": "2020-01-01", "until": "2025-06-30", "has_committee": 0},
    )
    with Book.open(path) as opened:
        assert actual(opened, "cells_with_committee") == Ratio(2, 3)
        assert opened.targets.add_defaults(2026) == 11


def test_a_value_by_hand_goes_before_the_count(book: Book) -> None:
    key = book.targets.add(
        Target(
            id="", indicator="admissions", period_kind=TargetPeriod.YEAR, year=2026, value=2,
            comparison=Comparison.AT_LEAST, measure=Measure.COUNT, numerator=2,
        )
    )  # fmt: skip
    (line,) = book.targets.lines(2026, date(2026, 12, 1))
    assert (line.progress.actual, line.computed) == (Ratio(2, 1), False)
    book.targets.change(dataclasses.replace(book.targets.get(key), numerator=None))
    (line,) = book.targets.lines(2026, date(2026, 12, 1))
    assert (line.progress.actual, line.progress.state) == (Ratio(1, 1), ProgressState.ON_PACE)
    book.targets.remove(key)
    assert book.targets.lines(2026) == ()


def test_a_target_of_the_term_stands_in_each_of_its_years(book: Book) -> None:
    (term,) = book.terms()
    wanted = Target(
        id="", indicator="Hộ gia đình văn hóa", period_kind=TargetPeriod.TERM, term_id=term.id, value=950,
        decimals=1, comparison=Comparison.AT_LEAST, measure=Measure.PERCENT, numerator=96, denominator=100,
    )  # fmt: skip
    book.targets.add(wanted)
    for year in (2025, 2028, 2030):
        (line,) = book.targets.lines(year, date(2026, 12, 1))
        assert (line.label, line.period.text) == ("Hộ gia đình văn hóa", "2025-2030")
        assert line.progress.state is ProgressState.REACHED
    assert book.targets.lines(2031) == ()
    with pytest.raises(Refused) as refused:
        book.targets.add(wanted)
    assert [finding.code for finding in refused.value.findings] == ["R75"]


def test_what_the_book_cannot_count_is_nothing(book: Book) -> None:
    assert actual(book, "fees_collected") is None
    assert actual(book, "no such thing") is None
    assert book.targets.actual("admissions", LAST, FIRST) is None
    assert {one.id for one in book.targets.indicators()} >= {"admissions", "fees_collected"}
