"""One value of a companion register as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sochibo.rules.dates import PartialDate
from sochibo.rules.members.members import masked
from sochibo.rules.members.registers import FieldKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sochibo.messages import Messages
    from sochibo.rules.members.registers import Field, RegisterLine

__all__ = ["drawn"]


def drawn(field: Field, line: RegisterLine, names: Mapping[str, str], words: Messages) -> str:
    """Draw a value: names for ids, words for choices, days as registers print them, card numbers masked."""
    value = line.values.get(field.name, "")
    if not value:
        return ""
    match field.kind:
        case FieldKind.MEMBER | FieldKind.GROUP:
            return names.get(value, "")
        case FieldKind.CHOICE:
            label = (field.choices or {}).get(value, value)
            return label if label == value else words.gettext(label)
        case FieldKind.DAY | FieldKind.PARTIAL:
            return PartialDate(value).vietnamese()
        case _:
            return masked(value) if field.name == "card_no" else value
