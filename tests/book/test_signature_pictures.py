"""The picture of a signature in a book: beside the key in use, gone once it is taken away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import keys
import pictures
import pytest
from recordings import CELL_PASSPHRASE, COMMITTEE_PASSPHRASE, ENROLLED, quick_keys

from sochibo.book.trust.keyring import NoKey
from sochibo.rules.dates import Month
from sochibo.rules.reports import ReportKind
from sochibo.sealing.pictures import PictureUnreadable
from sochibo.sealing.structure import is_strange

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.book.book import Book

PNG = b"\x89PNG"
BICH = "Trần Thị Bích"
"""Who takes the minutes of `meeting_data`."""
BICHS_PASSPHRASE = "bích 2026"  # noqa: S105 - of a key that lives for one test run


def test_it_is_drawn_wherever_the_key_seals_and_stays_when_the_certificate_is_renewed(
    cell: Book, committee: Book
) -> None:
    cell.keys.take_picture(pictures.photograph(), "ky.jpg")
    kept = cell.keys.picture()
    assert kept.startswith(PNG)
    assert cell.reports.open_key(CELL_PASSPHRASE).picture == kept
    (signer,) = committee.authority.signers()
    later = ENROLLED + timedelta(days=30)
    chain = committee.authority.reissue(signer.fingerprint, COMMITTEE_PASSPHRASE, later, since=later.date())
    cell.keys.accept(chain, CELL_PASSPHRASE)
    assert cell.keys.picture() == kept
    document = cell.reports.issue_summary(Month(2026, 11), on=date(2026, 12, 1))
    sealed = cell.reports.seal(document, cell.reports.open_key(CELL_PASSPHRASE), keys.NOW)
    assert b"/SMask" in sealed
    assert not is_strange(sealed)


def test_it_belongs_to_one_key(cell: Book) -> None:
    cell.keys.take_picture(pictures.scan(), "ky.png")
    cell.reports.take_key(keys.own_key("new", cell.organisation().id).pkcs12, keys.PASSPHRASE)
    assert cell.keys.picture() == b""
    assert cell.reports.open_key(keys.PASSPHRASE).picture == b""


def test_what_is_taken_away_is_gone_from_the_file(cell: Book) -> None:
    cell.keys.take_picture(pictures.scan(), "ky.png")
    piece = cell.keys.picture()[40:140]
    cell.rest()
    assert piece in cell.path.read_bytes()
    acts = len(cell.history.acts())
    cell.keys.remove_picture()
    cell.rest()
    assert cell.keys.picture() == b""
    assert piece not in cell.path.read_bytes()
    assert len(cell.history.acts()) == acts


def test_it_stands_in_no_dump_but_imported_roots_do(cell: Book, tmp_path: Path) -> None:
    from sochibo.sealing.trust import root_of

    cell.keys.take_picture(pictures.scan(), "ky.png")
    root = root_of(keys.authority("state"))
    cell.official_roots.trust(cell.official_roots.look(root.encode(), "goc.pem"), keys.NOW)
    cell.dumps.write(tmp_path / "book.json")
    written = (tmp_path / "book.json").read_text("utf-8")
    assert "signature_picture" not in written
    assert root.splitlines()[3] in written


def test_without_a_key_or_a_picture_nothing_is_kept(committee: Book, cell: Book) -> None:
    assert committee.keys.picture() == b""
    with pytest.raises(NoKey):
        committee.keys.take_picture(pictures.scan(), "ky.png")
    with pytest.raises(PictureUnreadable):
        cell.keys.take_picture(b"no picture", "ky.png")
    assert cell.keys.picture() == b""


def test_minutes_of_two_enrolled_people_are_accepted_by_the_committee(
    cell: Book, committee: Book, tmp_path: Path
) -> None:
    """From the minute-taker's own key file, enrolled beside the secretary's, to the committee's inbox."""
    now = keys.NOW
    with quick_keys():
        pkcs12, request = cell.keys.make_file(BICH, BICHS_PASSPHRASE, ENROLLED)
        committee.authority.enrol(request, COMMITTEE_PASSPHRASE, ENROLLED, since=ENROLLED.date(), beside=True)
        assert [one.valid_to for one in committee.authority.signers()] == [None, None]
        committee.reports.make_key("Trần Thị Thử", COMMITTEE_PASSPHRASE, ENROLLED)
        package = committee.authority.trust_paper(COMMITTEE_PASSPHRASE, now)
        cell.trust.take(package, "trust.pdf", now, compared=True)
        cell.keys.take_picture(pictures.scan(), "ky.png")
        document = cell.reports.documents(ReportKind.MINUTES)[0].id
        cell.reports.seal(document, cell.reports.open_key(CELL_PASSPHRASE), now)
        first, second = tmp_path / "first", tmp_path / "second"
        first.mkdir()
        second.mkdir()
        (alone,) = committee.inbox.receive([cell.answers.send(document, first, now)], now)
        assert (alone.verdict.code, alone.counts) == ("V00", True)
        taker = cell.keys.open_file(pkcs12, BICHS_PASSPHRASE, now)
        assert taker.issued
        cell.countersigning.sign(document, taker, now)
        (both,) = committee.inbox.receive([cell.answers.send(document, second, now)], now)
        assert (both.verdict.code, both.signer, both.counts) == ("V34", BICH, True)
        assert [one.counts for one in committee.inbox.submissions()] == [True, False]
