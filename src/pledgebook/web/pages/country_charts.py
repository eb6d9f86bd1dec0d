"""The charts of a country as files, and on a page of their own where it has too many promises to draw them on the page of the country."""

from starlette.requests import Request

from pledgebook.web.answers import html, page
from pledgebook.web.figures import drawn
from pledgebook.web.keeping import Answer
from pledgebook.web.labels import country_label
from pledgebook.web.pages.country_figures import country_chart, country_charts, country_figures
from pledgebook.web.pages.lists import address_of, value_of
from pledgebook.web.site import Site


def charts_page(request: Request, site: Site) -> Answer:
    """All charts of a country."""
    code = value_of(site.listing, "country", request.path_params["slug"])
    path = address_of("country", code)
    return html(site, "country_charts.html", path=path, title=country_label(code), charts=country_figures(path, country_charts(site, code)))


def chart_file(request: Request, site: Site) -> Answer:
    """One chart of a country as SVG, or its numbers as CSV."""
    code = value_of(site.listing, "country", request.path_params["slug"])
    name = request.path_params["name"]
    made = country_chart(site, code, name)
    return drawn({name: made} if made is not None else {}, name, request.path_params["suffix"])


ROUTES = (page("/countries/{slug}/charts", charts_page), page("/countries/{slug}/{name}.{suffix}", chart_file, "slow"))
