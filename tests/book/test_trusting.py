"""Whom a book trusts: the newest package that its committee handed it, never an older one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from recordings import CELL_PASSPHRASE, COMMITTEE_PASSPHRASE, noon, quick_keys

from sochibo.book.changes import Changes
from sochibo.book.trust.trust_lines import trust_due_lines
from sochibo.book.trust.trusting import OlderTrust
from sochibo.sealing.trust import TrustInvalid, read_trust, write_trust

if TYPE_CHECKING:
    from sochibo.book.book import Book

NOW = noon(date(2026, 12, 1))


def test_a_cell_trusts_nobody_before_it_was_told_and_then_whom_its_committee_names(
    cell: Book, committee: Book
) -> None:
    assert cell.trust.current() is None
    handed = committee.authority.trust_file()
    assert cell.trust.take(handed, "trust.json", NOW, compared=True) is Changes.REPORTS
    assert cell.trust.current() == committee.trust.current() == committee.authority.trust()
    assert cell.trust.take(handed, "trust.json", NOW, compared=True) is Changes.NONE


def test_an_older_package_is_refused_and_changes_nothing(cell: Book, committee: Book) -> None:
    newest = read_trust(committee.authority.trust_file(), "")
    cell.trust.take(write_trust(replace(newest, number=newest.number + 5)), "new.json", NOW, compared=True)
    before = cell.trust.current()
    with pytest.raises(OlderTrust) as refused:
        cell.trust.take(write_trust(newest), "old.json", NOW)
    assert refused.value.fields == {"name": "old.json", "number": newest.number, "known": newest.number + 5}
    assert cell.trust.current() == before


def test_what_is_no_trust_file_is_refused(cell: Book) -> None:
    with pytest.raises(TrustInvalid):
        cell.trust.take(b"{}", "x.json", NOW)
    assert cell.trust.current() is None


def test_a_cell_is_reminded_of_its_key_until_the_committee_enrolled_it(cell: Book, committee: Book) -> None:
    """What it seals before that, the committee can never accept."""

    def reminded() -> list[str]:
        return [one.goal for one in trust_due_lines(cell, NOW.date()) if one.what.startswith("Enrol the key")]

    assert reminded() == []
    with quick_keys():
        cell.reports.make_key("Trần Thị Bích", CELL_PASSPHRASE, NOW)
        assert reminded() == ["key"]
        request = cell.reports.key_request(CELL_PASSPHRASE)
        chain = committee.authority.enrol(request, COMMITTEE_PASSPHRASE, NOW, since=NOW.date())
        cell.reports.accept_certificate(chain, CELL_PASSPHRASE)
    assert reminded() == []
