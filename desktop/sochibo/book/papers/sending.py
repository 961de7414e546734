"""A sealed file on its way to a stick: its name, the writing that is checked by reading back, the listing."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from sochibo import faults, files
from sochibo.messages import N_
from sochibo.rules.forms import FORMS

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sochibo.storage.records.documents import Document

__all__ = ["LISTING", "CopyDiffers", "file_name", "list_file", "write", "write_back"]

NAME_LIMIT: Final = 60
OTHER_SIGNS: Final = re.compile(r"[^A-Za-z0-9]+")
MOST_COPIES: Final = 1000
LISTING: Final = "danh-sach-tep.csv"
LISTING_LIMIT: Final = 1_000_000
_HEAD: Final = ("Tệp", "SHA-256", "Loại", "Kỳ", "Số", "Ghi lúc")
"""A listing is for whoever opens the stick without the program, so it is Vietnamese like every paper."""


class CopyDiffers(faults.Fault):
    """What was read back from the stick is not what was written to it."""

    code = "K20"
    sentence = N_("“{name}” was written, but what lies there is not the same.")
    advice = N_(
        "The stick may be worn out: try again with another one. The paper itself is safe in the book."
    )


def file_name(document: Document, organisation: str) -> str:
    """Return a name without diacritics, which every stick and mail program carries unharmed.

    Period first, so that a folder sorts in time; the number makes it unique.
    """
    parts = (
        document.period,
        FORMS[document.kind].symbol,
        _plain(organisation, " ")[:NAME_LIMIT].strip(),
        _plain(document.number, "-"),
    )
    return " ".join(part for part in parts if part) + ".pdf"


def write(folder: Path, name: str, content: bytes) -> Path:
    """Write a file that overwrites nothing, and read it back; the same file lying there already is fine.

    Raises DiskFull, NotWritable, NotReadable or CopyDiffers.
    """
    stem = name.removesuffix(".pdf")
    for copy in range(1, MOST_COPIES):
        path = folder / (name if copy == 1 else f"{stem} ({copy}).pdf")
        there = _digest_of(path)
        if there is None:
            break
        if there == hashlib.sha256(content).hexdigest():
            return path
    else:
        raise faults.NotWritable(name=name)
    files.write_whole(path, content)
    if _digest_of(path) != hashlib.sha256(content).hexdigest():
        raise CopyDiffers(name=path.name)
    return path


def write_back(path: Path, content: bytes, at: datetime) -> None:
    """Write a file in its own place with a signature more, read it back, and mend its line in the listing.

    What lay there is the beginning of what is written, and stays until the whole is there. Raises DiskFull,
    NotWritable, NotReadable or CopyDiffers.
    """
    files.write_whole(path, content)
    digest = hashlib.sha256(content).hexdigest()
    if _digest_of(path) != digest:
        raise CopyDiffers(name=path.name)
    known = _listed(path.with_name(LISTING)) or []
    line = next((one for one in known if one[0] == path.name), None)
    if line is not None:
        _write_listing(path, known, [path.name, digest, *line[2:-1], _stamp(at)])


def list_file(path: Path, document: Document, at: datetime) -> None:
    """Name a file in the listing beside it, with its digest; lines of other files stay.

    A file of that name which is no listing of ours is left alone. Raises a fault of the folder.
    """
    from sochibo.documents.words.exchange import PAPER_WORDS

    listing = path.with_name(LISTING)
    known = _listed(listing)
    if known is None:
        return
    digest = _digest_of(path) or ""
    kind = PAPER_WORDS.get(document.kind, document.kind.value)
    line = [path.name, digest, kind, document.period, document.number, _stamp(at)]
    _write_listing(path, known, line)


def _write_listing(path: Path, known: list[list[str]], line: list[str]) -> None:
    lines = sorted([*(one for one in known if one[0] != path.name), line])
    text = io.StringIO()
    csv.writer(text).writerows([_HEAD, *lines])
    # With the mark at its head a spreadsheet reads the Vietnamese letters right.
    files.write_whole(path.with_name(LISTING), text.getvalue().encode("utf-8-sig"))


def _stamp(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def _listed(listing: Path) -> list[list[str]] | None:
    """Return the lines of a listing, none where there is no file yet, None where it is another's file."""
    try:
        text = files.read_whole(listing, LISTING_LIMIT).decode("utf-8-sig")
    except faults.NotReadable:
        return None if listing.exists() else []
    except (files.TooLarge, UnicodeDecodeError):
        return None
    head, *lines = list(csv.reader(io.StringIO(text))) or [[]]
    return [line for line in lines if len(line) == len(_HEAD)] if head == list(_HEAD) else None


def _digest_of(path: Path) -> str | None:
    """Return the SHA-256 of a file, None where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise faults.from_os(error, path.name) from error


def _plain(text: str, between: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    letters = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return OTHER_SIGNS.sub(between, letters).strip(between)
