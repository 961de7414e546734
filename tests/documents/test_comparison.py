"""Pages and data must agree."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import reports

from sochibo.documents import drawing, papers
from sochibo.documents.envelopes import Envelope, decode, encode
from sochibo.documents.page.finished import Sheets
from sochibo.documents.sheets import sheets_of
from sochibo.rules.meetings.attendance import Ratio

if TYPE_CHECKING:
    from sochibo.rules.reports import Report

GOLDEN = Path(__file__).parent / "golden"
NEWER = "HD09-2031/4"

SAMPLES: dict[str, Report] = {
    "minutes": reports.minutes(),
    "minutes-corrected": reports.corrected_minutes(),
    "minutes-full": reports.full_minutes(),
    "minutes-empty": reports.empty_minutes(),
    "minutes-names": reports.unusual_names_minutes(),
    "summary": reports.summary(),
    "summary-nothing": reports.summary(0),
    "rollup": reports.rollup(9),
}
EVERY = pytest.mark.parametrize("name", SAMPLES)


def sealed(envelope: Envelope) -> bytes:
    """Return the paper of an envelope."""
    return papers.assemble(envelope).pdf


@EVERY
def test_an_honest_paper_agrees_with_its_data(name: str) -> None:
    envelope = reports.wrap(SAMPLES[name])
    assert papers.same_pages(sealed(envelope), envelope) == papers.Comparison(None)


@EVERY
def test_what_is_drawn_without_a_file_is_what_the_file_holds(name: str) -> None:
    envelope = reports.wrap(SAMPLES[name])
    assert sheets_of(sealed(envelope)) == drawing.sheets_drawn(envelope)


def test_pages_written_otherwise_are_read_and_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """As by another version of the library."""
    envelope = reports.wrap(reports.summary())
    monkeypatch.setattr(drawing, "sheets_drawn", lambda _envelope: Sheets((), {}))
    assert papers.same_pages(sealed(envelope), envelope) == papers.Comparison(None)


LIES: dict[str, tuple[Report, Report, str]] = {
    "present": (reports.minutes(), reports.minutes(present=35), "32/35"),
    "absentee": (reports.minutes(), reports.minutes(unexcused=()), "01"),
    "end": (reports.minutes(), reports.minutes(end="22:00"), "05"),
    "attendance": (reports.summary(), reports.summary(attendance=Ratio(70, 70)), "64/70"),
    "pages": (reports.minutes(), reports.long_minutes(), ""),
}


@pytest.mark.parametrize("name", LIES)
def test_data_that_lie_about_the_page_are_found_out(name: str) -> None:
    on_page, inside, words = LIES[name]
    found = papers.same_pages(sealed(reports.wrap(on_page)), reports.wrap(inside))
    assert found.difference is not None
    assert words in found.difference
    assert found.whole


def test_missing_and_extra_pages_are_told() -> None:
    short, long = reports.wrap(reports.minutes()), reports.wrap(reports.long_minutes())
    lost = papers.same_pages(sealed(short), long)
    assert lost.difference
    surplus = papers.same_pages(sealed(long), short)
    assert surplus.difference


def test_what_no_page_shows_still_changes_the_digest_on_the_page() -> None:
    envelope = reports.wrap(reports.summary())
    other = replace(envelope, book_id="another book")
    found = papers.same_pages(sealed(envelope), other)
    assert found.difference is not None
    assert "đối chiếu" in found.difference


@EVERY
def test_of_an_unknown_template_the_headline_figures_are_compared(name: str) -> None:
    envelope = reports.wrap(SAMPLES[name], template=NEWER)
    assert papers.same_pages(sealed(envelope), envelope) == papers.Comparison(None, whole=False)


def test_a_wrong_headline_figure_is_found_though_the_template_is_unknown() -> None:
    envelope = reports.wrap(reports.summary(), template=NEWER)
    lie = reports.wrap(reports.summary(attendance=Ratio(70, 70)), template=NEWER)
    found = papers.same_pages(sealed(envelope), lie)
    assert found.difference
    assert not found.whole


def test_data_that_cannot_be_drawn_do_not_agree() -> None:
    envelope = reports.wrap(reports.summary())
    heading = reports.heading("05-BC/CB", body="Chi bộ " * 900, issued_on=envelope.issued_on)
    found = papers.same_pages(sealed(envelope), reports.wrap(reports.summary(heading=heading)))
    assert found.difference


@EVERY
def test_the_words_of_this_template_stay_as_they_were_published(name: str) -> None:
    """Words or page breaks that change need a new version in TEMPLATE: receivers draw pages again."""
    envelope = reports.wrap(SAMPLES[name], template=papers.TEMPLATE)
    text = "\n\n".join(papers.page_texts(papers.assemble(envelope).pdf)) + "\n"
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        golden.write_text(text, "utf-8", newline="\n")
    assert golden.read_text("utf-8") == text


@EVERY
def test_payloads_of_this_schema_are_read_for_ever(name: str) -> None:
    """These bytes were published: every later program must read them, and the digest must not move."""
    golden = GOLDEN / f"{name}.envelope-1.json"
    if os.environ.get("WRITE_GOLDEN"):
        golden.write_bytes(encode(reports.wrap(SAMPLES[name])))
    envelope = decode(golden.read_bytes())
    assert envelope == reports.wrap(SAMPLES[name])
    assert encode(envelope) == golden.read_bytes()
