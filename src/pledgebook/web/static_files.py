"""The style sheet and scripts of the pages, held in memory; the address of each holds a digest of what it is, so that browsers keep it for good."""

from importlib.resources import files

import msgspec
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pledgebook.core.identity import sha256_hex

_MEDIA = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
#: A year: what changes gets another address.
_FOREVER = "public, max-age=31536000, immutable"


class StaticFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file; `path` is its address on the site."""

    path: str
    body: bytes
    media: str


def static_files() -> dict[str, StaticFile]:
    """Every file by its plain name ("style.css")."""
    found = {}
    for one in sorted(files("pledgebook.web").joinpath("static").iterdir(), key=lambda one: one.name):
        stem, _, suffix = one.name.rpartition(".")
        if suffix in _MEDIA:
            body = one.read_bytes()
            path = f"/static/{stem}.{sha256_hex(body)[:10]}.{suffix}"
            found[one.name] = StaticFile(path=path, body=body, media=_MEDIA[suffix])
    return found


async def _static(request: Request) -> Response:
    for one in request.app.state.site.static.values():
        if one.path == f"/static/{request.path_params['name']}":
            return Response(one.body, 200, {"cache-control": _FOREVER}, one.media)
    return PlainTextResponse("There is no such file.\n", 404)


ROUTES = (Route("/static/{name}", _static, methods=["GET"], name="static"),)
