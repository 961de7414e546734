"""How cells usually meet: lengths, days, deadlines and agendas, as data that a committee may change."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from sochibo import paths
from sochibo.rules.meetings.meetings import MeetingKind

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.rules.dates import Month

__all__ = ["Practice", "load_practice", "papers_due", "required_minutes", "summary_due", "usual_agenda"]


@dataclass(frozen=True, slots=True)
class Practice:
    """The parameters of `resources/rules/meetings.toml`; kinds without an entry have no such rule."""

    document: str
    valid_from: date
    regular_day: int
    papers_days: int
    summary_day: int
    minutes: Mapping[MeetingKind, int]
    scored: frozenset[MeetingKind]
    agendas: Mapping[MeetingKind, tuple[str, ...]]
    theme_groups: tuple[str, ...] = ()


@cache
def load_practice(path: Path | None = None) -> Practice:
    """Read the parameters, the shipped ones unless another file is named."""
    file = path or paths.shipped("resources") / "rules" / "meetings.toml"
    data = tomllib.loads(file.read_text("utf-8"))
    return Practice(
        document=data["source"]["document"],
        valid_from=data["source"]["valid_from"],
        regular_day=data["calendar"]["regular_day"],
        papers_days=data["calendar"]["papers_days"],
        summary_day=data["calendar"]["summary_day"],
        minutes={MeetingKind(kind): minutes for kind, minutes in data["required_minutes"].items()},
        scored=frozenset(map(MeetingKind, data["scored"]["kinds"])),
        agendas={MeetingKind(kind): tuple(titles) for kind, titles in data["agenda"].items()},
        theme_groups=tuple(data["themes"]["groups"]),
    )


def required_minutes(kind: MeetingKind) -> int:
    """Return how long a meeting must last, 0 where nothing is required (HD 42-HD/BTCTW, 28/10/2025)."""
    return load_practice().minutes.get(kind, 0)


def usual_agenda(kind: MeetingKind) -> tuple[str, ...]:
    """Return the Vietnamese titles with which a first meeting of a kind begins."""
    agendas = load_practice().agendas
    return agendas.get(kind, agendas[MeetingKind.OTHER])


def papers_due(met_on: date) -> date:
    """Return the day by which the finished papers of a meeting should have reached the committee."""
    return met_on + timedelta(days=load_practice().papers_days)


def summary_due(period: Month) -> date:
    """Return the day by which the summary of a month should have reached the committee."""
    return period.next().first().replace(day=load_practice().summary_day)
