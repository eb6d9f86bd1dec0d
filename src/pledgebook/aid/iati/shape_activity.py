"""The activities themselves, and what of them is wrong."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pledgebook.aid.iati import rules
from pledgebook.aid.iati.codes import DATE_TYPE, KNOWN_VERSIONS
from pledgebook.aid.iati.columns import coded, days, first, first_values, rows, sums, valid, whole, yes_no
from pledgebook.aid.iati.fields import ACTIVITY
from pledgebook.aid.iati.stretch import Stretch

_DATES = {"1": "start_planned", "2": "start_actual", "3": "end_planned", "4": "end_actual"}
_CODES = (
    "activity-status",
    "activity-scope",
    "collaboration-type",
    "default-flow-type",
    "default-finance-type",
    "default-tied-status",
)


def activities(stretch: Stretch) -> pa.Table:
    """One row for each activity."""
    version = first(stretch.own["version"], pa.scalar(stretch.header.version, pa.string()))
    columns = {
        "line": pa.array(stretch.activities.lines, pa.int32()),
        "format": pa.scalar("iati"),
        "version": version,
        "hash": pa.array(stretch.activities.hashes, pa.string()),
        **_reporter(stretch),
        "title": _told(stretch, "title"),
        "description": _told(stretch, "description"),
        "language": stretch.languages,
        "default_currency": stretch.currencies,
        "humanitarian": _flag(stretch, stretch.own["humanitarian"], "humanitarian"),
        "hierarchy": _hierarchy(stretch),
        **{element.replace("-", "_"): stretch.one(element, "@code") for element in _CODES},
        "capital_spend": _capital_spend(stretch),
        **_dates(stretch),
        "last_updated": stretch.own["last-updated-datetime"],
        "linked_data_uri": stretch.own["linked-data-uri"],
    }
    for activity in rows(pc.is_null(stretch.ids)):
        stretch.tell(rules.MISSING_IDENTIFIER, int(activity))
    _tell_version(stretch)
    return stretch.made("activities", np.arange(len(stretch)), columns)


def _reporter(stretch: Stretch) -> dict[str, pa.Array]:
    secondary = _flag(stretch, stretch.one("reporting-org", "@secondary-reporter"), "secondary-reporter")
    for activity in rows(secondary):
        stretch.tell(rules.SECONDARY_REPORTER, int(activity))
    return {
        "reporting_org_ref": stretch.one("reporting-org", "@ref"),
        "reporting_org_type": stretch.one("reporting-org", "@type"),
        "reporting_org_name": _told(stretch, "reporting-org"),
        "secondary_reporter": secondary,
    }


def _flag(stretch: Stretch, said: pa.Array, attribute: str) -> pa.Array:
    found, wrong = yes_no(said)
    for activity in wrong.tolist():
        stretch.tell(rules.BAD_FLAG, activity, of=attribute, said=said[activity].as_py())
    return found


def _hierarchy(stretch: Stretch) -> pa.Array:
    said = stretch.own["hierarchy"]
    found, wrong = whole(said)
    for activity in wrong.tolist():
        stretch.tell(rules.BAD_HIERARCHY, activity, said=said[activity].as_py())
    return found


def _capital_spend(stretch: Stretch) -> pa.Array:
    said = stretch.one("capital-spend", "@percentage")
    found, wrong, _ = sums(said)
    for activity in wrong.tolist():
        stretch.tell(rules.BAD_PERCENTAGE, activity, of="capital-spend", said=said[activity].as_py())
    return found


def _told(stretch: Stretch, element: str) -> pa.Array:
    """The first narrative of the first such element of each activity; in 1.0x the element's own text."""
    found = stretch.children(ACTIVITY, element)
    return first_values(np.arange(len(stretch)), found.owners, first(stretch.narrative("", found), found[""]))


def _dates(stretch: Stretch) -> dict[str, pa.Array]:
    """The first date of each type, for each activity."""
    found = stretch.children(ACTIVITY, "activity-date")
    kinds = coded(found["@type"], DATE_TYPE)
    values, _ = days(first(found["@iso-date"], found[""]))
    every, owners = np.arange(len(stretch)), found.owners
    return {
        column: first_values(every, owners, pc.if_else(pc.equal(kinds, code), values, pa.scalar(None, values.type)))
        for code, column in _DATES.items()
    }


def activity_dates(stretch: Stretch) -> pa.Table:
    """Every date of every activity, with those that are none told."""
    found = stretch.children(ACTIVITY, "activity-date")
    said, kind = first(found["@iso-date"], found[""]), found["@type"]
    values, wrong = days(said)
    stretch.tell_of(rules.BAD_DATE, found, wrong, said, of="activity-date")
    stretch.tell_of(rules.EMPTY_DATE, found, np.flatnonzero(~valid(said) & valid(kind)), of="activity-date")
    return stretch.made("activity_dates", found.owners, {"type": coded(kind, DATE_TYPE), "type_reported": kind, "date": values})


def _tell_version(stretch: Stretch) -> None:
    """Of the activities that say an odd version of their own, the first of the stretch is told."""
    version = stretch.own["version"]
    odd = rows(pc.and_(pc.is_valid(version), pc.invert(pc.is_in(version, pa.array(sorted(KNOWN_VERSIONS))))))
    if len(odd):
        stretch.tell(rules.UNKNOWN_VERSION, int(odd[0]), said=version[int(odd[0])].as_py())
