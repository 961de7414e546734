"""The room of settings: looks, passphrase, copies, updates, history."""

from __future__ import annotations
