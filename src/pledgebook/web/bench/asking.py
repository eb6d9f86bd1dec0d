"""One request to the bench, and the way from it to an answer."""

import secrets
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from urllib.parse import urlencode

from anyio import to_thread
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from pledgebook.book.actions import Form, Seen
from pledgebook.book.errors import BookError
from pledgebook.core.identity import content_id
from pledgebook.core.problem import Problem
from pledgebook.web.accounts.gate import visitor_of
from pledgebook.web.accounts.roles import may
from pledgebook.web.answers import SCRIPT, MovedError, NoPageError, not_answered, told
from pledgebook.web.bench.coding.sets import CodingSets
from pledgebook.web.bench.open_ties import OpenTies
from pledgebook.web.bench.people import NoNameError, require
from pledgebook.web.bench.queue import Queue
from pledgebook.web.bench.tokens import FIELD, OldFormError, check, keep, token_of
from pledgebook.web.clock import now
from pledgebook.web.forms import Sent, sent_with
from pledgebook.web.keeping import HTML
from pledgebook.web.site import Site

#: Pages of the bench are one person's, and change with every decision.
_HEADERS = {"cache-control": "no-store"}


#: The rule of the Problem that another person did the same while the page was open.
MEANWHILE = "settled-meanwhile"


def status_of(problems: Sequence[Problem]) -> int:
    """The status of a page that tells why a form was not written."""
    return 409 if any(one.rule == MEANWHILE for one in problems) else 422 if problems else 200


class Bench:
    """What all pages of the bench share."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.queue = Queue()
        self.ties = OpenTies()
        self.sets = CodingSets()


class Asking:
    """One request by one person."""

    def __init__(self, bench: Bench, request: Request, sent: Sent, coder: str) -> None:
        self.bench = bench
        self.site = bench.site
        self.request = request
        self.sent = sent
        self.coder = coder

    @cached_property
    def query(self) -> Sent:
        """The query of the address."""
        return Sent(self.request.query_params.multi_items())

    def form(self, seen: Seen | None = None, undoes: str | None = None) -> Form:
        """The form that was sent: one and the same however often it is sent, and another one if anything in it is changed."""
        said = [list(pair) for pair in sorted(self.sent.pairs) if pair[0] != FIELD]
        name = content_id("form", self.coder, self.request.url.path, said)
        return Form(id=name, author=self.coder, recorded=now(), seen=seen, undoes=undoes)

    def page(self, template: str, status: int = 200, **context: object) -> Response:
        """A page of the bench."""
        common = {"coder": self.coder, "hidden": self._hidden, "reviews": self.reviews}
        return Response(self.site.render(f"bench/{template}", **{**common, **context}), status, _HEADERS, HTML)

    @property
    def reviews(self) -> bool:
        """Whether the person may do what settles much at once, or what others decided, so that it is offered: anybody on one's own machine."""
        visitor = visitor_of(self.request)
        return not self.site.settings.team or (visitor is not None and may(visitor.role, "reviewer"))

    def _hidden(self, version: int | None = None) -> Markup:
        """The fields that every form holds: the token of the site, an id of its own, and what its page showed."""
        fields = {FIELD: token_of(self.request), "once": secrets.token_hex(8), **({"version": version} if version is not None else {})}
        return Markup("").join(Markup('<input type="hidden" name="{}" value="{}">').format(*pair) for pair in fields.items())

    def go(self, path: str) -> Response:
        """On to another page of the site; for the bench's script only the address."""
        to = self.site.links.to(path)
        if SCRIPT in self.request.headers:
            return JSONResponse({"to": to}, headers=_HEADERS)
        return RedirectResponse(to, 303, _HEADERS)


Make = Callable[[Asking], Response]


def shown(bench: Bench, path: str, make: Make, *, named: bool = True) -> Route:
    """The route of a page. `make` runs in a thread. With `named` it is for those whose name is known."""

    async def answer(request: Request) -> Response:
        return await _answered(request, bench, lambda: _run(bench, request, Sent(), make, named))

    return Route(path, answer, methods=["GET"], name=make.__name__)


def acts(bench: Bench, path: str, make: Make, *, named: bool = True) -> Route:
    """The route of a form."""

    async def answer(request: Request) -> Response:
        try:
            sent = await sent_with(request)
            check(request, sent)
        except OldFormError as refused:
            return _ask_name(bench, request) if SCRIPT in request.headers else told(bench.site, refused)
        except NoPageError as refused:
            return told(bench.site, refused)
        return await _answered(request, bench, lambda: _run(bench, request, sent, make, named))

    return Route(path, answer, methods=["POST"], name=make.__name__)


def _run(bench: Bench, request: Request, sent: Sent, make: Make, named: bool) -> Response:
    return make(Asking(bench, request, sent, require(request) if named else ""))


async def _answered(request: Request, bench: Bench, run: Callable[[], Response]) -> Response:
    begun = time.perf_counter()
    try:
        response = await to_thread.run_sync(run, limiter=bench.site.lanes["bench"])
    except NoNameError:
        response = _ask_name(bench, request)
    except MovedError as moved:
        response = RedirectResponse(bench.site.links.to(moved.to), 303, _HEADERS)
    except NoPageError as missing:
        response = told(bench.site, missing)
    except BookError as error:
        response = told(bench.site, not_answered(bench.site, error))
    keep(request, response)
    response.headers["server-timing"] = f"app;dur={(time.perf_counter() - begun) * 1000:.1f}"
    return response


def _ask_name(bench: Bench, request: Request) -> Response:
    """Off to the page that asks for a name, and gives a new token; a script that followed a redirection would take it for the answer."""
    query = f"?{request.url.query}" if request.url.query else ""
    back = f"{request.url.path}{query}" if request.method == "GET" else "/bench"
    to = bench.site.links.to(f"{'/login' if bench.site.settings.team else '/bench/name'}?{urlencode({'to': back})}")
    return JSONResponse({"to": to}, 401, _HEADERS) if SCRIPT in request.headers else RedirectResponse(to, 303, _HEADERS)
