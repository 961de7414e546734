"""What members are on a day, and what the rules say of a cell's committee (QĐ 294-QĐ/TW, §23.2)."""

from __future__ import annotations

from datetime import date

import pytest
from rolls import entry, roll

from sochibo.rules.dates import PartialDate
from sochibo.rules.members.badges import Badge, BadgeState
from sochibo.rules.members.composition import GROUP_LABELS, ROW_LABELS, make_composition
from sochibo.rules.members.members import Activity, EventKind, MemberEvent, Membership, Sex
from sochibo.rules.members.offices import (
    Office,
    OfficeKind,
    check_offices,
    heads_cell,
    held_on,
    leads_cell,
    serves_in_cell_committee,
    serves_in_committee,
    words_of,
)

DAY = date(2026, 12, 31)


def office(kind: OfficeKind, number: int = 0, since: str = "2025-06-01", until: str | None = None) -> Office:
    return Office(
        id=f"{kind}{number}",
        member_id=f"m{number}",
        kind=kind,
        since=date.fromisoformat(since),
        until=date.fromisoformat(until) if until else None,
    )


FULL = (office(OfficeKind.SECRETARY, 0), office(OfficeKind.DEPUTY_SECRETARY, 1))
COMMITTEE = tuple(office(OfficeKind.COMMITTEE_MEMBER, number) for number in range(3))


def codes(offices: tuple[Office, ...], official: int, members: int = 0, groups: int = 0) -> list[str]:
    return [one.code for one in check_offices(offices, official, members or official, groups, DAY)]


@pytest.mark.parametrize(
    ("offices", "official", "expected"),
    [
        ((*FULL, *COMMITTEE), 9, []),
        (FULL, 9, ["P54"]),
        (FULL, 8, []),
        ((*FULL, *COMMITTEE), 8, ["P55"]),
        ((), 8, ["P51"]),
        ((*FULL, office(OfficeKind.SECRETARY, 4)), 8, ["P52"]),
        ((*FULL, office(OfficeKind.DEPUTY_SECRETARY, 4)), 8, ["P53"]),
        ((*FULL, *(office(OfficeKind.COMMITTEE_MEMBER, number) for number in range(8))), 20, ["P56"]),
        (FULL[:1], 2, ["P57"]),
    ],
)
def test_the_committee_of_a_cell(offices: tuple[Office, ...], official: int, expected: list[str]) -> None:
    assert codes(offices, official) == expected


@pytest.mark.parametrize(
    ("office", "head", "leads", "cell", "committee"),
    [
        ("Bí thư", True, True, True, True),
        ("Bí thư chi bộ kiêm Trưởng thôn", True, True, True, True),
        ("Trưởng thôn, bí thư chi bộ", True, True, True, True),
        ("Bí thư chi bộ Đoàn Kết", True, True, True, True),
        ("Phó Bí thư", False, True, True, True),
        ("P. Bí thư chi bộ", False, True, True, True),
        ("Chi ủy viên", False, False, True, True),
        ("Đảng ủy viên", False, False, False, True),
        ("Bí thư Đảng ủy xã", False, False, False, True),
        ("Bí thư Đoàn xã", False, False, False, False),
        ("Phó Bí thư Đoàn TNCS", False, False, False, False),
        ("Bí thư chi đoàn", False, False, False, False),
        ("Nguyên bí thư chi bộ", False, False, False, False),
        ("", False, False, False, False),
    ],
)
def test_what_an_office_in_the_register_means(
    office: str, *, head: bool, leads: bool, cell: bool, committee: bool
) -> None:
    assert (heads_cell(office), leads_cell(office)) == (head, leads)
    assert (serves_in_cell_committee(office), serves_in_committee(office)) == (cell, committee)


def test_a_large_cell_divides_into_groups() -> None:
    assert codes((*FULL, *COMMITTEE), 30) == ["P58"]
    assert codes((*FULL, *COMMITTEE), 30, groups=2) == []


def test_only_what_is_held_on_the_day_counts_and_is_said() -> None:
    offices = (office(OfficeKind.SECRETARY, until="2026-05-31"), office(OfficeKind.COMMITTEE_MEMBER))
    assert [one.kind for one in held_on(offices, date(2026, 5, 31))] == [
        OfficeKind.SECRETARY,
        OfficeKind.COMMITTEE_MEMBER,
    ]
    assert words_of(offices, date(2026, 5, 31)) == "Bí thư"
    assert words_of(offices, date(2026, 6, 1)) == "Chi ủy viên"


def test_everybody_is_counted_once_in_every_whole_group() -> None:
    people = [
        entry(0, sex=Sex.FEMALE, birth=PartialDate("1970"), education="12/12", ethnicity="Kinh"),
        entry(1, sex=Sex.MALE, education="12 / 12", retired=True),
        entry(2, Membership.PROBATIONARY, birth=PartialDate("2000-05-06")),
        entry(3, activity=Activity.EXEMPT),
        entry(4, activity=Activity.VISITING),
    ]
    admitted = MemberEvent(id="e", member_id="m0", kind=EventKind.ADMISSION, on=PartialDate("1997-03-02"))
    table = make_composition([(one, [admitted] if one.member.id == "m0" else [], []) for one in people], DAY)
    assert (table.members, table.women) == (4, 1)
    for group in table.groups:
        assert group.code in GROUP_LABELS
        assert all(row.code in ROW_LABELS or row.text for row in group.rows)
        if group.whole:
            assert sum(row.total for row in group.rows) == 4
    by_code = {group.code: {row.code or row.text: row.total for row in group.rows} for group in table.groups}
    assert by_code["standing"] == {"official": 3, "probationary": 1, "exempt": 1, "visiting": 1}
    assert by_code["age"] == {"age_30": 1, "age_60": 1, "unknown": 2}
    assert by_code["party_age"] == {"party_30": 1, "unknown": 3}
    assert by_code["badges"] == {"30": 1}
    assert by_code["service"] == {"retired": 1}


def test_a_badge_awarded_is_no_longer_due() -> None:
    (one,) = roll(1)
    admitted = MemberEvent(id="e", member_id="m0", kind=EventKind.ADMISSION, on=PartialDate("1997-03-02"))
    awarded = Badge(id="b", member_id="m0", years=30, state=BadgeState.AWARDED)
    table = make_composition([(one, [admitted], [awarded])], DAY)
    assert "badges" not in {group.code for group in table.groups}
