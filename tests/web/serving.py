"""A server that runs while a test does."""

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from tests.web.conftest import settings_of

from pledgebook.web.app import create_app
from pledgebook.web.running import listening


@contextlib.contextmanager
def served_app(folder: Path, **more: object) -> Iterator[tuple[str, FastAPI]]:
    """The address at which the book in a folder is served, on a free port, and the application; `more` are settings."""
    with listening("127.0.0.1", 0) as (socket, address):
        app = create_app(settings_of(folder, None, **{"base_url": address, **more}))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield address, app
        finally:
            server.should_exit = True
            thread.join()


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the book in a folder is served for readers."""
    with served_app(folder) as (address, _):
        yield address
