"""The key of a protected book: SQLCipher's own derivation, done here once, so that the key itself is known.

SQLCipher gives a key out to nobody. Derived here by the same rule (version 4: PBKDF2, SHA-512, 256,000
rounds, the salt in the file's first 16 bytes), it opens further connections without the cost of derivation,
makes copies that the same passphrase opens, and can be printed on the recovery sheet; and any SQLCipher tool
still opens the file with the passphrase alone.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Final

__all__ = ["KEY_BYTES", "PACKED", "PAGE_BYTES", "SALT_BYTES", "Key", "fresh_key"]

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
PAGE_BYTES: Final = 4096
"""The size of a page in every protected book; a page cannot be told from its neighbours without the key."""

ROUNDS: Final = 256_000

PACKED: Final = (
    b"PK\x03\x04",
    b"%PDF-",
    b"\x1f\x8b\x08",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xdb",
    b"\xff\xd8\xff\xe0",
    b"\xff\xd8\xff\xe1",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
)
"""How files begin that are packed, not encrypted: to ask for their passphrase would lead astray.

A salt is random and may begin in any way, so these are as long as they can be, and no new salt has them: a
book that begins like one of them could never be opened.
"""

_SEAL_BYTES: Final = 64
"""What stands at the end of each page: its HMAC with SHA-512."""

_SEAL_ROUNDS: Final = 2
_SEAL_MASK: Final = 0x3A
"""SQLCipher makes the key of the seals from the book's own, with the salt changed by this mask."""


@dataclass(frozen=True, slots=True)
class Key:
    """What opens one protected file and its copies; it is shown nowhere by itself."""

    raw: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @classmethod
    def derive(cls, passphrase: str, salt: bytes) -> Key:
        """Return the key that a passphrase makes with a file's salt; takes a quarter of a second."""
        # However it was typed: a keyboard of one PC composes letters that another leaves apart.
        typed = unicodedata.normalize("NFC", passphrase).encode()
        return cls(hashlib.pbkdf2_hmac("sha512", typed, salt, ROUNDS, KEY_BYTES), salt)

    def wrote(self, page: bytes, number: int) -> bool:
        """Tell whether a page of a file, counted from 1, was written with this key and is whole.

        SQLCipher itself asks that of the first page only, and calls everything else noise.
        """
        salt = bytes(byte ^ _SEAL_MASK for byte in self.salt)
        secret = hashlib.pbkdf2_hmac("sha512", self.raw, salt, _SEAL_ROUNDS, KEY_BYTES)
        # The salt stands open before the first page and is not sealed.
        sealed = page[SALT_BYTES if number == 1 else 0 : -_SEAL_BYTES] + number.to_bytes(4, "little")
        seal = hmac.digest(secret, sealed, "sha512")
        return len(page) == PAGE_BYTES and hmac.compare_digest(seal, page[-_SEAL_BYTES:])

    def spelled(self) -> str:
        """Return the key as SQLCipher takes it without deriving anything."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"


def fresh_key(passphrase: str) -> Key:
    """Return the key of a file that is to be made anew, with a salt of its own."""
    while (salt := secrets.token_bytes(SALT_BYTES)).startswith(PACKED):
        pass
    return Key.derive(passphrase, salt)
