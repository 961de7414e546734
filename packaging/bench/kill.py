"""Is anything lost when the program is killed? Acts acknowledged by a program that is killed at any moment.

A program adds acts to a book and says the number of each when it has returned; it is killed (SIGKILL, or
TerminateProcess) at a random moment; the book is opened again, every page and reference is checked, and
every act that was acknowledged must be there, whole, in its place, and in the history. Half of the rounds
use a plain book, half an encrypted one. Then a program that sets, changes and removes the passphrase in turns
is killed in the middle of that. A killed program is no power cut: what a disk itself loses is not seen here.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo.storage.engine import cipher
from sochibo.storage.engine.connection import WrongKey, connect, read_header
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Self

__all__ = ["Lost", "Victim", "acts_after_a_kill", "opened_after_a_kill", "way_in"]

PASSPHRASES: Final = ("lúa chín vàng đồng", "trăng rằm tháng tám")
QUICK_ROUNDS: Final = 1_000
"""Rounds of key derivation: the real ones only make the programs start more slowly."""

if sys.platform == "win32":
    _PROCESSES: Final = multiprocessing.get_context("spawn")
else:
    # Forked from one that has loaded the engine, a program works at once. (Of the path of whoever starts it
    # the server knows nothing, so it loads installed modules only: python/cpython issue 126631.)
    _PROCESSES: Final = multiprocessing.get_context("forkserver")
    _PROCESSES.set_forkserver_preload(["sochibo.storage.copies.restore", "sochibo.storage.engine.database"])


class Lost(Exception):
    """What a killed program was promised does not hold."""


class Victim:
    """A function at work in a process of its own, heard until it is killed."""

    def __init__(self, job: Callable[..., None], *arguments: object) -> None:
        """`job` takes a way to say something, then the arguments; it never returns."""
        self._ear, mouth = _PROCESSES.Pipe(duplex=False)
        self._process = _PROCESSES.Process(target=job, args=(mouth.send, *arguments), daemon=True)
        self._process.start()
        # Only the child speaks: when it is dead, what it said comes to an end.
        mouth.close()

    def hear(self) -> object:
        """Wait for the next thing said; raises EOFError where the program has ended by itself."""
        return self._ear.recv()

    def kill(self) -> list[object]:
        """Kill it and return what it had said and nobody had heard yet."""
        self._process.kill()
        self._process.join()
        heard: list[object] = []
        # The last word may have been cut off.
        with contextlib.suppress(EOFError, OSError):
            while True:
                heard.append(self._ear.recv())
        return heard

    @property
    def is_alive(self) -> bool:
        """Tell whether it has not ended by itself."""
        return bool(self._process.is_alive())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self._process.close()
        self._ear.close()


def write(say: Callable[[object], None], path: Path, number: int, rounds: int, passphrase: str) -> None:
    """Add acts from a number on, and say each number when its act has returned."""
    cipher.ROUNDS = rounds  # type: ignore[misc]  # a constant but in tests
    database = Database.open(path, passphrase=passphrase)
    while True:
        with database.act("Added two"):
            for half in ("a", "b"):
                database.insert(
                    "unit", {"id": f"{number:06d}{half}", "name": "Chi bộ", "since": "2026-01-01"}
                )
        say(number)
        number += 1
        if number % 7 == 0:
            database.rest()


def protect(
    say: Callable[[object], None], path: Path, rounds: int, before: str, passphrases: Sequence[str]
) -> None:
    """Set each passphrase in turn, empty for none, and say so when that has returned."""
    cipher.ROUNDS = rounds  # type: ignore[misc]  # as above
    database = Database.open(path, passphrase=before)
    say("open")
    while True:
        for passphrase in passphrases:
            database.change_key(cipher.fresh_key(passphrase) if passphrase else None)
            say("changed")


def acts_after_a_kill(path: Path, acts: int, passphrase: str, chance: random.Random) -> int:
    """Let a program add acts to a book until it is killed; return how many there are then; raises Lost."""
    with Victim(write, path, acts + 1, cipher.ROUNDS, passphrase) as writer:
        said = [writer.hear()]
        time.sleep(chance.uniform(0, 0.06))
        said += writer.kill()
    acknowledged = max(number for number in said if isinstance(number, int))
    with Database.open(path, passphrase=passphrase) as database:
        found = [row["id"] for row in database.rows("select id from unit order by id")]
        entries = len(database.acts(1_000_000))
        _check_file(database)
    count = len(found) // 2
    # The last act may have been written without its word having come out.
    _check(count in {acknowledged, acknowledged + 1}, f"{acknowledged} acts acknowledged, {count} found")
    _check(found == [f"{n:06d}{half}" for n in range(1, count + 1) for half in "ab"], "an act is not whole")
    _check(entries == count, f"{count} acts, {entries} in the history")
    return count


def opened_after_a_kill(path: Path, passphrases: Sequence[str], chance: random.Random) -> str:
    """Kill a program that protects a book in turns; return which passphrase then opens it; raises Lost."""
    turns = ("", *passphrases)
    before = way_in(path, passphrases)
    with Victim(protect, path, cipher.ROUNDS, before, turns) as changer:
        _check(changer.hear() == "open", "the book does not open")
        changes = chance.randrange(len(turns) + 1)
        _check(all(changer.hear() == "changed" for _ in range(changes)), "the passphrase cannot be changed")
        time.sleep(chance.uniform(0, 0.15))
        changes += changer.kill().count("changed")
    # What was acknowledged last, or what came after it and had not said so yet.
    now = way_in(path, passphrases)
    last = turns[(changes - 1) % len(turns)] if changes else before
    _check(now in {last, turns[changes % len(turns)]}, "a passphrase that was set does not open the book")
    return now


def way_in(path: Path, passphrases: Sequence[str]) -> str:
    """Return which passphrase opens a book, empty if none is needed; raises Lost if none does."""
    salt = read_header(path).salt
    for passphrase in passphrases if salt else ("",):
        try:
            with Database.open(path, passphrase=passphrase) as database:
                _check_file(database)
        except WrongKey:
            continue
        return passphrase
    raise Lost("no passphrase opens the book")


def _check_file(database: Database) -> None:
    sql = connect(database.path, read_only=True, key=database.key)
    try:
        _check(sql.execute("pragma integrity_check").fetchall() == [("ok",)], "the file is not whole")
        _check(sql.execute("pragma foreign_key_check").fetchall() == [], "a reference leads nowhere")
        spoilt = sql.execute("pragma cipher_integrity_check").fetchall() if database.key else []
        _check(spoilt == [], "a page is not as it was encrypted")
    finally:
        sql.close()


def _check(holds: bool, what: str) -> None:  # noqa: FBT001 - one truth and what it means
    if not holds:
        raise Lost(what)


def main() -> None:
    """Run the rounds and print what was found; a loss ends it with the book left where it lies."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=40, help="how many programs to kill (40)")
    parser.add_argument("--seed", type=int, default=time.time_ns() % 10**6, help="to try the same again")
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 - moments to be killed at, no secret
    cipher.ROUNDS = QUICK_ROUNDS  # type: ignore[misc]  # here alone, and for the same reason as in the tests
    folder = Path(tempfile.mkdtemp(prefix="sochibo-kill-"))
    print(f"seed {given.seed}, books in {folder}", flush=True)
    changes = given.rounds // 5
    for passphrase in ("", PASSPHRASES[0]):
        path = folder / f"{'encrypted' if passphrase else 'plain'}.sochibo"
        Database.create(path, passphrase=passphrase).close()
        acts, rounds = 0, (given.rounds - changes) // 2
        for _ in range(rounds):
            acts = acts_after_a_kill(path, acts, passphrase, chance)
        print(f"{path.stem}: {rounds} kills, {acts} acts, 0 lost, every file whole", flush=True)
    ways = [opened_after_a_kill(path, PASSPHRASES, chance) for _ in range(changes)]
    plain = sum(not way for way in ways)
    print(f"passphrase: {changes} kills, {plain} left plain, {changes - plain} encrypted, every file whole")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
