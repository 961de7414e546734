"""Shipped and personal files are found where each kind of installation has them."""

from __future__ import annotations

import importlib.resources
import sys
from typing import TYPE_CHECKING

from sochibo import paths

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_checkout_has_its_files_beside_the_package() -> None:
    assert (paths.shipped("resources") / "rules" / "attendance.toml").is_file()
    assert (paths.shipped("i18n") / "vi" / "LC_MESSAGES" / "sochibo.po").is_file()


def test_an_installation_has_them_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(importlib.resources, "files", lambda _: tmp_path)
    assert paths.shipped("resources") == tmp_path / "resources"


def test_settings_and_cache_are_two_folders_of_the_person() -> None:
    assert paths.settings_folder() != paths.cache_folder()
    assert "SoChiBo" in paths.settings_folder().parts
    assert "SoChiBo" in paths.cache_folder().parts


def test_a_portable_program_keeps_its_settings_beside_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert paths.installation() is None
    (tmp_path / "1.2.3").mkdir()
    (tmp_path / "current").write_text("1.2.3")
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "1.2.3"))
    assert paths.installation() == tmp_path
    assert "SoChiBo" in paths.settings_folder().parts
    (tmp_path / "SoChiBo.portable").touch()
    assert paths.settings_folder() == tmp_path / "settings"
    assert paths.cache_folder() == tmp_path / "settings" / "cache"
