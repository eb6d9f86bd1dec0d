"""The API: the rows of the exports, in parts, asked for again only when they changed."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.support.made import RECORDED
from tests.web.conftest import DAY, settings_of

from pledgebook.book.database import reading
from pledgebook.book.events import take_events
from pledgebook.book.observed import Observed
from pledgebook.book.opening import open_book
from pledgebook.book.place import place_of
from pledgebook.book.snapshots import snapshot
from pledgebook.reference.outlets import BASE
from pledgebook.reference.sectors import sector_names
from pledgebook.views.book.export import export
from pledgebook.views.book.options import ExportOptions
from pledgebook.web.app import create_app
from pledgebook.web.listing.counting import GROUPS
from pledgebook.web.wholes import may_show

MISSION = "p-e97e5c05799f457a"
ACLED = "event_id_cnty,event_date,event_type,actor1,actor2,country,admin1,fatalities,timestamp"
CLASH = "IRQ1,16 May 2031,Battles,Greens,Blues,Iraq,Kirkuk,4,1936000000"
LISTS = ("promises", "evidence", "claims", "documents", "actors", "changes", "money", "observations")


def all_rows(client: TestClient, address: str) -> list[Any]:
    """The rows of a list, part by part."""
    rows: list[Any] = []
    following: str | None = address
    while following:
        answer = client.get(following)
        assert answer.status_code == 200, answer.text
        told = answer.json()
        rows += told["rows"]
        following = told["next"]
    return rows


def exported(folder: Path, table: str, to: Path) -> list[Any]:
    with open_book(place_of(str(folder), str(folder))) as book, reading(book.engine) as connection:
        options = ExportOptions(table=table, may_show_text=may_show(BASE), observations=Observed(book, DAY.isoformat()))
        assert not export(snapshot(book, connection, DAY, ""), to, options)
    return [json.loads(line) for line in to.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("table", "limit"), [("promises", 3), ("claims", 3), ("documents", 3), ("evidence", 3), ("observations", 200)])
def test_rows_are_those_of_the_export(client: TestClient, demo_folder: Path, tmp_path: Path, table: str, limit: int) -> None:
    rows = all_rows(client, f"/api/v1/{table}?limit={limit}")
    assert rows == exported(demo_folder, table, tmp_path / "rows.jsonl")
    assert rows


def test_a_promise_is_the_line_of_the_export(client: TestClient, demo_folder: Path, tmp_path: Path) -> None:
    with open_book(place_of(str(demo_folder), str(demo_folder))) as book, reading(book.engine) as connection:
        export(snapshot(book, connection, DAY, ""), tmp_path / "all.jsonl")
    lines = {one["promise"]["id"]: one for one in map(json.loads, (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines())}
    assert client.get(f"/api/v1/promises/{MISSION}").json() == lines[MISSION]


@pytest.mark.parametrize("name", LISTS)
def test_what_the_asker_has_is_not_sent_again(client: TestClient, name: str) -> None:
    first = client.get(f"/api/v1/{name}")
    again = client.get(f"/api/v1/{name}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_answered_again_is_the_same(client: TestClient) -> None:
    address, origin = "/api/v1/promises?limit=3&verdict=open", {"origin": "https://elsewhere.example"}
    first, again = (client.get(address, headers=origin) for _ in range(2))
    assert first.status_code == 200
    assert again.content == first.content
    assert dict(again.headers) == dict(first.headers)
    held = client.get(address, headers={**origin, "if-none-match": first.headers["etag"]})
    assert (held.status_code, held.content, held.headers["access-control-allow-origin"]) == (304, b"", "*")
    assert client.get("/api/v1/nowhere", headers={"if-none-match": first.headers["etag"]}).status_code == 404
    assert client.post(address).status_code == 405


def test_the_head_of_an_answer_can_be_asked_for(client: TestClient) -> None:
    for address in ("/api/v1/promises?limit=3", "/api/v1/documents", "/api/v1/promises/none", "/promises"):
        told, asked = client.head(address), client.get(address)
        assert told.status_code == asked.status_code
        assert {**told.headers} == {**asked.headers}


def test_pages_of_other_sites_may_read_it_and_nothing_else(client: TestClient) -> None:
    asked = {"origin": "https://elsewhere.example"}
    assert client.get("/api/v1/promises", headers=asked).headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("/", headers=asked).headers
    wanted = {**asked, "access-control-request-method": "DELETE"}
    assert client.options("/api/v1/promises", headers=wanted).status_code == 400


def test_filters_are_the_facets_of_the_pages(client: TestClient) -> None:
    rows = all_rows(client, "/api/v1/promises?verdict=kept late&actor=Iraq&limit=1")
    assert [one["id"] for one in rows] == [MISSION]
    assert all_rows(client, "/api/v1/promises?q=nothinglikeit") == []


def test_periods_choose_by_day(client: TestClient) -> None:
    everything = all_rows(client, "/api/v1/promises")
    early, late = (all_rows(client, f"/api/v1/promises?{one}&limit=7") for one in ("announced-to=2023", "announced-from=2024"))
    assert early
    assert late
    assert sorted(one["id"] for one in early + late) == sorted(one["id"] for one in everything if one["announced"])
    assert client.get("/api/v1/promises?announced-from=2024-02-30").status_code == 400


@pytest.mark.parametrize("name", ["category", "sector", "year", "due", "verdict"])
def test_counts_by_facet_come_with_coverage_and_obey_the_filters(client: TestClient, name: str) -> None:
    for chosen in ("", "country=IQ&announced-from=2015&q=will"):
        rows = all_rows(client, f"/api/v1/by/{name}?limit=2&{chosen}")
        assert [one["value"] for one in rows] == sorted(one["value"] for one in rows)
        for one in rows:
            promises = all_rows(client, f"/api/v1/promises?{chosen}&{name}={one['value']}")
            assert one["coverage"]["promises"] == len(promises) > 0
            assert one["stand"] == {group: sum(row["verdict"] in verdicts for row in promises) for group, verdicts in GROUPS.items()}
            assert client.get(one["page"]).status_code == 200


def test_values_of_sectors_have_their_names(client: TestClient) -> None:
    labels = {one["value"]: one["label"] for one in all_rows(client, "/api/v1/by/sector") if one["value"] != "not told"}
    assert labels == {code: f"{sector_names()[code]} ({code})" for code in labels}
    assert labels


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/by/nothing", 422),
        ("/api/v1/promises?due-from=soon", 422),
        ("/api/v1/promises/none", 404),
        ("/api/v1/none", 404),
        ("/api/v1/promises?time=%00", 404),
        ("/api/v1/promises?limit=0", 422),
        ("/api/v1/promises/x?as-of=soon", 422),
    ],
)
def test_refusals_are_json(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert (answer.status_code, "detail" in answer.json()) == (status, True)


def test_it_is_described(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert {f"/{name}" for name in LISTS} <= set(described["paths"])
    asked = {one["name"]: one for one in described["paths"]["/promises"]["get"]["parameters"]}
    assert {"category", "sector", "year", "due", "announced-from", "announced-to", "due-from", "due-to"} <= set(asked)
    assert "DAC purpose code" in asked["sector"]["description"]
    (facet,) = [one for one in described["paths"]["/by/{facet}"]["get"]["parameters"] if one["in"] == "path"]
    assert {"actor", "country", "sector", "year", "due"} <= set(facet["schema"]["enum"])
    assert described["servers"] == [{"url": "/api/v1"}]
    assert DAY.isoformat() not in described["info"]["description"], "the description is made once, and the day goes on"
    assert "307" in described["paths"]["/promises/{id}"]["get"]["responses"]


def test_observations_say_what_is_not_among_them(folder: Path) -> None:
    (folder.parent / "acled.csv").write_text(f"{ACLED}\n{CLASH}\n", encoding="utf-8")
    with open_book(place_of(str(folder), str(folder))) as book:
        taken = take_events(book, folder.parent / "acled.csv", snapshot="2026-01-01", columns=None, author="test", recorded=RECORDED)
        assert taken.observations == 1
    with TestClient(create_app(settings_of(folder))) as client:
        told = client.get("/api/v1/observations").json()
        assert told["left_out"] == [{"source": "acled", "rows": 1, "why": "ACLED's terms forbid to give its rows on"}]
        rows = all_rows(client, "/api/v1/observations?limit=200")
    assert {one["source"] for one in rows} == {"table"}


@pytest.mark.parametrize("after", ["x", "2026-11-01-0123456789abcdef", "a 1 2", "a -1", "a 99999999999999999999"])
def test_a_place_to_go_on_from_that_is_none_is_refused(client: TestClient, after: str) -> None:
    answer = client.get("/api/v1/observations", params={"after": after})
    assert (answer.status_code, list(answer.json())) == (400, ["detail"])


@pytest.mark.parametrize(
    "path", ["/promises?as-of=2025-01-01", "/promises?contry=IQ", "/promises/p-e97e5c05799f457a?limit=3", "/?q=x", "/observations?side=x"]
)
def test_a_parameter_that_is_none_is_refused(client: TestClient, path: str) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", path.partition("?")[2].partition("=")[0]]
