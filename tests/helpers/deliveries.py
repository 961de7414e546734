"""A delivery as a large committee gets it: a year of sealed summaries of many cells, each another file."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import keys
from random_reports import random_summary

from sochibo.book.book import Book, BookDraft
from sochibo.book.trust.authority import ROOT_CERTIFICATE
from sochibo.book.trust.keyring import keep
from sochibo.documents.envelopes import digest
from sochibo.documents.papers import assemble
from sochibo.rules.dates import Month
from sochibo.rules.reports import SummaryReport
from sochibo.rules.units.organisations import BookKind
from sochibo.sealing.seals import seal
from sochibo.sealing.trust import revoke, root_of
from sochibo.storage.engine import preferences
from sochibo.storage.engine.database import Database
from sochibo.storage.records import submissions
from sochibo.storage.records.keys import Purpose
from sochibo.storage.records.submissions import KeptSigner, TrustState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sochibo.sealing.keys import SigningKey

__all__ = ["ENROLLED", "RECEIVED", "Delivery", "make_delivery"]

YEAR: Final = 2025
MONTHS: Final = 12
ENROLLED: Final = datetime(YEAR, 1, 2, 8, 0, tzinfo=keys.VIETNAM)
RECEIVED: Final = datetime(YEAR + 1, 1, 7, 8, 0, tzinfo=keys.VIETNAM)
_MADE: Final = "made.json"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where a committee's book lies that has received nothing yet, and the folder of what it will receive."""

    committee: Path
    stick: Path


def make_delivery(folder: Path, files: int, told: Callable[[int], object] = lambda _made: None) -> Delivery:
    """Make a delivery of so many files, or find the one made before; every file is to be accepted.

    Every cell has a key of its own, and each of its papers names the one before it.
    """
    made = Delivery(folder / "committee.sochibo", folder / "stick")
    note = folder / _MADE
    if note.is_file() and json.loads(note.read_bytes()) == files:
        return made
    made.stick.mkdir(parents=True)
    units = _make_committee(made.committee, -(-files // MONTHS))
    count = 0
    for number, (name, unit) in enumerate(units.items(), 1):
        key = keys.cell_key(name, unit, issued=ENROLLED)
        for month, paper in enumerate(_year(key, number, (name, unit), files - count), 1):
            (made.stick / f"{number:03d}-{month:02d}.pdf").write_bytes(paper)
            count += 1
            told(count)
    note.write_text(json.dumps(files))
    return made


def _make_committee(path: Path, cells: int) -> dict[str, str]:
    """Make the committee's book and enrol its cells; returns their names and ids."""
    draft = BookDraft(
        kind=BookKind.COMMITTEE, name=keys.COMMITTEE, superior="Tỉnh ủy Bình Minh", place="Đông Hòa",
        term_name="2025–2030", term_start=date(YEAR, 1, 1), secretary="Trần Thị Thử",
    )  # fmt: skip
    names = [f"Chi bộ Thôn {number}" for number in range(1, cells + 1)]
    with Book.create(path, draft) as book:
        units = {name: book.units.found(name, date(YEAR, 1, 1)) for name in names}
    authority = keys.authority()
    revoked = revoke(authority, (), 1, ENROLLED).decode()
    with Database.open(path) as database, database.act("Enrolled all cells"):
        keep(database, authority, Purpose.AUTHORITY, ENROLLED)
        preferences.put_first(database, ROOT_CERTIFICATE, root_of(authority))
        state = TrustState(number=1, revocation_list=revoked, issued_at=ENROLLED)
        submissions.put_trust(database, state)
        for name, unit in units.items():
            key = keys.cell_key(name, unit, issued=ENROLLED)
            submissions.add_signer(database, KeptSigner(
                unit_id=unit, person=key.subject.person, fingerprint=key.fingerprint,
                serial=str(keys.serial_of(key)), valid_from=date(YEAR, 1, 1), certificate=root_of(key),
            ))  # fmt: skip
    return units


def _year(key: SigningKey, cell: int, called: tuple[str, str], most: int) -> Iterator[bytes]:
    """Yield the sealed summaries of a cell's year, January first, each sealed early in the next month."""
    name, unit = called
    previous = None
    for number in range(1, min(MONTHS, most) + 1):
        month = Month(YEAR, number)
        drawn = random_summary(MONTHS * cell + number, month)
        report = drawn.report
        if not isinstance(report, SummaryReport):
            raise TypeError(report)
        envelope = replace(
            drawn, organisation_id=unit, organisation=name, book_id=unit, previous=previous,
            report=replace(report, heading=replace(report.heading, body=name)),
        )  # fmt: skip
        moment = datetime.combine(envelope.issued_on, time(9, 30), keys.VIETNAM) + timedelta(hours=1)
        previous = digest(envelope)
        yield seal(assemble(envelope), key, "secretary", moment)
