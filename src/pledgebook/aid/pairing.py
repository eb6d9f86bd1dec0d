"""Transactions that one snapshot no longer tells and another tells newly, paired where the one is the other with something changed.

Aid data have no identity for a transaction, so a pair is an inference, and its rule is told with it. Of one activity of one feed, in this order:
1. "flow": it is the one sum of an FTS flow;
2. "ref": the same reference, which neither side has twice;
3. "type and date": the same type and date, which neither side has twice;
4. "type and value": the same type, value and currency, which neither side has twice.
What finds no partner is removed or added.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import msgspec

Row = Mapping[str, Any]
Kind = Literal["removed", "added", "changed"]
By = Literal["flow", "ref", "type and date", "type and value"]
#: The columns of a row of `Held.changes` that are not of the transaction itself.
OF_CHANGE = frozenset({"change", "times", "feed", "register", "activity", "activity_id"})

_KEYS: Mapping[By, Callable[[Row], Hashable | None]] = {
    "flow": lambda row: row["activity_id"] if row["register"] == "fts" else None,
    "ref": lambda row: row["ref"],
    "type and date": lambda row: _all_of(row["transaction_type_reported"], row["transaction_date"]),
    "type and value": lambda row: _all_of(row["transaction_type_reported"], row["value"], row["currency"]),
}


def _all_of(*values: object) -> Hashable | None:
    """The values together; None if one is missing."""
    return None if None in values else values


class Difference(msgspec.Struct, frozen=True):
    """A field of a transaction before and after."""

    field: str
    before: Any
    after: Any


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One transaction that is told otherwise, no more, or newly. `row` is what is told of it now, of a removed one what was told last.

    `activity` says whether the feed tells of the activity at both times ("kept") or at one only ("gone", "new"); `by` and `fields` are of a
    "changed" one: the rule that paired it, and every field that differs.
    """

    kind: Kind
    feed: str
    activity: str
    activity_id: str | None
    row: Row
    by: By | None = None
    fields: tuple[Difference, ...] = ()


def paired(rows: Iterable[Row]) -> list[Change]:
    """Rows of `Held.changes` as changes: those of an activity together, in the order of feeds and activities."""
    groups: dict[tuple[str, str | None], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["feed"], row["activity_id"]] += [row] * row["times"]
    return [change for group in groups.values() for change in _paired(group)]


def _paired(rows: Sequence[Row]) -> Iterator[Change]:
    """The changes of one activity."""
    removed = [row for row in rows if row["change"] == "removed"]
    added = [row for row in rows if row["change"] == "added"]
    for by, key in _KEYS.items():
        before, after = _once(removed, key), _once(added, key)
        for name in [name for name in before if name in after]:
            old, new = before[name], after[name]
            removed, added = [row for row in removed if row is not old], [row for row in added if row is not new]
            yield _change("changed", new, by, tuple(_differences(old, new)))
    yield from (_change("removed", row) for row in removed)
    yield from (_change("added", row) for row in added)


def _once(rows: Sequence[Row], key: Callable[[Row], Hashable | None]) -> dict[Hashable, Row]:
    """The rows whose key no other has."""
    counts = Counter(key(row) for row in rows)
    return {name: row for row in rows if (name := key(row)) is not None and counts[name] == 1}


def _change(kind: Kind, row: Row, by: By | None = None, fields: tuple[Difference, ...] = ()) -> Change:
    told = {name: value for name, value in row.items() if name not in OF_CHANGE}
    return Change(kind=kind, feed=row["feed"], activity=row["activity"], activity_id=row["activity_id"], row=told, by=by, fields=fields)


def _differences(old: Row, new: Row) -> Iterator[Difference]:
    for name, value in new.items():
        if name not in OF_CHANGE and old[name] != value:
            yield Difference(name, old[name], value)
