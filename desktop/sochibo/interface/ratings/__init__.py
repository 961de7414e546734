"""The room of the yearly review and rating."""

from __future__ import annotations
