"""The order of the app's boxes as a file (`resources/rules/coexistence.toml`): a wrong line is named."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sochibo import paths
from sochibo.rules.meetings.coexistence import AppField, AppOrder, AppScreen, AppStage, AppValue
from sochibo.rules.scoring.scoring_files import Table, Unusable
from sochibo.rules.toml_lines import Lines

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FILE", "OrderError", "load_orders", "orders_file"]

FILE: Final = "coexistence.toml"


class OrderError(ValueError):
    """A file that cannot be used; the text names the file, the line, and what is wrong there."""


def orders_file() -> Path:
    """Return the file in force: an administrator's own in the settings folder, else the shipped one."""
    own = paths.settings_folder() / FILE
    return own if own.is_file() else paths.shipped("resources") / "rules" / FILE


def load_orders(path: Path) -> tuple[AppOrder, ...]:
    """Read the orders, oldest first; raises OrderError, or OSError where the file cannot be read."""
    told = path.stat()
    return _read(path, told.st_mtime_ns, told.st_size)


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int, _size: int) -> tuple[AppOrder, ...]:
    """Read a file once until it changes: it is asked for with every box that is copied."""
    try:
        text = path.read_text("utf-8-sig")
        data = tomllib.loads(text)
    except ValueError as error:
        raise OrderError(f"{path.name}: {error}") from error
    try:
        return _orders(Table(data))
    except Unusable as error:
        raise OrderError(f"{path.name}, line {Lines(text).of(error.place)}: {error}") from error


def _orders(file: Table) -> tuple[AppOrder, ...]:
    made = [_order(table) for table in file.tables("orders")]
    file.end()
    if not made:
        raise Unusable((), "'orders' is missing")
    return tuple(sorted(made, key=lambda order: order.valid_from))


def _order(table: Table) -> AppOrder:
    screens: dict[str, AppScreen] = {}
    for one in table.tables("screens"):
        screen = AppScreen(_word(one, "code"), _word(one, "label"), one.choice(AppStage, "stage"))
        one.end()
        if screen.code in screens:
            raise Unusable(one.place, f"two screens are called '{screen.code}'")
        screens[screen.code] = screen
    fields = [_field(one, screens) for one in table.tables("fields")]
    if not fields:
        raise Unusable(table.place, "'fields' is missing")
    seen: set[AppValue] = set()
    for place, field in enumerate(fields):
        if field.value in seen:
            raise Unusable((*table.at("fields"), place), f"'{field.value}' stands here a second time")
        seen.add(field.value)
    made = AppOrder(
        id=_word(table, "id"),
        app=_word(table, "app"),
        edition=_word(table, "edition"),
        document=table.one(str, "document"),
        source=_word(table, "source"),
        valid_from=table.one(date, "valid_from"),
        verified=table.one(bool, "verified"),
        fields=tuple(fields),
    )
    table.end()
    return made


def _field(table: Table, screens: dict[str, AppScreen]) -> AppField:
    code = table.one(str, "screen")
    if code not in screens:
        raise Unusable(table.place, f"screen '{code}' is not among the screens")
    made = AppField(screens[code], table.choice(AppValue, "value"), _word(table, "label"))
    table.end()
    return made


def _word(table: Table, name: str) -> str:
    """Return a text that must say something: a box without a name cannot be found in the app."""
    text = table.one(str, name).strip()
    if not text:
        raise Unusable(table.at(name), f"{name} is empty")
    return text
