"""Session: acts, slow jobs, and troubles in words."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import pytest
from books import make_cell_book

from sochibo.book.changes import Changes
from sochibo.faults import NotReadable
from sochibo.interface.looks.theme import Theme
from sochibo.interface.session import Session
from sochibo.interface.settings import Settings
from sochibo.messages import Messages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.book.book import Book


@pytest.fixture
def session(tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    del qtbot
    with make_cell_book(tmp_path / "b.sochibo") as book:
        made = Session(book, Messages("en"), Settings(), Theme())
        yield made
        # As the window does: a copy that an act set going still reads the book.
        made.wait()


def test_an_act_tells_what_changed_and_who_caused_it(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.changed) as told:
        assert session.run(lambda _book: Changes.MEMBERS, session)
    assert told.args == [Changes.MEMBERS, session]


def test_an_act_that_changed_nothing_tells_nothing(session: Session, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(session.changed):
        assert session.run(lambda _book: Changes.NONE)


def test_a_fault_is_said_and_nothing_is_told(session: Session, qtbot: QtBot) -> None:
    def act(_book: Book) -> Changes:
        raise NotReadable(name="stick.pdf")

    with qtbot.assertNotEmitted(session.changed), qtbot.waitSignal(session.fault) as said:
        assert not session.run(act)
    assert said.args == [NotReadable(name="stick.pdf").say(session.words)]


def test_a_slow_job_runs_elsewhere_and_ends_here(session: Session, qtbot: QtBot) -> None:
    here = threading.get_ident()
    seen: list[int] = []
    done: list[tuple[int, int]] = []

    def job() -> int:
        seen.append(threading.get_ident())
        return 42

    doing: list[str] = []
    session.working.connect(doing.append)
    session.work(job, lambda result: done.append((result, threading.get_ident())), "Drawing the page")
    assert session.busy
    qtbot.waitUntil(lambda: bool(done))
    assert done == [(42, here)]
    assert seen
    assert seen[0] != here
    assert doing == ["Drawing the page", ""]
    assert not session.busy


def test_a_fault_of_a_slow_job_is_said_or_given_to_who_asked(session: Session, qtbot: QtBot) -> None:
    def job() -> int:
        raise NotReadable(name="stick.pdf")

    with qtbot.waitSignal(session.fault) as said:
        session.work(job, lambda _result: pytest.fail("it did not succeed"), "Reading")
    assert "stick.pdf" in said.args[0]
    given: list[object] = []
    with qtbot.assertNotEmitted(session.fault):
        session.work(job, lambda _result: None, "Reading", given.append)
        qtbot.waitUntil(lambda: bool(given))
    assert isinstance(given[0], NotReadable)


def test_a_bug_in_a_slow_job_reaches_the_hook(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: caught.append(kind))

    def job() -> int:
        raise ZeroDivisionError

    session.work(job, lambda _result: None, "Working")
    qtbot.waitUntil(lambda: bool(caught))
    assert caught == [ZeroDivisionError]
    assert not session.busy


def test_a_slow_job_counts_its_steps_and_can_be_stopped(session: Session, qtbot: QtBot) -> None:
    steps: list[int] = []
    started = threading.Event()

    def job() -> int:
        count = 0
        while session.progress(count, 1000):
            count += 1
            started.set()
            if count > 1_000_000:
                return -1
        return count

    done: list[int] = []
    session.progressed.connect(lambda now, _all: steps.append(now))
    session.work(job, done.append, "Judging")
    started.wait(2)
    session.stop_work()
    qtbot.waitUntil(lambda: bool(done))
    assert done[0] > 0
    assert steps[0] == 0


def test_the_book_rests_after_two_idle_seconds(session: Session, qtbot: QtBot) -> None:
    rested: list[bool] = []
    session.book.rest = lambda: rested.append(True)  # type: ignore[method-assign]  # only heard, not done
    session.run(lambda _book: Changes.NONE)
    qtbot.waitUntil(lambda: bool(rested))
    assert rested == [True]
