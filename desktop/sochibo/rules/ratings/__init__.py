"""The yearly review and rating of members and cells."""

from __future__ import annotations
