"""The demo's cell: a roster becomes a book, a year is recorded, December reviewed, papers are sealed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sochibo import files
from sochibo.commands.roster import describe
from sochibo.commands.samples import books, rating_story, review, year
from sochibo.commands.samples.meetings import meeting_of, months
from sochibo.commands.samples.ratings import ratings_csv
from sochibo.commands.samples.roster import ROSTER_DAY, write_roster
from sochibo.commands.samples.signature import scanned_signature
from sochibo.commands.spoken import table
from sochibo.messages import N_
from sochibo.rules.meetings.meetings import KIND_LABELS
from sochibo.rules.members.registers import RegisterKind
from sochibo.rules.ratings.rating_figures import FiguresGroup, Source
from sochibo.rules.ratings.ratings import LEVEL_SIGNS, Level
from sochibo.rules.reports import REPORT_LABELS, ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sochibo.book.book import Book
    from sochibo.commands.samples.telling import Teller
    from sochibo.rules.dates import Month

__all__ = ["CELL", "CellYear", "make_book", "seal_papers", "write_samples"]

CELL: Final = "Chi bộ Thôn 4"
_PAPERS: Final = "papers"
_TARGETS: Final = 2026
_WHOLE: Final = 100


def write_samples(folder: Teller) -> None:
    """Write what `sochibo import`, `meeting add` and `rating set` can be tried with."""
    write_roster(folder.folder / "roster.xlsx")
    talk = json.dumps(meeting_of(months()[-1]), ensure_ascii=False, indent=1)
    files.write_whole(folder.folder / "october.json", talk.encode())
    files.write_whole(folder.folder / "ratings.csv", ratings_csv(ROSTER_DAY).encode("utf-8-sig"))


def make_book(teller: Teller) -> Book:
    """Make the cell's book from its roster in Excel."""
    teller.step(N_("The roster in Excel becomes a book"))
    book = books.make_empty_cell(teller.folder / f"{CELL}.sochibo")
    preview = book.members.preview_roster(teller.folder / "roster.xlsx")
    teller.tell(describe(preview, teller.words))
    book.members.import_roster(preview)
    books.record_later_events(book)
    year.fill_registers(book)
    listed = sum(entry.standing.belongs for entry in book.members.on(ROSTER_DAY))
    teller.say(
        N_("{n} members on {day}; {offices} offices, {groups} Party groups, {candidates} on the way in."),
        n=listed,
        day=ROSTER_DAY,
        offices=len(book.registers.offices()),
        groups=len(book.registers.groups()),
        candidates=len(book.registers.lines(RegisterKind.CANDIDATES, ROSTER_DAY)),
    )
    return book


class CellYear:
    """A year of the cell: up to its review, through what was decided of it, and on to the last month."""

    def __init__(self, teller: Teller, book: Book) -> None:
        self._teller = teller
        self._book = book
        self._issued: dict[ReportKind, list[str]] = {}
        self._reviewed: dict[ReportKind, str] = {}
        self.review_id = ""

    @property
    def papers(self) -> tuple[str, ...]:
        """Return the newest paper of each kind."""
        return (*(found[-1] for found in self._issued.values()), *self._reviewed.values())

    def begin(self) -> None:
        """Plan the year, record its first months, and hold the review."""
        self._issued[ReportKind.THEMATIC_PLAN] = [year.plan_year(self._book)]
        self._record(month for month in months() if str(month) <= str(review.MONTH))
        self._teller.step(N_("December: self-reviews, secret ballots, and the levels that the cell proposes"))
        self.review_id = review.hold_review(self._book)
        self._reviewed = review.issue_papers(self._book, self.review_id)
        self._tell_levels((Source.PROPOSED, N_("Proposed")))
        for kind, document_id in self._reviewed.items():
            self._teller.say(
                N_("{paper}: {number}"),
                paper=self._teller.words.gettext(REPORT_LABELS[kind]),
                number=self._book.reports.get(document_id).number,
            )

    def finish_review(self) -> None:
        """Issue summary and report once more, with the levels decided."""
        # What went up with the proposed levels was sealed and sent already.
        kept = {kind: one for kind, one in self._reviewed.items() if kind not in rating_story.KINDS}
        self._reviewed = kept | review.finish(self._book, self.review_id)
        self._tell_levels((Source.PROPOSED, N_("Proposed")), (Source.DECIDED, N_("Decided")))

    def end(self) -> None:
        """Record the other months, and tell of all."""
        self._teller.step(N_("Twelve months of meetings are planned, recorded, scored and closed"))
        self._record(month for month in months() if str(month) > str(review.MONTH))
        _tell_meetings(self._teller, self._book)
        tasks = self._book.tasks.lines()
        done = sum(line.task.done_percent == _WHOLE for line in tasks)
        self._teller.say(N_("{n} tasks were given, {done} are done."), n=len(tasks), done=done)
        for kind, found in self._issued.items():
            label = self._teller.words.gettext(REPORT_LABELS[kind])
            self._teller.say(N_("{paper}: {n}"), paper=label, n=len(found))

    def _record(self, wanted: Iterable[Month]) -> None:
        for month in wanted:
            minutes = year.record_month(self._book, month)
            self._issued.setdefault(ReportKind.MINUTES, []).append(minutes)
            for kind, document_id in year.issue_papers(self._book, minutes).items():
                self._issued.setdefault(kind, []).append(document_id)

    def _tell_levels(self, *told: tuple[Source, str]) -> None:
        teller, ratings = self._teller, self._book.ratings
        for finding in (*ratings.check(self.review_id), *ratings.check_cap(self.review_id)):
            teller.tell(finding.say(teller.words))
        rows = []
        for source, heading in told:
            counts = ratings.figures(self.review_id, source)[FiguresGroup.MEMBERS]
            levels = [str(counts.count(level)) for level in Level]
            rows.append((teller.words.gettext(heading), str(counts.total), *levels, str(counts.unrated)))
        headings = (N_("Levels"), N_("Members"), *(LEVEL_SIGNS[one] for one in Level), N_("No level yet"))
        teller.tell(table([teller.words.gettext(heading) for heading in headings], rows))


def seal_papers(teller: Teller, book: Book, document_ids: Iterable[str]) -> None:
    """Seal the cell's papers with one opened key and write them into a folder."""
    from sochibo.book.ratings import rating_drafts

    teller.step(N_("The cell seals its papers"))
    reached = book.reports.issue_draft(
        rating_drafts.ISSUE_ACTS[ReportKind.TARGETS],
        rating_drafts.targets_draft(book, _TARGETS, books.NOW.date()),
        period=str(_TARGETS),
    )
    composed = book.member_papers.issue_composition(books.NOW.date(), books.NOW.date())
    book.keys.take_picture(scanned_signature(), "chu-ky.png")
    key = book.reports.open_key(books.CELL_PASSPHRASE)
    for document_id in (*document_ids, reached, composed):
        book.reports.seal(document_id, key, books.NOW)
        paper = book.reports.send(document_id, teller.inside(_PAPERS), books.NOW)
        teller.say(N_("Sealed: {name}"), name=paper.name)


def _tell_meetings(teller: Teller, book: Book) -> None:
    words = teller.words
    lines = [line for each in sorted(book.meetings.years()) for line in book.meetings.lines(each)]
    rows = [
        (
            words.date(line.meeting.on),
            words.gettext(KIND_LABELS[line.meeting.kind]),
            f"{words.number(line.count.present)}/{words.number(line.count.expected)}",
            words.percent(line.count.present, line.count.expected),
            words.number(line.tenths / 10) if line.tenths is not None else "–",
            line.minutes_number,
        )
        for line in lines
    ]
    headings = (N_("Day"), N_("Kind"), N_("Present"), N_("Rate"), N_("Score"), N_("Minutes"))
    teller.tell(table([words.gettext(heading) for heading in headings], rows))
    newest = lines[-1].count
    teller.say(
        N_("The last: {present} of {expected} came; absent {excused} with reason, {unexcused} without."),
        present=newest.present,
        expected=newest.expected,
        excused=newest.excused,
        unexcused=newest.unexcused,
    )
