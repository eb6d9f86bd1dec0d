"""How the API answers: parts of lists with the address of what comes after, and refusals as JSON."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

import msgspec
from fastapi import Query
from fastapi.dependencies.utils import get_flat_params
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from pledgebook.web.answers import Make, NoPageError, answered
from pledgebook.web.keeping import Answer
from pledgebook.web.site import Site

JSON = "application/json"
PREFIX = "/api/v1"
#: Rows of an answer, where the asker does not say, and at most.
USUAL, MOST = 50, 200

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many rows at most.")]
After = Annotated[str, Query(max_length=200, description="Where to go on: what `next` of the answer before says.")]


async def json_answer(request: Request, make: Make) -> Response:
    """The answer to a request, made once for each state of the book."""
    return await answered(request, make, refused)


def known_only(request: Request) -> None:
    """Raises RequestValidationError for a parameter that the address does not take: one that is misspelt would else be left out in silence."""
    route = request.scope["route"]
    assert isinstance(route, APIRoute)  # noqa: S101 - the routers hold no other
    known = {one.alias for one in get_flat_params(route.dependant)}
    wrong = sorted({*request.query_params} - known)
    if wrong:
        told = [
            {"type": "extra_forbidden", "loc": ("query", one), "msg": "There is no such parameter here.", "input": one} for one in wrong
        ]
        raise RequestValidationError(told)


def refused(_: Site, error: NoPageError) -> Response:
    """What is wrong with a request, as JSON."""
    return Response(msgspec.json.encode({"detail": error.why}), error.status, error.headers, JSON)


def part_of(request: Request, site: Site, rows: Sequence[bytes], after: str | None, **more: object) -> Answer:
    """A part of a list; `after` is where the next part begins, None at the end; `more` is what is said beside it."""
    same = {"as_of": site.day.isoformat(), "entries": site.edition.entries, "next": _next(request, site, after)}
    head = msgspec.json.encode({**same, **more})
    # Rows are lines of JSON already: they are put together as they are.
    body = head[:-1] + b',"rows":[' + b",".join(row.rstrip() for row in rows) + b"]}"
    return Answer(body=body, media=JSON)


def _next(request: Request, site: Site, after: str | None) -> str | None:
    if after is None:
        return None
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    path = request.url.path.rpartition(PREFIX)[2]
    return f"{site.settings.prefix}{PREFIX}{path}?{urlencode([*kept, ('after', after)])}"
