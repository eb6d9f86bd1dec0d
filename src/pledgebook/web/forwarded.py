"""From where a request really comes, where a web server stands in front of this one: it tells, and is believed from its own address alone."""

from collections.abc import Sequence

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_PEER = "pledgebook.peer"


class Forwarded:
    """An ASGI application around another.

    What comes from one of the `networks` has the address and scheme that X-Forwarded-For and X-Forwarded-Proto tell: of several addresses the last
    that is none of the networks' own. From anywhere else these headers count for nothing.
    """

    def __init__(self, app: ASGIApp, networks: Sequence[str]) -> None:
        # Typed by uvicorn as its own ASGI types, which are those of Starlette in other words.
        self._told: ASGIApp = ProxyHeadersMiddleware(app, list(networks)) if networks else app  # type: ignore[arg-type, assignment]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on one request."""
        if scope["type"] == "http":
            scope[_PEER] = scope["client"][0] if scope.get("client") else ""
        await self._told(scope, receive, send)


def peer_of(asking: HTTPConnection) -> str:
    """The network address at the other end of the connection: of the web server in front, where there is one."""
    found: str = asking.scope.get(_PEER, "")
    return found


def sender_of(asking: HTTPConnection) -> str:
    """The network address that a request comes from."""
    return asking.client.host if asking.client else ""
