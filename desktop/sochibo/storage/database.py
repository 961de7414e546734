"""One open SQLite file: pragmas, errors sorted, acts, and the journal behind undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path
    from typing import Any, Self

__all__ = ["Database"]


class Database:
    """A book's file; SQLite's rows in and out, no records of ours (the modules beside this one map them)."""

    @classmethod
    def create(cls, path: Path, *, by: str = "") -> Self:
        """Make the file with its schema; raises AlreadyThere or a fault of the operating system."""
        raise NotImplementedError

    @classmethod
    def open(cls, path: Path, *, by: str = "", read_only: bool = False) -> Self:
        """Open a file: header, version, lock, migration; raises NotABook, NewerBook, Damaged."""
        raise NotImplementedError

    def act(
        self,
        template: str,
        fields: Mapping[str, object] | None = None,
        *,
        changes: int = 0,
        merge_key: str | None = None,
        lasting: bool = False,
    ) -> AbstractContextManager[None]:
        """Open one act: a transaction whose changes are journalled under one entry of the history.

        Nested acts join the outer one. Acts with the same `merge_key` within a minute, with nothing between,
        are one. `lasting` acts (a seal, a receipt) are outside undo, and undo does not reach behind them
        into the records they stand on.
        """
        raise NotImplementedError

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> Iterator[dict[str, Any]]:
        """Read rows."""
        raise NotImplementedError

    def insert(self, table: str, row: Mapping[str, Any]) -> None:
        """Insert one row, inside an act."""
        raise NotImplementedError

    def update(self, table: str, key: str, values: Mapping[str, Any]) -> None:
        """Change a row by its `id`, inside an act; writes nothing where nothing differs."""
        raise NotImplementedError

    def delete(self, table: str, key: str) -> None:
        """Delete a row by its `id`, inside an act."""
        raise NotImplementedError

    def close(self) -> None:
        """Empty the log into the file and give up the lock."""
        raise NotImplementedError
