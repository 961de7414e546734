"""The tables for whoever analyses: every column explained, every value of its type, in CSV and in Parquet."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from recordings import noon

from sochibo.book.rollups import open_data
from sochibo.book.rollups.open_data_columns import TABLES, Kind
from sochibo.messages import Messages
from sochibo.rules.periods import parse_period

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.book import Book

TODAY = date(2026, 11, 5)
YEAR = parse_period("2026")
WORDS = Messages("vi")
TYPES = {Kind.TEXT: str, Kind.COUNT: int, Kind.DAY: date}


@pytest.fixture
def made(committee: Book, stick: Path) -> dict[str, Any]:
    """Return the tables of a committee that received a summary, with a unit that was named in bad faith."""
    committee.units.found('=HYPERLINK("x")', date(2026, 2, 1))
    committee.units.found(unicodedata.normalize("NFD", "Chi bộ Thôn Đông"), date(2026, 2, 1))
    committee.inbox.receive([stick], noon(date(2026, 12, 3)))
    return dict(open_data.tables(committee, YEAR, TODAY))


def test_every_value_is_of_its_columns_type(made: dict[str, Any]) -> None:
    for table in TABLES:
        assert made[table.name]
        for row in made[table.name]:
            assert set(row) == {column.name for column in table.columns}
            for column in table.columns:
                value = row[column.name]
                assert value is None or type(value) is TYPES[column.kind], column
                assert value != "" or table.name == "indicator-list"
                assert not isinstance(value, str) or unicodedata.is_normalized("NFC", value)
        keys = [tuple(row[name] for name in table.key) for row in made[table.name]]
        assert None not in {part for key in keys for part in key}
        assert len(set(keys)) == len(keys)


def test_months_of_one_length_add_up_to_the_year(made: dict[str, Any]) -> None:
    by_length = {
        length: sum(row["attendance_of"] for row in made["rollup"] if row["period_kind"] == length)
        for length in ("year", "month")
    }
    assert by_length["year"] == by_length["month"] > 0


def test_the_package_explains_every_column_of_the_csv_beside_it(made: dict[str, Any], tmp_path: Path) -> None:
    *written, package = open_data.write_csv(made, tmp_path, YEAR, WORDS)
    told = json.loads(package.read_bytes())
    assert [one["path"] for one in told["resources"]] == [path.name for path in written]
    for path, resource in zip(written, told["resources"], strict=True):
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        head = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert [field["name"] for field in resource["schema"]["fields"]] == head
        assert all(field["title"] for field in resource["schema"]["fields"])


def test_no_name_of_a_unit_becomes_a_formula(made: dict[str, Any], tmp_path: Path) -> None:
    path, *_ = open_data.write_csv(made, tmp_path, YEAR, WORDS)
    units = {row["unit"] for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))}
    assert '\'=HYPERLINK("x")' in units
    assert not any(unit.startswith(("=", "+", "-", "@")) for unit in units)


def test_a_table_without_rows_still_has_its_columns(tmp_path: Path) -> None:
    path, *_ = open_data.write_csv({table.name: [] for table in TABLES}, tmp_path, YEAR, WORDS)
    assert path.read_text("utf-8-sig").startswith("period,period_kind,")


def test_parquet_gives_every_value_back(made: dict[str, Any], tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet is an extra")
    written = open_data.write_parquet(made, tmp_path, YEAR, WORDS)
    for path, table in zip(written, TABLES, strict=False):
        assert parquet.read_table(path).to_pylist() == [
            {column.name: row[column.name] for column in table.columns} for row in made[table.name]
        ]
