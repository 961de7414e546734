"""The committee's room for the units below it."""

from __future__ import annotations
