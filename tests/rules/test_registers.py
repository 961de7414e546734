"""Companion registers: every one has its columns, and a line is judged before it is recorded."""

from __future__ import annotations

from datetime import date

import pytest

from sochibo.rules.members.register_columns import REGISTERS, columns_of
from sochibo.rules.members.registers import (
    DERIVED,
    REGISTER_LABELS,
    FieldKind,
    RegisterKind,
    RegisterLine,
    check_line,
)

TODAY = date(2026, 11, 5)


@pytest.mark.parametrize("kind", RegisterKind)
def test_every_register_has_words_and_columns(kind: RegisterKind) -> None:
    assert REGISTER_LABELS[kind]
    assert (kind in REGISTERS) != (kind in DERIVED)
    columns = columns_of(kind)
    assert len({column.name for column in columns}) == len(columns)
    assert all(column.choices for column in columns if column.kind is FieldKind.CHOICE)


def codes(kind: RegisterKind, /, *others: RegisterLine, **values: str) -> list[tuple[str, str]]:
    found = check_line(REGISTERS[kind], RegisterLine("new", values), others, TODAY)
    return [(one.code, one.place) for one in found]


def test_what_must_be_there_and_what_comes_after_what() -> None:
    good = {"member_id": "m", "kind": "secretary", "since": "2025-06-01", "way": "elected"}
    assert codes(RegisterKind.OFFICES, **good) == []
    assert codes(RegisterKind.OFFICES, **good | {"until": "2025-05-31"}) == [("P74", "until")]
    assert codes(RegisterKind.OFFICES, **good | {"kind": "group_leader"}) == [("P75", "group_id")]
    assert codes(RegisterKind.OFFICES, **good | {"kind": "other"}) == [("P76", "title")]
    assert codes(RegisterKind.OFFICES, **good | {"since": ""}) == [("P71", "since")]
    assert codes(RegisterKind.OFFICES, **good | {"since": "2027-01-01"}) == [("P73", "since")]


def test_a_year_has_four_digits_and_stands_once() -> None:
    kept = RegisterLine("old", {"member_id": "m", "year": "2026"})
    assert codes(RegisterKind.COMMITMENTS, member_id="m", year="26") == [("P72", "year")]
    assert codes(RegisterKind.COMMITMENTS, kept, member_id="m", year="2026") == [("P77", "year")]
    assert codes(RegisterKind.COMMITMENTS, kept, member_id="m", year="2025") == []
    assert codes(RegisterKind.COMMITMENTS, kept, member_id="other", year="2026") == []
