"""Counts of one month on the outlines of areas."""

from collections.abc import Mapping, Sequence
from typing import Any

from pledgebook.views.charts.chart import Chart, chart
from pledgebook.views.charts.series_lines import NO_CONTROL


def area_map(
    title: str, month: str, counts: Mapping[str, int | None], outlines: Sequence[Mapping[str, Any]], *, unit: str, sources: Sequence[str]
) -> Chart:
    """A choropleth: `outlines` are GeoJSON features with the properties `code` and `name`; an area without a count (None) is hatched grey."""
    names = {str(one["properties"]["code"]): str(one["properties"]["name"]) for one in outlines}
    rows = [(code, names[code], counts.get(code)) for code in sorted(names)]
    by_code = {code: count for code, _, count in rows}
    features = [{**one, "properties": {**one["properties"], "count": by_code[str(one["properties"]["code"])]}} for one in outlines]
    colour = {
        "condition": {"test": "!isValid(datum.properties.count)", "value": "#dddddd"},
        "field": "properties.count",
        "type": "quantitative",
        "title": unit,
        "scale": {"scheme": "viridis", "reverse": True, "type": "sqrt", "domainMin": 0},
    }
    body = {
        "width": 520,
        "height": 420,
        "projection": {"type": "mercator"},
        "layer": [
            {
                "data": {"values": features},
                "mark": {"type": "geoshape", "stroke": "white", "strokeWidth": 0.8},
                "encoding": {"color": colour},
            }
        ],
    }
    told = [(name, count) for _, name, count in rows if count is not None]
    alt = f"{unit} in {month}: " + (", ".join(f"{name} {count}" for name, count in told) if told else "nothing is told for any area")
    notes = [f"{unit} in {month}; grey: not told. {NO_CONTROL}", f"Sources: {', '.join(sources)}; outlines: Natural Earth"]
    return chart(body, title=title, notes=notes, alt=alt, columns=("code", "area", "count"), rows=rows)
