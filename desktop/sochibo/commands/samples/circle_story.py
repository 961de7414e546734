"""The demo's circle as it is told: keys, merger, sending, slips, correction, the yearly roll-up upward."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from sochibo import files
from sochibo.commands.receive import verdict_table
from sochibo.commands.samples import books, circle, rating_story, review
from sochibo.commands.samples.circle import MERGED, STAYS, YEAR, Party, at
from sochibo.commands.samples.meetings import months
from sochibo.commands.spoken import table
from sochibo.messages import N_
from sochibo.rules.dates import Month
from sochibo.rules.members.member_papers import MovementReport
from sochibo.rules.members.movement import MovementLine
from sochibo.rules.periods import parse_period
from sochibo.rules.reports import ReportKind, RollupReport

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from sochibo.book.book import Book
    from sochibo.book.inbox.inbox import Submission
    from sochibo.commands.samples.telling import Teller

__all__ = ["Circle", "open_circle"]

_SINCE: Final = date(YEAR - 1, 12, 1)
_BEGINS: Final = at(_SINCE)
_CORRECTED_ON: Final = date(YEAR, 11, 7)
_LATE: Final = timedelta(days=9)
_ROLLED_UP_ON: Final = date(YEAR + 1, 1, 8)
_TRUST: Final = "Tệp tin cậy.pdf"

Books = tuple["Book", "Book"]
"""Two books that stand beside or above each other."""


@contextmanager
def open_circle(teller: Teller, cell: Book) -> Iterator[Circle]:
    """Make the books of two neighbours, the committee and the province, and enrol every key."""

    def path(name: str) -> Path:
        return teller.folder / f"{name}.sochibo"

    merger = Month.of(circle.MERGED_ON)
    before = tuple(month for month in months() if month.year == YEAR and month < merger)
    with (
        books.make_committee(path("Đảng ủy xã Đông Hòa")) as committee,
        circle.make_province(path("Tỉnh ủy An Bình")) as province,
        books.make_neighbour(path(STAYS), before) as stays,
        books.make_neighbour(path(MERGED), before) as ends,
    ):
        yield Circle(teller, cell, (stays, ends), (committee, province))


class Circle:
    """Three cells, their committee and the province; the cell of the first steps is one of the three."""

    def __init__(self, teller: Teller, cell: Book, books_below: tuple[Book, Book], above: Books) -> None:
        self._teller = teller
        self._committee, self._province = above
        self._books = (cell, *books_below)
        self._stick = teller.inside("stick")
        self._codes: dict[str, str] = {}
        self.sealed = self._stick
        self._enrol(self._committee, self._books)
        self.cells = tuple(Party(book, book.reports.open_key(books.CELL_PASSPHRASE)) for book in self._books)
        self._upper = Party(self._committee, self._committee.reports.open_key(books.COMMITTEE_PASSPHRASE))
        self._certified = self._certify()
        self._hand_out_trust(self._committee, self.cells, _BEGINS)

    def rate(self) -> None:
        """Let the cells send their ratings, the committee decide, and each cell take that in."""
        teller, upper = self._teller, self._upper
        teller.step(N_("Three cells send the levels they propose; the committee sees them side by side"))
        for party in self.cells[1:]:
            rating_story.rate_small_cell(party.book)
        papers = [paper for party in self.cells for paper in rating_story.send(party, self._stick)]
        self._tell_received(upper.book.inbox.receive(papers, at(review.ISSUED_ON)))
        for slip in circle.answer(upper, teller.inside("slips"), review.ISSUED_ON, self.cells):
            teller.say(N_("Sealed: {name}"), name=slip.name)
        rating_story.tell_units(teller, upper.book)
        teller.step(N_("The committee keeps the cap, decides on members and cells, and reports upward"))
        rating_story.decide(teller, upper.book)
        rating_story.tell_units(teller, upper.book)
        ids = rating_story.issue_papers(upper.book)
        report = ids.pop(ReportKind.RATING_ROLLUP)
        folder = teller.inside("decisions")
        made = {
            kind: circle.seal_and_send(upper, one, folder, review.DECIDED_ON) for kind, one in ids.items()
        }
        for paper in made.values():
            teller.say(N_("Sealed: {name}"), name=paper.name)
        sent = circle.seal_and_send(self._certified, report, teller.inside("upward"), review.DECIDED_ON)
        self._tell_received(self._province.inbox.receive([sent], at(review.DECIDED_ON)))
        teller.step(N_("Each cell judges both decisions and takes them into its book"))
        for party in self.cells:
            rating_story.take_in(
                teller, party, made[ReportKind.RATING_DECISION], made[ReportKind.CELL_RATING_DECISION]
            )

    def run(self) -> bool:
        """Tell the rest of the circle; returns whether everything was judged as it should be."""
        cell, second, third = self.cells
        self._merge(self._upper, second, third)
        self._hand_out_trust(self._committee, (cell, second), books.NOW)
        self._exchange(self._upper, cell, second)
        self._correct(self._upper, cell, second)
        self._end_year(self._upper, cell, second)
        whole = self._send_upward(self._upper)
        files.write_whole(self._teller.folder / "trust.json", self._committee.authority.trust_file())
        return whole and all(self._expected(name, code) for name, code in self._codes.items())

    def _enrol(self, committee: Book, cells: tuple[Book, ...]) -> None:
        self._teller.step(N_("Three cells ask the committee to enrol their keys, by sealed papers"))
        for book in cells:
            request = circle.enrol(
                book, committee, books.CELL_PASSPHRASE, self._teller.inside("keys"), since=_SINCE
            )
            key = book.reports.key()
            print_of = key.fingerprint[:16] if key else ""
            self._teller.say(
                N_("{name}: fingerprint {fingerprint}…"), name=request.name, fingerprint=print_of
            )
        committee.authority.renew(books.COMMITTEE_PASSPHRASE, _BEGINS)

    def _certify(self) -> Party:
        """Let the province certify the committee's key as the committee does its cells'."""
        keys = self._teller.inside("keys")
        circle.enrol(
            self._committee, self._province, books.COMMITTEE_PASSPHRASE, keys, since=_SINCE, renew=True
        )
        self._province.authority.renew(books.COMMITTEE_PASSPHRASE, _BEGINS)
        return Party(self._committee, self._committee.reports.open_key(books.COMMITTEE_PASSPHRASE))

    def _merge(self, upper: Party, stays: Party, ends: Party) -> None:
        self._teller.step(N_("A cell sends its two quarters and is merged into its neighbour in July"))
        received = circle.send_quarters(ends, upper.book, self._stick)
        self._tell_received(received)
        circle.move_members(ends.book, stays.book)
        for month in months():
            if month >= Month.of(circle.MERGED_ON):
                books.record_short_month(stays.book, month)
        last = circle.send_last_movement(ends, self._stick)
        self._tell_received(upper.book.inbox.receive([last], at(circle.MERGED_ON - timedelta(days=1))))
        circle.merge(upper.book, ends.book, stays.book)
        before = len(upper.book.units.on(circle.MERGED_ON - timedelta(days=1)))
        after = len(upper.book.units.on(circle.MERGED_ON))
        members = len(stays.book.members.on(circle.MERGED_ON))
        self._teller.say(
            N_("{before} cells before, {after} after; {unit} now has {members} members."),
            before=before,
            after=after,
            unit=stays.name,
            members=members,
        )

    def _hand_out_trust(self, committee: Book, cells: tuple[Party, ...], now: datetime) -> None:
        package = self._teller.inside("keys") / _TRUST
        files.write_whole(package, committee.authority.trust_paper(books.COMMITTEE_PASSPHRASE, now))
        for party in cells:
            party.book.trust.take(package.read_bytes(), package.name, now, compared=True)

    def _exchange(self, upper: Party, cell: Party, neighbour: Party) -> None:
        """Let both cells send October; one file is tampered with, one is returned with a remark."""
        self._teller.step(N_("October: the committee receives two summaries and one copy that was changed"))
        on = books.NOW.date()
        self.sealed = circle.send(cell, str(circle.OCTOBER), self._stick, on)
        doubtful = circle.send(neighbour, str(circle.OCTOBER), self._stick, on)
        spoilt = circle.spoil(self.sealed)
        received = upper.book.inbox.receive([self.sealed, spoilt, doubtful], books.NOW)
        self._tell_received(received)
        returned = next(one for one in received if one.file == doubtful.name)
        circle.remark(upper.book, returned, on)
        self._teller.say(N_("Returned: {name}. {remark}"), name=returned.file, remark=circle.REMARK)
        self._answer(upper, on, (cell, neighbour))

    def _correct(self, upper: Party, cell: Party, neighbour: Party) -> None:
        self._teller.step(N_("The returned paper is corrected and comes as a new revision"))
        corrected = circle.correct_october(neighbour, self._stick, _CORRECTED_ON)
        self._tell_received(upper.book.inbox.receive([corrected], at(_CORRECTED_ON)))
        self._answer(upper, _CORRECTED_ON, (cell, neighbour))

    def _answer(self, upper: Party, on: date, parties: tuple[Party, ...]) -> None:
        """Make the slips for all units, and tell what the cells know of their papers now."""
        for slip in circle.answer(upper, self._teller.inside("slips"), on, parties):
            self._teller.say(N_("Sealed: {name}"), name=slip.name)
        from sochibo.book.papers.reports import DOCUMENT_STATE_LABELS

        words = self._teller.words
        for party in parties:
            newest = party.book.reports.of_period(circle.SUMMARY, circle.OCTOBER)
            if newest is not None:
                state = words.gettext(DOCUMENT_STATE_LABELS[newest.state])
                self._teller.say(
                    N_("{unit}: {number} is {state}."), unit=party.name, number=newest.number, state=state
                )

    def _end_year(self, upper: Party, cell: Party, neighbour: Party) -> None:
        self._teller.step(N_("The year ends: one summary comes late, then both cells sum up their year"))
        circle.end_year(cell.book, neighbour.book)
        period = str(Month(YEAR, 11))
        due = books.sent_at(Month(YEAR, 11)).date()
        for party, on in ((cell, due), (neighbour, due + _LATE)):
            paper = circle.send(party, period, self._stick, on)
            self._tell_received(upper.book.inbox.receive([paper], at(on)))
            if on > due:
                self._teller.say(
                    N_("The file {file} came on {day}: {days} days late."),
                    file=paper.name,
                    day=on,
                    days=_LATE.days,
                )
        yearly = [paper for party in (cell, neighbour) for paper in circle.send_year(party, self._stick)]
        self._tell_received(upper.book.inbox.receive(yearly, at(circle.YEAR_SENT)))

    def _send_upward(self, upper: Party) -> bool:
        """Roll the year up, seal it, and let the province's book receive it."""
        self._teller.step(N_("The committee rolls the year up, seals it and sends it to the province"))
        ids = circle.issue_year(upper.book, _ROLLED_UP_ON)
        report = upper.book.reports.envelope(ids[0]).report
        if isinstance(report, RollupReport):
            self._tell_rollup(report)
        moved = upper.book.reports.of_period(ReportKind.MOVEMENT, parse_period(str(YEAR)))
        movement = upper.book.reports.envelope(moved.id).report if moved else None
        if isinstance(movement, MovementReport):
            self._tell_movement(movement)
        self._province.authority.renew(books.COMMITTEE_PASSPHRASE, books.NOW)
        stick = self._teller.inside("upward")
        papers = [circle.seal_and_send(self._certified, one, stick, _ROLLED_UP_ON) for one in ids]
        received = self._province.inbox.receive(papers, at(_ROLLED_UP_ON))
        self._tell_received(received)
        return len(received) == len(ids)

    def _tell_movement(self, report: MovementReport) -> None:
        """Tell that who went from one cell to the other neither came to the committee nor left it."""
        told = {row.line: row.heads.total for row in report.rows}
        self._teller.say(
            N_("{start} members + {came} − {went} = {end}; {n} went from cell to cell and count in neither."),
            start=told[MovementLine.START],
            came=report.increase.total,
            went=report.decrease.total,
            end=told[MovementLine.END],
            n=report.internal.total,
        )

    def _tell_rollup(self, report: RollupReport) -> None:
        words = self._teller.words
        rows = [
            (
                row.unit,
                words.number(row.members),
                words.number(row.meetings),
                words.percent(row.attendance.numerator, row.attendance.denominator),
                words.sentence(N_("until {day}, then {unit}"), {"day": row.ended, "unit": row.successor})
                if row.ended
                else "",
            )
            for row in report.rows
        ]
        headings = (N_("Unit"), N_("Members"), N_("Meetings"), N_("Rate"), N_("Note"))
        self._teller.tell(table([words.gettext(heading) for heading in headings], rows))

    def _tell_received(self, received: list[Submission] | tuple[Submission, ...]) -> None:
        self._codes |= {one.file: one.verdict.code for one in received}
        self._teller.tell(verdict_table(received, self._teller.words))

    @staticmethod
    def _expected(name: str, code: str) -> bool:
        return code == ("V03" if circle.SPOILT in name else "V00")
