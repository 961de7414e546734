"""What a committee's papers on ratings hold: report, decisions with their lists, the cap (F11 to F16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sochibo.rules.ratings.caps import CapBase
from sochibo.rules.ratings.rating_figures import RatingFigures, Source
from sochibo.rules.ratings.rating_papers import GroupRow
from sochibo.rules.ratings.ratings import Level
from sochibo.rules.reports import Form, Heading, ReportKind

__all__ = [
    "FORMS", "CapRow", "CapTableReport", "CellRatingDecisionReport", "DecidedCell", "DecidedMember",
    "RatingDecisionReport", "RatingRollupReport", "UnitRow",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit's figures, with the digest of the paper they came from; None while it has sent none."""

    unit_id: str
    unit: str
    figures: RatingFigures | None
    cell_level: Level | None = None
    exemplary: bool = False
    source: str | None = None
    source_number: str = ""


@dataclass(frozen=True, slots=True)
class RatingRollupReport:
    """The committee's report on ratings (F11); sums are of counts, rates are drawn from them.

    `groups` adds the rows of the cells' summaries (F10) up, changed as the committee changed levels; they are
    proposed (`groups_basis`) as long as one cell's list does not tell in which rows its members count;
    `own_level` is what the committee proposes for itself to the body above.
    """

    heading: Heading
    period: str
    basis: Source
    held_on: date | None
    rows: tuple[UnitRow, ...]
    members: RatingFigures
    cells: RatingFigures
    remarks: str = ""
    groups: tuple[GroupRow, ...] = ()
    groups_basis: Source = Source.PROPOSED
    last_year: RatingFigures | None = None
    own_level: Level | None = None


@dataclass(frozen=True, slots=True)
class DecidedMember:
    """One line of the list that goes with a decision."""

    name: str
    birth: str
    unit: str
    level: Level


@dataclass(frozen=True, slots=True)
class RatingDecisionReport:
    """The decision that recognises the ratings of members, with its list (F12)."""

    heading: Heading
    period: str
    grounds: tuple[str, ...]
    members: tuple[DecidedMember, ...]
    figures: RatingFigures


@dataclass(frozen=True, slots=True)
class DecidedCell:
    """One organisation with the level decided."""

    unit: str
    level: Level
    exemplary: bool = False


@dataclass(frozen=True, slots=True)
class CellRatingDecisionReport:
    """The decision on the ratings of cells, with its list (F13)."""

    heading: Heading
    period: str
    grounds: tuple[str, ...]
    cells: tuple[DecidedCell, ...]
    figures: RatingFigures


@dataclass(frozen=True, slots=True)
class CapRow:
    """One unit in the check of the cap."""

    unit: str
    figures: RatingFigures
    cap: int


@dataclass(frozen=True, slots=True)
class CapTableReport:
    """The committee's own check of the cap, unit by unit and for the whole body (F16); printed only.

    `note` says why the list stays above the cap, where it does.
    """

    heading: Heading
    period: str
    percent: int
    base: CapBase
    rows: tuple[CapRow, ...]
    total: CapRow
    note: str = ""


FORMS: Final = {
    ReportKind.RATING_ROLLUP: Form(RatingRollupReport, "BC"),
    ReportKind.RATING_DECISION: Form(RatingDecisionReport, "QĐ"),
    ReportKind.CELL_RATING_DECISION: Form(CellRatingDecisionReport, "QĐ"),
    ReportKind.CAP_TABLE: Form(CapTableReport, "", ()),
}
