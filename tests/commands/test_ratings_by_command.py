"""Ratings entered from files, listed and counted by the command line."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from books import make_cell_book
from decisions import UNIT, WHOLE, lay_decision
from recordings import VIETNAM, Delivery
from shell import quick_keys

from sochibo import paths
from sochibo.book.book import Book
from sochibo.book.ratings import rating_files
from sochibo.book.ratings.decided_ratings import DecidedRatings
from sochibo.book.ratings.rating_readings import NO_LEVEL
from sochibo.commands.samples.ratings import ratings_csv
from sochibo.commands.samples.roster import ROSTER_DAY, write_roster
from sochibo.faults import Severity
from sochibo.rules.ratings.rating_decisions import DecidedMember
from sochibo.rules.ratings.ratings import Level

if TYPE_CHECKING:
    from pathlib import Path

    from shell import Shell

CAME = datetime(2026, 12, 30, 9, 0, tzinfo=VIETNAM)
CSV = """\
name;points_common;points_task;above_percent;all_done;proposed_level;votes_good;score_A;no_level;subject_note
Bùi Quang Án;29,5;65,5;40;x;HTXS;;;;
Phạm Thị Ân;;;;;;;;absent;
Trần Thị Bích;28;60;10;x;HTT;5;28;;
Lê Hoàng Đức;;;;;good;;;;
Nguyễn Văn Mẫu;;;;;HTT;;;;
Đỗ Minh Ước;;;;;HTNV;;;;
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "Chi bộ.sochibo"
    make_cell_book(path).close()
    return path


def written(tmp_path: Path, data: object, name: str = "ratings.json") -> Path:
    path = tmp_path / name
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), "utf-8")
    return path


def test_a_list_goes_in_by_csv_and_comes_out(shell: Shell, book: Path, tmp_path: Path) -> None:
    told = shell("rating", "set", book, "2026", written(tmp_path, "\ufeff" + CSV, "ratings.csv"), "--close")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == ["Ratings read for 2026: 6 members.", "The review of 2026 is closed."]
    listed = shell("rating", "list", book, "2026").out
    rows = {line.split("  ")[0]: line for line in listed.splitlines()}
    assert rows["Bùi Quang Án"].split()[3:] == ["95", "HTXS"]
    assert rows["Phạm Thị Ân"].endswith("Absent, not yet reviewed")
    assert rows["Hoàng Văn Ấm"].endswith("because of age or health")


def test_figures_count_proposed_and_decided_apart(shell: Shell, book: Path, tmp_path: Path) -> None:
    shell("rating", "set", book, "2026", written(tmp_path, CSV, "ratings.csv"))
    told = shell("rating", "figures", book, "2026").out
    members = next(line for line in told.splitlines() if line.startswith("All members"))
    assert members.split()[2:] == ["9", "5", "1", "3", "1", "0", "1", "80%", "33.3%", "25%"]
    assert told.splitlines()[-1] == "HTXS 1, cap 1 (20%)."
    figures = shell("rating", "figures", book, "2026", "--decided", "--json").json()
    assert figures["members"] == {
        "exempt": 3, "unrated": 6, "excellent": 0, "good": 0, "completed": 0, "not_completed": 0,
    }  # fmt: skip


def test_json_holds_ballots_and_the_cell_itself(shell: Shell, book: Path, tmp_path: Path) -> None:
    data = {
        "members": [{"name": "Lê Hoàng Đức", "scores": {"B": {"points": "62,5", "reason": "chậm"}, "A": 30}}],
        "organisation": {"points_common": 29, "points_task": 66, "own_level": "HTXS", "exemplary": True},
        "ballots": {"levels": {"method": "ballot", "present": 6, "issued": 6, "collected": 6, "valid": 6}},
    }  # fmt: skip
    told = shell("rating", "set", book, "2026", written(tmp_path, data))
    assert (told.code, told.out.strip()) == (0, "Ratings read for 2026: 1 members.")
    with Book.open(book, read_only=True) as opened:
        review = opened.ratings.of_year(2026)
        assert review is not None
        line = next(line for line in opened.ratings.lines(review.id) if line.name == "Lê Hoàng Đức")
        assert (line.rating.total_tenths, line.rating.computed_level) == (925, Level.EXCELLENT)
        assert line.scores["B"].reason == "chậm"
        assert opened.ratings.organisation(review.id).exemplary
        assert len(opened.ratings.ballots(review.id)) == 1


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ([{"name": "Ai Đó"}], "Line 1: Ai Đó is not on the list of this review. (R80)"),
        (
            [{"name": "Lê Hoàng Đức", "points_task": "bảy"}],
            "Line 1: “bảy” does not fit the column points_task. (R81)",
        ),
        (
            [{"name": "Lê Hoàng Đức", "points_task": "60,25"}],
            "Line 1: “60,25” does not fit the column points_task. (R81)",
        ),
        ([{"name": "Lê Hoàng Đức", "hat": 1}], "Line 1: there is no column called hat. (R82)"),
        (
            [{"name": "Lê Hoàng Đức"}, {"name": "lê hoàng đức"}],
            "Line 2: Lê Hoàng Đức stands in this file twice. (R84)",
        ),
        (
            [{"name": "Lê Hoàng Đức", "points_common": 31}],
            "Lê Hoàng Đức: 31 points are more than the 30 of the common criteria. (R05)",
        ),
        (
            [{"name": "Hoàng Văn Ấm", "proposed_level": "HTT"}],
            "Hoàng Văn Ấm is not rated this time, so there can be no level. (R10)",
        ),
        (
            [{"name": "Lê Hoàng Đức", "votes_good": 7, "vote_base": 6}],
            "Lê Hoàng Đức: 7 votes are entered, but there were only 6 valid papers. (R25)",
        ),
        (["Lê Hoàng Đức"], "The members must be a list of rows. (R86)"),
    ],
)
def test_a_file_with_a_slip_writes_nothing(
    shell: Shell, book: Path, tmp_path: Path, members: list[Any], says: str
) -> None:
    told = shell("rating", "set", book, "2026", written(tmp_path, {"members": members}))
    assert (told.code, told.err.strip()) == (1, says)
    with Book.open(book, read_only=True) as opened:
        review = opened.ratings.of_year(2026)
        assert review is None or not any(line.rating.id for line in opened.ratings.lines(review.id))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"ballots": {"hats": {}}}, "(R83)"),
        ({"ballots": {"levels": {"issued": "six"}}}, "(R83)"),
        ({"ballots": {"levels": {"present": 5, "issued": 6}}}, "(R21)"),
        ({"organisation": []}, "(R85)"),
        ({"organisation": {"hat": 1}}, "(R85)"),
        ({"organisation": {"points_task": 71}}, "(R05)"),
        ("[", "(C05)"),
        ("7", "(C05)"),
    ],
)
def test_the_rest_of_a_file_is_read_as_strictly(
    shell: Shell, book: Path, tmp_path: Path, data: object, code: str
) -> None:
    told = shell("rating", "set", book, "2026", written(tmp_path, data))
    assert told.code == 1
    assert code in told.err


def test_a_bare_list_is_a_list_of_members(shell: Shell, book: Path, tmp_path: Path) -> None:
    told = shell(
        "rating", "set", book, "2026", written(tmp_path, [{"name": "Lê Hoàng Đức", "form": "leader"}])
    )
    assert told.code == 0
    again = shell(
        "rating", "set", book, "2026", written(tmp_path, [{"name": "Lê Hoàng Đức", "nominated": "có"}])
    )
    assert again.code == 0


def test_years_without_a_review_or_rules(shell: Shell, book: Path, tmp_path: Path) -> None:
    told = shell("rating", "list", book, "2024")
    assert told.code == 1
    assert "No review of 2024 was begun in this book." in told.err
    told = shell("rating", "set", book, "2015", written(tmp_path, []))
    assert "No rules for rating are kept here for 2015" in told.err


def test_the_schema_names_every_column() -> None:
    text = (paths.shipped("resources") / "schemas" / "rating.json").read_text("utf-8")
    schema = json.loads(text)["properties"]
    named = set(schema["members"]["items"]["properties"]) | set(schema["organisation"]["properties"])
    assert named == {*rating_files.COLUMNS, "name", "card_no", "scores"}


def test_the_sample_goes_into_a_book_made_of_the_sample_roster(shell: Shell, tmp_path: Path) -> None:
    roster, ratings, path = tmp_path / "roster.xlsx", tmp_path / "ratings.csv", tmp_path / "new.sochibo"
    write_roster(roster)
    ratings.write_text(ratings_csv(ROSTER_DAY), "utf-8-sig")
    shell("new", path, "--name", "Chi bộ", "--superior", "Đảng bộ", "--place", "Đông Hòa")
    shell("import", path, roster)
    told = shell("rating", "set", path, "2026", ratings)
    assert (told.code, told.err) == (0, "")
    with Book.open(path, read_only=True) as opened:
        review = opened.ratings.of_year(2026)
        assert review is not None
        checked = opened.ratings.check(review.id)
        assert {finding.code for finding in checked if finding.severity is Severity.RED} <= {NO_LEVEL}
        assert all(reading.over == 0 for reading in opened.ratings.caps(review.id))


def test_a_decision_is_shown_and_only_taken_when_asked(
    shell: Shell, delivery: Delivery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick_keys(monkeypatch)
    stranger = DecidedMember("Lý Văn Khoa", "1990", UNIT, Level.GOOD)
    paper = lay_decision(delivery.copy_to(tmp_path), (*WHOLE, stranger))
    cell, read = tmp_path / "cell.sochibo", DecidedRatings.read
    # The day of the test is the day on which the stick came, whatever the clock says.
    monkeypatch.setattr(DecidedRatings, "read", lambda own, data, name, _now: read(own, data, name, CAME))
    told = shell("rating", "decision", cell, paper)
    assert told.code == 1
    assert "6 levels change" in told.out
    assert "Not taken in: Lý Văn Khoa (1990)" in told.out
    with Book.open(cell, read_only=True) as opened:
        assert not any(line.rating.decided_level for line in opened.ratings.lines(review_of(opened)))
    assert "in the book" in shell("rating", "decision", cell, paper, "--take").out
    with Book.open(cell, read_only=True) as opened:
        assert sum(bool(line.rating.decided_level) for line in opened.ratings.lines(review_of(opened))) == 6
    assert "0 levels change" in shell("rating", "decision", cell, paper).out


def review_of(book: Book) -> str:
    found = book.ratings.of_year(2026)
    assert found is not None
    return found.id
