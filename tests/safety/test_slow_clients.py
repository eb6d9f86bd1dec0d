"""Clients that send byte by byte, never end, or take no answer: others are answered meanwhile, and they are cut off."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from tests.support.made import RECORDED
from tests.web.bench.conftest import first
from tests.web.conftest import settings_of

from pledgebook.book.adding import add
from pledgebook.book.opening import init_book
from pledgebook.web import connections
from pledgebook.web.app import create_app
from pledgebook.web.forms import MOST_BYTES
from pledgebook.web.running import listening, server_of

#: Seconds after which a test gives up: nothing that should end has ended.
PATIENCE = 60
GET = b"GET /methods HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n"
POST = b"POST /bench/undo HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/x-www-form-urlencoded\r\n"
CHUNKED = POST + b"transfer-encoding: chunked\r\n\r\n"
Connect = Callable[[], socket.socket]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a server that is in a hurry, with the bench."""
    patch = pytest.MonkeyPatch()
    for name, value in {"ARRIVING": 1.0, "STALLED": 1.0, "LOOK": 0.1}.items():
        patch.setattr(connections, name, value)
    folder = tmp_path_factory.mktemp("slow") / "book"
    settings = settings_of(folder, mode="bench")
    with init_book(settings.place, "slow", author="test", recorded=RECORDED) as book:
        add(book, [first()], extractor="made", author="test", recorded=RECORDED)
    with listening("127.0.0.1", 0) as (listens, _):
        server = server_of(create_app(settings))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listens]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield listens.getsockname()[1]
        server.should_exit = True
        thread.join()
    patch.undo()


@pytest.fixture
def connect(port: int) -> Iterator[Connect]:
    """Connects to it."""
    with contextlib.ExitStack() as stack:
        yield lambda: stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))


def drip(sock: socket.socket, head: bytes, drop: bytes) -> bytes:
    """Send the head, then a drop again and again until the other side ends it; what it said."""
    ended = time.monotonic() + PATIENCE
    said = b""
    with contextlib.suppress(ConnectionError, BrokenPipeError):
        sock.sendall(head)
        sock.settimeout(0.05)
        while time.monotonic() < ended:
            with contextlib.suppress(TimeoutError):
                part = sock.recv(65_536)
                said += part
                if not part:
                    return said
            sock.sendall(drop)
        raise AssertionError("it was never cut off")
    return said


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"", b""),
        (b"", b"G"),
        (b"GET / HTTP/1.1\r\nx-slow: ", b"a"),
        (b"GET / HTTP/1.1\r\n", b"x: y\r\n"),
        (POST + b"content-length: 1000\r\n\r\n", b"a"),
        (CHUNKED, b"1\r\na\r\n"),
        (CHUNKED, b""),
        # What comes along with a request that is answered, and is not gone on with.
        (GET.replace(b"connection: close\r\n", b"") + CHUNKED, b""),
    ],
    ids=["nothing", "one byte", "head", "heads", "body", "chunks", "no chunk", "pipelined"],
)
def test_a_request_that_does_not_come_whole_is_cut_off(connect: Connect, head: bytes, drop: bytes) -> None:
    said = drip(connect(), head, drop)
    assert said.count(b"HTTP/1.1 408 ") <= 1
    assert b"500" not in said.partition(b"\r\n")[0]


def test_others_are_answered_while_many_are_slow(connect: Connect) -> None:
    slow = [connect() for _ in range(200)]
    for one in slow:
        one.sendall(CHUNKED if id(one) % 3 else GET[:40])
    quick = connect()
    quick.sendall(GET)
    assert quick.recv(12) == b"HTTP/1.1 200"


def flood(sock: socket.socket) -> None:
    """Ask again and again, and read nothing."""
    for _ in range(10_000):
        sock.sendall(GET.replace(b"connection: close\r\n", b"") * 100)


def test_an_answer_that_nobody_takes_is_given_up(port: int) -> None:
    with socket.socket() as greedy:
        greedy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
        greedy.settimeout(PATIENCE)
        greedy.connect(("127.0.0.1", port))
        # Many requests and no answer taken: the server's buffer fills, and it ends the connection instead of keeping it for ever.
        with pytest.raises(ConnectionError):
            flood(greedy)


def test_a_body_without_end_is_refused_before_it_has_come(connect: Connect) -> None:
    sock = connect()
    part = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    sent = 0
    said = b""
    with contextlib.suppress(ConnectionError):
        sock.sendall(CHUNKED)
        sock.settimeout(0.01)
        while b"\r\n" not in said:
            sock.settimeout(PATIENCE)
            sock.sendall(part)
            sent += len(part)
            sock.settimeout(0.01)
            with contextlib.suppress(TimeoutError):
                said += sock.recv(4_096)
            assert sent < 20 * MOST_BYTES
    assert said.startswith(b"HTTP/1.1 413 ")
