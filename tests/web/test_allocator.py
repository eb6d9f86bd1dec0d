"""Memory that is free goes back to the system, and one heap is enough for threads that start later."""

import gc
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from pledgebook.book.place import place_of
from pledgebook.web import running
from pledgebook.web.app import create_app
from pledgebook.web.web_settings import WebSettings

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the C library of other systems cannot be told so")

#: Pieces of which every twentieth stays: what lies between is free, and held all the same; by how many megabytes less is held afterwards.
HOLES = """
from pledgebook.web.allocator import give_back
held = lambda: int(open("/proc/self/statm").read().split()[1]) * 4096 / 1e6
pieces = [bytearray(40_000) for _ in range(4_000)]
last = bytearray(40_000)
pieces = pieces[::20]
before = held()
assert give_back()
print(before - held())
"""
#: The heaps that a process has after several threads took memory; glibc writes them as XML.
HEAPS = """
import ctypes, threading
from pledgebook.web.allocator import share_one_heap
assert share_one_heap()
together = threading.Barrier(6)
def take():
    kept = [bytearray(5_000) for _ in range(500)]
    together.wait()
threads = [threading.Thread(target=take) for _ in range(6)]
[one.start() for one in threads]
[one.join() for one in threads]
c = ctypes.CDLL(None)
c.fdopen.restype = ctypes.c_void_p
out = ctypes.c_void_p(c.fdopen(1, b"w"))
c.malloc_info(0, out)
c.fflush(out)
"""


def told(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60).stdout


def test_what_is_free_between_what_is_kept_goes_back() -> None:
    assert float(told(HOLES)) > 50


def test_threads_share_one_heap() -> None:
    assert told(HEAPS).count("<heap nr=") == 1
    assert told(HEAPS.replace("assert share_one_heap()", "")).count("<heap nr=") > 1


def test_a_server_shares_one_heap(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(running, "share_one_heap", lambda: done.append("one heap"))
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: done.append("serves"))
    with socket.socket() as listens:
        running.run(FastAPI(), listens)
    gc.unfreeze()
    assert done == ["one heap", "serves"]


def test_it_gives_back_again_and_again_and_though_it_cannot_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried, often = [], threading.Event()

    def give_back() -> bool:
        tried.append("gives back")
        if len(tried) == 1:
            raise OSError
        often.set()
        return True

    monkeypatch.setattr("pledgebook.web.app.EVERY", 0.01)
    monkeypatch.setattr("pledgebook.web.app.give_back", give_back)
    with TestClient(create_app(WebSettings(place=place_of(str(folder), ""))), base_url="http://127.0.0.1") as client:
        assert often.wait(30)
        assert client.get("/methods").status_code == 200


def test_a_library_without_such_functions_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    from pledgebook.web import allocator

    class Other:
        pass

    monkeypatch.setattr("ctypes.CDLL", lambda _: Other())
    assert (allocator.share_one_heap(), allocator.give_back()) == (False, False)
    monkeypatch.setattr("sys.platform", "darwin")
    assert allocator.give_back() is False
