"""What came to a country or an organisation, gross and net, from the transactions in force: the flows that `netting` nets.

Registers are netted apart, and in IATI what givers tell (types 2, 3, 4, 12) apart from what receivers tell (11, 1, 13): both may tell the same
money. The boundary of a country is its parts of all transactions, by their split; in IATI each of them comes in, since nobody tells where a
provider is, and in FTS a flow whose source is in the country is internal. That of an organisation are its references and names.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

import msgspec

from pledgebook.aid.fts.places import country_of
from pledgebook.aid.held import Held
from pledgebook.aid.netting import Crossing, Flow, Netting, Stage, chained, crossing, net, party_key
from pledgebook.reference.countries import country_codes

Side = Literal["FTS", "givers", "receivers"]
Row = Mapping[str, Any]
#: IATI TransactionType -> who tells it and what it is.
_OF_TYPE: Mapping[str, tuple[Side, Stage]] = {
    "12": ("givers", "pledge"), "2": ("givers", "commitment"), "3": ("givers", "disbursement"), "4": ("givers", "expenditure"),
    "13": ("receivers", "pledge"), "11": ("receivers", "commitment"), "1": ("receivers", "disbursement"),
}  # fmt: skip
#: What may be added up: an FTS flow is pledged, committed or paid; IATI tells a commitment and what was paid of it.
_TOGETHER: Mapping[Side, Sequence[frozenset[Stage]]] = {
    "FTS": (frozenset({"pledge"}), frozenset({"commitment", "disbursement"})),
    "givers": tuple(frozenset({stage}) for stage in ("pledge", "commitment", "disbursement", "expenditure")),
    "receivers": tuple(frozenset({stage}) for stage in ("pledge", "commitment", "disbursement")),
}
#: The flow type of FTS whose sum is what its parts have left of it.
_PARKED = "Parked"


class Net(msgspec.Struct, frozen=True, kw_only=True):
    """What one side tells of some stages: the sums, each removal with its chain; `unconvertible` transactions are left out."""

    side: Side
    stages: frozenset[Stage]
    netting: Netting
    unconvertible: int


def is_country(asked: str) -> bool:
    """Whether what a person wrote is the code of a country (ISO 3166-1 alpha-2), and not an organisation."""
    return asked.upper() in country_codes()


def nets(held: Held, asked: str) -> list[Net]:
    """Gross and net of a country (by its code) or an organisation (reference or name), of all that `flat.flatten` has put into `held`.

    A side and stage with nothing across the boundary is left out.
    """
    country = asked.upper() if is_country(asked) else None
    rows = _rows(held, country)
    extras = _of_fts(held)
    sides: dict[Side, list[Flow]] = defaultdict(list)
    missing: Counter[tuple[Side, Stage]] = Counter()
    names: Counter[str] = Counter()
    for row in rows:
        found = _flow(row, extras.get(row["activity_id"] or "", {}), country, frozenset({party_key(asked)}))
        if found is None:
            continue
        side, flow = found
        if row["usd"] is None:
            missing[side, flow.stage] += flow.crossing != "outside"
            continue
        names[flow.id] += 1
        sides[side].append(flow if names[flow.id] == 1 else msgspec.structs.replace(flow, id=f"{flow.id} ({names[flow.id]})"))
    return [one for side in _TOGETHER for one in _netted(side, sides[side], missing)]


def _netted(side: Side, flows: Sequence[Flow], missing: Mapping[tuple[Side, Stage], int]) -> Iterator[Net]:
    linked = list(flows) if side == "FTS" else chained(flows)[0]
    for stages in _TOGETHER[side]:
        left_out = sum(missing.get((side, stage), 0) for stage in stages)
        if left_out or any(flow.stage in stages and flow.crossing != "outside" for flow in linked):
            yield Net(side=side, stages=stages, netting=net(linked, stages), unconvertible=left_out)


def _rows(held: Held, country: str | None) -> Iterable[Row]:
    """The transactions, or a country's parts of them. Those of no country stay, for what flows through them."""
    share = """
        (SELECT row, sum(value) AS value, sum(usd) AS usd FROM flat_splits WHERE kind = 'country' AND main AND code = $country GROUP BY row)
    """
    columns = "register, transaction_type, activity_id, transaction, ref, donor, donor_name, receiver, receiver_name, provider_activity, receiver_activity"
    query = f"SELECT {columns}, usd, true AS here FROM flat_transactions WHERE value IS NOT NULL ORDER BY row"  # noqa: S608
    if country:
        query = f"""
            SELECT {columns}, coalesce(s.usd, t.usd) AS usd, s.row IS NOT NULL AS here
            FROM flat_transactions AS t LEFT JOIN {share} AS s USING (row) WHERE t.value IS NOT NULL ORDER BY row
        """  # noqa: S608 - the query is ours
    table = held.database.sql(query, params={"country": country} if country else {})
    rows: list[Row] = table.to_arrow_table().to_pylist()
    return rows


def _of_fts(held: Held) -> dict[str, dict[str, Any]]:
    """Of each FTS flow: its parents, its children, whether it is parked, and the countries it comes from."""
    query = """
        SELECT t.activity_id, r.parent_flow, r.child_flows, r.flow_type
        FROM telling AS t JOIN owner USING (hash) JOIN flows_rows AS r ON r.hash = owner.hash AND r.part = owner.part
    """
    found: dict[str, dict[str, Any]] = {}
    for name, parents, children, kind in held.database.sql(query).fetchall():
        found[name] = {"parents": _ids(parents), "children": _ids(children), "remainder": kind == _PARKED, "from": set()}
    query = """
        SELECT t.activity_id, r.name
        FROM telling AS t JOIN owner USING (hash) JOIN flow_objects_rows AS r ON r.hash = owner.hash AND r.part = owner.part
        WHERE r.side = 'source' AND r.type = 'Location' AND r.name IS NOT NULL
    """
    for flow, place in held.database.sql(query).fetchall():
        if flow in found:
            found[flow]["from"].add(country_of(place))
    return found


def _ids(joined: str | None) -> tuple[str, ...]:
    return tuple(joined.split("; ")) if joined else ()


def _flow(row: Row, extra: Mapping[str, Any], country: str | None, inside: frozenset[str]) -> tuple[Side, Flow] | None:
    told = _OF_TYPE.get(row["transaction_type"])
    if told is None:
        return None
    side, stage = told
    is_fts = row["register"] == "fts"
    across = _across(row, extra, country) if country else crossing(_keys(row, "donor"), _keys(row, "receiver"), inside)
    of = row["activity_id"] or ""
    return "FTS" if is_fts else side, Flow(
        id=of if is_fts else f"{of} #{row['transaction']}",
        crossing=across,
        value=row["usd"] or Decimal(0),
        stage=stage,
        parents=extra.get("parents", ()),
        children=extra.get("children", ()),
        remainder=extra.get("remainder", False),
        # What an activity gives came into it; what it received came from the provider's.
        provider_activity="" if is_fts else (of if side == "givers" else row["provider_activity"] or ""),
        receiver_activity="" if is_fts else ((row["receiver_activity"] or "") if side == "givers" else of),
    )


def _across(row: Row, extra: Mapping[str, Any], country: str) -> Crossing:
    from_here = extra.get("from") == {country}
    if row["here"]:
        return "internal" if from_here else "incoming"
    return "outgoing" if from_here else "outside"


def _keys(row: Row, party: str) -> list[str]:
    return [name for name in (row[party], row[f"{party}_name"]) if name]
