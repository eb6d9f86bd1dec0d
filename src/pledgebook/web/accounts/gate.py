"""What stands before every address where people have accounts: nobody gets further than their role goes.

Each route says which role it needs, by `needing`; an application with a route that does not is not made.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar, cast, get_args
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pledgebook.book.errors import BookError
from pledgebook.web.accounts.people import Account
from pledgebook.web.accounts.roles import Needed, may, with_article
from pledgebook.web.accounts.team import Team
from pledgebook.web.accounts.typed import given_back, typed
from pledgebook.web.answers import SCRIPT, NoPageError, not_answered, told
from pledgebook.web.api.answering import PREFIX, refused
from pledgebook.web.sent_addresses import parts_of
from pledgebook.web.site import Site

_ROUTE = TypeVar("_ROUTE", bound=BaseRoute)
_ORDER: tuple[Needed, ...] = get_args(Needed)
_NO_STORE = {"cache-control": "no-store"}


def needing(role: Needed, *routes: _ROUTE) -> list[_ROUTE]:
    """The routes, which now say what role they need."""
    for route in routes:
        route.needed = role  # type: ignore[attr-defined] # read by `needed_by` alone
    return list(routes)


def needed_by(route: BaseRoute) -> Needed | None:
    """The role that a route needs; None if it does not say."""
    return cast("Needed | None", getattr(route, "needed", None))


def all_needed(routes: Iterable[BaseRoute]) -> None:
    """Raises ValueError for a route that does not say what role it needs: it would be open to everybody by mistake."""
    open_ones = [str(getattr(route, "path", route)) for route in routes if needed_by(route) is None]
    if open_ones:
        raise ValueError(f"these routes do not say who may use them: {', '.join(open_ones)}")


class Gate:
    """An ASGI application around another, which lets through whoever may ask, and tells it who that is: `request.state.visitor`."""

    def __init__(self, app: ASGIApp, team: Team, site: Site, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self._team = team
        self._site = site
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through, or refuse, one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, needed = Request(scope, receive), self._needed(scope)
        try:
            refusal = await self._refused(request, needed)
        except BookError as error:  # without the accounts nobody can be told from anybody
            refusal = (refused if _is_program(request) else told)(self._site, not_answered(self._site, error))
        if refusal is None:
            await self._app(scope, receive, self._private(send) if self._team.closed and needed != "anyone" else send)
        else:
            await refusal(scope, receive, send)

    async def _refused(self, request: Request, needed: Needed) -> Response | None:
        """What somebody is told whose role does not go so far; None, with the visitor noted, for who may ask. Raises BookError."""
        program, team = _is_program(request), self._team
        visitor = await run_in_threadpool(lambda: team.visitor(request, program=program)) if team.has_sign(request) else None
        request.scope.setdefault("state", {})["visitor"] = visitor
        if may(None if visitor is None else visitor.role, needed):
            return None
        lost = await typed(request) if visitor is None and not program and SCRIPT not in request.headers else ()
        if lost:
            return given_back(self._site, lost, login_path(self._site, request))
        return await run_in_threadpool(self._refusal, request, visitor, needed, program)

    def _needed(self, scope: Scope) -> Needed:
        """What the address and method need; an address that is none is refused as a page is, and so tells nobody that it is none."""
        matches = [(route.matches(scope)[0], route) for route in self._routes]
        whole = [route for match, route in matches if match == Match.FULL][:1]
        chosen = whole or [route for match, route in matches if match == Match.PARTIAL]
        found: Needed = max((needed_by(route) or "administrator" for route in chosen), key=_ORDER.index, default="reader")
        return "anyone" if found == "reader" and not self._team.closed else found

    def _refusal(self, request: Request, visitor: Account | None, needed: Needed, program: bool) -> Response:
        if visitor is not None:
            self._team.people.note(visitor.name, f"refused: needs {needed}", f"{request.method} {request.url.path}")
            why = f"This needs the role of {with_article(needed)}; you are here as {with_article(visitor.role)}."
            return JSONResponse({"detail": why}, 403, _NO_STORE) if program else told(self._site, NoPageError(why, 403))
        if program:
            why = "This book is closed: send a token, as Authorization: Bearer TOKEN."
            return JSONResponse({"detail": why}, 401, {**_NO_STORE, "www-authenticate": "Bearer"})
        to = login_path(self._site, request)
        if SCRIPT in request.headers:
            return JSONResponse({"to": to}, 401, _NO_STORE)
        return RedirectResponse(to, 303, _NO_STORE)

    @staticmethod
    def _private(send: Send) -> Send:
        """Pages of a closed book are kept by the reader's own browser alone."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message["headers"] if pair[0].lower() != b"cache-control" or b"no-store" in pair[1]]
                if not any(name.lower() == b"cache-control" for name, _ in kept):
                    kept.append((b"cache-control", b"private, no-cache"))
                message["headers"] = [*kept, (b"vary", b"cookie, authorization")]
            await send(message)

        return sent


def _is_program(request: Request) -> bool:
    """Whether a request is to the API."""
    return str(request.scope["path"]).startswith(f"{PREFIX}/")


def login_path(site: Site, request: Request) -> str:
    """Where to log in and come back from."""
    return site.links.to(f"/login?{urlencode({'to': _asked(request) if request.method == 'GET' else _page_of_form(site, request)})}")


def _asked(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def _page_of_form(site: Site, request: Request) -> str:
    """The page from which a form was sent: there, or on the bench, the browser goes on with what was not written."""
    page = parts_of(request.headers.get("referer", ""))
    path = page.path.removeprefix(site.settings.prefix)
    if page.netloc != request.headers.get("host") or not path.startswith("/"):
        return "/bench" if request.url.path.startswith("/bench") else "/"
    return f"{path}?{page.query}" if page.query else path


def visitor_of(request: Request) -> Account | None:
    """Who makes the request, where people have accounts and somebody is known."""
    return cast("Account | None", getattr(request.state, "visitor", None))
