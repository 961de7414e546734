"""Companion registers, lives, duplicates and the papers about members, over a real book."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book
from recordings import meeting_data

from sochibo.faults import Refused
from sochibo.messages import Messages
from sochibo.rules.dates import PartialDate
from sochibo.rules.members.member_papers import HeldReport
from sochibo.rules.members.members import EventKind, Member, MemberEvent
from sochibo.rules.members.movement import MovementLine
from sochibo.rules.members.register_columns import REGISTERS
from sochibo.rules.members.registers import RegisterKind, RegisterLine
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import Heading
from sochibo.storage.engine.dump import dump

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book

DAY = date(2026, 11, 5)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with make_cell_book(tmp_path / "Sổ.sochibo") as made:
        yield made


def of(book: Book, name: str) -> str:
    return next(key for key, known in book.members.names().items() if known == name)


def lines(book: Book, kind: RegisterKind) -> list[tuple[str, ...]]:
    return list(book.member_papers.rows(kind, DAY, Messages("en")))


def write(book: Book, kind: RegisterKind, /, **values: str) -> str:
    return book.registers.record(kind, RegisterLine("", values))


SAMPLES: dict[RegisterKind, dict[str, str]] = {
    RegisterKind.CANDIDATES: {"name": "Lê Thị Mầm", "state": "listed", "resolved_on": "2026-03-03"},
    RegisterKind.TRAINING: {"kind": "new_member", "finished_on": "2026-06", "certificate": "12/GCN"},
    RegisterKind.RESIDENCE: {"on": "2026-01-05", "organisation": "Chi bộ Thôn 2"},
    RegisterKind.DOSSIERS: {"on": "2026-02-05", "title": "Lý lịch đảng viên"},
    RegisterKind.SUPPLEMENTS: {"year": "2026", "confirmed_on": "2026-01-15"},
    RegisterKind.BADGES: {"years": "30", "state": "awarded", "awarded_on": "2016-02-03"},
    RegisterKind.REWARDS: {"on": "2026-05-05", "title": "Giấy khen"},
    RegisterKind.COMMITMENTS: {"year": "2026", "signed_on": "2026-01-15"},
    RegisterKind.OFFICES: {"kind": "secretary", "since": "2025-06-01", "way": "elected"},
    RegisterKind.GROUPS: {"name": "Tổ đảng 1", "since": "2025-06-01"},
    RegisterKind.GROUP_MEMBERS: {"since": "2025-06-01"},
}


@pytest.mark.parametrize("kind", REGISTERS)
def test_a_line_is_written_changed_and_taken_out_and_every_act_undone(book: Book, kind: RegisterKind) -> None:
    values = dict(SAMPLES[kind])
    register = REGISTERS[kind]
    if any(field.name == "member_id" for field in register.fields):
        values["member_id"] = of(book, "Nguyễn Văn Mẫu")
    if kind is RegisterKind.GROUP_MEMBERS:
        values["group_id"] = write(book, RegisterKind.GROUPS, **SAMPLES[RegisterKind.GROUPS])
    made = write(book, kind, **values)
    (line,) = book.registers.lines(kind, DAY)
    assert line.id == made
    assert {name: line.values[name] for name in values} == values
    last = register.fields[-1].name
    book.registers.record(kind, RegisterLine(made, {**line.values, last: "2026-10-10"}))
    assert book.registers.lines(kind, DAY)[0].values[last] == "2026-10-10"
    book.registers.remove(kind, made)
    assert book.registers.lines(kind, DAY) == ()
    for _ in range(2):
        book.history.undo()
    assert book.registers.lines(kind, DAY) == (line,)
    book.history.undo()
    assert book.registers.lines(kind, DAY) == ()


def test_a_wrong_line_is_refused_whole(book: Book) -> None:
    with pytest.raises(Refused):
        write(book, RegisterKind.REWARDS, on="2026-05-05", title="Giấy khen")
    assert book.registers.lines(RegisterKind.REWARDS, DAY) == ()


def test_an_office_is_said_in_the_register_and_the_committee_judged(book: Book) -> None:
    duc = of(book, "Lê Hoàng Đức")
    write(
        book, RegisterKind.OFFICES, member_id=duc, kind="deputy_secretary", since="2025-06-01", way="elected"
    )
    assert book.members.get(duc).office == "Phó bí thư"
    assert [one.code for one in book.registers.check_offices(DAY)] == ["P51"]
    book.history.undo()
    assert book.members.get(duc).office == ""


def test_a_badge_awarded_gives_the_register_its_number(book: Book) -> None:
    mau = of(book, "Nguyễn Văn Mẫu")
    write(
        book,
        RegisterKind.BADGES,
        member_id=mau,
        years="40",
        state="awarded",
        awarded_on="2025-02-03",
        badge_no="BM 0001234",
    )
    assert book.members.get(mau).badge_no == "BM 0001234"


def test_a_group_somebody_belongs_to_stays(book: Book) -> None:
    group = write(book, RegisterKind.GROUPS, **SAMPLES[RegisterKind.GROUPS])
    write(
        book,
        RegisterKind.GROUP_MEMBERS,
        member_id=of(book, "Lê Hoàng Đức"),
        group_id=group,
        since="2025-06-01",
    )
    with pytest.raises(Refused):
        book.registers.remove(RegisterKind.GROUPS, group)
    assert lines(book, RegisterKind.GROUP_MEMBERS)[0][:2] == ("Lê Hoàng Đức", "Tổ đảng 1")


def test_registers_that_follow_from_events(book: Book) -> None:
    assert [line[0] for line in lines(book, RegisterKind.PROBATIONARY)] == ["Đỗ Minh Ước"]
    assert lines(book, RegisterKind.PROBATIONARY)[0][4] == "19/05/2027"
    assert [line[:3] for line in lines(book, RegisterKind.TRANSFERS)] == [
        ("Dương Văn Xa", "Transfer out", "31/12/2024")
    ]
    assert [line[0] for line in lines(book, RegisterKind.TEMPORARY)] == ["Ngô Thị Hòa", "Bùi Quang Án"]
    assert [line[0] for line in lines(book, RegisterKind.DECEASED)] == ["Lý Thị Quá"]
    assert lines(book, RegisterKind.LEFT) == []
    assert lines(book, RegisterKind.RESOLUTIONS) == []
    member = book.members.get(of(book, "Lê Hoàng Đức"))
    from dataclasses import replace

    book.members.change(replace(member, card_no="001088006789"))
    assert lines(book, RegisterKind.CARDS) == [("Lê Hoàng Đức", "0010••••6789", "")]


def test_a_life_tells_what_is_due_and_how_often_somebody_came(book: Book) -> None:
    book.meetings.record(meeting_data())
    uoc = book.lives.of(of(book, "Đỗ Minh Ước"), DAY)
    assert {one.code for one in uoc.open} == {"probation", "recognition", "slip"}
    assert uoc.events[0].papers
    years = book.lives.meetings(of(book, "Đỗ Minh Ước"), DAY)
    assert [(year.year, year.whole.numerator, year.whole.denominator) for year in years] == [(2026, 0, 1)]
    mau = book.lives.of(of(book, "Nguyễn Văn Mẫu"), DAY)
    assert mau.age is not None
    assert mau.age.years_on(DAY) == 41
    assert mau.badge is not None
    assert mau.badge.years == 45
    assert not mau.fee_free


def test_movement_and_composition_agree_with_the_roll(book: Book) -> None:
    year = book.movements.of(parse_period("2025"))
    assert year.line(MovementLine.DIED).total == 1
    assert book.movements.check(year) == ()
    composition = book.movements.composition(DAY)
    assert composition.members == sum(entry.standing.belongs for entry in book.members.on(DAY)) == 9


def test_every_paper_about_members_is_drawn(book: Book) -> None:
    papers, reports = book.member_papers, book.reports
    for draft in (
        papers.register_draft(DAY),
        papers.companion_draft(RegisterKind.TRANSFERS, DAY),
        papers.held_draft(of(book, "Nguyễn Văn Mẫu"), DAY),
        papers.movement_draft(parse_period("2026-H1"), DAY),
        papers.composition_draft(DAY, DAY),
    ):
        assert reports.preview(draft).startswith(b"%PDF")
    number = reports.get(papers.issue_movement(parse_period("2025"), DAY)).number
    assert number == "01-BC/CB"
    assert reports.get(papers.issue_composition(DAY, DAY)).number == "02-BC/CB"


def test_what_is_held_names_everything_and_no_number(book: Book) -> None:
    from dataclasses import replace

    mau = of(book, "Nguyễn Văn Mẫu")
    book.members.change(replace(book.members.get(mau), identity_no="001061006789"))
    write(book, RegisterKind.REWARDS, member_id=mau, on="2026-05-05", title="Giấy khen")
    report = book.member_papers.held_draft(mau, DAY).write(Heading("", "", "", "", DAY, "", "", ""))
    assert isinstance(report, HeldReport)
    said = "\n".join(" ".join(row) for part in report.sections for row in part.rows)
    assert "0010••••6789" in said
    assert "001061006789" not in said
    assert "Giấy khen" in said


def test_a_register_is_written_to_excel(book: Book, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    target = tmp_path / "so.xlsx"
    book.member_papers.write_register(target, Messages("en"), RegisterKind.DECEASED, DAY)
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    assert any("Lý Thị Quá" in row for row in rows)


class TestMerging:
    """Two lines of one person become one act, and the act can be undone."""

    @staticmethod
    def double(book: Book) -> tuple[str, str]:
        """Record Lê Hoàng Đức a second time, as a list read twice with another spelling does."""
        book.members.add(
            Member(id="", name="LÊ HOÀNG ĐỨC", birth=PartialDate("1988"), phone="0900000001"),
            [
                MemberEvent(id="", member_id="", kind=EventKind.ADMISSION, on=PartialDate("2015")),
                MemberEvent(id="", member_id="", kind=EventKind.TRANSFER_IN, on=PartialDate("2020-01-01")),
            ],
        )
        return of(book, "Lê Hoàng Đức"), of(book, "LÊ HOÀNG ĐỨC")

    def test_everything_moves_and_nothing_is_left(self, book: Book) -> None:
        keep, other = self.double(book)
        write(book, RegisterKind.REWARDS, member_id=other, on="2026-05-05", title="Giấy khen")
        write(book, RegisterKind.COMMITMENTS, member_id=keep, year="2026")
        write(book, RegisterKind.COMMITMENTS, member_id=other, year="2026")
        (pair,) = book.duplicates.pairs()
        assert {pair.first.id, pair.second.id} == {keep, other}
        book.duplicates.merge(keep, other)
        assert other not in book.members.names()
        assert book.members.get(keep).phone == "0900000001"
        assert book.members.get(keep).birth == PartialDate("1988-01-30")
        assert [one.kind for one in book.members.events(keep)] == [
            EventKind.ADMISSION,
            EventKind.RECOGNITION,
            EventKind.TRANSFER_IN,
        ]
        assert len(book.registers.of_member(RegisterKind.REWARDS, keep)) == 1
        assert len(book.registers.of_member(RegisterKind.COMMITMENTS, keep)) == 1
        assert book.duplicates.pairs() == ()

    def test_a_wrong_pair_is_undone_to_the_last_byte(self, book: Book) -> None:
        keep, _ = self.double(book)
        other = of(book, "Trần Thị Bích")
        write(book, RegisterKind.REWARDS, member_id=other, on="2026-05-05", title="Giấy khen")
        before = _records(book)
        book.duplicates.merge(keep, other)
        assert _records(book) != before
        book.history.undo()
        assert _records(book) == before
        book.history.redo()
        assert other not in book.members.names()

    def test_two_who_stand_in_one_finished_record_are_two_people(self, book: Book) -> None:
        keep, other = of(book, "Lê Hoàng Đức"), of(book, "Đỗ Minh Ước")
        meeting = book.meetings.record(meeting_data())
        assert not [one for one in book.duplicates.check(keep, other) if one.code == "P82"]
        book.meetings.close(meeting)
        assert "P82" in [one.code for one in book.duplicates.check(keep, other)]
        with pytest.raises(Refused):
            book.duplicates.merge(keep, other)

    def test_a_line_is_not_merged_with_itself(self, book: Book) -> None:
        keep = of(book, "Lê Hoàng Đức")
        assert [one.code for one in book.duplicates.check(keep, keep)] == ["P81"]

    def test_two_people_of_one_name_are_not_taken_for_one(self, book: Book) -> None:
        book.members.add(Member(id="", name="Lê Hoàng Đức", birth=PartialDate("1995-05-05")))
        assert book.duplicates.pairs() == ()


def _records(book: Book) -> list[str]:
    """Return what the book holds, without its history."""

    class Sink:
        def __init__(self) -> None:
            self.data = b""

        def write(self, data: bytes) -> None:
            self.data += data

    sink = Sink()
    dump(book._database, sink)  # noqa: SLF001 - the file itself is what is compared
    # Rows that come back stand at the end of their table, so that only their lines are compared.
    lines = sink.data.decode().splitlines()
    kept: list[str] = []
    inside = False
    for line in lines[:-1]:
        if line.endswith('":['):
            inside = any(name in line for name in ('"action"', '"journal"', '"search_entry"'))
        elif not inside:
            kept.append(line.lstrip(","))
    return sorted(kept)


class TestBadInput:
    """Each thing that cannot be has its sentence, and leaves nothing behind."""

    def record(self, book: Book, name: str, kind: EventKind, on: str, **more: object) -> str:
        member_id = of(book, name)
        made = MemberEvent(id="", member_id=member_id, kind=kind, on=PartialDate(on), **more)  # type: ignore[arg-type]
        try:
            book.members.record(made)
        except Refused as refused:
            return refused.findings[0].code
        return ""

    def test_an_event_before_birth(self, book: Book) -> None:
        assert self.record(book, "Đỗ Minh Ước", EventKind.EXEMPTION, "1990-01-01") == "P14"

    def test_recognised_before_admitted(self, book: Book) -> None:
        assert self.record(book, "Đỗ Minh Ước", EventKind.RECOGNITION, "2026-01-01") in {"P16", "P22"}

    def test_more_votes_than_voters(self, book: Book) -> None:
        code = self.record(
            book, "Đỗ Minh Ước", EventKind.RECOGNITION, "2026-10-01", vote_base=9, in_favour=9, against=1
        )
        assert code == "P41"

    def test_a_decision_of_tomorrow(self, book: Book) -> None:
        code = self.record(
            book, "Đỗ Minh Ước", EventKind.RECOGNITION, "2026-10-01", decided_on=date(2999, 1, 1)
        )
        assert code == "P43"

    def test_advice_does_not_refuse(self, book: Book) -> None:
        event = MemberEvent(
            id="",
            member_id=of(book, "Đỗ Minh Ước"),
            kind=EventKind.RECOGNITION,
            on=PartialDate("2026-10-01"),
            vote_base=9,
            in_favour=5,
        )
        assert {one.code for one in book.members.check_event(event)} == {"P42", "P46"}
        book.members.record(event)
        kept = book.members.events(event.member_id)[-1]
        assert (kept.vote_base, kept.in_favour) == (9, 5)
        from dataclasses import replace

        book.members.change_event(replace(kept, in_favour=8, certificate="12/GCN"))
        assert book.members.events(event.member_id)[-1].certificate == "12/GCN"
        assert {one.code for one in book.members.check_event(book.members.events(event.member_id)[-1])} == {
            "P46"
        }

    def test_a_change_of_name_keeps_the_name_of_before(self, book: Book) -> None:
        assert self.record(book, "Đỗ Minh Ước", EventKind.NAME_CHANGE, "2026-10-01") == ""
        assert book.members.events(of(book, "Đỗ Minh Ước"))[-1].former_name == "Đỗ Minh Ước"
