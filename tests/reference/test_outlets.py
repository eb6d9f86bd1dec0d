import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledgebook.core.assessment import Independence
from pledgebook.reference.actors import (
    Actor,
    Person,
    actor_named,
    extended,
    find_actors,
    install,
    organisations,
    people,
    person_named,
    states,
)
from pledgebook.reference.independence import independence
from pledgebook.reference.outlets import BASE, Outlet, Registry, folded, outlet_named, outlets

LEDGER = Outlet(
    name="The Brackwater Ledger", kind="newspaper", state="NO", dependent_on=("Norway",), domains=("ledger.example",), aliases=("Ledger",)
)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("Reuters", "Reuters"),
        ("the Associated Press", "Associated Press"),
        ("AP", "Associated Press"),
        ("BBC  News", "BBC"),
        ("USAID’s Office of Inspector General", "USAID Office of Inspector General"),
        ("https://www.state.gov/some-release/", "U.S. Department of State"),
        ("oig.usaid.gov/node/1", "USAID Office of Inspector General"),
        ("fts.unocha.org", "Financial Tracking Service"),
        ("https://www.unocha.org:443/?q=1", "OCHA"),
        ("//user@press.un.org/en", "United Nations"),
    ],
)
def test_an_outlet_by_name_alias_or_address(name: str, wanted: str) -> None:
    found = outlet_named(name)
    assert found is not None
    assert found.name == wanted


@pytest.mark.parametrize(
    "name", ["", " ", "The Brackwater Ledger", "https://notstate.gov.example/state.gov", "ap", "gov", "http://", "..", "a" * 5000]
)
def test_an_outlet_that_is_in_no_table(name: str) -> None:
    assert outlet_named(name) is None


def test_every_outlet_is_found_by_each_of_its_names_and_domains() -> None:
    for outlet in outlets().values():
        assert outlet_named(outlet.name) == outlet, outlet.name
        assert all(outlet_named(alias) == outlet for alias in outlet.aliases), outlet.name
        assert all(outlet_named(f"https://www.{domain}/page") == outlet for domain in outlet.domains), outlet.name


def test_no_two_outlets_share_a_name_or_a_domain() -> None:
    for one, other in itertools.combinations(outlets().values(), 2):
        assert not {*map(folded, (one.name, *one.aliases))} & {*map(folded, (other.name, *other.aliases))}, (one.name, other.name)
        assert not {*one.domains} & {*other.domains}, (one.name, other.name)


def test_the_facts_of_the_table_hold_together() -> None:
    for outlet in outlets().values():
        assert outlet.state is None or outlet.state in states(), outlet.name
        assert outlet.independent or outlet.kind not in {"auditor", "court"}, outlet.name
        assert (outlet.authority == "audited") == (outlet.kind == "auditor"), outlet.name
        assert outlet.terms == "quote" or outlet.kind not in {"news agency", "newspaper", "broadcaster", "public broadcaster"}, outlet.name
        assert outlet.kind != "government" or outlet.dependent_on, outlet.name


US, IQ = ["United States"], ["Iraq"]


@pytest.mark.parametrize(
    ("outlet", "speaker", "promisers", "parties", "wanted", "reason"),
    [
        # the outlet's own word
        ("state.gov", None, US, IQ, "promiser", "controlled or funded by United States"),
        ("Voice of America", None, US, IQ, "promiser", "controlled or funded"),
        ("Federal Register", None, US, [], "promiser", "controlled or funded"),
        ("USAID OIG", None, US, IQ, "third-party", "statute"),
        ("GAO", None, US, [], "third-party", "statute"),
        ("European Court of Auditors", None, ["European Commission"], [], "third-party", "statute"),
        ("ec.europa.eu", None, ["European Union"], [], "promiser", "controlled or funded"),
        ("INA", None, US, IQ, "party", "a party to the promise"),
        ("INA", None, IQ, US, "promiser", "Iraq"),
        ("gov.uk", None, US, IQ, "third-party", "no party"),
        ("gov.uk", None, ["NATO"], [], "unknown", "may be a member"),
        ("Reuters", None, US, IQ, "third-party", "press"),
        ("BBC", None, ["United Kingdom"], [], "third-party", "press"),
        ("Financial Tracking Service", None, US, IQ, "third-party", "no party"),
        ("The Brackwater Ledger", None, US, IQ, "unknown", "neither"),
        # a speaker counts before the outlet
        ("Reuters", "State Department", US, IQ, "promiser", "speaks for United States"),
        ("Reuters", "Antony J. Blinken", US, IQ, "promiser", "speaks for United States"),
        ("USAID OIG", "USAID", US, IQ, "promiser", "speaks for"),
        ("Reuters", "an Iraqi commission", US, IQ, "party", "speaks for Iraq"),
        ("Reuters", "a spokesman for the Norwegian government", US, IQ, "third-party", "speaks for Norway"),
        ("Reuters", "Norwegian officials", US, IQ, "third-party", "speaks for Norway"),
        ("Reuters", "a minister of Norway", US, IQ, "third-party", "speaks for Norway"),
        ("Reuters", "Kyiv", US, ["Ukraine"], "party", "speaks for Ukraine"),
        ("Reuters", "USAID Inspector General", US, IQ, "third-party", "statute"),
        ("state.gov", "UNICEF", US, IQ, "third-party", "UNICEF"),
        ("Reuters", "Reuters", US, IQ, "third-party", "press"),
        ("Reuters", "Oda Brandvik", US, IQ, "unknown", "not known for whom"),
        ("state.gov", "Oda Brandvik", US, IQ, "promiser", "whose side is not known"),
        (None, "CENTCOM", US, IQ, "promiser", "speaks for United States"),
        (None, None, US, IQ, "unknown", "neither"),
        ("Reuters", "Norway", ["Global Coalition to Defeat ISIS"], [], "unknown", "may be a member"),
        ("Reuters", "a spokesman for the Global Coalition", US, [], "unknown", "may be a member"),
        ("Reuters", "an Iraqi analyst", US, IQ, "unknown", "not known for whom"),
    ],
)
def test_whose_word_it_is(
    outlet: str | None, speaker: str | None, promisers: list[str], parties: list[str], wanted: Independence, reason: str
) -> None:
    got, why = independence(outlet_named(outlet) if outlet else None, speaker, promisers, parties)
    assert got == wanted, why
    assert reason in why


def test_the_day_settles_for_whom_an_office_holder_spoke() -> None:
    before, after = (Person(name="Oda Brandvik", office="Minister", of=of, since=since, until=until) for of, since, until in _TERMS)
    registry = Registry(people=(before, after))
    assert independence(None, "Oda Brandvik", ["Norway"], [], "2021-05-01", registry)[0] == "promiser"
    assert independence(None, "Oda Brandvik", ["Norway"], [], "2023-05-01", registry)[0] == "third-party"


_TERMS = [("NO", "2020-01-01", "2022-01-01"), ("UNICEF", "2022-01-01", "")]


def test_a_books_own_outlet_is_found_and_weighed_where_its_registry_is_given() -> None:
    registry = BASE.with_rows(outlets=(LEDGER,))
    assert outlet_named("Ledger") is None
    assert outlet_named("Ledger", registry) == LEDGER
    assert outlet_named("https://www.ledger.example/a", registry) == LEDGER
    assert independence(LEDGER, None, ["Norway"], [], registry=registry)[0] == "promiser"
    assert independence(LEDGER, None, ["Sweden"], [], registry=registry)[0] == "third-party"


def test_a_books_own_row_takes_the_place_of_the_tables() -> None:
    own = Outlet(name="Reuters", kind="news agency", dependent_on=("Norway",))
    registry = Registry(outlets=(own,))
    assert outlet_named("Reuters", registry) == own
    assert outlet_named("reuters.com", registry) is None
    assert outlet_named("Reuters") != own


def test_a_books_own_actor_speaks_for_its_state() -> None:
    registry = Registry(actors=(Actor(name="Brackwater Weir Board", kind="organ", state="NO", aliases=("Weir Board",)),))
    assert independence(None, "the Weir Board", ["Norway"], [], registry=registry)[0] == "promiser"
    assert independence(None, "the Weir Board", ["Norway"], [])[0] == "unknown"


def test_installed_actors_are_read_in_texts_until_the_block_ends() -> None:
    board = Actor(name="Brackwater Weir Board", kind="organ", state="NO", aliases=("Weir Board",))
    minister = Person(name="Oda Brandvik", office="Minister", of="NO", since="2020-01-01", until="")
    text = "The Weir Board met NATO."
    base = (len(organisations()), len(people()))
    with extended([board], [minister]):
        assert [hit.actor.name for hit in find_actors(text)] == ["Brackwater Weir Board", "NATO"]
        assert actor_named("Weir Board") == board
        assert person_named("Oda Brandvik") == minister
        with extended():
            assert actor_named("Weir Board") is None
        assert actor_named("Weir Board") == board
    assert [hit.actor.name for hit in find_actors(text)] == ["NATO"]
    assert person_named("Oda Brandvik") is None
    assert (len(organisations()), len(people())) == base


def test_an_installed_row_of_a_known_name_replaces_it_and_goes_when_another_is_installed() -> None:
    try:
        install([Actor(name="NATO", kind="coalition", aliases=("The Pact",))])
        assert actor_named("The Pact") == organisations()["NATO"]
        assert organisations()["NATO"].kind == "coalition"
        assert actor_named("North Atlantic Alliance") is None
    finally:
        install()
    assert organisations()["NATO"].kind == "organisation"
    assert actor_named("North Atlantic Alliance") is not None


NAMES = st.one_of(st.sampled_from([*outlets(), *organisations(), "Norway", "Iraq", "an Iraqi commission"]), st.text(max_size=30))


@given(st.one_of(st.none(), NAMES), st.one_of(st.none(), NAMES), st.lists(NAMES, max_size=3), st.lists(NAMES, max_size=3))
def test_any_words_get_an_answer_that_does_not_depend_on_their_order(
    outlet: str | None, speaker: str | None, promisers: list[str], parties: list[str]
) -> None:
    found = outlet_named(outlet) if outlet is not None else None
    answer = independence(found, speaker, promisers, parties)
    assert answer[1]
    assert answer == independence(found, speaker, promisers[::-1], parties[::-1])
    if speaker is None and found is not None and found.name in promisers and not found.independent:
        assert answer[0] == "promiser"
