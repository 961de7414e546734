"""The self-test tells a working installation from a broken one, and tells it without anybody's data."""

from __future__ import annotations

import getpass
import socket
import sys
from pathlib import Path

import pytest
from shell import quick_keys

from sochibo.commands import self_test as module
from sochibo.commands.program import run
from sochibo.commands.self_test import LETTERS, SelfTest
from sochibo.faults import NotReadable
from sochibo.messages import Messages

STEPS = 9


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_keys(monkeypatch)
    # As where nobody looks: the platform is chosen by the self-test itself.
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_every_step_of_a_whole_installation_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "kết quả.txt"
    assert run(["--language", "en", "--self-test", "--report", str(report)]) == 0
    page = capsys.readouterr().out
    assert page.count("✓") == STEPS
    assert "✗" not in page
    assert report.read_text("utf-8").strip() == page.strip()
    assert "Everything works." in page
    for private in (str(Path.home()), str(tmp_path), socket.gethostname()):
        assert private not in page
    assert len(getpass.getuser()) < 4 or getpass.getuser() not in page


def fail(_: object) -> tuple[str, dict[str, object]]:
    """Fail as a bug does, with a path in its text."""
    raise RuntimeError(str(Path.home()))


def refuse(_: object) -> tuple[str, dict[str, object]]:
    raise NotReadable(name="Nguyễn Văn Mẫu.pdf")


def test_a_step_that_fails_is_named_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("import", "encryption", "book", "seal"):
        monkeypatch.setattr(SelfTest, f"_try_{name}", fail)
    monkeypatch.setattr(SelfTest, "_try_window", refuse)
    assert run(["--language", "en", "--self-test"]) == 1
    page = capsys.readouterr().out
    assert "✗ Book: Did not work: RuntimeError self_test:" in page
    assert "✗ Window: Did not work: K03 NotReadable." in page
    assert "✗ Verification: There is no sealed file to judge, since the step before failed." in page
    assert "✓ Network" in page
    assert "Steps that did not work: 6." in page
    assert str(Path.home()) not in page
    assert "Mẫu" not in page


def test_a_connection_is_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def speak(_: object) -> tuple[str, dict[str, object]]:
        # What Python itself tells when something is sent; a real one is forbidden in tests.
        sys.audit("socket.sendto", None, ("192.0.2.1", 80))
        return "", {}

    for name in ("book", "import", "encryption", "seal", "verification", "window"):
        monkeypatch.setattr(SelfTest, f"_try_{name}", speak)
    last = SelfTest(Messages("en"), tmp_path).run()[-1]
    assert (last.step, last.whole, last.fields) == ("Network", False, {"what": "socket.sendto"})


def test_an_alphabet_with_every_tone_is_tried() -> None:
    # Twelve vowels with five tone marks and plain, and seventeen consonants.
    assert len(LETTERS) == len(set(LETTERS)) == 12 * 6 + 17


def test_the_page_opens_by_itself_where_there_is_no_console(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(SelfTest, "run", lambda _: [])
    monkeypatch.setattr(module, "_show", shown.append)
    monkeypatch.setattr(sys, "stdout", None)
    assert module.self_test(Messages("en"), None) == 0
    assert module.self_test(Messages("en"), tmp_path / "page.txt") == 0
    assert len(shown) == 1
