"""What sealing, verifying and adding up cost beside other programs: ratios within one run.

A year of summaries of many cells is sealed once and kept under build/ (`--files 1000`). Ours, bare pyHanko
and `pdfsig` then judge the same files by turns, fifty at a time, each in a process of its own, and the
seconds of processor that each used are compared, since other programs may be at work beside. Then a
committee's book receives all of them on one process and on one for each core. `--own 1000` judges that many
files of our own with random content, of which none may be refused; `--cells 60` adds up as many cells over
twenty years.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "helpers"))

import deliveries  # noqa: E402 - lies where the path above leads
import keys  # noqa: E402 - as above
import random_reports  # noqa: E402 - as above

from sochibo.book.book import Book  # noqa: E402 - as above
from sochibo.book.inbox import jury  # noqa: E402 - after the path, like the rest
from sochibo.documents.papers import assemble  # noqa: E402 - as above
from sochibo.sealing.seals import judge, seal  # noqa: E402 - as above

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TURN: Final = 50
"""Files that one side judges before another has its turn."""
FEW: Final = 8
THOUSAND: Final = 1000


def main() -> int:
    """Print the ratios; 1 where one of our own files was not accepted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=48)
    parser.add_argument("--own", type=int, default=20)
    parser.add_argument("--cells", type=int, default=6)
    asked = parser.parse_args()
    _compare_sealing()
    made = deliveries.make_delivery(ROOT / "build" / "bench" / f"delivery-{asked.files}", asked.files)
    bare = _compare_judging(made)
    wrong = _receive(made, "one process", asked.files + 1, bare)
    wrong |= _receive(made, "each core one", 1, bare)
    _add_up(asked.cells)
    return int(wrong | _own(asked.own))


def _compare_sealing() -> None:
    drawing, sealing = [], []
    for seed in range(FEW):
        envelope = random_reports.random_summary(seed)
        drawing.append(_seconds(partial(assemble, envelope)))
        paper = assemble(envelope)
        sealing.append(_seconds(partial(seal, paper, keys.cell_key(), "secretary", keys.NOW)))
    print(f"sealing one summary, verified before it leaves: {min(sealing) / min(drawing):.2f} × drawing it")


def _compare_judging(made: deliveries.Delivery) -> float:
    """Let the three sides judge by turns; return the seconds of bare pyHanko."""
    paths = sorted(made.stick.iterdir())
    with Book.open(made.committee, read_only=True) as book:
        trust = book.trust.current()
    sides: dict[str, Callable[[Path], object]] = {"bare pyHanko": _bare}
    if program := shutil.which("pdfsig"):
        sides["pdfsig"] = partial(_pdfsig, program)
    spent: defaultdict[str, float] = defaultdict(float)
    with tempfile.TemporaryDirectory() as kept, ExitStack() as processes:
        bench = jury.Bench(trust, deliveries.RECEIVED.date(), Path(kept))
        sides["ours"] = partial(jury.read_and_judge, bench)
        alone = {name: processes.enter_context(_process()) for name in sides}
        for name, side in sides.items():
            # The first file pays for loading the libraries, once a run and not once a file.
            alone[name].submit(_used, side, paths[:1]).result()
        for start in range(0, len(paths), TURN):
            for name, side in sides.items():
                spent[name] += alone[name].submit(_used, side, paths[start : start + TURN]).result()
        memory = alone["ours"].submit(_memory).result()
    for name in sides:
        if name != "ours":
            print(f"judging {len(paths)} files: {spent['ours'] / spent[name]:.2f} × {name}")
    print(
        f"judging one file: {spent['ours'] / len(paths) * 1000:.0f} ms here; a judging process: {memory} MB"
    )
    return spent["bare pyHanko"]


def _receive(made: deliveries.Delivery, how: str, many: int, bare: float) -> bool:
    """Let a committee's book receive all; tell whether any file was not accepted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / made.committee.name
        shutil.copyfile(made.committee, path)
        jury.MANY = many  # type: ignore[misc]  # here alone, to see both ways
        before, start = _processor(), time.perf_counter()
        with Book.open(path) as book:
            main = time.process_time()
            received = book.inbox.receive([made.stick], deliveries.RECEIVED)
            main = time.process_time() - main
        took, used = time.perf_counter() - start, _processor() - before
    codes = Counter(one.verdict.code for one in received)
    print(
        f"receiving {len(received)} files, {how}: {used / bare:.2f} × bare pyHanko, of it {main / bare:.2f} ×"
        f" in the book's own process; {took:.1f} s here, {took / len(received) * THOUSAND:.0f} s for 1,000;"
        f" verdicts {dict(codes)}"
    )
    return set(codes) != {"V00"}


def _add_up(cells: int) -> None:
    # The folder of this program stands first on the path of imports.
    import rollup  # type: ignore[import-not-found]

    rollup.measure(cells)


def _own(count: int) -> bool:
    """Judge files of our own with random content; tell whether one was refused."""
    seeds = range(count)
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn")) as pool:
        codes = pool.map(_own_verdict, seeds, chunksize=8)
        refused = [(seed, code) for seed, code in zip(seeds, codes, strict=True) if code != "V00"]
    print(f"own files with random content: {count}, not accepted: {refused or 0}")
    return bool(refused)


def _own_verdict(seed: int) -> str:
    paper = assemble(random_reports.random_summary(seed))
    sealed = seal(paper, keys.cell_key(), "secretary", keys.NOW)
    return judge(sealed, keys.trust(keys.registered(keys.cell_key())), keys.DAY).verdict.code


def _bare(path: Path) -> None:
    """Validate as the library's own examples do: no rule of ours, no data, no page."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    signature = PdfFileReader(io.BytesIO(path.read_bytes())).embedded_regular_signatures[0]
    validate_pdf_signature(
        signature, ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    )


def _pdfsig(program: str, path: Path) -> None:
    subprocess.run([program, "-nocert", path], check=False, capture_output=True)


def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))


def _used(side: Callable[[Path], object], paths: Sequence[Path]) -> float:
    """Return the seconds of processor that a side used, with the programs that it started."""
    before = _processor()
    for path in paths:
        side(path)
    return _processor() - before


def _processor() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def _memory() -> int:
    """Return the most memory that this process ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
