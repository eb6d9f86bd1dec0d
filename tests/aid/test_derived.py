"""Each transaction in dollars by its own day, and in parts that always make the whole."""

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.iati import activity, file, transaction
from tests.support.snapshots import Row

from pledgebook.aid.derived import DERIVED, derived
from pledgebook.aid.exchange import in_usd
from pledgebook.aid.iati.read import read_iati

TWO = (
    '<recipient-country code="IQ" percentage="60"/><recipient-country code="SY" percentage="40"/>'
    '<sector vocabulary="1" code="14030" percentage="33.3"/><sector vocabulary="1" code="11110" percentage="66.7"/>'
    '<sector vocabulary="10" code="wash"/>'
)


def rows_of(*activities: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {name: [] for name in DERIVED}
    for some in read_iati(iter([file(*activities)]), "file"):
        for name, table in derived(some.tables).items():
            assert table.schema.equals(DERIVED[name])
            found[name] += table.to_pylist()
    return found


def parts(rows: list[Row], kind: str, vocabulary: str) -> list[tuple[object, ...]]:
    chosen = [row for row in rows if (row["kind"], row["vocabulary"]) == (kind, vocabulary)]
    return [(row["code"], str(Decimal(str(row["value"])).normalize()), str(row["usd"])) for row in chosen]


def test_a_sum_is_converted_by_its_value_date_with_rate_source_and_date() -> None:
    made = rows_of(activity("W", transaction("100", currency="EUR", day="2024-01-10", value_day="2024-01-15")))
    (price,) = made["prices"]
    day = price["day"]
    assert str(day) == "2024-01-15"
    expected = in_usd(Decimal(100), "EUR", day)  # type: ignore[arg-type] # a date
    assert expected is not None
    assert (price["usd"], price["rate_source"], price["rate_date"]) == (expected.value, "ECB", "2024-01-15")
    assert price["rate"] == expected.rate.per_usd


@pytest.mark.parametrize("row", [transaction("5", currency="XXX"), transaction("five"), transaction("5", day="1800-01-01", currency="EUR")])
def test_what_cannot_be_converted_has_no_dollars_and_keeps_its_row(row: str) -> None:
    (price,) = rows_of(activity("W", row))["prices"]
    assert (price["usd"], price["rate"], price["rate_source"]) == (None, None, None)


def test_a_sum_is_split_by_country_and_by_each_vocabulary_of_sectors() -> None:
    made = rows_of(activity("W", transaction("10.01"), inside=TWO))["splits"]
    assert parts(made, "country", "1") == [("IQ", "6.01", "6.01"), ("SY", "4", "4.00")]
    assert parts(made, "sector", "1") == [("14030", "3.33", "3.33"), ("11110", "6.68", "6.68")]
    assert parts(made, "sector", "10") == [("wash", "10.01", "10.01")]
    assert {(row["kind"], row["vocabulary"]) for row in made if row["main"]} == {("country", "1"), ("sector", "1")}


def test_a_transactions_own_sector_goes_before_the_activitys() -> None:
    own = transaction("8", inside='<sector vocabulary="1" code="99810"/>')
    made = rows_of(activity("W", own, transaction("9"), inside=TWO))["splits"]
    assert parts([row for row in made if row["transaction"] == 1], "sector", "1") == [("99810", "8", "8.00")]
    assert parts([row for row in made if row["transaction"] == 1], "country", "1") == [("IQ", "4.8", "4.80"), ("SY", "3.2", "3.20")]
    assert len(parts([row for row in made if row["transaction"] == 2], "sector", "1")) == 2


def test_what_nothing_splits_stands_whole_under_no_code() -> None:
    made = rows_of(activity("W", transaction("8")))["splits"]
    assert [(row["kind"], row["vocabulary"], row["main"], row["code"], str(row["usd"])) for row in made] == [
        ("country", "", True, "", "8.00"),
        ("sector", "", True, "", "8.00"),
    ]


def test_activities_without_transactions_have_nothing() -> None:
    assert rows_of(activity("W", inside=TWO)) == {"prices": [], "splits": []}


_SHARE = st.one_of(st.none(), st.decimals(min_value=0, max_value=120, places=2))
_VALUE = st.decimals(min_value=-(10**12), max_value=10**12, places=3)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(_VALUE, st.sampled_from(["USD", "EUR", "IQD", "XXX"])), min_size=1, max_size=4),
    st.lists(_SHARE, max_size=4),
    st.lists(st.tuples(st.sampled_from(["1", "2", "10"]), _SHARE), max_size=5),
)
def test_parts_always_make_the_whole(
    sums: list[tuple[Decimal, str]], countries: list[Decimal | None], sectors: list[tuple[str, Decimal | None]]
) -> None:
    def share(value: Decimal | None) -> str:
        return "" if value is None else f' percentage="{value}"'

    inside = "".join(
        f'<recipient-country code="{code}"{share(value)}/>' for code, value in zip(("IQ", "SY", "JO", "LB"), countries, strict=False)
    )
    inside += "".join(f'<sector vocabulary="{of}" code="{number}"{share(value)}/>' for number, (of, value) in enumerate(sectors))
    made = rows_of(activity("W", *(transaction(f"{value}", currency=code) for value, code in sums), inside=inside))
    usd = {row["transaction"]: row["usd"] for row in made["prices"]}
    sets: dict[tuple[int, str, str], list[Row]] = defaultdict(list)
    for row in made["splits"]:
        sets[int(str(row["transaction"])), str(row["kind"]), str(row["vocabulary"])].append(row)
    mains = [(row["transaction"], row["kind"]) for rows in sets.values() for row in rows[:1] if row["main"]]
    assert sorted(mains, key=str) == sorted(((number, kind) for number in usd for kind in ("country", "sector")), key=str)
    for (number, _, _), rows in sets.items():
        assert sum((Decimal(str(row["value"])) for row in rows), Decimal(0)) == sums[number - 1][0]
        assert [row["number"] for row in rows] == list(range(1, len(rows) + 1))
        if usd[number] is None:
            assert {row["usd"] for row in rows} == {None}
        else:
            assert sum((Decimal(str(row["usd"])) for row in rows), Decimal(0)) == usd[number]


def test_a_part_of_a_store_holds_it(tmp_path: Path) -> None:
    from tests.support.snapshots import take

    from pledgebook.aid.store import SnapshotStore

    store = SnapshotStore(tmp_path)
    take(store, "a", file(activity("W", transaction("8"))))
    assert {path.stem for path in store.files("prices", ["a"]) + store.files("splits", ["a"])} == {"prices", "splits"}
