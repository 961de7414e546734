"""The parts of a page that only Party papers have: head, titles, signature block, mark of page 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from sochibo.documents.page.finished import SignatureSpace
from sochibo.documents.page.fonts import BOLD, ITALIC, REGULAR, printable, width, wrap_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.pdfgen.canvas import Canvas

    from sochibo.documents.page.content import Content, Signer
    from sochibo.documents.page.profile import HeadLayout, Profile, SignatureLayout

__all__ = ["Foot", "Head", "TitleBlock", "draw_code", "draw_draft_word", "draw_mark", "draw_page_number"]


class Head(Flowable):  # type: ignore[misc] # ReportLab ships no types
    """The two blocks at the top of page 1: who issues at the left, the Party and the date at the right.

    Geometry after Hướng dẫn 05-HD/VPTW (2026): the rule is exactly as long as the title, and the left
    block wraps at its words instead of shrinking.
    """

    def __init__(self, content: Content, layout: HeadLayout) -> None:
        super().__init__()
        self._content = content
        self._layout = layout

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Lay both blocks out; the height ends at the last baseline."""
        layout = self._layout
        self._lines = self._right_lines()
        right = max(width(layout.title, BOLD, layout.title_size), *(width(*line) for line in self._lines))
        left = min(available_width - right - layout.gap * mm, layout.left_width_limit * mm)
        self._right_centre = available_width - right / 2
        self._left_centre = left / 2
        self._left = self._left_lines(left)
        drops = (drop for drop, *_ in self._left)
        bottom = max(*drops, self._date_drop() + layout.line_pitch * (len(self._lines) - 1))
        self.width, self.height = available_width, bottom * mm
        return self.width, self.height

    def draw(self) -> None:
        """Draw texts and rule."""
        layout = self._layout
        for drop, text, font in self._left:
            self._centred(self._left_centre, drop, text, font, layout.size)
        self._centred(self._right_centre, layout.first_baseline, layout.title, BOLD, layout.title_size)
        half = width(layout.title, BOLD, layout.title_size) / 2
        y = self.height - (layout.first_baseline + layout.rule_drop) * mm
        self.canv.setLineWidth(layout.rule_width)
        self.canv.line(self._right_centre - half, y, self._right_centre + half, y)
        drop = self._date_drop()
        for text, font, size in self._lines:
            self._centred(self._right_centre, drop, text, font, size)
            drop += layout.line_pitch

    def _date_drop(self) -> float:
        return self._layout.first_baseline + self._layout.date_drop

    def _right_lines(self) -> list[tuple[str, str, float]]:
        """Return place and date, broken after the place where they are too long for one line."""
        if self._content.place_and_date is None:
            return [("", ITALIC, self._layout.size)]
        place, day = map(printable, self._content.place_and_date)
        size, limit = self._layout.size, self._layout.date_width_limit * mm
        whole = f"{place}, {day}" if place else day[:1].upper() + day[1:]
        if width(whole, ITALIC, size) <= limit:
            return [(whole, ITALIC, size)]
        return [(line, ITALIC, size) for line in (*wrap_words(f"{place},", ITALIC, size, limit), day)]

    def _left_lines(self, limit: float) -> list[tuple[float, str, str]]:
        layout, content = self._layout, self._content
        texts = ((content.superior, REGULAR), (content.body, BOLD))
        lines = [
            (line, font)
            for text, font in texts
            for line in wrap_words(printable(text).upper(), font, layout.size, limit)
        ]
        drop, placed = layout.first_baseline - layout.line_pitch, []
        for line, font in lines:
            drop += layout.line_pitch
            placed.append((drop, line, font))
        drop += layout.asterisk_pitch
        placed.append((drop, "*", REGULAR))
        if content.number is None:
            return placed
        drop += layout.number_pitch
        number = wrap_words(f"Số {printable(content.number)}", REGULAR, layout.size, limit)
        placed.extend((drop + n * layout.line_pitch, line, REGULAR) for n, line in enumerate(number))
        return placed

    def _centred(self, x: float, drop: float, text: str, font: str, size: float) -> None:
        self.canv.setFont(font, size)
        self.canv.drawCentredString(x, self.height - drop * mm, text)


class TitleBlock(Flowable):  # type: ignore[misc] # ReportLab ships no types
    """Kind, subject and five hyphens in the middle, under the head; hyphens only under a subject."""

    def __init__(self, kind: str, subject: str, profile: Profile) -> None:
        super().__init__()
        self._kind = printable(kind)
        self._subject = printable(subject)
        self._layout = profile.title_block

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Wrap the subject at its words."""
        layout = self._layout
        drop = layout.kind_drop
        self._placed = []
        for n, line in enumerate(wrap_words(self._kind, BOLD, layout.kind_size, available_width)):
            drop += layout.kind_pitch if n else 0
            self._placed.append((drop, line, layout.kind_size))
        for n, line in enumerate(wrap_words(self._subject, BOLD, layout.subject_size, available_width)):
            drop += layout.subject_pitch if n else layout.kind_pitch
            self._placed.append((drop, line, layout.subject_size))
        if self._subject:
            drop += layout.hyphens_pitch
            self._placed.append((drop, layout.hyphens, layout.subject_size))
        self.width, self.height = available_width, (drop + layout.body_gap) * mm
        return self.width, self.height

    def draw(self) -> None:
        """Draw the lines."""
        for drop, text, size in self._placed:
            self.canv.setFont(REGULAR if text == self._layout.hyphens else BOLD, size)
            self.canv.drawCentredString(self.width / 2, self.height - drop * mm, text)


class Foot(Flowable):  # type: ignore[misc] # ReportLab ships no types
    """Recipients at the left and one signer at the right, or several signers; notes where signatures go.

    Between office and name nothing is drawn: that is the place of the signature.
    """

    def __init__(self, content: Content, profile: Profile, spaces: list[SignatureSpace]) -> None:
        super().__init__()
        self._content = content
        self._profile = profile
        self._spaces = spaces

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return the height of the taller side."""
        layout = self._profile.signature
        signers = self._content.signers
        centres, wide = _places(len(signers), available_width, layout, listed=bool(self._content.recipients))
        self._blocks = [
            _SignerBlock(signer, centre, wide, layout)
            for signer, centre in zip(signers, centres, strict=True)
        ]
        deepest = max((block.office_drop for block in self._blocks), default=0.0)
        for block in self._blocks:
            block.put_name(deepest)
        self._list = self._recipient_lines()
        self.width = available_width
        self.height = max([self._list_height(), *(block.height for block in self._blocks)])
        return self.width, self.height

    def getSpaceBefore(self) -> float:  # noqa: N802 - ReportLab's name
        """Return the gap to the text above, in points."""
        return self._profile.signature.space_before

    def draw(self) -> None:
        """Draw both sides and note every signature's place on this page."""
        top = self.height - self._profile.signature.size
        self._draw_recipients(top)
        page = self.canv.getPageNumber() - 1
        left, bottom = self.canv.absolutePosition(0, top)
        for block in self._blocks:
            block.draw(self.canv, top)
            if block.role:
                self._spaces.append(SignatureSpace(block.role, page, block.box(left, bottom)))

    def _recipient_lines(self) -> list[str]:
        layout = self._profile.recipients
        last = len(self._content.recipients) - 1
        return [
            line
            for n, recipient in enumerate(self._content.recipients)
            for line in wrap_words(
                f"- {printable(recipient)}{'.' if n == last else ';'}",
                REGULAR,
                layout.size,
                layout.width * mm,
            )
        ]

    def _list_height(self) -> float:
        layout = self._profile.recipients
        first = self._profile.signature.size + layout.list_drop * mm
        return first + layout.leading * len(self._list) if self._list else 0.0

    def _draw_recipients(self, top: float) -> None:
        layout = self._profile.recipients
        if not self._list:
            return
        self.canv.setFont(REGULAR, layout.label_size)
        self.canv.drawString(0, top, layout.label)
        self.canv.setLineWidth(layout.label_size / 20)
        y = top - layout.underline_drop
        self.canv.line(0, y, width(layout.label, REGULAR, layout.label_size), y)
        self.canv.setFont(REGULAR, layout.size)
        for n, line in enumerate(self._list):
            self.canv.drawString(0, top - layout.list_drop * mm - n * layout.leading, line)


def _places(
    count: int, available_width: float, layout: SignatureLayout, *, listed: bool
) -> tuple[list[float], float]:
    """Return the middles of the signers' blocks, and how wide a line in one may be."""
    ends = [layout.left_centre * mm, available_width - layout.right_centre * mm]
    if listed and count == len(ends) and available_width / 2 + layout.width * mm <= ends[1]:
        # The list of recipients stands where the first of two would sign; wide pages have room between.
        ends[0] = available_width / 2
    if count <= len(ends):
        return ends[len(ends) - count :], layout.width * mm
    share = available_width / count
    return [share * (n + 0.5) for n in range(count)], share - 2 * mm


class _SignerBlock:
    """One signer: authority, office, room for the signature, name; measured down from the first baseline.

    The names of all signers stand on one line, however many lines their offices take.
    """

    def __init__(self, signer: Signer, centre: float, wide: float, layout: SignatureLayout) -> None:
        self.role = signer.role
        self._centre = centre
        self._layout = layout
        self._lines = _placed(
            [
                (line, font)
                for text, font in ((signer.authority, BOLD), (signer.office, REGULAR))
                for line in wrap_words(printable(text), font, layout.size, wide)
            ],
            layout.office_pitch * mm,
        )
        self._name = wrap_words(printable(signer.name), BOLD, layout.size, wide)
        self.office_drop = self._lines[-1][0] if self._lines else 0.0

    def put_name(self, office_drop: float) -> None:
        """Put the name below the deepest office of all signers."""
        layout = self._layout
        self.office_drop = office_drop
        first = office_drop + layout.name_drop * mm
        pitch = layout.office_pitch * mm
        self._lines += [(first + n * pitch, line, BOLD) for n, line in enumerate(self._name)]
        self.height = layout.size + first + pitch * max(0, len(self._name) - 1) + pitch / 2

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draw the lines, the first with its baseline at `top`."""
        for drop, text, font in self._lines:
            canvas.setFont(font, self._layout.size)
            canvas.drawCentredString(self._centre, top - drop, text)

    def box(self, left: float, top: float) -> tuple[float, float, float, float]:
        """Return the room for the signature in points from the page's lower left corner."""
        layout = self._layout
        upper = top - self.office_drop - layout.box_drop * mm
        start = left + self._centre - layout.box_width * mm / 2
        edges = (start, upper - layout.box_height * mm, start + layout.box_width * mm, upper)
        return tuple(round(edge, 2) for edge in edges)


def _placed(lines: Sequence[tuple[str, str]], pitch: float) -> list[tuple[float, str, str]]:
    return [(n * pitch, text, font) for n, (text, font) in enumerate(lines)]


def draw_page_number(canvas: Canvas, profile: Profile, page_size: tuple[float, float]) -> None:
    """Draw the number of a page in the middle of its top margin."""
    page = profile.page
    middle = (page_size[0] + (page.margin_left - page.margin_right) * mm) / 2
    ascent = 0.891 * page.number_size
    canvas.setFont(REGULAR, page.number_size)
    baseline = page_size[1] - page.number_top * mm - ascent
    canvas.drawCentredString(middle, baseline, str(canvas.getPageNumber()))


def draw_code(canvas: Canvas, profile: Profile, short_digest: str) -> None:
    """Draw the code by which a telephone finds the file of a sheet of paper."""
    from sochibo.documents.page.codes import code_of

    layout = profile.mark
    x, y, size = profile.page.margin_left * mm, layout.bottom * mm, layout.code_size * mm
    # Capitals keep the code in QR's alphanumeric mode, hence coarse enough for any telephone.
    code_of(f"SOCHIBO:{short_digest.upper()}", size).drawOn(canvas, x, y)


def draw_mark(canvas: Canvas, profile: Profile, short_digest: str) -> None:
    """Draw the short digest beside the code, for people."""
    layout = profile.mark
    size = layout.code_size * mm
    x, middle = profile.page.margin_left * mm + size + 1.5 * mm, layout.bottom * mm + size / 2
    canvas.setFont(REGULAR, layout.text_size)
    canvas.drawString(x, middle, layout.label)
    canvas.drawString(x, middle - layout.leading, short_digest)


def draw_draft_word(canvas: Canvas, profile: Profile, page_size: tuple[float, float]) -> None:
    """Draw the light word across a page that marks a draft, under the text."""
    layout = profile.draft
    canvas.saveState()
    canvas.setFillGray(layout.grey)
    canvas.setFont(BOLD, layout.size)
    canvas.translate(page_size[0] / 2, page_size[1] / 2)
    canvas.rotate(45)
    canvas.drawCentredString(0, -layout.size / 3, layout.label)
    canvas.restoreState()
