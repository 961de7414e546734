"""Keys and whom they are trusted by: the book's own, the office's token, the committee's authority."""

from __future__ import annotations
