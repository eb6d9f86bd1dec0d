"""The charts of a promise: its dates, its money, and what is watched for it."""

import datetime
from collections.abc import Mapping
from typing import Any

from pledgebook.core.snapshot import Standing
from pledgebook.linking.observations import Watched
from pledgebook.views.charts.chart import Chart
from pledgebook.views.charts.standing_charts import milestone, money_chart, timeline_chart
from pledgebook.views.charts.watched_charts import month_map, series_chart
from pledgebook.views.rows import what, who

#: Letters of an action in the title of a chart.
_LONGEST = 80


def charts_of(standing: Standing, day: datetime.date, watched: Watched | None = None) -> dict[str, Chart]:
    """The charts of a promise as it stands on a day, by name; without outlines the map has its numbers only."""
    made: dict[str, Chart | None] = {}
    if has_dates(standing):
        lead = standing.promise.lead
        made["timeline"] = timeline_chart(f"{who(lead)}: {what(lead)[:_LONGEST]}", [standing], day)
    money = standing.assessment.money
    made["money"] = money_chart(standing)
    made["years"] = money_chart(standing, by_year=True) if money is not None and money.by_year else None
    if watched is not None and watched.findings:
        made["series"] = series_chart(watched)
        made["map"] = map_chart(watched, {code: {} for code in watched.areas})
    return {name: chart for name, chart in made.items() if chart is not None}


def has_dates(standing: Standing) -> bool:
    """Whether there is any day to draw."""
    found = milestone(standing)
    return any(end for span in (found.planned, found.revised, found.actual) for end in span)


def map_chart(watched: Watched, geometries: Mapping[str, Mapping[str, Any]]) -> Chart:
    """The month with most, on a map."""
    most = max(watched.findings, key=lambda one: (one.count, -one.month))
    return month_map(watched, watched.months[most.month], geometries)
