"""Sheets of other kinds than `.xlsx` for tests, sound ones and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "OLD_EXCEL",
    "boundless_xls",
    "encrypted_xlsx",
    "far_cell",
    "locked_xls",
    "ods",
    "xlsx_of",
    "zipped",
]

OLD_EXCEL: Final = Path(__file__).parents[1] / "data" / "roster.xls"
"""A roster of two people in the format before 2007, made once with xlwt: title, header over two rows."""

NAMESPACES: Final = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
)


def zipped(parts: Mapping[str, bytes | str]) -> bytes:
    """Pack parts."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return whole.getvalue()


def ods(rows: Iterable[Sequence[str | float | None]], *, raw: str = "") -> bytes:
    """Make an `.ods`; `None` is an empty cell, `raw` are further rows as XML."""
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NAMESPACES} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Danh sách">{body}{raw}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_cell(value: str | float | None) -> str:
    match value:
        case None:
            return "<table:table-cell/>"
        case str() if value.startswith("<"):
            return value
        case str() if value[:4].isdigit() and value[4:5] == "-":
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
        case str():
            text = f"<text:p>{escape(value)}</text:p>"
            return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
        case _:
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def xlsx_of(sheet: str, *, head: str = "") -> bytes:
    """Make an `.xlsx` of a worksheet's rows as XML, with anything at all before its root."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
                f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kinds}.worksheet+xml"/>'
                "</Types>"
            ),
            "_rels/.rels": (
                f'<Relationships xmlns="{relations}"><Relationship Id="a" '
                f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ),
            "xl/workbook.xml": (
                f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
                '<sheet name="Danh sách" sheetId="1" r:id="b"/></sheets></workbook>'
            ),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{relations}"><Relationship Id="b" '
                f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
            ),
            "xl/worksheets/sheet1.xml": (
                f'{head}<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>'
            ),
        }
    )


def far_cell() -> bytes:
    """Return an `.xls` whose last cell says that it stands in the last row and column."""
    # The records of a text in a cell: kind, length, row, column.
    return _replaced(struct.pack("<HHHH", 0xFD, 10, 4, 5), struct.pack("<HHHH", 0xFD, 10, 65535, 255))


def boundless_xls() -> bytes:
    """Return an `.xls` that says it has as many rows as a number can be; they are reserved at once."""
    data = bytearray(OLD_EXCEL.read_bytes())
    at = data.index(struct.pack("<HH", 0x200, 14))
    data[at + 8 : at + 12] = b"\xff\xff\xff\x7f"
    return bytes(data)


def locked_xls() -> bytes:
    """Return an `.xls` that says it has a password."""
    return _replaced(struct.pack("<HH", 0x42, 2), struct.pack("<HH", 0x2F, 2))


def encrypted_xlsx() -> bytes:
    """Return what an `.xlsx` with a password is: the container of an `.xls` with other streams in it."""
    name, other = "Workbook", "EncryptedPackage"
    field = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)
    return _replaced(
        field, other.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(other) + 2)
    )


def _replaced(old: bytes, new: bytes) -> bytes:
    data = OLD_EXCEL.read_bytes()
    if data.count(old) != 1:
        raise ValueError(old)
    return data.replace(old, new)
