"""The list of members in the 14 columns of form 7-HSĐV as a sheet, values of one field stacked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from sochibo.messages import N_
from sochibo.rules.dates import PartialDate
from sochibo.rules.members.member_papers import member_row
from sochibo.rules.members.members import EVENT_LABELS
from sochibo.storage.sheets.sheet_export import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sochibo.messages import Messages
    from sochibo.rules.members.members import MemberEvent, RosterEntry

__all__ = ["register_table"]

_COLUMNS: Final = (
    (N_("No."), 6), (N_("Full name"), 28), (N_("Sex, ethnic group, religion"), 14), (N_("Home place"), 28),
    (N_("Education, theory, qualification, language"), 22), (N_("Occupation before, now"), 24),
    (N_("Admitted, official"), 13), (N_("Card, CV, badge"), 18), (N_("Army, police, retired"), 12),
    (N_("Moved out, to"), 22), (N_("Moved in, from"), 22), (N_("Died, reason"), 18),
    (N_("Left the Party, how"), 18), (N_("Note"), 26),
)  # fmt: skip
_SEXES: Final = {"male": N_("Male"), "female": N_("Female")}


def register_table(
    people: Sequence[tuple[RosterEntry, Sequence[MemberEvent]]], words: Messages, *, full_numbers: bool
) -> Table:
    """Return one row a person; the number of the Party card is masked unless somebody chose otherwise."""
    rows = [
        _row(number, entry, events, words, full_numbers=full_numbers)
        for number, (entry, events) in enumerate(people, 1)
    ]
    columns = [Column(words.gettext(title), width, text=True) for title, width in _COLUMNS]
    return Table(name="", columns=columns, rows=rows)


def _row(
    number: int, entry: RosterEntry, events: Sequence[MemberEvent], words: Messages, *, full_numbers: bool
) -> tuple[str, ...]:
    say, row = words.gettext, member_row(entry.member, events)
    if full_numbers:
        row = replace(row, card_no=entry.member.card_no)
    flags = ((N_("Army"), row.soldier), (N_("Police"), row.police), (N_("Retired"), row.retired))
    birth_name = row.birth_name if row.birth_name != row.name else ""
    return (
        row.register_no or str(number),
        _stacked((row.name, birth_name, _date(row.birth))),
        _stacked((say(_SEXES[row.sex]) if row.sex else "", row.ethnicity, row.religion)),
        row.home_place,
        _stacked((row.education, row.political_theory, row.profession, row.foreign_language)),
        _stacked((row.job_before, row.job_now)),
        _stacked((_date(row.admitted), _date(row.official))),
        _stacked((row.card_no, row.cv_no, row.badge_no)),
        _stacked(say(text) for text, true in flags if true),
        _stacked((_date(row.moved_out), row.moved_to)),
        _stacked((_date(row.moved_in), row.moved_from)),
        _stacked((_date(row.died), row.died_of)),
        _stacked((_date(row.left), say(EVENT_LABELS[row.left_how]) if row.left_how else "")),
        row.note,
    )


def _stacked(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)


def _date(iso: str) -> str:
    return PartialDate(iso).vietnamese() if iso not in {"", "x"} else iso
