"""A cell, its committee and the stick between them, in a folder of the test's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sochibo.book.book import Book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from recordings import Delivery


@pytest.fixture
def folder(delivery: Delivery, tmp_path: Path) -> Path:
    return delivery.copy_to(tmp_path / "here")


@pytest.fixture
def committee(folder: Path) -> Iterator[Book]:
    with Book.open(folder / "committee.sochibo") as opened:
        yield opened


@pytest.fixture
def cell(folder: Path) -> Iterator[Book]:
    with Book.open(folder / "cell.sochibo") as opened:
        yield opened


@pytest.fixture
def stick(folder: Path) -> Path:
    return folder / "stick"
