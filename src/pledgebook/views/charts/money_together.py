"""The recorded money of many promises, added up by stage and currency."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec

from pledgebook.core.assessment import MoneyRange, MoneyStatus
from pledgebook.core.counted import counted
from pledgebook.views.charts.chart import BLACK, GREEN, ORANGE, SKY, YELLOW, Chart, chart

#: The stages that registers tell of. What was announced is not among them: a promise may be a part of another, or say it again.
STAGES = ("pledged", "committed", "disbursed", "spent")
_COLOURS = (SKY, YELLOW, ORANGE, GREEN)


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """One stage in one currency: of how many promises it is told, at least and at most how much."""

    currency: str
    stage: str
    low: Decimal
    high: Decimal
    promises: int


def added(money: Iterable[MoneyStatus]) -> list[Together]:
    """The sums of each stage in each currency; the currency of most promises first. Stages and currencies are not added to each other."""
    found: dict[str, dict[str, Together]] = {}
    counts: dict[str, int] = {}
    for one in money:
        told: dict[str, MoneyRange] = {stage: sums for stage in STAGES if (sums := getattr(one, stage)) is not None}
        for currency in {sums.currency for sums in told.values()}:
            counts[currency] = counts.get(currency, 0) + 1
        for stage, sums in told.items():
            of = found.setdefault(sums.currency, {})
            before = of.get(stage) or Together(currency=sums.currency, stage=stage, low=Decimal(0), high=Decimal(0), promises=0)
            of[stage] = Together(
                currency=sums.currency,
                stage=stage,
                low=before.low + Decimal(sums.low),
                high=before.high + Decimal(sums.high),
                promises=before.promises + 1,
            )
    return [
        found[currency][stage]
        for currency in sorted(found, key=lambda one: (-counts[one], one))
        for stage in STAGES
        if stage in found[currency]
    ]


def money_together(title: str, sums: Sequence[Together], notes: Sequence[str]) -> Chart:
    """A small chart for each currency, each on a scale of its own: a bar to what is surely told, a line up to what it may be."""
    rows = [(one.currency, one.stage, float(one.low), float(one.high), one.promises) for one in sums]
    currencies = list(dict.fromkeys(one.currency for one in sums))
    stage = {"field": "stage", "type": "nominal", "sort": list(STAGES), "title": None}
    axis = {"type": "quantitative", "axis": {"format": "~s"}, "title": None}
    colour = {"field": "stage", "type": "nominal", "scale": {"domain": list(STAGES), "range": list(_COLOURS)}, "legend": None}
    layers = [
        {"mark": {"type": "bar", "height": {"band": 0.6}}, "encoding": {"x": {"field": "at least", **axis}, "color": colour}},
        {
            "mark": {"type": "rule", "strokeWidth": 2, "color": BLACK},
            "encoding": {"x": {"field": "at least", **axis}, "x2": {"field": "at most"}},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 6},
            "encoding": {"x": {"field": "at most", **axis}, "text": {"field": "at least", "type": "quantitative", "format": ",.0f"}},
        },
    ]
    body = {
        "columns": 1,
        "facet": {"field": "currency", "type": "nominal", "sort": currencies, "title": None},
        "spec": {"width": 420, "height": {"step": 30}, "encoding": {"y": stage}, "layer": layers},
        "resolve": {"scale": {"x": "independent", "y": "independent"}},
    }
    alt = "; ".join(_told(one) for one in sums)
    return chart(body, title=title, notes=notes, alt=alt, columns=("currency", "stage", "at least", "at most", "promises"), rows=rows)


def _told(one: Together) -> str:
    most = f" to {one.high:,.0f}" if one.high != one.low else ""
    return f"{one.stage} {one.low:,.0f}{most} {one.currency} for {counted(one.promises, 'promise')}"
