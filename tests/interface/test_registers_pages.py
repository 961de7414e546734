"""Registers, duplicates, movement and the papers about members, in a real window."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import pytest
from windows import frame_of, open_window, outside, settle, unnamed

from sochibo.interface.members.duplicates_page import DuplicatesPage
from sochibo.interface.members.member_filters import Filter
from sochibo.interface.members.member_page import MemberPage
from sochibo.interface.members.member_papers_page import MemberPapersPage
from sochibo.interface.members.members_page import MembersPage
from sochibo.interface.members.movement_page import MovementPage
from sochibo.interface.members.registers_page import RegistersPage
from sochibo.interface.page import Page
from sochibo.interface.parts import choosers
from sochibo.rules.members.members import EventKind, Member
from sochibo.rules.members.registers import RegisterKind
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.frame.frame import Frame

P = TypeVar("P", bound=Page)


@contextmanager
def shown(path: Path, goal: str, kind: type[P], percent: int = 100) -> Iterator[tuple[Frame, P]]:
    with open_window(path, percent=percent) as window:
        frame = frame_of(window)
        frame.go(goal)
        settle()
        page = frame.page
        assert isinstance(page, kind)
        yield frame, page


def test_a_line_is_written_opened_changed_and_taken_out(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with shown(cell_path, "registers:offices", RegistersPage) as (_frame, page):
        book = page.session.book
        page.new.click()
        page.record()
        assert book.registers.lines(RegisterKind.OFFICES, page.session.today()) == ()
        entry = book.members.on(page.session.today())[2]
        page.form.choices["member_id"].show_value(entry.member.id)
        page.form.choices["kind"].show_value("secretary")
        page.form.choices["way"].show_value("elected")
        page.form.lines["since"].setText("ngày kia")
        page.record()
        assert book.registers.lines(RegisterKind.OFFICES, page.session.today()) == ()
        page.form.lines["since"].setText("1/6/2025")
        page.record()
        (line,) = page.table_model.records
        assert line.values["since"] == "2025-06-01"
        assert book.members.get(entry.member.id).office == "Bí thư"
        page.open_line(line)
        page.form.lines["until"].setText("1/6/2024")
        page.record()
        assert page.card.isVisibleTo(page)
        page.form.lines["until"].setText("1/6/2026")
        page.record()
        assert page.table_model.record(0).values["until"] == "2026-06-01"
        page.open_line(page.table_model.record(0))
        page.remove()
        assert page.table_model.records == ()


@pytest.mark.parametrize("percent", [100, 200])
def test_every_register_is_shown_and_nothing_is_cut(qtbot: QtBot, cell_path: Path, percent: int) -> None:
    del qtbot
    with shown(cell_path, "registers", RegistersPage, percent) as (_frame, page):
        for kind in RegisterKind:
            page.show_register(kind)
            page.add()
            settle()
            assert not unnamed(page)
            assert not outside(page)
            page.go_back()


def test_a_register_that_follows_from_events_leads_to_the_member(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with shown(cell_path, "registers:transfers", RegistersPage) as (frame, page):
        assert not page.new.isVisibleTo(page)
        page.open_line(page.table_model.record(0))
        assert isinstance(frame.page, MemberPage)


def test_a_register_goes_to_excel(
    qtbot: QtBot, cell_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    target = tmp_path / "so.xlsx"
    monkeypatch.setattr(choosers, "choose_new_file", lambda *_: target)
    with shown(cell_path, "registers:deceased", RegistersPage) as (_frame, page):
        page.write.click()
    assert target.exists()


def test_duplicates_are_compared_merged_and_parted_again(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with shown(cell_path, "duplicates", DuplicatesPage) as (_frame, page):
        assert page.none.isVisibleTo(page)
        assert not page.merge_button.isEnabled()
        session = page.session
        session.run(lambda book: book.members.add(Member(id="", name="lê hoàng đức")))
        assert page.table_model.rowCount() == 1
        page.take(page.table_model.record(0))
        assert page.merge_button.isEnabled()
        page.merge()
        assert page.table_model.rowCount() == 0
        session.run(lambda book: book.history.undo())
        assert page.table_model.rowCount() == 1


def test_the_movement_names_who_is_behind_a_line_and_is_kept(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with shown(cell_path, "movement:2025", MovementPage) as (frame, page):
        assert page.table.choose("died")
        assert "Lý Thị Quá" in page.people.text()
        page.part.show_value("-H2")
        page._choose()  # noqa: SLF001 - what choosing in the list calls
        assert page.table.choose("died")
        assert "Lý Thị Quá" not in page.people.text()
        page.issue()
        settle()
        (paper,) = frame.session.book.reports.documents(ReportKind.MOVEMENT)
        assert paper.period == "2025-H2"


@pytest.mark.parametrize("what", ["register", "companion:transfers", "held"])
def test_papers_are_previewed(qtbot: QtBot, cell_path: Path, what: str) -> None:
    with shown(cell_path, "members", MembersPage) as (frame, page):
        if what == "held":
            what = f"held:{page.table_model.record(0).member.id}"
        frame.go(f"member-papers:{what}")
        paper = frame.page
        assert isinstance(paper, MemberPapersPage)
        qtbot.waitUntil(paper.preview.drawn)
        assert paper.preview.page_total() >= 1


def test_the_register_is_seen_in_its_fourteen_columns(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with shown(cell_path, "members", MembersPage) as (_frame, page):
        page.as_form.click()
        assert len(page.table_model.columns) == 14
        drawn = {
            str(page.table_model.data(page.table_model.index(row, 6)))
            for row in range(page.table_model.rowCount())
        }
        assert "03/02/1985" in drawn
        page.as_form.click()
        assert len(page.table_model.columns) == 7


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Filter.PROBATION_ENDS, []),
        (Filter.EXEMPT, ["Hoàng Văn Ấm", "Vũ Thị Yến"]),
        (Filter.AWAY, ["Bùi Quang Án"]),
        (Filter.VISITING, ["Ngô Thị Hòa"]),
        (Filter.LEFT, ["Lý Thị Quá", "Dương Văn Xa"]),
    ],
)
def test_saved_filters(qtbot: QtBot, cell_path: Path, wanted: Filter, names: list[str]) -> None:
    del qtbot
    with shown(cell_path, "members", MembersPage) as (_frame, page):
        page.filter.show_value(wanted)
        page.reload()
        assert [entry.member.name for entry in page.table_model.records] == names


def test_an_event_is_changed_in_its_form(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with shown(cell_path, "members", MembersPage) as (frame, page):
        entry = next(one for one in page.table_model.records if one.member.name == "Bùi Quang Án")
        frame.go(f"member:{entry.member.id}")
        member = frame.page
        assert isinstance(member, MemberPage)
        events = member.session.book.members.events(member.member_id)
        member.form.change(events[-1])
        assert member.form.kind.value() is EventKind.TEMPORARY_OUT
        member.form.entry.lines["other_organisation"].setText("Chi bộ Trường Đại học")
        member.form.entry.lines["fees_paid_until"].setText("7/2026")
        member.form.record()
        kept = member.session.book.members.events(member.member_id)[-1]
        assert kept.other_organisation == "Chi bộ Trường Đại học"
        assert str(kept.fees_paid_until) == "2026-07"
        assert kept.id == events[-1].id
