"""The schema, edition by edition, and how an older file is brought to today's."""

from __future__ import annotations
