"""Is anything lost when the program is killed? Acts acknowledged by a program that is killed at any moment.

A program adds acts to a book and says the number of each when it has returned; it is killed (SIGKILL, or
TerminateProcess) at a random moment; the book is opened again, every page and reference is checked, and
every act that was acknowledged must be there, whole, in its place, and in the history. Half of the rounds
use a plain book, half an encrypted one. Then a program that sets, changes and removes the passphrase in turns
is killed in the middle of that. A killed program is no power cut: what a disk itself loses is not seen here.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo.storage.engine import cipher
from sochibo.storage.engine.connection import WrongKey, connect, read_header
from sochibo.storage.engine.database import Database

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["acts_after_a_kill", "opened_after_a_kill"]

PASSPHRASES: Final = ("lúa chín vàng đồng", "trăng rằm tháng tám")
QUICK_ROUNDS: Final = 1_000
"""Rounds of key derivation: the real ones only make the programs start more slowly."""

WRITE: Final = """
import pathlib, sys
from sochibo.storage.engine import cipher
from sochibo.storage.engine.database import Database
path, cipher.ROUNDS, number, passphrase = pathlib.Path(sys.argv[1]), *map(int, sys.argv[2:4]), sys.argv[4]
database = Database.open(path, passphrase=passphrase)
while True:
    with database.act("Added two"):
        for half in ("a", "b"):
            database.insert("unit", {"id": f"{number:06d}{half}", "name": "Chi bộ", "since": "2026-01-01"})
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
    number += 1
    if number % 7 == 0:
        database.rest()
"""

PROTECT: Final = """
import pathlib, sys
from sochibo.storage.engine import cipher
from sochibo.storage.engine.database import Database
path, cipher.ROUNDS, passphrases = pathlib.Path(sys.argv[1]), int(sys.argv[2]), sys.argv[4:]
database = Database.open(path, passphrase=sys.argv[3])
print("open", flush=True)
while True:
    for passphrase in passphrases:
        database.change_key(cipher.fresh_key(passphrase) if passphrase else None)
        print("changed", flush=True)
"""


class Lost(Exception):
    """What a killed program was promised does not hold."""


def acts_after_a_kill(path: Path, acts: int, passphrase: str, chance: random.Random) -> int:
    """Let a program add acts to a book until it is killed; return how many there are then; raises Lost."""
    with _start(WRITE, path, str(acts + 1), passphrase) as writer:
        said = [_line(writer)]
        time.sleep(chance.uniform(0, 0.06))
        writer.kill()
        # Without its end of line a number may be the beginning of another.
        said += (writer.stdout.read() if writer.stdout else "").split("\n")[:-1]
    acknowledged = max(map(int, said))
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
    with _start(PROTECT, path, before, *turns) as changer:
        _check(_line(changer) == "open", "the book does not open")
        changes = chance.randrange(len(turns))
        _check(all(_line(changer) == "changed" for _ in range(changes)), "the passphrase cannot be changed")
        time.sleep(chance.uniform(0, 0.15))
        changer.kill()
        changes += (changer.stdout.read() if changer.stdout else "").count("changed\n")
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


def _start(program: str, path: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, str(path), str(cipher.ROUNDS), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def _line(program: subprocess.Popen[str]) -> str:
    return (program.stdout.readline() if program.stdout else "").strip()


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
