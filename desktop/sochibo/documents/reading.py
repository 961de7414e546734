"""Reading a PDF back: the data inside, the text and the picture of its pages."""

from __future__ import annotations

import io
import threading
import unicodedata
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Final

from sochibo.documents.envelopes import ATTACHMENT, SIZE_LIMIT, PayloadInvalid

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf
    import pypdfium2  # type: ignore[import-untyped] # the library ships no types

__all__ = [
    "bursts", "limit_qpdf", "page_count", "page_picture", "page_texts", "payload_of", "text_in", "unpacked",
]  # fmt: skip

PAGE_LIMIT: Final = 500
UNPACKED_LIMIT: Final = 64_000_000
"""A paper of 500 pages unpacks to less than a quarter of it; a few kilobytes may be packed gigabytes."""

# PDFium must never be entered by two threads at a time: a preview and an inbox would crash each other.
_PDFIUM: Final = threading.Lock()

# PDFium marks a hyphen at the end of a line by one of these.
_LINE_HYPHENS: Final = str.maketrans({"\ufffe": "-", "\x02": "-"})


def payload_of(pdf: bytes) -> bytes:
    """Return the one attachment, the same whichever way the file points to it."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return _only_attachment(opened)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        # What a hostile or broken file can lead pikepdf to; our own findings are no such errors.
        raise PayloadInvalid from error


def _only_attachment(pdf: pikepdf.Pdf) -> bytes:
    """Return the stream that both the name tree and `/AF` of the catalogue mean."""
    import pikepdf

    if pdf.is_encrypted or list(pdf.attachments) != [ATTACHMENT] or _embedded_count(pdf) != 1:
        raise PayloadInvalid
    associated = pdf.Root.get("/AF")
    if not isinstance(associated, pikepdf.Array) or len(associated) != 1:
        raise PayloadInvalid
    named = pdf.attachments[ATTACHMENT].obj
    if named.objgen != associated[0].objgen or named.get("/AFRelationship") != pikepdf.Name.Data:
        raise PayloadInvalid
    streams = {stream.objgen for stream in named.EF.as_dict().values()}
    stream = named.EF.get("/F")
    if len(streams) != 1 or stream is None or _names_of(named) != {ATTACHMENT}:
        raise PayloadInvalid
    return unpacked(stream)


def _names_of(named: pikepdf.Object) -> set[str]:
    """Return what other programs would call a file, whatever the list of files calls it."""
    return {str(named[key]) for key in ("/F", "/UF") if key in named}


def _embedded_count(pdf: pikepdf.Pdf) -> int:
    """Count what is embedded anywhere, also where the name tree does not lead: in notes, on pages."""
    import pikepdf

    embedded = (
        item
        for item in pdf.objects
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)
        and ("/EF" in item or item.get("/Type") == pikepdf.Name.EmbeddedFile)
    )
    # A file is a specification and the stream that it names.
    return sum(1 for _ in embedded) // 2


def unpacked(stream: pikepdf.Object) -> bytes:
    """Unpack a stream within the limit: a few kilobytes may be packed gigabytes. Raises PayloadInvalid."""
    import zlib

    import pikepdf

    if not isinstance(stream, pikepdf.Stream):
        raise PayloadInvalid
    raw = stream.read_raw_bytes()
    name = stream.get("/Filter")
    if isinstance(name, pikepdf.Array) and len(name) == 1:
        name = name[0]
    if name is None:
        data = raw
    elif name == pikepdf.Name.FlateDecode and "/DecodeParms" not in stream:
        try:
            data = zlib.decompressobj().decompress(raw, SIZE_LIMIT + 1)
        except zlib.error as error:
            raise PayloadInvalid from error
    else:
        raise PayloadInvalid
    if len(data) > SIZE_LIMIT:
        raise PayloadInvalid
    return data


def bursts(opened: pikepdf.Pdf) -> bool:
    """Tell whether a file unpacks to more than any paper is, unpacking it no further than that."""
    import pikepdf

    left = UNPACKED_LIMIT
    for stream in opened.objects:
        if not isinstance(stream, pikepdf.Stream):
            continue
        try:
            left -= len(_unpacked_within(stream, left))
        except _Bursting:
            return True
    return False


class _Bursting(Exception):
    """A stream is larger than what may still be unpacked, or nobody can say how large."""


def _unpacked_within(stream: pikepdf.Stream, left: int) -> bytes:
    import pikepdf

    data, named = stream.read_raw_bytes(), stream.get("/Filter")
    several = isinstance(named, pikepdf.Array)
    names = [] if named is None else [str(name) for name in (named.as_list() if several else [named])]
    if set(names) <= {"/FlateDecode"}:
        for _ in names:
            data = _inflated(data, left)
        return data
    if "/LZWDecode" in names:  # qpdf knows no limit for it, and nobody has written it for twenty years
        raise _Bursting
    try:
        return stream.read_bytes()
    except pikepdf.PdfError as error:
        if {"/FlateDecode", "/RunLengthDecode"} & set(names):
            raise _Bursting from error
        return data  # a photograph, which stays as it is


def _inflated(data: bytes, left: int) -> bytes:
    import zlib

    try:
        found = zlib.decompressobj().decompress(data, left + 1)
    except zlib.error:
        return b""
    if len(found) > left:
        raise _Bursting
    return found


@cache
def limit_qpdf() -> None:
    """Let qpdf unpack no stream further than any paper goes: it may have to before anybody can look."""
    from pikepdf.settings import set_qpdf_limits

    most = UNPACKED_LIMIT
    set_qpdf_limits(
        flate_max_memory=most, png_max_memory=most, run_length_max_memory=most, tiff_max_memory=most
    )


def _check_size(pdf: bytes) -> None:
    """Keep from PDFium what would fill the memory of the PC; raises PayloadInvalid."""
    import pikepdf

    limit_qpdf()
    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as opened:
            if bursts(opened):
                raise PayloadInvalid
    except pikepdf.PdfError as error:
        raise PayloadInvalid from error


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF for one thread; raises PayloadInvalid if it is none, needs a password or has no end."""
    import pypdfium2

    _check_size(pdf)
    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise PayloadInvalid from error
        try:
            if not 0 < len(document) <= PAGE_LIMIT:
                raise PayloadInvalid
            yield document
        except pypdfium2.PdfiumError as error:
            raise PayloadInvalid from error
        finally:
            document.close()


def page_count(pdf: bytes) -> int:
    """Return how many pages there are."""
    with _opened(pdf) as document:
        return len(document)


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Return what every page says."""
    with _opened(pdf) as document:
        return tuple(_text(document, n) for n in range(len(document)))


def _text(document: pypdfium2.PdfDocument, n: int) -> str:
    page = document[n]
    layer = page.get_textpage()
    text = layer.get_text_range().translate(_LINE_HYPHENS)
    layer.close()
    page.close()
    return " ".join(unicodedata.normalize("NFC", text).split())


def text_in(pdf: bytes, page: int, box: tuple[float, float, float, float]) -> str:
    """Return what stands inside a box of a page."""
    with _opened(pdf) as document:
        opened = document[page]
        layer = opened.get_textpage()
        text: str = layer.get_text_bounded(*box)
        layer.close()
        opened.close()
        return text.strip()


def page_picture(pdf: bytes, page: int, scale: float, *, fields: bool = True) -> tuple[int, int, bytes]:
    """Draw one page on white, with what fields for signatures draw, or without."""
    with _opened(pdf) as document:
        if not 0 <= page < len(document):
            raise PayloadInvalid
        # Without it PDFium passes over fields, in which signatures are drawn.
        if fields:
            document.init_forms()
        opened = document[page]
        bitmap = opened.render(
            scale=scale, rev_byteorder=True, force_bitmap_format=_rgba(), draw_annots=fields
        )
        try:
            row = bitmap.width * 4
            buffer = memoryview(bitmap.buffer).cast("B")
            rows = (buffer[n * bitmap.stride : n * bitmap.stride + row] for n in range(bitmap.height))
            return bitmap.width, bitmap.height, b"".join(rows)
        finally:
            bitmap.close()
            opened.close()


def _rgba() -> int:
    import pypdfium2.raw  # type: ignore[import-untyped] # the library ships no types

    return int(pypdfium2.raw.FPDFBitmap_BGRA)
