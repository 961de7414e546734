"""What is shipped, under which licence, and the text of each: no part goes out without its own.

Most parts bring their texts. Where one does not, `licences/parts` keeps it, copied from its source; libraries
in C are written down in `licences/inside.toml`; and licences whose text names nobody stand once, at the end.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from environment import ROOT
from system import SetupFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TEXTS: Final = ROOT / "packaging" / "licences"
SHARED: Final = ("Apache-2.0", "LGPL-3.0", "GPL-3.0", "MPL-2.0", "LLVM-exception", "Unicode-3.0")
"""Whose text holds no name that would be another with each part: one copy does for all."""
LINKED: Final = tomllib.loads((TEXTS / "inside.toml").read_text("utf-8"))["library"]
_RULE: Final = "=" * 79
_LINE: Final = "-" * 79


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is shipped, and what its makers ask for."""

    name: str
    version: str
    licence: str
    purl: str
    sha256: str
    texts: tuple[tuple[str, str], ...] = ()
    inside: tuple[Part, ...] = ()
    """What was linked into it and has no file of its own."""


def text(licence: str) -> str:
    """Return the text of a licence; raises SetupFailed where none is kept."""
    file = ROOT / "LICENSE" if licence == "Apache-2.0" else TEXTS / f"{licence}.txt"
    if not file.is_file():
        raise SetupFailed(f"packaging/licences holds no text of the licence {licence}.")
    return file.read_text("utf-8")


def kept(name: str) -> tuple[tuple[str, str], ...]:
    """Return the text that was copied from the source of a part, where the part does not bring it."""
    file = TEXTS / "parts" / f"{name}.txt"
    return (("LICENSE", file.read_text("utf-8")),) if file.is_file() else ()


def linked_into(name: str) -> list[Part]:
    """Return the libraries in C inside a part, as a person found and wrote them down."""
    return [
        Part(
            each["name"], each.get("version", ""), each["licence"], "", "",
            (
                ("copyright", each["copyright"]),
                *(() if each["licence"] in SHARED else ((each["licence"], text(each["licence"])),)),
            ),
        )
        for each in LINKED if each["inside"] == name
    ]  # fmt: skip


def at_the_end(licence: str) -> list[str]:
    """Return the shared texts by which an expression is kept to, of those joined by OR the first; or none."""
    found: list[str] = []
    for term in licence.split(" AND "):
        for alternative in term.strip("() ").split(" OR "):
            wanted = [re.sub("-(only|or-later)$", "", each) for each in alternative.split(" WITH ")]
            if set(wanted) <= set(SHARED):
                found += wanted
                break
    return found


def without_text(found: Iterable[Part]) -> Iterator[str]:
    """Return the parts, and what is linked into them, whose licence has no text."""
    for part in found:
        whole = any(name != "copyright" for name, _ in part.texts) or at_the_end(part.licence)
        if not whole:
            yield f"{part.name} {part.version} ({part.licence})"
        for each in without_text(part.inside):
            yield f"{each} in {part.name}"


def compose(found: Iterable[Part]) -> str:
    """Return every notice as one text; raises SetupFailed where a licence has no text."""
    listed = sorted(found, key=lambda part: part.name)
    if lacking := sorted(without_text(listed)):
        raise SetupFailed(
            "These bring no text of their licence; copy it from their source to packaging/licences/parts:\n"
            + "\n".join(f"  {each}" for each in lacking)
        )
    pieces = [text("preface"), f"{_RULE}\nSổ Chi bộ: Apache-2.0\n"]
    for part in listed:
        pieces.append(f"{_RULE}\n{_titled(part)}\n")
        pieces += [f"{_LINE}\n{name}\n\n{words.strip()}\n" for name, words in part.texts]
        if part.inside:
            pieces.append(f"{_LINE}\nLinked into {part.name}:\n\n{_linked(part)}\n")
    pieces += [f"{_RULE}\n{name}\n\n{text(name).strip()}\n" for name in SHARED]
    return "\n".join(pieces)


def _linked(part: Part) -> str:
    lines: list[str] = []
    for each in part.inside:
        lines.append(_titled(each))
        lines += [f"\n{words.strip()}\n" for _, words in each.texts]
    return "\n".join(lines)


def _titled(part: Part) -> str:
    shared = " and ".join(at_the_end(part.licence))
    said = f" (the text of {shared} stands at the end)" if shared else ""
    return f"{part.name} {part.version}".strip() + f": {part.licence}{said}"
