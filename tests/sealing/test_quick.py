"""What was made quick must answer like what it stands in for."""

from __future__ import annotations

import importlib.util
import io
import random
import sys
from typing import TYPE_CHECKING, Any

import pytest
from asn1crypto.core import UTF8String
from asn1crypto.x509 import DirectoryString, NameTypeAndValue
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfReadError

from sochibo.sealing.quick import open_reader, quick_hex

if TYPE_CHECKING:
    from types import ModuleType

STRINGS = (
    b"<>", b"<00>", b"<4e47>", b"<4E4f>x", b"<FEFF00e1>", b"<abc>", b"<a b c d>", b"<ab%cd\nef>", b"<ab\n>",
    b"< ab>", b"<ag>", b"<ab", b"<", b"<abcd<ef>", b"<ab)>", "<ａｂ>".encode(), b"<" + b"5a" * 200 + b">tail",
    b"<" + b"5a" * 200 + b"0>", b"<" + b"5A" * 40_000 + b">", b"<" + b"5a" * 40_000 + b" >",
    b"<" + b"a" * 301,
)  # fmt: skip


@pytest.fixture(scope="module")
def slow() -> ModuleType:
    """Return pyHanko's module as it ships, whoever quickened the one in use."""
    name = "pyhanko.pdf_utils.generic_as_shipped"
    spec = importlib.util.spec_from_file_location(name, generic.__file__)
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outcome(read: Any, content: bytes) -> tuple[object, int]:  # noqa: ANN401 - either function
    """Return what was read, or what went wrong, and where reading stopped."""
    stream = io.BytesIO(b"before" + content)
    stream.seek(6)
    try:
        value = read(stream)
    except PdfReadError as error:
        return type(error), stream.tell()
    return (type(value).__name__, str(value), value.original_bytes), stream.tell()


@pytest.mark.parametrize("content", STRINGS, ids=range(len(STRINGS)))
def test_hex_strings_are_read_as_before(slow: ModuleType, content: bytes) -> None:
    usual = slow.read_hex_string_from_stream
    assert outcome(lambda stream: quick_hex(stream, usual), content) == outcome(usual, content)


def test_random_hex_strings_are_read_as_before(slow: ModuleType) -> None:
    usual = slow.read_hex_string_from_stream
    chance = random.Random(61)  # noqa: S311 - strings to read, no secret
    for _ in range(400):
        letters = chance.choices(
            b"0123456789abcdefABCDEF> \n%g<", (9,) * 22 + (3, 2, 1, 1, 1, 1), k=chance.randint(0, 600)
        )
        content = b"<" + bytes(letters)
        assert outcome(lambda stream: quick_hex(stream, usual), content) == outcome(usual, content)


def test_names_are_prepared_for_comparison_and_refused_as_before() -> None:
    """RFC 4518: case and spaces do not count; what may not stand in a name is refused each time anew."""
    with pytest.raises(PdfReadError):
        open_reader(b"no file")
    assert attribute("Nguyễn  VĂN Ước").prepped_value == " nguyễn  văn  ước "
    for _ in range(2):
        with pytest.raises(ValueError, match="replacement"):
            _ = attribute("\ufffd").prepped_value


def attribute(text: str) -> NameTypeAndValue:
    """Return a part of a name as it stands in a certificate."""
    value = DirectoryString(name="utf8_string", value=UTF8String(text))
    return NameTypeAndValue({"type": "common_name", "value": value})
