"""The paragraph styles of a layout profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from sochibo.documents.page.content import Align
from sochibo.documents.page.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR

if TYPE_CHECKING:
    from sochibo.documents.page.content import Grid, Text
    from sochibo.documents.page.profile import Profile

__all__ = ["CellStyles", "Styles"]

_ALIGNMENTS: Final = {Align.LEFT: TA_LEFT, Align.CENTRE: TA_CENTER, Align.RIGHT: TA_RIGHT}
_FONTS: Final = {
    (False, False): REGULAR,
    (True, False): BOLD,
    (False, True): ITALIC,
    (True, True): BOLD_ITALIC,
}


class Styles:
    """The styles of running text."""

    def __init__(self, profile: Profile) -> None:
        body = profile.body
        self.text = ParagraphStyle(
            "text", fontName=REGULAR, fontSize=body.size, leading=body.leading, alignment=TA_JUSTIFY,
            firstLineIndent=body.indent * mm, spaceBefore=body.space_before, allowWidows=0, allowOrphans=0,
        )  # fmt: skip
        self.heading = ParagraphStyle("heading", parent=self.text, fontName=BOLD, alignment=TA_LEFT)

    def of(self, text: Text, *, boxes: bool) -> ParagraphStyle:
        """Return the style of one paragraph; one that is not justified is not indented either."""
        if text.align is None and not text.bold and not text.italic and not boxes:
            return self.text
        align = Align.LEFT if boxes else text.align
        return ParagraphStyle(
            "styled", parent=self.text, fontName=_FONTS[text.bold, text.italic],
            alignment=TA_JUSTIFY if align is None else _ALIGNMENTS[align],
            firstLineIndent=self.text.firstLineIndent if text.align is None else 0,
        )  # fmt: skip


class CellStyles:
    """The styles of one table, by font and alignment."""

    def __init__(self, grid: Grid, profile: Profile) -> None:
        layout = profile.table
        self.size = grid.size or layout.size
        self.leading = layout.leading * self.size / layout.size
        self._made: dict[tuple[str, Align], ParagraphStyle] = {}
        head_size = min(layout.head_size, self.size)
        self.head = ParagraphStyle("head", parent=self.of(BOLD, Align.CENTRE), fontSize=head_size)
        self.number = ParagraphStyle("number", parent=self.of(ITALIC, Align.CENTRE), fontSize=head_size)

    def of(self, font: str, align: Align) -> ParagraphStyle:
        """Return the style of a cell."""
        if (font, align) not in self._made:
            self._made[font, align] = ParagraphStyle(
                f"{font}-{align.name}", fontName=font, fontSize=self.size, leading=self.leading,
                alignment=_ALIGNMENTS[align],
            )  # fmt: skip
        return self._made[font, align]
