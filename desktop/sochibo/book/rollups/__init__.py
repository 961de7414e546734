"""What a committee adds up and hands on, and the units it adds over."""

from __future__ import annotations
