"""The list of tasks on paper: its words, and the data inside."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import reports

from sochibo.documents import papers
from sochibo.documents.drawing import draw
from sochibo.documents.envelopes import decode, encode
from sochibo.rules.counts import Ratio
from sochibo.rules.reports import ReportKind
from sochibo.rules.work.task_papers import TaskList, TaskListRow
from sochibo.rules.work.work import TaskState

GOLDEN: Final = Path(__file__).parent / "golden"
ROW: Final = TaskListRow(
    given_on=date(2026, 11, 3),
    text="Rà soát hộ nghèo, hộ cận nghèo trong thôn",
    people="Đặng Thị Đào, Lý Văn Khoa",
    product="danh sách 12 hộ",
    due=date(2026, 11, 20),
    state=TaskState.UNDER_WAY,
    percent=60,
    result="đã đi 7/12 hộ",
)
LIST: Final = TaskList(
    heading=reports.heading("", issued_on=date(2026, 11, 25)),
    on=date(2026, 11, 25),
    rows=(
        ROW,
        replace(ROW, text="Thu đảng phí tháng 11", product="", state=TaskState.DONE_EARLY, percent=100),
        replace(ROW, text="Giữ vệ sinh đường làng", due=None, state=TaskState.REGULAR, percent=None),
        replace(ROW, text="Vận động hiến đất", state=TaskState.OVERDUE, percent=None, result=""),
    ),
    done=Ratio(1, 3),
)


def test_the_words_and_the_data_stay_as_they_were_published() -> None:
    made = reports.wrap(LIST, kind=ReportKind.TASK_LIST)
    text = "\n\n".join(papers.page_texts(draw(made).pdf)) + "\n"
    words, data = GOLDEN / "task-list.txt", GOLDEN / "task-list.envelope-1.json"
    if os.environ.get("WRITE_GOLDEN"):
        words.write_text(text, "utf-8", newline="\n")
        data.write_bytes(encode(made))
    assert words.read_text("utf-8") == text
    assert decode(data.read_bytes()) == made
    for said in ("xong trước hạn (100%)", "quá hạn", "thường xuyên", "01/03"):
        assert said in " ".join(text.split())


def test_an_empty_list_says_so() -> None:
    empty = replace(LIST, rows=(), done=Ratio(0, 0))
    text = " ".join(papers.page_texts(draw(reports.wrap(empty, kind=ReportKind.TASK_LIST)).pdf))
    assert "Chưa có nhiệm vụ nào." in text
