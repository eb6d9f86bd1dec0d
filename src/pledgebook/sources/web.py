"""Pages and feeds over http(s): the only place that opens a socket.

An address given by a person, a feed or a redirect must not reach into the machine or its network (server-side request forgery):
each host is resolved once, every address of it must be public, and the connection goes to the very address that was checked.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator, Sequence

import httpx

from pledgebook import __version__
from pledgebook.core.problem import Problem
from pledgebook.sources.faults import Fault
from pledgebook.sources.received import Received
from pledgebook.sources.streams import LONGEST, receive

USER_AGENT = f"pledgebook/{__version__} (reads public statements; one request at a time)"
#: Seconds: to connect, between two pieces, for the whole of a page.
CONNECT, BETWEEN, WHOLE = 10.0, 30.0, 120.0
REDIRECTS = 5
#: Packings of a body that are unpacked with bounds.
_CODINGS = frozenset({"", "identity", "gzip", "x-gzip", "zstd"})

Resolve = Callable[[str, int], Sequence[str]]


class Refused(httpx.RequestError):
    """An address that must not be asked."""


class Web:
    """The public web. `transport` and `resolve` (host, port -> addresses) are there for tests."""

    def __init__(self, transport: httpx.BaseTransport | None = None, resolve: Resolve | None = None) -> None:
        guarded = _Guarded(transport or httpx.HTTPTransport(retries=1), resolve or addresses_of)
        self._client = httpx.Client(
            transport=guarded,
            follow_redirects=True,
            max_redirects=REDIRECTS,
            timeout=httpx.Timeout(BETWEEN, connect=CONNECT),
            # "identity": what is sent is what is counted, and nothing is unpacked before it was bounded.
            headers={"User-Agent": USER_AGENT, "Accept": "text/html,application/xml;q=0.9,*/*;q=0.8", "Accept-Encoding": "identity"},
        )

    def fetch(self, address: str) -> Received | Problem:
        """The page at `address`, or a Problem that says why it cannot be had."""
        name = address
        try:
            url = httpx.URL(address.strip())
            name = shown(url)
            with self._client.stream("GET", url) as response:
                if response.status_code != httpx.codes.OK:
                    return _unavailable(name, f"The server answered {response.status_code} {response.reason_phrase}.".replace(" .", "."))
                media = response.headers.get("content-type", "")
                body = b"".join(_body(response))  # whole: lines may be read after the connection is gone
            return receive(name, media, iter([body]), url=shown(response.url))
        except Fault as fault:
            return fault.problem(name)
        except Refused as error:
            todo = "Give the address of a public page, or save the page and give the file."
            return Problem(severity="error", rule="address-refused", where=name, what=str(error), todo=todo)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, UnicodeError, ValueError) as error:
            return _unavailable(name, f"The page could not be fetched: {str(error) or type(error).__name__}.".replace("..", "."))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


class _Guarded(httpx.BaseTransport):
    """Sends each request, the redirected ones too, to a checked address of its host."""

    def __init__(self, inner: httpx.BaseTransport, resolve: Resolve) -> None:
        self._inner, self._resolve = inner, resolve

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        host, scheme = request.url.host, request.url.scheme
        if scheme not in {"http", "https"} or not host:
            raise Refused(f"{shown(request.url)} is no http(s) address.", request=request)
        addresses = self._addresses(request)
        for address in addresses:
            if not is_public(address):
                raise Refused(f"{host} is at {address}, which is no public address.", request=request)
        pinned = httpx.Request(
            request.method,
            request.url.copy_with(host=addresses[0]),
            headers=request.headers,  # holds the Host the request was made with
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return _as_it_came(self._inner.handle_request(pinned))

    def _addresses(self, request: httpx.Request) -> Sequence[str]:
        host = request.url.host
        port = request.url.port or (443 if request.url.scheme == "https" else 80)
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"the host {host} is not known ({error})", request=request) from None
        if not addresses:
            raise httpx.ConnectError(f"the host {host} has no address", request=request)
        return addresses

    def close(self) -> None:
        self._inner.close()


def _as_it_came(response: httpx.Response) -> httpx.Response:
    """The answer, with a body that httpx neither unpacks nor, of a redirect, reads to its end: it would do both without bounds. Raises Fault.

    A body in gzip or zstd is unpacked later, with bounds, since its first bytes tell.
    """
    if response.has_redirect_location:
        response.close()
        return httpx.Response(response.status_code, headers={"location": response.headers["location"]})
    coding = response.headers.pop("content-encoding", "").strip().lower()
    if coding not in _CODINGS:
        response.close()
        raise Fault(
            "unreachable", f"The server sent it packed as {coding[:40]!r}, though it was asked not to.", "Save the page and give the file."
        )
    return response


def addresses_of(host: str, port: int) -> Sequence[str]:
    """The addresses the system finds for `host`; IPv4 first, since it works from everywhere."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in sorted(found, key=lambda entry: entry[0] != socket.AF_INET)]


def is_public(address: str) -> bool:
    """Whether `address` is of the public internet: not private, loopback, link-local, multicast or reserved, nor such a one in disguise."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None,))[0] or _nat64(ip)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address in one of 64:ff9b::/96 (RFC 6052)."""
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in ipaddress.IPv6Network("64:ff9b::/96") else None


def shown(url: httpx.URL) -> str:
    """`url` without the name and password it may hold."""
    return str(url.copy_with(username=None, password=None)) if url.userinfo else str(url)


def _body(response: httpx.Response) -> Iterator[bytes]:
    end, length = time.monotonic() + WHOLE, 0
    try:
        for chunk in response.iter_bytes():
            length += len(chunk)
            if length > LONGEST:
                raise Fault("too-long", f"The page is longer than {LONGEST // 1_000_000} MB.", "Save it and split it into documents.")
            if time.monotonic() > end:
                raise Fault("unreachable", f"The page took longer than {WHOLE:.0f} seconds.", "Try again later.")
            yield chunk
    except httpx.HTTPError as error:
        raise Fault("unreachable", f"The connection broke: {str(error) or type(error).__name__}.", "Try again later.") from None


def _unavailable(name: str, what: str) -> Problem:
    return Problem(severity="error", rule="unreachable", where=name, what=what, todo="Check the address, or try again later.")
