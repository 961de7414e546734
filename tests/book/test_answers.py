"""The way back: the clerk's word, slips for all units, and what they turn in the cell's book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from recordings import (
    CELL_PASSPHRASE,
    COMMITTEE_PASSPHRASE,
    ENROLLED,
    NOVEMBER,
    OCTOBER,
    VIETNAM,
    noon,
    quick_keys,
)

from sochibo.book.agenda.agenda import due_lines
from sochibo.book.book import Book
from sochibo.book.inbox.decisions import Decision, Remark, Unanswered
from sochibo.book.inbox.inbox import Outcome
from sochibo.book.papers.answers import NotForUs, NoTrust, SlipDoubtful
from sochibo.book.papers.reports import DocumentState
from sochibo.faults import Refused
from sochibo.messages import Messages
from sochibo.rules.reports import ReportKind
from sochibo.rules.units.exchange_papers import ReceiptReport, ReturnReport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sochibo.book.inbox.inbox import Submission
    from sochibo.sealing.keys import SigningKey

RECEIVED = datetime(2026, 12, 1, 9, 0, tzinfo=VIETNAM)
ANSWERED = datetime(2026, 12, 2, 9, 0, tzinfo=VIETNAM)
LATE = Remark("meetings.0.attendance", "Có mặt ngày 05/10", "Xem lại số người có mặt.")


@pytest.fixture(autouse=True)
def _quick_keys() -> Iterator[None]:
    with quick_keys():
        yield


@pytest.fixture
def received(committee: Book, stick: Path) -> tuple[Submission, ...]:
    return committee.inbox.receive([stick], RECEIVED)


@pytest.fixture
def seal_key(committee: Book) -> SigningKey:
    committee.reports.make_key("Đào Thị Mơ", COMMITTEE_PASSPHRASE, ENROLLED)
    return committee.reports.open_key(COMMITTEE_PASSPHRASE)


@pytest.fixture
def told(
    committee: Book, seal_key: SigningKey, received: tuple[Submission, ...], tmp_path: Path
) -> list[bytes]:
    """Return the sealed receipt for October and the sealed return slip for November."""
    committee.decisions.send_back([received[1].id], [LATE], ANSWERED)
    issued = committee.decisions.issue_slips(ANSWERED.date())
    back = tmp_path / "back"
    back.mkdir()
    return [path.read_bytes() for path in committee.decisions.seal_and_send(issued, seal_key, back, ANSWERED)]


def test_what_counts_gets_a_receipt_and_what_was_returned_a_slip(
    committee: Book, received: tuple[Submission, ...]
) -> None:
    october, november = received
    unit = (october.unit_id, "Chi bộ Thôn 4")
    assert committee.decisions.unanswered() == (Unanswered(*unit, received=2, returned=0),)
    committee.decisions.send_back([november.id], [LATE, Remark("", "", "  ")], ANSWERED)
    assert committee.decisions.unanswered() == (Unanswered(*unit, received=1, returned=1),)
    receipt, slip = map(committee.reports.envelope, committee.decisions.issue_slips(ANSWERED.date()))
    assert isinstance(receipt.report, ReceiptReport)
    assert isinstance(slip.report, ReturnReport)
    assert (receipt.number, slip.number) == ("01-PN/ĐU", "01-PTL/ĐU")
    assert [one.period for one in receipt.report.papers] == ["2026-10"]
    (returned,) = slip.report.papers
    assert (returned.period, returned.remarks) == ("2026-11", (LATE,))
    assert committee.decisions.unanswered() == ()
    assert committee.decisions.issue_slips(ANSWERED.date()) == ()


def test_nothing_returned_or_set_aside_enters_a_total(
    committee: Book, received: tuple[Submission, ...], stick: Path
) -> None:
    october, november = received
    assert committee.reports.rollup(OCTOBER).reported.numerator == 1
    committee.decisions.send_back([october.id], [LATE], ANSWERED)
    committee.decisions.set_aside([november.id], ANSWERED)
    assert committee.reports.rollup(OCTOBER).reported.numerator == 0
    assert committee.reports.rollup(NOVEMBER).reported.numerator == 0
    again = committee.inbox.receive([stick], ANSWERED)
    assert [(one.verdict.code, one.counts) for one in again] == [("V36", False), ("V36", False)]
    committee.decisions.accept([october.id], ANSWERED)
    assert committee.reports.rollup(OCTOBER).reported.numerator == 1
    assert [one.counts for one in committee.inbox.submissions()] == [False, True]


def test_a_paper_that_was_in_order_is_not_returned_without_a_word(
    committee: Book, received: tuple[Submission, ...]
) -> None:
    with pytest.raises(Refused) as refused:
        committee.decisions.send_back([received[0].id], [], ANSWERED)
    assert [finding.code for finding in refused.value.findings] == ["X03"]
    assert committee.decisions.unanswered()[0].returned == 0


def test_a_file_of_nobody_is_neither_accepted_nor_answered(committee: Book, tmp_path: Path) -> None:
    strange = tmp_path / "x.pdf"
    strange.write_bytes(b"%PDF-1.7 nothing")
    (one,) = committee.inbox.receive([strange], RECEIVED)
    with pytest.raises(Refused) as unfit:
        committee.decisions.accept([one.id], ANSWERED)
    with pytest.raises(Refused) as nobody:
        committee.decisions.send_back([one.id], [LATE], ANSWERED)
    codes = [finding.code for refused in (unfit, nobody) for finding in refused.value.findings]
    assert codes == ["X01", "X02"]
    committee.decisions.set_aside([one.id], ANSWERED)
    assert committee.decisions.unanswered() == ()


def test_a_second_paper_of_a_month_counts_once_the_clerk_says_which(
    committee: Book, folder: Path, stick: Path, tmp_path: Path
) -> None:
    committee.inbox.receive([stick], RECEIVED)
    other = tmp_path / "other"
    other.mkdir()
    with Book.open(folder / "old.sochibo") as old:
        key = old.reports.open_key(CELL_PASSPHRASE)
        again = old.reports.issue_summary(NOVEMBER, on=date(2026, 12, 1))
        old.reports.seal(again, key, noon(date(2026, 12, 1)))
        old.reports.send(again, other)
    (doubtful,) = committee.inbox.receive([other], RECEIVED + timedelta(hours=1))
    assert (doubtful.verdict.code, doubtful.counts) == ("V18", False)
    committee.decisions.accept([doubtful.id], ANSWERED)
    counting = [one.id for one in committee.inbox.submissions(NOVEMBER) if one.counts]
    assert counting == [doubtful.id]
    assert committee.inbox.submissions(NOVEMBER)[0].decision is Decision.ACCEPTED


def test_slips_turn_the_months_of_the_cell(committee: Book, cell: Book, told: list[bytes]) -> None:
    cell.trust.take(committee.authority.trust_file(), "trust.json", ANSWERED, compared=True)
    for content in told:
        (answer,) = cell.answers.take(content, "slip.pdf", ANSWERED)
        assert answer.sender == "Đảng ủy xã Đông Hòa"
    by_period = {one.period: cell.answers.to(one.id) for one in cell.reports.documents(ReportKind.SUMMARY)}
    assert [one.kind for one in by_period["2026-10"]] == [ReportKind.RECEIPT]
    (returned,) = by_period["2026-11"]
    assert (returned.kind, returned.remarks) == (ReportKind.RETURN_SLIP, (LATE,))
    saved = cell.saved_at
    (again,) = cell.answers.take(told[0], "slip.pdf", ANSWERED)
    assert [again] == list(by_period["2026-10"])
    assert cell.saved_at == saved


def test_a_stick_from_above_is_taken_in_whole(
    committee: Book, cell: Book, told: list[bytes], stick: Path, tmp_path: Path
) -> None:
    (tmp_path / "back" / "trust.json").write_bytes(committee.authority.trust_file())
    unknown = cell.answers.take_all([tmp_path / "back", stick], ANSWERED)
    assert (unknown.trusts, {fault.code for fault in unknown.troubles}) == (0, {"X22"})
    assert [one.path.name for one in unknown.to_compare] == ["trust.json"]
    cell.trust.take(committee.authority.trust_file(), "trust.json", ANSWERED, compared=True)
    taken = cell.answers.take_all([tmp_path / "back", stick], ANSWERED)
    assert (len(taken.answers), taken.trusts, taken.troubles) == (2, 0, ())
    states = {one.period: one.state for one in cell.reports.documents(ReportKind.SUMMARY)}
    assert states == {"2026-10": DocumentState.RECEIVED, "2026-11": DocumentState.RETURNED}
    chosen = cell.answers.take_all([min(stick.glob("*.pdf"))], ANSWERED)
    assert [fault.code for fault in chosen.troubles] == ["X21"]
    assert told


def test_a_family_s_stick_troubles_nobody_but_what_was_chosen_is_answered(
    committee: Book, cell: Book, told: list[bytes], tmp_path: Path
) -> None:
    """Photographs and bills lie beside the slips; a slip that was cut short is named among them."""
    family, slip = tmp_path / "family", told[0]
    (family / "2026").mkdir(parents=True)
    for name, content in (("a.pdf", slip[:9000]), ("2026/b.PDF", b"%PDF-1.7 bill"), ("set.json", b"{}")):
        (family / name).write_bytes(content)
    (family / "photo.jpg").write_bytes(b"no paper")
    cell.trust.take(committee.authority.trust_file(), "trust.json", ANSWERED, compared=True)
    nothing = cell.answers.take_all([family], ANSWERED)
    assert (nothing.is_nothing, sorted(nothing.passed_over)) == (True, ["a.pdf", "b.PDF", "set.json"])
    assert "3 (" in nothing.say_passed_over(Messages("en"))
    chosen = cell.answers.take_all([family / "a.pdf", family / "set.json"], ANSWERED)
    assert sorted(fault.code for fault in chosen.troubles) == ["S03", "X20"]
    (family / "slip.pdf").write_bytes(slip)
    assert len(cell.answers.take_all([family], ANSWERED).answers) == 1


def test_a_trust_package_among_slips_is_compared_once_and_then_taken_by_its_number(
    committee: Book, seal_key: SigningKey, cell: Book, told: list[bytes], tmp_path: Path
) -> None:
    """Whoever could slip in a package of his own could sign receipts for the committee."""
    back = tmp_path / "back"

    def hand_out(name: str) -> None:
        (back / name).write_bytes(committee.authority.trust_paper(COMMITTEE_PASSPHRASE, ANSWERED))

    hand_out("1.pdf")
    first = cell.answers.take_all([back], ANSWERED)
    assert (first.trusts, first.answers, cell.trust.number()) == (0, (), 0)
    (shown,) = first.to_compare
    assert (shown.path, shown.fingerprint) == (back / "1.pdf", committee.authority.fingerprint())
    cell.trust.take(shown.path.read_bytes(), "1.pdf", ANSWERED, compared=True)
    committee.authority.renew(COMMITTEE_PASSPHRASE, ANSWERED)
    hand_out("2.pdf")
    newer = cell.answers.take_all([back], ANSWERED)
    assert (newer.trusts, newer.to_compare, newer.troubles) == (1, (), ())
    assert len(newer.answers) == len(told)
    assert cell.trust.number() == shown.number + 1
    overtaken = cell.answers.take_all([back / "1.pdf"], ANSWERED)
    assert [fault.code for fault in overtaken.troubles] == ["S22"]
    assert not seal_key.issued


def test_what_was_returned_is_due_and_leads_to_its_field(
    committee: Book, cell: Book, told: list[bytes]
) -> None:
    cell.trust.take(committee.authority.trust_file(), "trust.json", ANSWERED, compared=True)
    for content in told:
        cell.answers.take(content, "slip.pdf", ANSWERED)
    (line,) = [one for one in due_lines(cell, ANSWERED.date()) if "returned" in one.what]
    meeting = cell.meetings.within(date(2026, 11, 1), date(2026, 11, 30))[0]
    assert line.goal == f"meeting:{meeting.id}#attendance"
    words = Messages("vi")
    assert "Xem lại số người có mặt." in words.sentence(line.why, line.fields)
    cell.reports.issue_summary(NOVEMBER, on=ANSWERED.date())
    assert not [one for one in due_lines(cell, ANSWERED.date()) if "returned" in one.what]


def test_a_slip_is_judged_before_it_is_believed(committee: Book, cell: Book, told: list[bytes]) -> None:
    with pytest.raises(NoTrust):
        cell.answers.take(told[0], "slip.pdf", ANSWERED)
    cell.trust.take(committee.authority.trust_file(), "trust.json", ANSWERED, compared=True)
    spoilt = told[0].replace(b"/Type", b"/Tyqe", 1)
    with pytest.raises(SlipDoubtful) as doubtful:
        cell.answers.take(spoilt, "slip.pdf", ANSWERED)
    assert "changed" in doubtful.value.say(Messages("en"))
    assert all(not cell.answers.to(one.id) for one in cell.reports.documents())


def test_a_paper_of_our_own_is_no_slip(committee: Book, cell: Book, stick: Path) -> None:
    cell.trust.take(committee.authority.trust_file(), "trust.json", ANSWERED, compared=True)
    summary = min(stick.glob("*.pdf"))
    with pytest.raises(NotForUs):
        cell.answers.take(summary.read_bytes(), summary.name, ANSWERED)


def test_only_a_file_that_was_read_back_counts_as_sent(cell: Book, tmp_path: Path) -> None:
    paper = cell.reports.documents(ReportKind.SUMMARY)[0]
    before = cell.answers.sent(paper.id)
    with pytest.raises(Exception, match="K0"):
        cell.answers.send(paper.id, tmp_path / "nowhere", ANSWERED)
    assert cell.answers.sent(paper.id) == before
    stick = tmp_path / "USB của Thôn 4"
    stick.mkdir()
    path = cell.answers.send(paper.id, stick, ANSWERED)
    sent, *others = cell.answers.sent(paper.id)
    assert tuple(others) == before
    assert (sent.place, sent.file, sent.sent_at) == (stick.name, path.name, ANSWERED)


def test_slips_that_did_not_leave_are_named(
    committee: Book, received: tuple[Submission, ...], seal_key: SigningKey, tmp_path: Path
) -> None:
    assert received
    issued = committee.decisions.issue_slips(ANSWERED.date())
    assert committee.decisions.unsent_slips() == issued
    committee.decisions.seal_and_send(issued, seal_key, tmp_path, ANSWERED, lambda _done, _all: False)
    assert committee.decisions.unsent_slips() == issued[1:]


def test_every_question_that_a_file_was_asked_can_be_read_later(
    committee: Book, received: tuple[Submission, ...], stick: Path, tmp_path: Path
) -> None:
    assert {check.outcome for check in committee.inbox.checks(received[0].id)} == {Outcome.FINE}
    spoilt = tmp_path / "spoilt.pdf"
    spoilt.write_bytes(min(stick.glob("*.pdf")).read_bytes()[:-200])
    (refused,) = committee.inbox.receive([spoilt], RECEIVED)
    outcomes = [check.outcome for check in committee.inbox.checks(refused.id)]
    assert Outcome.REFUSE in outcomes
    assert outcomes[-1] is Outcome.NOT_ASKED
    (twice,) = committee.inbox.receive([min(stick.glob("*.pdf"))], RECEIVED)
    assert twice.verdict.code == "V13"


def test_a_neighbour_s_good_seal_makes_no_slip(
    committee: Book, cell: Book, received: tuple[Submission, ...]
) -> None:
    """A cell is registered too, but its seal does not turn the months of another one."""
    assert received
    (document_id, *_) = committee.decisions.issue_slips(ANSWERED.date())
    slip = committee.reports.envelope(document_id)
    from sochibo.documents.papers import assemble
    from sochibo.sealing.seals import seal

    forged = replace(slip, organisation_id=cell.organisation().id)
    content = seal(assemble(forged), cell.reports.open_key(CELL_PASSPHRASE), "secretary", ANSWERED)
    cell.trust.take(committee.authority.trust_file(), "trust.json", ANSWERED, compared=True)
    with pytest.raises(NotForUs):
        cell.answers.take(content, "slip.pdf", ANSWERED)
    assert all(not cell.answers.to(one.id) for one in cell.reports.documents())
