"""The committee's register: who no longer may sign, and that no later list forgets it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from recordings import COMMITTEE_PASSPHRASE, VIETNAM, quick_keys

from sochibo.faults import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.book import Book

RECEIVED = datetime(2026, 12, 1, 9, 0, tzinfo=VIETNAM)


@pytest.fixture(autouse=True)
def _quick_keys() -> Iterator[None]:
    with quick_keys():
        yield


def codes(committee: Book, stick: Path, at: datetime) -> list[str]:
    return [one.verdict.code for one in committee.inbox.receive([stick], at)]


def test_a_revoked_certificate_no_longer_opens_the_inbox(committee: Book, stick: Path) -> None:
    (signer,) = committee.authority.signers()
    committee.authority.revoke(
        signer.fingerprint, COMMITTEE_PASSPHRASE, RECEIVED, since=date(2026, 9, 15), reason="mất máy"
    )
    assert set(codes(committee, stick, RECEIVED)) == {"V06"}
    (kept,) = committee.authority.signers()
    assert (kept.revoked_since, kept.revoked_because) == (date(2026, 9, 15), "mất máy")
    assert kept.valid_to == date(2026, 9, 14)


def test_what_was_received_before_keeps_its_verdict(committee: Book, stick: Path) -> None:
    assert codes(committee, stick, RECEIVED) == ["V00", "V00"]
    (signer,) = committee.authority.signers()
    later = RECEIVED + timedelta(days=3)
    committee.authority.revoke(
        signer.fingerprint, COMMITTEE_PASSPHRASE, later, since=later.date(), reason="đổi bí thư"
    )
    assert [one.verdict.code for one in committee.inbox.submissions()] == ["V00", "V00"]
    assert all(one.counts for one in committee.inbox.submissions())


def test_no_later_list_forgets_who_was_revoked(committee: Book, stick: Path) -> None:
    (signer,) = committee.authority.signers()
    committee.authority.revoke(
        signer.fingerprint, COMMITTEE_PASSPHRASE, RECEIVED, since=date(2026, 9, 15), reason="mất máy"
    )
    committee.authority.renew(COMMITTEE_PASSPHRASE, RECEIVED + timedelta(days=30))
    assert set(codes(committee, stick, RECEIVED + timedelta(days=31))) == {"V06"}


def test_ending_a_unit_s_signers_keeps_what_they_signed_before(committee: Book, stick: Path) -> None:
    (signer,) = committee.authority.signers()
    before = committee.authority.trust()
    committee.authority.end_signers(signer.unit_id, date(2026, 11, 15), RECEIVED)
    after = committee.authority.trust()
    assert before is not None
    assert after is not None
    assert after.number == before.number + 1
    # October's summary was sealed on the first of November, November's on the first of December.
    assert codes(committee, stick, RECEIVED) == ["V00", "V12"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"fingerprint": "ab" * 32}, "X10"),
        ({"reason": "  "}, "X11"),
        ({"since": RECEIVED.date() + timedelta(days=1)}, "X12"),
    ],
)
def test_a_wrong_revocation_is_refused_and_changes_nothing(
    committee: Book, changes: dict[str, object], code: str
) -> None:
    (signer,) = committee.authority.signers()
    before = committee.authority.trust()
    asked = {"fingerprint": signer.fingerprint, "since": RECEIVED.date(), "reason": "mất máy"} | changes
    with pytest.raises(Refused) as refused:
        committee.authority.revoke(
            str(asked["fingerprint"]), COMMITTEE_PASSPHRASE, RECEIVED,
            since=asked["since"], reason=str(asked["reason"]),  # type: ignore[arg-type] # one of the table above
        )  # fmt: skip
    assert [finding.code for finding in refused.value.findings] == [code]
    assert committee.authority.trust() == before


def test_a_lost_key_is_revoked_with_every_certificate_of_it(committee: Book, stick: Path) -> None:
    """With the earlier one its finder could claim a day on which that one still was registered."""
    renewed = datetime(2026, 11, 10, 8, 0, tzinfo=VIETNAM)
    (first,) = committee.authority.signers()
    committee.authority.reissue(first.fingerprint, COMMITTEE_PASSPHRASE, renewed, since=renewed.date())
    _, second = committee.authority.signers()
    committee.authority.revoke(
        second.fingerprint, COMMITTEE_PASSPHRASE, RECEIVED, since=date(2026, 11, 20), reason="mất máy"
    )
    assert [one.revoked_since for one in committee.authority.signers()] == [date(2026, 11, 20)] * 2
    assert [one.valid_to for one in committee.authority.signers()] == [date(2026, 11, 9), date(2026, 11, 19)]
    assert set(codes(committee, stick, RECEIVED)) == {"V06"}
