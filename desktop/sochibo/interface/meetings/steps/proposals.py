"""Proposals of members: what was raised before and is still open, and what is raised now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.meetings.steps.record_rows import RecordRow, RecordRows
from sochibo.interface.parts.blocks import label, row
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField
from sochibo.interface.parts.form import FormGrid
from sochibo.messages import N_
from sochibo.rules.meetings.proposals import PROPOSAL_LABELS, Proposal, ProposalState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.book import Book
    from sochibo.book.changes import Changes
    from sochibo.interface.meetings.steps.desk import Desk

__all__ = ["ProposalPart", "ProposalRows"]


class _ProposalRow(RecordRow[Proposal]):
    """What was proposed, by whom, and what became of it."""

    def __init__(self, rows: ProposalRows) -> None:
        super().__init__(rows)
        theme, say = rows.desk.theme, rows.desk.words.gettext
        self.head = label("", "soft", wrap=True)
        self.text = LineField(say(N_("Proposal")), lambda text: self.set_values(text=text))
        nobody: list[tuple[str | None, str]] = [(None, say(N_("the cell")))]
        self.member: ChoiceField[str | None] = ChoiceField(
            theme, say(N_("Proposed by")), nobody, lambda who: self.set_values(member_id=who)
        )
        self.state: ChoiceField[ProposalState] = ChoiceField(
            theme,
            say(N_("What became of it")),
            [(value, say(text)) for value, text in PROPOSAL_LABELS.items()],
            lambda value: self.set_values(state=value),
        )
        self.answer = LineField(say(N_("Answer")), lambda text: self.set_values(answer=text))
        self.answered_by = LineField(say(N_("Answered by")), lambda text: self.set_values(answered_by=text))
        self.forwarded_to = LineField(
            say(N_("Passed on to")), lambda text: self.set_values(forwarded_to=text)
        )
        self.first = self.answer if rows.earlier else self.text
        remove = ActButton(theme, say(N_("Remove proposal")), icon="trash-2", kind="tool")
        remove.clicked.connect(lambda: rows.remove_row(self))
        # Only ever hidden here: shown before it has a parent, a widget is a window of its own for a moment.
        (remove if rows.earlier else self.head).hide()
        self.body.addWidget(self.head)
        grid = FormGrid(theme, least=200)
        self._wrapped = {
            field: LabelledField(theme, field.accessibleName(), field)
            for field in (
                self.text, self.member, self.state, self.answer, self.answered_by, self.forwarded_to
            )
        }  # fmt: skip
        for field, wrapped in self._wrapped.items():
            if not (rows.earlier and field in {self.text, self.member}):
                grid.add(wrapped, wide=field not in {self.member, self.state})
        self.body.addLayout(row(grid, remove))

    def show_record(self, record: Proposal) -> None:
        """Show a proposal; fields that its state does not need are left out."""
        super().show_record(record)
        desk = self.rows.desk
        people: list[tuple[str | None, str]] = [(None, desk.words.gettext(N_("the cell")))]
        people += [(entry.member.id, desk.file.name_of(entry.member.id)) for entry in desk.file.roll]
        self.member.change_choices(people)
        self.member.show_value(record.member_id)
        self.text.show_text(record.text)
        self.state.show_value(record.state)
        self.answer.show_text(record.answer)
        self.answered_by.show_text(record.answered_by)
        self.forwarded_to.show_text(record.forwarded_to)
        raised = desk.file.raised_on.get(record.meeting_id)
        if raised is not None:
            who = desk.file.name_of(record.member_id) or desk.words.gettext(N_("the cell"))
            fields = {"who": who, "day": raised, "text": record.text}
            self.head.setText(desk.words.sentence(N_("{who}, {day}: {text}"), fields))
        self._wrapped[self.answered_by].setVisible(record.state is ProposalState.ANSWERED)
        self._wrapped[self.forwarded_to].setVisible(record.state is ProposalState.FORWARDED)


class ProposalRows(RecordRows[Proposal]):
    """What was raised at this meeting, or what comes from earlier ones and can only be answered."""

    def __init__(self, desk: Desk, *, earlier: bool) -> None:
        self.earlier = earlier
        super().__init__(desk, desk.words.gettext(N_("Add proposal")))

    def reload(self) -> None:
        """Show the proposals; earlier ones are not added to here."""
        super().reload()
        self.add.setVisible(not self.earlier and not self.desk.locked)
        self.setVisible(not self.earlier or bool(self.rows))

    def records(self) -> Sequence[Proposal]:
        """Return the proposals."""
        return self.desk.file.earlier_proposals if self.earlier else self.desk.file.proposals

    def blank(self) -> Proposal:
        """Return a proposal that says nothing yet."""
        return Proposal(id="", meeting_id=self.desk.meeting_id, position=len(self.desk.file.proposals))

    def write(self, book: Book, records: Sequence[Proposal]) -> Changes:
        """Replace what was raised here, or record the one answer that is new."""
        if not self.earlier:
            return book.proposals.set_for(self.desk.meeting_id, records)
        known = {one.id: one for one in self.records()}
        (told,) = (one for one in records if one != known[one.id])
        return book.proposals.answer(told, self.desk.meeting_id)

    def make_row(self) -> RecordRow[Proposal]:
        """Make the fields of a proposal."""
        return _ProposalRow(self)


class ProposalPart(QWidget):
    """Both lists under one heading."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.earlier = ProposalRows(desk, earlier=True)
        self.rows = ProposalRows(desk, earlier=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(desk.theme.px(8))
        column.addWidget(label(desk.words.gettext(N_("Proposals of members")), "title"))
        column.addWidget(self.earlier)
        column.addWidget(self.rows)

    def reload(self) -> None:
        """Show what the book holds."""
        self.earlier.reload()
        self.rows.reload()
