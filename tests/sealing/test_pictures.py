"""Pictures of signatures: taken from scans and photographs, drawn where one seals, and nothing else drawn."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import keys
import pictures
import pikepdf
import pytest
import tampering
from PIL import Image, ImageChops, ImageDraw
from pyhanko.pdf_utils.content import AppearanceContent, ResourceType
from pyhanko.pdf_utils.generic import NameObject
from pyhanko.pdf_utils.images import pil_image
from pyhanko.stamp import BaseStampStyle
from reports import minutes as minutes_report
from reports import wrap

from sochibo.documents.papers import Paper, SignatureSpace, assemble, page_picture
from sochibo.sealing import appearances, signatures
from sochibo.sealing.pictures import (
    INK,
    MOST_BYTES,
    SIZE,
    PictureBlank,
    PictureDark,
    PictureTooLarge,
    PictureUnreadable,
    take_picture,
)
from sochibo.sealing.seals import judge, seal
from sochibo.sealing.structure import is_strange

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.faults import Fault
    from sochibo.sealing.keys import SigningKey
    from sochibo.sealing.trust import Trust


@pytest.fixture(scope="module")
def signing() -> SigningKey:
    """The secretary's key with a picture of the signature."""
    return replace(keys.cell_key(), picture=take_picture(pictures.scan(), "ky.png"))


@pytest.fixture(scope="module")
def pictured(summary: Paper, signing: SigningKey) -> bytes:
    return seal(summary, signing, "secretary", keys.NOW)


class TestTaking:
    """A scan or photograph becomes ink on clear ground."""

    @pytest.mark.parametrize("photo", [pictures.scan(), pictures.scan("JPEG"), pictures.photograph()])
    def test_white_paper_becomes_clear_and_ink_blue(self, photo: bytes) -> None:
        taken = Image.open(io.BytesIO(take_picture(photo, "ky")))
        assert taken.mode == "RGBA"
        assert (taken.width <= SIZE[0], taken.height <= SIZE[1]) == (True, True)
        shares = taken.getchannel("A").histogram()
        points = taken.width * taken.height
        assert shares[0] / points > 0.8
        assert 0.02 < sum(shares[200:]) / points < 0.2
        assert [channel.getextrema() for channel in taken.split()[:3]] == [(tone, tone) for tone in INK]

    def test_it_is_cut_to_its_edges_and_stands_upright(self) -> None:
        lying = Image.open(io.BytesIO(pictures.scan())).rotate(90, expand=True)
        turned = Image.Exif()
        turned[0x0112] = 6
        written = io.BytesIO()
        lying.save(written, "JPEG", exif=turned)
        taken = Image.open(io.BytesIO(take_picture(written.getvalue(), "ky.jpg")))
        assert taken.width > 2 * taken.height

    def test_a_drawing_that_is_clear_already_is_taken_too(self) -> None:
        clear = Image.new("RGBA", (600, 320), (0, 0, 0, 0))
        ImageDraw.Draw(clear).line(pictures.STROKES, fill=(0, 0, 0, 255), width=7)
        written = io.BytesIO()
        clear.save(written, "PNG")
        assert take_picture(written.getvalue(), "ky.png")

    @pytest.mark.parametrize(
        ("data", "fault"),
        [
            (b"", PictureUnreadable),
            (b"%PDF-1.7", PictureUnreadable),
            (pictures.scan()[:900], PictureUnreadable),
            (pictures.scan("GIF"), PictureUnreadable),
            (b"x" * (MOST_BYTES + 1), PictureTooLarge),
        ],
        ids=["empty", "another file", "cut off", "another kind", "too large"],
    )
    def test_what_is_no_picture_is_told(self, data: bytes, fault: type[Fault]) -> None:
        with pytest.raises(fault):
            take_picture(data, "ky.png")

    @pytest.mark.parametrize(
        ("size", "colour", "fault"),
        [
            ((600, 320), "white", PictureBlank),
            ((3, 3), "black", PictureBlank),
            ((9000, 9000), "white", PictureTooLarge),
        ],
    )
    def test_an_empty_sheet_or_a_poster_is_no_signature(
        self, size: tuple[int, int], colour: str, fault: type[Fault]
    ) -> None:
        written = io.BytesIO()
        Image.new("1", size, colour).save(written, "PNG")
        with pytest.raises(fault):
            take_picture(written.getvalue(), "ky.png")

    def test_a_sheet_full_of_ink_is_no_signature(self) -> None:
        noise = Image.effect_noise((400, 200), 200).point([0] * 128 + [255] * 128)
        written = io.BytesIO()
        noise.save(written, "PNG")
        with pytest.raises(PictureDark):
            take_picture(written.getvalue(), "ky.png")


class TestDrawing:
    """The picture in a sealed file."""

    def test_a_sealed_file_with_a_picture_is_accepted_and_shows_it(
        self, summary: Paper, pictured: bytes, trust: Trust
    ) -> None:
        assert judge(pictured, trust, keys.DAY).verdict.code == "V00"
        assert pictured.startswith(summary.pdf)
        (space,) = summary.spaces
        assert inked(pictured, space) > 300
        assert inked(summary.pdf, space) == 0

    def test_both_sign_the_minutes_each_with_a_picture(
        self, minutes: Paper, signing: SigningKey, trust: Trust
    ) -> None:
        once = seal(minutes, signing, "chair", keys.NOW)
        both = seal(Paper(once, minutes.spaces), signing, "minute_taker", keys.NOW)
        assert judge(both, trust, keys.DAY).verdict.code == "V00"
        assert [inked(both, space) > 300 for space in minutes.spaces] == [True, True]
        plain = seal(Paper(once, minutes.spaces), keys.cell_key(), "minute_taker", keys.NOW)
        assert [inked(plain, space) > 300 for space in minutes.spaces] == [False, True]

    def test_the_same_picture_serves_many_files(self, signing: SigningKey) -> None:
        """A style of pyHanko used twice would leave references into the first file in the second."""
        for revision in (1, 2):
            paper = assemble(wrap(minutes_report(), revision=revision))
            assert judge(seal(paper, signing, "chair", keys.NOW), None, keys.DAY).verdict.code == "V17"

    def test_a_file_of_another_layout_is_accepted_with_the_picture_in_an_empty_place(
        self, summary: Paper, pictured: bytes
    ) -> None:
        envelope = judge(pictured, None, keys.DAY).envelope
        assert envelope is not None
        newer = replace(envelope, template="HD99-2040/1")
        assert not appearances.is_covered(pictured, newer)
        (space,) = summary.spaces
        over_text = (space.box[0], space.box[1] + 30, space.box[2], space.box[3] + 30)
        moved = forged(summary, keys.cell_key(), replace(space, box=over_text), drawn())
        assert appearances.is_covered(moved, newer)


def inked(pdf: bytes, space: SignatureSpace) -> int:
    """Count the points of blue ink in the place of a signature."""
    width, height, dots = page_picture(pdf, space.page, 1)
    page = Image.frombytes("RGBA", (width, height), dots)
    left, bottom, right, top = (round(edge) for edge in space.box)
    place = page.crop((left, height - top, right, height - bottom))
    red, _, blue, _ = place.split()
    return sum(ImageChops.subtract(blue, red).histogram()[61:])


HONEST = b"q 100.00 0 0 40.00 10.00 10.00 cm /Signature Do Q"


def drawn(
    content: bytes = HONEST,
    change: Callable[[Image.Image], Image.Image] = lambda picture: picture,
    more: tuple[ResourceType, str] | None = None,
) -> type[AppearanceContent]:
    """Return an appearance as whoever holds a registered key may make it; without arguments an honest one."""

    class Drawn(AppearanceContent):
        """One image, and whatever else is asked for."""

        def render(self) -> bytes:
            assert self.writer is not None
            picture = change(Image.open(io.BytesIO(take_picture(pictures.scan(), "ky"))))
            image = pil_image(picture, self.writer)
            self.set_resource(ResourceType.XOBJECT, NameObject("/Signature"), image)
            if more is not None:
                self.set_resource(more[0], NameObject(more[1]), image)
            return content

    return Drawn


def spotted(picture: Image.Image) -> Image.Image:
    """A photograph in its own colours could show anything, also a word."""
    picture.putpixel((3, 3), (255, 0, 0, 255))
    return picture


def forged(
    paper: Paper, key: SigningKey, space: SignatureSpace, appearance: type[AppearanceContent]
) -> bytes:
    """Sign in a space of one's own choice, with an appearance of one's own."""

    class Style(BaseStampStyle):
        """What pyHanko asks for a content."""

        def create_stamp(self, writer: Any, box: Any, text_params: object) -> Any:  # noqa: ANN401 - pyHanko's
            del text_params
            return appearance(writer=writer, box=box)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signatures, "style_of", lambda _picture: Style())
        return signatures.sign(paper.pdf, (space,), space.role, replace(key, picture=b"own"), keys.NOW)


class TestAttacks:
    """Whoever holds a registered key may still draw nothing but a signature in its place."""

    def test_what_is_drawn_honestly_is_accepted_and_anything_else_refused(
        self, summary: Paper, trust: Trust
    ) -> None:
        assert tampering.code(forged(summary, keys.cell_key(), summary.spaces[0], drawn()), trust) == "V00"
        changed = forged(summary, keys.cell_key(), summary.spaces[0], drawn(change=spotted))
        assert tampering.code(changed, trust) == "V22"

    @pytest.mark.parametrize(
        "appearance",
        [
            drawn(HONEST + b" BT /F1 12 Tf (35/35) Tj ET"),
            drawn(b"1 1 1 rg 0 0 170 71 re f " + HONEST),
            drawn(b"q 400.00 0 0 40.00 10.00 10.00 cm /Signature Do Q"),
            drawn(b"q 0 100.00 40.00 0 10.00 10.00 cm /Signature Do Q"),
            drawn(more=(ResourceType.FONT, "/F1")),
            drawn(more=(ResourceType.XOBJECT, "/Other")),
            drawn(b"", more=(ResourceType.XOBJECT, "/Other")),
            drawn(change=spotted),
            drawn(change=lambda picture: picture.convert("RGB")),
            drawn(change=lambda picture: picture.resize((1400, 600))),
        ],
        ids=[
            "text", "a white ground", "beyond the box", "turned", "a font", "two images",
            "an image that is not drawn", "many colours", "no mask", "a poster",
        ],
    )  # fmt: skip
    def test_an_appearance_with_anything_else_is_refused(
        self, appearance: type[AppearanceContent], summary: Paper
    ) -> None:
        assert is_strange(forged(summary, keys.cell_key(), summary.spaces[0], appearance))

    @pytest.mark.parametrize(
        "move",
        [
            lambda space: replace(space, page=0),
            lambda space: replace(space, box=tuple(edge + 60 for edge in space.box)),
            lambda space: replace(space, box=(50, 50, *space.box[2:])),
        ],
        ids=["another page", "over the figures", "larger than its place"],
    )
    def test_a_picture_elsewhere_than_in_its_place_is_refused(
        self, move: Callable[[SignatureSpace], SignatureSpace], summary: Paper, trust: Trust
    ) -> None:
        moved = forged(summary, keys.cell_key(), move(summary.spaces[0]), drawn())
        assert tampering.code(moved, trust) == "V22"

    def test_nobody_draws_the_signature_of_the_other_before_that_one_signs(
        self, minutes: Paper, signing: SigningKey
    ) -> None:
        chaired = seal(minutes, signing, "chair", keys.NOW)
        with pikepdf.open(io.BytesIO(chaired)) as document:
            planted, own = document.pages[minutes.spaces[0].page].obj.Annots
            assert (str(planted.T), appearances.draws_more(planted)) == ("minute_taker", False)
            planted.AP = pikepdf.Dictionary(N=own.AP.N)
            assert appearances.draws_more(planted)
            own.AP.D = own.AP.N
            assert appearances.draws_more(own)

    def test_a_few_bytes_that_unpack_to_gigabytes_are_not_unpacked(self, pictured: bytes) -> None:
        import zlib

        bomb = zlib.compress(bytes(30_000_000))
        with pikepdf.open(io.BytesIO(pictured)) as document:
            (field,) = document.pages[-1].obj.Annots
            field.AP.N.Resources.XObject["/Signature"].SMask.write(bomb, filter=pikepdf.Name.FlateDecode)
            assert appearances.draws_more(field)
            field.AP.N.write(bomb, filter=pikepdf.Name.FlateDecode)
            assert appearances.draws_more(field)
