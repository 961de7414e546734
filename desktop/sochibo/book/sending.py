"""A sealed file on its way to a stick: its name, and the writing that is checked by reading back."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from sochibo import faults, files
from sochibo.messages import N_
from sochibo.rules.forms import FORMS

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.storage.documents import Document

__all__ = ["CopyDiffers", "file_name", "write"]

NAME_LIMIT: Final = 60
OTHER_SIGNS: Final = re.compile(r"[^A-Za-z0-9]+")
MOST_COPIES: Final = 1000


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
    files.write_whole(path, content)
    if _digest_of(path) != hashlib.sha256(content).hexdigest():
        raise CopyDiffers(name=path.name)
    return path


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
