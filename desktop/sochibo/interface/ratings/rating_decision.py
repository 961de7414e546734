"""The committee's decision: its number and day, and the levels decided, all at once or one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QLineEdit

from sochibo import files
from sochibo.book.inbox.received_files import SIZE_LIMIT
from sochibo.book.ratings.decided_ratings import UNMATCHED_LABELS
from sochibo.faults import Fault
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.page import KeyHint
from sochibo.interface.parts import choosers
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import LabelledField
from sochibo.interface.parts.flow import flow
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.keyed_table import KeyedTable
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.typed_fields import read_day
from sochibo.interface.ratings.rating_panel import RatingPanel, share_height
from sochibo.interface.ratings.rating_table import key_of
from sochibo.interface.ratings.rating_words import DIGITS, level_tag, level_word
from sochibo.messages import N_
from sochibo.rules.ratings.ratings import Subject

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.book.ratings.decided_ratings import DecisionReading, MatchedCell
    from sochibo.book.ratings.ratings import RatingLine
    from sochibo.interface.session import Session
    from sochibo.rules.ratings.ratings import Level

__all__ = ["RatingDecisionPanel"]

_PAPERS: Final = "PDF (*.pdf)"


class RatingDecisionPanel(RatingPanel):
    """Nothing is written before the button: half a decision is none."""

    name: ClassVar[str] = N_("Decision from above")
    help_name: ClassVar[str] = "rating_closing"

    def __init__(self, session: Session, period_id: str) -> None:
        super().__init__(session, period_id)
        say, theme = self.words.gettext, self.theme
        self.chosen: dict[str, Level | None] = {}
        self.reading: DecisionReading | None = None
        self.number, self.day, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        form = FormGrid(theme, columns=3, least=200)
        self._day = LabelledField(theme, say(N_("Decided on")), self.day)
        self._reason = LabelledField(
            theme, say(N_("Reason of the correction")), self.reason, say(N_("where a decided level changes"))
        )
        for text, field, labelled in (
            (N_("Decision, number"), self.number, None),
            (N_("Decided on"), self.day, self._day),
            (N_("Reason of the correction"), self.reason, self._reason),
        ):
            field.setAccessibleName(say(text))
            form.add(labelled or LabelledField(theme, say(text), field))
        self.model: RecordTable[RatingLine] = RecordTable(self.words, self._columns(), key=key_of)
        self.table = KeyedTable(theme, self.model, say(N_("Levels decided")), lambda line: line.name)
        self.table.digit.connect(self.choose)
        share_height(self.table)
        self.same = ActButton(theme, say(N_("All as the cell proposed")), icon="check", kind="second")
        self.same.clicked.connect(self.take_all)
        self.open_button = ActButton(
            theme, say(N_("From the committee's file …")), icon="file-text", kind="second"
        )
        self.open_button.clicked.connect(self.open_file)
        self.record_button = ActButton(theme, say(N_("Record the decision")), icon="stamp", kind="primary")
        self.record_button.clicked.connect(self.record)
        self.table.entered.connect(self.record_button.setFocus)
        self.told = label("", "soft", wrap=True)
        self.doubts = label("", "wrong", wrap=True)
        self.column.addWidget(form)
        self.column.addWidget(flow(self.open_button, self.same, self.record_button))
        self.column.addWidget(self.told)
        self.column.addWidget(self.doubts)
        self.column.addWidget(self.table, 1)

    def reload(self) -> None:
        """Show who is rated, with what is chosen but not recorded yet."""
        lines = [
            line
            for line in self.session.book.ratings.lines(self.period_id)
            if line.rating.subject is Subject.RATED
        ]
        self.model.show_records(lines)
        self._reason.setVisible(any(line.rating.decided_level for line in lines))
        self.open_button.setEnabled(not self.session.book.read_only)
        self.doubts.setText(self._doubts() if self.reading else "")
        self.doubts.setVisible(bool(self.doubts.text()))
        new = bool(self.chosen) or (self.reading is not None and self.reading.changes > 0)
        self.record_button.setEnabled(new and not self.session.book.read_only)
        self.told.setVisible(new)
        self.told.setText(
            self.words.ngettext(
                "{n} level is chosen and not recorded yet",
                "{n} levels are chosen and not recorded yet",
                len(self.chosen),
            ).format(n=len(self.chosen))
        )
        if self.reading is not None and self.reading.cell is not None:
            self._tell_cell(self.reading.cell)

    def _tell_cell(self, cell: MatchedCell) -> None:
        """Say what a decision on cells says of this one, and ask for a reason where it was decided before."""
        said = N_("The cell itself: {level}, not recorded yet")
        if cell.exemplary:
            said = N_("The cell itself: {level}, exemplary, not recorded yet")
        self.told.setText(self.words.sentence(said, {"level": level_word(cell.level, self.words)}))
        if cell.before is not None:
            self._reason.setVisible(True)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the table."""
        words = self.words
        digits = (KeyHint(str(digit), level_word(level, words)) for digit, level in DIGITS.items() if level)
        return (
            *digits,
            KeyHint("0", words.gettext(N_("no level"))),
            KeyHint("Esc", words.gettext(N_("to the list"))),
        )

    def first_focus(self) -> QWidget:
        """Begin with the number of the decision."""
        return self.number

    def open_file(self) -> None:
        """Let a person choose the committee's sealed decision."""
        path = choosers.choose_file(self, self.words.gettext(N_("Choose the committee's decision")), _PAPERS)
        if path is not None:
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Show what a sealed decision would change; nothing is written before the button."""
        session, words = self.session, self.words
        try:
            content = files.read_whole(path, SIZE_LIMIT)
            reading = session.book.decided_ratings.read(content, path.name, session.now())
        except Fault as fault:
            session.complain(fault)
            return
        if reading.period_id != self.period_id:
            other = session.book.ratings.period(reading.period_id).text
            said = N_("This decision is about the review of {period}: open that review first.")
            session.told.emit(words.sentence(said, {"period": other}))
            return
        self.reading = reading
        self.chosen = {one.member_id: one.level for one in reading.matched if one.changes}
        self.number.setText(reading.number)
        self.day.setText(words.date(reading.decided_on))
        self.reload()
        if not reading.changes:
            session.noted.emit(
                words.gettext(N_("Everything that this decision says stands in the book already."))
            )
        (self.reason if reading.corrects else self.record_button).setFocus()

    def _doubts(self) -> str:
        """Name whom the decision could not be matched to, and of whom it says nothing."""
        words, reading = self.words, self.reading
        if reading is None:
            return ""
        said = [
            f"{one.name} ({one.birth or '–'}): {words.gettext(UNMATCHED_LABELS[one.why])}"
            for one in reading.unmatched
        ]
        if said:
            said.insert(0, words.gettext(N_("Not taken in, please look yourself:")))
        if reading.silent:
            template = N_("The decision says nothing of: {names}")
            said.append(words.sentence(template, {"names": ", ".join(reading.silent)}))
        return "\n".join(said)

    def choose(self, digit: int) -> None:
        """Choose the level decided for the member in hand, and go on to the next."""
        line: RatingLine | None = self.table.record()
        if line is None or digit not in DIGITS:
            return
        self.chosen[key_of(line)] = DIGITS[digit]
        # What a person changed is no longer what the file says.
        self.reading = None
        self.reload()
        place = self.table.currentIndex().row() + 1
        if place < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(place, 0))

    def take_all(self) -> None:
        """Choose what the cell proposed, for everybody whose level is not decided yet."""
        for line in self.model.records:
            if line.rating.decided_level is None and line.rating.proposed_level is not None:
                self.chosen[key_of(line)] = line.rating.proposed_level
        self.reading = None
        self.reload()
        self.record_button.setFocus()

    def record(self) -> None:
        """Write the chosen levels with the decision, as one act."""
        day = read_day(self.day.text(), self.session.today())
        if self.day.text().strip() and day is None:
            said = self.words.gettext(N_("Please write a day such as 31/12/2026."))
            self._day.show_trouble(said)
            self.day.setFocus()
            return
        self._day.show_trouble("")
        levels, number, reason = dict(self.chosen), self.number.text(), self.reason.text()
        reading, now = self.reading, self.session.now()
        same = reading is not None and (reading.number, reading.decided_on) == (number.strip(), day)

        def act(book: Book) -> Changes:
            if reading is not None and same:
                return book.decided_ratings.take(reading, now, reason=reason)
            return book.ratings.decide(self.period_id, levels, number, day, reason=reason)

        if self.session.run(act, self):
            self.chosen.clear()
            self.reading = None
            self.reload()
            self.table.setFocus()

    def _columns(self) -> tuple[Column[RatingLine], ...]:
        words = self.words

        def decided(line: RatingLine) -> Level | None:
            return self.chosen.get(key_of(line), line.rating.decided_level)

        def state(line: RatingLine) -> str:
            if key_of(line) in self.chosen:
                return words.gettext(N_("not recorded yet"))
            day = line.rating.decided_on
            return f"{line.rating.decision}, {words.date(day)}" if day else line.rating.decision

        return (
            Column(title=N_("Name"), text=lambda line: line.name, stretch=True, strong=True),
            Column(
                title=N_("Cell proposes"),
                text=lambda line: level_word(line.rating.proposed_level, words),
                tag=lambda line: level_tag(line.rating.proposed_level),
            ),
            Column(
                title=N_("Decided"),
                text=lambda line: level_word(decided(line), words),
                tag=lambda line: level_tag(decided(line)),
            ),
            Column(title=N_("Number and day"), text=state, soft=True, drop=1),
        )
