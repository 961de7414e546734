"""What a committee receives: judged, decided upon, answered."""

from __future__ import annotations
