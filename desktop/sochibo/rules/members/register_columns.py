"""What stands in each companion register, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sochibo.messages import N_
from sochibo.rules.members.badges import BADGE_STATE_LABELS, load_badge_rules
from sochibo.rules.members.members import EVENT_LABELS, EventKind, Sex
from sochibo.rules.members.offices import OFFICE_LABELS, WAY_LABELS
from sochibo.rules.members.registers import Field, FieldKind, Register, RegisterKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["COLUMNS", "EVENTS_OF", "REGISTERS", "columns_of"]

TRAINING_LABELS: Final = {
    "awareness": N_("Awareness of the Party"),
    "new_member": N_("New members"),
    "theory_elementary": N_("Political theory, elementary"),
    "theory_intermediate": N_("Political theory, intermediate"),
    "theory_advanced": N_("Political theory, advanced"),
    "committee_skills": N_("Skills of committee members"),
    "resolution_study": N_("Study of resolutions"),
    "other": N_("Other course"),
}
CANDIDATE_LABELS: Final = {
    "listed": N_("On the list"),
    "trained": N_("Has the certificate"),
    "proposed": N_("Proposed for admission"),
    "admitted": N_("Admitted"),
    "dropped": N_("Taken off the list"),
}
SEX_LABELS: Final = {Sex.MALE.value: N_("Male"), Sex.FEMALE.value: N_("Female")}


_MEMBER: Final = Field("member_id", N_("Member"), FieldKind.MEMBER, needed=True)
_NOTE: Final = Field("note", N_("Note"), wide=True)
_SINCE: Final = Field("since", N_("Since"), FieldKind.DAY, needed=True)
_UNTIL: Final = Field("until", N_("Until"), FieldKind.DAY)


def _words(labels: Mapping[Any, str]) -> dict[str, str]:
    """Return the labels of an enumeration by the values that its table keeps."""
    return {str(value): text for value, text in labels.items()}


_YEARS: Final = {str(years): str(years) for years in load_badge_rules().years}


def _register(
    kind: RegisterKind, table: str, *fields: Field, once: Sequence[str] = (), row: str = ""
) -> Register:
    """Make a register; `row` is the kind of its rows where its table holds those of others too."""
    return Register(kind, table, fields, {"kind": row} if row else {}, tuple(once))


REGISTERS: Final = {
    register.kind: register
    for register in (
        _register(
            RegisterKind.CANDIDATES,
            "candidate",
            Field("name", N_("Full name"), needed=True),
            Field("birth", N_("Date of birth"), FieldKind.PARTIAL),
            Field("sex", N_("Sex"), FieldKind.CHOICE, SEX_LABELS),
            Field("job", N_("Occupation now")),
            Field("residence", N_("Place of residence"), wide=True),
            Field("resolved_on", N_("Resolution of the cell"), FieldKind.DAY),
            Field("helpers", N_("Helped by")),
            Field("certificate", N_("Certificate of the awareness class")),
            Field("certificate_on", N_("Certificate of"), FieldKind.DAY),
            Field("certificate_until", N_("Certificate valid until"), FieldKind.DAY),
            Field("state", N_("State"), FieldKind.CHOICE, CANDIDATE_LABELS, needed=True),
            _NOTE,
        ),
        _register(
            RegisterKind.TRAINING,
            "training",
            _MEMBER,
            Field("kind", N_("Course"), FieldKind.CHOICE, TRAINING_LABELS, needed=True),
            Field("title", N_("Title of the course"), wide=True),
            Field("finished_on", N_("Finished on"), FieldKind.PARTIAL),
            Field("certificate", N_("Number of the certificate")),
            Field("result", N_("Result")),
            Field("valid_until", N_("Valid until"), FieldKind.DAY),
            _NOTE,
        ),
        _register(
            RegisterKind.RESIDENCE,
            "register_entry",
            _MEMBER,
            Field("on", N_("Introduced on"), FieldKind.DAY, needed=True),
            Field("organisation", N_("Cell of the place of residence"), wide=True),
            Field("back_on", N_("Remarks came back on"), FieldKind.DAY),
            Field("title", N_("Remarks of the place of residence"), wide=True),
            _NOTE,
            row="residence",
        ),
        _register(
            RegisterKind.DOSSIERS,
            "register_entry",
            _MEMBER,
            Field("on", N_("Handed over on"), FieldKind.DAY, needed=True),
            Field("title", N_("Which papers"), needed=True, wide=True),
            Field("organisation", N_("To whom")),
            Field("back_on", N_("Came back on"), FieldKind.DAY),
            _NOTE,
            row="dossier",
        ),
        _register(
            RegisterKind.SUPPLEMENTS,
            "file_supplement",
            _MEMBER,
            Field("year", N_("Year"), FieldKind.YEAR, needed=True),
            Field("confirmed_on", N_("Confirmed on"), FieldKind.DAY),
            _NOTE,
            once=("member_id", "year"),
        ),
        _register(
            RegisterKind.BADGES,
            "badge",
            _MEMBER,
            Field("years", N_("Badge, years"), FieldKind.CHOICE, _YEARS, needed=True),
            Field("state", N_("State"), FieldKind.CHOICE, _words(BADGE_STATE_LABELS), needed=True),
            Field("batch_on", N_("Day of award"), FieldKind.DAY),
            Field("awarded_on", N_("Awarded on"), FieldKind.PARTIAL),
            Field("badge_no", N_("Number of the badge")),
            Field("decision", N_("Decision, number")),
            Field("early_reason", N_("Reason of an early award")),
            _NOTE,
            once=("member_id", "years"),
        ),
        _register(
            RegisterKind.REWARDS,
            "register_entry",
            _MEMBER,
            Field("on", N_("Day"), FieldKind.DAY, needed=True),
            Field("title", N_("Reward"), needed=True, wide=True),
            Field("organisation", N_("Given by")),
            Field("decision", N_("Decision, number")),
            _NOTE,
            row="reward",
        ),
        _register(
            RegisterKind.COMMITMENTS,
            "commitment",
            _MEMBER,
            Field("year", N_("Year"), FieldKind.YEAR, needed=True),
            Field("signed_on", N_("Signed on"), FieldKind.DAY),
            Field("content", N_("What was promised"), wide=True),
            Field("result", N_("Result"), wide=True),
            _NOTE,
            once=("member_id", "year"),
        ),
        _register(
            RegisterKind.OFFICES,
            "office",
            _MEMBER,
            Field("kind", N_("Office"), FieldKind.CHOICE, _words(OFFICE_LABELS), needed=True),
            Field("title", N_("Title, where it differs")),
            Field("group_id", N_("Party group"), FieldKind.GROUP),
            _SINCE,
            _UNTIL,
            Field("way", N_("How"), FieldKind.CHOICE, _words(WAY_LABELS), needed=True),
            Field("decision", N_("Decision, number")),
            _NOTE,
        ),
        _register(
            RegisterKind.GROUPS,
            "party_group",
            Field("name", N_("Name"), needed=True),
            _SINCE,
            _UNTIL,
        ),
        _register(
            RegisterKind.GROUP_MEMBERS,
            "group_member",
            _MEMBER,
            Field("group_id", N_("Party group"), FieldKind.GROUP, needed=True),
            _SINCE,
            _UNTIL,
            once=("member_id", "since"),
        ),
    )
}
"""The registers that people write in."""

COLUMNS: Final = {
    RegisterKind.PROBATIONARY: (
        Field("member_id", N_("Member"), FieldKind.MEMBER),
        Field("on", N_("Admitted on"), FieldKind.PARTIAL),
        Field("decision", N_("Decision, number")),
        Field("helpers", N_("Helped by")),
        Field("until", N_("Probation ends"), FieldKind.DAY),
        Field("due", N_("The cell considers it by"), FieldKind.DAY),
    ),
    RegisterKind.TRANSFERS: (
        Field("member_id", N_("Member"), FieldKind.MEMBER),
        Field("kind", N_("What happened"), FieldKind.CHOICE, _words(EVENT_LABELS)),
        Field("on", N_("Day"), FieldKind.PARTIAL),
        Field("other_organisation", N_("From or to which organisation"), wide=True),
        Field("fees_paid_until", N_("Fees paid until"), FieldKind.PARTIAL),
        Field("notified_on", N_("Slip of"), FieldKind.DAY),
    ),
    RegisterKind.TEMPORARY: (
        Field("member_id", N_("Member"), FieldKind.MEMBER),
        Field("kind", N_("What happened"), FieldKind.CHOICE, _words(EVENT_LABELS)),
        Field("on", N_("Day"), FieldKind.PARTIAL),
        Field("until", N_("Until"), FieldKind.PARTIAL),
        Field("other_organisation", N_("From or to which organisation"), wide=True),
        Field("notified_on", N_("Slip of"), FieldKind.DAY),
    ),
    RegisterKind.LEFT: (
        Field("member_id", N_("Member"), FieldKind.MEMBER),
        Field("kind", N_("What happened"), FieldKind.CHOICE, _words(EVENT_LABELS)),
        Field("on", N_("Day"), FieldKind.PARTIAL),
        Field("decision", N_("Decision, number")),
        Field("decided_by", N_("Decided by")),
        Field("reason", N_("Reason"), wide=True),
    ),
    RegisterKind.DECEASED: (
        Field("member_id", N_("Member"), FieldKind.MEMBER),
        Field("on", N_("Day"), FieldKind.PARTIAL),
        Field("reason", N_("Reason"), wide=True),
        Field("notified_on", N_("Slip of"), FieldKind.DAY),
    ),
    RegisterKind.CARDS: (
        Field("member_id", N_("Member"), FieldKind.MEMBER),
        Field("card_no", N_("Party card number")),
        Field("card_on", N_("Handed over on"), FieldKind.DAY),
    ),
    RegisterKind.RESOLUTIONS: (
        Field("number", N_("Number")),
        Field("on", N_("Day"), FieldKind.DAY),
        Field("meeting", N_("Meeting of"), FieldKind.DAY),
        Field("title", N_("What it is about"), wide=True),
    ),
}
"""What the registers that follow from others show."""

EVENTS_OF: Final = {
    RegisterKind.TRANSFERS: (EventKind.TRANSFER_IN, EventKind.TRANSFER_OUT),
    RegisterKind.TEMPORARY: (EventKind.TEMPORARY_IN, EventKind.TEMPORARY_OUT),
    RegisterKind.LEFT: (
        EventKind.WITHDRAWAL,
        EventKind.STRIKE_OFF,
        EventKind.EXPULSION,
        EventKind.CANCELLATION,
    ),
    RegisterKind.DECEASED: (EventKind.DEATH,),
}
"""Which events stand in a register of events."""


def columns_of(kind: RegisterKind) -> tuple[Field, ...]:
    """Return the columns of a register of either sort."""
    return REGISTERS[kind].fields if kind in REGISTERS else COLUMNS[kind]
