"""Who spoke at a meeting, read out of its minutes.

The minutes are the one place where an opinion is written: a paragraph that begins with somebody's name and a
colon is what that person said. From there it is counted, so that text and count can never disagree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sochibo.rules import names
from sochibo.rules.members.rolls import told_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sochibo.rules.meetings.meetings import AgendaItem, Guest
    from sochibo.rules.members.members import RosterEntry

__all__ = ["Speech", "speaking_parts", "speeches_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """What one person said on one item; `speaker` is the name as written, also of who is not known here.

    `answer` is what the paragraph behind it says in reply, where that begins with “Trả lời:”.
    """

    id: str
    meeting_id: str
    position: int
    agenda_item_id: str | None = None
    member_id: str | None = None
    guest_id: str | None = None
    speaker: str = ""
    text: str = ""
    answer: str = ""


SPOKEN: Final = re.compile(
    r"\s*(?:[-–—+•*]\s*)?"
    r"(?P<title>(?:đồng chí|đ/c|đc|ông|bà|anh|chị)\.?\s+)?"
    r"(?P<name>[^:：;.\n]{2,80}?)\s*[:：]\s*(?P<text>.*)",
    re.IGNORECASE,
)
REPLY: Final = re.compile(r"\s*(?:[-–—+•*]\s*)?(?:trả lời|giải trình)\s*[:：]\s*(?P<text>.*)", re.IGNORECASE)


def speaking_parts(roll: Sequence[RosterEntry], guests: Iterable[Guest]) -> dict[str, tuple[str, str]]:
    """Return by which words somebody is known in the minutes: folded name to kind (member, guest) and id.

    Two members of one name are told apart by the year of birth. A given name alone stands for somebody only
    if nobody else bears it, and only behind a form of address: see `speeches_in`.
    """
    known: dict[str, tuple[str, str]] = {}
    doubtful: set[str] = set()

    def learn(words: str, who: tuple[str, str]) -> None:
        key = _key(words)
        if key in known and known[key] != who:
            doubtful.add(key)
        known[key] = who

    for guest in guests:
        if guest.name.strip():
            learn(guest.name, ("guest", guest.id))
    shown = told_apart([entry.member for entry in roll])
    for entry in roll:
        who = ("member", entry.member.id)
        learn(shown[entry.member.id], who)
        learn(entry.member.name, who)
        learn(f"~{names.clean(entry.member.name).rsplit(' ', 1)[-1]}", who)
    return {key: who for key, who in known.items() if key not in doubtful}


def speeches_in(items: Iterable[AgendaItem], known: Mapping[str, tuple[str, str]]) -> tuple[Speech, ...]:
    """Return the opinions in the texts of the items, in their order; ids are empty.

    A paragraph counts where it begins with a whole name (`Trần Văn Bảo: …`), or with a given name behind a
    form of address (`Đ/c Bảo: …`): a bare word before a colon may be anything (`Thu: 5 triệu`).
    """
    found: list[Speech] = []
    for item in items:
        for paragraph in item.text.splitlines():
            reply = REPLY.fullmatch(paragraph)
            if reply and found and found[-1].agenda_item_id == item.id:
                found[-1] = _answered(found[-1], reply["text"])
                continue
            found.extend(_spoken(paragraph, item, len(found), known))
    return tuple(found)


def _spoken(
    paragraph: str, item: AgendaItem, position: int, known: Mapping[str, tuple[str, str]]
) -> Iterator[Speech]:
    match = SPOKEN.fullmatch(paragraph)
    if match is None:
        return
    name = names.clean(match["name"])
    who = known.get(_key(name)) or (known.get(_key(f"~{name}")) if match["title"] else None)
    if who is None:
        return
    kind, key = who
    yield Speech(
        id="",
        meeting_id=item.meeting_id,
        position=position,
        agenda_item_id=item.id,
        member_id=key if kind == "member" else None,
        guest_id=key if kind == "guest" else None,
        speaker=name,
        text=match["text"].strip(),
    )


def _answered(speech: Speech, text: str) -> Speech:
    return replace(speech, answer="\n".join(part for part in (speech.answer, text.strip()) if part))


def _key(words: str) -> str:
    """Return a name for comparing: case and spaces levelled, diacritics kept, since An is not Ân."""
    return names.clean(words).casefold()
