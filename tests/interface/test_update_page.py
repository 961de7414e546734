"""An update file, double clicked or chosen in the settings: what is offered, done, refused, taken back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from releases import NOTES, key_pair, make_installation, make_update
from windows import frame_of, open_window

from sochibo import paths
from sochibo.book.book import Book
from sochibo.book.upkeep import updating
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts import choosers
from sochibo.interface.upkeep.update_page import UpdatePage
from sochibo.interface.upkeep.update_screen import UpdateScreen

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.upkeep.update_panel import UpdatePanel
    from sochibo.interface.window import Window

PRIVATE, PUBLIC = key_pair()
pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the launcher of these tests is a shell script"
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = make_installation(tmp_path / "phần mềm", "0.0.1")
    monkeypatch.setattr(updating, "publisher_key", lambda: PUBLIC)
    monkeypatch.setattr(updating, "__version__", "0.0.1")
    monkeypatch.setattr(paths, "installation", lambda: made)
    return made


@pytest.fixture
def update(tmp_path: Path) -> Path:
    return make_update(tmp_path / "bản mới.sochibo-update", "99.0.0", PRIVATE)


def page_of(window: Window) -> UpdatePage:
    frame = frame_of(window)
    frame.go("update")
    page = frame.page
    assert isinstance(page, UpdatePage)
    return page


def screen_of(window: Window, path: Path) -> UpdateScreen:
    window.show_update(path)
    screens: list[UpdateScreen] = window.findChildren(UpdateScreen)  # type: ignore[assignment]  # the stub forgets the type
    return screens[0]


def text_of(panel: UpdatePanel) -> str:
    from PySide6.QtWidgets import QLabel

    labels: list[QLabel] = panel.findChildren(QLabel)  # type: ignore[assignment]  # the stub forgets the type
    return "\n".join(each.text() for each in labels if each.isVisibleTo(panel))


def buttons_of(panel: UpdatePanel) -> dict[str, ActButton]:
    buttons: list[ActButton] = panel.card.findChildren(ActButton)  # type: ignore[assignment]  # as above
    return {each.text(): each for each in buttons}


def press(panel: UpdatePanel, says: str) -> None:
    buttons_of(panel)[says].click()


def current(root: Path) -> str:
    return (root / "current").read_text("ascii")


def test_an_update_is_shown_taken_and_taken_back(
    qtbot: QtBot, cell_path: Path, root: Path, update: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosers, "choose_file", lambda *_: update)
    with open_window(cell_path, language="en") as window:
        panel = page_of(window).panel
        assert "This program is version 0.0.1." in text_of(panel)
        press(panel, "Choose an update file …")
        qtbot.waitUntil(lambda: "What will be done" in text_of(panel))
        offered = text_of(panel)
        for wanted in (
            "Version 99.0.0 takes the place of version 0.0.1",
            "Nhóm Sổ Chi bộ",
            NOTES["en"],
            cell_path.stem,
        ):
            assert wanted in offered
        assert current(root) == "0.0.1"
        press(panel, "Update now")
        qtbot.waitUntil(lambda: "Version 99.0.0 is ready." in text_of(panel))
        assert current(root) == "99.0.0"
        assert list(cell_path.parent.glob("*.backups/*asked*.sochibo"))
        press(panel, "Later")
        qtbot.waitUntil(lambda: "Version 0.0.1 is kept on this computer." in text_of(panel))
        press(panel, "Go back to the version before …")
        qtbot.waitUntil(lambda: "Go back to version 0.0.1?" in text_of(panel))
        assert current(root) == "99.0.0"
        press(panel, "Yes, go back")
        qtbot.waitUntil(lambda: current(root) == "0.0.1")


def test_a_double_clicked_file_opens_a_screen_of_its_own(
    qtbot: QtBot, cell_path: Path, root: Path, update: Path
) -> None:
    mark = root / "started"
    with open_window(cell_path, language="en") as window:
        screen = screen_of(window, update)
        qtbot.waitUntil(lambda: "What will be done" in text_of(screen.panel))
        press(screen.panel, "Update now")
        qtbot.waitUntil(lambda: "Version 99.0.0 is ready." in text_of(screen.panel))
        (root / "99.0.0" / "start").write_text(f'echo yes > "{mark}"\n', "utf-8")
        press(screen.panel, "Close and start it now")
        qtbot.waitUntil(mark.is_file)
        qtbot.waitUntil(lambda: not window.isVisible())
        started = screen.panel.started
        assert started is not None
        assert started.wait(30) == 0


def test_esc_leaves_the_file_alone(qtbot: QtBot, cell_path: Path, root: Path, update: Path) -> None:
    with open_window(cell_path, language="en") as window:
        screen = screen_of(window, update)
        screen.go_back()
        assert window.start is None
        qtbot.waitUntil(lambda: not screen.busy)
        screen.go_back()
        qtbot.waitUntil(lambda: window.start is not None)
    assert current(root) == "0.0.1"


def test_who_leaves_the_page_leaves_the_update_at_work(
    qtbot: QtBot, cell_path: Path, root: Path, tmp_path: Path
) -> None:
    slow = make_update(tmp_path / "chậm.sochibo-update", "99.0.0", PRIVATE, start="sleep 1\n")
    with open_window(cell_path, language="en") as window:
        frame = frame_of(window)
        panel = page_of(window).panel
        panel.look_at(slow)
        qtbot.waitUntil(lambda: "What will be done" in text_of(panel))
        press(panel, "Update now")
        qtbot.waitUntil(lambda: panel.working)
        frame.go("history")
        qtbot.waitUntil(lambda: current(root) == "99.0.0")
        qtbot.waitUntil(lambda: not frame.session.busy)
        assert "99.0.0 is ready" in text_of(page_of(window).panel)


def test_esc_leaves_an_offer_on_the_page(qtbot: QtBot, cell_path: Path, root: Path, update: Path) -> None:
    with open_window(cell_path, language="en") as window:
        page = page_of(window)
        page.panel.look_at(update)
        qtbot.waitUntil(lambda: "What will be done" in text_of(page.panel))
        assert page.go_back()
        qtbot.waitUntil(lambda: "This program is version" in text_of(page.panel))
        assert not page.go_back()
    assert current(root) == "0.0.1"


def test_a_changed_file_is_refused_in_words(qtbot: QtBot, cell_path: Path, root: Path, update: Path) -> None:
    other, _ = key_pair()
    foreign = make_update(update.with_name("lạ.sochibo-update"), "99.0.0", other)
    with open_window(cell_path, language="en") as window:
        panel = page_of(window).panel
        page_of(window).receive([foreign])
        qtbot.waitUntil(lambda: "was not sealed by the publisher" in text_of(panel))
        assert "Choose an update file …" in buttons_of(panel)
    assert current(root) == "0.0.1"


def test_a_version_that_does_not_work_here_leaves_the_present_one(
    qtbot: QtBot, cell_path: Path, root: Path, tmp_path: Path
) -> None:
    broken = make_update(tmp_path / "hỏng.sochibo-update", "99.0.0", PRIVATE, start="exit 1\n")
    with open_window(cell_path, language="en") as window:
        panel = page_of(window).panel
        panel.look_at(broken)
        qtbot.waitUntil(lambda: "What will be done" in text_of(panel))
        press(panel, "Update now")
        qtbot.waitUntil(lambda: "does not work on this PC" in text_of(panel))
    assert current(root) == "0.0.1"


def test_a_book_that_cannot_be_copied_is_for_a_person_to_decide(
    qtbot: QtBot, cell_path: Path, root: Path, update: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "Sổ hỏng.sochibo"
    broken.write_bytes(b"nothing of ours")
    with open_window(cell_path, language="en") as window:
        frame_of(window).session.settings.remember_book(broken)
        panel = page_of(window).panel
        panel.look_at(update)
        qtbot.waitUntil(lambda: "What will be done" in text_of(panel))
        press(panel, "Update now")
        qtbot.waitUntil(lambda: "“Sổ hỏng” could not be copied" in text_of(panel))
        assert current(root) == "0.0.1"
        press(panel, "Update without copying this book")
        qtbot.waitUntil(lambda: current(root) == "99.0.0")
        qtbot.waitUntil(lambda: "is ready" in text_of(panel))


def test_a_program_from_a_package_says_who_updates_it(
    qtbot: QtBot, cell_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    monkeypatch.setattr(paths, "installation", lambda: None)
    with open_window(cell_path, language="en") as window:
        panel = page_of(window).panel
        assert "takes no update files" in text_of(panel)
        assert buttons_of(panel) == {}
    Book.open(cell_path, read_only=True).close()
