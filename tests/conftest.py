"""What holds for every test: no screen, no network, no one's own folders, no unheard warnings."""

from __future__ import annotations

import logging
import os
import socket
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from loopback import is_allowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recordings import Delivery

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("SOCHIBO_LANGUAGE", None)

# The same examples on every machine and every day, however slow the machine.
settings.register_profile("sochibo", derandomize=True, deadline=None)
settings.load_profile("sochibo")

_opened: list[str] = []
_SOCKET_EVENTS = {"socket.__new__", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname"}


def _note_sockets(event: str, arguments: tuple[object, ...]) -> None:
    if event not in _SOCKET_EVENTS or is_allowed(event, arguments):
        return
    # asyncio, inside pyHanko, opens a pair of sockets to wake itself: of the family INET on Windows alone.
    internet = (socket.AF_INET, socket.AF_INET6)
    if event == "socket.__new__" and arguments[1] in internet and sys.platform != "win32":
        _opened.append(f"{event}{arguments[1:]}")
        raise OSError("a test opened a socket to the network")
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        _opened.append(f"{event}{arguments[1:]}")
        raise OSError("a test reached for another machine")
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        _opened.append(f"{event}{arguments}")
        raise OSError("a test asked for the address of a machine")


# An audit hook sees what any library opens, also in C; it cannot be taken away again.
sys.addaudithook(_note_sockets)


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    """Fail a test that opened a socket, also where a library swallowed our refusal."""
    _opened.clear()
    yield
    assert not _opened


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests, and the programs they start, out of the settings and the cache of whoever runs them."""
    folder = tmp_path_factory.getbasetemp() / "person"
    for variable in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(folder / variable))
    for variable in ("WIN_PD_OVERRIDE_APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(variable, str(folder / variable))


@pytest.fixture(scope="session")
def delivery(tmp_path_factory: pytest.TempPathFactory) -> Delivery:
    """Return a cell, its committee and the stick between them: made once a run, copied for each test."""
    # Most runs of a few tests need none, nor the libraries that seal its papers.
    from recordings import Delivery

    return Delivery(tmp_path_factory.mktemp("delivery"))


class _Heard(logging.Handler):
    """Keep every warning that was logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def logged_warnings() -> Iterator[list[str]]:
    """Return what was logged at WARNING or above; a test that expects some takes it and clears the list."""
    heard = _Heard()
    logging.getLogger().addHandler(heard)
    yield heard.records
    logging.getLogger().removeHandler(heard)
    assert not heard.records
