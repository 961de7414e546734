"""The main job on invented data: a roster becomes a sealed summary, verified and added up."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sochibo import faults, files
from sochibo.commands.receive import verdict_table
from sochibo.commands.roster import describe
from sochibo.commands.spoken import FOLDER, Command, make_folder, say, table
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.book import Book
    from sochibo.book.inbox import Submission
    from sochibo.messages import Messages
    from sochibo.rules.dates import Month
    from sochibo.sealing.seals import Judgement

__all__ = ["command"]

_MARK = "summary.txt"
_MOST_BYTES = 64 * 1024 * 1024


class NotOurs(faults.Fault):
    """The folder holds other things, which the demo must not replace."""

    code = "C08"
    sentence = N_("The folder “{name}” holds other files.")
    advice = N_("Choose an empty or a new folder. Nothing was changed.")


def command(words: Messages) -> click.Command:
    """Return `sochibo demo`."""
    return Command(
        words,
        "demo",
        help=words.gettext(
            "Show the main job on invented data: a roster becomes a book, a meeting is recorded, a sealed "
            "summary leaves, the committee verifies it and adds it up. Replaces what an earlier demo wrote."
        ),
        params=[
            click.Option(
                ["--out"],
                type=FOLDER,
                default=Path("build") / "demo",
                metavar="DIR",
                help=words.gettext("The folder to write into; otherwise build/demo."),
            )
        ],
        callback=lambda out: _Demo(words, out).run(),
    )


class _Demo:
    """One run, which tells what it does as it goes."""

    def __init__(self, words: Messages, folder: Path) -> None:
        self.words = words
        self.folder = folder
        self.told: list[str] = []

    def run(self) -> int:
        from sochibo.commands.samples.books import make_committee
        from sochibo.commands.samples.meetings import months

        self._clear()
        stick = make_folder(self.folder / "stick")
        month = months()[-1]
        with make_committee(self.folder / "Đảng ủy xã Đông Hòa.sochibo") as committee:
            sealed = self._work_as_cell(committee, month, stick)
            self._work_as_neighbours(committee, month, stick)
            self._change_a_copy(sealed)
            received = self._receive(committee, stick)
            self._add_up(committee, month)
            trust = committee.authority.trust_file()
        files.write_whole(self.folder / "trust.json", trust)
        judgement = self._judge(sealed)
        whole = self._as_expected(received, sealed.name) and judgement.verdict.code == "V00"
        files.write_whole(self.folder / _MARK, ("\n".join(self.told) + "\n").encode())
        return 0 if whole else 1

    def _clear(self) -> None:
        """Take an earlier demo away, and nothing else."""
        if self.folder.exists() and any(self.folder.iterdir()):
            if not (self.folder / _MARK).exists():
                raise NotOurs(name=self.folder.name)
            try:
                shutil.rmtree(self.folder)
            except OSError as error:
                raise faults.from_os(error, self.folder.name) from error
        make_folder(self.folder)
        # First of all, so that a demo that was stopped can be replaced too.
        files.write_whole(self.folder / _MARK, b"")

    def _work_as_cell(self, committee: Book, month: Month, stick: Path) -> Path:
        """Do a secretary's work of a year; returns the sealed summary of its last month."""
        from sochibo.commands.samples import books
        from sochibo.commands.samples.meetings import meeting_of, months
        from sochibo.commands.samples.ratings import ratings_csv
        from sochibo.commands.samples.roster import ROSTER_DAY, write_roster

        roster = self.folder / "roster.xlsx"
        write_roster(roster)
        # So that `sochibo import`, `meeting add` and `rating set` have something to be tried with.
        talk = json.dumps(meeting_of(month), ensure_ascii=False, indent=1)
        files.write_whole(self.folder / "october.json", talk.encode())
        files.write_whole(self.folder / "ratings.csv", ratings_csv(ROSTER_DAY).encode("utf-8-sig"))
        path = self.folder / "Chi bộ Thôn 4.sochibo"
        with books.make_empty_cell(path) as book:
            preview = book.members.preview_roster(roster)
            self._tell_step(N_("1. The roster in Excel becomes a book"))
            self._tell(describe(preview, self.words))
            book.members.import_roster(preview)
            books.record_later_events(book)
            listed = sum(entry.standing.belongs for entry in book.members.on(ROSTER_DAY))
            self._say(N_("{n} members on {day}."), n=listed, day=ROSTER_DAY)
            self._tell_step(N_("2. Meetings are recorded, their minutes closed"))
            minutes = [books.record_month(book, each) for each in months()]
            self._tell_meetings(book, month)
            self._tell_step(N_("3. The committee enrols the cell's key, and papers are sealed"))
            books.enrol(book, committee)
            key = book.reports.open_key(books.CELL_PASSPHRASE)
            book.reports.seal(minutes[-1], key, books.NOW)
            papers = [book.reports.send(minutes[-1], self.folder)]
            papers.append(books.send_summary(book, month, stick))
            for paper in papers:
                self._say(N_("Sealed: {name}"), name=paper.name)
        return papers[-1]

    def _tell_meetings(self, book: Book, month: Month) -> None:
        words = self.words
        rows = [
            (
                words.date(line.meeting.on),
                f"{words.number(line.count.present)}/{words.number(line.count.expected)}",
                words.percent(line.count.present, line.count.expected),
                words.number((line.tenths or 0) / 10),
                line.minutes_number,
            )
            for year in sorted(book.meetings.years())
            for line in book.meetings.lines(year)
        ]
        headings = (
            words.gettext("Day"),
            words.gettext("Present"),
            words.gettext("Rate"),
            words.gettext("Score"),
            words.gettext("Minutes"),
        )
        self._tell(table(headings, rows))
        newest = book.meetings.lines(month.year)[-1].count
        self._say(
            N_("The last: {present} of {expected} came; absent {excused} with reason, {unexcused} without."),
            present=newest.present,
            expected=newest.expected,
            excused=newest.excused,
            unexcused=newest.unexcused,
        )

    def _work_as_neighbours(self, committee: Book, month: Month, stick: Path) -> None:
        """Let one neighbour send its summary, and the other one forget to."""
        from sochibo.commands.samples import books

        for number, name in enumerate(books.NEIGHBOURS):
            with books.make_neighbour(self.folder / f"{name}.sochibo", number, (month,)) as book:
                books.enrol(book, committee)
                if number == 0:
                    books.send_summary(book, month, stick)

    def _change_a_copy(self, sealed: Path) -> None:
        """Put beside the sealed file a copy in which one byte is another."""
        data = bytearray(sealed.read_bytes())
        data[len(data) // 3] ^= 1
        files.write_whole(sealed.with_name(f"{sealed.stem} (đã bị sửa).pdf"), bytes(data))

    def _receive(self, committee: Book, stick: Path) -> tuple[Submission, ...]:
        from sochibo.commands.samples.books import NOW

        self._tell_step(N_("4. The committee receives the stick, with one copy in which a byte was changed"))
        received = committee.inbox.receive([stick], NOW)
        self._tell(verdict_table(received, self.words))
        return received

    def _add_up(self, committee: Book, month: Month) -> None:
        from sochibo.commands.samples import books

        self._tell_step(N_("5. The committee adds the month up and seals its own paper"))
        document_id = committee.reports.issue_rollup(month, on=books.NOW.date())
        key = committee.reports.open_key(books.COMMITTEE_PASSPHRASE)
        committee.reports.seal(document_id, key, books.NOW)
        paper = committee.reports.send(document_id, self.folder)
        self._say(N_("Sealed: {name}"), name=paper.name)
        board = committee.inbox.board(month.year)
        silent = [row.unit.name for row in board if row.months[month.month - 1] is None]
        self._say(N_("Not sent yet: {units}"), units=", ".join(silent) or "–")

    def _judge(self, sealed: Path) -> Judgement:
        """Judge the sealed summary as anybody with the trust file may, and read the figures out of it."""
        from sochibo.commands.samples.books import NOW
        from sochibo.rules.reports import SummaryReport
        from sochibo.sealing.seals import judge
        from sochibo.sealing.trust import read_trust
        from sochibo.sealing.verdicts import LEVEL_LABELS

        self._tell_step(N_("6. Anybody with the trust file can judge the sealed summary"))
        trust = self.folder / "trust.json"
        trusted = read_trust(files.read_whole(trust, _MOST_BYTES), trust.name)
        judgement = judge(files.read_whole(sealed, _MOST_BYTES), trusted, NOW.date())
        report = judgement.envelope.report if judgement.envelope else None
        if isinstance(report, SummaryReport):
            rate = report.attendance
            self._say(
                N_("Read in the file: {unit}, {members} members, {present} of {expected} came ({percent})."),
                unit=judgement.envelope.organisation if judgement.envelope else "",
                members=report.members,
                present=rate.numerator,
                expected=rate.denominator,
                percent=self.words.percent(rate.numerator, rate.denominator),
            )
        verdict = judgement.verdict
        level = self.words.gettext(LEVEL_LABELS[verdict.level])
        self._tell(f"{sealed.name}: {level} ({verdict.code}). {verdict.sentence(self.words)}")
        return judgement

    @staticmethod
    def _as_expected(received: Sequence[Submission], sealed: str) -> bool:
        """Tell whether what was sent is accepted, and the changed copy refused."""
        codes = {each.file: each.verdict.code for each in received}
        changed = [code for name, code in codes.items() if name.endswith("(đã bị sửa).pdf")]
        return codes.get(sealed) == "V00" and changed == ["V03"]

    def _tell_step(self, template: str) -> None:
        self._tell("")
        self._say(template)

    def _say(self, template: str, **fields: object) -> None:
        self._tell(self.words.sentence(template, fields))

    def _tell(self, text: str) -> None:
        self.told.append(text)
        say(text)
