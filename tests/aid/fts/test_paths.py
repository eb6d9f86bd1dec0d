import datetime
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from tools.fts_counts import read_file

from pledgebook.aid.fts.paths import FlowPath, paths
from pledgebook.aid.fts.read import read_fts
from pledgebook.aid.tables import TABLES

DATA = Path(__file__).resolve().parents[3].parent / "shared/data/fts"
FIRST, SECOND, THIRD = (datetime.date(2022, month, 1) for month in (1, 2, 3))


def copy(*rows: dict[str, object]) -> pa.Table:
    plain = {"version_id": 1, "status": "commitment", "amount_usd": Decimal(100), "activity_id": "7"}
    return pa.Table.from_pylist([plain | row for row in rows], schema=TABLES["flows"])


def path_of(flow: str, *copies: pa.Table) -> FlowPath:
    dated = dict(zip((FIRST, SECOND, THIRD), copies, strict=False))
    found = paths(dated)
    assert found == paths(dict(reversed(dated.items())))
    return next(path for path in found if path.flow == flow)


def steps(path: FlowPath) -> list[tuple[str, int, int | None, str | None, str | None]]:
    return [(step.kind, step.on.month, step.since.month if step.since else None, step.before, step.after) for step in path.steps]


def test_a_pledge_becomes_a_commitment_and_is_paid() -> None:
    path = path_of("7", copy({"status": "pledge"}), copy({}), copy({"status": "paid"}))
    assert path.stages == ("pledge", "commitment", "paid")
    assert steps(path) == [
        ("seen", 1, None, None, "pledge"),
        ("status", 2, 1, "pledge", "commitment"),
        ("status", 3, 2, "commitment", "paid"),
    ]
    assert not any(step.is_backward for step in path.steps)


def test_a_payment_that_is_a_commitment_again_went_backward() -> None:
    path = path_of("7", copy({"status": "paid"}), copy({}))
    assert path.steps[-1].is_backward


def test_a_changed_sum_is_told_in_the_currency_of_the_flow() -> None:
    euros = {"original_currency": "EUR", "amount_usd": Decimal(110)}
    path = path_of("7", copy(euros | {"original_amount": Decimal(100)}), copy(euros | {"original_amount": Decimal("90.50")}))
    assert steps(path)[1:] == [("amount", 2, 1, "100 EUR", "90.5 EUR")]


def test_another_rate_changes_the_dollars_alone_and_a_currency_is_no_change_of_sum() -> None:
    euros = {"original_currency": "EUR", "original_amount": Decimal(100)}
    path = path_of("7", copy(euros), copy(euros | {"amount_usd": Decimal(120)}), copy({"amount_usd": Decimal(120)}))
    assert steps(path)[1:] == [("dollars", 2, 1, "100 USD", "120 USD"), ("currency", 3, 2, "100 EUR", "120 USD")]


def test_a_flow_that_a_copy_lacks_is_gone_and_may_come_back() -> None:
    path = path_of("7", copy({}), copy({"activity_id": "8"}), copy({"status": "paid"}, {"activity_id": "8"}))
    assert [step.kind for step in path.steps] == ["seen", "gone", "back", "status"]
    assert (path.is_gone, path.first_seen, path.last_seen) == (False, FIRST, THIRD)
    assert path_of("7", copy({}), copy({"activity_id": "8"}), copy({"activity_id": "8"})).is_gone


def test_a_flow_that_is_new_in_a_later_copy_says_since_when_it_was_not_there() -> None:
    assert steps(path_of("9", copy({}), copy({"activity_id": "9"}))) == [("seen", 2, 1, None, "commitment")]


def test_parents_and_children_are_known_from_either_end_and_from_any_copy() -> None:
    copies = copy({"activity_id": "10", "child_flows": "12; 7"}, {}), copy({"activity_id": "10"}, {"parent_flow": "9"})
    assert path_of("7", *copies).parents == ("9", "10")
    assert path_of("10", *copies).children == ("7", "12")
    assert steps(path_of("7", *copies))[1:] == [("parent", 2, 1, None, "9")]


def test_of_two_rows_of_a_flow_the_highest_version_counts() -> None:
    assert path_of("7", copy({"version_id": 2, "status": "paid"}, {"status": "pledge"}, {"activity_id": None})).stages == ("paid",)


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data/fts is not here: seven dated states of 2022")
def test_the_seven_states_of_2022_tell_every_change_of_status() -> None:
    copies = {}
    for file in DATA.glob("fts_2022_as_of_*.csv.xz"):
        day = datetime.date.fromisoformat(file.name.removeprefix("fts_2022_as_of_").removesuffix(".csv.xz"))
        copies[day] = pa.concat_tables(rows.tables["flows"] for rows in read_fts(read_file(file), file.name) if rows.tables)
    found = paths(copies)
    moves = Counter((step.before, step.after) for path in found for step in path.steps if step.kind == "status")
    assert moves == {("commitment", "paid"): 33, ("pledge", "paid"): 2}
    kinds = Counter(step.kind for path in found for step in path.steps)
    assert (kinds["seen"], kinds["gone"], kinds["back"], len(found)) == (2118, 7, 0, 2118)
    assert kinds["amount"] + kinds["dollars"] + kinds["currency"] == 60
    assert sum(path.is_gone for path in found) == 7
