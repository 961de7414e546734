"""The frame around the pages: sidebar, bar, strip, the way from page to page, and the first screen."""

from __future__ import annotations
