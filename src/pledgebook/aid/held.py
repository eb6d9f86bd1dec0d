"""What was known of aid data on a day, what changed between two, and the history of one activity: queries over a store of snapshots.

Every row of a listing is held from the time of its snapshot to that of the next one in its feed that does not have it.
"""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from pledgebook.aid.feeds import Placed
from pledgebook.aid.store import CONTENT, LISTED, LISTING, SnapshotStore
from pledgebook.aid.tables import TABLES

#: What makes two rows of a transaction the same: all that is reported, but not where it stands.
_PLACE = ("part", "hash", "line", "transaction", "activity_id")
SAID = tuple(name for name in CONTENT["transactions"].names if name not in _PLACE)
_SAID = ", ".join(SAID)
_IDENTITY = f"md5(to_json(row(r.activity_id, {', '.join('r.' + name for name in SAID)})))"
#: Of the parts that hold the content of an activity the one that is asked: two processes may have written the same at once.
_CONTENT = "JOIN owner USING (hash) JOIN {name}_rows AS r ON r.hash = owner.hash AND r.part = owner.part"


class Held:
    """A connection to the snapshots of a store, closed in the end."""

    def __init__(self, store: SnapshotStore, snapshots: Sequence[Placed]) -> None:
        self.snapshots = list(snapshots)
        self.database = duckdb.connect(config={"threads": 2, "preserve_insertion_order": True})
        self._told: tuple[str, bool] | None = None
        self._register(store)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.database.close()

    def _register(self, store: SnapshotStore) -> None:
        rows = {name: [getattr(one, name) for one in self.snapshots] for name in ("key", "instant", "feed", "before")}
        self.database.register("placed", pa.table({name: pa.array(values, pa.string()) for name, values in rows.items()}))
        self.database.execute(
            "CREATE TABLE snapshot AS SELECT *, row_number() OVER (PARTITION BY feed ORDER BY instant, key) AS turn FROM placed"
        )
        for name, schema in ({LISTING: LISTED} | CONTENT).items():
            files = [quoted(str(path)) for path in store.files(name, (one.key for one in self.snapshots))]
            self.database.register(f"no_{name}", schema.empty_table())
            told = f"*, 0 AS file_row_number FROM no_{name}"
            if files:
                told = f"* FROM read_parquet([{', '.join(files)}], file_row_number = true)"
            self.database.execute(f"CREATE VIEW {name}_rows AS SELECT {told}")
        self.database.execute("CREATE TABLE owner AS SELECT hash, min(part) AS part FROM activities_rows GROUP BY hash")
        self.database.execute(
            """
            CREATE MACRO in_force(day) AS TABLE
            SELECT l.number, l.line, l.hash, l.activity_id, s.key, s.instant, s.feed
            FROM (SELECT arg_max(key, turn) AS key, arg_max(instant, turn) AS instant, feed FROM snapshot WHERE instant[1:10] <= day GROUP BY feed) AS s
            JOIN listing_rows AS l ON l.part = s.key
            """
        )

    def as_of(self, name: str, day: str, feed: str | None = None) -> pa.Table:
        """The table `name` as the snapshots in force on `day` (ISO 8601) tell it, with the columns of `TABLES` and then `feed` and `snapshot`.

        The rows are in the order of the feeds' names and then of the file, as the file had them.
        """
        self.tell(day, once=False)
        return self._rows(name, feed)

    def current(self, name: str, day: str) -> pa.Table:
        """As `as_of`, but of an activity that several feeds tell only what the latest snapshot among them says."""
        self.tell(day, once=True)
        return self._rows(name)

    def tell(self, day: str, *, once: bool) -> None:
        """Make the table `telling`: the listed activities in force on a day; `once`: each identifier from one feed."""
        if self._told == (day, once):
            return
        chosen = """
            QUALIFY activity_id IS NULL
                OR first_value(feed) OVER (PARTITION BY activity_id ORDER BY instant DESC, feed) = feed
            """
        self.database.execute(
            f"CREATE OR REPLACE TEMP TABLE telling AS SELECT * FROM in_force('{_plain(day)}') {chosen if once else ''}"  # noqa: S608 - checked
        )
        self._told = (day, once)

    def _rows(self, name: str, feed: str | None = None) -> pa.Table:
        columns = ", ".join(_column(field) for field in TABLES[name].names)
        query = f"""
            SELECT {columns}, t.feed, t.instant AS snapshot
            FROM telling AS t {_CONTENT.format(name=name)}
            WHERE $feed IS NULL OR t.feed = $feed
            ORDER BY t.feed, t.number, r.file_row_number
        """  # noqa: S608 - names of tables and columns are ours
        return self.database.sql(query, params={"feed": feed}).to_arrow_table()

    def through_time(self, name: str, activity_id: str) -> pa.Table:
        """The rows of one activity in `name` in every snapshot that lists it, as `as_of` has them, in the order of feeds and time."""
        columns = ", ".join(_column(field) for field in TABLES[name].names)
        query = f"""
            SELECT {columns}, t.feed, t.instant AS snapshot
            FROM (SELECT l.*, s.key, s.instant, s.feed, s.turn FROM listing_rows AS l JOIN snapshot AS s ON s.key = l.part) AS t
            {_CONTENT.format(name=name)}
            WHERE t.activity_id = $activity
            ORDER BY t.feed, t.turn, t.number, r.file_row_number
        """  # noqa: S608 - names of tables and columns are ours
        return self.database.sql(query, params={"activity": activity_id}).to_arrow_table()

    def moves(self, day: str) -> pa.Table:
        """The transactions in force on a day, of each activity from one feed, with what tells them apart and since when they are known.

        `id` is made of all that is reported, a number after it tells exact twins apart; `known` is the time of the first snapshot of the
        feed that tells it, `gone` that of the one after the last that tells it (null: none), whatever lies between the two.
        """
        self.tell(day, once=True)
        self._note_spells()
        query = f"""
            WITH told AS (
                SELECT t.feed, t.number, t.key, t.line + r.line AS line, r.* EXCLUDE (line, part, hash, file_row_number), {_IDENTITY} AS said
                FROM telling AS t {_CONTENT.format(name="transactions")}
            )
            SELECT told.* EXCLUDE (said, twin), s.known, s.gone,
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
                FROM held AS h {_CONTENT.format(name="transactions")} GROUP BY ALL
            )
            SELECT said.feed, said.said, a.instant AS known, b.instant AS gone
            FROM said JOIN snapshot AS a ON a.feed = said.feed AND a.turn = said.first
            LEFT JOIN snapshot AS b ON b.feed = said.feed AND b.turn = said.last + 1
            """  # noqa: S608 - names of columns are ours
        )

    def changes(self, before: str, after: str) -> pa.Table:
        """The transactions that one of two days knows and the other does not: `change` is "removed" or "added", `times` how often.

        `activity` tells whether the feed tells of their activity on both days ("kept"), or only on one ("gone", "new").
        """
        # What an unchanged activity tells on both days is equal: only the content of those that differ is looked at.
        query = f"""
            WITH told AS (
                SELECT feed, activity_id, hash, -1 AS side FROM in_force('{_plain(before)}')
                UNION ALL SELECT feed, activity_id, hash, 1 FROM in_force('{_plain(after)}')
            ), side AS (
                SELECT feed, activity_id, CASE WHEN min(side) > 0 THEN 'new' WHEN max(side) < 0 THEN 'gone' ELSE 'kept' END AS activity
                FROM told GROUP BY ALL
            ), moved AS (
                SELECT feed, activity_id, hash, sum(side) AS times FROM told GROUP BY ALL HAVING sum(side) <> 0
            ), net AS (
                SELECT t.feed, t.activity_id, a.format AS register, {", ".join("r." + name for name in SAID)}, sum(t.times) AS times
                FROM moved AS t {_CONTENT.format(name="transactions")} JOIN activities_rows AS a ON a.hash = owner.hash AND a.part = owner.part
                GROUP BY ALL HAVING sum(t.times) <> 0
            )
            SELECT CASE WHEN times < 0 THEN 'removed' ELSE 'added' END AS change, abs(times)::INTEGER AS times, net.feed, net.register, side.activity,
                   net.activity_id, {", ".join("net." + name for name in SAID)}
            FROM net JOIN side ON side.feed = net.feed AND side.activity_id IS NOT DISTINCT FROM net.activity_id
            ORDER BY net.feed, net.activity_id, {", ".join("net." + name for name in SAID)}, change
        """  # noqa: S608 - names of columns are ours, the days are checked
        return self.database.sql(query).to_arrow_table()


def _column(field: str) -> str:
    """How a column of `TABLES` is told: what belongs to the place comes from the listing, the rest from the content."""
    of_place = {
        "source": "t.key AS source",
        "activity": "t.number AS activity",
        "activity_id": "t.activity_id",
        "hash": "t.hash",
        "line": "t.line + r.line AS line",
    }
    return of_place.get(field, f"r.{field}")


def quoted(path: str) -> str:
    """A path as DuckDB reads it to the letter: quoted, and none of its signs a pattern."""
    plain = "".join(f"[{sign}]" if sign in "*?[" else sign for sign in path)
    return "'" + plain.replace("'", "''") + "'"


def _plain(day: str) -> str:
    if not day.replace("-", "").isdigit():
        raise ValueError(day)
    return day
