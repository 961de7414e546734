"""What is due in a book, gathered from every kind of work."""

from __future__ import annotations
