"""What every page is given: the open book, the words, the settings of this PC, and the way to act."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, date, datetime
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from sochibo.faults import Fault, Severity
from sochibo.interface.parts.operation import Operation

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.book.upkeep.backups import Outcome
    from sochibo.faults import Finding
    from sochibo.interface.looks.theme import Theme
    from sochibo.interface.settings import Settings
    from sochibo.messages import Messages

__all__ = ["Session"]

T = TypeVar("T")
_IDLE_MS = 2000
_log = logging.getLogger(__name__)


class Session(QObject):
    """One open book in one window."""

    changed = Signal(object, object)
    """Changes, and the widget that caused them (or None): concerned pages reload."""
    fault = Signal(str)
    """A known fault or refusal in words, shown in the strip at the foot, not in a modal dialog."""
    told = Signal(str)
    """Good news in words (`Written to the stick and read back`), shown in the strip."""
    noted = Signal(str)
    """What somebody who asked should know, neither done nor wrong (`Cell 4 has sent no ratings yet`)."""
    went = Signal(str)
    """A goal to go to: `today`, `meetings`, `meeting:<id>`, `members`, `member:<id>`, `reports`, …"""
    asked_start = Signal()
    """Close the book and show the start screen, to open another."""
    asked_lock = Signal()
    """Close the book and ask for its passphrase."""
    touched_settings = Signal()
    """Something of this PC was chosen that works at once."""
    asked_restore = Signal(object)
    """A RestorePreview: close the book, put the copy in its place, and open it again."""
    checked = Signal()
    """The self-check has ended; what it found stands in `findings`."""
    left = Signal()
    """Go back one step, as Esc does."""
    working = Signal(str)
    """What a slow job is doing; empty when no job is left."""
    progressed = Signal(int, int)
    """How many of how many a slow job has done."""

    def __init__(
        self,
        book: Book,
        words: Messages,
        settings: Settings,
        theme: Theme,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.book = book
        self.words = words
        self.settings = settings
        self.theme = theme
        self.today = today
        """The day on which everything due is judged; fixed in tests and pictures."""
        self.findings: tuple[Finding, ...] = ()
        """What endangers the book, the worst first, as the last self-check found it."""
        self._copied_on: date | None = None
        self._ended = False
        self._stopped = Event()
        self._operations: set[Operation] = set()
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._rest)

    def now(self) -> datetime:
        """Return the moment, with the zone of this PC."""
        return datetime.now(UTC).astimezone()

    def run(self, act: Callable[[Book], Changes], by: QObject | None = None) -> bool:
        """Run a quick act on the book and tell the pages; a fault is shown, and False returned."""
        try:
            changes = act(self.book)
        except Fault as fault:
            self.complain(fault)
            return False
        self.tell(changes, by)
        return True

    def tell(self, changes: Changes, by: QObject | None = None) -> None:
        """Tell the pages what has changed, after an act that returned something else (a new id)."""
        self._idle.start()
        if changes:
            self.changed.emit(changes, by)

    def complain(self, fault: Fault) -> None:
        """Show a known fault or a refusal in the strip."""
        _log.info("fault %s", fault.code)
        self.fault.emit(fault.say(self.words))

    def work(
        self,
        job: Callable[[], T],
        done: Callable[[T], None],
        doing: str,
        failed: Callable[[Fault], None] | None = None,
    ) -> None:
        """Run a slow job off the GUI thread (drawing, sealing, judging) and give its result back in it.

        `doing` is what the strip says meanwhile. The job must not use the book's connection unless the book
        method says it is safe in a worker thread. A Fault goes to `failed`, or is shown in the strip.
        """
        operation = Operation(job)
        self._operations.add(operation)
        self._stopped.clear()

        def finish(result: object, error: BaseException | None) -> None:
            if operation not in self._operations:
                # The book was closed meanwhile: what was done is in it, and no page is left to tell.
                return
            self._operations.discard(operation)
            if not self._operations:
                self.working.emit("")
            if error is None:
                done(result)  # type: ignore[arg-type]  # a signal forgets the type of what it carries
            elif isinstance(error, Fault):
                (failed or self.complain)(error)
            else:
                sys.excepthook(type(error), error, error.__traceback__)

        operation.finished.connect(finish)
        self.working.emit(doing)
        QThreadPool.globalInstance().start(operation.runnable())

    def progress(self, done: int, of: int) -> bool:
        """Show how far a slow job has come; returns False once a person stopped it. Safe in any thread."""
        self.progressed.emit(done, of)
        return not self._stopped.is_set()

    def stop_work(self) -> None:
        """Ask the slow job to stop at its next step."""
        self._stopped.set()

    @property
    def busy(self) -> bool:
        """Tell whether a slow job is under way."""
        return bool(self._operations)

    def let_work_end(self) -> None:
        """Wait for slow jobs, such as the day's copy, before the whole file is written anew.

        They read the file by connections of their own, and it would be called in use by another program.
        """
        QThreadPool.globalInstance().waitForDone()

    def wait(self) -> None:
        """Let slow jobs end before the book is closed."""
        self._ended = True
        self.stop_work()
        QThreadPool.globalInstance().waitForDone()
        self._operations.clear()

    def go(self, goal: str) -> None:
        """Go to a page."""
        self.went.emit(goal)

    def begin(self) -> None:
        """Make the day's copy and check the book, some moments after it was opened."""
        if not self._ended:
            self._copied_on = self.today()
            self.check(copy=True)

    def check(self, *, copy: bool = False, thorough: bool = False) -> None:
        """Look in a worker thread at what endangers the book; a copy comes first where one is due."""
        book, now = self.book, self.now()

        def look() -> tuple[Finding, ...]:
            if copy:
                # What stood in its way is among the findings, in calmer words.
                book.backups.daily()
            return book.condition.findings(now, thorough=thorough)

        self.work(look, self._keep, self.words.gettext("Checking the book …") if thorough else "")

    def _keep(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        grave = [finding for finding in findings if finding.severity is Severity.RED]
        if grave:
            self.fault.emit(" ".join(f"{finding.say(self.words)} ({finding.code})" for finding in grave))
        self.checked.emit()

    def _rest(self) -> None:
        rest = getattr(self.book, "rest", None)
        if rest is not None and not self.busy:
            rest()
            self._copy_once_a_day()

    def _copy_once_a_day(self) -> None:
        """Make the day's backup copy once something was recorded: a PC that sleeps never closes its book."""
        if self._copied_on == self.today():
            return
        self._copied_on = self.today()
        self.work(self.book.backups.daily, self._tell_trouble, "")

    def _tell_trouble(self, outcome: Outcome) -> None:
        for fault in outcome.faults:
            self.complain(fault)
