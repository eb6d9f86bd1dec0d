"""The timeline of a plan: on its page, and as files."""

from collections.abc import Mapping

import msgspec
from starlette.requests import Request

from pledgebook.book.standing import standings
from pledgebook.core.gathering import Plan
from pledgebook.views.charts.chart import Chart
from pledgebook.views.charts.standing_charts import timeline_chart
from pledgebook.web.answers import NoPageError, page
from pledgebook.web.figures import drawn
from pledgebook.web.keeping import Answer
from pledgebook.web.pages.promise_figures import has_dates
from pledgebook.web.site import Site

#: Steps of a plan that are drawn: what one can still read, and what is worked out while a reader waits.
DRAWN = 40


def plan_charts(site: Site, plan: Plan) -> Mapping[str, Chart]:
    """The dates of the first steps of a plan, by name; nothing where none of them tells any day."""
    ids = list(dict.fromkeys(step.promise for step in plan.steps))[:DRAWN]
    with site.reading() as connection:
        of = {one.promise.id: one for one in standings(connection, site.day, ids)}
    stand = [of[one] for one in ids if one in of]
    if not any(has_dates(one) for one in stand):
        return {}
    return {"timeline": timeline_chart(plan.name, stand, site.day, [plan], _names(plan))}


def _names(plan: Plan) -> dict[str, str]:
    """What the steps are called in the picture, which has little room: "2. second phase", each in its own way."""
    names: dict[str, str] = {}
    for step in plan.steps:
        plain = f"{step.order}. {step.label}"
        like = sum(one == plain or one.startswith(f"{plain} (") for one in names.values())
        names.setdefault(step.promise, f"{plain} ({like + 1})" if like else plain)
    return names


def plan_chart(request: Request, site: Site) -> Answer:
    """The timeline of a plan as SVG, or its numbers as CSV."""
    body = site.listing.gathering("plan", request.path_params["id"])
    if body is None:
        raise NoPageError("This book knows no such plan.")
    charts = plan_charts(site, msgspec.json.decode(body, type=Plan))
    return drawn(charts, request.path_params["name"], request.path_params["suffix"])


ROUTES = (page("/plans/{id}/{name}.{suffix}", plan_chart, "slow"),)
