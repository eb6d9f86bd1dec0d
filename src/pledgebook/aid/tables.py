"""The tables of aid data: one declaration of every column, whatever file the rows came from.

Every row names its `source` (the file as it was given), the `activity` it belongs to (its number in the file, from 1) and that activity's
identifier. Codes are those of the IATI standard 2.03; what was reported stands beside them wherever it may differ. Sums are decimals with
twelve places, never floats. FTS flows are rows of the same two tables (a flow is an activity with one transaction) and of three of their own.
"""

import pyarrow as pa

TEXT, NUMBER, YES_NO, DAY = pa.string(), pa.int32(), pa.bool_(), pa.date32()
SUM = pa.decimal128(38, 12)
PERCENT = pa.decimal128(38, 12)

_OF = (("source", TEXT), ("activity", NUMBER), ("activity_id", TEXT))
_OF_PART = (*_OF, ("transaction", NUMBER))  # the transaction's number in its activity, from 1; null: of the whole activity


def _schema(*columns: tuple[str, pa.DataType]) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in columns])


TABLES: dict[str, pa.Schema] = {
    "activities": _schema(
        *_OF,
        ("line", NUMBER),  # where the activity begins in the file, from 1
        ("format", TEXT),  # iati | fts
        ("version", TEXT),  # of the standard, as reported
        ("hash", TEXT),  # SHA-256 of the activity's bytes and what they inherit from the file
        ("reporting_org_ref", TEXT),
        ("reporting_org_type", TEXT),
        ("reporting_org_name", TEXT),
        ("secondary_reporter", YES_NO),
        ("title", TEXT),  # the first narrative; all of them are in `texts`
        ("description", TEXT),
        ("language", TEXT),
        ("default_currency", TEXT),
        ("humanitarian", YES_NO),
        ("hierarchy", NUMBER),
        ("activity_status", TEXT),
        ("activity_scope", TEXT),
        ("collaboration_type", TEXT),
        ("default_flow_type", TEXT),
        ("default_finance_type", TEXT),
        ("default_tied_status", TEXT),
        ("capital_spend", PERCENT),
        ("start_planned", DAY),
        ("start_actual", DAY),
        ("end_planned", DAY),
        ("end_actual", DAY),
        ("last_updated", TEXT),
        ("linked_data_uri", TEXT),
    ),
    "transactions": _schema(
        *_OF_PART,
        ("line", NUMBER),
        ("ref", TEXT),
        ("transaction_type", TEXT),  # code 1 to 13 of the codelist TransactionType; null when it cannot be told
        ("transaction_type_reported", TEXT),  # C, IF, "Commitment", 2, or the FTS status
        ("transaction_date", DAY),
        ("value", SUM),
        ("currency", TEXT),  # ISO 4217, of the value or the activity's default
        ("currency_from", TEXT),  # value | activity
        ("value_date", DAY),
        ("description", TEXT),
        ("provider_org_ref", TEXT),
        ("provider_org_type", TEXT),
        ("provider_org_name", TEXT),
        ("provider_activity_id", TEXT),
        ("receiver_org_ref", TEXT),
        ("receiver_org_type", TEXT),
        ("receiver_org_name", TEXT),
        ("receiver_activity_id", TEXT),
        ("flow_type", TEXT),
        ("finance_type", TEXT),
        ("tied_status", TEXT),
        ("disbursement_channel", TEXT),
        ("humanitarian", YES_NO),  # as reported here; null: the activity's holds
    ),
    "budgets": _schema(
        *_OF,
        ("type", TEXT),
        ("status", TEXT),
        ("period_start", DAY),
        ("period_end", DAY),
        ("value", SUM),
        ("currency", TEXT),
        ("currency_from", TEXT),
        ("value_date", DAY),
    ),
    "planned_disbursements": _schema(
        *_OF,
        ("type", TEXT),
        ("period_start", DAY),
        ("period_end", DAY),
        ("value", SUM),
        ("currency", TEXT),
        ("currency_from", TEXT),
        ("value_date", DAY),
        ("provider_org_ref", TEXT),
        ("provider_org_name", TEXT),
        ("provider_activity_id", TEXT),
        ("receiver_org_ref", TEXT),
        ("receiver_org_name", TEXT),
        ("receiver_activity_id", TEXT),
    ),
    "participating_orgs": _schema(
        *_OF, ("role", TEXT), ("role_reported", TEXT), ("ref", TEXT), ("type", TEXT), ("name", TEXT), ("org_activity_id", TEXT), ("crs_channel_code", TEXT)
    ),
    "sectors": _schema(
        *_OF_PART, ("vocabulary", TEXT), ("vocabulary_reported", TEXT), ("vocabulary_uri", TEXT), ("code", TEXT), ("percentage", PERCENT), ("name", TEXT)
    ),
    "recipients": _schema(  # countries and regions: together they make one geography
        *_OF_PART, ("kind", TEXT), ("code", TEXT), ("vocabulary", TEXT), ("vocabulary_uri", TEXT), ("percentage", PERCENT), ("name", TEXT)
    ),
    "aid_types": _schema(*_OF_PART, ("vocabulary", TEXT), ("code", TEXT)),
    "locations": _schema(
        *_OF,
        ("location", NUMBER),
        ("ref", TEXT),
        ("reach", TEXT),
        ("class", TEXT),
        ("feature_designation", TEXT),
        ("exactness", TEXT),
        ("id_vocabulary", TEXT),
        ("id_code", TEXT),
        ("latitude", TEXT),
        ("longitude", TEXT),
        ("name", TEXT),
        ("description", TEXT),
    ),
    "location_areas": _schema(*_OF, ("location", NUMBER), ("vocabulary", TEXT), ("level", TEXT), ("code", TEXT)),
    "policy_markers": _schema(*_OF, ("vocabulary", TEXT), ("vocabulary_uri", TEXT), ("code", TEXT), ("significance", TEXT), ("name", TEXT)),
    "activity_dates": _schema(*_OF, ("type", TEXT), ("type_reported", TEXT), ("date", DAY)),
    "related_activities": _schema(*_OF, ("type", TEXT), ("ref", TEXT)),
    "other_identifiers": _schema(*_OF, ("type", TEXT), ("ref", TEXT), ("owner_org_ref", TEXT), ("owner_org_name", TEXT)),
    "humanitarian_scopes": _schema(*_OF, ("type", TEXT), ("vocabulary", TEXT), ("vocabulary_uri", TEXT), ("code", TEXT), ("name", TEXT)),
    "tags": _schema(*_OF, ("vocabulary", TEXT), ("vocabulary_uri", TEXT), ("code", TEXT), ("name", TEXT)),
    "results": _schema(*_OF, ("result", NUMBER), ("type", TEXT), ("aggregation_status", TEXT), ("title", TEXT), ("description", TEXT)),
    "indicators": _schema(
        *_OF, ("result", NUMBER), ("indicator", NUMBER), ("measure", TEXT), ("ascending", YES_NO), ("title", TEXT), ("description", TEXT)
    ),
    "indicator_values": _schema(  # baselines, targets and actuals, one a row
        *_OF,
        ("result", NUMBER),
        ("indicator", NUMBER),
        ("period", NUMBER),  # null for a baseline
        ("kind", TEXT),  # baseline | target | actual
        ("period_start", DAY),
        ("period_end", DAY),
        ("baseline_year", TEXT),
        ("value", TEXT),  # as reported: measures other than units need not be numbers
        ("location_ref", TEXT),
        ("dimension_name", TEXT),
        ("dimension_value", TEXT),
        ("comment", TEXT),
    ),
    "texts": _schema(  # every narrative, in its language
        *_OF_PART,
        ("element", TEXT),  # title, description, participating-org, transaction/description, result/indicator/title ...
        ("number", NUMBER),  # which such element of the activity (or transaction), from 1
        ("type", TEXT),  # of a description: 1 general, 2 objectives, 3 target groups, 4 other
        ("language", TEXT),  # of the narrative, else of the activity, as reported
        ("text", TEXT),
    ),
    "flows": _schema(  # what FTS says beyond a transaction
        *_OF,
        ("line", NUMBER),
        ("version_id", NUMBER),
        ("status", TEXT),  # pledge | commitment | paid: mutually exclusive stages
        ("flow_type", TEXT),
        ("boundary", TEXT),  # incoming | internal | outgoing
        ("on_boundary", TEXT),  # single | shared
        ("amount_usd", SUM),
        ("original_amount", SUM),
        ("original_currency", TEXT),
        ("exchange_rate", SUM),
        ("budget_year", TEXT),
        ("contribution_type", TEXT),
        ("method", TEXT),
        ("new_money", YES_NO),
        ("grand_bargain_earmarking", TEXT),
        ("decision_date", DAY),
        ("first_reported", DAY),
        ("created_at", TEXT),
        ("updated_at", TEXT),
        ("parent_flow", TEXT),
        ("child_flows", TEXT),  # ids, separated by "; "
        ("keywords", TEXT),  # separated by "; "
        ("ref_code", TEXT),
        ("description", TEXT),
    ),
    "flow_objects": _schema(  # the sources and destinations of a flow: organisations, places, plans, clusters, years
        *_OF,
        ("side", TEXT),  # source | destination
        ("type", TEXT),  # Organization | Location | Plan | Emergency | GlobalCluster | Cluster | Project | UsageYear ...
        ("id", TEXT),
        ("name", TEXT),
        ("behavior", TEXT),  # single | shared
        ("organization_types", TEXT),
        ("organization_sub_types", TEXT),
    ),
    "flow_reports": _schema(
        *_OF, ("source_type", TEXT), ("organization", TEXT), ("report_channel", TEXT), ("date", DAY), ("report_id", TEXT)
    ),
}  # fmt: skip


def empty(name: str) -> pa.Table:
    """The table `name` without rows. Raises KeyError for a name that is no table."""
    return TABLES[name].empty_table()
