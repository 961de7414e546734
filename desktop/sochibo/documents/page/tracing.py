"""A canvas that draws as ever and makes no file: the code of each page and the fonts are taken from it."""

from __future__ import annotations

from typing import Any

from reportlab.pdfgen.canvas import Canvas

from sochibo.documents.page.finished import Sheets

__all__ = ["TracingCanvas"]


class TracingCanvas(Canvas):  # type: ignore[misc] # ReportLab ships no types
    """ReportLab's canvas; what it would have written stands in `traced` once it was saved.

    Packed streams, tables of objects and the file itself are half of what drawing costs.
    """

    def __init__(self, traced: list[Sheets], *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - ReportLab's
        self._traced = traced
        self._sheets: list[tuple[bytes, tuple[float, float]]] = []
        super().__init__(*arguments, **options)

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Close a page: its code as ReportLab would have written it, to the last space."""
        code = "\n".join((self._preamble, *self._code, " ", ""))
        wide, high = self._pagesize
        self._sheets.append((code.encode("latin-1"), (round(wide, 2), round(high, 2))))
        self._startPage()

    def save(self) -> None:
        """Write nothing, and let the fonts forget this document, which they would keep for good."""
        fonts: dict[str, tuple[bytes, tuple[int, ...]]] = {}
        for font in self._doc.delayedFonts:
            state = font.state.pop(self._doc)
            for number, subset in enumerate(state.subsets):
                widths = tuple(round(font.face.getCharWidth(code)) for code in subset)
                fonts[f"/{state.internalName}+{number}"] = (font.face.makeSubset(subset), widths)
        self._traced.append(Sheets(tuple(self._sheets), fonts))
