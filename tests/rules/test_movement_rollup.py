"""Movement over units: transfers between two of them cancel, and every column still adds up."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import TYPE_CHECKING

import reports
from hypothesis import given
from hypothesis import strategies as st

from sochibo.rules.dates import PartialDate
from sochibo.rules.members.member_papers import MovementReport, MovementTransfer, movement_report
from sochibo.rules.members.members import EventKind, Member, MemberEvent, Sex
from sochibo.rules.members.movement import DECREASES, INCREASES, Heads, MovementLine, make_movement
from sochibo.rules.members.movement_rollup import MovementSum, add_movements, movement_adds_up
from sochibo.rules.names import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
NAMES = {"a": "Chi bộ Thôn 4", "b": "Chi bộ Thôn 5", "c": "Chi bộ Thôn 6"}
UNITS = {fold(name): unit_id for unit_id, name in NAMES.items()}
NOBODY = Heads()


def member(number: int, *events: tuple[EventKind, str, str]) -> tuple[Member, list[MemberEvent]]:
    made = [
        MemberEvent(id="", member_id="", kind=kind, on=PartialDate(on), other_organisation=other)
        for kind, on, other in events
    ]
    sex = Sex.FEMALE if number % 2 else Sex.MALE
    return Member(id=f"m{number}", name=f"Người thứ {number}", sex=sex), made


def report(people: Sequence[tuple[Member, list[MemberEvent]]]) -> MovementReport:
    return movement_report(reports.heading(), "2026", make_movement(people, FIRST, LAST))


def adds_up(made: MovementSum) -> bool:
    start, end = made.lines[MovementLine.START], made.lines[MovementLine.END]
    came = sum((made.lines.get(line, NOBODY) for line in INCREASES), NOBODY)
    went = sum((made.lines.get(line, NOBODY) for line in DECREASES), NOBODY)
    whole = start + made.increase - made.decrease
    heads = [one.name for one in fields(Heads) if one.name != "probationary"]
    return (came, went) == (made.increase, made.decrease) and all(
        getattr(whole, name) == getattr(end, name) for name in heads
    )


def test_who_goes_from_one_of_our_cells_to_another_neither_comes_nor_leaves() -> None:
    admitted = (EventKind.ADMISSION, "2001-05-05", "")
    here = report([
        member(1, admitted, (EventKind.TRANSFER_OUT, "2026-03-01", "chi bộ  thôn 5")),
        member(2, admitted, (EventKind.TRANSFER_OUT, "2026-03-01", "Chi bộ Phường 1, thành phố")),
        member(3, admitted),
    ])  # fmt: skip
    there = report([
        member(1, (EventKind.TRANSFER_IN, "2026-03-05", "Chi bộ Thôn 4")),
        member(5, (EventKind.TRANSFER_IN, "2026-04-05", "Chi bộ Thôn 6")),
    ])  # fmt: skip
    made = add_movements({"a": here, "b": there}, UNITS)
    assert made.internal == Heads(1, women=1)
    assert made.lines[MovementLine.TRANSFERRED_OUT].total == 1
    # Whom only one side tells of is no pair: the other cell's paper is not there, or says otherwise.
    assert (made.lines[MovementLine.TRANSFERRED_IN].total, made.one_sided) == (1, 1)
    assert made.transfers == (
        MovementTransfer(
            MovementLine.TRANSFERRED_OUT, "Chi bộ Phường 1, thành phố", Heads(1, probationary=1)
        ),
    )
    assert adds_up(made)


def test_no_paper_of_movement_names_a_person() -> None:
    told = report([member(1, (EventKind.TRANSFER_IN, "2026-03-05", "Chi bộ Thôn 4"))])
    assert "Người thứ" not in repr(told)


moves = st.lists(
    st.tuples(
        st.sampled_from([*NAMES, "elsewhere", ""]), st.sampled_from([*NAMES, "elsewhere", ""]),
        st.booleans(), st.booleans(),
    ),
    max_size=8,
)  # fmt: skip


@given(moves, st.permutations(list(NAMES)))
def test_sums_of_movement_hold_in_any_order(
    told: list[tuple[str, str, bool, bool]], order: list[str]
) -> None:
    people: dict[str, list[tuple[Member, list[MemberEvent]]]] = {unit_id: [] for unit_id in NAMES}
    for number, (gone, come, says_out, says_in) in enumerate(told):
        admitted = (EventKind.ADMISSION, "2001-05-05", "")
        if gone in people:
            other = NAMES.get(come, come) if says_out else ""
            people[gone].append(member(number, admitted, (EventKind.TRANSFER_OUT, "2026-03-01", other)))
        if come in people:
            other = NAMES.get(gone, gone) if says_in else ""
            people[come].append(member(number, (EventKind.TRANSFER_IN, "2026-03-02", other)))
    papers = {unit_id: report(people[unit_id]) for unit_id in NAMES}
    assert all(map(movement_adds_up, papers.values()))
    made = add_movements(papers, UNITS)
    assert add_movements({unit_id: papers[unit_id] for unit_id in order}, UNITS) == made
    assert adds_up(made)
    # Nobody is lost: what cancelled and what stayed are what the cells told.
    for line in (MovementLine.TRANSFERRED_IN, MovementLine.TRANSFERRED_OUT):
        rows = [row.heads for paper in papers.values() for row in paper.rows if row.line is line]
        assert made.lines.get(line, NOBODY) + made.internal == sum(rows, NOBODY)
    both = sum(out and into and gone in people and come in people and gone != come
               for gone, come, out, into in told)  # fmt: skip
    assert made.internal.total >= both


@given(moves)
def test_a_committee_above_adds_what_committees_added(told: list[tuple[str, str, bool, bool]]) -> None:
    people = [member(n, (EventKind.TRANSFER_IN, "2026-03-02", NAMES.get(gone, gone)))
              for n, (gone, _, _, _) in enumerate(told)]  # fmt: skip
    papers = {"a": report(people), "b": report([])}
    once = add_movements(papers, {})
    again = add_movements({"a": papers["a"]}, {}), add_movements({"b": papers["b"]}, {})
    assert once.increase == again[0].increase + again[1].increase
    assert once.lines[MovementLine.END] == again[0].lines[MovementLine.END] + again[1].lines[MovementLine.END]
