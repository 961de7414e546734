"""The board: who sent in time, late, not at all, and what lies ahead."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sochibo.book.inbox.decisions import Decision
from sochibo.book.inbox.inbox import BoardRow, Level, Submission, Unit, Verdict
from sochibo.interface.inbox.inbox_board import Board, Standing, board_columns, board_words
from sochibo.messages import Messages
from sochibo.rules.dates import Month
from sochibo.rules.meetings.practice import summary_due
from sochibo.rules.reports import ReportKind

TODAY = date(2026, 11, 25)
OCTOBER = Month(2026, 10)
DUE = summary_due(OCTOBER)


def received(
    day: date, level: Level = Level.ACCEPT, *, counts: bool = True, period: str = "2026-10"
) -> Submission:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Submission(
        id=f"{day}-{level}", file="a.pdf", sha256="", received_at=noon,
        verdict=Verdict("V00", level), unit_id="u", unit="Chi bộ Thôn 4", kind=ReportKind.SUMMARY,
        period=period, number="", revision=1, signer="", counts=counts,
    )  # fmt: skip


def board(
    shown: Submission | None, others: tuple[Submission, ...] = (), *, today: date = TODAY
) -> tuple[Board, BoardRow]:
    unit = Unit("u", "Chi bộ Thôn 4", "", "", date(2026, 9, 10))
    line = BoardRow(unit, tuple(shown if month == OCTOBER.month else None for month in range(1, 13)))
    made = Board(today)
    made.show((line,), ((shown,) if shown else ()) + others)
    return made, line


@pytest.mark.parametrize(
    ("shown", "standing"),
    [
        (received(DUE), Standing.FINE),
        (received(DUE.replace(day=DUE.day + 1)), Standing.LATE),
        (received(DUE, Level.HOLD, counts=False), Standing.HELD),
        (received(DUE, Level.REFUSE, counts=False), Standing.RETURNED),
        (replace(received(DUE, counts=False), decision=Decision.RETURNED), Standing.RETURNED),
        (replace(received(DUE, Level.HOLD), decision=Decision.ACCEPTED), Standing.FINE),
        (None, Standing.OVERDUE),
    ],
)
def test_a_month_that_is_due_is_judged_by_the_day(shown: Submission | None, standing: Standing) -> None:
    made, line = board(shown)
    assert made.standing(line, OCTOBER) is standing


def test_a_correction_that_comes_later_makes_nothing_late() -> None:
    later = received(TODAY)
    made, line = board(later, (received(DUE, counts=False),))
    assert made.standing(line, OCTOBER) is Standing.FINE


def test_until_the_day_it_is_due_a_month_is_awaited() -> None:
    made, line = board(None, today=DUE)
    assert made.standing(line, OCTOBER) is Standing.AWAITED


@pytest.mark.parametrize("month", [7, 11, 12])
def test_nothing_is_asked_for_months_to_come_or_before_a_unit_was_enrolled(month: int) -> None:
    made, line = board(None)
    assert made.standing(line, Month(2026, month)) is Standing.AHEAD


def test_every_field_is_worded_for_the_ear() -> None:
    words = Messages("vi")
    made, line = board(received(DUE.replace(day=DUE.day + 1)))
    column = board_columns(made, words)[OCTOBER.month]
    assert column.text(line) == "muộn"
    assert column.spoken is not None
    assert column.spoken(line) == "nhận sau hạn"


def test_who_is_overdue_is_counted() -> None:
    made, _ = board(None)
    said = board_words(made, OCTOBER, Messages("vi"))
    assert "0 trong 1 chi bộ đã gửi báo cáo, 1 " in said
