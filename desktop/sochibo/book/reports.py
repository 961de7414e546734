"""The papers of a book: issued with a number, drawn, sealed, kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sochibo.messages import N_
from sochibo.rules.reports import ReportKind

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.changes import Changes
    from sochibo.faults import Finding
    from sochibo.rules.dates import Month
    from sochibo.sealing.keys import SigningKey

__all__ = ["DOCUMENT_STATE_LABELS", "Document", "DocumentState", "KeyInfo", "Reports"]


class DocumentState(StrEnum):
    """How far a paper has come."""

    ISSUED = "issued"
    SEALED = "sealed"


DOCUMENT_STATE_LABELS = {DocumentState.ISSUED: N_("Issued"), DocumentState.SEALED: N_("Sealed")}


@dataclass(frozen=True, slots=True)
class Document:
    """A paper with its number; `digest` is that of its data, which never change once issued."""

    id: str
    kind: ReportKind
    number: str
    period: str
    issued_on: date
    revision: int
    digest: str
    state: DocumentState
    meeting_id: str | None
    sealed_at: datetime | None
    sealed_by: str


@dataclass(frozen=True, slots=True)
class KeyInfo:
    """The signing key kept in the book, as far as it can be told without its passphrase."""

    person: str
    fingerprint: str
    not_after: date
    issued: bool


class Reports:
    """Papers and the key that seals them."""

    def documents(self, kind: ReportKind | None = None) -> tuple[Document, ...]:
        """Return the issued papers, newest first."""
        raise NotImplementedError

    def get(self, document_id: str) -> Document:
        """Return one paper; raises KeyError."""
        raise NotImplementedError

    def preview_minutes(self, meeting_id: str) -> bytes:
        """Draw the minutes of a meeting as they would be now; the very pages once it is closed."""
        raise NotImplementedError

    def check_summary(self, period: Month) -> tuple[Finding, ...]:
        """Return what speaks against issuing the summary of a month, red first."""
        raise NotImplementedError

    def preview_summary(self, period: Month, remarks: str = "") -> bytes:
        """Draw the summary of a month as it would be now."""
        raise NotImplementedError

    def issue_summary(self, period: Month, *, on: date, remarks: str = "") -> str:
        """Issue the summary of a month: number, chain, data; returns the document's id.

        A second issue for the same month is a new revision that replaces the one before. Raises Refused.
        """
        raise NotImplementedError

    def issue_rollup(self, period: Month, *, on: date) -> str:
        """Issue a committee's roll-up of a month over its units; returns the document's id."""
        raise NotImplementedError

    def preview_rollup(self, period: Month) -> bytes:
        """Draw the roll-up of a month as it would be now."""
        raise NotImplementedError

    def pages(self, document_id: str) -> bytes:
        """Return the PDF of a paper: the sealed file if there is one, else its pages."""
        raise NotImplementedError

    def seal(self, document_id: str, key: SigningKey, now: datetime) -> bytes:
        """Seal a paper, judge the seal, keep the file in the book; returns it. Raises sealing's faults."""
        raise NotImplementedError

    def file_name(self, document_id: str) -> str:
        """Return the name under which a paper travels: `2026-10 BC Chi bo Thon 4 05-BC-CB.pdf`."""
        raise NotImplementedError

    def send(self, document_id: str, folder: Path) -> Path:
        """Write the sealed file whole into a folder (a stick) and read it back; returns where it lies."""
        raise NotImplementedError

    def key(self) -> KeyInfo | None:
        """Tell about the key kept in the book."""
        raise NotImplementedError

    def make_key(self, person: str, passphrase: str, now: datetime) -> Changes:
        """Make a key for this organisation and keep it in the book, locked by the passphrase."""
        raise NotImplementedError

    def take_key(self, pkcs12: bytes, passphrase: str) -> Changes:
        """Keep a PKCS#12 key in the book; raises WrongKeyPassphrase or KeyNotUsable."""
        raise NotImplementedError

    def open_key(self, passphrase: str) -> SigningKey:
        """Open the kept key; raises NoKey or WrongKeyPassphrase."""
        raise NotImplementedError

    def key_request(self, passphrase: str) -> bytes:
        """Return the enrolment request to carry to the committee."""
        raise NotImplementedError

    def accept_certificate(self, chain: bytes, passphrase: str) -> Changes:
        """Put the certificate that the committee issued beside the kept key."""
        raise NotImplementedError

    def page_count(self, pdf: bytes) -> int:
        """Return the number of pages of a PDF made here."""
        raise NotImplementedError

    def page_picture(self, pdf: bytes, page: int, scale: float) -> tuple[int, int, bytes]:
        """Draw one page: width, height, RGBA bytes; `scale` 1 is 72 dots an inch. Safe in a worker thread."""
        raise NotImplementedError
