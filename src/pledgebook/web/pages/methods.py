"""How promises are read and judged: made from the rules themselves, so that it cannot say otherwise than they do."""

from itertools import groupby

from starlette.requests import Request

from pledgebook.status.rules import CURRENT
from pledgebook.status.sums import ABOUT, WIDER
from pledgebook.status.weights import AUTHORITY, INDEPENDENCE
from pledgebook.web.answers import html, page
from pledgebook.web.keeping import Answer
from pledgebook.web.pages.promise_page import release_names
from pledgebook.web.site import Site


def methods(_: Request, site: Site) -> Answer:
    """Every rule in the order in which they apply, and the numbers by which evidence is weighed."""
    axes = [(axis, list(rules)) for axis, rules in groupby(CURRENT.rules, key=lambda one: one.axis)]
    with site.reading() as connection:
        names = release_names(connection)
    return html(
        site,
        "methods.html",
        rules=CURRENT,
        axes=axes,
        authority=AUTHORITY,
        independence=INDEPENDENCE,
        wider=WIDER,
        about=ABOUT,
        releases=names,
    )


ROUTES = (page("/methods", methods),)
