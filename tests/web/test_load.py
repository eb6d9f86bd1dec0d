"""A short version of benchmarks/web_load.py, which asks for minutes: no request is lost, none fails, whatever kind of page it is for."""

import asyncio
import time
from collections.abc import Iterator
from itertools import repeat

import pytest
from benchmarks.http_load import Answered, Ask, Wire, at_rate, behind, canned, fastest, fetch, run
from benchmarks.large_book import large_book
from benchmarks.served import Served
from benchmarks.web_load import both, highest, slope, steady
from benchmarks.web_pages import MIX, Kind

Both = tuple[list[Kind], Served, Served]


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """A small made-up book, served, and the bare application with the same bytes."""
    with large_book(tmp_path_factory.mktemp("load"), 60, "sqlite") as place, both(place) as found:
        yield found


def test_the_bare_application_returns_the_same_bytes(servers: Both) -> None:
    kinds, real, bare = servers
    for kind in kinds:
        asks = [Ask(path=f"/{kind.name.replace(' ', '-')}/{number}") for number in range(len(kind.kept))]
        of_real, of_bare = run(fetch(real.port, kind.kept)), run(fetch(bare.port, asks))
        assert [one.body for one in of_real] == [one.body for one in of_bare]
        assert {one.status for one in of_real} == ({304} if kind.name == "not modified" else {200})


def test_no_request_fails_and_none_is_lost(servers: Both) -> None:
    kinds, real, bare = servers
    for told in highest(kinds, real, bare, 1, 0.2).values():
        for part in (told[0].real, told[0].bare, *([told[0].new] if told[0].new else [])):
            assert part.errors == 0
            assert part.sent == sum(part.statuses.values())
        assert told[0].real.sent > 0
    mix, samples = run(steady(real, kinds, 2, 50))
    assert (mix.sent, mix.errors, len(mix.answers)) == (100, 0, 100)
    assert all(memory > 20 for _, memory in samples)


def test_the_mix_is_of_all_kinds(servers: Both) -> None:
    assert {name.partition(",")[0] for name in MIX} == {kind.name for kind in servers[0]}
    assert sum(MIX.values()) == 100


@pytest.mark.parametrize(
    ("answer", "errors"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 0),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", 0),
        (b"HTTP/1.1 500 Broken\r\ncontent-length: 0\r\n\r\n", 10),
        (b"", 10),
    ],
)
def test_what_is_no_answer_counts_as_an_error(answer: bytes, errors: int) -> None:
    async def asked() -> tuple[int, int]:
        async with canned(answer) as port:
            ten = iter([Ask(path="/")] * 10)
            return (await at_rate(port, repeat(Ask(path="/")), 0.1, 100)).errors, (await fastest(port, ten, 30, 10)).errors

    assert run(asked()) == (errors, errors)


def test_times_count_from_when_a_request_was_to_be_sent() -> None:
    async def asked() -> list[float]:
        async with canned(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") as port:
            asyncio.get_running_loop().call_later(0.05, time.sleep, 0.4)
            return [one.seconds for one in (await at_rate(port, repeat(Ask(path="/")), 0.5, 100)).answers]

    times = run(asked())
    # The client itself stood still for 0.4 s: all that fell into it waited, though each was answered at once when it was sent.
    assert sum(one > 0.1 for one in times) >= 20
    assert len(times) == 50


def test_an_answer_that_comes_in_pieces_is_put_together() -> None:
    async def asked() -> tuple[int, bytes, str]:
        wire = Wire()
        wire._waiting = waiting = asyncio.get_running_loop().create_future()
        for piece in (b"HTTP/1.1 200 OK\r\nContent-Le", b'ngth: 5\r\nETag: W/"a"\r\n\r\nhe', b"ll", b"o"):
            assert not waiting.done()
            wire.data_received(piece)
        got = await waiting
        return got.status, got.body, got.tag

    assert run(asked()) == (200, b"hello", 'W/"a"')


def test_answers_of_an_earlier_state_are_told() -> None:
    told = [("a", 1.0), ("b", 2.0), ("a", 2.5), ("b", 3.0), ("c", 4.0), ("a", 5.0), ("b", 5.5), ("c", 6.0)]
    assert behind(Answered(kind="", status=200, seconds=0, tag=tag, came=came) for tag, came in told) == [0, 0, 0.5, 0, 0, 3.0, 1.5, 0]


def test_the_slope_of_a_line() -> None:
    assert slope([(0.0, 10.0), (1.0, 12.0), (2.0, 14.0)]) == 2.0
    assert slope([(1.0, 5.0)]) == 0.0
