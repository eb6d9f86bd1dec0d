"""What belongs to an activity or a transaction: organisations, kinds of aid, markers, links, other names."""

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.aid.iati.codes import MARKER_VOCABULARY, ROLE
from pledgebook.aid.iati.columns import coded, first, in_file_order
from pledgebook.aid.iati.fields import ACTIVITY, TRANSACTION
from pledgebook.aid.iati.nest import Children
from pledgebook.aid.iati.stretch import Stretch

#: Where parts may stand: at the activity and at its transactions.
BOTH = (ACTIVITY, TRANSACTION)


def name_of(stretch: Stretch, found: Children) -> pa.Array:
    """The first narrative of each; in 1.0x the element's own text."""
    told = stretch.narrative("", found)
    return first(told, found[""]) if "" in found else told


def of_part(found: Children) -> dict[str, pa.Array]:
    """The number of the transaction that each belongs to, if any."""
    return {"transaction": pa.array(found.level("b") + 1, pa.int32())} if found.container == TRANSACTION else {}


def participating_orgs(stretch: Stretch) -> pa.Table:
    """Who takes part, in which role."""
    found = stretch.children(ACTIVITY, "participating-org")
    columns = {
        "role": coded(found["@role"], ROLE),
        "role_reported": found["@role"],
        "ref": found["@ref"],
        "type": found["@type"],
        "name": name_of(stretch, found),
        "org_activity_id": found["@activity-id"],
        "crs_channel_code": found["@crs-channel-code"],
    }
    return stretch.made("participating_orgs", found.owners, columns)


def aid_types(stretch: Stretch) -> pa.Table:
    """Types of aid: the activity's defaults and those of transactions."""
    made = []
    for container, element in zip(BOTH, ("default-aid-type", "aid-type"), strict=True):
        found = stretch.children(container, element)
        code = found["@code"]
        # Without a vocabulary the code is one of the OECD DAC's (IATI, element aid-type).
        vocabulary = first(found["@vocabulary"], pc.if_else(pc.is_valid(code), "1", None))
        made.append(stretch.made("aid_types", found.owners, {**of_part(found), "vocabulary": vocabulary, "code": code}))
    return in_file_order(made)


def policy_markers(stretch: Stretch) -> pa.Table:
    """Policy markers and how much they matter."""
    found = stretch.children(ACTIVITY, "policy-marker")
    vocabulary, code = found["@vocabulary"], found["@code"]
    columns = {
        "vocabulary": first(coded(vocabulary, MARKER_VOCABULARY), vocabulary, pc.if_else(pc.is_valid(code), "1", None)),
        "vocabulary_uri": found["@vocabulary-uri"],
        "code": code,
        "significance": found["@significance"],
        "name": name_of(stretch, found),
    }
    return stretch.made("policy_markers", found.owners, columns)


def humanitarian_scopes(stretch: Stretch) -> pa.Table:
    """Emergencies and appeals that an activity answers."""
    return _coded(stretch, "humanitarian_scopes", "humanitarian-scope", ("type", "vocabulary", "vocabulary_uri", "code"))


def tags(stretch: Stretch) -> pa.Table:
    """Tags: goals, teams and the like."""
    return _coded(stretch, "tags", "tag", ("vocabulary", "vocabulary_uri", "code"))


def _coded(stretch: Stretch, table: str, element: str, columns: tuple[str, ...]) -> pa.Table:
    found = stretch.children(ACTIVITY, element)
    told = {column: found[f"@{column.replace('_', '-')}"] for column in columns}
    return stretch.made(table, found.owners, {**told, "name": name_of(stretch, found)})


def related_activities(stretch: Stretch) -> pa.Table:
    """Parents, children, siblings and the like."""
    found = stretch.children(ACTIVITY, "related-activity")
    return stretch.made("related_activities", found.owners, {"type": found["@type"], "ref": found["@ref"]})


def other_identifiers(stretch: Stretch) -> pa.Table:
    """Other names of the activity; in 1.0x the identifier is the element's text."""
    found = stretch.children(ACTIVITY, "other-identifier")
    columns = {
        "type": found["@type"],
        "ref": first(found["@ref"], found[""]),
        "owner_org_ref": first(found["owner-org/@ref"], found["@owner-ref"]),
        "owner_org_name": first(stretch.narrative("owner-org", found), found["@owner-name"]),
    }
    return stretch.made("other_identifiers", found.owners, columns)
