"""Raw rows as the tables of aid data."""

from collections.abc import Callable

import pyarrow as pa

from pledgebook.aid.iati import shape_activity, shape_money, shape_parts, shape_places, shape_results, shape_shares
from pledgebook.aid.iati.shape_texts import texts
from pledgebook.aid.iati.stretch import Stretch

_MAKERS: dict[str, Callable[[Stretch], pa.Table]] = {
    "activities": shape_activity.activities,
    "transactions": shape_money.transactions,
    "budgets": shape_money.budgets,
    "planned_disbursements": shape_money.planned_disbursements,
    "participating_orgs": shape_parts.participating_orgs,
    "sectors": shape_shares.sectors,
    "recipients": shape_shares.recipients,
    "aid_types": shape_parts.aid_types,
    "locations": shape_places.locations,
    "location_areas": shape_places.location_areas,
    "policy_markers": shape_parts.policy_markers,
    "activity_dates": shape_activity.activity_dates,
    "related_activities": shape_parts.related_activities,
    "other_identifiers": shape_parts.other_identifiers,
    "humanitarian_scopes": shape_parts.humanitarian_scopes,
    "tags": shape_parts.tags,
    "results": shape_results.results,
    "indicators": shape_results.indicators,
    "indicator_values": shape_results.indicator_values,
    "texts": texts,
}


def shaped(stretch: Stretch) -> dict[str, pa.Table]:
    """Every table of the stretch; problems are left in it."""
    return {name: make(stretch) for name, make in _MAKERS.items()}
