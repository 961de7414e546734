"""Proving that a file's pages say what its data say."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from sochibo.documents import drawing
from sochibo.documents.envelopes import PRINTED_DIGITS, TEMPLATE, digest
from sochibo.documents.figures import points
from sochibo.documents.page.finished import Comparison, NotDrawable
from sochibo.documents.reading import page_texts
from sochibo.documents.sheets import look_alike, sheets_of
from sochibo.documents.words.phrases import counted
from sochibo.rules.dates import official_date
from sochibo.rules.reports import MinutesReport, RollupReport, SummaryReport

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sochibo.documents.envelopes import Envelope
    from sochibo.rules.reports import Report

__all__ = ["same_pages"]

_WORDS_SHOWN: Final = 8


def same_pages(pdf: bytes, envelope: Envelope) -> Comparison:
    """Compare all that is drawn where the template is known here, else look for the headline figures.

    Pages drawn by another version of the library may be written otherwise: then their words are read, and
    the pages looked at, since pictures and covers say nothing in words.
    """
    if envelope.template != TEMPLATE:
        return _headline_comparison(page_texts(pdf), envelope)
    try:
        if sheets_of(pdf) == drawing.sheets_drawn(envelope):
            return Comparison(None)
        drawn = drawing.draw(envelope).pdf
    except NotDrawable:
        return Comparison("the data cannot be drawn")
    found = _in_words(page_texts(pdf), page_texts(drawn))
    if found.difference is None and not look_alike(pdf, drawn):
        return Comparison(None, alike=False)
    return found


def _in_words(shown: Sequence[str], expected: Sequence[str]) -> Comparison:
    """Compare the words of the pages as a reader sees them."""
    if len(expected) != len(shown):
        return Comparison(f"{len(shown)} ≠ {len(expected)}", min(len(expected), len(shown)))
    # The digest of other data always differs: it is told only where nothing else does.
    pages = [(ours.split(), theirs.split()) for ours, theirs in zip(expected, shown, strict=True)]
    (first_ours, first_theirs), *others = pages
    for page, (ours, theirs) in enumerate([(first_ours[:-1], first_theirs[:-1]), *others]):
        if ours != theirs:
            return Comparison(_first_difference(ours, theirs), page)
    return Comparison(None if first_ours == first_theirs else _first_difference(first_ours, first_theirs))


def _first_difference(ours: Sequence[str], theirs: Sequence[str]) -> str:
    """Return the words of the page around the first one that the data would not draw."""
    pairs = zip_longest(ours, theirs)
    at = next(n for n, (one, other) in enumerate(pairs) if one != other)
    start = max(at - _WORDS_SHOWN // 2, 0)
    words = theirs[start : at + _WORDS_SHOWN // 2] or ours[start : at + _WORDS_SHOWN // 2]
    return " ".join(words)


def _headline_comparison(shown: Sequence[str], envelope: Envelope) -> Comparison:
    """Look for number, names, day and counts: a newer layout may word everything else anew."""
    text = " ".join(shown).lower()
    words = {word.strip("().,;:") for word in text.split()}
    for headline in _headlines(envelope):
        if headline.lower() not in (text if " " in headline else words):
            return Comparison(headline, whole=False)
    return Comparison(None, whole=False)


def _headlines(envelope: Envelope) -> Iterator[str]:
    report = envelope.report
    yield digest(envelope)[:PRINTED_DIGITS]
    if envelope.number:
        yield envelope.number
    yield from _figures(report)


def _figures(report: Report) -> Iterator[str]:
    if isinstance(report, MinutesReport):
        yield official_date(report.on)
        yield _pair(report.present, report.expected)
        for vote in report.votes:
            yield _pair(vote.in_favour, vote.base)
        return
    if not isinstance(report, SummaryReport | RollupReport):
        return
    attendance = report.attendance if isinstance(report, SummaryReport) else report.total.attendance
    if attendance.denominator:
        yield _pair(attendance.numerator, attendance.denominator)
    rows = report.meetings if isinstance(report, SummaryReport) else report.rows
    yield from (points(row.score_tenths) for row in rows if row.score_tenths is not None)


def _pair(numerator: int, denominator: int) -> str:
    return f"{counted(numerator)}/{counted(denominator)}"
