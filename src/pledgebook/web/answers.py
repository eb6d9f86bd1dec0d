"""How a page becomes an answer: made once for each state of the book, kept, and not sent again to a browser that has it."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from pledgebook.book.errors import BookError
from pledgebook.web.keeping import HTML, Answer, Kept
from pledgebook.web.site import Lane, Site

_LOG = logging.getLogger(__name__)
#: The header by which the site's own script asks for a short answer.
SCRIPT = "x-pledgebook-script"
#: A browser keeps a page, and asks each time whether it is still right.
_REVALIDATE = "no-cache"
#: Characters of an address: what is longer is no address of this site.
_LONGEST = 2_000
#: The rules of what stops a page because there is no such thing; all others tell of trouble with the book, which passes.
_NO_SUCH = frozenset({"unknown-release"})
#: Trouble that passes, told in words of our own: nothing in them says where a database stands.
_PASSES = frozenset({"busy", "no-accounts"})


class NoPageError(Exception):
    """There is no such page. `why` is a sentence for the reader, `headers` go with the answer."""

    def __init__(self, why: str, status: int = 404, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.status = status
        self.headers = {"cache-control": "no-store", **(headers or {})}


def not_answered(site: Site, error: BookError) -> NoPageError:
    """What is told of what stops a page: that there is no such thing (404), or that the book cannot be asked now (503).

    What is wrong with the database is told in full to those who work on their own machine; others are not told where it stands.
    """
    problem = error.problem
    full = f"{problem.what} {problem.todo}"
    if problem.rule in _NO_SUCH:
        return NoPageError(full)
    if problem.rule in _PASSES or (site.settings.mode == "bench" and not site.settings.team):
        return NoPageError(full, 503)
    _LOG.warning("%s: %s", problem.where, full)
    return NoPageError("The book cannot be asked now. Try again in a little while.", 503)


class MovedError(Exception):
    """The page has another address now, a path of this site. It may have the old one again: promises that were merged can be split."""

    def __init__(self, to: str) -> None:
        super().__init__(to)
        self.to = to


Make = Callable[[Request, Site], Answer]
Stop = MovedError | NoPageError | BookError
#: Why a page cannot be made.
STOPS = (MovedError, NoPageError, BookError)


class PageRoute(Route):
    """The route of a page that depends on nothing but its address and the state of the book. `make` runs in a thread, in a lane of the site."""

    def __init__(self, path: str, make: Make, lane: Lane) -> None:
        async def answer(request: Request) -> Response:
            return await answered(request, make, lane=lane)

        super().__init__(path, answer, methods=["GET"], name=make.__name__)
        self.make = make
        self.lane = lane


def page(path: str, make: Make, lane: Lane = "pages") -> PageRoute:
    """The route of a page."""
    return PageRoute(path, make, lane)


def site_of(request: Request) -> Site:
    """The site that a request is made to."""
    found = request.app.state.site
    assert isinstance(found, Site)  # noqa: S101 - `create_app` put it there
    return found


async def answered(
    request: Request, make: Make, refuse: Callable[[Site, NoPageError], Response] | None = None, lane: Lane = "pages"
) -> Response:
    """The answer to a request for a page: "not modified" where the reader has it, else from those that are kept, else made.

    `refuse` tells what is wrong with a request (None: a page does).
    """
    tell = refuse or told
    site = site_of(request)
    asked = _asked(request)
    if len(asked) > _LONGEST:
        return tell(site, NoPageError("The address is too long.", 414))
    if is_held(request, site.edition.tag):
        return Response(status_code=304, headers=conditional(site.edition.tag))
    try:
        return kept_answer(request, site) or _sent(request, await _found(request, make, asked, lane))
    except STOPS as error:
        return stopped(site, error, tell)


def stopped(site: Site, error: Stop, tell: Callable[[Site, NoPageError], Response]) -> Response:
    """The answer to a request for a page that cannot be made."""
    if isinstance(error, MovedError):
        return moved_to(site, error)
    return tell(site, not_answered(site, error) if isinstance(error, BookError) else error)


async def _found(request: Request, make: Make, asked: str, lane: Lane) -> Kept:
    """The answer made anew; or that of an earlier state, if it may go out and others are made anew now."""
    site = site_of(request)
    making = partial(to_thread.run_sync, _made, request, make, asked, limiter=site.lanes[lane])
    # A picture stands on a page that may be newer; and an export takes long enough without others that wait for it.
    former = None if lane != "pages" or _wants_newest(request) else site.kept.former(asked)
    if former is None:
        return await making()
    if site.renewing.is_busy:
        site.renewing.later(asked, partial(_renewed, site, asked, making))
        return former
    with site.renewing.awaited():
        return await making()


def _made(request: Request, make: Make, asked: str) -> Kept:
    """The answer to what is asked, made and kept unless another made it while this one waited for its turn."""
    site = site_of(request)
    tag = site.edition.tag
    found = site.kept.find(asked, tag)
    if found is not None:
        return Kept(found, tag)
    try:
        made = Kept(make(request, site), tag)
    except (MovedError, NoPageError):
        site.kept.drop(asked)
        raise
    except BookError as error:
        if error.problem.rule in _NO_SUCH:
            site.kept.drop(asked)
        raise
    if made.answer.status == 200:
        site.kept.put(asked, made)
    return made


async def _renewed(site: Site, asked: str, making: Callable[[], Awaitable[Kept]]) -> None:
    """Make a page anew while nobody waits for it. Whoever asks next is told what is wrong with it."""
    try:
        await making()
    except STOPS:
        pass
    except Exception:  # noqa: BLE001 - told to those who keep the server
        site.kept.drop(asked)
        _LOG.exception("A page could not be made anew.")


def kept_answer(request: Request, site: Site) -> Response | None:
    """The answer to a request, if the reader has it or it was made before in this state of the book: found without asking which route it is for."""
    tag = site.edition.tag
    found = site.kept.find(_asked(request), tag)
    return _sent(request, Kept(found, tag)) if found is not None else None


def _asked(request: Request) -> str:
    """What a kept answer is the answer to."""
    return f"{request.scope['path']}?{request.scope['query_string'].decode('latin-1')}"


def _wants_newest(request: Request) -> bool:
    """Whether nothing of an earlier state will do: what a browser says when a page is loaded again (RFC 9111, 5.2.1)."""
    told_cache = request.headers.get("cache-control", "").lower()
    return "no-cache" in told_cache or "max-age=0" in told_cache


def _sent(request: Request, kept: Kept) -> Response:
    """The response with an answer, or without it where the reader has it."""
    headers = conditional(kept.tag)
    if is_held(request, kept.tag):
        return Response(status_code=304, headers=headers)
    return Response(kept.answer.body, kept.answer.status, {**headers, **kept.answer.headers}, kept.answer.media)


def conditional(tag: str) -> dict[str, str]:
    """The headers by which a browser can ask whether what it has is still right."""
    # Weak: a page made while the book moves on may tell of the newer state under the older tag.
    return {"etag": f'W/"{tag}"', "cache-control": _REVALIDATE}


def is_held(request: Request, tag: str) -> bool:
    """Whether the one who asks has the answer of this tag."""
    told_tags = request.headers.get("if-none-match")
    if told_tags is None:
        return False
    return any(one.strip().removeprefix("W/").strip('"') in {tag, "*"} for one in told_tags.split(","))


def moved_to(site: Site, moved: MovedError) -> Response:
    """On to where a page is now."""
    # Not 308: browsers keep that for good, and an id that moved moves back when what moved it is undone.
    return RedirectResponse(site.links.to(moved.to), 307, {"cache-control": _REVALIDATE})


def told(site: Site, missing: NoPageError) -> Response:
    """The page that says what is wrong with a request."""
    body = site.render("missing.html", why=missing.why, status=missing.status)
    return Response(body, missing.status, missing.headers, HTML)


def html(site: Site, template: str, **context: object) -> Answer:
    """A page from its template."""
    return Answer(body=site.render(template, **context))
