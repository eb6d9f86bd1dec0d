"""The activities themselves, and what of them is wrong."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.aid.iati.codes import DATE_TYPE, KNOWN_VERSIONS
from pledgebook.aid.iati.columns import any_of, coded, days, first, keys, matched, plain, rows, sums, text, whole, yes_no
from pledgebook.aid.iati.fields import ACTIVITY
from pledgebook.aid.iati.raw import OWN
from pledgebook.aid.iati.stretch import Stretch


def activities(stretch: Stretch, hashes: list[str]) -> pa.Table:
    """One row for each activity."""
    every = pa.array(np.arange(len(stretch), dtype=np.uint32))
    own = _own(stretch)
    version = first(own["version"], pa.repeat(pa.scalar(stretch.header.version, pa.string()), len(stretch)))
    humanitarian, _ = yes_no(own["humanitarian"])
    hierarchy, odd_hierarchy = whole(own["hierarchy"])
    secondary, _ = yes_no(stretch.one("reporting-org", "@secondary-reporter"))
    spend, odd_spend, _ = sums(stretch.one("capital-spend", "@percentage"))
    columns = {
        "line": pa.array(stretch.lines, pa.int32()),
        "format": pa.repeat("iati", len(stretch)),
        "version": version,
        "hash": pa.array(hashes, pa.string()),
        "reporting_org_ref": stretch.one("reporting-org", "@ref"),
        "reporting_org_type": stretch.one("reporting-org", "@type"),
        "reporting_org_name": _told(stretch, "reporting-org"),
        "secondary_reporter": secondary,
        "title": _told(stretch, "title"),
        "description": _told(stretch, "description"),
        "language": language(stretch),
        "default_currency": currencies(stretch),
        "humanitarian": humanitarian,
        "hierarchy": hierarchy,
        "activity_status": stretch.one("activity-status", "@code"),
        "activity_scope": stretch.one("activity-scope", "@code"),
        "collaboration_type": stretch.one("collaboration-type", "@code"),
        "default_flow_type": stretch.one("default-flow-type", "@code"),
        "default_finance_type": stretch.one("default-finance-type", "@code"),
        "default_tied_status": stretch.one("default-tied-status", "@code"),
        "capital_spend": spend,
        **_dates(stretch),
        "last_updated": own["last-updated-datetime"],
        "linked_data_uri": own["linked-data-uri"],
    }
    _tell(stretch, version)
    for activity in odd_hierarchy:
        stretch.tell(
            "warning", "bad-hierarchy", int(activity), f"{own['hierarchy'][activity]} is no level of a hierarchy.", "Use 1, 2, ..."
        )
    for activity in odd_spend:
        stretch.tell("warning", "bad-percentage", int(activity), "The share of capital spending is no number.", "Write it as 12.5.")
    return stretch.made("activities", every, columns)


def _own(stretch: Stretch) -> dict[str, pa.Array]:
    """The activities' attributes, also of those that could not be parsed at all."""
    table = stretch.raw[OWN]
    every, having = np.arange(len(stretch), dtype=np.int64), keys(plain(table["a"]))
    return {name: matched(every, having, text(table[name])) for name in table.column_names if name != "a"}


def language(stretch: Stretch) -> pa.Array:
    """The language of each activity, as reported for it or for the file."""
    return first(_own(stretch)["lang"], pa.repeat(pa.scalar(stretch.header.language, pa.string()), len(stretch)))


def currencies(stretch: Stretch) -> pa.Array:
    """The default currency of each activity."""
    return pc.utf8_upper(_own(stretch)["default-currency"])


def _told(stretch: Stretch, element: str) -> pa.Array:
    """The first narrative of the first such element of each activity; in 1.0x the element's own text."""
    direct = stretch.one(element, "")
    table = stretch.table("main", f"{ACTIVITY}/{element}")
    values = text(table["narrative"])
    filled = rows(pc.is_valid(values))
    of = keys(plain(table["a"]))[filled]
    return first(matched(np.arange(len(stretch), dtype=np.int64), of, pc.take(values, pa.array(filled))), direct)


def _dates(stretch: Stretch) -> dict[str, pa.Array]:
    found = stretch.children("main", ACTIVITY, "activity-date")
    kinds = coded(text(found["@type"]), DATE_TYPE)
    values, _ = days(first(text(found["@iso-date"]), text(found["text"])))
    every = np.arange(len(stretch), dtype=np.int64)
    made = {}
    for code, column in (("1", "start_planned"), ("2", "start_actual"), ("3", "end_planned"), ("4", "end_actual")):
        chosen = rows(pc.and_(pc.equal(kinds, code), pc.is_valid(values)))
        made[column] = matched(every, keys(plain(found["a"]))[chosen], pc.take(values, pa.array(chosen)))
    return made


def activity_dates(stretch: Stretch) -> pa.Table:
    """Every date of every activity, with those that are none told."""
    found = stretch.children("main", ACTIVITY, "activity-date")
    reported, kind = first(text(found["@iso-date"]), text(found["text"])), text(found["@type"])
    values, wrong = days(reported)
    stretch.tell_rows(
        "warning",
        "bad-date",
        found.append_column("said", reported),
        wrong,
        "The date of type {@type} is {said!r}.",
        "Write dates as 2020-01-31.",
    )
    missing = rows(pc.and_(pc.is_null(reported), any_of(kind)))
    stretch.tell_rows(
        "note", "missing-date", found, missing, "The date of type {@type} is empty.", "Give the date or leave the element out."
    )
    return stretch.made("activity_dates", plain(found["a"]), {"type": coded(kind, DATE_TYPE), "type_reported": kind, "date": values})


def _tell(stretch: Stretch, version: pa.Array) -> None:
    for activity in rows(pc.is_null(stretch.ids)):
        stretch.tell("error", "missing-identifier", int(activity), "There is no iati-identifier.", "Give every activity its identifier.")
    odd = pc.and_(pc.is_valid(version), pc.invert(pc.is_in(version, pa.array(sorted(KNOWN_VERSIONS)))))
    if (of_file := rows(odd)).size:
        stretch.tell(
            "note",
            "unknown-version",
            int(of_file[0]),
            f"{version[of_file[0]]} is no version of the standard.",
            "It is read by its elements all the same.",
        )
    secondary = stretch.one("reporting-org", "@secondary-reporter")
    for activity in rows(pc.is_in(secondary, pa.array(["1", "true"]))):
        stretch.tell(
            "note",
            "secondary-reporter",
            int(activity),
            "It is reported by a secondary reporter.",
            "Look for the same money in the first reporter's data.",
        )
