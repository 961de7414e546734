"""Preview: the pages of a PDF as they will be printed, made and drawn off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from sochibo.interface.parts import printing
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from sochibo.book.papers.reports import Reports
    from sochibo.faults import Fault
    from sochibo.interface.session import Session

__all__ = ["Preview"]

_GLANCE: Final = 0.2
"""The scale at which a page is drawn once to learn its width: some lie on their side."""
_SETTLE: Final = 200
_MARGIN: Final = 26
_LEAST: Final = 240

_Picture = tuple[int, int, bytes]


class Preview(QScrollArea):
    """The very pages, one under the other, as wide as there is room."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._make: Callable[[], bytes] | None = None
        self._pdf: bytes | None = None
        self._drawn_width = 0
        self._seen_width = 0
        self._round = 0
        self._cleared = 0
        self._waits = False
        self._whole = False
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
        # As wide as its share, as high as there is room; its least height is set by itself.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._fit()

    def page_total(self) -> int:
        """Return how many pages are shown."""
        return len(self._sheets)

    def drawn(self) -> bool:
        """Tell whether every page has its picture, and no newer one is on its way."""
        awaited = self._waits or self._settled.isActive()
        return (
            not awaited and bool(self._sheets) and all(not sheet.pixmap().isNull() for sheet in self._sheets)
        )

    def show_whole(self, *, whole: bool) -> None:
        """Be as high as all pages, where the page around scrolls; else scroll, where it does not."""
        if whole != self._whole:
            self._whole = whole
            self._fit()

    def show_text(self, text: str) -> None:
        """Show a sentence where the pages would be."""
        self._make, self._pdf = None, None
        self._waits = False
        self._round += 1
        self._cleared = self._round
        self._lay_out(0)
        self._empty.setText(text)

    def show_pdf(self, pdf: bytes) -> None:
        """Show these pages."""
        self.show_made(lambda: pdf)

    def show_made(self, make: Callable[[], bytes]) -> None:
        """Show the pages that a job makes in a worker thread; the picture before stays until they are there.

        A KeyError of the job shows nothing: undo took away meanwhile what was to be drawn.
        """
        self._make = make
        self._draw()

    def print_pages(self) -> None:
        """Print the pages that are seen."""
        if self._pdf is not None:
            printing.print_pages(self._session, self._pdf, self.window())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Draw anew when the width has settled."""
        super().resizeEvent(event)
        if self._make is not None and self.viewport().width() != self._drawn_width:
            self._settled.start()

    def _fit(self) -> None:
        policy = Qt.ScrollBarPolicy
        scrolls = bool(self._sheets) and not self._whole
        # There from the first page on: a bar that comes and goes changes the width of the pictures.
        self.setVerticalScrollBarPolicy(policy.ScrollBarAlwaysOn if scrolls else policy.ScrollBarAlwaysOff)
        # A page that scrolls counts no height at all for what ignores its own, and presses all else together.
        high = QSizePolicy.Policy.Minimum if self._whole else QSizePolicy.Policy.Ignored
        self.setSizePolicy(QSizePolicy.Policy.Ignored, high)
        least = self._session.theme.px(_LEAST)
        self.setMinimumHeight(max(least, self._host.sizeHint().height()) if self._whole else least)

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
        self._fit()

    def _draw(self) -> None:
        make = self._make
        if make is None:
            return
        self._round += 1
        self._waits = True
        current, shown = self._round, self._pdf
        asked = self._drawn_width = self.viewport().width()
        # Without a bar now, but with one as soon as there are pages.
        bar = 0 if self._whole or self._sheets else self.verticalScrollBar().sizeHint().width()
        ratio = self.devicePixelRatioF()
        width = max(120, self._drawn_width - _MARGIN - bar) * ratio
        reports = self._session.book.reports
        # Of what is seen, not of what was asked for last: that may have been overtaken before it was drawn.
        fresh = asked != self._seen_width

        def job() -> tuple[bytes, list[_Picture] | None] | None:
            try:
                pdf = make()
            except KeyError:
                return None
            return pdf, _pictures(reports, pdf, width) if fresh or pdf != shown else None

        def done(found: tuple[bytes, list[_Picture] | None] | None) -> None:
            # The page may have been left, and this widget deleted, while its pages were drawn.
            if not isValid(self) or current < self._cleared:
                return
            overtaken = current != self._round
            if overtaken and self._sheets:
                return
            # Overtaken pages are better than none: while one change follows the other nothing would be seen.
            self._waits = overtaken
            if found is not None:
                self._pdf = found[0]
                self._show_all(found[1], ratio, asked)

        def failed(fault: Fault) -> None:
            if isValid(self) and current == self._round:
                self.show_text(fault.say(self._session.words))

        self._session.work(job, done, self._session.words.gettext(N_("Drawing the pages …")), failed)

    def _show_all(self, pictures: list[_Picture] | None, ratio: float, width: int) -> None:
        if pictures is None:
            return
        self._seen_width = width
        self._lay_out(len(pictures))
        for page, picture in enumerate(pictures):
            self._show(page, picture, ratio)
        self._fit()

    def _show(self, page: int, picture: _Picture, ratio: float) -> None:
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


def _pictures(reports: Reports, pdf: bytes, width: float) -> list[_Picture]:
    """Draw every page as wide as asked."""
    return [
        reports.page_picture(pdf, page, width * _GLANCE / reports.page_picture(pdf, page, _GLANCE)[0])
        for page in range(reports.page_count(pdf))
    ]
