"""Which column of a list means what, chosen by a person where the headers do not say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal

from sochibo.book.members.member_table import MEMBER_COLUMNS
from sochibo.interface.parts.blocks import Card, label
from sochibo.interface.parts.fields import ChoiceField, LabelledField
from sochibo.interface.parts.form import FormGrid
from sochibo.messages import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sochibo.interface.session import Session

__all__ = ["RosterColumns"]

_MORE: Final = {
    "male": N_("Man, as a mark"),
    "female": N_("Woman, as a mark"),
    "male_birth": N_("Date of birth of a man"),
    "female_birth": N_("Date of birth of a woman"),
    "decision": N_("Decision on admission"),
}
"""Columns that offices have and our own lists do not."""


class RosterColumns(Card):
    """One choice for every header; each change is looked at anew at once, and remembered by the import."""

    chosen = Signal(object)
    """The whole mapping: header to field, an empty one for a column to be left out."""

    def __init__(
        self,
        session: Session,
        headers: Sequence[tuple[str, str]],
        examples: Mapping[str, Sequence[str]] | None = None,
        *,
        bare: bool = False,
    ) -> None:
        """`headers` are the columns with the field that each is read as, empty for one that is not used.

        The columns of a `bare` list, which has no header, are letters.
        """
        super().__init__(session.theme)
        words = session.words
        known = set(session.book.members.roster_fields())
        labels = {column.field: column.title for column in MEMBER_COLUMNS} | _MORE
        choices = [("", words.gettext(N_("Leave this column out")))]
        choices += [(field, words.gettext(title)) for field, title in labels.items() if field in known]
        offered = {field for field, _ in choices}
        said = N_(
            "What does each column of the list mean? Your choice is remembered for lists like this one."
        )
        if bare:
            said = N_("What does each column of the list mean? They are lettered as in Excel.")
        self.body.addWidget(label(words.gettext(said), "soft", wrap=True))
        grid = FormGrid(session.theme, columns=3)
        self.fields: dict[str, ChoiceField[str]] = {}
        self._read_as: dict[str, str] = {}
        for header, field in headers:
            if header in self.fields:
                # Two columns of one name are given one meaning: a choice is kept by the header.
                continue
            name = words.sentence(N_("Column {letter}"), {"letter": header}) if bare else header
            choice = ChoiceField(session.theme, name, choices, lambda _value: self._tell())
            choice.show_value(field if field in offered else "")
            self.fields[header] = choice
            self._read_as[header] = choice.value() or ""
            grid.add(LabelledField(session.theme, name, choice, "; ".join((examples or {}).get(header, ()))))
        self.body.addWidget(grid)

    def mapping(self) -> dict[str, str]:
        """Return what every header is to mean."""
        return {header: choice.value() or "" for header, choice in self.fields.items()}

    def take_back(self) -> None:
        """Show again how the list was read, after a choice that could not be followed."""
        for header, field in self._read_as.items():
            self.fields[header].show_value(field)

    def _tell(self) -> None:
        # Later: the answer replaces this very card, and the field must first come back from its signal.
        QTimer.singleShot(0, self, lambda: self.chosen.emit(self.mapping()))
