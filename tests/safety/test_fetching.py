"""A server that means ill, asked over real sockets: what it sends is bounded, and where it leads is checked."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
import zstandard

from pledgebook.core.problem import Problem
from pledgebook.sources.received import Received
from pledgebook.sources.web import Web, addresses_of, is_public

PUBLIC = "93.184.215.14"
BOMB = b"\0" * 40_000_000


class _ToLoopback(httpx.HTTPTransport):
    """Stands in for the public internet: what was checked as PUBLIC lies on this machine."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert request.url.host == PUBLIC
        request.url = request.url.copy_with(host="127.0.0.1", port=self._port, scheme="http")
        return super().handle_request(request)


class _Hostile(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        bodies = {"gzip": gzip.compress(BOMB), "zstd": zstandard.compress(BOMB), "br": b"x"}
        coding = self.path[1:]
        with suppress(OSError):
            if coding in bodies:
                self.send_response(200)
                self.send_header("content-encoding", coding)
                self.end_headers()
                self.wfile.write(bodies[coding])
            elif coding == "packed":
                self.send_response(200)
                self.send_header("content-type", "text/plain")
                self.send_header("content-encoding", "gzip")
                self.end_headers()
                self.wfile.write(gzip.compress(b"We will."))
            elif coding == "headers":
                self.send_response(200)
                while True:
                    self.wfile.write(b"x-more: " + b"a" * 10_000 + b"\r\n")
            else:  # a redirect whose body does not end
                self.send_response(302)
                self.send_header("location", "http://[::ffff:127.0.0.1]/" if coding == "inwards" else "/packed")
                self.end_headers()
                while True:
                    self.wfile.write(b"a" * 100_000)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base names it
        """Nothing is printed."""


@contextmanager
def hostile() -> Iterator[Web]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Hostile)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    web = Web(_ToLoopback(server.server_port), lambda host, port: [PUBLIC] if host == "ill.example" else addresses_of(host, port))
    try:
        yield web
    finally:
        web.close()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("gzip", "decompression-bomb"),
        ("zstd", "decompression-bomb"),
        ("br", "unreachable"),
        ("headers", "unreachable"),
        ("inwards", "address-refused"),
    ],
)
def test_what_a_server_sends_is_bounded(path: str, rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledgebook.sources.compression.FREE", 2_000_000)
    with hostile() as web:
        found = web.fetch(f"http://ill.example/{path}")
    assert isinstance(found, Problem)
    assert found.rule == rule


def test_a_packed_page_and_a_redirect_with_a_body_without_end_are_read() -> None:
    with hostile() as web:
        found = web.fetch("http://ill.example/moved")
    assert isinstance(found, Received)
    assert (found.data, found.url) == (b"We will.", "http://ill.example/packed")


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f000001", "017700000001", "127.1", "0177.0.0.1", "0x7f.1", "0", "localhost", "[::ffff:7f00:1]", "[::1]"]
)
def test_no_way_of_writing_this_machine_reaches_it(host: str) -> None:
    web = Web()
    found = web.fetch(f"http://{host}:9/")
    web.close()
    assert isinstance(found, Problem)
    # Not "unreachable": nobody tried to connect. A host that the system cannot read as an address has none.
    assert found.rule == "address-refused" or "is not known" in found.what or "Invalid IPv4 address" in found.what


def test_a_name_that_changes_its_address_after_the_check_gains_nothing() -> None:
    turns = iter([[PUBLIC], ["127.0.0.1"]])
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(200, content=b"We will.")

    web = Web(httpx.MockTransport(answer), lambda _host, _port: next(turns))
    assert isinstance(web.fetch("http://rebinds.example/"), Received)
    assert isinstance(web.fetch("http://rebinds.example/"), Problem)
    assert asked == [PUBLIC]


@pytest.mark.parametrize("scheme", ["file", "ftp", "gopher", "data", "jar", "dict"])
def test_other_schemes_are_not_asked(scheme: str) -> None:
    web = Web()
    found = web.fetch(f"{scheme}://ministry.example/etc/passwd")
    web.close()
    assert isinstance(found, Problem)


def test_unspecified_and_shared_addresses_are_inner_ones() -> None:
    assert not any(is_public(one) for one in ("0.0.0.0", "100.64.0.1", "169.254.169.254", "::ffff:169.254.169.254", "ff02::1", "240.0.0.1"))  # noqa: S104
