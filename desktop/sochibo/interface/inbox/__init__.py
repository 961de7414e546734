"""The committee's room for what it receives: verdicts, decisions, slips."""

from __future__ import annotations
