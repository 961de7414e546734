"""Printing pages on paper: the same pages as in the PDF, as pictures fine enough for any printer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QKeySequence, QPageLayout, QPainter, QShortcut

from sochibo.faults import Fault
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from sochibo.book.papers.reports import Reports
    from sochibo.interface.session import Session

__all__ = ["NotPrinted", "ask_printer", "bind_print", "print_pages"]

_DOTS: Final = 300
_POINTS: Final = 72


class NotPrinted(Fault):
    """The printer took no page."""

    code = "K22"
    sentence = N_("The printer does not answer.")
    advice = N_("See whether it is switched on and has paper, and print again.")


def bind_print(host: QWidget, act: Callable[[], object]) -> None:
    """Let `Ctrl P` print while the keyboard is somewhere in a widget."""
    context = Qt.ShortcutContext.WidgetWithChildrenShortcut
    QShortcut(QKeySequence(QKeySequence.StandardKey.Print), host, act, context=context)


def ask_printer(parent: QWidget) -> QPrinter | None:
    """Ask which printer, in the dialog that people know from elsewhere; None if they think better of it."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def print_pages(session: Session, pdf: bytes, parent: QWidget) -> None:
    """Print every page, off the GUI thread; what the pages say has been seen already."""
    printer = ask_printer(parent)
    if printer is None:
        return
    printer.setResolution(_DOTS)
    printer.setFullPage(True)
    say = session.words.gettext
    session.work(
        lambda: _print(printer, session.book.reports, pdf, session.progress),
        lambda finished: session.told.emit(say(N_("Sent to the printer."))) if finished else None,
        say(N_("Printing …")),
    )


def _print(printer: QPrinter, reports: Reports, pdf: bytes, progress: Callable[[int, int], bool]) -> bool:
    """Draw page by page: whole at 300 dots an inch one takes 35 MB."""
    total = reports.page_count(pdf)
    painter = QPainter()
    try:
        for page in range(total):
            width, height, data = reports.page_picture(pdf, page, _DOTS / _POINTS)
            image = QImage(data, width, height, width * 4, QImage.Format.Format_RGBA8888)
            lies = QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait
            printer.setPageOrientation(lies)
            # A sheet takes its orientation only when it is begun.
            if not (printer.newPage() if painter.isActive() else painter.begin(printer)):
                raise NotPrinted
            painter.drawImage(_room(printer, image), image)
            if not progress(page + 1, total) and page + 1 < total:
                printer.abort()
                return False
    finally:
        if painter.isActive():
            painter.end()
    return True


def _room(printer: QPrinter, image: QImage) -> QRect:
    """Return where a page stands on the sheet: as large as it is, or as the sheet allows."""
    sheet = printer.pageLayout().fullRectPixels(printer.resolution())
    size = image.size()
    if size.width() > sheet.width() or size.height() > sheet.height():
        size = size.scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
    return QRect((sheet.width() - size.width()) // 2, 0, size.width(), size.height())
