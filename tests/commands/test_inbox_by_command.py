"""Received files listed, decided, judged again and answered by commands; the cell takes its slips in."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from shell import quick_keys

if TYPE_CHECKING:
    from shell import Shell, World


@pytest.fixture
def committee(world: World, tmp_path: Path, shell: Shell) -> Path:
    """Return a committee's book that received the cell's summary and minutes."""
    path = Path(shutil.copy(world.committee, tmp_path / "committee.sochibo"))
    assert shell("receive", path, world.stick).code == 0
    return path


def test_what_was_received_is_listed_with_what_becomes_of_it(shell: Shell, committee: Path) -> None:
    listed = shell("inbox", "list", committee, "--json").json()
    assert {(one["kind"], one["counts"], one["decision"]) for one in listed} == {
        ("summary", True, None), ("minutes", True, None),
    }  # fmt: skip
    said = shell("inbox", "list", committee)
    assert said.code == 0
    assert "Chi bộ Thôn 4" in said.out


def test_files_are_returned_set_aside_and_accepted_by_their_digest(shell: Shell, committee: Path) -> None:
    first, second = shell("inbox", "list", committee, "--json").json()
    without_a_word = shell("inbox", "return", committee, first["id"])
    assert (without_a_word.code, "X03" in without_a_word.err) == (1, True)
    assert shell("inbox", "return", committee, first["sha256"][:10], "--remark", "Xem lại.").code == 0
    assert shell("inbox", "aside", committee, second["id"]).code == 0
    listed = shell("inbox", "list", committee, "--json").json()
    assert [(one["decision"], one["counts"]) for one in listed] == [("returned", False), ("set_aside", False)]
    assert shell("inbox", "accept", committee, first["id"], second["id"]).code == 0
    assert all(one["counts"] for one in shell("inbox", "list", committee, "--json").json())
    unknown = shell("inbox", "accept", committee, "zzz")
    assert (unknown.code, "C09" in unknown.err) == (1, True)


def test_nothing_in_doubt_is_judged_again(shell: Shell, committee: Path) -> None:
    assert shell("inbox", "judge", committee, "--json").json() == []


def test_slips_go_out_with_one_passphrase_and_the_cell_takes_them_in(
    shell: Shell, world: World, committee: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_keys(monkeypatch)
    secret = ("--passphrase-file", world.secret)
    assert shell("key", "make", committee, "--person", "Đào Thị Mơ", *secret).code == 0
    back = tmp_path / "back"
    written = shell("inbox", "slips", committee, "--out", back, *secret)
    assert written.code == 0
    assert len(list(back.glob("*.pdf"))) == 1
    assert shell("inbox", "slips", committee, "--out", back, *secret).out.strip() == "Slips written: 0"
    cell = shutil.copy(world.cell, tmp_path / "cell.sochibo")
    untrusting = shell("receive", cell, back)
    assert (untrusting.code, "X22" in untrusting.err) == (1, True)
    shutil.copy(world.trust, back / "trust.json")
    shell("committee", "trust", committee, back / "trust.json")
    unknown = shell("receive", cell, back)
    assert (unknown.code, "--compared" in unknown.err) == (1, True)
    assert shell("key", "trust", cell, back / "trust.json", "--compared").code == 0
    taken = shell("receive", cell, back, "--json")
    assert taken.code == 0
    assert {(one["kind"], one["period"]) for one in taken.json()} == {
        ("receipt", "2025-11"), ("receipt", "2025-11-03"),
    }  # fmt: skip
    assert "Receipt" in shell("receive", cell, back).out


def test_verify_says_what_became_of_every_question(shell: Shell, world: World) -> None:
    (judged,) = shell("verify", world.sealed, "--trust", world.trust, "--json").json()
    assert {check["outcome"] for check in judged["checks"]} == {"fine"}
    assert len(judged["checks"]) > 8
