"""One flow of the API as decoded JSON to a `Flow`: version 1, and the shape of version 2 and of the GraphQL search.

Version 1 is what api.hpc.tools/v1/public/fts/flow gives. Version 2 (UN-OCHA/hpc-api, searchFlows, and the REST flow of the same data) names
some values otherwise, gives sums as text, and puts status, type, method and keywords into `categories` and objects into a list a type.
"""

import re
from collections.abc import Container, Iterable, Iterator
from typing import cast

import msgspec

from pledgebook.aid.fts.flow import OBJECT_EXTRAS, OBJECT_VALUES, VALUES, Flow, FlowObject, Report, Side

Json = dict[str, object]

_SIDES: dict[str, Side] = {"sourceObjects": "source", "destinationObjects": "destination"}
_REPORT = {
    "sourceType": "source_type",
    "organization": "organization",
    "reportChannel": "report_channel",
    "date": "date",
    "reportID": "report_id",
}
#: Version 2: the values of version 1 under other names.
_RENAMED = {
    "versionID": "versionId",
    "origAmount": "originalAmount",
    "origCurrency": "originalCurrency",
    "flowDate": "date",
    "childIDs": "childFlowIds",
    "parentIDs": "parentFlowId",
}
#: Version 2: what groups of categories are called in version 1.
_GROUPS = {
    "flowStatus": "status",
    "flowType": "flowType",
    "contributionType": "contributionType",
    "method": "method",
    "keywords": "keywords",
    "earmarkingType": "grandBargainEarmarkingType",
}
#: Version 2: lists of objects, with their type in version 1.
_OBJECT_LISTS = {
    "organizations": "Organization",
    "locations": "Location",
    "plans": "Plan",
    "usageYears": "UsageYear",
    "emergencies": "Emergency",
    "globalClusters": "GlobalCluster",
    "clusters": "Cluster",
    "governingEntities": "Cluster",
    "projects": "Project",
}
#: The same lists with the side in their name: sourceOrganizations, destinationPlans.
_SIDED = re.compile("(source|destination)(" + "|".join(sorted({name[0].upper() + name[1:] for name in _OBJECT_LISTS})) + ")")
_REPORT_2 = {"source": "source_type", "channel": "report_channel", "date": "date", "id": "report_id"}
#: Known, and kept as texts.
_KNOWN_EXTRAS = frozenset(
    [
        "activeStatus",
        "restricted",
        "notes",
        "versionStartDate",
        "versionEndDate",
        "deletedAt",
        "createdBy",
        "lastUpdatedBy",
        "meta",
        "legacy",
        "externalReferences",
        "parkedParentSource",
    ]
)
#: Version 2: what tells the side of an object and the name of a year; and what its objects tell beyond version 1.
_OBJECT_NAMES = frozenset(["direction", "refDirection", "year"])
_KNOWN_OBJECT_EXTRAS = frozenset(["abbreviation", "iso3", "pcode", "adminLevel", "createdAt", "updatedAt", "versionID", "objectDetail"])


def is_flow(names: Container[str]) -> bool:
    """Whether an object with these names is a flow, as against a total or a plan."""
    return "amountUSD" in names and any(name in names for name in ("versionId", "versionID", "flowType", "sourceObjects"))


def flow_of(value: Json, number: int, line: int | None, offset: int | None) -> tuple[Flow, list[str]]:
    """The flow, and the names in it that are of neither version."""
    taken = _Taken(value)
    return Flow(number, line, offset, taken.values, tuple(taken.objects), tuple(taken.reports), tuple(taken.extras)), taken.unknown


class _Taken:
    """What was taken of one object, by version."""

    def __init__(self, value: Json) -> None:
        self.values: dict[str, str] = {}
        self.objects: list[FlowObject] = []
        self.reports: list[Report] = []
        self.extras: list[tuple[str, str]] = []
        self.unknown: list[str] = []
        for name, told in value.items():
            if told is not None:
                self._take(name, told, value)

    def _take(self, name: str, told: object, flow: Json) -> None:
        if name in VALUES or name in _RENAMED:
            self._value(_RENAMED.get(name, name), told)
        elif name in _SIDES:
            self.objects.extend(self._object(_SIDES[name], None, one) for one in _dicts(told))
        elif name == "reportDetails":
            for one in _dicts(told):
                self._report(one)
        elif name == "categories":
            self._categories(told)
        elif name in _OBJECT_LISTS:
            self._listed(_OBJECT_LISTS[name], told)
        elif sided := _SIDED.fullmatch(name):
            plain = sided[2][0].lower() + sided[2][1:]
            if plain not in flow:  # else they are there already, with their directions
                side = cast("Side", sided[1])
                self.objects.extend(self._object(side, _OBJECT_LISTS[plain], one) for one in _dicts(told))
        else:
            self._extra(name, told)
            if name not in _KNOWN_EXTRAS:
                self.unknown.append(name)

    def _value(self, name: str, told: object) -> None:
        text = as_text(told)
        if text:
            self.values[name] = text

    def _extra(self, path: str, told: object) -> None:
        text = as_text(told)
        if text:
            self.extras.append((path, text))

    def _object(self, side: Side, kind: str | None, one: Json) -> FlowObject:
        parts = {name: text for name, told in one.items() if (text := as_text(told))}
        kind = kind or parts.get("type") or "unknown"
        name = parts.get("name") or (parts.get("year") if kind == "UsageYear" else None)
        extras = tuple((key, text) for key, text in parts.items() if key not in OBJECT_VALUES | _OBJECT_NAMES)
        self.unknown.extend(f"{side}Objects/{key}" for key, _ in extras if key not in OBJECT_EXTRAS | _KNOWN_OBJECT_EXTRAS)
        return FlowObject(
            side,
            kind,
            parts.get("id"),
            name,
            parts.get("behavior"),
            parts.get("organizationTypes"),
            parts.get("organizationSubTypes"),
            extras,
        )

    def _report(self, one: Json) -> None:
        names = _REPORT if "sourceType" in one or "reportChannel" in one else _REPORT_2 | {"organization": "organization"}
        told = {names[name]: text for name, value in one.items() if name in names and (text := as_text(value))}
        organization = one.get("organization")
        if isinstance(organization, dict):
            told["organization"] = as_text(organization.get("name")) or ""
        self.reports.append(Report(**{name: text for name, text in told.items() if text}))
        for name, value in one.items():
            if name == "refCode" and "refCode" not in self.values:
                self._value(name, value)
            elif name not in names:
                self._extra(f"reportDetails/{name}", value)

    def _categories(self, told: object) -> None:
        found: dict[str, list[str]] = {}
        for one in _dicts(told):
            group, name = as_text(one.get("group")), as_text(one.get("name"))
            if group and name:
                found.setdefault(group, []).append(name)
        for group, names in found.items():
            if group in _GROUPS:
                self.values.setdefault(_GROUPS[group], "; ".join(names))
            else:
                self.extras.append((f"categories/{group}", "; ".join(names)))

    def _listed(self, kind: str, told: object) -> None:
        for one in _dicts(told):
            side = one.get("direction") or one.get("refDirection")
            if side in {"source", "destination"}:
                self.objects.append(self._object(side, kind, one))
            else:
                self._extra(f"{kind} without a side", one)


def as_text(told: object) -> str | None:
    """A value as it was written: a list of plain values joined by "; ", what holds more than that as JSON; None for nothing."""
    if told in (None, "", []):
        return None
    if isinstance(told, str):
        # A lone surrogate is no text that can be stored.
        return told.strip().encode("utf-8", "replace").decode() or None
    if isinstance(told, bool):
        return "true" if told else "false"
    if isinstance(told, list) and not any(isinstance(one, dict | list) for one in told):
        return "; ".join(filter(None, map(as_text, told))) or None
    if isinstance(told, dict | list):
        return msgspec.json.encode(told).decode()
    return str(told)


def _dicts(told: object) -> Iterator[Json]:
    values: Iterable[object] = told if isinstance(told, list) else ()
    return (one for one in values if isinstance(one, dict))
