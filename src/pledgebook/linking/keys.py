"""Keys under which a progress claim meets the mentions that it may bear on."""

from collections.abc import Iterable
from itertools import combinations, product

from pledgebook.core.promise import Mention
from pledgebook.joining.features import Features
from pledgebook.joining.words import stems, weight
from pledgebook.linking.bearing import Told
from pledgebook.linking.concepts import objects_in
from pledgebook.linking.phases import phase_told

_TELLING = 5


def mention_keys(mention: Mention, features: Features) -> frozenset[str]:
    """The keys of a mention."""
    found = _keys(features.actors, features.quote_words, features.countries, ((a.value, a.unit) for a in mention.commitment.amounts))
    return found | _phase_keys(features.phases, (*features.countries, *features.actors, *features.quote_words))


def claim_keys(told: Told) -> frozenset[str]:
    """The keys of a claim."""
    claim = told.claim
    phase = phase_told(claim)
    found = _keys(claim.actors, stems(claim.quote), claim.countries, ((a.value, a.unit) for a in claim.amounts))
    return found | _phase_keys(phase.names, (*claim.countries, *claim.actors, *phase.thing)) if phase is not None else found


def _phase_keys(names: Iterable[str], who: Iterable[str]) -> frozenset[str]:
    return frozenset(f"l {name} {one}" for name, one in product(names, who))


def _keys(actors: Iterable[str], words: frozenset[str], countries: Iterable[str], sums: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Country or actor with the kind of thing it is about, or with a telling word; two telling words; a sum."""
    places, who = sorted(countries)[:5], sorted(actors)[:3]
    rare = sorted(sorted(words, key=lambda word: (-weight(word), word))[:_TELLING])
    things = [*sorted(objects_in(words)), *rare]
    found = {f"l {where} {thing}" for where in (*places, *who) for thing in things}
    found |= {f"l {where} {actor} {thing}" for where in places for actor in who for thing in things}
    found |= {f"l {'+'.join(two)}" for two in combinations(rare, 2)}
    return frozenset(found | {f"l {value} {unit}" for value, unit in sums})
