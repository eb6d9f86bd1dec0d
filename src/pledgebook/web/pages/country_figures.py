"""The charts of a country: the recorded money of its promises, and what was counted there.

What takes long is not on the page of the country: counts are drawn when their pictures are loaded, and their numbers have a page of their own.
"""

from collections.abc import Mapping

import msgspec

from pledgebook.core.assessment import MoneyStatus
from pledgebook.core.counted import agreeing, counted
from pledgebook.core.indicator import Indicator
from pledgebook.views.charts.chart import Chart
from pledgebook.views.charts.money_together import added, money_together
from pledgebook.views.charts.watched_charts import indicator_title, series_chart
from pledgebook.web.figures import Figure, crossed, figure
from pledgebook.web.labels import country_label
from pledgebook.web.links import slug_of
from pledgebook.web.listing.asking import Asked
from pledgebook.web.listing.listing import Listing
from pledgebook.web.site import Site

#: Promises with recorded money that are added up, and bytes of event data (packed) that are looked through, while a reader waits for the page.
AT_ONCE, LOOKED_THROUGH = 400, 1_000_000
#: Groups of which counts are shown: those of which most is told.
GROUPS = 6


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A chart that is drawn when its picture is loaded: its address without the suffix, what it is called, and what it shows in words."""

    path: str
    title: str
    alt: str


class CountryView(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of a country shows of its charts; `more` tells that some are only on their own page at `path`."""

    path: str
    figures: tuple[Figure, ...]
    pictures: tuple[Picture, ...]
    more: bool


def country_view(site: Site, code: str, path: str) -> CountryView:
    """The charts of a country as its page, at `path`, shows them."""
    few = not site.live or site.listing.ask(_with_money(code)).total <= AT_ONCE
    money = money_chart_of(site.listing, code) if few else None
    known = site.happenings.data_bytes(site.day)
    shown = _counted(site, code) if 0 < known <= LOOKED_THROUGH or (known and not site.live) else {}
    pictures = tuple(
        Picture(path=f"{path}/{name}", title=indicator_title(one), alt=f"{indicator_title(one)}, by month and area: its numbers are below")
        for name, one in shown.items()
    )
    return CountryView(
        path=path,
        figures=tuple(country_figures(path, {"money": money})) if money is not None else (),
        pictures=pictures,
        more=not few or (site.live and known > LOOKED_THROUGH),
    )


def country_charts(site: Site, code: str) -> Mapping[str, Chart]:
    """The charts of a country (ISO 3166-1 alpha-2 code) on the site's day, by name."""
    found = {name: country_chart(site, code, name) for name in ("money", *_counted(site, code))}
    return {name: chart for name, chart in found.items() if chart is not None}


def country_chart(site: Site, code: str, name: str) -> Chart | None:
    """One of them; None where there is none of that name."""
    if name == "money":
        return money_chart_of(site.listing, code)
    indicator = _counted(site, code).get(name)
    return series_chart(site.happenings.found_by(indicator, site.day)) if indicator is not None else None


def _counted(site: Site, code: str) -> dict[str, Indicator]:
    return {f"counts-{slug_of(one.group)}": one for one in site.happenings.indicators_in(code, site.day)[:GROUPS]}


def country_figures(path: str, charts: Mapping[str, Chart]) -> list[Figure]:
    """The charts with their numbers, each with a name of its own."""
    made = [figure(f"{path}/{name}", chart) if name == "money" else crossed(f"{path}/{name}", chart) for name, chart in charts.items()]
    return [msgspec.structs.replace(one, name="money by stage and currency" if one.path.endswith("/money") else one.title) for one in made]


def _with_money(code: str, most: int = 0) -> Asked:
    """The promises of a country of whose money registers tell."""
    return Asked(chosen={"country": (code,), "money": ("recorded",)}, most=most)


def money_chart_of(listing: Listing, code: str) -> Chart | None:
    """What registers tell of the money of a country's promises; None where they tell of none."""
    places = listing.ask(_with_money(code, listing.columns.size)).places
    money = [msgspec.json.decode(body, type=MoneyStatus) for _, body in listing.money(places)]
    sums = added(money)
    if not sums:
        return None
    unconverted = sum(one.unconverted for one in money)
    notes = [
        f"Recorded for {counted(len(money), 'promise')}; each sum counts for one of them, unless a person decided otherwise. A promise for several countries counts in each.",
        "Each stage by itself; at most: if no two registers tell of the same money. What was announced is not added up.",
    ]
    if unconverted:
        every = counted(sum(one.sums for one in money), "recorded sum")
        notes.append(f"{unconverted:,} of {every} cannot be converted and {agreeing(unconverted, 'is', 'are')} left out.")
    return money_together(f"{country_label(code)}: recorded money", sums, notes)
