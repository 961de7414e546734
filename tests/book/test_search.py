"""What is found by the words one remembers, and that the index is never behind the book."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book

from sochibo.book.search import HIT_LABELS, Search
from sochibo.messages import Messages
from sochibo.rules.dates import Month
from sochibo.rules.meetings.meetings import AgendaItem, AssignedTask, Guest, Meeting, MeetingKind
from sochibo.rules.members.registers import RegisterKind, RegisterLine
from sochibo.storage.engine.connection import connect
from sochibo.storage.engine.database import Database
from sochibo.storage.engine.search import SOURCES, rebuild

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.search import Hit

DAY = date(2026, 11, 5)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    make_cell_book(tmp_path / "Sổ.sochibo").close()
    with Database.open(tmp_path / "Sổ.sochibo") as opened:
        with opened.act("Recorded a meeting"):
            record_meeting(opened)
        yield opened


def record_meeting(database: Database) -> None:
    from sochibo.storage.records import meetings

    meetings.add(
        database,
        Meeting(id="m1", kind=MeetingKind.REGULAR, on=DAY, conclusion="Chi bộ thống nhất thủy lợi nội đồng."),
    )
    meetings.add_item(
        database,
        AgendaItem(
            id="i1", meeting_id="m1", position=0, title="Chuyển đổi số",
            text="Đồng chí Hoà nêu: " + "việc cũ " * 40 + "cần sửa đường làng <b>ngõ</b> xóm",
        ),
    )  # fmt: skip
    meetings.replace_parts(
        database,
        "guest",
        "m1",
        [Guest(id="", meeting_id="m1", position=0, name="Đinh Văn Ưng", post="Khách")],
    )
    meetings.replace_parts(
        database,
        "task",
        "m1",
        [AssignedTask(id="", meeting_id="m1", position=0, text="Thu quỹ", assignees="Lê Hoàng Đức")],
    )


def found(database: Database, text: str) -> list[Hit]:
    return list(Search(database).find(text))


def names(hits: list[Hit]) -> list[str]:
    return [hit.title.text for hit in hits if hit.kind == "member"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("duong van xa", "Dương Văn Xa"),
        ("Đỗ Minh Ước", "Đỗ Minh Ước"),
        ("do minh uoc", "Đỗ Minh Ước"),
        ("dmu", "Đỗ Minh Ước"),
        ("DMƯ", "Đỗ Minh Ước"),
        ("ngô thị hoà", "Ngô Thị Hòa"),
        ("ngo thi hoa", "Ngô Thị Hòa"),
        ("ngothihoa", "Ngô Thị Hòa"),
        ("bích tran", "Trần Thị Bích"),
        ("uoc do", "Đỗ Minh Ước"),
        ("nguye\u0302\u0303n", "Nguyễn Văn Mẫu"),
    ],
)
def test_people_are_found_however_their_names_are_typed(database: Database, typed: str, name: str) -> None:
    assert name in names(found(database, typed))


def test_all_words_must_be_there(database: Database) -> None:
    assert found(database, "ich tran") == []
    assert names(found(database, "van mau")) == ["Nguyễn Văn Mẫu"]
    assert found(database, "van khongcoai") == []


def test_the_name_stands_before_texts_that_mention_it(database: Database) -> None:
    hits = found(database, "hoa")
    assert (hits[0].kind, hits[0].title.text) == ("member", "Ngô Thị Hòa")
    assert "agenda_item" in {hit.kind for hit in hits}


@pytest.mark.parametrize(
    ("typed", "kind", "title"),
    [
        ("thuy loi", "meeting", ""),
        ("thuỷ lợi", "meeting", ""),
        ("sua duong", "agenda_item", "Chuyển đổi số"),
        ("dinh van ung", "guest", "Đinh Văn Ưng"),
        ("dvu", "guest", "Đinh Văn Ưng"),
        ("thu quy", "task", "Thu quỹ"),
    ],
)
def test_what_was_said_leads_to_its_meeting(database: Database, typed: str, kind: str, title: str) -> None:
    (hit,) = [hit for hit in found(database, typed) if hit.kind == kind]
    assert (hit.title.text, hit.on, hit.goal) == (title, DAY, "meeting:m1")
    assert hit.name(Messages("en")) == (title or "Regular meeting")


def test_a_person_leads_to_the_person(database: Database) -> None:
    (hit,) = found(database, "bich")
    (row,) = database.rows("select id from member where name = 'Trần Thị Bích'")
    assert (hit.goal, hit.on) == (f"member:{row['id']}", None)


def test_the_words_found_are_marked_in_title_and_snippet(database: Database) -> None:
    (hit,) = found(database, "sua ngo")
    marked = [hit.snippet.text[start:end] for start, end in hit.snippet.spans]
    assert marked == ["sửa", "ngõ"]
    assert hit.snippet.text.startswith("… ")
    assert len(hit.snippet.text) < 120
    (person,) = found(database, "dmu")
    assert [person.title.text[start:end] for start, end in person.title.spans] == ["Đ", "M", "Ư"]


@pytest.mark.parametrize(
    "typed", ["", "   ", '"', "*", "()", "a AND", "NEAR(", "title:", "-", "^", "\x00", "'"]
)
def test_what_means_something_to_the_engine_is_only_text(database: Database, typed: str) -> None:
    assert isinstance(found(database, typed), list)


def test_identity_numbers_find_nobody(database: Database) -> None:
    assert found(database, "001000000001") == []


def test_the_newest_text_is_found_after_undo_and_redo(database: Database) -> None:
    with database.act("Renamed"):
        database.update("agenda_item", "i1", {"title": "Trồng cây"})
    for _ in range(2):
        assert len(found(database, "trong cay")) == 1
        assert found(database, "chuyen doi") == []
        database.undo()
        assert found(database, "trong cay") == []
        assert len(found(database, "chuyen doi")) == 1
        database.redo()
    with database.act("Removed"):
        database.delete("agenda_item", "i1")
    assert found(database, "trong cay") == []
    database.undo()
    assert len(found(database, "trong cay")) == 1


def index(database: Database) -> list[tuple[object, ...]]:
    rows = database.rows(
        "select kind, record_id, title, short, body from search join search_entry on id = search.rowid"
        " order by kind, record_id"
    )
    return [tuple(row.values()) for row in rows]


def test_an_index_made_anew_is_the_one_that_the_triggers_keep(database: Database) -> None:
    kept = index(database)
    assert len(kept) > 12
    path = database.path
    database.close()
    sql = connect(path)
    with sql.atomic():
        sql.execute("delete from search")
        rebuild(sql)
    sql.execute("insert into search (search) values ('integrity-check')")
    sql.close()
    with Database.open(path) as again:
        assert index(again) == kept


def test_every_kind_that_is_found_has_a_name() -> None:
    assert set(HIT_LABELS) == set(SOURCES)


def test_registers_corrections_and_missed_months_are_found(tmp_path: Path) -> None:
    with make_cell_book(tmp_path / "b.sochibo") as book:
        book.plans.say_unheld(Month(2026, 3), "Nhà văn hóa bị ngập")
        who = book.members.on(date(2026, 11, 5))[0].member.id
        values = {"member_id": who, "on": "2026-05-19", "title": "Giấy khen dịp sinh nhật Bác"}
        book.registers.record(RegisterKind.REWARDS, RegisterLine("", values))
        found = {
            (hit.kind, hit.goal) for hit in (*book.search.find("bi ngap"), *book.search.find("giay khen"))
        }
        assert found == {("unheld_month", "meetings"), ("register_entry", "registers")}
