"""The shape of the project: where things lie, how long they are, what knows what."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import click
import grimp
import pytest
from importlinter.api import read_configuration

from sochibo.commands.program import program
from sochibo.messages import LANGUAGES, Messages

ROOT = Path(__file__).parents[1]
PYTHON = sorted((ROOT / "desktop").rglob("*.py")) + sorted((ROOT / "packaging").rglob("*.py"))
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 50
EMPTY_NAMES = {"utils", "util", "common", "helpers", "helper", "core", "manager", "managers", "misc"}
TOP: Final = {
    "pyproject.toml", "README.md", "LICENSE", "desktop", "resources", "i18n", "tests", "packaging",
    ".ci", ".gitignore", ".gitattributes",
}  # fmt: skip
HEAVY: Final = {
    "pyhanko",
    "pyhanko_certvalidator",
    "pikepdf",
    "reportlab",
    "openpyxl",
    "python_calamine",
    "olefile",
    "cryptography",
    "pypdfium2",
    "pkcs11",
}


def tracked() -> list[str]:
    # The names as they are, not quoted.
    listing = ["git", "-c", "core.quotepath=off", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("this is no checkout, but a copy of its files")
    return done.stdout.splitlines()


def commands() -> dict[str, click.Command]:
    """Return every command that does something, by the words that name it."""
    found: dict[str, click.Command] = {}

    def collect(group: click.Group, words: str) -> None:
        for name, each in group.commands.items():
            path = f"{words} {name}".strip()
            if isinstance(each, click.Group):
                collect(each, path)
            else:
                found[path] = each

    collect(program(Messages("en")), "")
    return found


def test_the_top_level_holds_what_the_design_names() -> None:
    assert {name.split("/")[0] for name in tracked()} <= TOP


def test_files_are_short() -> None:
    assert [path.name for path in PYTHON if len(path.read_text("utf-8").splitlines()) > MOST_LINES] == []


def test_functions_are_short() -> None:
    long = [
        f"{path.name}:{node.lineno} {node.name}"
        for path in PYTHON
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_names_of_modules_say_something() -> None:
    assert [path for path in PYTHON if path.stem in EMPTY_NAMES or path.parent.name in EMPTY_NAMES] == []


def test_packaging_and_tests_are_no_packages() -> None:
    # An __init__.py in packaging/ would shadow the library of that name, and stop every build.
    assert [*(ROOT / "packaging").rglob("__init__.py"), *(ROOT / "tests").rglob("__init__.py")] == []


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in (ROOT / "tests").rglob("test_*.py")]
    assert len(names) == len(set(names))


def test_nothing_imports_in_a_circle() -> None:
    graph = grimp.build_graph("sochibo", exclude_type_checking_imports=True, cache_dir=None)
    assert graph.nominate_cycle_breakers("sochibo") == set()
    cycles = [
        (module, other)
        for module in sorted(graph.modules)
        for other in sorted(graph.find_modules_directly_imported_by(module))
        if graph.chain_exists(other, module)
    ]
    assert cycles == []


def test_import_contracts_are_kept() -> None:
    assert len(read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]) >= 4
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", ["sochibo.book.book", "sochibo.commands.program"])
def test_heavy_libraries_wait_until_they_are_used(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(name.split('.')[0] for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & (HEAVY | {"PySide6"}) == set()


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys, sochibo; print(*(name for name in sys.modules if name.startswith('sochibo')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["sochibo"]


def test_words_come_from_messages_never_from_qt() -> None:
    speaking = re.compile(r"\b(self\.tr|QCoreApplication\.translate|QObject\.tr)\(")
    assert [path.name for path in PYTHON if speaking.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_help_in_every_language(language: str) -> None:
    english, translated = program(Messages("en")), program(Messages(language))

    def compare(one: click.Command, other: click.Command) -> None:
        assert other.help
        assert (one.help == other.help) is (language == "en")
        for option in other.params:
            assert not isinstance(option, click.Option) or option.help, option.name
        if isinstance(one, click.Group) and isinstance(other, click.Group):
            for name, each in one.commands.items():
                compare(each, other.commands[name])

    compare(english, translated)


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"sochibo {name}" in (ROOT / "README.md").read_text("utf-8")


def test_every_job_of_run_stands_in_the_readme() -> None:
    source = (ROOT / "packaging" / "run.py").read_text("utf-8")
    listed = re.search(r"for job in \((.*?)\)", source, re.DOTALL)
    assert listed is not None
    text = (ROOT / "README.md").read_text("utf-8")
    named = {
        job for job in listed[1].replace(",", " ").split() if f"run.py {job}" in text or f"| `{job}" in text
    }
    assert named == set(listed[1].replace(",", " ").split())
