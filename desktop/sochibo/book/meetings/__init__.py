"""Meetings: planned, recorded, scored, closed, and their papers."""

from __future__ import annotations
