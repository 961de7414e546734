"""Contents: the agenda as cards, each with its title, its course and the conclusion."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.meetings.steps.desk import Step
from sochibo.interface.meetings.steps.proposals import ProposalPart
from sochibo.interface.meetings.steps.speaking import (
    item_speakers,
    silent_words,
    speaking_names,
    speaking_words,
)
from sochibo.interface.meetings.steps.studies import StudyPart
from sochibo.interface.page import KeyHint
from sochibo.interface.parts.blocks import Card, label, row
from sochibo.interface.parts.fields import LabelledField, LineField, TextField, TickField, flush_fields
from sochibo.interface.parts.form import FormGrid
from sochibo.interface.parts.mention_field import MentionField
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.interface.meetings.steps.desk import Desk
    from sochibo.rules.meetings.meetings import AgendaItem

__all__ = ["ItemCard", "ItemsStep"]


class ItemCard(Card):
    """One agenda item."""

    def __init__(self, step: ItemsStep, item: AgendaItem) -> None:
        super().__init__(step.theme)
        theme, say = step.theme, step.words.gettext
        self.step = step
        self.item = item
        self.number = label("", "title")
        self.title = LineField(say(N_("Title of the item")), lambda text: self._change(title=text))
        self.presenter = LineField(
            say(N_("Presented by")), lambda text: self._change(presenter=text, presenter_id=None)
        )
        self.text = MentionField(
            theme, say(N_("Course: who said what")), lambda text: self._change(text=text), lines=4
        )
        self.text.phrases = lambda: step.phrases(self.item)
        self.unfinished = TickField(
            theme,
            say(N_("not finished: it comes up again at the next meeting")),
            lambda value: self._change(finished=not value),
        )
        self.spoke = label("", "soft", wrap=True)
        self.conclusion = TextField(
            theme, say(N_("Conclusion on the item")), lambda text: self._change(conclusion=text), lines=2
        )
        self.turn = ActButton(
            theme, say(N_("Give it to the member whose turn it is")), icon="users", kind="tool"
        )
        self.turn.clicked.connect(self._take_turn)
        self.up = ActButton(theme, say(N_("Move up")), icon="arrow-up", kind="tool")
        self.down = ActButton(theme, say(N_("Move down")), icon="arrow-down", kind="tool")
        self.gone = ActButton(theme, say(N_("Remove item")), icon="trash-2", kind="tool")
        self.up.clicked.connect(lambda: step.move_item(self, -1))
        self.down.clicked.connect(lambda: step.move_item(self, 1))
        self.gone.clicked.connect(lambda: step.remove(self))
        self.body.addLayout(row(self.number, self.title, self.turn, self.up, self.down, self.gone))
        grid = FormGrid(theme)
        for field in (self.text, self.presenter, self.conclusion):
            hint = say(N_("“@” offers names, F4 what was written before")) if field is self.text else ""
            grid.add(LabelledField(theme, field.accessibleName(), field, hint), wide=True)
        self.body.addWidget(grid)
        self.body.addWidget(self.spoke)
        self.body.addWidget(self.unfinished)

    def show_item(self, item: AgendaItem, place: int, of: int) -> None:
        """Show what the book holds."""
        self.item = item
        self.number.setText(f"{place + 1}.")
        self.title.show_text(item.title)
        self.presenter.show_text(item.presenter or self.step.desk.file.name_of(item.presenter_id))
        self.text.show_text(item.text)
        self.conclusion.show_text(item.conclusion)
        self.unfinished.show_value(value=not item.finished)
        self.text.people = self.step.people
        said = item_speakers(self.step.desk.file, item.id, self.step.words)
        self.spoke.setText(said)
        self.spoke.setVisible(bool(said))
        free = not self.step.desk.locked
        for field in (self.title, self.presenter, self.text, self.conclusion):
            field.setReadOnly(not free)
        self.turn.setEnabled(free)
        self.up.setEnabled(free and place > 0)
        self.down.setEnabled(free and place < of - 1)
        self.gone.setEnabled(free)
        self.unfinished.setEnabled(free)

    def _change(self, **values: Any) -> None:  # noqa: ANN401 - any field of an item
        self.item = replace(self.item, **values)
        item = self.item
        self.step.desk.run(lambda book: book.meetings.change_item(item), self.step)

    def _take_turn(self) -> None:
        item_id = self.item.id
        self.step.flush()
        self.step.desk.run(lambda book: book.plans.take_turn(item_id), self.step)


class ItemsStep(Step):
    """The agenda, the chair's conclusion of the whole, and whether the minutes were agreed to."""

    name: ClassVar[str] = N_("Contents")
    places: ClassVar[frozenset[str]] = frozenset(
        {"items", "conclusion", "adopted", "proposals", "earlier_proposals", "studies"}
    )
    help_name: ClassVar[str] = "minutes"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        say = self.words.gettext
        self.cards: list[ItemCard] = []
        self.people: tuple[str, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(self.theme.px(12))
        self.add = ActButton(self.theme, say(N_("Add item")), icon="plus", kind="second")
        self.add.clicked.connect(self.add_item)
        self.conclusion = TextField(
            self.theme, say(N_("Conclusion of the chair")), lambda text: self._change(conclusion=text)
        )
        self.adopted = TickField(
            self.theme,
            say(N_("The minutes were read out and agreed to")),
            lambda value: self._change(adopted=value),
        )
        self.column.addWidget(label(say(ItemsStep.name), "title"))
        self.column.addLayout(self._list)
        self.column.addLayout(row(self.add, None))
        self.speaking = label("", "strong", wrap=True)
        self.silent = label("", "soft", wrap=True)
        self.column.addWidget(self.speaking)
        self.column.addWidget(self.silent)
        self.proposals = ProposalPart(desk)
        self.studies = StudyPart(desk)
        self.column.addWidget(self.proposals)
        self.column.addWidget(self.studies)
        closing = Card(self.theme)
        closing.body.addWidget(LabelledField(self.theme, self.conclusion.accessibleName(), self.conclusion))
        closing.body.addWidget(self.adopted)
        self.column.addWidget(closing)
        self.column.addStretch(1)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.next_item, context=context)

    def reload(self) -> None:
        """Show the agenda; cards stay with their items, so that the keyboard stays where it was."""
        file = self.desk.file
        items = file.items
        self.people = speaking_names(file)
        by_id = {card.item.id: card for card in self.cards}
        kept = [by_id.pop(item.id) if item.id in by_id else ItemCard(self, item) for item in items]
        for gone in by_id.values():
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        if kept != self.cards:
            self.cards = kept
            for place, card in enumerate(kept):
                self._list.insertWidget(place, card)
        for place, (card, item) in enumerate(zip(self.cards, items, strict=True)):
            card.show_item(item, place, len(items))
        self.speaking.setText(speaking_words(file, self.words))
        silent = silent_words(file, self.words)
        self.silent.setText(silent)
        self.silent.setVisible(bool(silent))
        self.proposals.reload()
        self.studies.reload()
        meeting = file.meeting
        self.conclusion.show_text(meeting.conclusion)
        self.conclusion.setReadOnly(self.desk.locked)
        self.adopted.show_value(value=meeting.adopted)
        self.adopted.setEnabled(not self.desk.locked)
        self.add.setVisible(not self.desk.locked)

    def flush(self) -> None:
        """Write every field."""
        flush_fields(self)

    def keys(self) -> tuple[KeyHint, ...]:
        """Return the keys of the agenda."""
        say = self.words.gettext
        return (
            KeyHint("Ctrl Enter", say(N_("Next item"))),
            KeyHint("@", say(N_("who spoke"))),
            KeyHint("F4", say(N_("phrases"))),
        )

    def phrases(self, item: AgendaItem) -> tuple[str, ...]:
        """Return what was written under such a title at earlier meetings."""
        return self.session.book.meetings.phrases(self.desk.meeting_id, item.title)

    def focus_first(self) -> None:
        """Begin with the first item that has no text yet."""
        empty = [card for card in self.cards if not card.item.text]
        (empty[0].text if empty else self.cards[0].text if self.cards else self.add).setFocus()

    def focus_place(self, place: str) -> bool:
        """Go to a field: `items.2.text`, `conclusion`, `adopted`, `proposals.0.answer`, `studies.0`."""
        head, *rest = place.split(".")
        for name, part in (
            ("proposals", self.proposals.rows),
            ("earlier_proposals", self.proposals.earlier),
            ("studies", self.studies.rows),
        ):
            if head == name:
                return part.focus_place(".".join(rest))
        if head in {"conclusion", "adopted"}:
            (self.conclusion if head == "conclusion" else self.adopted).setFocus()
            return True
        if not rest or not rest[0].isdigit() or int(rest[0]) >= len(self.cards):
            self.add.setFocus()
            return True
        field = getattr(self.cards[int(rest[0])], rest[1] if len(rest) > 1 else "text", None)
        if isinstance(field, QWidget):
            field.setFocus()
        return isinstance(field, QWidget)

    def next_item(self) -> None:
        """Go on to the next item; behind the last one add one."""
        self.flush()
        focus = QApplication.focusWidget()
        here = next(
            (place for place, card in enumerate(self.cards) if focus and card.isAncestorOf(focus)), -1
        )
        if here + 1 < len(self.cards):
            self.cards[here + 1].text.setFocus()
        elif not self.desk.locked:
            self.add_item()

    def add_item(self) -> None:
        """Add an item at the end and put the keyboard into its title."""
        self.flush()
        before = {card.item.id for card in self.cards}
        meeting_id = self.desk.meeting_id
        if self.desk.add(lambda book: book.meetings.add_item(meeting_id), self):
            added = [card for card in self.cards if card.item.id not in before]
            for card in added:
                card.title.setFocus()

    def move_item(self, card: ItemCard, by: int) -> None:
        """Move an item up or down; its button keeps the keyboard."""
        self.flush()
        item, to = card.item, self.cards.index(card) + by
        self.desk.run(lambda book: book.meetings.move_item(item.id, to), self)
        button = card.up if by < 0 else card.down
        (button if button.isEnabled() else card.title).setFocus()

    def remove(self, card: ItemCard) -> None:
        """Remove an item; undo brings it back."""
        self.flush()
        item, place = card.item, self.cards.index(card)
        self.desk.run(lambda book: book.meetings.remove_item(item.id), self)
        left = self.cards[min(place, len(self.cards) - 1)] if self.cards else None
        (left.title if left else self.add).setFocus()

    def _change(self, **values: Any) -> None:  # noqa: ANN401 - any field of the meeting
        meeting = replace(self.desk.file.meeting, **values)
        self.desk.run(lambda book: book.meetings.change(meeting), self)
