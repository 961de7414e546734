"""Rows of ratings as people keep them: a CSV of an office, or JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sochibo import faults, files
from sochibo.commands.meeting import NotJson

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_rows"]

_MOST_BYTES = 4 * 1024 * 1024


def read_rows(file: Path) -> dict[str, Any]:
    """Read the file by its ending: a list of members in JSON stands for a whole object."""
    try:
        text = files.read_whole(file, _MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise faults.NotReadable(name=file.name) from error
    if file.suffix.lower() == ".csv":
        from sochibo.book.ratings.rating_files import read_csv

        return {"members": read_csv(text)}
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise NotJson(name=file.name, line=error.lineno) from error
    if isinstance(data, list):
        return {"members": data}
    if not isinstance(data, dict):
        raise NotJson(name=file.name, line=1)
    return data
