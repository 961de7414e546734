"""The page itself: profile, typeface, flow, tables, charts; knows no kind of paper."""

from __future__ import annotations
