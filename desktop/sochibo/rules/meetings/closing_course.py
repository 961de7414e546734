"""What speaks against closing a meeting in its course, and in the months and tasks around it."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final

from sochibo.faults import Finding, yellow
from sochibo.messages import N_
from sochibo.rules import lettering
from sochibo.rules.meetings import practice
from sochibo.rules.meetings.meetings import MeetingFormat, MeetingKind, VoteMethod
from sochibo.rules.meetings.proposals import ProposalState
from sochibo.rules.periods import quarter_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.rules.meetings.meeting_files import MeetingFile
    from sochibo.rules.meetings.proposals import Proposal

__all__ = ["course_findings", "surrounding_findings"]

REGULAR: Final = frozenset({MeetingKind.REGULAR, MeetingKind.COMBINED})
THEMATIC: Final = frozenset({MeetingKind.THEMATIC, MeetingKind.COMBINED})


def surrounding_findings(file: MeetingFile) -> Iterator[Finding]:
    """Check the meeting against the others of its quarter, and against what was given to do before.

    One regular meeting a month (Charter art. 22.6, 24.2) and one thematic meeting a quarter (CT 50-CT/TW,
    23/7/2025): a second or a missing one is told, never refused.
    """
    meeting = file.meeting
    same_month = [one for one in file.neighbours if one.month == meeting.month]
    if meeting.kind in REGULAR and any(one.kind in REGULAR for one in same_month):
        yield yellow("M41", N_("There is another regular meeting in this month."), "on")
    ends_quarter = meeting.month.last() == quarter_of(meeting.on).last
    themes = THEMATIC & {one.kind for one in (meeting, *file.neighbours)}
    if meeting.kind in REGULAR and ends_quarter and not themes:
        yield yellow("M42", N_("No thematic meeting was held in this quarter."), "kind")
    if meeting.format is not MeetingFormat.IN_PERSON:
        text = N_("Please make sure that the committee above agreed to this form of meeting.")
        yield yellow("M43", text, "format")
    if meeting.notice_on is not None and meeting.notice_on > meeting.on:
        yield yellow("M44", N_("The notice is dated after the meeting."), "notice_on")
    if meeting.kind not in practice.load_practice().scored:
        return
    for index, task in enumerate(file.earlier_tasks):
        if task.done_percent is None and not task.result.strip():
            text = N_("Nothing was said about the earlier task “{task}”.")
            yield yellow("M45", text, f"earlier_tasks.{index}", task=_short(task.text))


def course_findings(file: MeetingFile) -> Iterator[Finding]:
    """Check who spoke, what was proposed and studied, and who counted secret votes."""
    yield from _check_observer(file)
    yield from _check_speeches(file)
    for index, one in enumerate(file.proposals):
        yield from _check_proposal(one, f"proposals.{index}", index + 1)
    for index, one in enumerate(file.earlier_proposals):
        if one.state is ProposalState.OPEN:
            text = N_("The earlier proposal “{proposal}” is not answered yet.")
            yield yellow("M50", text, f"earlier_proposals.{index}", proposal=_short(one.text))
    for index, vote in enumerate(file.votes):
        if vote.method is VoteMethod.BALLOT and not vote.tellers.strip():
            text = N_("Nobody is named who counted the ballots of vote {n}.")
            yield yellow("M51", text, f"votes.{index}.tellers", n=index + 1)
    for index, session in enumerate(file.studies):
        if not session.convened:
            text = N_("It is not said how many were convened to study “{subject}”.")
            yield yellow("M52", text, f"studies.{index}.convened", subject=_short(session.subject))
    yield from _check_letters(file)


def _check_observer(file: MeetingFile) -> Iterator[Finding]:
    observer = file.entry_of(file.meeting.observer_id)
    if observer is not None and not file.came(observer):
        text = N_("{name} is named to follow and score the meeting but was absent.")
        yield yellow("M46", text, "observer", name=file.name_of(observer.member.id))


def _check_speeches(file: MeetingFile) -> Iterator[Finding]:
    places = {item.id: place for place, item in enumerate(file.items)}
    absent = {entry.member.id for entry in file.roll if not file.came(entry)}
    told: set[str] = set()
    for speech in file.speeches:
        if speech.member_id in absent and speech.member_id not in told:
            told.add(speech.member_id)
            place = f"items.{places.get(speech.agenda_item_id or '', 0)}.text"
            text = N_("{name} is said to have spoken but was absent.")
            yield yellow("M47", text, place, name=file.name_of(speech.member_id))


def _check_proposal(one: Proposal, place: str, n: int) -> Iterator[Finding]:
    if not one.text.strip():
        yield yellow("M48", N_("Proposal {n} says nothing."), f"{place}.text", n=n)
    if one.state is ProposalState.ANSWERED and not one.answer.strip():
        yield yellow("M49", N_("The answer to proposal {n} is missing."), f"{place}.answer", n=n)
    if one.state is ProposalState.FORWARDED and not one.forwarded_to.strip():
        text = N_("It is not said to whom proposal {n} was passed on.")
        yield yellow("M53", text, f"{place}.forwarded_to", n=n)


def _check_letters(file: MeetingFile) -> Iterator[Finding]:
    """Check that the page can show what was written: an emoji pasted from a telephone is no letter of it."""
    parts = ("guests", "items", "votes", "tasks", "proposals", "studies")
    records: list[tuple[str, Any]] = [("", file.meeting)]
    records += [(f"{part}.{n}.", one) for part in parts for n, one in enumerate(getattr(file, part))]
    for place, record in records:
        for each in fields(record):
            value = getattr(record, each.name)
            if isinstance(value, str) and (signs := lettering.undrawn(value)):
                text = N_("On paper a square stands in the place of {signs}.")
                yield yellow("M54", text, f"{place}{each.name}", signs=" ".join(signs))


def _short(text: str) -> str:
    """Return the beginning of a text, so that a finding stays one line."""
    most = 60
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
