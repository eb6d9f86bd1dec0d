"""A client that asks a web server for pages as fast as it answers, or at a fixed rate: sockets and asyncio alone, so that it costs little.

It reads what it needs of HTTP/1.1: the status, the length, the body. Every request is waited for, and every answer counted by its status.
"""

import asyncio
import contextlib
import re
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
from typing import Any, TypeVar

import msgspec

Done = TypeVar("Done")

#: Statuses that are answers; all others, and broken connections, are errors.
GOOD = frozenset({200, 304})
#: Seconds after which an answer counts as lost.
PATIENCE = 30.0
#: Seconds after which a connection that nobody uses is left: uvicorn ends it after five.
RESTING = 3.0
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_TAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """One request: the address without its host, the ETag of what the asker has, and the kind of page it is for."""

    path: str
    held: str = ""
    kind: str = ""

    def written(self, host: str) -> bytes:
        """The request as it goes over the wire."""
        more = f"If-None-Match: {self.held}\r\n" if self.held else ""
        return f"GET {self.path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n{more}\r\n".encode()


class Got(msgspec.Struct, frozen=True, kw_only=True):
    """An answer. `status` 0: the connection broke, or nothing came in time."""

    status: int
    head: bytes = b""
    body: bytes = b""

    @property
    def tag(self) -> str:
        """Its ETag."""
        found = _TAG.search(self.head)
        return found[1].decode() if found else ""


class Wire(asyncio.Protocol):
    """One connection that is kept: one request at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._parts = bytearray()
        self._wanted = -1
        self._head = 0
        self._waiting: asyncio.Future[Got] | None = None
        #: When it was last used.
        self.rests_since = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection stands."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what asyncio gives for TCP
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Some of an answer came."""
        self._parts += data
        if self._wanted < 0:
            self._head = self._parts.find(b"\r\n\r\n") + 4
            if self._head < 4:
                return
            length = _LENGTH.search(self._parts, 0, self._head)
            self._wanted = self._head + (int(length[1]) if length else 0)
        if len(self._parts) >= self._wanted:
            whole, self._parts, self._wanted = bytes(self._parts[: self._wanted]), self._parts[self._wanted :], -1
            self._tell(Got(status=int(whole[9:12]), head=whole[: self._head], body=whole[self._head :]))

    def connection_lost(self, _: Exception | None) -> None:
        """The other side ended it."""
        self._transport = None
        self._tell(Got(status=0))

    def _tell(self, got: Got) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_result(got)

    @property
    def stands(self) -> bool:
        """Whether it can be asked."""
        return self._transport is not None

    async def ask(self, request: bytes) -> Got:
        """The answer to a request."""
        if self._transport is None:
            return Got(status=0)
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        try:
            return await asyncio.wait_for(self._waiting, PATIENCE)
        except TimeoutError:
            self.close()
            return Got(status=0)

    def close(self) -> None:
        """End the connection."""
        if self._transport is not None:
            self._transport.close()


class Answered(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One answer: the kind of page, its status, the seconds since the request was to be sent, its ETag, and when it came, in seconds."""

    kind: str
    status: int
    seconds: float
    tag: str = ""
    came: float = 0.0


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a time of asking. `busy` is the share of the time in which the client itself was at work; `answers` are all answers at a fixed
    rate, in the order in which they came.
    """

    sent: int
    statuses: Counter[int]
    seconds: float
    busy: float
    bytes: int
    answers: tuple[Answered, ...] = ()

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.sent / self.seconds

    @property
    def errors(self) -> int:
        """Answers that are none, and requests that no answer came to."""
        return self.sent - sum(self.statuses[one] for one in GOOD)

    def quantile(self, share: float, kind: str = "") -> float:
        """The time in milliseconds within which this share of the answers, or of those of a kind, came."""
        ordered = sorted(one.seconds for one in self.answers if not kind or one.kind == kind)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


def behind(answers: Iterable[Answered]) -> list[float]:
    """Of each answer by how many seconds it came after the first one of a later state: 0 if none had come. An ETag stands for a state."""
    order: dict[str, int] = {}
    first: list[float] = []
    found: list[float] = []
    for one in answers:
        if one.tag not in order:
            order[one.tag] = len(first)
            first.append(one.came)
        later = order[one.tag] + 1
        found.append(one.came - first[later] if later < len(first) else 0.0)
    return found


def run(work: Coroutine[Any, Any, Done]) -> Done:
    """Do it to its end, in a thread of its own: that of the caller may have a loop already, as where a browser is driven."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


async def _connected(port: int) -> Wire:
    _, made = await asyncio.get_running_loop().create_connection(Wire, "127.0.0.1", port)
    return made


async def fetch(port: int, asks: Iterable[Ask]) -> list[Got]:
    """The answers to some requests, one after the other."""
    wire = await _connected(port)
    found = [await wire.ask(ask.written(f"127.0.0.1:{port}")) for ask in asks]
    wire.close()
    return found


async def fastest(port: int, asks: Iterator[Ask], seconds: float, wires: int) -> Round:
    """Ask on so many connections, on each again as soon as there is an answer, for so many seconds or until there is nothing more to ask."""
    host = f"127.0.0.1:{port}"
    statuses: Counter[int] = Counter()
    size = 0
    begun, worked = time.perf_counter(), time.process_time()
    end = begun + seconds

    async def one(wire: Wire) -> int:
        nonlocal size
        sent = 0
        while time.perf_counter() < end and (ask := next(asks, None)) is not None:
            sent += 1
            got = await wire.ask(ask.written(host))
            statuses[got.status] += 1
            size += len(got.body)
            if not wire.stands:
                break
        wire.close()
        return sent

    sent = sum(await asyncio.gather(*[one(await _connected(port)) for _ in range(wires)]))
    took = time.perf_counter() - begun
    return Round(sent=sent, statuses=statuses, seconds=took, busy=(time.process_time() - worked) / took, bytes=size)


async def at_rate(port: int, asks: Iterator[Ask], seconds: float, rate: float) -> Round:
    """Ask so many times a second, whether or not what came before is answered. Times count from when a request was to be sent:
    one that waits, for a connection or for this client, waits on the clock.
    """
    host = f"127.0.0.1:{port}"
    free: list[Wire] = []
    statuses: Counter[int] = Counter()
    answers: list[Answered] = []
    size = 0

    async def one(ask: Ask, due: float) -> None:
        nonlocal size
        try:
            wire = _rested(free) or await _connected(port)
            got = await wire.ask(ask.written(host))
        except OSError:
            statuses[0] += 1
            return
        came = time.perf_counter()
        answers.append(Answered(kind=ask.kind, status=got.status, seconds=came - due, tag=got.tag, came=came))
        statuses[got.status] += 1
        size += len(got.body)
        wire.rests_since = time.perf_counter()
        free.append(wire)

    begun, worked = time.perf_counter(), time.process_time()
    count = int(seconds * rate)
    async with asyncio.TaskGroup() as tasks:
        for number in range(count):
            due = begun + number / rate
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            tasks.create_task(one(next(asks), due))
    took = time.perf_counter() - begun
    for wire in free:
        wire.close()
    busy = (time.process_time() - worked) / took
    return Round(sent=count, statuses=statuses, seconds=took, busy=busy, bytes=size, answers=tuple(answers))


def _rested(free: list[Wire]) -> Wire | None:
    """A connection to ask on; those that the server ended, or is about to end, are left."""
    while free:
        wire = free.pop()
        if wire.stands and time.perf_counter() - wire.rests_since < RESTING:
            return wire
        wire.close()
    return None


class Canned(asyncio.Protocol):
    """Answers each request with the same bytes, without looking at it; where there are none it ends the connection."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody asks."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what asyncio gives for TCP
        self._transport = transport

    def data_received(self, _: bytes) -> None:
        """A request came: requests are short, and come whole."""
        if self._transport is not None and self._answer:
            self._transport.write(self._answer)
        elif self._transport is not None:
            self._transport.close()


@contextlib.asynccontextmanager
async def canned(answer: bytes) -> AsyncIterator[int]:
    """The port of a server in this process that answers all with the same bytes."""
    server = await asyncio.get_running_loop().create_server(lambda: Canned(answer), "127.0.0.1", 0)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        await asyncio.sleep(0.05)  # connections that the other side has ended are closed meanwhile


async def ceiling(seconds: float, wires: int) -> Round:
    """How fast this client is where answers cost nearly nothing: they come from the same process, so that it could do better still."""
    async with canned(b"HTTP/1.1 200 OK\r\ncontent-length: 10000\r\n\r\n" + bytes(10_000)) as port:
        return await fastest(port, repeat(Ask(path="/")), seconds, wires)


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)
