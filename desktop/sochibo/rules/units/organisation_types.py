"""Types of Party organisations as data: what they are called, and whether papers are expected of them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sochibo import paths

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["OrganisationType", "load_types", "sends", "type_label"]


@dataclass(frozen=True, slots=True)
class OrganisationType:
    """One type; `level` counts upward from the cell."""

    id: str
    label_vi: str
    label_en: str
    sends: bool
    level: int


@cache
def load_types(path: Path | None = None) -> tuple[OrganisationType, ...]:
    """Read the types, the shipped ones unless another file is named, in the order of their level."""
    file = path or paths.shipped("resources") / "rules" / "organisation-types.toml"
    made = tuple(OrganisationType(**row) for row in tomllib.loads(file.read_text("utf-8"))["types"])
    if len({one.id for one in made}) < len(made):
        raise ValueError(f"{file.name}: a type stands twice")
    return made


def sends(type_id: str) -> bool:
    """Tell whether a unit of a type sends papers; of an unknown type everything is expected."""
    return next((one.sends for one in load_types() if one.id == type_id), True)


def type_label(type_id: str, language: str) -> str:
    """Return what a type is called; one that is not in the list is called as it was typed."""
    for one in load_types():
        if one.id == type_id:
            return one.label_vi if language == "vi" else one.label_en
    return type_id
