"""The listing built from the book, in batches, so that memory does not grow with the book."""

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from sqlalchemy import Connection, func, select

from pledgebook.book.database import reading
from pledgebook.book.finding import promise_ids
from pledgebook.book.log import size_and_head
from pledgebook.book.opening import Book, open_book
from pledgebook.book.place import Place
from pledgebook.book.registries import registry_of
from pledgebook.book.sql import batches
from pledgebook.book.standing import standings
from pledgebook.book.tables import mention, meta
from pledgebook.core.identity import content_id
from pledgebook.reference.outlets import Registry
from pledgebook.web.listing.columns import Gathering, packed
from pledgebook.web.listing.entries import Listed, listed
from pledgebook.web.listing.facets import FACETS
from pledgebook.web.listing.file import LAYOUT, add_indexes, keep_state, new_file, put, put_gathered
from pledgebook.web.listing.gathered import gathered
from pledgebook.web.listing.listing import Stamp

#: Promises that are worked out together.
TOGETHER = 500


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What to build: the listing of the book at `place` on a day, by a version of the program, into the file `path`."""

    place: Place
    day: datetime.date
    version: str
    path: Path


def build(order: Order) -> None:
    """Build the file. Runs in a thread, or in a process of its own where the book is large."""
    with open_book(order.place) as book, reading(book.engine) as connection:
        file = new_file(order.path)
        with file.writing() as listing:
            gathering = Gathering()
            for one in _all(book, connection, order.day):
                put(listing, gathering.add(one), one)
            for found in gathered(book, connection, order.day):
                put_gathered(listing, found)
            add_indexes(listing)
            keep_state(listing, "columns", packed(gathering.columns()))
            keep_state(listing, "stamp", msgspec.json.encode(stamp_of(connection, order.day, order.version)))
        with file.lent() as listing:
            listing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        file.close()


def stamp_of(connection: Connection, day: datetime.date, version: str) -> Stamp:
    """Which state of the book this is."""
    entries, head = size_and_head(connection)
    told = sorted((row.key, row.value) for row in connection.execute(select(meta)))
    said = content_id("meta", *(part for pair in told for part in pair))
    return Stamp(entries=entries, head=head, day=day.isoformat(), version=full_version(version), meta=said)


def full_version(version: str) -> str:
    """The version of the program with that of the listing's own make."""
    return f"{LAYOUT} {content_id('facets', *(one.name for one in FACETS))} {version}"


def entries_of(book: Book, connection: Connection, registry: Registry, ids: Sequence[str], day: datetime.date) -> Iterator[Listed]:
    """What the listing holds of these promises; those that had not been announced on the day are left out."""
    return listed(connection, book.blobs, registry, standings(connection, day, ids, reasons=True), day)


def size_of(connection: Connection) -> int:
    """How many commitments the book counts."""
    return int(connection.execute(select(func.count()).select_from(mention)).scalar_one())


def _all(book: Book, connection: Connection, day: datetime.date) -> Iterator[Listed]:
    registry = registry_of(connection)
    for ids in batches(promise_ids(connection), TOGETHER):
        yield from entries_of(book, connection, registry, ids, day)
