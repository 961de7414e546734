"""What may be in a received file at all: limits, and things that no paper of ours holds."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from sochibo.documents.reading import bursts, limit_qpdf
from sochibo.sealing.appearances import draws_more

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf

__all__ = ["check_structure", "is_strange"]

BYTE_LIMIT: Final = 20_000_000
PAGE_LIMIT: Final = 500
OBJECT_LIMIT: Final = 100_000
DEPTH_LIMIT: Final = 40
ACTIONS: Final = frozenset({
    "/GoToE", "/GoToR", "/Hide", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/Rendition",
    "/ResetForm", "/RichMediaExecute", "/SetOCGState", "/Sound", "/SubmitForm", "/Thread", "/URI",
})  # fmt: skip
PACKED: Final = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
STRANGE_KEYS: Final = frozenset({"/AA", "/JS", "/OCProperties", "/OpenAction", "/RichMedia", "/XFA"})


def check_structure(pdf: bytes) -> str | None:
    """Return the code of what speaks against a file as a PDF, None if nothing does.

    Never repaired while reading: a file that needs repair is not the file that was sealed.
    """
    import pikepdf

    if len(pdf) > BYTE_LIMIT:
        return "V23"
    limit_qpdf()
    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as document:
            if document.is_encrypted:
                return "V22"
            pages, objects = len(document.pages), len(document.objects)
            large = pages > PAGE_LIMIT or objects > OBJECT_LIMIT or bursts(document)
    except pikepdf.PasswordError:
        return "V22"
    except Exception:  # noqa: BLE001 - whatever a reader raises, the file is not one that can be read
        return "V01"
    if large:
        return "V23"
    # A reader finds the paper inside a packed file too, which would then pass for a changed one.
    return None if pages and not pdf.startswith(PACKED) else "V01"


def is_strange(pdf: bytes) -> bool:
    """Tell whether a file holds actions, scripts, layers, forms or notes, which no paper of ours holds."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as document:
            strange = any(_is_strange(each) for each in _dictionaries(document))
            return strange or any(_annotated(page.obj) for page in document.pages)
    except Exception:  # noqa: BLE001 - what cannot be walked through is strange enough
        return True


def _annotated(page: pikepdf.Object) -> bool:
    """Tell whether a page bears annotations other than signature fields, or one that draws too much."""
    return any(
        annotation.get("/Subtype") != "/Widget" or "/A" in annotation or draws_more(annotation)
        for annotation in page.get("/Annots", ())
    )


def _is_strange(dictionary: pikepdf.Object) -> bool:
    keys = set(dictionary.keys())
    return bool(keys & STRANGE_KEYS) or ("/S" in keys and str(dictionary.get("/S")) in ACTIONS)


def _dictionaries(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary of a file, also those inside others; each indirect one only once."""
    import pikepdf

    def inside(value: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
        if depth > DEPTH_LIMIT:
            raise ValueError("nested too deep")
        if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            yield value
            children = [child for _, child in value.items()]
        elif isinstance(value, pikepdf.Array):
            children = list(value)
        else:
            return
        for child in children:
            if isinstance(child, pikepdf.Object) and not child.is_indirect:
                yield from inside(child, depth + 1)

    yield from inside(document.trailer, 0)
    for each in document.objects:
        yield from inside(each, 0)
