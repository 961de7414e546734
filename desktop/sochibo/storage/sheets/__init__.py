"""Sheets of other programs, read without inventing anything and written without anything that runs."""

from __future__ import annotations
