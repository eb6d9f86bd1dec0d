from pathlib import Path

import httpx
import pytest

from pledgebook.core.problem import Problem
from pledgebook.sources import Received, open_inputs
from pledgebook.sources.feeds import is_feed
from pledgebook.sources.web import Web

LONG = "<p>" + "The Ministry of Water will dig wells. " * 60 + "</p>"
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Ministry of Water</title>
<item><title>Two hundred wells</title><link>https://ministry.example/1</link><pubDate>Mon, 30 Sep 2024 10:00:00 +0300</pubDate>
<description>Short.</description><content:encoded><![CDATA[{LONG}]]></content:encoded></item>
<item><title>A teaser</title><link>https://ministry.example/2</link><description>More on the page.</description></item>
<item><title>Nothing</title></item>
</channel></rss>""".encode()
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Office of Wells</title>
<entry><title>A pledge</title><id>x</id><link href="https://wells.example/a"/><published>2024-09-30T10:00:00Z</published>
<author><name>A. Clerk</name></author><content type="text">We will dig 5 &lt; 6 wells.

And more.</content></entry></feed>"""


def test_each_entry_of_a_feed_file_is_an_input_and_no_socket_is_opened(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(RSS)
    full, teaser, nothing = open_inputs([str(tmp_path / "feed.xml")])
    assert isinstance(full, Received)
    assert (full.title, full.url, full.outlet) == ("Two hundred wells", "https://ministry.example/1", "Ministry of Water")
    assert full.published == "Mon, 30 Sep 2024 10:00:00 +0300"
    assert b"dig wells" in full.data
    assert b"Short." not in full.data
    assert isinstance(teaser, Received)
    assert b"More on the page." in teaser.data
    assert isinstance(nothing, Problem)
    assert nothing.rule == "empty"


def test_an_atom_entry_keeps_its_author_date_and_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_bytes(ATOM)
    (one,) = open_inputs([str(tmp_path / "a.atom")])
    assert isinstance(one, Received)
    assert (one.author, one.published, one.outlet) == ("A. Clerk", "2024-09-30T10:00:00Z", "Office of Wells")
    assert b"5 &lt; 6 wells.</p><p>And more." in one.data


def serve(request: httpx.Request) -> httpx.Response:
    if request.url.path == "/feed":
        return httpx.Response(200, content=RSS, headers={"content-type": "application/rss+xml"})
    if request.url.path == "/2":
        return httpx.Response(200, content=b"<html><p>The whole page.</p></html>", headers={"content-type": "text/html"})
    return httpx.Response(404)


def test_a_teaser_in_a_feed_from_the_web_is_replaced_by_its_page() -> None:
    web = Web(httpx.MockTransport(serve), lambda _host, _port: ["93.184.215.14"])
    full, teaser, _nothing = open_inputs(["https://ministry.example/feed"], web=web)
    assert isinstance(full, Received)
    assert b"dig wells" in full.data
    assert isinstance(teaser, Received)
    assert (teaser.title, teaser.data) == ("A teaser", b"<html><p>The whole page.</p></html>")


def test_a_page_that_is_gone_is_a_problem_and_the_teaser_is_still_read() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        return serve(request) if request.url.path == "/feed" else httpx.Response(404)

    web = Web(httpx.MockTransport(handler), lambda _host, _port: ["93.184.215.14"])
    found = list(open_inputs(["https://ministry.example/feed"], web=web))
    assert [one.rule if isinstance(one, Problem) else one.title for one in found] == [
        "Two hundred wells",
        "unreachable",
        "A teaser",
        "empty",
    ]


def test_a_link_of_a_feed_into_the_machine_is_refused() -> None:
    inner = RSS.replace(b"https://ministry.example/2", b"http://127.0.0.1:9/")
    web = Web(
        httpx.MockTransport(lambda _: httpx.Response(200, content=inner)), lambda host, _port: [host if host[0] == "1" else "93.184.215.14"]
    )
    found = list(open_inputs(["https://ministry.example/feed"], web=web))
    assert "address-refused" in [one.rule for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (RSS, True), (ATOM, True), (b"\xef\xbb\xbf" + ATOM, True), (RSS.decode().encode("utf-16"), True), (b"<html><rss></html>", False),
        (b"The <rss> element", False), (b"", False), (b"<rdf:RDF xmlns='x'>", True), (b"<iati-activities>", False),
    ],
)  # fmt: skip
def test_a_feed_is_known_by_its_root(data: bytes, expected: bool) -> None:
    assert is_feed(data) is expected


@pytest.mark.parametrize("data", [b"<rss", b"<rss><channel></channel></rss>", b"<feed>" + b"\xff" * 100, b"<rss>" + b"<a>" * 5000])
def test_a_broken_or_empty_feed_is_a_problem(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.rss").write_bytes(data + b" ")
    (one,) = open_inputs([str(tmp_path / "a.rss")])
    assert isinstance(one, Problem)
    assert one.rule == "empty-feed"
