"""Drawing a paper: contents to pages of a PDF, the same bytes every time."""

from __future__ import annotations

import io
import threading
from functools import partial
from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate
from reportlab.platypus.doctemplate import LayoutError

from sochibo.documents.envelopes import PRINTED_DIGITS, TEMPLATE, digest
from sochibo.documents.page import fonts, layout
from sochibo.documents.page.boxes import enable_boxes
from sochibo.documents.page.content import Content, Grid
from sochibo.documents.page.finished import NotDrawable, Paper, Sheets, SignatureSpace
from sochibo.documents.page.flow import flow
from sochibo.documents.page.profile import load_profile
from sochibo.documents.page.tracing import TracingCanvas
from sochibo.documents.words.minutes import minutes_content
from sochibo.documents.words.writers import write
from sochibo.rules.forms import FORMS
from sochibo.rules.reports import MinutesReport

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

    from sochibo.documents.envelopes import Envelope
    from sochibo.documents.page.profile import Profile

__all__ = ["content_of", "draw", "draw_content", "sheets_drawn"]

_MOST_PARTS: Final = 20_000
"""Paragraphs and rows of a paper: more than the 500 pages that a receiver reads would ever hold."""

# ReportLab's fonts remember the document they are being drawn into: one drawing at a time.
_ONE_AT_A_TIME: Final = threading.Lock()


def content_of(envelope: Envelope, profile: Profile) -> Content:
    """Return what stands on the paper of an envelope."""
    report = envelope.report
    if isinstance(report, MinutesReport):
        return minutes_content(report, place_and_date=profile.switches.place_and_date_on_minutes)
    return write(envelope.kind, report)


def draw(envelope: Envelope, *, draft: bool = False) -> Paper:
    """Draw all pages; a draft bears a light word across and no digest. Raises NotDrawable."""
    content = content_of(envelope, load_profile(TEMPLATE.partition("/")[0]))
    return draw_content(content, envelope, "" if draft else digest(envelope)[:PRINTED_DIGITS])


def draw_content(content: Content, envelope: Envelope, short_digest: str) -> Paper:
    """Draw the pages of a content; without a digest it is a draft. Raises NotDrawable."""
    profile = load_profile(TEMPLATE.partition("/")[0])
    with _ONE_AT_A_TIME:
        try:
            return _Sheets(content, profile, envelope, short_digest).build()
        except LayoutError as error:
            raise NotDrawable from error


def sheets_drawn(envelope: Envelope) -> Sheets:
    """Return what drawing would put on the pages, without a file; raises NotDrawable.

    Twice as quick as drawing and reading back, and it says more: a picture over the words would be told.
    """
    profile = load_profile(TEMPLATE.partition("/")[0])
    with _ONE_AT_A_TIME:
        try:
            sheets = _Sheets(
                content_of(envelope, profile), profile, envelope, digest(envelope)[:PRINTED_DIGITS]
            )
            return sheets.traced()
        except LayoutError as error:
            raise NotDrawable from error


def _parts(content: Content) -> int:
    elements = (*content.elements, *content.annex)
    return sum(len(one.rows) if isinstance(one, Grid) else 1 for one in elements)


class _Sheets:
    """One paper while it is being drawn; without a digest it is a draft."""

    def __init__(self, content: Content, profile: Profile, envelope: Envelope, short_digest: str) -> None:
        if _parts(content) > _MOST_PARTS:
            raise NotDrawable
        fonts.register()
        page = profile.page
        long, short = page.height * mm, page.width * mm
        self._size = (long, short) if content.landscape else (short, long)
        self._content = content
        self._profile = profile
        self._envelope = envelope
        self._digest = short_digest

    def build(self) -> Paper:
        """Let the parts flow over as many pages as they need."""
        spaces: list[SignatureSpace] = []
        buffer = io.BytesIO()
        self._document(buffer).build(self._story(spaces))
        return Paper(buffer.getvalue(), tuple(spaces))

    def traced(self) -> Sheets:
        """Draw the pages in the same way, into no file."""
        traced: list[Sheets] = []
        self._document(io.BytesIO()).build(self._story([]), canvasmaker=partial(TracingCanvas, traced))
        return traced[0]

    def _story(self, spaces: list[SignatureSpace]) -> list[Flowable]:
        foot = layout.Foot(self._content, self._profile, spaces)
        frame = self._frame()
        available = (frame._width, frame._height)  # noqa: SLF001 - a Frame without padding tells it nowhere else
        content, profile = self._content, self._profile
        annex = [PageBreak(), *flow(content.annex, None, profile, available)] if content.annex else []
        return [
            NextPageTemplate("later"),
            layout.Head(content, profile.head),
            layout.TitleBlock(content.kind, content.subject, profile),
            *flow(content.elements, foot, profile, available),
            *annex,
        ]

    def _frame(self) -> Frame:
        page = self._profile.page
        x, y = page.margin_left * mm, page.margin_bottom * mm
        wide = self._size[0] - x - page.margin_right * mm
        high = self._size[1] - y - page.margin_top * mm
        return Frame(x, y, wide, high, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    def _document(self, buffer: io.BytesIO) -> BaseDocTemplate:
        content = self._content
        document = BaseDocTemplate(
            buffer,
            pagesize=self._size,
            title=fonts.printable(f"{content.kind} {content.subject}"),
            author=fonts.printable(content.body),
            subject=fonts.printable(content.number or ""),
            creator=fonts.printable(f"Sổ Chi bộ {self._envelope.program}"),
            lang="vi-VN",
            invariant=1,
            # Else every file names Helvetica, which is not embedded and so not PDF/A.
            initialFontName=fonts.REGULAR,
        )
        document.addPageTemplates(
            [
                PageTemplate("first", [self._frame()], onPage=self._under, onPageEnd=self._mark),
                PageTemplate("later", [self._frame()], onPage=self._under, onPageEnd=self._number),
            ]
        )
        return document

    def _under(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        enable_boxes(canvas)
        # What is only printed, never issued, is no draft of anything.
        if not self._digest and FORMS[self._envelope.kind].symbol:
            layout.draw_draft_word(canvas, self._profile, self._size)

    def _mark(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        """Draw the digest after the text: a comparison then names the words that differ, not the digest."""
        if not self._digest:
            return
        layout.draw_code(canvas, self._profile, self._digest)
        layout.draw_mark(canvas, self._profile, self._digest)

    def _number(self, canvas: Canvas, _document: BaseDocTemplate) -> None:
        layout.draw_page_number(canvas, self._profile, self._size)
