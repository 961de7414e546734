"""Verdicts on received files: a level, a code, one sentence, and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_

if TYPE_CHECKING:
    from sochibo.messages import Messages

__all__ = ["LEVEL_LABELS", "VERDICTS", "Level", "Verdict", "verdict"]


_ISO: Final = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d\S*)?")


class Level(StrEnum):
    """What becomes of a file: only accepted ones (with or without a note) ever enter a total."""

    ACCEPT = "accept"
    NOTE = "note"
    HOLD = "hold"
    REFUSE = "refuse"


LEVEL_LABELS = {
    Level.ACCEPT: N_("Accepted"),
    Level.NOTE: N_("Accepted with a note"),
    Level.HOLD: N_("To be looked at"),
    Level.REFUSE: N_("Refused"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict as a value; `fields` fill the sentence of its code.

    Fields are texts, numbers, days and times only, so that they can be kept as JSON; a `finding` is the
    finding's own template, and its fields stand beside it. Days may come back from JSON as ISO texts.
    """

    code: str
    level: Level
    fields: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, words: Messages) -> str:
        """Return what was found, in one sentence."""
        fields = {name: _revived(value) for name, value in self.fields.items()}
        if "finding" in fields:
            fields["finding"] = words.sentence(str(fields["finding"]), fields)
        return words.sentence(VERDICTS[self.code][1], fields)

    def advice(self, words: Messages) -> str:
        """Return what to do."""
        return words.sentence(VERDICTS[self.code][2], self.fields)


VERDICTS: dict[str, tuple[Level, str, str]] = {
    "V00": (
        Level.ACCEPT,
        N_("The file is whole, sealed by the right person, and its data agree with its pages."),
        N_("Nothing to do."),
    ),
    "V01": (
        Level.REFUSE,
        N_("This is not a whole PDF file."),
        N_("Ask the sender to copy the file once more."),
    ),
    "V02": (
        Level.REFUSE,
        N_("The file carries no seal, or not the seal it should."),
        N_("Ask the sender to seal it in the program and to send that file."),
    ),
    "V03": (
        Level.REFUSE,
        N_("The file was changed after it was sealed."),
        N_("Ask the sender for the sealed file itself."),
    ),
    "V04": (
        Level.REFUSE,
        N_("The seal uses a method that is too weak."),
        N_("Ask the sender to seal it with a newer key."),
    ),
    "V05": (
        Level.HOLD,
        N_("The seal is intact, but its certificate does not come from a root you trust."),
        N_(
            "If the unit is not enrolled yet, enrol it; what it sealed before, it corrects and seals anew. "
            "Otherwise import the root of its authority."
        ),
    ),
    "V06": (
        Level.REFUSE,
        N_("The certificate behind the seal was revoked."),
        N_("Ask the unit who signs for it now."),
    ),
    "V07": (
        Level.REFUSE,
        N_("The figures on the page differ from the data in the file."),
        N_("Ask the sender to make the file anew in the program."),
    ),
    "V08": (
        Level.REFUSE,
        N_("The data inside the file cannot be read."),
        N_("Ask the sender for the file made by the program itself."),
    ),
    "V09": (
        Level.HOLD,
        N_("The file was made by a newer version of the program."),
        N_("Keep the file and install the newer version."),
    ),
    "V10": (
        Level.HOLD,
        N_("The time of the seal cannot be right: {claimed}."),
        N_("Ask the sender to set the clock of the PC and to seal it again."),
    ),
    "V11": (
        Level.REFUSE,
        N_("The figures contradict each other: {finding}"),
        N_("Return it with this remark."),
    ),
    "V12": (
        Level.HOLD,
        N_("The seal is intact, but {signer} is not registered to sign for {unit}."),
        N_("Enrol the signer, or ask the unit who signs for it now."),
    ),
    "V13": (
        Level.NOTE,
        N_("The very same file was received before, on {day}."),
        N_("Nothing to do; it is counted once."),
    ),
    "V14": (
        Level.HOLD,
        N_("“{unit}” is not a unit of this committee."),
        N_("See whether the file came to the right place. If it is a unit of yours, enrol it first."),
    ),
    "V15": (
        Level.NOTE,
        N_("The paper before this one in the series has not been received."),
        N_("Ask for the missing month."),
    ),
    "V16": (
        Level.HOLD,
        N_("A newer revision of this paper was received before."),
        N_("The newer one stays; set this file aside."),
    ),
    "V17": (
        Level.HOLD,
        N_("The seal is intact and the data agree with the pages; whose seal it is was not judged."),
        N_("Enrol the unit, or give the committee's trust file; then judge the file again."),
    ),
    "V18": (
        Level.HOLD,
        N_("Another paper for the same period was received before, and this one does not replace it."),
        N_(
            "Ask the unit which one counts, then accept or return this file; a correction is made as a new "
            "revision."
        ),
    ),
    "V19": (
        Level.HOLD,
        N_("This committee is not the one that the file is meant for."),
        N_("See whether it came to the right place."),
    ),
    "V20": (
        Level.HOLD,
        N_("The certificate behind the seal had expired when the file came."),
        N_("Ask the unit to renew its key and to seal the paper again."),
    ),
    "V21": (
        Level.HOLD,
        N_("The list of revoked certificates is missing or too old, so the signer could not be judged."),
        N_("Import the newest trust file of the committee, then judge the file again."),
    ),
    "V22": (
        Level.REFUSE,
        N_("The file is locked, or holds things that no paper holds, such as links or scripts."),
        N_("Do not open it elsewhere. Ask the sender for the file made by the program itself."),
    ),
    "V23": (
        Level.REFUSE,
        N_("The file is too large to be a paper of this program."),
        N_("Ask the sender for the file made by the program itself."),
    ),
    "V24": (
        Level.HOLD,
        N_("The file was sealed by another program and cannot be judged here."),
        N_("Look at it in the program that sealed it; its figures are not counted."),
    ),
    "V25": (
        Level.NOTE,
        N_("The layout of the paper is unknown here, so only its main figures were compared with its pages."),
        N_("Install the newest version of the program to compare the whole text."),
    ),
    "V26": (
        Level.NOTE,
        N_("{person} stands in the paper of {unit} for the same period too."),
        N_("Ask both units where this person belongs now."),
    ),
    "V27": (
        Level.ACCEPT,
        N_("Trusted time stamp: {stamped}."),
        N_("Nothing to do."),
    ),
    "V28": (
        Level.NOTE,
        N_(
            "Its time stamp by “{authority}” cannot be relied on here; it was judged like a file without one."
        ),
        N_("To rely on such stamps, import the root of their authority under “Keys that are trusted”."),
    ),
    "V29": (
        Level.REFUSE,
        N_("The time stamp of the file does not belong to its seal, or it is damaged."),
        N_("Ask the sender for the sealed file itself."),
    ),
    "V30": (
        Level.NOTE,
        N_(
            "Its time stamp by “{authority}” could not be checked, since a list of revoked certificates is "
            "missing or too old; it was judged like a file without one."
        ),
        N_("Fetch or import the newest list of that authority, then judge the file again."),
    ),
    "V31": (
        Level.HOLD,
        N_("The certificate behind its time stamp by “{authority}” was revoked."),
        N_("Ask the sender to seal the paper without a time stamp, or with one of another authority."),
    ),
    "V32": (
        Level.NOTE,
        N_("The clock of the sender's PC said {claimed}, but the trusted time stamp says {stamped}."),
        N_("The stamped time counts. Ask the sender to set the clock of the PC."),
    ),
    "V33": (
        Level.HOLD,
        N_("The words on the pages are those of the data, but a page looks otherwise than it should."),
        N_("Look at the pages. If they show the same figures you may accept the file; otherwise return it."),
    ),
    "V34": (
        Level.NOTE,
        N_("The same paper was received before with other signatures; its figures are the same."),
        N_("Nothing to do; it is counted once."),
    ),
    "V35": (
        Level.HOLD,
        N_("This is the request of “{unit}” to have its key enrolled, and no paper to be counted."),
        N_("Open it by “Enrol cells …” and compare the fingerprint with whoever brought it."),
    ),
    "V36": (
        Level.HOLD,
        N_("The very same file was received on {day}, and was then returned or set aside."),
        N_("Ask the unit for the paper that was mended, or accept the file if it is right after all."),
    ),
}


def verdict(code: str, /, **fields: object) -> Verdict:
    """Return the verdict of a code at its usual level."""
    return Verdict(code, VERDICTS[code][0], fields)


def _revived(value: object) -> object:
    """Give a day or time that was kept as an ISO text its type back."""
    if not isinstance(value, str) or not _ISO.fullmatch(value):
        return value
    try:
        return datetime.fromisoformat(value) if len(value) > len("2026-11-03") else date.fromisoformat(value)
    except ValueError:
        return value
