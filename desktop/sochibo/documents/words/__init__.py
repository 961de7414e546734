"""What each kind of paper says, from its report to its content."""

from __future__ import annotations
