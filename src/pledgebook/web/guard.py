"""What stands before every answer: only known hosts, and addresses that texts can hold, are answered, and every answer carries the headers that keep a page to itself."""

from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pledgebook.web.api.answering import PREFIX
from pledgebook.web.sent_addresses import parts_of

#: Nothing is loaded, sent or framed but by and to the site itself; no inline script or style is run.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # "no-referrer" would make browsers hide the origin of the site's own forms, by which forged ones are told.
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_RAW = tuple((name.encode(), value.encode()) for name, value in HEADERS.items())


class Guard:
    """An ASGI application around another."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse, one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = {name for name, _ in message["headers"]}
                message["headers"].extend(pair for pair in _RAW if pair[0] not in told)
            await send(message)

        refusal: Response | None = None
        if parts_of(f"//{Headers(scope=scope).get('host', '')}").hostname not in self._hosts:
            refusal = PlainTextResponse("This server is not known under that name.\n", 421)
        elif "\0" in scope["path"] or b"%00" in scope["query_string"]:
            # No name here holds it, and PostgreSQL does not even look for one that does.
            refusal = _no_page(scope["path"])
        await (refusal or self._app)(scope, receive, send_guarded)


def _no_page(path: str) -> Response:
    """What is said of an address that is none: to programs as the API says it."""
    if path.startswith(f"{PREFIX}/"):
        return JSONResponse({"detail": "There is nothing at this address."}, 404)
    return PlainTextResponse("There is no page at this address.\n", 404)
