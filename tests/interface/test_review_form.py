"""Reviews of a quarter, a term or an occasion are begun in the window too."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton
from windows import frame_of, open_window, outside, settle, unnamed, widgets

from sochibo.interface.ratings.ratings_page import RatingsPage
from sochibo.rules.ratings.ratings import ReviewKind

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.interface.frame.frame import Frame


def ratings(frame: Frame) -> RatingsPage:
    page = frame.page
    assert isinstance(page, RatingsPage)
    return page


def test_a_review_of_a_quarter_and_one_on_an_occasion_stand_beside_each_other(cell_path: Path) -> None:
    with open_window(cell_path, language="en", percent=150) as window:
        frame = frame_of(window)
        frame.go("ratings")
        settle()
        page = ratings(frame)
        other = next(
            one for one in widgets(page) if isinstance(one, QPushButton) and one.text() == "Another review …"
        )
        other.click()
        settle()
        form = page.review_form
        assert (form.year.text(), form.quarter.value()) == ("2026", 3)
        assert form.day.text() == "30/09/2026"
        assert not unnamed(page)
        assert not outside(window)
        form.begin()
        settle()
        first = ratings(frame).period
        assert first is not None
        assert (first.kind, first.text) == (ReviewKind.QUARTER, "2026-Q3")

        form = ratings(frame).review_form
        form.open()
        form.kind.show_value(ReviewKind.OCCASION)
        form._show_fields()  # noqa: SLF001 - what choosing it by hand calls
        form.begin()
        assert form.note.hasFocus(), "an occasion must be named"
        form.note.setText("Trước khi giới thiệu ứng cử")
        # What cannot be read is told; no review of the day proposed before is begun in its place.
        form.day.setText("31/13/2026")
        form.begin()
        settle()
        assert ratings(frame).review_form is form
        assert form.day.hasFocus()
        assert "31/12/2026" in form.day.accessibleDescription()
        form.day.setText("10/10/2026")
        form.begin()
        settle()
        page = ratings(frame)
        assert page.period is not None
        assert (page.period.kind, page.period.closing_on) == (ReviewKind.OCCASION, date(2026, 10, 10))
        assert page.title()[1] == "Trước khi giới thiệu ứng cử, 10 Oct 2026"
        offered = [page.periods.itemText(n) for n in range(page.periods.count())]
        assert sorted(offered) == ["Quarter 3, 2026", "Trước khi giới thiệu ứng cử, 10 Oct 2026"]
        frame.undo()
        settle()
        assert [one.kind for one in frame.session.book.ratings.periods()] == [ReviewKind.QUARTER]


def test_a_term_needs_only_its_day_and_esc_puts_the_form_away(cell_path: Path) -> None:
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        frame.go("ratings")
        settle()
        page = ratings(frame)
        page.review_form.open()
        assert page.go_back()
        assert page.review_form.isHidden()
        page.review_form.open()
        page.review_form.kind.show_value(ReviewKind.TERM)
        page.review_form._show_fields()  # noqa: SLF001 - as above
        page.review_form.day.setText("không rõ")
        page.review_form.day.setText("")
        page.review_form.begin()
        assert frame.session.book.ratings.periods() == ()
        page.review_form.day.setText("1/10/2026")
        page.review_form.begin()
        (made,) = frame.session.book.ratings.periods()
        assert (made.kind, made.year) == (ReviewKind.TERM, 2026)
