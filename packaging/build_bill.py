"""What is in a release: CycloneDX bill, licences, sums, release notes."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from email.parser import Parser
from typing import TYPE_CHECKING, Any, Final

import build_sources
import notices
import readiness
from environment import ROOT
from notices import Part
from system import SetupFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from environment import Environment

OUT: Final = ROOT / "build" / "release"
_NAMESPACE: Final = uuid.UUID("6B0A5C1E-7C0C-4C1B-9C86-50C41B0F0A11")
_CLASSIFIED: Final = {
    "BSD License": "BSD-3-Clause", "MIT License": "MIT", "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0", "zlib/libpng License": "Zlib",
    "Historical Permission Notice and Disclaimer (HPND)": "HPND",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
}  # fmt: skip

_READ: Final = {
    "click-default-group": "BSD-3-Clause",
    "pypdfium2": "(Apache-2.0 OR BSD-3-Clause) AND BSD-3-Clause",
    "sqlcipher3": "Zlib AND BSD-3-Clause",
    "sqlite-fts4": "Apache-2.0",
}
"""What a person read in the texts of those whose metadata name no licence in the usual way."""


def parts(environment: Environment, target: str) -> list[Part]:
    """Return all that a finished program for one system is made of."""
    return whole([_of_wheel(each) for each in build_sources.wheels(environment, target)], target)


def whole(libraries: Iterable[Part], target: str) -> list[Part]:
    """Return the libraries with what is not one, each with what was linked into it."""
    found = (*libraries, *_others(target))
    return [replace(part, inside=(*part.inside, *notices.linked_into(part.name))) for part in found]


def _crates(bill: bytes) -> tuple[Part, ...]:
    """Return what was linked into a library written in Rust, as its own bill inside the wheel says."""
    found: list[Part] = []
    for each in json.loads(bill).get("components", ()):
        purl = each.get("purl", "").partition("?")[0]
        if purl.startswith("pkg:cargo/"):
            named = [one["expression"] for one in each.get("licenses", ()) if "expression" in one]
            licence = named[0] if named else "see its source"
            texts = notices.kept(each["name"])
            found.append(Part(each["name"], each.get("version", ""), licence, purl, "", texts))
    return tuple(found)


def _of_wheel(wheel: Path) -> Part:
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" in name and not name.endswith("/")]
        told = {name.partition(".dist-info/")[2]: archive.read(name) for name in names}
    return described(told, hashlib.sha256(wheel.read_bytes()).hexdigest())


def described(told: Mapping[str, bytes], digest: str) -> Part:
    """Return a part as the files of its `.dist-info` tell of it."""
    metadata = Parser().parsestr(told["METADATA"].decode())
    name, version = metadata["Name"].lower().replace("_", "-"), metadata["Version"]
    texts = tuple(
        (place, told[place].decode("utf-8", "replace"))
        for place in sorted(told)
        if re.search(r"licen[cs]e|copying|notice|authors", place, re.IGNORECASE)
    )
    bills = [told[place] for place in sorted(told) if place.startswith("sboms/") and place.endswith(".json")]
    return Part(
        name,
        version,
        _READ.get(name) or _licence(metadata),
        f"pkg:pypi/{name}@{version}",
        digest,
        texts or notices.kept(name),
        tuple(crate for bill in bills for crate in _crates(bill)),
    )


def _licence(metadata: Any) -> str:  # noqa: ANN401 - an email message, which is what metadata are
    expression = metadata["License-Expression"] or ""
    if expression:
        return str(expression)
    classes = [
        _CLASSIFIED.get(each.rsplit(" :: ", 1)[-1], each.rsplit(" :: ", 1)[-1])
        for each in metadata.get_all("Classifier") or ()
        if each.startswith("License :: ") and each.count(" :: ") > 1
    ]
    short = (metadata["License"] or "").strip().splitlines()
    return " OR ".join(classes) or (short[0] if short and len(short[0]) < 60 else "see its text")  # noqa: PLR2004 - a name, not a text


def _others(target: str) -> list[Part]:
    """Return what does not come as a wheel of the lock."""
    python = (("PSF-2.0", notices.text("PSF-2.0")),)
    debian, windows = build_sources.PINS["debian"], build_sources.PINS["windows-python"]
    fonts = ROOT / "resources" / "fonts"
    icons = ROOT / "resources" / "icons"
    made = [
        Part(
            "cpython-library", debian["version"], "PSF-2.0",
            f"pkg:deb/debian/libpython3.11-stdlib@{debian['version']}?arch=amd64",
            debian["sha256"]["libpython3.11-stdlib"], python,
        ),
        Part("tinos", "1.23", "OFL-1.1", "pkg:generic/tinos@1.23", _digest(fonts / "Tinos-Regular.ttf"),
             (("LICENSE", (fonts / "LICENSE-Tinos.txt").read_text("utf-8")),)),
        Part("lucide-icons", "0", "ISC", "pkg:generic/lucide", _digest(icons / "LICENSE-Lucide.txt"),
             (("LICENSE", (icons / "LICENSE-Lucide.txt").read_text("utf-8")),)),
    ]  # fmt: skip
    if target == "windows":
        made.append(Part(
            "cpython-windows-runtime", windows["version"], "PSF-2.0",
            f"pkg:generic/cpython@{windows['version']}?os=windows", windows["dll_sha256"], python,
        ))  # fmt: skip
    else:
        made.append(Part(
            "cpython", debian["version"], "PSF-2.0",
            f"pkg:deb/debian/python3.11-minimal@{debian['version']}?arch=amd64",
            debian["sha256"]["python3.11-minimal"], python,
        ))  # fmt: skip
    return made


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def bill(found: Iterable[Part], target: str) -> str:
    """Return the bill of materials as CycloneDX 1.6, the same bytes for the same commit."""
    version = build_sources.version()
    moment = datetime.fromtimestamp(int(build_sources.epoch()), UTC).isoformat()
    components = [_component(part) for part in sorted(found, key=lambda part: part.name)]
    own = f"pkg:generic/sochibo@{version}"
    listed = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{target} {version} {moment}')}",
        "version": 1,
        "metadata": {
            "timestamp": moment,
            "component": {
                "type": "application", "bom-ref": own, "name": "sochibo", "version": version, "purl": own,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
        },
        "components": components,
        "dependencies": [{"ref": own, "dependsOn": [each["bom-ref"] for each in components]}],
    }  # fmt: skip
    return json.dumps(listed, ensure_ascii=False, indent=1) + "\n"


def _component(part: Part, owner: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"{owner}#{part.name}@{part.version}" if owner else part.purl,
        "name": part.name,
        "licenses": [_licence_entry(part.licence)],
    }
    if part.version:
        made["version"] = part.version
    if part.purl:
        made["purl"] = part.purl
    if part.sha256:
        made["hashes"] = [{"alg": "SHA-256", "content": part.sha256}]
    if part.inside:
        made["components"] = [_component(each, part.purl) for each in part.inside]
    return made


def _licence_entry(licence: str) -> dict[str, Any]:
    if re.fullmatch(r"[\w.+-]+", licence):
        return {"license": {"id": licence}}
    if re.fullmatch(r"[\w.+() -]+", licence) and re.search(r" (OR|AND|WITH) ", licence):
        return {"expression": licence}
    return {"license": {"name": licence}}


def release_notes(language: str, made: Sequence[Path]) -> str:
    """Return the release notes: how to install, how large, what was verified where."""
    text = (ROOT / "packaging" / "release_notes" / f"{language}.md").read_text("utf-8")
    if readiness.missing():
        text = readiness.TRIAL_NOTES[language] + text
    sizes = "".join(f"| `{each.name}` | {each.stat().st_size / 1e6:.1f} MB |\n" for each in made)
    return text.replace("@VERSION@", build_sources.version()).replace("@FILES@", sizes.rstrip("\n"))


def build(environment: Environment) -> list[Path]:
    """Write bills, licences, notes and the list of sums for all that lies built; returns them."""
    OUT.mkdir(parents=True, exist_ok=True)
    version = build_sources.version()
    made: list[Path] = []
    everything: dict[str, Part] = {}
    for target in ("windows", "linux"):
        found = parts(environment, target)
        everything |= {part.purl: part for part in found}
        made.append(OUT / f"sochibo-{version}-{target}.cdx.json")
        made[-1].write_text(bill(found, target), "utf-8")
    if gone := {each["inside"] for each in notices.LINKED} - {part.name for part in everything.values()}:
        raise SetupFailed(
            f"packaging/licences/inside.toml names what is not shipped: {', '.join(sorted(gone))}."
        )
    made.append(OUT / "LICENCES.txt")
    made[-1].write_text(notices.compose(everything.values()), "utf-8")
    shipped = products(version)
    for language in ("vi", "en"):
        made.append(OUT / f"RELEASE-NOTES.{language}.md")
        made[-1].write_text(release_notes(language, shipped), "utf-8")
    listed = OUT / "SHA256SUMS"
    listed.write_text(build_sources.sums([*shipped, *made]), "utf-8")
    return [*made, listed]


def products(version: str) -> list[Path]:
    """Return what is built of this version."""
    folders = ("wheel", "windows", "debian", "update")
    found = [each for folder in folders for each in (ROOT / "build" / folder).glob(f"*{version}*")]
    kinds = {".whl", ".exe", ".msi", ".zip", ".deb", ".sochibo-update"}
    return sorted((each for each in found if each.suffix in kinds), key=lambda each: each.name)
