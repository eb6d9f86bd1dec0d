"""The API as an application of its own, so that what is said to pages of other sites is said of it alone."""

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pledgebook import __version__
from pledgebook.web.answers import NoPageError, kept_answer, site_of
from pledgebook.web.api.answering import PREFIX, refused
from pledgebook.web.api.observed import router as observed
from pledgebook.web.api.routes import router
from pledgebook.web.site import Site


def api_app(site: Site) -> FastAPI:
    """The API of a site. Pages of any other site may read it; nothing in it changes anything."""
    app = FastAPI(
        title=f"{site.title}: the book on public promises",
        description="Rows as in the exports. What no person has reviewed says so, and its verdict is provisional.",
        version=__version__,
        servers=[{"url": f"{site.settings.prefix}{PREFIX}"}],
        root_path_in_servers=False,
        docs_url=None,
        redoc_url=None,
        exception_handlers={HTTPException: _no_such},
    )
    app.state.site = site
    app.include_router(router)
    app.include_router(observed)
    app.add_middleware(KeptFirst, site=site)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD"],
        allow_headers=["If-None-Match", "Cache-Control"],
        expose_headers=["ETag"],
        max_age=86_400,
    )
    return app


class KeptFirst:
    """An ASGI application around another: what was answered before is answered again without reading the request a second time."""

    def __init__(self, app: ASGIApp, site: Site) -> None:
        self._app = app
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; HEAD as GET, of whose answer the server sends the head alone (RFC 9110, 9.3.2)."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        kept = kept_answer(Request(scope), self._site) if scope["type"] == "http" and scope["method"] == "GET" else None
        await (kept or self._app)(scope, receive, send)


async def _no_such(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for it alone
    why = "There is nothing at this address." if error.status_code == 404 else str(error.detail)
    return refused(site_of(request), NoPageError(why, error.status_code, error.headers))
