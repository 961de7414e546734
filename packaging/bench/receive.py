"""What does a committee pay for one more file? Receiving a few, then twice as many, beside judging one."""

from __future__ import annotations

import tempfile
import time
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sochibo.commands.samples import books
from sochibo.documents.papers import assemble
from sochibo.rules.dates import Month
from sochibo.sealing.seals import judge, seal
from sochibo.sealing.trust import read_trust

if TYPE_CHECKING:
    from collections.abc import Callable

FEW, MANY = 6, 12


def main() -> None:
    """Print the time for each file received as a multiple of judging it alone."""
    month = Month(2026, 10)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stick = folder / "stick"
        stick.mkdir()
        with books.make_committee(folder / "committee.sochibo") as committee:
            with books.make_neighbour(folder / f"{books.NEIGHBOURS[0]}.sochibo", (month,)) as cell:
                books.enrol(cell, committee)
                sealed = books.send_summary(cell, month, stick).read_bytes()
                key = cell.reports.open_key(books.CELL_PASSPHRASE)
            trust = read_trust(committee.authority.trust_file(), "trust.json")
            one = partial(judge, sealed, trust, books.NOW.date())
            envelope = one().envelope
            if envelope is None:
                raise SystemExit("The sample file cannot be read.")
            alone = min(seconds_of(one) for _ in range(FEW))
            paper = assemble(envelope)
            for count in (FEW, MANY):
                batch = folder / str(count)
                batch.mkdir()
                for number in range(count):
                    # Sealed at other minutes, so that each is a file of its own.
                    later = books.NOW + timedelta(minutes=count + number)
                    (batch / f"{number}.pdf").write_bytes(seal(paper, key, "secretary", later))
                later = books.NOW + timedelta(days=1)
                taken = seconds_of(partial(committee.inbox.receive, [batch], later))
                print(f"{count:3} files: {taken / count / alone:5.2f} × judging one alone, each")


def seconds_of(act: Callable[[], object]) -> float:
    """Return how long an act takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
