"""The register: found while typing, narrowed, opened; one member's masked numbers and events; Excel lists."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from rosters import write_roster
from windows import compose, frame_of, open_window, outside, press, settle, unnamed, widgets

from sochibo.interface.members.member_filters import Filter
from sochibo.interface.members.member_page import MemberPage
from sochibo.interface.members.members_page import MembersPage
from sochibo.interface.members.roster_page import RosterPanel, RosterStartPanel
from sochibo.interface.parts import choosers
from sochibo.rules.meetings.meetings import MeetingKind
from sochibo.rules.members.members import EventKind, Membership, masked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.frame.frame import Frame


@contextmanager
def register(path: Path, language: str = "vi", percent: int = 100) -> Iterator[tuple[Frame, MembersPage]]:
    with open_window(path, language=language, percent=percent) as window:
        frame = frame_of(window)
        frame.go("members")
        page = frame.page
        assert isinstance(page, MembersPage)
        settle()
        yield frame, page


@contextmanager
def life(path: Path, name: str, language: str = "vi", percent: int = 100) -> Iterator[MemberPage]:
    with register(path, language, percent) as (frame, page):
        entry = next(
            one for one in page.session.book.members.on(page.session.today()) if one.member.name == name
        )
        frame.go(f"member:{entry.member.id}")
        shown = frame.page
        assert isinstance(shown, MemberPage)
        settle()
        yield shown


def names_in(page: MembersPage) -> list[str]:
    return [entry.member.name for entry in page.table_model.records]


def test_the_listed_stand_in_vietnamese_order(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with register(cell_path) as (_frame, page):
        assert names_in(page)[:4] == ["Bùi Quang Án", "Hoàng Văn Ấm", "Phạm Thị Ân", "Trần Thị Bích"]
        assert page.count.text() == "10 người"


def test_typing_finds_without_diacritics_after_a_pause(qtbot: QtBot, cell_path: Path) -> None:
    with register(cell_path) as (_frame, page):
        compose(page.search, commit="uoc")
        assert len(names_in(page)) == 10
        qtbot.waitUntil(lambda: names_in(page) == ["Đỗ Minh Ước"])
        assert page.go_back()
        assert len(names_in(page)) == 10


@pytest.mark.parametrize(
    ("wanted", "count"),
    [(Filter.OFFICIAL, 8), (Filter.PROBATIONARY, 1), (Filter.ELSEWHERE, 4), (Filter.LEFT, 2)],
)
def test_filters_narrow_the_register(qtbot: QtBot, cell_path: Path, wanted: Filter, count: int) -> None:
    del qtbot
    with register(cell_path) as (_frame, page):
        page.filter.show_value(wanted)
        page.reload()
        assert len(names_in(page)) == count


def test_enter_opens_the_member_in_hand(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with register(cell_path) as (frame, page):
        page.table.selectRow(3)
        press(page.table, Qt.Key.Key_Return)
        assert frame.page.title()[-1] == "Trần Thị Bích"


def test_a_new_member_opens_to_be_filled_in_and_can_be_undone(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with register(cell_path) as (frame, page):
        page.add()
        shown = frame.page
        assert isinstance(shown, MemberPage)
        shown.lines["name"].setText("Lương Thị Mới")
        shown.flush()
        assert shown.member.name == "Lương Thị Mới"
        # Of whom nothing is told yet is on no roll, and in sight all the same.
        assert shown.life.untold.isVisibleTo(shown)
        frame.go("members")
        listed = frame.page
        assert isinstance(listed, MembersPage)
        assert "Lương Thị Mới" in names_in(listed)
        choose(listed, Filter.LEFT)
        assert "Lương Thị Mới" not in names_in(listed)
        frame.undo()
        frame.undo()
        settle()
        choose(listed, Filter.LISTED)
        assert "Lương Thị Mới" not in names_in(listed)


def test_undo_of_a_new_member_leaves_the_page(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with register(cell_path) as (frame, page):
        page.add()
        frame.undo()
        settle()
        assert frame.goal == "members"


def choose(page: MembersPage, wanted: Filter) -> None:
    place = list(Filter).index(wanted)
    page.filter.setCurrentIndex(place)
    page.filter.activated.emit(place)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("percent", [100, 200])
def test_both_pages_name_their_controls_and_fit(
    qtbot: QtBot, cell_path: Path, language: str, percent: int
) -> None:
    del qtbot
    with life(cell_path, "Lê Hoàng Đức", language, percent) as page:
        page.form.unfold.click()
        settle()
        assert unnamed(page) == []
        assert outside(page.window()) == []


def test_a_number_is_masked_until_asked_for_and_again_on_leaving(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with life(cell_path, "Lê Hoàng Đức") as page:
        number = page.member.identity_no
        seen = [child.text() for child in widgets(page) if isinstance(child, QLabel)]
        assert masked(number) in seen
        assert number not in seen
        assert not page.lines["identity_no"].isVisible()
        page.show_numbers.click()
        assert page.lines["identity_no"].isVisible()
        page.session.go("members")
        settle()
        page.session.go(f"member:{page.member_id}")
        settle()
        assert not page.lines["identity_no"].isVisible()


@pytest.mark.parametrize(
    ("number", "shown"), [("001061006789", "0010••••6789"), ("12345678", "••••••78"), ("", "")]
)
def test_a_mask_keeps_the_ends_only(number: str, shown: str) -> None:
    assert masked(number) == shown


def test_an_event_is_recorded_and_taken_back(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with life(cell_path, "Đỗ Minh Ước") as page:
        page.form.unfold.click()
        page.form.kind.show_value(EventKind.RECOGNITION)
        page.form.on.setText("nhầm")
        page.form.record()
        members = page.session.book.members
        assert len(members.events(page.member_id)) == 1
        page.form.on.setText("1/11/2026")
        page.form.record()
        # Recognised before the 12 months are over: said first, recorded when asked again.
        assert "19/05/2027" in page.form.advice.text()
        assert len(members.events(page.member_id)) == 1
        page.form.record()
        on = page.session.today()
        entry = next(one for one in members.on(on) if one.member.id == page.member_id)
        assert entry.standing.membership is Membership.OFFICIAL
        page.session.run(lambda book: book.history.undo())
        assert len(members.events(page.member_id)) == 1


def test_what_cannot_be_is_told_at_its_field_and_what_is_odd_is_asked_once(
    qtbot: QtBot, cell_path: Path
) -> None:
    del qtbot
    with life(cell_path, "Trần Thị Bích") as page:
        members, form = page.session.book.members, page.form
        known = members.events(page.member_id)
        form.unfold.click()
        form.kind.show_value(EventKind.STRIKE_OFF)
        form.kind.activated.emit(form.kind.currentIndex())
        form.on.setText("1/11/2026")
        for name, typed in (("vote_base", "10"), ("in_favour", "9"), ("against", "2")):
            form.entry.lines[name].setText(typed)
        for _ in range(2):
            form.record()
            assert "Số phiếu nhiều hơn" in " ".join(said_in(form))
            assert form.record_button.text() == "Ghi"
        assert members.events(page.member_id) == known
        # A departure whose day was forgotten would take the person off every roll there was.
        form.entry.lines["against"].setText("1")
        form.on.clear()
        form.record()
        assert form.record_button.text() == "Vẫn ghi"
        assert members.events(page.member_id) == known


def said_in(form: QWidget) -> list[str]:
    return [child.text() for child in widgets(form) if isinstance(child, QLabel) and child.isVisible()]


def test_an_event_names_the_meeting_that_resolved_it_and_keeps_it_when_changed(
    qtbot: QtBot, cell_path: Path
) -> None:
    del qtbot
    with life(cell_path, "Đỗ Minh Ước") as page:
        members, today = page.session.book.members, page.session.today()
        meeting = page.session.book.meetings.prepare(MeetingKind.REGULAR, today)
        page.form.unfold.click()
        page.form.kind.show_value(EventKind.RECOGNITION)
        page.form.kind.activated.emit(page.form.kind.currentIndex())
        page.form.on.setText("1/11/2026")
        page.form.entry.choices["meeting_id"].show_value(meeting)
        for _ in range(2):
            page.form.record()
        made = members.events(page.member_id)[-1]
        assert (made.kind, made.meeting_id) == (EventKind.RECOGNITION, meeting)
        page.form.change(made)
        assert page.form.entry.choices["meeting_id"].value() == meeting


def test_a_date_that_cannot_be_read_is_told_and_not_stored(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with life(cell_path, "Lê Hoàng Đức") as page:
        before = page.member.birth
        page.birth.setText("hôm qua")
        page.flush()
        assert page.session.book.members.get(page.member_id).birth == before
        page.birth.setText("1989")
        page.flush()
        birth = page.session.book.members.get(page.member_id).birth
        assert birth is not None
        assert birth.iso == "1989"


def test_a_list_is_shown_before_it_is_recorded_and_undone_as_one(
    qtbot: QtBot, cell_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    path = write_roster(
        tmp_path / "Danh sách.xlsx",
        [
            ("TT", "Họ và tên", "Ngày sinh", "Ngày vào Đảng", "Ngày chính thức"),
            (1, "Lương Thị Mới", "1990", "03/02/2015", "03/02/2016"),
            (2, "Lê Hoàng Đức", "30/01/1988", "", ""),
            (3, "Mai Văn Sai", "31/02/1990", "ngày kia", ""),
        ],
    )
    monkeypatch.setattr(choosers, "choose_file", lambda *_asked: path)
    with register(cell_path) as (frame, page):
        before = len(page.session.book.members.on(page.session.today(), everybody=True))
        page.choose_roster()
        panel = page._panel  # noqa: SLF001 - the list in the place of the register
        assert isinstance(panel, RosterPanel)
        assert panel.table_model.rowCount() == 3
        assert unnamed(page) == []
        assert len(page.session.book.members.on(page.session.today(), everybody=True)) == before
        usable = sum(line.usable for line in panel.preview.rows)
        assert panel.record_button.text() == f"Ghi vào sổ {usable} người"
        panel.record_button.click()
        assert "Lương Thị Mới" in names_in(page)
        frame.undo()
        assert "Lương Thị Mới" not in names_in(page)


def test_the_register_remembers_whom_it_showed(qtbot: QtBot, cell_path: Path) -> None:
    del qtbot
    with register(cell_path) as (frame, page):
        place = list(Filter).index(Filter.LEFT)
        page.filter.setCurrentIndex(place)
        page.filter.activated.emit(place)
        shown = page.table_model.rowCount()
        frame.rebuild()
        again = frame.page
        assert isinstance(again, MembersPage)
        assert again is not page
        assert (again.filter.value(), again.table_model.rowCount()) == (Filter.LEFT, shown)


def test_a_list_without_a_header_is_read_from_its_first_row(
    qtbot: QtBot, cell_path: Path, tmp_path: Path
) -> None:
    del qtbot
    rows = [(1, "Vũ Thị Xoan", "3/4/1970", "001170012345"), (2, "Hà Văn Lúa", "1980", "001080054321")]
    path = write_roster(tmp_path / "l.xlsx", rows)
    with register(cell_path) as (frame, page):
        page.show_roster(path)
        settle()
        asking = page._panel  # noqa: SLF001 - what stands in the place of the register
        assert isinstance(asking, RosterStartPanel)
        assert asking.is_bare()
        assert unnamed(page) == []
        assert outside(frame.window()) == []
        assert [row[1][1] for row in asking.rows.records] == ["Vũ Thị Xoan", "Hà Văn Lúa"]
        assert "001170012345" not in str(asking.rows.records)
        assert asking.columns.fields["B"].value() == "name"
        asking.columns.fields["C"].show_value("birth")
        asking.read_button.click()
        settle()
        shown = next(one for one in widgets(page) if isinstance(one, RosterPanel))
        assert [line.member.name for line in shown.preview.rows] == ["Vũ Thị Xoan", "Hà Văn Lúa"]
        # A choice that is changed afterwards is of letters still.
        shown.columns.chosen.emit({**shown.columns.mapping(), "C": ""})
        settle()
        again = page._panel  # noqa: SLF001 - as above
        assert isinstance(again, RosterPanel)
        assert [line.member.birth for line in again.preview.rows] == [None, None]
        again.record()
        assert {"Vũ Thị Xoan", "Hà Văn Lúa"} <= set(names_in(page))


def test_whether_a_list_has_a_header_is_for_a_person_to_say(
    qtbot: QtBot, cell_path: Path, tmp_path: Path
) -> None:
    del qtbot
    path = write_roster(tmp_path / "l.xlsx", [("Vũ Thị Xoan", "Xã Tân Lập"), ("Hà Văn Lúa", "Xã Đông Hòa")])
    with register(cell_path) as (_frame, page):
        page.show_roster(path)
        settle()
        asking = page._panel  # noqa: SLF001 - what stands in the place of the register
        assert isinstance(asking, RosterStartPanel)
        assert list(asking.columns.fields) == ["Vũ Thị Xoan", "Xã Tân Lập"]
        asking.bare.click()
        assert list(asking.columns.fields) == ["A", "B"]
        assert asking.read_button.isEnabled(), "the names were found"
        asking.bare.click()
        assert list(asking.columns.fields) == ["Vũ Thị Xoan", "Xã Tân Lập"]
        assert not asking.read_button.isEnabled()


def test_a_list_without_a_known_column_of_names_asks_what_each_column_is(
    qtbot: QtBot, cell_path: Path, tmp_path: Path
) -> None:
    del qtbot
    rows = [("Thứ tự", "Quý danh", "Ngày ra đời"), (1, "Vũ Thị Xoan", "3/4/1970"), (2, "Hà Văn Lúa", "1980")]
    path = write_roster(tmp_path / "l.xlsx", rows)
    with register(cell_path) as (frame, page):
        page.show_roster(path)
        settle()
        asking = page._panel  # noqa: SLF001 - what stands in the place of the register
        assert isinstance(asking, RosterStartPanel)
        assert unnamed(page) == []
        assert outside(frame.window()) == []
        asking.read_button.click()
        assert page._panel is asking, "no column holds the names yet"  # noqa: SLF001 - as above
        asking.columns.fields["Quý danh"].show_value("name")
        asking.columns.fields["Ngày ra đời"].show_value("birth")
        asking.columns.chosen.emit(asking.columns.mapping())
        asking.read_button.click()
        settle()
        shown = next(one for one in widgets(page) if isinstance(one, RosterPanel))
        shown.record()
        assert {"Vũ Thị Xoan", "Hà Văn Lúa"} <= set(names_in(page))
        page.show_roster(path)
        settle()
        again = next(one for one in widgets(page) if isinstance(one, RosterPanel))
        assert again.preview.remembered
