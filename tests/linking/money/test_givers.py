import pytest

from pledgebook.core.money import Organisation
from pledgebook.linking.money.givers import Giver, given_by, giver_of


@pytest.mark.parametrize(
    ("name", "ref", "state"),
    [
        ("United States of America, Government of", None, "US"),
        ("Korea, Republic of, Government of", None, "KR"),
        ("Saudi Arabia (Kingdom of), Government of", None, "SA"),
        ("anything", "fts-org:2933", "US"),
        ("anything", "2933", "US"),
        (None, "GB-GOV-13", "GB"),
        (None, "XM-DAC-302-1", "US"),
        (None, "SE-0", "SE"),
        (None, "US-USAGOV", "US"),
        ("USAID", None, "US"),
        ("Ministry of Foreign Affairs (Denmark)", None, "DK"),
        ("European Commission's Humanitarian Aid and Civil Protection Department", None, "EU"),
        (None, "XI-IATI-EC_ECHO", "EU"),
        ("Norwegian Refugee Council", None, ""),
        ("Kuwait Red Crescent Society", None, ""),
        ("UNICEF", None, ""),
        (None, "GB-CHC-1062638", ""),
    ],
)
def test_a_states_money_is_known_by_reference_or_name(name: str | None, ref: str | None, state: str) -> None:
    found = giver_of(Organisation(name, ref))
    assert (found.state if found else "") == state


def test_an_agency_gives_for_its_state() -> None:
    state, agency = giver_of(Organisation("United States")), giver_of(Organisation("USAID"))
    assert state is not None
    assert agency is not None
    found = given_by([state], [agency])
    assert found is not None
    assert found.value == 1
    assert found.reason == "donor: U.S. Agency for International Development is part of United States, which promised"


def test_two_agencies_of_one_state_are_not_one_giver() -> None:
    one, other = giver_of(Organisation("USAID")), giver_of(Organisation("Millennium Challenge Corporation"))
    assert one is not None
    assert other is not None
    found = given_by([one], [other])
    assert found is not None
    assert found.value == 0.5


def test_another_state_gives_nothing_of_it() -> None:
    assert given_by([Giver("France", "FR", whole=True)], [Giver("Germany, Government of", "DE", whole=True)]) is None
