"""A book from its making to its closing."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import CELL, COMMITTEE, make_cell_book, make_committee_book

from sochibo.book.book import Book
from sochibo.book.changes import Changes
from sochibo.faults import Refused
from sochibo.messages import Messages
from sochibo.rules.units.organisations import BookKind
from sochibo.storage.engine.connection import AlreadyThere, NotABook
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_committee_book(tmp_path / "Sổ.sochibo") as made:
        yield made


def codes(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()
    return [finding.code for finding in caught.value.findings]


def test_a_new_book_knows_whose_it_is_and_its_term(tmp_path: Path) -> None:
    with Book.create(tmp_path / "Sổ.sochibo", CELL, by="Nguyễn Văn Mẫu") as book:
        organisation, terms = book.organisation(), book.terms()
        assert (organisation.kind, organisation.name, organisation.symbol) == (
            BookKind.CELL,
            "Chi bộ Thôn 4",
            "CB",
        )
        assert (organisation.regular_day, organisation.secretary) == (3, "Nguyễn Văn Mẫu")
        assert [(term.name, term.start, term.end) for term in terms] == [
            ("2025–2030", date(2025, 3, 1), None)
        ]
        first, saved = book.id, book.saved_at
        assert not book.read_only
        assert saved is not None
        assert book.history.undo() is Changes.NONE
    with Book.open(tmp_path / "Sổ.sochibo") as again:
        assert (again.id, again.organisation(), again.terms()) == (first, organisation, terms)


def test_a_committee_s_numbers_end_as_usual_unless_told(tmp_path: Path) -> None:
    with Book.create(tmp_path / "a.sochibo", COMMITTEE) as book:
        assert book.organisation().symbol == "ĐU"
    with Book.create(tmp_path / "b.sochibo", dataclasses.replace(COMMITTEE, symbol="ĐUBP")) as book:
        assert book.organisation().symbol == "ĐUBP"


def test_what_is_missing_in_a_draft_is_told_all_at_once_and_no_file_is_made(tmp_path: Path) -> None:
    draft = dataclasses.replace(CELL, name=" ", superior="", place="", term_name="")
    assert codes(lambda: Book.create(tmp_path / "s.sochibo", draft)) == ["O01", "O02", "O03", "O11"]
    assert list(tmp_path.iterdir()) == []


def test_names_are_stored_composed(tmp_path: Path) -> None:
    draft = dataclasses.replace(CELL, name=unicodedata.normalize("NFD", "  Chi bộ  Thôn Đức Thắng "))
    with Book.create(tmp_path / "s.sochibo", draft) as book:
        assert book.organisation().name == "Chi bộ Thôn Đức Thắng"


def test_an_existing_file_is_never_overwritten(book: Book) -> None:
    book.close()
    before = book.path.read_bytes()
    with pytest.raises(AlreadyThere) as caught:
        Book.create(book.path, CELL)
    assert book.path.read_bytes() == before
    said = caught.value.say(Messages("en"))
    assert said.startswith("There is already a file called “Sổ.sochibo” here.")
    assert said.endswith("(B01)")


def test_a_file_with_the_schema_but_no_book_in_it_is_no_book(tmp_path: Path) -> None:
    Database.create(tmp_path / "s.sochibo").close()
    with pytest.raises(NotABook):
        Book.open(tmp_path / "s.sochibo")
    assert [file.name for file in tmp_path.iterdir()] == ["s.sochibo"]


def test_the_second_opener_reads_and_knows_why(book: Book) -> None:
    with Book.open(book.path, by="Lê Hoàng Đức") as second:
        assert second.read_only
        assert second.held_by.startswith("Trần Thị Thử")
        assert second.organisation() == book.organisation()


def test_the_organisation_can_be_changed_and_changed_back(book: Book) -> None:
    before = book.organisation()
    after = dataclasses.replace(before, regular_day=5, place=" Đông  Hòa 2", code="38.168.053.000.001")
    assert book.change_organisation(after) is Changes.ORGANISATION
    assert book.organisation() == dataclasses.replace(after, place="Đông Hòa 2")
    assert book.history.undo() is Changes.ORGANISATION
    assert book.organisation() == before


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "", "O01"),
        ("symbol", " ", "O04"),
        ("regular_day", 32, "O05"),
        ("regular_time", "7 giờ", "O06"),
        ("code", "38.168", "O07"),
    ],
)
def test_an_organisation_that_could_not_head_its_papers_is_refused(
    book: Book, field: str, value: str | int, code: str
) -> None:
    before = book.organisation()
    changed = dataclasses.replace(before, **{field: value})  # type: ignore[arg-type] # the cases fit
    assert codes(lambda: book.change_organisation(changed)) == [code]
    assert book.organisation() == before


def test_a_new_term_ends_the_one_before(book: Book) -> None:
    assert book.add_term("2030–2035", date(2030, 7, 1)) is Changes.ORGANISATION
    assert [(term.name, term.start, term.end) for term in book.terms()] == [
        ("2030–2035", date(2030, 7, 1), None),
        ("2025–2030", date(2025, 7, 1), date(2030, 6, 30)),
    ]
    book.history.undo()
    assert [term.end for term in book.terms()] == [None]


def test_terms_neither_overlap_nor_run_backwards(book: Book) -> None:
    (term,) = book.terms()
    assert codes(lambda: book.add_term("2020–2025", date(2020, 7, 1))) == ["O13"]
    assert codes(lambda: book.change_term(dataclasses.replace(term, end=date(2025, 6, 30)))) == ["O12"]
    book.change_term(dataclasses.replace(term, name="2025–2030 ", end=date(2030, 6, 30)))
    assert [(term.name, term.end) for term in book.terms()] == [("2025–2030", date(2030, 6, 30))]


def test_importing_the_book_loads_no_heavy_library() -> None:
    heavy = (
        "('pyhanko', 'pikepdf', 'reportlab', 'openpyxl', 'cryptography', 'pypdfium2', 'PySide6', 'ssl', "
        "'http.client', 'urllib.request')"
    )
    code = f"import sochibo.book.book, sys; print([name for name in {heavy} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"


def test_the_books_of_the_tests_hold_everybody(tmp_path: Path) -> None:
    with make_cell_book(tmp_path / "s.sochibo") as book:
        entries = book.members.on(date(2026, 11, 5))
        assert (len(entries), sum(entry.standing.belongs for entry in entries)) == (10, 9)
        assert len(book.members.on(date(2026, 11, 5), everybody=True)) == 12
