"""The units below a committee: founded, renamed, merged, split, moved, closed, as acts that keep history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sochibo.book.changes import Changes
from sochibo.faults import Refused, red
from sochibo.messages import N_
from sochibo.rules import names
from sochibo.rules.units.organisations import BookKind
from sochibo.rules.units.units import (
    EVENT_LABELS,
    Branch,
    Bridge,
    Unit,
    UnitEvent,
    UnitEventKind,
    Version,
    bridge,
    stands,
    successors,
    tree,
    version_on,
)
from sochibo.storage.engine.identity import new_id
from sochibo.storage.records import units as rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from sochibo.book.book import Book
    from sochibo.faults import Finding
    from sochibo.storage.engine.database import Database

__all__ = ["EVENT_LABELS", "Branch", "Bridge", "Unit", "UnitEvent", "UnitEventKind", "Units", "Version"]


class Units:
    """The tree of units; every change names the day from which it holds and the decision behind it.

    Refusals: X30 without a name, X31 a name that another unit of the day bears, X32 a unit that does not
    stand on the day, X33 too few units for a merger or a split, X34 a unit below itself, X37 an end before
    what was recorded of a unit already.
    """

    def __init__(self, database: Database, book: Book) -> None:
        self._database = database
        self._book = book

    def all(self) -> dict[str, Unit]:
        """Return every unit by id, also those that have ended."""
        return rows.read_units(self._database)

    def on(self, day: date) -> tuple[Branch, ...]:
        """Return the tree of a day, in Vietnamese order on every level."""
        units = self.all()
        order = {unit.id: names.natural_key(version_on(unit, day).name) for unit in units.values()}
        return tree(tuple(units.values()), day, order)

    def events(self) -> tuple[UnitEvent, ...]:
        """Return what happened, oldest first."""
        return rows.read_events(self._database)

    def bridge(self, first: date, last: date) -> Bridge:
        """Return how the number of units came from one day's to another's."""
        return bridge(self.all(), self.events(), first, last)

    def successors(self, unit_id: str, day: date) -> tuple[str, ...]:
        """Return who stands for a unit on a day after mergers and splits."""
        return successors(self.events(), unit_id, day)

    def found(
        self,
        name: str,
        on: date,
        *,
        type: str = "",  # noqa: A002 - the word of the field
        code: str = "",
        parent_id: str | None = None,
        decision: str = "",
    ) -> str:
        """Found a unit; returns its id, which enrolling its first signer replaces by that of its own book."""
        name = names.clean(name)
        units = self.all()
        self._refuse(
            [*self._name_findings(units, name, on, ()), *self._parent_findings(units, parent_id, on)]
        )
        unit_id = new_id()
        with self._act(N_("Founded {name}"), name):
            rows.add(
                self._database,
                Version(
                    unit_id=unit_id, name=name, type=type, code=names.clean(code), parent_id=parent_id,
                    valid_from=on,
                ),
            )  # fmt: skip
            self._note(UnitEventKind.FOUNDING, on, decision, (), (unit_id,))
        return unit_id

    def change(
        self,
        unit_id: str,
        on: date,
        *,
        name: str | None = None,
        type: str | None = None,  # noqa: A002 - the word of the field
        code: str | None = None,
        decision: str = "",
    ) -> Changes:
        """Give a unit another name, type or code from a day on."""
        units = self.all()
        unit = self._standing(units, unit_id, on)
        before = version_on(unit, on)
        after = replace(
            before,
            name=before.name if name is None else names.clean(name),
            type=before.type if type is None else type,
            code=before.code if code is None else names.clean(code),
            valid_from=on,
            valid_to=None,
        )
        self._refuse(self._name_findings(units, after.name, on, (unit_id,)))
        if replace(after, valid_from=before.valid_from, valid_to=before.valid_to) == before:
            return Changes.NONE
        kind = UnitEventKind.RENAME if after.name != before.name else UnitEventKind.CHANGE_OF_TYPE
        with self._act(N_("Changed {name}"), after.name):
            rows.rename(self._database, unit, after)
            self._note(kind, on, decision, (unit_id,), (unit_id,))
        return Changes.INBOX

    def move(self, unit_id: str, parent_id: str | None, on: date, *, decision: str = "") -> Changes:
        """Let a unit stand below another, or directly below the committee."""
        units = self.all()
        unit = self._standing(units, unit_id, on)
        wrong = self._parent_findings(units, parent_id, on)
        above: str | None = parent_id
        while above is not None and not wrong:
            if above == unit_id:
                wrong = [red("X34", N_("A unit cannot stand below itself."), "parent_id")]
            above = version_on(units[above], on).parent_id if above in units else None
        self._refuse(wrong)
        version = replace(version_on(unit, on), parent_id=parent_id, valid_from=on, valid_to=None)
        with self._act(N_("Moved {name}"), version.name):
            rows.rename(self._database, unit, version)
            self._note(UnitEventKind.MOVE, on, decision, (unit_id,), (unit_id,))
        return Changes.INBOX

    def merge(
        self,
        unit_ids: Sequence[str],
        on: date,
        *,
        into: str | None = None,
        name: str = "",
        decision: str = "",
    ) -> str:
        """Merge units from a day on into one of them, or into a new one by `name`; returns its id.

        Those that end stood for the last time the day before; nobody signs for them any more from then on.
        """
        units = self.all()
        if len(set(unit_ids)) < (2 if into in unit_ids or into is None else 1):
            self._refuse([red("X33", N_("A merger needs at least two units."), "units")])
        parties = dict.fromkeys((*unit_ids, *((into,) if into else ())))
        merged = [self._standing(units, unit_id, on, ends=unit_id != into) for unit_id in parties]
        called = names.clean(name) or (version_on(units[into], on).name if into else "")
        self._refuse(self._name_findings(units, called, on, tuple(parties)))
        with self._act(N_("Merged units into {name}"), called):
            target = into or new_id()
            if into is None:
                model = version_on(merged[0], on)
                rows.add(
                    self._database,
                    replace(model, unit_id=target, name=called, code="", valid_from=on, valid_to=None),
                )
            elif version_on(units[into], on).name != called:
                version = replace(version_on(units[into], on), name=called, valid_from=on, valid_to=None)
                rows.rename(self._database, units[into], version)
            self._end([unit_id for unit_id in parties if unit_id != target], on)
            self._note(UnitEventKind.MERGE, on, decision, tuple(parties), (target,))
        return target

    def split(
        self, unit_id: str, new_names: Sequence[str], on: date, *, keeps: bool = False, decision: str = ""
    ) -> tuple[str, ...]:
        """Split a unit from a day on into new ones, whose ids it returns; `keeps` lets it stand on."""
        units = self.all()
        unit = self._standing(units, unit_id, on, ends=not keeps)
        called = [names.clean(name) for name in new_names if names.clean(name)]
        if len(called) + keeps < 2:  # noqa: PLR2004 - one is no split
            self._refuse([red("X33", N_("A split needs at least two units afterwards."), "names")])
        wrong = [one for name in called for one in self._name_findings(units, name, on, (unit_id,))]
        if len({names.fold(name) for name in called}) < len(called):
            wrong.append(red("X31", N_("Two units cannot bear one name."), "names"))
        self._refuse(wrong)
        model = version_on(unit, on)
        with self._act(N_("Split {name}"), model.name):
            made = [new_id() for _ in called]
            for new, name in zip(made, called, strict=True):
                rows.add(
                    self._database,
                    replace(model, unit_id=new, name=name, code="", valid_from=on, valid_to=None),
                )
            if not keeps:
                self._end([unit_id], on)
            after = (*((unit_id,) if keeps else ()), *made)
            self._note(UnitEventKind.SPLIT, on, decision, (unit_id,), after)
        return tuple(made)

    def close(self, unit_id: str, on: date, *, decision: str = "") -> Changes:
        """Close a unit: it stands for the last time the day before."""
        unit = self._standing(self.all(), unit_id, on, ends=True)
        with self._act(N_("Closed {name}"), version_on(unit, on).name):
            self._end([unit_id], on)
            self._note(UnitEventKind.CLOSE, on, decision, (unit_id,), ())
        return Changes.INBOX

    def take_back(self, event_id: str) -> Changes:
        """Take back a merger, split or closure that was a slip: what ended stands again, with its signers.

        Raises KeyError, or Refused (X35) where a unit that it made has papers or signers already, or where
        something happened to one of its units since.
        """
        events = self.events()
        event = next((one for one in events if one.id == event_id), None)
        if event is None:
            raise KeyError(event_id)
        units = self.all()
        made = [one for one in event.after if one not in event.before]
        later = {party for one in events if one.on >= event.on and one.id != event_id
                 for party in (*one.before, *one.after)}  # fmt: skip
        used = {one.unit_id for one in self._book.authority.signers()}
        used |= {one.unit_id for one in self._book.inbox.submissions()}
        if later & {*event.before, *event.after} or used & set(made):
            template = N_("Something happened to these units since: take that back first.")
            raise Refused([red("X35", template, "event")])
        with self._act(N_("Took back what was done on {name}"), event.on):
            last_day = event.on - timedelta(days=1)
            for unit_id in event.before:
                if unit_id not in event.after and units[unit_id].until == last_day:
                    rows.reopen(self._database, unit_id)
                    self._book.authority.reopen_signers(unit_id, last_day, datetime.now(UTC))
            rows.remove_event(self._database, event_id)
            for unit_id in made:
                rows.remove(self._database, unit_id)
        return Changes.INBOX

    def adopt(self, organisation_id: str, name: str, on: date) -> None:
        """Give the id of a cell's own book to the unit of its name that was founded here without one."""
        units = self.all()
        if organisation_id in units:
            return
        signed = {signer.unit_id for signer in self._book.authority.signers()}
        for unit in units.values():
            same = names.fold(version_on(unit, on).name) == names.fold(name)
            if same and unit.id not in signed and stands(unit, on):
                rows.adopt(self._database, unit.id, organisation_id)
                return

    def _end(self, unit_ids: Sequence[str], on: date) -> None:
        last_day = on - timedelta(days=1)
        for unit_id in unit_ids:
            rows.end(self._database, unit_id, last_day)
            signers = (one for one in self._book.authority.signers() if one.unit_id == unit_id)
            if any(one.valid_to is None or one.valid_to > last_day for one in signers):
                # From here on the act is outside undo, since a trust file with this number may have left.
                self._book.authority.end_signers(unit_id, last_day, datetime.now(UTC))

    def _note(
        self, kind: UnitEventKind, on: date, decision: str, before: tuple[str, ...], after: tuple[str, ...]
    ) -> None:
        event = UnitEvent(
            id=new_id(), kind=kind, on=on, decision=names.clean(decision), before=before, after=after
        )
        rows.add_event(self._database, event)

    def _standing(self, units: dict[str, Unit], unit_id: str, on: date, *, ends: bool = False) -> Unit:
        """Return a unit that stood on a day; `ends` asks besides that nothing changed it from then on."""
        unit = units.get(unit_id)
        if unit is None or not stands(unit, on):
            template = N_("This unit did not stand on {day}.")
            raise Refused([red("X32", template, "unit", day=on)])
        last = unit.versions[-1].valid_from
        if ends and last >= on:
            template = N_("{name}: something was recorded on {day} already; it can end only after that day.")
            raise Refused([red("X37", template, "unit", name=version_on(unit, on).name, day=last)])
        return unit

    def _name_findings(
        self, units: dict[str, Unit], name: str, on: date, own: tuple[str, ...]
    ) -> list[Finding]:
        if not name:
            return [red("X30", N_("The unit needs a name."), "name")]
        others = (unit for unit in units.values() if unit.id not in own and stands(unit, on))
        if any(names.fold(version_on(unit, on).name) == names.fold(name) for unit in others):
            return [red("X31", N_("Another unit of that day is called “{name}”."), "name", name=name)]
        return []

    def _parent_findings(self, units: dict[str, Unit], parent_id: str | None, on: date) -> list[Finding]:
        if parent_id is None or (parent_id in units and stands(units[parent_id], on)):
            return []
        return [red("X32", N_("This unit did not stand on {day}."), "parent_id", day=on)]

    def _refuse(self, findings: Sequence[Finding]) -> None:
        if self._book.organisation().kind is not BookKind.COMMITTEE:
            findings = [red("O92", N_("Only a committee's book receives papers."), ""), *findings]
        if findings:
            raise Refused(findings)

    def _act(self, template: str, name: str | date) -> AbstractContextManager[None]:
        changes = Changes.INBOX | Changes.ORGANISATION
        return self._database.act(template, {"name": name}, changes=int(changes.value))
