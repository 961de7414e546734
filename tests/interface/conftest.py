"""Books on disk for the tests of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from books import make_cell_book, make_committee_book

if TYPE_CHECKING:
    from pathlib import Path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the one harmless message of the offscreen platform pass; every other warning of Qt fails a test."""
    harmless = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
    for item in items:
        if item.path.parent.name == "interface":
            item.add_marker(harmless)


@pytest.fixture
def cell_path(tmp_path: Path) -> Path:
    """Return a cell's book that nobody has open."""
    path = tmp_path / "Chi bộ Thôn 4.sochibo"
    make_cell_book(path).close()
    return path


@pytest.fixture
def committee_path(tmp_path: Path) -> Path:
    """Return a committee's book that nobody has open."""
    path = tmp_path / "Đảng ủy xã Đông Hòa.sochibo"
    make_committee_book(path).close()
    return path
