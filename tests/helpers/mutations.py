"""Seeded damage to a sealed file: its bytes, its objects, and revisions added behind the seal."""

from __future__ import annotations

import io
import random
import warnings
from typing import TYPE_CHECKING, Any

import pikepdf
from pyhanko.pdf_utils import generic
from tampering import appended

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["MUTATIONS", "mutated"]

PDF: Any = generic


def mutated(kind: str, seed: int, pdf: bytes) -> bytes:
    """Return a file that differs from the sealed one."""
    chance = random.Random(f"{kind} {seed}")  # noqa: S311 - damage, not a secret
    changed = MUTATIONS[kind](chance, pdf)
    if changed == pdf:
        raise ValueError(f"{kind} {seed} changed nothing")
    return changed


def _bytes(chance: random.Random, pdf: bytes) -> bytes:
    damaged = bytearray(pdf)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(damaged))
        match chance.choice(["flip", "drop", "double", "swap", "zero", "cut"]):
            case "flip":
                damaged[at] ^= 1 << chance.randrange(8)
            case "drop":
                del damaged[at : at + chance.randint(1, 50)]
            case "double":
                damaged[at:at] = damaged[at : at + chance.randint(1, 50)]
            case "swap":
                other = chance.randrange(len(damaged))
                damaged[at], damaged[other] = damaged[other], damaged[at] ^ 1
            case "cut":
                del damaged[max(at, 1000) :]
            case _:
                damaged[at : at + 20] = bytes(range(1, 21))
    return bytes(damaged)


def _objects(chance: random.Random, pdf: bytes) -> bytes:
    """Change one object and write the whole file anew, as an editor does."""
    with pikepdf.open(io.BytesIO(pdf)) as document, warnings.catch_warnings():
        # Taking the form's fields away leaves their widgets alone: that is the damage meant here.
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
        objects = [one for one in document.objects if isinstance(one, pikepdf.Dictionary | pikepdf.Stream)]
        # The newest table of references is the trailer as well, and is written anew in any case.
        chosen = chance.choice([one for one in objects if one.get("/Type") != pikepdf.Name.XRef])
        # `keys()` is a set: unsorted, one seed meant another damage in every run.
        keys = sorted(key for key in chosen.keys() if key not in {"/Length", "/Type"})  # noqa: SIM118 - not a dict
        match chance.choice(["remove", "rename", "number", "stream"]):
            case "remove" if keys:
                del chosen[chance.choice(keys)]
            case "rename" if keys:
                key = chance.choice(keys)
                chosen[f"{key}X"] = chosen[key]
                del chosen[key]
            case "stream" if isinstance(chosen, pikepdf.Stream):
                data = bytearray(chosen.read_raw_bytes())
                data[chance.randrange(len(data) or 1) : 1] = b"\n"
                chosen.write(bytes(data))
            case _:
                chosen["/Altered"] = chance.randrange(10**6)
        written = io.BytesIO()
        document.save(written, deterministic_id=True)
    return written.getvalue()


def _revisions(chance: random.Random, pdf: bytes) -> bytes:
    """Add a revision behind the seal that replaces, adds or takes something away."""

    def change(writer: Any) -> None:  # noqa: ANN401 - the library's own is half untyped
        page = writer.root["/Pages"]["/Kids"][0]
        match chance.choice(["page", "root", "info", "field", "new"]):
            case "page":
                page[PDF.NameObject(chance.choice(["/Rotate", "/UserUnit", "/StructParents"]))] = (
                    PDF.NumberObject(chance.choice([90, 180, 270]))
                )
                writer.update_container(page)
            case "root":
                writer.root[PDF.NameObject(f"/Extra{chance.randrange(99)}")] = PDF.NumberObject(1)
                writer.update_root()
            case "info":
                box = PDF.ArrayObject(PDF.NumberObject(chance.randrange(900)) for _ in range(4))
                page[PDF.NameObject("/CropBox")] = box
                writer.update_container(page)
            case "field":
                field = writer.root["/AcroForm"]["/Fields"][0]
                field[PDF.NameObject("/TU")] = PDF.TextStringObject("đã duyệt")
                writer.update_container(field)
            case _:
                page[PDF.NameObject("/PieceInfo")] = writer.add_object(PDF.DictionaryObject())
                writer.update_container(page)

    return appended(pdf, change)


MUTATIONS: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "bytes": _bytes, "objects": _objects, "revisions": _revisions,
}  # fmt: skip
