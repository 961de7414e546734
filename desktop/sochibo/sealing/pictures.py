"""The picture of a person's signature: taken from a scan or photograph, and drawn where the person seals.

It proves nothing; it is there for eyes that look for a signature on paper.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from sochibo.faults import Fault
from sochibo.messages import N_

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = [
    "INK", "MOST_BYTES", "NAME", "PictureBlank", "PictureDark", "PictureTooLarge", "PictureUnreadable",
    "style_of", "take_picture",
]  # fmt: skip

MOST_BYTES: Final = 15_000_000
MOST_PIXELS: Final = 50_000_000
"""What a telephone takes; a few bytes may claim to be a picture of gigabytes."""
SIZE: Final = (708, 295)
"""The place of a signature, 60 × 25 mm, at 300 dots an inch."""
WORKED_ON: Final = 1600
INK: Final = (23, 51, 140)
NAME: Final = "/Signature"
LEAST_CONTRAST: Final = 45
LEAST_INK: Final = 0.0008
MOST_INK: Final = 0.35


class PictureUnreadable(Fault):
    """The file is no picture that can be drawn."""

    code = "S40"
    sentence = N_("“{name}” is no picture of the kinds PNG or JPEG, or it is damaged.")
    advice = N_("Scan or photograph the signature once more and choose that file.")


class PictureTooLarge(Fault):
    """The file, or the picture in it, is larger than any scan of a signature."""

    code = "S41"
    sentence = N_("“{name}” is too large a picture.")
    advice = N_("Scan or photograph only the signature, not the whole desk.")


class PictureBlank(Fault):
    """There is nothing on the paper."""

    code = "S42"
    sentence = N_("No signature can be seen in “{name}”.")
    advice = N_("Sign on white paper with a pen that writes dark, and take the picture in good light.")


class PictureDark(Fault):
    """Ink cannot be told from paper."""

    code = "S43"
    sentence = N_("“{name}” is no signature on white paper: too much of it is dark.")
    advice = N_("Sign on plain white paper and take the picture from straight above, without a shadow.")


def take_picture(data: bytes, name: str) -> bytes:
    """Make a small PNG of a signature out of a PNG or JPEG: blue ink on clear ground, cut to its edges.

    Raises PictureUnreadable, PictureTooLarge, PictureBlank or PictureDark about the file called `name`.
    """
    from PIL import Image

    ink = _ink_in(_opened(data, name))
    covered = ink.point([0] * 96 + [255] * 160)
    edges = covered.getbbox()
    share = covered.histogram()[255] / (ink.width * ink.height)
    if edges is None or share < LEAST_INK:
        raise PictureBlank(name=name)
    if share > MOST_INK:
        raise PictureDark(name=name)
    ink = ink.crop(edges)
    ink.thumbnail(SIZE)
    drawn = Image.new("RGBA", ink.size, (*INK, 0))
    drawn.putalpha(ink)
    written = io.BytesIO()
    drawn.save(written, "PNG", optimize=True)
    return written.getvalue()


def style_of(png: bytes) -> Any:  # noqa: ANN401 - pyHanko's, which is imported no earlier
    """Return pyHanko's style that draws a picture as the appearance of one signature, and of no other."""
    from PIL import Image
    from pyhanko.pdf_utils.content import AppearanceContent, ResourceType
    from pyhanko.pdf_utils.generic import pdf_name
    from pyhanko.pdf_utils.images import pil_image
    from pyhanko.stamp import BaseStampStyle

    class Drawn(AppearanceContent):
        """One image, as large as its place allows, in the middle; `appearances` knows this form."""

        def render(self) -> bytes:
            picture = Image.open(io.BytesIO(png))
            wide, high = int(self.box.width), int(self.box.height)
            scale = min(wide / picture.width, high / picture.height)
            width, height = picture.width * scale, picture.height * scale
            image = pil_image(picture, self._ensure_writer)
            self.set_resource(ResourceType.XOBJECT, pdf_name(NAME), image)
            edges = (width, height, (wide - width) / 2, (high - height) / 2)
            return b"q %.2f 0 0 %.2f %.2f %.2f cm %s Do Q" % (*edges, NAME.encode())

    class Style(BaseStampStyle):
        """Makes the content; pyHanko asks for a style, since it draws stamps itself."""

        def create_stamp(self, writer: Any, box: Any, text_params: Any) -> Any:  # noqa: ANN401, ARG002 - pyHanko's
            return Drawn(writer=writer, box=box)

    return Style()


def _opened(data: bytes, name: str) -> Image:
    """Return a picture in grey on white, upright and no larger than is worked on."""
    from PIL import Image, ImageOps

    if len(data) > MOST_BYTES:
        raise PictureTooLarge(name=name)
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureTooLarge(name=name)
            # Of a large JPEG only as much is unpacked as is needed.
            opened.draft("RGB", (WORKED_ON, WORKED_ON))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        # What Pillow raises for damaged files, by kind and by edition.
        raise PictureUnreadable(name=name) from error
    upright.thumbnail((WORKED_ON, WORKED_ON))
    white = Image.new("RGBA", upright.size, (255, 255, 255, 255))
    return Image.alpha_composite(white, upright).convert("L")


def _ink_in(grey: Image) -> Image:
    """Return how dark every point is against the paper around it: 0 is paper, 255 is ink.

    Photographed paper is grey and darker in one corner, so the paper is what is brightest in the
    neighbourhood of each point.
    """
    from PIL import Image, ImageChops, ImageFilter

    small = grey.resize((max(1, grey.width // 8), max(1, grey.height // 8)), Image.Resampling.BOX)
    paper = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(4))
    dark = ImageChops.subtract(paper.resize(grey.size, Image.Resampling.BILINEAR), grey)
    most = dark.getextrema()[1]
    if not isinstance(most, int | float) or most < LEAST_CONTRAST:
        return Image.new("L", grey.size, 0)
    low, high = most * 0.25, most * 0.7
    return dark.point([max(0, min(255, round(255 * (n - low) / (high - low)))) for n in range(256)])
