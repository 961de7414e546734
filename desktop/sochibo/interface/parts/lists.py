"""Lists written to Excel: one button's act, the same on every page that shows a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.book.upkeep.exports import LIST_LABELS, ExportedList
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts import choosers
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from sochibo.interface.session import Session

__all__ = ["list_button", "save_list", "save_sheet"]

_EXCEL = "Excel (*.xlsx)"
_FORBIDDEN = '\\/:*?"<>|'


def list_button(session: Session, act: Callable[[], object], text: str = "") -> ActButton:
    """Return the button that writes a list, `To Excel …` unless a page has two of them."""
    button = ActButton(
        session.theme, text or session.words.gettext(N_("To Excel …")), icon="download", kind="plain"
    )
    button.clicked.connect(act)
    return button


def save_list(
    parent: QWidget, session: Session, kind: ExportedList, write: Callable[[Path], None], more: str = ""
) -> None:
    """Ask where a list is to lie, write it, and say so; `more` is the year in its proposed name."""
    title = session.words.gettext(LIST_LABELS[kind])
    save_sheet(parent, session, f"{title} {more}".strip(), write)


def save_sheet(parent: QWidget, session: Session, title: str, write: Callable[[Path], None]) -> None:
    """Ask where a sheet is to lie and write it; `title` and the organisation make its proposed name."""
    words = session.words
    named = f"{title} – {session.book.organisation().name}"
    name = "".join(" " if letter in _FORBIDDEN else letter for letter in named)
    asked = words.gettext(N_("Where to write the list"))
    path = choosers.choose_new_file(parent, asked, f"{name}.xlsx", _EXCEL)
    if path is None:
        return
    # Qt asks before a file is replaced, but only by the very name that was typed.
    path = path if path.suffix else path.with_suffix(".xlsx")
    try:
        write(path)
    except Fault as fault:
        session.complain(fault)
        return
    session.told.emit(words.sentence(N_("“{name}” was written."), {"name": path.name}))
