"""The messages of the code and their translations: collect, compare, compile."""

from __future__ import annotations

import io
import string
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "i18n"
DOMAIN = "sochibo"
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)


def translations() -> list[Path]:
    """Return the translations there are; English is the source and needs none."""
    return sorted(FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(path: Path) -> Catalog:
    """Read one translation; its language is the name of its folder."""
    from babel.messages.pofile import read_po

    text = unicodedata.normalize("NFC", path.read_text("utf-8"))
    return read_po(io.StringIO(text), locale=path.parts[-3])


def collect() -> Catalog:
    """Collect every marked message of the code, as `[tool.babel]` in pyproject.toml says."""
    import tomllib

    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_dir
    from babel.messages.frontend import parse_keywords

    mapping = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"][0]
    found = extract_from_dir(
        ROOT / "desktop",
        method_map=[(mapping["pattern"].removeprefix("desktop/"), mapping["method"])],
        keywords=parse_keywords(mapping["keywords"]),
        comment_tags=mapping["add_comments"],
    )
    template = Catalog(project=DOMAIN, charset="utf-8", fuzzy=False)
    for _file, _line, message, comments, context in found:
        template.add(message, None, auto_comments=comments, context=context)
    return template


def flaws(catalogue: Catalog, template: Catalog | None = None) -> list[str]:
    """Say what is wrong with a translation: fuzzy, missing or empty messages, other fields than the source's.

    With the `template` of the code also what is missing from it, and what no code says any more.
    """
    found: list[str] = []
    for message in catalogue:
        if not message.id:
            continue
        sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
        targets = message.string if isinstance(message.string, tuple | list) else (message.string or "",)
        if message.fuzzy:
            found.append(f"fuzzy: {sources[0]!r}")
        if not targets or not all(targets):
            found.append(f"not translated: {sources[0]!r}")
        elif any(fields(target) != fields(sources[-1]) for target in targets):
            found.append(f"other fields: {sources[0]!r} became {targets[0]!r}")
    if template is not None:
        wanted, given = ({(m.context, _first(m.id)) for m in each if m.id} for each in (template, catalogue))
        found += [f"missing: {text!r}" for _context, text in sorted(wanted - given, key=str)]
        found += [f"no longer said: {text!r}" for _context, text in sorted(given - wanted, key=str)]
    found += [f"obsolete: {key!r}" for key in catalogue.obsolete]
    return found


def fields(text: str) -> set[str]:
    """Return the names of the `{fields}` in a message."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def compile_mo(path: Path) -> bytes:
    """Return the compiled form of a translation; raises ValueError with every flaw in it."""
    from babel.messages.mofile import write_mo

    catalogue = read(path)
    if found := flaws(catalogue):
        raise ValueError(f"{path.parts[-3]}: " + "; ".join(found))
    # Babel puts the present minute where a date is open, and two builds would differ.
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    made = io.BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def update() -> None:
    """Write new messages into every translation, empty, and drop those that no code says any more."""
    from babel.messages.pofile import write_po

    template = collect()
    for path in translations():
        catalogue = read(path)
        catalogue.update(template, no_fuzzy_matching=True, update_header_comment=False)
        catalogue.obsolete.clear()
        body = io.BytesIO()
        write_po(body, catalogue, width=110, no_location=True, sort_output=True, omit_header=True)
        head = path.read_text("utf-8").split("\n\n", 1)[0].rstrip()
        path.write_text(f"{head}\n\n{body.getvalue().decode().lstrip()}", "utf-8")


def _first(message: str | tuple[str, ...] | list[str]) -> str:
    return message if isinstance(message, str) else message[0]


def main() -> int:
    """Update the translations or check them, and list what is left to do."""
    if sys.argv[1:] == ["update"]:
        update()
    elif sys.argv[1:] != ["check"]:
        print("catalogue.py update | check", file=sys.stderr)
        return 2
    template = collect()
    found = [f"{path.parts[-3]}: {flaw}" for path in translations() for flaw in flaws(read(path), template)]
    print("\n".join(found) or "Every message is translated.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
