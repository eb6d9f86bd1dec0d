"""Purpose codes from key words."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from pledgebook.reference.sectors import sector_code, sector_group, sector_names, sector_table

CODELISTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "iati" / "standard" / "codelists"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("demining around the villages", "15250"),
        ("clean water", "14031"),
        ("safe water, sanitation and hygiene", "14030"),
        ("primary schools", "11220"),
        ("schooling", "111"),
        ("food parcels for the displaced", "72040"),
        ("the fight against COVID-19", "12264"),
        ("basic health care", "12220"),
        ("electricity", "23630"),
        ("free and fair elections", "15151"),
        ("independent media", "15153"),
        ("women’s rights", "15170"),
        ("fight corruption", "15113"),
        ("rebuild destroyed homes", "73010"),
        ("tropical rainforests", "31220"),
        ("shelter and blankets", "72010"),
        ("a brighter tomorrow", None),
        ("", None),
    ],
)
def test_words_have_their_code(words: str, code: str | None) -> None:
    assert sector_code(words) == code


def test_every_code_is_in_the_official_lists() -> None:
    if not CODELISTS.exists():
        pytest.skip("the IATI code lists are not beside the repository (../shared/data/iati/standard/codelists)")
    official = {code for code, (_, withdrawn) in _official().items() if not withdrawn}
    assert set(sector_table().values()) <= official


def test_names_are_those_of_the_official_lists() -> None:
    if not CODELISTS.exists():
        pytest.skip("the IATI code lists are not beside the repository (../shared/data/iati/standard/codelists)")
    # Some names stand there in capitals, and one with a slip of the keys.
    official = {code: name.replace("Non- Gov", "Non-Gov").replace("NON- GOV", "NON-GOV") for code, (name, _) in _official().items()}
    assert {code: name.casefold() for code, name in sector_names().items()} == {code: name.casefold() for code, name in official.items()}


def _official() -> dict[str, tuple[str, bool]]:
    """The English name of each code, and whether it is withdrawn."""
    return {
        str(item.findtext("code")): (" ".join(str(item.findtext("name/narrative")).split()), item.get("status") == "withdrawn")
        for name in ("Sector", "SectorCategory")
        for item in ET.parse(CODELISTS / f"{name}.xml").iter("codelist-item")  # noqa: S314 - a trusted file
    }


def test_every_code_has_a_name_and_a_group_that_has_one() -> None:
    assert set(sector_table().values()) <= set(sector_names())
    assert {sector_group(code) for code in sector_names()} <= set(sector_names())
    assert (sector_group("15250"), sector_group("152"), sector_group("99999"), sector_group("")) == ("152", "152", None, None)
