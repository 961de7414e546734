"""Charts as vectors, drawn once for paper and screen: the page itself is the picture that a window shows.

Series differ in shade and in hatching or marker, never in colour alone: papers are copied in black and white.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.linecharts import HorizontalLineChart
from reportlab.graphics.shapes import STATE_DEFAULTS, Drawing, Line, Rect, String
from reportlab.graphics.widgets.markers import makeMarker
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm

from sochibo.documents.figures import grouped, points
from sochibo.documents.page import fonts

if TYPE_CHECKING:
    from sochibo.documents.page.content import Chart

__all__ = ["drawing_of"]

# Every drawing begins by setting this font, used or not; Helvetica would be named and not embedded: no PDF/A.
STATE_DEFAULTS["fontName"] = fonts.REGULAR

_SHADES: Final = tuple(map(HexColor, ("#0B5A68", "#B98B2F", "#8FA9AC", "#9E2A2B", "#3B3833")))
_MARKERS: Final = ("FilledCircle", "FilledSquare", "FilledTriangle", "FilledDiamond", "Circle")
_DASHES: Final = (None, (4, 2), (1, 2), (6, 2, 1, 2), (2, 2))
_INK: Final = HexColor("#1E1B18")
_GREY: Final = HexColor("#BDB7AE")
_SIZE: Final = 10
_TITLE_SIZE: Final = 11.5
_LEGEND_STEP: Final = 13
_LEFT: Final = 30
_BAR_SERIES: Final = 4
_TENTHS: Final = 10


def drawing_of(chart: Chart, width: float) -> Drawing:
    """Return a chart over the whole width, its title above and its legend below."""
    fonts.register()
    legend = len(chart.series) * _LEGEND_STEP if len(chart.series) > 1 else 0
    height = chart.height * mm
    # With a line free above, else the title stands on the years of the chart before.
    drawing = Drawing(width, height + legend + 3 * _TITLE_SIZE)
    plot = _lines(chart) if chart.lines else _bars(chart)
    plot.x, plot.y, plot.width, plot.height = _LEFT, legend + 2 * _SIZE, width - _LEFT - 6, height - 2 * _SIZE
    _scale(plot, chart)
    drawing.add(plot)
    title = fonts.printable(chart.title)
    drawing.add(String(
        width / 2, drawing.height - 2 * _TITLE_SIZE, title, fontName=fonts.BOLD, fontSize=_TITLE_SIZE,
        textAnchor="middle", fillColor=_INK,
    ))  # fmt: skip
    if legend:
        _add_legend(drawing, chart)
    return drawing


def _bars(chart: Chart) -> VerticalBarChart:
    plot = VerticalBarChart()
    plot.data = [[_value(value, chart) for value in series.values] for series in chart.series]
    plot.groupSpacing, plot.barSpacing = 8, 1
    plot.barLabels.fontName, plot.barLabels.fontSize = fonts.REGULAR, _SIZE - 1
    plot.barLabels.nudge = 7
    plot.barLabels.fillColor = _INK
    plot.barLabelFormat = lambda value: "" if value is None else _said(value, chart)
    if len(chart.series) * len(chart.labels) > _BAR_SERIES * 6:
        plot.barLabelFormat = None
    for place in range(len(chart.series)):
        plot.bars[place].fillColor = _SHADES[place % len(_SHADES)]
        plot.bars[place].strokeColor = _INK
        plot.bars[place].strokeWidth = 0.4
    return plot


def _lines(chart: Chart) -> HorizontalLineChart:
    plot = HorizontalLineChart()
    plot.data = [[_value(value, chart) for value in series.values] for series in chart.series]
    plot.lineLabels.fontName, plot.lineLabels.fontSize = fonts.REGULAR, _SIZE - 1
    for place in range(len(chart.series)):
        line = plot.lines[place]
        line.strokeColor, line.strokeWidth = _SHADES[place % len(_SHADES)], 1.4
        line.strokeDashArray = _DASHES[place % len(_DASHES)]
        line.symbol = makeMarker(_MARKERS[place % len(_MARKERS)], size=5)
    return plot


def _scale(plot: Any, chart: Chart) -> None:  # noqa: ANN401 - ReportLab ships no types
    axis = plot.categoryAxis
    axis.categoryNames = [fonts.printable(label) for label in chart.labels]
    axis.strokeColor = _INK
    axis.labels.fontName, axis.labels.fontSize, axis.labels.fillColor = fonts.REGULAR, _SIZE, _INK
    values = plot.valueAxis
    values.valueMin = 0
    highest = max(
        (value for series in chart.series for value in series.values if value is not None), default=0
    )
    values.valueMax = 100 if chart.percent and highest <= 100 * _TENTHS else None
    values.visibleAxis, values.strokeColor = 0, _GREY
    values.visibleGrid, values.gridStrokeColor, values.gridStrokeWidth = 1, _GREY, 0.4
    values.labels.fontName, values.labels.fontSize, values.labels.fillColor = fonts.REGULAR, _SIZE, _INK
    values.labelTextFormat = lambda value: _said(value, chart)
    if not chart.percent:
        values.valueMax = _round_up(highest)
        values.valueStep = max(1, values.valueMax // 4)


def _add_legend(drawing: Drawing, chart: Chart) -> None:
    for place, series in enumerate(chart.series):
        y = (len(chart.series) - 1 - place) * _LEGEND_STEP + 3
        shade = _SHADES[place % len(_SHADES)]
        if chart.lines:
            line = Line(_LEFT, y + 4, _LEFT + 24, y + 4, strokeColor=shade, strokeWidth=1.4)
            line.strokeDashArray = _DASHES[place % len(_DASHES)]
            drawing.add(line)
            marker = makeMarker(_MARKERS[place % len(_MARKERS)], size=5)
            marker.x, marker.y, marker.fillColor, marker.strokeColor = _LEFT + 12, y + 4, shade, shade
            drawing.add(marker)
        else:
            drawing.add(Rect(_LEFT, y, 24, 8, fillColor=shade, strokeColor=_INK, strokeWidth=0.4))
        drawing.add(String(
            _LEFT + 30, y + 0.5, fonts.printable(series.name), fontName=fonts.REGULAR, fontSize=_SIZE,
            fillColor=_INK,
        ))  # fmt: skip


def _value(value: int | None, chart: Chart) -> float | None:
    return None if value is None else value / _TENTHS if chart.percent else value


def _said(value: float, chart: Chart) -> str:
    return f"{points(round(value * _TENTHS))}%" if chart.percent else grouped(round(value))


def _round_up(highest: int) -> int:
    """Return four times the least round step (400, not 372) that leaves room above the highest bar."""
    least = -(-(highest + max(1, highest // 10)) // 4)
    size: int = 10 ** (len(str(least)) - 1)
    return 4 * size * -(-least // size)
