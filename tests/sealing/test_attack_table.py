"""The rest of the attacks that are known against signed PDF: classes named by researchers, on our own files.

Shadow attacks (hide, replace), signature wrapping and exclusion, additions after certification and after the
countersignature, contents that reach outside the file, and data meant to bring a reader down.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import keys
import pikepdf
import pytest
import reports
from pyhanko.pdf_utils import generic
from tampering import appended, code

from sochibo.documents.envelopes import encode
from sochibo.sealing.seals import judge
from sochibo.sealing.signatures import sign
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.documents.papers import Paper
    from sochibo.sealing.trust import Trust

# What the library offers for making attacks is half untyped.
PDF: Any = generic
Writer = Any


# What comes after the seal.


def range_of_nothing(pdf: bytes) -> bytes:
    """Signature exclusion: a range that covers no byte at all."""
    return re.sub(rb"/ByteRange ?\[[^\]]*\]", lambda found: b"/ByteRange [0 0 0 0]".ljust(len(found[0])), pdf)


def bytes_moved_into_the_gap(pdf: bytes) -> bytes:
    """Signature wrapping: foreign bytes between the two signed stretches, the seal's digits cut short."""
    start = pdf.index(b"<3082")
    end = pdf.index(b">", start)
    return pdf[: end - 400] + b">" + b"\n9999 0 obj\n<< /Type /Page >>\nendobj\n".ljust(400) + pdf[end + 1 :]


def cover_taken_off(pdf: bytes) -> bytes:
    """Shadow hide: what a page draws is replaced as a whole, its dictionary untouched."""

    def change(writer: Writer) -> None:
        target = writer.root["/Pages"]["/Kids"][0].raw_get("/Contents")
        target = target if hasattr(target, "idnum") else target.raw_get(0)
        writer.objects[(target.generation, target.idnum)] = PDF.StreamObject(stream_data=b"q Q")

    return appended(pdf, change)


def file_specification_swapped(pdf: bytes) -> bytes:
    """The attachment's own name and size are given otherwise; the data stay where they were."""

    def change(writer: Writer) -> None:
        names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
        new = PDF.StreamObject(stream_data=b"{}")
        spec = PDF.DictionaryObject({
            PDF.NameObject("/Type"): PDF.NameObject("/Filespec"),
            PDF.NameObject("/F"): PDF.TextStringObject("sochibo.json"),
            PDF.NameObject("/UF"): PDF.TextStringObject("sochibo.json"),
            PDF.NameObject("/EF"): PDF.DictionaryObject({PDF.NameObject("/F"): writer.add_object(new)}),
        })  # fmt: skip
        names[1] = writer.add_object(spec)
        writer.update_container(names)

    return appended(pdf, change)


def text_field_added(pdf: bytes) -> bytes:
    """A form field that says what nobody sealed."""

    def change(writer: Writer) -> None:
        field = PDF.DictionaryObject({
            PDF.NameObject("/FT"): PDF.NameObject("/Tx"),
            PDF.NameObject("/T"): PDF.TextStringObject("received"),
            PDF.NameObject("/V"): PDF.TextStringObject("đảng ủy đã duyệt"),
        })  # fmt: skip
        fields = writer.root["/AcroForm"]["/Fields"]
        fields.append(writer.add_object(field))
        writer.update_container(fields)

    return appended(pdf, change)


def stamp_drawn_in_the_field(pdf: bytes) -> bytes:
    """The invisible field of the seal is given an appearance over the page."""

    def change(writer: Writer) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        box = PDF.ArrayObject(PDF.NumberObject(n) for n in (0, 0, 600, 800))
        form = PDF.StreamObject(
            PDF.DictionaryObject({
                PDF.NameObject("/Type"): PDF.NameObject("/XObject"),
                PDF.NameObject("/Subtype"): PDF.NameObject("/Form"), PDF.NameObject("/BBox"): box,
            }),
            stream_data=b"0 0 600 800 re f",
        )  # fmt: skip
        field[PDF.NameObject("/Rect")] = box
        field[PDF.NameObject("/AP")] = PDF.DictionaryObject({PDF.NameObject("/N"): writer.add_object(form)})
        writer.update_container(field)

    return appended(pdf, change)


def pages_in_another_order(pdf: bytes) -> bytes:
    """A page is named twice."""

    def change(writer: Writer) -> None:
        kids = writer.root["/Pages"]["/Kids"]
        kids.append(kids.raw_get(0))
        writer.root["/Pages"][PDF.NameObject("/Count")] = PDF.NumberObject(len(kids))
        writer.update_container(kids)
        writer.update_container(writer.root["/Pages"])

    return appended(pdf, change)


AFTERWARDS = (
    range_of_nothing, bytes_moved_into_the_gap, cover_taken_off, file_specification_swapped,
    text_field_added, stamp_drawn_in_the_field, pages_in_another_order,
)  # fmt: skip


@pytest.mark.parametrize("attack", AFTERWARDS, ids=lambda one: one.__name__)
def test_what_is_done_to_a_sealed_summary_is_refused(
    attack: Callable[[bytes], bytes], sealed: bytes, trust: Trust
) -> None:
    changed = attack(sealed)
    assert changed != sealed
    judged = judge(changed, trust, keys.DAY)
    assert judged.verdict.level is Level.REFUSE
    assert judged.verdict.code in {"V01", "V02", "V03"}


@pytest.fixture(scope="module")
def both(minutes: Paper, chaired: bytes) -> bytes:
    """Minutes sealed by the chair and countersigned by the minute-taker."""
    return sign(chaired, minutes.spaces, "minute_taker", keys.cell_key(), keys.NOW)


@pytest.mark.parametrize("attack", AFTERWARDS, ids=lambda one: one.__name__)
def test_nothing_may_follow_the_countersignature(
    attack: Callable[[bytes], bytes], both: bytes, trust: Trust
) -> None:
    assert code(both, trust) == "V00"
    changed = attack(both)
    assert judge(changed, trust, keys.DAY).verdict.level is Level.REFUSE


# What was sealed by the right person, and must not be accepted all the same.


def resealed(paper: Paper, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    with pikepdf.open(io.BytesIO(paper.pdf)) as document:
        change(document)
        written = io.BytesIO()
        document.save(written)
    return sign(written.getvalue(), paper.spaces, "secretary", keys.cell_key(), keys.NOW)


def test_the_data_of_another_paper_under_these_pages_are_refused(summary: Paper, trust: Trust) -> None:
    other = encode(reports.wrap(reports.summary(meetings=1)))

    def swap(document: pikepdf.Pdf) -> None:
        document.attachments["sochibo.json"].obj.EF.F.write(other)

    assert code(resealed(summary, swap), trust) == "V07"


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
        b'"' * 1_000_000,
        b"7" * 5_000_000,
    ],
    ids=["deep lists", "deep objects", "a million quotes", "five megabytes"],
)
def test_data_made_to_bring_a_reader_down_are_refused(data: bytes, summary: Paper, trust: Trust) -> None:
    def fill(document: pikepdf.Pdf) -> None:
        document.attachments["sochibo.json"].obj.EF.F.write(data)

    assert code(resealed(summary, fill), trust) == "V08"


OUTSIDE: dict[str, dict[str, Any]] = {
    "a stream from another file": {"/Extra": {"/Type": "/XObject", "/S": "/GoToE"}},
    "another document": {"/Extra": [{"/S": "/GoToR", "/F": "(a.pdf)"}]},
    "a form sent away": {"/AA": {"/WS": {"/S": "/SubmitForm", "/F": "(http://example.com)"}}},
    "data brought in": {"/OpenAction": {"/S": "/ImportData", "/F": "(a.fdf)"}},
    "a film": {"/Extra": {"/S": "/Rendition"}},
    "a form within the form": {"/Extra": {"/XFA": "(x)"}},
    "a script by name": {"/Extra": {"/JS": "(app.alert(1))"}},
}


@pytest.mark.parametrize("strange", OUTSIDE)
def test_what_reaches_outside_the_file_is_refused(strange: str, summary: Paper, trust: Trust) -> None:
    def value(of: Any) -> Any:  # noqa: ANN401 - nested names and dictionaries
        if isinstance(of, dict):
            return pikepdf.Dictionary({key: value(inner) for key, inner in of.items()})
        if isinstance(of, list):
            return pikepdf.Array([value(inner) for inner in of])
        return pikepdf.Name(of) if of.startswith("/") else pikepdf.String(of)

    def change(document: pikepdf.Pdf) -> None:
        for key, inner in OUTSIDE[strange].items():
            document.Root[key] = value(inner)

    assert code(resealed(summary, change), trust) == "V22"


def test_a_link_on_a_page_is_refused(summary: Paper, trust: Trust) -> None:
    def change(document: pikepdf.Pdf) -> None:
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 99, 99])
        document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(link)])

    assert code(resealed(summary, change), trust) == "V22"


def test_a_file_under_a_password_is_refused(summary: Paper, trust: Trust) -> None:
    with pikepdf.open(io.BytesIO(summary.pdf)) as document:
        written = io.BytesIO()
        document.save(written, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert code(written.getvalue(), trust) == "V22"


def test_an_older_revision_sent_again_says_nothing_by_itself(sealed: bytes, trust: Trust) -> None:
    """Whether it was overtaken is for the book to say (V16): the file alone is in order."""
    judged = judge(sealed, trust, keys.DAY)
    assert judged.verdict.code == "V00"
    assert judged.envelope is not None
    assert judged.envelope.revision == 1
