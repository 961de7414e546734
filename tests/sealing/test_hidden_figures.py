"""Pages sealed by the right person that show other figures than the data say, and files made to burst."""

from __future__ import annotations

import io
import zlib
from functools import cache
from typing import TYPE_CHECKING

import keys
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from tampering import code

from sochibo.documents.papers import page_picture
from sochibo.faults import Fault
from sochibo.sealing.seals import judge
from sochibo.sealing.signatures import sign
from sochibo.sealing.structure import BYTE_LIMIT
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.documents.papers import Paper
    from sochibo.sealing.trust import Trust


def resealed(paper: Paper, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(paper.pdf)) as document:
        change(document)
        written = io.BytesIO()
        document.save(written, compress_streams=False)
    return sign(written.getvalue(), paper.spaces, "secretary", keys.cell_key(), keys.NOW)


def drawn_over(document: pikepdf.Pdf, drawing: bytes) -> None:
    page = document.pages[0].obj
    page.Contents = Array([page.Contents, document.make_stream(drawing)])


def white_cover(document: pikepdf.Pdf) -> None:
    """The true figures lie under white, and drawn lines may show others."""
    drawn_over(document, b"q 1 g 85 300 450 120 re f 0 g 100 350 60 4 re f Q")


def picture(document: pikepdf.Pdf) -> None:
    """A scanned page lies over the whole page."""
    image = document.make_stream(
        bytes(100), Type=Name.XObject, Subtype=Name.Image, Width=10, Height=10, BitsPerComponent=8,
        ColorSpace=Name.DeviceGray,
    )  # fmt: skip
    document.pages[0].obj.Resources.XObject = Dictionary(I=image)
    drawn_over(document, b"q 500 0 0 500 0 200 cm /I Do Q")


def words_made_invisible(document: pikepdf.Pdf) -> None:
    """What is drawn may be searched and copied, and nobody sees it."""
    page = document.pages[0].obj
    page.Contents.write(page.Contents.read_bytes().replace(b"BT ", b"BT 3 Tr "))


def letters_swapped_in_the_font(document: pikepdf.Pdf) -> None:
    """A digit is drawn as another one, and is copied as what it should be."""
    fonts = [one for one in document.objects if isinstance(one, Dictionary) and one.get("/Type") == "/Font"]
    for font in fonts:
        if font.BaseFont == "/AAAAAA+Tinos-Regular":
            data = bytearray(font.FontDescriptor.FontFile2.read_bytes())
            number = data.index(b"glyf")
            start = int.from_bytes(data[number + 8 : number + 12], "big")
            middle = start + int.from_bytes(data[number + 12 : number + 16], "big") // 2
            data[start:middle] = bytes(middle - start)
            font.FontDescriptor.FontFile2.write(bytes(data))


HIDING = (white_cover, picture, words_made_invisible, letters_swapped_in_the_font)


@pytest.mark.parametrize("attack", HIDING, ids=lambda one: one.__name__)
def test_a_page_that_shows_something_else_than_its_words_is_looked_at(
    attack: Callable[[pikepdf.Pdf], None], summary: Paper, trust: Trust
) -> None:
    judged = judge(resealed(summary, attack), trust, keys.DAY)
    assert judged.verdict.level in {Level.HOLD, Level.REFUSE}
    assert judged.verdict.code in {"V33", "V07"}


def test_the_attachment_bears_no_other_name_for_other_programs(summary: Paper, trust: Trust) -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.attachments["sochibo.json"].obj.UF = pikepdf.String("hóa đơn.exe")

    assert code(resealed(summary, change), trust) == "V08"


@cache
def packed(megabytes: int) -> bytes:
    squeeze = zlib.compressobj(9)
    return b"".join(squeeze.compress(b" " * 1_000_000) for _ in range(megabytes)) + squeeze.flush()


def burst(document: pikepdf.Pdf, data: bytes, *filters: pikepdf.Name, times: int = 1) -> None:
    for _ in range(times):
        page, stream = document.pages[0].obj, document.make_stream(b"")
        stream.write(data, filter=Array(filters))
        old = page.Contents.as_list() if isinstance(page.Contents, Array) else [page.Contents]
        page.Contents = Array([*old, stream])


FLATE = Name.FlateDecode
BURSTING: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "once": lambda document: burst(document, packed(70), FLATE),
    "twice": lambda document: burst(document, zlib.compress(packed(70), 9), FLATE, FLATE),
    "in small parts": lambda document: burst(document, packed(10), FLATE, times=8),
    "by a method without a limit": lambda document: burst(document, b"\x80\x0b\x60\x50", Name.LZWDecode),
}


@pytest.mark.parametrize("how", BURSTING)
def test_a_file_that_would_burst_is_not_unpacked(how: str, summary: Paper, trust: Trust) -> None:
    bomb = resealed(summary, BURSTING[how])
    assert len(bomb) < BYTE_LIMIT / 10
    assert code(bomb, trust) == "V23"
    with pytest.raises(Fault):
        page_picture(bomb, 0, 0.2)
