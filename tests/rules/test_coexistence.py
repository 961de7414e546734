"""The order of the app's boxes: shipped, changed by an administrator, refused with the wrong line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from sochibo import paths
from sochibo.rules.meetings.coexistence import AppStage, AppValue, order_on
from sochibo.rules.meetings.coexistence_files import FILE, OrderError, load_orders, orders_file

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = (paths.shipped("resources") / "rules" / FILE).read_text("utf-8")


def changed(tmp_path: Path, before: str, after: str) -> Path:
    """Return the shipped file with one thing changed."""
    assert SHIPPED.count(before) >= 1
    path = tmp_path / FILE
    path.write_text(SHIPPED.replace(before, after, 1), "utf-8")
    return path


def line_of(path: Path, part: str) -> int:
    return next(n for n, line in enumerate(path.read_text("utf-8").splitlines(), start=1) if part in line)


class TestShipped:
    """What comes with the program."""

    def test_it_says_of_which_version_the_order_is_and_that_nobody_compared_it(self) -> None:
        order = order_on(load_orders(orders_file()), date(2026, 11, 5))
        assert order.app == "Sổ tay đảng viên điện tử"
        assert "QĐ 339-QĐ/TW, 10/7/2025" in order.document
        assert order.source
        assert order.edition
        assert not order.verified

    def test_what_is_called_comes_before_what_was_held(self) -> None:
        order = load_orders(orders_file())[0]
        stages = [field.screen.stage for field in order.fields]
        assert stages == sorted(stages, key=[AppStage.BEFORE, AppStage.AFTER, AppStage.MONTH].index)
        called = [field.value for field in order.fields if field.screen.stage is AppStage.BEFORE]
        assert {AppValue.DAY, AppValue.START, AppValue.PLACE, AppValue.AGENDA} <= set(called)

    def test_a_meeting_before_the_app_began_gets_the_oldest_order(self) -> None:
        orders = load_orders(orders_file())
        assert order_on(orders, date(1999, 1, 1)) is orders[0]


class TestOwnFile:
    """An administrator's own order."""

    def test_it_takes_the_place_of_the_shipped_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(paths, "settings_folder", lambda: tmp_path)
        assert orders_file() != tmp_path / FILE
        own = changed(tmp_path, "verified = false", "verified = true")
        assert orders_file() == own
        assert load_orders(own)[0].verified

    def test_lines_may_be_moved_renamed_and_left_out(self, tmp_path: Path) -> None:
        lines = SHIPPED.splitlines()
        place = next(line for line in lines if 'value = "place"' in line)
        lines.remove(place)
        lines.remove(next(line for line in lines if 'value = "late"' in line))
        first = lines.index("fields = [") + 1
        lines.insert(first, place.replace("Địa điểm", "Nơi họp"))
        path = tmp_path / FILE
        path.write_text("\n".join(lines), "utf-8")
        fields = load_orders(path)[0].fields
        assert (fields[0].value, fields[0].label) == (AppValue.PLACE, "Nơi họp")
        assert AppValue.LATE not in {field.value for field in fields}

    def test_a_newer_order_counts_from_its_day_on(self, tmp_path: Path) -> None:
        newer = SHIPPED[SHIPPED.index("\n[[orders]]") :].replace("2025-07-10", "2027-01-01", 1)
        path = tmp_path / FILE
        path.write_text(f"{newer}\n{SHIPPED}", "utf-8")
        older, new = load_orders(path)
        assert order_on((older, new), date(2026, 12, 31)) is older
        assert order_on((older, new), date(2027, 1, 1)) is new


@pytest.mark.parametrize(
    ("before", "after", "at", "said"),
    [
        ('value = "chair"', 'value = "chairman"', '"chairman"', "not one of"),
        ('screen = "votes", value', 'screen = "voting", value', '"voting", value', "not among the screens"),
        ('value = "end"', 'value = "start"', '"results", value = "start"', "a second time"),
        ('label = "Địa điểm"', 'label = " "', 'label = " "', "label is empty"),
        ("verified = false", 'verified = "no"', 'verified = "no"', "verified is no bool"),
        ("valid_from = 2025-07-10", 'valid_from = "2025"', "valid_from =", "valid_from is no date"),
        ('stage = "month"', 'stage = "week"', '"week"', "not one of"),
        ('{code = "papers"', '{code = "call"', '{code = "call", label = "Tài', "two screens"),
        ("verified = false", "verified = false\ncolour = 1", "colour", "not known here"),
        ('edition = "bản dùng chung toàn Đảng, 2025–2026"', "", "[[orders]]\nid", "'edition' is missing"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, before: str, after: str, at: str, said: str) -> None:
    path = changed(tmp_path, before, after)
    wanted = line_of(path, at.partition("\n")[0]) if at != "[[orders]]\nid" else None
    with pytest.raises(OrderError) as refused:
        load_orders(path)
    assert said in str(refused.value)
    if wanted is None:
        lines = path.read_text("utf-8").splitlines()
        wanted = lines.index("[[orders]]") + 1
    assert str(refused.value).startswith(f"{FILE}, line {wanted}:")


def test_an_empty_or_broken_file_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text("", "utf-8")
    with pytest.raises(OrderError, match="'orders' is missing"):
        load_orders(path)
    path.write_text("[[orders\n", "utf-8")
    with pytest.raises(OrderError, match=FILE):
        load_orders(path)
