"""What sealing and verifying cost beside other programs: ratios within one run, no absolute times.

One summary is sealed; then as many files as asked (`--files 1000`) are received by a committee on one process
and on as many as the PC has cores, beside bare pyHanko and beside `pdfsig` over the same files. `--own 1000`
judges that many files of our own with random content, of which none may be refused.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo.book import jury
from sochibo.documents.papers import assemble
from sochibo.sealing.seals import judge, seal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sochibo.sealing.trust import Trust

DIFFERENT: Final = 12
sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "helpers"))


def main() -> int:
    """Print the ratios; 1 where one of our own files was not accepted."""
    import keys
    import random_reports

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=48)
    parser.add_argument("--own", type=int, default=20)
    asked = parser.parse_args()
    trust = keys.trust(keys.registered(keys.cell_key()))
    made = []
    with tempfile.TemporaryDirectory() as name:
        batch = Path(name) / "batch"
        batch.mkdir()
        drawing, sealing = [], []
        for seed in range(min(DIFFERENT, asked.files)):
            envelope = random_reports.random_summary(seed)
            drawing.append(_seconds(partial(assemble, envelope)))
            paper = assemble(envelope)
            sealing.append(_seconds(partial(seal, paper, keys.cell_key(), "secretary", keys.NOW)))
            made.append(seal(paper, keys.cell_key(), "secretary", keys.NOW))
        print(f"sealing one summary: {min(sealing) / min(drawing):.2f} × drawing it")
        for number in range(asked.files):
            (batch / f"{number:05d}.pdf").write_bytes(made[number % len(made)])
        _compare(batch, jury.Bench(trust, keys.DAY, Path(name) / "kept"), asked.files)
    return _own(asked.own, trust)


def _compare(batch: Path, bench: jury.Bench, count: int) -> None:
    paths = sorted(batch.iterdir())

    def run(many: int, chosen: Sequence[Path] = paths) -> None:
        done = list(jury.judge_each(bench, chosen, lambda _done: True, many=many))
        if len(done) != len(chosen) or any(judged is None or not judged.envelope for _, judged in done):
            raise SystemExit("Not every file was judged.")

    def each(act: Callable[[Path], None]) -> None:
        for path in paths:
            act(path)

    bare = _seconds(partial(each, _bare))
    one = _seconds(partial(run, count + 1))
    starting = _seconds(partial(run, 1, paths[:2]))
    pool = _seconds(partial(run, 1))
    print(f"{count} files, one process:   {one / bare:5.2f} × bare pyHanko")
    print(f"{count} files, each core one: {pool / bare:5.2f} × bare pyHanko, {pool / one:.2f} × one process")
    if shutil.which("pdfsig"):
        other = _seconds(partial(each, _pdfsig))
        print(
            f"{count} files, one process:   {one / other:5.2f} × pdfsig, which compares no page with its data"
        )
    whole = starting + max(0.0, pool - starting) / count * 1000
    print(f"1,000 files would take about {whole:.0f} s here, {starting:.0f} s of it to begin")


def _bare(path: Path) -> None:
    """Validate as the library's own examples do: no rule of ours, no data, no page."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    signature = PdfFileReader(io.BytesIO(path.read_bytes())).embedded_regular_signatures[0]
    validate_pdf_signature(
        signature, ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    )


def _pdfsig(path: Path) -> None:
    program = shutil.which("pdfsig") or "pdfsig"
    subprocess.run([program, "-nocert", path], check=False, capture_output=True)


def _own(count: int, trust: Trust) -> int:
    """Judge files of our own with random content."""
    import keys
    import random_reports

    refused = []
    for seed in range(count):
        paper = assemble(random_reports.random_summary(seed))
        verdict = judge(seal(paper, keys.cell_key(), "secretary", keys.NOW), trust, keys.DAY).verdict
        if verdict.code != "V00":
            refused.append((seed, verdict.code))
    print(f"own files with random content: {count}, not accepted: {refused or 0}")
    return 1 if refused else 0


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
