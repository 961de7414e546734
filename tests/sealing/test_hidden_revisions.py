"""Objects that one reader finds and another does not: tables beside tables, loops, objects told twice."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import keys
import pikepdf
import pytest
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.sign.general import SigningError
from tampering import code

from sochibo.sealing.seals import judge
from sochibo.sealing.signatures import sign
from sochibo.sealing.verdicts import Level

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.documents.papers import Paper
    from sochibo.sealing.trust import Trust

    Attack = Callable[[bytes], bytes]

COVER = b"q 0 0 300 300 re f Q"
FREE = 10
"""So many numbers above the highest one are surely free."""


def first_page(pdf: bytes) -> tuple[int, int, bytes]:
    """Return the numbers of what the first page draws and of the page, and the page itself."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0].obj
        content = page.Contents
        content = content if isinstance(content, pikepdf.Stream) else content[0]
        return content.objgen[0], page.objgen[0], page.unparse()


def highest(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.objects)


def stream(data: bytes, said: bytes = b"") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (said, len(data), data)


def put(pdf: bytes, number: int, body: bytes) -> tuple[bytes, int]:
    """Return a file with one object more behind it, and where it begins."""
    return pdf + b"%d 0 obj\n%s\nendobj\n" % (number, body), len(pdf)


def closed(
    changed: bytes, pdf: bytes, rows: bytes = b"", said: bytes = b"", prev: int | None = None
) -> bytes:
    """Return a file with a table of the old kind behind what was put there."""
    return changed + b"xref\n0 1\n0000000000 65535 f \n%strailer\n<< %s %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        rows, trailer(pdf, prev), said, len(changed),
    )  # fmt: skip


def trailer(pdf: bytes, prev: int | None = None) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root.objgen[0]
        ids = b"".join(b"<%s>" % bytes(part).hex().encode() for part in document.trailer.ID)
    last = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    size = highest(pdf) + 2 * FREE
    return b"/Size %d /Root %d 0 R /ID [%s] /Prev %d" % (size, root, ids, last if prev is None else prev)


def table_of(*entries: tuple[int, int, int]) -> bytes:
    """Return the rows of a table that is a stream: kind, place or number of the stream, place inside it."""
    return b"".join(
        bytes([kind]) + place.to_bytes(4, "big") + bytes([0, inside]) for kind, place, inside in entries
    )


def a_table_beside_the_table(pdf: bytes) -> bytes:
    """Hybrid: readers that know /XRefStm see another page than those that do not."""
    number, _, _ = first_page(pdf)
    free = highest(pdf) + FREE
    changed, place = put(pdf, number, stream(COVER))
    said = b"/Type /XRef /W [1 4 2] /Index [%d 1] /Size %d" % (number, free + 1)
    changed, beside = put(changed, free, stream(table_of((1, place, 0)), said))
    return closed(changed, pdf, said=b"/XRefStm %d" % beside)


def a_page_told_again(pdf: bytes) -> bytes:
    number, _, _ = first_page(pdf)
    changed, place = put(pdf, number, stream(COVER))
    return closed(changed, pdf, b"%d 1\n%010d 00000 n \n" % (number, place))


def a_table_that_names_itself(pdf: bytes) -> bytes:
    return closed(pdf, pdf, prev=len(pdf))


def a_table_of_nothing(pdf: bytes) -> bytes:
    """A revision that changes nothing, as a place for one that does."""
    return closed(pdf, pdf)


def a_page_in_another_stream_of_objects(pdf: bytes) -> bytes:
    """The page without what it draws, in a stream of objects that claims to go on from the sealed one."""
    _, number, page = first_page(pdf)
    free, begin = highest(pdf) + FREE, b"%d 0 " % number
    said = b"/Type /ObjStm /N 1 /First %d /Extends 1 0 R" % len(begin)
    blank = page.replace(b"/Contents", b"/Nothing")
    changed, place = put(pdf, free, stream(begin + blank, said))
    table = table_of((2, free, 0), (1, place, 0), (1, len(changed), 0))
    said = b"/Type /XRef /W [1 4 2] /Index [%d 1 %d 2] %s" % (number, free, trailer(pdf))
    whole, start = put(changed, free + 1, stream(table, said))
    return whole + b"startxref\n%d\n%%%%EOF\n" % start


ATTACKS = (
    a_table_beside_the_table, a_page_told_again, a_table_that_names_itself, a_table_of_nothing,
    a_page_in_another_stream_of_objects,
)  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda one: one.__name__)
def test_no_revision_follows_a_seal(attack: Attack, sealed: bytes, trust: Trust) -> None:
    judged = judge(attack(sealed), trust, keys.DAY)
    assert judged.verdict.level is Level.REFUSE
    assert judged.verdict.code in {"V01", "V03"}


@pytest.mark.parametrize(
    "attack", [a_page_told_again, a_table_of_nothing, a_page_in_another_stream_of_objects],
    ids=lambda one: one.__name__,
)  # fmt: skip
def test_no_revision_lies_between_two_seals(
    attack: Attack, minutes: Paper, chaired: bytes, trust: Trust
) -> None:
    both = sign(attack(chaired), minutes.spaces, "minute_taker", keys.cell_key(), keys.NOW)
    assert judge(both, trust, keys.DAY).verdict.level is Level.REFUSE


@pytest.mark.parametrize("attack", [a_table_beside_the_table, a_table_that_names_itself])
def test_what_readers_read_differently_is_not_even_sealed(
    attack: Attack, minutes: Paper, chaired: bytes
) -> None:
    with pytest.raises((SigningError, PdfReadError)):
        sign(attack(chaired), minutes.spaces, "minute_taker", keys.cell_key(), keys.NOW)


def test_a_paper_of_two_revisions_is_none_of_ours(summary: Paper, trust: Trust) -> None:
    """What was there before could be found again in the file, and shown by who knows where it lies."""
    twice = a_table_of_nothing(summary.pdf)
    assert code(sign(twice, summary.spaces, "secretary", keys.cell_key(), keys.NOW), trust) == "V22"
