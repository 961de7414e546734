"""Ids: random, and in the order of time, so that books can be merged and rows stay together."""

from __future__ import annotations

import uuid6

__all__ = ["new_id"]


def new_id() -> str:
    """Return a new UUIDv7 as text; sorted as text, ids stand in the order in which they were made."""
    return str(uuid6.uuid7())
