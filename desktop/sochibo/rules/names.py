"""Vietnamese names: how they are cleaned, sorted, folded and found."""

from __future__ import annotations

__all__ = ["clean", "fold", "initials", "matches", "sort_key"]


def clean(text: str) -> str:
    """Return text as it is stored: NFC, white space trimmed and runs of it made one space."""
    raise NotImplementedError


def fold(text: str) -> str:
    """Return text for finding: lower case, no diacritics, `đ` as `d`, tone position and spaces levelled."""
    raise NotImplementedError


def initials(name: str) -> str:
    """Return the folded first letters of the words: `nva` for Nguyễn Văn A."""
    raise NotImplementedError


def matches(name: str, typed: str) -> bool:
    """Tell whether a name is meant by what was typed: any folded word part in order, or the initials."""
    raise NotImplementedError


def sort_key(name: str) -> tuple[tuple[int, ...], ...]:
    """Return a key that sorts names by given name, then family, then middle, in Vietnamese order.

    Letters a ă â b c d đ e ê … ; tones ngang < huyền < hỏi < ngã < sắc < nặng, as CLDR `vi` has them.
    Agrees with ICU on names (tested), but needs no ICU, so that screen, PDF and Windows sort alike.
    """
    raise NotImplementedError
