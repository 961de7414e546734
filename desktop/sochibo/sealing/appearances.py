"""What a field for a signature may draw on its page: nothing, or the picture of the signature and no more.

The pages are compared with the data by their text, so whatever could lie upon them is held to a form that
can be checked to the last sign: one image in one colour, in the place that the paper keeps for it.
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sochibo.sealing.pictures import NAME, SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pikepdf

    from sochibo.documents.envelopes import Envelope
    from sochibo.documents.papers import SignatureSpace

__all__ = ["draws_more", "is_covered"]

SLACK: Final = 1.0
"""Points: fields have whole numbers for edges."""
ROOM: Final = (171.0, 71.0)
"""60 × 25 mm in points."""
CONTENT_LIMIT: Final = 200
CONTENT: Final = re.compile(
    rb"q (\d+\.\d\d) 0 0 (\d+\.\d\d) (\d+\.\d\d) (\d+\.\d\d) cm " + NAME.encode() + rb" Do Q"
)
FORM_KEYS: Final = frozenset({"/BBox", "/Filter", "/Length", "/Resources", "/Subtype", "/Type"})
IMAGE_KEYS: Final = frozenset({
    "/BitsPerComponent", "/ColorSpace", "/Filter", "/Height", "/Length", "/SMask", "/Subtype", "/Type",
    "/Width",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Pictured:
    """A signature that is drawn: its field, its page from 0, its box in points."""

    role: str
    page: int
    box: tuple[float, float, float, float]


def draws_more(annotation: pikepdf.Object) -> bool:
    """Tell whether a field draws anything else than the picture of a signature that is there."""
    appearance = annotation.get("/AP")
    if appearance is None:
        return False
    try:
        if set(appearance.keys()) != {"/N"}:
            return True
        if _is_empty(appearance["/N"]):
            return False
        return "/V" not in annotation or not _is_picture(appearance["/N"], _box(annotation))
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError, zlib.error):
        # Another kind of object than is asked for here.
        return True


def is_covered(pdf: bytes, envelope: Envelope) -> bool:
    """Tell whether a picture stands elsewhere than where the paper keeps room for that very signature.

    Where the layout is not known here, none may be larger than such room, nor lie upon any text.
    """
    import pikepdf

    from sochibo.documents.papers import signature_spaces, text_in

    with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as document:
        pictures = list(_pictures(document))
    if not pictures:
        return False
    spaces = signature_spaces(envelope)
    if spaces is not None:
        return not _in_place(pictures, spaces)
    return any(_is_large(one.box) or text_in(pdf, one.page, one.box) for one in pictures)


def _in_place(pictures: Sequence[_Pictured], spaces: Sequence[SignatureSpace]) -> bool:
    kept = {space.role: space for space in spaces}
    return all(
        one.role in kept
        and kept[one.role].page == one.page
        and all(abs(edge - due) <= SLACK for edge, due in zip(one.box, kept[one.role].box, strict=True))
        for one in pictures
    )


def _is_large(box: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = box
    return right - left > ROOM[0] + SLACK or top - bottom > ROOM[1] + SLACK


def _pictures(document: pikepdf.Pdf) -> Iterator[_Pictured]:
    for number, page in enumerate(document.pages):
        for annotation in page.obj.get("/Annots", ()):
            if "/AP" in annotation and not _is_empty(annotation["/AP"]["/N"]):
                yield _Pictured(str(annotation.get("/T", "")), number, _box(annotation))


def _box(annotation: pikepdf.Object) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(edge) for edge in annotation["/Rect"])
    return left, bottom, right, top


def _is_empty(stream: Any) -> bool:  # noqa: ANN401 - whatever stands in the place of a stream
    import pikepdf

    return (
        isinstance(stream, pikepdf.Stream)
        and set(stream.keys()) <= FORM_KEYS
        and not stream.get("/Resources", {}).keys()
        and not _unpacked(stream, CONTENT_LIMIT).strip()
    )


def _is_picture(form: Any, box: tuple[float, float, float, float]) -> bool:  # noqa: ANN401 - as above
    import pikepdf

    if not isinstance(form, pikepdf.Stream) or not set(form.keys()) <= FORM_KEYS:
        return False
    wide, high = box[2] - box[0], box[3] - box[1]
    # pyHanko begins with the upper edge.
    frame = [float(edge) for edge in form["/BBox"]]
    said = CONTENT.fullmatch(_unpacked(form, CONTENT_LIMIT))
    if said is None or frame != [0, high, wide, 0] or form["/Subtype"] != pikepdf.Name.Form:
        return False
    width, height, left, bottom = (float(number) for number in said.groups())
    resources = form["/Resources"]
    alone = set(resources.keys()) == {"/XObject"} and set(resources["/XObject"].keys()) == {NAME}
    inside = left + width <= wide + SLACK and bottom + height <= high + SLACK
    return alone and inside and _is_ink(resources["/XObject"][NAME])


def _is_ink(image: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether an image is of one colour throughout, so that only its mask shows anything."""
    import pikepdf

    if not _is_image(image, pikepdf.Name.DeviceRGB):
        return False
    points = int(image["/Width"]) * int(image["/Height"])
    colours = _unpacked(image, 3 * points)
    mask = image["/SMask"]
    return (
        len(colours) == 3 * points
        and colours == colours[:3] * points
        and _is_image(mask, pikepdf.Name.DeviceGray)
        and "/SMask" not in mask
        and (mask["/Width"], mask["/Height"]) == (image["/Width"], image["/Height"])
        and len(_unpacked(mask, points)) == points
    )


def _is_image(image: Any, colours: pikepdf.Name) -> bool:  # noqa: ANN401 - as above
    import pikepdf

    return (
        isinstance(image, pikepdf.Stream)
        and set(image.keys()) <= IMAGE_KEYS
        and image["/Subtype"] == pikepdf.Name.Image
        and image["/ColorSpace"] == colours
        and image["/BitsPerComponent"] == 8  # noqa: PLR2004 - bits of a byte
        and 0 < int(image["/Width"]) <= SIZE[0]
        and 0 < int(image["/Height"]) <= SIZE[1]
    )


def _unpacked(stream: pikepdf.Stream, limit: int) -> bytes:
    """Unpack a stream, one byte beyond a limit at most: a few kilobytes may be packed gigabytes."""
    import pikepdf

    raw, method = stream.read_raw_bytes(), stream.get("/Filter")
    if isinstance(method, pikepdf.Array) and len(method) == 1:
        method = method[0]
    if method is None:
        return raw[: limit + 1]
    if method != pikepdf.Name.FlateDecode or "/DecodeParms" in stream:
        raise ValueError("packed in another way")
    return zlib.decompressobj().decompress(raw, limit + 1)
