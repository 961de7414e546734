"""From drawn pages to PDF/A-3b with the data inside, validated, and the same bytes every time."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

import pikepdf
from pikepdf import pdfa

from sochibo.documents import drawing
from sochibo.documents.envelopes import ATTACHMENT, encode
from sochibo.documents.page.finished import Paper

if TYPE_CHECKING:
    from datetime import date

    from sochibo.documents.envelopes import Envelope

__all__ = ["assemble"]

_FLAVOUR: Final = "3b"
_METADATA_DATE: Final = re.compile(rb"(<xmp:MetadataDate>)[^<]*(</xmp:MetadataDate>)")


def assemble(envelope: Envelope) -> Paper:
    """Draw, attach, convert, write and validate; RuntimeError if what was written is no PDF/A-3b."""
    drawn = drawing.draw(envelope)
    with pikepdf.open(io.BytesIO(drawn.pdf)) as pdf:
        _drop_empty_transitions(pdf)
        _attach(pdf, encode(envelope), envelope.issued_on)
        _date(pdf, envelope.issued_on)
        pdfa.prepare(pdf, _FLAVOUR)
        _date_metadata(pdf, envelope.issued_on)
        written = io.BytesIO()
        settings = pdfa.resolve_save_kwargs(_FLAVOUR, deterministic_id=True)
        pdf.save(written, **settings)
    written.seek(0)
    report = pdfa.validate_written(written, _FLAVOUR, settings)
    if not report.passed:
        raise RuntimeError(f"not PDF/A-3b: {report}")
    return Paper(written.getvalue(), drawn.spaces)


def _drop_empty_transitions(pdf: pikepdf.Pdf) -> None:
    """ReportLab gives every page an empty /Trans, which PDF/A does not allow."""
    for page in pdf.pages:
        if "/Trans" in page.obj:
            del page.obj["/Trans"]


def _attach(pdf: pikepdf.Pdf, payload: bytes, day: date) -> None:
    stamp = _pdf_date(day)
    pdf.attachments[ATTACHMENT] = pikepdf.AttachedFileSpec(
        pdf,
        payload,
        description="Dữ liệu của văn bản",
        filename=ATTACHMENT,
        mime_type="application/json",
        creation_date=stamp,
        mod_date=stamp,
        relationship=pikepdf.Name.Data,  # type: ignore[call-arg] # the stubs lag behind the library
    )


def _date(pdf: pikepdf.Pdf, day: date) -> None:
    """Date the file by its paper: ReportLab's `invariant` says 2000-01-01."""
    for key in ("/CreationDate", "/ModDate"):
        pdf.docinfo[key] = pikepdf.String(_pdf_date(day))


def _date_metadata(pdf: pikepdf.Pdf, day: date) -> None:
    """Overwrite the one thing that would differ from run to run: when the metadata were written."""
    packet, found = _METADATA_DATE.subn(
        rb"\g<1>" + f"{day.isoformat()}T00:00:00+07:00".encode() + rb"\g<2>", pdf.Root.Metadata.read_bytes()
    )
    if found != 1:
        raise RuntimeError("the metadata packet is not as expected")
    pdf.Root.Metadata.write(packet)


def _pdf_date(day: date) -> str:
    return f"D:{day:%Y%m%d}000000+07'00'"
