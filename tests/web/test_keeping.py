"""Which answers may go out once the book is in another state, and which are made anew first."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from benchmarks.http_load import run
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from tests.web.conftest import settings_of

from pledgebook.book.errors import book_error
from pledgebook.web.answers import Make, MovedError, NoPageError, answered
from pledgebook.web.keeping import FORMER, Answer, Kept, KeptAnswers
from pledgebook.web.opened import opened_site
from pledgebook.web.renewing import MOST, Renewing
from pledgebook.web.site import Lane, Site


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def until_idle(renewing: Renewing) -> None:
    while renewing.is_busy:  # noqa: ASYNC110 - it tells nobody
        await asyncio.sleep(0.001)


def answer(text: str) -> Answer:
    return Answer(body=text.encode())


def test_an_answer_goes_out_in_its_own_state_and_a_while_after_it() -> None:
    clock = Clock()
    kept = KeptAnswers(clock=clock)
    kept.move_on("one")
    kept.put("/", Kept(answer("first"), "one"))
    assert kept.find("/", "one") == answer("first")
    assert kept.former("/") is None  # it is no earlier state yet
    kept.move_on("two")
    assert kept.find("/", "two") is None
    clock.now += FORMER - 1
    kept.move_on("three")  # the time counts from when its own state ended
    assert kept.former("/") == Kept(answer("first"), "one")
    clock.now += 1
    assert kept.former("/") is None
    assert kept.former("/other") is None


def test_a_state_that_is_back_is_no_earlier_one() -> None:
    kept = KeptAnswers(clock=Clock())
    kept.move_on("one")
    kept.put("/", Kept(answer("first"), "one"))
    kept.move_on("two")
    kept.move_on("one")
    assert kept.former("/") is None
    assert kept.find("/", "one") == answer("first")


def test_an_answer_that_took_long_does_not_take_the_place_of_a_newer_one() -> None:
    kept = KeptAnswers(clock=Clock())
    kept.move_on("one")
    kept.move_on("two")
    kept.put("/", Kept(answer("new"), "two"))
    kept.put("/", Kept(answer("old"), "one"))
    assert kept.find("/", "two") == answer("new")
    kept.move_on("three")
    kept.put("/", Kept(answer("newer"), "three"))
    assert kept.find("/", "three") == answer("newer")


def test_one_answer_is_kept_for_an_address_and_may_be_dropped() -> None:
    kept = KeptAnswers(clock=Clock())
    kept.put("/", Kept(answer("a" * 1000), "one"))
    held = kept.held
    kept.put("/", Kept(answer("b" * 1000), "two"))
    assert kept.held == held
    kept.drop("/")
    kept.drop("/")
    assert (kept.held, kept.find("/", "two")) == (0, None)


def test_pages_are_made_anew_one_after_another_and_none_twice() -> None:
    made: list[str] = []
    at_once = most = 0

    async def renew(name: str) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        await asyncio.sleep(0.001)
        at_once -= 1
        made.append(name)

    async def all_of_them() -> None:
        renewing = Renewing()
        assert not renewing.is_busy
        for name in ["a", "b", "a", "c"]:
            renewing.later(name, lambda name=name: renew(name))  # type: ignore[misc]
        assert renewing.is_busy
        await until_idle(renewing)

    run(all_of_them())
    assert (made, most) == (["a", "b", "c"], 1)


def test_no_more_wait_than_some_and_none_is_begun_after_the_end() -> None:
    made: list[int] = []

    async def renew(number: int) -> None:
        made.append(number)

    async def ended() -> None:
        renewing = Renewing()
        for number in range(2 * MOST):
            renewing.later(str(number), lambda number=number: renew(number))  # type: ignore[misc]
        await renewing.close()
        await asyncio.sleep(0.01)
        assert not renewing.is_busy

    async def ended_in_the_middle() -> None:
        renewing, may_end = Renewing(), asyncio.Event()

        async def long() -> None:
            await may_end.wait()
            made.append(-1)

        renewing.later("long", long)
        renewing.later("next", lambda: renew(-2))
        await asyncio.sleep(0.01)
        closing = asyncio.create_task(renewing.close())
        await asyncio.sleep(0.01)
        assert not closing.done()
        may_end.set()
        await closing

    async def worked_off() -> None:
        renewing = Renewing()
        for number in range(2 * MOST):
            renewing.later(str(number), lambda number=number: renew(number))  # type: ignore[misc]
        await until_idle(renewing)

    run(ended())
    assert made == []
    run(ended_in_the_middle())
    assert made == [-1]
    made.clear()
    run(worked_off())
    assert made == list(range(MOST))


@pytest.fixture
def site(demo_folder: Path) -> Iterator[Site]:
    with opened_site(settings_of(demo_folder)) as found:
        yield found


def move_on(site: Site) -> None:
    """Another state of the book, such as a decision makes."""
    site.edition = msgspec.structs.replace(site.edition, entries=site.edition.entries + 1, head=f"{site.edition.head}+")
    site.kept.move_on(site.edition.tag)


async def one(site: Site, make: Make, path: str, lane: Lane = "pages", **headers: str) -> Response:
    """The answer to a request."""
    app = FastAPI()
    app.state.site = site
    told = [(b"host", b"testserver"), *((name.replace("_", "-").encode(), value.encode()) for name, value in headers.items())]
    return await answered(
        Request({"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": told, "app": app}), make, lane=lane
    )


def by_state(_: Request, site: Site) -> Answer:
    """A page that says which state it shows."""
    return answer(str(site.edition.entries))


class Held:
    """Makes pages that are not made before somebody lets it go on."""

    def __init__(self) -> None:
        self.may_go_on = threading.Event()

    def __call__(self, request: Request, site: Site) -> Answer:
        assert self.may_go_on.wait(30)
        return by_state(request, site)


def test_who_asks_alone_gets_the_newest(site: Site) -> None:
    async def asked() -> None:
        for _ in range(3):
            assert bytes((await one(site, by_state, "/page")).body) == str(site.edition.entries).encode()
            move_on(site)

    run(asked())


def test_of_many_who_ask_all_but_one_get_the_former_at_once(site: Site) -> None:
    async def asked() -> None:
        for path in ("/slow", "/page"):
            await one(site, by_state, path)
        then, tag = str(site.edition.entries).encode(), site.edition.tag
        move_on(site)
        now, held = str(site.edition.entries).encode(), Held()
        waits = asyncio.create_task(one(site, held, "/slow"))
        await asyncio.sleep(0)
        former = await asyncio.wait_for(one(site, by_state, "/page"), 20)
        assert (bytes(former.body), former.headers["etag"]) == (then, f'W/"{tag}"')
        # Whoever has that one already is told so; whoever wants the newest waits for it.
        assert (await one(site, by_state, "/page", if_none_match=f'W/"{tag}"')).status_code == 304
        newest = await one(site, by_state, "/page", cache_control="max-age=0")
        assert (bytes(newest.body), newest.headers["etag"]) == (now, f'W/"{site.edition.tag}"')
        held.may_go_on.set()
        assert bytes((await waits).body) == now
        await until_idle(site.renewing)

    run(asked())


def test_no_former_page_goes_out_once_its_time_is_over(site: Site) -> None:
    clock = Clock()
    site.kept = KeptAnswers(clock=clock)
    site.kept.move_on(site.edition.tag)

    async def asked() -> None:
        await one(site, by_state, "/page")
        then = str(site.edition.entries).encode()
        move_on(site)
        with site.renewing.awaited():
            assert bytes((await one(site, by_state, "/page")).body) == then
            site.renewing.later = lambda *_: None  # type: ignore[method-assign] # nobody makes it anew meanwhile
            clock.now += FORMER
            assert bytes((await one(site, by_state, "/page")).body) == str(site.edition.entries).encode()

    run(asked())


def test_pictures_wait_until_they_are_made_anew(site: Site) -> None:
    async def asked() -> None:
        await one(site, by_state, "/picture.svg", "slow")
        move_on(site)
        with site.renewing.awaited():
            assert bytes((await one(site, by_state, "/picture.svg", "slow")).body) == str(site.edition.entries).encode()

    run(asked())


def test_what_went_out_in_its_former_state_is_made_anew_in_the_background(site: Site) -> None:
    async def asked() -> None:
        for path in ("/slow", "/page"):
            await one(site, by_state, path)
        move_on(site)
        held = Held()
        waits = asyncio.create_task(one(site, held, "/slow"))
        await asyncio.sleep(0)
        await one(site, by_state, "/page")
        held.may_go_on.set()
        await waits
        await until_idle(site.renewing)
        found = site.kept.find("/page?", site.edition.tag)
        assert found == answer(str(site.edition.entries))

    run(asked())


@pytest.mark.parametrize(
    "stopped",
    [
        NoPageError("It is gone."),
        MovedError("/elsewhere"),
        book_error("unknown-release", "the book", "There is none.", "Look."),
        OSError("the disk"),
    ],
)
def test_what_cannot_be_made_anew_does_not_go_out_again(site: Site, stopped: Exception, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(_: Request, __: Site) -> Answer:
        raise stopped

    async def asked() -> None:
        for path in ("/slow", "/page"):
            await one(site, by_state, path)
        move_on(site)
        with site.renewing.awaited():
            assert (await one(site, refuse, "/page")).status_code == 200
        await until_idle(site.renewing)
        assert site.kept.former("/page?") is None

    run(asked())
    assert ("could not be made anew" in caplog.text) == isinstance(stopped, OSError)


def test_trouble_that_passes_leaves_the_former_page(site: Site) -> None:
    def refuse(_: Request, __: Site) -> Answer:
        raise book_error("busy", "the book", "It is away.", "Wait.")

    async def asked() -> None:
        await one(site, by_state, "/page")
        move_on(site)
        assert (await one(site, refuse, "/page")).status_code == 503
        assert site.kept.former("/page?") is not None

    run(asked())


def test_whoever_is_told_that_a_page_is_gone_is_not_the_only_one(site: Site) -> None:
    def refuse(_: Request, __: Site) -> Answer:
        raise NoPageError("It is gone.")

    async def asked() -> None:
        await one(site, by_state, "/page")
        move_on(site)
        assert (await one(site, refuse, "/page")).status_code == 404
        assert site.kept.former("/page?") is None

    run(asked())
