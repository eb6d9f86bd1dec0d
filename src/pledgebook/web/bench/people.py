"""Who works at the bench, and stands in the log as the author: the account that is logged in, where people have accounts.

On one's own machine there is no login: a name is asked once.
"""

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from pledgebook.views.rows import one_line
from pledgebook.web.accounts.gate import visitor_of
from pledgebook.web.answers import site_of
from pledgebook.web.bench.tokens import set_cookie

#: The cookie that holds the name, and how long a name may be.
COOKIE, LONGEST = "pledgebook_coder", 80


class NoNameError(Exception):
    """Nobody has said who works here."""


def coder(request: Request) -> str:
    """The name of the one who works here; empty if it is not known."""
    if site_of(request).settings.team:
        visitor = visitor_of(request)
        return visitor.name if visitor else ""
    return clean(unquote(request.cookies.get(COOKIE, "")))


def require(request: Request) -> str:
    """The name of the one who works here. Raises NoNameError. What somebody may is told before, by the gate."""
    name = coder(request)
    if not name:
        raise NoNameError
    return name


def clean(name: str) -> str:
    """A name on one line, without what would steer a screen, not too long."""
    return one_line(name)[:LONGEST].strip()


def remember(request: Request, response: Response, name: str) -> None:
    """Let the browser keep the name."""
    set_cookie(request, response, COOKIE, quote(clean(name)))
