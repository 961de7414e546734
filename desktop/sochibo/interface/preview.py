"""Preview: the pages of a PDF as they will be printed, drawn off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from sochibo.messages import N_

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from sochibo.book.reports import Reports
    from sochibo.interface.session import Session

__all__ = ["Preview"]

_GLANCE: Final = 0.2
"""The scale at which a page is drawn once to learn its width: some lie on their side."""
_SETTLE: Final = 200
_MARGIN: Final = 26


class Preview(QScrollArea):
    """The very pages, one under the other, as wide as there is room."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pdf: bytes | None = None
        self._drawn_width = 0
        self._round = 0
        self._sheets: list[QLabel] = []
        self._host = QWidget()
        self._host.setObjectName("PageHost")
        self._pages = QVBoxLayout(self._host)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.setSpacing(12)
        self._empty = QLabel()
        self._empty.setProperty("kind", "soft")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._pages.addWidget(self._empty)
        self._pages.addStretch(1)
        self.setWidget(self._host)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(session.words.gettext(N_("Preview of the pages")))
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLE)
        self._settled.timeout.connect(self._draw)

    def page_total(self) -> int:
        """Return how many pages are shown."""
        return len(self._sheets)

    def drawn(self) -> bool:
        """Tell whether every page has its picture."""
        return bool(self._sheets) and all(not sheet.pixmap().isNull() for sheet in self._sheets)

    def show_text(self, text: str) -> None:
        """Show a sentence where the pages would be."""
        self._pdf = None
        self._round += 1
        self._lay_out(0)
        self._empty.setText(text)

    def show_pdf(self, pdf: bytes) -> None:
        """Show these pages; the picture before stays until the new one is there."""
        if pdf == self._pdf:
            return
        self._pdf = pdf
        total = self._session.book.reports.page_count(pdf)
        if total != len(self._sheets):
            self._lay_out(total)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw anew when the width has settled."""
        super().resizeEvent(event)
        if self._pdf is not None and self.viewport().width() != self._drawn_width:
            self._settled.start()

    def _lay_out(self, total: int) -> None:
        while len(self._sheets) > total:
            frame = self._sheets.pop().parentWidget()
            if frame is not None:
                self._pages.removeWidget(frame)
                frame.deleteLater()
        while len(self._sheets) < total:
            frame = QFrame()
            frame.setProperty("kind", "card")
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(6, 6, 6, 6)
            sheet = QLabel(frame)
            sheet.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inside.addWidget(sheet)
            self._sheets.append(sheet)
            self._pages.insertWidget(self._pages.count() - 1, frame)
        self._empty.setVisible(total == 0)
        policy = Qt.ScrollBarPolicy
        # There from the first page on: a bar that comes and goes changes the width of the pictures.
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if total else policy.ScrollBarAlwaysOff)

    def _draw(self) -> None:
        pdf = self._pdf
        if pdf is None:
            return
        self._round += 1
        current = self._round
        self._drawn_width = self.viewport().width()
        ratio = self.devicePixelRatioF()
        width = max(120, self._drawn_width - _MARGIN) * ratio
        reports, total = self._session.book.reports, len(self._sheets)

        def job() -> list[tuple[int, int, bytes]]:
            # One after the other: the library that draws does not draw two pages at once.
            return [
                reports.page_picture(pdf, page, width / _width_of(reports, pdf, page))
                for page in range(total)
            ]

        def done(pictures: list[tuple[int, int, bytes]]) -> None:
            if current == self._round:
                for page, picture in enumerate(pictures):
                    self._show(page, picture, ratio)

        self._session.work(job, done, self._session.words.gettext(N_("Drawing the pages …")))

    def _show(self, page: int, picture: tuple[int, int, bytes], ratio: float) -> None:
        width, height, data = picture
        image = QImage(data, width, height, width * 4, QImage.Format.Format_RGBA8888)
        # fromImage copies: the bytes may go once the picture stands.
        drawn = QPixmap.fromImage(image)
        drawn.setDevicePixelRatio(ratio)
        self._sheets[page].setPixmap(drawn)
        words = self._session.words
        self._sheets[page].setAccessibleName(
            words.sentence(N_("Page {page} of {pages}"), {"page": page + 1, "pages": len(self._sheets)})
        )


def _width_of(reports: Reports, pdf: bytes, page: int) -> float:
    """Return the width of a page in points."""
    return reports.page_picture(pdf, page, _GLANCE)[0] / _GLANCE
