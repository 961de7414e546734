"""The yearly review: who is rated, what was said and voted, what was decided."""

from __future__ import annotations
