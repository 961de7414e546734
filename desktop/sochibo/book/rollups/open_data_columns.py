"""What the columns of the open data are, told to whoever analyses them: name, type and meaning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sochibo.messages import Messages

__all__ = ["TABLES", "Column", "Kind", "Table", "package_of"]


class Kind(StrEnum):
    """The types of columns, by their names in a table schema."""

    TEXT = "string"
    COUNT = "integer"
    DAY = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name for programs, its name and meaning for people."""

    name: str
    kind: Kind
    title: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what it holds, its columns in order, and the columns that tell its rows apart."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


_WHEN: Final = (
    Column("period", Kind.TEXT, N_("Period"), N_("Written 2026, 2026-H1, 2026-Q3 or 2026-11.")),
    Column(
        "period_kind", Kind.TEXT, N_("Length of the period"),
        N_("year, half, quarter or month. Add up rows of one length only: the months are in the year too."),
    ),
    Column("first_day", Kind.DAY, N_("First day of the period")),
    Column("last_day", Kind.DAY, N_("Last day of the period")),
    Column("unit_id", Kind.TEXT, N_("Code of the unit"), N_("Stays the same when the unit is renamed.")),
    Column("unit", Kind.TEXT, N_("Unit"), N_("Its name at the end of the period.")),
)  # fmt: skip

_FIGURES: Final = Table("rollup", N_("Meetings and members by unit and period"), (
    *_WHEN,
    Column("source", Kind.TEXT, N_("Digest of the report"), N_("Empty where the unit sent no report.")),
    Column("ended", Kind.DAY, N_("Last day of the unit"), N_("Where it was merged, split or closed.")),
    Column("members", Kind.COUNT, N_("Members"), N_("At the end of the period.")),
    Column("official", Kind.COUNT, N_("Official members")),
    Column("probationary", Kind.COUNT, N_("Probationary members")),
    Column("meetings", Kind.COUNT, N_("Meetings held")),
    Column("regular", Kind.COUNT, N_("Regular meetings held")),
    Column("thematic", Kind.COUNT, N_("Thematic meetings held")),
    Column("unexcused", Kind.COUNT, N_("Absences without a reason")),
    Column("superiors", Kind.COUNT, N_("Meetings that the upper committee attended")),
    Column("attendance", Kind.COUNT, N_("Members present, over all meetings")),
    Column("attendance_of", Kind.COUNT, N_("Members who had to attend, over all meetings")),
    Column("tasks", Kind.COUNT, N_("Tasks done")),
    Column("tasks_of", Kind.COUNT, N_("Tasks due")),
    Column("spoke", Kind.COUNT, N_("Members who spoke, over all meetings")),
    Column("spoke_of", Kind.COUNT, N_("Members present where speakers were noted")),
    Column("papers", Kind.COUNT, N_("Months told in reports")),
    Column("papers_of", Kind.COUNT, N_("Months in which the unit stood")),
    Column("units", Kind.COUNT, N_("Cells that reported")),
    Column("units_of", Kind.COUNT, N_("Cells behind this row")),
    Column("rated_good", Kind.COUNT, N_("Regular meetings rated good")),
    Column("rated_fair", Kind.COUNT, N_("Regular meetings rated fair")),
    Column("rated_average", Kind.COUNT, N_("Regular meetings rated average")),
    Column("rated_poor", Kind.COUNT, N_("Regular meetings rated poor")),
    Column("score_tenths", Kind.COUNT, N_("Points of the meeting, in tenths"), N_("In months: 985 is 98.5.")),
    Column("met_on", Kind.DAY, N_("Day of the regular meeting"), N_("In months.")),
), ("period", "unit_id"))  # fmt: skip

_COUNTED: Final = Table("indicators", N_("Indicators by unit and period"), (
    *_WHEN,
    Column("indicator", Kind.TEXT, N_("Code of the indicator"), N_("As in the table of indicators.")),
    Column("number", Kind.COUNT, N_("How many")),
    Column("of", Kind.COUNT, N_("Out of"), N_("1 for a plain number; how many ÷ out of is the rate.")),
), ("period", "unit_id", "indicator"))  # fmt: skip

_LIST: Final = Table("indicator-list", N_("What the indicators are"), (
    Column("indicator", Kind.TEXT, N_("Code of the indicator")),
    Column("label_vi", Kind.TEXT, N_("Name in Vietnamese")),
    Column("label_en", Kind.TEXT, N_("Name in English")),
    Column("whole_vi", Kind.TEXT, N_("Out of what, in Vietnamese"), N_("Empty for a plain number.")),
    Column("whole_en", Kind.TEXT, N_("Out of what, in English")),
    Column(
        "summing", Kind.TEXT, N_("How months make a year"),
        N_(
            "flow: they are added up; stock: the last one counts; start: they are added up over the whole of "
            "the first one."
        ),
    ),
), ("indicator",))  # fmt: skip

TABLES: Final = (_FIGURES, _COUNTED, _LIST)


def package_of(
    name: str, files: Mapping[str, Mapping[str, Any]], words: Messages, title: str
) -> dict[str, Any]:
    """Return a Data Package (specs.frictionlessdata.io): every file with the meaning of its columns.

    `files` tells by table what is said about its file besides: path, format, digest.
    """
    resources = [
        {
            "name": table.name,
            "title": words.gettext(table.title),
            **files[table.name],
            "schema": _schema(table, words),
        }
        for table in TABLES
        if table.name in files
    ]
    return {"profile": "data-package", "name": name, "title": title, "resources": resources}


def _schema(table: Table, words: Messages) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, table, words) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.key),
    }
    if table is _COUNTED:
        reference = {"resource": _LIST.name, "fields": ["indicator"]}
        schema["foreignKeys"] = [{"fields": ["indicator"], "reference": reference}]
    return schema


def _field(column: Column, table: Table, words: Messages) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name, "type": column.kind.value, "title": words.gettext(column.title),
    }  # fmt: skip
    if column.meaning:
        field["description"] = words.gettext(column.meaning)
    if column.name in table.key:
        field["constraints"] = {"required": True}
    return field
