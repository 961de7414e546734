"""Books on disk for the tests of the window."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING, Final

import pytest
from books import make_cell_book, make_committee_book

from sochibo.interface.looks.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

PATIENCE_MS: Final = 60_000
"""How long a test waits for what must come, on a PC that does ten other things; waiting ends when it came."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the one harmless message of the offscreen platform pass; every other warning of Qt fails a test."""
    harmless = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
    for item in items:
        if item.path.parent.name == "interface":
            item.add_marker(harmless)


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> None:
    """Begin every test in the usual type and colours, whatever the one before left behind."""
    Theme().apply(qapp)


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """Return a robot that is patient: five seconds, its own limit, say more of the machine than of us."""
    for name in ("waitUntil", "waitSignal"):
        monkeypatch.setattr(qtbot, name, partial(getattr(qtbot, name), timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture(scope="session")
def made_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one folder a book, closed: made once, copied for each test."""
    folder = tmp_path_factory.mktemp("made")
    for kind, name, make in (
        ("cell", "Chi bộ Thôn 4.sochibo", make_cell_book),
        ("committee", "Đảng ủy xã Đông Hòa.sochibo", make_committee_book),
    ):
        (folder / kind).mkdir()
        make(folder / kind / name).close()
    return folder


@pytest.fixture
def cell_path(made_books: Path, tmp_path: Path) -> Path:
    """Return a cell's book that nobody has open."""
    shutil.copytree(made_books / "cell", tmp_path, dirs_exist_ok=True)
    return tmp_path / "Chi bộ Thôn 4.sochibo"


@pytest.fixture
def committee_path(made_books: Path, tmp_path: Path) -> Path:
    """Return a committee's book that nobody has open."""
    shutil.copytree(made_books / "committee", tmp_path, dirs_exist_ok=True)
    return tmp_path / "Đảng ủy xã Đông Hòa.sochibo"
