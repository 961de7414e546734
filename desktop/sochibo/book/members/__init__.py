"""Members: the register, their lives, the lists and papers about them."""

from __future__ import annotations
