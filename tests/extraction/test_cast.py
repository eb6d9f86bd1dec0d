import pytest

from pledgebook.extraction.bodies import Bodies
from pledgebook.extraction.cast import Cast
from pledgebook.extraction.parties import parties_of
from pledgebook.extraction.places import find_places
from pledgebook.reference.actors import find_actors


def cast_of(text: str, *, day: str | None = "2022-06-14", home: str | None = None, title: str = "", assumed: str | None = None) -> Cast:
    return Cast(text, find_places(text), day, home, title, assumed)


@pytest.mark.parametrize(
    ("text", "words", "name", "principal"),
    [
        ("Norwegian Foreign Minister Oda Brandvik spoke.", "Brandvik", "Oda Brandvik", "Norway"),
        ("Norwegian Foreign Minister Oda Brandvik spoke.", "Minister Brandvik", "Oda Brandvik", "Norway"),
        ("Norwegian Foreign Minister Oda Brandvik spoke.", "BRANDVIK", "Oda Brandvik", "Norway"),
        ("President Pavel Orr of Moldova spoke.", "Orr’s", "Pavel Orr", "Moldova"),
        ("Ida Quist, the director of Harbour Watch, spoke.", "Quist", "Ida Quist", "Harbour Watch"),
        ("Secretary Antony Blinken spoke.", "Blinken", "Antony J. Blinken", "United States"),
        ("Nobody spoke.", "Secretary Blinken", "Antony J. Blinken", "United States"),
        ("UNICEF spokesperson Jens Tamm spoke.", "Tamm", "Jens Tamm", "UNICEF"),
    ],
)
def test_a_person_once_named_is_found_by_a_shorter_name(text: str, words: str, name: str, principal: str) -> None:
    member = cast_of(text).resolve(words)
    assert member is not None
    assert (member.name, member.principal) == (name, principal)


@pytest.mark.parametrize("words", ["Tamm", "the minister", "", "he", "The Weir"])
def test_who_was_never_named_is_not_found(words: str) -> None:
    assert cast_of("Norwegian Foreign Minister Oda Brandvik spoke.").resolve(words) is None


@pytest.mark.parametrize(
    "text", ["United Nations Day was held.", "The President spoke at the State House.", "General Assembly Hall Monday", ""]
)
def test_what_only_looks_like_a_name_is_nobody(text: str) -> None:
    assert cast_of(text).members == ()


TWO = "Finance Minister Pavel Orr met Ambassador Ida Quist. Quist left early. The rain fell on Orr."


@pytest.mark.parametrize(
    ("at", "title", "name"),
    [
        ("Quist left", None, "Pavel Orr"),
        ("early", None, "Ida Quist"),
        ("The rain", None, "Ida Quist"),
        ("The rain", "minister", "Pavel Orr"),
        ("Finance", None, None),
        ("The rain", "king", None),
    ],
)
def test_he_is_whom_a_sentence_last_opened_with(at: str, title: str | None, name: str | None) -> None:
    member = cast_of(TWO).before(TWO.index(at), title)
    assert (member.name if member else None) == name


def test_an_unexplained_minister_is_of_the_assumed_state() -> None:
    member = cast_of("Finance Minister Pavel Orr spoke.", assumed="Moldova").resolve("Orr")
    assert member is not None
    assert member.principal == "Moldova"


def test_people_of_a_heading_in_its_order() -> None:
    title = "Secretary Blinken and Norwegian Foreign Minister Oda Brandvik at a Joint Press Conference"
    assert [member.name for member in cast_of("", title=title).named_in(title)] == ["Antony J. Blinken", "Oda Brandvik"]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Joint Statement of the United States and Japan", ("United States", "Japan")),
        ("Call with Norwegian Foreign Minister Oda Brandvik", ("United States", "Norway")),
        ("Meeting with NATO on the Straits", ("United States", "NATO")),
        ("Meeting in Norway", ("United States",)),
        ("Rivers and Bridges", ("United States",)),
    ],
)
def test_the_parties_of_a_title(title: str, wanted: tuple[str, ...]) -> None:
    assert parties_of(title, "", ("United States",), cast_of("", home="United States", title=title)) == wanted


NEWS = (
    "Nordwind Airlines will buy ships, it said. The Harbour Union of Bergen said it would strike. "
    "The airline was calm. Nordwind said so. Oda Brandvik laughed."
)


def bodies_of(text: str) -> Bodies:
    return Bodies(text, find_places(text), find_actors(text), cast_of(text))


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("Nordwind", "Nordwind Airlines"),
        ("the Nordwind board", "Nordwind Airlines"),
        ("Harbour Union of Bergen", "Harbour Union of Bergen"),
        ("Oda Brandvik", None),
        ("the airline", None),
        ("", None),
    ],
)
def test_bodies_are_known_by_their_name(words: str, body: str | None) -> None:
    assert bodies_of(NEWS).named(words) == body


@pytest.mark.parametrize(
    ("words", "at", "body"),
    [
        ("the union", "The airline", "Harbour Union of Bergen"),
        ("The airline", "Oda", "Nordwind Airlines"),
        ("the company", "Oda", "Nordwind Airlines"),
        ("the weather", "Oda", None),
    ],
)
def test_bodies_are_told_again_by_their_kind(words: str, at: str, body: str | None) -> None:
    assert bodies_of(NEWS).described(words, NEWS.index(at)) == body


def test_what_a_state_acts_through_is_that_state_and_no_body() -> None:
    bodies = bodies_of(
        "The Government of Japan will pay, and the Ministry of Health of Kenya has agreed. The Harbour Union of Japan said it would wait."
    )
    assert bodies.named("The Government of Japan") is None
    assert bodies.named("the Ministry of Health of Kenya") is None
    assert bodies.named("The Harbour Union of Japan") == "Harbour Union of Japan"


def test_no_body_is_told_where_none_is_named() -> None:
    assert bodies_of("").last(0) is None
