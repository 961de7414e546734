"""The recovery sheet: one page to be printed and locked away, the only paper that is no report."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from reportlab.graphics.barcode.qr import QrCode
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from sochibo.documents.page import fonts
from sochibo.documents.page.fonts import BOLD, ITALIC, REGULAR, printable, wrap_words
from sochibo.rules.dates import official_date

__all__ = ["RecoverySheet", "draw_recovery_sheet"]

_LEFT: Final = 25 * mm
_WIDTH: Final = A4[0] - 2 * _LEFT
_CODE: Final = 52 * mm
_KEY_FONT: Final = "Courier-Bold"
_WHAT: Final = (
    "Tờ này mở được sổ khi quên mật khẩu. Ai có tờ này và tệp sổ thì đọc được toàn bộ sổ.",
    (
        "Hãy cất vào phong bì dán kín, để trong tủ có khóa của chi bộ hoặc gửi đảng ủy giữ. "
        "Không chụp ảnh, không gửi qua điện thoại, không để cùng chỗ với máy tính."
    ),
)
_HOW: Final = (
    (
        "Cách dùng: mở phần mềm, chọn sổ, bấm “Tôi quên mật khẩu”, gõ lại năm dòng trên (không cần "
        "dấu gạch, chữ hoa hay chữ thường đều được) hoặc quét ô mã. Gõ nhầm ở đâu, phần mềm chỉ ra dòng đó."
    ),
    "Trong mã không có chữ I, L, O và U. Nét giống I hoặc L là số 1, nét giống O là số 0.",
    (
        "Mỗi lần đổi mật khẩu phải in tờ mới; tờ cũ không mở được sổ nữa, chỉ còn mở được các bản sao lưu "
        "cũ. Sau khi mở sổ bằng tờ này, phần mềm sẽ hỏi mật khẩu mới."
    ),
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the sheet."""

    organisation: str
    file: str
    made_on: date
    lines: tuple[str, ...] = field(repr=False)


def draw_recovery_sheet(sheet: RecoverySheet) -> bytes:
    """Draw the sheet as a PDF of one page; always Vietnamese, as all papers."""
    fonts.register()
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=True)
    canvas.setTitle("Mã khôi phục")
    y = A4[1] - 30 * mm
    canvas.setFont(BOLD, 20)
    canvas.drawString(_LEFT, y, "MÃ KHÔI PHỤC CỦA SỔ CHI BỘ")
    y = _paragraphs(canvas, y - 9 * mm, (sheet.organisation,), BOLD, 14)
    made_on = f"Tệp: {sheet.file}. Lập {official_date(sheet.made_on)}."
    y = _paragraphs(canvas, y, (made_on,), REGULAR, 12)
    y = _paragraphs(canvas, y - 3 * mm, _WHAT, REGULAR, 13)
    y = _key(canvas, y - 4 * mm, sheet.lines)
    y = _paragraphs(canvas, y - 8 * mm, _HOW, REGULAR, 13)
    _paragraphs(canvas, y - 4 * mm, ("Người giữ tờ này: ……………………………………  Nơi cất: ………………………………",), ITALIC, 13)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def _paragraphs(canvas: Canvas, y: float, texts: tuple[str, ...], font: str, size: float) -> float:
    """Draw paragraphs from the top down; return where the next may begin."""
    canvas.setFont(font, size)
    for text in texts:
        for line in wrap_words(printable(text), font, size, _WIDTH):
            canvas.drawString(_LEFT, y, line)
            y -= size * 1.3
        y -= 1.5 * mm
    return y


def _key(canvas: Canvas, y: float, lines: tuple[str, ...]) -> float:
    """Draw the numbered lines and, beside them, the code that holds the same."""
    bottom = y - _CODE - 8 * mm
    canvas.rect(_LEFT, bottom, _WIDTH, _CODE + 8 * mm)
    # Capitals, figures and hyphens keep the code in QR's alphanumeric mode, coarse enough for any reader.
    code = QrCode("-".join(lines), width=_CODE, height=_CODE, qrBorder=2, qrLevel="M")
    code.drawOn(canvas, _LEFT + _WIDTH - _CODE - 4 * mm, bottom + 4 * mm)
    pitch = _CODE / len(lines)
    for number, line in enumerate(lines, 1):
        baseline = y - 4 * mm - (number - 0.4) * pitch
        canvas.setFont(REGULAR, 12)
        canvas.drawString(_LEFT + 5 * mm, baseline, f"Dòng {number}")
        canvas.setFont(_KEY_FONT, 16)
        canvas.drawString(_LEFT + 23 * mm, baseline, line.replace("-", "  "))
    return float(bottom)
