"""Every kind of sheet gives the same roster; hostile ones one fault each, soon and in little memory."""

from __future__ import annotations

import codecs
import io
import random
import time
import tracemalloc
import unicodedata
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from rosters import write_roster
from workbooks import OLD_EXCEL, boundless_xls, encrypted_xlsx, far_cell, locked_xls, ods, xlsx_of, zipped

from sochibo import faults, files
from sochibo.storage.sheets.roster import Roster, read_roster
from sochibo.storage.sheets.sheets import Locked, NotExcel, read_grids

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 5)
CSV = "STT;Họ và tên;Ngày sinh;Số CCCD\n"
CSV += "1;Mai Thị Lan;19/5/1970;001170000123\n2;Trịnh Văn Đến;11/1961;099061000123\n"
HEADER = ["STT", "Họ và tên", "Ngày sinh", "Số CCCD"]


def read(folder: Path, name: str, data: bytes) -> Roster:
    path = folder / name
    path.write_bytes(data)
    return read_roster(path, TODAY)


def people(roster: Roster) -> list[tuple[str, str, str]]:
    return [
        (line.member.name, line.member.birth.iso if line.member.birth else "", line.member.identity_no)
        for line in roster.lines
    ]


BOTH = [("Mai Thị Lan", "1970-05-19", "001170000123"), ("Trịnh Văn Đến", "1961-11", "099061000123")]


def test_old_excel_is_read_with_its_merged_header() -> None:
    roster = read_roster(OLD_EXCEL, TODAY)
    assert people(roster) == BOTH
    assert roster.columns[3] == ("Ngày vào Đảng – Dự bị", "ceremony")
    assert [event.on and event.on.iso for event in roster.lines[0].events] == ["1998-02-03", "1999"]


def test_a_sheet_of_libreoffice_is_read_with_its_merged_header(tmp_path: Path) -> None:
    def spanning(text: str, wide: int, high: int) -> str:
        return (
            f'<table:table-cell office:value-type="string" table:number-columns-spanned="{wide}" '
            f'table:number-rows-spanned="{high}"><text:p>{text}</text:p></table:table-cell>'
        )

    covered = "<table:covered-table-cell/>"
    data = ods(
        [
            ["DANH SÁCH ĐẢNG VIÊN"],
            [spanning("Họ và tên", 1, 2), spanning("Ngày vào Đảng", 2, 1), covered, spanning("CCCD", 1, 2),
             spanning("Ngày sinh", 1, 2)],
            [covered, "Dự bị", "Chính thức", covered, covered],
            ["Mai Thị Lan", "1998-02-03", "1999", 1170000123, "1970-05-19"],
            ["Trịnh Văn Đến", "x", "x", "099061000123", "11/1961"],
        ],
        raw='<table:table-row table:number-rows-repeated="1048571">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
    )  # fmt: skip
    roster = read(tmp_path, "r.ods", data)
    assert people(roster) == BOTH
    assert roster.columns[1:3] == (
        ("Ngày vào Đảng – Dự bị", "ceremony"),
        ("Ngày vào Đảng – Chính thức", "official"),
    )


def windows_1258(text: str) -> bytes:
    """Encode as Vietnamese Windows did: some letters whole, the tone behind the others."""
    found = b""
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(sign for sign in apart if sign in "\u0300\u0301\u0303\u0309\u0323")
        whole = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in tone))
        found += (whole + tone).encode("cp1258")
    return found


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        CSV.replace(";", ",").encode(),
        CSV.replace(";", "\t").encode(),
        b"sep=;\r\n" + CSV.replace("\n", "\r\n").encode(),
        codecs.BOM_UTF8 + CSV.encode(),
        CSV.encode("utf-16"),
        CSV.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + CSV.encode("utf-16-be"),
        windows_1258(CSV),
        CSV.replace("001170000123", '"=""001170000123"""').encode(),
        unicodedata.normalize("NFD", CSV).encode(),
    ],
    ids=["utf-8", "comma", "tab", "sep", "bom", "utf-16", "no bom", "big", "1258", "kept as text", "nfd"],
)
def test_text_is_read_whatever_wrote_it(tmp_path: Path, data: bytes) -> None:
    assert people(read(tmp_path, "r.csv", data)) == BOTH


def test_commas_in_names_and_lines_in_cells_mislead_nobody(tmp_path: Path) -> None:
    text = 'Họ và tên;Ngày sinh;Quê quán\n"Mai Thị Lan";1970;"xã Đông Hòa, huyện Thử, tỉnh Mẫu"\n'
    text += '"Trịnh Văn Đến";1961;"thôn 4,\nxã Đông Hòa, huyện Thử"\n'
    roster = read(tmp_path, "r.csv", text.encode())
    assert [line.member.home_place for line in roster.lines] == [
        "xã Đông Hòa, huyện Thử, tỉnh Mẫu",
        "thôn 4, xã Đông Hòa, huyện Thử",
    ]


def test_what_is_inside_counts_and_not_the_name(tmp_path: Path) -> None:
    sound = write_roster(tmp_path / "a.xlsx", [HEADER, [1, "Mai Thị Lan", "19/5/1970", "001170000123"]])
    assert people(read(tmp_path, "b.xls", sound.read_bytes())) == BOTH[:1]
    assert people(read(tmp_path, "c.xlsx", OLD_EXCEL.read_bytes())) == BOTH


def test_an_empty_corner_keeps_the_numbers_of_rows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [],
        [],
        [None, None, *HEADER],
        [None, None, 1, "Mai Thị Lan", "19/5/1970", "001170000123"],
    ]
    (grid,) = read_grids(write_roster(tmp_path / "a.xlsx", rows))
    assert grid.rows[3][3] == "Mai Thị Lan"
    assert read_roster(tmp_path / "a.xlsx", TODAY).lines[0].number == 4


CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>'
FAR_SHEET = CELL + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
WITHOUT_NUMBERS = CELL + '<row r="1040000"><c/><c><v>1</v></c></row>' + "<row><c><v>1</v></c></row>" * 9
REPEATED = (
    '<table:table-row table:number-rows-repeated="1000000">'
    '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="1"/>'
    "</table:table-row>"
)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in zip("abcdefg", "bcdefgh", strict=True)
)
HOSTILE = {
    "zip bomb": (zipped({"xl/workbook.xml": b" " * 120 * 2**20}), files.TooLarge),
    "many parts": (zipped({f"xl/{number}.xml": b"" for number in range(2_100)}), files.TooLarge),
    "far cell": (xlsx_of(FAR_SHEET), files.TooLarge),
    "rows without numbers": (xlsx_of(WITHOUT_NUMBERS), files.TooLarge),
    "reserved rows of xls": (boundless_xls(), files.TooLarge),
    "far cell of xls": (far_cell(), files.TooLarge),
    "repeated cells of ods": (ods([], raw=REPEATED), files.TooLarge),
    "entities": (xlsx_of("<row><c><v>&h;</v></c></row>", head=LAUGHS + "]>"), NotExcel),
    "outer entity": (
        xlsx_of("<row/>", head='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), NotExcel,
    ),
    "broken xml": (xlsx_of("<row><c>"), NotExcel),
    "a zip of something else": (zipped({"word/document.xml": b"<a/>"}), NotExcel),
    "cut off": (xlsx_of(CELL)[:-40], NotExcel),
    "cut off xls": (OLD_EXCEL.read_bytes()[:3000], NotExcel),
    "password of xls": (locked_xls(), Locked),
    "password of xlsx": (encrypted_xlsx(), Locked),
    "bytes": (bytes(range(256)) * 40, NotExcel),
    "html": (b"<html><table><tr><td>x</td></tr></table></html>", NotExcel),
    "nothing": (b"", NotExcel),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_soon_and_in_little_memory(tmp_path: Path, name: str) -> None:
    data, fault = HOSTILE[name]
    path = tmp_path / "r.xlsx"
    path.write_bytes(data)
    tracemalloc.start()
    # The processor's seconds: what else the PC does meanwhile is not the file's fault.
    before = time.process_time()
    with pytest.raises(faults.Fault) as caught:
        read_roster(path, TODAY)
    assert caught.type is fault
    assert time.process_time() - before < 5
    assert tracemalloc.get_traced_memory()[1] < 300 * 2**20
    tracemalloc.stop()


def test_a_directory_of_a_zip_that_lies_is_not_believed(tmp_path: Path) -> None:
    # The true size is hidden from whoever asks the directory; the check sum gives the lie away.
    data = bytearray(zipped({"xl/workbook.xml": b"<a>" + b" " * 2**20 + b"</a>"}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(NotExcel):
        read(tmp_path, "r.xlsx", bytes(data))


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"a\0b" * 9 + b"x" * 90, b"\n\n", b'"a\nb' * 40_000])
def test_text_that_is_none_is_told(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(faults.Fault) as caught:
        read(tmp_path, "r.csv", data)
    assert caught.value.code in {"I01", "I02"}


def test_a_text_larger_than_any_list_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(files.TooLarge):
        read(tmp_path, "r.csv", b";" * (8 * 2**20 + 1))


def test_formats_down_to_the_last_row_are_no_people(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Họ và tên</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>Mai Thị Lan</t></is></c></row>'
        '<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"/></row>'
    )
    assert [line.member.name for line in read(tmp_path, "r.xlsx", xlsx_of(rows)).lines] == ["Mai Thị Lan"]


def spoilt(data: bytes, chance: random.Random) -> bytes:
    """Change, drop and repeat a few bytes."""
    made = bytearray(data)
    for _ in range(chance.choice([1, 2, 5])):
        at = chance.randrange(len(made))
        match chance.randrange(4):
            case 0:
                del made[at : at + chance.randrange(1, 40)]
            case 1:
                made[at:at] = made[at : at + chance.randrange(1, 40)]
            case _:
                made[at] = chance.choice([0, 1, 127, 255])
    return bytes(made)


@pytest.mark.parametrize("seed", range(4))
def test_damaged_sheets_are_read_or_refused_and_nothing_else(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - steady examples, no secrets
    sound = write_roster(tmp_path / "a.xlsx", [HEADER, [1, "Mai Thị Lan", "1970", "001170000123"]], ["A1:A1"])
    parts = {"xlsx": unpacked(sound.read_bytes()), "ods": unpacked(ods([HEADER, [1, "Mai Thị Lan"]]))}
    path, seen = tmp_path / "b.xlsx", set()
    for _ in range(60):
        kind = chance.choice(["xls", "xlsx", "ods"])
        if kind == "xls":
            data = spoilt(OLD_EXCEL.read_bytes(), chance)
        else:
            spoil = chance.choice(sorted(parts[kind]))
            data = zipped({**parts[kind], spoil: spoilt(parts[kind][spoil], chance)})
        path.write_bytes(data)
        try:
            read_grids(path)
            seen.add("read")
        except (NotExcel, Locked, files.TooLarge) as fault:
            seen.add(fault.code)
    assert {"read", "I01"} <= seen


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
