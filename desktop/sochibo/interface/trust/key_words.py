"""What opens the key of a book, in words: its passphrase, or the PIN of the token that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.interface.session import Session

__all__ = ["key_secret"]


def key_secret(session: Session) -> str:
    """Return the words over the field that asks for it."""
    on_token = bool(session.book.keys.token_label())
    return session.words.gettext(N_("PIN of the token") if on_token else N_("Passphrase of the signing key"))
