"""The colours of the window: one table, three palettes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sochibo.messages import N_

__all__ = ["LABELS", "PAIRS", "PALETTES", "Palette", "PaletteName", "Tone", "contrast"]


class PaletteName(StrEnum):
    """Which palette a person works with."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


LABELS: Final = {
    PaletteName.LIGHT: N_("Light"),
    PaletteName.DARK: N_("Dark"),
    PaletteName.CONTRAST: N_("High contrast"),
}


class Tone(StrEnum):
    """What a colour says; it never says it alone: a word and an icon stand with it."""

    PLAIN = "plain"
    ACCENT = "accent"
    GOOD = "good"
    ADVICE = "advice"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Colours by what they are for; `on_x` is text on a filled x, `x_soft` the ground of a tag in x."""

    ground: str
    card: str
    side: str
    ink: str
    soft: str
    line: str
    border: str
    hover: str
    accent: str
    on_accent: str
    accent_soft: str
    wrong: str
    on_wrong: str
    wrong_soft: str
    advice: str
    advice_soft: str
    good: str
    good_soft: str
    plain_soft: str
    bar_pale: str
    band: str
    disabled: str
    on_disabled: str

    def ink_of(self, tone: Tone) -> str:
        """Return the colour of words and icons in a tone."""
        return {
            Tone.PLAIN: self.soft,
            Tone.ACCENT: self.accent,
            Tone.GOOD: self.good,
            Tone.ADVICE: self.advice,
            Tone.WRONG: self.wrong,
        }[tone]

    def ground_of(self, tone: Tone) -> str:
        """Return the ground of a tag or banner in a tone."""
        return {
            Tone.PLAIN: self.plain_soft,
            Tone.ACCENT: self.accent_soft,
            Tone.GOOD: self.good_soft,
            Tone.ADVICE: self.advice_soft,
            Tone.WRONG: self.wrong_soft,
        }[tone]


PALETTES: Final = {
    PaletteName.LIGHT: Palette(
        ground="#FAF9F6",
        card="#FFFFFF",
        side="#F1EDE6",
        ink="#1E1B18",
        soft="#6B645B",
        line="#DDD8CF",
        border="#8C8479",
        hover="#E8E2D8",
        accent="#0B5A68",
        on_accent="#FFFFFF",
        accent_soft="#E4F0F1",
        wrong="#9E2A2B",
        on_wrong="#FFFFFF",
        wrong_soft="#FBEAEA",
        advice="#7A5600",
        advice_soft="#FFF3D6",
        good="#2E6B3E",
        good_soft="#E6F2E8",
        plain_soft="#F1EDE6",
        bar_pale="#B9D0D3",
        band="#8E1F1F",
        disabled="#CBC5B9",
        on_disabled="#54504A",
    ),
    PaletteName.DARK: Palette(
        ground="#1B1D1F",
        card="#232629",
        side="#16181A",
        ink="#ECE9E3",
        soft="#B3ADA3",
        line="#3A3F43",
        border="#7C858B",
        hover="#2C3135",
        accent="#6CC5D3",
        on_accent="#08272D",
        accent_soft="#17353B",
        wrong="#F19A98",
        on_wrong="#3B0B0B",
        wrong_soft="#43211F",
        advice="#EBC264",
        advice_soft="#3C3118",
        good="#8FCF9F",
        good_soft="#1F3826",
        plain_soft="#30353A",
        bar_pale="#3B6069",
        band="#8E1F1F",
        disabled="#3A3F43",
        on_disabled="#B3ADA3",
    ),
    PaletteName.CONTRAST: Palette(
        ground="#FFFFFF",
        card="#FFFFFF",
        side="#FFFFFF",
        ink="#000000",
        soft="#1F1F1F",
        line="#000000",
        border="#000000",
        hover="#E6E6E6",
        accent="#003C78",
        on_accent="#FFFFFF",
        accent_soft="#DCEBFF",
        wrong="#8B0000",
        on_wrong="#FFFFFF",
        wrong_soft="#FFFFFF",
        advice="#4A3300",
        advice_soft="#FFFFFF",
        good="#004D1A",
        good_soft="#FFFFFF",
        plain_soft="#FFFFFF",
        bar_pale="#7FA3C7",
        band="#8B0000",
        disabled="#E0E0E0",
        on_disabled="#3A3A3A",
    ),
}

PAIRS: Final = (
    ("ink", "ground"),
    ("ink", "card"),
    ("ink", "side"),
    ("ink", "hover"),
    ("ink", "accent_soft"),
    ("ink", "plain_soft"),
    ("ink", "advice_soft"),
    ("ink", "wrong_soft"),
    ("soft", "ground"),
    ("soft", "card"),
    ("soft", "side"),
    ("soft", "plain_soft"),
    ("soft", "accent_soft"),
    ("accent", "ground"),
    ("accent", "card"),
    ("accent", "accent_soft"),
    ("accent", "hover"),
    ("on_accent", "accent"),
    ("wrong", "ground"),
    ("wrong", "card"),
    ("wrong", "wrong_soft"),
    ("wrong", "accent_soft"),
    ("on_wrong", "wrong"),
    ("advice", "ground"),
    ("advice", "card"),
    ("advice", "advice_soft"),
    ("advice", "accent_soft"),
    ("good", "ground"),
    ("good", "card"),
    ("good", "good_soft"),
    ("good", "accent_soft"),
    ("on_disabled", "disabled"),
)
"""Which text stands on which ground; each pair must reach a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3)."""


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)  # noqa: PLR2004 - the constants of sRGB
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
