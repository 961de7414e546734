"""What an attacker, a careless copy or an honest editor does to the bytes of a sealed file."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any, TypeAlias

import keys
import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from sochibo.sealing.seals import judge

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sochibo.sealing.trust import Trust


__all__ = [
    "attachment_overridden",
    "attachment_taken_away",
    "bit_flipped_in_a_page",
    "code",
    "cut_short",
    "flip",
    "junk_after_the_end",
    "note_added",
    "padding_used",
    "range_shortened",
    "range_without_numbers",
    "saved_by_an_editor",
    "seal_cut_off",
    "seal_zeroed",
    "second_ending_added",
    "small_letters_in_the_seal",
    "text_drawn_over_a_page",
]

# What the library offers for making attacks is half untyped.
PDF: Any = generic
Writer: TypeAlias = Any


def code(pdf: bytes, trust: Trust | None, day: date = keys.DAY) -> str:
    """Judge a file, and return the code of its verdict alone."""
    return judge(pdf, trust, day).verdict.code


def flip(pdf: bytes, position: int, bit: int = 0) -> bytes:
    return pdf[:position] + bytes([pdf[position] ^ (1 << bit)]) + pdf[position + 1 :]


def bit_flipped_in_a_page(pdf: bytes) -> bytes:
    return flip(pdf, len(pdf) // 3)


def saved_by_an_editor(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.docinfo["/Title"] = "Bản khác"
        written = io.BytesIO()
        document.save(written)
    return written.getvalue()


def appended(pdf: bytes, change: Callable[[Writer], None]) -> bytes:
    writer: Writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def text_drawn_over_a_page(pdf: bytes) -> bytes:
    def change(writer: Writer) -> None:
        more = writer.add_object(PDF.StreamObject(stream_data=b"0 0 300 300 re f"))
        page = writer.root["/Pages"]["/Kids"][0]
        content = page.raw_get("/Contents")
        page["/Contents"] = PDF.ArrayObject([content, more])
        writer.update_container(page)

    return appended(pdf, change)


def attachment_overridden(pdf: bytes) -> bytes:
    def change(writer: Writer) -> None:
        file = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]
        reference = file["/EF"].raw_get("/F").reference
        old = file["/EF"]["/F"]
        new = PDF.StreamObject(dict(old), stream_data=old.data.replace(b'"members":3', b'"members":9'))
        new.pop("/Filter", None)
        writer.objects[(reference.generation, reference.idnum)] = new

    return appended(pdf, change)


def attachment_taken_away(pdf: bytes) -> bytes:
    def change(writer: Writer) -> None:
        del writer.root["/Names"]
        writer.update_root()

    return appended(pdf, change)


def note_added(pdf: bytes) -> bytes:
    def change(writer: Writer) -> None:
        page = writer.root["/Pages"]["/Kids"][0]
        note = PDF.DictionaryObject(
            {
                PDF.NameObject("/Type"): PDF.NameObject("/Annot"),
                PDF.NameObject("/Subtype"): PDF.NameObject("/FreeText"),
                PDF.NameObject("/Rect"): PDF.ArrayObject(PDF.NumberObject(n) for n in (50, 50, 300, 300)),
                PDF.NameObject("/Contents"): PDF.TextStringObject("đã sửa"),
            }
        )
        page["/Annots"] = PDF.ArrayObject([writer.add_object(note)])
        writer.update_container(page)

    return appended(pdf, change)


def cut_short(pdf: bytes) -> bytes:
    return pdf[: len(pdf) * 2 // 3]


def seal_cut_off(pdf: bytes) -> bytes:
    return pdf[: pdf.index(b"%%EOF") + 6]


def junk_after_the_end(pdf: bytes) -> bytes:
    return pdf + b"\n% more\n"


def second_ending_added(pdf: bytes) -> bytes:
    return pdf + pdf[pdf.rindex(b"startxref") :]


def range_shortened(pdf: bytes) -> bytes:
    return re.sub(rb"(/ByteRange ?\[0 \d+ \d+ )(\d)", rb"\g<1>0", pdf)


def range_without_numbers(pdf: bytes) -> bytes:
    return pdf.replace(b"/ByteRange", b"/ByteRunge")


def seal_zeroed(pdf: bytes) -> bytes:
    return re.sub(rb"<30[0-9A-F]{1000,}>", lambda found: b"<" + b"0" * (len(found[0]) - 2) + b">", pdf)


def padding_used(pdf: bytes) -> bytes:
    end = pdf.index(b"0>", pdf.index(b"/ByteRange") - 12_000)
    return pdf[:end] + b"1" + pdf[end + 1 :]


def small_letters_in_the_seal(pdf: bytes) -> bytes:
    start = pdf.index(b"<3082") + 5
    position = next(at for at in range(start, start + 100) if pdf[at : at + 1] in b"ABCDEF")
    return pdf[:position] + pdf[position : position + 1].lower() + pdf[position + 1 :]
