"""Every page of the site, found by following its links."""

import re
from collections.abc import Iterator

import html5lib
import pytest
from lxml import etree
from starlette.testclient import TestClient
from tests.web.conftest import HOSTILE

from pledgebook.book.opening import Book
from pledgebook.web.app import create_app
from pledgebook.web.guard import HEADERS
from pledgebook.web.web_settings import WebSettings

#: Attributes by which a browser loads something without being asked.
_LOADS = ("//*[@src]/@src", "//link/@href", "//object/@data", "//*[@srcset]/@srcset", "//form/@action", "//*[@poster]/@poster")
#: Bytes of the first view of a page.
_LARGEST = 100_000


def walk(client: TestClient, most: int = 150) -> Iterator[tuple[str, str]]:
    """Address and HTML of every page that can be reached from the first by links; every link must lead somewhere."""
    waiting, seen = ["/"], {"/"}
    while waiting and most:
        address = waiting.pop(0)
        answer = client.get(address)
        assert answer.status_code < 400, (address, answer.status_code)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, address
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        most -= 1
        yield address, answer.text
        for link in re.findall(r'<a [^>]*?href="([^"#]*)', answer.text):
            plain = link.replace("&amp;", "&").removeprefix("http://testserver")
            if plain.startswith("/") and plain not in seen and "order=" not in plain and plain.count("=") < 2:
                seen.add(plain)
                waiting.append(plain)


def tree_of(page: str) -> etree._Element:
    """The page, parsed by the rules of HTML; a parse error is raised."""
    parser = html5lib.HTMLParser(strict=True, tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    return parser.parse(page).getroot()


def check(address: str, page: str) -> None:
    """What holds for every page."""
    tree = tree_of(page)
    for query in _LOADS:
        for value in tree.xpath(query):
            assert value.startswith(("/", "http://testserver/")) or value == "", (address, value)
    assert not tree.xpath("//script[not(@src)] | //style | //@style | //iframe"), address
    assert not [name for name in tree.xpath("//@*") if name.attrname.startswith("on")], address
    assert not [link for link in tree.xpath("//a/@href") if re.match(r"\s*(javascript|data|vbscript):", link, re.IGNORECASE)], address
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids)), (address, [one for one in ids if ids.count(one) > 1])
    assert len(tree.xpath("//h1")) == 1, address
    assert tree.xpath("string(//title)").strip(), address
    assert len(page.encode()) < _LARGEST, address
    for image in tree.xpath("//img"):
        assert image.get("alt"), address


def test_every_page_is_valid_loads_nothing_from_elsewhere_and_has_working_links(client: TestClient) -> None:
    pages = dict(walk(client))
    for address, page in pages.items():
        check(address, page)
    kinds = {address.split("/")[1].split("?")[0] for address in pages}
    assert {"", "p", "promises", "actors", "countries", "sectors", "years", "plans", "campaigns", "documents", "methods", "data"} <= kinds


def test_hostile_documents_stay_text(made_book: tuple[Book, WebSettings]) -> None:
    _, settings = made_book
    with TestClient(create_app(settings), follow_redirects=False) as client:
        pages = dict(walk(client))
        search = client.get("/promises", params={"q": HOSTILE, "actor": HOSTILE, "order": "due"})
        pages["search"] = search.text
    shown = 0
    for address, page in pages.items():
        check(address, page)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "\u202e" not in page
        shown += "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert shown > 5
    assert any('dir="auto"' in page and "سوف" in page for page in pages.values())


@pytest.mark.parametrize(
    "path", ["/p/none", "/p/..%2f..%2fetc", "/documents/%00", "/actors/x", "/static/../site.py", "/releases/x/p/y", "/nothing"]
)
def test_what_is_not_there_is_told_plainly(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    check(path, answer.text) if "html" in answer.headers["content-type"] else None
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/p/x?as-of=soon", "/promises?page=0", "/promises?page=99999999999", "/promises?order=up"])
def test_what_cannot_be_understood_is_told_plainly(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 400


def test_a_long_address_is_refused(client: TestClient) -> None:
    assert client.get("/promises", params={"q": "x" * 3000}).status_code == 414


@pytest.mark.parametrize("host", ["evil.example", "[", "", ":8000"])
def test_another_host_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


def test_nothing_is_written_by_reading_addresses(client: TestClient) -> None:
    assert client.post("/promises").status_code == 405
    assert client.delete("/p/x").status_code == 405
