"""Received files as lines of a table: what is shown of them, and which of them."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from sochibo.book.inbox.decisions import Decision
from sochibo.book.inbox.inbox import LEVEL_LABELS, Level
from sochibo.interface.inbox.submission_panel import LEVEL_SIGNS, paper_words
from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.table import Column, Tag
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sochibo.book.inbox.inbox import Submission
    from sochibo.messages import Messages

__all__ = [
    "SHOWN_LABELS", "Shown", "counts_of", "delivery_words", "is_doubtful", "judging_words", "shown_of",
    "submission_columns",
]  # fmt: skip

_MINUTE: Final = 60
_KNOWN_AFTER: Final = 2.0
"""Seconds after which the time left can be told: the first file also loads the libraries."""

_NAMED_AT_MOST: Final = 5
_KNOWN: Final = frozenset({"V13", "V34", "V36"})
"""What came before, as the same file or with other signatures."""


class Shown(Enum):
    """Which files are shown."""

    ALL = auto()
    DOUBTFUL = auto()
    COUNTED = auto()
    REFUSED = auto()
    RETURNED = auto()
    UNTOLD = auto()


SHOWN_LABELS: Final = {
    Shown.ALL: N_("All files"),
    Shown.DOUBTFUL: N_("To be looked at"),
    Shown.COUNTED: N_("Counted"),
    Shown.REFUSED: N_("Refused"),
    Shown.RETURNED: N_("Returned by us"),
    Shown.UNTOLD: N_("Not yet answered by a slip"),
}


def is_doubtful(one: Submission) -> bool:
    """Tell whether a file waits for the clerk's word."""
    return one.verdict.level is Level.HOLD and one.decision is None


def delivery_words(made: Sequence[Submission], of: int, packed: Sequence[str], words: Messages) -> str:
    """Say what came of one delivery of so many files, and name what no table shows."""
    kept, unread = [one for one in made if one.id], [one.file for one in made if not one.id]
    again = sum(one.verdict.code in _KNOWN for one in kept)
    said = (
        (not of, N_("There is no PDF file there.")),
        (kept, N_("{n} files: {fine} accepted, {hold} to be looked at, {refused} refused.")),
        (again, N_("{again} of them had come before.")),
        (unread, N_("Too large or not readable, so not kept: {unread}.")),
        (len(made) < of, N_("Stopped after {done} of {of} files: receive them again for the rest.")),
        (packed, N_("Packed files were not looked into: {packed}. Unpack them, then receive the papers.")),
    )
    fields = {
        **counts_of(kept), "n": len(kept), "again": again, "unread": _named(unread), "done": len(made),
        "of": of, "packed": _named(packed),
    }  # fmt: skip
    return " ".join(words.sentence(text, fields) for so, text in said if so)


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED_AT_MOST]) + (", …" if len(names) > _NAMED_AT_MOST else "")


def counts_of(files: Sequence[Submission]) -> dict[str, int]:
    """Count files by what may become of them: `fine`, `hold` or `refused`."""
    levels = [one.verdict.level for one in files]
    return {
        "fine": sum(level in {Level.ACCEPT, Level.NOTE} for level in levels),
        "hold": levels.count(Level.HOLD),
        "refused": levels.count(Level.REFUSE),
    }


def shown_of(files: Sequence[Submission], shown: Shown) -> list[Submission]:
    """Return the files that a filter lets through."""
    tests: dict[Shown, Callable[[Submission], bool]] = {
        Shown.ALL: lambda _one: True,
        Shown.DOUBTFUL: is_doubtful,
        Shown.COUNTED: lambda one: one.counts,
        Shown.REFUSED: lambda one: one.verdict.level is Level.REFUSE,
        Shown.RETURNED: lambda one: one.decision is Decision.RETURNED,
        Shown.UNTOLD: lambda one: not one.answered and (one.counts or one.decision is Decision.RETURNED),
    }
    return [one for one in files if tests[shown](one)]


def judging_words(done: int, of: int, seconds: float, words: Messages) -> str:
    """Say how far judging has come, and how long it will still take once that can be told."""
    fields: dict[str, object] = {"done": done, "of": of}
    if not done or seconds < _KNOWN_AFTER or done >= of:
        return words.sentence(N_("Judging file {done} of {of} …"), fields)
    left = seconds / done * (of - done)
    if left < _MINUTE:
        fields["left"] = max(1, round(left))
        return words.sentence(N_("Judging file {done} of {of} … about {left} seconds left"), fields)
    fields["left"] = round(left / _MINUTE)
    return words.sentence(N_("Judging file {done} of {of} … about {left} minutes left"), fields)


def submission_columns(words: Messages) -> tuple[Column[Submission], ...]:
    """Return the columns of received files."""

    def verdict(one: Submission) -> str:
        said = words.gettext(LEVEL_LABELS[one.verdict.level])
        return said if one.verdict.level is Level.ACCEPT else f"{said} · {one.verdict.code}"

    def tag(one: Submission) -> Tag:
        tone, icon = LEVEL_SIGNS[one.verdict.level]
        return Tag(tone, icon)

    return (
        Column(title=N_("Unit"), text=lambda one: one.unit or one.file, strong=True),
        Column(title=N_("Kind, period"), text=lambda one: paper_words(one, words), drop=1),
        Column(title=N_("Verdict"), text=verdict, tag=tag),
        Column(
            title=N_("What became of it"), text=lambda one: _standing(one, words), tag=_standing_tag, drop=3
        ),
        Column(title=N_("Signer"), text=lambda one: one.signer or words.gettext(N_("unknown")), drop=4),
        Column(
            title=N_("What to do"),
            text=lambda one: _to_do(one, words),
            tooltip=lambda one: one.verdict.sentence(words),
            soft=True,
            stretch=True,
        ),
    )


def _standing(one: Submission, words: Messages) -> str:
    if one.decision is Decision.RETURNED:
        said = N_("Returned by us")
    elif one.decision is Decision.SET_ASIDE:
        said = N_("Set aside")
    else:
        said = N_("Counted") if one.counts else N_("Not counted")
    return words.gettext(said)


def _standing_tag(one: Submission) -> Tag:
    if one.counts:
        return Tag(Tone.GOOD, "check")
    return Tag(Tone.ADVICE, "undo-2") if one.decision is Decision.RETURNED else Tag(Tone.PLAIN, "minus")


def _to_do(one: Submission, words: Messages) -> str:
    """Say what is left to do: the remark of a return stands for the advice that led to it."""
    if one.decision is Decision.RETURNED and one.remarks:
        return one.remarks[0].text
    return "" if one.decision else one.verdict.advice(words)
