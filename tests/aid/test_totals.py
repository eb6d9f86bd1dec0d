"""Totals come to all the money, told apart by register and stage; gross and net of a country or an organisation."""

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from benchmarks.money_queries import QUESTIONS, measured
from tests.support.iati import activity, file, transaction
from tests.support.snapshots import made

from pledgebook.aid.boundary import is_country, nets
from pledgebook.aid.flat import flatten
from pledgebook.aid.held import Held
from pledgebook.aid.totals import By, Total, coverage, totals, unconvertible

BOTH = '<recipient-country code="IQ" percentage="75"/><recipient-country code="SY" percentage="25"/><sector vocabulary="1" code="14030"/><sector vocabulary="2" code="140"/>'
DAY = "2024-06-01"
GIVEN = file(
    activity("XX-1-W", transaction("100", day="2023-05-01"), transaction("60", kind="2"), transaction("7", currency="USN"), inside=BOTH),
    activity(
        "XX-1-R", transaction("40", provider="YY-2"), transaction("3", kind="11", provider="ZZ-9"), inside='<recipient-country code="IQ"/>'
    ),
    activity("XX-1-N", transaction("1"), transaction("none", currency="USD")),
)


def flat(of: Held, day: str = DAY) -> duckdb.DuckDBPyConnection:
    flatten(of, day)
    for name in ("transactions", "splits"):
        of.database.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM flat_{name}")  # noqa: S608 - ours
    return of.database


def told(of: Held, by: By, stage: str = "disbursed", vocabulary: str | None = None) -> list[tuple[object, ...]]:
    return [
        (one.key, one.transactions, None if one.usd is None else str(one.usd), one.unconvertible)
        for one in totals(flat(of), by, vocabulary)
        if one.stage == stage
    ]


@pytest.fixture
def given(tmp_path: Path) -> Held:
    return made(tmp_path, [("2024-01-01", GIVEN)])


def test_totals_by_donor_name_the_provider_or_else_who_reports_what_went_out(given: Held) -> None:
    assert told(given, "donor") == [("XX-1", 4, "101.00", 2), ("YY-2", 1, "40.00", 0)]
    assert told(given, "donor", "incoming") == [("ZZ-9", 1, "3.00", 0)]
    (total,) = [one for one in totals(given.database, "donor") if one.key == "YY-2"]
    assert (total.register, total.name) == ("iati", "Organisation YY-2")


def test_totals_by_year_are_by_the_day_of_the_value(given: Held) -> None:
    assert told(given, "year") == [("2023", 1, "100.00", 0), ("2024", 4, "41.00", 2)]


def test_totals_by_country_and_sector_are_of_parts_and_say_what_is_not_told(given: Held) -> None:
    assert told(given, "country") == [("IQ", 3, "115.00", 1), ("SY", 2, "25.00", 1), ("", 1, "1.00", 0)]
    assert told(given, "sector") == [("14030", 2, "100.00", 1), ("", 2, "41.00", 0)]
    assert told(given, "sector", vocabulary="2") == [("140", 2, "100.00", 1), ("", 2, "41.00", 0)]
    assert told(given, "sector", vocabulary="99") == [("", 4, "141.00", 1)]


def test_what_cannot_be_converted_is_told_apart(given: Held) -> None:
    database = flat(given)
    assert [(one.stage, one.transactions, one.converted, str(one.usd)) for one in coverage(database)] == [
        ("committed", 1, 1, "60.00"),
        ("disbursed", 5, 3, "141.00"),
        ("incoming", 1, 1, "3.00"),
    ]
    assert [(one.currency, one.transactions, one.value) for one in unconvertible(database)] == [("USD", 1, None), ("USN", 1, Decimal(7))]


def test_of_an_activity_that_two_feeds_tell_or_a_file_repeats_the_money_counts_once(tmp_path: Path) -> None:
    wells = activity("W", transaction("10"))
    others = [activity(f"A{number}") for number in range(3)]
    files = [("2024-01-01", file(wells, wells, *others)), ("2024-01-02", file(wells, activity("B")))]
    with made(tmp_path, files) as found:
        assert len({one.feed for one in found.snapshots}) == 2
        assert told(found, "year") == [("2024", 1, "10.00", 0)]


def test_a_sum_of_any_size_is_kept(tmp_path: Path) -> None:
    with made(tmp_path, [("2024-01-01", file(activity("W", transaction("12345678901234567890.12"))))]) as found:
        assert told(found, "year") == [("2024", 1, "12345678901234567890.12", 0)]


def test_nothing_has_no_totals(tmp_path: Path) -> None:
    with made(tmp_path, []) as found:
        assert [told(found, by) for by in ("donor", "year", "country", "sector")] == [[], [], [], []]
        assert nets(found, "IQ") == []


def test_a_made_up_ten_thousand_come_to_all_the_money_whatever_is_asked() -> None:
    """The short version of benchmarks/money_queries.py."""
    seen = list(measured(10_000))
    assert [(name.split()[0], whole) for name, _, _, _, whole in seen] == [(by, True) for by, _ in QUESTIONS]
    for _, _, _, found, _ in seen:
        assert len({(one.register, one.stage, one.key) for one in found}) == len(found)
        stages: dict[str, list[Total]] = defaultdict(list)
        for one in found:
            stages[one.stage].append(one)
        assert set(stages) == {"committed", "disbursed", "spent", "incoming"}


CHAIN = file(
    activity("XX-1-A", transaction("100", receiver="YY-2", receiver_activity="YY-2-B"), inside='<recipient-country code="IQ"/>', reporter="XX-1"),
    activity("YY-2-B", transaction("60", receiver="ZZ-3"), transaction("90", kind="1", provider="XX-1", provider_activity="XX-1-A"),
             inside='<recipient-country code="IQ" percentage="50"/><recipient-country code="SY" percentage="50"/>', reporter="YY-2"),
)  # fmt: skip


def test_the_net_of_a_country_removes_what_was_passed_on_with_its_chain(tmp_path: Path) -> None:
    with made(tmp_path, [("2024-01-01", CHAIN)]) as found:
        flatten(found, DAY)
        givers, receivers = nets(found, "iq")
        assert (givers.side, set(givers.stages), receivers.side) == ("givers", {"disbursement"}, "receivers")
        assert (givers.netting.gross, givers.netting.net) == (Decimal(130), Decimal(100))
        assert [str(one) for one in givers.netting.removals] == ["YY-2-B #1 <- XX-1-A #1: 30.00 (already counted)"]
        assert receivers.netting.net == 45
        (syria, _) = nets(found, "SY")
        assert [syria.netting.gross, syria.netting.net] == [30, 30]


def test_the_net_of_an_organisation_is_by_reference_or_name(tmp_path: Path) -> None:
    with made(tmp_path, [("2024-01-01", CHAIN)]) as found:
        flatten(found, DAY)
        for asked in ("YY-2", "organisation  yy-2"):
            givers, receivers = nets(found, asked)
            assert [givers.netting.incoming, givers.netting.outgoing, givers.netting.net] == [100, 60, 100]
            assert [receivers.netting.incoming, receivers.netting.outgoing] == [90, 0]
        assert nets(found, "nobody") == []
        assert (is_country("iq"), is_country("YY-2")) == (True, False)


def test_sums_that_cannot_be_converted_are_counted_beside_the_net(given: Held) -> None:
    flatten(given, DAY)
    (of,) = [one for one in nets(given, "IQ") if one.stages == {"disbursement"}]
    assert [of.unconvertible, of.netting.net] == [1, 115]
