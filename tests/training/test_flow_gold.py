import pytest
from training.flows.activities import FILES, IATI
from training.flows.gold import FLOWS, masked_description, read_gold

from pledgebook.linking.flows.codes import codes_to_mask, is_telling, masked, pieces_of, words_of
from pledgebook.linking.flows.exact import Activity, Index, NamedFlow
from pledgebook.linking.flows.publishers import agrees

CANADA, NORWAY, FUND = "Canada, Government of", "Norway, Government of", "Ruritania Humanitarian Fund"
ACTIVITIES = [
    Activity("CA-3-P001234001", "CA-3", "Wells"),
    Activity("NO-BRC-971277882-QZA-20/0100-7", "NO-BRC-971277882", "Schools", frozenset(["JO"])),
    Activity("XM-OCHA-CBPF-RUR-20/77/SA1/H/NGO/4001", "XM-OCHA-CBPF", "Clinics"),
    Activity("XM-OCHA-CBPF-RUR-20/77/SA1/H/NGO/4002", "XM-OCHA-CBPF", "Beds"),
    Activity("GB-1-300999-101", "GB-GOV-1", "Tents"),
    Activity("XI-IATI-EC_INTPA-2020/415-914", "XI-IATI-EC_INTPA", "Roads"),
    Activity("XM-DAC-928-P001234001", "XM-DAC-928", "Wells, told by another"),
]


def matched(donor: str, reference: str, *countries: str, activities: list[Activity] = ACTIVITIES) -> tuple[str, tuple[str, ...]] | None:
    index = Index({one.identifier: one for one in activities})
    found = index.match(NamedFlow("1", (donor,), reference, "", frozenset(countries)))
    return (found.way, found.activities) if found else None


@pytest.mark.parametrize(
    ("donor", "reference", "way", "ends"),
    [
        (FUND, "XM-OCHA-CBPF-RUR-20/77/SA1/H/NGO/4001", "whole", ["4001"]),
        (FUND, "RUR-20/77/SA1/H/NGO/4001", "local", ["4001"]),
        (FUND, "rur 20 77 SA1 H NGO 4001", "local", ["4001"]),
        (FUND, "RUR-20/77/SA1/H/NGO/4001 \t SM0001", "local", ["4001"]),
        (FUND, "[RUR-20/77/SA1/H/NGO/4001];[RUR-20/77/SA1/H/NGO/4002]", "local", ["4001", "4002"]),
        (FUND, "part of RUR-20/77/SA1/H/NGO/4001/XY12", "within", ["4001"]),
        ("United Kingdom, Government of", "300999-101", "tail", ["300999-101"]),
    ],
)
def test_a_code_names_an_activity(donor: str, reference: str, way: str, ends: list[str]) -> None:
    found = matched(donor, reference)
    assert found is not None
    assert found[0] == way
    assert all(one.endswith(end) for one, end in zip(found[1], ends, strict=True))


@pytest.mark.parametrize(
    ("donor", "reference"),
    [
        ("European Commission", "914"),  # three digits stand at the end of many identifiers
        (CANADA, "QZA-20/0100-7"),  # another publisher's
        (CANADA, "P001234001"),  # two publishers have it
        (FUND, "RUR-20/77/SA1"),  # an allocation, not an activity
        ("A donor nobody knows", "300999-101"),
        (FUND, ""),
    ],
)
def test_a_loose_hit_is_no_match(donor: str, reference: str) -> None:
    assert matched(donor, reference) is None


def test_the_beginning_of_a_code_counts_for_one_activity_in_the_same_country() -> None:
    assert matched(NORWAY, "QZA-20/0100", "JO") == ("head", ("NO-BRC-971277882-QZA-20/0100-7",))
    assert matched(NORWAY, "QZA-20/0100", "SD") is None


def test_a_code_is_telling_by_its_length_and_digits() -> None:
    told = {code: is_telling(words_of(code)) for code in ("P001234", "12345", "123456", "20-12345", "Q2 30", "SA1/H/NGO", "")}
    assert [code for code, is_told in told.items() if is_told] == ["P001234", "123456", "20-12345"]


def test_publishers_agree_by_the_whole_of_their_reference() -> None:
    assert agrees(CANADA, "CA-3")
    assert not agrees(CANADA, "CA-35")
    assert agrees("Jordan Humanitarian Fund", "XM-OCHA-CBPF")
    assert agrees("Germany, Government of", "XM-DAC-5-7")
    assert not agrees("Ruritania, Government of", "CA-3")


def test_a_reference_holds_several_codes() -> None:
    assert {"10036409", "300540-105", "P01", "P02"} <= set(pieces_of("10036409\tNo\t300540-105;P01 & P02"))


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Wells in the camp (part of AB-20/77-01)", "Wells in the camp"),
        ("ab 20 77 01: wells, AB/20/7701 and AB20-7701.", ": wells, and ."),
        ("Wells [AB-20/77-01]; beds", "Wells ; beds"),
        ("AB-20/77-012 is another, XAB-20/77-01 too", "AB-20/77-012 is another, XAB-20/77-01 too"),
        ("No code here", "No code here"),
    ],
)
def test_codes_are_masked_however_they_are_written(text: str, plain: str) -> None:
    assert masked(text, ["AB-20/77-01", "AB-20/7701", "no"]) == plain


def test_the_end_of_an_identifier_is_masked_too() -> None:
    codes = codes_to_mask("award 12 / RUR-20/77/SA1/H/NGO/4001", ["XM-OCHA-CBPF-RUR-20/77/SA1/H/NGO/4001"])
    assert masked("Clinics, 77/SA1/H/NGO/4001", codes) == "Clinics,"


@pytest.mark.skipif(
    not (FLOWS.is_file() and all((IATI / name).is_file() for name in FILES)), reason="needs flows and activities in ../shared/data"
)
def test_the_gold_has_no_code_left_in_its_descriptions() -> None:
    gold = read_gold()
    assert len(gold) == 240
    assert sum(masked_description(match) != " ".join(match.flow.description.split()) for match in gold) == 49
    for match in gold:
        left = "".join(words_of(masked_description(match)))
        codes = {"".join(words_of(code)) for code in codes_to_mask(match.flow.reference, match.activities) if is_telling(words_of(code))}
        assert not [code for code in codes if code in left], match.flow.flow
