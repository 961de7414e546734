"""The frame of an open book: sidebar, bar, page and strip, and the way from page to page."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from sochibo.book.agenda.agenda import Due, due_lines
from sochibo.book.changes import Changes
from sochibo.faults import Fault
from sochibo.interface.frame.sidebar import Sidebar
from sochibo.interface.frame.strip import Strip
from sochibo.interface.frame.topbar import TopBar
from sochibo.interface.page import KeyHint
from sochibo.interface.parts.blocks import Banner
from sochibo.interface.parts.sight import PageArea, begin_at_top
from sochibo.interface.rooms import kind_of, make_page, room_of, stands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent

    from sochibo.interface.page import Page
    from sochibo.interface.session import Session

__all__ = ["Frame"]

_KEPT: Final = 12
_FOLD_BELOW: Final = 4.6
_COUNT_AFTER_MS: Final = 600
_log = logging.getLogger(__name__)


class Frame(QWidget):
    """Shows one page at a time; pages are made when first opened and kept as they were left."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setAcceptDrops(True)
        self._hosts: dict[str, _Host] = {}
        self._trail: list[str] = []
        self._stale: set[str] = set()
        self._focus: dict[str, QWidget] = {}
        self._sidebar = Sidebar(session)
        self._bar = TopBar(session)
        self._strip = Strip(session)
        self._banner = Banner(session.theme, icon="lock")
        self._stack = QStackedWidget()
        right = QVBoxLayout()
        right.setSpacing(0)
        for part in (self._bar, self._banner):
            right.addWidget(part)
        right.addWidget(self._stack, 1)
        right.addWidget(self._strip)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._sidebar)
        whole.addLayout(right, 1)
        self._sidebar.entered.connect(self.go)
        self._bar.asked_up.connect(self._go_up)
        self._bar.asked_undo.connect(self.undo)
        self._bar.asked_redo.connect(self.redo)
        self._bar.asked_size.connect(self.change_size)
        session.changed.connect(self._reload)
        session.went.connect(self.go)
        session.left.connect(self.leave)
        self._say_read_only()
        # All that is due is read anew for this count: after a pause, never between two keys.
        self._counting = QTimer(self, singleShot=True, interval=_COUNT_AFTER_MS)
        self._counting.timeout.connect(self._show_counts)
        self._show_state()
        self._show_counts()
        place = session.settings.places.get(session.book.id, "today")
        self.go(place if stands(kind_of(place)) else "today")

    @property
    def goal(self) -> str:
        """Return where one is."""
        return self._trail[-1]

    @property
    def page(self) -> Page:
        """Return the page in hand."""
        return self._hosts[self.goal].page

    @property
    def kept(self) -> tuple[str, ...]:
        """Return the goals whose pages are made, oldest first."""
        return tuple(self._hosts)

    @property
    def goals(self) -> tuple[str, ...]:
        """Return the rooms from top to bottom."""
        return self._sidebar.goals

    def go(self, goal: str) -> None:
        """Leave the page in hand, with everything saved, and open another; `goal#place` goes to a field."""
        goal, _, place = goal.partition("#")
        if not stands(kind_of(goal)):
            _log.info("no page for %s", kind_of(goal))
            return
        self._leave()
        if goal == room_of(goal):
            self._trail = [kept for kept in self._trail[-1:] if kind_of(kept) != "help" and kept != goal]
        self._trail = [*(kept for kept in self._trail if kept != goal), goal]
        self._show(at_top=not place)
        if place and self.goal == goal:
            self.page.jump(place)

    def go_back(self) -> None:
        """Take one step back: inside the page, then to the page before, then to the room."""
        if not self._strip.dismiss() and not self.page.go_back():
            self.leave()

    def leave(self) -> None:
        """Leave the page for the one before or its room, whatever it is in the midst of."""
        goal = self.goal
        if len(self._trail) > 1:
            self._leave()
            self._trail.pop()
            self._show()
        elif self._room() != goal:
            self.go(self._room())

    def show_help(self) -> None:
        """Explain the page in hand; Esc comes back to it."""
        if kind_of(self.goal) != "help":
            self.go(f"help:{self.page.help_name}")

    def undo(self) -> None:
        """Take the newest act back."""
        self.flush()
        self.session.run(lambda book: book.history.undo())

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.flush()
        self.session.run(lambda book: book.history.redo())

    def change_size(self, steps: int) -> None:
        """Change the type size by steps; 0 is 100 %."""
        theme = self.session.theme
        percent = theme.larger(steps) if steps else 100
        self.session.settings.percent = percent
        theme.change(percent=percent)

    def flush(self) -> None:
        """Save what is still in a field."""
        self.page.flush()

    def rebuild(self) -> None:
        """Make the pages anew after a change of type size or palette, the keyboard staying where it was."""
        self.flush()
        held = self.focusWidget()
        name = held.accessibleName() if held else ""
        for goal in list(self._hosts):
            self._drop(goal)
        self._show()
        self._fold()
        again = next((child for child in _widgets(self) if name and child.accessibleName() == name), None)
        if again is not None:
            again.setFocus()

    def focus_page(self) -> None:
        """Give the keyboard to where it was on this page, or to the page's first field."""
        page = self.page
        held = self._focus.get(self.goal) or page.first_focus()
        if held is None:
            held = next((child for child in _widgets(page) if _takes_keys(child)), None)
        if held is not None:
            held.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_book(self) -> None:
        """Save everything and remember where one was."""
        self.flush()
        self.session.wait()
        self._counting.stop()
        place = next((goal for goal in reversed(self._trail) if kind_of(goal) != "help"), "today")
        self.session.settings.places[self.session.book.id] = place

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fold the sidebar where it takes too much of the width."""
        super().resizeEvent(event)
        self._fold()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Welcome files and folders, over whatever page."""
        if event.mimeData().hasUrls() and not self.session.book.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take in what was dropped: a committee in its inbox, a cell where its reports are."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.go("inbox" if "inbox" in self.goals else "reports")
        self.page.receive(paths)

    def _fold(self) -> None:
        self._sidebar.fold(folded=self.width() < _FOLD_BELOW * self._sidebar.wide())

    def _leave(self) -> None:
        if self._trail and self.goal in self._hosts:
            held = self.page.focusWidget()
            if held is not None:
                self._focus[self.goal] = held
            self.flush()

    def _show(self, *, at_top: bool = True) -> None:
        """Show the page on top of the trail; one that the book no longer has gives way to its room."""
        goal = self.goal
        host = self._hosts.get(goal)
        fresh = host is None
        if host is None:
            host = self._make(goal)
            if host is None:
                self._trail.pop()
                self.go(room_of(goal) if room_of(goal) != goal else "today")
                return
        elif goal in self._stale:
            host.page.reload()
        self._stale.discard(goal)
        self._stack.setCurrentWidget(host)
        self._sidebar.show_room(self._room())
        self._show_words()
        self.focus_page()
        if fresh and at_top:
            begin_at_top(host.page)

    def _make(self, goal: str) -> _Host | None:
        try:
            page = make_page(self.session, goal)
            page.reload()
        except KeyError:
            _log.info("nothing for goal of kind %s", kind_of(goal))
            return None
        except Fault as fault:
            self.session.complain(fault)
            return None
        host = _Host(self.session, page)
        self._hosts[goal] = host
        self._stack.addWidget(host)
        for old in list(self._hosts)[:-_KEPT]:
            if old not in self._trail:
                self._drop(old)
        return host

    def _drop(self, goal: str) -> None:
        host = self._hosts.pop(goal)
        self._focus.pop(goal, None)
        self._stack.removeWidget(host)
        # Not at once: the signal that led here may come from one of its fields.
        host.setParent(None)
        host.deleteLater()

    def _reload(self, changes: Changes, by: QObject | None) -> None:
        del by
        for goal, host in self._hosts.items():
            if host.page.concerns & changes:
                self._stale.add(goal)
        if Changes.ORGANISATION in changes:
            self._sidebar.show_organisation()
        if self.goal in self._stale:
            self._stale.discard(self.goal)
            self.page.reload()
        self._show_state()
        if changes:
            self._counting.start()
        self._show_words()

    def _show_words(self) -> None:
        page, words = self.page, self.session.words
        self._bar.show_title(page.title(), page.subtitle())
        keys = page.keys()
        if kind_of(self.goal) != "help":
            keys = (*keys, KeyHint("F1", words.gettext("help")))
        if len(self._trail) > 1 and all(hint.key != "Esc" for hint in keys):
            keys = (*keys, KeyHint("Esc", words.gettext("back")))
        self._strip.show_keys(keys)

    def _show_state(self) -> None:
        self._strip.show_saved()
        self._bar.show_history()

    def _show_counts(self) -> None:
        lines = due_lines(self.session.book, self.session.today())
        pressing = [line for line in lines if line.due is not Due.LATER]
        counts = {"today": len(pressing)}
        for room in ("reports", "inbox"):
            counts[room] = sum(1 for line in pressing if room_of(line.goal) == room)
        self._sidebar.show_counts(counts)

    def _say_read_only(self) -> None:
        book, words = self.session.book, self.session.words
        who = book.held_by
        self._banner.say(
            words.gettext(
                "{who} has this book open. You can read everything; changes wait until it is free."
            ).format(who=who)
            if who
            else words.gettext("This book is read-only here: you can read everything, but change nothing.")
            if book.read_only
            else ""
        )

    def _go_up(self) -> None:
        self.go(self._room())

    def _room(self) -> str:
        """Return the room one is in, for a page of no room here the one that it was opened from."""
        rooms = (room_of(goal) for goal in reversed(self._trail))
        return next((room for room in rooms if room in self.goals), "today")


class _Host(PageArea):
    """Gives a page its margins, and scrolls it where it finds no room."""

    def __init__(self, session: Session, page: Page) -> None:
        super().__init__()
        self.page = page
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("PageHost")
        px = session.theme.px
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(px(24), px(20), px(24), px(20))
        lines.addWidget(page)
        self.setWidget(inside)


def _widgets(inside: QWidget) -> Iterator[QWidget]:
    yield from inside.findChildren(QWidget)


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisibleTo(widget.window()) and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
