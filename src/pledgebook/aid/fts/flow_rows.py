"""The rows of one flow, by table."""

import datetime
from collections.abc import Iterator, Mapping

from pledgebook.aid.fts.cells import day_of, truth_of, whole_of
from pledgebook.aid.fts.faults import Faults
from pledgebook.aid.fts.flow import Flow
from pledgebook.aid.fts.money import money_of, number_of
from pledgebook.aid.fts.organisations import ref_of, type_of
from pledgebook.aid.fts.places import NO_COUNTRY, country_of
from pledgebook.core.identity import sha256_hex

Row = Mapping[str, object]

#: Codes of the codelists TransactionType, OrganisationRole, EarmarkingCategory and RelatedActivityType. A flow goes out from its source.
_TRANSACTION_TYPES = {"pledge": "12", "commitment": "2", "paid": "3"}
_ROLES = {"source": "1", "destination": "4"}
_EARMARKING = {"unearmarked": "1", "softly earmarked": "2", "earmarked": "3", "tightly earmarked": "4"}
_PARENT, _CHILD = "1", "2"
_GLOBAL_CLUSTERS = "10"  # SectorVocabulary; its codes are the ids that FTS gives
_EARMARKING_VOCABULARY = "3"
_LOOK_UP = "Look the flow up at FTS."


class FlowRows:
    """What one flow becomes."""

    def __init__(self, flow: Flow, faults: Faults) -> None:
        self._flow, self._values, self._faults = flow, flow.values, faults
        self._sums = money_of(flow, faults)
        self._days = {name: self._day(name) for name in ("date", "decisionDate", "firstReportedDate")}

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Each row with the name of its table."""
        yield "activities", self._activity()
        yield "transactions", self._transaction()
        yield "flows", self._own()
        yield from (("participating_orgs", row) for row in self._organisations())
        yield from (("recipients", row) for row in self._recipients())
        yield from (("sectors", row) for row in self._sectors())
        yield from (("aid_types", row) for row in self._earmarking())
        yield from (("related_activities", row) for row in self._related())
        yield from (("flow_objects", row) for row in self._objects())
        yield from (("flow_reports", row) for row in self._reports())
        yield from (("texts", row) for row in self._texts())

    def _activity(self) -> Row:
        first = self._flow.reports[0] if self._flow.reports else None
        kinds = {"Primary": False, "Secondary": True}
        if "id" not in self._values:
            self._faults.of_flow("error", "no-flow-id", self._flow, "it has no id; nothing can be linked to it.", _LOOK_UP)
        return {
            "line": self._flow.line,
            "format": "fts",
            "hash": sha256_hex(self._flow.told()),
            "reporting_org_name": first.organization if first else None,
            "secondary_reporter": kinds.get(first.source_type or "") if first else None,
            "description": self._values.get("description"),
            "last_updated": self._values.get("updatedAt"),
        }

    def _transaction(self) -> Row:
        status = self._values.get("status")
        code = _TRANSACTION_TYPES.get(status.casefold()) if status else None
        if code is None:
            what = f"its status {status[:40]!r} is none of pledge, commitment and paid." if status else "it has no status."
            self._faults.of_flow("error", "unknown-status", self._flow, what, _LOOK_UP)
        if "date" not in self._values:
            self._faults.of_flow("warning", "missing-date", self._flow, "it has no date.", _LOOK_UP)
        return {
            "transaction": 1,
            "line": self._flow.line,
            "ref": self._values.get("refCode"),
            "transaction_type": code,
            "transaction_type_reported": status,
            "transaction_date": self._days["date"],
            "value": self._sums.value,
            "currency": self._sums.currency,
            "currency_from": self._sums.taken_from,
            "value_date": self._days["date"],
            "description": self._values.get("description"),
            **self._party("source", "provider"),
            **self._party("destination", "receiver"),
        }

    def _party(self, side: str, role: str) -> Row:
        """The organisation of a side if there is one; of several none is the one that paid or received: they are participating organisations."""
        found = [one for one in self._flow.objects if one.side == side and one.type == "Organization"]
        if len(found) != 1:
            return {}
        one = found[0]
        return {
            f"{role}_org_ref": ref_of(one.id),
            f"{role}_org_type": type_of(one.organization_types, one.organization_sub_types),
            f"{role}_org_name": one.name,
        }

    def _own(self) -> Row:
        """What FTS says beyond a transaction."""
        value = self._values.get
        return {
            "line": self._flow.line,
            "version_id": self._whole("versionId"),
            "status": value("status"),
            "flow_type": value("flowType"),
            "boundary": value("boundary"),
            "on_boundary": value("onBoundary"),
            "amount_usd": self._sums.amount_usd,
            "original_amount": self._sums.original_amount,
            "original_currency": value("originalCurrency"),
            "exchange_rate": number_of(self._flow, "exchangeRate", self._faults),
            "budget_year": value("budgetYear"),
            "contribution_type": value("contributionType"),
            "method": value("method"),
            "new_money": self._truth("newMoney"),
            "grand_bargain_earmarking": value("grandBargainEarmarkingType"),
            "decision_date": self._days["decisionDate"],
            "first_reported": self._days["firstReportedDate"],
            "created_at": value("createdAt"),
            "updated_at": value("updatedAt"),
            "parent_flow": value("parentFlowId"),
            "child_flows": value("childFlowIds"),
            "keywords": value("keywords"),
            "ref_code": value("refCode"),
            "description": value("description"),
        }

    def _organisations(self) -> Iterator[Row]:
        for one in self._flow.objects:
            if one.type == "Organization":
                yield {
                    "role": _ROLES[one.side],
                    "role_reported": one.side,
                    "ref": ref_of(one.id),
                    "type": type_of(one.organization_types, one.organization_sub_types),
                    "name": one.name,
                }

    def _recipients(self) -> Iterator[Row]:
        """The places a flow goes to; FTS does not tell what share each has, and one place alone has no percentage either."""
        for one in self._flow.all_of("destination", "Location"):
            code = country_of(one.name) if one.name else None
            if code is None and one.name not in NO_COUNTRY:
                what = f"its destination {(one.name or one.id or '')[:60]!r} is no country that is known."
                self._faults.of_flow("warning", "unknown-country", self._flow, what, "Add its name to the table of countries.")
            yield {"kind": "region" if one.name in NO_COUNTRY else "country", "code": code, "name": one.name}

    def _sectors(self) -> Iterator[Row]:
        for one in self._flow.all_of("destination", "GlobalCluster"):
            yield {"vocabulary": _GLOBAL_CLUSTERS, "vocabulary_reported": "GlobalCluster", "code": one.id, "name": one.name}

    def _earmarking(self) -> Iterator[Row]:
        for word in self._list("grandBargainEarmarkingType"):
            code = _EARMARKING.get(word.casefold())
            if code is None:
                what = f"The earmarking {word[:60]!r} is none of the Grand Bargain's; it stays in the table of flows."
                self._faults.once("unknown-earmarking", word, what, "Nothing.")
            else:
                yield {"vocabulary": _EARMARKING_VOCABULARY, "code": code}

    def _related(self) -> Iterator[Row]:
        yield from ({"type": _PARENT, "ref": ref} for ref in self._list("parentFlowId"))
        yield from ({"type": _CHILD, "ref": ref} for ref in self._list("childFlowIds"))

    def _objects(self) -> Iterator[Row]:
        for one in self._flow.objects:
            yield {
                "side": one.side,
                "type": one.type,
                "id": one.id,
                "name": one.name,
                "behavior": one.behavior,
                "organization_types": one.organization_types,
                "organization_sub_types": one.organization_sub_types,
            }

    def _reports(self) -> Iterator[Row]:
        for one in self._flow.reports:
            day = day_of(one.date) if one.date else None
            if one.date and day is None:
                self._faults.of_flow("warning", "bad-date", self._flow, f"its report has the date {one.date[:40]!r}.", _LOOK_UP)
            yield {
                "source_type": one.source_type,
                "organization": one.organization,
                "report_channel": one.report_channel,
                "date": day,
                "report_id": one.report_id,
            }

    def _texts(self) -> Iterator[Row]:
        """The description, and all that no table has a column for; `number` tells which object of the flow it is of."""
        if "description" in self._values:
            yield {"element": "description", "number": 1, "text": self._values["description"]}
        for path, text in self._flow.extras:
            yield {"element": f"flow/{path}", "number": 1, "text": text}
        for number, one in enumerate(self._flow.objects, 1):
            for name, text in one.extras:
                yield {"element": f"{one.side}Objects/{one.type}/{name}", "number": number, "text": text}

    def _list(self, name: str) -> list[str]:
        return self._values[name].split("; ") if name in self._values else []

    def _day(self, name: str) -> datetime.date | None:
        text = self._values.get(name)
        day = day_of(text) if text else None
        if text and day is None:
            self._faults.of_flow("error", "bad-date", self._flow, f"its {name} {text[:40]!r} is no date.", _LOOK_UP)
        return day

    def _truth(self, name: str) -> bool | None:
        text = self._values.get(name)
        found = truth_of(text) if text else None
        if text and found is None:
            self._faults.of_flow("warning", "bad-value", self._flow, f"its {name} {text[:40]!r} is neither true nor false.", _LOOK_UP)
        return found

    def _whole(self, name: str) -> int | None:
        text = self._values.get(name)
        found = whole_of(text) if text else None
        if text and found is None:
            self._faults.of_flow("warning", "bad-value", self._flow, f"its {name} {text[:40]!r} is no whole number.", _LOOK_UP)
        return found
