"""What somebody typed into a form whose session had ended meanwhile: it is written nowhere, and given back, so that it is not lost.

Forms of the bench need no such page where scripts run: there the browser keeps what was sent until somebody has logged in again.
"""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from pledgebook.web.answers import NoPageError
from pledgebook.web.forms import refuse_foreign, sent_with
from pledgebook.web.keeping import HTML
from pledgebook.web.site import Site

#: Fields that nobody types, or that no page may show.
_NOT_TYPED = frozenset({"token", "once", "version", "digest", "do", "to", "number", "decision", "password", "old", "website"})


async def typed(request: Request) -> Sequence[tuple[str, str]]:
    """Names and values of the fields of a form of this site that hold anything; nothing for any other request."""
    if request.method != "POST":
        return ()
    try:
        refuse_foreign(request)
        sent = await sent_with(request)
    except NoPageError:
        return ()
    return [(name, value) for name, value in sent.pairs if name not in _NOT_TYPED and value.strip()]


def given_back(site: Site, fields: Sequence[tuple[str, str]], login: str) -> Response:
    """The page that shows it, and asks to log in at the address `login`."""
    return Response(site.render("given_back.html", fields=fields, login=login), 401, {"cache-control": "no-store"}, HTML)
