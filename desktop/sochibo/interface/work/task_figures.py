"""Target figures of a task: what was planned, what was reached."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sochibo.interface.looks.icons import ActButton
from sochibo.interface.parts.blocks import row
from sochibo.interface.parts.fields import LabelledField, LineField
from sochibo.interface.parts.form import FormGrid
from sochibo.messages import N_
from sochibo.rules.work.work import TaskFigure

if TYPE_CHECKING:
    from sochibo.interface.session import Session
    from sochibo.rules.work.work import TaskLine

__all__ = ["TaskFigures", "draw_figure", "read_figure"]

_MOST_DECIMALS = 3


def read_figure(text: str) -> tuple[int, int] | None:
    """Read `12`, `12,5` or `1.200` as a whole number and its decimals; None where it is none."""
    plain = text.replace(" ", "")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    elif plain.count(".") >= 1 and all(len(part) == 3 for part in plain.split(".")[1:]):  # noqa: PLR2004 - thousands
        plain = plain.replace(".", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or number < 0:
        return None
    decimals = max(0, -exponent)
    return (int(number.scaleb(decimals)), decimals) if decimals <= _MOST_DECIMALS else None


def draw_figure(number: int | None, decimals: int) -> str:
    """Draw a figure as it is typed, with a decimal comma."""
    if number is None:
        return ""
    return str(Decimal(number).scaleb(-decimals)).replace(".", ",")


class TaskFigures(QWidget):
    """One row a figure, and a button that begins one."""

    def __init__(self, session: Session, task_id: str) -> None:
        super().__init__()
        self.session = session
        self.task_id = task_id
        self.figures: tuple[TaskFigure, ...] = ()
        self.rows: list[_FigureRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._lines = QVBoxLayout()
        self._column.addLayout(self._lines)
        said = session.words.gettext(N_("Add target figure"))
        self.add = ActButton(session.theme, said, icon="plus", kind="second")
        self.add.clicked.connect(self.begin)
        self._column.addLayout(row(self.add, None))

    def show_line(self, line: TaskLine) -> None:
        """Show the figures of a task, keeping the rows and with them the focus."""
        self.figures = line.figures
        while len(self.rows) > len(self.figures):
            gone = self.rows.pop()
            self._lines.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(self.figures):
            self.rows.append(_FigureRow(self, len(self.rows)))
            self._lines.addWidget(self.rows[-1])
        free = not self.session.book.read_only
        for shown, figure in zip(self.rows, self.figures, strict=True):
            shown.show_figure(figure)
            shown.setEnabled(free)
        self.add.setEnabled(free)

    def begin(self) -> None:
        """Add a figure with a name to write over."""
        name = self.session.words.gettext(N_("Target figure"))
        self.write((*self.figures, TaskFigure(name=name)))
        if self.rows:
            self.rows[-1].name.setFocus()
            self.rows[-1].name.selectAll()

    def write(self, figures: tuple[TaskFigure, ...]) -> None:
        """Give the whole list to the book."""
        self.session.run(lambda book: book.tasks.set_figures(self.task_id, figures), self)
        self.show_line(self.session.book.tasks.get(self.task_id))


class _FigureRow(QWidget):
    """One figure: name, measure, planned, done."""

    def __init__(self, owner: TaskFigures, place: int) -> None:
        super().__init__()
        self._owner = owner
        self._place = place
        session, say = owner.session, owner.session.words.gettext
        self.name = LineField(say(N_("Name of the figure")), lambda text: self._change(name=text))
        self.measure = LineField(say(N_("Unit of measure")), lambda text: self._change(measure=text))
        self.planned = LineField(say(N_("Planned")), lambda text: self._number("planned", text))
        self.done = LineField(say(N_("Reached")), lambda text: self._number("done", text))
        remove = ActButton(session.theme, say(N_("Remove target figure")), icon="trash-2", kind="tool")
        remove.clicked.connect(self._remove)
        grid = FormGrid(session.theme, least=110, columns=4)
        self._fields = {}
        for field in (self.name, self.measure, self.planned, self.done):
            wrapped = LabelledField(session.theme, field.accessibleName(), field)
            self._fields[field] = wrapped
            grid.add(wrapped)
        line = row(grid, remove)
        line.setStretch(0, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)

    def show_figure(self, figure: TaskFigure) -> None:
        """Show what the book holds."""
        self.name.show_text(figure.name)
        self.measure.show_text(figure.measure)
        self.planned.show_text(draw_figure(figure.planned, figure.decimals))
        self.done.show_text(draw_figure(figure.done, figure.decimals))

    def _number(self, field: str, text: str) -> None:
        shown = self._fields[self.planned if field == "planned" else self.done]
        read = read_figure(text) if text else None
        if text and read is None:
            shown.show_trouble(self._owner.session.words.gettext(N_("Please write a number such as 12,5.")))
            return
        shown.show_trouble("")
        self._write_number(field, read)

    def _write_number(self, field: str, read: tuple[int, int] | None) -> None:
        """Write one number; both are brought to the same decimals."""
        figure = self._owner.figures[self._place]
        decimals = max(figure.decimals, read[1] if read else 0)
        scaled = {
            "planned": figure.planned * 10 ** (decimals - figure.decimals),
            "done": None if figure.done is None else figure.done * 10 ** (decimals - figure.decimals),
        }
        scaled[field] = read[0] * 10 ** (decimals - read[1]) if read else (None if field == "done" else 0)
        self._change(decimals=decimals, **scaled)

    def _change(self, **values: Any) -> None:  # noqa: ANN401 - any field of the figure
        figures = list(self._owner.figures)
        figures[self._place] = replace(figures[self._place], **values)
        self._owner.write(tuple(figures))

    def _remove(self) -> None:
        figures = list(self._owner.figures)
        del figures[self._place]
        self._owner.write(tuple(figures))
