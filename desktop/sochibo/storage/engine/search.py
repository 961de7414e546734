"""The index of everything that has words, kept by triggers and therefore true after undo and redo as well.

FTS5 takes diacritics off by itself (`hòa` and `hoà` are both `hoa`); `đ` is a letter of its own in Unicode,
so the triggers write `d`. All of that is SQLite's own, and nothing of Python's: a trigger may call only such
functions where `trusted_schema` is off, and a book must stay whole whatever program writes to it.
The index keeps the texts once more, so that it needs nothing of a young edition of SQLite.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sochibo.rules import names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database as Tables

    from sochibo.storage.engine.database import Database

__all__ = ["SOURCES", "Found", "Source", "find", "install_triggers", "rebuild", "words_of"]


@dataclass(frozen=True, slots=True)
class Source:
    """A table that can be searched: its title, further texts, and whether the title is a person's name."""

    table: str
    title: str
    body: tuple[str, ...]
    is_name: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column whose words are found."""
        return (self.title, *self.body)


SOURCES: Final = {
    source.table: source
    for source in (
        Source(
            "member", "name", ("birth_name", "office", "job_now", "home_place", "residence", "note"), True
        ),
        Source("candidate", "name", ("residence", "job", "helpers", "note"), True),
        Source("unit", "name", ("secretary", "note")),
        Source("meeting", "theme", ("place", "conclusion", "rating_note", "fee_note", "note")),
        Source("agenda_item", "title", ("presenter", "text", "conclusion")),
        Source("speech", "speaker", ("text", "answer"), True),
        Source("guest", "name", ("post", "organisation", "remarks"), True),
        Source("vote", "question", ("minority", "tellers")),
        Source("task", "text", ("assignees", "product", "result", "review")),
        Source("proposal", "text", ("answer", "answered_by", "forwarded_to")),
        Source("resolution", "title", ("results", "text")),
        Source("thematic_plan", "theme", ("theme_group", "note")),
        Source("study_session", "subject", ("organiser", "note")),
        Source(
            "rating",
            "remarks",
            ("failing_case", "override_reason", "subject_note", "rated_elsewhere", "residence_comment"),
        ),
        Source("register_entry", "title", ("organisation", "decision", "note")),
        Source("unheld_month", "reason", ()),
        Source("correction", "reason", ("by",)),
        Source("target", "indicator", ("counted_as", "source", "note")),
        Source("document", "envelope", ("period",)),
    )
}
"""What is found; no numbers of identity papers and telephones: nobody is to be listed by them."""

NUMBER_OF_DOCUMENT: Final = "$.number"
WORD: Final = re.compile(r"\w+")
MOST_WORDS: Final = 12
WEIGHTS: Final = "8.0, 6.0, 1.0"


_DAYS: Final = {"meeting": '"on"', "study_session": '"on"', "document": "issued_on"}
_OF_MEETING: Final = frozenset(
    {"agenda_item", "speech", "guest", "vote", "task", "proposal", "resolution", "thematic_plan",
     "study_session", "document", "correction"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record in which every word typed was found: its texts, its day, and the meeting it belongs to."""

    kind: str
    record_id: str
    title: str
    texts: tuple[str, ...]
    on: date | None
    meeting_id: str | None
    detail: str
    """The kind of a meeting or of a paper."""
    period: str


def install_triggers(sql: Tables) -> None:
    """Make the triggers that keep the index, anew, for the tables that a file's edition has."""
    for source in _sources_in(sql):
        for operation, text in _triggers(source):
            sql.execute(f'drop trigger if exists "search_{source.table}_{operation}"')
            sql.execute(text)


def _sources_in(sql: Tables) -> list[Source]:
    there = {name for (name,) in sql.execute("select name from sqlite_schema where type = 'table'")}
    return [source for source in SOURCES.values() if source.table in there]


def rebuild(sql: Tables) -> None:
    """Make the index anew from the records, inside the caller's transaction."""
    sql.execute("delete from search")
    sql.execute("delete from search_entry")
    for source in _sources_in(sql):
        sql.execute(
            "insert into search_entry (kind, record_id)"  # noqa: S608 - names of our own schema
            f" select '{source.table}', id from \"{source.table}\" order by rowid"
        )
        sql.execute(
            f"insert into search (rowid, title, short, body) select search_entry.id, {_values(source, 'row')}"  # noqa: S608 - as above
            f' from "{source.table}" as row'
            f" join search_entry on search_entry.kind = '{source.table}' and record_id = row.id"
            " order by search_entry.id"
        )


def words_of(typed: str) -> tuple[str, ...]:
    """Return the folded words of what was typed, at most a dozen."""
    return tuple(WORD.findall(names.fold(typed)))[:MOST_WORDS]


def find(database: Database, words: Iterable[str], limit: int) -> list[Found]:
    """Return the records with all of these folded words, or with words that begin so, the best first."""
    # A whole word counts for more than the beginning of a longer one: `hòa` before `hoàng`.
    asked = " AND ".join(f'("{word}" OR "{word}" *)' for word in words)
    if not asked:
        return []
    found = database.rows(
        "select kind, record_id from search join search_entry on search_entry.id = search.rowid"  # noqa: S608 - a constant
        f" where search match ? order by bm25(search, {WEIGHTS}), search.rowid desc limit ?",
        (asked, limit),
    )
    read = (_read(database, row["kind"], row["record_id"]) for row in found)
    return [record for record in read if record is not None]


def _read(database: Database, kind: str, record_id: str) -> Found | None:
    source = SOURCES[kind]
    meeting, joined = "null", ""
    if kind == "meeting":
        meeting = "record.id"
    elif kind in _OF_MEETING:
        meeting, joined = "meeting_id", " left join meeting on meeting.id = record.meeting_id"
    day = f"record.{_DAYS[kind]}" if kind in _DAYS else 'meeting."on"' if joined else "null"
    detail = "record.kind" if kind in {"meeting", "document"} else "''"
    period = "record.period" if kind == "document" else "''"
    texts = "".join(f', record."{name}" as "text_{name}"' for name in source.body)
    for row in database.rows(
        f"select {_title(source, 'record')} as title, {day} as day, {meeting} as meeting_id,"  # noqa: S608 - our own names
        f' {detail} as detail, {period} as period{texts} from "{kind}" as record{joined}'
        " where record.id = ?",
        (record_id,),
    ):
        return Found(
            kind=kind,
            record_id=record_id,
            title=row["title"],
            texts=tuple(row[f"text_{name}"] for name in source.body),
            on=date.fromisoformat(row["day"]) if row["day"] else None,
            meeting_id=row["meeting_id"],
            detail=row["detail"],
            period=row["period"],
        )
    return None


def _triggers(source: Source) -> list[tuple[str, str]]:
    table = source.table
    here = f"kind = '{table}' and record_id"
    changed = " or ".join(f'old."{name}" is not new."{name}"' for name in source.columns)
    columns = ", ".join(f'"{name}"' for name in source.columns)
    parts = ("title", "short", "body")
    sets = ", ".join(f"{part} = {value}" for part, value in zip(parts, _parts(source, "new"), strict=True))
    return [
        (
            "insert",
            f"""
            create trigger "search_{table}_insert" after insert on "{table}" begin
                insert into search_entry (kind, record_id) values ('{table}', new.id);
                insert into search (rowid, title, short, body)
                    select search_entry.id, {_values(source, "new")}
                    from search_entry where {here} = new.id;
            end""",  # noqa: S608 - names of our own schema
        ),
        (
            "update",
            f"""
            create trigger "search_{table}_update" after update of {columns} on "{table}" when {changed} begin
                update search set {sets} where rowid = (select id from search_entry where {here} = new.id);
            end""",  # noqa: S608 - as above
        ),
        (
            "delete",
            f"""
            create trigger "search_{table}_delete" after delete on "{table}" begin
                delete from search where rowid = (select id from search_entry where {here} = old.id);
                delete from search_entry where {here} = old.id;
            end""",  # noqa: S608 - as above
        ),
    ]


def _values(source: Source, row: str) -> str:
    return ", ".join(_parts(source, row))


def _parts(source: Source, row: str) -> tuple[str, str, str]:
    """Return the three columns of the index as expressions over a row: title, abbreviations, the rest."""
    title = _title(source, row)
    body = " || ' ' || ".join(f'{row}."{name}"' for name in source.body) or "''"
    return _plain(title), _plain(_short(title)) if source.is_name else "''", _plain(body)


def _title(source: Source, row: str) -> str:
    title = f'{row}."{source.title}"'
    # A paper's number stands in its data alone: the symbol of an organisation may change later.
    return f"json_extract({title}, '{NUMBER_OF_DOCUMENT}')" if source.table == "document" else title


def _short(name: str) -> str:
    """Return the first letters of the words of a name, and the name without spaces: `nva nguyễnvăna`."""
    words = f"""'[' || replace(json_quote({name}), ' ', '","') || ']'"""
    initials = f"(select group_concat(substr(value, 1, 1), '') from json_each({words}))"  # noqa: S608 - our own
    return f"coalesce({initials}, '') || ' ' || replace({name}, ' ', '')"


def _plain(expression: str) -> str:
    return f"replace(replace({expression}, 'đ', 'd'), 'Đ', 'D')"
