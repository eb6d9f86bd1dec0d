"""How answers are made when many are asked for at once."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from benchmarks.http_load import run
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient
from tests.web.conftest import settings_of

from pledgebook.book.database import reading
from pledgebook.book.errors import BookError
from pledgebook.book.opening import open_book
from pledgebook.book.place import place_of
from pledgebook.web.answers import Make, PageRoute, answered
from pledgebook.web.app import create_app, page_routes
from pledgebook.web.keeping import Answer
from pledgebook.web.opened import opened_site
from pledgebook.web.site import LANES, Lane, Site


class Maker:
    """Makes slow pages, and counts how many, and how many at once."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.most = self._now = 0
        self._lock = threading.Lock()

    def __call__(self, request: Request, _: Site) -> Answer:
        with self._lock:
            self.made.append(request.url.path)
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(0.05)
        with self._lock:
            self._now -= 1
        return Answer(body=request.url.path.encode())


@pytest.fixture(scope="module")
def site(demo_folder: Path) -> Iterator[Site]:
    with opened_site(settings_of(demo_folder)) as found:
        yield found


async def one(site: Site, make: Make, path: str, lane: Lane = "pages") -> Response:
    """The answer to a request."""
    app = FastAPI()
    app.state.site = site
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [(b"host", b"testserver")], "app": app}
    return await answered(Request(scope), make, lane=lane)


def ask(site: Site, make: Make, paths: list[str]) -> list[bytes]:
    """The bodies of the answers to requests for these paths, all asked for at once."""

    async def every() -> list[Response]:
        return await asyncio.gather(*[one(site, make, path) for path in paths])

    return [bytes(response.body) for response in run(every())]


def test_what_many_ask_for_at_once_is_made_by_those_whose_turn_it_was(site: Site) -> None:
    maker = Maker()
    assert ask(site, maker, ["/same"] * 100) == [b"/same"] * 100
    assert len(maker.made) <= LANES["pages"]  # the others found it when their turn came
    ask(site, maker, ["/same"])
    assert len(maker.made) <= LANES["pages"]


def test_no_more_pages_are_made_at_once_than_there_are_connections_for(site: Site) -> None:
    maker = Maker()
    paths = [f"/page-{number}" for number in range(4 * LANES["pages"])]
    assert ask(site, maker, paths) == [path.encode() for path in paths]
    assert sorted(maker.made) == sorted(paths)
    assert maker.most == LANES["pages"]


def test_a_page_may_look_twice_at_the_book(site: Site) -> None:
    """Every reader at once, each with two connections: none waits for another for ever."""

    def make(_: Request, site: Site) -> Answer:
        with site.reading() as connection, site.reading() as other:
            connection.exec_driver_sql("SELECT 1")
            time.sleep(0.02)
            other.exec_driver_sql("SELECT 1")
        return Answer(body=b"done")

    assert ask(site, make, [f"/twice-{number}" for number in range(2 * LANES["pages"])]) == [b"done"] * 2 * LANES["pages"]


def test_what_takes_long_holds_up_nothing_else(site: Site) -> None:
    drawn = threading.Event()

    def slow(_: Request, __: Site) -> Answer:
        assert drawn.wait(30)
        return Answer(body=b"a picture")

    async def both() -> tuple[list[Response], Response]:
        pictures = [asyncio.create_task(one(site, slow, f"/picture-{number}", "slow")) for number in range(3 * LANES["pages"])]
        await asyncio.sleep(0)
        page = await asyncio.wait_for(one(site, Maker(), "/beside"), 20)
        drawn.set()
        return await asyncio.gather(*pictures), page

    pictures, page = run(both())
    assert bytes(page.body) == b"/beside"
    assert {bytes(one.body) for one in pictures} == {b"a picture"}


def test_pictures_differences_and_exports_have_lanes_of_their_own() -> None:
    lanes = {route.path: route.lane for route in page_routes() if isinstance(route, PageRoute)}
    assert {path for path, lane in lanes.items() if lane == "exports"} == {"/exports/book.{suffix}"}
    slow = {path for path in lanes if path.endswith("/{name}.{suffix}") or "/against/" in path or path == "/releases/{name}/p/{id}"}
    assert {path for path, lane in lanes.items() if lane == "slow"} == slow


def test_a_look_that_fails_is_not_the_last_one(
    demo_folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    looked: list[int] = []
    again = threading.Event()

    def look(_: Site, **__: object) -> None:
        looked.append(len(looked))
        if len(looked) > 2:
            again.set()
        raise OSError("the disk is away")

    app = create_app(settings_of(demo_folder, watch=0.01))
    monkeypatch.setattr(Site, "look", look)
    with TestClient(app) as client:
        assert again.wait(20)
        assert client.get("/").status_code == 200
    assert "what was seen last is served" in caplog.text


def test_more_than_the_database_has_connections_for_is_told_as_busy(demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_book(place_of(str(demo_folder), str(demo_folder)))) as book, ExitStack() as held:
        monkeypatch.setattr(book.engine.pool, "_timeout", 0.01)
        with pytest.raises(BookError) as told:  # noqa: PT012 - which of them is refused, the pool decides
            for _ in range(100):
                held.enter_context(reading(book.engine))
        assert told.value.problem.rule == "busy"
