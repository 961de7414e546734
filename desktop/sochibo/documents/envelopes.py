"""The one JSON that travels inside every sealed file, `sochibo.json`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sochibo.faults import Fault
from sochibo.messages import N_
from sochibo.rules.reports import Report, ReportKind

__all__ = [
    "SCHEMA", "SCHEMA_NUMBER", "Envelope", "NewerPayload", "PayloadInvalid", "decode", "digest", "encode",
]  # fmt: skip

SCHEMA = "sochibo"
SCHEMA_NUMBER = 1


class PayloadInvalid(Fault):
    """The data inside a file is not what it should be."""

    code = "D01"
    sentence = N_("The data inside the file cannot be read.")
    advice = N_("Ask the sender for the file made by the program itself.")


class NewerPayload(Fault):
    """The data inside a file was made by a newer program."""

    code = "D02"
    sentence = N_("The file was made by a newer version of the program.")
    advice = N_("Keep the file and install the newer version.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A report with all that places it: who, when, by which rules, in which series.

    `period` is `2026-11` or the meeting's day, `rules` are ids of rule sets, `template` names layout and
    version, `replaces` is the digest of the paper this revision corrects, `previous` that of the paper
    before it in its series (one organisation, one kind).
    """

    kind: ReportKind
    book_id: str
    organisation_id: str
    organisation: str
    superior: str
    period: str
    number: str
    issued_on: date
    rules: tuple[str, ...]
    template: str
    program: str
    report: Report
    revision: int = 1
    replaces: str | None = None
    previous: str | None = None
    schema: str = SCHEMA
    schema_number: int = SCHEMA_NUMBER


def encode(envelope: Envelope) -> bytes:
    """Return canonical JSON (RFC 8785) in UTF-8."""
    raise NotImplementedError


def decode(data: bytes) -> Envelope:
    """Read canonical JSON back, within limits of size and depth; raises PayloadInvalid or NewerPayload."""
    raise NotImplementedError


def digest(envelope: Envelope) -> str:
    """Return the SHA-256 of the canonical JSON in hex; its first 12 digits are printed on the page."""
    raise NotImplementedError
