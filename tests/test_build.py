"""The wheel holds all that the program reads, and is the same bytes whenever it is built."""

from __future__ import annotations

import gettext
import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import catalogue

ROOT = Path(__file__).parents[1]
SOURCES = ("desktop", "resources", "i18n", "packaging", "pyproject.toml", "README.md", "LICENSE")


def build(tree: Path, out: Path) -> Path:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1760000000"}
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(out.glob("*.whl"))


def copy_tree(to: Path) -> Path:
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            to.mkdir(parents=True, exist_ok=True)
            # Another time of change, as a fresh checkout has it.
            shutil.copyfile(source, to / name)
    return to


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_resources_and_compiled_words(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert "sochibo/resources/fonts/Tinos-Regular.ttf" in names
        for folder in ("rules", "help/vi", "help/en", "icons", "schemas"):
            assert any(name.startswith(f"sochibo/resources/{folder}/") for name in names), folder
        assert not [name for name in names if name.endswith(".po") or "__pycache__" in name]
        words = gettext.GNUTranslations(io.BytesIO(archive.read("sochibo/i18n/vi/LC_MESSAGES/sochibo.mo")))
    assert words.gettext("Present") == "Có mặt"


def test_the_wheel_holds_every_module(wheel: Path) -> None:
    modules = {path.relative_to(ROOT / "desktop").as_posix() for path in (ROOT / "desktop").rglob("*.py")}
    with zipfile.ZipFile(wheel) as archive:
        assert modules <= set(archive.namelist())


def test_a_second_build_elsewhere_makes_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    other = build(copy_tree(tmp_path / "tree"), tmp_path / "out")
    assert hashlib.sha256(other.read_bytes()).digest() == hashlib.sha256(wheel.read_bytes()).digest()


def test_compiled_words_do_not_hold_the_minute_they_were_made() -> None:
    source = catalogue.translations()[0]
    compiled = gettext.GNUTranslations(io.BytesIO(catalogue.compile_mo(source)))
    dates = {name: text for name, text in compiled.info().items() if name.endswith("-date")}
    assert set(dates.values()) == {"2000-01-01 00:00+0000"}
    assert len(dates) == 2


def test_a_translation_that_is_not_whole_stops_the_build(tmp_path: Path) -> None:
    tree = copy_tree(tmp_path / "tree")
    words = tree / catalogue.translations()[0].relative_to(ROOT)
    words.write_text(words.read_text("utf-8") + '\nmsgid "One more"\nmsgstr ""\n', "utf-8")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "One more" in done.stderr + done.stdout
