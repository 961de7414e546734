"""The room of members: the register, one life, the lists that come in and go out."""

from __future__ import annotations
