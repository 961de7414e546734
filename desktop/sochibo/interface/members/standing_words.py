"""How a member's standing is said and coloured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.interface.looks.palette import Tone
from sochibo.interface.parts.table import Tag
from sochibo.messages import N_
from sochibo.rules.members.members import Activity, Membership

if TYPE_CHECKING:
    from sochibo.rules.members.members import Standing

__all__ = ["MEMBERSHIP_LABELS", "activity_words", "standing_tag"]

MEMBERSHIP_LABELS: Final = {
    Membership.NONE: N_("no member"),
    Membership.PROBATIONARY: N_("Probationary"),
    Membership.OFFICIAL: N_("Official"),
}
_ACTIVITY_LABELS: Final = {
    Activity.ACTIVE: N_("Active"),
    Activity.EXEMPT: N_("Exempt"),
    Activity.TEMPORARILY_EXEMPT: N_("Temporarily exempt"),
    Activity.AWAY: N_("Away temporarily"),
    Activity.VISITING: N_("Here temporarily"),
    Activity.SUSPENDED: N_("Suspended"),
    Activity.SPECIAL_DUTY: N_("Special duty"),
    Activity.LEFT: N_("Left"),
}


def activity_words(standing: Standing) -> str:
    """Return how somebody takes part, as a message id; of whom no event is told, nobody can say."""
    return _ACTIVITY_LABELS[standing.activity] if standing.because else N_("no event yet")


def standing_tag(standing: Standing) -> Tag:
    """Return the tag of how somebody takes part."""
    if standing.because is None:
        return Tag(Tone.ADVICE, "triangle-alert")
    if standing.activity is Activity.ACTIVE:
        return Tag(Tone.GOOD, "check")
    if standing.activity is Activity.VISITING:
        return Tag(Tone.ACCENT, "circle")
    return Tag(Tone.ADVICE if standing.listed else Tone.PLAIN, "minus")
