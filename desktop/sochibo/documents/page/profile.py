"""Layout profiles: every length, size and switch of a paper, read from dated data.

Lengths are millimetres, type sizes, leadings and rules points.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from sochibo import paths
from sochibo.documents import decoding

__all__ = [
    "BodyLayout", "DraftLayout", "HeadLayout", "MarkLayout", "PageLayout", "Profile", "RecipientsLayout",
    "SignatureLayout", "Switches", "TableLayout", "TitleLayout", "load_profile",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageLayout:
    """Paper, margins, and the page number."""

    width: float
    height: float
    margin_top: float
    margin_bottom: float
    margin_left: float
    margin_right: float
    number_top: float
    number_size: float


@dataclass(frozen=True, slots=True)
class HeadLayout:
    """The two blocks at the top of page 1."""

    title: str
    title_size: float
    size: float
    first_baseline: float
    line_pitch: float
    asterisk_pitch: float
    number_pitch: float
    rule_drop: float
    rule_width: float
    date_drop: float
    date_width_limit: float
    gap: float
    left_width_limit: float


@dataclass(frozen=True, slots=True)
class TitleLayout:
    """Kind, subject and hyphens in the middle."""

    kind_size: float
    subject_size: float
    kind_drop: float
    kind_pitch: float
    subject_pitch: float
    hyphens_pitch: float
    hyphens: str
    body_gap: float


@dataclass(frozen=True, slots=True)
class BodyLayout:
    """Running text."""

    size: float
    leading: float
    space_before: float
    indent: float
    kept_lines: int


@dataclass(frozen=True, slots=True)
class TableLayout:
    """Tables."""

    size: float
    head_size: float
    leading: float
    rule_width: float
    padding_side: float
    padding_edge: float
    space_before: float
    space_after: float


@dataclass(frozen=True, slots=True)
class SignatureLayout:
    """The signature block and the space between office and name."""

    size: float
    space_before: float
    right_centre: float
    left_centre: float
    width: float
    office_pitch: float
    name_drop: float
    box_width: float
    box_height: float
    box_drop: float


@dataclass(frozen=True, slots=True)
class RecipientsLayout:
    """The list of recipients at the bottom left."""

    label: str
    label_size: float
    size: float
    list_drop: float
    leading: float
    width: float
    underline_drop: float


@dataclass(frozen=True, slots=True)
class MarkLayout:
    """The code and the short digest in the bottom margin of page 1."""

    code_size: float
    bottom: float
    text_size: float
    leading: float
    label: str


@dataclass(frozen=True, slots=True)
class Switches:
    """Customs on which the field differs."""

    place_and_date_on_minutes: bool


@dataclass(frozen=True, slots=True)
class DraftLayout:
    """The light word across the pages of a draft."""

    label: str
    size: float
    grey: float


@dataclass(frozen=True, slots=True)
class Profile:
    """A whole layout with the guidance it follows."""

    id: str
    title: str
    valid_from: date
    page: PageLayout
    head: HeadLayout
    title_block: TitleLayout
    body: BodyLayout
    table: TableLayout
    signature: SignatureLayout
    recipients: RecipientsLayout
    mark: MarkLayout
    switches: Switches
    draft: DraftLayout


@cache
def load_profile(profile_id: str) -> Profile:
    """Read a shipped profile; raises ValidationError where a value is missing."""
    path = paths.shipped("resources") / "rules" / "document-format" / f"{profile_id}.toml"
    made: Profile = decoding.convert(tomllib.loads(path.read_text("utf-8")), Profile)
    return made
