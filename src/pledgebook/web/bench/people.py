"""Who works at the bench. On one's own machine there is no login: a name is asked once, and written into the log as the author.

`coder` and `require` are all that the bench knows of people: accounts and roles take their place.
"""

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from pledgebook.views.rows import one_line
from pledgebook.web.bench.tokens import set_cookie

#: The cookie that holds the name, and how long a name may be.
COOKIE, LONGEST = "pledgebook_coder", 80


class NoNameError(Exception):
    """Nobody has said who works here."""


def coder(request: Request) -> str:
    """The name of the one who works here; empty if it is not known."""
    return clean(unquote(request.cookies.get(COOKIE, "")))


def require(request: Request, role: str) -> str:  # noqa: ARG001 - roles come with accounts
    """The name of the one who works here, who must have a role. Raises NoNameError, and NoPageError (403) for who may not."""
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
