"""What keeps a book: copies, passphrase, self-check, lists and dumps, updates."""

from __future__ import annotations
