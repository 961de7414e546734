"""The journal: every change of every record by triggers, and undo and redo made of it.

SQLite's own undo technique (sqlite.org/undoredo.html), but with whole rows before and after as JSON instead
of statements, so that the same lines are an audit trail that a person can read.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sochibo.storage.editions.migrations import JOURNALLED
from sochibo.storage.engine.identity import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlite_utils import Database

    from sochibo.storage.engine.database import Database as Book

__all__ = ["Journal", "decoded", "encoded", "install_triggers", "lines_of", "remove_triggers"]

MERGE_WITHIN: Final = timedelta(seconds=60)
CLOCK: Final = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"


def install_triggers(database: Database, tables: Iterable[str] = JOURNALLED) -> None:
    """Make the triggers of the journal anew from the columns the tables have now."""
    remove_triggers(database)
    for table in tables:
        columns = [row[1] for row in database.execute(f'pragma table_info("{table}")')]
        for operation in ("insert", "update", "delete"):
            database.execute(_trigger(table, columns, operation))


def remove_triggers(database: Database) -> None:
    """Take the journal's triggers away, so that a migration may move rows about."""
    found = database.execute(
        "select name from sqlite_schema where type = 'trigger' and name like 'journal_%'"
    )
    for (name,) in found.fetchall():
        database.execute(f'drop trigger "{name}"')


def _trigger(table: str, columns: list[str], operation: str) -> str:
    def row(of: str) -> str:
        return "json_object(" + ", ".join(f"'{name}', {of}.\"{name}\"" for name in columns) + ")"

    before = "null" if operation == "insert" else row("old")
    after = "null" if operation == "delete" else row("new")
    record = "new.id" if operation == "insert" else "old.id"
    return f"""
        create trigger "journal_{table}_{operation}" after {operation} on "{table}"
        when (select replaying from journal_state) = 0
        begin
            select raise(abort, 'a change outside an act')
                where (select action_seq from journal_state) is null;
            insert into journal (action_seq, kind, record_id, operation, before, after, at)
                select action_seq, '{table}', {record}, '{operation}', {before}, {after}, {CLOCK}
                from journal_state;
        end"""  # noqa: S608 - names of our own schema


def encoded(fields: Mapping[str, object] | None) -> str:
    """Write the fields of an act as JSON that keeps days and moments apart from text."""

    def typed(value: object) -> dict[str, str]:
        if isinstance(value, datetime):
            return {"$moment": value.isoformat()}
        if isinstance(value, date):
            return {"$date": value.isoformat()}
        return {"$text": str(value)}

    return json.dumps(dict(fields or {}), ensure_ascii=False, default=typed)


def decoded(text: str) -> dict[str, object]:
    """Read the fields of an act; days and moments come back as such, so that each language draws its own."""

    def untyped(value: object) -> object:
        match value:
            case {"$moment": str(moment)}:
                return datetime.fromisoformat(moment)
            case {"$date": str(day)}:
                return date.fromisoformat(day)
            case {"$text": str(plain)}:
                return plain
            case _:
                return value

    return {name: untyped(value) for name, value in json.loads(text).items()}


def lines_of(book: Book, kind: str, record_id: str) -> list[dict[str, Any]]:
    """Return what was written of one record, newest first: the act's row with operation, before and after.

    What was taken back and then replaced by something else is not among it, as it is not among the acts.
    """
    found = book.rows(
        "select action.*, journal.seq as line, operation, before, after from journal"
        " join action on action.seq = journal.action_seq"
        " where journal.kind = ? and record_id = ? and state <> 'dropped' order by journal.seq desc",
        (kind, record_id),
    )
    return [
        {**row, "before": json.loads(row["before"] or "{}"), "after": json.loads(row["after"] or "{}")}
        for row in found
    ]


class Journal:
    """The acts of one file; every method expects the transaction of the caller."""

    def __init__(self, database: Database) -> None:
        self._sql = database
        self._undone = False

    def begin(
        self,
        template: str,
        fields: Mapping[str, object] | None,
        by: str,
        merge_key: str | None,
        changes: int,
        *,
        lasting: bool,
    ) -> int:
        """Open an act, or the one before again where both have the merge key; return its number.

        `changes` and `lasting` are what the act says of itself; `end` hears what those inside it said.
        """
        # Straight to the driver: this is the path of every key stroke.
        run = self._sql.conn.execute
        now = datetime.now(UTC)
        newest = self._row("select * from action order by seq desc limit 1")
        # An act begun drops whatever was undone, so that nothing undone ever lies before one that was not.
        self._undone = newest is not None and newest["state"] == "undone"
        if (
            newest is not None
            and merge_key is not None
            and (newest["merge_key"], newest["by"], newest["state"]) == (merge_key, by, "done")
            and not newest["lasting"]
            and timedelta(0) <= now - datetime.fromisoformat(newest["at"]) <= MERGE_WITHIN
        ):
            seq = int(newest["seq"])
            run(
                "update action set template = ?, fields = ?, changes = changes | ?, lasting = ?"
                " where seq = ?",
                (template, encoded(fields), changes, int(lasting), seq),
            )
        else:
            cursor = run(
                'insert into action (id, template, fields, "by", at, merge_key, changes, lasting)'
                " values (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    new_id(), template, encoded(fields), by, now.isoformat(timespec="milliseconds"),
                    merge_key, changes, int(lasting),
                ),
            )  # fmt: skip
            seq = int(cursor.lastrowid or 0)
        run("update journal_state set action_seq = ?", (seq,))
        return seq

    def end(self, seq: int, more: int, *, lasting: bool) -> None:
        """Close an act: what had been undone before it can no longer be done again.

        `more` and `lasting` are what acts inside it changed beyond what it said of itself.
        """
        run = self._sql.conn.execute
        if more or lasting:
            run(
                "update action set changes = changes | ?, lasting = max(lasting, ?) where seq = ?",
                (more, int(lasting), seq),
            )
        if self._undone:
            run("update action set state = 'dropped' where state = 'undone'")
        run("update journal_state set action_seq = null")

    def undoable(self) -> dict[str, Any] | None:
        """Return the act that undo takes back; a lasting one stops it."""
        newest = self._row("select * from action where state = 'done' order by seq desc limit 1")
        return None if newest is None or newest["lasting"] else newest

    def redoable(self) -> dict[str, Any] | None:
        """Return the act that redo does again: the one undone last."""
        return self._row("select * from action where state = 'undone' order by seq limit 1")

    def undo(self) -> int:
        """Take the newest act back; return the kinds of record it changed."""
        return self._replay(self.undoable(), "undone", "before", "desc")

    def redo(self) -> int:
        """Do the act undone last again; return the kinds of record it changed."""
        return self._replay(self.redoable(), "done", "after", "asc")

    def acts(self, limit: int) -> list[dict[str, Any]]:
        """Return the newest acts, newest first; those dropped after an undo are not among them."""
        return self._rows("select * from action where state <> 'dropped' order by seq desc limit ?", (limit,))

    def saved_at(self) -> datetime | None:
        """Return the moment of the newest line."""
        found = self._row("select at from journal order by seq desc limit 1")
        act = self._row("select at from action order by seq desc limit 1")
        moments = [datetime.fromisoformat(row["at"]) for row in (found, act) if row is not None]
        return max(moments, default=None)

    def _replay(self, act: dict[str, Any] | None, state: str, side: str, order: str) -> int:
        if act is None:
            return 0
        # Between the first and the last line a reference may point to nothing.
        self._sql.execute("pragma defer_foreign_keys = on")
        self._sql.execute("update journal_state set replaying = 1")
        lines = self._rows(
            f"select kind, record_id, {side} as row from journal where action_seq = ? order by seq {order}",  # noqa: S608 - words of ours
            (act["seq"],),
        )
        for line in lines:
            self._put(line["kind"], line["record_id"], line["row"])
        self._sql.execute("update journal_state set replaying = 0")
        self._sql.execute("update action set state = ? where seq = ?", (state, act["seq"]))
        return int(act["changes"])

    def _put(self, table: str, key: str, row: str | None) -> None:
        """Make one record be as the journal has it, or not be."""
        if row is None:
            self._sql.execute(f'delete from "{table}" where id = ?', (key,))  # noqa: S608 - our table
            return
        values = json.loads(row)
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        sets = ", ".join(f'"{name}" = excluded."{name}"' for name in values)
        self._sql.execute(
            f'insert into "{table}" ({names}) values ({marks}) on conflict (id) do update set {sets}',  # noqa: S608 - our columns
            list(values.values()),
        )

    def _rows(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
        cursor = self._sql.conn.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def _row(self, sql: str) -> dict[str, Any] | None:
        return next(iter(self._rows(sql)), None)
