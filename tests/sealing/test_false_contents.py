"""Files that are sealed by the right person, and hold what no paper of ours holds."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import keys
import pikepdf
import pytest
import received
import reports
from pyhanko.pdf_utils import generic
from tampering import code

from sochibo.documents.papers import Paper, assemble
from sochibo.sealing.seals import judge
from sochibo.sealing.signatures import sign
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.sealing.trust import Trust

# What the library offers for making attacks is half untyped.
PDF: Any = generic
Writer: TypeAlias = Any


# Files that were sealed by the right person, and lie all the same.


def resealed(paper: Paper, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(paper.pdf)) as document:
        change(document)
        written = io.BytesIO()
        document.save(written)
    return sign(written.getvalue(), paper.spaces, "secretary", keys.cell_key(), keys.NOW)


def with_data(paper: Paper, data: bytes) -> bytes:
    return resealed(paper, lambda document: replace_data(document, data))


def replace_data(document: pikepdf.Pdf, data: bytes) -> None:
    document.attachments["sochibo.json"].obj.EF.F.write(data)


def payload(**changes: object) -> bytes:
    from sochibo.documents.envelopes import encode

    return encode(reports.wrap(reports.summary(), **changes))


def test_data_that_differ_from_the_pages_are_refused(summary: Paper, trust: Trust) -> None:
    assert code(with_data(summary, payload()), trust) == "V00"
    assert code(with_data(summary, payload(revision=2)), trust) == "V07"


def test_data_that_cannot_be_read_are_refused(summary: Paper, trust: Trust) -> None:
    assert code(with_data(summary, b"{}"), trust) == "V08"
    assert code(with_data(summary, payload()[:-40]), trust) == "V08"


def test_data_of_a_newer_program_are_kept(summary: Paper, trust: Trust) -> None:
    newer = payload().replace(b'"schema_number":1', b'"schema_number":2')
    judged = judge(with_data(summary, newer), trust, keys.DAY)
    assert (judged.verdict.code, judged.verdict.level) == ("V09", Level.HOLD)


def test_a_newer_program_may_ask_other_people_to_seal(summary: Paper, trust: Trust) -> None:
    """Which kinds it knows, and who seals them, nobody can tell today: that is no false seal."""
    newer = payload().replace(b'"schema_number":1', b'"schema_number":2')
    with pikepdf.open(io.BytesIO(summary.pdf)) as document:
        replace_data(document, newer)
        written = io.BytesIO()
        document.save(written)
    spaces = tuple(replace(one, role="minute_taker") for one in summary.spaces)
    pdf = sign(written.getvalue(), spaces, "minute_taker", keys.cell_key(), keys.NOW)
    assert code(pdf, trust) == "V09"


def test_two_attachments_are_refused(summary: Paper, trust: Trust) -> None:
    def change(document: pikepdf.Pdf) -> None:
        document.attachments["khac.json"] = b"{}"

    assert code(resealed(summary, change), trust) == "V08"


def test_figures_that_contradict_each_other_are_refused(trust: Trust) -> None:
    report = reports.summary()
    wrong = replace(report, members=report.members + 1)
    paper = assemble(reports.wrap(wrong))
    judged = judge(sign(paper.pdf, paper.spaces, "secretary", keys.cell_key(), keys.NOW), trust, keys.DAY)
    assert judged.verdict.code == "V11"
    assert judged.verdict.fields["finding"]


def test_a_paper_about_days_to_come_is_refused(trust: Trust) -> None:
    """As of a PC whose clock stands years back, or of somebody who reports what has not been."""
    for period, expected in (("2026-11", "V00"), ("2026-12", "V11"), ("2027-05", "V11")):
        paper = assemble(reports.wrap(received.summary_of(period)))
        made = sign(paper.pdf, paper.spaces, "secretary", keys.cell_key(), keys.NOW)
        assert code(made, trust) == expected


def test_a_roll_up_whose_total_is_wrong_is_refused() -> None:
    report = reports.rollup()
    wrong = replace(report, total=replace(report.total, members=report.total.members + 1))
    for shown, expected in ((report, "V17"), (wrong, "V11")):
        paper = assemble(reports.wrap(shown))
        later = keys.NOW + timedelta(days=10)
        made = sign(paper.pdf, paper.spaces, "secretary", keys.cell_key(), later)
        assert code(made, None, later.date()) == expected


def test_a_refusal_outweighs_a_doubt(summary: Paper, trust: Trust) -> None:
    with pikepdf.open(io.BytesIO(summary.pdf)) as document:
        replace_data(document, payload(revision=2))
        written = io.BytesIO()
        document.save(written)
    lying = sign(written.getvalue(), summary.spaces, "secretary", keys.own_key("stranger"), keys.NOW)
    assert code(lying, trust) == "V07"


@pytest.mark.parametrize(
    "strange",
    [
        {"/OpenAction": {"/S": "/JavaScript", "/JS": "app.alert(1)"}},
        {"/AA": {"/WC": {"/S": "/Launch", "/F": "a.exe"}}},
        {"/OCProperties": {}},
        {"/Extra": [{"/S": "/URI", "/URI": "http://example.com"}]},
    ],
    ids=["script", "launch", "layers", "link"],
)
def test_what_no_paper_holds_is_refused(strange: dict[str, Any], summary: Paper, trust: Trust) -> None:
    def value(of: Any) -> Any:  # noqa: ANN401 - nested names and dictionaries
        if isinstance(of, dict):
            return pikepdf.Dictionary({key: value(inner) for key, inner in of.items()})
        if isinstance(of, list):
            return pikepdf.Array([value(inner) for inner in of])
        return pikepdf.Name(of) if of.startswith("/") else pikepdf.String(of)

    def change(document: pikepdf.Pdf) -> None:
        for key, inner in strange.items():
            document.Root[key] = value(inner)

    assert code(resealed(summary, change), trust) == "V22"


def test_a_locked_file_is_refused(summary: Paper, trust: Trust) -> None:
    with pikepdf.open(io.BytesIO(summary.pdf)) as document:
        written = io.BytesIO()
        document.save(written, encryption=pikepdf.Encryption(owner="a", user=""))
    assert code(written.getvalue(), trust) == "V22"


def test_limits(sealed: bytes, summary: Paper, trust: Trust) -> None:
    assert code(sealed + bytes(20_000_000), trust) == "V23"

    def change(document: pikepdf.Pdf) -> None:
        for _ in range(500):
            document.add_blank_page()

    assert code(resealed(summary, change), trust) == "V23"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"PK\x03\x04", b"\x00" * 5000, "Chi bộ".encode()])
def test_what_is_no_pdf_is_no_whole_pdf(data: bytes, trust: Trust) -> None:
    assert code(data, trust) == "V01"
