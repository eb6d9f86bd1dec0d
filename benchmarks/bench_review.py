"""How fast the review bench is: records reviewed by script through a real browser, by keys, as a person does.

usage: python benchmarks/bench_review.py [--records 500] [--commitments 10000] [--backend sqlite|postgresql] [--write]

The server runs in a process of its own on a book made for it (benchmarks/made_book.py). Of seven records five are accepted, one is rejected and one
corrected. Told are the time that the server took for each record (all its answers: the next page, fetched ahead, and the form), as it says itself
in `Server-Timing`; how long it takes from the key to the next record on the screen; and the time of the first page, for which the queue is read.
--write leaves a dated result in benchmarks/results.
"""

import argparse
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_book import documents
from benchmarks.report import Report
from tools.browser import Server, browsing
from tools.postgres_server import PostgresServer

from pledgebook.book.adding import add
from pledgebook.book.database import reading
from pledgebook.book.log import entries
from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of

RECORDED = "2026-01-01T00:00:00Z"
_TIMING = re.compile(r"dur=([\d.]+)")
_TOGETHER = 500
#: Keys of each record in turn.
_KEYS = ("a", "a", "a", "r", "a", "edit", "a")


class Review:
    """A session in the browser, timed."""

    def __init__(self, server: Server, stack: ExitStack) -> None:
        self._page = stack.enter_context(browsing()).new_page()
        self._asked: list[tuple[str, float]] = []
        self._page.on("response", lambda answer: self._note(answer.request.method, answer.headers.get("server-timing", "")))
        self._server = server
        self.server: list[float] = []
        self.screen: list[float] = []

    def _note(self, method: str, timing: str) -> None:
        if found := _TIMING.search(timing):
            self._asked.append((method, float(found[1])))

    def begin(self) -> float:
        """Open the first record; the milliseconds that the server took for the queue."""
        page = self._page
        page.goto(f"{self._server.address}/bench")
        page.fill("#name", "Kari")
        page.keyboard.press("Enter")
        page.wait_for_selector(".queue", timeout=300_000)
        first = max(found for _, found in self._asked)
        page.keyboard.press("j")
        page.wait_for_selector("form[data-draft]")
        page.wait_for_load_state("networkidle")
        self._asked.clear()
        return first

    def review(self, count: int) -> None:
        """Review so many records."""
        for number in range(count):
            key, page = _KEYS[number % len(_KEYS)], self._page
            here = page.get_attribute("form[data-draft]", "data-draft")
            if key == "edit":
                page.fill("#f-occasion", f"edited {number}")
                key = "Control+Enter"
            begun = time.perf_counter()
            page.keyboard.press(key)
            page.wait_for_selector(f"form[data-draft]:not([data-draft='{here}'])")
            self.screen.append((time.perf_counter() - begun) * 1000)
            while page.evaluate("JSON.parse(localStorage.getItem('pledgebook outbox') || '[]').length"):
                page.wait_for_timeout(5)
            self.server.append(sum(found for _, found in self._asked))
            self._asked.clear()


def told(name: str, values: Sequence[float]) -> str:
    """Median, 95th percentile and greatest of times in milliseconds."""
    ordered = sorted(values)
    return (
        f"{name}: median {statistics.median(ordered):.0f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.0f} ms, greatest {ordered[-1]:.0f} ms"
    )


def decided(book: Book) -> int:
    """How many decisions the log has."""
    with reading(book.engine) as connection:
        return sum(1 for _ in entries(connection, ("decision",)))


def main() -> int:
    """Run, print, and with --write keep the result; 1 if a decision is missing or the server is slower than it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=500)
    parser.add_argument("--commitments", type=int, default=10_000)
    parser.add_argument("--backend", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    report = Report(f"bench_review_{given.backend}")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pledgebook-review-")))
        address = str(folder / "book")
        if given.backend == "postgresql":
            address = stack.enter_context(PostgresServer.running(durable=True)).new_database()
        book = stack.enter_context(init_book(place_of(address, str(folder / "book")), "review", author="benchmark", recorded=RECORDED))
        made = documents(given.commitments)
        while part := list(islice(made, _TOGETHER)):
            add(book, part, extractor="made", author="benchmark", recorded=RECORDED)
        report(f"a book of {given.commitments} commitments, {given.backend}")
        review = Review(stack.enter_context(Server.running(address, folder / "book")), stack)
        report(f"first page of the queue, which is read then: {review.begin():.0f} ms")
        review.review(given.records)
        report(f"{given.records} records reviewed through the browser; decisions in the log: {decided(book)}")
        report(told("server, for each record", review.server))
        report(told("from the key to the next record on the screen", review.screen))
        failed = decided(book) < given.records or statistics.median(review.server) > 150
    if given.write:
        report.save()
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
