"""What of aid data flows and activities are tied by, beside their items: the codes they go by, and who carries an activity out."""

from collections import defaultdict

from pledgebook.aid.held import Held
from pledgebook.core.money import Organisation
from pledgebook.linking.flows import Particulars

_IMPLEMENTING = "4"


def flow_particulars(held: Held, day: str) -> dict[str, Particulars]:
    """Particulars of the activities and flows in force on a day (ISO 8601), by the key of their item; those without any are left out.

    Codes of a flow: its reference. Of an activity: other identifiers, and the references of its transactions.
    """
    codes: dict[str, dict[str, None]] = defaultdict(dict)
    flows = {row["activity_id"] for row in held.current("flows", day).select(["activity_id"]).to_pylist()}
    for table, column in (("flows", "ref_code"), ("other_identifiers", "ref"), ("transactions", "ref")):
        for row in held.current(table, day).select(["activity_id", column]).to_pylist():
            if row["activity_id"] and row[column]:
                codes[f"{'fts' if row['activity_id'] in flows else 'iati'}:{row['activity_id']}"][row[column]] = None
    who = _implementers(held, day)
    return {key: Particulars(codes=tuple(codes.get(key, ())), implementers=who.get(key, ())) for key in sorted({*codes, *who})}


def _implementers(held: Held, day: str) -> dict[str, tuple[Organisation, ...]]:
    """Who carries activities out; of flows nothing, for their receivers stand in their items."""
    found: dict[str, dict[Organisation, None]] = defaultdict(dict)
    for row in held.current("participating_orgs", day).select(["activity_id", "role", "name", "ref"]).to_pylist():
        if row["role"] == _IMPLEMENTING and row["activity_id"] and (row["name"] or row["ref"]):
            found[f"iati:{row['activity_id']}"][Organisation(row["name"], row["ref"])] = None
    return {key: tuple(names) for key, names in found.items()}
