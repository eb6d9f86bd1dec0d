"""Who works at the bench, and stands in the log as the author: the account that is logged in, where people have accounts.

On one's own machine there is no login: a name is asked once.
"""

from collections.abc import Iterable
from typing import cast
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from pledgebook.views.rows import one_line
from pledgebook.web.accounts.gate import visitor_of
from pledgebook.web.accounts.roles import may
from pledgebook.web.accounts.team import Team
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


def may_not_code(request: Request, names: Iterable[str]) -> list[str]:
    """Those of the names who cannot come to the bench: where people have accounts, all that are no coder's at least."""
    team = cast("Team | None", request.app.state.team)
    if team is None:
        return []
    coders = {one.name for one in team.people.accounts() if one.disabled is None and may(one.role, "coder")}
    return [one for one in names if one not in coders]


def clean(name: str) -> str:
    """A name on one line, without what would steer a screen, not too long."""
    return one_line(name)[:LONGEST].strip()


def remember(request: Request, response: Response, name: str) -> None:
    """Let the browser keep the name."""
    set_cookie(request, response, COOKIE, quote(clean(name)))
