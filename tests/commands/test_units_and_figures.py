"""The tree of units, roll-ups and indicators by command, as tables, JSON, CSV and papers."""

from __future__ import annotations

import csv
import importlib.util
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell, World


@pytest.fixture
def committee(world: World, tmp_path: Path) -> Path:
    made = tmp_path / "committee.sochibo"
    shutil.copyfile(world.committee, made)
    return made


def test_the_tree_is_changed_and_bridged_by_command(shell: Shell, committee: Path, tmp_path: Path) -> None:
    for arguments in (
        ("add", committee, "Chi bộ Thôn 5", "--type", "cell", "--on", "2025-03-01"),
        ("add", committee, "Chi bộ Thôn 6", "--on", "2025-03-01"),
        ("rename", committee, "chi bo thon 6", "Chi bộ Xóm Chùa", "--on", "2025-04-01"),
        ("merge", committee, "Chi bộ Thôn 5", "Chi bộ Xóm Chùa", "--into", "Chi bộ Thôn 56", "--on",
         "2025-07-01", "--decision", "QĐ 9-QĐ/ĐU"),
        ("split", committee, "Chi bộ Thôn 56", "Chi bộ A", "Chi bộ B", "--on", "2025-08-01"),
        ("move", committee, "Chi bộ B", "--below", "Chi bộ A", "--on", "2025-08-02"),
        ("close", committee, "Chi bộ B", "--on", "2025-09-01"),
    ):  # fmt: skip
        done = shell("unit", *arguments)
        assert done.code == 0, done.err
    names = [one["name"] for one in shell("unit", "list", committee, "--on", "2025-06-30", "--json").json()]
    assert names == ["Chi bộ Thôn 4", "Chi bộ Thôn 5", "Chi bộ Xóm Chùa"]
    told = shell("unit", "bridge", committee, "--period", "2025", "--json").json()
    assert told["at_end"] - told["at_start"] == sum(line["change"] for line in told["lines"]) + 1
    paper = shell("unit", "bridge", committee, "--period", "2025", "--out", tmp_path / "out")
    assert paper.code == 0, paper.err
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 1


def test_a_unit_that_is_none_is_named(shell: Shell, committee: Path) -> None:
    done = shell("unit", "close", committee, "Chi bộ Không có")
    assert done.code == 1
    assert "Chi bộ Không có" in done.err


def test_figures_are_written_for_other_programs(
    shell: Shell, world: World, committee: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    shutil.copyfile(world.sealed, stick / world.sealed.name)
    assert shell("receive", committee, stick).code == 0
    told = shell("rollup", committee, "--period", "2025-Q4", "--json").json()
    assert told["reported"] == {"numerator": 1, "denominator": 1}
    assert told["total"]["papers"] == {"numerator": 1, "denominator": 3}
    done = shell("rollup", committee, "--period", "2025", "--csv", tmp_path / "open")
    assert done.code == 0, done.err
    with (tmp_path / "open" / "rollup-2025.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["period"] for row in rows} >= {"2025", "2025-11"}
    assert [row["members"] for row in rows if row["period"] == "2025-11"] == [str(told["total"]["members"])]
    counts = {one["indicator"]: one["number"] for one in
              shell("indicators", committee, "--period", "2025", "--json").json()}  # fmt: skip
    assert counts["members"] == told["total"]["members"]
    assert "Members" in shell("indicators", committee, "--period", "2025").out
    empty = shell("rollup", committee, "--period", "2025-Q3", "--out", tmp_path / "out")
    assert (empty.code, "(Q83)" in empty.err, (tmp_path / "out").exists()) == (1, True, False)
    assert shell("unit", "add", committee, "Chi bộ Thôn 9", "--on", "2025-06-01").code == 0
    issued = shell("rollup", committee, "--period", "2025-Q4", "--out", tmp_path / "out")
    assert (issued.code, "1 of 2 units" in issued.out) == (0, True)


def test_parquet_is_written_or_its_lack_is_told(shell: Shell, committee: Path, tmp_path: Path) -> None:
    done = shell("rollup", committee, "--period", "2025", "--parquet", tmp_path / "open")
    if importlib.util.find_spec("pyarrow") is None:
        assert done.code == 1
        assert "parquet" in done.err.lower()
    else:
        assert len(list((tmp_path / "open").glob("*.parquet"))) == 3


def test_a_cell_has_indicators_and_no_roll_up(shell: Shell, world: World, tmp_path: Path) -> None:
    cell = tmp_path / "cell.sochibo"
    shutil.copyfile(world.cell, cell)
    assert shell("rollup", cell, "--period", "2025-11", "--json").code == 1
    assert shell("rollup", cell, "--period", "2025-11").code == 2
    done = shell("indicators", cell, "--period", "2025", "--out", tmp_path / "out")
    assert done.code == 0, done.err
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 1
