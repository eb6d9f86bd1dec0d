"""The page of a document: what was read in it and who says what, marked in the text or told beside its quotes."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from starlette.testclient import TestClient
from tests.support.made import RECORDED, commitment, day, document
from tests.web.conftest import settings_of
from tests.web.test_pages import check, tree_of

from pledgebook.book.adding import Addition, add
from pledgebook.book.errors import book_error
from pledgebook.book.opening import init_book
from pledgebook.book.particulars import book_id_of
from pledgebook.core.found import Statement
from pledgebook.core.identity import sha256_hex
from pledgebook.extraction.sayings import frozen_statements
from pledgebook.web import sayings, texts
from pledgebook.web.app import create_app, page_routes
from pledgebook.web.marking import Mark, pieces
from pledgebook.web.opened import opened_site
from pledgebook.web.pages.document_view import READ, SHARE, TOGETHER, parts_of
from pledgebook.web.static_copy import write_copy

SPOKEN = "We will clear the harbour of Abeche by 2030"
QUOTED = f"“{SPOKEN},” the Minister of Works said on Tuesday."
WRITTEN = "We will pave the road to Abeche by 2031."
DONE: dict[str, object] = {
    "quote": "The Minister of Health said that the wells of Abeche were finished in May.",
    "action": "wells of Abeche were finished",
}
#: A sentence that nobody promises and that stands in no statement.
PLAIN = "The lake lies a day away from there, and boats cross it twice a week."
STATE, LEDGER = "U.S. Department of State", "Brackwater Ledger"


def longer(one: Addition, more: str, **particulars: str) -> Addition:
    """The same document with more text after it."""
    text = f"{one.reading.document.text}\n{more}"
    found = msgspec.structs.replace(one.reading.document, text=text, sha256=sha256_hex(text.encode()), **particulars)
    return Addition(received=text.encode(), reading=msgspec.structs.replace(one.reading, document=found))


def documents() -> dict[str, Addition]:
    """A text that may be shown, the same in a paper that allows quotes, a speech that a line hands over, a long text, one in another language."""
    quoted, written = commitment(QUOTED, "clear the harbour of Abeche"), commitment(WRITTEN, "pave the road to Abeche")
    shown = document(quoted, claims=(DONE,), title="Harbour", published=day(0), outlet=STATE)
    paper = document(quoted, claims=(DONE,), title="In the paper", published=day(1), outlet=LEDGER)
    many = "\n".join(f"The Minister of Health said that the well with the number {number} was dug in May." for number in range(60))
    return {
        "shown": longer(shown, PLAIN),
        "paper": longer(paper, f"{many}\n{PLAIN}"),
        "speech": document(written, title="Speaking in the town hall, the Minister of Roads said:", published=day(2), outlet=STATE),
        "long": longer(
            document(quoted, title="Long", published=day(3), outlet=STATE), "\n".join([many, *([PLAIN] * 400), "At the very end."])
        ),
        "foreign": longer(document(quoted, title="Foreign", published=day(4), outlet=STATE), PLAIN, language="fr"),
    }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a book of these documents."""
    folder = tmp_path_factory.mktemp("said") / "book"
    with init_book(settings_of(folder).place, "said", author="test", recorded=RECORDED) as book:
        add(book, list(documents().values()), extractor="x", author="test", recorded=RECORDED)
    return folder


@pytest.fixture(scope="module")
def reader(folder: Path) -> Iterator[TestClient]:
    """A browser of the book."""
    with TestClient(create_app(settings_of(folder)), follow_redirects=False) as found:
        yield found


def page_of(reader: TestClient, name: str, query: str = "") -> etree._Element:
    """The page of a document, valid and light."""
    answer = reader.get(f"/documents/{documents()[name].reading.document.sha256}{query}")
    assert answer.status_code == 200
    check(name, answer.text)
    return tree_of(answer.text)


def words(tree: etree._Element, kind: str) -> str:
    """All that is marked as of a kind, without the signs between."""
    return "".join(tree.xpath(f"//div[@class='text']//*[contains(concat(' ', @class, ' '), ' {kind} ')]/text()"))


def test_a_statement_is_marked_with_its_speaker_and_cue_and_hides_no_promise(reader: TestClient) -> None:
    tree = page_of(reader, "shown")
    assert words(tree, "commitment") == QUOTED
    assert SPOKEN in words(tree, "statement")
    assert words(tree, "statement").endswith("the wells of Abeche were finished in May")
    assert words(tree, "cue") == "saidsaid"
    assert words(tree, "claim") == DONE["quote"]
    assert PLAIN not in words(tree, "statement")
    both = tree.xpath("//mark[contains(@class, 'commitment') and contains(@class, 'statement')]")
    assert both
    labels = tree.xpath("//div[@class='text']/a/@aria-label")
    assert any(one.startswith("s1: ") and "Minister of Works" in one and one.endswith("direct speech") for one in labels), labels
    assert any("Minister of Health" in one and one.endswith("reported speech") for one in labels), labels
    assert tree.xpath("//div[@class='text']/span[@class='off']/text()").count(" (end of statement 1) ") == 1


def test_every_sign_leads_to_what_it_stands_for_and_back(reader: TestClient) -> None:
    tree = page_of(reader, "shown")
    ids = set(tree.xpath("//@id"))
    signs = tree.xpath("//div[@class='text']/a[@class='number']")
    assert {one.text for one in signs} == {"s1", "s2", "¶", "†"}
    assert [one.get("href") for one in signs if one.get("href").startswith("#") and one.get("href")[1:] not in ids] == []
    back = tree.xpath("//section[@aria-labelledby='said']//li/a/@href")
    assert back == ["#t-s1", "#t-s2"]
    assert {one[1:] for one in back} <= ids


def test_a_speech_that_a_line_hands_over_holds_the_promise_in_it(reader: TestClient) -> None:
    tree = page_of(reader, "speech")
    assert words(tree, "commitment") == words(tree, "statement") == WRITTEN
    (told,) = tree.xpath("//section[@aria-labelledby='read']//li/p[@dir]/text()")
    assert told == "Said by one who is not told, the document's own words; statement 1"


def test_a_text_that_may_not_be_shown_is_not_put_together_from_quotes(reader: TestClient) -> None:
    tree = page_of(reader, "paper")
    text = documents()["paper"].reading.document.text
    shown = "".join(tree.xpath("//section[@aria-labelledby='said']//blockquote//p//text()"))
    assert not tree.xpath("//div[@class='text']")
    assert PLAIN not in etree.tostring(tree, encoding="unicode")
    assert 0 < len(shown) < (SHARE + 0.05) * len(text)
    told = " ".join("".join(one.itertext()) for one in tree.xpath("//section[@aria-labelledby='said']//li"))
    assert "Minister of Works, direct speech: “said”, its words" in told
    held = tree.xpath("//section[@aria-labelledby='said']//li/a/@href")
    assert len(held) == 2
    assert {one[1:] for one in held} == set(tree.xpath("//section[@aria-labelledby='read']//li/@id"))
    assert len(tree.xpath("//section[@aria-labelledby='said']//li")) == 30
    unquoted = [one for one in tree.xpath("//section[@aria-labelledby='said']//li") if not one.xpath(".//blockquote")]
    assert unquoted
    assert "told of without a quote" in "".join(tree.xpath("//section[@aria-labelledby='said']/p//text()"))


def test_a_long_text_is_shown_in_parts_that_are_the_whole(reader: TestClient, folder: Path, tmp_path: Path) -> None:
    text = documents()["long"].reading.document.text
    first, second, third = (page_of(reader, "long", f"?page={number}") for number in (1, 2, 3))
    assert (words(first, "commitment"), words(second, "commitment")) == (QUOTED, "")
    assert "At the very end." in "".join(third.xpath("//div[@class='text']//text()"))
    assert second.xpath("//section[@aria-labelledby='read']/p/text()") == ["Nothing here: no promise, and nothing about one."]
    assert "".join(text[slice(*one)] for one in parts_of(text)) == text
    missing = reader.get(f"/documents/{documents()['long'].reading.document.sha256}?page=4")
    assert (missing.status_code, "no such part" in missing.text) == (404, True)
    with opened_site(settings_of(folder)) as site:
        write_copy(site, page_routes(), tmp_path / "copy")
    names = [book_id_of(documents()[one].reading.document.sha256) for one in ("long", "shown")]
    assert [(tmp_path / "copy" / "documents" / one / "page-3.html").is_file() for one in names] == [True, False]


def test_where_statements_are_not_looked_for_the_page_says_so(reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "".join(page_of(reader, "foreign").xpath("//section[@aria-labelledby='said']/p/text()"))
    assert told == "Who says what is looked for in English texts only."
    monkeypatch.setattr(sayings, "LONGEST", 10)
    row = msgspec.defstruct("Row", [("language", str), ("text_sha256", str)])("en", "x")
    assert "up to 10 code points" in sayings.KeptSayings().of(row, "x" * 11).why  # type: ignore[arg-type] # as much of a row as is asked for


def test_a_text_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def looked(text: str) -> tuple[Statement, ...]:
        asked.append(text)
        return frozen_statements(text)

    monkeypatch.setattr(sayings, "frozen_statements", looked)
    kept = sayings.KeptSayings()
    row = msgspec.defstruct("Row", [("language", str), ("text_sha256", str)])("en", "x")
    assert kept.of(row, QUOTED) == kept.of(row, QUOTED)  # type: ignore[arg-type] # as much of a row as is asked for
    assert asked == [QUOTED]


RANGES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(["commitment", "claim", "statement"])), max_size=8)


@settings(max_examples=50)
@given(ranges=RANGES, edges=st.tuples(st.integers(0, 26), st.integers(0, 26)))
def test_pieces_are_the_text_and_each_character_has_the_marks_that_cover_it(
    ranges: list[tuple[int, int, str]], edges: tuple[int, int]
) -> None:
    text = "abcdefghijklmnopqrstuvwxyz"
    first, last = min(edges), max(edges)
    marks = [Mark(start=start, end=end, kind=kind) for start, end, kind in ranges]
    found = list(pieces(text, marks, first, last))
    assert "".join(one.text for one in found) == text[first:last]
    for at, kinds in ((at, one.kinds) for one in found for at in range(text.index(one.text), text.index(one.text) + len(one.text))):
        assert set(kinds) == {one.kind for one in marks if one.start <= at < one.end <= len(text)}
    inside = [one for one in marks if first < last and one.start < one.end <= len(text) and one.start < last and one.end > first]
    assert sum(len(one.begin) for one in found) == sum(len(one.end) for one in found) == len(inside)


@settings(max_examples=50)
@given(st.text(alphabet="ab \n", max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 30_000)), max_size=9))
def test_parts_are_the_text_and_none_is_long(text: str, costs: list[tuple[int, int]]) -> None:
    parts = parts_of(text, sorted(costs), 10)
    assert "".join(text[slice(*one)] for one in parts) == text
    assert max(end - start for start, end in parts) <= 10


def test_a_text_full_of_what_was_read_is_cut_into_more_parts() -> None:
    text = "Every sentence of it promises something new, and all of it is told.\n" * 400
    places = range(0, len(text), 68)
    parts = parts_of(text, [(at, READ) for at in places])
    assert max(sum(first <= at < last for at in places) for first, last in parts) == TOGETHER // READ
    assert len(parts) > len(parts_of(text)) == 2


def test_a_text_that_is_gone_is_told_and_what_was_read_in_it_stays(reader: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> str:
        raise book_error("missing-source", "x", "It is gone.", "Restore it.")

    monkeypatch.setattr(texts, "text_of", gone)
    tree = page_of(reader, "shown", "?gone=1")
    assert "pledgebook verify" in "".join(tree.xpath("//p[@class='notice']//text()"))
    assert not tree.xpath("//div[@class='text']")
    assert len(tree.xpath("//section[@aria-labelledby='read']//li")) == 2


def test_a_page_after_the_last_of_the_list_is_none(client: TestClient) -> None:
    assert "13 in all" in client.get("/documents").text
    answer = client.get("/documents?page=2")
    assert answer.status_code == 404
    assert "The list has 1 page, and no page 2." in answer.text


def test_the_second_page_of_the_list_goes_on_counting(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledgebook.web.pages.documents.ON_A_PAGE", 10)
    answer = client.get("/documents?page=2&of=ten")
    assert '<ol class="items" start="11">' in answer.text
    assert answer.text.count('<li class="item">') == 3
