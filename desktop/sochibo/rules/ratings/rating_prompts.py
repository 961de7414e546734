"""What to think of before a review is closed: long illness, and an organisation that is still new.

The book holds no sick notes; it knows only who was marked ill at meetings, so it asks and decides nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.faults import yellow
from sochibo.messages import N_
from sochibo.rules.dates import Month, months_after
from sochibo.rules.meetings.meetings import AbsenceReason, Attendance

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sochibo.faults import Finding
    from sochibo.rules.meetings.meetings import Mark

__all__ = ["ill_months", "prompt_for_illness", "prompt_for_new_organisation"]

_LEAVE: Final = frozenset({AbsenceReason.ILLNESS, AbsenceReason.MATERNITY})


def ill_months(marks: Iterable[tuple[date, Mark | None]]) -> tuple[Month, ...]:
    """Return the longest run of meetings missed through illness or maternity, by month.

    `marks` are those of one person at the meetings the whole cell was called to, in the order of their days;
    who has no mark was there.
    """
    longest: list[Month] = []
    run: list[Month] = []
    for day, mark in marks:
        away = mark is not None and mark.attendance is not Attendance.PRESENT and mark.reason in _LEAVE
        run = [*run, Month.of(day)] if away else []
        if len(set(run)) > len(set(longest)):
            longest = run
    return tuple(dict.fromkeys(longest))


def prompt_for_illness(name: str, months: tuple[Month, ...], limit: int, *, quarter: bool) -> Finding | None:
    """Ask how somebody is rated who was long on leave, where a rule set has a limit (0: it has none).

    HD 21-HD/BTCTW, 18/10/2019: three months of sick leave in a year exclude HTT and HTXS; papers that apply
    QĐ 366-QĐ/TW, 30/8/2025, leave out of a quarter whoever was on leave for two months of it.
    """
    if not limit or len(months) < limit:
        return None
    fields = {"name": name, "n": len(months), "first": str(months[0].month), "last": str(months[-1].month)}
    template = N_(
        "{name} was marked ill or on maternity leave at meetings of {n} months ({first} to {last}): ask "
        "whether the level may be Good or better."
    )
    if quarter:
        template = N_(
            "{name} was marked ill or on maternity leave at meetings of {n} months ({first} to {last}): ask "
            "whether there is a level for this quarter."
        )
    return yellow("R58", template, "proposed_level", **fields)


def prompt_for_new_organisation(
    name: str, founded: date | None, closing: date, months: int, *, certain: bool
) -> Finding | None:
    """Ask whether an organisation is rated that has not stood half a year (HD 21-HD/BTCTW, 18/10/2019).

    A cell's own book knows only when its first term began; a committee's knows the day of founding, which is
    `certain`.
    """
    if founded is None or founded > closing or closing >= months_after(founded, months):
        return None
    template = N_("{name} was founded on {day}, less than {months} months before: it is reviewed, not rated.")
    if not certain:
        template = N_(
            "The first term of {name} in this book began on {day}. If the cell was founded then, less than "
            "{months} months before the closing day, it is not rated."
        )
    return yellow("R59", template, "organisation", name=name, day=founded, months=months)
