"""What stands on the pages of a finished file, beyond its words: to the letter, or as one sees it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from sochibo.documents.envelopes import PayloadInvalid
from sochibo.documents.page.finished import Sheets
from sochibo.documents.reading import page_count, page_picture, unpacked

if TYPE_CHECKING:
    import pikepdf

__all__ = ["look_alike", "sheets_of"]

_PAGE_KEYS: Final = frozenset(
    {"/Annots", "/Contents", "/MediaBox", "/Parent", "/Resources", "/Rotate", "/Type"}
)
_TREE_KEYS: Final = frozenset({"/Count", "/Kids", "/Parent", "/Type"})
_RESOURCE_KEYS: Final = frozenset({"/Font", "/ProcSet"})
_FONT_KEYS: Final = frozenset({
    "/BaseFont", "/FirstChar", "/FontDescriptor", "/LastChar", "/Name", "/Subtype", "/ToUnicode", "/Type",
    "/Widths",
})  # fmt: skip

_SCALE: Final = 2
_FAINT: Final = 128
_MOST_SPECKS: Final = 10
"""So many dots of a page may differ, drawn at 144 an inch; a digit that is another one differs in more."""


def sheets_of(pdf: bytes) -> Sheets | None:
    """Return what is drawn on the pages of a file; None where anything stands there that we never draw."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf), suppress_warnings=True) as opened:
            pages = [page.obj for page in opened.pages]
            if not all(_is_plain(page) for page in pages):
                return None
            drawn = tuple((unpacked(page.Contents), _size(page)) for page in pages)
            fonts: dict[str, tuple[bytes, tuple[int, ...]]] = {}
            for page in pages:
                for name, font in page.Resources.Font.as_dict().items():
                    if fonts.setdefault(name, found := _font(font)) != found:
                        return None
    except (pikepdf.PdfError, PayloadInvalid, ValueError, TypeError, KeyError, AttributeError):
        return None
    return Sheets(drawn, fonts)


def _is_plain(page: pikepdf.Object) -> bool:
    """Tell whether a page has nothing but its code and its fonts, and inherits nothing."""
    return (
        not set(page.keys()) - _PAGE_KEYS
        and not set(page.Parent.keys()) - _TREE_KEYS
        and not set(page.Resources.keys()) - _RESOURCE_KEYS
        and page.get("/Rotate", 0) == 0
    )


def _size(page: pikepdf.Object) -> tuple[float, float]:
    left, bottom, right, top = (round(float(side), 2) for side in page.MediaBox.as_list())
    if left or bottom:
        raise ValueError("a page that does not begin at its corner")
    return right, top


def _font(font: pikepdf.Object) -> tuple[bytes, tuple[int, ...]]:
    if set(font.keys()) - _FONT_KEYS or font.FirstChar != 0:
        raise ValueError("a font that is used otherwise")
    widths = tuple(round(float(width)) for width in font.Widths.as_list())
    return unpacked(font.FontDescriptor.FontFile2), widths


def look_alike(one: bytes, other: bytes) -> bool:
    """Tell whether two files of equally many pages look the same, what fields draw left out."""
    return all(_same_picture(one, other, page) for page in range(page_count(one)))


def _same_picture(one: bytes, other: bytes, page: int) -> bool:
    *size, ours = page_picture(one, page, _SCALE, fields=False)
    *other_size, theirs = page_picture(other, page, _SCALE, fields=False)
    if size != other_size:
        return False
    if ours == theirs:
        return True
    # Red and green tell black from white as well as all four colours would, in half the time.
    dots = zip(ours[::4], theirs[::4], ours[1::4], theirs[1::4], strict=True)
    specks = sum(abs(a - b) > _FAINT or abs(c - d) > _FAINT for a, b, c, d in dots)
    return specks <= _MOST_SPECKS
