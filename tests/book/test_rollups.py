"""A committee enrols cells, vouches for itself, and adds up what it received."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from books import make_committee_book
from recordings import (
    CELL_PASSPHRASE,
    COMMITTEE_PASSPHRASE,
    ENROLLED,
    NOVEMBER,
    OCTOBER,
    noon,
    quick_keys,
)

from sochibo import faults
from sochibo.book.book import Book, BookDraft
from sochibo.book.trust.keyring import NoAuthority
from sochibo.faults import Refused, Severity
from sochibo.rules.meetings.attendance import Ratio
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import ReportKind, RollupReport
from sochibo.rules.units.organisations import BookKind
from sochibo.rules.units.rollups import add_rows
from sochibo.sealing.seals import judge
from sochibo.sealing.trust import LIST_DAYS, TrustInvalid, read_trust
from sochibo.storage.engine.database import Database
from sochibo.storage.records import submissions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECEIVED = noon(date(2026, 12, 3))


@pytest.fixture(autouse=True)
def _quick_keys() -> Iterator[None]:
    with quick_keys():
        yield


class TestEnrolling:
    """The authority and the register of signers."""

    def test_there_is_one_authority_for_good(self, committee: Book) -> None:
        assert committee.authority.exists()
        with pytest.raises(Refused) as refusal:
            committee.authority.make("một mật khẩu khác", ENROLLED)
        assert refusal.value.findings[0].code == "O91"

    def test_a_cell_makes_none(self, cell: Book) -> None:
        with pytest.raises(Refused) as refusal:
            cell.authority.make(COMMITTEE_PASSPHRASE, ENROLLED)
        assert refusal.value.findings[0].code == "O92"

    def test_without_it_nobody_is_enrolled_and_no_trust_is_written(self, tmp_path: Path, cell: Book) -> None:
        request = cell.reports.key_request(CELL_PASSPHRASE)
        with make_committee_book(tmp_path / "new.sochibo") as committee:
            assert not committee.authority.exists()
            with pytest.raises(NoAuthority):
                committee.authority.enrol(request, COMMITTEE_PASSPHRASE, ENROLLED, since=ENROLLED.date())
            with pytest.raises(NoAuthority):
                committee.authority.trust_file()
            assert committee.inbox.units() == ()

    def test_a_wrong_passphrase_enrols_nobody(self, committee: Book, cell: Book) -> None:
        before = committee.inbox.units()
        request = cell.reports.key_request(CELL_PASSPHRASE)
        with pytest.raises(faults.Fault) as fault:
            committee.authority.enrol(request, "sai mật khẩu", ENROLLED, since=ENROLLED.date())
        assert fault.value.code == "S01"
        assert committee.inbox.units() == before

    def test_the_trust_file_names_unit_and_signer_and_its_number_grows(
        self, committee: Book, cell: Book
    ) -> None:
        first = read_trust(committee.authority.trust_file(), "trust.json")
        assert (first.number, len(first.roots), len(first.revocation_lists)) == (2, 1, 1)
        (signer,) = first.signers
        assert (signer.organisation, signer.person) == ("Chi bộ Thôn 4", "Nguyễn Văn Mẫu")
        assert (signer.organisation_id, signer.valid_to) == (cell.organisation().id, None)

    def test_a_successor_signs_from_a_day_on_and_the_one_before_until_then(
        self, committee: Book, cell: Book
    ) -> None:
        later = noon(date(2026, 12, 10))
        cell.reports.make_key("Trần Thị Bích", CELL_PASSPHRASE, later)
        request = cell.reports.key_request(CELL_PASSPHRASE)
        committee.authority.enrol(request, COMMITTEE_PASSPHRASE, later, since=later.date())
        trust = read_trust(committee.authority.trust_file(), "trust.json")
        assert trust.number == 3
        assert [(one.person, one.valid_from, one.valid_to) for one in trust.signers] == [
            ("Nguyễn Văn Mẫu", ENROLLED.date(), date(2026, 12, 9)),
            ("Trần Thị Bích", date(2026, 12, 10), None),
        ]
        (unit,) = committee.inbox.units()
        assert (unit.name, unit.signer, unit.since) == ("Chi bộ Thôn 4", "Trần Thị Bích", ENROLLED.date())

    def test_a_request_that_is_none_is_named(self, committee: Book) -> None:
        with pytest.raises(TrustInvalid) as fault:
            committee.authority.enrol(
                b"?", COMMITTEE_PASSPHRASE, ENROLLED, since=ENROLLED.date(), name="request.pem"
            )
        assert fault.value.fields == {"name": "request.pem"}


class TestTrust:
    """What the committee's trust file vouches for, and for how long."""

    def test_it_vouches_for_the_committees_own_signer(self, committee: Book, stick: Path) -> None:
        committee.inbox.receive([stick], RECEIVED)
        before = read_trust(committee.authority.trust_file(), "trust.json")
        committee.reports.make_key("Đào Thị Mơ", COMMITTEE_PASSPHRASE, RECEIVED)
        document_id = committee.reports.issue_rollup(NOVEMBER, on=RECEIVED.date())
        key = committee.reports.open_key(COMMITTEE_PASSPHRASE)
        sealed = committee.reports.seal(document_id, key, RECEIVED)
        after = read_trust(committee.authority.trust_file(), "trust.json")
        assert judge(sealed, before, RECEIVED.date()).verdict.code == "V05"
        assert judge(sealed, after, RECEIVED.date()).verdict.code == "V00"
        assert after.number == before.number + 1

    def test_papers_sealed_with_an_earlier_key_of_its_own_stay_good(
        self, committee: Book, stick: Path
    ) -> None:
        committee.inbox.receive([stick], RECEIVED)
        committee.reports.make_key("Đào Thị Mơ", COMMITTEE_PASSPHRASE, RECEIVED)
        document_id = committee.reports.issue_rollup(NOVEMBER, on=RECEIVED.date())
        key = committee.reports.open_key(COMMITTEE_PASSPHRASE)
        sealed = committee.reports.seal(document_id, key, RECEIVED)
        committee.reports.make_key("Ngô Văn Mướp", COMMITTEE_PASSPHRASE, RECEIVED + timedelta(days=30))
        trust = read_trust(committee.authority.trust_file(), "trust.json")
        assert judge(sealed, trust, RECEIVED.date()).verdict.code == "V00"

    def test_its_own_signer_may_not_seal_for_a_cell(self, committee: Book, cell: Book) -> None:
        committee.reports.make_key("Đào Thị Mơ", COMMITTEE_PASSPHRASE, ENROLLED)
        trust = read_trust(committee.authority.trust_file(), "trust.json")
        own = trust.signers[-1]
        assert own.person == "Đào Thị Mơ"
        assert trust.registered(own.fingerprint, committee.organisation().id, RECEIVED.date())
        assert not trust.registered(own.fingerprint, cell.organisation().id, RECEIVED.date())

    def test_it_is_made_anew_before_it_grows_too_old(self, committee: Book, stick: Path) -> None:
        late = ENROLLED + timedelta(days=LIST_DAYS + 1)
        sealed = min(stick.glob("*.pdf")).read_bytes()
        old = read_trust(committee.authority.trust_file(), "trust.json")
        assert judge(sealed, old, late.date()).verdict.code == "V21"
        committee.authority.renew(COMMITTEE_PASSPHRASE, late)
        new = read_trust(committee.authority.trust_file(), "trust.json")
        assert judge(sealed, new, late.date()).verdict.code == "V00"
        assert (new.number, new.issued_at) == (old.number + 1, late)

    def test_a_cell_makes_nothing_anew(self, cell: Book) -> None:
        with pytest.raises(Refused) as refusal:
            cell.authority.renew(CELL_PASSPHRASE, RECEIVED)
        assert refusal.value.findings[0].code == "O92"


class TestRollups:
    """The month of all units, added up."""

    def test_it_adds_what_counts_and_names_its_sources(
        self, committee: Book, cell: Book, stick: Path
    ) -> None:
        document_id = cell.reports.issue_summary(NOVEMBER, on=date(2026, 12, 2), remarks="Sửa lại.")
        cell.reports.seal(document_id, cell.reports.open_key(CELL_PASSPHRASE), noon(date(2026, 12, 2)))
        cell.reports.send(document_id, stick)
        committee.inbox.receive([stick], RECEIVED)
        document = committee.reports.get(committee.reports.issue_rollup(NOVEMBER, on=date(2026, 12, 10)))
        report = committee.reports.envelope(document.id).report
        assert isinstance(report, RollupReport)
        (row,) = report.rows
        newest = cell.reports.of_period(ReportKind.SUMMARY, NOVEMBER)
        assert newest is not None
        assert (row.unit, row.source, row.source_number) == ("Chi bộ Thôn 4", newest.digest, "03-BC/CB")
        assert (row.members, row.meetings, row.score_tenths) == (9, 1, 985)
        assert (report.reported.numerator, report.reported.denominator) == (1, 1)
        assert (document.number, report.heading.authority) == ("01-BC/ĐU", "T/M ĐẢNG ỦY")

    def test_a_unit_that_sent_nothing_stands_in_it_as_not_reported(
        self, committee: Book, stick: Path
    ) -> None:
        committee.inbox.receive([stick], RECEIVED)
        committee.units.found("Chi bộ Thôn 9", date(2026, 1, 1))
        (advice,) = committee.rollups.check(parse_period(str(NOVEMBER)))
        assert (advice.code, advice.severity, dict(advice.fields)) == (
            "Q80", Severity.YELLOW, {"missing": 1, "all": 2},
        )  # fmt: skip
        document_id = committee.reports.issue_rollup(NOVEMBER, on=RECEIVED.date())
        report = committee.reports.envelope(document_id).report
        assert isinstance(report, RollupReport)
        assert [(row.unit, row.source is None) for row in report.rows] == [
            ("Chi bộ Thôn 4", False), ("Chi bộ Thôn 9", True),
        ]  # fmt: skip
        assert (report.reported.numerator, report.reported.denominator) == (1, 2)

    def test_from_nothing_at_all_none_is_issued(self, committee: Book) -> None:
        with pytest.raises(Refused) as refusal:
            committee.reports.issue_rollup(OCTOBER, on=date(2026, 11, 10))
        assert [one.code for one in refusal.value.findings] == ["Q83"]
        assert committee.reports.documents() == ()
        report = committee.reports.rollup(OCTOBER)
        assert [(row.unit, row.source) for row in report.rows] == [("Chi bộ Thôn 4", None)]
        assert (report.reported.numerator, report.reported.denominator) == (0, 1)

    def test_before_the_first_unit_there_is_nothing_to_roll_up(self, committee: Book) -> None:
        with pytest.raises(Refused) as refusal:
            committee.reports.issue_rollup(replace(OCTOBER, month=8), on=date(2026, 11, 10))
        assert refusal.value.findings[0].code == "Q92"

    def test_a_unit_enrolled_after_the_month_it_sent_for_is_added_up(self, folder: Path, stick: Path) -> None:
        late = date(2026, 12, 1)
        database = Database.open(folder / "committee.sochibo")
        with database.act("Enrolled late"):
            for unit in submissions.units(database):
                database.update("unit", unit.id, {"since": late.isoformat()})
        database.close()
        with Book.open(folder / "committee.sochibo") as committee:
            assert committee.inbox.units_in(NOVEMBER) == ()
            committee.inbox.receive([stick], RECEIVED)
            assert [unit.name for unit in committee.inbox.units_in(NOVEMBER)] == ["Chi bộ Thôn 4"]
            assert committee.reports.rollup(NOVEMBER).reported.numerator == 1

    def test_it_is_drawn_before_it_is_issued(self, committee: Book, stick: Path) -> None:
        committee.inbox.receive([stick], RECEIVED)
        pdf = committee.reports.preview_rollup(NOVEMBER)
        assert committee.reports.page_count(pdf) >= 1
        assert committee.reports.documents() == ()

    def test_its_figures_are_known_before_it_is_issued_with_the_files_behind_them(
        self, committee: Book, stick: Path
    ) -> None:
        received = committee.inbox.receive([stick], RECEIVED)
        report = committee.reports.rollup(NOVEMBER)
        (row,) = report.rows
        assert (row.attendance, row.members) == (report.total.attendance, report.total.members)
        assert row.attendance.numerator > 0
        assert row.source is not None
        (behind,) = committee.rollups.sources(row)
        assert behind in [one.id for one in received if one.period == str(NOVEMBER)]
        assert committee.rollups.sources(replace(row, source="ab" * 32)) == ()
        assert committee.reports.documents() == ()


def test_a_committees_roll_up_is_received_one_level_up(committee: Book, stick: Path, tmp_path: Path) -> None:
    received = noon(date(2026, 12, 3))
    committee.inbox.receive([stick], received)
    committee.reports.make_key("Trần Thị Thử", COMMITTEE_PASSPHRASE, ENROLLED)
    draft = BookDraft(
        kind=BookKind.COMMITTEE, name="Tỉnh ủy Bình Minh", superior="Ban Chấp hành Trung ương",
        place="Bình Minh", term_name="2025–2030", term_start=date(2025, 10, 1), secretary="Lê Văn Thử",
    )  # fmt: skip
    with Book.create(tmp_path / "province.sochibo", draft) as province:
        province.authority.make("tỉnh ủy 2026", ENROLLED)
        request = committee.reports.key_request(COMMITTEE_PASSPHRASE)
        chain = province.authority.enrol(request, "tỉnh ủy 2026", ENROLLED, since=ENROLLED.date())
        committee.reports.accept_certificate(chain, COMMITTEE_PASSPHRASE)
        document_id = committee.reports.issue_rollup(NOVEMBER, on=received.date(), prepared_by="Ngô Văn Lập")
        key = committee.reports.open_key(COMMITTEE_PASSPHRASE)
        committee.reports.seal(document_id, key, received)
        up = tmp_path / "up"
        up.mkdir()
        committee.reports.send(document_id, up, received)
        (one,) = province.inbox.receive([up], received)
        assert (one.verdict.code, one.kind, one.counts) == ("V00", ReportKind.ROLLUP, True)
        report = province.reports.rollup(NOVEMBER)
        (row,) = report.rows
        below = committee.reports.envelope(document_id).report
        assert isinstance(below, RollupReport)
        assert below.prepared_by == "Ngô Văn Lập"
        assert (row.unit, row.members, row.units) == ("Đảng ủy xã Đông Hòa", 9, Ratio(1, 1))
        assert add_rows("", [report.total]) == add_rows("", [below.total])
        assert province.rollups.sources(row) == (one.id,)
        assert province.reports.page_count(province.reports.preview_rollup(parse_period("2026"))) >= 1
