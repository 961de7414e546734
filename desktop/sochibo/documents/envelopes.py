"""The one JSON that travels inside every sealed file, `sochibo.json`."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Final, get_type_hints

import msgspec
import rfc8785

from sochibo.documents import decoding
from sochibo.faults import Fault
from sochibo.messages import N_
from sochibo.rules.forms import FORMS
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import Report, ReportKind

__all__ = [
    "ATTACHMENT", "DEPTH_LIMIT", "PRINTED_DIGITS", "REPORT_TYPES", "SCHEMA", "SCHEMA_NUMBER", "SIZE_LIMIT",
    "TEMPLATE", "Envelope", "NewerPayload", "PayloadInvalid", "decode", "digest", "encode",
]  # fmt: skip

SCHEMA = "sochibo"
SCHEMA_NUMBER = 1
TEMPLATE: Final = "HD05-2026/1"
"""Layout profile and version of the words, as envelopes made today name them."""

ATTACHMENT: Final = "sochibo.json"
SIZE_LIMIT: Final = 4 * 1024 * 1024
DEPTH_LIMIT: Final = 32
PRINTED_DIGITS: Final = 12

REPORT_TYPES: Final = {kind: form.report for kind, form in FORMS.items()}

# An unclosed string counts as a string to the end: otherwise every quote inside it would be tried as a
# start again, and 4 MB of them would take hours.
_STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_BRACKET: Final = re.compile(rb"[\[\]{}]")


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

    `period` is as `rules.periods` reads it (`2026-11`, or a meeting's day), `rules` are ids of rule sets,
    `template` names layout and version, `replaces` is the digest of the paper this revision corrects,
    `previous` that of the paper before it in its series (one organisation, one kind).
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
    """Return canonical JSON (RFC 8785) in UTF-8 and NFC; ValueError if envelope and report disagree."""
    if disagreement := _disagreement(envelope):
        raise ValueError(f"envelope and report disagree about {disagreement}")
    text = rfc8785.dumps(msgspec.to_builtins(envelope)).decode()
    return unicodedata.normalize("NFC", text).encode()


def decode(data: bytes) -> Envelope:
    """Read canonical JSON back, within limits of size and depth; raises PayloadInvalid or NewerPayload.

    Only what `encode` writes is read: an unknown, missing or repeated field, another order or spacing,
    text that is not NFC, or an envelope that contradicts its report makes the data invalid.
    """
    if len(data) > SIZE_LIMIT:
        raise PayloadInvalid
    try:
        # Before its depth: what a newer program writes may be deeper, and is no broken file.
        _check_schema(decoding.decode(data, _Marking))
        if _too_deep(data):
            raise PayloadInvalid
        envelope = _read(data)
        if encode(envelope) != data:
            raise PayloadInvalid
    except (ValueError, RecursionError) as error:
        # msgspec's and rfc8785's errors, UnicodeError and our own contradictions are all ValueErrors.
        raise PayloadInvalid from error
    return envelope


def digest(envelope: Envelope) -> str:
    """Return the SHA-256 of the canonical JSON in hex; its first 12 digits are printed on the page."""
    return hashlib.sha256(encode(envelope)).hexdigest()


class _Marking(msgspec.Struct):
    """The two fields that every schema number will keep."""

    schema: str
    schema_number: int


def _check_schema(marking: _Marking) -> None:
    if marking.schema != SCHEMA or marking.schema_number < SCHEMA_NUMBER:
        raise PayloadInvalid
    if marking.schema_number > SCHEMA_NUMBER:
        raise NewerPayload


def _read(data: bytes) -> Envelope:
    """Decode in two steps: records carry no tag, so the kind tells which report it is."""
    wire = decoding.decode(data, _wire_type())
    values = msgspec.structs.asdict(wire)
    values["report"] = decoding.decode(values["report"], REPORT_TYPES[values["kind"]])
    return Envelope(**values)


@cache
def _wire_type() -> type[msgspec.Struct]:
    """Return a type like Envelope in which the report is still unread."""
    hints = get_type_hints(Envelope) | {"report": msgspec.Raw}
    return msgspec.defstruct("Wire", [(field.name, hints[field.name]) for field in fields(Envelope)])


def _too_deep(data: bytes) -> bool:
    """Tell whether objects and lists nest too deep, without recursion and before anything is decoded."""
    depth = 0
    for bracket in _BRACKET.finditer(_STRING.sub(b"", data)):
        depth += 1 if bracket[0] in b"[{" else -1
        if depth > DEPTH_LIMIT:
            return True
    return False


def _disagreement(envelope: Envelope) -> str | None:
    """Return the name of what an envelope says differently from its report."""
    report = envelope.report
    if not isinstance(report, REPORT_TYPES[envelope.kind]):
        return "kind"
    if envelope.number != report.heading.number:
        return "number"
    if envelope.issued_on != report.heading.issued_on:
        return "issued_on"
    return None if envelope.period == str(parse_period(report.period)) else "period"
