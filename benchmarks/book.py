"""How fast a book is: adding, status, verify, and how joining grows.

usage: python benchmarks/book.py [--commitments 100000] [--growth 10000 100000 1000000] [--write]

Makes a book of documents made for it (benchmarks/made_book.py; nothing is read by the extractor, so adding is what comes after reading), and times
in the same run a plain SQLite scan of the same rows that decodes each. --write leaves a dated result in benchmarks/results.
"""

import argparse
import datetime
import hashlib
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice

import msgspec

from made_book import documents
from pledgebook.book.adding import Addition, add
from pledgebook.book.checking import verify
from pledgebook.book.database import reading
from pledgebook.book.finding import promise_ids
from pledgebook.book.opening import Book, init_book
from pledgebook.book.place import place_of
from pledgebook.book.standing import standings
from pledgebook.core.promise import Mention
from pledgebook.joining.features import Features, features_of
from pledgebook.joining.join import join
from report import Report

RECORDED = "2026-01-01T00:00:00Z"
AS_OF = datetime.date(2026, 11, 1)
TOGETHER = 500


def main() -> int:
    """Run, print, and with --write keep the result."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--commitments", type=int, default=100_000)
    parser.add_argument("--growth", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    report = Report("book")
    for line in chain(_book(given.commitments), _growth(given.growth)):
        report(line)
    if given.write:
        report.save()
    return 0


def _book(commitments: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        book = init_book(place_of(f"{folder}/book", ""), "benchmark", author="benchmark", recorded=RECORDED)
        made = list(documents(commitments))
        seconds = timed(lambda: _add(book, made))
        yield f"a book of {commitments} commitments in {len(made)} documents was made in {seconds:.0f} s"
        more = list(islice(documents(commitments, first=len(made)), 1000))
        yield f"adding 1,000 more documents ({sum(len(one.reading.commitments) for one in more)} commitments): {timed(lambda: _add(book, more)):.1f} s"
        yield from _status(book, folder)
        yield from _verify(book)
        book.close()


def _add(book: Book, made: list[Addition]) -> None:
    for first in range(0, len(made), TOGETHER):
        add(book, made[first : first + TOGETHER], extractor="benchmark", author="benchmark", recorded=RECORDED)


def _status(book: Book, folder: str) -> Iterator[str]:
    scan = timed(lambda: _scan(book, folder))
    with reading(book.engine) as connection:
        ids = promise_ids(connection)
        every = timed(lambda: standings(connection, AS_OF))
        one = statistics.median(timed(lambda name=name: standings(connection, AS_OF, [name])) for name in ids[:: max(len(ids) // 50, 1)])
    yield f"plain SQLite scan of the same mentions, each decoded: {scan:.1f} s"
    yield f"status of all {len(ids)} promises: {every:.1f} s ({every / scan:.1f} times the scan); target 5 s"
    yield f"status of one, median of 50: {one * 1000:.0f} ms; target 50 ms"


def _scan(book: Book, folder: str) -> int:
    with reading(book.engine) as connection:
        rows = connection.exec_driver_sql("SELECT id, body FROM mention").fetchall()
    plain = sqlite3.connect(f"{folder}/plain.sqlite")
    plain.execute("CREATE TABLE IF NOT EXISTS mention (id TEXT PRIMARY KEY, body TEXT)")
    plain.executemany("INSERT OR REPLACE INTO mention VALUES (?, ?)", [tuple(row) for row in rows])
    plain.commit()
    return sum(len(msgspec.json.decode(body, type=Mention).commitment.quote) for (body,) in plain.execute("SELECT body FROM mention"))


def _verify(book: Book) -> Iterator[str]:
    files = [path for path in book.blobs.folder.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    plain = timed(lambda: [hashlib.sha256(path.read_bytes()).digest() for path in files])
    seconds = timed(lambda: list(verify(book)))
    yield f"verify of {size:.0f} MB in {len(files)} small sources, log, quotes: {seconds:.1f} s (hashing the files alone: {plain:.1f} s)"
    big = [b"%d" % number * 1_000_000 for number in range(40)]
    for data in big:
        book.blobs.put(data)
    size = sum(map(len, big)) / 1e6
    seconds = timed(lambda: list(book.blobs.check())) - plain
    yield f"checking {size:.0f} MB more in 40 large sources: {max(seconds, 0.001):.2f} s beyond the small ones; target 100 MB/s"


def _growth(sizes: list[int]) -> Iterator[str]:
    before: tuple[int, float] | None = None
    for size in sizes:
        features = list(_features(size))
        started = time.perf_counter()
        groups = join(features)
        seconds = time.perf_counter() - started
        factor = f", {seconds / before[1]:.1f} times as long for {size / before[0]:.0f} times as many" if before else ""
        yield f"joining {len(features)} commitments to {len(groups)} promises in memory: {seconds:.1f} s{factor}"
        before = (size, seconds)


def _features(size: int) -> Iterator[Features]:
    for one in documents(size):
        found = one.reading.document
        for commitment in one.reading.commitments:
            yield features_of(commitment, sha256=found.sha256, source=found.sha256, known=found.published)


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    raise SystemExit(main())
