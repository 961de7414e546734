"""The bar above the page says where one is, also where there is little room."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import pytest
from windows import frame_of, open_window, settle

from sochibo.interface.frame.topbar import TopBar

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("width", [1366, 1060])
def test_a_title_is_never_cut_in_the_middle_of_a_letter(
    qtbot: QtBot, cell_path: Path, width: int, percent: int
) -> None:
    del qtbot
    with open_window(cell_path, percent=percent) as window:
        window.resize(width, 640)
        settle()
        bar = cast("TopBar", frame_of(window).findChild(TopBar))
        for parts in (("Sinh hoạt", "Tháng 11/2026"), ("Đảng viên", "Nguyễn Thị Hoàng Phương Anh Thư Quỳnh")):
            bar.show_title(parts, "Thứ Năm, 05/11/2026")
            settle()
            title = bar.title
            assert title.sizeHint().width() <= title.width() + 1
            drawn = re.sub("<[^>]*>", "", title.text())
            assert drawn.removesuffix("…").strip("› ")[:5] in " › ".join(parts)
            assert title.accessibleName() == " › ".join(parts)
