"""The self-check: what endangers a book, in plain words with what to do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from sochibo.book.inbox.received_files import folder_of, look_over
from sochibo.faults import Finding, red, yellow
from sochibo.messages import N_
from sochibo.storage.copies.backup_rules import load_backup_rules
from sochibo.storage.engine.checks import are_pages_whole, count_lost_references, is_protected
from sochibo.storage.engine.checks_place import Place, free_bytes, place_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from sochibo.book.upkeep.backups import Backups
    from sochibo.storage.engine.database import Database

__all__ = ["Condition"]

_MEGABYTE: Final = 1024 * 1024
_COPIES_THAT_MUST_FIT: Final = 3


class Condition:
    """How a book's file is doing; asked at opening, and whenever somebody wants to know."""

    def __init__(self, database: Database, backups: Backups) -> None:
        self._database: Final = database
        self._backups: Final = backups
        self._rules: Final = load_backup_rules()

    def findings(self, now: datetime, *, thorough: bool = False) -> tuple[Finding, ...]:
        """Return what endangers the book, the worst first; `thorough` compares every index with its table.

        Each finding says what to do; its place (`file`, `backup`, `second_place`, `clock`, `place`, `room`)
        tells a screen where that is done. It may be called in a worker thread.
        """
        moment = now.astimezone()
        found = [
            *self._of_file(thorough=thorough),
            *self._of_received(thorough=thorough),
            *self._of_backups(moment.date()),
            *self._of_open_copies(),
            *self._of_clock(moment),
            *self._of_place(),
            *self._of_room(),
        ]
        return tuple(sorted(found, key=lambda finding: finding.severity.value))

    def _of_file(self, *, thorough: bool) -> Iterator[Finding]:
        path, opening = self._database.path, self._database.opening
        if not are_pages_whole(path, opening, thorough=thorough):
            yield red(
                "T01",
                N_(
                    "A part of the book's file cannot be read. Do not go on working in it: restore the "
                    "newest backup copy."
                ),
                "file",
            )
        elif lost := count_lost_references(path, opening):
            yield red(
                "T02",
                N_(
                    "In the book, {n} records point to others that are not there. Restore the newest backup "
                    "copy, or have somebody who knows the program look at it."
                ),
                "file",
                n=lost,
            )

    def _of_received(self, *, thorough: bool) -> Iterator[Finding]:
        """Their figures stand in the book, but who sealed them can be proved by the files alone."""
        found, folder = look_over(self._database, thorough=thorough), folder_of(self._database.path).name
        if found.lost:
            yield yellow(
                "T13",
                N_(
                    "{n} received files no longer lie in the folder “{folder}” beside the book, or were "
                    "changed. Put that folder back from the stick with the backup copies, or ask the units "
                    "for the files once more."
                ),
                "file",
                n=found.lost,
                folder=folder,
            )
        if found.locked_away:
            yield yellow(
                "T14",
                N_(
                    "{n} received files in the folder “{folder}” were locked by a newer state of this book "
                    "and cannot be opened by this one. Restore a newer backup copy, or ask the units for the "
                    "files once more."
                ),
                "file",
                n=found.locked_away,
                folder=folder,
            )
        if found.unlocked:
            yield yellow(
                "T15",
                N_(
                    "The book is protected, but {n} received files beside it still open without its "
                    "passphrase. Make a backup copy now: that locks them too."
                ),
                "backup",
                n=found.unlocked,
            )

    def _of_backups(self, today: date) -> Iterator[Finding]:
        newest = self._backups.newest()
        if newest is None:
            yield yellow("T03", N_("There is no backup copy of this book yet. Make one now."), "backup")
        else:
            days = (today - newest[0].at.date()).days
            if days > self._rules.copy_days and not self._backups.is_up_to_date():
                yield yellow(
                    "T04", N_("The last backup copy is {days} days old. Make one now."), "backup", days=days
                )
        place, carried = self._backups.second_place, self._backups.second_at
        if place is None:
            return
        if carried is None:
            yield yellow(
                "T05",
                N_("No copy has reached the second place yet. Plug the stick in and make one."),
                "second_place",
            )
        elif (days := (today - carried.astimezone().date()).days) > self._rules.second_place_days:
            yield yellow(
                "T06",
                N_("The copy at the second place is {days} days old. Plug the stick in and make one."),
                "second_place",
                days=days,
            )

    def _of_open_copies(self) -> Iterator[Finding]:
        """A passphrase chosen later protects no copy made before it."""
        if self._database.key is None:
            return
        if n := sum(not is_protected(backup.path) for backup in self._backups.all()):
            yield yellow(
                "T12",
                N_(
                    "The book is protected, but {n} of its backup copies were made before and open without a "
                    "passphrase. Make a new copy, then delete those."
                ),
                "backup",
                n=n,
            )

    def _of_clock(self, now: datetime) -> Iterator[Finding]:
        saved = self._database.saved_at()
        if saved is not None and saved > now + timedelta(minutes=self._rules.clock_minutes):
            yield yellow(
                "T07",
                N_(
                    "The clock of this PC says {now}, but something was recorded at {saved}. Set the clock "
                    "right before going on."
                ),
                "clock",
                now=now,
                saved=saved.astimezone(now.tzinfo),
            )

    def _of_place(self) -> Iterator[Finding]:
        place, name = place_of(self._database.path, self._rules)
        match place:
            case Place.SYNC:
                yield yellow(
                    "T08",
                    N_(
                        "The book lies in “{name}”, a folder that is copied to the internet; that can spoil "
                        "it and shows it to others. Close it and move it to a folder of this PC."
                    ),
                    "place",
                    name=name,
                )
            case Place.NETWORK:
                yield yellow(
                    "T09",
                    N_(
                        "The book lies in a shared folder on the network; a break in the line can spoil it. "
                        "Close it and move it to this PC."
                    ),
                    "place",
                )
            case Place.REMOVABLE:
                yield yellow(
                    "T10",
                    N_(
                        "The book lies on a stick, which is easily lost or pulled out too early. Close it "
                        "and move it to this PC; let the stick have the backup copies."
                    ),
                    "place",
                )
            case Place.DISK:
                return

    def _of_room(self) -> Iterator[Finding]:
        folder = self._database.path.parent
        try:
            size = self._database.path.stat().st_size
        except OSError:
            return
        free = free_bytes(folder)
        if free is not None and free < max(
            self._rules.free_megabytes * _MEGABYTE, size * _COPIES_THAT_MUST_FIT
        ):
            yield yellow(
                "T11",
                N_("Only {n} MB are left on the disk of this book. Delete what is not needed."),
                "room",
                n=free // _MEGABYTE,
            )
