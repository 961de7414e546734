"""Tables in a sheet: values as what they are, formulas defused, whole or not at all."""

from __future__ import annotations

import errno
import unicodedata
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mishaps import TROUBLES, Mishap, small_disk

from sochibo import faults
from sochibo.messages import Messages
from sochibo.rules.dates import PartialDate
from sochibo.storage.sheets.sheet_export import LONGEST_TEXT, Choice, Column, Percent, Table, write_table
from sochibo.storage.sheets.sheets import read_grids

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.storage.sheets.sheet_export import Value


def written(path: Path, *values: Value | Percent, above: tuple[str, ...] = ()) -> Any:  # noqa: ANN401 - openpyxl has no types
    """Write values below one another and return the sheet as openpyxl reads it."""
    rows = [[value] for value in values]
    table = Table(name="Danh sách", columns=[Column("Một", 20)], rows=rows, above=above)
    write_table(path, table)
    return openpyxl.load_workbook(path).active


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "danh sách.xlsx"


def test_texts_keep_their_zeros_and_their_letters(path: Path) -> None:
    sheet = written(path, "001061000123", unicodedata.normalize("NFD", "Đến"), "dòng 1\ndòng 2")
    assert [sheet[f"A{row}"].value for row in (2, 3, 4)] == ["001061000123", "Đến", "dòng 1\ndòng 2"]
    assert {sheet[f"A{row}"].number_format for row in (2, 3, 4)} == {"@"}
    assert {sheet[f"A{row}"].data_type for row in (2, 3, 4)} == {"s"}


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x")', "+84", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"]
)
def test_what_begins_like_a_formula_is_a_text_and_stays_one(path: Path, text: str) -> None:
    cell = written(path, text)["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_what_looks_like_an_error_is_a_text(path: Path) -> None:
    assert written(path, "#N/A")["A2"].data_type == "s"


def test_dates_are_dates_where_the_day_is_known(path: Path) -> None:
    sheet = written(
        path, date(2026, 11, 5), PartialDate("1961-11-03"), PartialDate("1961-11"), PartialDate("1961"),
        PartialDate("1899-02-03"),
    )  # fmt: skip
    cells = [sheet[f"A{row}"] for row in range(2, 7)]
    assert [cell.value for cell in cells] == [
        datetime(2026, 11, 5), datetime(1961, 11, 3), "11/1961", "1961", "03/02/1899",  # noqa: DTZ001 - Excel knows no zones
    ]  # fmt: skip
    assert [cell.number_format for cell in cells[:2]] == ["dd/mm/yyyy", "dd/mm/yyyy"]


def test_moments_are_those_of_the_clock_here(path: Path) -> None:
    moment = datetime(2026, 11, 5, 12, 30, tzinfo=UTC)
    cell = written(path, moment)["A2"]
    assert (cell.value, cell.number_format) == (moment.astimezone().replace(tzinfo=None), "dd/mm/yyyy hh:mm")


def test_numbers_and_rates_are_numbers(path: Path) -> None:
    sheet = written(path, 32, 9.5, Percent(32, 35), Percent(0, 0), None, "")
    assert [sheet[f"A{row}"].value for row in range(2, 8)] == [32, 9.5, 32 / 35, None, None, None]
    assert sheet["A4"].number_format == "0.0%"


def test_signs_that_xml_has_none_for_are_left_out_and_long_texts_cut(path: Path) -> None:
    sheet = written(path, "a\x00\x0b\x1f\ufffeb", "x" * (LONGEST_TEXT + 1))
    assert sheet["A2"].value == "ab"
    assert len(sheet["A3"].value) == LONGEST_TEXT
    assert sheet["A3"].value.endswith("x…")


def test_the_header_stays_in_sight_and_is_printed_on_every_page(path: Path) -> None:
    sheet = written(path, "x", above=("CHI BỘ THÔN 4", "Danh sách"))
    assert [sheet[f"A{row}"].value for row in (1, 2, 3)] == ["CHI BỘ THÔN 4", "Danh sách", "Một"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    assert sheet.column_dimensions["A"].width == 20
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet["A3"].font.bold


def test_notes_offers_and_columns_of_text_help_to_fill_a_sheet_in(path: Path) -> None:
    table = Table(
        name="x",
        columns=[Column("Số CCCD", 16, "Ghi đủ số 0", text=True), Column("Giới tính")],
        rows=(),
        choices=[Choice(1, ("Nam", "Nữ"), "Xin chọn")],
    )
    write_table(path, table)
    sheet: Any = openpyxl.load_workbook(path).active
    assert sheet["A1"].comment.text == "Ghi đủ số 0"
    assert sheet.column_dimensions["A"].number_format == "@"
    (offer,) = sheet.data_validations.dataValidation
    assert (offer.formula1, str(offer.sqref), offer.errorStyle) == ('"Nam,Nữ"', "B2:B1001", "warning")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Năm 2026/2025 [mẫu]: *?", "Năm 2026 2025  mẫu"), ("", "1"), ("d" * 40, "d" * 31), ("'x'", "x")],
)
def test_any_name_becomes_one_that_a_sheet_can_have(path: Path, name: str, shown: str) -> None:
    write_table(path, Table(name=name, columns=[Column("Một")], rows=()))
    assert openpyxl.load_workbook(path).sheetnames == [shown]


def test_a_full_disk_leaves_the_file_that_was_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(path, "trước")
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    for place in ("os.fsync", "openpyxl.worksheet._write_only.WriteOnlyWorksheet.append"):
        with monkeypatch.context() as broken:
            broken.setattr(place, full)
            with pytest.raises(faults.DiskFull):
                written(path, "sau")
        assert path.read_bytes() == before
        assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_whatever_fails_the_file_is_the_old_one_or_the_new_one(path: Path, trouble: str) -> None:
    failed = 0
    for number in range(1, 40):
        written(path, "trước")
        before = path.read_bytes()
        mishap, fault = Mishap(path.parent, number, TROUBLES[trouble]), None
        table = Table(name="x", columns=[Column("Một")], rows=[["sau"]])
        with mishap.ahead():
            try:
                write_table(path, table)
            except faults.Fault as caught:
                fault = caught
        # A temporary file that cannot be taken away either may stay; it has no name that counts.
        assert [each.name for each in path.parent.glob("[!.]*")] == [path.name]
        if fault is None:
            assert read_grids(path)[0].rows == (("Một",), ("sau",))
        else:
            failed += 1
            assert path.read_bytes() == before
            assert len(fault.say(Messages("vi"))) < 200
        if not mishap.happened:
            break
    assert failed >= 3


def test_a_disk_that_is_really_full_is_told() -> None:
    with small_disk("40k") as folder:
        path = folder / "a.xlsx"
        written(path, "trước")
        before = path.read_bytes()
        with pytest.raises(faults.DiskFull):
            write_table(
                path,
                Table(
                    name="x",
                    columns=[Column("Một")],
                    rows=[[f"{number * 7919 % 100_003:x}" * 8] for number in range(5_000)],
                ),
            )
        assert path.read_bytes() == before
        assert [each.name for each in folder.iterdir()] == ["a.xlsx"]


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(faults.NotReadable):
        written(tmp_path / "gone" / "a.xlsx", "x")


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30
).map(lambda text: unicodedata.normalize("NFC", text))


# Making a sheet takes longer than a row of it: fewer sheets, with as many texts in all.
@settings(max_examples=20)
@given(st.lists(TEXTS, min_size=12, max_size=20))
def test_any_text_comes_back_from_the_sheet(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = tmp_path_factory.getbasetemp() / "texts.xlsx"
    written(path, *texts)
    (grid,) = read_grids(path)
    assert [row[0] for row in grid.rows[1:]] == texts
