"""Lists by command: written, never over a file unasked, filled in and read again."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from rosters import write_roster
from workbooks import OLD_EXCEL, ods

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell, World


@pytest.fixture
def cell(world: World, tmp_path: Path) -> Path:
    return shutil.copyfile(world.cell, tmp_path / "s.sochibo")


def texts(path: Path) -> str:
    sheet: Any = openpyxl.load_workbook(path).active
    return "\n".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row if value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("members", "--on", "2025-11-30"), "Nguyễn Văn Bưởi"),
        (("meetings", "--year", "2025"), "Regular meeting"),
        (("attendance", "--year", "2025"), "Nguyễn Văn Bưởi"),
        (("documents",), "01-BB/CB"),
        (("history",), "Read the roster"),
    ],
)
def test_every_list_is_written(
    cell: Path, shell: Shell, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    before = cell.read_bytes()
    out = tmp_path / "danh sách.xlsx"
    done = shell("export", cell, words[0], out, *words[1:])
    assert (done.code, done.out.strip()) == (0, "Written: danh sách.xlsx")
    assert said in texts(out)
    assert cell.read_bytes() == before


def test_numbers_are_masked_until_somebody_says_otherwise(cell: Path, shell: Shell, tmp_path: Path) -> None:
    shell("export", cell, "members", tmp_path / "a.xlsx", "--on", "2025-11-30")
    shell("export", cell, "members", tmp_path / "b.xlsx", "--on", "2025-11-30", "--full-numbers")
    assert ("••••" in texts(tmp_path / "a.xlsx"), "••••" in texts(tmp_path / "b.xlsx")) == (True, False)


def test_no_file_is_written_over_unasked(cell: Path, shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    out.write_bytes(b"mine")
    for words in (("export", cell, "history", out), ("template", out)):
        done = shell(*words)
        assert (done.code, "(C12)" in done.err, out.read_bytes()) == (1, True, b"mine")
    assert shell("template", out, "--replace").code == 0
    assert out.read_bytes().startswith(b"PK")


def test_a_folder_that_is_not_there_is_told(cell: Path, shell: Shell, tmp_path: Path) -> None:
    done = shell("export", cell, "history", tmp_path / "none" / "a.xlsx")
    assert (done.code, "(K03)" in done.err) == (1, True)


def test_the_template_filled_in_is_read(cell: Path, shell: Shell, tmp_path: Path) -> None:
    out = tmp_path / "mẫu.xlsx"
    assert shell("template", out, language="vi").code == 0
    book: Any = openpyxl.load_workbook(out)
    book.active.append([1, "Mai Thị Lan"])
    book.save(out)
    done = shell("import", cell, out)
    assert done.code == 0
    assert "1 rows; new 1, known 0, left out 0." in done.out


def test_other_kinds_of_sheet_are_read(cell: Path, shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "b.ods").write_bytes(ods([["Họ và tên"], ["Hồ Văn Ba"]]))
    (tmp_path / "c.csv").write_text("STT;Họ và tên\n1;Hồ Văn Tư\n", "utf-16")
    for path, new in ((OLD_EXCEL, 2), (tmp_path / "b.ods", 1), (tmp_path / "c.csv", 1)):
        done = shell("import", cell, path, "--dry-run")
        assert (done.code, f"new {new}, known 0" in done.out) == (0, True), path


def test_a_choice_of_columns_is_remembered(cell: Path, shell: Shell, tmp_path: Path) -> None:
    roster = write_roster(tmp_path / "r.xlsx", [["Tên gọi", "Từ"], ["Mai Thị Lan", "1998"]])
    assert "(I02)" in shell("import", cell, roster).err
    assert "(I07)" in shell("import", cell, roster, "--column", "Tên gọi=nick").err
    chosen = ("--column", "Tên gọi=name", "--column", "Từ=ceremony")
    assert "chosen before" not in shell("import", cell, roster, *chosen).out
    again = shell("import", cell, roster, "--dry-run")
    assert "The columns are those chosen before for such a list." in again.out
    assert "new 0, known 1" in again.out
