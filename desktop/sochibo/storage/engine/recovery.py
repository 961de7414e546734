"""The recovery key on paper: the book's own key, in groups that a person can copy and a slip can be named.

SQLCipher knows one key. The paper therefore holds that key itself and is printed anew whenever the passphrase
changes. The other way, wrapping the key a second time in a file beside the book, would need that file just
when things have gone wrong: one that is not copied along is a paper that opens nothing.

Five lines of three groups of four: eleven signs of the key and a check sign. The alphabet is Crockford's,
which has no I, L, O or U, and reads what people write for 1 and 0. The check sign is a weighted sum in the
field of 32 elements, so that every single wrong sign and every two signs exchanged are found, and the line
they are in. The bits left over in the last line hold a digest over the whole.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from sochibo import faults
from sochibo.messages import N_
from sochibo.storage.engine.cipher import KEY_BYTES

__all__ = ["GROUPS", "LINES", "NotRecoveryKey", "WrongRecoveryKey", "parse", "spell"]

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LINES: Final = 5
GROUPS: Final = 3
_GROUP: Final = 4
_SIGNS: Final = GROUPS * _GROUP
_OWN: Final = _SIGNS - 1
_BITS: Final = 5
_DIGEST_BITS: Final = LINES * _OWN * _BITS - KEY_BYTES * 8
_READ_AS: Final = str.maketrans("ILOĐ", "110D")


class NotRecoveryKey(faults.Fault):
    """A line of a recovery key was not copied as it stands on paper."""

    code = "B13"
    sentence = N_("Line {line} of the recovery key is not as it stands on the paper.")
    advice = N_("Compare this line sign by sign and mend it.")


class WrongRecoveryKey(faults.Fault):
    """A recovery key, copied well, of another book or of an earlier passphrase."""

    code = "B14"
    sentence = N_("This recovery key does not open “{name}”.")
    advice = N_("Take the newest paper of this book: each new passphrase makes the paper before it void.")


def spell(raw: bytes) -> tuple[str, ...]:
    """Return the lines of the paper: `7Q2M-0XKD-9R4W` five times."""
    number = int.from_bytes(raw, "big") << _DIGEST_BITS | _digest(raw)
    signs = [number >> place * _BITS & 31 for place in reversed(range(LINES * _OWN))]
    lines = []
    for line in range(LINES):
        own = signs[line * _OWN : (line + 1) * _OWN]
        text = "".join(ALPHABET[sign] for sign in (*own, _check(own, line)))
        lines.append("-".join(text[place : place + _GROUP] for place in range(0, _SIGNS, _GROUP)))
    return tuple(lines)


def parse(text: str) -> bytes:
    """Return the key that was copied from paper or scanned; raises NotRecoveryKey with the line."""
    number = 0
    lines = _lines(text)
    for line in range(LINES):
        part = lines[line] if line < len(lines) else ""
        own = [ALPHABET.find(sign) for sign in part]
        if len(part) != _SIGNS or -1 in own or _check(own[:-1], line) != own[-1]:
            raise NotRecoveryKey(line=line + 1)
        for sign in own[:-1]:
            number = number << _BITS | sign
    raw = (number >> _DIGEST_BITS).to_bytes(KEY_BYTES, "big")
    if len(lines) != LINES or number & (1 << _DIGEST_BITS) - 1 != _digest(raw):
        raise NotRecoveryKey(line=LINES)
    return raw


def _lines(text: str) -> list[str]:
    """Return the signs of each line, also where all were typed or scanned into one."""
    typed = unicodedata.normalize("NFC", text).upper().translate(_READ_AS)
    lines = [signs for signs in (re.sub(r"[\W_]", "", line) for line in typed.splitlines()) if signs]
    if len(lines) == LINES:
        return lines
    signs = "".join(lines)
    return [signs[place : place + _SIGNS] for place in range(0, len(signs), _SIGNS)]


def _digest(raw: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"sochibo recovery" + raw).digest(), "big") >> 256 - _DIGEST_BITS


def _check(own: list[int], line: int) -> int:
    """Return a line's check sign: it begins with the line's number, so that lines exchanged are found too."""
    total = line + 1
    for sign in own:
        total = _doubled(total ^ sign)
    return total


def _doubled(element: int) -> int:
    """Multiply by x in the field of 32 elements, whose polynomial is x⁵ + x² + 1."""
    return element << 1 if element < 16 else element << 1 ^ 0b100101  # noqa: PLR2004 - the highest bit
