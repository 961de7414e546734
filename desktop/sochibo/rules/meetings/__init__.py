"""Meetings: their plan, attendance, votes, minutes and papers."""

from __future__ import annotations
