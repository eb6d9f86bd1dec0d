"""Keys under which two mentions of one promise meet, so that not all pairs are compared.

A key that more than `CROWD` mentions have tells nothing and is not used; which keys those are depends on the mentions, not on their order.
"""

from itertools import combinations

from pledgebook.joining.features import Features
from pledgebook.joining.words import weight

#: Mentions that may share a key.
CROWD = 100
#: The rarest words of an action that are combined into keys, and how rare they must be at least (see `words.weight`).
TELLING, LEAST_WEIGHT = 5, 3.0
#: Actors for which keys are made.
ACTORS = 3


def keys_of(mention: Features) -> frozenset[str]:
    """The keys of a mention: actor and sum, actor and two telling words, actor, date and country; and without actor, sum or three words."""
    telling = sorted(_telling(mention))
    pairs = ["+".join(pair) for pair in combinations(telling, 2)]
    money = [f"{total.value}{total.unit}" for total in mention.sums if total.is_money]
    places = sorted(mention.countries)[:3]
    due = "" if mention.due is None else f"{mention.due[0]}-{mention.due[1]}"
    found = {f"$ {total} {word}" for total in money for word in ("", *telling, *places)}
    found |= {f"3 {'+'.join(three)}" for three in combinations(telling[:4], 3)}
    for actor in sorted(mention.actors)[:ACTORS] or [""]:
        found |= {f"{actor} $ {total}" for total in money}
        found |= {f"{actor} {pair}" for pair in pairs}
        found |= {f"{actor} {word} {place}" for word in telling[:3] for place in places}
        if due:
            found |= {f"{actor} {due} {place}" for place in places or [""]}
    return frozenset(found)


def _telling(mention: Features) -> list[str]:
    rare = sorted(mention.words, key=lambda word: (-weight(word), word))
    return [word for word in rare if weight(word) >= LEAST_WEIGHT][:TELLING]
