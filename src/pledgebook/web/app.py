"""The web application: the book's site, its pages, its API, guarded."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterable

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount

from pledgebook import __version__
from pledgebook.book.errors import BookError
from pledgebook.book.opening import open_book
from pledgebook.web import static_files
from pledgebook.web.accounts.gate import Gate, all_needed, needing
from pledgebook.web.accounts.pages import people_routes
from pledgebook.web.accounts.team import team_of
from pledgebook.web.allocator import EVERY, give_back
from pledgebook.web.answers import NoPageError, site_of, told
from pledgebook.web.api.answering import PREFIX
from pledgebook.web.api.app import api_app
from pledgebook.web.bench.routes import bench_routes
from pledgebook.web.forwarded import Forwarded
from pledgebook.web.guard import Guard
from pledgebook.web.pages import (
    correcting,
    country_charts,
    documents,
    exports,
    feeds,
    gatherings,
    lists,
    methods,
    overview,
    plan_charts,
    promise_files,
    promise_page,
    tables,
)
from pledgebook.web.site import READERS, Site
from pledgebook.web.web_settings import WebSettings

_LOG = logging.getLogger(__name__)
#: Rules of Problems that pass by themselves: a database that is away for a moment, a list that is being made.
_PASSING = frozenset({"busy", "database-unavailable"})
#: What readers see, in the order in which addresses are tried.
_PAGES: tuple[Iterable[BaseRoute], ...] = (
    overview.ROUTES,
    lists.ROUTES,
    tables.ROUTES,
    correcting.ROUTES,
    promise_files.ROUTES,
    promise_page.ROUTES,
    documents.ROUTES,
    gatherings.ROUTES,
    plan_charts.ROUTES,
    country_charts.ROUTES,
    methods.ROUTES,
    feeds.ROUTES,
    exports.ROUTES,
)


def page_routes() -> list[BaseRoute]:
    """The routes of all pages for readers."""
    return [route for routes in _PAGES for route in routes]


def create_app(settings: WebSettings) -> FastAPI:
    """The application on the book that the settings name. Raises BookError if there is none.

    The book is open from here on until the application shuts down.
    """
    site = Site(open_book(settings.place, READERS), settings)
    team = team_of(settings) if settings.team else None
    # FastAPI's own pages on the schema load scripts from elsewhere: the schema alone is served, by the API.
    app = FastAPI(
        title=site.title,
        version=__version__,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        exception_handlers={HTTPException: _no_page},
    )
    app.state.site = site
    app.state.team = team
    app.router.routes.extend([*needing("reader", *page_routes()), *needing("anyone", *static_files.ROUTES)])
    if settings.mode == "bench":
        app.router.routes.extend(bench_routes(site))
    if team is not None:
        app.router.routes.extend(people_routes(site, team))
    app.router.routes.extend(needing("reader", Mount(PREFIX, api_app(site), name="api")))
    all_needed(app.router.routes)
    if team is not None:
        app.add_middleware(Gate, team=team, site=site, routes=app.router.routes)
    app.add_middleware(Guard, hosts=settings.known_hosts)
    app.add_middleware(Forwarded, networks=settings.proxy_from)
    return app


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """While the server runs the book is watched; in the end it is closed."""
    site: Site = app.state.site
    beside = [asyncio.create_task(_watch(site)), asyncio.create_task(_tidy())]
    try:
        yield
    finally:
        for one in beside:
            one.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await one
        await site.renewing.close()
        await run_in_threadpool(site.close)
        if app.state.team is not None:
            await run_in_threadpool(app.state.team.people.close)


async def _watch(site: Site) -> None:
    told: set[str] = set()
    while True:
        await _tried(site.follow, told)
        await asyncio.sleep(site.settings.watch)
        await _tried(site.look, told)


async def _tidy() -> None:
    while True:
        await asyncio.sleep(EVERY)
        await _tried(give_back, set())


async def _tried(work: Callable[[], object], told: set[str]) -> None:
    """Do it. What goes wrong stops nothing: what was seen last is served, and the next look may go well. `told`: what stands in the log already."""
    try:
        await run_in_threadpool(work)
    except BookError as error:
        if error.problem.rule not in _PASSING and str(error) not in told:
            told.add(str(error))
            _LOG.warning("The book could not be looked at; what was seen last is served. %s", error)
    except Exception:  # noqa: BLE001 - told to those who keep the server
        _LOG.exception("What is done beside the pages has failed; what was seen last is served.")


async def _no_page(request: Request, error: Exception) -> Response:
    """What the router refuses: an address that is none, a method that the page does not take."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    why = "There is no page at this address." if error.status_code == 404 else str(error.detail)
    return told(site_of(request), NoPageError(why, error.status_code, error.headers))
