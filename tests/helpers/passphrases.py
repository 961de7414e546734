"""Passphrases of books in tests, and keys derived quickly from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.storage.engine import cipher

if TYPE_CHECKING:
    import pytest

__all__ = ["FIRST", "SECOND", "quick_passphrases"]

FIRST: Final = "lúa chín vàng đồng"
SECOND: Final = "trăng rằm tháng tám"


def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys with few rounds: the real 256,000 cost a quarter of a second at every opening."""
    monkeypatch.setattr(cipher, "ROUNDS", 1_000)
