"""What there is to review: a row for each commitment and claim, held in memory, in every order, and brought up to date from the log."""

import threading
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from sqlalchemy import Connection, select

from pledgebook.book.log import numbers_after, size_and_head
from pledgebook.book.sql import in_batches
from pledgebook.book.tables import claim, commitment, decision, document
from pledgebook.web.bench.filters import LACKING, STATES, Filter, Order
from pledgebook.web.bench.queue_rows import Row, every_id, rows_of

#: Log entries up to which single rows are looked at again; above that all are.
_MOST = 5_000
#: Entries that change no row.
_WITHOUT_ROWS = frozenset({"release", "money", "book", "coding", "registry", "events"})
_ABOUT = select(decision.c.about, decision.c.of)
_ADDED = select(document.c.id)
_READ = {table: select(table.c.id) for table in (commitment, claim)}
Key = tuple[object, ...]


def _by_certainty(row: Row) -> Key:
    return (row.certainty, row.id)


_KEYS: dict[Order, Callable[[Row], Key]] = {
    "certainty": _by_certainty,
    "document": lambda row: (row.title.casefold(), row.document, row.start, row.id),
    "outlet": lambda row: (row.outlet.casefold(), row.title.casefold(), row.document, row.start, row.id),
    "actor": lambda row: (row.actors.casefold(), row.certainty, row.id),
    "kind": lambda row: (row.kind, row.certainty, row.id),
    "state": lambda row: (STATES.index(row.state), row.certainty, row.id),
    "newest": lambda row: (-int(row.known.replace("-", "") or 0), row.document, row.start, row.id),
}


class Queue:
    """All records. Any number of threads may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[str, Row] = {}
        #: The orders that were asked for so far: a large book is sorted in some tenths of a second, and most are never wanted.
        self._orders: dict[Order, list[tuple[Key, str]]] = {}
        self._at: tuple[int, str] = (-1, "")

    def keep_up(self, connection: Connection) -> None:
        """Bring the rows to the state of the book that a reading transaction sees; an older one than is known changes nothing."""
        with self._lock:
            at = size_and_head(connection)
            if at == self._at or at[0] < self._at[0]:
                return
            changed = self._changed(connection)
            if changed is None:
                self._fill(rows_of(connection, *every_id(connection)))
            else:
                self._replace(changed, rows_of(connection, changed, changed))
            self._at = at

    def _changed(self, connection: Connection) -> set[str] | None:
        """The ids of what may have changed since; None where all may have."""
        seqs = numbers_after(connection, self._at[0], _WITHOUT_ROWS | {"decision", "document"}, _MOST) if self._at[0] >= 0 else None
        if seqs is None:
            return None
        ids = {row.about for row in in_batches(connection, _ABOUT, decision.c.seq, seqs) if row.of != "money"}
        added = [row.id for row in in_batches(connection, _ADDED, document.c.seq, seqs)]
        for table, query in _READ.items():
            ids |= {row.id for row in in_batches(connection, query, table.c.document, added)}
        return ids - {""}

    def _fill(self, rows: Iterable[Row]) -> None:
        self._rows = {row.id: row for row in rows}
        self._orders = {}
        self._places("certainty")

    def _places(self, order: Order) -> list[tuple[Key, str]]:
        """All records in an order: their keys and ids."""
        if order not in self._orders:
            key = _KEYS[order]
            self._orders[order] = sorted((key(row), row.id) for row in self._rows.values())
        return self._orders[order]

    def _replace(self, ids: Iterable[str], rows: Iterable[Row]) -> None:
        for one in ids:
            before = self._rows.pop(one, None)
            if before is not None:
                for order, places in self._orders.items():
                    del places[bisect_left(places, (_KEYS[order](before), one))]
        for row in rows:
            self._rows[row.id] = row
            for order, places in self._orders.items():
                insort(places, (_KEYS[order](row), row.id))

    def row(self, one: str) -> Row | None:
        """The row of a record."""
        return self._rows.get(one)

    def after(self, chosen: Filter, one: str | None = None) -> str | None:
        """The id of the next record that is wanted, after a given one; from the first again when the end is reached; None if there is no other."""
        with self._lock:
            fits = fitting(chosen)
            places = self._places(chosen.order)
            here = self._rows.get(one or "")
            first = bisect_right(places, (_KEYS[chosen.order](here), here.id)) if here is not None else 0
            for place in chain(range(first, len(places)), range(first)):
                name: str = places[place][1]
                if name != one and fits(self._rows[name]):
                    return name
            return None

    def before(self, chosen: Filter, one: str) -> str | None:
        """The id of the record that is wanted before a given one; None if it is the first."""
        with self._lock:
            fits, places, here = fitting(chosen), self._places(chosen.order), self._rows.get(one)
            first = bisect_left(places, (_KEYS[chosen.order](here), here.id)) if here is not None else 0
            return next((places[place][1] for place in range(first - 1, -1, -1) if fits(self._rows[places[place][1]])), None)

    def wanted(self, chosen: Filter) -> list[Row]:
        """All records that are wanted, in their order."""
        with self._lock:
            fits = fitting(chosen)
            return [row for _, one in self._places(chosen.order) if fits(row := self._rows[one])]

    def all(self) -> list[Row]:
        """Every record, in no order."""
        with self._lock:
            return list(self._rows.values())


def fitting(chosen: Filter) -> Callable[[Row], bool]:
    """Whether a record is wanted."""
    tests = list(_tests(chosen))
    return lambda row: all(test(row) for test in tests)


def _tests(chosen: Filter) -> Iterator[Callable[[Row], bool]]:
    if chosen.of != "any":
        yield lambda row: row.of == chosen.of
    if chosen.state:
        yield lambda row: row.state == chosen.state
    if chosen.kind:
        yield lambda row: row.kind == chosen.kind
    if chosen.field:
        field, wanted = chosen.field.removeprefix(LACKING), not chosen.field.startswith(LACKING)
        yield lambda row: (field in row.filled) is wanted
    for name in ("actor", "document", "outlet"):
        if words := getattr(chosen, name).casefold():
            yield _holding(name, words)


def _holding(name: str, words: str) -> Callable[[Row], bool]:
    if name == "document":
        return lambda row: row.document == words or words in row.title.casefold()
    if name == "actor":
        return lambda row: words in row.actors.casefold()
    return lambda row: words in row.outlet.casefold()
