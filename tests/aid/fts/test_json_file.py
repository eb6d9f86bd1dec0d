import json
from decimal import Decimal
from typing import Any

import pytest

from pledgebook.aid.fts.read import read_fts
from pledgebook.core.problem import Problem

FLOW: dict[str, Any] = {
    "id": "501",
    "amountUSD": 1100000,
    "childFlowIds": [601, 602],
    "date": "2021-03-04T00:00:00Z",
    "description": "Clean water for the camp at Harbour Town",
    "exchangeRate": 0.909,
    "grandBargainEarmarkingType": ["earmarked"],
    "keywords": ["Water", "Multiyear"],
    "newMoney": True,
    "originalAmount": 1000000.1,
    "originalCurrency": "EUR",
    "parentFlowId": None,
    "status": "paid",
    "versionId": 2,
    "sourceObjects": [
        {"type": "Organization", "id": "11", "name": "Ruritania, Government of", "behavior": "single", "organizationTypes": ["Government"]},
    ],
    "destinationObjects": [
        {"type": "Location", "id": "114", "name": "Jordan", "behavior": "single"},
        {"type": "Project", "id": "9", "name": "Wells", "behavior": "single", "code": "JOR-21/W1"},
    ],
    "reportDetails": [
        {"sourceType": "Primary", "organization": "Ruritania, Government of", "reportChannel": "Email", "date": "2021-04-01T00:00:00.000Z"}
    ],
}
#: As UN-OCHA/hpc-api tells a flow (searchFlows).
FLOW_2: dict[str, Any] = {
    "id": 501,
    "versionID": 2,
    "amountUSD": "1100000",
    "origAmount": "1000000.10",
    "origCurrency": "EUR",
    "flowDate": "2021-03-04T00:00:00Z",
    "activeStatus": True,
    "restricted": False,
    "newMoney": True,
    "childIDs": [601, 602],
    "parentIDs": [400],
    "categories": [
        {"id": 1, "name": "Paid", "group": "flowStatus"},
        {"id": 2, "name": "Standard", "group": "flowType"},
        {"id": 3, "name": "Water", "group": "keywords"},
        {"id": 4, "name": "Multiyear", "group": "keywords"},
        {"id": 5, "name": "Refugees", "group": "beneficiaryGroup"},
    ],
    "organizations": [
        {"id": 11, "name": "Ruritania, Government of", "abbreviation": "RUR", "direction": "source"},
        {"id": 12, "name": "Water for All", "abbreviation": "WfA", "direction": "destination"},
    ],
    "sourceOrganizations": [{"id": 11, "name": "Ruritania, Government of", "abbreviation": "RUR", "direction": "source"}],
    "locations": [{"id": 114, "name": "Jordan", "direction": "destination"}],
    "usageYears": [{"year": "2021", "direction": "destination"}],
    "destinationPlans": [{"id": 7, "name": "Jordan plan", "direction": "destination"}],
    "reportDetails": [{"id": 5, "source": "Primary", "channel": "Email", "refCode": "AB-77/1", "date": "2021-04-01", "organizationID": 11}],
    "externalReferences": [],
    "parkedParentSource": None,
}


def read(data: bytes) -> tuple[dict[str, list[dict[str, Any]]], list[Problem]]:
    tables: dict[str, list[dict[str, Any]]] = {}
    problems: list[Problem] = []
    for rows in read_fts(data, "flows.json"):
        problems.extend(rows.problems)
        for name, table in rows.tables.items():
            tables.setdefault(name, []).extend(table.to_pylist())
    return tables, problems


def flow(number: int = 501, **values: object) -> dict[str, Any]:
    return FLOW | {"id": str(number)} | values


SHAPES = {
    "a page": {"status": "ok", "data": {"flows": [FLOW, flow(502)]}, "meta": {"count": 2}},
    "a report": {
        "status": "ok",
        "data": {"incoming": {"fundingTotal": 5}, "report3": {"pages": [{"flows": [FLOW]}, {"flows": [flow(502)]}]}},
    },
    "groups of a report": {
        "data": {"report1": {"fundingTotals": {"objects": [{"id": "1", "totalFunding": 3}]}, "flows": [FLOW, flow(502)]}}
    },
    "a list of flows": [FLOW, flow(502)],
    "a list of pages": [{"status": "ok", "data": {"flows": [FLOW]}}, {"status": "ok", "data": {"flows": [flow(502)]}}],
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("indent", [None, 2])
def test_flows_are_found_in_every_shape(shape: str, indent: int | None) -> None:
    tables, problems = read(json.dumps(SHAPES[shape], indent=indent).encode())
    assert not problems
    assert [row["activity_id"] for row in tables["flows"]] == ["501", "502"]


@pytest.mark.parametrize("lines", [[FLOW, flow(502)], [{"data": {"flows": [FLOW]}}, {"data": {"flows": [flow(502)]}}]])
def test_json_lines_of_flows_or_pages_are_read_and_lines_counted(lines: list[object]) -> None:
    data = b"\xef\xbb\xbf" + b"\n\n".join(json.dumps(line).encode() for line in lines) + b"\n"
    tables, problems = read(data)
    assert not problems
    assert [row["line"] for row in tables["flows"]] == [1, 3]


def test_a_line_that_is_no_json_is_reported_and_the_rest_is_read() -> None:
    tables, problems = read(b"\n".join([json.dumps(FLOW).encode(), b'{"id": "9", ', json.dumps(flow(502)).encode()]))
    assert [(problem.rule, problem.line) for problem in problems] == [("bad-json", 2)]
    assert len(tables["flows"]) == 2


def test_numbers_stay_as_they_are_written() -> None:
    tables, _ = read(json.dumps([FLOW]).encode())
    assert tables["transactions"][0]["value"] == Decimal("1000000.1")
    assert tables["flows"][0]["exchange_rate"] == Decimal("0.909")


def test_lines_and_bytes_of_a_flow_are_told() -> None:
    data = json.dumps({"data": {"flows": [flow(501), flow(502, status="?")]}}, indent=1).encode()
    tables, problems = read(data)
    assert problems[0].rule == "unknown-status"
    assert problems[0].offset is not None
    assert json.loads(data[problems[0].offset : data.rindex(b"]")])["id"] == "502"
    assert problems[0].line == tables["flows"][1]["line"] == data[: problems[0].offset].count(b"\n") + 1


def test_reports_tell_who_reported() -> None:
    tables, _ = read(json.dumps([FLOW]).encode())
    assert [(row["organization"], row["report_channel"], str(row["date"])) for row in tables["flow_reports"]] == [
        ("Ruritania, Government of", "Email", "2021-04-01")
    ]
    assert (tables["activities"][0]["reporting_org_name"], tables["activities"][0]["secondary_reporter"]) == (
        "Ruritania, Government of",
        False,
    )
    assert ("destinationObjects/Project/code", "JOR-21/W1") in [(row["element"], row["text"]) for row in tables["texts"]]


def test_version_2_gives_the_same_flow() -> None:
    tables, problems = read(json.dumps({"data": {"searchFlows": {"total": 1, "flows": [FLOW_2], "hasNextPage": False}}}).encode())
    assert not problems
    one, other = tables["transactions"][0], read(json.dumps([FLOW]).encode())[0]["transactions"][0]
    same = ("activity_id", "transaction_type", "transaction_date", "value", "currency", "provider_org_ref", "provider_org_name")
    assert [one[name] for name in same] == [other[name] for name in same]
    assert one["receiver_org_name"] == "Water for All"
    (row,) = tables["flows"]
    assert (row["version_id"], row["flow_type"], row["parent_flow"], row["keywords"]) == (2, "Standard", "400", "Water; Multiyear")
    assert (row["ref_code"], one["ref"]) == ("AB-77/1", "AB-77/1")
    assert [row["code"] for row in tables["recipients"]] == ["JO"]
    assert [(row["type"], row["name"]) for row in tables["flow_objects"]] == [
        ("Organization", "Ruritania, Government of"), ("Organization", "Water for All"), ("Location", "Jordan"), ("UsageYear", "2021"),
        ("Plan", "Jordan plan"),
    ]  # fmt: skip
    texts = {row["element"]: row["text"] for row in tables["texts"]}
    assert texts["flow/categories/beneficiaryGroup"] == "Refugees"
    assert (texts["flow/activeStatus"], texts["flow/reportDetails/organizationID"]) == ("true", "11")


def test_a_page_says_that_more_follow() -> None:
    _, problems = read(json.dumps({"status": "ok", "data": {"flows": [FLOW]}, "meta": {"nextLink": "https://example.org/2"}}).encode())
    assert [problem.rule for problem in problems] == ["more-pages"]
    assert "https://example.org/2" in problems[0].what


def test_an_answer_that_is_an_error_says_so() -> None:
    _, problems = read(b'{"status": "error", "data": {"flows": []}}')
    assert [problem.rule for problem in problems] == ["bad-answer", "empty"]


def test_a_download_cut_short_gives_the_flows_that_are_whole() -> None:
    data = json.dumps({"status": "ok", "data": {"flows": [FLOW, flow(502), flow(503)]}}).encode()
    tables, problems = read(data[:-300])
    assert [row["activity_id"] for row in tables["flows"]] == ["501", "502"]
    assert [problem.rule for problem in problems] == ["bad-json", "bad-json"]


def test_a_value_that_is_no_json_number_costs_the_value_and_not_the_file() -> None:
    tables, problems = read(json.dumps([FLOW, flow(502, originalAmount=float("nan"))]).encode())
    assert [row["currency"] for row in tables["transactions"]] == ["EUR", "USD"]
    assert [problem.rule for problem in problems] == ["bad-json"]


def test_what_is_no_object_among_flows_is_reported() -> None:
    tables, problems = read(json.dumps({"data": {"flows": [3, None, FLOW, {"amountUSD": 5}]}}).encode())
    assert [problem.rule for problem in problems] == ["bad-flow", "bad-flow", "no-flow-id", "unknown-status", "missing-date"]
    assert len(tables["flows"]) == 2


def test_names_nobody_knows_are_told_once_and_kept() -> None:
    tables, problems = read(json.dumps([flow(501, mood={"good": True}), flow(502, mood="bad")]).encode())
    assert [problem.rule for problem in problems] == ["unknown-field"]
    assert [row["text"] for row in tables["texts"] if row["element"] == "flow/mood"] == ['{"good":true}', "bad"]


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"id":' * 100_000, b'{"id":1,"amountUSD":2,"versionId":' * 3_000])
def test_json_that_is_nested_too_deep_is_a_problem(data: bytes) -> None:
    tables, problems = read(data)
    assert not tables
    assert {problem.rule for problem in problems} == {"bad-json", "empty"}
    assert len(problems) < 110
