"""The room of reports: a paper from its findings to the stick, and what was answered."""

from __future__ import annotations
