"""Papers: an envelope drawn as pages, assembled to PDF/A-3b, and read back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sochibo.documents.envelopes import Envelope

__all__ = [
    "Paper",
    "SignatureSpace",
    "assemble",
    "draft",
    "page_count",
    "page_picture",
    "page_texts",
    "payload_of",
]


@dataclass(frozen=True, slots=True)
class SignatureSpace:
    """Where a signature goes: its role (`secretary`, `chair`, `minute_taker`), page from 0, box in points."""

    role: str
    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished PDF before signing, the same bytes whenever it is made from the same envelope."""

    pdf: bytes
    spaces: tuple[SignatureSpace, ...]


def draft(envelope: Envelope) -> bytes:
    """Draw the pages for a preview: no attachment, no PDF/A, quick."""
    raise NotImplementedError


def assemble(envelope: Envelope) -> Paper:
    """Draw the pages, attach `sochibo.json`, make it PDF/A-3b and validate it; byte-deterministic."""
    raise NotImplementedError


def payload_of(pdf: bytes) -> bytes:
    """Return the bytes of the one attachment `sochibo.json`; raises PayloadInvalid if not exactly one."""
    raise NotImplementedError


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Return the text of every page, NFC, white space levelled."""
    raise NotImplementedError


def page_count(pdf: bytes) -> int:
    """Return the number of pages."""
    raise NotImplementedError


def page_picture(pdf: bytes, page: int, scale: float) -> tuple[int, int, bytes]:
    """Draw one page: width, height in pixels, and RGBA bytes; `scale` 1 is 72 dots an inch."""
    raise NotImplementedError
