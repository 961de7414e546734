"""Units through time: founded, renamed, merged, split, moved, closed, and the bridge between two counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book, make_committee_book
from recordings import VIETNAM, quick_keys

from sochibo.book.rollups.units import UnitEventKind
from sochibo.faults import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sochibo.book.book import Book

JANUARY = date(2026, 1, 1)
JULY = date(2026, 7, 1)
DECEMBER = date(2026, 12, 31)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Book]:
    with make_committee_book(tmp_path / "c.sochibo") as book:
        yield book


def found(book: Book, *names: str, on: date = JANUARY, parent_id: str | None = None) -> list[str]:
    return [book.units.found(name, on, parent_id=parent_id) for name in names]


def names_on(book: Book, day: date) -> list[str]:
    return [f"{'  ' * branch.depth}{branch.version.name}" for branch in book.units.on(day)]


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in error.value.findings]


def test_a_renamed_unit_keeps_the_name_of_the_day(empty: Book) -> None:
    (unit,) = found(empty, "Chi bộ Xóm Đình")
    empty.units.change(unit, JULY, name="Chi bộ Thôn 4", decision="QĐ 12-QĐ/ĐU")
    assert names_on(empty, JULY - timedelta(days=1)) == ["Chi bộ Xóm Đình"]
    assert names_on(empty, JULY) == ["Chi bộ Thôn 4"]
    renamed = empty.units.events()[-1]
    assert (renamed.kind, renamed.decision, renamed.before, renamed.after) == (
        UnitEventKind.RENAME, "QĐ 12-QĐ/ĐU", (unit,), (unit,),
    )  # fmt: skip
    assert empty.history.undo()
    assert names_on(empty, DECEMBER) == ["Chi bộ Xóm Đình"]


def test_units_stand_in_their_order_to_any_depth(empty: Book) -> None:
    (base,) = found(empty, "Đảng bộ bộ phận Chợ")
    found(empty, "Chi bộ Thôn 10", "Chi bộ Thôn 2")
    (inner,) = found(empty, "Chi bộ Chợ Trên", parent_id=base)
    found(empty, "Tổ đảng 1", parent_id=inner)
    assert names_on(empty, JULY) == [
        "Chi bộ Thôn 2", "Chi bộ Thôn 10", "Đảng bộ bộ phận Chợ", "  Chi bộ Chợ Trên", "    Tổ đảng 1",
    ]  # fmt: skip
    empty.units.close(base, JULY)
    assert names_on(empty, JULY) == ["Chi bộ Chợ Trên", "  Tổ đảng 1", "Chi bộ Thôn 2", "Chi bộ Thôn 10"]
    assert names_on(empty, JULY - timedelta(days=1))[3:] == ["  Chi bộ Chợ Trên", "    Tổ đảng 1"]


def test_a_merger_ends_what_went_into_it_and_tells_the_successor(empty: Book) -> None:
    first, second, third = found(empty, "Chi bộ Thôn 1", "Chi bộ Thôn 2", "Chi bộ Thôn 3")
    into = empty.units.merge([first, second], JULY, into=first, name="Chi bộ Thôn 1-2", decision="QĐ 30")
    assert into == first
    assert names_on(empty, JULY) == ["Chi bộ Thôn 1-2", "Chi bộ Thôn 3"]
    new = empty.units.merge([first, third], DECEMBER, name="Chi bộ Liên thôn")
    assert new not in {first, second, third}
    assert empty.units.successors(second, JULY - timedelta(days=1)) == (second,)
    assert empty.units.successors(second, JULY) == (first,)
    assert empty.units.successors(second, DECEMBER) == (new,)


def test_a_split_makes_new_units_beside_or_in_place_of_the_old(empty: Book) -> None:
    (big,) = found(empty, "Chi bộ Thôn Lớn")
    beside = empty.units.split(big, ["Chi bộ Thôn Mới"], JULY, keeps=True)
    assert names_on(empty, JULY) == ["Chi bộ Thôn Lớn", "Chi bộ Thôn Mới"]
    empty.units.split(big, ["Chi bộ Thôn Đông", "Chi bộ Thôn Tây"], DECEMBER)
    assert names_on(empty, DECEMBER) == ["Chi bộ Thôn Đông", "Chi bộ Thôn Mới", "Chi bộ Thôn Tây"]
    assert empty.units.successors(big, JULY) == (big,)
    assert len(empty.units.successors(big, DECEMBER)) == 2
    assert empty.units.successors(beside[0], DECEMBER) == beside


def test_the_bridge_from_98_cells_to_59_holds_event_by_event(empty: Book) -> None:
    """A commune's press report told of 98 cells that became 59; the names here are invented."""
    cells = found(empty, *(f"Chi bộ Thôn {number}" for number in range(1, 99)))
    for place in range(38):
        empty.units.merge([cells[2 * place], cells[2 * place + 1]], JULY, into=cells[2 * place])
    empty.units.merge(cells[76:79], JULY, name="Chi bộ Liên thôn Bắc")
    empty.units.split(cells[97], ["Chi bộ Trường Mầm non", "Chi bộ Trường Tiểu học"], JULY)
    told = empty.units.bridge(date(2026, 6, 30), DECEMBER)
    assert (told.at_start, told.at_end, told.unexplained) == (98, 59, 0)
    assert sum(line.change for line in told.lines) == 59 - 98
    assert told.lines[0].before == ("Chi bộ Thôn 1", "Chi bộ Thôn 2")
    assert told.lines[0].after == ("Chi bộ Thôn 1",)
    assert empty.units.bridge(JULY, DECEMBER).lines == ()


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda book, _: book.units.found("  ", JULY), "X30"),
        (lambda book, _: book.units.found("chi bo thon 1", JULY), "X31"),
        (lambda book, ids: book.units.change(ids[0], JULY, name="Chi bộ Thôn 2"), "X31"),
        (lambda book, ids: book.units.change(ids[0], date(2025, 1, 1), name="Sớm quá"), "X32"),
        (lambda book, _: book.units.close("nobody", JULY), "X32"),
        (lambda book, ids: book.units.merge([ids[0]], JULY, name="Một mình"), "X33"),
        (lambda book, ids: book.units.split(ids[0], ["Một mình"], JULY), "X33"),
        (lambda book, ids: book.units.split(ids[0], ["Thôn A", "Thôn a"], JULY), "X31"),
        (lambda book, ids: book.units.move(ids[0], ids[0], JULY), "X34"),
        (lambda book, _: book.units.found("Chi bộ Mới", JULY, parent_id="nobody"), "X32"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    empty: Book, act: Callable[[Book, list[str]], object], code: str
) -> None:
    ids = found(empty, "Chi bộ Thôn 1", "Chi bộ Thôn 2")
    before = (empty.units.all(), empty.units.events())
    with pytest.raises(Refused) as error:
        act(empty, ids)
    assert codes(error) == [code]
    assert (empty.units.all(), empty.units.events()) == before


def test_nothing_ends_before_what_was_recorded_of_it_later(empty: Book) -> None:
    first, second, third = found(empty, "Chi bộ Thôn 1", "Chi bộ Thôn 2", "Chi bộ Thôn 3")
    empty.units.change(first, DECEMBER, name="Chi bộ Liên thôn")
    for act in (
        lambda: empty.units.merge([first, second], JULY, into=second),
        lambda: empty.units.split(first, ["Chi bộ A", "Chi bộ B"], JULY),
        lambda: empty.units.close(first, JULY),
    ):
        with pytest.raises(Refused) as error:
            act()
        assert codes(error) == ["X37"]
    empty.units.merge([first, second], JULY, into=first)
    empty.units.close(third, JULY)
    with pytest.raises(Refused) as error:
        empty.units.merge([first], date(2027, 1, 1), into=third)
    assert codes(error) == ["X32"]
    assert names_on(empty, DECEMBER) == ["Chi bộ Liên thôn"]


def test_a_name_of_an_earlier_day_does_not_take_the_place_of_the_newest(empty: Book) -> None:
    (unit,) = found(empty, "Chi bộ Xóm Đình")
    empty.units.change(unit, DECEMBER, name="Chi bộ Thôn 4")
    empty.units.change(unit, JULY, name="Chi bộ Xóm Đình Thượng")
    assert [names_on(empty, day) for day in (JANUARY, JULY, DECEMBER)] == [
        ["Chi bộ Xóm Đình"], ["Chi bộ Xóm Đình Thượng"], ["Chi bộ Thôn 4"],
    ]  # fmt: skip
    assert [one.name for one in empty.inbox.units()] == ["Chi bộ Thôn 4"]
    spans = [(one.valid_from, one.valid_to) for one in empty.units.all()[unit].versions]
    assert spans == [
        (JANUARY, JULY - timedelta(days=1)), (JULY, DECEMBER - timedelta(days=1)), (DECEMBER, None),
    ]  # fmt: skip


def test_two_units_never_stand_below_each_other(empty: Book) -> None:
    first, second = found(empty, "Chi bộ Thôn 1", "Chi bộ Thôn 2")
    empty.units.move(second, first, JULY)
    with pytest.raises(Refused) as error:
        empty.units.move(first, second, JULY)
    assert codes(error) == ["X34"]


def test_a_slip_is_taken_back_with_the_signers_it_ended(committee: Book) -> None:
    (signer,) = committee.authority.signers()
    (other,) = found(committee, "Chi bộ Thôn 5")
    committee.units.merge([signer.unit_id, other], date(2026, 10, 1), into=other)
    assert committee.authority.signers()[0].valid_to == date(2026, 9, 30)
    merged = committee.units.events()[-1]
    committee.units.take_back(merged.id)
    assert committee.authority.signers()[0].valid_to is None
    assert names_on(committee, DECEMBER) == ["Chi bộ Thôn 4", "Chi bộ Thôn 5"]
    with pytest.raises(KeyError):
        committee.units.take_back(merged.id)


def test_what_was_built_upon_is_not_taken_back(empty: Book) -> None:
    first, second = found(empty, "Chi bộ Thôn 1", "Chi bộ Thôn 2")
    empty.units.merge([first, second], JULY, into=first)
    merged = empty.units.events()[-1]
    empty.units.change(first, DECEMBER, name="Chi bộ Liên thôn")
    with pytest.raises(Refused) as error:
        empty.units.take_back(merged.id)
    assert codes(error) == ["X35"]


def test_a_unit_founded_before_its_book_existed_is_adopted_by_it(committee: Book, tmp_path: Path) -> None:
    (base,) = found(committee, "Chi bộ Thôn Mới", on=date(2026, 8, 1))
    now = datetime(2026, 9, 2, 8, 0, tzinfo=VIETNAM)
    with quick_keys(), make_cell_book(tmp_path / "new.sochibo", anew=True) as cell:
        cell.change_organisation(replace(cell.organisation(), name="Chi bộ Thôn Mới"))
        cell.reports.make_key("Trần Thị Bích", "thôn mới 2026", now)
        request = cell.reports.key_request("thôn mới 2026")
        committee.authority.enrol(request, "đảng ủy 2026", now, since=now.date())
        own = cell.organisation().id
    units = committee.units.all()
    assert base not in units
    assert (units[own].since, units[own].versions[0].name) == (date(2026, 8, 1), "Chi bộ Thôn Mới")
    assert committee.units.events()[0].after == (own,)


def test_a_cell_has_no_units_below_it(cell: Book) -> None:
    with pytest.raises(Refused) as error:
        cell.units.found("Chi bộ Thôn 9", JULY)
    assert codes(error) == ["O92"]
