"""What a new user gives by mistake: the other kind of book, a stick with one's own papers, no file at all."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sochibo.book.book import Book

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell, World


def test_members_meetings_and_ratings_are_no_matter_of_a_committee_s_book(
    shell: Shell, world: World, tmp_path: Path
) -> None:
    committee = shutil.copy(world.committee, tmp_path / "committee.sochibo")
    ratings = tmp_path / "ratings.csv"
    ratings.write_text("name,level\nNguyễn Văn Bưởi,good\n", "utf-8")
    for words in (
        ("import", committee, world.roster),
        ("meeting", "add", committee, world.meeting),
        ("rating", "set", committee, "2026", ratings),
    ):
        said = shell(*words)
        assert (said.code, "C24" in said.err) == (1, True), said
    with Book.open(tmp_path / "committee.sochibo") as book:
        assert book.members.names() == {}


def test_a_stick_with_one_s_own_papers_alone_is_told_so(shell: Shell, world: World, tmp_path: Path) -> None:
    cell = shutil.copy(world.cell, tmp_path / "cell.sochibo")
    shell("key", "trust", cell, world.trust, "--compared")
    said = shell("receive", cell, world.stick)
    assert (said.code, said.err) == (0, "")
    assert said.out.strip() == "Nothing there is meant for this unit."
    assert shell("receive", cell, world.stick, "--json").json() == []


@pytest.mark.parametrize(
    "words",
    [
        ("receive", "none.sochibo", ".", "--json"),
        ("verify", "none.pdf", "--json"),
        ("inbox", "list", "none.sochibo", "--json"),
        ("rollup", "none.sochibo", "--period", "2026", "--out", "x", "--json"),
    ],
    ids=lambda words: words[0],
)
def test_what_is_refused_is_json_too(shell: Shell, words: tuple[str, ...]) -> None:
    said = shell(*words)
    assert (said.code, said.json()["error"]["code"]) == (1, "K03")
    assert said.json()["error"]["sentence"] in said.err


def test_the_state_of_a_signer_is_said_in_words(shell: Shell, world: World) -> None:
    said = shell("committee", "signers", world.committee, language="vi")
    assert "signs" not in said.out


def test_a_paper_without_a_number_is_named_without_a_gap(shell: Shell, world: World, tmp_path: Path) -> None:
    cell = shutil.copy(world.cell, tmp_path / "cell.sochibo")
    request = tmp_path / "request.pdf"
    assert shell("key", "request", cell, request, "--passphrase-file", world.secret).code == 0
    assert ", ," not in shell("verify", request).out


def test_nothing_is_told_of_a_month_that_has_not_come(shell: Shell, world: World, tmp_path: Path) -> None:
    cell = shutil.copy(world.cell, tmp_path / "cell.sochibo")
    said = shell("report", cell, "--period", "2999-05", "--out", tmp_path / "stick")
    assert (said.code, "Q82" in said.err) == (1, True)
    assert list(tmp_path.rglob("*.pdf")) == []
    with Book.open(tmp_path / "cell.sochibo") as book:
        assert [one.period for one in book.reports.documents() if one.period.startswith("2999")] == []
