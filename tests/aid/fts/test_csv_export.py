import csv
import io
from collections.abc import Iterable
from decimal import Decimal

import pytest

from pledgebook.aid.fts.read import read_fts
from pledgebook.core.problem import Problem

FLOW = {
    "id": "501",
    "amountUSD": "1100000",
    "childFlowIds": "601|602",
    "date": "2021-03-04T00:00:00Z",
    "decisionDate": "2021-03-01T00:00:00Z",
    "description": "Clean water for the camp at Harbour Town",
    "exchangeRate": "0.909090909",
    "keywords": "Water|Multiyear",
    "newMoney": "TRUE",
    "originalAmount": "1000000.50",
    "originalCurrency": "EUR",
    "parentFlowId": "400",
    "refCode": "AB-77/1",
    "status": "commitment",
    "versionId": "2",
    "sourceObjects_Organization.id": "11",
    "sourceObjects_Organization.name": "Ruritania, Government of",
    "sourceObjects_Organization.behavior": "single",
    "sourceObjects_Organization.organizationTypes": "Governments",
    "sourceObjects_Organization.organizationSubTypes": "National Governments",
    "sourceObjects_Organization.organizationLevels": "National and Sub-National State Actors",
    "destinationObjects_Organization.id": "12",
    "destinationObjects_Organization.name": "Water for All",
    "destinationObjects_Organization.behavior": "single",
    "destinationObjects_Organization.organizationTypes": "NGO",
    "destinationObjects_Organization.organizationSubTypes": "International",
    "destinationObjects_Location.id": "106; 105",
    "destinationObjects_Location.name": "Iraq; Iran, Islamic Republic of",
    "destinationObjects_Location.behavior": "shared; shared",
    "destinationObjects_Location.organizationTypes": "NULL; NULL",
    "destinationObjects_GlobalCluster.id": "11",
    "destinationObjects_GlobalCluster.name": "Water Sanitation Hygiene",
    "destinationObjects_GlobalCluster.behavior": "single",
    "destinationObjects_GlobalCluster.code": "NA",
    "grandBargainEarmarkingType": "softly earmarked",
}


def export(*flows: dict[str, str]) -> bytes:
    text = io.StringIO()
    names = list(dict.fromkeys(name for flow in flows for name in flow))
    writer = csv.DictWriter(text, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(flows)
    return text.getvalue().encode()


def read(data: bytes) -> tuple[dict[str, list[dict[str, object]]], list[Problem]]:
    tables: dict[str, list[dict[str, object]]] = {}
    problems: list[Problem] = []
    for rows in read_fts(data, "flows.csv"):
        problems.extend(rows.problems)
        for name, table in rows.tables.items():
            tables.setdefault(name, []).extend(table.to_pylist())
    return tables, problems


def rules(problems: Iterable[Problem]) -> list[str]:
    return [problem.rule for problem in problems]


def changed(**values: str) -> dict[str, str]:
    return FLOW | values


def test_a_flow_is_an_activity_with_one_transaction() -> None:
    tables, problems = read(export(FLOW))
    assert not problems
    (activity,), (transaction,) = tables["activities"], tables["transactions"]
    assert (activity["format"], activity["activity_id"], activity["activity"], activity["line"]) == ("fts", "501", 1, 2)
    assert (transaction["transaction_type"], transaction["transaction_type_reported"]) == ("2", "commitment")
    assert (transaction["value"], transaction["currency"], transaction["currency_from"]) == (Decimal("1000000.50"), "EUR", "originalAmount")
    assert (str(transaction["transaction_date"]), transaction["ref"]) == ("2021-03-04", "AB-77/1")
    assert (transaction["provider_org_ref"], transaction["provider_org_type"]) == ("fts-org:11", "10")
    assert (transaction["receiver_org_ref"], transaction["receiver_org_type"]) == ("fts-org:12", "21")


def test_what_fts_says_beyond_a_transaction_is_kept() -> None:
    tables, _ = read(export(FLOW))
    (flow,) = tables["flows"]
    assert (flow["amount_usd"], flow["exchange_rate"], flow["new_money"]) == (Decimal(1100000), Decimal("0.909090909"), True)
    assert (flow["child_flows"], flow["keywords"], flow["parent_flow"]) == ("601; 602", "Water; Multiyear", "400")
    assert [(row["type"], row["ref"]) for row in tables["related_activities"]] == [("1", "400"), ("2", "601"), ("2", "602")]
    assert [(row["vocabulary"], row["code"]) for row in tables["sectors"]] == [("10", "11")]
    assert [(row["vocabulary"], row["code"]) for row in tables["aid_types"]] == [("3", "2")]
    texts = [(row["element"], row["number"], row["text"]) for row in tables["texts"]]
    assert ("sourceObjects/Organization/organizationLevels", 1, "National and Sub-National State Actors") in texts
    assert not [text for text in texts if text[2] in {"NA", "NULL"}]


def test_shared_countries_have_codes_and_no_percentages() -> None:
    tables, _ = read(export(FLOW))
    assert [(row["code"], row["percentage"]) for row in tables["recipients"]] == [("IQ", None), ("IR", None)]


def test_a_name_with_a_semicolon_is_one_organisation() -> None:
    name = "NGOs; Red Crescent (details not yet provided)"
    tables, problems = read(export(changed(**{"destinationObjects_Organization.name": name})))
    assert not problems
    assert tables["transactions"][0]["receiver_org_name"] == name


def test_names_that_cannot_be_split_are_kept_whole_and_reported() -> None:
    cells = {
        "id": "12; 13",
        "name": "Water; Light; Air",
        "behavior": "shared; shared",
        "organizationTypes": "NGO; NGO",
        "organizationSubTypes": "",
    }
    flow = changed(**{f"destinationObjects_Organization.{name}": cell for name, cell in cells.items()})
    tables, problems = read(export(flow))
    assert rules(problems) == ["uneven-objects"]
    assert [row["name"] for row in tables["participating_orgs"]][1:] == ["Water; Light; Air", None]
    assert tables["transactions"][0]["receiver_org_name"] is None  # of two, none is the one


def test_a_flow_without_original_amount_counts_in_dollars() -> None:
    tables, problems = read(export(changed(originalAmount="", originalCurrency="USD")))
    assert not problems
    assert [tables["transactions"][0][name] for name in ("value", "currency", "currency_from")] == [Decimal(1100000), "USD", "amountUSD"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"originalAmount": "1,000"}, "bad-amount"),
        ({"amountUSD": "n/a"}, "bad-amount"),
        ({"amountUSD": "", "originalAmount": ""}, "missing-amount"),
        ({"originalCurrency": ""}, "missing-currency"),
        ({"originalCurrency": "Euro"}, "bad-currency"),
        ({"status": "promised"}, "unknown-status"),
        ({"status": ""}, "unknown-status"),
        ({"date": ""}, "missing-date"),
        ({"date": "2021-02-30"}, "bad-date"),
        ({"id": ""}, "no-flow-id"),
        ({"newMoney": "perhaps"}, "bad-value"),
        ({"versionId": "2.0"}, "bad-value"),
        ({"destinationObjects_Location.name": "Iraq; Atlantis"}, "unknown-country"),
        ({"grandBargainEarmarkingType": "firmly earmarked"}, "unknown-earmarking"),
        ({"exchangeRate": "0.12345678901234"}, "rounded-amount"),
        ({"freeText": "new"}, "unknown-column"),
    ],
)
def test_what_is_wrong_is_told_and_the_flow_is_kept(change: dict[str, str], rule: str) -> None:
    tables, problems = read(export(FLOW | change, changed(id="502")))
    assert rules(problems) == [rule]
    assert len(tables["transactions"]) == 2
    if rule not in {"unknown-earmarking", "unknown-column"}:
        assert problems[0].line == 2
        assert ("501" in problems[0].what) == (rule != "no-flow-id")


def test_a_sum_that_cannot_be_read_is_never_taken_from_elsewhere_without_a_word() -> None:
    tables, _ = read(export(changed(originalAmount="1,000"), changed(id="502", amountUSD="x", originalAmount="")))
    assert [row["currency_from"] for row in tables["transactions"]] == ["amountUSD", None]
    assert tables["transactions"][1]["value"] is None


def test_lines_count_the_line_breaks_inside_quotes() -> None:
    data = export(changed(description="One\nTwo\nThree"), changed(id="502", status="?"))
    tables, problems = read(data)
    assert [row["line"] for row in tables["flows"]] == [2, 5]
    assert [(problem.line, problem.rule) for problem in problems] == [(5, "unknown-status")]


def test_a_row_with_too_few_cells_is_reported_and_the_rest_is_read() -> None:
    head, first, second = export(FLOW, changed(id="502")).splitlines(keepends=True)
    tables, problems = read(head + b"501,77\n" + first[:-2] + b'"x\n' + second)
    assert [(problem.rule, problem.line) for problem in problems[:1]] == [("bad-row", 2)]
    assert [row["activity_id"] for row in tables["flows"]][-1:] == ["502"]


def test_a_flow_told_twice_word_for_word_is_counted_once() -> None:
    tables, problems = read(export(FLOW, FLOW, changed(status="paid")))
    assert rules(problems) == ["duplicate-flow", "duplicate-flow"]
    assert [row["status"] for row in tables["flows"]] == ["commitment", "paid"]


def test_bytes_that_are_no_utf8_are_reported() -> None:
    tables, problems = read(export(changed(description="Caf§ of hope")).replace("§".encode(), b"\xe9"))
    assert rules(problems) == ["bad-bytes"]
    assert tables["flows"][0]["description"] == "Caf\ufffd of hope"


def test_the_hash_of_a_flow_does_not_depend_on_the_columns_of_the_export() -> None:
    tables, _ = read(export(FLOW, changed(id="502", budgetYear="2021")))
    alone, _ = read(export(dict(reversed(FLOW.items()))))
    assert tables["activities"][0]["hash"] != tables["activities"][1]["hash"]
    assert len({tables["activities"][0]["hash"], read(export(FLOW))[0]["activities"][0]["hash"]}) == 1
    assert alone["flows"][0]["amount_usd"] == Decimal(1100000)


def test_a_file_without_flows_says_so() -> None:
    assert rules(read(export(FLOW).split(b"\n")[0])[1]) == ["empty"]
    assert rules(read(b"")[1]) == ["bad-csv", "empty"]


def test_rows_come_in_batches_and_activities_are_numbered_through() -> None:
    batches = list(read_fts(export(*(changed(id=str(number)) for number in range(4500))), "many.csv"))
    assert [len(rows.tables.get("flows", ())) for rows in batches] == [2000, 2000, 500]
    assert batches[-1].tables["activities"]["activity"].to_pylist()[-1] == 4500
