"""What follows from the content of an activity alone: each transaction in US dollars, and its parts by country and by sector.

It is computed once, when the content is taken in, and kept beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow as pa

from pledgebook.aid.exchange import PER_USD, in_usd
from pledgebook.aid.splits import Percentages, Shares, allocate, by_vocabulary, geography, in_units, in_value, shares_of
from pledgebook.aid.tables import DAY, NUMBER, SUM, TEXT, YES_NO

DOLLARS = pa.decimal128(38, 2)
#: `prices` has a row for every transaction; `usd` is null where there is no value, no currency, no date, or no rate.
#: `splits` has a row for each part: of `kind` "country" (countries and regions: one whole) or "sector", of one vocabulary, both in the currency of the
#: transaction and in dollars, each adding up to the whole. Parts of two vocabularies are never to be added: `main` are those of one of them, the
#: DAC's ("1") where it is told, else the first; a whole that nothing splits stands under the code "".
DERIVED: dict[str, pa.Schema] = {
    "prices": pa.schema(
        [
            ("activity", NUMBER),
            ("transaction", NUMBER),
            ("day", DAY),  # of the value, else of the transaction
            ("usd", DOLLARS),
            ("rate", PER_USD),  # units of the currency for a dollar
            ("rate_source", TEXT),
            ("rate_date", TEXT),
        ]
    ),
    "splits": pa.schema(
        [
            ("activity", NUMBER),
            ("transaction", NUMBER),
            ("kind", TEXT),
            ("vocabulary", TEXT),
            ("main", YES_NO),
            ("number", pa.int16()),  # of the part in its vocabulary, from 1
            ("code", TEXT),
            ("value", SUM),
            ("usd", DOLLARS),
        ]
    ),
}

_MAIN = "1"
Row = dict[str, Any]
#: (activity, transaction or None) -> the rows that stand there.
_ByPlace = Mapping[tuple[int, int | None], list[Row]]


class _Set(NamedTuple):
    """One way to split a transaction."""

    kind: str
    vocabulary: str
    is_main: bool
    shares: Shares


def derived(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables of DERIVED that follow from some activities' `transactions`, `sectors` and `recipients`."""
    if not len(tables.get("transactions", ())):
        return {}
    sectors = _by_place(tables.get("sectors"), ["vocabulary", "code", "percentage"])
    recipients = _by_place(tables.get("recipients"), ["kind", "vocabulary", "code", "percentage"])
    columns: dict[str, dict[str, list[Any]]] = {name: {field: [] for field in schema.names} for name, schema in DERIVED.items()}
    sets: dict[tuple[int, int | None], list[_Set]] = {}
    wanted = ["activity", "transaction", "value", "currency", "value_date", "transaction_date"]
    for row in tables["transactions"].select(wanted).to_pylist():
        price = _price(row)
        for field, value in price.items():
            columns["prices"][field].append(value)
        if row["value"] is not None:
            activity, number = row["activity"], row["transaction"]
            own = (activity, number)
            place = own if own in sectors or own in recipients else (activity, None)
            if place not in sets:
                sets[place] = [*_geographies(recipients, own), *_sector_sets(sectors, own)]
            _split(columns["splits"], row, price["usd"], sets[place])
    return {name: pa.table(made, schema=DERIVED[name]) for name, made in columns.items() if made["activity"]}


def _by_place(table: pa.Table | None, columns: list[str]) -> _ByPlace:
    found: dict[tuple[int, int | None], list[Row]] = defaultdict(list)
    for row in table.select(["activity", "transaction", *columns]).to_pylist() if table is not None else ():
        found[row["activity"], row["transaction"]].append(row)
    return dict(found)


def _price(row: Row) -> Row:
    day = row["value_date"] or row["transaction_date"]
    told = row["value"] is not None and row["currency"] and day is not None
    found = in_usd(row["value"], row["currency"], day) if told else None
    rate = found.rate if found else None
    return {
        "activity": row["activity"],
        "transaction": row["transaction"],
        "day": day,
        "usd": found.value if found else None,
        "rate": rate.per_usd if rate else None,
        "rate_source": rate.source if rate else None,
        "rate_date": rate.date if rate else None,
    }


def _geographies(recipients: _ByPlace, place: tuple[int, int | None]) -> Iterator[_Set]:
    rows = recipients.get(place) or recipients.get((place[0], None), [])
    countries = [(row["code"] or "", row["percentage"]) for row in rows if row["kind"] == "country"]
    regions = [(row["vocabulary"] or _MAIN, row["code"] or "", row["percentage"]) for row in rows if row["kind"] != "country"]
    return _sets("country", geography(countries, regions))


def _sector_sets(sectors: _ByPlace, place: tuple[int, int | None]) -> Iterator[_Set]:
    told = (
        [(row["vocabulary"] or _MAIN, row["code"] or "", row["percentage"]) for row in sectors.get(at, ())]
        for at in (place, (place[0], None))
    )
    return _sets("sector", by_vocabulary(*told))


def _sets(kind: str, found: Mapping[str, Percentages]) -> Iterator[_Set]:
    if not found:
        yield _Set(kind, "", True, _ready(()))
    main = _MAIN if _MAIN in found else min(found, default="")
    yield from (_Set(kind, vocabulary, vocabulary == main, _ready(tuple(shares))) for vocabulary, shares in sorted(found.items()))


@lru_cache(maxsize=1 << 14)
def _ready(percentages: tuple[tuple[str, Decimal | None], ...]) -> Shares:
    return shares_of(percentages)


def _split(columns: dict[str, list[Any]], row: Row, usd: Decimal | None, sets: Iterable[_Set]) -> None:
    """Add the parts of a transaction."""
    whole = row["value"].normalize()
    units, exponent = in_units(whole)
    cents = None if usd is None else int(usd.scaleb(2))
    for kind, vocabulary, is_main, shares in sets:
        count = len(shares.codes)
        if count == 1:
            values, dollars = [whole], [usd]
        else:
            values = [in_value(part, exponent) for part in allocate(units, shares)]
            dollars = [None] * count if cents is None else [in_value(part, -2) for part in allocate(cents, shares)]
        columns["activity"] += [row["activity"]] * count
        columns["transaction"] += [row["transaction"]] * count
        columns["kind"] += [kind] * count
        columns["vocabulary"] += [vocabulary] * count
        columns["main"] += [is_main] * count
        columns["number"] += range(1, count + 1)
        columns["code"] += shares.codes
        columns["value"] += values
        columns["usd"] += dollars
