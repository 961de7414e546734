"""Counts that travel: a share as its two numbers, a base as the lines it was counted from."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BaseLine", "Ratio"]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A numerator and a denominator that travel together; the percentage is drawn last."""

    numerator: int
    denominator: int

    def __add__(self, other: Ratio) -> Ratio:
        return Ratio(self.numerator + other.numerator, self.denominator + other.denominator)


@dataclass(frozen=True, slots=True)
class BaseLine:
    """One line of how a base was counted: a stable `code`, a signed `count` (−1 for one left out)."""

    code: str
    count: int
