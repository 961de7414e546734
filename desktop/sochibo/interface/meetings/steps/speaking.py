"""Who spoke at a meeting and who has not yet, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.messages import N_
from sochibo.rules.members.rolls import told_apart

if TYPE_CHECKING:
    from sochibo.messages import Messages
    from sochibo.rules.meetings.minutes import MeetingFile

__all__ = ["item_speakers", "silent_words", "speaking_names", "speaking_words"]

_MOST = 12
"""How many silent people are named: a longer list is not read any more."""


def speaking_names(file: MeetingFile) -> tuple[str, ...]:
    """Return who may speak: those who came, who has not spoken first, and the guests."""
    shown = told_apart([entry.member for entry in file.roll])
    came = [entry.member.id for entry in file.roll if file.came(entry)]
    spoke = {speech.member_id for speech in file.speeches}
    ordered = sorted(came, key=lambda key: key in spoke)
    guests = (guest.name for guest in file.guests if guest.name.strip())
    return (*(shown[key] for key in ordered), *guests)


def item_speakers(file: MeetingFile, item_id: str, words: Messages) -> str:
    """Return who spoke on one item, each once; empty where nobody did."""
    guests = {guest.id: guest.name for guest in file.guests}
    names = dict.fromkeys(
        file.name_of(speech.member_id) or guests.get(speech.guest_id or "", speech.speaker)
        for speech in file.speeches
        if speech.agenda_item_id == item_id
    )
    return words.sentence(N_("Spoke: {names}."), {"names": ", ".join(names)}) if names else ""


def speaking_words(file: MeetingFile, words: Messages) -> str:
    """Return how many of those present spoke."""
    ratio = file.speaking()
    fields = {
        "spoke": ratio.numerator,
        "present": ratio.denominator,
        "rate": words.percent(ratio.numerator, ratio.denominator),
    }
    return words.sentence(N_("{spoke} of {present} present spoke ({rate})."), fields)


def silent_words(file: MeetingFile, words: Messages) -> str:
    """Name who has not spoken yet, where anybody did and the list can still be read."""
    silent = [file.name_of(entry.member.id) for entry in file.silent()]
    if not silent or not file.speeches:
        return ""
    if len(silent) > _MOST:
        return words.sentence(N_("{count} have not spoken yet."), {"count": len(silent)})
    return words.sentence(N_("Not yet: {names}."), {"names": ", ".join(silent)})
