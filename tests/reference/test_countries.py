"""The table of countries."""

import re

import pytest

from pledgebook.reference.countries import country_code, country_codes, place_names


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Ukraine", "UA"),
        ("the United States", "US"),
        ("Côte d'Ivoire", "CI"),
        ("Kosovo", "XK"),
        ("Burma", "MM"),
        ("Türkiye", "TR"),
        ("Atlantis", None),
    ],
)
def test_a_name_has_its_code(name: str, code: str | None) -> None:
    assert country_code(name) == code


def test_every_code_is_two_letters_and_most_states_are_there() -> None:
    assert all(re.fullmatch("[A-Z]{2}", code) for code in country_codes())
    assert len(country_codes()) > 230


def test_a_name_belongs_to_one_state() -> None:
    owners: dict[str, set[str]] = {}
    for places in place_names().values():
        for place in places:
            owners.setdefault(place.name, set()).add(place.country)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}
