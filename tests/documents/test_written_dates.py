import pytest

from pledgebook.documents.written_dates import read_date


@pytest.mark.parametrize(
    ("field", "iso", "rule"),
    [
        ("2024-09-30", "2024-09-30", "field"),
        ("20240930", "2024-09-30", "field"),
        ("2024-09-30T10:00:00Z", "2024-09-30T10:00:00+00:00", "field"),
        ("2024-09-30 10:00", "2024-09-30T10:00:00", "field"),
        ("2024-09-30T10:00:00+03:00", "2024-09-30T10:00:00+03:00", "field"),
        ("Mon, 30 Sep 2024 10:00:00 +0300", "2024-09-30T10:00:00+03:00", "rfc2822"),
        ("30 Sep 2024 10:00:00 GMT", "2024-09-30T10:00:00+00:00", "rfc2822"),
        ("September 30, 2024", "2024-09-30", "field"),
        ("Sept. 30, 2024", "2024-09-30", "field"),
        ("sept 30 2024", "2024-09-30", "field"),
        ("Monday, September 30, 2024", "2024-09-30", "field"),
        ("30th of September 2024", "2024-09-30", "field"),
        ("30 September, 2024", "2024-09-30", "field"),
        ("30-Sep-2024", "2024-09-30", "field"),
        ("2024/09/30", "2024-09-30", "field"),
        ("30.09.2024", "2024-09-30", "field"),
        ("30/09/2024", "2024-09-30", "field"),
        ("09/30/2024", "2024-09-30", "field"),
        ("04/04/2024", "2024-04-04", "field"),
    ],
)
def test_a_full_date_is_read(field: str, iso: str, rule: str) -> None:
    assert read_date(field) == (iso, rule)


@pytest.mark.parametrize(
    "field",
    [
        "",
        "2024",
        "2024-09",
        "September 2024",
        "30 September",
        "03/04/2024",
        "2024-02-30",
        "2024-13-01",
        "31 June 2024",
        "next Monday",
        "1727690400",
        "Mon, 99 Sep 2024 10:00:00",
        "9999-12-31",
        "0001-01-01",
        "version 1.2.3.2024",
    ],
)
def test_what_is_no_full_date_or_has_two_readings_is_not_read(field: str) -> None:
    assert read_date(field) is None
