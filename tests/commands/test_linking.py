"""link, and decisions about money, as a person meets them."""

import json
from pathlib import Path

import pytest
from tests.commands.conftest import Call

FLOWS = """\
id,amountUSD,status,boundary,date,description,flowType,originalAmount,originalCurrency,refCode,sourceObjects_Organization.id,sourceObjects_Organization.name,sourceObjects_Organization.behavior,sourceObjects_Organization.organizationTypes,destinationObjects_Organization.id,destinationObjects_Organization.name,destinationObjects_Organization.behavior,destinationObjects_Organization.organizationTypes,destinationObjects_Location.id,destinationObjects_Location.name,destinationObjects_Location.behavior
501,9000000,paid,incoming,2025-05-02T00:00:00Z,Wells in Togo,Standard,9000000,USD,,77,"Georgia, Government of",single,Government,12,A well-drilling agency,single,NGO,221,Togo,single
502,800000,commitment,incoming,2025-05-02T00:00:00Z,Schools in Peru,Standard,800000,USD,,78,"Norway, Government of",single,Government,13,A school,single,NGO,171,Peru,single
"""


@pytest.fixture
def money(call: Call, folder: Path) -> Call:
    """A book that has taken in two flows."""
    (folder / "flows.csv").write_text(FLOWS, encoding="utf-8")
    taken = call("money", Path("flows.csv"), "--snapshot", "2025-06-01")
    assert taken.exit_code == 0, taken.output
    return call


def test_link_prints_ties_and_what_is_counted(money: Call, promise: str) -> None:
    told = money("link", "--as-of", "2027-01-01", "--explain")
    assert told.exit_code == 0
    rows = [line.split("\t") for line in told.stdout.splitlines() if not line.startswith("\t")]
    assert [row[:2] for row in rows] == [[promise, "fts:501"]]
    assert any(line.startswith("\tdonor: ") for line in told.stdout.splitlines())
    assert "1 promise may have money in the registers" in told.stderr


def test_a_person_ties_and_unties_money(money: Call, promise: str) -> None:
    assert money("decide", "link", promise, "fts:502").exit_code == 0
    (row,) = money("status", promise, "--as-of", "2027-01-01", "--format", "jsonl").stdout.splitlines()
    assert json.loads(row)["money"] == "announced 9,000,000 USD; committed 9,800,000 USD; disbursed 9,000,000 USD; 2 recorded sums"
    assert money("decide", "unlink", promise, "fts:502").exit_code == 0
    (row,) = money("status", promise, "--as-of", "2027-01-01", "--format", "jsonl").stdout.splitlines()
    assert json.loads(row)["money"] == "announced 9,000,000 USD; committed 9,000,000 USD; disbursed 9,000,000 USD; 1 recorded sum"


def test_money_that_no_snapshot_tells_cannot_be_tied(money: Call, promise: str) -> None:
    refused = money("decide", "link", promise, "fts:999")
    assert refused.exit_code == 2
    assert "No snapshot in the book tells of 'fts:999'" in refused.stderr


def test_link_without_aid_data_ties_nothing(call: Call) -> None:
    told = call("link", "--as-of", "2027-01-01")
    assert (told.exit_code, told.stdout) == (0, "")
