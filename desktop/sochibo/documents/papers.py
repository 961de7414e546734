"""Papers: an envelope drawn as pages, assembled to PDF/A-3b, and read back.

The one door to this folder: the libraries behind it are loaded when a function is called, not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.documents.envelopes import ATTACHMENT, TEMPLATE
from sochibo.documents.page.finished import Comparison, NotDrawable, Paper, SignatureSpace

if TYPE_CHECKING:
    from sochibo.documents.envelopes import Envelope

__all__ = [
    "ATTACHMENT",
    "TEMPLATE",
    "Comparison",
    "NotDrawable",
    "Paper",
    "SignatureSpace",
    "assemble",
    "draft",
    "page_count",
    "page_picture",
    "page_texts",
    "payload_of",
    "printed_names",
    "same_pages",
    "signature_spaces",
    "text_in",
]


def draft(envelope: Envelope) -> bytes:
    """Draw the pages for a preview: no attachment, no PDF/A, quick; raises NotDrawable."""
    from sochibo.documents import drawing

    return drawing.draw(envelope, draft=True).pdf


def assemble(envelope: Envelope) -> Paper:
    """Draw the pages, attach `sochibo.json`, make it PDF/A-3b and validate it; byte-deterministic.

    Raises NotDrawable.
    """
    from sochibo.documents import assembly

    return assembly.assemble(envelope)


def payload_of(pdf: bytes) -> bytes:
    """Return the bytes of the one attachment `sochibo.json`; raises PayloadInvalid if not exactly one."""
    from sochibo.documents import reading

    return reading.payload_of(pdf)


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Return the text of every page, NFC, white space levelled; raises PayloadInvalid if it is no PDF."""
    from sochibo.documents import reading

    return reading.page_texts(pdf)


def page_count(pdf: bytes) -> int:
    """Return the number of pages; raises PayloadInvalid if it is no PDF."""
    from sochibo.documents import reading

    return reading.page_count(pdf)


def page_picture(pdf: bytes, page: int, scale: float) -> tuple[int, int, bytes]:
    """Draw one page: width, height in pixels, and RGBA bytes; `scale` 1 is 72 dots an inch.

    Raises PayloadInvalid if it is no PDF or has no such page.
    """
    from sochibo.documents import reading

    return reading.page_picture(pdf, page, scale)


def same_pages(pdf: bytes, envelope: Envelope) -> Comparison:
    """Draw the pages of a payload again and compare their text with the pages of `pdf`.

    This proves that a sealed file says on its pages what its data say. The digest beside the code
    on page 1 is part of the text. Raises PayloadInvalid if `pdf` is no PDF.
    """
    from sochibo.documents import comparison

    return comparison.same_pages(pdf, envelope)


def signature_spaces(envelope: Envelope) -> tuple[SignatureSpace, ...] | None:
    """Return where a paper keeps room for signatures; None where its layout is not known here.

    Raises NotDrawable.
    """
    if envelope.template != TEMPLATE:
        return None
    from sochibo.documents import drawing

    return drawing.draw(envelope).spaces


def text_in(pdf: bytes, page: int, box: tuple[float, float, float, float]) -> str:
    """Return what a page says inside a box (left, bottom, right, top, in points)."""
    from sochibo.documents import reading

    return reading.text_in(pdf, page, box)


def printed_names(envelope: Envelope) -> dict[str, str]:
    """Return the names that stand under the fields for signatures, by role; draws nothing."""
    from sochibo.documents.words.minutes import minutes_content
    from sochibo.documents.words.writers import write
    from sochibo.rules.reports import MinutesReport

    report = envelope.report
    if isinstance(report, MinutesReport):
        content = minutes_content(report, place_and_date=False)
    else:
        content = write(envelope.kind, report)
    return {signer.role: signer.name for signer in content.signers if signer.role}
