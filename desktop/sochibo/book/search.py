"""Everything in a book by the words one remembers: names, minutes, tasks, guests, papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules import names
from sochibo.rules.meetings.meetings import KIND_LABELS, MeetingKind
from sochibo.storage.engine import search

if TYPE_CHECKING:
    from sochibo.messages import Messages
    from sochibo.storage.engine.database import Database

__all__ = ["HIT_LABELS", "Hit", "Marked", "Search"]

HIT_LABELS: Final = {
    "member": N_("Member"),
    "candidate": N_("Person on the way to membership"),
    "unit": N_("Organisation below"),
    "meeting": N_("Meeting"),
    "agenda_item": N_("Agenda item"),
    "speech": N_("Opinion"),
    "guest": N_("Guest"),
    "vote": N_("Vote"),
    "task": N_("Task"),
    "proposal": N_("Proposal"),
    "resolution": N_("Resolution"),
    "thematic_plan": N_("Planned theme"),
    "study_session": N_("Study session"),
    "rating": N_("Rating"),
    "register_entry": N_("Line of a register"),
    "unheld_month": N_("Month without a meeting"),
    "correction": N_("Correction"),
    "target": N_("Target"),
    "document": N_("Paper"),
}
"""What each kind of hit is called."""

BEFORE: Final = 30
LENGTH: Final = 110


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the places, as start and end, at which something typed was found."""

    text: str
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A record that was found, and where in the window it stands (`goal`: `meeting:<id>`, `member:<id>`)."""

    kind: str
    record_id: str
    title: Marked
    snippet: Marked
    on: date | None
    goal: str
    detail: str = ""

    def name(self, words: Messages) -> str:
        """Return the title, or what kind of meeting it is where nobody gave it one."""
        if self.title.text or self.kind != "meeting":
            return self.title.text
        return words.gettext(KIND_LABELS[MeetingKind(self.detail)])


class Search:
    """The search of one book; letters with and without marks are alike, `nva` finds Nguyễn Văn A."""

    def __init__(self, database: Database) -> None:
        self._database: Final = database

    def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """Return the records that have every word typed, the last ones perhaps not typed to their end."""
        words = search.words_of(text)
        return tuple(_hit(found, words) for found in search.find(self._database, words, limit))


def _hit(found: search.Found, words: tuple[str, ...]) -> Hit:
    title = Marked(found.title, _spans(found.title, words))
    if not title.spans and search.SOURCES[found.kind].is_name:
        title = Marked(found.title, _initials(found.title, words))
    marked = [Marked(text, _spans(text, words)) for text in found.texts if text]
    best = max(marked, key=lambda text: len(text.spans), default=Marked(""))
    return Hit(
        kind=found.kind,
        record_id=found.record_id,
        title=_cut(title),
        snippet=_cut(best),
        on=found.on,
        goal=_goal(found),
        detail=found.detail,
    )


def _goal(found: search.Found) -> str:
    if found.kind == "member":
        return f"member:{found.record_id}"
    if found.meeting_id:
        return f"meeting:{found.meeting_id}"
    if found.kind == "document":
        return f"report:{found.period}" if found.detail == "summary" else "rollup"
    rooms = {
        "candidate": "registers",
        "register_entry": "registers",
        "unit": "inbox",
        "rating": "ratings",
        "target": "targets",
    }
    return rooms.get(found.kind, "meetings")


def _spans(text: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return where the words of a text stand that begin with something typed."""
    return tuple(
        each.span() for each in search.WORD.finditer(text) if names.fold(each.group()).startswith(words)
    )


def _initials(name: str, words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Return the first letters of a name that was found by them, or all of one typed without spaces."""
    first = [(each.start(), each.start() + 1) for each in search.WORD.finditer(name)]
    if any(names.initials(name).startswith(word) for word in words):
        return tuple(first)
    joined = names.fold(name).replace(" ", "")
    return ((0, len(name)),) if any(joined.startswith(word) for word in words) else ()


def _cut(marked: Marked) -> Marked:
    """Return a line of a text: from a little before the first place, line breaks as spaces."""
    # Sign for sign, so that the places stay where they are.
    text = marked.text.translate({10: " ", 13: " ", 9: " "})
    if len(text) <= LENGTH:
        return Marked(text, marked.spans)
    first = marked.spans[0][0] if marked.spans else 0
    start = max(0, first - BEFORE)
    if start:
        start = text.find(" ", start, first) + 1 or start
    end = start + LENGTH
    before, behind = "… " if start else "", " …" if end < len(text) else ""
    moved = len(before) - start
    spans = tuple((a + moved, b + moved) for a, b in marked.spans if start <= a and b <= end)
    return Marked(before + text[start:end] + behind, spans)
