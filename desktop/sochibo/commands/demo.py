"""The whole circle on invented data: a year of a cell, its sealed papers, what its committee does."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sochibo import faults, files
from sochibo.commands.spoken import FOLDER, Command, make_folder
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.messages import Messages
    from sochibo.sealing.seals import Judgement

__all__ = ["command"]

_MARK = "summary.txt"
_PLACES: Final = (
    ("*.sochibo", N_("the books, to be opened with the program: three cells, their committee, the province")),
    ("papers/", N_("sealed papers of the cell: plan, notice, programme, minutes, resolution, ratings")),
    ("keys/", N_("requests of the cells and the trust package of the committee, sealed")),
    ("stick/", N_("what the cells sent: ratings, summaries, a spoilt copy, a correction, a year's papers")),
    ("decisions/", N_("what the committee decided on the ratings of members and of cells, sealed")),
    ("slips/", N_("receipts and return slips of the committee")),
    ("upward/", N_("what the committee sent to the province")),
)
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
            "Show the whole circle on invented data: a roster becomes a book, a year of meetings and the "
            "review are recorded, three cells send sealed papers, the committee judges, answers and adds "
            "up, the province receives. Replaces what an earlier demo wrote."
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
        from sochibo.commands.samples.telling import Teller

        self.words = words
        self.folder = folder
        self.teller = Teller(words, folder)

    def run(self) -> int:
        from sochibo.commands.samples import cell_story
        from sochibo.commands.samples.circle_story import open_circle

        self._clear()
        cell_story.write_samples(self.teller)
        with cell_story.make_book(self.teller) as cell, open_circle(self.teller, cell) as circle:
            story = cell_story.CellYear(self.teller, cell)
            story.begin()
            circle.rate()
            story.finish_review()
            story.end()
            whole = circle.run()
            cell_story.seal_papers(self.teller, cell, story.papers)
        judgement = self._judge(circle.sealed)
        whole = whole and judgement.verdict.code == "V00"
        self._tell_where()
        files.write_whole(self.folder / _MARK, ("\n".join(self.teller.told) + "\n").encode())
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

    def _tell_where(self) -> None:
        """Say what lies where, for whoever wants to look."""
        self.teller.step(N_("Where to look"))
        for name, what in _PLACES:
            self.teller.tell(f"{name:12}{self.words.gettext(what)}")

    def _judge(self, sealed: Path) -> Judgement:
        """Judge the sealed summary as anybody with the trust file may, and read the figures out of it."""
        from sochibo.commands.samples.books import NOW
        from sochibo.rules.reports import SummaryReport
        from sochibo.sealing.seals import judge
        from sochibo.sealing.trust import read_trust
        from sochibo.sealing.verdicts import LEVEL_LABELS

        self.teller.step(N_("Anybody with the trust file can judge a sealed summary"))
        trust = self.folder / "trust.json"
        trusted = read_trust(files.read_whole(trust, _MOST_BYTES), trust.name)
        judgement = judge(files.read_whole(sealed, _MOST_BYTES), trusted, NOW.date())
        report = judgement.envelope.report if judgement.envelope else None
        if isinstance(report, SummaryReport):
            rate = report.attendance
            self.teller.say(
                N_("Read in the file: {unit}, {members} members, {present} of {expected} came ({percent})."),
                unit=judgement.envelope.organisation if judgement.envelope else "",
                members=report.members,
                present=rate.numerator,
                expected=rate.denominator,
                percent=self.words.percent(rate.numerator, rate.denominator),
            )
        verdict = judgement.verdict
        level = self.words.gettext(LEVEL_LABELS[verdict.level])
        self.teller.tell(f"{sealed.name}: {level} ({verdict.code}). {verdict.sentence(self.words)}")
        return judgement
