"""The history of one record, unfolded where it is asked for: who changed what, when, from what to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import row
from sochibo.interface.parts.table import Column, RecordTable
from sochibo.interface.parts.table_view import TableView
from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.book.history import RecordChange
    from sochibo.interface.session import Session

__all__ = ["RecordHistory"]


class RecordHistory(QWidget):
    """Folded at first; read from the book only while it is unfolded."""

    def __init__(self, session: Session, kind: str, record_id: str) -> None:
        """`kind` and `record_id` are those of the book's history: `member` and its id."""
        super().__init__()
        self._session = session
        self._kind = kind
        self._record_id = record_id
        words, theme = session.words, session.theme
        self.unfold = ActButton(
            theme, words.gettext(N_("What was changed here")), icon="history", kind="link"
        )
        self.unfold.setCheckable(True)
        self.unfold.toggled.connect(self._toggle)
        self.table_model: RecordTable[RecordChange] = RecordTable(
            words, self._columns(), key=lambda change: (change.act.id, change.operation)
        )
        self.table = TableView(
            theme, self.table_model, words.gettext(N_("What was changed here")), grows=True
        )
        self.table.hide()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(8))
        inside.addLayout(row(self.unfold, None))
        inside.addWidget(self.table)

    def reload(self) -> None:
        """Read what happened to the record, if anybody sees it."""
        if self.unfold.isChecked():
            self.table_model.show_records(self._session.book.history.of(self._kind, self._record_id))
            self.table.updateGeometry()

    def _toggle(self, shown: bool) -> None:  # noqa: FBT001 - a signal's one argument
        self.table.setVisible(shown)
        self.reload()

    def _columns(self) -> tuple[Column[RecordChange], ...]:
        words = self._session.words

        def moment(change: RecordChange) -> str:
            return words.sentence("{moment}", {"moment": change.act.at.astimezone()})

        return (
            Column(title=N_("When"), text=moment, soft=True),
            Column(
                title=N_("What was done"),
                text=lambda change: change.act.say(words),
                second=self._say_fields,
                stretch=True,
            ),
            Column(title=N_("By whom"), text=lambda change: change.act.by, soft=True, drop=1),
        )

    def _say_fields(self, change: RecordChange) -> str:
        """Say the fields of a change; a record that came or went has no other side to compare with."""
        words = self._session.words
        said = [words.gettext("Undone")] if change.act.undone else []
        if change.operation == "update":
            drawn = (field.say(words) for field in change.fields)
            said += [f"{name}: {before or '–'} → {after or '–'}" for name, before, after in drawn]
        return "; ".join(said)
