"""Sealed papers before sealing: PDF/A-3b, the same bytes every time, the data inside."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
import reports
from pikepdf import pdfa

from sochibo.documents import papers
from sochibo.documents.envelopes import decode, encode

if TYPE_CHECKING:
    from sochibo.rules.reports import Report

SAMPLES: dict[str, Report] = {
    "minutes": reports.minutes(),
    "names": reports.unusual_names_minutes(),
    "summary": reports.summary(),
    "roll-up": reports.rollup(30),
}
EVERY = pytest.mark.parametrize("report", SAMPLES.values(), ids=SAMPLES)

ELSEWHERE = """
import hashlib, sys
sys.path.insert(0, {helpers!r})
import reports
from sochibo.documents import papers
for report in (reports.summary(), reports.unusual_names_minutes(), reports.rollup(9)):
    print(hashlib.sha256(papers.assemble(reports.wrap(report)).pdf).hexdigest())
"""

LAZY = """
import sys
import sochibo.documents.papers, sochibo.documents.envelopes
heavy = {"reportlab", "pikepdf", "pypdfium2", "pyhanko", "cryptography", "PySide6"}
print(sorted(heavy & set(sys.modules)))
"""


def run_elsewhere(program: str, *seeds: str) -> list[list[str]]:
    """Run a program in processes of its own, side by side, each with another order of sets."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
        )
        for seed in seeds
    ]  # fmt: skip
    said = [process.communicate()[0].splitlines() for process in started]
    assert [process.returncode for process in started] == [0] * len(seeds)
    return said


@EVERY
def test_a_paper_passes_as_pdf_a_3b(report: Report) -> None:
    paper = papers.assemble(reports.wrap(report))
    assert pdfa.validate_written(io.BytesIO(paper.pdf), "3b").passed


@EVERY
def test_the_data_inside_are_those_of_the_envelope(report: Report) -> None:
    envelope = reports.wrap(report)
    paper = papers.assemble(envelope)
    assert papers.payload_of(paper.pdf) == encode(envelope)
    assert decode(papers.payload_of(paper.pdf)) == envelope


def test_two_processes_make_the_same_bytes() -> None:
    program = ELSEWHERE.format(helpers=str(Path(reports.__file__).parent))
    here = [
        hashlib.sha256(papers.assemble(reports.wrap(report)).pdf).hexdigest()
        for report in (reports.summary(), reports.unusual_names_minutes(), reports.rollup(9))
    ]
    assert run_elsewhere(program, "1", "2") == [here, here]


def test_threads_do_not_disturb_each_other() -> None:
    some = (reports.unusual_names_minutes(), reports.summary(), reports.rollup(5))
    envelopes = [reports.wrap(report) for report in some] * 2
    alone = [papers.assemble(envelope).pdf for envelope in envelopes]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda envelope: papers.assemble(envelope).pdf, envelopes))
        texts = list(pool.map(papers.page_texts, together))
    assert together == alone
    assert texts == [papers.page_texts(pdf) for pdf in alone]


def test_the_file_is_dated_by_its_paper() -> None:
    heading = reports.heading("05-BC/CB", issued_on=date(2027, 1, 4))
    paper = papers.assemble(reports.wrap(reports.summary(heading=heading)))
    with pikepdf.open(io.BytesIO(paper.pdf)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20270104")
        assert b"2027-01-04" in pdf.Root.Metadata.read_bytes()
        attached = pdf.attachments["sochibo.json"]
        assert attached.obj.AFRelationship == pikepdf.Name.Data
        assert attached.get_file().mime_type == "application/json"
        assert not any("/Trans" in page.obj for page in pdf.pages)
        assert str(pdf.Root.Lang) == "vi-VN"
        assert str(pdf.docinfo["/Title"]) == "BÁO CÁO kết quả sinh hoạt chi bộ tháng 11 năm 2026"


@pytest.mark.parametrize(
    ("report", "roles"),
    [
        (reports.minutes(), ["minute_taker", "chair"]),
        (reports.summary(), ["secretary"]),
        (reports.rollup(), ["secretary"]),
    ],
    ids=["minutes", "summary", "roll-up"],
)
def test_signatures_have_their_spaces_on_existing_pages(report: Report, roles: list[str]) -> None:
    paper = papers.assemble(reports.wrap(report))
    assert [space.role for space in paper.spaces] == roles
    assert all(space.page < papers.page_count(paper.pdf) for space in paper.spaces)


def test_importing_papers_loads_no_heavy_library() -> None:
    assert run_elsewhere(LAZY, "0") == [["[]"]]
