"""Totals of money in US dollars by donor, year, country or sector, over the flat tables `transactions` and `splits` of a DuckDB connection."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Literal

import duckdb
import msgspec

By = Literal["donor", "year", "country", "sector"]


class Total(msgspec.Struct, frozen=True):
    """One sum: of a register and a stage, never to be added to that of another.

    `key` is a donor's reference or name, a year, a code of a country, region or sector; "": not told. `name` is of a donor. `transactions`
    counts those that have a part in it, `usd` sums those that can be converted (None: none of them), `unconvertible` counts the others.
    """

    register: str
    stage: str
    key: str
    name: str
    transactions: int
    usd: Decimal | None
    unconvertible: int


class Coverage(msgspec.Struct, frozen=True):
    """How much of a register's stage the totals rest on: `transactions`, how many of them have a sum in dollars, and these dollars."""

    register: str
    stage: str
    transactions: int
    converted: int
    usd: Decimal | None


class Unconvertible(msgspec.Struct, frozen=True):
    """Transactions without a sum in dollars, and what they come to in their currency (None: no currency is told)."""

    register: str
    stage: str
    currency: str | None
    transactions: int
    value: Decimal | None


_COLUMNS = "count(*) AS transactions, sum(usd) AS usd, count(*) - count(usd) AS unconvertible"
_NONE = Decimal(0)
_OF_TRANSACTION: Mapping[By, tuple[str, str]] = {
    "donor": ("coalesce(donor, '')", "coalesce(min(donor_name), '')"),
    "year": ("coalesce(year::VARCHAR, '')", "''"),
}


def totals(database: duckdb.DuckDBPyConnection, by: By, vocabulary: str | None = None) -> list[Total]:
    """The totals, largest first in each register and stage.

    By country or sector the parts of one vocabulary are summed: `vocabulary`, or the main one of each transaction; what has none of it
    stands under "". Together the rows of a register and stage come to all its money. A transaction without a value has no parts.
    """
    if by in _OF_TRANSACTION:
        key, name = _OF_TRANSACTION[by]
        query = f"SELECT register, stage, {key} AS key, {name} AS name, {_COLUMNS} FROM transactions GROUP BY register, stage, {key}"  # noqa: S608
        found = [Total(*row) for row in database.execute(query).fetchall()]
    else:
        found = _of_parts(database, by, vocabulary)
    return sorted(found, key=lambda one: (one.register, one.stage, "" if by == "year" else -(one.usd or _NONE), one.key))


def _of_parts(database: duckdb.DuckDBPyConnection, kind: str, vocabulary: str | None) -> list[Total]:
    """Totals of the parts of one kind, of a vocabulary or of the main ones."""
    chosen, firsts = "main", ""
    if vocabulary is not None:
        chosen, firsts = "vocabulary = $vocabulary", ", count(*) FILTER (number = 1), count(*) FILTER (number = 1 AND usd IS NULL)"
    query = f"""
        SELECT register, stage, code, {_COLUMNS}{firsts}
        FROM splits WHERE kind = $kind AND {chosen} GROUP BY register, stage, code
    """  # noqa: S608 - no word of it is a user's
    values = {"kind": kind} | ({} if vocabulary is None else {"vocabulary": vocabulary})
    rows = database.execute(query, values).fetchall()
    found = [Total(register, stage, code, "", count, usd, without) for register, stage, code, count, usd, without, *_ in rows]
    return found if vocabulary is None else _with_rest(database, found, rows)


def _with_rest(database: duckdb.DuckDBPyConnection, found: list[Total], rows: list[tuple[Any, ...]]) -> list[Total]:
    """With what of each register and stage has no part, under "": the whole less the parts, which add up to the transactions they are of."""
    query = f"SELECT register, stage, {_COLUMNS} FROM transactions WHERE value IS NOT NULL GROUP BY register, stage"  # noqa: S608
    for register, stage, count, usd, without in database.execute(query).fetchall():
        parts = [row for row in rows if row[:2] == (register, stage)]
        told, told_without = sum(row[6] for row in parts), sum(row[7] for row in parts)
        if count == told:
            continue
        rest = None if usd is None else usd - sum((row[4] for row in parts if row[4] is not None), Decimal(0))
        unnamed = next((one for one in found if (one.register, one.stage, one.key) == (register, stage, "")), None)
        added = Total(register, stage, "", "", count - told, rest, without - told_without)
        if unnamed is not None:  # a part whose code is not told
            found.remove(unnamed)
            added = _sum_of(added, unnamed)
        found.append(added)
    return found


def _sum_of(one: Total, other: Total) -> Total:
    usd = None if one.usd is None and other.usd is None else (one.usd or _NONE) + (other.usd or _NONE)
    return msgspec.structs.replace(
        one, transactions=one.transactions + other.transactions, usd=usd, unconvertible=one.unconvertible + other.unconvertible
    )


def coverage(database: duckdb.DuckDBPyConnection) -> list[Coverage]:
    """What the totals rest on, a row for each register and stage."""
    query = "SELECT register, stage, count(*), count(usd), sum(usd) FROM transactions GROUP BY register, stage ORDER BY register, stage"
    return [Coverage(*row) for row in database.execute(query).fetchall()]


def unconvertible(database: duckdb.DuckDBPyConnection) -> list[Unconvertible]:
    """What could not be converted, a row for each register, stage and currency."""
    query = """
        SELECT register, stage, currency, count(*), sum(value) FROM transactions WHERE usd IS NULL
        GROUP BY register, stage, currency ORDER BY register, stage, currency NULLS FIRST
    """
    return [Unconvertible(*row) for row in database.execute(query).fetchall()]
