"""What a committee receives: its units, its authority, judged files, and the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sochibo.rules.reports import ReportKind
from sochibo.sealing.verdicts import LEVEL_LABELS, Level, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sochibo.book.changes import Changes
    from sochibo.rules.dates import Month

__all__ = ["LEVEL_LABELS", "BoardRow", "Inbox", "Level", "Submission", "Unit", "Verdict"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A cell below the committee; `id` is the organisation id in the cell's own book."""

    id: str
    name: str
    signer: str
    fingerprint: str
    since: date


@dataclass(frozen=True, slots=True)
class Submission:
    """A received file with its verdict of the day it came; unknown things are empty."""

    id: str
    file: str
    sha256: str
    received_at: datetime
    verdict: Verdict
    unit_id: str
    unit: str
    kind: ReportKind | None
    period: str
    number: str
    revision: int
    signer: str
    counts: bool


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One unit over the twelve months of a year: the submission that counts, or the newest, or None."""

    unit: Unit
    months: tuple[Submission | None, ...]


class Inbox:
    """The committee's side; in a cell's book every list is empty and every act raises Refused."""

    def make_authority(self, passphrase: str, now: datetime) -> Changes:
        """Make the committee's certificate authority and keep it in the book, locked by the passphrase."""
        raise NotImplementedError

    def enrol(self, request: bytes, passphrase: str, now: datetime, *, since: date) -> bytes:
        """Enrol a cell by its request: make or update the unit, issue; returns the certificate chain (PEM).

        `since` is the first day for which this person signs for the unit. The trust number grows.
        """
        raise NotImplementedError

    def trust_file(self) -> bytes:
        """Return the trust file of the committee (roots, revocation list, register)."""
        raise NotImplementedError

    def units(self) -> tuple[Unit, ...]:
        """Return the units in Vietnamese order."""
        raise NotImplementedError

    def receive(
        self,
        files: Sequence[Path],
        now: datetime,
        progress: Callable[[int, int], bool] = lambda _done, _all: True,
    ) -> tuple[Submission, ...]:
        """Judge and keep files (folders are searched for `*.pdf`), one act; idempotent for the same file.

        `progress` is told how many of how many are done, and returns False to stop; what was judged is kept.
        """
        raise NotImplementedError

    def submissions(self, period: Month | None = None) -> tuple[Submission, ...]:
        """Return what was received, newest first."""
        raise NotImplementedError

    def file(self, submission_id: str) -> bytes:
        """Return a received file as it came."""
        raise NotImplementedError

    def board(self, year: int) -> tuple[BoardRow, ...]:
        """Return units × months of monthly summaries."""
        raise NotImplementedError
