"""The 14 columns of form 7-HSĐV as columns of a table on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.interface.parts.table import Column
from sochibo.messages import N_
from sochibo.rules.dates import PartialDate
from sochibo.rules.members.members import EVENT_LABELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from sochibo.messages import Messages
    from sochibo.rules.members.member_papers import MemberRow
    from sochibo.rules.members.members import RosterEntry

__all__ = ["register_columns"]


def register_columns(
    row_of: Callable[[RosterEntry], MemberRow], words: Messages
) -> tuple[Column[RosterEntry], ...]:
    """Return the columns in the form's order; each stacks its values in two lines, numbers masked."""
    say = words.gettext

    def column(
        title: str, first: Callable[[MemberRow], str], second: Callable[[MemberRow], str] | None = None
    ) -> Column[RosterEntry]:
        below = second or (lambda _row: "")
        return Column(
            title=title,
            text=lambda entry: first(row_of(entry)),
            second=lambda entry: below(row_of(entry)),
            strong=title == _NAME,
        )

    def flags(row: MemberRow) -> str:
        told = ((N_("Army"), row.soldier), (N_("Police"), row.police), (N_("Retired"), row.retired))
        return ", ".join(say(text) for text, true in told if true)

    return (
        column(N_("No."), lambda row: row.register_no),
        column(_NAME, lambda row: row.name, lambda row: _joined(row.birth_name, _date(row.birth))),
        column(
            N_("Sex, ethnic group, religion"),
            lambda row: {"male": say(N_("Male")), "female": say(N_("Female"))}.get(row.sex, ""),
            lambda row: _joined(row.ethnicity, row.religion),
        ),
        column(N_("Home place"), lambda row: row.home_place),
        column(
            N_("Education, theory, qualification, language"),
            lambda row: _joined(row.education, row.political_theory),
            lambda row: _joined(row.profession, row.foreign_language),
        ),
        column(N_("Occupation before, now"), lambda row: row.job_before, lambda row: row.job_now),
        column(N_("Admitted, official"), lambda row: _date(row.admitted), lambda row: _date(row.official)),
        column(N_("Card, CV, badge"), lambda row: row.card_no, lambda row: _joined(row.cv_no, row.badge_no)),
        column(N_("Army, police, retired"), flags),
        column(N_("Moved out, to"), lambda row: _date(row.moved_out), lambda row: row.moved_to),
        column(N_("Moved in, from"), lambda row: _date(row.moved_in), lambda row: row.moved_from),
        column(N_("Died, reason"), lambda row: _date(row.died), lambda row: row.died_of),
        column(
            N_("Left the Party, how"),
            lambda row: _date(row.left),
            lambda row: say(EVENT_LABELS[row.left_how]) if row.left_how else "",
        ),
        column(N_("Note"), lambda row: row.note.replace("\n", "; ")),
    )


_NAME = N_("Full name")


def _joined(*texts: str) -> str:
    return ", ".join(text for text in texts if text)


def _date(iso: str) -> str:
    return PartialDate(iso).vietnamese() if iso not in {"", "x"} else iso
