"""Members: the events of a Party life and what follows from them."""

from __future__ import annotations
