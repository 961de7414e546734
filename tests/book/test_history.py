"""Undo and redo as a person sees them."""

from __future__ import annotations

import contextlib
import dataclasses
from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book

from sochibo.book.book import Book
from sochibo.book.changes import Changes
from sochibo.book.field_words import FIELD_LABELS, HIDDEN, label_of
from sochibo.book.history import Act
from sochibo.book.ratings.rating_words import LABELS_OF
from sochibo.messages import Messages
from sochibo.rules.dates import PartialDate
from sochibo.rules.meetings.corrections import Correction
from sochibo.rules.meetings.meetings import AgendaItem, Guest, Mark, Meeting, Score, Vote
from sochibo.rules.meetings.plans import ThemePlan
from sochibo.rules.meetings.proposals import Proposal
from sochibo.rules.meetings.speeches import Speech
from sochibo.rules.meetings.study import Commitment, StudySession
from sochibo.rules.members.members import EVENT_LABELS, Member, MemberEvent
from sochibo.rules.units.organisations import Organisation, Term
from sochibo.rules.work.work import Task, TaskFigure, TaskPerson
from sochibo.storage.editions.migrations import JOURNALLED
from sochibo.storage.editions.schema import make
from sochibo.storage.engine.connection import connect_to_nothing

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


DAY = date(2026, 11, 5)


def test_a_record_tells_who_changed_it_when_and_from_what_to_what(tmp_path: Path) -> None:
    words = Messages("en")
    with make_cell_book(tmp_path / "s.sochibo") as book:
        (member,) = (one.member for one in book.members.on(DAY) if one.member.office == "Bí thư")
        changed = dataclasses.replace(member, office="Chi ủy viên", identity_no="001099998888")
        book.members.change(changed)
        book.members.change(dataclasses.replace(changed, office="", birth=PartialDate("1961-11-05")))
        newest, middle, first = book.history.of("member", member.id)
    assert (first.operation, middle.operation, newest.act.by) == ("insert", "update", "Nguyễn Văn Mẫu")
    assert newest.act.at >= middle.act.at >= first.act.at
    assert [change.say(words) for change in newest.fields] == [
        ("Date of birth", words.date(date(1961, 11, 3)), words.date(date(1961, 11, 5))),
        ("Party office", "Chi ủy viên", "–"),
    ]
    said = [change.say(words) for change in middle.fields]
    assert ("Party office", member.office, "Chi ủy viên") in said
    assert ("Identity number", "0010••••0001", "0010••••8888") in said
    assert ("Name", "–", member.name) in [change.say(words) for change in first.fields]


def test_a_field_that_points_to_a_person_shows_the_name(tmp_path: Path) -> None:
    with make_cell_book(tmp_path / "s.sochibo") as book:
        entry = book.members.on(date(2026, 11, 5))[0]
        (event, *_) = book.members.events(entry.member.id)
        (made,) = book.history.of("member_event", event.id)
    said = {change.field: change.say(Messages("vi"))[2] for change in made.fields}
    assert said["member_id"] == entry.member.name
    assert said["kind"] == Messages("vi").gettext(EVENT_LABELS[event.kind])


def test_what_was_taken_back_is_marked_and_what_was_then_dropped_is_gone(tmp_path: Path) -> None:
    with make_cell_book(tmp_path / "s.sochibo") as book:
        member = book.members.on(date(2026, 11, 5))[0].member
        book.members.change(dataclasses.replace(member, office="Chi ủy viên"))
        book.history.undo()
        assert [change.act.undone for change in book.history.of("member", member.id)] == [True, False]
        book.members.change(dataclasses.replace(member, phone="0900000000"))
        assert [change.act.undone for change in book.history.of("member", member.id)] == [False, False]


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("organisation", Organisation), ("term", Term), ("member", Member), ("member_event", MemberEvent),
        ("meeting", Meeting), ("agenda_item", AgendaItem), ("guest", Guest), ("mark", Mark), ("vote", Vote),
        ("task", Task), ("task_person", TaskPerson), ("task_figure", TaskFigure),
        ("thematic_plan", ThemePlan), ("score", Score), ("speech", Speech), ("proposal", Proposal),
        ("study_session", StudySession), ("commitment", Commitment), ("correction", Correction),
    ],
)  # fmt: skip
def test_every_field_that_a_person_fills_in_has_a_word(kind: str, record: type) -> None:
    names = {field.name for field in dataclasses.fields(record)} - HIDDEN
    assert [name for name in names if label_of(kind, name) not in FIELD_LABELS.values()] == []


def test_every_column_that_is_journalled_has_a_word() -> None:
    with contextlib.closing(connect_to_nothing()) as sql:
        make(sql)
        bare = [
            (table, name)
            for table in JOURNALLED
            for name in (row[1] for row in sql.execute(f'pragma table_info("{table}")'))
            if name not in HIDDEN and label_of(table, name) not in known_labels()
        ]
    assert bare == []


def known_labels() -> set[str]:
    """Return every word that was chosen, so that a bare column's name is none."""
    return {*FIELD_LABELS.values(), *LABELS_OF.values()}
