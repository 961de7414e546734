"""Judging a delivery in processes of their own: the same verdicts, stopped at will, felled by no file."""

from __future__ import annotations

import pickle
from datetime import date
from typing import TYPE_CHECKING

import pytest
from verdict_work import fall_over_a_bad_one, find_the_stick_gone

from sochibo.book.inbox.jury import Bench, judge_each
from sochibo.book.inbox.received_files import place_of
from sochibo.book.inbox.received_keys import Keys
from sochibo.faults import DiskFull, Fault, NotReadable, Refused, red

if TYPE_CHECKING:
    from pathlib import Path


def always(_done: int) -> bool:
    return True


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(None, date(2026, 11, 5), tmp_path / "received")


@pytest.fixture
def pile(tmp_path: Path) -> list[Path]:
    """Return five files, of which the third brings down whoever reads it."""
    paths = [tmp_path / f"{number}.pdf" for number in range(5)]
    for number, path in enumerate(paths):
        path.write_bytes(b"bad" if number == 2 else str(number).encode())
    return paths


def test_side_by_side_and_one_by_one_come_to_the_same_verdicts(stick: Path, tmp_path: Path) -> None:
    sealed = sorted(stick.glob("*.pdf"))
    torn = tmp_path / "torn.pdf"
    torn.write_bytes(sealed[0].read_bytes()[:-40])
    paths = [*sealed, torn]
    keys = Keys({"0a1b2c3d": bytes(range(32))}, "0a1b2c3d")
    bench = Bench(None, date(2026, 11, 5), tmp_path / "received", keys)
    alone = dict(judge_each(bench, paths, always))
    beside = dict(judge_each(bench, paths, always, many=1))
    assert beside == alone
    assert set(beside) == set(range(len(paths)))
    for judgement in beside.values():
        assert judgement is not None
        assert place_of(bench.folder, judgement.sha256, keys.current).is_file()


def test_a_file_that_fells_its_process_is_alone_unread(bench: Bench, pile: list[Path]) -> None:
    told: list[int] = []

    def progress(done: int) -> bool:
        told.append(done)
        return True

    judged = dict(judge_each(bench, pile, progress, fall_over_a_bad_one, many=1))
    assert sorted(judged) == [0, 1, 2, 3, 4]
    assert [position for position, judgement in judged.items() if judgement is None] == [2]
    assert told[-1] == len(pile)
    assert told == sorted(told)


def test_a_pulled_stick_is_told_by_another_process_too(bench: Bench, pile: list[Path]) -> None:
    with pytest.raises(NotReadable) as gone:
        list(judge_each(bench, pile, always, find_the_stick_gone, many=1))
    assert gone.value.fields["name"] in {path.name for path in pile}


def test_who_stops_keeps_what_was_judged(bench: Bench, pile: list[Path]) -> None:
    judged = list(judge_each(bench, pile[:2] * 20, lambda done: done < 2, fall_over_a_bad_one, many=1))
    assert 2 <= len(judged) < 40


@pytest.mark.parametrize(
    "fault", [DiskFull(name="x.pdf"), NotReadable(name="y.pdf"), Refused([red("Q01", "No.", "place", of=3)])]
)
def test_faults_come_whole_out_of_another_process(fault: Fault) -> None:
    again = pickle.loads(pickle.dumps(fault))  # noqa: S301 - made in the line itself
    assert type(again) is type(fault)
    assert (again.fields, str(again)) == (fault.fields, str(fault))
    assert getattr(again, "findings", ()) == getattr(fault, "findings", ())
