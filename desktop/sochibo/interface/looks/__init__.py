"""How the window looks: colours, type, icons, and the one style sheet made of them."""

from __future__ import annotations
