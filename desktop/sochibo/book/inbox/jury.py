"""Judging files: a few at once in this process, a whole delivery in processes of their own.

A process for each core makes a thousand files a matter of a minute, keeps the window drawn meanwhile, and
lets no file that brings a library down take the program with it.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo import faults, files
from sochibo.book.inbox.received_files import SIZE_LIMIT, keep
from sochibo.book.inbox.received_keys import Keys
from sochibo.sealing.trust import Trust

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from sochibo.sealing.seals import Judgement

__all__ = ["MANY", "Bench", "judge_each", "read_and_judge"]

MANY: Final = 32
"""From so many files on processes save more than they cost: each loads its libraries first, 25 files' time.

Two gain from a dozen files on where this process has not loaded them either, from 50 on where it has.
"""

MOST_PROCESSES: Final = 4
"""Each takes about 150 MB with its libraries, and the office PC has 4 GB."""

_AHEAD: Final = 4
"""Files given out to each process at a time, so that none waits for the next one."""

_LOOK_AGAIN: Final = 0.1
"""Seconds after which the window is drawn although no file is done."""


@dataclass(frozen=True, slots=True)
class Bench:
    """All that judging one file needs besides the file: whom to trust, the day, and how files are kept."""

    trust: Trust | None
    today: date
    folder: Path
    keys: Keys = field(default_factory=Keys)


def read_and_judge(bench: Bench, path: Path) -> Judgement | None:
    """Read a file whole, judge it, and keep it beside the book; None where it alone cannot be read.

    One that is too large is not even read to its end, so it has no digest and is not kept.

    Raises NotReadable where its folder has gone (a stick pulled out), or a fault of the place where files are
    kept.
    """
    from sochibo.sealing.seals import Judgement, judge
    from sochibo.sealing.verdicts import verdict

    try:
        content = files.read_whole(path, SIZE_LIMIT)
    except files.TooLarge:
        return Judgement(verdict("V23"), sha256="")
    except faults.NotReadable:
        if not path.parent.is_dir():
            raise
        return None
    judgement = judge(content, bench.trust, bench.today)
    keep(bench.folder, content, bench.keys)
    return judgement


def judge_each(
    bench: Bench,
    paths: Sequence[Path],
    progress: Callable[[int], bool],
    work: Callable[[Bench, Path], Judgement | None] = read_and_judge,
    *,
    many: int | None = None,
) -> Iterator[tuple[int, Judgement | None]]:
    """Judge files and yield each with its position as it is done, in any order.

    `progress` is told how many are done, also now and then while none gets done, and returns False to stop.
    `work` is a function of a module, since other processes look it up by name. Raises what `work` raises.
    """
    if len(paths) < (MANY if many is None else many):
        yield from _one_by_one(bench, paths, progress, work)
        return
    done: set[int] = set()
    try:
        for position, judgement in _side_by_side(bench, paths, progress, work):
            done.add(position)
            yield position, judgement
    except BrokenProcessPool:
        left = {position: path for position, path in enumerate(paths) if position not in done}
        yield from _alone(bench, left, len(done), progress, work)


def _one_by_one(
    bench: Bench,
    paths: Sequence[Path],
    progress: Callable[[int], bool],
    work: Callable[[Bench, Path], Judgement | None],
) -> Iterator[tuple[int, Judgement | None]]:
    for position, path in enumerate(paths):
        yield position, work(bench, path)
        if not progress(position + 1):
            return


def _side_by_side(
    bench: Bench,
    paths: Sequence[Path],
    progress: Callable[[int], bool],
    work: Callable[[Bench, Path], Judgement | None],
) -> Iterator[tuple[int, Judgement | None]]:
    """Judge files in one process for each core, giving out no more at a time than keeps them busy.

    Looking after a thousand promises at once costs more than keeping one of them.
    """
    count = min(MOST_PROCESSES, os.cpu_count() or 1)
    pool = _processes(count, bench, work)
    left = iter(enumerate(paths))
    waiting: dict[Future[Judgement | None], int] = {}
    done = 0
    try:
        while progress(done):
            for position, path in islice(left, count * _AHEAD - len(waiting)):
                waiting[pool.submit(_at_the_bench, path)] = position
            if not waiting:
                break
            for future in wait(waiting, _LOOK_AGAIN, FIRST_COMPLETED).done:
                judgement = future.result()
                yield waiting.pop(future), judgement
                done += 1
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _alone(
    bench: Bench,
    left: Mapping[int, Path],
    done: int,
    progress: Callable[[int], bool],
    work: Callable[[Bench, Path], Judgement | None],
) -> Iterator[tuple[int, Judgement | None]]:
    """Judge what is left one at a time in a process that may fall: only the guilty file goes unread.

    Where no process can even begin, by whatever guards this PC, the files are judged in this one.
    """
    pool = _processes(1, bench, work)
    try:
        begins = _begins(pool)
        for number, (position, path) in enumerate(left.items(), done + 1):
            try:
                yield position, pool.submit(_at_the_bench, path).result() if begins else work(bench, path)
            except BrokenProcessPool:
                pool.shutdown(wait=True)
                pool = _processes(1, bench, work)
                begins = _begins(pool)
                yield position, None
            if not progress(number):
                return
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _processes(
    count: int, bench: Bench, work: Callable[[Bench, Path], Judgement | None]
) -> ProcessPoolExecutor:
    """Return processes that begin anew: a copy of one with a window or threads may stop for ever.

    Each is told once whom to trust, which is long for a province, and then only which file is next.
    """
    return ProcessPoolExecutor(
        count, multiprocessing.get_context("spawn"), initializer=_sit_down, initargs=(bench, work)
    )


_SEATS: Final[list[tuple[Bench, Callable[[Bench, Path], Judgement | None]]]] = []
"""In a process that judges: what it was told when it began."""


def _sit_down(bench: Bench, work: Callable[[Bench, Path], Judgement | None]) -> None:
    _SEATS.append((bench, work))


def _begins(pool: ProcessPoolExecutor) -> bool:
    try:
        return pool.submit(bool, True).result()
    except BrokenProcessPool:
        return False


def _at_the_bench(path: Path) -> Judgement | None:
    bench, work = _SEATS[-1]
    return work(bench, path)
