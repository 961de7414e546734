"""A roster read from a sheet: for each row a member, the events it tells of, and what is odd about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from sochibo.faults import Finding, Severity
from sochibo.messages import N_
from sochibo.rules.members.members import EventKind, Member, MemberEvent, Membership, Sex
from sochibo.rules.names import fold
from sochibo.storage.sheets.bare_sheet import read_bare
from sochibo.storage.sheets.legacy_text import Font
from sochibo.storage.sheets.roster_sheet import NoRows, Sheet, read_sheet
from sochibo.storage.sheets.roster_values import (
    MASK,
    Told,
    capitalised,
    date_inside,
    number_text,
    proper_case,
    read_date,
    read_sex,
    read_told,
    text_of,
)
from sochibo.storage.sheets.roster_words import StatusWord, key, roster_words

if TYPE_CHECKING:
    from pathlib import Path

    from sochibo.rules.dates import PartialDate

__all__ = ["Roster", "RosterLine", "read_roster"]

TEXTS: Final = (
    "birth_name", "ethnicity", "religion", "home_place", "residence", "education", "political_theory",
    "profession", "foreign_language", "job_before", "job_now", "office", "cv_no", "badge_no",
    "register_no", "note",
)  # fmt: skip

LONGEST_PROBATION: Final = 730
"""Days since admission after which a person with no word on it is taken to be official."""

OUT: Final = frozenset(
    {EventKind.WITHDRAWAL, EventKind.STRIKE_OFF, EventKind.EXPULSION, EventKind.CANCELLATION}
)


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One row: its number in the sheet, the member and the events (both without ids), the findings."""

    number: int
    member: Member
    events: tuple[MemberEvent, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """A whole sheet; `columns` are header and field, `unknown` the headers that mean nothing to us."""

    sheet: str
    columns: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    lines: tuple[RosterLine, ...]
    layout: str = ""
    remembered: bool = False


def read_roster(
    path: Path,
    today: date,
    *,
    mapping: Mapping[str, str] | None = None,
    layouts: Mapping[str, Mapping[str, str]] | None = None,
    bare: bool = False,
) -> Roster:
    """Read a file of any kind of sheet; see read_sheet for `mapping` and `layouts`.

    A `bare` list has no header: its columns go by their letters, and its first row is a person.

    Raises NotExcel, Locked, NoNames, NoRows, OldLetters, UnknownField, FileInUse, TooLarge, NotReadable.
    """
    sheet = read_bare(path, mapping or {}) if bare else read_sheet(path, mapping=mapping, layouts=layouts)
    lines = tuple(_lines(sheet, today))
    if not lines:
        raise NoRows(name=path.name)
    columns = tuple((shown, field) for _, field, shown in sheet.columns)
    return Roster(sheet.name, columns, sheet.unknown, lines, sheet.layout, sheet.remembered)


def _lines(sheet: Sheet, today: date) -> list[RosterLine]:
    words = roster_words()
    found, at_the_foot = [], False
    for number, row in sheet.rows:
        values = {
            field: row[column]
            for column, field, _ in sheet.columns
            if text_of(row[column]) and (number, column) not in sheet.unclear
        }
        first = next((text for text in map(text_of, row) if key(text)), "")
        if number in sheet.headings or words.is_sum(first):
            continue
        at_the_foot = at_the_foot or key(first).startswith(words.foot)
        name = text_of(values.get("name"))
        told = values.keys() - {"name", "register_no", "note", "ignored"}
        counted = name and not any(sign.isalpha() for sign in name)  # the row (1) (2) (3) under a header
        if counted or not (name or told) or (at_the_foot and not (name and told)):
            continue
        found.append(_Reader(values, sheet, today, number).line())
    return found


@dataclass(slots=True)
class _Reader:
    """One row while it is read."""

    values: Mapping[str, Any]
    sheet: Sheet
    today: date
    number: int
    findings: list[Finding] = field(default_factory=list)

    def line(self) -> RosterLine:
        member = self._member()
        self._tell_fonts()
        # Without a name the row is left out: nothing more need be said about it.
        events = self._events() if member.name else ()
        return RosterLine(self.number, member, events, tuple(self.findings))

    def _tell_fonts(self) -> None:
        """Say which cells of the row were in the letters of an old font."""
        for column, field_name, shown in self.sheet.columns:
            if (self.number, column) in self.sheet.unclear:
                sentence = N_("“{column}” is in the letters of a font that is not known; it is left empty.")
                self._say("P54", Severity.YELLOW, sentence, field_name, column=shown)
        told = {field_name: column for column, field_name, _ in self.sheet.columns}
        fonts = [(name, self.sheet.fonts.get((self.number, told[name]))) for name in self.values]
        name, font = next(((name, font) for name, font in fonts if font), ("", None))
        if font is not None:
            sentence = N_("This row was in the letters of the font {font} and was rewritten: please check.")
            self._say("P53", Severity.YELLOW, sentence, name, font=font.value)

    def _member(self) -> Member:
        written = text_of(self.values.get("name"))
        name = proper_case(written)
        if Font.TCVN3 in {
            self.sheet.fonts.get((self.number, column))
            for column, known, _ in self.sheet.columns
            if known == "name"
        }:
            # Its toned letters have no capitals: “¸nh” is Ánh.
            name = capitalised(name)
        if not name:
            self._say("P41", Severity.RED, N_("This row has no name."), "name")
        elif name != written:
            self._say("P42", Severity.YELLOW, N_("The name stood in capitals and was rewritten."), "name")
        texts: dict[str, Any] = {field: text_of(self.values.get(field)) for field in TEXTS}
        return Member(
            id="",
            name=name,
            birth=self._birth(),
            sex=self._sex(),
            identity_no=self._number("identity_no"),
            card_no=self._number("card_no"),
            phone=self._phone(),
            **texts,
        )

    def _birth(self) -> PartialDate | None:
        for field_name in ("birth", "male_birth", "female_birth", "male", "female"):
            value = self.values.get(field_name)
            if value is None:
                continue
            found, unclear = read_date(value)
            if found is not None:
                return found
            if field_name not in {"male", "female"} and fold(unclear) not in roster_words().yes:
                self._unclear(unclear, field_name)
        return None

    def _sex(self) -> Sex | None:
        no = roster_words().no
        for sex, fields in ((Sex.MALE, ("male", "male_birth")), (Sex.FEMALE, ("female", "female_birth"))):
            if any(fold(text_of(self.values.get(name))) not in {"", *no} for name in fields):
                return sex
        value = self.values.get("sex")
        if value is None:
            return None
        found = read_sex(value)
        if found is None:
            self._unclear(text_of(value), "sex")
        return found

    def _number(self, field_name: str) -> str:
        text, filled = number_text(self.values.get(field_name))
        if MASK in text:
            return ""
        if filled:
            self._say(
                "P43",
                Severity.YELLOW,
                N_("A number had lost its leading zeros; they were put back."),
                field_name,
            )
        return text

    def _phone(self) -> str:
        """Return the phone number; Excel takes the 0 before its nine digits away."""
        value = self.values.get("phone")
        text = text_of(value)
        stored_as_number = isinstance(value, int | float) and not isinstance(value, bool)
        return f"0{text}" if stored_as_number and len(text) == 9 else text  # noqa: PLR2004 - as above

    def _events(self) -> tuple[MemberEvent, ...]:
        admitted, recognised = self._told("ceremony"), self._told("official")
        status = self._status()
        guest = status is not None and status.event is EventKind.TEMPORARY_IN
        said = status.membership if status is not None else None
        recognised = self._recognised(admitted, recognised, said, guest=guest)
        events = []
        if admitted.happened or recognised.happened or said is Membership.PROBATIONARY:
            events.append(self._event(EventKind.ADMISSION, admitted.on, text_of(self.values.get("decision"))))
        if recognised.happened:
            events.append(self._event(EventKind.RECOGNITION, recognised.on))
        for name, kind in (
            ("transfer_in", EventKind.TRANSFER_IN),
            ("transfer_out", EventKind.TRANSFER_OUT),
            ("death", EventKind.DEATH),
        ):
            if (told := self._told(name)).happened:
                events.append(self._event(kind, told.on))
        if status is not None and status.event is not None and status.event not in {e.kind for e in events}:
            events.append(self._status_event(status.event))
        return tuple(events)

    def _recognised(self, admitted: Told, recognised: Told, said: Membership | None, *, guest: bool) -> Told:
        """Decide whether the person is official where no column says it; the date then stays unknown."""
        if recognised.happened or said is Membership.PROBATIONARY:
            if recognised.happened and said is Membership.PROBATIONARY:
                self._say(
                    "P44",
                    Severity.YELLOW,
                    N_("Both a day of recognition and “probationary” stand here."),
                    "status",
                )
            return recognised
        if said is Membership.OFFICIAL:
            return Told(happened=True)
        if not admitted.happened:
            if not guest:
                self._say(
                    "P45", Severity.YELLOW, N_("No Party dates: taken as an official member."), "official"
                )
            return Told(happened=True)
        if admitted.on is not None and (self.today - admitted.on.latest).days > LONGEST_PROBATION:
            sentence = N_("No day of recognition, but admitted long ago: taken as an official member.")
            self._say("P46", Severity.YELLOW, sentence, "official")
            return Told(happened=True)
        return recognised

    def _status(self) -> StatusWord | None:
        """Return what the column of standings says; a note counts where it says nothing else."""
        words = roster_words()
        text = text_of(self.values.get("status"))
        if text:
            found = words.status_of(text)
            if found is None and fold(text) not in words.no:
                self._say(
                    "P47",
                    Severity.YELLOW,
                    N_("The standing “{text}” is not known: please enter it."),
                    "status",
                    text=text,
                )
            return found
        note = key(text_of(self.values.get("note")))
        return words.status_of(note) if any(note in line.words for line in words.status) else None

    def _status_event(self, kind: EventKind) -> MemberEvent:
        text = text_of(self.values.get("status")) or text_of(self.values.get("note"))
        on = date_inside(text)
        if kind in OUT and on is None:
            sentence = N_("The person has left the Party, but the day is missing.")
            self._say("P48", Severity.RED, sentence, "status")
        elif kind is EventKind.TEMPORARY_IN and not {"den", "here"} & set(fold(text).split()):
            sentence = N_("Taken as a guest in temporary activity here: please check.")
            self._say("P49", Severity.YELLOW, sentence, "status")
        return self._event(kind, on)

    def _told(self, field_name: str) -> Told:
        told = read_told(self.values.get(field_name))
        if told.unclear:
            self._unclear(told.unclear, field_name)
        return told

    def _unclear(self, text: str, field_name: str) -> None:
        header = next((shown for _, known, shown in self.sheet.columns if known == field_name), "")
        sentence = N_("“{text}” in the column “{column}” cannot be read; it is left empty.")
        self._say("P50", Severity.YELLOW, sentence, field_name, text=text, column=header)

    def _say(self, code: str, severity: Severity, template: str, place: str, **fields: object) -> None:
        self.findings.append(Finding(code, severity, template, fields, place))

    @staticmethod
    def _event(kind: EventKind, on: PartialDate | None, decision: str = "") -> MemberEvent:
        return MemberEvent(id="", member_id="", kind=kind, on=on, decision=decision)
