"""Records as rows of one book, one module a kind."""

from __future__ import annotations
