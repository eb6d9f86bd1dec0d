"""Charts of what is watched for a standing promise: counts by month and area, with what was expected, and one month on a map."""

from collections.abc import Mapping
from typing import Any

from pledgebook.core.indicator import Indicator
from pledgebook.events.forecast.breach import RULES
from pledgebook.linking.observations import Watched
from pledgebook.reference.places.areas import areas
from pledgebook.views.charts.area_map import area_map
from pledgebook.views.charts.chart import Chart
from pledgebook.views.charts.series_lines import Point, series_lines


def series_chart(watched: Watched, area: str | None = None) -> Chart:
    """What the rule counts, month by month, in every area or in one, on the most that its baseline let expect."""
    names = areas()
    points = [
        Point(
            area=names[code].name if (code := watched.areas[one.area]) in names else code,
            month=watched.months[one.month],
            count=one.count,
            low=None if one.quantile is None else 0.0,
            high=None if one.quantile is None else float(one.quantile),
            fired=one.fired,
        )
        for one in sorted(watched.findings, key=lambda found: (found.area, found.month))
        if area is None or watched.areas[one.area] == area
    ]
    rule = RULES[watched.indicator.rule]
    return series_lines(
        indicator_title(watched.indicator), points, unit=_unit(watched.indicator), sources=watched.sources, band=f"{rule.level:.0%}"
    )


def month_map(watched: Watched, month: str, geometries: Mapping[str, Mapping[str, Any]]) -> Chart:
    """What the rule counts in one month, on the outlines (GeoJSON geometries by code) of the countries watched."""
    counts = {watched.areas[one.area]: one.count for one in watched.findings if watched.months[one.month] == month}
    names = areas()
    features = [
        {"type": "Feature", "geometry": dict(shape), "properties": {"code": code, "name": names[code].name if code in names else code}}
        for code, shape in sorted(geometries.items())
    ]
    return area_map(
        f"{indicator_title(watched.indicator)}, {month}", month, counts, features, unit=_unit(watched.indicator), sources=watched.sources
    )


def indicator_title(indicator: Indicator) -> str:
    """What a chart of what an indicator counts is called."""
    return f"{indicator.group}: {_unit(indicator).lower()}, by the rule {indicator.rule}"


def _unit(indicator: Indicator) -> str:
    rule = RULES[indicator.rule]
    what = "Attacks on civilians" if rule.counted == ("attacks",) else "Attacks on civilians and fights that cost the others more"
    return f"Deaths in {what.lower()}" if rule.measure == "deaths" else what
