"""Money of registers, charts, what is watched, and refusals, on the page of a promise: one small book with all of it."""

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.book.acts import put
from tests.book.test_money_ties import FLOW, activity, later, pledge, take
from tests.support.made import RECORDED, commitment, day, document
from tests.web.conftest import DAY, settings_of
from tests.web.test_pages import check, tree_of

from pledgebook.book.database import reading
from pledgebook.book.money import take_money
from pledgebook.book.money_ties import link_money
from pledgebook.book.opening import init_book
from pledgebook.book.standing import standings
from pledgebook.web.app import create_app
from pledgebook.web.pages import country_figures

PAID = "NO-BRC-971277882-WELLS-1"
REFUSED = commitment(
    "Norway will not sell the wells of Abeche.", "sell the wells of Abeche", actors=["Norway"], countries=["TD"], negated=True
)
WATCHED = commitment(
    "Syria will keep making sure that ISIS does not retake territory.",
    "keep making sure that ISIS does not retake territory",
    actors=["Syria"],
    countries=["SY"],
    kind="military",
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, dict[str, str]]]:
    """A browser of the book, and the addresses of its promises by a word of each."""
    folder = tmp_path_factory.mktemp("money")
    settings = settings_of(folder / "book")
    with init_book(settings.place, "money", author="test", recorded=RECORDED) as book:
        put(book, pledge(), document(REFUSED, WATCHED, title="Statement", published=day(3), outlet="Ministry of works"))
        take(book, folder, later(200), activity(PAID, ("2", later(30), "20000000"), ("3", later(60), "12000000.50")))
        (folder / "flows.csv").write_text(FLOW.format(day=later(60)), encoding="utf-8")
        take_money(book, folder / "flows.csv", snapshot=later(201), feed=None, author="test", recorded=RECORDED)
        link_money(book, DAY)
        with reading(book.engine) as connection:
            found = {one.promise.lead.action.split()[0]: f"/p/{one.promise.id}" for one in standings(connection, DAY)}
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client, found


def test_money_is_shown_gross_and_net_with_what_was_removed_and_why(pages: tuple[TestClient, dict[str, str]]) -> None:
    client, promises = pages
    page = client.get(promises["give"]).text
    check(promises["give"], page)
    text = " ".join(tree_of(page).xpath("string(//section[@aria-labelledby='money'])").split())
    assert "Gross and net" in text
    assert PAID in text
    assert "OCHA FTS" not in text or "Not counted: the same money as iati:" in text
    images = tree_of(page).xpath("//figure//img/@src")
    assert any(one.endswith("/money.svg") for one in images)
    for one in images:
        drawn = client.get(one)
        assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/svg+xml"), one
        assert client.get(one.replace(".svg", ".csv")).headers["content-type"].startswith("text/csv")


def test_a_refusal_is_never_told_as_a_promise_to_do_it(pages: tuple[TestClient, dict[str, str]]) -> None:
    client, promises = pages
    assert "will not: sell the wells of Abeche" in tree_of(client.get(promises["sell"]).text).xpath("string(//h1)")
    assert "will not: sell the wells of Abeche" in client.get("/promises").text


def test_what_is_watched_without_data_is_said_to_be_unknown(pages: tuple[TestClient, dict[str, str]]) -> None:
    client, promises = pages
    page = client.get(promises["keep"]).text
    check(promises["keep"], page)
    assert "No event data of Syria: nothing is known of it" in page


def test_a_chart_that_is_none_is_not_found(pages: tuple[TestClient, dict[str, str]]) -> None:
    client, promises = pages
    assert client.get(f"{promises['give']}/map.svg").status_code == 404
    assert client.get(f"{promises['give']}/money.exe").status_code == 404


def test_a_country_shows_the_recorded_money_of_its_promises_by_stage_and_currency(pages: tuple[TestClient, dict[str, str]]) -> None:
    client, _ = pages
    page = client.get("/countries/TD").text
    check("/countries/TD", page)
    tree = tree_of(page)
    (image,) = tree.xpath("//figure//img/@src")
    assert image == "/countries/TD/money.svg"
    rows = [[cell.text for cell in row] for row in tree.xpath("//figure//tbody/tr")]
    assert rows == [
        ["USD", "committed", "20,000,000", "20,000,000", "1"],
        ["USD", "disbursed", "12,000,000.50", "12,000,000.50", "1"],
    ]
    assert client.get(image).headers["content-type"] == "image/svg+xml"
    assert client.get("/countries/TD/money.csv").text.splitlines()[0] == "currency,stage,at least,at most,promises"
    assert client.get("/countries/TD/years.svg").status_code == 404
    assert not tree_of(client.get("/countries/SY").text).xpath("//figure")


def test_charts_of_a_country_with_many_promises_have_a_page_of_their_own(
    pages: tuple[TestClient, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _ = pages
    monkeypatch.setattr(country_figures, "AT_ONCE", 0)
    tree = tree_of(client.get("/countries/TD?fresh=1").text)
    assert not tree.xpath("//figure")
    assert "/countries/TD/charts" in tree.xpath("//a/@href")
    page = client.get("/countries/TD/charts").text
    check("/countries/TD/charts", page)
    assert tree_of(page).xpath("//figure//img/@src") == ["/countries/TD/money.svg"]
