"""Ask five judges about sealed PDFs: our own, qpdf, poppler's pdfsig, veraPDF, and EU DSS.

Run by `packaging/run.py check pdf` with the Python of the environment. A judge that is not installed is
named as missing and does not count. The check fails when judges disagree: where our own accepts a file,
all must; where it refuses one (the demo holds a changed file), poppler must refuse its signature too.

Then one sealed file is attacked in every way that the tests know: our own judge must accept none. The
others only tell what they see: bytes after the end, or in the padding of the seal, are nothing to a judge
who asks about the signed bytes alone, and poppler asks about nothing else.

At last papers are sealed with time stamps: there EU DSS must find PAdES-BASELINE-T.
"""

from __future__ import annotations

import hashlib
import importlib
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import dss
import stamped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TOOLS: Final = Path(__file__).parents[1] / "build" / "tools"
VERAPDF: Final = "1.28.2"
VERAPDF_SHA256: Final = "687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6"
COPY_PLUGIN: Final = "org.apache.maven.plugins:maven-dependency-plugin:3.6.0:copy"
MISSING: Final = "missing"
YES: Final = "yes"
UNSEALED: Final = "unsealed"
UNVOUCHED: Final = "unvouched"
"""What EU DSS says of a request to be enrolled: its key is its own root, since nobody vouches for it yet."""
TRUST: Final = "trust.json"
TAMPERING: Final = Path(__file__).parents[1] / "tests" / "helpers" / "tampering.py"


@dataclass(frozen=True)
class Row:
    """What the judges say of one file: `yes`, `missing`, `unsealed`, `unvouched`, or what is wrong."""

    file: str
    ours: str
    qpdf: str
    pdfsig: str
    verapdf: str
    dss: str = MISSING

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the answers in the order of the columns."""
        return (self.ours, self.qpdf, self.pdfsig, self.verapdf, self.dss)

    @property
    def agreed(self) -> bool:
        """Tell whether the judges that are there agree."""
        if self.ours in {YES, UNSEALED}:
            return set(self.answers) <= {YES, MISSING, UNSEALED, UNVOUCHED}
        return self.pdfsig != YES


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program and keep what it says."""
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, encoding="utf-8", check=False
    )


def ours(file: Path) -> str:
    """Return what our own judge finds wrong with the file, whoever signed it."""
    from sochibo.messages import Messages
    from sochibo.sealing.seals import judge

    pdf = file.read_bytes()
    judged = judge(pdf, None, datetime.now(tz=UTC).date())
    if judged.seal and judged.seal.claimed_at:
        # As on the day of sealing: neither a sample from the future nor an expired key is the matter here.
        judged = judge(pdf, None, judged.seal.claimed_at.date())
    verdict = judged.verdict
    return YES if verdict.code == "V17" else f"{verdict.code} {verdict.sentence(Messages('en'))}"


def is_request(file: Path) -> bool:
    """Tell whether a file asks a committee to enrol a key."""
    from sochibo.rules.reports import ReportKind
    from sochibo.sealing.seals import judge

    envelope = judge(file.read_bytes(), None, datetime.now(tz=UTC).date()).envelope
    return envelope is not None and envelope.kind is ReportKind.ENROLMENT


def qpdf(file: Path) -> str:
    """Return what qpdf finds wrong with the syntax."""
    program = shutil.which("qpdf")
    if program is None:
        return MISSING
    ended = run(program, "--check", file)
    return YES if ended.returncode == 0 else _last_line(ended.stdout + ended.stderr)


def pdfsig(file: Path) -> str:
    """Return what poppler finds wrong with the signatures; whose they are is not asked."""
    program = shutil.which("pdfsig")
    if program is None:
        return MISSING
    said = run(program, "-nocert", file).stdout
    verdicts = re.findall(r"Signature Validation: (.*)", said)
    wrong = [verdict for verdict in verdicts if verdict != "Signature is Valid."]
    if wrong or not verdicts:
        return wrong[0] if wrong else "finds no signature"
    return YES if "Total document signed" in said else "no signature covers the whole file"


def verapdf() -> Path | str:
    """Return veraPDF's archive, fetched once into build/tools by Maven, or why there is none."""
    if shutil.which("java") is None:
        return "Java is not installed"
    archive = TOOLS / f"greenfield-apps-{VERAPDF}.jar"
    if not archive.is_file():
        maven = shutil.which("mvn")
        if maven is None:
            return "Maven is not installed"
        artifact = f"-Dartifact=org.verapdf.apps:greenfield-apps:{VERAPDF}"
        ended = run(maven, "-q", "-B", COPY_PLUGIN, artifact, f"-DoutputDirectory={TOOLS}")
        if ended.returncode != 0 or not archive.is_file():
            return "Maven could not fetch it"
    if hashlib.sha256(archive.read_bytes()).hexdigest() != VERAPDF_SHA256:
        archive.unlink()
        return "the archive fetched is not the one expected, and was thrown away"
    return archive


def conformance(archive: Path, files: Sequence[Path]) -> list[str]:
    """Return what veraPDF finds wrong with each file as PDF/A-3b, signed as it is.

    All at once, because Java takes its time to start. Its own main class opens a window; this one does not.
    """
    main = "org.verapdf.apps.GreenfieldCliWrapper"
    ended = run("java", "-cp", archive, main, "-f", "3b", "--format", "text", "-v", *files)
    found: dict[str, str] = {}
    current = ""
    for line in ended.stdout.splitlines():
        if match := re.match(r"(PASS|FAIL) (.*) 3b$", line):
            current = str(Path(match[2]).resolve())
            found[current] = YES if match[1] == "PASS" else "FAIL"
        elif current and found[current] == "FAIL" and line.strip():
            found[current] = line.strip()
    return [found.get(str(file.resolve()), "says nothing") for file in files]


def table(rows: Sequence[Row]) -> str:
    """Draw the rows as columns."""
    lines: list[tuple[str, ...]] = [("file", "own judge", "qpdf", "pdfsig", "veraPDF 3b", "EU DSS")]
    lines += [(row.file, *row.answers) for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    padded = (
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    )
    return "\n".join(line.rstrip() for line in padded)


def check(files: Sequence[Path]) -> int:
    """Print the table; 1 if the judges disagree, or if no file bears a seal that holds."""
    rows = judged(files)
    print(table(rows))
    disagreed = [row.file for row in rows if not row.agreed]
    for name in disagreed:
        print(f"The judges disagree about {name}.")
    sound = [file for file, row in zip(files, rows, strict=True) if row.ours == YES]
    if not sound:
        print("No file bears a seal that holds.")
        return 1
    if TAMPERING.is_file() and shutil.which("java"):
        disagreed += attacked(sound[0])
        disagreed += with_stamps()
    return 1 if disagreed else 0


def with_stamps() -> list[str]:
    """Seal papers with time stamps and print what each judge says; returns those on which they disagree."""
    folder = TOOLS.parent / "stamped"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rows = judged(stamped.make(folder), dss.STAMPED)
    print(f"\nWith time stamps:\n{table(rows)}")
    disagreed = [row.file for row in rows if row.ours != YES or not row.agreed]
    for name in disagreed:
        print(f"The judges disagree about {name}.")
    return disagreed


def judged(files: Sequence[Path], shape: str = dss.BASELINE) -> list[Row]:
    """Ask every judge about every file; the slow ones about all at once. `shape` is what DSS is to find."""
    archive = verapdf()
    conform = _answers("veraPDF", archive, lambda there: conformance(there, files), len(files))
    near = (files[0].parent / TRUST, files[0].parent.parent / TRUST)
    trust = next((file for file in near if file.is_file()), None)
    libraries = dss.archives(TOOLS)
    seals = _answers("EU DSS", libraries, lambda there: dss.findings(there, files, trust, shape), len(files))
    rows = []
    for file, answer, seal in zip(files, conform, seals, strict=True):
        sealed = b"/ByteRange" in file.read_bytes()
        by_us, by_poppler, by_dss = (ours(file), pdfsig(file), seal) if sealed else (UNSEALED,) * 3
        if by_us == YES and by_dss.startswith("NO_CERTIFICATE_CHAIN_FOUND") and is_request(file):
            by_dss = UNVOUCHED
        rows.append(Row(file.name, by_us, qpdf(file), by_poppler, answer, by_dss))
    return rows


def attacked(file: Path) -> list[str]:
    """Attack a sealed file and print what each judge says; returns the attacks that our own judge accepts."""
    sys.path.insert(0, str(TAMPERING.parent))
    tampering = importlib.import_module("tampering")
    folder = TOOLS.parent / "attacks"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    made = []
    for name in sorted(set(tampering.__all__) - {"code", "flip"}):
        made.append(folder / f"{name}.pdf")
        made[-1].write_bytes(getattr(tampering, name)(file.read_bytes()))
    for near in (file.parent / TRUST, file.parent.parent / TRUST):
        if near.is_file():
            shutil.copy(near, folder)
    rows = judged(made)
    print(f"\n{file.name}, attacked:\n{table(rows)}")
    accepted = [row.file for row in rows if row.ours == YES]
    for name in accepted:
        print(f"Our own judge accepts {name}.")
    return accepted


def _answers(judge: str, there: Path | str, ask: Callable[[Path], list[str]], count: int) -> list[str]:
    if isinstance(there, Path):
        return ask(there)
    print(f"{judge} is left out: {there}.")
    return [MISSING] * count


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "fails"


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit("Name the PDFs to check.")
    sys.exit(check([Path(name) for name in sys.argv[1:]]))
