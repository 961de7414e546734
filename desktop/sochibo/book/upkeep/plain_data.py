"""Plain data read value by value, with everything that is wrong told at once."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sochibo.faults import Finding, Severity
from sochibo.messages import N_
from sochibo.rules import names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sochibo.rules.members.members import RosterEntry

__all__ = ["People", "Reader"]

NAME_AND_YEAR: Final = re.compile(r"(.+?)\s*\((\d{4})\)")

Choice = TypeVar("Choice", bound=StrEnum)


class Reader:
    """Takes values out of plain data and collects what is wrong with them."""

    def __init__(self, keys: Mapping[str, frozenset[str]]) -> None:
        """`keys` are those that are known in each part: `""` of the whole, `votes` of one vote."""
        self._keys = keys
        self.findings: list[Finding] = []

    def complain(self, code: str, template: str, place: str, *, once: bool = False, **fields: object) -> None:
        """Note what is wrong at a place; `once` only if nothing was said of it."""
        if not (once and any(finding.place == place for finding in self.findings)):
            self.findings.append(Finding(code, Severity.RED, template, fields, place))

    def check_keys(self, data: Mapping[str, Any], part: str, within: str = "") -> None:
        """Note every key that the part does not have: it may be a misspelt one."""
        for key in sorted(set(data) - self._keys[part]):
            self.complain("M85", N_("“{key}” is not known here."), f"{within}{key}", key=key)

    def text(self, data: Mapping[str, Any], key: str, within: str = "") -> str:
        """Return a text, empty where there is none."""
        value = data.get(key, "")
        if isinstance(value, str):
            return value
        self._unusable(value, f"{within}{key}")
        return ""

    def flag(self, data: Mapping[str, Any], key: str, within: str = "", *, default: bool = False) -> bool:
        """Return true or false."""
        value = data.get(key, default)
        if isinstance(value, bool):
            return value
        self._unusable(value, f"{within}{key}")
        return default

    def count(self, data: Mapping[str, Any], key: str, within: str) -> int:
        """Return a count, 0 where there is none."""
        value = data.get(key, 0)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self._unusable(value, f"{within}{key}")
        return 0

    def day(self, data: Mapping[str, Any], key: str, within: str = "") -> date | None:
        """Return a day, None where there is none."""
        value = data.get(key)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            template = N_("“{value}” is no day written as 2026-11-03.")
            self.complain("M81", template, f"{within}{key}", value=value)
            return None

    def choice(
        self, data: Mapping[str, Any], key: str, choices: type[Choice], within: str = ""
    ) -> Choice | None:
        """Return one of the values of an enumeration, None where there is none."""
        value = data.get(key)
        if value is None:
            return None
        if value in {choice.value for choice in choices}:
            return choices(value)
        known = ", ".join(choice.value for choice in choices)
        template = N_("“{value}” is not one of: {known}.")
        self.complain("M80", template, f"{within}{key}", value=value, known=known)
        return None

    def parts(
        self, data: Mapping[str, Any], key: str, of: str = "", within: str = ""
    ) -> Iterator[tuple[Mapping[str, Any], str]]:
        """Yield the records of a list with their places, `votes.0.`; `of` is the part that holds the list."""
        value = data.get(key, [])
        if not isinstance(value, list):
            self._unusable(value, f"{within}{key}")
            return
        for position, part in enumerate(value):
            place = f"{within}{key}.{position}"
            if isinstance(part, dict):
                self.check_keys(part, f"{of}{key}", f"{place}.")
                yield part, f"{place}."
            else:
                self._unusable(part, place)

    def _unusable(self, value: object, place: str) -> None:
        shown = str(value)[:40]
        self.complain("M84", N_("“{value}” cannot be used for “{key}”."), place, value=shown, key=place)


class People:
    """The roll of the day, by name."""

    def __init__(self, roll: Sequence[RosterEntry], day: date, reader: Reader) -> None:
        self._roll = roll
        self._day = day
        self._reader = reader

    def find(self, name: str, place: str) -> str | None:
        """Return the id of the one person of a name, None (with a finding) if there is not exactly one."""
        wanted = _levelled(name)
        found = [entry.member for entry in self._roll if _levelled(entry.member.name) == wanted]
        if not found and (with_year := NAME_AND_YEAR.fullmatch(name.strip())):
            wanted, year = _levelled(with_year[1]), with_year[2]
            found = [
                entry.member
                for entry in self._roll
                if _levelled(entry.member.name) == wanted
                and entry.member.birth is not None
                and entry.member.birth.iso.startswith(year)
            ]
        if len(found) == 1:
            return found[0].id
        if found:
            template = N_(
                "{count} people on the roll are called “{name}”: add the year of birth in brackets."
            )
            self._reader.complain("M83", template, place, count=len(found), name=name)
        else:
            template = N_("“{name}” is not on the roll of {day}.")
            self._reader.complain("M82", template, place, name=name, day=self._day)
        return None


def _levelled(name: str) -> str:
    return names.clean(name).casefold()
