"""EU DSS as a judge of seals: fetched once by Maven, every file of it known by its digest."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BASELINE", "PASSED", "STAMPED", "archives", "findings"]

JUDGES: Final = Path(__file__).parent / "judges"
FETCH: Final = "org.apache.maven.plugins:maven-dependency-plugin:3.6.0:copy-dependencies"
PASSED: Final = "TOTAL_PASSED"
BASELINE: Final = "PAdES-BASELINE-B"
STAMPED: Final = "PAdES-BASELINE-T"
UNKNOWN_ROOT: Final = "NO_CERTIFICATE_CHAIN_FOUND"
YES: Final = "yes"


def archives(folder: Path) -> Path | str:
    """Return the folder with all archives of DSS, fetched if they are not there, or why there is none."""
    if shutil.which("java") is None:
        return "Java is not installed"
    libraries = folder / "dss"
    if _is_whole(libraries):
        return libraries
    maven = shutil.which("mvn")
    if maven is None:
        return "Maven is not installed"
    shutil.rmtree(libraries, ignore_errors=True)
    pom = JUDGES / "pom.xml"
    command = [maven, "-q", "-B", "-f", str(pom), FETCH, f"-DoutputDirectory={libraries}"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        return "Maven could not fetch it"
    if not _is_whole(libraries):
        shutil.rmtree(libraries, ignore_errors=True)
        return "what was fetched is not what was expected, and was thrown away"
    return libraries


def findings(libraries: Path, files: Sequence[Path], trust: Path | None, shape: str = BASELINE) -> list[str]:
    """Return what DSS finds wrong with each file, `yes` where it passes and finds that shape of seal.

    Without trust it names no signer.
    """
    known = _trust_options(trust, libraries.parent) if trust else []
    command = ["java", "-cp", f"{libraries}/*", str(JUDGES / "Judge.java"), *known, *map(str, files)]
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False).stdout
    found: dict[str, list[str]] = {}
    for line in said.splitlines():
        if line.count("\t") == 3:  # noqa: PLR2004 - file, indication, sub-indication, format
            file, indication, why, found_shape = line.split("\t")
            sound = indication == PASSED or (trust is None and why == UNKNOWN_ROOT)
            wrong = "" if sound and found_shape == shape else f"{why or indication} {found_shape}".strip()
            found.setdefault(file, []).append(wrong)
    return [_said(found.get(str(file))) for file in files]


def _said(answers: list[str] | None) -> str:
    if answers is None:
        return "says nothing"
    return next((wrong for wrong in answers if wrong), YES)


def _is_whole(libraries: Path) -> bool:
    """Tell whether exactly the files of `jars.sha256` lie there."""
    lines = (JUDGES / "jars.sha256").read_text("utf-8").splitlines()
    wanted = {name: digest for digest, name in (line.split() for line in lines)}
    there = {path.name: path for path in libraries.glob("*.jar")} if libraries.is_dir() else {}
    return there.keys() == wanted.keys() and all(
        hashlib.sha256(path.read_bytes()).hexdigest() == wanted[name] for name, path in there.items()
    )


def _trust_options(trust: Path, folder: Path) -> list[str]:
    """Write the roots and lists of a trust file where DSS can read them; it takes lists only as DER."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    told = json.loads(trust.read_text("utf-8"))["trust"]
    options = []
    for number, root in enumerate(told["roots"]):
        file = folder / f"root-{number}.pem"
        file.write_text(root, "utf-8")
        options += ["--root", str(file)]
    for number, text in enumerate(told["revocation_lists"]):
        file = folder / f"list-{number}.der"
        file.write_bytes(x509.load_pem_x509_crl(text.encode()).public_bytes(Encoding.DER))
        options += ["--crl", str(file)]
    return options
