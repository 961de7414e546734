"""The committee's decision: its number and day, and the levels decided, all at once or one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QLineEdit

from sochibo.interface.blocks import label
from sochibo.interface.fields import LabelledField
from sochibo.interface.flow import flow
from sochibo.interface.form import FormGrid
from sochibo.interface.icons import ActButton
from sochibo.interface.keyed_table import KeyedTable
from sochibo.interface.page import KeyHint
from sochibo.interface.rating_panel import RatingPanel, share_height
from sochibo.interface.rating_table import key_of
from sochibo.interface.rating_words import DIGITS, level_tag, level_word
from sochibo.interface.table import Column, RecordTable
from sochibo.interface.typed_fields import read_day
from sochibo.messages import N_
from sochibo.rules.ratings import Subject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from sochibo.book.ratings import RatingLine
    from sochibo.interface.session import Session
    from sochibo.rules.ratings import Level

__all__ = ["RatingDecisionPanel"]


class RatingDecisionPanel(RatingPanel):
    """Nothing is written before the button: half a decision is none."""

    name: ClassVar[str] = N_("Decision from above")
    help_name: ClassVar[str] = "rating_closing"

    def __init__(self, session: Session, period_id: str) -> None:
        super().__init__(session, period_id)
        say, theme = self.words.gettext, self.theme
        self.chosen: dict[str, Level | None] = {}
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
        self.record_button = ActButton(theme, say(N_("Record the decision")), icon="stamp", kind="primary")
        self.record_button.clicked.connect(self.record)
        self.table.entered.connect(self.record_button.setFocus)
        self.told = label("", "soft", wrap=True)
        self.column.addWidget(form)
        self.column.addWidget(flow(self.same, self.record_button))
        self.column.addWidget(self.told)
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
        self.record_button.setEnabled(bool(self.chosen) and not self.session.book.read_only)
        self.told.setVisible(bool(self.chosen))
        self.told.setText(
            self.words.ngettext(
                "{n} level is chosen and not recorded yet",
                "{n} levels are chosen and not recorded yet",
                len(self.chosen),
            ).format(n=len(self.chosen))
        )

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

    def choose(self, digit: int) -> None:
        """Choose the level decided for the member in hand, and go on to the next."""
        line: RatingLine | None = self.table.record()
        if line is None or digit not in DIGITS:
            return
        self.chosen[key_of(line)] = DIGITS[digit]
        self.reload()
        place = self.table.currentIndex().row() + 1
        if place < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(place, 0))

    def take_all(self) -> None:
        """Choose what the cell proposed, for everybody whose level is not decided yet."""
        for line in self.model.records:
            if line.rating.decided_level is None and line.rating.proposed_level is not None:
                self.chosen[key_of(line)] = line.rating.proposed_level
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
        if self.session.run(
            lambda book: book.ratings.decide(self.period_id, levels, number, day, reason=reason), self
        ):
            self.chosen.clear()
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
