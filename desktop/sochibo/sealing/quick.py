"""Two slow spots of the libraries that read seals, made quick without another answer.

A third of what judging a file would cost went into reading the hex digits of its seal one by one, and into
preparing the same few names for comparison some thirty times a file.
"""

from __future__ import annotations

import io
import re
from functools import cache, lru_cache
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyhanko.pdf_utils.reader import PdfFileReader

__all__ = ["open_reader", "quick_hex"]

_CHUNKS: Final = (256, 64 * 1024)
"""Most strings are short; a seal is not, and no reader should copy that much for each short one."""
_PAIRS: Final = re.compile(rb"<((?:[0-9A-Fa-f]{2})*+)>")
_NAMES_KEPT: Final = 1000


def open_reader(pdf: bytes, *, strict: bool = True) -> PdfFileReader:
    """Open a file with pyHanko's reader."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    _quicken()
    return PdfFileReader(io.BytesIO(pdf), strict=strict)


def quick_hex(stream: IO[bytes], usual: Callable[[IO[bytes]], Any]) -> Any:  # noqa: ANN401 - pyHanko's objects
    """Read a hex string at once where it holds nothing but pairs of digits; else in the usual way.

    The usual way skips white space and comments, and says what is wrong.
    """
    from pyhanko.pdf_utils.generic import pdf_string

    start = stream.tell()
    for chunk in _CHUNKS:
        found = _PAIRS.match(stream.read(chunk))
        stream.seek(start + found.end() if found else start)
        if found:
            return pdf_string(bytes.fromhex(found[1].decode()))
    return usual(stream)


@cache
def _quicken() -> None:
    """Put the quick functions in the place of the slow ones, once in a process."""
    from asn1crypto.x509 import NameTypeAndValue
    from pyhanko.pdf_utils import generic

    read, prepare = generic.read_hex_string_from_stream, NameTypeAndValue._ldap_string_prep  # noqa: SLF001 - a pure function of the text, kept nowhere else

    @lru_cache(_NAMES_KEPT)
    def prepared(text: str) -> str:
        return str(prepare(None, text))

    generic.read_hex_string_from_stream = lambda stream: quick_hex(stream, read)
    NameTypeAndValue._ldap_string_prep = lambda _self, text: prepared(text)  # noqa: SLF001 - as above
