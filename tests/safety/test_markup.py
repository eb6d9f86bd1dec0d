"""Words that would be scripts and formulas: in documents, names, comments and forms; on pages, in files that are given on, in the copy and its search.

What would be run sets `window.pwned`; a real browser opens pages and tells whether anything did.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import icalendar
import msgspec
import pytest
from starlette.testclient import TestClient
from tests.support.made import RECORDED, commitment, document
from tests.web.bench.person import Person
from tests.web.conftest import settings_of
from tests.web.serving import served
from tests.web.test_pages import check, tree_of, walk

from pledgebook.book.adding import add
from pledgebook.book.database import reading
from pledgebook.book.deciding import Request, decide
from pledgebook.book.opening import init_book, open_book
from pledgebook.book.place import place_of
from pledgebook.book.snapshots import snapshot
from pledgebook.core.commitment import Purpose
from pledgebook.core.problem import Problem
from pledgebook.core.reading import Reading
from pledgebook.views.book.codebook import codebook
from pledgebook.views.book.export import export
from pledgebook.views.book.options import ExportOptions
from pledgebook.views.html import html_page
from pledgebook.web.app import create_app, page_routes
from pledgebook.web.inbox import Inbox, Submission
from pledgebook.web.opened import opened_site
from pledgebook.web.static_copy import write_copy

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RUNS = "<script>window.pwned=1</script><img src=x onerror='window.pwned=2'><svg onload=window.pwned=3>"
#: It ends what it may stand in: a title, an attribute, a data block, a script's string, a comment, CDATA, a template.
MARKUP = f"</title></textarea></script>\"'>--> ]]> `${{window.pwned=4}}` {{{{7*7}}}} {RUNS}"
LINK = "javascript:window.pwned=5"
FORMULA = "=HYPERLINK(\"http://elsewhere.example/\");=1+1\n-2+3+cmd|' /C calc'!A0\t@SUM(1)"
#: Harmless where a CSV is read as it is written; elsewhere a cell begins after the semicolon and the line end.
LATE = "We say;=1+1;\n=2+2"
QUOTE = f"We will give $5 to {MARKUP} by 2030."
SAID = commitment(
    QUOTE,
    f"give $5 to {MARKUP}",
    actors=[f"Actor {MARKUP}", FORMULA],
    speaker=f"Speaker {MARKUP}",
    occasion=FORMULA,
    purposes=[Purpose(text=MARKUP, code=None)],
    amounts=[{"text": MARKUP, "value": "5", "unit": FORMULA[:30], "qualifier": "exact"}],
    deadline="../2030",
    deadline_role="due",
    countries=["IQ"],
)
DONE: dict[str, object] = {"quote": f"They gave $5 to {MARKUP}.", "action": "gave $5", "speaker": MARKUP, "countries": ["IQ"]}
HOSTILE = document(
    SAID, claims=(DONE,), title=f"Title {MARKUP}", outlet=f"Outlet {MARKUP}", url=LINK, author=MARKUP, published="2025-03-01"
)
LATER = document(SAID, title=FORMULA, outlet=FORMULA, url='https://example.org/"><script>window.pwned=6</script>', published="2025-04-01")
RECORD = HOSTILE.reading.commitments[0].id


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of such documents, with decisions, disputes and what readers sent."""
    path = tmp_path_factory.mktemp("markup") / "book"
    with init_book(place_of(str(path), str(path)), f"Book {MARKUP}", author=MARKUP, recorded=RECORDED) as book:
        add(book, [HOSTILE, LATER], extractor="made", author=MARKUP, recorded=RECORDED)
        requests = [
            Request(kind="accept", target=RECORD, comment=MARKUP),
            Request(kind="note", target=RECORD, comment=FORMULA),
            Request(kind="dispute", target=f"p-{RECORD}", who=MARKUP, text=MARKUP, link="https://example.org/'onmouseover='window.pwned=7"),
            Request(kind="dispute", target=f"p-{RECORD}", who=FORMULA, text=LATE),
            Request(kind="correct", target=RECORD, field="speaker", value=json.dumps(f"=1+1 {MARKUP}"), comment=MARKUP),
        ]
        decided = decide(book, requests, author=f"Eve {MARKUP}"[:80], recorded=RECORDED)
        assert decided.problems == ()
    for text in (MARKUP, FORMULA):
        Inbox(path).put(
            Submission(promise=f"p-{RECORD}", kind="other", text=text, who=text, contact=text, link="https://example.org/?<script>")
        )
    return path


@pytest.fixture(scope="module")
def exported(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every export of it."""
    to = tmp_path_factory.mktemp("exports")
    with open_book(place_of(str(folder), str(folder))) as book, reading(book.engine) as connection:
        whole = snapshot(book, connection, settings_of(folder).as_of or msgspec.UNSET, "made")  # type: ignore[arg-type] # it is a day
    options = ExportOptions(may_show_text=lambda _: True)
    for suffix in ("xlsx", "jsonld", "jsonl", "atom", "ics", "sqlite"):
        assert export(whole, to / f"book.{suffix}", options) == ()
    for table in codebook():
        if table != "amounts":
            assert export(whole, to / f"{table}.csv", ExportOptions(table=table)) == ()
    return to


@pytest.fixture(scope="module")
def copy(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book as plain files."""
    to = tmp_path_factory.mktemp("copy") / "site"
    with opened_site(settings_of(folder, base_url="https://book.example")) as site:
        write_copy(site, page_routes(), to)
    return to


def read_page() -> str:
    """What `read --format html` writes of such a document."""
    found = HOSTILE.reading
    problem = Problem(severity="error", rule="made", where=MARKUP, what=MARKUP, todo=MARKUP)
    told = Reading(document=found.document, commitments=found.commitments, claims=found.claims, problems=(problem,))
    return b"".join(html_page([told], explain=True)).decode()


def test_pages_show_it_as_words(folder: Path) -> None:
    with TestClient(create_app(settings_of(folder, mode="bench")), follow_redirects=False) as client:
        pages = dict(walk(client, most=40))
        eve = Person(client, f"Eve {MARKUP}"[:80])
        for path in ("/bench?of=any&state=", f"/bench/c/{RECORD}", "/bench/inbox", "/bench/documents", f"/bench/links/p-{RECORD}"):
            pages[path] = eve.get(path).text
        asked = {"q": MARKUP, "actor": MARKUP}
        pages["search"] = client.get("/promises", params=asked).text
        pages["form"] = client.post(
            f"/p/p-{RECORD}/correct", data={"kind": "", "text": MARKUP, "link": LINK, "who": MARKUP, "contact": MARKUP}
        ).text
    shown = 0
    for address, page in pages.items():
        assert "<script>window" not in page, address
        assert "<img src=x" not in page, address
        if not address.startswith("/bench"):
            check(address, page)
        shown += "&lt;script&gt;window.pwned=1" in page
    assert shown > 10


def test_the_page_of_a_reading_holds_one_block_of_data_and_no_script() -> None:
    page = read_page()
    assert re.findall(r"<script[^>]*>", page) == ['<script type="application/ld+json">']
    assert not re.search(r"<(img|svg|iframe|object|base|form)\b", page)
    assert "javascript:" not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL).partition("<body>")[0]
    assert not re.findall(r'href="(?!#)', page)
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert MARKUP in json.dumps(json.loads(data), ensure_ascii=False).replace('\\"', '"')


def test_the_copy_shows_it_as_words_and_its_index_is_data(copy: Path) -> None:
    pages = sorted(copy.rglob("*.html"))
    assert len(pages) > 5
    for path in pages:
        tree = tree_of(path.read_text(encoding="utf-8"))
        assert not tree.xpath("//script[not(@src)] | //style | //@style | //iframe | //@*[starts-with(name(), 'on')]"), path
        assert not [
            one for one in tree.xpath("//@href | //@src | //@action") if re.match(r"\s*(javascript|data|vbscript):", one, re.IGNORECASE)
        ]
    told = (copy / "search-index.js").read_text(encoding="utf-8")
    assert told.startswith("globalThis.pledgebookIndex = ")
    rows = json.loads(told.removeprefix("globalThis.pledgebookIndex = ").rstrip().removesuffix(";"))
    assert any("window.pwned" in str(row) for row in rows)
    for drawn in copy.rglob("*.svg"):
        for one in ET.fromstring(drawn.read_bytes()).iter():  # noqa: S314 - made by this program
            assert one.tag.rpartition("}")[2] not in {"script", "foreignObject", "image", "a"}, drawn
            assert not [name for name in one.attrib if name.lower().startswith("on") or name.endswith("href")], drawn


def test_a_feed_holds_text_and_addresses_of_the_web(exported: Path, folder: Path) -> None:
    with TestClient(create_app(settings_of(folder))) as client:
        live = client.get("/feed.atom").content
    for data in (live, (exported / "book.atom").read_bytes()):
        feed = ET.fromstring(data)  # noqa: S314 - made by this program
        atom = "{http://www.w3.org/2005/Atom}"
        assert feed.findall(f"{atom}entry")
        assert {one.get("type", "text") for name in ("title", "content", "summary") for one in feed.iter(f"{atom}{name}")} == {"text"}
        assert all(str(one.get("href")).startswith(("https://", "http://")) for one in feed.iter(f"{atom}link"))
        assert any("window.pwned=1" in (one.text or "") for one in feed.iter(f"{atom}title"))


def test_a_calendar_holds_addresses_of_the_web(exported: Path) -> None:
    calendar = icalendar.Calendar.from_ical((exported / "book.ics").read_bytes())
    events = calendar.walk("VEVENT")
    assert events
    assert all(str(one.get("url", "https://")).startswith("https://") for one in events)
    assert len(calendar.walk()) == 1 + len(events)


def test_a_workbook_holds_texts_and_no_formula_and_no_link(exported: Path) -> None:
    with zipfile.ZipFile(exported / "book.xlsx") as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) > 5
        for name in sheets:
            text = parts.read(name).decode()
            assert not re.search(r"<f\b|<hyperlink|t=\"(str|e)\"", text), name
        assert [name for name in parts.namelist() if "external" in name.lower() or name.startswith("xl/worksheets/_rels")] == []
        read = [ET.fromstring(parts.read(name)) for name in parts.namelist() if name in sheets or name.endswith("sharedStrings.xml")]  # noqa: S314 - ours
    texts = [one.text or "" for tree in read for one in tree.iter() if one.tag.endswith("}t")]
    assert any("HYPERLINK" in one for one in texts)
    assert [one for one in texts if one.startswith(("=", "+", "-", "@", "\t"))] == []


def test_no_cell_of_a_csv_is_a_formula_wherever_a_program_takes_it_apart(exported: Path) -> None:
    files = [path for path in sorted(exported.glob("*.csv")) if not path.name.endswith(".codebook.csv")]
    assert len(files) > 8
    hostile = 0
    for path in files:
        text = path.read_text(encoding="utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline="")):
            for cell in row:
                number = re.fullmatch(r"-?\d+(\.\d+)?", cell)
                assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (path.name, cell[:80])
                hostile += "HYPERLINK" in cell
        for between in (";", "\t"):
            cells = (cell for line in text.splitlines() for cell in line.split(between))
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))], (path.name, between)
    assert hostile > 3


def test_data_is_unchanged_where_programs_read_it(exported: Path) -> None:
    lines = [json.loads(line) for line in (exported / "book.jsonl").read_text(encoding="utf-8").splitlines()]
    assert FORMULA in lines[0]["promise"]["mentions"][0]["commitment"]["actors"]
    graph = json.loads((exported / "book.jsonld").read_bytes())
    assert FORMULA in json.dumps(graph, ensure_ascii=False).encode().decode("unicode_escape") or "HYPERLINK" in json.dumps(graph)


@pytest.fixture
def opened(browser: "Browser") -> Iterator[Callable[[str], "Page"]]:
    """Opens an address in a real browser."""
    window = browser.new_context()

    def page_at(address: str) -> "Page":
        page = window.new_page()
        page.on("dialog", lambda asked: asked.dismiss())
        page.goto(address)
        return page

    yield page_at
    window.close()


def pwned(page: "Page") -> object:
    page.wait_for_timeout(100)
    return page.evaluate("window.pwned ?? null")


def test_the_copy_has_a_policy_of_its_own(opened: Callable[[str], "Page"], copy: Path, tmp_path: Path) -> None:
    page = (copy / "index.html").read_text(encoding="utf-8")
    told: list[str] = []
    for name, policy in (("with", page), ("without", re.sub(r"<meta http-equiv=[^>]*>", "", page))):
        assert (policy != page) is (name == "without")
        (tmp_path / f"{name}.html").write_text(policy.replace("</main>", f"{RUNS}</main>"), encoding="utf-8")
        told.append(str(pwned(opened((tmp_path / f"{name}.html").as_uri()))))
    assert told[0] == "None"
    assert told[1] != "None", "what is tried must be able to run"


def test_a_browser_runs_nothing_of_it(opened: Callable[[str], "Page"], folder: Path, copy: Path, tmp_path: Path) -> None:
    bare, told = tmp_path / "bare.html", tmp_path / "read.html"
    bare.write_text(f"<!DOCTYPE html><title>x</title><p>{MARKUP}", encoding="utf-8")
    assert pwned(opened(bare.as_uri())) is not None, "what is tried must be able to run"
    told.write_text(read_page(), encoding="utf-8")
    assert pwned(opened(told.as_uri())) is None
    # Without its policy, too: what is escaped needs none.
    told.write_text(re.sub(r"<meta http-equiv=[^>]*>", "", read_page()), encoding="utf-8")
    assert pwned(opened(told.as_uri())) is None
    page = opened((copy / "promises" / "index.html").as_uri())
    page.locator("#find input").fill("window.pwned")
    page.locator("#find ol li").first.wait_for()
    assert pwned(page) is None
    for path in (copy / "p" / f"p-{RECORD}" / "index.html", next(copy.rglob("timeline.svg"))):
        assert pwned(opened(path.as_uri())) is None, path
    with served(folder) as address:
        for place in (f"/p/p-{RECORD}", "/promises?q=give", f"/documents/{HOSTILE.reading.document.id}", f"/p/p-{RECORD}/timeline.svg"):
            page = opened(f"{address}{place}")
            assert pwned(page) is None, place
