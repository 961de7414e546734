"""Frozen records to rows: the one way in which their values become SQLite's."""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from sochibo.rules.dates import Month, PartialDate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from _typeshed import DataclassInstance

__all__ = ["fields_of", "row_of", "stored"]


def stored(value: object) -> Any:  # noqa: ANN401 - SQLite's own values: text, number, blob or nothing
    """Return a record's value as SQLite keeps it: ISO text for dates, the value of an enumeration, 0 or 1.

    A tuple of small records is one JSON list of lists.
    """
    match value:
        case PartialDate():
            return value.iso
        case Month() | StrEnum():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case bool():
            return int(value)
        case tuple():
            return json.dumps([dataclasses.astuple(one) for one in value], ensure_ascii=False)
        case _:
            return value


def row_of(record: DataclassInstance) -> dict[str, Any]:
    """Return a record as a row whose columns are named as its fields."""
    return {name: stored(getattr(record, name)) for name in _names(type(record))}


def fields_of(kind: type[DataclassInstance], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that a kind of record has fields for: tables keep more than one record shows."""
    return {name: row[name] for name in _names(kind) if name in row}


@cache
def _names(kind: type[DataclassInstance]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))
