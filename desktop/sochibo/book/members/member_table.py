"""The register as a table that the import reads back, full or empty to be filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.members.members import EVENT_LABELS, EventKind, Membership, Sex, masked
from sochibo.storage.sheets.sheet_export import Choice, Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sochibo.messages import Messages
    from sochibo.rules.dates import PartialDate
    from sochibo.rules.members.members import MemberEvent, RosterEntry, Standing

__all__ = ["MEMBER_COLUMNS", "SEX_LABELS", "members_table", "standing_text", "template_table"]


@dataclass(frozen=True, slots=True)
class MemberColumn:
    """A column of the register: the field that the import knows it by, its header, its width, a note."""

    field: str
    title: str
    width: int
    note: str = ""


DATE_NOTE: Final = N_("A day, a month or a year: 03/11/1961, 11/1961 or 1961.")
NUMBER_NOTE: Final = N_("All digits, with the zeros in front.")

MEMBER_COLUMNS: Final = (
    MemberColumn("register_no", N_("Number in the list"), 8),
    MemberColumn("name", N_("Full name"), 28, N_("The only column that must be filled in.")),
    MemberColumn("birth_name", N_("Name at birth"), 24),
    MemberColumn("birth", N_("Date of birth"), 13, DATE_NOTE),
    MemberColumn("sex", N_("Sex"), 10),
    MemberColumn("ethnicity", N_("Ethnic group"), 11),
    MemberColumn("religion", N_("Religion"), 11),
    MemberColumn("home_place", N_("Home place"), 28),
    MemberColumn("residence", N_("Where the member lives"), 28),
    MemberColumn("education", N_("Education"), 12),
    MemberColumn("profession", N_("Qualification"), 18),
    MemberColumn("political_theory", N_("Political theory"), 13),
    MemberColumn("foreign_language", N_("Foreign language"), 13),
    MemberColumn("job_before", N_("Occupation before joining the Party"), 20),
    MemberColumn("job_now", N_("Occupation now"), 20),
    MemberColumn("office", N_("Party office"), 16),
    MemberColumn("phone", N_("Telephone"), 14, NUMBER_NOTE),
    MemberColumn("identity_no", N_("Citizen identity number"), 16, NUMBER_NOTE),
    MemberColumn("card_no", N_("Party card number"), 16, NUMBER_NOTE),
    MemberColumn("cv_no", N_("Number of the CV"), 14),
    MemberColumn("badge_no", N_("Number of the badge"), 14),
    MemberColumn("ceremony", N_("Day of admission"), 13, DATE_NOTE),
    MemberColumn("official", N_("Day of recognition"), 13, DATE_NOTE),
    MemberColumn("transfer_in", N_("Day of transfer in"), 13, DATE_NOTE),
    MemberColumn("transfer_out", N_("Day of transfer out"), 13, DATE_NOTE),
    MemberColumn("death", N_("Day of death"), 13, DATE_NOTE),
    MemberColumn("status", N_("Standing in the Party"), 30),
    MemberColumn("note", N_("Note"), 30),
)

SEX_LABELS: Final = {Sex.MALE: N_("Male"), Sex.FEMALE: N_("Female")}
MEMBERSHIP_LABELS: Final = {
    Membership.PROBATIONARY: N_("Probationary"),
    Membership.OFFICIAL: N_("Official"),
    Membership.NONE: "",
}
DATES: Final = {
    "ceremony": EventKind.ADMISSION,
    "official": EventKind.RECOGNITION,
    "transfer_in": EventKind.TRANSFER_IN,
    "transfer_out": EventKind.TRANSFER_OUT,
    "death": EventKind.DEATH,
}
SECRET: Final = frozenset({"identity_no", "card_no"})
TEXT_COLUMNS: Final = frozenset({"register_no", "phone", "identity_no", "card_no", "cv_no", "badge_no"})


def members_table(
    people: Sequence[tuple[RosterEntry, Sequence[MemberEvent]]], words: Messages, *, full_numbers: bool
) -> Table:
    """Return one row a person, with the events that the register has columns for and the standing."""
    rows = [
        [_cell(column.field, entry, events, words, full_numbers=full_numbers) for column in MEMBER_COLUMNS]
        for entry, events in people
    ]
    return Table(name="", columns=_columns(words, notes=False), rows=rows)


def template_table(words: Messages) -> Table:
    """Return the register with nobody in it, and how to fill it in."""
    fields = [column.field for column in MEMBER_COLUMNS]
    standings = (
        words.gettext(MEMBERSHIP_LABELS[Membership.OFFICIAL]),
        words.gettext(MEMBERSHIP_LABELS[Membership.PROBATIONARY]),
        *(words.gettext(EVENT_LABELS[kind]) for kind in (EventKind.EXEMPTION, EventKind.TEMPORARY_EXEMPTION)),
        *(
            words.gettext(EVENT_LABELS[kind])
            for kind in (EventKind.TEMPORARY_IN, EventKind.TEMPORARY_OUT, EventKind.SUSPENSION)
        ),
    )
    return Table(
        name=words.gettext(N_("List of members")),
        columns=_columns(words, notes=True),
        rows=(),
        above=(
            words.gettext(N_("List of members")),
            words.gettext(
                N_("One row a person. Only the name must be filled in; columns without use stay empty.")
            ),
        ),
        choices=(
            Choice(
                fields.index("sex"),
                tuple(words.gettext(label) for label in SEX_LABELS.values()),
                words.gettext(N_("Please choose one of the words offered.")),
            ),
            Choice(
                fields.index("status"),
                standings,
                words.gettext(N_("Another word than those offered may not be understood.")),
            ),
        ),
    )


def standing_text(standing: Standing, words: Messages) -> str:
    """Return a standing as the import reads it: `Chính thức; Miễn sinh hoạt 05/01/2020`."""
    parts = [words.gettext(MEMBERSHIP_LABELS[standing.membership])]
    through = standing.through
    if through is not None:
        day = through.on.vietnamese() if through.on else ""
        parts.append(f"{words.gettext(EVENT_LABELS[through.kind])} {day}".strip())
    return "; ".join(filter(None, parts))


def _columns(words: Messages, *, notes: bool) -> list[Column]:
    return [
        Column(
            words.gettext(column.title),
            column.width,
            words.gettext(column.note) if notes else "",
            text=column.field in TEXT_COLUMNS,
        )
        for column in MEMBER_COLUMNS
    ]


def _cell(
    field: str, entry: RosterEntry, events: Sequence[MemberEvent], words: Messages, *, full_numbers: bool
) -> str | PartialDate | None:
    member = entry.member
    if field == "birth":
        return member.birth
    if field == "sex":
        return words.gettext(SEX_LABELS[member.sex]) if member.sex else ""
    if field == "status":
        return standing_text(entry.standing, words)
    if field in DATES:
        return _date_cell([event for event in events if event.kind is DATES[field]])
    text = str(getattr(member, field))
    return masked(text) if field in SECRET and not full_numbers else text


def _date_cell(events: Sequence[MemberEvent]) -> str | PartialDate | None:
    """Return the day of the last event of a kind; “x” where it happened and nobody knows when."""
    if not events:
        return None
    return events[-1].on or "x"
