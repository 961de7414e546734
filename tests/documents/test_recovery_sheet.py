"""The recovery sheet: one page that holds the key twice, to be read and to be scanned."""

from __future__ import annotations

from datetime import date

from pages import lines_of

from sochibo.documents.words.recovery_sheet import RecoverySheet, draw_recovery_sheet

LINES = ("3RVE-73N3-DPDP", "56E6-96CK-8QTZ", "SK4Y-X74Z-DMQD", "SNK6-3A7J-YFV2", "H0JF-775F-K0BZ")
SHEET = RecoverySheet(
    organisation="Chi bộ Thôn 4", file="Chi bộ Thôn 4.sochibo", made_on=date(2026, 11, 5), lines=LINES
)


def test_everything_stands_on_one_page() -> None:
    (page,) = lines_of(draw_recovery_sheet(SHEET))
    text = " ".join(line.text for line in page)
    assert all(group in text for line in LINES for group in line.split("-"))
    assert [f"Dòng {number}" in text for number in range(1, 6)] == [True] * 5
    assert "Chi bộ Thôn 4.sochibo" in text
    assert "ngày 05 tháng 11 năm 2026" in text
    assert "□" not in text


def test_nothing_leaves_the_page_however_long_the_names() -> None:
    long = RecoverySheet(
        organisation="Chi bộ Trường Trung học phổ thông Nguyễn Thị Minh Khai " * 3,
        file="Sổ của chi bộ " * 12 + ".sochibo",
        made_on=date(2026, 11, 5),
        lines=LINES,
    )
    (page,) = lines_of(draw_recovery_sheet(long))
    assert all(line.left >= 60 and line.right <= 595 - 60 and line.bottom > 40 for line in page)


def test_the_key_is_shown_by_the_page_alone() -> None:
    assert LINES[0] not in repr(SHEET)
    assert draw_recovery_sheet(SHEET) == draw_recovery_sheet(SHEET)
