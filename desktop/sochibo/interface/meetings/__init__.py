"""The room of meetings: a year of them, one step by step, its papers, the plan."""

from __future__ import annotations
