"""Undo and redo as a person sees them."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

from books import make_cell_book

from sochibo.book.book import Book
from sochibo.book.changes import Changes
from sochibo.book.history import Act
from sochibo.messages import Messages

if TYPE_CHECKING:
    from pathlib import Path


def test_the_newest_act_can_be_taken_back_tomorrow_and_done_again(tmp_path: Path) -> None:
    with make_cell_book(tmp_path / "s.sochibo") as book:
        member = book.members.on(date(2026, 11, 5))[0].member
        book.members.change(dataclasses.replace(member, office="Chi ủy viên"))
    with Book.open(tmp_path / "s.sochibo") as book:
        newest = book.history.undoable()
        assert newest is not None
        assert newest.say(Messages("en")) == f"Changed the register line of {member.name}"
        assert (newest.by, newest.undone) == ("Nguyễn Văn Mẫu", False)
        assert book.history.undo() is Changes.MEMBERS
        assert book.members.get(member.id) == member
        again = book.history.redoable()
        assert again is not None
        assert (again.id, again.undone) == (newest.id, True)
        assert book.history.acts(1) == (again,)
        assert book.history.redo() is Changes.MEMBERS
        assert book.members.get(member.id).office == "Chi ủy viên"
        assert book.history.redo() is Changes.NONE


def test_the_making_of_the_book_is_the_first_act_and_stays(tmp_path: Path) -> None:
    with make_cell_book(tmp_path / "s.sochibo") as book:
        acts = book.history.acts()
        assert len(acts) == 13
        assert acts[-1].say(Messages("en")) == "Made the book of Chi bộ Thôn 4"
        for _ in range(12):
            assert book.history.undo() is Changes.MEMBERS
        assert book.history.undoable() is None
        assert book.history.undo() is Changes.NONE
        assert book.members.on(date(2026, 11, 5), everybody=True) == ()


def test_an_act_is_said_in_each_language_s_own_dates(tmp_path: Path) -> None:
    with make_cell_book(tmp_path / "s.sochibo") as book:
        acts = book.history.acts()
    act = dataclasses.replace(acts[0], template="On {day}", fields={"day": date(2026, 11, 5)})
    assert isinstance(act, Act)
    assert act.say(Messages("vi")).endswith("05/11/2026")
    assert act.say(Messages("en")) == "On 5 Nov 2026"
