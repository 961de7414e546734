"""A bug opens a calm dialog whose report holds nobody's data."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from windows import settle, unnamed, widgets

from sochibo.interface.frame.crash import CrashDialog, CrashHook, report
from sochibo.interface.looks.theme import Theme
from sochibo.messages import Messages

if TYPE_CHECKING:
    from types import TracebackType

    import pytest
    from pytestqt.qtbot import QtBot


def bug() -> tuple[type[BaseException], BaseException, TracebackType | None]:
    try:
        int("Nguyễn Văn Mẫu, 001099006789")
    except ValueError as error:
        return type(error), error, error.__traceback__
    raise AssertionError("a name is no number")


def test_the_report_names_places_but_no_person_and_no_folder() -> None:
    kind, _, trace = bug()
    text = report(kind, trace)
    assert "ValueError" in text
    assert "test_crash" in text
    assert "bug" in text
    assert "Mẫu" not in text
    assert "6789" not in text
    assert "/" not in text.replace("test_crash", "")


def test_the_dialog_is_named_and_copies_its_report(qtbot: QtBot) -> None:
    dialog = CrashDialog(Messages("en"), Theme(), "the report")
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    assert unnamed(dialog) == []
    copy = next(
        one for one in widgets(dialog) if isinstance(one, QPushButton) and one.text() == "Copy report"
    )
    copy.click()
    assert QGuiApplication.clipboard().text() == "the report"


def test_the_hook_shows_one_dialog_for_many_bugs(qtbot: QtBot, logged_warnings: list[str]) -> None:
    del qtbot
    hook = CrashHook(Messages("vi"), Theme())
    hook(*bug())
    hook(*bug())
    settle()
    opened = [
        top for top in QApplication.topLevelWidgets() if isinstance(top, CrashDialog) and top.isVisible()
    ]
    assert len(opened) == 1
    shown = next(child for child in widgets(opened[0]) if isinstance(child, QPlainTextEdit))
    assert "ValueError" in shown.toPlainText()
    opened[0].close()
    assert len(logged_warnings) == 2, "both are in the log"
    assert "Mẫu" not in "".join(logged_warnings)
    logged_warnings.clear()


def test_breaking_off_by_hand_is_no_bug(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(sys, "__excepthook__", lambda *all_of_it: asked.append(all_of_it))
    hook = CrashHook(Messages("vi"), Theme())
    with qtbot.assertNotEmitted(hook.happened):
        hook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert len(asked) == 1
