"""An event loop that never waits, for a library that insists on one."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Coroutine

__all__ = ["run"]


class _NothingToWaitFor:
    """Stands where an event loop keeps its selector; nothing here ever waits for a file or a socket."""

    def select(self, timeout: float | None = None) -> list[object]:
        """Return that nothing has happened."""
        if timeout is None or timeout > 0:
            raise RuntimeError("signing and verifying never wait for anything")
        return []

    def close(self) -> None:
        """Close nothing."""


class _Loop(asyncio.BaseEventLoop):
    """An event loop without a socket: the usual ones open a pair to wake themselves, on Windows over TCP."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = _NothingToWaitFor()

    def _process_events(self, event_list: list[object]) -> None:
        """Take note of the events of a selector that has none."""

    def _write_to_self(self) -> None:
        """Wake a loop that never sleeps."""


def run(coroutine: Coroutine[Any, Any, Any]) -> Any:  # noqa: ANN401 - whatever the coroutine returns
    """Run one of pyHanko's coroutines to its end."""
    loop = _Loop()
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()
