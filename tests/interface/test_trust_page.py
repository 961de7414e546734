"""Trust through the window: who signs, revoked and renewed, the package handed out and taken in, tokens."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import keys
import pytest
import stamps
from cryptography.hazmat.primitives.serialization import Encoding
from loopback import serving
from recordings import CELL_PASSPHRASE, COMMITTEE_PASSPHRASE, VIETNAM, Delivery, quick_keys
from softhsm import LABEL, PIN, WRONG_PIN, Token
from windows import frame_of, open_window, outside, settle, unnamed

from sochibo.book.book import Book
from sochibo.interface.papers.paper_panel import PaperPanel
from sochibo.interface.parts import choosers
from sochibo.interface.trust.key_page import KeyPage
from sochibo.interface.trust.trust_page import TrustPage
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.signers import SignerState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from sochibo.interface.window import Window

NOW = datetime(2026, 11, 5, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def folder(delivery: Delivery, tmp_path: Path) -> Iterator[Path]:
    made = delivery.copy_to(tmp_path / "here")
    with Book.open(made / "committee.sochibo") as committee:
        key = keys.own_key("committee secretary", committee.organisation().id, "Đào Thị Mơ")
        committee.reports.take_key(key.pkcs12, keys.PASSPHRASE)
    with quick_keys():
        yield made


def trust_page(window: Window) -> TrustPage:
    frame_of(window).go("trust")
    page = frame_of(window).page
    assert isinstance(page, TrustPage)
    settle()
    return page


@pytest.mark.parametrize(("language", "percent"), [("vi", 100), ("en", 200)])
@pytest.mark.parametrize("book", ["committee", "cell"])
def test_everything_is_named_and_fits(
    qtbot: QtBot, folder: Path, book: str, language: str, percent: int
) -> None:
    del qtbot
    with open_window(folder / f"{book}.sochibo", language=language, percent=percent) as window:
        page = trust_page(window)
        assert unnamed(page) == []
        assert outside(window) == []


def test_the_clerk_hands_out_the_package_and_the_cell_compares_it_once(
    qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "tin cậy.pdf"
    monkeypatch.setattr(choosers, "choose_new_file", lambda *_asked: package)
    monkeypatch.setattr(choosers, "choose_file", lambda *_asked: package)
    with open_window(folder / "committee.sochibo") as window:
        page = trust_page(window)
        shown = page.fingerprint.text()
        assert page.acts is not None
        page.acts.signing.line.setText(keys.PASSPHRASE)
        page.acts.write_button.click()
        qtbot.waitUntil(page.trouble.isVisible)
        # The key is new: the authority has to say first that it seals for the committee.
        assert "S38" in page.trouble.text()
        page.acts.passphrase.line.setText(COMMITTEE_PASSPHRASE)
        page.acts.renew_button.click()
        qtbot.waitUntil(page.told.isVisible)
        page.acts.signing.line.setText(keys.PASSPHRASE)
        page.acts.write_button.click()
        qtbot.waitUntil(package.exists)
        qtbot.waitUntil(page.told.isVisible)
        assert page.trouble.text() == ""
        assert package.read_bytes().startswith(b"%PDF-")
        assert page.acts.signing.text() == ""
    with open_window(folder / "cell.sochibo") as window:
        page = trust_page(window)
        assert not page.table.isVisible()
        page.take_button.click()
        assert page.compare.isVisible()
        assert page.compare.groups.text() == shown
        page.compare.other.click()
        assert page.trouble.isVisible()
        page.take_button.click()
        page.compare.same.click()
        qtbot.waitUntil(page.table.isVisible)
        assert "Nguyễn Văn Mẫu" in [line.person for line in page.model.records]
        page.take_button.click()
        assert not page.compare.isVisible()


def test_a_certificate_is_revoked_with_a_reason_and_a_passphrase(qtbot: QtBot, folder: Path) -> None:
    with open_window(folder / "committee.sochibo") as window:
        page = trust_page(window)
        acts = page.acts
        assert acts is not None
        page.table.choose(page.model.records[0].fingerprint)
        page.table.selectRow(0)
        acts.show_line(page.model.records[0])
        acts.passphrase.line.setText(COMMITTEE_PASSPHRASE)
        acts.revoke_button.click()
        qtbot.waitUntil(page.trouble.isVisible)
        acts.reason.setText("mất máy tính")
        acts.revoke_button.click()
        qtbot.waitUntil(page.told.isVisible)
        (line,) = page.model.records
        assert line.state(date(2026, 11, 5)) is SignerState.REVOKED
        assert line.revoked_because == "mất máy tính"
        assert acts.passphrase.text() == ""


def test_a_new_certificate_for_the_same_key_stands_in_the_table(qtbot: QtBot, folder: Path) -> None:
    with open_window(folder / "committee.sochibo") as window:
        page = trust_page(window)
        acts = page.acts
        assert acts is not None
        acts.show_line(page.model.records[0])
        acts.passphrase.line.setText(COMMITTEE_PASSPHRASE)
        acts.reissue_button.click()
        qtbot.waitUntil(lambda: len(page.model.records) == 2)
        assert {line.state(date(2026, 11, 6)) for line in page.model.records} == {
            SignerState.SIGNS, SignerState.ENDED,
        }  # fmt: skip


def test_a_root_is_trusted_only_after_it_was_compared(
    qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sochibo.sealing.trust import root_of

    root = tmp_path / "goc.pem"
    root.write_text(root_of(keys.authority("state")))
    monkeypatch.setattr(choosers, "choose_file", lambda *_asked: root)
    with open_window(folder / "committee.sochibo") as window:
        page = trust_page(window)
        page.roots_button.click()
        assert page.compare.isVisible()
        assert window.frame is not None
        assert window.frame.session.book.official_roots.all() == ()
        page.compare.same.click()
        qtbot.waitUntil(page.told.isVisible)
        assert len(window.frame.session.book.official_roots.all()) == 1


def test_a_token_is_chosen_by_name_and_its_pin_is_tried_once(
    qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = Token(tmp_path, monkeypatch)
    with Book.open(folder / "cell.sochibo") as cell:
        unit = cell.organisation().id
    token.put(keys.private_key("token", keys.BITS), unit=unit, issued=NOW - timedelta(days=9))
    with open_window(folder / "cell.sochibo") as window:
        frame_of(window).go("key")
        page = frame_of(window).page
        assert isinstance(page, KeyPage)
        panel = page.token
        panel.look_button.click()
        qtbot.waitUntil(panel.use_button.isVisible)
        assert "Nguyễn Văn Mẫu · Chi bộ Thôn 4" in panel.certificates.currentText()
        assert unnamed(page) == []
        panel.pin.line.setText(WRONG_PIN)
        panel.use_button.click()
        assert panel.pin.text() == ""
        qtbot.waitUntil(panel.trouble.isVisible)
        panel.pin.line.setText(PIN)
        panel.use_button.click()
        qtbot.waitUntil(lambda: LABEL in page.details.text())


def test_the_page_of_today_warns_before_anything_runs_out(folder: Path) -> None:
    from sochibo.book.agenda.agenda import due_lines

    with Book.open(folder / "committee.sochibo") as committee:
        soon = due_lines(committee, date(2027, 9, 10))
        assert ("trust", date(2027, 10, 6)) in {(line.goal, line.by) for line in soon}
        later = {(line.goal, line.what) for line in due_lines(committee, date(2028, 8, 20))}
    assert any(goal == "trust" and "certificate" in what for goal, what in later)
    with Book.open(folder / "cell.sochibo") as cell:
        assert any(line.goal == "key" for line in due_lines(cell, date(2028, 8, 20)))


def test_lists_of_official_roots_are_fetched_by_a_button_alone(qtbot: QtBot, folder: Path) -> None:
    one = stamps.authority()
    asked: list[str] = []

    def answer(path: str, _body: bytes) -> tuple[int, bytes]:
        asked.append(path)
        return 200, one.list_(datetime.now(UTC))

    with serving(answer) as address, open_window(folder / "committee.sochibo") as window:
        session = frame_of(window).session
        frame_of(window).go("trust")
        page = frame_of(window).page
        assert isinstance(page, TrustPage)
        assert page.lists.isHidden()
        pem = one.root.public_bytes(Encoding.PEM) + stamps.below(one, f"{address}/list.crl")
        roots = session.book.official_roots
        session.tell(roots.trust(roots.look(pem, "roots.pem"), session.now()))
        assert page.lists.isVisibleTo(page)
        assert asked == []
        page.lists.fetch_button.click()
        qtbot.waitUntil(page.lists.told.isVisible)
        assert asked == ["/list.crl"]
        assert f"{address}/list.crl" in page.lists.told.text()
        assert unnamed(page) == []
        assert outside(window) == []


def test_before_the_key_is_enrolled_the_paper_says_that_sealing_can_wait(qtbot: QtBot, folder: Path) -> None:
    with open_window(folder / "cell.sochibo") as window:
        session = frame_of(window).session
        document = session.book.reports.documents(ReportKind.MINUTES)[0]
        panel = PaperPanel(session)
        qtbot.addWidget(panel)
        panel.show_document(document)
        assert "đăng ký khóa" not in panel.state.text()
        session.book.reports.make_key("Trần Thị Bích", CELL_PASSPHRASE, NOW)
        panel.show_document(document)
        assert "đăng ký khóa" in panel.state.text()
        assert panel.seal_button.isVisibleTo(panel)
