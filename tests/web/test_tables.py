"""How promises stand by facet, and lists narrowed by facet and period: what is chosen is kept, and no rate is without its coverage."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from lxml import etree
from starlette.testclient import TestClient
from tests.book.acts import CLEAR, HARBOUR, WELLS, put, say
from tests.support.made import RECORDED, commitment, day, document
from tests.web.conftest import settings_of
from tests.web.test_pages import check, tree_of

from pledgebook.book.deciding import Request
from pledgebook.book.opening import init_book
from pledgebook.web.app import create_app
from pledgebook.web.pages.lists import FOLDERS

SCHOOLS = commitment(
    "Freedonia will open schools in Iraq by 2027.",
    "open schools in Iraq by 2027",
    deadline="../2027",
    deadline_role="due",
    countries=["IQ"],
    purposes=[{"text": "schools", "code": "11120"}, {"text": "demining", "code": "15250"}],
)
TABLES = tuple(FOLDERS)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A browser of a book of four promises: two of Freedonia, one of them with sectors; two without a due date."""
    settings = settings_of(tmp_path_factory.mktemp("tables") / "book")
    with init_book(settings.place, "Four", author="test", recorded=RECORDED) as book:
        put(
            book,
            document(CLEAR, WELLS, title="A", published=day(0), outlet="Ministry"),
            document(HARBOUR, SCHOOLS, title="B", published=day(400)),
        )
    with TestClient(create_app(settings), follow_redirects=False) as found:
        yield found


def shown(client: TestClient, address: str) -> etree._Element:
    """The page at an address, which is as every page must be."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text)
    check(address, answer.text)
    return tree_of(answer.text)


def words(tree: etree._Element, query: str) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in tree.xpath(query)]


def rows(tree: etree._Element) -> list[list[str]]:
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in tree.xpath("//main//tbody/tr")]


def link(tree: etree._Element, text: str) -> str:
    """The address of the link with a text."""
    (found,) = [one.get("href") for one in tree.xpath("//main//a") if " ".join("".join(one.itertext()).split()) == text]
    return str(found)


def asked(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)


def test_sectors_have_the_names_of_the_dac_and_their_groups(small: TestClient) -> None:
    sectors = rows(shown(small, "/by/sector"))
    assert [row[0] for row in sectors] == [
        "Education facilities and training (11120)",
        "Removal of land mines and explosive remnants of war (15250)",
    ]
    groups = rows(shown(small, "/by/category"))
    assert [row[:2] for row in groups] == [["Education, Level Unspecified (111)", "1"], ["Conflict, Peace & Security (152)", "1"]]
    assert "Conflict, Peace & Security (152)" in words(shown(small, "/sector-groups/152"), "//h1")


def test_years_stand_in_the_order_of_time_and_say_what_happens_in_them(small: TestClient) -> None:
    assert [row[:2] for row in rows(shown(small, "/by/due"))] == [["2027", "1"], ["2025", "1"]]
    announced = [row[0] for row in rows(shown(small, "/by/year"))]
    assert announced == sorted(announced, reverse=True)
    assert len(announced) == 2
    assert words(shown(small, "/due-years/2027"), "//h1") == ["Due in 2027"]
    assert words(shown(small, "/years/" + announced[0]), "//h1") == ["Announced in " + announced[0]]


def test_a_table_says_how_many_promises_it_cannot_tell_of(small: TestClient) -> None:
    (lead,) = words(shown(small, "/by/due"), "//p[@class='lead']")
    assert lead.startswith("2 in all, of 4 promises. Reviewed: 0 of 4 (0 %);")
    assert "2 of them tell none, and are in no row." in lead
    assert "tell none" not in words(shown(small, "/by/verdict"), "//p[@class='lead']")[0]


@pytest.mark.parametrize("name", TABLES)
def test_every_rate_has_its_coverage(client: TestClient, name: str) -> None:
    tree = shown(client, f"/by/{name}")
    assert words(tree, "//main//thead//th")[-2:] == ["Reviewed", "Evidence found, of kinds expected"]
    for row in rows(tree):
        total, *stand, reviewed, evidence = row[1:]
        assert sum(map(int, stand)) <= int(total)
        assert int(reviewed) <= int(total)
        assert re.fullmatch(r"\d+ of \d+ \(\d+ %\)|none", evidence)


def test_the_overview_counts_by_actor_country_sector_and_period_beside_their_coverage(client: TestClient) -> None:
    tree = shown(client, "/")
    (section,) = tree.xpath("//section[@aria-labelledby='by']")
    heads = [[str(cell.text) for cell in row] for row in section.xpath(".//thead/tr")]
    assert [head[0] for head in heads] == ["Who is bound", "Country", "Sector group", "Sector", "Announced in", "Due in"]
    assert {head[-1] for head in heads} == {"Evidence found"}
    due = [row[0] for row in [[cell.xpath("string()") for cell in row] for row in section.xpath(".//table")[-1].xpath(".//tbody/tr")]]
    years = [one for one in due if one != "not told"]
    assert years == sorted(years, reverse=True)
    assert due[len(years) :] in ([], ["not told"])


def test_a_period_narrows_a_list_and_what_has_no_day_is_left_out(small: TestClient) -> None:
    tree = shown(small, "/promises?due-from=2026&country=IQ")
    assert words(tree, "//main//ol//h3") == ["open schools in Iraq by 2027"]
    assert words(tree, "//a[@class='chip']") == ["Take out: Iraq ×", "Take out: due from 2026 ×"]
    assert asked(link(tree, "Take out: due from 2026 ×")) == [("country", "IQ")]
    assert len(words(shown(small, "/promises?due-to=2025-12"), "//main//ol//h3")) == 1
    assert len(words(shown(small, "/promises?announced-from=2000"), "//main//ol//h3")) == 4
    assert len(words(shown(small, "/promises?due-from=2000"), "//main//ol//h3")) == 2


def test_what_is_chosen_is_kept_by_orders_facets_forms_and_tables(small: TestClient) -> None:
    chosen = [("country", "IQ"), ("due-from", "2020"), ("due-to", "2030")]
    tree = shown(small, "/promises?country=IQ&due-from=2020&due-to=2030&order=announced")
    assert asked(link(tree, "due next")) == [*chosen, ("order", "due")]
    assert asked(link(tree, "Freedonia 2")) == [("actor", "Freedonia"), *chosen, ("order", "announced")]
    for form in tree.xpath("//main//form"):
        sent = {(one.get("name"), one.get("value")) for one in form.xpath(".//input") if one.get("value")}
        assert {*chosen, ("order", "announced")} == sent
    table = link(tree, "How they stand: Due in")
    assert (urlsplit(table).path, asked(table)) == ("/by/due", [*chosen, ("order", "announced")])
    narrowed = shown(small, table)
    assert asked(link(narrowed, "2027")) == [("country", "IQ"), ("due", "2027"), *chosen[1:], ("order", "announced")]
    assert asked(link(narrowed, "most promises")) == [*chosen, ("order", "announced"), ("sort", "most")]
    assert asked(link(narrowed, "These promises as a list")) == [*chosen, ("order", "announced")]
    assert urlsplit(link(narrowed, "Take out: Iraq ×")).path == "/by/due"


def test_a_table_leaves_its_own_choice_out_and_marks_it(small: TestClient) -> None:
    tree = shown(small, "/by/actor?actor=Sylvania&country=TD&country=IQ")
    assert [row[:2] for row in rows(tree)] == [["Freedonia", "2"], ["Sylvania", "1"]]
    assert words(tree, "//tbody//a[@aria-current]") == ["Sylvania"]


def test_tables_are_sorted_as_asked(small: TestClient) -> None:
    first = {sort: rows(shown(small, f"/by/actor?sort={sort}"))[0][0] for sort in ("", "name", "evidence")}
    assert first[""] == first["name"] == "Freedonia"
    assert [row[0] for row in rows(shown(small, "/by/country?sort=name"))] == ["Chad", "Iraq"]
    assert [row[0] for row in rows(shown(small, "/by/country"))] == ["Iraq", "Chad"]
    told = [row[-1] for row in rows(shown(small, "/by/actor?sort=evidence"))]
    assert told == sorted(told, key=lambda one: one == "none")


def test_no_promise_one_and_many_are_told_alike(tmp_path: Path, small: TestClient) -> None:
    settings = settings_of(tmp_path / "book")
    with init_book(settings.place, "Grows", author="test", recorded=RECORDED) as book:
        addresses = ["/", "/promises", "/gatherings", "/documents", *(f"/by/{name}" for name in TABLES)]
        with TestClient(create_app(settings)) as client:
            for address in addresses:
                tree = shown(client, address)
                assert not tree.xpath("//main//ol[not(*)] | //main//ul[not(*)] | //main//tbody[not(*)]"), address
            assert "0 promises" in words(shown(client, "/"), "//p[@class='lead']")[0]
        put(book, document(SCHOOLS, title="A", published=day(0)))
        with TestClient(app := create_app(settings)) as client:
            for address in [*addresses, "/countries/IQ", "/due-years/2027"]:
                told = words(shown(client, address), "//p[@class='lead']")
                assert not any(re.search(r"\b1 promises\b", one) for one in told), address
            assert "1 promise." in words(shown(client, "/countries/IQ"), "//p[@class='lead']")[0]
            (only,) = client.get("/api/v1/promises").json()["rows"]
            assert not say(book, Request(kind="reject", target=only["id"])).problems
            app.state.site.look()
            gone = shown(client, "/countries/IQ")
            assert "0 promises." in words(gone, "//p[@class='lead']")[0]
            assert not gone.xpath("//main//ol[not(*)] | //main//tbody[not(*)]")
    assert "2 promises." in words(shown(small, "/countries/IQ"), "//p[@class='lead']")[0]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/by/nothing", 404),
        ("/by/actor?sort=up", 400),
        ("/by/due?sort=name", 400),
        ("/by/actor?page=2", 404),
        ("/promises?page=2", 404),
        ("/promises?due-from=soon", 400),
        ("/promises?announced-to=2020-13", 400),
        ("/due-years/1900", 404),
        ("/sector-groups/999", 404),
    ],
)
def test_what_is_not_there_is_told_plainly(small: TestClient, address: str, status: int) -> None:
    answer = small.get(address)
    assert answer.status_code == status
    check(address, answer.text)
