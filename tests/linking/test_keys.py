"""Keys under which a claim meets the mentions it may bear on, and the tables of words behind them."""

import pytest
from tests.linking.made import features, mention, told

from pledgebook.joining.words import stem, stems
from pledgebook.linking.bearing import _WITHOUT_CONTENT
from pledgebook.linking.concepts import _table, acts_in, objects_in, place_words
from pledgebook.linking.keys import claim_keys, mention_keys


@pytest.mark.parametrize(
    "claim",
    [
        {},
        {"actors": []},
        {"countries": []},
        {"actors": [], "countries": []},  # two telling words
        {"quote": "The work is done.", "action": "done", "countries": [], "actors": [], "amounts": [("20000000", "USD")]},
        {"quote": "The fields of minefields are empty.", "action": "empty"},  # actor or country with one telling word
    ],
    ids=["the same", "no actor", "no country", "neither", "the sum alone", "a telling word"],
)
def test_a_claim_meets_the_promise_it_may_bear_on(claim: dict[str, object]) -> None:
    one = mention(amounts=[("20000000", "USD")])
    assert claim_keys(told(**claim)) & mention_keys(one, features(one))  # type: ignore[arg-type] # texts


def test_a_claim_about_something_else_does_not() -> None:
    one = mention()
    seen = told(quote="Ruritania opened a music school.", action="opened a music school", actors=["Ruritania"], countries=["AT"])
    assert not claim_keys(seen) & mention_keys(one, features(one))


@pytest.mark.parametrize(
    ("words", "objects", "acts"),
    [
        ("end the mission", {"forces"}, {"end"}),
        ("withdraw 2,500 troops", {"forces"}, {"end"}),
        ("concluded an agreement", {"agreement"}, {"end", "settle"}),
        ("opened an embassy", {"body"}, {"create"}),
        ("hand over the bases", {"forces"}, {"handover"}),
        ("remain committed", set(), {"keep"}),
        ("increase its contributions", {"money"}, {"expand", "give"}),
        ("paint the cranes", set(), set()),
    ],
)
def test_words_of_one_meaning(words: str, objects: set[str], acts: set[str]) -> None:
    assert objects_in(stems(words)) == objects
    assert acts_in(stems(words)) == acts


@pytest.mark.parametrize("side", ["object", "act"])
def test_every_word_of_the_tables_is_a_stem_as_texts_give_them(side: str) -> None:
    assert [word for word in _table(side) if stem(word) != word] == []
    assert [word for word in sorted(_WITHOUT_CONTENT) if stem(word) != word] == []


def test_names_of_places_are_known_as_such() -> None:
    assert {"iraq", "iraqi", "syria"} <= place_words()
    assert "minefi" not in place_words()
