import itertools

import pytest

from pledgebook.reference.actors import (
    actor_named,
    find_actors,
    holder_of,
    in_office,
    organisations,
    people,
    person_named,
    place_or_name,
    principal_of,
    states,
)


@pytest.mark.parametrize(
    ("name", "principal"),
    [
        ("U.S. Department of State", "United States"),
        ("The White House", "United States"),
        ("the White House", "United States"),
        ("NATO", "NATO"),
        ("European Commission", "European Commission"),
        ("Norway", "Norway"),
        ("UNICEF", "UNICEF"),
    ],
)
def test_whom_a_named_actor_binds(name: str, principal: str) -> None:
    actor = actor_named(name)
    assert actor is not None
    assert principal_of(actor) == principal


@pytest.mark.parametrize("name", ["", "Nordwind Airlines", "the weir", "Kingdom of Nowhere"])
def test_who_is_in_no_registry(name: str) -> None:
    assert actor_named(name) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("NATO and the World Food Programme will share a depot.", ["NATO", "World Food Programme"]),
        ("The State Department\nand UNICEF met.", ["State Department", "UNICEF"]),
        ("A pre-NATO army and the NATOlike drill.", []),
        ("Nobody is named here.", []),
        ("", []),
    ],
)
def test_actors_named_in_a_text(text: str, wanted: list[str]) -> None:
    found = find_actors(text)
    assert [hit.span.text.replace("\n", " ").removeprefix("The ") for hit in found] == wanted
    assert all(text[hit.span.start : hit.span.end] == hit.span.text for hit in found)
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("name", "day", "of", "office"),
    [
        ("Antony J. Blinken", "2022-06-14", "US", "Secretary of State"),
        ("Blinken", "2022-06-14", "US", "Secretary of State"),
        ("Antony  Blinken", "2022-06-14", "US", "Secretary of State"),
        ("Joe Biden", "2015-03-01", "US", "Vice President"),
        ("Joe Biden", "2023-03-01", "US", "President"),
    ],
)
def test_a_person_by_name_and_day(name: str, day: str, of: str, office: str) -> None:
    person = person_named(name, day)
    assert person is not None
    assert (person.of, person.office) == (of, office)


@pytest.mark.parametrize("name", ["Oda Brandvik", "", "the"])
def test_nobody_by_that_name(name: str) -> None:
    assert person_named(name, "2022-06-14") is None


@pytest.mark.parametrize(
    ("day", "last"),
    [("2012-05-01", "Obama"), ("2018-05-01", "Trump"), ("2022-05-01", "Biden"), ("2025-05-01", "Trump"), ("2022-05-01T10:00", "Biden")],
)
def test_who_held_an_office_on_a_day(day: str, last: str) -> None:
    person = holder_of("President", "US", day)
    assert person is not None
    assert person.name.split()[-1] == last


def test_no_holder_of_an_office_that_no_table_names() -> None:
    assert holder_of("Keeper of the Weir", "US", "2022-05-01") is None


def test_places_and_names() -> None:
    assert place_or_name("NO") == "Norway"
    assert place_or_name("NATO") == "NATO"


def test_every_alias_of_the_registry_finds_an_actor() -> None:
    for actor in organisations().values():
        assert all(actor_named(alias) is not None for alias in (actor.name, *actor.aliases)), actor.name


def test_every_state_is_found_by_its_name_and_binds_itself() -> None:
    for code, actor in states().items():
        assert len(code) == 2
        assert principal_of(actor) == actor.name


def test_terms_run_forward_and_a_person_holds_office_on_the_first_day() -> None:
    for person in people():
        assert not person.until or person.since < person.until, person.name
        assert in_office(person, person.since), person.name
        assert not person.until or not in_office(person, person.until), person.name
