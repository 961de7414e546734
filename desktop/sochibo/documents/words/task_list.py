"""The words of the list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sochibo.documents.page.content import Align, Column, Content, Grid, Signer, Text
from sochibo.documents.words.phrases import counted, share
from sochibo.rules.dates import official_date, short_official_date
from sochibo.rules.work.work import TaskState

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sochibo.documents.page.content import Element
    from sochibo.rules.work.task_papers import TaskList, TaskListRow

__all__ = ["task_list_content"]

_COLUMNS: Final = (
    Column("TT", 7),
    Column("Ngày giao", 17),
    Column("Nhiệm vụ", 50, Align.LEFT),
    Column("Người thực hiện", 27, Align.LEFT),
    Column("Sản phẩm", 18, Align.LEFT),
    Column("Thời hạn", 17),
    Column("Tình trạng", 18),
    Column("Kết quả", 30, Align.LEFT),
)
_STATES: Final = {
    TaskState.NOT_STARTED: "chưa làm",
    TaskState.UNDER_WAY: "đang làm",
    TaskState.REGULAR: "thường xuyên",
    TaskState.DONE: "xong",
    TaskState.DONE_EARLY: "xong trước hạn",
    TaskState.OVERDUE: "quá hạn",
    TaskState.STOPPED: "dừng",
}


def task_list_content(report: TaskList) -> Content:
    """Return the list on landscape pages."""
    heading = report.heading
    return Content(
        superior=heading.superior,
        body=heading.body,
        number=None,
        place_and_date=(heading.place, official_date(heading.issued_on)),
        kind="BẢNG THEO DÕI",
        subject=f"nhiệm vụ được giao, tính đến {official_date(report.on)}",
        elements=tuple(_elements(report)),
        signers=(
            Signer("", "", "NGƯỜI LẬP BẢNG", ""),
            Signer("", heading.authority, heading.office, heading.signer),
        ),
        landscape=True,
    )


def _elements(report: TaskList) -> Iterator[Element]:
    if not report.rows:
        yield Text("Chưa có nhiệm vụ nào.")
        return
    yield Grid(_COLUMNS, tuple(_row(n, row) for n, row in enumerate(report.rows, start=1)), size=11)
    said = f"Bảng có {counted(len(report.rows))} nhiệm vụ"
    if report.done.denominator:
        said += f"; đã xong {share(report.done)}, không tính việc thường xuyên và việc đã dừng"
    yield Text(f"{said}.")


def _row(n: int, row: TaskListRow) -> tuple[str, ...]:
    state = _STATES[row.state]
    return (
        str(n),
        short_official_date(row.given_on),
        row.text,
        row.people,
        row.product,
        short_official_date(row.due) if row.due else "–",
        state if row.percent is None else f"{state} ({row.percent}%)",
        row.result,
    )
