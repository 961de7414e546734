"""Reading files back, honest and otherwise."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import pikepdf
import pytest
import reports

from sochibo.documents import papers
from sochibo.documents.envelopes import SIZE_LIMIT, PayloadInvalid

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def good() -> bytes:
    """Return an honest paper."""
    return papers.assemble(reports.wrap(reports.summary())).pdf


def altered(change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return the honest paper after a change."""
    with pikepdf.open(io.BytesIO(good())) as pdf:
        change(pdf)
        written = io.BytesIO()
        pdf.save(written)
        return written.getvalue()


def specification(pdf: pikepdf.Pdf, name: str, data: bytes = b"{}") -> pikepdf.AttachedFileSpec:
    """Return a file to be embedded."""
    return pikepdf.AttachedFileSpec(
        pdf, data, filename=name, description="", mime_type="", creation_date="", mod_date=""
    )


def drop_attachment(pdf: pikepdf.Pdf) -> None:
    del pdf.attachments["sochibo.json"]


def add_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["more.json"] = specification(pdf, "more.json")


def rename_attachment(pdf: pikepdf.Pdf) -> None:
    kept = pdf.attachments["sochibo.json"].get_file().read_bytes()
    del pdf.attachments["sochibo.json"]
    pdf.attachments["data.json"] = specification(pdf, "data.json", kept)


def point_elsewhere(pdf: pikepdf.Pdf) -> None:
    other = specification(pdf, "sochibo.json").obj
    pdf.Root.AF = pikepdf.Array([pdf.make_indirect(other)])


def drop_association(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/AF"]


def hide_second_in_a_note(pdf: pikepdf.Pdf) -> None:
    other = specification(pdf, "hidden.json").obj
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], FS=other
    )
    pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])


def two_versions(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["sochibo.json"].obj.EF["/UF"] = pdf.make_stream(b"{}")


def pack_gigabytes(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["sochibo.json"].obj.EF.F.write(b" " * (SIZE_LIMIT + 1))


def no_stream(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["sochibo.json"].obj.EF["/F"] = pikepdf.String("{}")


ALTERATIONS = [
    drop_attachment, add_attachment, rename_attachment, point_elsewhere, drop_association,
    hide_second_in_a_note, two_versions, pack_gigabytes, no_stream,
]  # fmt: skip


@pytest.mark.parametrize("change", ALTERATIONS, ids=lambda change: change.__name__)
def test_anything_odd_about_the_data_is_refused(change: Callable[[pikepdf.Pdf], None]) -> None:
    assert papers.payload_of(good())
    with pytest.raises(PayloadInvalid):
        papers.payload_of(altered(change))


def test_an_encrypted_file_is_refused() -> None:
    with pikepdf.open(io.BytesIO(good())) as pdf:
        written = io.BytesIO()
        pdf.save(written, encryption=pikepdf.Encryption(owner="o", user=""))
    with pytest.raises(PayloadInvalid):
        papers.payload_of(written.getvalue())


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7", b"PK\x03\x04", b"%PDF-1.7\n" + b"\0" * 4000],
    ids=["empty", "head", "zip", "zeros"],
)
@pytest.mark.parametrize(
    "read", [papers.payload_of, papers.page_texts, papers.page_count], ids=["payload", "texts", "count"]
)
def test_what_is_no_pdf_is_refused(read: Callable[[bytes], object], data: bytes) -> None:
    with pytest.raises(PayloadInvalid):
        read(data)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_never_gives_data_or_another_error(share: float) -> None:
    cut = good()[: int(len(good()) * share)]
    try:
        payload = papers.payload_of(cut)
    except PayloadInvalid:
        return
    assert payload == papers.payload_of(good())


def test_a_picture_has_the_size_of_the_page_and_ink_on_it() -> None:
    width, height, pixels = papers.page_picture(good(), 0, 0.5)
    assert (width, height) == (298, 421)
    assert len(pixels) == width * height * 4
    assert set(pixels[3::4]) == {255}
    assert min(pixels[0::4]) < 128
    assert pixels[:4] == b"\xff\xff\xff\xff"


@pytest.mark.parametrize("page", [-1, 99])
def test_a_page_that_is_not_there_has_no_picture(page: int) -> None:
    with pytest.raises(PayloadInvalid):
        papers.page_picture(good(), page, 1)


def test_text_is_composed_and_its_white_space_levelled() -> None:
    text = papers.page_texts(good())[0]
    assert "kết quả sinh hoạt chi bộ tháng 11 năm 2026" in text
    assert "  " not in text
    assert "\n" not in text
