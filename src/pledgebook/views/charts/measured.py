"""Figures of one measure by month: hectares cleared, people returned, for one area or a small multiple of each."""

from collections.abc import Sequence
from decimal import Decimal

from pledgebook.events.measures import Sum
from pledgebook.reference.places.areas import areas
from pledgebook.views.charts.chart import BLUE, Chart, chart

#: What an area is called of which nobody told which it is.
NO_AREA = "no area told"


def measure_chart(sums: Sequence[Sum], sources: Sequence[str]) -> Chart:
    """The sums of one measure in one unit: a bar for each month, and a point on it, so that nought differs from a month that was not told.

    Figures of no single month are told of under the title. Counts by side have a small chart for each group and side.
    """
    measure, unit = sums[0].measure, sums[0].unit or "no unit told"
    told = [one for one in sums if one.month is not None]
    rows = [(_name(one), f"{one.month}-01", _number(one.value), one.figures) for one in told]
    month = {
        "field": "month",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%Y-%m", "tickCount": {"interval": "month", "step": 1}, "labelFlush": True},
        "scale": {"padding": 10},
    }
    value = {"field": "value", "type": "quantitative", "title": unit}
    layers = [
        {"mark": {"type": "bar", "color": BLUE, "opacity": 0.5, "width": 6}, "encoding": {"x": month, "y": value}},
        {"mark": {"type": "point", "filled": True, "color": BLUE, "size": 40, "opacity": 1}, "encoding": {"x": month, "y": value}},
    ]
    names = list(dict.fromkeys(row[0] for row in rows))
    small = len(names) > 1
    size = {"width": 210 if small else 560, "height": 90 if small else 240}
    body = (
        {"columns": 3, "facet": {"field": "area", "type": "nominal", "title": None}, "spec": {**size, "layer": layers}}
        if small
        else {**size, "layer": layers}
    )
    left = sum(one.figures for one in sums if one.month is None)
    notes = [f"{unit} by month; a month without a point was not told.", f"Sources: {', '.join(sources)}"]
    notes[1:1] = [f"Figures that are of no single month, and not drawn: {left}."] if left else []
    most = max(told, key=lambda one: (one.value, one.month or ""), default=None)
    alt = f"{unit} by month in {', '.join(names)}; most in {most.month} in {_name(most)}: {most.value:f}." if most else "No figures."
    return chart(body, title=measure, notes=notes, alt=alt, columns=("area", "month", "value", "figures"), rows=rows)


def _name(one: Sum) -> str:
    name = NO_AREA if one.area is None else areas()[one.area].name if one.area in areas() else one.area
    return f"{name}: {one.group}, {one.side}" if one.side else name


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)
