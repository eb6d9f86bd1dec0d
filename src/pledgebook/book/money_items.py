"""Aid data of a book as items that can be tied to promises: who gave what to whom, where, and which sums moved."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from pledgebook.aid.exchange import in_usd_column
from pledgebook.aid.flat import STAGES
from pledgebook.aid.held import Held
from pledgebook.core.money import MoneyItem, Move, Organisation, SectorCode

_FUNDING = "1"
Row = dict[str, Any]


def money_items(held: Held, day: str) -> list[MoneyItem]:
    """Every activity and flow in force on a day (ISO 8601) that has an identifier and a sum, in the order of their keys."""
    moves = _moves(held.moves(day).to_pylist())
    rows = {name: _by_activity(held.current(name, day)) for name in ("participating_orgs", "recipients", "sectors", "flow_objects")}
    scopes = _by_activity(held.current("humanitarian_scopes", day))
    made = {}
    for activity in held.current("activities", day).to_pylist():
        name = activity["activity_id"]
        if name and name in moves:
            parts = {table: found[name] for table, found in rows.items()}
            made[f"{activity['format']}:{name}"] = _item(activity, moves[name], parts, scopes[name])
    return [made[key] for key in sorted(made)]


def _by_activity(table: pa.Table) -> defaultdict[str, list[Row]]:
    made: defaultdict[str, list[Row]] = defaultdict(list)
    columns = [column for column in table.column_names if column not in {"source", "activity", "feed", "snapshot"}]
    for row in table.select(columns).to_pylist():
        made[row["activity_id"]].append(row)
    return made


def _moves(rows: Sequence[Row]) -> dict[str, list[tuple[Move, Row]]]:
    made: dict[str, list[tuple[Move, Row]]] = defaultdict(list)
    told = [row for row in rows if row["value"] is not None and row["currency"] and row["activity_id"]]
    days = [row["value_date"] or row["transaction_date"] for row in told]
    dated = [(row, day) for row, day in zip(told, days, strict=True) if day is not None]
    dollars = iter(in_usd_column([row["value"] for row, _ in dated], [row["currency"] for row, _ in dated], [day for _, day in dated]))
    for row, day in zip(told, days, strict=True):
        made[row["activity_id"]].append((_move(row, day.isoformat() if day else None, next(dollars) if day else None), row))
    return made


def _move(row: Row, day: str | None, usd: Decimal | None) -> Move:
    return Move(
        id=row["id"],
        stage=STAGES.get(row["transaction_type"], "other"),
        value=row["value"].normalize() + 0,
        currency=row["currency"],
        usd=usd,
        day=day,
        known=row["known"][:10],
        gone=row["gone"][:10] if row["gone"] else None,
        code=row["transaction_type_reported"],
    )


def _item(activity: Row, moves: Sequence[tuple[Move, Row]], parts: Mapping[str, list[Row]], scopes: Sequence[Row]) -> MoneyItem:
    reporter = Organisation(activity["reporting_org_name"], activity["reporting_org_ref"])
    rows = [row for _, row in moves]
    donors = [Organisation(row["name"], row["ref"]) for row in parts["participating_orgs"] if row["role"] == _FUNDING]
    donors += [Organisation(row["provider_org_name"], row["provider_org_ref"]) for row in rows]
    if activity["format"] == "iati" and any(
        move.stage in {"committed", "disbursed", "pledged"} for move, row in moves if not row["provider_org_name"]
    ):
        donors.append(reporter)  # who reports money going out gives it, unless another provider is named
    receivers = [Organisation(row["receiver_org_name"], row["receiver_org_ref"]) for row in rows]
    objects = parts["flow_objects"]
    return MoneyItem(
        key=f"{activity['format']}:{activity['activity_id']}",
        format=activity["format"],
        donors=_each(donors),
        recipients=_each(receivers),
        countries=tuple(sorted({row["code"] for row in parts["recipients"] if row["kind"] == "country" and row["code"]})),
        sectors=tuple(dict.fromkeys(_sector(row) for row in parts["sectors"] if row["code"])),
        title=activity["title"],
        description=activity["description"],
        moves=tuple(move for move, _ in moves),
        reporter=reporter if reporter.name or reporter.ref else None,
        humanitarian=activity["humanitarian"] if activity["format"] == "iati" else True,
        emergencies=(*_names(objects, "Emergency"), *(row["name"] for row in scopes if row["name"])),
        plans=_names(objects, "Plan"),
    )


def _sector(row: Row) -> SectorCode:
    share = row["percentage"]
    return SectorCode(row["vocabulary"] or "", row["code"], row["name"], None if share is None else f"{share.normalize():f}")


def _each(organisations: Sequence[Organisation]) -> tuple[Organisation, ...]:
    return tuple(dict.fromkeys(one for one in organisations if one.name or one.ref))


def _names(objects: Sequence[Row], kind: str) -> tuple[str, ...]:
    return tuple(_once(row["name"] for row in objects if row["type"] == kind and row["name"]))


def _once(names: Iterator[str]) -> Iterator[str]:
    yield from dict.fromkeys(names)
