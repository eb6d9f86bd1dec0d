import gzip
from collections.abc import Callable

import httpx
import pytest

from pledgebook.core.problem import Problem
from pledgebook.sources import Received, open_inputs
from pledgebook.sources.web import USER_AGENT, Web, is_public

PUBLIC = "93.184.215.14"
Handler = Callable[[httpx.Request], httpx.Response]


def fetched(address: str, handler: Handler, addresses: dict[str, list[str]] | None = None) -> Received | Problem:
    known = addresses or {}
    web = Web(httpx.MockTransport(handler), lambda host, _port: known.get(host, [PUBLIC if host[0].isalpha() else host]))
    (one,) = open_inputs([address], web=web)
    return one


def page(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, headers={"content-type": "text/html; charset=utf-8"}, content=b"<p>We will.</p>")


def test_a_page_is_fetched_with_its_type_and_address() -> None:
    one = fetched("https://ministry.example/a", page)
    assert isinstance(one, Received)
    assert (one.media, one.data, one.url) == ("text/html; charset=utf-8", b"<p>We will.</p>", "https://ministry.example/a")


def test_the_connection_goes_to_the_address_that_was_checked_under_the_name_of_the_host() -> None:
    seen: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return page(request)

    fetched("https://ministry.example/a", handler)
    assert seen[0].url.host == PUBLIC
    assert seen[0].headers["host"] == "ministry.example"
    assert seen[0].extensions["sni_hostname"] == "ministry.example"
    assert seen[0].headers["user-agent"] == USER_AGENT


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.1", "100.64.0.1", "224.0.0.1", "255.255.255.255",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_an_inner_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_an_outer_address_is_public(address: str) -> None:
    assert is_public(address)


def refuse(_request: httpx.Request) -> httpx.Response:
    raise AssertionError("nothing may be asked")


@pytest.mark.parametrize("address", ["http://127.0.0.1/", "http://[::1]:8080/x", "http://169.254.169.254/latest/", "http://inner.example/"])
def test_an_inner_address_is_not_asked(address: str) -> None:
    one = fetched(address, refuse, {"inner.example": ["10.0.0.5"], "127.0.0.1": ["127.0.0.1"], "::1": ["::1"]})
    assert isinstance(one, Problem)
    assert one.rule == "address-refused"


def test_a_host_with_one_inner_address_among_its_own_is_not_asked() -> None:
    one = fetched("http://mixed.example/", refuse, {"mixed.example": [PUBLIC, "127.0.0.1"]})
    assert isinstance(one, Problem)
    assert one.rule == "address-refused"


@pytest.mark.parametrize("target", ["http://127.0.0.1/", "http://inner.example/", "file:///etc/passwd", "ftp://ministry.example/"])
def test_a_redirect_to_an_inner_address_is_not_followed(target: str) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        assert request.url.host == PUBLIC
        return httpx.Response(302, headers={"location": target})

    one = fetched("https://ministry.example/a", handler, {"inner.example": ["192.168.1.1"]})
    assert isinstance(one, Problem)
    assert one.rule in {"address-refused", "unreachable"}


def test_a_redirect_is_followed_and_the_last_address_kept() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        return page(request) if request.url.path == "/b" else httpx.Response(301, headers={"location": "/b"})

    one = fetched("https://ministry.example/a", handler)
    assert isinstance(one, Received)
    assert one.url == "https://ministry.example/b"


def test_redirects_without_end_are_a_problem() -> None:
    one = fetched("https://ministry.example/a", lambda _: httpx.Response(302, headers={"location": "/a"}))
    assert isinstance(one, Problem)
    assert one.rule == "unreachable"


@pytest.mark.parametrize("status", [403, 404, 500])
def test_an_error_of_the_server_is_a_problem_that_says_so(status: int) -> None:
    one = fetched("https://ministry.example/a", lambda _: httpx.Response(status))
    assert isinstance(one, Problem)
    assert str(status) in one.what


def test_a_page_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledgebook.sources.web.LONGEST", 1000)
    one = fetched("https://ministry.example/a", lambda _: httpx.Response(200, content=b"a" * 5000))
    assert isinstance(one, Problem)
    assert one.rule == "too-long"


def fail(_request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("slow")


@pytest.mark.parametrize(
    "address", ["https://ministry.example/a", "http://", "http://[", "https://exa mple/", "http://a..b/", "http://ex.example:99999/"]
)
def test_what_cannot_be_reached_is_a_problem(address: str) -> None:
    one = fetched(address, fail)
    assert isinstance(one, Problem)
    assert one.severity == "error"


def test_an_unknown_host_is_a_problem() -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    (one,) = open_inputs(["https://nowhere.example/"], web=Web(httpx.MockTransport(page), resolve))
    assert isinstance(one, Problem)
    assert one.rule == "unreachable"


def test_a_password_in_an_address_is_not_shown() -> None:
    one = fetched("https://user:secret@ministry.example/a", page)
    assert isinstance(one, Received)
    assert "secret" not in f"{one.name} {one.url}"


def test_a_compressed_file_is_unpacked() -> None:
    one = fetched("https://ministry.example/a.txt.gz", lambda _: httpx.Response(200, content=gzip.compress(b"We will.")))
    assert isinstance(one, Received)
    assert one.data == b"We will."


def test_json_lines_can_be_read_after_the_connection_is_gone() -> None:
    one = fetched("https://ministry.example/a.jsonl", lambda _: httpx.Response(200, content=b'{"text": "a"}\n{"text": "b"}\n'))
    assert isinstance(one, Received)
    assert one.lines is not None
    assert list(one.lines) == [b'{"text": "a"}', b'{"text": "b"}']
