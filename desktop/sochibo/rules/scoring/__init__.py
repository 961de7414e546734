"""Scoring a meeting by a framework that is dated data."""

from __future__ import annotations
