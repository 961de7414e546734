"""The papers around a meeting by command: drafts, numbers, replacements."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from sochibo.documents.papers import page_texts

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell, World


@pytest.fixture
def cell(world: World, tmp_path: Path) -> Path:
    return shutil.copyfile(world.cell, tmp_path / "s.sochibo")


@pytest.fixture
def day(world: World) -> str:
    """Return the day of the one meeting."""
    from sochibo.book.book import Book

    with Book.open(world.cell, read_only=True) as book:
        return book.meetings.lines(book.meetings.years()[0])[0].meeting.on.isoformat()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("notice", "THÔNG BÁO"),
        ("programme", "CHƯƠNG TRÌNH"),
        ("sign-in-sheet", "DANH SÁCH"),
        ("score-sheet", "PHIẾU CHẤM ĐIỂM"),
        ("resolution", "NGHỊ QUYẾT"),
    ],
)
def test_every_paper_is_written_as_a_draft(
    cell: Path, shell: Shell, tmp_path: Path, day: str, kind: str, said: str
) -> None:
    done = shell("paper", cell, kind, "--meeting", day, "--out", tmp_path / "out")
    assert (done.code, done.out.strip()) == (0, f"{day} {kind}.pdf")
    assert said in page_texts((tmp_path / "out" / f"{day} {kind}.pdf").read_bytes())[0]


def test_the_attendance_of_a_year_is_written(cell: Path, shell: Shell, tmp_path: Path, day: str) -> None:
    done = shell("paper", cell, "attendance", "--year", day[:4], "--out", tmp_path)
    assert done.code == 0
    assert "BẢNG TỔNG HỢP" in page_texts((tmp_path / f"{day[:4]} attendance-matrix.pdf").read_bytes())[0]


def test_the_minutes_book_of_a_year_is_written(cell: Path, shell: Shell, tmp_path: Path, day: str) -> None:
    done = shell("paper", cell, "minutes-book", "--year", day[:4], "--out", tmp_path)
    assert done.code == 0
    assert "SỔ BIÊN BẢN" in page_texts((tmp_path / f"{day[:4]} minutes-book.pdf").read_bytes())[0]


def test_an_issued_paper_keeps_its_number_until_it_is_replaced(
    cell: Path, shell: Shell, tmp_path: Path, day: str
) -> None:
    words = ("paper", cell, "resolution", "--meeting", day, "--out", tmp_path)
    for _ in range(2):
        assert "01-NQ/CB" in shell(*words, "--issue").out
    replaced = shell(*words, "--revise", "--number", "5")
    assert "05-NQ/CB" in replaced.out
    refused = shell(*words, "--revise", "--number", "1")
    assert refused.code == 1
    assert "Q90" in refused.err


def test_what_cannot_be_written_is_said(cell: Path, shell: Shell, tmp_path: Path, day: str) -> None:
    nowhere = shell("paper", cell, "notice", "--meeting", "1999-01-01", "--out", tmp_path / "out")
    assert (nowhere.code, "C16" in nowhere.err) == (1, True)
    sheet = shell("paper", cell, "sign-in-sheet", "--meeting", day, "--issue", "--out", tmp_path / "out")
    assert (sheet.code, "C17" in sheet.err) == (1, True)
    assert not (tmp_path / "out").exists()


def test_a_quarter_is_summed_up_by_command(cell: Path, shell: Shell, tmp_path: Path, day: str) -> None:
    quarter = f"{day[:4]}-Q{(int(day[5:7]) - 1) // 3 + 1}"
    done = shell("report", cell, "--period", quarter, "--out", tmp_path)
    assert done.code == 0
    assert list(tmp_path.glob(f"{quarter} BC *.pdf"))
    wrong = shell("report", cell, "--period", "2026-Q9", "--out", tmp_path)
    assert wrong.code == 2


def test_the_sheet_for_the_e_handbook_tells_its_boxes_to_other_programs(
    cell: Path, shell: Shell, tmp_path: Path, day: str
) -> None:
    done = shell("paper", cell, "coexistence", "--meeting", day, "--out", tmp_path, "--json")
    told = json.loads(done.out)
    assert (done.code, told["file"]) == (0, f"{day} coexistence.pdf")
    assert told["verified"] is False
    assert told["edition"]
    boxes = {one["value"]: one for one in told["fields"]}
    assert boxes["day"]["text"] == "/".join(reversed(day.split("-")))
    assert boxes["minutes"]["text"].startswith("Biên bản số ")
    assert {one["state"] for one in told["fields"]} == {"open", "empty"}
    assert "PHIẾU ĐỐI CHIẾU" in page_texts((tmp_path / told["file"]).read_bytes())[0]
    refused = shell("paper", cell, "coexistence", "--meeting", day, "--issue", "--out", tmp_path)
    assert (refused.code, "C17" in refused.err) == (1, True)
    issued = shell("paper", cell, "notice", "--meeting", day, "--issue", "--out", tmp_path, "--json")
    assert json.loads(issued.out)["number"] == "01-TB/CB"
