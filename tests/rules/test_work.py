"""Tasks over time, and whom a spoken name means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rolls import entry

from sochibo.rules.counts import Ratio
from sochibo.rules.members.members import Member
from sochibo.rules.work.work import (
    Task,
    TaskState,
    find_people,
    is_open,
    mean_percent,
    share_done,
    state_on,
)

TODAY = date(2026, 11, 10)
ROLL = tuple(
    replace(entry(number), member=Member(id=name, name=name))
    for number, name in enumerate(("Trần Thị Bích", "Lê Văn Hòa", "Ngô Thị Hoa", "Đỗ Văn Bảo", "Lê Thị Bích"))
)


def task(**fields: object) -> Task:
    return replace(Task(id="t", meeting_id="m", text="x"), **fields)  # type: ignore[arg-type]  # any field


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, TaskState.NOT_STARTED),
        ({"due": TODAY}, TaskState.NOT_STARTED),
        ({"due": date(2026, 11, 9)}, TaskState.OVERDUE),
        ({"due": date(2026, 11, 9), "done_percent": 80}, TaskState.OVERDUE),
        ({"done_percent": 1}, TaskState.UNDER_WAY),
        ({"state": TaskState.UNDER_WAY}, TaskState.UNDER_WAY),
        ({"done_percent": 100, "due": date(2026, 11, 9)}, TaskState.DONE),
        ({"done_percent": 100, "due": TODAY, "done_on": date(2026, 11, 9)}, TaskState.DONE_EARLY),
        ({"state": TaskState.STOPPED, "due": date(2026, 1, 1)}, TaskState.STOPPED),
        ({"state": TaskState.REGULAR, "due": date(2026, 1, 1)}, TaskState.REGULAR),
    ],
)
def test_a_state_follows_from_what_is_said_from_percent_and_day(
    fields: dict[str, object], state: TaskState
) -> None:
    assert state_on(task(**fields), TODAY) is state


def test_regular_work_stays_open_and_is_not_counted_as_done_or_not() -> None:
    tasks = [
        task(done_percent=100),
        task(done_percent=40),
        task(state=TaskState.REGULAR),
        task(state=TaskState.STOPPED),
    ]
    assert [is_open(one, TODAY) for one in tasks] == [False, True, True, False]
    assert share_done(tasks, TODAY) == Ratio(1, 2)
    assert mean_percent(tasks[:2], TODAY) == 70
    assert mean_percent(tasks[:3], TODAY) == 70, "regular work comes to no end"
    assert mean_percent([task(done_percent=25), task(done_percent=0)], TODAY) == 13, "rounded half up"
    assert mean_percent(tasks[3:], TODAY) is None


@pytest.mark.parametrize(
    ("text", "meant", "unclear"),
    [
        ("Bảo", ("Đỗ Văn Bảo",), ()),
        ("bao", ("Đỗ Văn Bảo",), ()),
        ("đ/c Bảo, Hòa", ("Đỗ Văn Bảo", "Lê Văn Hòa"), ()),
        ("Hoà", ("Lê Văn Hòa",), ()),
        ("hoa", (), (("hoa", ("Lê Văn Hòa", "Ngô Thị Hoa")),)),
        ("ngo thi hoa và đỗ văn bảo", ("Ngô Thị Hoa", "Đỗ Văn Bảo"), ()),
        ("Bích", (), (("Bích", ("Trần Thị Bích", "Lê Thị Bích")),)),
        ("Trần Thị Bích", ("Trần Thị Bích",), ()),
        ("le bich", (), ()),
        ("dvb", ("Đỗ Văn Bảo",), ()),
        ("tổ đảng số 1", (), ()),
        ("", (), ()),
    ],
)
def test_a_spoken_name_means_one_several_or_nobody(
    text: str, meant: tuple[str, ...], unclear: tuple[tuple[str, tuple[str, ...]], ...]
) -> None:
    found = find_people(text, ROLL)
    assert (found.member_ids, found.unclear) == (meant, unclear)
