"""A server that runs until it is told to end: it finishes what it has begun to answer, and closes the book."""

import contextlib
import gc
import socket
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI

from pledgebook.book.errors import book_error
from pledgebook.web.allocator import share_one_heap
from pledgebook.web.connections import BoundedConnection

#: Seconds that answers under way have at the end.
_GRACE = 5
_WAITING = 2_048


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[tuple[socket.socket, str]]:
    """A socket that listens on an address (port 0: any free one), and the address as a browser writes it. Raises BookError if it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Told that it is TCP, asyncio sends the end of an answer at once; else each would wait 40 ms for the reader's acknowledgement.
    with contextlib.closing(socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)) as made:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, port))
            made.listen(_WAITING)
        except OSError as error:
            todo = "Choose another with --host or --port; perhaps another program listens there."
            raise book_error("unusable-address", f"{host}:{port}", f"It cannot be listened on ({error.strerror}).", todo) from None
        shown = f"[{host}]" if ":" in host else host
        yield made, f"http://{shown}:{made.getsockname()[1]}"


def server_of(app: FastAPI) -> uvicorn.Server:
    """The server of an application. From where a request comes behind another web server, the application finds out: see `forwarded`."""
    config = uvicorn.Config(
        app,
        http=BoundedConnection,
        ws="none",
        log_level="warning",
        proxy_headers=False,
        access_log=False,
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=_GRACE,
        limit_concurrency=None,
        h11_max_incomplete_event_size=16_384,
    )
    return uvicorn.Server(config)


def run(app: FastAPI, listens: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM."""
    share_one_heap()
    # What is there now stays: looking through all of it again and again for what is no longer used would stop every request for a fifth of a second.
    gc.collect()
    gc.freeze()
    server_of(app).run(sockets=[listens])
