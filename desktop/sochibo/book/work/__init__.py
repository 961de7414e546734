"""Tasks and targets, and how far they have come."""

from __future__ import annotations
