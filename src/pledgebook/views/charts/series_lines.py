"""Counts by month with the interval that a baseline expected, for one area or a small multiple of each."""

from collections.abc import Sequence

import msgspec

from pledgebook.views.charts.chart import BLUE, RED, Chart, chart

#: Stands on every chart of events.
NO_CONTROL = "Counts of events do not show who controls territory."


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One month of an area: the count, the interval that was expected of it (None: no baseline yet), and whether a rule fired."""

    area: str
    month: str
    count: int
    low: float | None = None
    high: float | None = None
    fired: bool = False


def series_lines(title: str, points: Sequence[Point], *, unit: str, sources: Sequence[str], band: str = "90 %", across: int = 3) -> Chart:
    """A line of counts on the band that was expected; months in which a rule fired are marked. Several areas: one small chart each, on one scale."""
    rows = [(one.area, f"{one.month}-01", one.count, one.low, one.high, "fired" if one.fired else "") for one in points]
    areas = list(dict.fromkeys(one.area for one in points))
    month = {"field": "month", "type": "temporal", "title": None}
    layers = [
        {
            "mark": {"type": "area", "color": "#bbbbbb", "opacity": 0.6},
            "encoding": {"x": month, "y": {"field": "low", "type": "quantitative", "title": unit}, "y2": {"field": "high"}},
            "transform": [{"filter": "isValid(datum.low)"}],
        },
        {
            "mark": {"type": "line", "color": BLUE, "strokeWidth": 1.5},
            "encoding": {"x": month, "y": {"field": "count", "type": "quantitative", "title": unit}},
        },
        {
            "mark": {"type": "point", "shape": "triangle-up", "filled": True, "color": RED, "size": 60, "opacity": 1},
            "encoding": {"x": month, "y": {"field": "count", "type": "quantitative"}},
            "transform": [{"filter": "datum.rule == 'fired'"}],
        },
    ]
    small = len(areas) > 1
    size = {"width": 210 if small else 560, "height": 90 if small else 240}
    body = (
        {"columns": across, "facet": {"field": "area", "type": "nominal", "title": None}, "spec": {**size, "layer": layers}}
        if small
        else {**size, "layer": layers}
    )
    alt = f"{unit} by month in {', '.join(areas)}; " + _peak(points) if points else "No counts."
    notes = [
        f"{unit} by month; grey: {band} of what the months before let one expect; triangles: the rule fired.",
        f"{NO_CONTROL} Sources: {', '.join(sources)}",
    ]
    return chart(body, title=title, notes=notes, alt=alt, columns=("area", "month", "count", "low", "high", "rule"), rows=rows)


def _peak(points: Sequence[Point]) -> str:
    most = max(points, key=lambda one: (one.count, one.month))
    return f"most in {most.month} in {most.area}: {most.count}."
