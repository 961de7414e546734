"""The file itself: opened by one writer, encrypted, journalled, searched, written out whole."""

from __future__ import annotations
