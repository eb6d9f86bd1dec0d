"""What the bench refuses: forms of other sites, nameless people, forms that are none, words that would be more than words."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.support.made import RECORDED, commitment, document
from tests.web.bench.conftest import first, ids
from tests.web.bench.person import Person, decisions, told
from tests.web.conftest import HOSTILE, hostile_documents, settings_of
from typer.testing import CliRunner

from pledgebook import web
from pledgebook.book.adding import add
from pledgebook.book.opening import init_book
from pledgebook.cli import app
from pledgebook.web.app import create_app
from pledgebook.web.forms import MOST_BYTES

WELLS, CRANES = ids(first())
PATHS = ["/bench", f"/bench/c/{WELLS}", "/bench/documents", "/bench/links", "/bench/inbox", "/bench/coding", "/bench/keys"]
FORMS = [
    f"/bench/c/{WELLS}",
    "/bench/bulk",
    "/bench/undo",
    "/bench/inbox",
    f"/bench/links/p-{WELLS}",
    f"/bench/d/{first().reading.document.id}",
]


@pytest.fixture(params=["sqlite"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestClient]:
    del request
    settings = settings_of(tmp_path / "book", mode="bench")
    with init_book(settings.place, "bench", author="test", recorded=RECORDED) as book:
        add(book, [first()], extractor="made", author="test", recorded=RECORDED)
    with TestClient(create_app(settings), follow_redirects=False) as found:
        yield found


@pytest.mark.parametrize("path", PATHS)
def test_a_name_is_asked_before_anything_is_shown(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/bench/name?to=")


@pytest.mark.parametrize("path", FORMS)
def test_without_a_name_nothing_is_decided(client: TestClient, ada: Person, path: str) -> None:
    token = ada.cookies["pledgebook_form"]
    client.cookies.update({"pledgebook_form": token})
    answer = client.post(path, data={"token": token, "do": "accept"})
    assert answer.headers["location"] == "/bench/name?to=%2Fbench"
    assert told(client) == []


@pytest.mark.parametrize("name", ["", "   ", "\u202e", "\n"])
def test_a_name_that_is_none_is_asked_again(client: TestClient, ada: Person, name: str) -> None:
    del client
    page = ada.press(ada.get("/bench/name"), "", name=name)
    assert (page.status, page.words("//*[@id='name-problem']")[:16]) in {(422, "A decision needs"), (200, "")}
    assert "\u202e" not in page.text


def test_a_name_leads_back_into_the_bench_and_nowhere_else(ada: Person) -> None:
    for to in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/p/x"):
        assert ada.press(ada.get("/bench/name"), "", name="Eve", to=to).path == "/bench"
    assert ada.press(ada.get("/bench/name"), "", name="Ada", to="/bench/documents").path == "/bench/documents"


@pytest.mark.parametrize("path", [*FORMS, "/bench/name"])
@pytest.mark.parametrize(
    "change",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"token": "0" * 32},
        {"token": ""},
        {"cookie": ""},
    ],
)
def test_a_form_of_another_site_s_page_is_refused(client: TestClient, ada: Person, path: str, change: dict[str, str]) -> None:
    token = change.get("token", ada.cookies["pledgebook_form"])
    if "cookie" in change:
        del ada.cookies["pledgebook_form"]
    headers = {name: value for name, value in change.items() if "-" in name or name == "origin"}
    page = ada.post(path, [("token", token), ("once", "1"), ("do", "accept"), ("name", "Eve")], **headers)
    assert page.status == 403
    assert told(client) == []


@pytest.mark.parametrize("path", FORMS)
def test_pages_are_not_changed_by_being_asked_for(client: TestClient, ada: Person, path: str) -> None:
    for method in ("GET", "HEAD"):
        client.cookies.update(ada.cookies)
        client.request(method, f"{path}?do=accept&token={ada.cookies['pledgebook_form']}")
    assert told(client) == []


def test_forms_that_are_none_are_refused(client: TestClient, ada: Person) -> None:
    path = f"/bench/c/{WELLS}"
    token = ("token", ada.cookies["pledgebook_form"])
    assert ada.post(path, [token, ("do", "fly")]).status == 400
    assert ada.post(path, [token]).status == 400
    assert ada.post(path, [token, ("comment", "x" * MOST_BYTES)]).status == 413
    assert ada.post(path, [token, *((f"f-{n}", "x") for n in range(700))]).status == 400
    assert ada.post(path, [token], **{"content-type": "multipart/form-data; boundary=x"}).status == 415
    assert ada.post(path, [token], **{"content-type": "application/json"}).status == 415
    assert ada.post("/bench/c/0000000000000000", [token, ("do", "accept")]).status == 404
    assert ada.post("/bench/c/..%2F..%2Fetc", [token, ("do", "accept")]).status == 404
    assert ada.post("/bench/bulk", [token, ("do", "note")]).status == 400
    assert ada.post("/bench/undo", [token]).status == 409
    assert told(client) == []


@pytest.mark.parametrize("version", ["", "-1", "x", "0", "9" * 30])
def test_a_version_that_is_none_counts_as_none(client: TestClient, ada: Person, version: str) -> None:
    ada.press(ada.get(f"/bench/c/{WELLS}"), "reject")
    page = ada.press(ada.get(f"/bench/c/{WELLS}"), "accept", version=version)
    assert page.status == 409
    assert told(client) == ["Ada reject"]


def test_what_no_text_can_hold_is_replaced(client: TestClient, ada: Person) -> None:
    token = ("token", ada.cookies["pledgebook_form"])
    page = ada.post(f"/bench/c/{WELLS}", [token, ("do", "note"), ("comment", "a\0b\r\nc\ud83d".encode("utf-8", "replace").decode())])
    assert page.status == 200
    assert decisions(client)[0].comment == "a\ufffdb\nc?"


def test_every_answer_keeps_to_itself(client: TestClient, ada: Person) -> None:
    client.cookies.update(ada.cookies)
    for path in PATHS:
        answer = client.get(path)
        assert answer.headers["cache-control"] == "no-store"
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "<script>" not in answer.text
        assert " style=" not in answer.text
        assert " onclick" not in answer.text
    cookies = client.get("/bench/name").headers.get_list("set-cookie")
    assert cookies == []
    assert TestClient(client.app).get("/bench/name").headers["set-cookie"].endswith("HttpOnly; Max-Age=15552000; Path=/; SameSite=strict")


def test_words_of_documents_and_people_stay_words(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "book", mode="bench")
    with init_book(settings.place, f"Book {HOSTILE}", author="test", recorded=RECORDED) as book:
        add(book, hostile_documents(), extractor="made", author="test", recorded=RECORDED)
        long = document(commitment("Freedonia will sing.", "sing"), title="x " * 60_000)
        add(book, [long], extractor="made", author="test", recorded=RECORDED)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        eve = Person(client, f"Eve {HOSTILE}"[:60])
        paths = [
            "/bench?of=any&state=",
            "/bench/documents",
            *(f"/bench/c/{one.id}" for made in hostile_documents() for one in made.reading.commitments),
        ]
        for path in paths:
            page = eve.get(path)
            assert page.status == 200
            assert page.tree.xpath("//script[not(@src)]|//img|//*[@onerror]") == []
            assert "\u202e" not in page.text
        one = hostile_documents()[0].reading.commitments[0]
        page = eve.press(eve.get(f"/bench/c/{one.id}"), "save", comment=HOSTILE, f_actors=f"{HOSTILE}; Iraq")
        page = eve.get(f"/bench/c/{one.id}")
        assert page.tree.xpath("//script[not(@src)]|//img|//*[@onerror]") == []
        page = eve.get(f"/bench/c/{ids(long)[0]}")
        assert len(page.text) < 120_000
        assert int(page.tree.xpath("//*[@class='frozen']/@data-start")[0]) > 0


def test_the_bench_is_served_only_where_it_is_asked_for_and_on_this_machine_only(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "book")
    init_book(settings.place, "plain", author="test", recorded=RECORDED).close()
    with TestClient(create_app(settings)) as plain:
        assert plain.get("/bench").status_code == 404
        assert plain.post("/bench/undo").status_code in {404, 405}
    told_ = CliRunner().invoke(app, ["serve", "--bench", "--host", "0.0.0.0", "--book", str(tmp_path / "book")])  # noqa: S104 - it is refused
    assert told_.exit_code == 2


def test_every_key_is_on_the_help_sheet() -> None:
    folder = Path(web.__file__).parent / "templates" / "bench"
    sheet = set(re.findall("<kbd>(.)</kbd>", (folder / "keys_list.html").read_text(encoding="utf-8")))
    pages = [one.read_text(encoding="utf-8") for one in folder.glob("*.html")]
    keys = {key for page in pages for found in re.findall('data-(?:key|open|focus)="([^"]+)"', page) for key in found.split()}
    assert keys - sheet == set()
    assert sheet - keys == set("elx→←↓↑")  # those that the script knows by itself
