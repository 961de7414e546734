"""The committee's room for what it adds up, and the way down to the page a figure came from."""

from __future__ import annotations
