"""How levels, points and reasons are said and coloured on every page of the ratings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sochibo.faults import Severity
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.table import Tag
from sochibo.messages import N_
from sochibo.rules.ratings.ratings import REASON_LABELS, Level, NoLevelReason, Subject

if TYPE_CHECKING:
    from sochibo.book.ratings.ratings import RatingLine
    from sochibo.faults import Finding
    from sochibo.messages import Messages
    from sochibo.rules.ratings.ratings import MemberRating

__all__ = [
    "DIGITS", "basis_tag", "level_tag", "level_word", "points_text", "read_numbers", "read_points",
    "say_basis", "say_reason",
]  # fmt: skip

DIGITS: Final[dict[int, Level | None]] = {
    1: Level.EXCELLENT,
    2: Level.GOOD,
    3: Level.COMPLETED,
    4: Level.NOT_COMPLETED,
    0: None,
}
"""The digit that gives each level; 0 takes it back."""

_TAGS: Final = {
    Level.EXCELLENT: Tag(Tone.ACCENT, "star"),
    Level.GOOD: Tag(Tone.GOOD, "check"),
    Level.COMPLETED: Tag(Tone.ADVICE, "circle"),
    Level.NOT_COMPLETED: Tag(Tone.WRONG, "x"),
}
_POINTS: Final = re.compile(r"(\d{1,3})(?:[.,](\d))?")
_BETWEEN: Final = re.compile(r"[\s;/+]+|,\s+")


def level_word(level: Level | None, words: Messages) -> str:
    """Return the short word of a level, as a narrow column shows it."""
    if level is None:
        return "–"
    return {
        Level.EXCELLENT: words.pgettext("level", "Excellent"),
        Level.GOOD: words.pgettext("level", "Good"),
        Level.COMPLETED: words.pgettext("level", "Completed"),
        Level.NOT_COMPLETED: words.pgettext("level", "Not completed"),
    }[level]


def level_tag(level: Level | None) -> Tag | None:
    """Return the tag of a level; no level has none."""
    return None if level is None else _TAGS[level]


def points_text(tenths: int | None, words: Messages) -> str:
    """Draw tenths as points, without a zero behind the comma; nothing stays nothing."""
    if tenths is None:
        return ""
    return words.number(tenths // 10 if tenths % 10 == 0 else tenths / 10)


def read_points(text: str) -> int | None:
    """Read `9`, `9,5` or `9.5` as tenths; None where it is no number of points."""
    found = _POINTS.fullmatch(text.strip())
    return int(found[1]) * 10 + int(found[2] or 0) if found else None


def read_numbers(text: str) -> tuple[int, ...]:
    """Read the points of a line such as `29 64,5` as tenths, in their order; none where one is no number."""
    read = [read_points(part) for part in _BETWEEN.split(text.strip())]
    return tuple(points for points in read if points is not None) if None not in read else ()


def say_reason(reason: NoLevelReason | None, note: str, words: Messages) -> str:
    """Say why somebody has no level."""
    said = words.gettext(REASON_LABELS[reason]) if reason else ""
    if reason is NoLevelReason.OTHER and note:
        return note
    return f"{said}: {note}" if said and note else said or note


def say_basis(line: RatingLine, words: Messages) -> str:
    """Say in one line what a level rests on: why there is none, what failed, what is wrong."""
    rating = line.rating
    if rating.subject is not Subject.RATED:
        return say_reason(rating.subject_reason, rating.subject_note, words)
    grave = [finding for finding in line.findings if finding.severity is Severity.RED]
    told = [*grave, *_failed(line), *line.findings, *line.notes]
    if told:
        # The row names the member already.
        said = told[0].say(words).removeprefix(f"{line.name}: ")
        return said[:1].upper() + said[1:]
    if rating.override_reason:
        return rating.override_reason
    return _conditions(rating, words) or rating.remarks


def basis_tag(line: RatingLine) -> Tag | None:
    """Return the tag of that line: nothing where all is in order."""
    if line.rating.subject is not Subject.RATED:
        return None
    if any(finding.severity is Severity.RED for finding in line.findings):
        return Tag(Tone.WRONG, "circle-alert")
    return Tag(Tone.ADVICE) if _failed(line) or line.findings else None


def _failed(line: RatingLine) -> tuple[Finding, ...]:
    """Return the conditions that keep the level below what the points reach."""
    return line.proposal.failed if line.proposal.level is not line.proposal.reached else ()


def _conditions(rating: MemberRating, words: Messages) -> str:
    if rating.above_percent is None:
        return ""
    done = words.gettext(N_("all tasks done")) if rating.all_done else ""
    above = words.sentence(N_("{percent}% above what was asked"), {"percent": rating.above_percent})
    return "; ".join(part for part in (done, above) if part)
