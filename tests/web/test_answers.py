"""How answers are made when many are asked for at once."""

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from tests.web.conftest import settings_of

from pledgebook.web.answers import Answer, Make, answered
from pledgebook.web.opened import opened_site
from pledgebook.web.site import READERS, Site


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


def ask(site: Site, maker: Make, paths: list[str]) -> list[bytes]:
    """The bodies of the answers to requests for these paths, all asked for at once."""
    app = FastAPI()
    app.state.site = site

    async def one(path: str) -> Response:
        scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": [(b"host", b"testserver")], "app": app}
        return await answered(Request(scope), maker)

    async def every() -> list[Response]:
        return await asyncio.gather(*map(one, paths))

    return [bytes(response.body) for response in asyncio.run(every())]


def test_what_many_ask_for_at_once_is_made_by_those_whose_turn_it_was(site: Site) -> None:
    maker = Maker()
    assert ask(site, maker, ["/same"] * 100) == [b"/same"] * 100
    assert len(maker.made) <= READERS  # the others found it when their turn came
    ask(site, maker, ["/same"])
    assert len(maker.made) <= READERS


def test_no_more_pages_are_made_at_once_than_there_are_connections_for(site: Site) -> None:
    maker = Maker()
    paths = [f"/page-{number}" for number in range(4 * READERS)]
    assert ask(site, maker, paths) == [path.encode() for path in paths]
    assert sorted(maker.made) == sorted(paths)
    assert maker.most == READERS


def test_a_page_may_look_twice_at_the_book(site: Site) -> None:
    """Every reader at once, each with two connections: none waits for another for ever."""

    def make(_: Request, site: Site) -> Answer:
        with site.reading() as connection, site.reading() as other:
            connection.exec_driver_sql("SELECT 1")
            time.sleep(0.02)
            other.exec_driver_sql("SELECT 1")
        return Answer(body=b"done")

    begun = time.monotonic()
    assert ask(site, make, [f"/twice-{number}" for number in range(2 * READERS)]) == [b"done"] * 2 * READERS
    assert time.monotonic() < begun + 25  # the pool gives up after thirty seconds
