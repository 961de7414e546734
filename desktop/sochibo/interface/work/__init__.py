"""The rooms of tasks and targets."""

from __future__ import annotations
