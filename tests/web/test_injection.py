"""Words of SQL, of full-text search and of patterns, and what no database can hold: wherever something can be asked for, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from tests.support.made import RECORDED
from tests.web.bench.conftest import first, ids, second
from tests.web.bench.person import Person
from tests.web.conftest import settings_of

from pledgebook.book.adding import add
from pledgebook.book.checking import verify
from pledgebook.book.opening import init_book
from pledgebook.web.app import create_app

WORDS = (
    '"',
    "' UNION SELECT name, role, password FROM people_account --",
    "'; DROP TABLE log; --",
    "wel*",
    "{quote actor}: wells",
    "NEAR(wells Chad, 2) AND",
    "(((",
    "%",
    "\\",
    ":name $1 ?",
    "%(x)s",
    "wells\0",
    "\u202e\ufeff\U0001f600",
    "[a-z",
    "a " * 150,
    "9" * 100,
)
#: Bytes that are no UTF-8, half of a character among them; they go into addresses as they are.
BYTES = ("%ff", "%ed%a0%80", "%00")
QUERIES = (
    "/promises?q={words}&actor={words}&country={words}&outlet={words}",
    "/promises?order={words}",
    "/promises?page={words}",
    "/api/v1/promises?q={words}&verdict={words}&sector={words}",
    "/api/v1/promises?after={words}",
    "/api/v1/promises?limit={words}",
    "/api/v1/promises?as-of={words}",
    "/by/actor?page={words}",
    "/feed.atom?since={words}",
)
PATHS = (
    "/p/{words}",
    "/p/{words}.json",
    "/p/{words}/changes?since={words}",
    "/documents/{words}",
    "/documents/{words}/against/{words}",
    "/actors/{words}",
    "/countries/{words}",
    "/outlets/{words}",
    "/plans/{words}",
    "/campaigns/{words}",
    "/instruments/{words}",
    "/releases/{words}/p/{words}",
    "/by/{words}",
    "/exports/book.{words}",
    "/static/{words}",
    "/api/v1/promises/{words}",
    "/api/v1/evidence?promise={words}",
    "/api/v1/claims?promise={words}&after={words}",
    "/api/v1/documents?after={words}",
    "/api/v1/changes?after={words}&since={words}",
    "/bench?actor={words}&document={words}&outlet={words}&kind={words}&field={words}&state={words}&order={words}&of={words}",
    "/bench/c/{words}",
    "/bench/d/{words}",
    "/bench/documents?after={words}&q={words}",
    "/bench/links/{words}",
    "/bench/links?after={words}",
    "/bench/coding/{words}",
    "/bench/coding/{words}/{words}",
    "/bench/coding/{words}/{words}/settle",
    "/bench/coding/{words}/export/{words}",
    "/bench/inbox?after={words}",
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ada(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    """Somebody at the bench of a book of two documents."""
    folder = tmp_path_factory.mktemp("injection") / "book"
    address = str(folder) if request.param == "sqlite" else request.getfixturevalue("postgres_server").new_database()
    settings = settings_of(folder, address, mode="bench")
    with init_book(settings.place, "injection", author="test", recorded=RECORDED) as book:
        add(book, [first(), second()], extractor="made", author="test", recorded=RECORDED)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield Person(client, "Ada")


def told(ada: Person, address: str) -> None:
    """That an address is answered, or refused plainly: never by a fault of the program or of the database."""
    ada.client.cookies.update(ada.cookies)
    answer = ada.client.get(address)
    ada.client.cookies.clear()
    assert answer.status_code in {200, 303, 307, 400, 404, 409, 414, 422}, (address, answer.status_code)
    for sign in ("Traceback", "sqlite3", "psycopg", "syntax error", "cannot be read as a book"):
        assert sign not in answer.text, (address, sign)


def found(ada: Person, words: str) -> int:
    """How many promises are found by words."""
    answer = ada.client.get("/api/v1/promises", params={"q": words})
    return len(answer.json()["rows"])


def test_whatever_is_asked_for_is_words(ada: Person) -> None:
    asked = [*map(quote, WORDS), *BYTES]
    # What is found by ids is asked of the database; lists are made in SQLite, whatever the book is kept in.
    for words in asked:
        for path in PATHS if ada.client.app.state.site.book.engine.dialect.name == "postgresql" else QUERIES:  # type: ignore[attr-defined] # ours
            told(ada, path.format(words=words))
    for words in asked[::3]:
        for path in (*PATHS, *QUERIES):
            told(ada, path.format(words=words))


def test_forms_hold_words_too(ada: Person) -> None:
    record = ids(first())[0]
    for words in WORDS[::3]:
        page = ada.get(f"/bench/c/{record}")
        token = page.tree.xpath("//input[@name='token']/@value")[0]
        for fields in (
            {"do": "note", "comment": words},
            {"do": words},
            {"do": "accept", "version": words},
            {"do": "save", "f-actors": words},
        ):
            answer = ada.post(f"/bench/c/{record}", [("token", token), *fields.items()])
            assert answer.status in {200, 303, 400, 409, 422}, (fields, answer.status)
        assert ada.post("/bench/links/" + quote(words, safe=""), [("token", token), ("do", "link")]).status in {
            200,
            400,
            404,
            405,
            409,
            422,
        }
    assert list(verify(ada.client.app.state.site.book)) == []  # type: ignore[attr-defined] # an application of ours


def test_no_word_of_a_search_is_an_operator(ada: Person) -> None:
    assert (found(ada, "wells"), found(ada, "cranes")) == (1, 1)
    assert found(ada, "") == 3
    for words in (
        "wells OR cranes",
        "NOT wells",
        "NEAR(wells Chad)",
        "words:wells",
        "' OR '1'='1",
        "wells NOT zebra",
        "w*lls",
        "w_lls",
        "we%ls",
    ):
        assert found(ada, words) == 0, words
    for words in ('"wells"', "wel*", "-wells", "wells'", '"dig 40 wells', "(wells)"):
        assert found(ada, words) == 1, words
