"""Tasks, and targets of a year or a term."""

from __future__ import annotations
