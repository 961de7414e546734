"""Units and what they exchange: the tree through time, roll-ups, indicators, slips and trust."""

from __future__ import annotations
