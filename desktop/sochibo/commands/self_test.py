"""Try the installed program on invented data, and write one page that can be sent to whoever helps.

The page names versions, the system and what each step found; never a person, a path or the name of a PC.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
import tempfile
import time
import traceback
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sochibo import __version__, faults, files
from sochibo.commands.spoken import say
from sochibo.messages import N_, Messages

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LETTERS", "NETWORK_EVENTS", "Result", "SelfTest", "self_test"]

LETTERS: Final = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
"""Every letter of Vietnamese with every tone, small; capitals are made of them."""

NETWORK_EVENTS: Final = frozenset({"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"})
"""What Python tells its audit hooks when a program speaks to others."""

_NAME: Final = "Chi bộ Thôn 4.sochibo"
_PASSPHRASE: Final = "hoa gạo đỏ bến sông"  # noqa: S105 - it locks invented data only
_TERM: Final = date(2025, 6, 1)
_GIBIBYTE: Final = 1 << 30

Fields = dict[str, object]
Found = tuple[str, Fields]


@dataclass(frozen=True, slots=True)
class Result:
    """What one step found: a sentence and its fields; `whole` where the step did what it should."""

    step: str
    whole: bool
    template: str
    fields: Mapping[str, object]
    seconds: float


class StepFailed(Exception):
    """A step came to another end than it should; its sentence is for the page."""

    def __init__(self, template: str, **fields: object) -> None:
        super().__init__(template)
        self.template = template
        self.fields = fields


class SelfTest:
    """One run in a folder of its own; steps build on those before them."""

    def __init__(self, words: Messages, folder: Path) -> None:
        self._words = words
        # With blanks and marks on purpose: that is what people call their folders.
        self._folder = folder / "Thử phần mềm ở Đông Hòa"
        self._sealed: Path | None = None
        self._trust = b""
        self._spoken: list[str] = []

    def run(self) -> list[Result]:
        """Take every step, also after one that failed."""
        self._folder.mkdir(parents=True)
        listening = True

        def hear(event: str, _: object) -> None:
            if listening and event in NETWORK_EVENTS:
                self._spoken.append(event)

        sys.addaudithook(hear)
        steps: tuple[tuple[str, Callable[[], Found]], ...] = (
            (N_("Language"), self._try_language),
            (N_("Fonts"), self._try_fonts),
            (N_("Book"), self._try_book),
            (N_("Import from Excel"), self._try_import),
            (N_("Passphrase"), self._try_encryption),
            (N_("PDF and seal"), self._try_seal),
            (N_("Verification"), self._try_verification),
            (N_("Window"), self._try_window),
            (N_("Network"), self._try_network),
        )
        try:
            return [self._take(step, act) for step, act in steps]
        finally:
            listening = False

    def _take(self, step: str, act: Callable[[], Found]) -> Result:
        start = time.monotonic()
        try:
            template, fields = act()
        except Exception as error:  # noqa: BLE001 - whatever it is belongs on the page, and the rest goes on
            return Result(step, False, *_trouble(error), time.monotonic() - start)
        return Result(step, True, template, fields, time.monotonic() - start)

    def _try_language(self) -> Found:
        vietnamese = Messages("vi")
        if vietnamese.gettext("Present") != "Có mặt":
            raise StepFailed(N_("The Vietnamese words are missing."))
        number, day = vietnamese.number(1234.5), vietnamese.sentence("{day}", {"day": _TERM})
        if number != "1.234,5":
            raise StepFailed(N_("A number is written as {number}."), number=number)
        return N_("Vietnamese words, numbers ({number}) and dates ({day})."), {"number": number, "day": day}

    def _try_fonts(self) -> Found:
        from sochibo.documents.page.fonts import printable

        everything = LETTERS + LETTERS.upper()
        lacking = [one for one in everything if printable(one) != one]
        if lacking:
            raise StepFailed(N_("The typeface of papers lacks: {letters}."), letters=" ".join(lacking))
        return N_("The typeface of papers has all {n} Vietnamese letters."), {"n": len(everything)}

    def _try_book(self) -> Found:
        from sochibo.book.book import Book
        from sochibo.book.upkeep.backups import Reason
        from sochibo.commands.samples import books
        from sochibo.rules.members.members import Member

        path = self._folder / "sổ thử.sochibo"
        decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Đỗ Quyên")
        with books.make_empty_cell(path) as book:
            book.members.add(Member(id="", name=decomposed), ())
            book.history.undo()
            left = len(book.members.on(books.NOW.date(), everybody=True))
            book.history.redo()
            book.rest()
            copied = book.backups.make(Reason.ASKED).first is not None
        with Book.open(path) as book:
            names = [one.member.name for one in book.members.on(books.NOW.date(), everybody=True)]
        composed = unicodedata.normalize("NFC", decomposed)
        if (left, names, copied) != (0, [composed], True):
            raise StepFailed(N_("What was recorded, undone and recorded again is not in the book."))
        return N_("Recorded, undone, done again, closed, opened again; a backup copy made."), {}

    def _try_import(self) -> Found:
        from sochibo.commands.samples import books
        from sochibo.commands.samples.roster import write_roster

        roster = self._folder / "danh sách.xlsx"
        write_roster(roster)
        with books.make_empty_cell(self._folder / _NAME) as book:
            book.members.import_roster(book.members.preview_roster(roster))
            books.record_later_events(book)
            listed = len(book.members.on(books.NOW.date()))
        if not listed:
            raise StepFailed(N_("Nobody of the list is in the book."))
        return N_("{n} members read from a list and recorded."), {"n": listed}

    def _try_encryption(self) -> Found:
        from sochibo.book.book import Book, BookDraft
        from sochibo.rules.units.organisations import BookKind

        path = self._folder / "sổ có mật khẩu.sochibo"
        draft = BookDraft(
            kind=BookKind.CELL,
            name="Chi bộ Thôn 4",
            superior="Đảng bộ xã Đông Hòa",
            place="Đông Hòa",
            term_name="2025-2030",
            term_start=_TERM,
        )
        Book.create(path, draft, passphrase=_PASSPHRASE).close()
        if b"SQLite format 3" in files.read_whole(path, 1 << 24):
            raise StepFailed(N_("The file of a protected book can be read by anybody."))
        try:
            Book.open(path, passphrase="nhầm mật khẩu rồi").close()  # noqa: S106 - wrong on purpose
        except faults.Fault as fault:
            refused = fault.code
        else:
            raise StepFailed(N_("A wrong passphrase opens the book."))
        Book.open(path, passphrase=_PASSPHRASE).close()
        return N_("A protected book opens with its passphrase only ({code} otherwise)."), {"code": refused}

    def _try_seal(self) -> Found:
        from sochibo.book.book import Book
        from sochibo.commands.samples import books
        from sochibo.commands.samples.meetings import months
        from sochibo.commands.samples.year import record_month

        month = months()[-1]
        with (
            books.make_committee(self._folder / "Đảng ủy xã Đông Hòa.sochibo") as committee,
            Book.open(self._folder / _NAME) as cell,
        ):
            record_month(cell, month)
            books.enrol(cell, committee)
            stick = self._folder / "USB"
            stick.mkdir()
            self._sealed = books.send_summary(cell, month, stick)
            self._trust = committee.authority.trust_file()
        size = round(self._sealed.stat().st_size / 1024)
        return N_("A summary issued, drawn as PDF/A and sealed: {size} KB."), {"size": size}

    def _try_verification(self) -> Found:
        from sochibo.commands.samples.books import NOW
        from sochibo.documents.reading import page_texts
        from sochibo.sealing.seals import judge
        from sochibo.sealing.trust import read_trust

        if self._sealed is None:
            raise StepFailed(N_("There is no sealed file to judge, since the step before failed."))
        pdf = self._sealed.read_bytes()
        changed = bytearray(pdf)
        changed[len(pdf) // 3] ^= 1
        trust = read_trust(self._trust, "trust.json")
        codes = [judge(each, trust, NOW.date()).verdict.code for each in (pdf, bytes(changed))]
        if codes != ["V00", "V03"]:
            raise StepFailed(N_("The verdicts are {codes} instead of V00 V03."), codes=" ".join(codes))
        letters = sum(map(len, page_texts(pdf)))
        return N_("The sealed file is accepted, a changed copy refused; {n} letters read."), {"n": letters}

    def _try_window(self) -> Found:
        _provide_screen()
        from sochibo.interface.trial import TrialFailed, try_window

        try:
            seen = try_window(self._folder / _NAME, self._words)
        except TrialFailed as error:
            raise StepFailed(error.template, **error.fields) from error
        fields: Fields = {
            "qt": seen.qt,
            "platform": seen.platform,
            "screen": f"{seen.width} × {seen.height}",
            "percent": str(seen.percent),
        }
        return N_(
            "A book opened in a window of Qt {qt} ({platform}), screen {screen} at {percent} %; Vietnamese "
            "typed letter by letter, by an input method, and corrected."
        ), fields

    def _try_network(self) -> Found:
        if self._spoken:
            raise StepFailed(
                N_("A connection was opened: {what}."), what=", ".join(sorted(set(self._spoken)))
            )
        return N_("No connection was opened."), {}


def self_test(words: Messages, report: Path | None) -> int:
    """Run all steps, write the page and return 0 where every step did what it should."""
    with tempfile.TemporaryDirectory(prefix="sochibo-", ignore_cleanup_errors=True) as folder:
        room = shutil.disk_usage(folder).free // _GIBIBYTE
        results = SelfTest(words, Path(folder)).run()
    text = _page(results, words, room)
    say(text)
    if report is not None:
        files.write_whole(report, (text + "\n").encode())
    elif sys.stdout is None:
        _show(text)
    return 0 if all(result.whole for result in results) else 1


def _page(results: list[Result], words: Messages, room: int) -> str:
    now = datetime.now().astimezone()
    about: Fields = {
        "version": __version__,
        "system": platform.platform(),
        "python": platform.python_version(),
        "now": f"{now:%d/%m/%Y %H:%M %z}",
        "room": room,
    }
    lines = [
        words.sentence(N_("Self-test of Sổ Chi bộ {version}"), about),
        words.sentence(N_("System: {system}; Python {python}; clock: {now}; free room: {room} GB."), about),
        "",
    ]
    for result in results:
        mark = "✓" if result.whole else "✗"
        found = words.sentence(result.template, result.fields)
        lines.append(
            f"{mark} {words.gettext(result.step)}: {found} ({words.number(round(result.seconds, 1))} s)"
        )
    wrong = sum(not result.whole for result in results)
    whole = words.gettext(N_("Everything works."))
    some = words.sentence(
        N_("Steps that did not work: {n}. Please send this page to whoever helps you."), {"n": wrong}
    )
    return "\n".join(
        [*lines, "", some if wrong else whole, words.gettext(N_("This page holds nobody's data."))]
    )


def _trouble(error: Exception) -> Found:
    """Say what went wrong by code and place: the text of an unknown error may hold a path."""
    match error:
        case StepFailed():
            return error.template, error.fields
        case faults.Fault():
            return N_("Did not work: {what}."), {"what": f"{error.code} {type(error).__name__}"}
        case _:
            places = traceback.extract_tb(error.__traceback__)[-3:]
            where = " > ".join(f"{Path(each.filename).stem}:{each.lineno}" for each in places)
            return N_("Did not work: {what}."), {"what": f"{type(error).__name__} {where}"}


def _provide_screen() -> None:
    """Draw without a screen where there is none: Qt would end the whole process."""
    wanted = sys.platform == "linux" and not any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )
    if wanted:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _show(text: str) -> None:
    """Open the page where there is no console to write on: when started from a menu of Windows."""
    if sys.platform == "win32":
        file = Path(tempfile.gettempdir()) / "SoChiBo-self-test.txt"
        # With the mark by which the editor of Windows knows UTF-8.
        files.write_whole(file, ("\ufeff" + text + "\n").encode())
        os.startfile(file)  # noqa: S606 - our own page, in whatever reads texts on this PC
