"""Lists of a book in sheets: what stands in them, what is hidden, and that the import reads them back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from books import make_cell_book, make_committee_book
from hypothesis import given, settings
from hypothesis import strategies as st
from recordings import meeting_data

from sochibo.book.members.member_table import MEMBER_COLUMNS, members_table, standing_text
from sochibo.book.upkeep.export_tables import documents_table
from sochibo.book.upkeep.exports import LIST_LABELS, ExportedList, write_template
from sochibo.messages import LANGUAGES, Messages
from sochibo.rules.dates import PartialDate
from sochibo.rules.members.members import (
    EVENT_LABELS,
    EventKind,
    Member,
    MemberEvent,
    RosterEntry,
    Sex,
    standing_on,
)
from sochibo.rules.reports import ReportKind
from sochibo.storage.sheets.roster import read_roster
from sochibo.storage.sheets.roster_sheet import NoRows
from sochibo.storage.sheets.roster_words import roster_words
from sochibo.storage.sheets.sheet_export import write_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book

TODAY = date(2026, 11, 22)
WORDS = Messages("vi")
ENGLISH = Messages("en")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "s.sochibo") as made:
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "danh sách.xlsx"


def rows_of(path: Path) -> list[list[Any]]:
    """Return the rows below the header, which is the row above the frozen ones."""
    sheet: Any = openpyxl.load_workbook(path).active
    first = int(sheet.freeze_panes[1:])
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]


def test_the_register_has_its_14_columns_and_masks_the_card(book: Book, path: Path) -> None:
    mau = next(entry.member for entry in book.members.on(TODAY) if entry.member.name == "Nguyễn Văn Mẫu")
    book.members.change(replace(mau, card_no="01234567", profession="Kỹ sư", education="12/12"))
    book.exports.register(path, WORDS, on=TODAY)
    rows = {row[1].splitlines()[0]: row for row in rows_of(path)}
    assert {len(row) for row in rows.values()} == {14}
    assert "Lý Thị Quá" in rows, "those who died stay in the register"
    assert "Ngô Thị Hòa" not in rows, "a guest is in the register of her own cell"
    row = rows["Nguyễn Văn Mẫu"]
    assert row[1] == "Nguyễn Văn Mẫu\n03/11/1961"
    assert (row[4], row[6]) == ("12/12\nKỹ sư", "03/02/1985\n03/02/1986")
    assert "••••" in row[7]
    book.exports.register(path, WORDS, on=TODAY, full_numbers=True)
    assert any(row[7] == "01234567" for row in rows_of(path))


def test_members_are_listed_with_masked_numbers_if_nobody_chose_otherwise(book: Book, path: Path) -> None:
    book.exports.members(path, WORDS, on=TODAY)
    fields = [column.field for column in MEMBER_COLUMNS]
    rows = [dict(zip(fields, row, strict=True)) for row in rows_of(path)]
    assert [row["name"] for row in rows] == [entry.member.name for entry in book.members.on(TODAY)]
    assert {row["identity_no"][4:8] for row in rows} == {"••••"}
    book.exports.members(path, WORDS, on=TODAY, full_numbers=True)
    assert "001000000001" in {row[fields.index("identity_no")] for row in rows_of(path)}


def test_who_has_left_is_listed_on_request(book: Book, path: Path) -> None:
    book.exports.members(path, WORDS, on=TODAY, everybody=True)
    assert {"Dương Văn Xa", "Lý Thị Quá"} <= {row[1] for row in rows_of(path)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_book_that_reads_another_s_list_has_the_same_people(
    book: Book, path: Path, tmp_path: Path, language: str
) -> None:
    book.exports.members(path, Messages(language), on=TODAY, everybody=True, full_numbers=True)
    with make_committee_book(tmp_path / "other.sochibo") as other:
        other.members.import_roster(other.members.preview_roster(path))
        old = {entry.member.name: entry for entry in book.members.on(TODAY, everybody=True)}
        new = {entry.member.name: entry for entry in other.members.on(TODAY, everybody=True)}
        assert old.keys() == new.keys()
        for name, entry in new.items():
            known = old[name]
            assert (entry.standing.activity, entry.standing.membership) == (
                known.standing.activity, known.standing.membership,
            )  # fmt: skip
            assert (entry.member.birth, entry.member.sex, entry.member.identity_no, entry.member.office) == (
                known.member.birth, known.member.sex, known.member.identity_no, known.member.office,
            )  # fmt: skip


def test_a_list_read_back_into_its_own_book_changes_nobody(book: Book, path: Path) -> None:
    before = book.members.on(TODAY, everybody=True)
    book.exports.members(path, WORDS, on=TODAY, everybody=True)
    book.members.import_roster(book.members.preview_roster(path))
    assert [entry.member for entry in book.members.on(TODAY, everybody=True)] == [
        entry.member for entry in before
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_header_of_ours_is_one_that_the_import_knows(language: str) -> None:
    words = Messages(language)
    read = [roster_words().field_of((words.gettext(column.title),)) for column in MEMBER_COLUMNS]
    assert read == [column.field for column in MEMBER_COLUMNS]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "kind",
    [EventKind.EXEMPTION, EventKind.TEMPORARY_EXEMPTION, EventKind.TEMPORARY_OUT, EventKind.TEMPORARY_IN,
     EventKind.SUSPENSION, EventKind.SPECIAL_DUTY, EventKind.TRANSFER_OUT, EventKind.DEATH,
     EventKind.STRIKE_OFF, EventKind.EXPULSION, EventKind.WITHDRAWAL, EventKind.CANCELLATION],
)  # fmt: skip
def test_every_standing_that_is_written_is_understood(kind: EventKind, language: str) -> None:
    events = [
        MemberEvent(id="1", member_id="m", kind=EventKind.ADMISSION, on=PartialDate("2000")),
        MemberEvent(id="2", member_id="m", kind=kind, on=PartialDate("2020-01-05")),
    ]
    text = standing_text(standing_on(events, TODAY), Messages(language))
    assert text.endswith("05/01/2020")
    read = roster_words().status_of(text)
    assert read is not None
    assert read.event is kind


def test_an_exemption_of_which_nobody_knows_the_day_is_written_as_one() -> None:
    events = [
        MemberEvent(id=f"{number}", member_id="m", kind=kind, on=PartialDate(on) if on else None)
        for number, (kind, on) in enumerate(
            ((EventKind.EXEMPTION, None), (EventKind.ADMISSION, "1964"), (EventKind.RECOGNITION, "1965"))
        )
    ]
    told = standing_text(standing_on(events, TODAY), WORDS)
    assert told.endswith(WORDS.gettext(EVENT_LABELS[EventKind.EXEMPTION]))


def test_the_template_is_empty_and_is_read_once_it_is_filled_in(path: Path) -> None:
    write_template(path, WORDS)
    with pytest.raises(NoRows):
        read_roster(path, TODAY)
    book: Any = openpyxl.load_workbook(path)
    sheet = book.active
    row = int(sheet.freeze_panes[1:])
    for column, value in ((2, "Mai Thị Lan"), (4, "1970"), (5, "Nữ"), (27, "Dự bị")):
        sheet.cell(row, column, value)
    book.save(path)
    (line,) = read_roster(path, TODAY).lines
    assert (line.member.name, line.member.sex, line.findings) == ("Mai Thị Lan", Sex.FEMALE, ())
    offered = sheet.data_validations.dataValidation
    assert offered[0].formula1 == '"Nam,Nữ"'
    for word in offered[1].formula1.strip('"').split(","):
        assert roster_words().status_of(word) is not None
    assert sheet.cell(row - 1, 18).comment.text == "Ghi đủ các chữ số, kể cả số 0 ở đầu."


def test_the_meetings_of_a_year_are_listed(book: Book, path: Path) -> None:
    book.meetings.record(meeting_data())
    book.exports.meetings(path, WORDS, year=2026)
    ((day, kind, _theme, place, expected, present, rate, *_),) = rows_of(path)
    count = book.meetings.lines(2026)[0].count
    assert (day.date(), kind, place) == (date(2026, 11, 5), "Sinh hoạt thường kỳ", "Nhà văn hóa Thôn 4")
    assert (expected, present, rate) == (count.expected, count.present, count.present / count.expected)


def test_attendance_stands_in_a_table_of_people_and_meetings(book: Book, path: Path) -> None:
    book.meetings.record(meeting_data())
    book.meetings.record(meeting_data(on="2026-10-05", absent=[], also_present=[]))
    book.exports.attendance(path, WORDS, year=2026)
    rows = {row[0]: row[1:] for row in rows_of(path)}
    assert list(rows) == [entry.member.name for entry in book.members.on(date(2026, 11, 5))]
    assert rows["Nguyễn Văn Mẫu"] == ["x", "x", 2, 2, 1]
    assert rows["Lê Hoàng Đức"] == ["x", "P", 1, 2, 0.5]
    assert rows["Đỗ Minh Ước"] == ["x", "K", 1, 2, 0.5]
    # Exempt, and came all the same: shown, but in no rate.
    assert rows["Hoàng Văn Ấm"] == [None, "x", 0, 0, None]


def test_papers_and_history_are_listed(book: Book, path: Path) -> None:
    meeting = book.meetings.record(meeting_data())
    book.meetings.close(meeting)
    book.exports.documents(path, WORDS)
    assert [row[:3] for row in rows_of(path)] == [["01-BB/CB", "Biên bản", "05/11/2026"]]
    book.exports.history(path, WORDS)
    rows = rows_of(path)
    assert len(rows) == len(book.history.acts(10_000))
    assert rows[0][1] == "Nguyễn Văn Mẫu"


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026-11", "Tháng 11/2026"),
        ("2026-Q3", "Quý 3 năm 2026"),
        ("2026-H1", "6 tháng đầu năm 2026"),
        ("2026", "Năm 2026"),
    ],
)
def test_the_list_of_papers_says_periods_in_words(book: Book, period: str, said: str) -> None:
    book.meetings.close(book.meetings.record(meeting_data()))
    made = book.reports.of_meeting(ReportKind.MINUTES, book.meetings.lines(2026)[0].meeting.id)
    assert made is not None
    table = documents_table([replace(made, period=period)], WORDS)
    assert [row[2] for row in table.rows] == [said]


def test_above_every_list_stands_what_it_is_and_whose(book: Book, path: Path) -> None:
    book.exports.meetings(path, ENGLISH, year=2026)
    sheet: Any = openpyxl.load_workbook(path).active
    assert [sheet["A1"].value, sheet["A2"].value] == ["Chi bộ Thôn 4", "Meetings of the year 2026"]
    assert sheet.title == "Meetings of the year 2026"
    assert set(LIST_LABELS) == set(ExportedList)


SYLLABLES = ["Nguyễn", "Tống", "Đặng", "Công", "Thị", "Văn", "Ước", "Quỳnh", "Ân", "Hòa", "H'Nư", "Ka-Sô"]
DATES = st.one_of(
    st.dates(date(1901, 1, 1), date(2020, 12, 31)).map(PartialDate.of),
    st.dates(date(1901, 1, 1), date(2020, 12, 31)).map(lambda day: PartialDate(day.isoformat()[:7])),
    st.integers(1901, 2020).map(lambda year: PartialDate(str(year))),
)
NUMBERS = st.one_of(
    st.just(""), st.from_regex(r"0[0-9]{11}", fullmatch=True), st.from_regex(r"[0-9]{8}", fullmatch=True)
)
TEXTS = st.sampled_from(["", "=1+1", "-", "+84", "@x", "Đông Hòa; thôn 4", "12/12", "001", "Kinh", "'001"])
MEMBERS = st.builds(
    Member,
    id=st.just(""),
    name=st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=5).map(" ".join),
    birth=st.none() | DATES,
    sex=st.none() | st.sampled_from(Sex),
    identity_no=NUMBERS,
    card_no=NUMBERS,
    phone=st.from_regex(r"0[0-9]{9}", fullmatch=True),
    register_no=st.integers(1, 300).map(str),
    badge_no=st.from_regex(r"0[0-9]{3,7}", fullmatch=True),
    home_place=TEXTS,
    residence=TEXTS,
    job_before=TEXTS,
    note=TEXTS,
)


# Making a sheet takes longer than a row of it: fewer lists, with as many people in all.
@settings(max_examples=25)
@given(
    st.lists(st.tuples(MEMBERS, DATES, st.none() | DATES), min_size=10, max_size=16),
    st.sampled_from(LANGUAGES),
)
def test_any_member_comes_back_from_a_list(
    tmp_path_factory: pytest.TempPathFactory,
    people: list[tuple[Member, PartialDate, PartialDate | None]],
    language: str,
) -> None:
    listed = []
    for member, admitted, recognised in people:
        events = [MemberEvent(id="a", member_id="m", kind=EventKind.ADMISSION, on=admitted)]
        if recognised is not None and recognised.earliest > admitted.latest:
            events.append(MemberEvent(id="b", member_id="m", kind=EventKind.RECOGNITION, on=recognised))
        listed.append((RosterEntry(member, standing_on(events, TODAY)), events))
    path = tmp_path_factory.getbasetemp() / "members.xlsx"
    write_table(path, members_table(listed, Messages(language), full_numbers=True))
    lines = read_roster(path, TODAY).lines
    assert [line.member for line in lines] == [entry.member for entry, _ in listed]
    assert [[(event.kind, event.on) for event in line.events] for line in lines] == [
        [(event.kind, event.on) for event in events] for _, events in listed
    ]
