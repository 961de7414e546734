"""The headline figures of a received paper, for the clerk who looks at one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sochibo.messages import N_
from sochibo.rules.reports import MinutesReport, RollupReport, SummaryReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.rules.counts import Ratio
    from sochibo.rules.reports import Report

__all__ = ["PaperFigure", "figures_of"]


class PaperFigure(NamedTuple):
    """One figure: what it counts (a message id), and the count as it is written (`32/35`)."""

    name: str
    text: str


def figures_of(report: Report) -> tuple[PaperFigure, ...]:
    """Return what a clerk compares first; nothing for papers that are all text."""
    return tuple(_figures(report))


def _figures(report: Report) -> Iterator[PaperFigure]:
    match report:
        case SummaryReport():
            yield PaperFigure(N_("Members"), str(report.members))
            yield PaperFigure(N_("Meetings"), str(len(report.meetings)))
            yield PaperFigure(N_("Attendance"), _written(report.attendance))
            yield PaperFigure(N_("Tasks done of those due"), _written(report.tasks))
        case MinutesReport():
            yield PaperFigure(N_("Members"), str(report.members))
            yield PaperFigure(N_("Attendance"), f"{report.present}/{report.expected}")
            yield PaperFigure(N_("Votes"), str(len(report.votes)))
            yield PaperFigure(N_("Tasks given"), str(len(report.tasks)))
        case RollupReport():
            yield PaperFigure(N_("Units that sent"), _written(report.reported))
            yield PaperFigure(N_("Members"), str(report.total.members))
            yield PaperFigure(N_("Attendance"), _written(report.total.attendance))
        case _:
            return


def _written(ratio: Ratio) -> str:
    return f"{ratio.numerator}/{ratio.denominator}"
