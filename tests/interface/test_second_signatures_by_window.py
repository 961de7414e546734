"""Second signatures, pictures of signatures, and trust that comes or goes, through the window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import keys
import pictures
import pytest
from recordings import (
    CELL_PASSPHRASE,
    COMMITTEE_PASSPHRASE,
    ENROLLED,
    VIETNAM,
    Delivery,
    quick_keys,
)
from softhsm import PIN, WRONG_PIN, Token
from windows import frame_of, open_window, outside, settle, unnamed

from sochibo.book.book import Book
from sochibo.interface.inbox.inbox_page import InboxPage
from sochibo.interface.papers.countersign_page import CountersignPage
from sochibo.interface.papers.paper_page import PaperPage
from sochibo.interface.papers.reports_page import ReportsPage
from sochibo.interface.parts import choosers
from sochibo.interface.trust.enrol_panel import EnrolPanel
from sochibo.interface.trust.key_page import KeyPage
from sochibo.interface.trust.trust_page import TrustPage
from sochibo.rules.reports import ReportKind
from sochibo.sealing.trust import root_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

NOW = datetime(2026, 11, 5, 9, 0, tzinfo=VIETNAM)
BICH = "Trần Thị Bích"
SEALED_AT = datetime(2026, 10, 20, 9, 0, tzinfo=VIETNAM)
"""Seals claim the hour of the PC, which in tests is the real one; minutes are of October."""


@pytest.fixture
def folder(delivery: Delivery, tmp_path: Path) -> Iterator[Path]:
    """Return cell and committee; the cell's minutes of October are sealed by the chair."""
    made = delivery.copy_to(tmp_path / "here")
    with quick_keys():
        with Book.open(made / "cell.sochibo") as cell:
            cell.reports.seal(minutes_in(cell), cell.reports.open_key(CELL_PASSPHRASE), SEALED_AT)
        yield made


def minutes_in(book: Book) -> str:
    return book.reports.documents(ReportKind.MINUTES)[-1].id


@pytest.fixture
def bichs_key(folder: Path) -> Path:
    """Return the minute-taker's key file."""
    with Book.open(folder / "cell.sochibo") as cell:
        key = keys.own_key("bich", cell.organisation().id, BICH)
    (folder / "bich.p12").write_bytes(key.pkcs12)
    return folder / "bich.p12"


def answer(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Choose the same file whatever is asked."""
    monkeypatch.setattr(choosers, "choose_file", lambda *_asked: path)


def test_a_picture_is_chosen_seen_and_removed(
    qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ky.jpg").write_bytes(pictures.photograph())
    (tmp_path / "thu.png").write_bytes(b"no picture")
    with open_window(folder / "cell.sochibo", percent=200) as window:
        frame_of(window).go("key")
        page = frame_of(window).page
        assert isinstance(page, KeyPage)
        card = page.picture
        assert not card.shown.isVisible()
        answer(monkeypatch, tmp_path / "ky.jpg")
        card.choose_button.click()
        qtbot.waitUntil(card.shown.isVisible)
        assert not card.shown.pixmap().isNull()
        assert unnamed(page) == []
        assert outside(window) == []
        answer(monkeypatch, tmp_path / "thu.png")
        card.choose_button.click()
        qtbot.waitUntil(card.trouble.isVisible)
        assert card.shown.isVisible()
        card.remove_button.click()
        assert not card.shown.isVisible()
        assert page.session.book.keys.picture() == b""


def test_a_key_file_for_the_second_signer_is_written_and_the_book_keeps_its_own(
    qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosers, "choose_folder", lambda *_asked: tmp_path)
    with open_window(folder / "cell.sochibo") as window:
        frame_of(window).go("key")
        page = frame_of(window).page
        assert isinstance(page, KeyPage)
        before = page.session.book.reports.key()
        page.person.setText(BICH)
        page.new.line.setText("bích 2026 cũ")
        page.repeat.line.setText("bích 2026 cũ")
        page.beside_button.click()
        qtbot.waitUntil(page.told.isVisible)
        assert page.session.book.reports.key() == before
    assert {path.suffix for path in tmp_path.glob(f"*{BICH}*")} == {".p12", ".pdf"}


def test_the_minute_taker_signs_on_the_page_of_the_paper(
    qtbot: QtBot, folder: Path, bichs_key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_window(folder / "cell.sochibo") as window:
        book = frame_of(window).session.book
        minutes = minutes_in(book)
        frame_of(window).go(f"paper:{minutes}")
        page = frame_of(window).page
        assert isinstance(page, PaperPage)
        card = page.paper.countersign
        assert BICH in card.head.text()
        assert unnamed(page) == []
        card.sign_button.click()
        assert card.trouble.isVisible()
        card.source.show_value("own")
        card.passphrase.line.setText(CELL_PASSPHRASE)
        card.sign_button.click()
        qtbot.waitUntil(lambda: "Q89" in card.trouble.text() or "đã ký" in card.trouble.text())
        answer(monkeypatch, bichs_key)
        card.source.show_value("file")
        card.file_button.click()
        card.passphrase.line.setText(keys.PASSPHRASE)
        card.sign_button.click()
        qtbot.waitUntil(lambda: book.reports.countersigned_by(minutes) == (BICH,))
        qtbot.waitUntil(lambda: not card.isVisible())
        assert BICH in page.paper.state.text()


@pytest.mark.parametrize(("language", "percent"), [("vi", 200), ("en", 100)])
def test_a_file_on_a_stick_is_looked_at_signed_and_written_back(
    qtbot: QtBot,
    folder: Path,
    bichs_key: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    percent: int,
) -> None:
    stick = folder / "USB"
    stick.mkdir()
    with Book.open(folder / "cell.sochibo") as cell:
        file = cell.answers.send(minutes_in(cell), stick, NOW)
    once = file.read_bytes()
    with open_window(folder / "cell.sochibo", language=language, percent=percent) as window:
        frame_of(window).go("countersign")
        page = frame_of(window).page
        assert isinstance(page, CountersignPage)
        page.receive([file])
        settle()
        assert page.card.isVisible()
        assert BICH in page.card.head.text()
        assert unnamed(page) == []
        assert outside(window) == []
        answer(monkeypatch, bichs_key)
        page.card.file_button.click()
        page.card.passphrase.line.setText(keys.PASSPHRASE)
        page.card.sign_button.click()
        qtbot.waitUntil(page.told.isVisible)
        assert file.read_bytes().startswith(once)
        assert len(file.read_bytes()) > len(once)
        page.receive([file])
        assert page.trouble.isVisible()
        assert not page.card.isVisible()


def test_the_minute_taker_s_token_is_asked_once(
    qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = Token(tmp_path, monkeypatch)
    with Book.open(folder / "cell.sochibo") as cell:
        unit = cell.organisation().id
    token.put(
        keys.private_key("bich's token", keys.BITS),
        unit=unit,
        person=BICH,
        issued=datetime.now(UTC) - timedelta(days=400),
    )
    with open_window(folder / "cell.sochibo") as window:
        book = frame_of(window).session.book
        minutes = minutes_in(book)
        frame_of(window).go(f"paper:{minutes}")
        page = frame_of(window).page
        assert isinstance(page, PaperPage)
        card = page.paper.countersign
        card.source.show_value("token")
        card.look()
        qtbot.waitUntil(lambda: BICH in card.certificates.currentText())
        card.passphrase.line.setText(WRONG_PIN)
        card.sign_button.click()
        assert card.passphrase.text() == ""
        qtbot.waitUntil(card.trouble.isVisible)
        card.passphrase.line.setText(PIN)
        card.sign_button.click()
        qtbot.waitUntil(lambda: book.reports.countersigned_by(minutes) == (BICH,))


def test_a_trust_package_among_slips_leads_to_comparing_it(
    qtbot: QtBot, folder: Path, tmp_path: Path
) -> None:
    back = tmp_path / "back"
    back.mkdir()
    with Book.open(folder / "committee.sochibo") as committee:
        committee.reports.make_key("Đào Thị Mơ", COMMITTEE_PASSPHRASE, ENROLLED)
        paper = committee.authority.trust_paper(COMMITTEE_PASSPHRASE, NOW - timedelta(days=2))
        (back / "tin #1.pdf").write_bytes(paper)
    with open_window(folder / "cell.sochibo") as window:
        frame_of(window).go("reports")
        reports = frame_of(window).page
        assert isinstance(reports, ReportsPage)
        reports.receive([back])
        page = frame_of(window).page
        assert isinstance(page, TrustPage)
        book = frame_of(window).session.book
        assert page.compare.isVisible()
        assert book.trust.number() == 0
        page.compare.same.click()
        qtbot.waitUntil(page.told.isVisible)
        assert book.trust.number() > 0


def test_the_trust_in_an_official_root_is_ended_and_taken_back(qtbot: QtBot, folder: Path) -> None:
    del qtbot
    with Book.open(folder / "committee.sochibo") as committee:
        roots = committee.official_roots.look(root_of(keys.authority("state")).encode(), "goc.pem")
        committee.official_roots.trust(roots, NOW)
    with open_window(folder / "committee.sochibo", percent=200) as window:
        frame_of(window).go("trust")
        page = frame_of(window).page
        assert isinstance(page, TrustPage)
        settle()
        assert unnamed(page) == []
        assert outside(window) == []
        roots_of = frame_of(window).session.book.official_roots
        (root,) = roots_of.ever()
        page.lists.distrust(root)
        assert roots_of.all() == ()
        assert page.lists.told.isVisible()
        page.lists.trust_again(root)
        assert [one.fingerprint for one in roots_of.all()] == [root.fingerprint]


def test_a_minute_taker_is_enrolled_beside_the_secretary(
    qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Book.open(folder / "cell.sochibo") as cell:
        _, request = cell.keys.make_file(BICH, "bích 2026", datetime.now(UTC))
    (tmp_path / "request.pdf").write_bytes(request)
    answer(monkeypatch, tmp_path / "request.pdf")
    monkeypatch.setattr(choosers, "choose_new_file", lambda *_asked: tmp_path / "certificate.pem")
    with open_window(folder / "committee.sochibo") as window:
        frame_of(window).go("inbox")
        inbox = frame_of(window).page
        assert isinstance(inbox, InboxPage)
        inbox.enrol.click()
        panel = cast("EnrolPanel", inbox.findChild(EnrolPanel))
        panel.beside.setChecked(True)
        panel.passphrase.line.setText(COMMITTEE_PASSPHRASE)
        panel.enrol_button.click()
        panel.compare.same.click()
        qtbot.waitUntil((tmp_path / "certificate.pem").exists)
        qtbot.waitUntil(lambda: not panel.beside.isChecked())
        signers = frame_of(window).session.book.authority.signers()
        assert [(one.person, one.valid_to) for one in signers] == [
            ("Nguyễn Văn Mẫu", None), (BICH, None),
        ]  # fmt: skip
