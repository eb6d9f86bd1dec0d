"""What was known of aid data on a day, what changed between two, and the history of one activity: queries over a store of snapshots.

Every row of a listing is held from the time of its snapshot to that of the next one in its feed that does not have it.
"""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from pledgebook.aid.feeds import Placed
from pledgebook.aid.store import CONTENT, LISTING, SnapshotStore
from pledgebook.aid.tables import TABLES

#: What makes two rows of a transaction the same: all that is reported, but not where it stands.
_PLACE = ("part", "hash", "line", "transaction", "activity_id")
_SAID = ", ".join(name for name in CONTENT["transactions"].names if name not in _PLACE)

_IDENTITY = f"md5(to_json(row(r.activity_id, {', '.join('r.' + name for name in _SAID.split(', '))})))"


class Held:
    """A connection to the snapshots of a store, closed in the end."""

    def __init__(self, store: SnapshotStore, snapshots: Sequence[Placed]) -> None:
        self.snapshots = list(snapshots)
        self.database = duckdb.connect(config={"threads": 2, "preserve_insertion_order": True})
        self._register(store)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.database.close()

    def _register(self, store: SnapshotStore) -> None:
        rows = {name: [getattr(one, name) for one in self.snapshots] for name in ("key", "instant", "feed", "before")}
        placed = pa.table({name: pa.array(values, pa.string()) for name, values in rows.items()})
        self.database.register("placed", placed)
        self.database.execute(
            "CREATE TABLE snapshot AS SELECT *, row_number() OVER (PARTITION BY feed ORDER BY instant, key) AS turn FROM placed"
        )
        for name in (LISTING, *CONTENT):
            files = [str(store.folder / one.key / f"{name}.parquet") for one in self.snapshots]
            if files:
                self.database.execute(f"CREATE VIEW {name}_rows AS SELECT * FROM read_parquet({files})")  # noqa: S608 - the paths are ours
        if self.snapshots:
            # The same content may have been written by two processes at once: of each activity one part holds it.
            self.database.execute("CREATE TABLE owner AS SELECT hash, min(part) AS part FROM activities_rows GROUP BY hash")

    def as_of(self, name: str, day: str, feed: str | None = None) -> pa.Table:
        """The table `name` as the snapshots in force on `day` (ISO 8601) tell it, with the columns of `TABLES` and then `feed` and `snapshot`."""
        if not self.snapshots:
            return TABLES[name].empty_table()
        lines = [f"l.line + r.line AS {field}" if field == "line" else _column(field) for field in TABLES[name].names]
        order = "s.feed, l.number" + (", r.transaction" if "transaction" in TABLES[name].names else "")
        query = f"""
            SELECT {", ".join(lines)}, s.feed, s.instant AS snapshot
            FROM in_force('{_plain(day)}') AS s JOIN listing_rows AS l ON l.part = s.key
            JOIN owner USING (hash) JOIN {name}_rows AS r ON r.hash = owner.hash AND r.part = owner.part
            WHERE ? IS NULL OR s.feed = ?
            ORDER BY {order}
        """  # noqa: S608 - names of tables and columns are ours, the day is checked
        self._macros()
        return self.database.sql(query, params=[feed, feed]).to_arrow_table()

    def current(self, name: str, day: str) -> pa.Table:
        """As `as_of`, but of an activity that several feeds tell only what the latest snapshot among them says."""
        if not self.snapshots:
            return TABLES[name].empty_table()
        self._tell_once(day)
        lines = [f"t.line + r.line AS {field}" if field == "line" else _column(field, "t") for field in TABLES[name].names]
        query = f"""
            SELECT {", ".join(lines)}, t.feed, t.instant AS snapshot
            FROM telling AS t JOIN owner USING (hash) JOIN {name}_rows AS r ON r.hash = owner.hash AND r.part = owner.part
            ORDER BY t.feed, t.number{", r.transaction" if "transaction" in TABLES[name].names else ""}
        """  # noqa: S608 - names of tables and columns are ours
        return self.database.sql(query).to_arrow_table()

    def _tell_once(self, day: str) -> None:
        """The listed activities in force on a day, each identifier from one feed."""
        self._macros()
        self.database.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE telling AS
            SELECT l.number, l.line, l.hash, l.activity_id, s.key, s.instant, s.feed
            FROM in_force('{_plain(day)}') AS s JOIN listing_rows AS l ON l.part = s.key
            QUALIFY l.activity_id IS NULL
                OR first_value(s.feed) OVER (PARTITION BY l.activity_id ORDER BY s.instant DESC, s.feed) = s.feed
            """  # noqa: S608 - the day is checked
        )

    def moves(self, day: str) -> pa.Table:
        """The transactions in force on a day, of each activity from one feed, with what tells them apart and since when they are known.

        `id` is made of all that is reported, a number after it tells exact twins apart; `known` is the time of the first snapshot of the
        feed that tells it, `gone` that of the first one after `day` that does not any more (null: none).
        """
        if not self.snapshots:
            return TABLES["transactions"].empty_table()
        self._tell_once(day)
        self._note_spells()
        query = f"""
            WITH told AS (
                SELECT t.feed, t.number, t.key, t.line + r.line AS line, r.*, {_IDENTITY} AS said
                FROM telling AS t JOIN owner USING (hash) JOIN transactions_rows AS r ON r.hash = owner.hash AND r.part = owner.part
            )
            SELECT told.* EXCLUDE (part, hash, said), s.known, s.gone,
                   told.said || CASE WHEN twin > 1 THEN '-' || twin ELSE '' END AS id
            FROM (SELECT *, row_number() OVER (PARTITION BY feed, said ORDER BY number, transaction) AS twin FROM told) AS told
            JOIN spell AS s ON s.feed = told.feed AND s.said = told.said
            ORDER BY told.feed, told.number, told.transaction
        """  # noqa: S608 - names of columns are ours
        return self.database.sql(query).to_arrow_table()

    def _note_spells(self) -> None:
        """Since when, and until when, each transaction is told by its feed: first and last snapshot, whatever lies between."""
        self.database.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE spell AS
            WITH held AS (
                SELECT s.feed, l.hash, min(s.turn) AS first, max(s.turn) AS last
                FROM listing_rows AS l JOIN snapshot AS s ON s.key = l.part GROUP BY ALL
            ), said AS (
                SELECT h.feed, {_IDENTITY} AS said, min(h.first) AS first, max(h.last) AS last
                FROM held AS h JOIN owner USING (hash) JOIN transactions_rows AS r ON r.hash = owner.hash AND r.part = owner.part GROUP BY ALL
            )
            SELECT said.feed, said.said, a.instant AS known, b.instant AS gone
            FROM said JOIN snapshot AS a ON a.feed = said.feed AND a.turn = said.first
            LEFT JOIN snapshot AS b ON b.feed = said.feed AND b.turn = said.last + 1
            """  # noqa: S608 - names of columns are ours
        )

    def _macros(self) -> None:
        self.database.execute(
            """
            CREATE OR REPLACE MACRO in_force(day) AS TABLE
            SELECT arg_max(key, turn) AS key, max(instant) AS instant, feed FROM snapshot
            WHERE instant[1:10] <= day GROUP BY feed
            """
        )

    def changes(self, before: str, after: str) -> pa.Table:
        """The transactions that one of two days knows and the other does not, as often as they differ: `change` is "removed" or "added"."""
        self._macros()
        sides = [
            f"""SELECT s.feed, l.activity_id, {_SAID}, count(*) AS times
                FROM in_force('{_plain(day)}') AS s JOIN listing_rows AS l ON l.part = s.key
                JOIN owner USING (hash) JOIN transactions_rows AS r ON r.hash = owner.hash AND r.part = owner.part
                WHERE hash IN (SELECT hash FROM moved) GROUP BY ALL"""  # noqa: S608
            for day in (before, after)
        ]
        self.database.execute(
            f"""CREATE OR REPLACE TEMP TABLE moved AS
                SELECT hash FROM (
                    SELECT s.feed, l.hash, count(*) AS times FROM in_force('{_plain(before)}') AS s JOIN listing_rows AS l ON l.part = s.key GROUP BY ALL
                ) AS a FULL JOIN (
                    SELECT s.feed, l.hash, count(*) AS times FROM in_force('{_plain(after)}') AS s JOIN listing_rows AS l ON l.part = s.key GROUP BY ALL
                ) AS b USING (feed, hash) WHERE a.times IS DISTINCT FROM b.times"""  # noqa: S608
        )
        same = " AND ".join(f"a.{name} IS NOT DISTINCT FROM b.{name}" for name in ["feed", "activity_id", *_SAID.split(", ")])
        given = ", ".join(f"coalesce(a.{name}, b.{name}) AS {name}" for name in ["feed", "activity_id", *_SAID.split(", ")])
        query = f"""
            SELECT * FROM (
                SELECT CASE WHEN coalesce(a.times, 0) > coalesce(b.times, 0) THEN 'removed' ELSE 'added' END AS change,
                       abs(coalesce(a.times, 0) - coalesce(b.times, 0)) AS times, {given}
                FROM ({sides[0]}) AS a FULL JOIN ({sides[1]}) AS b ON {same}
            ) WHERE times > 0 ORDER BY ALL
        """  # noqa: S608
        return self.database.sql(query).to_arrow_table()


def _column(field: str, listing: str = "l") -> str:
    """How a column of `TABLES` is told: what belongs to the place comes from the listing, the rest from the content."""
    of_place = {
        "source": f"{'s' if listing == 'l' else 't'}.key AS source",
        "activity": f"{listing}.number AS activity",
        "activity_id": f"{listing}.activity_id",
        "hash": f"{listing}.hash",
    }
    return of_place.get(field, f"r.{field}")


def _plain(day: str) -> str:
    if not day.replace("-", "").isdigit():
        raise ValueError(day)
    return day
