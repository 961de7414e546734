"""Keys, who signs for whom, and how a book learns it."""

from __future__ import annotations
