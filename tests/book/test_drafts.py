"""What is typed and not recorded: kept in the book, outside its history."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book

from sochibo.book.book import Book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 11, 5, 2, 41, tzinfo=UTC)
TYPED = {"on": "3/11", "note": "  đang gõ dở"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cell.sochibo"


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    with make_cell_book(path) as made:
        yield made


def test_a_draft_outlives_the_program_as_it_was_typed(book: Book, path: Path) -> None:
    book.drafts.keep("event:1", TYPED, NOW)
    book.close()
    with Book.open(path, read_only=True) as again:
        draft = again.drafts.of("event:1")
        assert draft is not None
        assert (draft.at, dict(draft.values)) == (NOW, TYPED)
        assert again.drafts.of("event:2") is None
        again.drafts.keep("event:2", TYPED)
        assert again.drafts.of("event:2") is None, "what is only read keeps nothing"


def test_nothing_typed_and_forgetting_leave_no_draft(book: Book) -> None:
    book.drafts.keep("a", TYPED)
    book.drafts.keep("a", {"on": " ", "note": ""})
    assert book.drafts.of("a") is None
    book.drafts.keep("a", TYPED)
    book.drafts.forget("a")
    assert book.drafts.of("a") is None


def test_the_same_text_keeps_its_moment_and_the_history_knows_nothing(book: Book) -> None:
    acts = book.history.acts()
    book.drafts.keep("a", TYPED, NOW)
    book.drafts.keep("a", TYPED)
    draft = book.drafts.of("a")
    assert draft is not None
    assert draft.at == NOW
    assert book.history.acts() == acts


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"at": "yesterday", "values": {}}', '{"at": "2026-11-05"}', "7"]
)
def test_a_draft_that_cannot_be_read_is_none(book: Book, text: str) -> None:
    from sochibo.storage.engine import preferences

    preferences.put(book.drafts._database, "draft:a", text)  # noqa: SLF001 - no door writes such a thing
    assert book.drafts.of("a") is None
