"""What became of promised money: announced, pledged, committed, disbursed and spent, side by side or by year."""

from collections.abc import Sequence
from decimal import Decimal

from pledgebook.core.assessment import MoneyRange, MoneyShare, MoneyStatus
from pledgebook.core.counted import agreeing
from pledgebook.views.charts.chart import BLUE, GREEN, ORANGE, SKY, YELLOW, Chart, chart

_STAGES = ("announced", "pledged", "committed", "disbursed", "spent")
_COLOURS = (BLUE, SKY, YELLOW, ORANGE, GREEN)


def money_bars(title: str, money: MoneyStatus, sources: Sequence[str], note: str = "") -> Chart:
    """A bar for each stage, from nought to what is surely told, and a line up to what it may be where registers may tell the same money.

    A stage of which nothing is told has no bar and says so; it is not nought.
    """
    found: dict[str, MoneyRange | None] = {stage: getattr(money, stage) for stage in _STAGES}
    told = [(stage, float(Decimal(one.low)), float(Decimal(one.high)), one.currency) for stage, one in found.items() if one is not None]
    untold = [stage for stage, one in found.items() if one is None]
    rows = [*told, *((stage, None, None, None) for stage in untold)]
    unit = told[0][3] if told else "USD"
    stage = {"field": "stage", "type": "nominal", "sort": list(_STAGES), "title": None}
    axis = {"type": "quantitative", "axis": {"format": "~s"}}
    body = {
        "width": 420,
        "height": {"step": 34},
        "encoding": {"y": stage},
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.6}},
                "encoding": {
                    "x": {"field": "at least", **axis, "title": f"{unit}, each stage by itself"},
                    "color": {
                        "field": "stage",
                        "type": "nominal",
                        "scale": {"domain": list(_STAGES), "range": list(_COLOURS)},
                        "legend": None,
                    },
                },
            },
            {"mark": {"type": "rule", "strokeWidth": 2}, "encoding": {"x": {"field": "at least", **axis}, "x2": {"field": "at most"}}},
            {
                "mark": {"type": "text", "align": "left", "dx": 6},
                "encoding": {"x": {"field": "at most", **axis}, "text": {"field": "at least", "type": "quantitative", "format": ",.0f"}},
                "transform": [{"filter": "isValid(datum['at least'])"}],
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "color": "#555", "text": "not told"},
                "encoding": {"x": {"value": 0}},
                "transform": [{"filter": "!isValid(datum['at least'])"}],
            },
        ],
    }
    few = f"{money.unconverted} of {money.sums} recorded {agreeing(money.sums, 'sum')} cannot be converted and {agreeing(money.unconverted, 'is', 'are')} left out."
    left_out = few if money.unconverted else ""
    parts = [f"{name} {low:,.0f} {unit}" for name, low, _, unit in told]
    alt = "; ".join([*parts, f"not told: {', '.join(untold)}"] if untold else parts)
    notes = [one for one in (f"Sources: {', '.join(sources)}", left_out, note) if one]
    return chart(body, title=title, notes=notes, alt=alt, columns=("stage", "at least", "at most", "currency"), rows=rows)


def money_by_year(title: str, shares: Sequence[MoneyShare], sources: Sequence[str]) -> Chart:
    """For each year a bar of each stage; stages are not added up, since one follows from the other."""
    rows = [(one.of, one.stage, float(Decimal(one.usd))) for one in shares]
    domain = [stage for stage in _STAGES if stage in {row[1] for row in rows}]
    body = {
        "width": {"step": 22},
        "height": 220,
        "mark": "bar",
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
            "xOffset": {"field": "stage", "sort": domain},
            "y": {"field": "USD", "type": "quantitative", "axis": {"format": "~s"}, "title": "US dollars of the value date"},
            "color": {
                "field": "stage",
                "type": "nominal",
                "title": None,
                "scale": {"domain": domain, "range": [_COLOURS[_STAGES.index(stage)] for stage in domain]},
            },
        },
    }
    alt = "; ".join(f"{year} {stage} {usd:,.0f} USD" for year, stage, usd in rows) or "Nothing is told."
    return chart(body, title=title, notes=[f"Sources: {', '.join(sources)}"], alt=alt, columns=("year", "stage", "USD"), rows=rows)
