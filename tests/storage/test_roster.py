"""Rosters as offices write them: headers, dates, numbers, marks, standings; and files that are none."""

from __future__ import annotations

import unicodedata
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from rosters import write_roster

from sochibo import faults, files
from sochibo.rules.members.members import EventKind, Sex, standing_on
from sochibo.storage.sheets.roster import Roster, RosterLine, read_roster
from sochibo.storage.sheets.roster_sheet import NoNames, NoRows, UnknownField
from sochibo.storage.sheets.roster_values import number_text, proper_case, read_date
from sochibo.storage.sheets.roster_words import key, roster_words
from sochibo.storage.sheets.sheets import FileInUse, NotExcel

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Danh sách.xlsx"


def read(path: Path, *rows: list[Any], merged: tuple[str, ...] = ()) -> Roster:
    return read_roster(write_roster(path, rows, merged), TODAY)


def only(path: Path, header: list[str], row: list[Any]) -> RosterLine:
    (line,) = read(path, ["Họ và tên", *header], ["Trịnh Văn Đến", *row]).lines
    return line


def told(line: RosterLine) -> list[tuple[str, str | None]]:
    return [(event.kind.value, event.on.iso if event.on else None) for event in line.events]


def codes(line: RosterLine) -> list[str]:
    return [finding.code for finding in line.findings]


def test_a_header_is_found_below_titles_and_what_it_means_is_told(path: Path) -> None:
    roster = read(
        path,
        ["ĐẢNG BỘ XÃ ĐÔNG HÒA"],
        ["CHI BỘ THÔN 4", None, None, "Đông Hòa, ngày 05 tháng 11 năm 2026"],
        [],
        ["STT", "Họ và tên (khai sinh)", "Ngày, tháng, năm sinh", "Quê quán", "Số giày"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        [1, "Trịnh Văn Đến", "03/11/1961", "Đông Hòa", 41],
        [],
        ["Tổng cộng: 1 đảng viên"],
        [None, None, None, "T/M CHI BỘ"],
        [None, "Nguyễn Văn Mẫu"],
    )
    assert roster.columns == (
        ("STT", "register_no"),
        ("Họ và tên (khai sinh)", "name"),
        ("Ngày, tháng, năm sinh", "birth"),
        ("Quê quán", "home_place"),
    )
    assert roster.unknown == ("Số giày",)
    assert [(line.number, line.member.name, line.member.register_no) for line in roster.lines] == [
        (6, "Trịnh Văn Đến", "1")
    ]


def test_a_header_over_two_rows_with_merged_cells_is_read_downwards(path: Path) -> None:
    roster = read(
        path,
        ["DANH SÁCH ĐẢNG VIÊN"],
        ["TT", "Họ và tên", "Năm sinh", None, "Ngày vào Đảng", None, "Ghi chú"],
        [None, None, "Nam", "Nữ", "Dự bị", "Chính thức", None],
        [1, "Trịnh Văn Đến", 1961, None, "3/2/1985", "3/2/1986", None],
        ["Tổ đảng số 2", None, None, None, None, None, None],
        [2, "Mai Thị Lan", None, 1970, "1998", "1999", None],
        merged=("A1:G1", "A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "A5:G5"),
    )
    assert [
        (line.member.name, line.member.sex, line.member.birth and line.member.birth.iso)
        for line in roster.lines
    ] == [
        ("Trịnh Văn Đến", Sex.MALE, "1961"),
        ("Mai Thị Lan", Sex.FEMALE, "1970"),
    ]
    assert told(roster.lines[1]) == [("admission", "1998"), ("recognition", "1999")]


def test_a_header_over_two_rows_without_merged_cells_is_read_too(path: Path) -> None:
    roster = read(
        path,
        ["TT", "Họ tên", "Giới tính", None, "Ngày vào Đảng", None],
        [None, None, "Nam", "Nữ", "Dự bị", "Chính thức"],
        [1, "Mai Thị Lan", None, "x", "3/2/1985", "x"],
    )
    (line,) = roster.lines
    assert line.member.sex is Sex.FEMALE
    assert told(line) == [("admission", "1985-02-03"), ("recognition", None)]


def test_the_export_of_the_level_above_is_read(path: Path) -> None:
    (line,) = read(
        path,
        ["STT", "Họ và tên", "Số thẻ Đảng viên", "Số CCCD", "Ngày sinh", "Ngày kết nạp",
         "Chi bộ đang sinh hoạt", "Chi bộ nơi cư trú", "Trạng thái"],
        [1, unicodedata.normalize("NFD", "TRỊNH THỊ ĐẾN"), 1061000123, "001061000123", datetime(1961, 11, 3),  # noqa: DTZ001 - Excel knows no zones
         "03/02/1985", "Chi bộ Thôn 4", "", "Đang sinh hoạt"],
    ).lines  # fmt: skip
    assert (line.member.name, line.member.card_no, line.member.identity_no) == (
        "Trịnh Thị Đến", "001061000123", "001061000123",
    )  # fmt: skip
    assert line.member.birth is not None
    assert line.member.birth.iso == "1961-11-03"
    assert codes(line) == ["P42", "P43", "P46"]
    assert standing_on(line.events, TODAY).membership == "official"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("03/11/1961", "1961-11-03"),
        ("3-11-1961", "1961-11-03"),
        ("1961-11-03", "1961-11-03"),
        ("11/1961", "1961-11"),
        ("1961", "1961"),
        (1961, "1961"),
        (1961.0, "1961"),
        (datetime(1961, 11, 3), "1961-11-03"),  # noqa: DTZ001 - Excel knows no zones
        (22588, "1961-11-03"),
        ("ngày 3 tháng 11 năm 1961", "1961-11-03"),
    ],
)
def test_dates_are_read_with_the_precision_they_have(written: object, iso: str) -> None:
    found, unclear = read_date(written)
    assert found is not None
    assert (found.iso, unclear) == (iso, "")


@pytest.mark.parametrize("written", ["khoảng 1961", "31/02/1961", "?", 3, True])
def test_what_is_no_date_is_no_date(written: object) -> None:
    assert read_date(written)[0] is None


@pytest.mark.parametrize(
    ("written", "text", "filled"),
    [
        (1061000123, "001061000123", True),
        (31061000123.0, "031061000123", True),
        ("1061000123.0", "001061000123", True),
        ("'001 061 000 123", "001061000123", False),
        ("001061000123", "001061000123", False),
        (12345678, "12345678", False),
        ("chưa cấp", "chưa cấp", False),
        (None, "", False),
    ],
)
def test_lost_zeros_are_put_back_and_told(written: object, text: str, filled: bool) -> None:  # noqa: FBT001 - a case
    assert number_text(written) == (text, filled)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("NGUYỄN THỊ ĐÀO", "Nguyễn Thị Đào"),
        ("Nguyễn Thị Đào", "Nguyễn Thị Đào"),
        ("H'NƯ KA-SÔ", "H'Nư Ka-Sô"),
        ("", ""),
    ],
)
def test_names_in_capitals_are_written_as_names(written: str, name: str) -> None:
    assert proper_case(written) == name


@pytest.mark.parametrize(
    ("admitted", "official", "events"),
    [
        ("x", "x", [("admission", None), ("recognition", None)]),
        ("3/2/1985", "X", [("admission", "1985-02-03"), ("recognition", None)]),
        ("19/5/2026", "", [("admission", "2026-05-19")]),
        ("19/5/2026", "chưa", [("admission", "2026-05-19")]),
        ("", "02/1999", [("admission", None), ("recognition", "1999-02")]),
    ],
)
def test_party_dates_may_be_dates_or_marks(
    path: Path, admitted: str, official: str, events: list[tuple[str, str | None]]
) -> None:
    line = only(path, ["Đảng viên dự bị", "Đảng viên chính thức"], [admitted, official])
    assert told(line) == events
    assert codes(line) == []


def test_a_date_that_cannot_be_read_is_told_with_its_column(path: Path) -> None:
    line = only(
        path, ["Ngày sinh", "Ngày vào Đảng", "Ngày chính thức"], ["khoảng 1960", "hồi 1985?", "3/2/86"]
    )
    assert line.member.birth is None
    assert told(line) == [("admission", None), ("recognition", None)]
    assert [
        (finding.code, finding.fields["text"], finding.fields["column"]) for finding in line.findings
    ] == [
        ("P50", "khoảng 1960", "Ngày sinh"),
        ("P50", "hồi 1985?", "Ngày vào Đảng"),
        ("P50", "3/2/86", "Ngày chính thức"),
    ]


@pytest.mark.parametrize(
    ("status", "kind", "on"),
    [
        ("Miễn sinh hoạt", EventKind.EXEMPTION, None),
        ("Miễn công tác và SHĐ từ 01/2020", EventKind.EXEMPTION, "2020-01"),
        ("tạm miễn", EventKind.TEMPORARY_EXEMPTION, None),
        ("Sinh hoạt tạm thời đi", EventKind.TEMPORARY_OUT, None),
        ("SH tạm thời đến", EventKind.TEMPORARY_IN, None),
        ("Đình chỉ sinh hoạt", EventKind.SUSPENSION, None),
        ("Đã chuyển đi ngày 31/12/2024", EventKind.TRANSFER_OUT, "2024-12-31"),
        ("Đã qua đời 30/06/2025", EventKind.DEATH, "2025-06-30"),
        ("Xóa tên 01/2020", EventKind.STRIKE_OFF, "2020-01"),
    ],
)
def test_standings_become_events(path: Path, status: str, kind: EventKind, on: str | None) -> None:
    line = only(path, ["Ngày vào Đảng", "Ngày chính thức", "Trạng thái"], ["1985", "1986", status])
    assert told(line) == [("admission", "1985"), ("recognition", "1986"), (kind.value, on)]
    assert codes(line) == []


def test_a_standing_may_stand_in_the_note_alone(path: Path) -> None:
    header = ["Ngày vào Đảng", "Ngày chính thức", "Ghi chú"]
    assert told(only(path, header, ["1985", "1986", "Miễn sinh hoạt"]))[2:] == [("exemption", None)]
    assert told(only(path, header, ["1985", "1986", "vợ được miễn học phí"]))[2:] == []


def test_standings_that_need_a_person_s_eye_are_told(path: Path) -> None:
    header = ["Ngày vào Đảng", "Ngày chính thức", "Trạng thái"]
    assert codes(only(path, header, ["1985", "1986", "Khai trừ"])) == ["P48"]
    assert codes(only(path, header, ["1985", "1986", "Sinh hoạt tạm thời"])) == ["P49"]
    assert codes(only(path, header, ["1985", "1986", "đang đi biển"])) == ["P47"]
    assert codes(only(path, header, ["1985", "1986", "dự bị"])) == ["P44"]


def test_nobody_is_made_official_who_may_still_be_on_probation(path: Path) -> None:
    header = ["Ngày vào Đảng", "Trạng thái"]
    assert told(only(path, header, ["01/2025", ""])) == [("admission", "2025-01")]
    assert told(only(path, header, ["1985", "Đảng viên dự bị"])) == [("admission", "1985")]
    assert told(only(path, header, ["", "dự bị"])) == [("admission", None)]
    line = only(path, header, ["1985", ""])
    assert (told(line), codes(line)) == ([("admission", "1985"), ("recognition", None)], ["P46"])
    line = only(path, ["Ngày sinh"], ["1961"])
    assert (told(line), codes(line)) == ([("admission", None), ("recognition", None)], ["P45"])


def test_sex_is_read_from_one_column(path: Path) -> None:
    assert only(path, ["Giới tính (Nam/Nữ)"], ["nữ"]).member.sex is Sex.FEMALE
    line = only(path, ["Nam, nữ"], ["Nm"])
    assert (line.member.sex, codes(line)) == (None, ["P50", "P45"])


def test_a_phone_number_gets_back_its_zero(path: Path) -> None:
    assert only(path, ["SĐT"], [912345678]).member.phone == "0912345678"
    assert only(path, ["Số điện thoại"], ["0912 345 678"]).member.phone == "0912 345 678"


def test_a_row_without_a_name_is_told(path: Path) -> None:
    roster = read(
        path, ["STT", "Họ và tên", "Ngày sinh"], [1, None, "1961"], [2, None, None], [3, "Mai Lan", "1970"]
    )
    assert [(line.number, codes(line)) for line in roster.lines] == [(2, ["P41"]), (4, ["P45"])]


def test_the_sheet_with_the_people_is_found(path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Hướng dẫn điền danh sách"])
    book.create_sheet("Mẫu").append(["Họ và tên"])
    people = book.create_sheet("Đảng viên")
    people.append(["Họ và tên", "Ngày sinh"])
    people.append(["Mai Thị Lan", "1970"])
    book.save(path)
    assert read_roster(path, TODAY).sheet == "Đảng viên"


def test_files_that_are_no_roster_give_one_fault_each(tmp_path: Path) -> None:
    def fault_of(name: str, data: bytes) -> type[BaseException]:
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(faults.Fault) as caught:
            read_roster(path, TODAY)
        return caught.type

    assert fault_of("a.xlsx", b"") is NotExcel
    assert fault_of("b.xlsx", "Họ và tên,Ngày sinh\n".encode()) is NotExcel
    assert fault_of("c.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) is NotExcel
    sound = write_roster(tmp_path / "e.xlsx", [["Họ và tên"], ["Mai Thị Lan"]]).read_bytes()
    assert fault_of("f.xlsx", sound[: len(sound) // 2]) is NotExcel


def test_a_roster_without_names_or_people_says_which(path: Path, tmp_path: Path) -> None:
    with pytest.raises(NoNames):
        read(path, ["STT", "Ngày sinh"], [1, "1961"])
    with pytest.raises(NoRows):
        read(path, ["STT", "Họ và tên"], [1, None], ["Tổng cộng: 0"])
    with pytest.raises(NoNames):
        read(path)
    with pytest.raises(faults.NotReadable):
        read_roster(tmp_path / "none.xlsx", TODAY)


def test_a_workbook_that_would_swell_beyond_measure_is_not_opened(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(2):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as sheet:
                for _ in range(60):
                    sheet.write(bytes(2**20))
    with pytest.raises(files.TooLarge):
        read_roster(path, TODAY)


def test_a_workbook_that_excel_keeps_for_itself_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_roster(path, [["Họ và tên"], ["Mai Thị Lan"]])

    def deny(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", deny)
    with pytest.raises(FileInUse):
        read_roster(path, TODAY)


def test_every_field_of_the_words_file_is_one_that_is_read() -> None:
    words = roster_words()
    assert {"name", "birth", "identity_no", "ceremony", "official", "status"} <= set(words.columns.values())
    assert words.field_of(("HỌ VÀ TÊN *",)) == "name"
    assert words.field_of(("Ngày vào Đảng (DD/MM/YYYY)",)) == "ceremony"
    assert words.field_of(("Ngày vào Đảng chính thức",)) == "official"
    assert words.field_of(("Họ và tên cha",)) is None
    assert key("  Số CCCD/CMND: ") == "so cccd cmnd"


def test_names_that_sound_like_sums_are_people(path: Path) -> None:
    roster = read(
        path, ["Họ và tên", "Ngày sinh"], ["Tống Văn Mẫu", "1961"], ["TỐNG CÔNG MẪU", "1962"],
        ["Tong Van Mau", "1963"], ["Tổng cộng: 3", None], ["tong cong 3", None], ["CỘNG", None],
    )  # fmt: skip
    assert [line.number for line in roster.lines] == [2, 3, 4]


def test_a_masked_number_tells_nothing(path: Path) -> None:
    line = only(path, ["Số CCCD", "Số thẻ Đảng viên"], ["0010••••6789", "001061000123"])
    assert (line.member.identity_no, line.member.card_no) == ("", "001061000123")


HOUSE_HEADER = ["Số", "Tên gọi", "Đảng viên từ", "Năm sinh"]
HOUSE_ROW = [1, "Trịnh Văn Đến", "3/2/1985", "1961"]
CHOICE = {"Tên gọi": "name", "Đảng viên từ": "ceremony", "Năm sinh": ""}


def test_a_person_s_choice_of_columns_goes_before_what_headers_say(path: Path) -> None:
    write_roster(path, [["CHI BỘ THÔN 4"], HOUSE_HEADER, HOUSE_ROW])
    with pytest.raises(NoNames):
        read_roster(path, TODAY)
    roster = read_roster(path, TODAY, mapping=CHOICE)
    assert roster.columns == (("Tên gọi", "name"), ("Đảng viên từ", "ceremony"))
    assert roster.unknown == ("Số", "Năm sinh")
    assert (roster.lines[0].member.name, roster.lines[0].member.birth) == ("Trịnh Văn Đến", None)
    assert not roster.remembered


def test_a_choice_may_give_a_field_to_another_column_than_the_header_says(path: Path) -> None:
    write_roster(path, [["Họ và tên", "Tên khai sinh"], ["Năm Đến", "Trịnh Văn Đến"]])
    roster = read_roster(path, TODAY, mapping={"Tên khai sinh": "name"})
    assert (roster.columns, roster.unknown) == ((("Tên khai sinh", "name"),), ("Họ và tên",))


def test_a_layout_that_was_chosen_before_is_known_again(path: Path, tmp_path: Path) -> None:
    layout = read_roster(write_roster(path, [HOUSE_HEADER, HOUSE_ROW]), TODAY, mapping=CHOICE).layout
    header = ["SỐ", " tên  gọi", "Đảng viên từ:", "Năm sinh"]
    other = write_roster(tmp_path / "b.xlsx", [["Danh sách"], [], header, HOUSE_ROW])
    roster = read_roster(other, TODAY, layouts={layout: CHOICE, "another": {}})
    assert (roster.remembered, roster.layout, roster.lines[0].number) == (True, layout, 4)
    with pytest.raises(NoNames):
        read_roster(other, TODAY, layouts={"another": CHOICE})


def test_a_choice_of_a_field_that_is_none_is_refused(path: Path) -> None:
    write_roster(path, [HOUSE_HEADER, HOUSE_ROW])
    with pytest.raises(UnknownField):
        read_roster(path, TODAY, mapping={"Tên gọi": "nickname"})
