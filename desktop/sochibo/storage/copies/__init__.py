"""Copies of a book: made, thinned out, compared, put back."""

from __future__ import annotations
