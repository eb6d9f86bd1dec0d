"""A flow as FTS tells it, whatever file it came from: every value is the text that was reported."""

from collections.abc import Mapping
from typing import Literal

import msgspec

Side = Literal["source", "destination"]

#: What a flow says of itself, by the names of the API, version 1, and of the CSV export.
VALUES = frozenset(
    [
        "id",
        "amountUSD",
        "budgetYear",
        "childFlowIds",
        "contributionType",
        "createdAt",
        "date",
        "decisionDate",
        "description",
        "exchangeRate",
        "firstReportedDate",
        "flowType",
        "grandBargainEarmarkingType",
        "keywords",
        "method",
        "newMoney",
        "originalAmount",
        "originalCurrency",
        "parentFlowId",
        "refCode",
        "status",
        "updatedAt",
        "versionId",
        "boundary",
        "onBoundary",
    ]
)
#: What an object on either side of a flow says of itself; all else ends in `FlowObject.extras`.
OBJECT_VALUES = frozenset(["type", "id", "name", "behavior", "organizationTypes", "organizationSubTypes"])
#: What the tables have no column for: it is kept as texts.
OBJECT_EXTRAS = frozenset(["organizationLevels", "code"])


class FlowObject(msgspec.Struct, frozen=True, gc=False):
    """An organisation, place, plan, cluster, year ... that a flow comes from or goes to. Several values of one field are joined by "; "."""

    side: Side
    type: str
    id: str | None = None
    name: str | None = None
    behavior: str | None = None
    organization_types: str | None = None
    organization_sub_types: str | None = None
    extras: tuple[tuple[str, str], ...] = ()


class Report(msgspec.Struct, frozen=True, gc=False):
    """Who told FTS of the flow, how and when."""

    source_type: str | None = None
    organization: str | None = None
    report_channel: str | None = None
    date: str | None = None
    report_id: str | None = None


class Flow(msgspec.Struct, frozen=True):
    """One flow. `number` counts the flows of the file from 1; `line` is where it begins; `offset` its first byte, in JSON.

    `values` has those of `VALUES` that are there and not empty; `extras` all else that was told, by the path of its name.
    """

    number: int
    line: int | None
    offset: int | None
    values: Mapping[str, str]
    objects: tuple[FlowObject, ...]
    reports: tuple[Report, ...] = ()
    extras: tuple[tuple[str, str], ...] = ()

    def told(self) -> bytes:
        """All it says, without where it stood: the same bytes for the same flow in any file of the same kind."""
        return msgspec.json.encode([sorted(self.values.items()), self.objects, self.reports, self.extras])

    def all_of(self, side: Side, kind: str) -> list[FlowObject]:
        """Its objects of a type on one side, in the order told."""
        return [one for one in self.objects if one.side == side and one.type == kind]
