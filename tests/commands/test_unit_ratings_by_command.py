"""A committee's ratings by command: units side by side, decisions from a file, and the papers."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_committee_book
from received_ratings import lay_ratings

from sochibo.rules.ratings.ratings import Level

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell


@pytest.fixture
def committee(tmp_path: Path) -> Path:
    path = tmp_path / "c.sochibo"
    with make_committee_book(path) as book:
        for n in (4, 5):
            unit_id = book.units.found(f"Chi bộ Thôn {n}", date(2026, 1, 1))
            if n == 4:
                lay_ratings(book, unit_id)
            else:
                lay_ratings(book, unit_id, {"Hứa Văn Gừng": Level.GOOD, "Tô Văn Nghệ": Level.GOOD})
    return path


def test_units_are_told_as_a_table_and_as_json(shell: Shell, committee: Path) -> None:
    done = shell("rating", "units", committee, "--period", "2026", "--members")
    assert done.code == 0, done.err
    for said in ("Chi bộ Thôn 4", "Trần Thị Bích", "HTXS"):
        assert said in done.out
    told = shell("rating", "units", committee, "--period", "2026", "--members", "--json").json()
    assert [one["unit"] for one in told["units"]] == ["Chi bộ Thôn 4", "Chi bộ Thôn 5"]
    assert (told["cap"], told["units"][0]["figures"]["excellent"], len(told["members"])) == (1, 2, 8)


def test_a_file_decides_as_one_act_and_papers_follow(shell: Shell, committee: Path, tmp_path: Path) -> None:
    refused = shell("rating", "paper", committee, "members", "--period", "2026", "--out", tmp_path / "out")
    assert refused.code == 1
    assert "cap" in refused.err
    rows = tmp_path / "decided.csv"
    rows.write_text(
        "unit;name;birth;level;reason;exemplary\n"
        "chi bo thon 4;Trần Thị Bích;1961;HTT;Giữ trong trần;\n"
        "Chi bộ Thôn 5;;;HTXS;;x\n", "utf-8",
    )  # fmt: skip
    done = shell("rating", "decide", committee, rows, "--period", "2026", "--held-on", "2027-01-06")
    assert done.code == 0, done.err
    told = shell("rating", "units", committee, "--period", "2026", "--members", "--json").json()
    bich = next(one for one in told["members"] if one["name"] == "Trần Thị Bích")
    assert (bich["proposed"], bich["decided"], bich["reason"]) == ("excellent", "good", "Giữ trong trần")
    assert [(one["decided"], one["exemplary"]) for one in told["units"]][1] == ("excellent", True)
    decision = shell("rating", "paper", committee, "members", "--period", "2026", "--json").json()
    assert sum(one["level"] == "excellent" for one in decision["members"]) == 1
    for paper in ("members", "cells", "report", "cap"):
        made = shell("rating", "paper", committee, paper, "--period", "2026", "--out", tmp_path / "out")
        assert made.code == 0, made.err
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 4


def test_lines_that_cannot_be_read_change_nothing(shell: Shell, committee: Path, tmp_path: Path) -> None:
    rows = tmp_path / "decided.json"
    rows.write_text(
        json.dumps([
            {"unit": "Chi bộ Thôn 9", "level": "HTT"}, {"unit": "Chi bộ Thôn 4", "level": "rất tốt"},
            {"unit": "Chi bộ Thôn 4", "name": "Nguyễn Văn Không", "level": "HTT"},
            {"unit": "Chi bộ Thôn 5", "name": "Hứa Văn Gừng", "level": "HTXS"},
        ]), "utf-8",
    )  # fmt: skip
    done = shell("rating", "decide", committee, rows, "--period", "2026")
    assert done.code == 1
    for said in ("Chi bộ Thôn 9", "rất tốt", "Nguyễn Văn Không"):
        assert said in done.err
    told = shell("rating", "units", committee, "--period", "2026", "--members", "--json").json()
    assert all(one["proposed"] == one["decided"] for one in told["members"])


def test_one_cap_note_lets_the_decision_out(shell: Shell, committee: Path, tmp_path: Path) -> None:
    empty = tmp_path / "nothing.json"
    empty.write_text("[]", "utf-8")
    noted = shell("rating", "decide", committee, empty, "--period", "2026", "--cap-note", "Được đồng ý")
    assert noted.code == 0, noted.err
    made = shell("rating", "paper", committee, "members", "--period", "2026", "--out", tmp_path / "out")
    assert made.code == 0, made.err
