"""The clerk's word on received files: accept, return with remarks, set aside, for one file or many."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.book.inbox.decisions import Remark
from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.draft_keeper import keep_draft, say_draft
from sochibo.interface.parts.fields import ChoiceField, LabelledField, TextField
from sochibo.interface.parts.flow import flow
from sochibo.messages import N_, Messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.book.inbox.inbox import Submission
    from sochibo.interface.session import Session
    from sochibo.rules.units.remark_places import PaperPlace

__all__ = ["DecisionBar"]

_PAPERS = "vi"
"""A remark stands on a slip, and slips are Vietnamese like every paper."""


class DecisionBar(QWidget):
    """Three acts, and the form of a return under them."""

    decided = Signal()

    def __init__(self, session: Session, *before: QWidget) -> None:
        """`before` stands in the same line: what chooses the files, say."""
        super().__init__()
        self.session = session
        theme, say = session.theme, session.words.gettext
        self.files: tuple[Submission, ...] = ()
        self.remarks: list[Remark] = []
        self.accept_button = ActButton(theme, say(N_("Accept (A)")), icon="check", kind="second")
        self.accept_button.clicked.connect(self.accept)
        self.return_button = ActButton(theme, say(N_("Return … (R)")), icon="undo-2", kind="second")
        self.return_button.clicked.connect(self.begin_return)
        self.aside_button = ActButton(theme, say(N_("Set aside (X)")), icon="minus", kind="second")
        self.aside_button.clicked.connect(self.set_aside)
        self.form = Card(theme)
        self.head = label("", "strong", wrap=True)
        self.said = label("", wrap=True)
        self.text = TextField(theme, say(N_("What is to be mended")), self._keep, lines=2)
        self.more = ActButton(theme, say(N_("One remark more")), icon="plus", kind="link")
        self.more.clicked.connect(self.add_remark)
        self.send_back = ActButton(theme, say(N_("Return")), icon="undo-2", kind="primary")
        self.send_back.clicked.connect(self.end_return)
        self.leave = ActButton(theme, say(N_("Cancel")), icon="x", kind="link")
        self.leave.clicked.connect(self.close_form)
        self.place: ChoiceField[PaperPlace] = self._places(())
        self._placed = LabelledField(theme, say(N_("Where")), self.place)
        body = self.form.body
        body.addWidget(self.head)
        body.addWidget(self._placed)
        body.addWidget(LabelledField(theme, say(N_("What is to be mended")), self.text))
        body.addWidget(self.said)
        body.addWidget(flow(self.send_back, self.more, self.leave))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(8))
        inside.addWidget(flow(*before, self.accept_button, self.return_button, self.aside_button))
        inside.addWidget(self.form)
        self.form.hide()

    @property
    def open(self) -> bool:
        """Tell whether a return is being written."""
        return not self.form.isHidden()

    def show_files(self, files: Sequence[Submission]) -> None:
        """Take these files in hand; the form of a return closes when they are others."""
        if [one.id for one in files] != [one.id for one in self.files]:
            self.close_form()
        self.files = tuple(one for one in files if one.id)
        free = bool(self.files) and not self.session.book.read_only
        for button in (self.accept_button, self.return_button, self.aside_button):
            button.setEnabled(free)

    def accept(self) -> None:
        """Let the files count."""
        ids, now = [one.id for one in self.files], self.session.now()
        if ids and self.session.run(lambda book: book.decisions.accept(ids, now), self):
            self._end(N_("Files accepted: {n}"))

    def set_aside(self) -> None:
        """Leave the files out of everything."""
        ids, now = [one.id for one in self.files], self.session.now()
        if ids and self.session.run(lambda book: book.decisions.set_aside(ids, now), self):
            self._end(N_("Files set aside: {n}"))

    def begin_return(self) -> None:
        """Ask what is to be mended, and where if it is one file."""
        if not self.files or self.session.book.read_only:
            return
        words = self.session.words
        one = self.files[0] if len(self.files) == 1 else None
        places = self.session.book.inbox.places(one.id) if one else ()
        self._offer(places)
        count = len(self.files)
        self.head.setText(
            words.sentence(words.ngettext("Return {n} file", "Return {n} files", count), {"n": count})
        )
        self.remarks = list(one.remarks) if one else []
        self._bring_back()
        self._say_remarks()
        self.form.show()
        (self.place if places else self.text).setFocus()

    def add_remark(self) -> None:
        """Keep what is written as one remark, and begin another."""
        text = self.text.toPlainText().strip()
        if not text:
            return
        chosen = self.place.value()
        name = chosen.say(Messages(_PAPERS)) if chosen and chosen.place else ""
        self.remarks.append(Remark(chosen.place if chosen else "", name, text))
        self.text.clear()
        self.text.flush()
        self._keep("")
        self._say_remarks()
        self.text.setFocus()

    def end_return(self) -> None:
        """Return the files with all remarks."""
        self.text.flush()
        self.add_remark()
        ids, now, remarks = [one.id for one in self.files], self.session.now(), tuple(self.remarks)
        if self.session.run(lambda book: book.decisions.send_back(ids, remarks, now), self):
            self._end(N_("Files returned: {n}"))

    def close_form(self) -> None:
        """Return nothing for now; what is typed is there again when the same files are to be returned."""
        if self.open:
            self.text.flush()
        self.form.hide()
        self.text.show_text("")
        self.remarks = []

    @property
    def _draft(self) -> str:
        """Return where the remarks on the files in hand are kept until these are returned."""
        return f"return:{self.files[0].id}+{len(self.files) - 1}" if self.files else ""

    def _keep(self, text: str) -> None:
        """Keep remarks that are not sent yet; a form put away keeps nothing more."""
        if self.open and self.files:
            told = [[one.place, one.name, one.text] for one in self.remarks]
            remarks = json.dumps(told, ensure_ascii=False) if told else ""
            keep_draft(self.session, self._draft, {"text": text, "remarks": remarks})

    def _bring_back(self) -> None:
        draft = self.session.book.drafts.of(self._draft)
        if draft is None:
            return
        self.head.setText(f"{self.head.text()}\n{say_draft(self.session, draft)}")
        self.text.show_text(draft.values.get("text", ""))
        self.remarks = [Remark(*one) for one in json.loads(draft.values.get("remarks") or "[]")]

    def _offer(self, places: Sequence[PaperPlace]) -> None:
        """Put the fields of this paper in the place of those of the one before."""
        old = self._placed
        self.place = self._places(places)
        self._placed = LabelledField(self.session.theme, self.session.words.gettext(N_("Where")), self.place)
        self.form.body.replaceWidget(old, self._placed)
        old.hide()
        old.deleteLater()
        self._placed.setVisible(bool(places))

    def _places(self, places: Sequence[PaperPlace]) -> ChoiceField[PaperPlace]:
        session = self.session
        choices = [(one, one.say(session.words)) for one in places]
        made: ChoiceField[PaperPlace] = ChoiceField(
            session.theme, session.words.gettext(N_("Where")), choices, lambda _place: None
        )
        if choices:
            made.show_value(choices[0][0])
        return made

    def _say_remarks(self) -> None:
        lines = [f"• {one.name}: {one.text}" if one.name else f"• {one.text}" for one in self.remarks]
        self.said.setText("\n".join(lines))
        self.said.setVisible(bool(lines))

    def _end(self, said: str) -> None:
        place = self._draft
        self.close_form()
        if place:
            keep_draft(self.session, place, {})
        self.session.told.emit(self.session.words.sentence(said, {"n": len(self.files)}))
        self.decided.emit()
