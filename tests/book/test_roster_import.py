"""A roster against the book: previewed, recorded in one act, never destructive."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from books import make_cell_book
from rosters import write_roster

from sochibo.book.changes import Changes
from sochibo.rules.dates import PartialDate
from sochibo.rules.members.members import Activity, Member, Membership, Sex
from sochibo.storage.sheets.roster_sheet import NoNames, UnknownField

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.members.members import RosterPreview
    from sochibo.rules.members.members import RosterEntry

HEADER = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "CCCD",
    "Quê quán",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Trạng thái",
]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "s.sochibo") as made:
        yield made


def preview(book: Book, *rows: list[Any]) -> RosterPreview:
    numbered = [[number, *row] for number, row in enumerate(rows, 1)]
    return book.members.preview_roster(write_roster(book.path.with_name("r.xlsx"), [HEADER, *numbered]))


def everybody(book: Book) -> dict[str, RosterEntry]:
    return {entry.member.name: entry for entry in book.members.on(date(2026, 11, 5), everybody=True)}


def codes(shown: RosterPreview) -> list[tuple[int, bool, list[str]]]:
    return [(row.number, row.usable, [finding.code for finding in row.findings]) for row in shown.rows]


def test_a_preview_writes_nothing(book: Book) -> None:
    acts, people = book.history.acts(), everybody(book)
    shown = preview(book, ["Mai Thị Lan", "1970", "", "", "1998", "1999", ""])
    assert (shown.file, shown.sheet, len(shown.rows)) == ("r.xlsx", "Danh sách", 1)
    assert (book.history.acts(), everybody(book)) == (acts, people)


def test_new_people_are_added_in_one_act_that_can_be_undone(book: Book) -> None:
    before = everybody(book)
    shown = preview(
        book,
        ["MAI THỊ LAN", "1970", 1170000123, "Đông Hòa", "1998", "1999", ""],
        ["Trịnh Văn Đến", "3/11/1961", "", "", "3/2/1985", "x", "Miễn sinh hoạt"],
    )
    assert book.members.import_roster(shown) is Changes.MEMBERS
    after = everybody(book)
    assert after.keys() - before.keys() == {"Mai Thị Lan", "Trịnh Văn Đến"}
    assert after["Mai Thị Lan"].member.identity_no == "001170000123"
    assert after["Trịnh Văn Đến"].standing.activity is Activity.EXEMPT
    assert after["Trịnh Văn Đến"].standing.membership is Membership.OFFICIAL
    newest = book.history.undoable()
    assert newest is not None
    assert newest.fields == {"file": "r.xlsx"}
    book.history.undo()
    assert everybody(book) == before


def test_the_same_roster_again_changes_nothing(book: Book) -> None:
    shown = preview(book, ["Mai Thị Lan", "1970", "", "Đông Hòa", "1998", "1999", "Miễn sinh hoạt từ 2020"])
    book.members.import_roster(shown)
    people, acts = everybody(book), book.history.acts()
    book.members.import_roster(shown)
    again = preview(book, ["Mai Thị Lan", "1970", "", "Đông Hòa", "1998", "1999", "Miễn sinh hoạt từ 2020"])
    assert [row.events for row in again.rows] == [()]
    book.members.import_roster(again)
    assert (everybody(book), book.history.acts()) == (people, acts)


def test_known_people_are_completed_and_nothing_of_theirs_is_replaced(book: Book) -> None:
    bich = everybody(book)["Trần Thị Bích"].member
    shown = preview(
        book, ["TRẦN THỊ BÍCH", "20/5/1971", bich.identity_no, "Đông Hòa", "03/02/1997", "", "Chuyển đi"]
    )
    assert shown.rows[0].matches == bich.id
    book.members.import_roster(shown)
    after = everybody(book)["Trần Thị Bích"]
    assert after.member == dataclasses.replace(bich, home_place="Đông Hòa")
    assert after.standing.activity is Activity.ACTIVE
    assert [event.on.iso for event in book.members.events(bich.id) if event.on] == ["1998", "1999"]


def test_an_unknown_day_is_completed_by_a_known_one(book: Book) -> None:
    shown = preview(book, ["Phạm Thị Ân", "1955", "", "", "03/02/1980", "03/02/1981", ""])
    book.members.import_roster(shown)
    events = book.members.events(everybody(book)["Phạm Thị Ân"].member.id)
    assert [(event.kind.value, event.on and event.on.iso) for event in events] == [
        ("admission", "1980-02-03"), ("recognition", "1981-02-03"),
    ]  # fmt: skip


def test_a_supposed_recognition_promotes_nobody_whom_the_book_knows(book: Book) -> None:
    book.members.import_roster(preview(book, ["Đỗ Minh Ước", "7/7/1999", "", "", "", "", ""]))
    assert everybody(book)["Đỗ Minh Ước"].standing.membership is Membership.PROBATIONARY


def test_people_are_known_by_number_then_by_name_and_birth(book: Book) -> None:
    people = everybody(book)
    mau = people["Nguyễn Văn Mẫu"].member
    shown = preview(
        book,
        ["Nguyễn Văn Mấu", "", mau.identity_no, "", "", "", ""],
        ["Tran Thi Bich", "19/5/1970", "", "", "", "", ""],
        ["Lê Hoàng Đức", "", "", "", "", "", ""],
        ["Vũ Thị Yến", "1950", "", "", "1980", "1981", ""],
        ["Ngô Thị Hòa", "28/2/1995", "099999999999", "", "", "", ""],
    )
    assert [row.matches for row in shown.rows] == [
        mau.id, people["Trần Thị Bích"].member.id, people["Lê Hoàng Đức"].member.id, None, None,
    ]  # fmt: skip
    assert [finding.code for finding in shown.rows[2].findings][-1] == "P52"


def test_impossible_rows_are_told_and_left_out_and_the_others_recorded(book: Book) -> None:
    shown = preview(
        book,
        ["Mai Thị Lan", "1970", "", "", "1998", "1999", ""],
        ["Hồ Văn Mai", "1970", "", "", "1998", "03/02/2099", ""],
        ["Hồ Văn Một", "1990", "", "", "1985", "1986", ""],
        ["Hồ Văn Hai", "1960", "", "", "1999", "1998", ""],
        ["", "1960", "", "", "1999", "", ""],
        ["mai thị lan", "1970", "", "", "1998", "1999", ""],
        ["Hồ Văn Ba", "2099", "", "", "", "", ""],
        ["Hồ Văn Tư", "1960", "", "", "1985", "1986", "Xóa tên"],
    )
    assert codes(shown) == [
        (2, True, []),
        (3, False, ["P12"]),
        (4, False, ["P14", "P14"]),
        (5, False, ["P16"]),
        (6, False, ["P41"]),
        (7, False, ["P51"]),
        (8, False, ["P45", "P11"]),
        (9, False, ["P48"]),
    ]
    known = everybody(book).keys()
    book.members.import_roster(shown)
    assert everybody(book).keys() - known == {"Mai Thị Lan"}


def test_people_missing_from_a_roster_stay(book: Book) -> None:
    known = everybody(book)
    book.members.import_roster(preview(book, ["Mai Thị Lan", "1970", "", "", "1998", "1999", ""]))
    assert known.keys() < everybody(book).keys()


HOUSE = [["Tên gọi", "Sinh", "Từ"], ["Mai Thị Lan", "1970", "1998"]]
CHOICE = {"Tên gọi": "name", "Sinh": "birth", "Từ": "ceremony"}


def test_a_choice_of_columns_is_remembered_once_it_was_used(book: Book) -> None:
    path = write_roster(book.path.with_name("r.xlsx"), HOUSE)
    shown = book.members.preview_roster(path, mapping=CHOICE)
    assert not shown.remembered
    with pytest.raises(NoNames):
        book.members.preview_roster(path)
    book.members.import_roster(shown)
    again = book.members.preview_roster(path)
    assert (again.remembered, again.columns) == (True, shown.columns)
    book.history.undo()
    assert "Mai Thị Lan" not in everybody(book)
    # What was chosen is no record of anybody: it stays when the people are taken back.
    assert book.members.preview_roster(path).remembered


def test_a_new_choice_takes_the_place_of_the_one_before(book: Book) -> None:
    path = write_roster(book.path.with_name("r.xlsx"), HOUSE)
    book.members.import_roster(book.members.preview_roster(path, mapping=CHOICE))
    book.members.import_roster(book.members.preview_roster(path, mapping={**CHOICE, "Từ": ""}))
    assert book.members.preview_roster(path).unknown_columns == ("Từ",)


def test_every_field_of_a_list_can_be_chosen(book: Book) -> None:
    assert {"name", "birth", "ceremony", "ignored"} <= set(book.members.roster_fields())


class TestNoNamesRecognised:
    """A list whose column of names has a name of its own."""

    ROWS = (
        ["DANH SÁCH ĐẢNG VIÊN THÔN 4"],
        ["Thứ tự", "Quý danh", "Năm ra đời", "Mã công dân"],
        [1, "Vũ Thị Xoan", "3/4/1970", "001170012345"],
        [2, "Hà Văn Lúa", "5/6/1980", "001080054321"],
    )

    def test_its_headers_are_told_with_examples_and_no_number_in_the_clear(
        self, book: Book, tmp_path: Path
    ) -> None:
        path = write_roster(tmp_path / "l.xlsx", self.ROWS)
        with pytest.raises(NoNames):
            book.members.preview_roster(path)
        headers = dict(book.members.roster_start(path).headers)
        assert list(headers) == ["Thứ tự", "Quý danh", "Năm ra đời", "Mã công dân"]
        assert headers["Quý danh"] == ("Vũ Thị Xoan", "Hà Văn Lúa")
        assert "001170012345" not in str(headers)

    def test_what_a_person_says_of_them_is_followed_and_remembered(self, book: Book, tmp_path: Path) -> None:
        path = write_roster(tmp_path / "l.xlsx", self.ROWS)
        mapping = {"Thứ tự": "", "Quý danh": "name", "Năm ra đời": "birth", "Mã công dân": "identity_no"}
        shown = book.members.preview_roster(path, mapping=mapping)
        assert [row.member.name for row in shown.rows] == ["Vũ Thị Xoan", "Hà Văn Lúa"]
        book.members.import_roster(shown)
        again = book.members.preview_roster(path)
        assert again.remembered
        assert [row.matches is not None for row in again.rows] == [True, True]


class TestAListWithoutAnyHeader:
    """Its first row is a person, and its columns go by their letters."""

    ROWS: tuple[list[Any], ...] = (
        ["DANH SÁCH ĐẢNG VIÊN THÔN 4"],
        [],
        [1, "Vũ Thị Xoan", "Nữ", "3/4/1970", None, "001170012345", "Xã Đông Hòa", "2/9/1995"],
        [2, "Hà Văn Lúa", "Nam", "1980", None, "001080054321", "Xã Đông Hòa", "3/2/2004"],
        [3, "Lò Văn Ngô", "Nam", "5/6/1980", None, "", "Xã Tân Lập", ""],
    )

    def test_its_columns_are_guessed_and_no_number_shown(self, book: Book, tmp_path: Path) -> None:
        start = book.members.roster_start(write_roster(tmp_path / "l.xlsx", self.ROWS))
        assert start.bare
        assert start.letters == ("A", "B", "C", "D", "F", "G", "H")
        assert start.fields == {
            "A": "register_no", "B": "name", "C": "sex", "D": "birth", "F": "identity_no", "H": "ceremony",
        }  # fmt: skip
        assert [(number, row[1]) for number, row in start.rows] == [
            (3, "Vũ Thị Xoan"), (4, "Hà Văn Lúa"), (5, "Lò Văn Ngô"),
        ]  # fmt: skip
        assert "001170012345" not in str(start)

    def test_the_first_row_is_recorded_as_a_person(self, book: Book, tmp_path: Path) -> None:
        path = write_roster(tmp_path / "l.xlsx", self.ROWS)
        chosen = {**book.members.roster_start(path).fields, "H": "", "G": "residence"}
        shown = book.members.preview_roster(path, mapping=chosen, bare=True)
        assert [(row.number, row.member.name) for row in shown.rows] == [
            (3, "Vũ Thị Xoan"), (4, "Hà Văn Lúa"), (5, "Lò Văn Ngô"),
        ]  # fmt: skip
        assert shown.unknown_columns == ("H",)
        assert (shown.rows[0].member.residence, shown.rows[0].member.sex) == ("Xã Đông Hòa", Sex.FEMALE)
        book.members.import_roster(shown)
        with pytest.raises(NoNames):
            book.members.preview_roster(path)
        again = book.members.preview_roster(path, mapping=chosen, bare=True)
        assert [row.matches is not None for row in again.rows] == [True, True, True]

    def test_one_column_of_names_is_a_list_too(self, book: Book, tmp_path: Path) -> None:
        path = tmp_path / "l.csv"
        path.write_text("Vũ Thị Xoan\nHà Văn Lúa\n", "utf-8")
        start = book.members.roster_start(path)
        assert (start.headers, start.letters, start.fields) == ((), ("A",), {"A": "name"})
        shown = book.members.preview_roster(path, mapping=start.fields, bare=True)
        assert [row.member.name for row in shown.rows] == ["Vũ Thị Xoan", "Hà Văn Lúa"]

    def test_no_column_of_names_or_a_field_that_is_none(self, book: Book, tmp_path: Path) -> None:
        path = write_roster(tmp_path / "l.xlsx", self.ROWS)
        with pytest.raises(NoNames):
            book.members.preview_roster(path, mapping={"A": "register_no"}, bare=True)
        with pytest.raises(UnknownField):
            book.members.preview_roster(path, mapping={"B": "tên"}, bare=True)
        assert book.members.roster_start(write_roster(tmp_path / "none.xlsx", [])).letters == ()

    def test_a_row_of_words_may_be_a_header(self, book: Book, tmp_path: Path) -> None:
        rows = [["Quý danh", "Nơi ở"], ["Vũ Thị Xoan", "Xã Đông Hòa"]]
        assert not book.members.roster_start(write_roster(tmp_path / "l.xlsx", rows)).bare


def test_two_people_of_one_name_are_two_people(book: Book, tmp_path: Path) -> None:
    path = write_roster(tmp_path / "l.xlsx", [["Họ và tên"], ["Trịnh Văn Đến"], ["Trịnh Văn Đến"]])
    shown = book.members.preview_roster(path)
    assert [[finding.code for finding in row.findings if finding.code == "P60"] for row in shown.rows] == [
        [], ["P60"],
    ]  # fmt: skip

    def named() -> int:
        return sum(name == "Trịnh Văn Đến" for name in book.members.names().values())

    book.members.import_roster(shown)
    assert named() == 2
    book.members.import_roster(shown)
    assert named() == 2, "the same preview recorded once more adds nobody"


def test_two_rows_never_complete_one_person(book: Book, tmp_path: Path) -> None:
    rows = [["Họ và tên", "Ghi chú"], ["Trần Thị Bích", "một"], ["Trần Thị Bích", "hai"]]
    shown = book.members.preview_roster(write_roster(tmp_path / "l.xlsx", rows))
    assert [row.usable for row in shown.rows] == [True, False]
    assert "P59" in {finding.code for finding in shown.rows[1].findings}


def test_a_year_of_birth_is_completed_by_the_day(book: Book, tmp_path: Path) -> None:
    book.members.add(Member(id="", name="Trịnh Văn Đến", birth=PartialDate("1961")))
    rows = [["Họ và tên", "Ngày sinh"], ["Trịnh Văn Đến", "3/2/1961"]]
    book.members.import_roster(book.members.preview_roster(write_roster(tmp_path / "l.xlsx", rows)))
    (birth,) = (
        entry.member.birth
        for entry in book.members.on(date(2026, 11, 5), everybody=True)
        if entry.member.name == "Trịnh Văn Đến"
    )
    assert birth == PartialDate("1961-02-03")
