"""Raw rows as the tables of aid data."""

from collections.abc import Callable

import pyarrow as pa

from pledgebook.aid.iati import shape_money, shape_parts
from pledgebook.aid.iati.shape_activity import activities, activity_dates
from pledgebook.aid.iati.shape_results import results
from pledgebook.aid.iati.shape_texts import texts
from pledgebook.aid.iati.stretch import Stretch

_MAKERS: dict[str, Callable[[Stretch], pa.Table]] = {
    "transactions": shape_money.transactions,
    "budgets": shape_money.budgets,
    "planned_disbursements": shape_money.planned_disbursements,
    "participating_orgs": shape_parts.participating_orgs,
    "sectors": shape_parts.sectors,
    "recipients": shape_parts.recipients,
    "aid_types": shape_parts.aid_types,
    "locations": shape_parts.locations,
    "location_areas": shape_parts.location_areas,
    "policy_markers": shape_parts.policy_markers,
    "activity_dates": activity_dates,
    "related_activities": shape_parts.related_activities,
    "other_identifiers": shape_parts.other_identifiers,
    "humanitarian_scopes": shape_parts.coded_elements("humanitarian_scopes", "humanitarian-scope"),
    "tags": shape_parts.coded_elements("tags", "tag"),
    "texts": texts,
}


def shaped(stretch: Stretch, hashes: list[str]) -> dict[str, pa.Table]:
    """Every table of the stretch; problems are left in it."""
    made = {"activities": activities(stretch, hashes)}
    made |= {name: make(stretch) for name, make in _MAKERS.items()}
    shape_parts.tell_shares(stretch, made["sectors"], "sectors", lambda row: row["vocabulary"])
    shape_parts.tell_shares(stretch, made["recipients"], "recipient countries and regions", lambda _: None)
    return made | results(stretch)
