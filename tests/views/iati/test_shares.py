"""Countries and sectors with percentages, and addresses."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.core.commitment import Purpose
from pledgebook.views.book.iati.addresses import form_of, web_address
from pledgebook.views.book.iati.reporter import reporter_of
from pledgebook.views.book.iati.shares import Share, countries_of, equal_shares, is_humanitarian, sectors_of


def purposes(*codes: str | None) -> list[Purpose]:
    return [Purpose(text="words", code=code) for code in codes]


@given(st.integers(2, 500))
def test_percentages_make_exactly_100_and_differ_by_a_hundredth_at_most(number: int) -> None:
    found = [one.percentage or Decimal(0) for one in equal_shares([str(one) for one in range(number)])]
    assert sum(found) == 100
    assert max(found) - min(found) <= Decimal("0.01")


def test_one_country_needs_no_percentage_and_a_country_named_twice_is_one() -> None:
    assert countries_of([]) == []
    assert countries_of(["IQ", "IQ"]) == [Share("IQ", None)]
    assert [str(one.percentage) for one in countries_of(["IQ", "SY", "JO"])] == ["33.34", "33.33", "33.33"]


@pytest.mark.parametrize(
    ("codes", "vocabulary", "sectors"),
    [
        ([], "1", ["99810"]),
        ([None], "1", ["99810"]),
        (["15250"], "1", ["15250"]),
        (["15250", None, None], "1", ["15250", "99810"]),
        (["15250", "15250"], "1", ["15250"]),
        (["15250", "111"], "2", ["152", "111"]),
        (["111", None], "2", ["111", "998"]),
        (["11110", "111"], "2", ["111"]),
        (["water", "1525", "１５２５０"], "1", ["99810"]),
    ],
)
def test_sectors_are_of_one_vocabulary_and_what_has_no_code_is_not_specified(
    codes: list[str | None], vocabulary: str, sectors: list[str]
) -> None:
    found = sectors_of(purposes(*codes))
    assert (found[0], [one.code for one in found[1]]) == (vocabulary, sectors)


def test_a_purpose_of_the_three_humanitarian_categories_makes_it_humanitarian() -> None:
    assert [is_humanitarian(purposes("15250", code)) for code in ("72010", "73010", "740", "16010", None)] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://gazette.example/a?b=1&c=2#d", "https://gazette.example/a?b=1&c=2#d"),
        ("http://gazette.example:8080", "http://gazette.example:8080"),
        ("https://gazette.example/wäl s%zz[1]", "https://gazette.example/w%C3%A4ls%25zz%5B1%5D"),
        ("https://gazette.example/a#b#c", "https://gazette.example/a#b%23c"),
        ("https://gazette.example/\ud800", None),
        ("https://", None),
        ("https://gäzette.example/", None),
        ("ftp://gazette.example/", None),
        ("javascript:alert(1)", None),
        ("notes.txt", None),
    ],
)
def test_an_address_is_one_of_the_web_with_what_rfc_3986_bars_encoded(url: str, address: str | None) -> None:
    assert web_address(url) == address


def test_the_form_is_told_by_the_suffix_of_the_path() -> None:
    urls = ["https://a.example/b.PDF?x", "https://a.example/b.txt", "https://a.example/", "https://a.pdf", "https://a.example/?b.pdf"]
    assert [form_of(url) for url in urls] == ["application/pdf", "text/plain", "text/html", "text/html", "text/html"]


@pytest.mark.parametrize(
    ("ref", "name", "kind"),
    [
        ("", "Watch", "22"), ("watch", "Watch", "22"), ("XX TEST-1", "Watch", "22"), ("XX-TEST/1", "Watch", "22"),
        ("XX-TEST-1\n", "Watch", "22"), ("XX-1", " ", "22"), ("XX-1", "a\x00b", "22"), ("XX-1", "Watch", "NGO"), ("XX-1", "Watch", "20"),
    ],
)  # fmt: skip
def test_who_reports_is_told_in_a_form_that_a_valid_file_can_hold(ref: str, name: str, kind: str) -> None:
    with pytest.raises(ValueError, match=r"\."):
        reporter_of(ref, name, kind)
    assert reporter_of("XX-TEST-1", " Watch ", "22").name == "Watch"
