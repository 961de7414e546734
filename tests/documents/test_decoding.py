"""Decoding in many threads at once."""

from __future__ import annotations

import subprocess
import sys

ROUNDS = """
import sys
from dataclasses import make_dataclass
from threading import Barrier, Thread

from sochibo.documents import decoding

sys.setswitchinterval(1e-6)
THREADS = 6
for number in range(60):
    inner = make_dataclass("Inner", [(f"field_{n}", int) for n in range(12)])
    outer = make_dataclass("Outer", [(f"part_{n}", inner) for n in range(6)])
    part = {f"field_{n}": n for n in range(12)}
    data = {f"part_{n}": part for n in range(6)}
    start, made = Barrier(THREADS), []

    def run():
        start.wait()
        made.append(decoding.convert(data, outer))

    threads = [Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == THREADS
print("whole")
"""


def test_records_that_nobody_has_met_are_decoded_by_many_threads_at_once() -> None:
    """In a process of its own: without the lock msgspec 0.22 ends it."""
    done = subprocess.run(
        [sys.executable, "-c", ROUNDS], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "whole"), done.stderr
