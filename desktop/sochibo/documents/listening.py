"""A canvas that draws nothing and only remembers the words that would stand on each page."""

from __future__ import annotations

from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

__all__ = ["SilentCanvas"]


class SilentCanvas(Canvas):  # type: ignore[misc] # ReportLab ships no types
    """ReportLab's canvas without lines and without a file; every page closed is added to `pages`.

    Fonts cut to the letters used, packed streams and the file itself are half of what drawing costs, and
    none of them says a word.
    """

    def __init__(self, pages: list[str], *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - ReportLab's
        self._heard: list[str] = []
        self._pages = pages
        super().__init__(*arguments, **options)

    def beginText(self, x: float = 0, y: float = 0, direction: str | None = None) -> _Text:  # noqa: N802 - ReportLab's name
        """Return a text that is heard."""
        return _Text(self, x, y, direction=direction)

    def drawText(self, aTextObject: _Text) -> None:  # noqa: N802, N803 - ReportLab's names
        """Put a text where it stands among the others: what follows it stands elsewhere on the page."""
        self._heard += (*aTextObject.heard, "\n")

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Draw nothing."""

    def lines(self, linelist: object) -> None:
        """Draw nothing."""

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Close a page."""
        self._pages.append("".join(self._heard))
        self._heard.clear()
        self._startPage()

    def save(self) -> None:
        """Write nothing: ReportLab has closed every page before."""


class _Text(PDFTextObject):  # type: ignore[misc] # ReportLab ships no types
    """A text whose pieces stand together until it moves to another place."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - ReportLab's
        self.heard: list[str] = []
        super().__init__(*arguments, **options)

    def _formatText(self, text: str) -> str:  # noqa: N802 - ReportLab's name
        self.heard.append(text)
        return ""

    def _textOut(self, text: str, TStar: int = 0) -> None:  # noqa: N802, N803 - ReportLab's names
        self.heard += (text, "\n") if TStar else (text,)

    def textLine(self, text: str = "") -> None:  # noqa: N802 - ReportLab's name
        """Hear a line."""
        super().textLine(text)
        self.heard.append("\n")

    def moveCursor(self, dx: float, dy: float) -> None:  # noqa: N802 - ReportLab's name
        """Hear that what follows stands elsewhere."""
        super().moveCursor(dx, dy)
        self.heard.append("\n")
