"""Papers of this book: issued, sealed, sent, answered."""

from __future__ import annotations
