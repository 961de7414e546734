"""ResolutionForm: the text of a resolution or conclusion, saved while it is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import label
from sochibo.interface.parts.fields import ChoiceField, LabelledField, LineField, TextField
from sochibo.messages import N_
from sochibo.rules.meetings.resolutions import RESOLUTION_LABELS, ResolutionKind
from sochibo.rules.meetings.votes import judge_vote

if TYPE_CHECKING:
    from sochibo.interface.session import Session
    from sochibo.rules.meetings.meetings import Vote

__all__ = ["ResolutionForm"]


class ResolutionForm(QWidget):
    """Kind, title, results, what is resolved, and the vote by which it passed."""

    def __init__(self, session: Session, meeting_id: str) -> None:
        super().__init__()
        self.session = session
        self._meeting_id = meeting_id
        theme, say = session.theme, session.words.gettext
        self.kind: ChoiceField[ResolutionKind] = ChoiceField(
            theme,
            say(N_("Resolution or conclusion")),
            [(kind, say(text)) for kind, text in RESOLUTION_LABELS.items()],
            lambda kind: self._change(kind=kind),
        )
        self.name = LineField(say(N_("Title of the resolution")), lambda text: self._change(title=text))
        self.results = TextField(
            theme, say(N_("Results so far")), lambda text: self._change(results=text), lines=3
        )
        self.text = TextField(
            theme, say(N_("What is resolved")), lambda text: self._change(text=text), lines=6
        )
        self.vote: ChoiceField[str | None] = ChoiceField(
            theme, say(N_("Passed by the vote")), [(None, "–")], lambda vote: self._change(vote_id=vote)
        )
        self.again = ActButton(theme, say(N_("Draft it anew")), icon="undo-2", kind="link")
        self.again.clicked.connect(self.draft_again)
        hints = {
            self.name: say(N_("stands under the word “Nghị quyết” or “Kết luận”")),
            self.results: say(N_("one paragraph a line; the table of last month's tasks follows by itself")),
            self.text: say(N_("one paragraph a line; the table of new tasks follows by itself")),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self._fields = {
            place: LabelledField(theme, field.accessibleName(), field, hints.get(field, ""))
            for place, field in (
                ("kind", self.kind),
                ("title", self.name),
                ("results", self.results),
                ("text", self.text),
                ("vote_id", self.vote),
            )
        }
        for field in self._fields.values():
            column.addWidget(field)
        column.addWidget(self.again)
        self._note = label("", "hint", wrap=True)
        column.addWidget(self._note)

    def reload(self) -> None:
        """Show what is written, or what the record gives as a draft."""
        book = self.session.book
        resolution, file = book.resolutions.of_meeting(self._meeting_id), book.meetings.file(self._meeting_id)
        base = file.vote_base()
        votes: list[tuple[str | None, str]] = [(None, "–")]
        votes += [(vote.id, self._vote_words(vote, judge_vote(vote, base).base)) for vote in file.votes]
        self.vote.change_choices(votes)
        self.kind.show_value(resolution.kind)
        self.name.show_text(resolution.title)
        self.results.show_text(resolution.results)
        self.text.show_text(resolution.text)
        self.vote.show_value(resolution.vote_id)
        locked = book.read_only
        for field in (self.name, self.results, self.text):
            field.setReadOnly(locked)
        for choice in (self.kind, self.vote, self.again):
            choice.setEnabled(not locked)
        say = self.session.words.gettext
        drafted = N_("Drafted from the conclusions of the meeting; write on as you like.")
        self._note.setText("" if resolution.id else say(drafted))
        self._note.setVisible(not resolution.id)

    def focus_place(self, place: str) -> bool:
        """Put the keyboard into the field that a finding names."""
        wrapped = self._fields.get(place)
        if wrapped is None:
            return False
        wrapped.field.setFocus()
        return True

    def draft_again(self) -> None:
        """Draft the text anew from the record; Ctrl Z brings back what was written."""
        kind = self.kind.value() or ResolutionKind.RESOLUTION
        meeting_id = self._meeting_id
        # No field may write its old text over the new draft when it is left.
        self.session.run(lambda book: book.resolutions.draft_again(meeting_id, kind), self)
        self.reload()

    def _change(self, **values: Any) -> None:  # noqa: ANN401 - any field of the resolution
        known = self.session.book.resolutions.of_meeting(self._meeting_id)
        changed = replace(known, **values)
        self.session.run(lambda book: book.resolutions.change(changed), self)
        if "kind" in values:
            self.reload()

    def _vote_words(self, vote: Vote, base: int) -> str:
        fields = {"question": vote.question, "given": vote.in_favour, "base": base}
        return self.session.words.sentence(N_("{question} ({given}/{base} in favour)"), fields)
