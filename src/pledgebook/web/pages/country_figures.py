"""The charts of a country: the recorded money of its promises, and what was counted there."""

from collections.abc import Mapping

import msgspec

from pledgebook.core.assessment import MoneyStatus
from pledgebook.views.charts.chart import Chart
from pledgebook.views.charts.money_together import added, money_together
from pledgebook.views.charts.watched_charts import series_chart
from pledgebook.web.figures import Figure, crossed, figure
from pledgebook.web.labels import country_label
from pledgebook.web.links import slug_of
from pledgebook.web.listing.asking import Asked
from pledgebook.web.listing.listing import Listing
from pledgebook.web.site import Site

#: Promises with recorded money that are added up while a reader waits for the page of a country; above, a page of their own has the charts.
AT_ONCE = 400
#: Months of counts whose numbers stand on the page; all of them are in the CSV.
MONTHS = 24


def country_charts(site: Site, code: str) -> Mapping[str, Chart]:
    """The charts of a country (ISO 3166-1 alpha-2 code) on the site's day, by name."""
    money = money_chart_of(site.listing, code)
    counted = {f"counts-{slug_of(one.indicator.group)}": series_chart(one) for one in site.happenings.watched_in(code, site.day)}
    return {**({"money": money} if money is not None else {}), **counted}


def country_figures(path: str, charts: Mapping[str, Chart]) -> list[Figure]:
    """The charts as the pages of a country show them, each with a name of its own."""
    made = [
        figure(f"{path}/{name}", chart) if name == "money" else crossed(f"{path}/{name}", chart, MONTHS) for name, chart in charts.items()
    ]
    return [msgspec.structs.replace(one, name="money by stage and currency" if one.path.endswith("/money") else one.title) for one in made]


def are_few(site: Site, code: str) -> bool:
    """Whether the charts of a country are drawn fast enough to stand on its page. A copy of plain files has all the time it needs."""
    return not site.live or site.listing.ask(_with_money(code)).total <= AT_ONCE


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
        f"Recorded for {len(money):,} promises; each sum counts for one of them, unless a person decided otherwise. A promise for several countries counts in each.",
        "Each stage by itself; at most: if no two registers tell of the same money. What was announced is not added up.",
    ]
    if unconverted:
        notes.append(f"{unconverted:,} of {sum(one.sums for one in money):,} recorded sums cannot be converted and are left out.")
    return money_together(f"{country_label(code)}: recorded money", sums, notes)
