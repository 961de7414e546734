"""Decoding into records, one thread at a time.

msgspec 0.22 learns a dataclass when it first meets it, and crashes the program where a second thread meets
the same one meanwhile: two previews drawn at once, say. Whatever decodes into dataclasses comes by here.
"""

from __future__ import annotations

from threading import Lock
from typing import Any, Final

import msgspec

__all__ = ["convert", "decode"]

_LEARNING: Final = Lock()


def decode(data: bytes | str, type_: Any) -> Any:  # noqa: ANN401 - of any type, also `tuple[A, B]`
    """Decode JSON into a type; raises msgspec's errors."""
    with _LEARNING:
        return msgspec.json.decode(data, type=type_)


def convert(data: object, type_: Any) -> Any:  # noqa: ANN401 - as above
    """Turn what TOML holds into a type; raises msgspec.ValidationError."""
    with _LEARNING:
        return msgspec.convert(data, type_)
