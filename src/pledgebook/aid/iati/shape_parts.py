"""What belongs to an activity or a transaction: organisations, sectors, recipients, markers, places, links."""

from collections.abc import Callable
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.aid.iati.codes import MARKER_VOCABULARY, ROLE, SECTOR_VOCABULARY
from pledgebook.aid.iati.columns import Rows, coded, first, keys, matched, plain, rows, sums, text
from pledgebook.aid.iati.fields import ACTIVITY, TRANSACTION
from pledgebook.aid.iati.stretch import Stretch
from pledgebook.aid.tables import TABLES


def participating_orgs(stretch: Stretch) -> pa.Table:
    """Who takes part, in which role."""
    found = stretch.children("main", ACTIVITY, "participating-org")
    role = text(found["@role"])
    columns = {
        "role": coded(role, ROLE),
        "role_reported": role,
        "ref": text(found["@ref"]),
        "type": text(found["@type"]),
        "name": _name(stretch, "main", f"{ACTIVITY}/participating-org", found),
        "org_activity_id": text(found["@activity-id"]),
        "crs_channel_code": text(found["@crs-channel-code"]),
    }
    return stretch.made("participating_orgs", plain(found["a"]), columns)


def _name(stretch: Stretch, portion: str, container: str, found: pa.Table) -> pa.Array:
    levels = [plain(found[name]) for name in found.column_names if len(name) == 1]
    told = stretch.narrative(portion, container, keys(*levels))
    return first(told, text(found["text"])) if "text" in found.column_names else told


def sectors(stretch: Stretch) -> pa.Table:
    """Sectors of activities and of transactions."""
    return pa.concat_tables([_sectors(stretch, *level) for level in (("main", ACTIVITY), ("transactions", TRANSACTION))])


def _sectors(stretch: Stretch, portion: str, container: str) -> pa.Table:
    found = stretch.children(portion, container, "sector")
    vocabulary, code = text(found["@vocabulary"]), text(found["@code"])
    plain_vocabulary = first(coded(vocabulary, SECTOR_VOCABULARY), vocabulary)
    columns = {
        # Without a vocabulary the code is one of the DAC's (IATI, element sector).
        "vocabulary": first(plain_vocabulary, pc.if_else(pc.is_valid(code), "1", None)),
        "vocabulary_reported": vocabulary,
        "vocabulary_uri": text(found["@vocabulary-uri"]),
        "code": code,
        "percentage": _percentages(stretch, portion, found),
        "name": _name(stretch, portion, f"{container}/sector", found),
    }
    return stretch.made("sectors", plain(found["a"]), {**columns, **_transaction(portion, found)})


def _transaction(portion: str, found: pa.Table) -> dict[str, pa.Array]:
    return {} if portion == "main" else {"transaction": pc.add(pc.cast(plain(found["b"]), pa.int32()), pa.scalar(1, pa.int32()))}


def _percentages(stretch: Stretch, portion: str, found: pa.Table) -> pa.Array:
    said = text(pc.replace_substring_regex(text(found["@percentage"]), r"\s*%$", ""))
    values, wrong, _ = sums(said)
    for row in wrong:
        stretch.tell("error", "bad-percentage", found["a"][int(row)].as_py(), f"A percentage is {said[row].as_py()!r}.", "Write it as 12.5.",
                     line=_line(stretch, portion, found, int(row)))  # fmt: skip
    return values


def _line(stretch: Stretch, portion: str, found: pa.Table, row: int) -> int:
    activity = found["a"][row].as_py()
    if portion == "main":
        return stretch.line_of(activity, found["b"][row].as_py())
    places, child = stretch.places[activity], found["b"][row].as_py()
    inside = stretch.activities[activity].count(b"\n", 0, places[child]) if child < len(places) else 0
    return stretch.lines[activity] + inside


def recipients(stretch: Stretch) -> pa.Table:
    """Countries and regions of activities and of transactions."""
    made = []
    for portion, container in (("main", ACTIVITY), ("transactions", TRANSACTION)):
        for kind in ("country", "region"):
            found = stretch.children(portion, container, f"recipient-{kind}")
            code = text(found["@code"])
            columns = {
                "kind": pa.repeat(kind, len(found)),
                "code": pc.utf8_upper(code) if kind == "country" else code,
                "vocabulary": None if kind == "country" else first(text(found["@vocabulary"]), pc.if_else(pc.is_valid(code), "1", None)),
                "vocabulary_uri": None if kind == "country" else text(found["@vocabulary-uri"]),
                "percentage": _percentages(stretch, portion, found),
                "name": _name(stretch, portion, f"{container}/recipient-{kind}", found),
                **_transaction(portion, found),
            }
            made.append(
                stretch.made("recipients", plain(found["a"]), {name: column for name, column in columns.items() if column is not None})
            )
    return pa.concat_tables(made)


def tell_shares(stretch: Stretch, table: pa.Table, what: str, group: Callable[[dict[str, object]], object]) -> None:
    """Tell of the activities whose shares do not make 100, or of which some have no share; `group` sets apart what is never summed."""
    shares: dict[tuple[int, object], list[Decimal | None]] = {}
    at_transactions: set[int] = set()
    at_activity: set[int] = set()
    wanted = table.select(["activity", "transaction", "percentage", *(name for name in ("vocabulary",) if name in table.column_names)])
    for row in wanted.to_pylist():
        if row["transaction"] is not None:
            at_transactions.add(row["activity"])
            continue
        at_activity.add(row["activity"])
        shares.setdefault((row["activity"], group(row)), []).append(row["percentage"])
    for (number, name), found in shares.items():
        activity, of = number - stretch.first, "" if name is None else f" of vocabulary {name}"
        given = [share for share in found if share is not None]
        if len(given) < len(found) and len(found) > 1:
            stretch.tell("warning", "missing-percentage", activity, f"{len(found) - len(given)} of {len(found)} {what}{of} have no percentage.",
                         "Give every share; without them the parts are taken as equal.")  # fmt: skip
        elif given and sum(given) != 100 and not (len(found) == 1 and given[0] == 0):
            stretch.tell("warning", "percentages-not-100", activity, f"The percentages of {what}{of} make {sum(given).normalize():f}.",
                         "Make them 100; until then they are scaled.")  # fmt: skip
    for number in sorted(at_activity & at_transactions):
        stretch.tell("note", "both-levels", number - stretch.first, f"There are {what} at the activity and at its transactions.",
                     "A transaction's own are used for it.")  # fmt: skip


def aid_types(stretch: Stretch) -> pa.Table:
    """Types of aid: the activity's defaults and those of transactions."""
    made = []
    for portion, container, element in (("main", ACTIVITY, "default-aid-type"), ("transactions", TRANSACTION, "aid-type")):
        found = stretch.children(portion, container, element)
        code = text(found["@code"])
        columns = {"vocabulary": first(text(found["@vocabulary"]), pc.if_else(pc.is_valid(code), "1", None)), "code": code}
        made.append(stretch.made("aid_types", plain(found["a"]), {**columns, **_transaction(portion, found)}))
    return pa.concat_tables(made)


def policy_markers(stretch: Stretch) -> pa.Table:
    """Policy markers and how much they matter."""
    found = stretch.children("main", ACTIVITY, "policy-marker")
    vocabulary, code = text(found["@vocabulary"]), text(found["@code"])
    columns = {
        "vocabulary": first(coded(vocabulary, MARKER_VOCABULARY), vocabulary, pc.if_else(pc.is_valid(code), "1", None)),
        "vocabulary_uri": text(found["@vocabulary-uri"]),
        "code": code,
        "significance": text(found["@significance"]),
        "name": _name(stretch, "main", f"{ACTIVITY}/policy-marker", found),
    }
    return stretch.made("policy_markers", plain(found["a"]), columns)


def related_activities(stretch: Stretch) -> pa.Table:
    """Parents, children, siblings and the like."""
    found = stretch.children("main", ACTIVITY, "related-activity")
    return stretch.made("related_activities", plain(found["a"]), {"type": text(found["@type"]), "ref": text(found["@ref"])})


def other_identifiers(stretch: Stretch) -> pa.Table:
    """Other names of the activity; in 1.0x the identifier is the element's text."""
    found = stretch.children("main", ACTIVITY, "other-identifier")
    told = stretch.narrative("main", f"{ACTIVITY}/other-identifier/owner-org", keys(plain(found["a"]), plain(found["b"])))
    columns = {
        "type": text(found["@type"]),
        "ref": first(text(found["@ref"]), text(found["text"])),
        "owner_org_ref": first(text(found["owner-org/@ref"]), text(found["@owner-ref"])),
        "owner_org_name": first(told, text(found["@owner-name"])),
    }
    return stretch.made("other_identifiers", plain(found["a"]), columns)


def coded_elements(name: str, element: str) -> Callable[[Stretch], pa.Table]:
    """A maker of the table `name` from elements that are codes with a vocabulary and a name."""

    def make(stretch: Stretch) -> pa.Table:
        found = stretch.children("main", ACTIVITY, element)
        wanted = {
            column: f"@{column.replace('_', '-')}" for column in TABLES[name].names if f"@{column.replace('_', '-')}" in found.column_names
        }
        columns = {column: text(found[field]) for column, field in wanted.items()}
        return stretch.made(name, plain(found["a"]), {**columns, "name": _name(stretch, "main", f"{ACTIVITY}/{element}", found)})

    return make


def locations(stretch: Stretch) -> pa.Table:
    """Places, with the first gazetteer code of each; coordinates as reported."""
    found = stretch.children("main", ACTIVITY, "location")
    inner = stretch.table("main", f"{ACTIVITY}/location")
    place = keys(plain(found["a"]), plain(found["b"]))
    of_place = keys(plain(inner["a"]), plain(inner["b"]))
    point = text(found["point/pos"])
    parts = pc.utf8_split_whitespace(point)
    two = pc.equal(pc.list_value_length(parts), 2)
    pairs = pc.if_else(two, parts, pa.scalar(None, parts.type))
    columns = {
        "location": pa.array(_numbered(found["a"]), pa.int32()),
        "ref": text(found["@ref"]),
        "reach": text(found["location-reach/@code"]),
        "class": text(found["location-class/@code"]),
        "feature_designation": text(found["feature-designation/@code"]),
        "exactness": text(found["exactness/@code"]),
        "id_vocabulary": _first_of(inner, "location-id/@vocabulary", of_place, place),
        "id_code": _first_of(inner, "location-id/@code", of_place, place),
        "latitude": first(text(found["coordinates/@latitude"]), pc.list_element(pc.fill_null(pairs, ["", ""]), 0)),
        "longitude": first(text(found["coordinates/@longitude"]), pc.list_element(pc.fill_null(pairs, ["", ""]), 1)),
        "name": first(stretch.narrative("main", f"{ACTIVITY}/location/name", place), text(found["name"])),
        "description": first(stretch.narrative("main", f"{ACTIVITY}/location/description", place), text(found["description"])),
    }
    for row in rows(pc.and_(pc.is_valid(point), pc.invert(two))):
        activity, child = found["a"][int(row)].as_py(), found["b"][int(row)].as_py()
        stretch.tell("warning", "bad-point", activity, f"A position is {point[row].as_py()!r}.", "Write latitude, a space, longitude.",
                     line=stretch.line_of(activity, child))  # fmt: skip
    for name in ("latitude", "longitude"):
        columns[name] = text(columns[name])
    return stretch.made("locations", plain(found["a"]), columns)


def _first_of(inner: pa.Table, field: str, having: Rows, wanted: Rows) -> pa.Array:
    values = text(inner[field])
    filled = rows(pc.is_valid(values))
    return matched(wanted, having[filled], pc.take(values, pa.array(filled)))


def _numbered(activities: pa.ChunkedArray) -> list[int]:
    """The number of each row among those of its activity, from 1."""
    numbers, last, count = [], None, 0
    for activity in activities.to_pylist():
        count = count + 1 if activity == last else 1
        last = activity
        numbers.append(count)
    return numbers


def location_areas(stretch: Stretch) -> pa.Table:
    """Administrative areas of places, at every level that is told."""
    inner = stretch.children("main", f"{ACTIVITY}/location", "administrative")
    places = stretch.children("main", ACTIVITY, "location")
    numbers = dict(zip(zip(places["a"].to_pylist(), places["b"].to_pylist(), strict=True), _numbered(places["a"]), strict=True))
    of = [numbers.get(pair) for pair in zip(inner["a"].to_pylist(), inner["b"].to_pylist(), strict=True)]
    columns = {
        "location": pa.array(of, pa.int32()),
        "vocabulary": text(inner["@vocabulary"]),
        "level": text(inner["@level"]),
        "code": first(text(inner["@code"]), text(inner["@adm2"]), text(inner["@adm1"]), text(inner["@country"])),
    }
    return stretch.made("location_areas", plain(inner["a"]), columns)
