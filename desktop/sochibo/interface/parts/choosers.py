"""The system's own dialogs for files and folders, in one place so that tests can answer in their stead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

__all__ = ["choose_file", "choose_files", "choose_folder", "choose_new_file"]


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder or a stick."""
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None


def choose_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Ask for one file; `kinds` is Qt's filter (`Excel (*.xlsx)`)."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(chosen) if chosen else None


def choose_files(parent: QWidget, title: str, kinds: str) -> Sequence[Path]:
    """Ask for one or more files."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(one) for one in chosen]


def choose_new_file(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Ask where a new file is to lie; `name` is proposed."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, name, kinds)
    return Path(chosen) if chosen else None
