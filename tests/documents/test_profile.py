"""The layout as data: Hướng dẫn 05-HD/VPTW (2026)."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from datetime import date

import pytest

from sochibo import paths
from sochibo.documents.envelopes import TEMPLATE
from sochibo.documents.page.profile import load_profile

FOLDER = paths.shipped("resources") / "rules" / "document-format"
SHIPPED = sorted(path.stem for path in FOLDER.glob("*.toml"))


def test_the_template_of_today_names_a_shipped_profile_and_a_version() -> None:
    profile_id, _, version = TEMPLATE.partition("/")
    assert profile_id in SHIPPED
    assert int(version) >= 1


@pytest.mark.parametrize("profile_id", SHIPPED)
def test_a_profile_says_all_that_is_read_and_nothing_else(profile_id: str) -> None:
    written = tomllib.loads((FOLDER / f"{profile_id}.toml").read_text("utf-8"))
    assert asdict(load_profile(profile_id)) == written
    assert written["id"] == profile_id


def test_measures_are_those_of_the_guidance() -> None:
    profile = load_profile("HD05-2026")
    page = profile.page
    margins = (page.margin_top, page.margin_bottom, page.margin_left, page.margin_right)
    assert margins == (20.0, 20.0, 30.0, 15.0)
    assert (page.width, page.height, page.number_top, page.number_size) == (210.0, 297.0, 10.0, 14.0)
    assert (profile.head.title_size, profile.head.size) == (15.0, 14.0)
    assert (profile.body.size, profile.body.leading, profile.body.space_before) == (14.0, 20.0, 6.0)
    assert profile.body.indent == 10
    assert profile.table.rule_width == 0.5
    assert profile.title_block.hyphens == "-----"
    assert not profile.switches.place_and_date_on_minutes
    assert profile.valid_from == date(2026, 1, 9)
